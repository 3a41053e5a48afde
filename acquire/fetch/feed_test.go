package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

const rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title> World
 news </title><link>https://example.org/world/</link>
<item><title>Ports &amp; ships</title><link>https://example.org/world/ports.html#top</link><pubDate>Wed, 18 Jun 2025 10:00:00 GMT</pubDate></item>
<item><title>Twice</title><link>https://EXAMPLE.org/world/ports.html</link></item>
<item><title>Relative</title><link>grain.html</link><pubDate>not a date</pubDate></item>
<item><title>From the root</title><link>
  /steel.html
</link></item>
<item><title>By its id</title><guid isPermaLink="true">https://example.org/world/rail.html</guid></item>
<item><title>An id that is no address</title><guid>tag:example.org,2025:1</guid></item>
<item><title>Mail</title><link>mailto:desk@example.org</link></item>
<item><title>With a password</title><link>https://a:b@example.org/x</link></item>
</channel></rss>`

const atom = `<?xml version="1.0" encoding="ISO-8859-1"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/atom/"><title>Caf` + "\xe9" + `</title>
<entry><title type="html">One&lt;b&gt; &amp;amp; only&lt;/b&gt;</title><link rel="alternate" href="one.html"/><link rel="enclosure" href="one.mp3"/><published>2025-06-18T23:30:00-05:00</published><updated>2025-07-01T00:00:00Z</updated></entry>
<entry><title>Two</title><link href="/two.html"/><updated>2025-07-02T00:00:00Z</updated></entry>
</feed>`

const jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"JSON","items":[{"id":"1","url":"https://example.org/a","title":"A","date_published":"2025-06-18T10:00:00Z"},{"id":"https://example.org/b"}]}`

func TestParseFeed(t *testing.T) {
	at, _ := url.Parse("https://feeds.example.org/x/feed.xml")
	for _, test := range []struct{ name, data, want string }{
		{"RSS", rss, `World news: https://example.org/world/ports.html "Ports & ships" 2025-06-18; https://example.org/world/grain.html "Relative" ; https://example.org/steel.html "From the root" ; https://example.org/world/rail.html "By its id" ; without 3`},
		{"Atom", atom, `Café: https://example.org/atom/one.html "One & only" 2025-06-19; https://example.org/two.html "Two" 2025-07-02; without 0`},
		{"Atom without a base", strings.Replace(atom, ` xml:base="https://example.org/atom/"`, "", 1), `Café: https://feeds.example.org/x/one.html "One & only" 2025-06-19; https://feeds.example.org/two.html "Two" 2025-07-02; without 0`},
		{"JSON", jsonFeed, `JSON: https://example.org/a "A" 2025-06-18; https://example.org/b "" ; without 0`},
		{"RDF", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Old</title><link>https://example.org/</link></channel><item><title>A</title><link>https://example.org/a</link></item></rdf:RDF>`, `Old: https://example.org/a "A" ; without 0`},
		{"no entries", `<rss><channel><title>Empty</title></channel></rss>`, "Empty: without 0"},
		{"cut short", rss[:600], ""},
		{"another JSON", `{"title":"x"}`, ""},
		{"a page", "<html><p>x</p></html>", ""},
		{"nothing", "", ""},
	} {
		got := ""
		f, err := parseFeed([]byte(test.data), at)
		if err == nil {
			got = f.Title + ": "
			for _, e := range f.Entries {
				got += fmt.Sprintf("%s %q %s; ", e.Address, e.Title, e.Published)
			}
			got += fmt.Sprint("without ", f.Without)
		} else if !errors.Is(err, ErrFeed) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q", test.name, err)
		}
		if got != test.want {
			t.Errorf("%s: %v\ngot  %s\nwant %s", test.name, err, got, test.want)
		}
	}
	var many strings.Builder
	for i := range maxEntries + 7 {
		fmt.Fprintf(&many, "<item><link>https://example.org/%d</link></item>", i)
	}
	if f, err := parseFeed([]byte("<rss><channel>"+many.String()+"</channel></rss>"), at); err != nil || len(f.Entries) != maxEntries || f.Over != 7 {
		t.Errorf("a feed of many entries: %d, %d over, %v", len(f.Entries), f.Over, err)
	}
}

// TestFeedsAreTold: what is a feed is taken as one under every type that servers give it.
func TestFeedsAreTold(t *testing.T) {
	kind, body := "", ""
	site := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		give(w, kind, body)
	})
	c := newClient(nil)
	for _, test := range []struct{ kind, body string }{
		{"application/rss+xml", rss}, {"application/xml; charset=utf-8", rss}, {"text/xml", rss}, {"text/html", rss}, {"text/plain", rss}, {"", rss}, {"application/atom+xml", atom},
		{"application/octet-stream", rss}, {"application/feed+json", jsonFeed}, {"application/json", jsonFeed}, {"text/xml", "<!-- made by a program --><?xml-stylesheet href='a.css'?>" + rss[39:]},
	} {
		kind, body = test.kind, test.body
		if got, err := c.Get(t.Context(), site.URL+"/feed", Validators{}); err != nil || got.Feed == nil || len(got.Feed.Entries) < 2 || got.Item.Data != nil {
			t.Errorf("%q %.40q: %+.100v, %v", test.kind, test.body, got, err)
		}
	}
}

// FuzzFeed: of whatever bytes, the entries are addresses that may be fetched, in
// their one form, no two alike, with a title of one line.
func FuzzFeed(f *testing.F) {
	for _, s := range []string{rss, atom, jsonFeed, `<rss><channel><item><link>//x</link></item></channel></rss>`, `<feed><entry xml:base="%"><link href="a"/></entry></feed>`, `{"version":"https://jsonfeed.org/version/1","items":[null]}`,
		`<rss><channel><link>http://[</link><item><link>javascript:x</link></item></channel></rss>`} {
		f.Add([]byte(s))
	}
	at, _ := url.Parse("https://example.org/feed")
	f.Fuzz(func(t *testing.T, data []byte) {
		feed, err := parseFeed(data, at)
		if err != nil {
			if !errors.Is(err, ErrFeed) || strings.ContainsAny(err.Error(), "\n\r") {
				t.Fatalf("%q", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, e := range feed.Entries {
			u, err := Parse(e.Address)
			if err != nil || u.String() != e.Address || seen[e.Address] {
				t.Fatalf("entry %q: %v", e.Address, err)
			}
			seen[e.Address] = true
			if !utf8.ValidString(e.Title) || strings.ContainsAny(e.Title, "\n\r\t") {
				t.Fatalf("title %q", e.Title)
			}
		}
	})
}
