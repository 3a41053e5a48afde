package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"chancery"
	"chancery/acquire"
)

func read(kind acquire.Kind, name, content string) ([]chancery.Article, []error) {
	return Articles(acquire.Item{Path: "in/" + name, Name: strings.SplitN(name, ".", 2)[0], Kind: kind, Line: 1, Data: []byte(content)})
}

func one(t *testing.T, kind acquire.Kind, content string) chancery.Article {
	t.Helper()
	got, problems := read(kind, "page.x", content)
	if len(got) != 1 || len(problems) != 0 {
		t.Fatalf("%d articles, problems %v, of:\n%s", len(got), problems, content)
	}
	checkPage(t, content, Page{Text: got[0].Text, Cuts: got[0].Cuts, Published: got[0].Published})
	if got[0].ID != chancery.ArticleID(got[0]) {
		t.Error("the id does not follow from the content")
	}
	return got[0]
}

func wantFields(t *testing.T, a chancery.Article, title, byline, source, date string) {
	t.Helper()
	if a.Title != title || a.Byline != byline || a.Source != source || a.Published.String() != date {
		t.Errorf("got title %q, byline %q, source %q, date %q;\nwant %q, %q, %q, %q\ntext:\n%s", a.Title, a.Byline, a.Source, a.Published, title, byline, source, date, a.Text)
	}
}

func wantText(t *testing.T, a chancery.Article, want string) {
	t.Helper()
	if want = strings.ReplaceAll(strings.TrimSpace(paragraphs.Replace(want)), "\n", "\n\n"); a.Text != want {
		t.Errorf("got:\n%s\n\nwant:\n%s\n\ncuts %v", a.Text, want, a.Cuts)
	}
}

func TestMarkdown(t *testing.T) {
	a := one(t, acquire.Markdown, paragraphs.Replace(`---
title: "The river treaty: a return"
author: [Mara Lindqvist, Tomas Okoye]
date: 2025-06-18T09:00:00Z
source: Sample Courier
url: https://example.org/river
tags: [water]
---
# The river treaty: a return

![the river](river.jpg)

{A}

## What the *treaty* says

{B} See [the **draft**](https://example.org/draft "title") and `+"`code`"+`.[^1]

> “We have waited for this day,
> and we will not waste it” – Ilse Brandt

- open books at **both** dams
- a gauge at the border

***

{C}

[^1]: https://example.org/note
`))
	wantFields(t, a, "The river treaty: a return", "Mara Lindqvist, Tomas Okoye", "Sample Courier", "2025-06-18")
	wantText(t, a, `{A}
What the treaty says
{B} See the draft and code.
“We have waited for this day, and we will not waste it” – Ilse Brandt
• open books at both dams
• a gauge at the border
{C}`)
	if a.URL != "https://example.org/river" {
		t.Errorf("url %q", a.URL)
	}
}

func TestMarkdownWithoutFrontMatter(t *testing.T) {
	a := one(t, acquire.Markdown, paragraphs.Replace("# The river treaty\n\n*By Mara Lindqvist, June 18, 2025*\n\n{A}\nThis line belongs to\nthe same paragraph.\n\n{B}"))
	wantFields(t, a, "The river treaty", "Mara Lindqvist", "", "2025-06-18")
	wantText(t, a, "{A} This line belongs to the same paragraph.\n{B}")
}

func TestMarkdownBrokenFrontMatter(t *testing.T) {
	got, problems := read(acquire.Markdown, "page.md", paragraphs.Replace("---\ntitle: [unclosed\n---\n# A title of its own\n\n{A}\n\n{B}"))
	if len(got) != 1 || got[0].Title != "A title of its own" || len(problems) != 1 || !errors.Is(problems[0], ErrMalformed) || !strings.HasPrefix(problems[0].Error(), "in/page.md:1: malformed: the front matter") {
		t.Errorf("articles %+v, problems %v", got, problems)
	}
}

func TestMarkdownImpossibleDate(t *testing.T) {
	got, problems := read(acquire.Markdown, "page.md", paragraphs.Replace("---\ntitle: T\ndate: some day\n---\n{A}\n\n{B}"))
	if len(got) != 1 || !got[0].Published.IsZero() || len(problems) != 1 || !errors.Is(problems[0], ErrDate) {
		t.Errorf("articles %+v, problems %v", got, problems)
	}
}

