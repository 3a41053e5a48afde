// Package intake reads articles into the record: what acquire fetched goes
// through extract, then through the coder in several workers, then into the
// store by one writer in the order of the walk.
//
// In: a walk, a store, a function that codes an article. Out: a filled store
// and a Report of what was read and what was not. What one item has wrong with
// it never stops the rest; a store that cannot be written to does. An article
// whose reading is there already is not coded again, so a run that was stopped
// anywhere goes on where it stopped. It prints nothing.
package intake

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"time"

	"chancery"
	"chancery/acquire"
	"chancery/extract"
	"chancery/store/sqlite"
)

// Options says how to read.
type Options struct {
	// Code makes a reading of an article. It is called by several goroutines.
	Code func(*chancery.Article) (chancery.Reading, error)
	// Version is that of the readings Code makes.
	Version string
	// Workers is how many articles are coded at a time; 0 is one for each core.
	Workers int
	// Collate, when not nil, takes the place of the store's Collate at the end.
	Collate func(context.Context) error
	// Progress, when not nil, is told after each item is stored. It is called
	// by one goroutine.
	Progress func(Progress)
	// Stored, when not nil, is told of each article once it is stored, in the
	// order of the walk, by one goroutine.
	Stored func(Outcome)
}

// Outcome says what became of one article.
type Outcome struct {
	Article *chancery.Article // not to be changed
	New     bool              // false when the same content was in the store already
	Coded   bool              // a reading of it by this version is in the store
}

// Progress says how far a run is.
type Progress struct {
	Items    int
	Bytes    int64 // of the items' data
	Articles int
	Events   int    // of the articles coded in this run
	Path     string // of the item just stored
}

// Report says what a run did.
type Report struct {
	Items    int
	Articles int       // found in the items, copies and known ones included
	New      int       // stored in this run
	Coded    int       // readings stored in this run
	Known    int       // stored and read before, by this version
	Foreign  []Foreign // in another language than English: stored, not coded
	Reprints int       // in the whole store
	Problems []error   // one sentence each, in the order of the walk; most are *acquire.Problem
}

// Foreign is an article in another language than English.
type Foreign struct {
	Path, Name, Language string
}

// batch is one item on its way.
type batch struct {
	item     acquire.Item
	err      error // what the walk said instead of an item
	articles []result
	problems []error
	done     chan struct{} // closed when the workers are through with it
}

// result is one article on its way.
type result struct {
	sqlite.Entry
	known bool
}

// Read reads the items of a walk into the store. It returns, with the report
// so far, the context's error when it ends, or the store's when it cannot be
// written to; all that the report counts is stored.
func Read(ctx context.Context, store *sqlite.Store, items iter.Seq2[acquire.Item, error], o Options) (Report, error) {
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.NumCPU()
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	// Both channels carry the same batches: ordered to the writer, todo to the
	// workers. Their capacity bounds what is held in memory.
	ordered, todo := make(chan *batch, groupItems+4*workers), make(chan *batch)
	var running sync.WaitGroup
	running.Go(func() {
		defer close(todo)
		defer close(ordered)
		for item, err := range items {
			b := &batch{item: item, err: err, done: make(chan struct{})}
			if err != nil {
				close(b.done)
			}
			select {
			case ordered <- b:
			case <-ctx.Done():
				return
			}
			if err != nil {
				continue
			}
			select {
			case todo <- b:
			case <-ctx.Done():
				return // the writer does not wait for b: it sees the context too
			}
		}
	})
	for range workers {
		running.Go(func() {
			for b := range todo {
				b.read(ctx, store, o)
				close(b.done)
			}
		})
	}

	w := writer{store: store, Options: o}
	for group := range groups(ctx, ordered) {
		if ctx.Err() != nil {
			break
		}
		if err := w.write(ctx, group); err != nil {
			cancel(err)
			break
		}
	}
	err := context.Cause(ctx)
	for range ordered { // after a stop, lets the walk end
	}
	running.Wait()
	if err != nil {
		return w.report, err
	}
	if w.report.Reprints, err = store.MarkReprints(ctx, sqlite.Repeats{Overlap: extract.Overlap, Share: extract.ReprintShare}); err != nil {
		return w.report, err
	}
	if o.Collate != nil {
		return w.report, o.Collate(ctx)
	}
	return w.report, store.Collate(ctx)
}

// groupItems is how many items are stored together at most, and groupWait how
// long the first of them waits for the others: a transaction for each would cost
// as much again as what is written in it.
const (
	groupItems = 16
	groupWait  = time.Second / 2
)

