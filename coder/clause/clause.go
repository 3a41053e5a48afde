// Package clause reads what a dependency tree says of a clause: its subject and
// object, whether it is negated, its modal and its tense, and which words make
// up a phrase.
//
// In: a parsed sentence (UD v2) and the index of a token. Out: token indices
// and byte spans; -1 stands for "none". It knows no actors and makes no record.
package clause

import (
	"slices"
	"strings"

	"chancery/english"
)

// base gives a relation without its subtype.
func base(rel string) string {
	b, _, _ := strings.Cut(rel, ":")
	return b
}

// Is reports whether token i hangs on its head by one of the relations, which
// are compared without their subtypes unless they name one.
func Is(s *english.Sentence, i int, rels ...string) bool {
	rel := s.Tokens[i].Rel
	return slices.Contains(rels, rel) || slices.Contains(rels, base(rel))
}

// Lemma gives the lemma of token i in lower case.
func Lemma(s *english.Sentence, i int) string {
	if l := s.Tokens[i].Lemma; l != "" {
		return strings.ToLower(l)
	}
	return strings.ToLower(s.Tokens[i].Form)
}

// IsClause reports whether token i heads a clause: the root, or a word whose
// relation to its head is clausal.
func IsClause(s *english.Sentence, i int) bool {
	switch base(s.Tokens[i].Rel) {
	case "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "root":
		return true
	case "conj":
		if u := s.Tokens[i].UPOS; u == "VERB" || u == "AUX" {
			return true
		}
		return s.Child(i, "nsubj", "nsubj:pass", "csubj", "cop", "aux", "aux:pass") >= 0
	}
	return s.Tokens[i].Head < 0
}

// Of gives the head of the innermost clause that token i stands in, i itself
// when it heads one.
func Of(s *english.Sentence, i int) int {
	for n := 0; i >= 0 && n <= len(s.Tokens); n++ {
		if IsClause(s, i) {
			return i
		}
		i = s.Tokens[i].Head
	}
	return s.Root()
}

// Up calls yield with every token from i's head to the root.
func Up(s *english.Sentence, i int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for n, h := 0, s.Tokens[i].Head; h >= 0 && n <= len(s.Tokens); n, h = n+1, s.Tokens[h].Head {
			if !yield(h) {
				return
			}
		}
	}
}

// Under reports whether token i is top or stands under it.
func Under(s *english.Sentence, i, top int) bool {
	if i == top {
		return true
	}
	for h := range Up(s, i) {
		if h == top {
			return true
		}
	}
	return false
}

// Subject gives the head of the subject of the clause headed by token i: its
// own, or the one it shares with the verb it is joined to, the one that
// controls it, or the noun it is a relative clause of. -1 when there is none.
func Subject(s *english.Sentence, i int) int { return subject(s, i, 0) }

func subject(s *english.Sentence, i, depth int) int {
	if i < 0 || depth > 8 {
		return -1
	}
	if c := s.Child(i, "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"); c >= 0 {
		if base(s.Tokens[i].Rel) == "acl" && isRelative(s, c) {
			return s.Tokens[i].Head
		}
		return c
	}
	h := s.Tokens[i].Head
	if h < 0 {
		return -1
	}
	switch base(s.Tokens[i].Rel) {
	case "conj":
		return subject(s, h, depth+1)
	case "xcomp":
		// "asked Iran to stop": the object controls; "promised Iran to stop"
		// is the exception.
		if o := s.Child(h, "obj", "iobj"); o >= 0 && o != i && Lemma(s, h) != "promise" && (s.Tokens[i].XPOS != "VBG" || perceives(Lemma(s, h))) {
			return o
		}
		return subject(s, h, depth+1)
	case "ccomp", "advcl":
		// "pressed Mali to leave", where the clause is taken for a purpose
		if o := s.Child(h, "obj"); o >= 0 && o < i && objectControl(Lemma(s, h)) && s.Tokens[i].XPOS == "VB" {
			return o
		}
		// "accused Mali of sending arms", "thanked Mali for sending it"
		if o := s.Child(h, "obj"); o >= 0 && o < i && s.Tokens[i].XPOS == "VBG" && judges(Lemma(s, h)) {
			return o
		}
		if told := toldBy(s, h); told >= 0 && told < h && h < i && s.Child(i, "mark", "case") < 0 {
			return subject(s, told, depth+1)
		}
		if s.Tokens[i].Feat("VerbForm") != "Fin" && s.Child(i, "aux") < 0 || strings.HasPrefix(s.Tokens[i].XPOS, "VBG") {
			return subject(s, h, depth+1)
		}
	case "acl":
		// "troops sent to Mali": the noun is what a participle is said of. An
		// infinitive's subject is whoever the noun belongs to: "Iran's promise
		// to stop".
		if s.Child(i, "mark") >= 0 && s.Tokens[i].XPOS == "VB" {
			if p := s.Child(h, "nmod:poss"); p >= 0 {
				return p
			}
			if v := s.Tokens[h].Head; v >= 0 && base(s.Tokens[h].Rel) == "obj" {
				if objectControl(Lemma(s, v)) {
					return h // "expect the crown to weaken", taken for a phrase
				}
				return subject(s, v, depth+1)
			}
			return -1
		}
		return h
	}
	return -1
}

