package cli

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// terminal is what text is fitted to.
type terminal struct {
	is    bool // a person looks at it
	width int  // in columns
	color bool
}

// plainWidth is the width of text that does not go to a terminal.
const plainWidth = 100

// terminalOf looks at where w leads. COLUMNS gives the width of output that is
// no terminal, NO_COLOR (https://no-color.org) turns colours off.
func terminalOf(w io.Writer) terminal {
	t := terminal{width: plainWidth}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		t.is = true
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			t.width = columns
		}
		t.color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	} else if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		t.width = n
	}
	t.width = max(t.width, 20)
	return t
}

// clean makes foreign text fit for a terminal: what a terminal would obey, and
// what would change the direction of the text around it, is shown as U+FFFD;
// line ends and tabs become spaces.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || isDirection(r):
			return '\ufffd'
		}
		return r
	}, s)
}

// isDirection tells the characters that embed, override or isolate a direction
// of writing (UAX #9): they could make a line read as it does not stand.
func isDirection(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// style is a way to set text apart: the parameters of SGR (ECMA-48, 8.3.117).
type style string

const (
	plain   style = ""
	bold    style = "1"
	dim     style = "2"
	italic  style = "3"
	red     style = "31"
	green   style = "32"
	yellow  style = "33"
	blue    style = "34"
	magenta style = "35"
	cyan    style = "36"
)

// piece is a run of clean text in one style.
type piece struct {
	text  string
	style style
	mark  int // place of the mark that ends here, from 1, in the list the caller keeps; 0 for none
}

// line is a run of pieces without a line end.
type line []piece

func space(n int) line               { return line{{text: strings.Repeat(" ", n)}} }
func words(s string) line            { return line{{text: clean(s)}} }
func styled(s string, st style) line { return line{{text: clean(s), style: st}} }
func (l line) add(more ...line) line { return append(l[:len(l):len(l)], flat(more)...) }
func (l line) text() (s string) {
	for _, p := range l {
		s += p.text
	}
	return s
}

func flat(lines []line) (out line) {
	for _, l := range lines {
		out = append(out, l...)
	}
	return out
}

// width is in columns: a Chinese character takes two, a combining mark none.
func (l line) width() (n int) {
	for _, p := range l {
		n += uniseg.StringWidth(p.text)
	}
	return n
}

// String writes the line for t.
func (t terminal) String(l line) string {
	var b strings.Builder
	for _, p := range l {
		if p.style == plain || !t.color || p.text == "" {
			b.WriteString(p.text)
			continue
		}
		b.WriteString("\x1b[" + string(p.style) + "m" + p.text + "\x1b[0m")
	}
	return b.String()
}

// wrap breaks a line at spaces into lines of at most width columns; a word
// that is longer is cut. There is always at least one line.
func (l line) wrap(width int) []line {
	width = max(width, 1)
	var out []line
	var now, word line
	nowWidth, wordWidth := 0, 0
	gap := piece{}
	flush := func() { // puts the word at hand on the line
		if len(word) == 0 {
			return
		}
		if len(now) > 0 && nowWidth+1+wordWidth > width {
			out = append(out, now)
			now, nowWidth = nil, 0
		}
		if len(now) > 0 {
			now, nowWidth = append(now, gap), nowWidth+1
		}
		now, nowWidth = append(now, word...), nowWidth+wordWidth
		word, wordWidth = nil, 0
	}
	for _, p := range l {
		rest, state := p.text, -1
		for rest != "" {
			var cluster string
			var w int
			cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
			if cluster == " " {
				flush()
				gap = piece{text: " ", style: p.style}
				continue
			}
			if wordWidth+w > width && wordWidth > 0 {
				flush()
				out = append(out, now)
				now, nowWidth = nil, 0
			}
			if n := len(word); n > 0 && word[n-1].style == p.style && word[n-1].mark == p.mark {
				word[n-1].text += cluster
			} else {
				word = append(word, piece{cluster, p.style, p.mark})
			}
			wordWidth += w
		}
	}
	flush()
	if len(now) > 0 || len(out) == 0 {
		out = append(out, now)
	}
	return out
}

// cut shortens a line to width columns, with "…" at its end when it had more.
func (l line) cut(width int) line {
	if l.width() <= width {
		return l
	}
	var out line
	left := width - 1
	for _, p := range l {
		rest, state := p.text, -1
		text := ""
		for rest != "" {
			var cluster string
			var w int
			cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
			if w > left {
				return append(out, piece{text: text + "…", style: p.style})
			}
			text, left = text+cluster, left-w
		}
		out = append(out, piece{text: text, style: p.style})
	}
	return out
}

// pad fills a line up to width columns.
func (l line) pad(width int, right bool) line {
	gap := width - l.width()
	if gap <= 0 {
		return l
	}
	fill := space(gap)
	if right {
		return fill.add(l)
	}
	return l.add(fill)
}
