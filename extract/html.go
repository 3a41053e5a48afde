package extract

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"chancery"
)

const (
	maxPage  = 16 << 20 // bytes of HTML; a page over it is a dump of pages
	maxDepth = 400      // of elements within each other; the extractors below recurse
)

var (
	metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=`)
	htmlTag     = regexp.MustCompile(`(?i)<(?:p|br|div|h[1-6]|li|blockquote)\b[^<>]*>`)
)

func looksLikeHTML(s string) bool { return len(htmlTag.FindAllStringIndex(s, 2)) == 2 }

func (r *reader) html() {
	if len(r.item.Data) > maxPage {
		r.problem(0, fmt.Errorf("%w: a page of %d bytes is more than one article", ErrNoArticle, len(r.item.Data)))
		return
	}
	text, ok := r.decodedPage()
	if !ok {
		return
	}
	k, lines, err := readPage(text)
	if err != nil {
		r.problem(0, err)
		return
	}
	r.add(r.item.Name, 0, k, clean(lines, k.title))
}

// decodedPage is decoded, but heeds the character set that a page declares when
// its bytes are no UTF-8.
func (r *reader) decodedPage() (string, bool) {
	head := r.item.Data[:min(len(r.item.Data), 4096)]
	if metaCharset.Match(head) {
		if e, name, sure := charset.DetermineEncoding(head, ""); sure && name != "utf-8" && name != "utf-16le" && name != "utf-16be" {
			if b, err := e.NewDecoder().Bytes(r.item.Data); err == nil {
				r.item.Data = b
			}
		}
	}
	return r.decoded()
}

// readPage finds the article in a page, with go-trafilatura, and what the page
// states of it. The title, the names and the date are those that the page
// prints or declares; nothing is guessed from its address.
func readPage(text string) (k known, lines []rawLine, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the page cannot be taken apart: %s", ErrMalformed, brief(fmt.Sprint(p)))
		}
	}()
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return k, nil, fmt.Errorf("%w: %s", ErrMalformed, brief(err.Error()))
	}
	if depth(doc) > maxDepth {
		return k, nil, fmt.Errorf("%w: elements stand more than %d deep within each other", ErrMalformed, maxDepth)
	}
	found := scan(doc)
	result, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		ExcludeComments: true,
		EnableFallback:  true,
		HtmlDateMode:    trafilatura.Disabled, // it would take dates out of addresses and running text
	})
	if err != nil || result == nil || result.ContentNode == nil {
		return k, nil, fmt.Errorf("%w: the page has no run of prose", ErrNoArticle)
	}
	m := result.Metadata
	k = known{title: m.Title, byline: m.Author, source: m.Sitename, url: m.URL}
	if found.title != "" && (k.title == "" || strings.HasPrefix(key(k.title), key(found.title))) {
		k.title = found.title // as printed, without the name of the site
	}
	if t := titleTail.FindStringSubmatch(k.title); t != nil && (isPublisher(t[2]) || key(t[2]) == key(k.source)) {
		k.title = t[1]
	}
	if found.byline != "" {
		k.byline = found.byline
	}
	k.byline = strings.Join(strings.FieldsFunc(k.byline, func(r rune) bool { return r == ';' }), ",")
	if key(k.source) != "" && !strings.Contains(k.source, " ") && strings.EqualFold(k.source, m.Hostname) && found.site != "" {
		k.source = found.site
	}
	k.source = first(k.source, found.site)
	if !found.stated.IsZero() {
		k.published = found.stated.String()
	} else if !found.date.IsZero() {
		k.published = found.date.String()
	}
	// Paragraphs of the extractor's are proof that a line is prose.
	lines = contentLines(result.ContentNode)
	return k, lines, nil
}

// fragmentLines reads HTML that is a body and no page.
func fragmentLines(s string) (lines []rawLine) {
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil || depth(doc) > maxDepth {
		return rawLines(htmlTag.ReplaceAllString(s, "\n"))
	}
	return contentLines(doc)
}

func depth(n *html.Node) int {
	deepest := 0
	for d := 0; n != nil; {
		deepest = max(deepest, d)
		if n.FirstChild != nil {
			n, d = n.FirstChild, d+1
			continue
		}
		for n != nil && n.NextSibling == nil {
			n, d = n.Parent, d-1
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return deepest
}

// declared is what a page prints of its article in elements named for it, and
// the date that it states for programs.
type declared struct {
	title, byline, site string
	date, stated        chancery.Date
}

// datesStated are the names under which a page's head states when it was
// published: Open Graph's, schema.org's, Dublin Core's and those of older systems.
var datesStated = map[string]bool{"article:published_time": true, "og:article:published_time": true, "og:published_time": true, "datepublished": true,
	"date": true, "pubdate": true, "publishdate": true, "publish-date": true, "publish_date": true, "publication_date": true, "article.published": true,
	"dc.date": true, "dc.date.issued": true, "dc.date.created": true, "dcterms.date": true, "dcterms.created": true, "dcterms.issued": true,
	"parsely-pub-date": true, "sailthru.date": true, "citation_publication_date": true}

// readStated reads a date that a page states for programs: a time stands behind
// the day, in the page's own zone.
func readStated(s string) (chancery.Date, bool) {
	s = strings.TrimSpace(s)
	if day, _, ok := strings.Cut(s, "T"); ok {
		s = day
	}
	return readDate(s)
}

// linked finds "datePublished" in a page's linked data (schema.org in JSON), at
// whatever depth it stands; the first that is a date.
func linked(v any) (chancery.Date, bool) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			if d, ok := linked(x); ok {
				return d, true
			}
		}
	case map[string]any:
		if s, ok := v["datePublished"].(string); ok {
			if d, ok := readStated(s); ok {
				return d, true
			}
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if d, ok := linked(v[k]); ok {
				return d, true
			}
		}
	}
	return chancery.Date{}, false
}

var (
	bylineClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:byline|author-?name|article-?author|post-?author|entry-?author|story-?author)(?:$|[\s_-])`)
	dateClass   = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:published?|pub-?date|post-?date|entry-?date|article-?date|story-?date|date-?published|dateline|timestamp|date|posted-on)(?:$|[\s_-])`)
	asideClass  = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:related|recommended|sidebar|comments?|trending|footer|widget|teaser|promo)`)
)

