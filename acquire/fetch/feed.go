package fetch

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"chancery"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

// maxEntries is how many entries of a feed are taken, from its beginning, where
// the newest stand.
const maxEntries = 500

// Feed is a feed's entries, in its order.
type Feed struct {
	Title   string
	Entries []Entry // no two with one address
	Without int     // entries left out that have no address, or one that cannot be fetched
	Over    int     // entries left out because there are too many
}

// Entry is one entry: where its page stands, and what the feed says of it.
type Entry struct {
	Address   string
	Title     string
	Published chancery.Date // of the entry, or of its last change; zero when not given
}

// parseFeed reads a feed that stands at an address. Addresses in it may be
// relative to it. It returns ErrFeed, with one line of what is wrong.
func parseFeed(data []byte, at *url.URL) (f *Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("%w: it cannot be taken apart", ErrFeed)
		}
	}()
	read, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %s", ErrFeed, cause(err))
	case read.FeedType == "json" && !strings.Contains(read.FeedVersion, "jsonfeed.org/version/"):
		return nil, fmt.Errorf("%w: it is JSON, but no JSON Feed", ErrFeed)
	}
	base := at
	if read.FeedType == "rss" { // RSS knows no base: readers take the site's own address
		if site, err := at.Parse(read.Link); err == nil && read.Link != "" {
			base = site
		}
	}
	f = &Feed{Title: line(read.Title)}
	seen := map[string]bool{}
	for _, item := range read.Items {
		u, err := addressOf(item, base)
		switch {
		case err != nil:
			f.Without++
			continue
		case seen[u.String()]:
			continue
		case len(f.Entries) == maxEntries:
			f.Over++
			continue
		}
		seen[u.String()] = true
		e := Entry{Address: u.String(), Title: line(item.Title)}
		when := cmp.Or(item.PublishedParsed, item.UpdatedParsed)
		if when != nil && when.Year() > 1000 && when.Year() <= 9999 {
			e.Published = chancery.DateOf(*when)
		}
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}

// addressOf is where an entry's page stands: its link, or its id when that is an address.
func addressOf(item *gofeed.Item, base *url.URL) (*url.URL, error) {
	link := strings.TrimSpace(item.Link)
	if link == "" && IsAddress(item.GUID) {
		link = strings.TrimSpace(item.GUID)
	}
	if link == "" {
		return nil, ErrAddress
	}
	u, err := base.Parse(link)
	if err != nil {
		return nil, err
	}
	return Parse(u.String())
}

// line is a text of a feed's on one line. Titles are often HTML.
func line(s string) string {
	if strings.ContainsRune(s, '<') {
		var b strings.Builder
		z := html.NewTokenizer(strings.NewReader(s))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			if kind == html.TextToken {
				b.Write(z.Text())
			}
		}
		s = html.UnescapeString(b.String())
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(s, "\ufffd")), " ")
}