// groups gives the batches in their order, several at a time. The first of a
// group is waited for as long as it takes, unless ctx ends.
func groups(ctx context.Context, ordered <-chan *batch) iter.Seq[[]*batch] {
	return func(yield func([]*batch) bool) {
		var next *batch // taken from the channel, not ready then
		for open := true; open || next != nil; {
			first := next
			if next = nil; first == nil {
				if first, open = <-ordered; !open {
					return
				}
			}
			select {
			case <-first.done:
			case <-ctx.Done():
			}
			group := []*batch{first}
			wait, stop := context.WithTimeout(ctx, groupWait)
			for open && next == nil && len(group) < groupItems {
				var b *batch
				select {
				case b, open = <-ordered:
				case <-wait.Done():
				}
				if b == nil {
					break
				}
				select {
				case <-b.done:
					group = append(group, b)
				case <-wait.Done():
					next = b
				}
			}
			stop()
			if !yield(group) {
				return
			}
		}
	}
}

// read extracts and codes an item.
func (b *batch) read(ctx context.Context, store *sqlite.Store, o Options) {
	var articles []chancery.Article
	articles, b.problems = extract.Articles(b.item)
	for i := range articles {
		if ctx.Err() != nil {
			return
		}
		a := &articles[i]
		r := result{Entry: sqlite.Entry{Article: a}}
		_, known, err := store.Has(ctx, a.ID, o.Version)
		switch {
		case err != nil:
			b.problems = append(b.problems, &acquire.Problem{Path: b.item.Path, Err: err})
			continue
		case known:
			r.known = true
		default:
			r.Fingerprint = extract.Fingerprint(a.Text)
			if r.Reading, err = code(a, o); err != nil {
				b.problems = append(b.problems, &acquire.Problem{Path: b.item.Path, Err: fmt.Errorf("article %q is stored but was not coded: %w", a.Name, err)})
			}
		}
		b.articles = append(b.articles, r)
	}
}

// isForeign reports whether an article is in another language than English. A
// text whose language cannot be told, mostly a short one, is tried as English.
func isForeign(a *chancery.Article) bool { return a.Language != "en" && a.Language != "" }

// code codes an English article. A panic of the coder's is one article's
// trouble, not the batch's.
func code(a *chancery.Article, o Options) (r *chancery.Reading, err error) {
	if isForeign(a) {
		return nil, nil
	}
	defer func() {
		if p := recover(); p != nil {
			r, err = nil, fmt.Errorf("a mistake in the program, please report it with the article: %v", p)
		}
	}()
	reading, err := o.Code(a)
	if err != nil {
		return nil, err
	}
	reading.Version = o.Version
	if err := reading.Validate(a.Text); err != nil {
		return nil, err
	}
	return &reading, nil
}

// writer stores batches and keeps the report.
type writer struct {
	Options
	store  *sqlite.Store
	report Report
	at     Progress
}

// write stores a group of batches and reports on them in their order.
func (w *writer) write(ctx context.Context, group []*batch) error {
	// An article is stored whole even when the run is being stopped.
	ctx = context.WithoutCancel(ctx)
	var entries []sqlite.Entry
	for _, b := range group {
		for _, r := range b.articles {
			entries = append(entries, r.Entry)
		}
	}
	stored, err := w.store.PutAll(ctx, entries)
	for _, b := range group {
		var mine []sqlite.Stored
		if err == nil {
			mine, stored = stored[:len(b.articles)], stored[len(b.articles):]
		}
		// What did not go together goes as far as it can one by one.
		if err := w.one(ctx, b, mine); err != nil {
			return err
		}
	}
	return nil
}

// one reports on a batch whose articles are stored as said, or stores them one
// by one when nothing is said.
func (w *writer) one(ctx context.Context, b *batch, said []sqlite.Stored) error {
	if b.err != nil {
		if errors.Is(b.err, context.Canceled) || errors.Is(b.err, context.DeadlineExceeded) {
			return b.err
		}
		w.report.Problems = append(w.report.Problems, b.err)
		return nil
	}
	for i, r := range b.articles {
		var stored sqlite.Stored
		if said != nil {
			stored = said[i]
		} else {
			var err error
			stored, err = w.store.Put(ctx, r.Entry)
			switch {
			case errors.Is(err, chancery.ErrInvalid) || errors.Is(err, chancery.ErrEvidence):
				b.problems = append(b.problems, &acquire.Problem{Path: b.item.Path, Err: err})
				continue
			case err != nil:
				return err
			}
		}
		w.count(r, stored)
	}
	w.report.Problems = append(w.report.Problems, b.problems...)
	w.report.Items++
	w.at.Items++
	w.at.Bytes += int64(len(b.item.Data))
	w.at.Path = b.item.Path
	if w.Progress != nil {
		w.Progress(w.at)
	}
	return nil
}

// count takes a stored article into the report.
func (w *writer) count(r result, stored sqlite.Stored) {
	w.report.Articles++
	w.at.Articles++
	if stored.Article {
		w.report.New++
	}
	if stored.Reading {
		w.report.Coded++
		w.at.Events += len(r.Reading.Events)
	}
	switch a := r.Article; {
	case isForeign(a):
		w.report.Foreign = append(w.report.Foreign, Foreign{a.Path, a.Name, a.Language})
	case r.known, r.Reading != nil && !stored.Reading:
		w.report.Known++
	}
	if w.Stored != nil {
		w.Stored(Outcome{r.Article, stored.Article, r.known || r.Reading != nil})
	}
}
