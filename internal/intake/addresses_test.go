package intake

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"chancery"
	"chancery/acquire"
	"chancery/acquire/fetch"
	"chancery/store/sqlite"
)

// site is a small one: a feed and its pages, counting what is asked for.
type site struct {
	*httptest.Server
	asked []string // but for robots.txt
	pages map[string]string
	types map[string]string // where it is not what the page looks like
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{pages: map[string]string{}, types: map[string]string{}}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			w.Write([]byte("User-agent: *\nDisallow: /closed"))
			return
		}
		s.asked = append(s.asked, r.URL.Path)
		body, ok := s.pages[r.URL.Path]
		switch {
		case !ok:
			http.NotFound(w, r)
			return
		case strings.HasPrefix(body, "<rss"):
			tag := fmt.Sprintf(`"%d"`, len(body))
			w.Header().Set("ETag", tag)
			w.Header().Set("Content-Type", "application/rss+xml")
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		if kind := s.types[r.URL.Path]; kind != "" {
			w.Header().Set("Content-Type", kind)
		}
		w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return s
}

// take gives what was asked for since it was last called.
func (s *site) take() string {
	defer func() { s.asked = nil }()
	return strings.Join(s.asked, " ")
}

func feedOf(entries ...string) string {
	var b strings.Builder
	for i, e := range entries {
		fmt.Fprintf(&b, "<item><title>Title %d of the feed</title><link>%s</link><pubDate>Wed, 18 Jun 2025 10:00:00 GMT</pubDate></item>", i, e)
	}
	return "<rss><channel><title>Feed</title>" + b.String() + "</channel></rss>"
}

