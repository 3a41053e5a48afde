package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"chancery/english"
	"chancery/english/conllu"
)

// evalSpeed measures the whole of package english on one core: how long it
// takes to load, sentences and words a second, and the memory it needed.
func evalSpeed(args []string) error {
	flags := flag.NewFlagSet("speed", flag.ContinueOnError)
	seconds := flags.Float64("seconds", 10, "how long to measure, at least one pass over the file")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("speed: want one file, a treebank (.conllu) or text, got %d", flags.NArg())
	}
	documents, err := readDocuments(flags.Arg(0))
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(1)
	start := time.Now()
	nlp, err := english.Load()
	if err != nil {
		return err
	}
	load := time.Since(start)
	sentences, words, bytes, passes := 0, 0, 0, 0
	busy := processorTime()
	start = time.Now()
	for passes == 0 || time.Since(start).Seconds() < *seconds {
		for _, text := range documents {
			doc := nlp.Parse(text)
			sentences += len(doc.Sentences)
			for i := range doc.Sentences {
				words += len(doc.Sentences[i].Tokens)
			}
			bytes += len(text)
		}
		passes++
	}
	took := time.Since(start).Seconds()
	busy = processorTime() - busy
	fmt.Printf("load             %v\n", load.Round(time.Millisecond))
	fmt.Printf("sentences/s      %.0f\n", float64(sentences)/took)
	fmt.Printf("words/s          %.0f\n", float64(words)/took)
	if busy > 0 {
		fmt.Printf("words/s          %.0f of processor time\n", float64(words)/busy)
	}
	fmt.Printf("bytes/s          %.0f\n", float64(bytes)/took)
	fmt.Printf("measured         %d sentences, %d words, %d documents, %d passes, %.1f s, one core\n", sentences, words, len(documents)*passes, passes, took)
	fmt.Printf("peak memory      %s\n", peakMemory())
	return nil
}

// readDocuments gives the texts of a treebank's documents, or a file as one text.
func readDocuments(name string) ([]string, error) {
	if !strings.HasSuffix(name, ".conllu") {
		data, err := os.ReadFile(name)
		return []string{string(data)}, err
	}
	sentences, err := readTreebank(name)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, doc := range conllu.Documents(sentences) {
		texts = append(texts, conllu.Raw(doc).Text)
	}
	return texts, nil
}

// processorTime is the processor time that the process has used, in seconds, as
// Linux counts it; 0 elsewhere. On a machine with other work it says more than
// the clock.
func processorTime() float64 {
	data, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	// The name, in brackets, may hold spaces; after it utime and stime are the
	// 12th and 13th fields, in ticks of 10 ms (proc(5)).
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	ticks := 0.0
	for _, f := range fields[11:13] {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return 0
		}
		ticks += n
	}
	return ticks / 100
}

// peakMemory is the largest resident size of the process, as the kernel counts
// it, or else what the runtime took from the system.
func peakMemory() string {
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		for line := range strings.Lines(string(status)) {
			if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				return strings.TrimSpace(v) + " (resident, this program)"
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return fmt.Sprintf("%d kB (taken from the system by the runtime)", m.Sys/1024)
}
