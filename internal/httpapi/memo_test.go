package httpapi

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"chancery"
)

func TestMemo(t *testing.T) {
	now := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)
	m := newMemo()
	answer := "answer"
	m.put("k", &kept{answer: &answer, version: 1, made: now, took: 100 * time.Millisecond, used: now})
	for _, c := range []struct {
		name         string
		key          string
		version      int64
		stale        bool
		after        time.Duration
		given, again bool
	}{
		{"unchanged", "k", 1, false, time.Hour, true, false},
		{"another question", "other", 1, true, 0, false, false},
		{"changed, asked for what is fresh", "k", 2, false, 0, false, false},
		{"changed a moment after it was made", "k", 2, true, time.Second, true, false},
		{"changed", "k", 2, true, 2 * time.Second, true, true},
		{"changed, and being made anew", "k", 2, true, 3 * time.Second, true, false},
		{"changed long ago", "k", 2, true, time.Hour, false, false},
	} {
		got, again := m.get(c.key, c.version, c.stale, now.Add(c.after))
		if (got != nil) != c.given || again != c.again {
			t.Errorf("%s: given %v, again %v; want %v, %v", c.name, got != nil, again, c.given, c.again)
		}
	}
	m.put("other", &kept{answer: &answer, version: 1, made: now, took: 100 * time.Millisecond, used: now})
	if _, again := m.get("other", 2, true, now.Add(3*time.Second)); again {
		t.Error("two are made anew at a time")
	}
	m.remade()
	if _, again := m.get("other", 2, true, now.Add(3*time.Second)); !again {
		t.Error("the next is not made anew")
	}
	for i := range mostKept {
		m.put(fmt.Sprint(i), &kept{answer: &answer, version: 1, made: now, used: now.Add(2 * time.Hour)})
	}
	if _, ok := m.answers["k"]; ok || len(m.answers) != mostKept {
		t.Errorf("%d answers are kept, the oldest among them: %v", len(m.answers), ok)
	}
	m.drop("7")
	if got, _ := m.get("7", 1, true, now); got != nil {
		t.Error("what was dropped is given")
	}
}

// TestOneMakesForAll: those who ask the same at once get one answer, made once;
// an error is everybody's, and nobody's afterwards; a panic leaves nobody waiting.
func TestOneMakesForAll(t *testing.T) {
	store, _, _ := newRecord(t)
	a := &api{Config: Config{Store: store, Now: time.Now}, memo: newMemo()}
	var made atomic.Int32
	release := make(chan struct{})
	f := remembered(a, "op", func(context.Context, *struct{ N int }) (*string, error) {
		n := made.Add(1)
		<-release
		if n == 1 {
			return nil, errors.New("not now")
		}
		s := "answer"
		return &s, nil
	})
	const askers = 8
	answers := make(chan error, askers)
	for range askers {
		go func() {
			_, err := f(t.Context(), &struct{ N int }{1})
			answers <- err
		}()
	}
	for {
		if a.memo.lock.Lock(); len(a.memo.making) == 1 {
			a.memo.lock.Unlock()
			break
		}
		a.memo.lock.Unlock()
		time.Sleep(time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond) // until the others have come
	close(release)
	for range askers {
		if err := <-answers; err != nil && err.Error() != "not now" {
			t.Error(err)
		}
	}
	if n := made.Load(); n > 2 { // one, and one more for who came too late for it
		t.Errorf("made %d times", n)
	}
	if s, err := f(t.Context(), &struct{ N int }{1}); err != nil || *s != "answer" {
		t.Errorf("after the error: %v, %v", s, err)
	}
	panics := remembered(a, "panics", func(context.Context, *struct{}) (*string, error) { panic("inside") })
	for range mostSums + 1 {
		func() {
			defer func() { _ = recover() }()
			_, _ = panics(t.Context(), &struct{}{})
		}()
	}
	if len(a.memo.making) != 0 || len(a.memo.sums) != 0 {
		t.Error("a panic leaves others waiting")
	}
}

// TestVersion: any write is seen, a read is not.
func TestVersion(t *testing.T) {
	store, _, r := newRecord(t)
	ctx := t.Context()
	version := func() int64 {
		n, err := store.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	first := version()
	if _, err := store.Record(ctx, r.Events[0].ID); err != nil {
		t.Fatal(err)
	}
	if version() != first {
		t.Error("reading changed the version")
	}
	if err := store.Collate(ctx); err != nil { // there is nothing new
		t.Fatal(err)
	}
	if version() != first {
		t.Error("writing nothing changed the version")
	}
	if _, err := store.Correct(ctx, chancery.Correction{Record: r.Events[0].ID, Verdict: chancery.Confirmed, Who: "test", When: time.Unix(0, 0)}); err != nil {
		t.Fatal(err)
	}
	if version() == first {
		t.Error("writing did not change the version")
	}
}