func readAddresses(t *testing.T, store *sqlite.Store, addresses ...string) (Report, *Addresses) {
	t.Helper()
	web := NewAddresses(fetch.New(fetch.Options{Agent: "chancery/test", Private: true, Pause: -1}), store)
	report, err := Read(t.Context(), store, web.Items(t.Context(), addresses), Options{Code: codeOffers, Version: "1", Workers: 2})
	if err == nil {
		err = web.Keep(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return report, web
}

func page(title string, seed uint64) string {
	head := ""
	if title != "" {
		head = "<title>" + title + "</title><h1>" + title + "</h1>"
	}
	return "<!doctype html><html><head>" + head + "</head><body><article><p>" + strings.ReplaceAll(strings.TrimSpace(story(seed)), "\n\n", "</p><p>") + "</p></article></body></html>"
}

// TestFeed: of a feed each page is fetched once, whatever happens between the
// readings, and one that did not change is not sent again.
func TestFeed(t *testing.T) {
	s, store := newSite(t), open(t)
	s.pages["/one.html"] = page("The harbour of the north is opened again", 1)
	s.pages["/two.html"] = page("", 2)
	s.pages["/feed"] = feedOf("one.html", "/two.html", "one.html#again", "closed.html", "gone.html")
	report, web := readAddresses(t, store, s.URL+"/feed", s.URL+"/one.html", s.URL+"/feed")
	if got := s.take(); got != "/feed /one.html /two.html /gone.html" {
		t.Errorf("asked for %s", got)
	}
	if report.New != 2 || web.Skipped != 0 || len(report.Problems) != 2 || !errors.Is(report.Problems[0], fetch.ErrRobots) || !strings.Contains(report.Problems[1].Error(), s.URL+"/gone.html: the server answers 404") {
		t.Errorf("%+v, %+v", report, web)
	}
	articles, err := store.Articles(t.Context(), sqlite.Filter{})
	if err != nil || len(articles.Rows) != 2 {
		t.Fatalf("%+v, %v", articles, err)
	}
	one, two := articles.Rows[0].Article, articles.Rows[1].Article
	june := chancery.Date{Year: 2025, Month: 6, Day: 18}
	if one.Title != "The harbour of the north is opened again" || one.URL != s.URL+"/one.html" || one.Path != s.URL+"/one.html" || one.Name != "one" || one.Published != june {
		t.Errorf("the page's own title, the feed's date: %+v", one)
	}
	if two.Title != "Title 1 of the feed" || two.Published != june || two.Name != "two" {
		t.Errorf("the feed's title where the page has none: %+v", two)
	}

	// The feed had a failure, so it is asked for again; what the record has is not.
	report, web = readAddresses(t, store, s.URL+"/feed")
	if got := s.take(); got != "/feed /gone.html" || web.Skipped != 2 || web.Unchanged != 0 || report.New != 0 {
		t.Errorf("asked for %s: %+v, %+v", got, report, web)
	}

	s.pages["/three.html"] = page("A third of them", 3)
	s.pages["/feed"] = feedOf("three.html", "one.html", "two.html")
	if readAddresses(t, store, s.URL+"/feed"); s.take() != "/feed /three.html" {
		t.Error("what is new is not fetched alone")
	}
	_, web = readAddresses(t, store, s.URL+"/feed")
	if got := s.take(); got != "/feed" || web.Unchanged != 1 || web.Skipped != 0 {
		t.Errorf("a feed that was read whole and has not changed: asked for %s, %+v", got, web)
	}
	// A page that is named is read again, for it may have changed.
	if report, _ = readAddresses(t, store, s.URL+"/one.html"); s.take() != "/one.html" || report.Known != 1 || report.New != 0 {
		t.Errorf("a page that is named: %+v", report)
	}
}

// TestFeedKnowsArticlesByTheirAddress: an article that came from a file is not
// fetched when it states the entry's address as its own.
func TestFeedKnowsArticlesByTheirAddress(t *testing.T) {
	s, store := newSite(t), open(t)
	s.pages["/feed"] = feedOf("/saved")
	saved := acquire.Item{Path: "saved.json", Name: "saved", Kind: acquire.JSON, Line: 1, Data: fmt.Appendf(nil, `{"url":%q,"text":%q}`, s.URL+"/saved", story(4))}
	if report, err := Read(t.Context(), store, walk(saved), Options{Code: codeOffers, Version: "1"}); err != nil || report.New != 1 {
		t.Fatal(report, err)
	}
	if _, web := readAddresses(t, store, s.URL+"/feed"); s.take() != "/feed" || web.Skipped != 1 {
		t.Errorf("%+v", web)
	}
}

// TestPagesSayWhereTheyStand: a page may name another address of its host as its
// own, and none of another's.
func TestPagesSayWhereTheyStand(t *testing.T) {
	s, store := newSite(t), open(t)
	own := strings.Replace(page("Its own", 5), "<head>", `<head><link rel="canonical" href="`+s.URL+`/own">`, 1)
	s.pages["/a?b"], s.pages["/a"] = own, own
	s.pages["/b"] = strings.Replace(page("Another's", 6), "<head>", `<head><link rel="canonical" href="https://elsewhere.example/x">`, 1)
	readAddresses(t, store, s.URL+"/a?b=c", s.URL+"/b")
	for address, want := range map[string]bool{"/own": true, "/a?b=c": true, "/b": true, "/a": false} {
		id, err := store.AtAddress(t.Context(), s.URL+address)
		if err != nil || (id != "") != want {
			t.Errorf("%s: %q, %v", address, id, err)
		}
	}
	if id, _ := store.AtAddress(t.Context(), "https://elsewhere.example/x"); id != "" {
		t.Error("a page passes for another site's")
	}
}

// TestCharacterSets: a page is read in the set that the server states, else in the
// one that it declares, and as UTF-8 when it is that whatever either says.
func TestCharacterSets(t *testing.T) {
	s, store := newSite(t), open(t)
	latin := func(text string) string { return strings.ReplaceAll(text, "ç", "\xe7") }
	const title = "The mayor of Besançon on the harbour"
	declare := func(set, text string) string {
		return strings.Replace(text, "<head>", `<head><meta charset="`+set+`">`, 1)
	}
	for _, x := range []struct{ path, kind, body string }{
		{"/stated", "text/html; charset=ISO-8859-1", latin(declare("utf-8", page(title, 20)))},
		{"/declared", "text/html", latin(declare("iso-8859-1", page(title, 21)))},
		{"/mistaken", "text/html; charset=ISO-8859-1", page(title, 22)},
		{"/plain", "text/plain; charset=windows-1252", latin(title + "\n\n" + story(23))},
	} {
		s.types[x.path], s.pages[x.path] = x.kind, x.body
		report, _ := readAddresses(t, store, s.URL+x.path)
		id, err := store.AtAddress(t.Context(), s.URL+x.path)
		if err != nil || report.New != 1 {
			t.Fatalf("%s: %+v, %v", x.path, report, err)
		}
		if a, err := store.Article(t.Context(), id); err != nil || a.Title != title {
			t.Errorf("%s: %q, %v", x.path, a.Title, err)
		}
	}
}

// TestAddressesProblems: what cannot be had is named and the rest is read.
func TestAddressesProblems(t *testing.T) {
	s, store := newSite(t), open(t)
	s.pages["/a"], s.pages["/outer"], s.pages["/inner"] = page("A page", 7), feedOf("inner", "mailto:x"), feedOf("a")
	s.pages["/empty"] = "<!doctype html><html><body></body></html>"
	report, _ := readAddresses(t, store, "ftp://example.org/x", s.URL+"/none", s.URL+"/closed/x", s.URL+"/outer", s.URL+"/empty", s.URL+"/a", s.URL+"/a#again")
	var got []string
	for _, err := range report.Problems {
		got = append(got, strings.ReplaceAll(err.Error(), s.URL, ""))
	}
	want := []string{"ftp://example.org/x: not an address", "/none: the server answers 404 Not Found", "/closed/x: the site asks", "/inner: not a kind of file that is read: it is a feed within a feed",
		"/outer: not an address that can be fetched: 1 of the feed's entries have none", "/empty: no article found"}
	if report.New != 1 || !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("%+v\n%s", report, strings.Join(got, "\n"))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	web := NewAddresses(fetch.New(fetch.Options{Agent: "chancery/test", Private: true}), store)
	n := 0
	for _, err := range web.Items(ctx, []string{s.URL + "/a", s.URL + "/b"}) {
		if n++; !errors.Is(err, context.Canceled) || n > 1 {
			t.Errorf("after a stop: %v", err)
		}
	}
}
