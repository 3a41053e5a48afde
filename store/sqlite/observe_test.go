package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
)

// TestObserve: Observe gives what DyadEvents gives, but for order and ids.
func TestObserve(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "a", "Sample Wire")
	putHarbour(t, s, "b", "Sample Gazette")
	// also an event before 1970, one of unsaid length, and one without any text
	for _, q := range []string{"UPDATE dyad SET day = -1000, days = 5000, happening = 7 WHERE day > 0 AND source = 1", "UPDATE dyad SET good = '', contexts = '' WHERE source = 2"} {
		if _, err := s.write.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []DyadFilter{{}, {Actor: "ARC"}, {WithoutSource: "Sample Wire"}, {Actor: "USA"}} {
		var want, got []string
		if err := s.DyadEvents(context.Background(), f, func(e *DyadEvent) error {
			c := *e
			c.Event = ""
			want = append(want, fmt.Sprintf("%+v", c))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := s.Observe(context.Background(), f, func(e *DyadEvent) error {
			got = append(got, fmt.Sprintf("%+v", *e))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if (len(want) == 0) != (f.Actor == "USA") {
			t.Fatalf("%+v: %d rows", f, len(want))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%+v: observed\n%v\nwant\n%v", f, got, want)
		}
	}
}