const webPage = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>The river treaty returns - Sample Courier</title>
<meta property="og:site_name" content="Sample Courier"><meta property="og:title" content="The river treaty returns">
<meta property="article:published_time" content="2025-06-18T09:30:00+02:00"><meta name="author" content="Mara Lindqvist">
<link rel="canonical" href="https://example.org/river"></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/login">Sign in</a></li></ul></nav></header>
<div id="cookie-banner" class="cookie-consent"><p>We use cookies to improve your experience. You can manage your cookie settings at any time.</p><button>Accept all</button></div>
<main><article><h1>The river treaty returns</h1><p class="byline">By <a rel="author" href="/mara">Mara Lindqvist</a></p><time datetime="2025-06-18">June 18, 2025</time>
<div class="share"><a href="#">Share on Facebook</a><a href="#">Tweet</a></div>
<p>{A}</p>
<figure><img src="r.jpg"><figcaption>The river at low water. Photo: Jan Vries</figcaption></figure>
<h2>What the treaty says</h2>
<p>{B}</p>
<aside class="pullquote"><p>They had not spoken to each other in public since the drought began.</p></aside>
<blockquote><p>“We have waited for this day, and we will not waste it”</p><cite>– Ilse Brandt</cite></blockquote>
<p>{C}</p>
<p><strong>Read more:</strong> <a href="/x">Ten years of drought in pictures</a></p>
<p>{D}</p>
</article>
<section class="related"><h3>Related articles</h3><ul><li><a href="/y">The dam that was never built</a></li><li><a href="/z">Engineers ask for more time</a></li></ul></section>
<section id="comments"><h3>3 Comments</h3><p>A reader says that this treaty was always going to fail, as everybody knew.</p><form><input name="email"></form></section></main>
<footer><p>© 2025 Sample Courier. All rights reserved.</p><a href="/privacy">Privacy Policy</a></footer></body></html>`

func TestHTML(t *testing.T) {
	a := one(t, acquire.HTML, paragraphs.Replace(webPage))
	wantFields(t, a, "The river treaty returns", "Mara Lindqvist", "Sample Courier", "2025-06-18")
	wantText(t, a, `{A}
