package sample

import (
	"context"
	"slices"
	"strings"
	"testing"

	"chancery"
	"chancery/acquire"
	"chancery/extract"
)

func articles(t *testing.T) map[string]chancery.Article {
	t.Helper()
	out := map[string]chancery.Article{}
	for item, err := range acquire.WalkFS(context.Background(), Articles(), "sample", acquire.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		got, problems := extract.Articles(item)
		for _, p := range problems {
			t.Error(p)
		}
		for _, a := range got {
			if _, twice := out[a.Name]; twice {
				t.Errorf("two articles are named %s", a.Name)
			}
			out[a.Name] = a
		}
	}
	return out
}

func TestEveryArticleIsWhole(t *testing.T) {
	all := articles(t)
	if len(all) < 18 {
		t.Errorf("%d articles, want at least 18", len(all))
	}
	sources := map[string]bool{}
	for name, a := range all {
		if a.Title == "" || a.Byline == "" || a.Source == "" || a.Published.IsZero() || a.Language != "en" {
			t.Errorf("%s: title %q, byline %q, source %q, date %q, language %q", name, a.Title, a.Byline, a.Source, a.Published, a.Language)
		}
		if !strings.HasPrefix(a.Source, "Sample ") || !strings.HasPrefix(name, strings.ToLower(strings.TrimPrefix(a.Source, "Sample "))) {
			t.Errorf("%s: source %q", name, a.Source)
		}
		if a.Published.First().Before(chancery.Date{Year: 2025, Month: 3}.First()) || a.Published.Last().After(chancery.Date{Year: 2025, Month: 10}.Last()) {
			t.Errorf("%s: published %s, want March to October 2025", name, a.Published)
		}
		if n := len(strings.Fields(a.Text)); n < 150 || n > 350 {
			t.Errorf("%s: %d words, want 150 to 350", name, n)
		}
		for _, s := range []string{"cookie", "Share", "newsletter", "Sample Herald. All rights", "Read more", "Leave a", "Related", "Follow us", "Advertisement"} {
			if strings.Contains(a.Text, s) {
				t.Errorf("%s: the body has %q", name, s)
			}
		}
		sources[a.Source] = true
	}
	if len(sources) < 6 {
		t.Errorf("%d sources, want at least 6", len(sources))
	}
}

func TestPlanted(t *testing.T) {
	all := articles(t)
	planted, misses, err := Planted()
	if err != nil {
		t.Fatal(err)
	}
	if len(planted) < 25 || len(misses) < 15 {
		t.Errorf("%d planted and %d near misses, want 25 and 15", len(planted), len(misses))
	}
	// The kinds of issue 6, as package collate writes them.
	kinds := []string{"numbers disagree", "dates disagree", "two speakers", "tag against prose", "status disagrees", "roles disagree",
		"two names", "first step", "single source", "repeated passage", "reprint", "impossible date"}
	count := map[string]int{}
	ids := map[string]bool{}
	for _, p := range slices.Concat(planted, misses) {
		kind := p.Kind + p.LooksLike
		if p.Kind != "" {
			count[kind]++
		}
		if !slices.Contains(kinds, kind) || p.Kind != "" && p.LooksLike != "" {
			t.Errorf("%s: kind %q, looks_like %q", p.ID, p.Kind, p.LooksLike)
		}
		if ids[p.ID] || p.ID == "" || p.About == "" || len(p.Passages) == 0 {
			t.Errorf("%s: an id twice, or something left out: %+v", p.ID, p)
		}
		ids[p.ID] = true
		for _, x := range p.Passages {
			if a, ok := all[x.Article]; !ok || x.Text == "" || !strings.Contains(a.Text, x.Text) {
				t.Errorf("%s: %q is not in %s", p.ID, x.Text, x.Article)
			}
		}
	}
	for _, k := range kinds {
		if count[k] == 0 {
			t.Errorf("nothing planted of the kind %q", k)
		}
	}
}

// TestReprint holds that the two entries on reprints are what they say.
func TestReprint(t *testing.T) {
	all := articles(t)
	of := func(name string) []uint64 { return extract.Fingerprint(all[name].Text) }
	if got := extract.Overlap(of("observer-lunch-reprint"), of("wire-white-house-lunch")); got < extract.ReprintShare {
		t.Errorf("the reprint overlaps by %.2f only", got)
	}
	for a := range all {
		for b := range all {
			if got := extract.Overlap(of(a), of(b)); a != b && got > 0.3 && a != "observer-lunch-reprint" && b != "observer-lunch-reprint" {
				t.Errorf("%s overlaps %s by %.2f", a, b, got)
			}
		}
	}
}