// toldBy gives the head of what a verb of saying put in behind it tells, as in
// "Rebels took the town, officials said, killing ten": -1 for none.
func toldBy(s *english.Sentence, say int) int {
	switch Lemma(s, say) {
	case "say", "report", "announce", "add", "tell", "state", "confirm", "claim":
	default:
		return -1
	}
	if base(s.Tokens[say].Rel) == "parataxis" {
		return s.Tokens[say].Head
	}
	return s.Child(say, "ccomp")
}

// perceives reports whether a verb's object is who does what a participle behind
// it says: "saw Mali buying", not "praised Mali saying".
func perceives(lemma string) bool {
	switch lemma {
	case "see", "hear", "watch", "find", "catch", "keep", "leave", "stop", "prevent", "start", "set", "show", "notice", "have", "get":
		return true
	}
	return false
}

// judges reports whether a verb says of its object that it does or did what a
// participle behind "of", "for" or "from" tells.
func judges(lemma string) bool {
	switch lemma {
	case "accuse", "suspect", "blame", "criticize", "criticise", "charge", "condemn", "prevent", "stop", "dissuade", "thank", "praise", "forgive",
		"fault", "punish", "reward", "commend", "convict", "acquit", "bar", "discourage":
		return true
	}
	return false
}

// objectControl reports whether a verb's object is who does what its infinitive
// says.
func objectControl(lemma string) bool {
	switch lemma {
	case "ask", "urge", "press", "pressure", "push", "tell", "order", "force", "compel", "beg", "persuade", "invite", "allow", "enable",
		"help", "require", "command", "instruct", "lobby", "encourage", "want", "expect", "oblige", "coax", "implore", "permit":
		return true
	}
	return false
}

func isRelative(s *english.Sentence, i int) bool {
	switch strings.ToLower(s.Tokens[i].Form) {
	case "who", "which", "that", "whom":
		return s.Tokens[i].Feat("PronType") == "Rel" || s.Tokens[i].UPOS == "PRON" || s.Tokens[i].XPOS == "WDT" || s.Tokens[i].XPOS == "WP"
	}
	return false
}

// IsPassive reports whether the clause headed by token i is in the passive.
func IsPassive(s *english.Sentence, i int) bool {
	if s.Child(i, "aux:pass") >= 0 {
		return true
	}
	if s.Child(i, "nsubj:pass", "csubj:pass") >= 0 {
		// In "The premier called for sanctions." the parser may take "called" for a
		// participle; only a headline leaves out what makes it one.
		main := base(s.Tokens[i].Rel) == "root" || base(s.Tokens[i].Rel) == "ccomp"
		return !main || s.Child(i, "aux") >= 0 || !strings.HasSuffix(s.Tokens[len(s.Tokens)-1].Form, ".")
	}
	return base(s.Tokens[i].Rel) == "acl" && s.Tokens[i].XPOS == "VBN" && s.Child(i, "nsubj") < 0
}