What the treaty says
{B}
“We have waited for this day, and we will not waste it” – Ilse Brandt
{C}
{D}`)
}

// A page may state its date for programs alone, and print others' dates.
func TestHTMLStatesDate(t *testing.T) {
	for _, c := range []struct{ head, want string }{
		{`<meta property="article:published_time" content="2025-06-18T23:30:00+02:00">`, "2025-06-18"},
		{`<meta name="DC.date.issued" content="2025-06-18">`, "2025-06-18"},
		{`<meta itemprop="datePublished" content="2025-06-18">`, "2025-06-18"},
		{`<meta name="pubdate" content="18 June 2025">`, "2025-06-18"},
		{`<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "datePublished": "2025-06-18T09:30:00Z"}]}</script>`, "2025-06-18"},
		{`<script type="application/ld+json">{"datePublished": "soon"</script><meta name="date" content="2025-06-18">`, "2025-06-18"},
		{`<meta property="article:published_time" content="yesterday">`, "2024-01-05"},
		{`<meta property="article:modified_time" content="2025-07-01">`, "2024-01-05"},
	} {
		a := one(t, acquire.HTML, paragraphs.Replace(`<html><head><title>The river treaty returns</title>`+c.head+`</head><body><article><h1>The river treaty returns</h1>
<p>{A}</p><p>{B}</p><p>{C}</p><p>{D}</p></article><div class="more"><time datetime="2024-01-05">January 5, 2024</time></div></body></html>`))
		wantFields(t, a, "The river treaty returns", "", "", c.want)
	}
}

func TestHTMLPrintsNoDate(t *testing.T) {
	a := one(t, acquire.HTML, paragraphs.Replace(`<html><head><title>The river treaty returns</title></head><body><article><h1>The river treaty returns</h1>
<p>{A}</p><p>{B} Officials recalled the accord of June 18, 2015.</p><p>{C}</p><p>{D}</p></article><footer>© 2019 Example</footer></body></html>`))
	wantFields(t, a, "The river treaty returns", "", "", "")
}

func TestHTMLCharset(t *testing.T) {
	page := paragraphs.Replace(`<html><head><meta charset="windows-1252"><title>Caf` + "\xe9" + ` talks</title></head><body><article><h1>Caf` + "\xe9" + ` talks</h1><p>{A}</p><p>{B}</p><p>` + "\x93" + `We talked in the caf` + "\xe9" + ` for an hour and found no way out,` + "\x94" + ` she said.</p></article></body></html>`)
	a := one(t, acquire.HTML, page)
	if a.Title != "Café talks" || !strings.Contains(a.Text, "“We talked in the café for") {
		t.Errorf("title %q, text %q", a.Title, a.Text)
	}
}

func TestHTMLWithoutArticle(t *testing.T) {
	for _, page := range []string{
		`<html><body><nav><a href="/">Home</a><a href="/x">World</a></nav></body></html>`,
		`<html><body><h1>404</h1><p>Page not found</p></body></html>`,
		`no tags`,
		strings.Repeat("<div>", 5000) + "deep",
	} {
		got, problems := read(acquire.HTML, "page.html", page)
		if len(got) != 0 || len(problems) != 1 || !(errors.Is(problems[0], ErrNoArticle) || errors.Is(problems[0], ErrMalformed)) || strings.Contains(problems[0].Error(), "\n") {
			t.Errorf("%.60q: %d articles, problems %v", page, len(got), problems)
		}
	}
}

func TestJSONLines(t *testing.T) {
	line := func(fields map[string]any) string {
		b, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	text := paragraphs.Replace("{A}\n{B}")
	lines := []string{
		line(map[string]any{"title": "One", "text": text, "published": "2025-06-18", "url": "https://example.org/1", "source": "Sample Courier", "byline": "Mara Lindqvist"}),
		`{"title": "broken", "text": "un`,
		"",
		line(map[string]any{"id": "given", "title": "Three", "text": text, "published": "June 18, 2025", "byline": []string{"A. One", "B. Two"}, "source": map[string]string{"name": "Sample Wire"}}),
		`[1, 2]`,
		line(map[string]any{"title": "no text"}),
		line(map[string]any{"article": "named", "title": "Seven", "text": "<p>" + strings.ReplaceAll(text, "\n", "</p><p>") + "</p>", "published": 1750204800000, "author": "C. Three"}),
		line(map[string]any{"title": "Eight", "text": text, "published": "whenever"}),
	}
	got, problems := read(acquire.JSONL, "many.jsonl", strings.Join(lines, "\n"))
	var names []string
	for _, a := range got {
		names = append(names, fmt.Sprintf("%s|%s|%s|%s|%s|%d", a.Name, a.Title, a.Byline, a.Source, a.Published, len(a.Text)))
	}
	n := len(text) + 1
	want := []string{
		fmt.Sprintf("many#1|One|Mara Lindqvist|Sample Courier|2025-06-18|%d", n),
		fmt.Sprintf("given|Three|A. One, B. Two|Sample Wire|2025-06-18|%d", n),
		fmt.Sprintf("named|Seven|C. Three||2025-06-18|%d", n),
		fmt.Sprintf("many#8|Eight||||%d", n),
	}
	if strings.Join(names, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(names, "\n"), strings.Join(want, "\n"))
	}
	wantProblems := []struct {
		line int
		is   error
	}{{2, ErrMalformed}, {5, ErrMalformed}, {6, ErrNoArticle}, {8, ErrDate}}
	if len(problems) != len(wantProblems) {
		t.Fatalf("problems %v", problems)
	}
	for i, w := range wantProblems {
		var p *acquire.Problem
		if !errors.As(problems[i], &p) || p.Line != w.line || !errors.Is(p, w.is) {
			t.Errorf("problem %q, want line %d: %v", problems[i], w.line, w.is)
		}
	}
}

func TestJSON(t *testing.T) {
	text, _ := json.Marshal(paragraphs.Replace("{A}\n{B}"))
	article := func(title string) string { return fmt.Sprintf(`{"title":%q,"text":%s}`, title, text) }
	cases := []struct {
		name, in string
		want     string // names and titles
		err      error
	}{
		{"object", article("One"), "file|One", nil},
		{"list", "[" + article("One") + ",\n" + article("Two") + "]", "file#1|One file#2|Two", nil},
		{"object of a list", `{"articles":[` + article("One") + `,` + article("Two") + `]}`, "file#1|One file#2|Two", nil},
		{"one after the other", article("One") + "\n" + article("Two"), "file#1|One file#2|Two", nil},
		{"broken after a good one", article("One") + "\n{\"title\":", "file|One", ErrMalformed},
		{"no object", "17", "", ErrMalformed},
		{"empty list", "[]", "", ErrNoArticle},
		{"no text", `{"title":"x"}`, "", ErrNoArticle},
		{"deep", strings.Repeat("[", 20000), "", ErrMalformed},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, problems := read(acquire.JSON, "file.json", c.in)
			var names []string
			for _, a := range got {
				names = append(names, a.Name+"|"+a.Title)
			}
			if s := strings.Join(names, " "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
			if c.err == nil && len(problems) > 0 || c.err != nil && (len(problems) != 1 || !errors.Is(problems[0], c.err)) {
				t.Errorf("problems %v, want %v", problems, c.err)
			}
		})
	}
}

