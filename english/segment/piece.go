package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/english/linear"
)

// kind is the sort of characters a piece is made of.
type kind uint8

const (
	none    kind = iota // outside the chunk
	lower               // letters, the first in lower case
	title               // letters, only the first in upper case
	upper               // two or more letters, all in upper case
	mixed               // letters in another mixture
	initial             // one letter in upper case
	digits
	stop // . ! ? …
	open // opening brackets and quotes
	shut // closing brackets and quotes
	quote
	dash
	comma // , ; :
	symbol
	clitic // n't 's 'll ’re
	address
)

// gap is the white space before a word.
type gap uint8

const (
	noGap gap = iota
	space
	wide    // two spaces or more, or a tab
	newline // within a block
)

// chunk is a run of characters without white space.
type chunk struct {
	start, end int
	gap        gap
}

// piece is a part of a chunk that is never divided further.
type piece struct {
	start, end int
	kind       kind
	final      byte   // the last letter, in lower case
	hash       uint32 // of the lower-case characters; digits count by their number
}

// chunks appends the chunks of text[start:end].
func chunks(text string, start, end int, out []chunk) []chunk {
	g := noGap
	first := -1
	for at := start; at < end; {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:end])
		}
		if isSpace(r) {
			if first >= 0 {
				out = append(out, chunk{first, at, g})
				first, g = -1, noGap
			}
			switch {
			case r == '\n':
				g = newline
			case g == noGap && r != '\t':
				g = space
			case g != newline:
				g = wide
			}
		} else if first < 0 {
			first = at
		}
		at += size
	}
	if first >= 0 {
		out = append(out, chunk{first, end, g})
	}
	return out
}

// isSpace counts the characters that have no width as space too: they are
// left behind by web pages and belong to no word.
func isSpace(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u200e', '\u200f':
		return true
	}
	return unicode.IsSpace(r)
}

// softHyphen marks where a word may be broken at the end of a line.
const softHyphen = '\u00ad'

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '`' || r == '‘' || r == '´' }

// pieces appends the pieces of a chunk: an address as one piece, else runs of
// letters, of digits, of one repeated character, and clitics.
func pieces(text string, c chunk, out []piece) []piece {
	if from, to := addressIn(text[c.start:c.end]); to > from {
		out = plainPieces(text, c.start, c.start+from, out)
		out = append(out, piece{start: c.start + from, end: c.start + to, kind: address, hash: 1})
		return plainPieces(text, c.start+to, c.end, out)
	}
	return plainPieces(text, c.start, c.end, out)
}

func plainPieces(text string, start, end int, out []piece) []piece {
	for at := start; at < end; {
		r, size := utf8.DecodeRuneInString(text[at:end])
		p := piece{start: at, end: at + size}
		switch {
		case unicode.IsLetter(r):
			letters, uppers := 1, 0
			firstUpper := unicode.IsUpper(r)
			if firstUpper {
				uppers = 1
			}
			h := linear.Add(linear.Hash(0), uint32(unicode.ToLower(r)))
			beforeN, beforeH := -1, uint32(0) // where a final n begins, and the hash up to it
			for p.end < end {
				n, w := utf8.DecodeRuneInString(text[p.end:end])
				if !unicode.IsLetter(n) && !unicode.Is(unicode.Mn, n) && n != softHyphen {
					break
				}
				if n == 'n' || n == 'N' {
					beforeN, beforeH = p.end, h
				} else {
					beforeN = -1
				}
				letters++
				if unicode.IsUpper(n) {
					uppers++
				}
				h = linear.Add(h, uint32(unicode.ToLower(n)))
				p.end += w
			}
			if to := cliticEnd(text, p.end, end); to > p.end {
				tail := strings.ToLower(text[p.end:to])
				from := p.end
				if tail[len(tail)-1] == 't' {
					if beforeN < 0 {
						to = from // "cos't" is no clitic
					} else {
						from, h = beforeN, beforeH
						letters--
						if text[beforeN] == 'N' {
							uppers--
						}
					}
				}
				if to > from {
					p.end, p.kind, p.hash = from, letterKind(letters, uppers, firstUpper), h
					out = append(out, p)
					ch := linear.Hash(0)
					for _, r := range strings.ToLower(text[from:to]) {
						if isApostrophe(r) {
							r = '\''
						}
						ch = linear.Add(ch, uint32(r))
					}
					p = piece{start: from, end: to, kind: clitic, hash: ch}
					break
				}
			}
			p.kind, p.hash = letterKind(letters, uppers, firstUpper), h
		case unicode.IsDigit(r):
			for p.end < end {
				n, w := utf8.DecodeRuneInString(text[p.end:end])
				if !unicode.IsDigit(n) {
					break
				}
				p.end += w
			}
			p.kind, p.hash = digits, linear.Add(linear.Hash(2), uint32(min(p.end-p.start, 6)))
		default:
			for p.end < end && strings.HasPrefix(text[p.end:end], text[at:at+size]) && !isBracket(r) {
				p.end += size
			}
			p.kind = punctKind(r)
			p.hash = linear.Add(linear.Add(linear.Hash(3), uint32(r)), uint32(min((p.end-p.start)/size, 4)))
		}
		p.final = text[p.end-1] | 0x20
		out = append(out, p)
		at = p.end
	}
	return out
}