// Agent gives the "by" phrase of a passive clause, or -1.
func Agent(s *english.Sentence, i int) int {
	for c := range s.Children(i) {
		if k := Case(s, c); base(s.Tokens[c].Rel) == "obl" && k == "by" && (s.Tokens[c].Rel == "obl:agent" || IsPassive(s, i)) {
			return c
		}
	}
	return -1
}

// Case gives the preposition of a noun in lower case, the words of a fixed one
// joined with "_": "according_to". "" when it has none.
func Case(s *english.Sentence, i int) string {
	for c := range s.Children(i) {
		if base(s.Tokens[c].Rel) == "case" && s.Tokens[c].Form != "’s" && s.Tokens[c].Form != "'s" {
			word := strings.ToLower(s.Tokens[c].Form)
			for f := range s.Children(c) {
				if base(s.Tokens[f].Rel) == "fixed" {
					word += "_" + strings.ToLower(s.Tokens[f].Form)
				}
			}
			// Some parses make "according" and "to" two prepositions.
			if n := c + 1; n < len(s.Tokens) && s.Tokens[n].Head == i && base(s.Tokens[n].Rel) == "case" {
				word += "_" + strings.ToLower(s.Tokens[n].Form)
			}
			return word
		}
	}
	return ""
}

// Oblique gives the first dependent of token i under one of the prepositions,
// or -1.
func Oblique(s *english.Sentence, i int, prepositions ...string) int {
	for c := range s.Children(i) {
		switch base(s.Tokens[c].Rel) {
		case "obl", "nmod":
			if slices.Contains(prepositions, Case(s, c)) {
				return c
			}
		}
	}
	return -1
}

// Negation gives the word that negates token i: "not", "never", or a "no" that
// determines it. -1 when it is not negated.
func Negation(s *english.Sentence, i int) int {
	for c := range s.Children(i) {
		switch strings.ToLower(s.Tokens[c].Form) {
		case "not", "n't", "n’t", "never", "no", "neither", "nor":
			if Is(s, c, "advmod", "det", "cc:preconj") {
				return c
			}
		}
	}
	return -1
}

// Modal gives the modal auxiliary of token i in full form ("will" for "'ll",
// "would" for "'d") and its index, or "" and -1. "had" contracted to "'d" is
// no modal.
func Modal(s *english.Sentence, i int) (string, int) {
	for c := range s.Children(i) {
		if base(s.Tokens[c].Rel) != "aux" {
			continue
		}
		switch f := strings.ToLower(s.Tokens[c].Form); f {
		case "will", "’ll", "'ll", "wo":
			return "will", c
		case "would", "could", "may", "might", "shall", "should", "must", "can", "ought":
			return f, c
		case "’d", "'d":
			if l := Lemma(s, c); l == "would" || l == "will" {
				return "would", c
			}
		}
	}
	return "", -1
}

// HasAux reports whether token i has an auxiliary of the lemma.
func HasAux(s *english.Sentence, i int, lemma string) bool {
	for c := range s.Children(i) {
		if base(s.Tokens[c].Rel) == "aux" && Lemma(s, c) == lemma {
			return true
		}
	}
	return false
}

// IsPast reports whether the clause headed by token i is told as past: a past
// tense, or a past auxiliary. The present perfect is not past.
func IsPast(s *english.Sentence, i int) bool {
	t := &s.Tokens[i]
	for c := range s.Children(i) {
		switch base(s.Tokens[c].Rel) {
		case "aux", "cop":
			switch s.Tokens[c].XPOS {
			case "VBD":
				return true
			case "VBZ", "VBP", "MD":
				return false
			}
		}
	}
	return t.XPOS == "VBD"
}

// Phrase gives the first and the last token of the noun phrase headed by token
// i: its dependents without its preposition, its relative clauses, its
// appositions, its conjuncts, or the punctuation around it.
func Phrase(s *english.Sentence, i int) (first, last int) { return phrase(s, i, false) }