func TestForeignLanguageIsKept(t *testing.T) {
	a := one(t, acquire.Text, "Ein Vertrag kehrt zurück\n\nDie Abgesandten der beiden Staaten trafen sich am Montag, um einen Vertrag zu beleben, der zehn Jahre lang geruht hatte.\n\nDer obere Staat besitzt die Dämme, und der untere Staat besitzt die Häfen am Meer, die ohne Wasser nichts wert sind.")
	if a.Language != "de" || a.Title != "Ein Vertrag kehrt zurück" || !strings.HasPrefix(a.Text, "Die Abgesandten") {
		t.Errorf("%+v", a)
	}
}

func TestBadText(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		is      error
		says    string
	}{
		"empty":        {"", ErrEmpty, "in/bad.txt: the file is empty"},
		"picture":      {"\x89PNG\r\n\x1a\n\x00\x00", ErrBinary, "in/bad.txt: not text: the content is a PNG picture"},
		"only a menu":  {"Home\nWorld\nSign in\n", ErrNoArticle, "in/bad.txt: no article found: no paragraph of prose in it"},
		"damaged text": {paragraphs.Replace("“{A}” – \xff\n{B}"), ErrDamaged, "in/bad.txt: damaged text: \ufffd stands for what is not UTF-8 (bytes: 1)"},
	} {
		got, problems := read(acquire.Text, "bad.txt", c.content)
		if len(problems) != 1 || !errors.Is(problems[0], c.is) || !strings.HasPrefix(problems[0].Error(), c.says) {
			t.Errorf("%s: problems %v, want %q", name, problems, c.says)
		}
		if (len(got) == 1) != errors.Is(c.is, ErrDamaged) {
			t.Errorf("%s: %d articles", name, len(got))
		}
	}
}

// printed is a line of a PDF made for a test.
type printed struct {
	x, y, size float64
	text       string
}

