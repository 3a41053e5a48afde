package good

import (
	"slices"
	"strings"

	"chancery"
	"chancery/coder/clause"
	"chancery/coder/figure"
	"chancery/coder/good/kind"
	"chancery/english"
)

// thing is a phrase that names a good of one kind.
type thing struct {
	head        int
	first, last int
	kind        chancery.GoodKind
	probability float64
	trust       trust
}

// relations are nouns for what two states have with each other.
var relations = map[string]bool{"tie": true, "ties": true, "relation": true, "relations": true, "link": true, "links": true, "partnership": true, "alliance": true, "friendship": true, "cooperation": true}

// trust is how far a phrase is believed to name a good of its kind.
type trust uint8

const (
	hinted trust = iota // some word of it speaks for a kind
	likely              // likelier a good than none
	sure                // and of that kind rather than of others
)

// things cuts a noun phrase with its conjuncts into goods, joining neighbours
// of one kind: "access to bases and ports" is two, "rifles and tanks" one.
func (r *reader) things(sentence, head, verb int) []thing {
	s := &r.doc.Sentences[sentence]
	if u := s.Tokens[head].UPOS; u == "PRON" || u == "DET" || u == "NUM" {
		return nil
	}
	var out []thing
	add := func(t thing, ok bool) {
		if !ok {
			return
		}
		if n := len(out); n > 0 && out[n-1].kind == t.kind {
			out[n-1].last = max(out[n-1].last, t.last)
			out[n-1].trust = max(out[n-1].trust, t.trust)
			out[n-1].probability = max(out[n-1].probability, t.probability)
			return
		}
		out = append(out, t)
	}
	heads := []int{head}
	for c := range s.Children(head) {
		if clause.Is(s, c, "conj") && s.Tokens[c].UPOS != "VERB" {
			heads = append(heads, c)
		}
	}
	for _, h := range heads {
		// "access to bases and seaports": each conjunct under the preposition
		// with the words of the head.
		split := -1
		for c := range s.Children(h) {
			if clause.Is(s, c, "nmod") && c > h && clause.Case(s, c) != "with" && clause.Case(s, c) != "from" {
				for k := range s.Children(c) {
					if clause.Is(s, k, "conj") && !r.isParty(sentence, k) {
						split = c
					}
				}
				break
			}
		}
		first, last := clause.Phrase(s, h)
		if split < 0 || r.isParty(sentence, split) {
			add(r.judge(sentence, h, verb, first, last, nil))
			continue
		}
		_, end := clause.Phrase(s, split)
		add(r.judge(sentence, h, verb, first, max(end, h), nil))
		for _, k := range conjuncts(s, split) {
			f, l := clause.Phrase(s, k)
			add(r.judge(sentence, k, verb, f, l, []int{h}))
		}
	}
	return out
}

// judge asks the model for the kind of the words first..last; more are words
// outside of them that belong to the phrase.
func (r *reader) judge(sentence, head, verb, first, last int, more []int) (thing, bool) {
	s := &r.doc.Sentences[sentence]
	for t := head + 1; t <= last; t++ {
		if connective(s, t) >= 2 {
			last = t - 1 // "arms in exchange for bases"
			break
		}
	}
	if last < first {
		return thing{}, false
	}
	words := r.words(sentence, head, first, last)
	if relations[clause.Lemma(s, head)] || relations[strings.ToLower(s.Tokens[head].Form)] {
		// Ties with a state that the text is not about are a promise about a third.
		for t := head; t <= last; t++ {
			if p, ok := r.party(sentence, t); ok && isState(p.Code) && chancery.StateOf(p.Code) != r.pair[0].Code && chancery.StateOf(p.Code) != r.pair[1].Code && s.Tokens[t].UPOS == "PROPN" {
				words = append(words, kind.Word{Lemma: "rival", Place: kind.Inside})
				break
			}
		}
	}
	for _, m := range more {
		words = append(words, kind.Word{Lemma: clause.Lemma(s, m), Place: kind.Inside})
	}
	if verb >= 0 && s.Tokens[verb].UPOS == "VERB" {
		words = append(words, kind.Word{Lemma: clause.Lemma(s, verb), Place: kind.Verb})
	}
	if pacts[clause.Lemma(s, head)] && !slices.ContainsFunc(words, func(w kind.Word) bool {
		return w.Place == kind.Inside && r.kinds.Knows([]kind.Word{w})
	}) {
		// "a sweeping deal": of no kind but that the two will have something
		// between them.
		return thing{head: head, first: first, last: last, kind: "diplomatic", probability: surely, trust: likely}, true
	}
	if !r.kinds.Knows(words) {
		return thing{}, false
	}
	k, p, isGood := r.kinds.Of(words)
	return thing{head: head, first: first, last: last, kind: k, probability: p, trust: trustIn(p, isGood)}, true
}

