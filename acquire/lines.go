package acquire

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// lines yields a JSON-lines file in runs of whole lines, so that a corpus of
// any size is read in bounded memory. A line over the limit is reported and
// passed over.
func (w *walker) lines(p string) bool {
	f, err := w.tree.open(p)
	if err != nil {
		return w.problem(p, 0, err)
	}
	defer f.Close()
	var (
		in    = bufio.NewReaderSize(f, 64<<10)
		run   []byte
		first = 1 // number of the first line in run
		line  = 1 // number of the line being read
		start = 0 // where that line begins in run
		over  int64
		any   bool
	)
	for {
		if err := w.ctx.Err(); err != nil {
			w.yield(Item{Path: p}, err)
			return false
		}
		part, err := in.ReadSlice('\n')
		any = any || len(part) > 0
		switch {
		case over > 0:
			over += int64(len(part))
		case int64(len(run)-start+len(part)) > w.opts.maxBytes()+1:
			over = int64(len(run) - start + len(part))
			run = run[:start]
		default:
			run = append(run, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if over > 0 { // the end of a line that is too long
			if len(run) > 0 && !w.run(p, first, run) {
				return false
			}
			if !w.problem(p, line, fmt.Errorf("%w: a line of %s, the limit is %s", ErrTooLarge, Size(over), Size(w.opts.maxBytes()))) {
				return false
			}
			run, over, first = nil, 0, line+1
		}
		line++
		start = len(run)
		if err != nil || int64(len(run)) >= w.opts.runBytes() {
			if (len(bytes.TrimSpace(run)) > 0 || !any) && !w.run(p, first, run) {
				return false
			}
			run, first, start = nil, line, 0
		}
		switch {
		case errors.Is(err, io.EOF):
			return true
		case err != nil:
			return w.problem(p, 0, err)
		}
	}
}

func (w *walker) run(p string, first int, data []byte) bool {
	return w.yield(Item{Path: p, Name: stem(p), Kind: JSONL, Line: first, Data: data}, nil)
}
