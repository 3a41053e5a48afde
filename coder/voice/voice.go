// Package voice says who says so: for a clause, the chain of those the article
// gives it to, and for direct speech its marks and its speaker.
//
// In: a parsed text and its cast. Out: attributions from the article inward (an
// empty chain is the writer), and stretches of direct speech. It does not judge
// whether what is said is true, and it finds no events.
package voice

import (
	"slices"
	"strings"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/clause"
	"chancery/english"
)

// Voices holds what has been found of one text, so that asking for many clauses
// finds the direct speech once. It belongs to one goroutine.
type Voices struct {
	doc      *english.Doc
	cast     *actor.Cast
	pairs    []quoted // all words in marks, said by somebody or not
	speeches []Speech
}

// New reads the direct speech of a text.
func New(doc *english.Doc, cast *actor.Cast) *Voices {
	v := &Voices{doc: doc, cast: cast, pairs: between(doc.Text)}
	v.speeches = speeches(doc, v)
	return v
}

// Chain says who says the clause headed by a token, from the article inward;
// nil is the writer. It is New(doc, cast).Chain for a single question.
func Chain(doc *english.Doc, cast *actor.Cast, sentence, token int) []chancery.Attribution {
	return New(doc, cast).Chain(sentence, token)
}

// Speeches are the stretches of direct speech in the order of the text, scare
// quotes and titles left out.
func (v *Voices) Speeches() []Speech { return v.speeches }

// SpeechAt gives the direct speech that a byte of the text stands in.
func (v *Voices) SpeechAt(offset int) (Speech, bool) {
	for _, s := range v.speeches {
		if s.Text.Start <= offset && offset < s.Text.End {
			return s, true
		}
	}
	return Speech{}, false
}

// Chain says who says the clause headed by a token, from the article inward;
// nil is the writer. A sentence that only continues what the one before it
// reports ("In return, he sought …") takes that one's chain.
func (v *Voices) Chain(sentence, token int) []chancery.Attribution {
	s := &v.doc.Sentences[sentence]
	inner := v.within(s, sentence, token)
	if speech, ok := v.SpeechAt(s.Tokens[token].Start); ok && (speech.Speaker.Name != "" || speech.Speaker.Code != "") {
		l := chancery.Attribution{Kind: chancery.BySpeaker, Party: speech.Speaker}
		if !slices.ContainsFunc(inner, func(a chancery.Attribution) bool { return same(a.Party, l.Party) }) {
			inner = append(inner, l)
		}
	} else if len(inner) == 0 && sentence > 0 && continues(s) {
		if r := v.doc.Sentences[sentence-1].Root(); r >= 0 {
			inner = v.within(&v.doc.Sentences[sentence-1], sentence-1, v.reported(&v.doc.Sentences[sentence-1], r))
		}
	}
	slices.Reverse(inner)
	return inner
}

func same(a, b chancery.Party) bool {
	if a.Code != "" && b.Code != "" && a.Name != "" && b.Name != "" {
		return a.Code == b.Code && a.Name == b.Name
	}
	return a.Name == b.Name
}

// within climbs from a clause to the root and collects, innermost first, those
// it is given to on the way.
func (v *Voices) within(s *english.Sentence, sentence, token int) []chancery.Attribution {
	var chain []chancery.Attribution
	add := func(a chancery.Attribution) {
		if !slices.ContainsFunc(chain, func(o chancery.Attribution) bool { return o.Kind == a.Kind && same(o.Party, a.Party) }) {
			chain = append(chain, a)
		}
	}
	cur := clause.Of(s, token)
	for n := 0; cur >= 0 && n <= len(s.Tokens); n++ {
		for c := range s.Children(cur) {
			switch {
			case clause.Is(s, c, "obl", "nmod") && isAccording(clause.Case(s, c)):
				add(v.link(sentence, c))
			case clause.Is(s, c, "advmod") && hearsay[clause.Lemma(s, c)]:
				add(chancery.Attribution{Kind: chancery.ByUnnamed, Party: chancery.Party{Name: strings.ToLower(s.Tokens[c].Form), Mention: rng(s, c, c)}})
			case clause.Is(s, c, "parataxis", "advcl") && says[clause.Lemma(s, c)] && !clause.Under(s, token, c) && v.framing(s, c):
				if sub := clause.Subject(s, c); sub >= 0 && !clause.IsPassive(s, c) && !isExpletive(s, sub) {
					add(v.link(sentence, sub))
				} else if ag := byPhrase(s, c); ag >= 0 {
					add(v.link(sentence, ag))
				}
			}
		}
		h := s.Tokens[cur].Head
		if h < 0 {
			break
		}
		if a, ok := v.report(s, sentence, cur, h); ok {
			add(a)
		}
		// Climb by clauses; a noun that carries a clause ("the claim that …")
		// is a step of its own.
		cur = h
	}
	return chain
}