func trustIn(p float64, isGood bool) trust {
	switch {
	case isGood && p >= surely:
		return sure
	case isGood:
		return likely
	}
	return hinted
}

// surely is the least probability of a kind that a phrase is believed at without
// an act between two parties to bear it out.
const surely = 0.3

// words gives the telling words of a phrase with their places. Names of parties
// say whose a thing is, not what it is.
func (r *reader) words(sentence, head, first, last int) []kind.Word {
	s := &r.doc.Sentences[sentence]
	var out []kind.Word
	for t := first; t <= last; t++ {
		if !content(s, t) || t != head && r.isName(sentence, t) {
			continue
		}
		place := kind.Inside
		if t == head {
			place = kind.Head
		}
		out = append(out, r.word(s, t, place))
	}
	return out
}

// isName reports whether a token names a party, or a state by its adjective.
func (r *reader) isName(sentence, t int) bool {
	switch r.doc.Sentences[sentence].Tokens[t].UPOS {
	case "PROPN":
		// The name of a firm or a fund says what it deals in.
		p, ok := r.party(sentence, t)
		return ok && isState(p.Code)
	case "ADJ":
		_, ok := r.cast.Adjective(sentence, t)
		return ok
	}
	return false
}

// word gives a token by its lemma, or by its form where only that is known.
func (r *reader) word(s *english.Sentence, t int, place kind.Place) kind.Word {
	w := kind.Word{Lemma: clause.Lemma(s, t), Place: place}
	if form := (kind.Word{Lemma: strings.ToLower(s.Tokens[t].Form), Place: place}); !r.kinds.Knows([]kind.Word{w}) && r.kinds.Knows([]kind.Word{form}) {
		return form
	}
	return w
}

// clauseThing is a whole clause taken for the good: "reduce its ties with
// China". A state in it that is none of the two sides is the third party that
// promises of alignment are about; the model knows it as "the rival".
func (r *reader) clauseThing(sentence, verb int, giver, receiver chancery.Party) (thing, bool) {
	s := &r.doc.Sentences[sentence]
	first, last := verb, verb
	object := s.Child(verb, "obj", "xcomp", "obl", "ccomp")
	if object >= 0 && object > verb {
		_, last = clause.Tree(s, object)
		if clause.Is(s, object, "obj") {
			_, last = clause.WholePhrase(s, object)
		}
	}
	for c := range s.Children(verb) {
		// "reduce or sever", and what the verb is done with.
		if c > last && clause.Is(s, c, "obl") {
			_, l := clause.WholePhrase(s, c)
			last = max(last, l)
		}
		if clause.Is(s, c, "conj") && s.Tokens[c].UPOS == "VERB" {
			if o := s.Child(c, "obj"); o >= 0 && object < 0 {
				object = o
				_, last = clause.WholePhrase(s, o)
			}
		}
	}
	head := verb
	if object >= 0 {
		head = object
	}
	first, last = clause.Trim(s, first, last)
	words := []kind.Word{{Lemma: clause.Lemma(s, verb), Place: kind.Verb}}
	from, to := first, last
	if object >= 0 {
		from, to = clause.Phrase(s, object)
	}
	if object >= 0 {
		_, to = clause.WholePhrase(s, object)
	}
	words = append(words, r.words(sentence, head, from, to)...)
	for t := verb + 1; t <= last; t++ {
		p, ok := r.party(sentence, t)
		if ok && s.Tokens[t].UPOS == "PROPN" && chancery.StateOf(p.Code) != chancery.StateOf(giver.Code) && chancery.StateOf(p.Code) != chancery.StateOf(receiver.Code) {
			words = append(words, kind.Word{Lemma: "rival", Place: kind.Inside})
			break
		}
	}
	if !r.kinds.Knows(words) {
		return thing{}, false
	}
	k, p, isGood := r.kinds.Of(words)
	return thing{head: verb, first: first, last: last, kind: k, probability: p, trust: trustIn(p, isGood)}, true
}

