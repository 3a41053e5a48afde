package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"chancery"
	"chancery/extract"

	"pgregory.net/rapid"
)

// reprintsOf is what MarkReprints is to find, all articles compared with all.
func reprintsOf(all []Entry) map[string]string {
	order := slices.Clone(all)
	slices.SortFunc(order, func(a, b Entry) int {
		day := func(e Entry) int {
			if e.Article.Published.IsZero() {
				return 1 << 30
			}
			return dayNumber(e.Article.Published.First())
		}
		return cmp.Or(cmp.Compare(day(a), day(b)), cmp.Compare(len(b.Fingerprint), len(a.Fingerprint)), cmp.Compare(a.Article.ID, b.Article.ID))
	})
	of := map[string]string{}
	for i, k := range order {
		for _, o := range order[:i] {
			if of[o.Article.ID] == "" && extract.Overlap(k.Fingerprint, o.Fingerprint) >= extract.ReprintShare {
				of[k.Article.ID] = o.Article.ID
				break
			}
		}
	}
	return of
}

// marked marks the reprints and gives them.
func marked(t interface{ Fatal(...any) }, s *Store) map[string]string {
	n, err := s.MarkReprints(context.Background(), Repeats{Overlap: extract.Overlap, Share: extract.ReprintShare})
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]string{}
	for e, err := range s.Entries(context.Background(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Article.ReprintOf != "" {
			of[e.Article.ID] = e.Article.ReprintOf
		}
	}
	if n != len(of) {
		t.Fatal(fmt.Sprintf("says %d reprints, marks %d", n, len(of)))
	}
	return of
}

func sketched(name string, published chancery.Date, fingerprint ...uint64) Entry {
	a := &chancery.Article{Name: name, Title: "Title", Text: "Text of " + name, Published: published, Language: "en"}
	a.ID = chancery.ArticleID(*a)
	return Entry{Article: a, Fingerprint: fingerprint}
}

func TestReprints(t *testing.T) {
	long := []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9, 1 << 63}
	most := []uint64{1, 2, 3, 4, 5, 6, 7, 20, 21, 22}
	short := []uint64{2, 3, 4}
	other := []uint64{1, 2, 30, 31, 32, 33, 34, 35}
	day := func(d int) chancery.Date { return chancery.Date{Year: 2025, Month: 6, Day: d} }
	first, second := sketched("x", day(1), long...), sketched("y", day(1), most...)
	if first.Article.ID > second.Article.ID {
		first, second = second, first
	}
	for name, c := range map[string]struct {
		in   []Entry
		want map[int]int // place of a reprint to that of its original
	}{
		"the earlier one is the original":                {[]Entry{sketched("a", day(2), long...), sketched("b", day(1), most...)}, map[int]int{0: 1}},
		"of one day the longer one":                      {[]Entry{sketched("a", day(1), short...), sketched("b", day(1), long...)}, map[int]int{0: 1}},
		"of one day and length the smaller id":           {[]Entry{second, first}, map[int]int{0: 1}},
		"without a date after those with one":            {[]Entry{sketched("a", chancery.Date{}, long...), sketched("b", day(9), most...)}, map[int]int{0: 1}},
		"a short notice before the long report":          {[]Entry{sketched("a", day(1), short...), sketched("b", day(2), long...)}, nil},
		"some common words":                              {[]Entry{sketched("a", day(1), long...), sketched("b", day(2), other...)}, nil},
		"no words":                                       {[]Entry{sketched("a", day(1)), sketched("b", day(2))}, nil},
		"all of a chain name the one that is no reprint": {[]Entry{sketched("a", day(1), long...), sketched("b", day(2), most...), sketched("c", day(3), long...)}, map[int]int{1: 0, 2: 0}},
	} {
		want := map[string]string{}
		for a, b := range c.want {
			want[c.in[a].Article.ID] = c.in[b].Article.ID
		}
		if got := reprintsOf(c.in); !maps.Equal(got, want) {
			t.Errorf("%s: by comparing all: got %v, want %v", name, got, want)
		}
		s := open(t, filepath.Join(t.TempDir(), "record.db"))
		must[[]Stored](t)(s.PutAll(t.Context(), c.in))
		if got := marked(t, s); !maps.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestReprintsInAnyOrder: articles that come in any order and portions, and get
// other days on the way, are marked as if all were compared at once.
func TestReprintsInAnyOrder(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		s, err := Open(context.Background(), filepath.Join(dir, fmt.Sprint(n, ".db")), Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		day := func() chancery.Date {
			return chancery.Date{Year: rapid.SampledFrom([]int{0, 2020, 2021, 2022, 2023}).Draw(t, "year")}
		}
		var all []Entry
		for i := range rapid.IntRange(0, 9).Draw(t, "articles") {
			fingerprint := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 9), 0, 9, rapid.ID[uint64]).Draw(t, "fingerprint")
			slices.Sort(fingerprint)
			all = append(all, sketched(fmt.Sprint("n", i), day(), fingerprint...))
		}
		for i := range all {
			if _, err := s.Put(context.Background(), all[i]); err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "moves") { // a copy of an article has another day; the smaller name counts
				a := all[rapid.IntRange(0, i).Draw(t, "which")].Article
				copied := *a
				copied.Name, copied.Published = a.Name[:len(a.Name)-1]+"-"+a.Name[len(a.Name)-1:], day()
				if _, err := s.Put(context.Background(), Entry{Article: &copied}); err != nil {
					t.Fatal(err)
				}
				*a = copied
			}
			if rapid.Bool().Draw(t, "marked") {
				if got, want := marked(t, s), reprintsOf(all[:i+1]); !maps.Equal(got, want) {
					t.Fatalf("after %d articles: got %v, want %v", i+1, got, want)
				}
			}
		}
		if got, want := marked(t, s), reprintsOf(all); !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}
