package fetch

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"chancery/acquire"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"
)

// feed is the kind of an answer that is a feed; no Item has it.
const feed acquire.Kind = "feed"

// kindOf tells what the bytes are by the type that the server states, and by
// their beginning where it states none, or one that feeds are often given.
func kindOf(contentType string, data []byte) (acquire.Kind, error) {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || kind == "application/octet-stream" || kind == "binary/octet-stream" {
		kind, _, _ = mime.ParseMediaType(http.DetectContentType(data))
	}
	switch kind {
	case "application/pdf", "application/x-pdf":
		return acquire.PDF, nil
	case "application/feed+json", "application/json":
		if beginsFeed(data) == gofeed.FeedTypeJSON {
			return feed, nil
		}
	case "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml":
		switch t := beginsFeed(data); {
		case t == gofeed.FeedTypeRSS || t == gofeed.FeedTypeAtom:
			return feed, nil
		case kind == "text/html" || kind == "application/xhtml+xml":
			return acquire.HTML, nil
		case kind == "text/plain":
			return acquire.Text, nil
		case kind == "text/markdown":
			return acquire.Markdown, nil
		}
	}
	return "", fmt.Errorf("%w: the server says it is %s, want a page, a PDF, a text or a feed", acquire.ErrKind, kind)
}

// beginsFeed looks for a feed's first element, which stands near the beginning.
func beginsFeed(data []byte) gofeed.FeedType {
	return gofeed.DetectFeedType(bytes.NewReader(data[:min(len(data), 4096)]))
}

// decoded gives a page or text as UTF-8 with a mark in front when the server
// states the character set, so that the server's word goes before the page's own
// (WHATWG Encoding, 6). What is UTF-8 by its bytes is left as it is: no other text
// looks like it, and servers that state one set for all pages are common.
func decoded(contentType string, data []byte) []byte {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || parameters["charset"] == "" {
		return data
	}
	const mark = "\ufeff"
	if !utf8.Valid(data) || isASCII(data) {
		e, name := charset.Lookup(parameters["charset"])
		switch {
		case e == nil, name == "replacement":
			return data
		case name != "utf-8":
			if data, err = e.NewDecoder().Bytes(data); err != nil {
				return data
			}
		}
	}
	if strings.HasPrefix(string(data[:min(len(data), 3)]), mark) {
		return data
	}
	return append([]byte(mark), data...)
}

// isASCII also holds for UTF-16, and for sets that shift, as ISO-2022-JP.
func isASCII(data []byte) bool {
	return bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