// amount reads the value printed in the phrase, or, of a change, in its clause.
func (r *reader) amount(sentence, verb, first, last int) *chancery.Amount {
	s := &r.doc.Sentences[sentence]
	values := figure.Values(r.doc, sentence)
	start, end := s.Tokens[first].Start, s.Tokens[last].End
	at := slices.IndexFunc(values, func(v figure.Value) bool { return start <= v.Start && v.End <= end && !v.Duration })
	if at < 0 && verb >= 0 {
		// "lowered tariffs from 29% to 19%", "paid US$ 5,000": beside the phrase,
		// under the same verb.
		at = slices.IndexFunc(values, func(v figure.Value) bool {
			k := slices.IndexFunc(s.Tokens, func(t english.Token) bool { return t.End > v.Start })
			return k >= 0 && v.Unit != "" && !v.Duration && clause.Of(s, k) == clause.Of(s, verb)
		})
	}
	if at < 0 {
		return nil
	}
	v := values[at]
	a := &chancery.Amount{Text: chancery.ByteRange(v.Span), Low: v.Number, High: v.Number, Unit: v.Unit}
	if v.HasTo {
		a.High, a.From = v.To, v.Change
	}
	if v.Change && at+1 < len(values) {
		// As printed, with the word before it: "from 29% to 19%".
		a.Text = chancery.ByteRange{Start: min(v.Start, values[at+1].Start), End: max(v.End, values[at+1].End)}
		if i := strings.LastIndex(r.doc.Text[:a.Text.Start], "from "); i >= s.Start && i+len("from ") == a.Text.Start {
			a.Text.Start = i
		}
	}
	a.Per = r.per(sentence, v)
	return a
}

// per gives what a price is for one of: "per barrel", "a year", "for a single
// suspect", "each".
func (r *reader) per(sentence int, v figure.Value) string {
	s := &r.doc.Sentences[sentence]
	for i := range s.Tokens {
		if s.Tokens[i].Start < v.End || i+1 >= len(s.Tokens) {
			continue
		}
		switch form := s.Tokens[i].Form; {
		case form == "per":
			return clause.Lemma(s, i+1)
		case form == "a" || form == "an" || form == "each":
			if l := clause.Lemma(s, i+1); isPeriod(l) {
				return l
			}
		case form == "for" && v.Unit != "":
			// "for a single suspect", "for each fighter"
			d := clause.Lemma(s, i+1)
			if d != "a" && d != "an" && d != "each" && d != "every" && d != "one" {
				return ""
			}
			for k := i + 1; k < len(s.Tokens) && k < i+6; k++ {
				if s.Tokens[k].UPOS == "NOUN" && !clause.Is(s, k, "compound") {
					return clause.Lemma(s, k)
				}
			}
		}
		return ""
	}
	return ""
}

func isPeriod(lemma string) bool {
	switch lemma {
	case "year", "month", "week", "day", "hour", "barrel", "head", "tonne", "ton":
		return true
	}
	return false
}

// rangeOf gives the bytes of tokens first..last.
func rangeOf(s *english.Sentence, first, last int) chancery.ByteRange {
	return chancery.ByteRange(clause.Span(s, first, last))
}