// framing reports whether clause c only frames the one it hangs on: ", she
// said", "as he put it", not a clause that tells of another saying.
func (v *Voices) framing(s *english.Sentence, c int) bool {
	if clause.Is(s, c, "parataxis") {
		return s.Child(c, "ccomp", "obj") < 0
	}
	m := s.Child(c, "mark", "advmod")
	return m >= 0 && strings.EqualFold(s.Tokens[m].Form, "as") && s.Child(c, "ccomp") < 0
}

// report reads the step from a clause to its head: "X said that …", "X is
// believed to …", "the claim that …".
func (v *Voices) report(s *english.Sentence, sentence, cur, h int) (chancery.Attribution, bool) {
	lemma := clause.Lemma(s, h)
	switch {
	case clause.Is(s, cur, "ccomp", "parataxis") && says[lemma] && s.Tokens[h].UPOS == "VERB",
		clause.Is(s, cur, "xcomp", "advcl", "obl") && opines[lemma] && clause.IsPassive(s, h):
		if clause.Is(s, cur, "parataxis") && s.Tokens[cur].Start > s.Tokens[h].Start && s.Child(h, "ccomp", "obj") >= 0 {
			return chancery.Attribution{}, false
		}
		if clause.IsPassive(s, h) {
			if ag := byPhrase(s, h); ag >= 0 {
				return v.link(sentence, ag), true
			}
			return chancery.Attribution{Kind: chancery.ByUnnamed, Party: chancery.Party{Name: strings.ToLower(s.Tokens[h].Form), Mention: rng(s, h, h)}}, true
		}
		if sub := clause.Subject(s, h); sub >= 0 && !isExpletive(s, sub) && v.speaks(s, sentence, sub, lemma) {
			return v.link(sentence, sub), true
		}
	case clause.Is(s, cur, "acl", "ccomp") && s.Tokens[h].UPOS == "NOUN" && claims[lemma] && s.Tokens[cur].Rel != "acl:relcl":
		for _, rel := range []string{"nmod:poss", "compound"} {
			if p := s.Child(h, rel); p >= 0 {
				return v.link(sentence, p), true
			}
		}
		if p := clause.Oblique(s, h, "by", "of", "from"); p >= 0 {
			return v.link(sentence, p), true
		}
		return chancery.Attribution{Kind: chancery.ByUnnamed, Party: chancery.Party{Name: clause.Lemma(s, h), Mention: rng(s, h, h)}}, true
	}
	return chancery.Attribution{}, false
}

// speaks reports whether the subject of a reporting verb is a voice at all. A
// fact may suggest or show something too ("The visit suggests that …"): then the
// writer speaks.
func (v *Voices) speaks(s *english.Sentence, sentence, subject int, verb string) bool {
	if _, ok := v.cast.Party(sentence, subject); ok {
		return true
	}
	lemma := clause.Lemma(s, subject)
	switch s.Tokens[subject].UPOS {
	case "PRON":
		switch lemma {
		case "it", "this", "that", "which", "these", "those", "what":
			return false
		}
		return true
	case "PROPN":
		return true
	}
	return unnamed[lemma] || publications[lemma] || !evident[verb]
}

// reported gives the innermost clause that the root of a sentence reports: of
// "Sources say X offered …" the offering.
func (v *Voices) reported(s *english.Sentence, root int) int {
	for n := 0; n < len(s.Tokens); n++ {
		if !says[clause.Lemma(s, root)] {
			break
		}
		c := s.Child(root, "ccomp")
		if c < 0 {
			break
		}
		root = c
	}
	return root
}

