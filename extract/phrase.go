package extract

import (
	"slices"
	"strings"
	"unicode"
)

// phrases finds any of a set of phrases among the words of a line, in time
// linear in the line.
type phrases map[string][][]string // by first word, longest first

// newPhrases expands patterns of alternatives and optional parts.
func newPhrases(patterns []string) phrases {
	p := phrases{}
	for _, pattern := range patterns {
		all, rest := alternatives(pattern)
		if rest != "" {
			panic("phrase pattern " + pattern) // a programmer's mistake
		}
		for _, s := range all {
			if t := tokensOf(s); len(t) > 0 {
				p[t[0]] = append(p[t[0]], t)
			}
		}
	}
	for first := range p {
		slices.SortStableFunc(p[first], func(a, b []string) int { return len(b) - len(a) })
	}
	return p
}

// alternatives reads "a|b c?|(d|e) f" up to an unmatched ")".
func alternatives(s string) (all []string, rest string) {
	current := []string{""}
	for s != "" && s[0] != ')' {
		switch s[0] {
		case '|':
			all = append(all, current...)
			current, s = []string{""}, s[1:]
			continue
		case '(':
			group, after := alternatives(s[1:])
			s = strings.TrimPrefix(after, ")")
			current, s = join(current, group, s)
		default:
			n := 1
			for n < len(s) && s[n]&0xc0 == 0x80 {
				n++
			}
			atom := []string{s[:n]}
			current, s = join(current, atom, s[n:])
		}
	}
	return append(all, current...), s
}

// join appends each of the group's strings to each of current's, and current
// itself where a "?" follows.
func join(current, group []string, rest string) ([]string, string) {
	rest, optional := strings.CutPrefix(rest, "?")
	var out []string
	if optional {
		out = append(out, current...)
	}
	for _, c := range current {
		for _, g := range group {
			out = append(out, c+g)
		}
	}
	return out, rest
}

// cover gives the number of phrases found, the longest first from left to
// right, and the number of words under them.
func (p phrases) cover(tokens []string) (found, words int) {
	for i := 0; i < len(tokens); {
		n := 0
		for _, phrase := range p[tokens[i]] {
			if len(phrase) <= len(tokens)-i && slices.Equal(phrase, tokens[i:i+len(phrase)]) {
				n = len(phrase)
				break
			}
		}
		if n > 0 {
			found++
			words += n
		}
		i += max(1, n)
	}
	return found, words
}

// tokensOf splits a line in lower case into words; a number is "#".
func tokensOf(lower string) []string {
	var out []string
	for w := range strings.FieldsFuncSeq(lower, func(r rune) bool {
		return !(unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '#' || r == '©' || r == '&')
	}) {
		if w[0] >= '0' && w[0] <= '9' && strings.Trim(w, "0123456789") == "" {
			w = "#"
		}
		out = append(out, w)
	}
	return out
}
