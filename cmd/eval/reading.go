package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync/atomic"
	"testing/fstest"
	"time"

	"chancery"
	"chancery/acquire"
	"chancery/coder"
	"chancery/coder/event"
	"chancery/internal/intake"
	"chancery/store/sqlite"
)

// evalReading measures everything from files to a collated record, as "chancery
// read" does it: the same articles several times over, each time into a new
// record. The first pass stands apart, since caches are cold in it.
func evalReading(args []string) error {
	flags := flag.NewFlagSet("reading", flag.ContinueOnError)
	workers := flags.Int("workers", 1, "articles coded at a time; as many cores are used")
	times := flags.Int("times", 5, "passes after the first")
	lines := flags.Int("lines", 0, "make articles of so many lines of a file, or marked sentences of a .tsv; 0 reads the files as they are")
	profiled := flags.String("profile", "", "file for a profile of the processor's time in the passes after the first")
	heap := flags.String("allocs", "", "file for a profile of what was allocated")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 || *workers < 1 || *times < 1 {
		return errors.New("reading: want files or folders of articles, and -workers and -times of 1 or more")
	}
	runtime.GOMAXPROCS(*workers)
	ctx := context.Background()
	began := time.Now()
	c, err := coder.New(coder.Options{})
	if err != nil {
		return err
	}
	fmt.Printf("models loaded in %.2f s\n", time.Since(began).Seconds())
	walk := func() iter.Seq2[acquire.Item, error] { return acquire.Walk(ctx, flags.Args(), acquire.Options{}) }
	if *lines > 0 {
		made, err := gathered(flags.Args(), *lines)
		if err != nil {
			return err
		}
		walk = func() iter.Seq2[acquire.Item, error] { return acquire.WalkFS(ctx, made, "made", acquire.Options{}) }
	}
	var first, rest pass
	if err := first.read(ctx, c, *workers, walk()); err != nil {
		return err
	}
	first.print(os.Stdout, "first pass")
	stopProfile, err := profile(*profiled)
	if err != nil {
		return err
	}
	for range *times {
		if err := rest.read(ctx, c, *workers, walk()); err != nil {
			return err
		}
	}
	if err := stopProfile(); err != nil {
		return err
	}
	rest.print(os.Stdout, fmt.Sprintf("%d passes more", *times))
	if *heap != "" {
		var b bytes.Buffer
		if err := pprof.Lookup("allocs").WriteTo(&b, 0); err != nil {
			return err
		}
		return os.WriteFile(*heap, b.Bytes(), 0o666)
	}
	return nil
}

// pass is how much was read and how long it took.
type pass struct {
	articles                  int
	sentences, words          atomic.Int64
	reading, collated, closed time.Duration // of the clock, one after the other
	cpu                       time.Duration // of all three
}

// read reads the articles into a new record, which is thrown away.
func (p *pass) read(ctx context.Context, c *coder.Coder, workers int, items iter.Seq2[acquire.Item, error]) error {
	dir, err := os.MkdirTemp("", "reading")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	store, err := sqlite.Open(ctx, filepath.Join(dir, "record.db"), sqlite.Options{Create: true})
	if err != nil {
		return err
	}
	runtime.GC() // what the pass before left is not this one's to clear
	began, cpu := time.Now(), cpuTime()
	report, err := intake.Read(ctx, store, items, intake.Options{
		Version: coder.Version,
		Workers: workers,
		Code: func(a *chancery.Article) (chancery.Reading, error) {
			r, err := c.Read(a)
			p.sentences.Add(int64(len(r.Sentences)))
			for _, s := range r.Sentences {
				p.words.Add(int64(len(strings.Fields(s.Of(a.Text)))))
			}
			return r, err
		},
		Collate: func(ctx context.Context) error {
			p.reading += time.Since(began)
			began := time.Now()
			err := store.Collate(ctx)
			p.collated += time.Since(began)
			return err
		},
	})
	began = time.Now()
	err = errors.Join(err, store.Close()) // which moves what was written to its place
	p.closed += time.Since(began)
	p.cpu += cpuTime() - cpu
	p.articles += report.Coded
	return errors.Join(append(report.Problems, err)...)
}

func (p *pass) print(w io.Writer, name string) {
	n := float64(p.sentences.Load())
	fmt.Fprintf(w, "%s: %d articles, %d sentences, %.1f words a sentence\n", name, p.articles, p.sentences.Load(), float64(p.words.Load())/n)
	fmt.Fprintf(w, "  stored                        %6.0f sentences/s\n", n/p.reading.Seconds())
	fmt.Fprintf(w, "  stored and collated           %6.0f sentences/s\n", n/(p.reading+p.collated).Seconds())
	fmt.Fprintf(w, "  stored, collated and closed   %6.0f sentences/s; %.0f for each second of processor time\n", n/(p.reading+p.collated+p.closed).Seconds(), n/p.cpu.Seconds())
}

// gathered makes articles of so many lines each. A line is a paragraph.
func gathered(files []string, lines int) (fstest.MapFS, error) {
	made := fstest.MapFS{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var all []string
		if strings.HasSuffix(name, ".tsv") {
			rows, err := event.ReadMarked(bytes.NewReader(data))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			for i := range rows {
				all = append(all, rows[i].Text)
			}
		} else {
			all = strings.Split(strings.TrimSpace(string(data)), "\n")
		}
		for i := 0; i < len(all); i += lines {
			// Each has a day and one of five sources, so that there is something to collate.
			n := len(made)
			head := fmt.Sprintf("---\ntitle: Number %d\ndate: %s\nsource: Source %d\n---\n\n", n+1,
				time.Date(2025, 1, 1+n/5, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), n%5+1)
			made[fmt.Sprintf("%05d.md", n+1)] = &fstest.MapFile{Data: []byte(head + strings.Join(all[i:min(len(all), i+lines)], "\n\n") + "\n")}
		}
	}
	return made, nil
}