// newPDF writes a PDF with the standard font Courier, whose characters are all
// 0.6 of the size wide.
func newPDF(title string, pages ...[]printed) []byte {
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(at))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	b.WriteString("%PDF-1.4\n")
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", 5+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 32 /LastChar 126 /Widths [%s] /Encoding /WinAnsiEncoding >>", strings.Repeat("600 ", 95))
	object("<< /Title (%s) >>", title)
	for i, p := range pages {
		var s strings.Builder
		for _, l := range p {
			fmt.Fprintf(&s, "BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", l.size, l.x, l.y, strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)").Replace(l.text))
		}
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", 6+2*i)
		object("<< /Length %d >>\nstream\n%s\nendstream", s.Len(), s.String())
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// column sets text in lines of at most width characters, from y downwards.
func column(y float64, width int, text string) (out []printed, end float64) {
	line := ""
	flush := func() {
		out = append(out, printed{72, y, 10, line})
		y, line = y-12, ""
	}
	for w := range strings.FieldsSeq(text) {
		if len(line)+1+len(w) > width {
			flush()
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	flush()
	return out, y
}

func TestPDF(t *testing.T) {
	head := func(n int) []printed {
		return []printed{{72, 770, 8, "Sample Review of Rivers"}, {300, 20, 8, fmt.Sprint(n)}}
	}
	var pages [][]printed
	page, y := column(680, 70, paragraphs.Replace("{A}"))
	page = append(append(head(1), printed{72, 720, 18, "The river treaty returns"}, printed{72, 700, 10, "By Mara Lindqvist, June 18, 2025"}), page...)
	more, _ := column(y-12, 70, paragraphs.Replace("{B}"))
	pages = append(pages, append(page, more...))
	// A word divided at the end of a line, and a paragraph that goes on overleaf.
	third := paragraphs.Replace("{C}")
	left, _ := column(740, 70, "The engin-")
	right, _ := column(728, 70, "eers have gauges. The engineers read them daily and send what they read to the two ministries, where")
	pages = append(pages, append(head(2), append(left, right...)...))
	rest, y := column(740, 70, "nobody looks at it before the summer.")
	last, _ := column(y-12, 70, third)
	pages = append(pages, append(head(3), append(rest, last...)...))

	a := one(t, acquire.PDF, string(newPDF("The river treaty returns", pages...)))
	wantFields(t, a, "The river treaty returns", "Mara Lindqvist", "", "2025-06-18")
	wantText(t, a, `{A}
{B}
The engineers have gauges. The engineers read them daily and send what they read to the two ministries, where nobody looks at it before the summer.
{C}`)
}

func TestPDFProblems(t *testing.T) {
	whole := newPDF("t", []printed{{72, 700, 10, "one"}})
	for name, c := range map[string]struct {
		content []byte
		is      error
		says    string
	}{
		"scanned":    {newPDF("scan", nil, nil), ErrNoArticle, "the PDF has no text, only pictures of it"},
		"cut short":  {whole[:len(whole)/2], ErrMalformed, ""},
		"empty":      {nil, ErrEmpty, ""},
		"not a PDF":  {[]byte("just some text in a file of that name"), ErrMalformed, ""},
		"no article": {whole, ErrNoArticle, ""},
	} {
		got, problems := read(acquire.PDF, "bad.pdf", string(c.content))
		if len(got) != 0 || len(problems) != 1 || !errors.Is(problems[0], c.is) || !strings.Contains(problems[0].Error(), c.says) || strings.Contains(problems[0].Error(), "\n") {
			t.Errorf("%s: %d articles, problems %q", name, len(got), problems)
		}
	}
}

func fuzzKind(f *testing.F, kind acquire.Kind, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		articles, problems := Articles(acquire.Item{Path: "f", Name: "f", Kind: kind, Line: 1, Data: b})
		if len(articles)+len(problems) == 0 && kind != acquire.JSONL {
			t.Fatal("neither an article nor a problem")
		}
		for _, p := range problems {
			if strings.ContainsAny(p.Error(), "\n") {
				t.Fatalf("not one sentence: %q", p)
			}
		}
		for _, a := range articles {
			if a.Text == "" || a.Name == "" || a.ID != chancery.ArticleID(a) {
				t.Fatalf("an article without text, name or id: %+v", a)
			}
			checkPage(t, string(b), Page{Text: a.Text, Cuts: a.Cuts, Published: a.Published})
		}
	})
}

func FuzzText(f *testing.F) {
	fuzzKind(f, acquire.Text, "", paragraphs.Replace("Title of it\nBy A Name\n{A}\n{B}"), "\xff\xfea\x00")
}
func FuzzMarkdown(f *testing.F) {
	fuzzKind(f, acquire.Markdown, paragraphs.Replace("---\ntitle: x\n---\n# T\n{A}\n\n> q\n- i\n"), "---\n&a [*a]\n---\n", "# \n===\n```\n")
}
func FuzzHTML(f *testing.F) {
	fuzzKind(f, acquire.HTML, paragraphs.Replace(webPage), "<p>", "<table><tr><td><svg><math>")
}
func FuzzJSON(f *testing.F) {
	fuzzKind(f, acquire.JSON, `{"title":"x","text":"A sentence of some length stands here, and so it is read."}`, `[{"text":["a","b"]},{"source":{"name":1}}]`, `{"articles":[null]}`)
}
func FuzzJSONLines(f *testing.F) {
	fuzzKind(f, acquire.JSONL, "{\"text\":\"A sentence of some length stands here, and so it is read.\"}\n{\n\n[]", "null", "")
}
func FuzzPDF(f *testing.F) {
	fuzzKind(f, acquire.PDF, string(newPDF("t", []printed{{72, 700, 10, paragraphs.Replace("{A}")}})), "%PDF-1.4\n", "")
}

func BenchmarkArticles(b *testing.B) {
	text := paragraphs.Replace("A title for the article\nBy Staff\n" + strings.Repeat("{A}\n{B}\n{C}\n{D}\n", 6))
	for _, c := range []struct {
		kind acquire.Kind
		data []byte
	}{
		{acquire.Text, []byte(text)},
		{acquire.HTML, []byte(paragraphs.Replace(strings.Replace(webPage, "<p>{D}</p>", strings.Repeat("<p>{D} {A}</p>\n<p>{B} {C}</p>\n", 6), 1)))},
	} {
		b.Run(string(c.kind), func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			for range b.N {
				Articles(acquire.Item{Path: "p", Name: "p", Kind: c.kind, Line: 1, Data: c.data})
			}
		})
	}
}
