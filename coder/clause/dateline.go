package clause

import (
	"unicode"
	"unicode/utf8"

	"chancery/english"
)

// longestDateline in tokens: "WASHINGTON, March 15 (Reuters) --".
const longestDateline = 16

// CutDatelines makes a sentence of its own of the dateline that a sentence
// opens with, so that the place is not read as the subject: "PARIS -- A French
// court ...". It is for sentences that are cut but not yet parsed.
func CutDatelines(all []english.Sentence) []english.Sentence {
	var out []english.Sentence
	for _, s := range all {
		n := dateline(&s)
		if n == 0 || len(s.Multiword) > 0 && s.Multiword[0].First < n {
			out = append(out, s)
			continue
		}
		head, rest := s, s
		head.Tokens, head.Multiword = s.Tokens[:n:n], nil
		head.End = s.Tokens[n-1].End
		rest.Tokens = s.Tokens[n:]
		rest.Start = s.Tokens[n].Start
		rest.Multiword = nil
		for _, m := range s.Multiword {
			m.First -= n
			m.Last -= n
			rest.Multiword = append(rest.Multiword, m)
		}
		out = append(out, head, rest)
	}
	return out
}

// dateline gives the number of tokens of the dateline, its dash included; 0
// when the sentence has none.
func dateline(s *english.Sentence) int {
	if len(s.Tokens) > 4 && isAgency(s, 0) {
		return afterDash(s, 3) // "(CNN) Italian police ..."
	}
	capitals := false
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if i >= longestDateline || i+3 >= len(s.Tokens) {
			return 0
		}
		first, _ := utf8.DecodeRuneInString(t.Form)
		switch {
		case i == 0 && (t.Form == "\"" || t.Form == "“"):
			// A whole lead in quotation marks.
		case capitals && isAgency(s, i):
			if k := afterDash(s, i+3); k > i+3 || k < len(s.Tokens) && isUpper(s.Tokens[k].Form) {
				return k // "CAIRO (AP) Police ..."
			}
		case t.Form == "-" || t.Form == "--" || t.Form == "–" || t.Form == "—" || t.Form == ":" && capitals:
			// A hyphen inside a word has no room on either side.
			if i == 0 || t.Form != ":" && s.Tokens[i-1].End == t.Start && s.Tokens[i+1].Start == t.End {
				return 0
			}
			return i + 1
		case unicode.IsUpper(first):
			if !capitals && (i == 0 || s.Tokens[i-1].Form == "\"" || s.Tokens[i-1].Form == "“") {
				capitals = len(t.Form) > 2 && isCapitals(t.Form)
			}
		case t.Form == "," || t.Form == "." || t.Form == "(" || t.Form == ")" || t.Form == "/" || unicode.IsDigit(first):
			if i == 0 {
				return 0
			}
		default:
			return 0
		}
	}
	return 0
}

// isAgency reports whether a news agency stands in brackets at token i: "(AP)".
func isAgency(s *english.Sentence, i int) bool {
	if i+2 >= len(s.Tokens) || s.Tokens[i].Form != "(" || s.Tokens[i+2].Form != ")" {
		return false
	}
	switch name := s.Tokens[i+1].Form; name {
	case "Reuters", "Xinhua", "Bloomberg":
		return true
	default:
		return len(name) >= 2 && len(name) <= 5 && isUpper(name) && isCapitals(name)
	}
}

// afterDash gives i, or what follows the dashes and quotation marks there.
func afterDash(s *english.Sentence, i int) int {
	for i+1 < len(s.Tokens) {
		switch s.Tokens[i].Form {
		case "-", "--", "–", "—", "\"", "“", "\"\"":
			i++
			continue
		}
		break
	}
	return i
}

func isUpper(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first)
}

func isCapitals(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}
