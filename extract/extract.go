// Package extract turns what acquire fetched into articles.
//
// In: an acquire.Item, the bytes of a file of a known kind. Out: articles with
// title, byline, source, date, language and a body of NFC UTF-8, one paragraph
// a line and an empty line between two paragraphs; and problems, each one
// sentence for the user. Menus, share prompts, captions and what else is not
// the article are cut, and what was cut is kept beside the body with the reason
// (chancery.Cut). Nothing is made up: a title, a name or a date that is not
// printed is not given.
//
// It does no I/O, knows nothing of politics, translates nothing, reads no
// pictures (so no scanned pages), and does not judge whether two articles are
// one: it only measures how much of one stands in another (Fingerprint).
// Everything here is safe for concurrent use.
package extract

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"chancery"
	"chancery/acquire"
)

// Errors that a problem wraps.
var (
	// ErrEmpty: a file without a character of text.
	ErrEmpty = errors.New("the file is empty")
	// ErrBinary: the content is not text, whatever the name says.
	ErrBinary = errors.New("not text")
	// ErrDamaged: bytes that are no UTF-8 stand in a text that otherwise is.
	// The article is given all the same, with U+FFFD in their place.
	ErrDamaged = errors.New("damaged text")
	// ErrNoArticle: no paragraph of prose was found.
	ErrNoArticle = errors.New("no article found")
	// ErrMalformed: the file breaks the rules of its format.
	ErrMalformed = errors.New("malformed")
	// ErrDate: a date was given that is no date. The article is given without it.
	ErrDate = errors.New("not a date")
)

// Articles reads the articles of an item, in their order. The errors are
// *acquire.Problem with the item's path, and the line where one is known; an
// article may come with a problem. ID, Name, Path and Language are always set
// (Language to "" when it cannot be told).
func Articles(item acquire.Item) ([]chancery.Article, []error) {
	r := &reader{item: item}
	switch item.Kind {
	case acquire.Text:
		r.text()
	case acquire.Markdown:
		r.markdown()
	case acquire.HTML:
		r.html()
	case acquire.JSON:
		r.json()
	case acquire.JSONL:
		r.jsonLines()
	case acquire.PDF:
		r.pdf()
	default:
		r.problem(0, fmt.Errorf("%w: kind %q", acquire.ErrKind, item.Kind))
	}
	return r.articles, r.problems
}

// reader gathers what one item gives.
type reader struct {
	item     acquire.Item
	articles []chancery.Article
	problems []error
}

func (r *reader) problem(line int, err error) {
	r.problems = append(r.problems, &acquire.Problem{Path: r.item.Path, Line: line, Err: err})
}

// decoded is the item's bytes as text; false when there is none to read.
func (r *reader) decoded() (string, bool) {
	s, err := decode(r.item.Data)
	if err != nil {
		r.problem(0, err)
	}
	return s, err == nil || errors.Is(err, ErrDamaged)
}

func (r *reader) text() {
	if s, ok := r.decoded(); ok {
		r.add(r.item.Name, 0, known{}, Clean(s))
	}
}

// known is what a format states of its article outside the body.
type known struct {
	title, byline, source, url, published string
}

// add makes an article of a cleaned page. What the format states goes before
// what was found in the text, and that before what is said of the item elsewhere.
func (r *reader) add(name string, line int, k known, p Page) {
	if p.Text == "" {
		r.problem(line, fmt.Errorf("%w: no paragraph of prose in it", ErrNoArticle))
		return
	}
	a := chancery.Article{
		Name:      name,
		Title:     first(first(tidy(k.title), p.Title), tidy(settle(r.item.Title))),
		Byline:    first(tidy(k.byline), p.Byline),
		Source:    first(tidy(k.source), p.Source),
		URL:       tidy(k.url),
		Published: p.Published,
		Language:  Language(p.Text),
		Path:      r.item.Path,
		Text:      p.Text,
		Cuts:      p.Cuts,
	}
	if s := tidy(k.published); s != "" {
		d, ok := readDate(s)
		if ok {
			a.Published = d
		} else {
			r.problem(line, fmt.Errorf("%w: %q; the article is kept without it", ErrDate, s))
		}
	}
	if a.Published.IsZero() {
		a.Published = r.item.Published
	}
	if !oneSite(a.URL, r.item.URL) {
		a.URL = r.item.URL
	}
	a.ID = chancery.ArticleID(a)
	r.articles = append(r.articles, a)
}

// oneSite reports whether a page may say that its address is the one it states:
// what was fetched, only of the host it was fetched from. What is a file may say
// what it likes.
func oneSite(stated, fetched string) bool {
	if fetched == "" {
		return true
	}
	a, errA := url.Parse(stated)
	b, errB := url.Parse(fetched)
	bare := func(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Host), "www.") }
	return errA == nil && errB == nil && bare(a) == bare(b)
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// brief makes a line of a parser's complaint, some of which repeat the file.
func brief(s string) string { return shorten(tidy(settle(s)), 120) }
