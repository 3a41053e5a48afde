package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is the unit in which names are compared: a piece of a token between
// hyphens and slashes. "Inter-Services" is two words of one token, so that a
// name is found however the tokenizer treats its hyphens.
type word struct {
	raw   string // as printed, without full stops and apostrophes: "US" of "U.S."
	fold  string // raw in lower case and without accents
	token int    // index of the token it is a piece of
	last  int    // of its last token: one more where a name was taken apart at its apostrophe
}

// appendWords appends the words of one token's form. Hyphens, slashes and the
// possessive "'s" give none, so "Pakistan's Army" compares like "Pakistan Army";
// any other mark gives an empty word, which no name contains.
func appendWords(words []word, form string, token int) []word {
	switch form {
	case "'s", "’s", "'", "’", "-", "–", "‐", "‑", "/":
		return words
	}
	for len(form) > 0 {
		i := strings.IndexFunc(form, isBreak)
		piece, rest := form, ""
		if i >= 0 {
			_, size := utf8.DecodeRuneInString(form[i:])
			piece, rest = form[:i], form[i+size:]
		}
		if piece != "" {
			raw := bare(piece)
			words = append(words, word{raw, foldString(raw), token, token})
		}
		form = rest
	}
	return words
}

func isBreak(r rune) bool { return r == '-' || r == '/' || r == '–' || r == '‐' || r == '‑' }

// bare drops full stops, apostrophes and all other marks.
func bare(s string) string {
	clean := true
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, s)
}

// foldString lowers the case and drops accents: "Erdoğan" becomes "erdogan".
func foldString(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	s = strings.ToLower(s)
	if ascii {
		return s
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.IsMark(r):
		case r == 'ı':
			b.WriteByte('i')
		case r == 'ø':
			b.WriteByte('o')
		case r == 'ł':
			b.WriteByte('l')
		case r == 'đ':
			b.WriteByte('d')
		case r == 'ß':
			b.WriteString("ss")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// aliasWords splits a name as printed in a list into words, the way the tokens
// of a text are split.
func aliasWords(name string) []word {
	var words []word
	for _, form := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == ',' }) {
		if cut, ok := strings.CutSuffix(form, "'s"); ok {
			form = cut
		} else if cut, ok := strings.CutSuffix(form, "’s"); ok {
			form = cut
		}
		words = appendWords(words, form, 0)
	}
	n := 0
	for _, w := range words {
		if w.fold != "" {
			words[n] = w
			n++
		}
	}
	return words[:n]
}

// isCaps reports whether s has at least two letters, all of them capitals.
func isCaps(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			letters++
		case unicode.IsLetter(r):
			return false
		}
	}
	return letters >= 2
}

// isCapitalized reports whether s starts with a capital letter.
func isCapitalized(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
