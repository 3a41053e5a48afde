package figure

import (
	"strings"

	"chancery/coder/clause"
	"chancery/english"
)

// counts gives the words that say what a value counts or measures.
func counts(doc *english.Doc, s *english.Sentence, v Value) (english.Span, bool) {
	first, last := tokenAt(s, v.Start), tokenAt(s, v.End-1)
	number := tokenAt(s, v.number.Start)
	if first < 0 || last < 0 || number < 0 {
		return english.Span{}, false
	}
	in := func(i int) bool { return i >= first && i <= last }
	// The head of the value is the one of its tokens that hangs outside of it.
	head := number
	for n := 0; s.Tokens[head].Head >= 0 && in(s.Tokens[head].Head) && n < len(s.Tokens); n++ {
		head = s.Tokens[head].Head
	}
	for i := first; i <= last; i++ {
		for c := range s.Children(i) {
			if c > last && clause.Is(s, c, "nmod") && clause.Case(s, c) == "of" {
				return clip(s, c, in)
			}
		}
	}
	if sp, ok := whatFor(s, v, head, in, 0); ok {
		return onWhat(s, sp, last), true
	}
	// Where the tree does not help: the nearest noun behind, then before.
	for i := last + 1; i < len(s.Tokens) && i < last+6; i++ {
		if isNoun(s, i) {
			return clip(s, i, in)
		}
	}
	for i := first - 1; i >= 0; i-- {
		if isNoun(s, i) {
			return clip(s, i, in)
		}
	}
	return english.Span{}, false
}

// onWhat takes in what a rate is laid on where that stands behind the values:
// "lowered duties from 9% to 4% on imported cars".
func onWhat(s *english.Sentence, of english.Span, last int) english.Span {
	if of.Start > s.Tokens[last].Start {
		return of
	}
	for i := last + 1; i < len(s.Tokens) && i <= last+4; i++ {
		switch f := strings.ToLower(s.Tokens[i].Form); {
		case f == "on" || f == "of":
			if n := s.Tokens[i].Head; n > i && isNoun(s, n) {
				_, end := clause.Phrase(s, n)
				of.End = s.Tokens[end].End
			}
			return of
		case f != "to" && f != "%" && f != "percent" && s.Tokens[i].UPOS != "NUM" && s.Tokens[i].UPOS != "SYM":
			return of
		}
	}
	return of
}

func isNoun(s *english.Sentence, i int) bool {
	u := s.Tokens[i].UPOS
	return u == "NOUN" || u == "PROPN"
}

// clip gives the noun phrase at i without the words of the value.
func clip(s *english.Sentence, i int, in func(int) bool) (english.Span, bool) {
	if in(i) {
		return english.Span{}, false
	}
	first, last := clause.Phrase(s, i)
	for k := i; k >= first; k-- {
		if in(k) {
			first = k + 1
			break
		}
	}
	for k := i; k <= last; k++ {
		if in(k) {
			last = k - 1
			break
		}
	}
	for last > i && (s.Tokens[last].UPOS == "ADP" || s.Tokens[last].UPOS == "PUNCT") {
		last--
	}
	for first < i && (s.Tokens[first].UPOS == "PUNCT" || s.Tokens[first].Form == "of") {
		first++
	}
	return clause.Span(s, first, last), true
}

// told gives the words from a subject to its verb: what a number that stands
// alone with a verb is about ("the army, which has ruled"), and on to its object
// where that stands before the number ("has ruled the country for two decades").
func told(s *english.Sentence, verb int, in func(int) bool) (english.Span, bool) {
	first, last := verb, verb
	for c := range s.Children(verb) {
		if clause.Is(s, c, "aux", "compound") && !in(c) {
			first, last = min(first, c), max(last, c)
		}
	}
	if sub := clause.Subject(s, verb); sub >= 0 && sub < verb {
		if !in(sub) {
			f, _ := clause.Phrase(s, sub)
			for k := f; k < verb; k++ {
				if in(k) {
					return clause.Span(s, first, last), true
				}
			}
			first = min(first, f)
		}
	}
	if o := s.Child(verb, "obj"); o > verb {
		f, l := clause.Phrase(s, o)
		if of, ok := clip(s, o, in); ok && f > verb && of == clause.Span(s, f, l) {
			last = l
		}
	}
	for k := first; k <= last; k++ {
		if in(k) {
			return clause.Span(s, verb, verb), true
		}
	}
	return clause.Span(s, first, last), true
}

