package voice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/english"
)

// quoted is what stands between a pair of quotation marks.
type quoted struct {
	inner english.Span // without the marks
	outer english.Span // with them
}

// longestQuote bounds the search for a closing mark, in bytes. Beyond it the
// opening mark is taken for a stray one.
const longestQuote = 6000

// between finds the outermost pairs of quotation marks of a text, straight,
// curly, single or double. A quotation that runs over several paragraphs, each
// opened with a mark and only the last one closed, is one pair.
func between(text string) []quoted {
	var found []quoted
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		end := -1
		switch {
		case r == '“' || r == '„' || r == '«' || r == '"' && opens(text, i, size):
			end = closeDouble(text, i+size, r)
		case (r == '‘' || r == '\'') && opens(text, i, size):
			end = closeSingle(text, i+size)
		}
		if end < 0 {
			i += size
			continue
		}
		_, markSize := utf8.DecodeRuneInString(text[end:])
		inner := trim(text, i+size, end)
		if inner.Start < inner.End {
			found = append(found, quoted{inner: inner, outer: english.Span{Start: i, End: end + markSize}})
		}
		i = end + markSize
	}
	return found
}

// opens reports whether the mark at text[i:i+size] can open: nothing or a
// space or an opening sign before it, something other than a space after it.
func opens(text string, i, size int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+size:])
	if i+size >= len(text) || unicode.IsSpace(after) {
		return false
	}
	return i == 0 || unicode.IsSpace(before) || strings.ContainsRune("([{—–-:/“‘\"'", before)
}

// closes reports whether a mark at text[i:i+size] can close.
func closes(text string, i, size int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+size:])
	if unicode.IsSpace(before) {
		return false
	}
	return i+size >= len(text) || !unicode.IsLetter(after) && !unicode.IsDigit(after)
}

func isParagraphEnd(text string, i int) bool {
	return text[i] == '\n' && (i+1 >= len(text) || strings.TrimLeft(text[i+1:min(len(text), i+40)], " \t\r") == "" || strings.HasPrefix(strings.TrimLeft(text[i+1:min(len(text), i+40)], " \t\r"), "\n"))
}

// closeDouble gives the place of the mark that closes a quotation opened with
// mark just before from, or -1.
func closeDouble(text string, from int, mark rune) int {
	paragraphStart := false
	for i := from; i < len(text) && i-from < longestQuote; {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch r {
		case '\n':
			// A quotation goes on in the next paragraph only when that opens
			// with a mark again.
			rest := strings.TrimLeft(text[i:], " \t\r\n")
			next, _ := utf8.DecodeRuneInString(rest)
			if next == mark && mark != '"' || next == '"' && mark == '"' && continuesQuote(text[from:i]) {
				i = len(text) - len(rest)
				paragraphStart = true
				continue
			}
			if isParagraphEnd(text, i) {
				return -1
			}
		case '”', '»':
			return i
		case '“', '„', '«':
			if mark == '„' && r == '“' {
				return i
			}
			if !paragraphStart {
				return -1 // opened anew: the first one was a stray
			}
		case '"':
			if !paragraphStart {
				if mark == '"' && opens(text, i, size) && !closes(text, i, size) {
					return -1
				}
				return i
			}
		}
		paragraphStart = false
		i += size
	}
	return -1
}

// continuesQuote reports whether what has been said so far ends like a
// paragraph that was left open on purpose: with the end of a sentence.
func continuesQuote(said string) bool {
	said = strings.TrimRight(said, " \t\r\n")
	return said != "" && strings.ContainsRune(".!?…", lastRune(said))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// closeSingle gives the place of the single mark that closes, or -1. An
// apostrophe looks the same: one inside a word never closes, one after a plural
// ("the states’ rights") only when nothing later in the paragraph does.
func closeSingle(text string, from int) int {
	doubtful := -1
	for i := from; i < len(text) && i-from < longestQuote; {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch r {
		case '\n':
			return doubtful
		case '“', '”', '"':
			// Doubles inside singles are a nested quotation: step over it.
			if r != '”' {
				if e := closeDouble(text, i+size, r); e >= 0 {
					_, n := utf8.DecodeRuneInString(text[e:])
					i = e + n
					continue
				}
			}
		case '‘':
			if opens(text, i, size) {
				return doubtful
			}
		case '’', '\'':
			if !closes(text, i, size) {
				break
			}
			before, after := lastRune(text[:i]), ' '
			if i+size < len(text) {
				after, _ = utf8.DecodeRuneInString(text[i+size:])
			}
			if (before == 's' || before == 'z' || before == 'S') && after == ' ' && i+size+1 < len(text) && unicode.IsLower(firstRune(text[i+size+1:])) {
				if doubtful < 0 {
					doubtful = i
				}
				break
			}
			return i
		}
		i += size
	}
	return doubtful
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// trim takes white space off both ends of text[start:end].
func trim(text string, start, end int) english.Span {
	s := text[start:end]
	t := strings.TrimLeftFunc(s, unicode.IsSpace)
	start += len(s) - len(t)
	return english.Span{Start: start, End: start + len(strings.TrimRightFunc(t, unicode.IsSpace))}
}
