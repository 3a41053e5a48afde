package httpapi

import (
	"fmt"
	"testing"
	"time"
)

func TestMemo(t *testing.T) {
	now := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)
	m := newMemo()
	answer := "answer"
	m.put("k", &kept{answer: &answer, version: 1, made: now, used: now})
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
		{"changed", "k", 2, true, 0, true, true},
		{"changed, and being made anew", "k", 2, true, time.Second, true, false},
		{"changed long ago", "k", 2, true, time.Hour, false, false},
	} {
		got, again := m.get(c.key, c.version, c.stale, now.Add(c.after))
		if (got != nil) != c.given || again != c.again {
			t.Errorf("%s: given %v, again %v; want %v, %v", c.name, got != nil, again, c.given, c.again)
		}
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
	if err := store.MarkReprints(ctx, map[string]string{}); err != nil {
		t.Fatal(err)
	}
	if version() != first {
		t.Error("writing nothing changed the version")
	}
	if err := store.MarkReprints(ctx, map[string]string{r.Article: "a0"}); err != nil {
		t.Fatal(err)
	}
	if version() == first {
		t.Error("writing did not change the version")
	}
}
