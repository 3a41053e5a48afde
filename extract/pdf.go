package extract

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

const (
	maxPages    = 500
	pdfDeadline = 30 * time.Second // a broken file can hold the library for ever
)

// errScanned: pages without a character.
var errScanned = fmt.Errorf("%w: the PDF has no text, only pictures of it; it needs character recognition first", ErrNoArticle)

func (r *reader) pdf() {
	if len(r.item.Data) == 0 {
		r.problem(0, ErrEmpty)
		return
	}
	type result struct {
		k     known
		lines []rawLine
		err   error
	}
	done := make(chan result, 1)
	file := &guarded{data: bytes.NewReader(r.item.Data)}
	go func() {
		k, lines, err := readPDF(file, int64(len(r.item.Data)))
		done <- result{k, lines, err}
	}()
	select {
	case got := <-done:
		if got.err != nil {
			r.problem(0, got.err)
			return
		}
		r.add(r.item.Name, 0, got.k, clean(got.lines, ""))
	case <-time.After(pdfDeadline):
		file.closed.Store(true)
		r.problem(0, fmt.Errorf("%w: the PDF was not read within %s", ErrMalformed, pdfDeadline))
	}
}

// guarded is a file that can be taken from a reader that does not come to an
// end: the library answers an error of ReadAt with a panic, which ends it.
type guarded struct {
	data   *bytes.Reader
	closed atomic.Bool
}

// ReadAt reads until the file is closed.
func (g *guarded) ReadAt(b []byte, at int64) (int, error) {
	if g.closed.Load() {
		panic(errDeadline)
	}
	return g.data.ReadAt(b, at)
}

var errDeadline = errors.New("out of time")

// glyphs is a run of characters on a page, in points, y upwards.
type glyphs struct {
	x, y, width, size float64
	text              string
}

// pdfLine is a printed line.
type pdfLine struct {
	text       string
	page       int
	y, size    float64
	end, start float64
}

// readPDF takes the text off the pages, line by line, and makes paragraphs of
// the lines by their distances. The library panics on broken files.
func readPDF(file *guarded, size int64) (k known, lines []rawLine, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: the PDF is broken: %s", ErrMalformed, brief(fmt.Sprint(p)))
		}
	}()
	doc, err := pdf.NewReader(file, size)
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword):
		return k, nil, fmt.Errorf("%w: the PDF is locked with a password", ErrMalformed)
	case err != nil:
		return k, nil, fmt.Errorf("%w: no PDF that can be read: %s", ErrMalformed, brief(err.Error()))
	}
	pages := doc.NumPage()
	if pages > maxPages {
		return k, nil, fmt.Errorf("%w: a PDF of %d pages is a book, the limit is %d", ErrNoArticle, pages, maxPages)
	}
	var printed []pdfLine
	for i := 1; i <= pages; i++ {
		if page := doc.Page(i); !page.V.IsNull() {
			printed = append(printed, pageLines(page, i)...)
		}
	}
	if len(printed) == 0 {
		return k, nil, errScanned
	}
	lines = pdfParagraphs(withoutRunningHeads(printed, pages))
	if info := doc.Trailer().Key("Info"); !info.IsNull() {
		title := tidy(settle(info.Key("Title").Text()))
		for _, l := range lines[:min(len(lines), 12)] { // a title that is not printed is a file's name
			if key(l.text) == key(title) && title != "" {
				k.title = title
			}
		}
	}
	return k, lines, nil
}

