package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
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
	fmt.Printf("load             %v\n", load.Round(time.Millisecond))
	fmt.Printf("sentences/s      %.0f\n", float64(sentences)/took)
	fmt.Printf("words/s          %.0f\n", float64(words)/took)
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