// WholePhrase is Phrase with the conjuncts.
func WholePhrase(s *english.Sentence, i int) (first, last int) { return phrase(s, i, true) }

func phrase(s *english.Sentence, i int, conjuncts bool) (first, last int) {
	in := make([]bool, len(s.Tokens))
	in[i] = true
	// A dependent is in when everything between it and the head is: phrases are
	// contiguous. Heads come before their dependents only by walking outward.
	var take func(h, depth int)
	take = func(h, depth int) {
		if depth > len(s.Tokens) {
			return
		}
		for c := range s.Children(h) {
			if h == i {
				switch base(s.Tokens[c].Rel) {
				case "case", "mark", "cc", "punct", "appos", "parataxis", "nsubj", "cop", "aux", "csubj", "advcl", "discourse", "expl", "obj", "dislocated", "list", "orphan":
					if c < i && base(s.Tokens[c].Rel) == "punct" && isHyphen(s, c) {
						break
					}
					continue
				case "conj":
					if !conjuncts {
						continue
					}
				case "obl", "advmod":
					if s.Child(i, "cop") >= 0 {
						continue
					}
				case "acl":
					if s.Tokens[c].Rel == "acl:relcl" || s.Child(c, "nsubj", "nsubj:pass") >= 0 {
						continue
					}
				}
			} else if c > h {
				// What is said besides of a name inside the phrase is no part of it.
				switch base(s.Tokens[c].Rel) {
				case "appos", "parataxis":
					continue
				case "acl":
					if s.Tokens[c].Rel == "acl:relcl" && (s.Tokens[h].UPOS == "PROPN" || afterComma(s, c, h)) {
						continue
					}
				}
			}
			in[c] = true
			take(c, depth+1)
		}
	}
	take(i, 0)
	first, last = i, i
	for first > 0 && in[first-1] {
		first--
	}
	for last+1 < len(s.Tokens) && (in[last+1] || last+2 < len(s.Tokens) && isHyphen(s, last+1) && in[last+2]) {
		last++
	}
	for last > i && s.Tokens[last].UPOS == "PUNCT" && s.Tokens[last].Form != ")" && s.Tokens[last].Form != "]" {
		last--
	}
	for first < i && (s.Tokens[first].UPOS == "PUNCT" || s.Tokens[first].UPOS == "CCONJ") {
		first++
	}
	return first, last
}

// afterComma reports whether a comma parts clause c from the noun h before it.
func afterComma(s *english.Sentence, c, h int) bool {
	for k := h + 1; k < c; k++ {
		if s.Tokens[k].Form == "," {
			return true
		}
	}
	return false
}

func isHyphen(s *english.Sentence, i int) bool {
	switch s.Tokens[i].Form {
	case "-", "‑", "–":
		return i > 0 && s.Tokens[i-1].End == s.Tokens[i].Start
	}
	return false
}

// Tree gives the first and the last token of the run of words around token i
// that hang under it, without the punctuation and conjunction at its ends.
func Tree(s *english.Sentence, i int) (first, last int) {
	in := make([]bool, len(s.Tokens))
	for j := range s.Tokens {
		in[j] = Under(s, j, i)
	}
	first, last = i, i
	for first > 0 && in[first-1] {
		first--
	}
	for last+1 < len(s.Tokens) && in[last+1] {
		last++
	}
	return Trim(s, first, last)
}

// Trim takes punctuation off both ends and a conjunction off the front.
func Trim(s *english.Sentence, first, last int) (int, int) {
	for last > first && s.Tokens[last].UPOS == "PUNCT" && s.Tokens[last].Form != ")" && s.Tokens[last].Form != "]" {
		last--
	}
	for first < last && (s.Tokens[first].UPOS == "PUNCT" && s.Tokens[first].Form != "(" && s.Tokens[first].Form != "[" || base(s.Tokens[first].Rel) == "cc") {
		first++
	}
	return first, last
}

// Span gives the characters from the first to the last token, both included.
func Span(s *english.Sentence, first, last int) english.Span {
	return english.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End}
}