func pageLines(page pdf.Page, number int) (out []pdfLine) {
	defer func() {
		if recover() != nil {
			out = nil // one page that cannot be read does not hide the others
		}
	}()
	var all []glyphs
	for _, t := range page.Content().Text {
		if s := settle(t.S); s != "" && !math.IsNaN(t.X+t.Y+t.W) && !math.IsInf(t.X+t.Y+t.W, 0) {
			all = append(all, glyphs{t.X, t.Y, t.W, math.Abs(t.FontSize), s})
		}
	}
	// Glyphs of one line differ in height by less than half their size; the
	// order of the file is kept along the line only where places are equal.
	slices.SortStableFunc(all, func(a, b glyphs) int { return cmp.Compare(b.y, a.y) })
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[0].y-all[n].y < max(all[0].size, 4)/2 {
			n++
		}
		row := slices.Clone(all[:n])
		all = all[n:]
		slices.SortStableFunc(row, func(a, b glyphs) int { return cmp.Compare(a.x, b.x) })
		var b strings.Builder
		end := row[0].x
		for _, g := range row {
			if b.Len() > 0 && g.x-end > max(g.size, 4)*0.18 && !strings.HasSuffix(b.String(), " ") {
				b.WriteByte(' ')
			}
			b.WriteString(g.text)
			end = g.x + g.width
		}
		if s := tidy(b.String()); s != "" {
			out = append(out, pdfLine{text: s, page: number, y: row[0].y, size: row[0].size, start: row[0].x, end: end})
		}
	}
	return out
}

// withoutRunningHeads drops the lines at the top and bottom of pages that
// return from page to page but for their numbers.
func withoutRunningHeads(lines []pdfLine, pages int) []pdfLine {
	shape := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '#'
			}
			return r
		}, s)
	}
	edge := func(i int) bool {
		near := func(j int) bool { return j < 0 || j >= len(lines) || lines[j].page != lines[i].page }
		return near(i-1) || near(i-2) || near(i+1) || near(i+2)
	}
	count := map[string]int{}
	for i, l := range lines {
		if edge(i) {
			count[shape(l.text)]++
		}
	}
	var out []pdfLine
	for i, l := range lines {
		if edge(i) && (pages >= 3 && count[shape(l.text)]*2 >= pages || strings.Trim(shape(l.text), "# -–|/") == "" || pages >= 2 && strings.HasPrefix(strings.ToLower(l.text), "page #")) {
			continue
		}
		out = append(out, l)
	}
	return out
}

// pdfParagraphs joins lines into paragraphs: a new one begins after a wider gap,
// with another size of type, or after a line that ends short with a full stop.
func pdfParagraphs(lines []pdfLine) []rawLine {
	if len(lines) == 0 {
		return nil
	}
	var gaps []float64
	right := 0.0
	for i, l := range lines {
		right = max(right, l.end)
		if i > 0 && lines[i-1].page == l.page && lines[i-1].y > l.y {
			gaps = append(gaps, lines[i-1].y-l.y)
		}
	}
	usual := 12.0
	if len(gaps) > 0 {
		slices.Sort(gaps)
		usual = gaps[len(gaps)/2]
	}
	var out []rawLine
	var b strings.Builder
	words := map[string]bool{}
	for _, l := range lines {
		for w := range strings.FieldsSeq(l.text) {
			words[strings.ToLower(strings.Trim(w, ".,;:!?()\"'“”‘’"))] = true
		}
	}
	number := 1
	flush := func(next int) {
		if b.Len() > 0 {
			out = append(out, rawLine{text: tidy(b.String()), number: number, blank: true})
			b.Reset()
		}
		number = next
	}
	for i, l := range lines {
		if i > 0 {
			p := lines[i-1]
			gap := p.y - l.y
			apart := p.page == l.page && gap > usual*1.35
			other := math.Abs(p.size-l.size) > 0.6
			short := ends(p.text) && p.end < right-max(8*p.size, (right-p.start)*0.15)
			if apart || other || short || p.page != l.page && ends(p.text) {
				flush(i + 1)
			}
		}
		s := l.text
		if t := b.String(); strings.HasSuffix(t, "-") && len(t) > 1 {
			head := t[strings.LastIndexByte(t, ' ')+1 : len(t)-1]
			tail, _, _ := strings.Cut(s, " ")
			whole := strings.ToLower(head + strings.Trim(tail, ".,;:!?()\"'“”‘’"))
			last, _ := utf8.DecodeLastRuneInString(head)
			r, _ := utf8.DecodeRuneInString(s)
			if unicode.IsLower(last) && unicode.IsLower(r) && (words[whole] || !words[strings.ToLower(head)]) {
				b.Reset()
				b.WriteString(t[:len(t)-1])
			}
		} else if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	flush(0)
	return out
}