// cliticEnd gives the end of a clitic that begins with an apostrophe at start, or start.
func cliticEnd(text string, start, end int) int {
	if start >= end {
		return start
	}
	r, size := utf8.DecodeRuneInString(text[start:end])
	if !isApostrophe(r) {
		return start
	}
	at := start + size
	for at < end && at-start-size < 3 && (text[at]|0x20 >= 'a' && text[at]|0x20 <= 'z') {
		at++
	}
	switch strings.ToLower(text[start+size : at]) {
	case "s", "m", "d", "t", "ll", "re", "ve":
	default:
		return start
	}
	if at < end {
		if next, _ := utf8.DecodeRuneInString(text[at:end]); unicode.IsLetter(next) || unicode.IsDigit(next) {
			return start
		}
	}
	return at
}

func letterKind(letters, uppers int, firstUpper bool) kind {
	switch {
	case uppers == 0:
		return lower
	case letters == 1:
		return initial
	case uppers == letters:
		return upper
	case uppers == 1 && firstUpper:
		return title
	}
	return mixed
}

func isBracket(r rune) bool {
	return r == '(' || r == ')' || r == '[' || r == ']' || r == '{' || r == '}' || r == '"' || r == '“' || r == '”'
}

func punctKind(r rune) kind {
	switch r {
	case '.', '!', '?', '…':
		return stop
	case '(', '[', '{', '“', '‘', '«', '<':
		return open
	case ')', ']', '}', '”', '»', '>':
		return shut
	case '"', '\'', '’', '`', '´':
		return quote
	case '-', '–', '—', '‐', '‑', '―', '−':
		return dash
	case ',', ';', ':':
		return comma
	}
	return symbol
}

// addressIn gives the range of a web or mail address in a chunk, without the
// punctuation around it, or an empty range.
func addressIn(s string) (from, to int) {
	if len(s) < 6 {
		return 0, 0
	}
	if i := strings.Index(s, "://"); i > 0 {
		from = i
		for from > 0 && isLetterByte(s[from-1]) {
			from--
		}
	} else if i := strings.Index(s, "www."); i >= 0 && (i == 0 || !isLetterByte(s[i-1])) {
		from = i
	} else if i := strings.IndexByte(s, '@'); i > 0 && i < len(s)-3 && strings.IndexByte(s[i+1:], '@') < 0 && strings.IndexByte(s[i+1:], '.') > 0 {
		for from < i && !isMailByte(s[from]) {
			from++
		}
		if from == i {
			return 0, 0
		}
		to = i + 1
		for to < len(s) && isMailByte(s[to]) {
			to++
		}
		for to > i && (s[to-1] == '.' || s[to-1] == '-') {
			to--
		}
		return from, to
	} else {
		return 0, 0
	}
	to = len(s)
	// An address in brackets ends with them, unless they began within it.
	round, square := 0, 0
scan:
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '<', '>', '"':
			to = i
			break scan
		case '(':
			round++
		case '[':
			square++
		case ')':
			round--
		case ']':
			square--
		}
		if round < 0 || square < 0 {
			to = i
			break
		}
	}
	for to > from {
		r, size := utf8.DecodeLastRuneInString(s[from:to])
		if k := punctKind(r); r == '/' || unicode.IsLetter(r) || unicode.IsDigit(r) || (k != stop && k != comma && k != shut && k != quote) {
			break
		}
		to -= size
	}
	return from, to
}

func isLetterByte(b byte) bool { b |= 0x20; return b >= 'a' && b <= 'z' }

func isMailByte(b byte) bool {
	return isLetterByte(b) || b >= '0' && b <= '9' || b == '.' || b == '-' || b == '_' || b == '@' || b == '+'
}
