package httpapi

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"chancery/store/sqlite"
)

// An answer that adds up much of a large record is kept and given again.
const (
	slow        = 25 * time.Millisecond // from how long an answer took on it is kept
	tooOld      = time.Minute           // how long an answer may be behind a record that has changed since
	mostKept    = 512                   // answers
	largeRecord = 2000                  // articles from which on answers are kept
	rest        = 20                    // an answer is made anew after so many times what it took, at the earliest
)

// memo keeps slow answers of a large record. One that the record has not changed
// since is given again; one that it has is given once more while a new one is
// made, unless it is tooOld. So a record that is being read into is not added up
// for every request, and nobody waits for what was known a moment ago. An answer
// that takes long is not made anew each time somebody writes: making it takes a
// twentieth of the time, and one is made anew after the other, so that those who wait
// go first.
//
// Whoever asks what is being made waits for it, and few are made at a time, so
// that those who ask for less than a sum of the record find a connection free.
type memo struct {
	lock    sync.Mutex
	answers map[string]*kept
	making  map[string]*making
	anew    bool          // an answer that was kept is being made anew
	sums    chan struct{} // holds one for each answer that is being made
}

// making is an answer that is being made.
type making struct {
	done   chan struct{} // closed when the next two are set
	answer any
	err    error
}

// errNotMade is what those get who waited for an answer whose making panicked.
var errNotMade = errors.New("the answer was not made")

// mostSums is how many sums of a record are made at a time: half of the store's
// connections. More than there are processors, for a short one is not to wait for
// long ones.
const mostSums = 8

// kept is an answer, and the state of the record that it was made from.
type kept struct {
	answer  any
	version int64
	made    time.Time
	took    time.Duration
	used    time.Time
}

func newMemo() *memo {
	return &memo{answers: map[string]*kept{}, making: map[string]*making{}, sums: make(chan struct{}, mostSums)}
}

// join gives the making of the answer under the key, and whether the caller is
// to make it, after which it calls leave.
func (m *memo) join(key string) (x *making, mine bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if x := m.making[key]; x != nil {
		return x, false
	}
	x = &making{done: make(chan struct{})}
	m.making[key] = x
	return x, true
}

func (m *memo) leave(key string, x *making) {
	m.lock.Lock()
	defer m.lock.Unlock()
	delete(m.making, key)
	close(x.done)
}

// get gives the kept answer under the key, nil for none, and whether the caller
// is to have it made anew, after which it calls remade.
func (m *memo) get(key string, version int64, stale bool, now time.Time) (answer any, remake bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	k := m.answers[key]
	if k == nil || k.version != version && (!stale || now.Sub(k.made) > tooOld) {
		return nil, false
	}
	k.used = now
	remake = k.version != version && !m.anew && now.Sub(k.made) >= rest*k.took
	m.anew = m.anew || remake
	return k.answer, remake
}

// remade lets the next answer be made anew.
func (m *memo) remade() {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.anew = false
}

// put keeps an answer, in place of the one that was asked for longest ago when
// there are too many.
func (m *memo) put(key string, k *kept) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.answers[key] = k
	if len(m.answers) <= mostKept {
		return
	}
	oldest := ""
	for other, o := range m.answers {
		if oldest == "" || o.used.Before(m.answers[oldest].used) {
			oldest = other
		}
	}
	delete(m.answers, oldest)
}

// drop forgets an answer that could not be made anew.
func (m *memo) drop(key string) {
	m.lock.Lock()
	defer m.lock.Unlock()
	delete(m.answers, key)
}

// remembered gives an operation that remembers slow answers, whether or not the
// record has changed since.
func remembered[I, O any](a *api, id string, f func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return remember(a, id, true, f)
}

// rememberedFresh gives one that remembers slow answers until the record changes:
// what it shows is what people correct.
func rememberedFresh[I, O any](a *api, id string, f func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return remember(a, id, false, f)
}

func remember[I, O any](a *api, id string, stale bool, f func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		// Ages and what is due change with the day.
		key := fmt.Sprintf("%s %s %+v", id, a.Now().Format(time.DateOnly), *in)
		version, err := a.Store.Version(ctx)
		if err != nil {
			return nil, err
		}
		answer, remake := a.memo.get(key, version, stale, time.Now())
		if remake {
			go func() {
				defer a.memo.remade()
				if _, err := makeAnswer(context.WithoutCancel(ctx), a, key, in, f); err != nil {
					a.memo.drop(key)
				}
			}()
		}
		if answer != nil {
			return answer.(*O), nil
		}
		return makeAnswer(ctx, a, key, in, f)
	}
}

// makeAnswer makes an answer, or waits for the one that is being made, and keeps
// it when it took long and the record is large.
func makeAnswer[I, O any](ctx context.Context, a *api, key string, in *I, f func(context.Context, *I) (*O, error)) (*O, error) {
	version, err := a.Store.Version(ctx)
	if err != nil {
		return nil, err
	}
	// What another asked for before the last change is not this one's answer.
	at := fmt.Sprint(version, " ", key)
	x, mine := a.memo.join(at)
	if !mine {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-x.done:
		}
		if x.err != nil {
			return nil, x.err
		}
		return x.answer.(*O), nil
	}
	defer a.memo.leave(at, x)
	a.memo.sums <- struct{}{}
	defer func() { <-a.memo.sums }()
	began := time.Now()
	x.err = errNotMade // unless f returns
	// The others wait for it even where the one who asked first has gone.
	out, err := f(context.WithoutCancel(ctx), in)
	x.answer, x.err = out, err
	took := time.Since(began)
	if err != nil || took < slow {
		return out, err
	}
	if n, err := a.Store.Count(ctx, "", sqlite.Filter{}); err != nil || n < largeRecord {
		return out, err
	}
	a.memo.put(key, &kept{answer: out, version: version, made: began, took: took, used: began})
	return out, nil
}
