package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"chancery"
	"chancery/acquire"
	"chancery/store/sqlite"
)

// TestFetchArticles: each address has its outcome, in their order, and one that
// fails has a problem document with one sentence.
func TestFetchArticles(t *testing.T) {
	var hints []string
	h, _, _ := newHandler(t, func(c *Config) {
		c.Read = func(_ context.Context, item acquire.Item) ([]Receipt, error) {
			hints = append(hints, item.Title+" "+item.Published.String())
			if item.Name == "empty" {
				return nil, fmt.Errorf("%w: %w", chancery.ErrInvalid, &acquire.Problem{Path: item.Path, Err: fmt.Errorf("no article found")})
			}
			return []Receipt{{ID: item.Name, New: true}}, nil
		}
		known := chancery.Article{Name: "known", URL: "https://example.org/known", Text: "Known."}
		known.ID = chancery.ArticleID(known)
		if _, err := c.Store.Put(context.Background(), sqlite.Entry{Article: &known}); err != nil {
			t.Fatal(err)
		}
	})
	addresses := []string{"a", "feed", "private", "missing", "redirect", "late", "empty", "b"}
	var asked []string
	for _, a := range addresses {
		asked = append(asked, fmt.Sprintf(`{"address":"https://example.org/%s","title":"Of the feed","published":"2025-06"}`, a))
	}
	w := do(h, "POST", "/api/v1/articles/fetch", `{"addresses":[`+strings.Join(append(asked, `{"address":"gopher://x"}`), ",")+`]}`)
	var answer FetchAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	var got []string
	for _, o := range answer.Outcomes {
		s := strings.TrimPrefix(o.Address, "https://example.org/") + ":"
		for _, a := range o.Articles {
			s += " article " + a.ID
		}
		if f := o.Feed; f != nil {
			s += fmt.Sprintf(" feed with %d, known %d, left out %d", len(f.Entries), f.Known, f.LeftOut)
			if e := f.Entries[0]; e.Address != "https://example.org/new" || len([]rune(e.Title)) != 500 || e.Published != "2025-06" {
				t.Errorf("entry %+v: it must be one that can be asked for", e)
			}
		}
		if p := o.Problem; p != nil {
			s += fmt.Sprintf(" %d %s", p.Status, strings.TrimPrefix(p.Type, "urn:chancery:fetch:"))
			if p.Title == "" || p.Detail == "" || strings.Contains(p.Detail, "example.org") {
				t.Errorf("%s %+v: want a sentence about the address, without it", o.Address, p)
			}
		}
		got = append(got, s)
	}
	want := "a: article a\nfeed: feed with 1, known 1, left out 3\nprivate: 403 private\nmissing: 502 status\nredirect: 502 redirect\nlate: 504 time\nempty: 422 article\nb: article b\ngopher://x: 422 address"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if strings.Join(hints, "|") != "Of the feed 2025-06|Of the feed 2025-06|Of the feed 2025-06" {
		t.Errorf("the hints are %q", hints)
	}
}

// TestProblemTypesAreDescribed: the document lists every type that is given.
func TestProblemTypesAreDescribed(t *testing.T) {
	b, err := OpenAPI("test")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range addressProblems {
		got := addressProblem(p.err)
		if got == nil || !strings.HasSuffix(got.Type, ":"+p.name) || got.Status != p.status || !strings.Contains(string(b), `"`+got.Type+`"`) {
			t.Errorf("%v: %+v", p.err, got)
		}
	}
}
