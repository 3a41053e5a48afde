package figure

import (
	"chancery"
	"chancery/coder/clause"
	"chancery/english"
)

// antecedent gives what is counted where of is but a pronoun: "369 of them".
// before are the figures found so far. Other spans are given back as they are;
// false means that the text does not tell.
func antecedent(doc *english.Doc, sentence int, of english.Span, number float64, before []chancery.Figure) (english.Span, bool) {
	s := &doc.Sentences[sentence]
	t := tokenAt(s, of.Start)
	if t < 0 || s.Tokens[t].UPOS != "PRON" && !isPointer(s.Tokens[t].Form) || s.Tokens[t].End < of.End {
		return of, true // "20 of those killed" says whom
	}
	// "the sailors, two of whom were Greek"
	if feat := s.Tokens[t].Feat("PronType"); feat == "Rel" || s.Tokens[t].XPOS == "WP" || s.Tokens[t].XPOS == "WDT" {
		for i, n := t, 0; i >= 0 && n < len(s.Tokens); i, n = s.Tokens[i].Head, n+1 {
			if h := s.Tokens[i].Head; h >= 0 && isNoun(s, h) && h < t && clause.Is(s, i, "acl") {
				first, last := clause.Phrase(s, h)
				for k := first; k <= last; k++ {
					if s.Tokens[k].Form == "," && k > h { // the clause itself
						last = k - 1
						break
					}
				}
				return clause.Span(s, first, min(last, t-1)), true
			}
		}
		return english.Span{}, false
	}
	// "arrested 400 men and handed over 369 of them": a part of what was counted last.
	if s.Tokens[t].Feat("Number") == "Plur" || isPointer(s.Tokens[t].Form) {
		for k := len(before) - 1; k >= 0; k-- {
			f := &before[k]
			if f.Sentence.Start != s.Start && (sentence == 0 || f.Sentence.Start != doc.Sentences[sentence-1].Start) {
				break
			}
			if f.Unit == "" && f.Number >= number && number >= 1 && !f.Of.IsZero() && f.Of != f.Sentence {
				return english.Span(f.Of), true
			}
		}
	}
	for c := range doc.Chains {
		var last *english.Mention
		for m := range doc.Chains[c].Mentions {
			switch x := &doc.Chains[c].Mentions[m]; {
			case x.Sentence == sentence && x.Head == t:
				if last != nil && last.Kind == english.Nominal { // of "it" a name is mostly the owner
					return last.Span, true
				}
			case x.Kind != english.Pronoun:
				last = x
			}
		}
	}
	return english.Span{}, false
}

// isPointer reports whether a word points back at things: "12 of these".
func isPointer(form string) bool {
	switch form {
	case "them", "these", "those":
		return true
	}
	return false
}