// whatFor climbs from the head of a value to what it counts.
func whatFor(s *english.Sentence, v Value, head int, in func(int) bool, depth int) (english.Span, bool) {
	if depth > 6 {
		return english.Span{}, false
	}
	// "60% of the shares", "369 of them", "hundreds of Afghans"
	for c := range s.Children(head) {
		if !in(c) && clause.Is(s, c, "nmod", "obl") && clause.Case(s, c) == "of" {
			return clip(s, c, in)
		}
	}
	// "US$ 5,000 for a suspect", "$20 per head": what is paid for.
	if v.Unit != "" && v.Unit != "percent" && !v.Duration {
		for c := range s.Children(head) {
			if !in(c) && clause.Is(s, c, "nmod") && (clause.Case(s, c) == "for" || clause.Case(s, c) == "in") {
				return clip(s, c, in)
			}
		}
	}
	// A noun inside the value's reach that is no unit: "13 US personnel" where
	// the value's head is the number itself.
	h := s.Tokens[head].Head
	if h < 0 {
		if sub := clause.Subject(s, head); sub >= 0 && !in(sub) {
			return clip(s, sub, in)
		}
		return english.Span{}, false
	}
	if in(h) {
		return whatFor(s, v, h, in, depth+1)
	}
	switch {
	case clause.Is(s, head, "nummod", "compound", "amod", "nmod", "acl", "flat", "det", "appos") && (isNoun(s, h) || s.Tokens[h].UPOS == "PRON"):
		if isUnitNoun(s, h) { // the other number's: "from 29 to 15 percent"
			return whatFor(s, v, h, in, depth+1)
		}
		return clip(s, h, in)
	case clause.Is(s, head, "nummod", "compound", "amod", "nmod", "conj", "advmod", "dep", "appos", "flat", "fixed", "obl", "list") && s.Tokens[h].UPOS != "VERB":
		// The other number of a span, a comparative, "worth".
		if isNoun(s, h) {
			return clip(s, h, in)
		}
		return whatFor(s, v, h, in, depth+1)
	case clause.Is(s, head, "conj") && s.Tokens[h].UPOS == "VERB":
		return told(s, h, in)
	case clause.Is(s, head, "obl", "advmod", "nmod", "advcl", "xcomp", "ccomp", "obl:tmod", "obl:npmod", "obl:unmarked"):
		if v.Duration || v.Unit == "year" {
			return told(s, h, in)
		}
		if o := s.Child(h, "obj"); o >= 0 && !in(o) {
			return clip(s, o, in)
		}
		if sub := clause.Subject(s, h); sub >= 0 && !in(sub) {
			return clip(s, sub, in)
		}
		return told(s, h, in)
	case clause.Is(s, head, "obj", "iobj"):
		// "paid US$ 5,000 for each", "killed 13"
		if v.Unit != "" && v.Unit != "percent" {
			if c := clause.Oblique(s, h, "for", "on", "in", "to"); c >= 0 && !in(c) {
				return clip(s, c, in)
			}
		}
		return told(s, h, in)
	case clause.Is(s, head, "nsubj", "csubj"):
		if isNoun(s, h) {
			return clip(s, h, in)
		}
		return told(s, h, in)
	}
	if isNoun(s, h) {
		return clip(s, h, in)
	}
	return whatFor(s, v, h, in, depth+1)
}

func isUnitNoun(s *english.Sentence, i int) bool {
	l := clause.Lemma(s, i)
	return measureOf(l) != "" || l == "percent" || currencyWords[l] != ""
}
