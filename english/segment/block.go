package segment

import (
	"strings"
	"unicode/utf8"
)

// blocks yields the ranges of text between which a sentence never runs on:
// paragraphs set off by blank lines, and lines, unless the lines of a
// paragraph look broken to fit a width, as in e-mail and plain-text archives.
func blocks(text string) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		for at := 0; at < len(text); {
			end, next := paragraph(text, at)
			if wrapped(text[at:end]) {
				if !yield(at, end) {
					return
				}
			} else {
				for from := at; from < end; {
					to := end
					if i := strings.IndexByte(text[from:end], '\n'); i >= 0 {
						to = from + i
					}
					if !yield(from, to) {
						return
					}
					from = to + 1
				}
			}
			at = next
		}
	}
}

// paragraph gives the end of the paragraph that begins at start, and where the
// next one begins.
func paragraph(text string, start int) (end, next int) {
	for at := start; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text), len(text)
		}
		at += i
		rest := at + 1
		for rest < len(text) && (text[rest] == ' ' || text[rest] == '\t' || text[rest] == '\r') {
			rest++
		}
		if rest == len(text) || text[rest] == '\n' {
			return at, rest
		}
		at = rest
	}
}

// wrapped reports whether the lines of a paragraph were broken to fit a width:
// no line is long, and none but the last had room for the first word of the
// line after it. A short list rarely passes, because its lines differ in length.
func wrapped(paragraph string) bool {
	lines, width := 0, 0
	for line := range strings.SplitSeq(paragraph, "\n") {
		lines++
		width = max(width, utf8.RuneCountInString(strings.TrimSpace(line)))
	}
	if lines < 2 || width < 45 || width > 100 || (lines == 2 && width < 60) {
		return false
	}
	before := -1
	for line := range strings.SplitSeq(paragraph, "\n") {
		line = strings.TrimSpace(line)
		first, _, _ := strings.Cut(line, " ")
		// One column of slack: some programs break at the width, some before it.
		if before >= 0 && before+1+utf8.RuneCountInString(first) < width {
			return false
		}
		before = utf8.RuneCountInString(line)
	}
	return true
}