// link makes one voice of a noun phrase.
func (v *Voices) link(sentence, head int) chancery.Attribution {
	s := &v.doc.Sentences[sentence]
	if s.Tokens[head].UPOS == "NOUN" {
		// "said banker Jon Dahl": the name says who.
		if c := head + 1; c < len(s.Tokens) && s.Tokens[c].UPOS == "PROPN" &&
			(s.Tokens[c].Head == head && clause.Is(s, c, "flat", "appos", "nmod", "compound") || s.Tokens[c].Head == s.Tokens[head].Head && s.Tokens[c].Rel == s.Tokens[head].Rel) {
			head = c
		}
	}
	first, last := clause.Phrase(s, head)
	lemma := clause.Lemma(s, head)
	name := chancery.Party{Name: clause.Span(s, first, last).Of(v.doc.Text), Mention: rng(s, first, last)}
	if first < head && s.Tokens[first].UPOS == "DET" && s.Tokens[head].UPOS == "PROPN" {
		name = chancery.Party{Name: clause.Span(s, first+1, last).Of(v.doc.Text), Mention: rng(s, first+1, last)}
	}
	if publications[lemma] && s.Tokens[head].UPOS != "PROPN" {
		// "a report by the Gazette", "a Gazette report": the publisher is meant.
		outlet := -1
		for _, rel := range []string{"nmod:poss", "compound", "amod"} {
			if c := s.Child(head, rel); c >= 0 && s.Tokens[c].UPOS == "PROPN" {
				outlet = c
				break
			}
		}
		if outlet < 0 {
			if c := clause.Oblique(s, head, "by", "in", "from", "of"); c >= 0 && s.Tokens[c].UPOS == "PROPN" {
				outlet = c
			}
		}
		if outlet >= 0 {
			first, last = clause.Phrase(s, outlet)
			p := chancery.Party{Name: clause.Span(s, first, last).Of(v.doc.Text), Mention: rng(s, first, last)}
			if q, ok := v.cast.Party(sentence, outlet); ok && !isState(q.Code) {
				p.Code = q.Code
			}
			return chancery.Attribution{Kind: chancery.ByOutlet, Party: p}
		}
		return chancery.Attribution{Kind: chancery.ByUnnamed, Party: name}
	}
	if lemma == "i" || lemma == "we" {
		if sp, ok := v.SpeechAt(s.Tokens[head].Start); ok && sp.Speaker.Name != "" {
			return chancery.Attribution{Kind: chancery.BySpeaker, Party: sp.Speaker}
		}
	}
	named := s.Tokens[head].UPOS == "PROPN"
	if named && isOutlet(name.Name) {
		return chancery.Attribution{Kind: chancery.ByOutlet, Party: name}
	}
	if p, ok := v.cast.Party(sentence, head); ok {
		switch {
		case strings.HasSuffix(p.Code, "MED") && len(p.Code) > 3:
			return chancery.Attribution{Kind: chancery.ByOutlet, Party: p}
		case !named && unnamed[lemma] && plural(s, head):
			// "US officials" has a code but no name: nobody stands up for it.
			p.Name = name.Name
			return chancery.Attribution{Kind: chancery.ByUnnamed, Party: p}
		}
		return chancery.Attribution{Kind: chancery.BySpeaker, Party: p}
	}
	if named || s.Tokens[head].UPOS == "PRON" && !indefinite[lemma] {
		return chancery.Attribution{Kind: chancery.BySpeaker, Party: name}
	}
	return chancery.Attribution{Kind: chancery.ByUnnamed, Party: name}
}

func plural(s *english.Sentence, i int) bool {
	return s.Tokens[i].XPOS == "NNS" || s.Tokens[i].Feat("Number") == "Plur"
}

// isState reports whether a code is a bare state's.
func isState(code string) bool { return len(code) == 3 }

func isExpletive(s *english.Sentence, i int) bool {
	return clause.Is(s, i, "expl")
}

func byPhrase(s *english.Sentence, i int) int {
	if a := clause.Agent(s, i); a >= 0 {
		return a
	}
	return clause.Oblique(s, i, "by")
}

func isAccording(c string) bool {
	return c == "according_to" || c == "as_per" || c == "in_the_words_of"
}

func rng(s *english.Sentence, first, last int) chancery.ByteRange {
	return chancery.ByteRange(clause.Span(s, first, last))
}

// continues reports whether a sentence opens by going on with what the one
// before it tells.
func continues(s *english.Sentence) bool {
	var words []string
	for i := range s.Tokens {
		if i == 3 {
			break
		}
		words = append(words, strings.ToLower(s.Tokens[i].Form))
	}
	for len(words) < 3 {
		words = append(words, "")
	}
	switch words[0] {
	case "in":
		return words[1] == "return" || words[1] == "exchange" || words[1] == "turn" || words[1] == "addition" && words[2] == ","
	case "also", "otherwise":
		return true
	case "under", "as":
		return words[2] == "deal" || words[2] == "plan" || words[2] == "proposal" || words[2] == "arrangement" || words[1] == "part"
	}
	return (words[0] == "he" || words[0] == "she" || words[0] == "it" || words[0] == "they") && words[1] == "also"
}