// scan looks for the one h1, the byline, the date and the site's name.
func scan(doc *html.Node) declared {
	var d declared
	headings := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			class := attr(n, "class") + " " + attr(n, "id")
			switch n.DataAtom {
			case atom.Script:
				if d.stated.IsZero() && strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil {
					var data any
					if json.Unmarshal([]byte(n.FirstChild.Data), &data) == nil {
						d.stated, _ = linked(data)
					}
				}
				return
			case atom.Style, atom.Noscript, atom.Template, atom.Aside, atom.Nav, atom.Footer:
				return
			case atom.H1:
				if s := tidy(textOf(n)); s != "" && s != d.title {
					headings++
					d.title = s
				}
			case atom.Meta:
				if attr(n, "property") == "og:site_name" || attr(n, "name") == "application-name" && d.site == "" {
					d.site = tidy(attr(n, "content"))
				}
				if d.stated.IsZero() && datesStated[strings.ToLower(first(first(attr(n, "property"), attr(n, "name")), attr(n, "itemprop")))] {
					d.stated, _ = readStated(attr(n, "content"))
				}
			case atom.Time:
				if d.date.IsZero() {
					if t, ok := readDate(first(attr(n, "datetime"), tidy(textOf(n)))); ok {
						d.date = t
					}
				}
			}
			if asideClass.MatchString(class) && n.DataAtom != atom.Body && n.DataAtom != atom.Html {
				return
			}
			prop := attr(n, "itemprop")
			if d.byline == "" && n.DataAtom != atom.Meta && (prop == "author" || attr(n, "rel") == "author" || bylineClass.MatchString(class)) {
				l := newLine(tidy(textOf(n)), 0, plain, false)
				if m, ok := readMetadata(&l); ok {
					d.byline = first(m.byline, m.name)
					if d.date.IsZero() {
						d.date = m.date
					}
				}
			}
			if d.date.IsZero() && (prop == "datePublished" || dateClass.MatchString(class)) {
				if t, ok := readDate(first(attr(n, "content"), attr(n, "datetime"))); ok {
					d.date = t
				} else if s := tidy(textOf(n)); len(s) < 120 {
					d.date, _, _ = findDate(s)
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	if headings != 1 {
		d.title = "" // which of them is the article's is not known
	}
	return d
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n)
	return settle(b.String())
}

func writeText(b io.StringWriter, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case n.DataAtom == atom.Br:
		b.WriteString(" ")
	case n.DataAtom == atom.Script || n.DataAtom == atom.Style:
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeText(b, c)
	}
}

var blocks = []atom.Atom{atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Ul, atom.Ol, atom.Blockquote,
	atom.Article, atom.Section, atom.Main, atom.Header, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Pre, atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Body, atom.Html, atom.Tbody, atom.Thead, atom.Q}

// contentLines gives the blocks of an element in the order of the page. A
// quotation keeps its attribution on its line.
func contentLines(root *html.Node) []rawLine {
	var out []rawLine
	var b strings.Builder
	m := plain
	flush := func() {
		s := tidy(settle(b.String()))
		b.Reset()
		if s != "" {
			out = append(out, rawLine{text: s, number: len(out) + 1, mark: m, blank: true})
		}
	}
	var walk func(n *html.Node, in mark)
	walk = func(n *html.Node, in mark) {
		switch n.Type {
		case html.TextNode:
			if strings.TrimSpace(n.Data) != "" && b.Len() == 0 {
				m = in
			}
			b.WriteString(n.Data)
			return
		case html.ElementNode:
		case html.DocumentNode:
		default:
			return
		}
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Figcaption, atom.Aside, atom.Nav, atom.Form, atom.Button, atom.Head, atom.Svg, atom.Iframe:
			return
		case atom.Br:
			b.WriteString(" ")
			if c := n.NextSibling; c != nil && c.DataAtom == atom.Br {
				flush()
			}
			return
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			in = heading
		case atom.Li:
			in = item
		case atom.P:
			if in != item {
				in = prose
			}
		}
		block := slices.Contains(blocks, n.DataAtom) && n.DataAtom != atom.Q
		if block && !(n.DataAtom == atom.P && n.Parent != nil && n.Parent.DataAtom == atom.Li) {
			flush()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
		if block {
			flush()
		}
	}
	walk(root, plain)
	flush()
	return joinTags(out)
}

var (
	quoted     = regexp.MustCompile(`^["“].*["”][.,]?$`)
	glued      = regexp.MustCompile(`([”"»])(--?|[–—])\s+`) // the quotation and its tag were two elements on one line
	attributed = regexp.MustCompile(`^(?:--?|[–—])\s*\p{Lu}`)
)

// joinTags puts a line "– Speaker" behind the quotation above it.
func joinTags(lines []rawLine) []rawLine {
	out := lines[:0]
	for _, l := range lines {
		l.text = glued.ReplaceAllString(l.text, "$1 $2 ")
		if n := len(out); n > 0 && attributed.MatchString(l.text) && len(l.text) < 120 && quoted.MatchString(out[n-1].text) {
			out[n-1].text += " " + l.text
			continue
		}
		out = append(out, l)
	}
	return out
}
