package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"chancery"
	"chancery/relation"
)

// said is an observation as text.
func said(o *relation.Observation) string {
	alone := *o
	alone.Kind = nil
	return fmt.Sprintf("%+v %+v", alone, *o.Kind)
}

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
		var want []string
		if err := s.DyadEvents(context.Background(), f, func(o *relation.Observation) error {
			o.Event = ""
			want = append(want, said(o))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		got := observed(t, s, f)
		if (len(want) == 0) != (f.Actor == "USA") {
			t.Fatalf("%+v: %d rows", f, len(want))
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%+v: observed\n%v\nwant\n%v", f, got, want)
		}
	}
}

// observed lists what Observe gives, sorted.
func observed(t testing.TB, s *Store, f DyadFilter) (out []string) {
	t.Helper()
	if err := s.Observe(context.Background(), f, func(o *relation.Observation) error {
		out = append(out, said(o))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func TestUndated(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "a", "Sample Wire")
	if _, err := s.write.Exec("UPDATE article SET published = '2025-06-18'"); err != nil {
		t.Fatal(err)
	}
	putHarbour(t, s, "b", "Sample Gazette")
	if _, err := s.write.Exec("UPDATE article SET published = '' WHERE name = 'b'"); err != nil {
		t.Fatal(err)
	}
	list := func(f DyadFilter) (got []string) {
		t.Helper()
		if err := s.Undated(context.Background(), f, func(o *relation.Observation) error {
			got = append(got, fmt.Sprint(o.Event, " ", o.Source, " ", o.Day.IsZero()))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return got
	}
	june := chancery.Date{Year: 2025, Month: 6}
	for _, c := range []struct {
		f    DyadFilter
		want []string
	}{
		{DyadFilter{}, []string{"e2a Sample Wire false", "e2b Sample Gazette true"}},
		{DyadFilter{Since: june, Until: june}, []string{"e2a Sample Wire false"}},
		{DyadFilter{Since: chancery.Date{Year: 2026}}, nil},
		{DyadFilter{Actor: "RUR"}, nil},
		{DyadFilter{WithoutSource: "Sample Wire"}, []string{"e2b Sample Gazette true"}},
	} {
		if got := list(c.f); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.f, got, c.want)
		}
	}
}
