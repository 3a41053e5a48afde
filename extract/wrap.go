package extract

import (
	"strings"
	"unicode/utf8"
)

// rawLine is a line before its features are looked at.
type rawLine struct {
	text   string // tidy, not empty
	number int
	mark   mark
	blank  bool // an empty line before it
}

// rawLines splits settled text, and joins the lines of text that was broken to
// a width, as mail and typewritten text is.
func rawLines(text string) []rawLine {
	var out []rawLine
	number, blank := 0, true
	for s := range strings.SplitSeq(text, "\n") {
		number++
		s = tidy(s)
		if s == "" {
			blank = true
			continue
		}
		out = append(out, rawLine{text: s, number: number, blank: blank})
		blank = false
	}
	if width := wrapWidth(out); width > 0 {
		out = unwrap(out, width)
	}
	return out
}

// wrapWidth finds the width to which a text was broken, 0 when it was not: the
// lines are no longer than a page is wide, and nearly every break within a
// block stands where the next word would not have fitted.
func wrapWidth(lines []rawLine) int {
	width, inner := 0, 0
	for i, l := range lines {
		width = max(width, utf8.RuneCountInString(l.text))
		if i+1 < len(lines) && !lines[i+1].blank {
			inner++
		}
	}
	if width < 40 || width > 120 || inner < 4 || inner*2 < len(lines) {
		return 0
	}
	full := 0
	for i, l := range lines[:len(lines)-1] {
		if !lines[i+1].blank && isFull(l.text, lines[i+1].text, width) {
			full++
		}
	}
	if full*4 < inner*3 {
		return 0
	}
	return width
}

func isFull(s, next string, width int) bool {
	word, _, _ := strings.Cut(next, " ")
	return utf8.RuneCountInString(s)+1+utf8.RuneCountInString(word) > width-2
}

func unwrap(lines []rawLine, width int) []rawLine {
	var out []rawLine
	var b strings.Builder
	for i := 0; i < len(lines); {
		l := lines[i]
		b.Reset()
		b.WriteString(l.text)
		last := l.text
		for i++; i < len(lines) && !lines[i].blank && isFull(last, lines[i].text, width) && !bullet.MatchString(lines[i].text); i++ {
			if last = lines[i].text; !strings.HasSuffix(b.String(), "-") {
				b.WriteByte(' ')
			}
			b.WriteString(last)
		}
		l.text = b.String()
		out = append(out, l)
	}
	return out
}
