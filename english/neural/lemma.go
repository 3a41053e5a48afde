package neural

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
)

// LemmaRule gives a rule that makes the lemma out of the form and, as far as
// possible, the same lemma change out of other forms: a letter for the case
// ("k" as written, "l" lower, "t" title), the number of letters to take off the
// end, and what to put there; "n" to take out the commas; or "=" and the lemma
// itself.
func LemmaRule(form, lemma string) string {
	if strings.Contains(form, ",") && len(lemma) > 0 && strings.ReplaceAll(form, ",", "") == lemma {
		return "n"
	}
	best := "=" + lemma
	shared := 0
	for _, mode := range []byte{'k', 'l', 't'} {
		base, want := []rune(recase(form, mode)), []rune(lemma)
		p := 0
		for p < len(base) && p < len(want) && base[p] == want[p] {
			p++
		}
		if p > shared {
			shared = p
			best = string(mode) + strconv.Itoa(len(base)-p) + string(want[p:])
		}
	}
	return best
}

// ApplyLemmaRule makes the lemma of a form; the form itself if the rule does
// not fit.
func ApplyLemmaRule(rule, form string) string {
	if rule == "n" {
		return cmp.Or(strings.ReplaceAll(form, ",", ""), form)
	}
	if len(rule) < 2 || rule[0] == '=' {
		if len(rule) < 2 {
			return form
		}
		return rule[1:]
	}
	i := 1
	for i < len(rule) && rule[i] >= '0' && rule[i] <= '9' && i < 3 {
		i++
	}
	cut, err := strconv.Atoi(rule[1:i])
	if err != nil {
		return form
	}
	base := recase(form, rule[0])
	if cut == 0 {
		return base + rule[i:]
	}
	runes := []rune(base)
	if cut >= len(runes) {
		return form
	}
	return string(runes[:len(runes)-cut]) + rule[i:]
}

func recase(form string, mode byte) string {
	switch mode {
	case 'l':
		return strings.ToLower(form)
	case 't':
		for i, r := range form {
			return form[:i] + string(unicode.ToUpper(r)) + strings.ToLower(form[i+len(string(r)):])
		}
	}
	return form
}
