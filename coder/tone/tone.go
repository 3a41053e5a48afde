// Package tone marks the words by which a text judges an actor: how it is
// described, what it is said to have, what it is said to do, how its own words
// are passed on.
//
// In: a parsed text, its cast, who says what. Out: tones, each with the words
// that judge, whom they judge and who judges (an empty attribution is the writer).
// It goes by the tree and a short list of words that judge (words.txt), leaves
// out what is only asked, supposed or to come, and does not read irony.
package tone

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/clause"
	"chancery/coder/voice"
	"chancery/english"
)

//go:embed words.txt
var wordList string

// strongest is the weight that counts as 1.
const strongest = 3

// Finder knows the words that judge. It is safe for concurrent use.
type Finder struct {
	words map[string]map[string]float64 // where a word counts, and its lemma: -1..1
}

// New reads the list of words.
func New() (*Finder, error) {
	f := &Finder{words: map[string]map[string]float64{"is": {}, "behind": {}, "quality": {}, "does": {}, "gets": {}, "says": {}}}
	n := 0
	for line := range strings.Lines(wordList) {
		n++
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		where := f.words[fields[0]]
		weight, err := strconv.Atoi(fields[min(1, len(fields)-1)])
		if where == nil || err != nil || weight == 0 || max(weight, -weight) > strongest {
			return nil, fmt.Errorf("words.txt, line %d: want where a word counts, its weight and the words", n)
		}
		for _, w := range fields[2:] {
			where[w] = math.Round(100*float64(weight)/strongest) / 100
		}
	}
	return f, nil
}

// finding is a text being read.
type finding struct {
	*Finder
	doc    *english.Doc
	cast   *actor.Cast
	voices *voice.Voices
	out    []chancery.Tone
}

// From marks the tones of a text, in its order, without their ids.
func (f *Finder) From(doc *english.Doc, cast *actor.Cast, voices *voice.Voices) []chancery.Tone {
	x := &finding{Finder: f, doc: doc, cast: cast, voices: voices}
	for i := range doc.Sentences {
		if s := &doc.Sentences[i]; !isQuestion(s) && !isSupposed(s) {
			for t := range s.Tokens {
				x.read(s, i, t)
			}
		}
	}
	slices.SortStableFunc(x.out, func(a, b chancery.Tone) int { return a.Words.Start - b.Words.Start })
	return x.out
}

func isQuestion(s *english.Sentence) bool {
	return len(s.Tokens) > 0 && strings.HasPrefix(s.Tokens[len(s.Tokens)-1].Form, "?")
}

// isSupposed reports whether a sentence tells of what would follow from something.
func isSupposed(s *english.Sentence) bool {
	return slices.ContainsFunc(s.Tokens, func(t english.Token) bool {
		return t.Rel == "mark" && (strings.EqualFold(t.Form, "if") || strings.EqualFold(t.Form, "unless"))
	})
}

// read marks what the word t judges.
func (x *finding) read(s *english.Sentence, sentence, t int) {
	lemma := clause.Lemma(s, t)
	w := x.words
	switch s.Tokens[t].UPOS {
	case "ADJ":
		if v := cmpOr(w["is"][lemma], w["is"][strings.ToLower(s.Tokens[t].Form)]); v != 0 {
			x.describes(s, sentence, t, v)
		}
		if v := w["behind"][lemma]; v != 0 && s.Child(t, "cop") >= 0 {
			x.predicateAs(s, sentence, t, t, v)
		}
	case "NOUN", "PROPN":
		if v := w["is"][lemma]; v != 0 && s.Tokens[t].UPOS == "NOUN" {
			x.names(s, sentence, t, v)
		}
		if v := w["quality"][lemma]; v != 0 && s.Tokens[t].UPOS == "NOUN" {
			if p := s.Child(t, "nmod:poss"); p >= 0 && clause.Negation(s, t) < 0 && !isDoubted(s, t) {
				x.mark(s, sentence, t, t, p, chancery.ToneHas, v)
			}
		}
	case "VERB":
		if h := s.Tokens[t].Head; isScare(s, t) && h >= 0 && clause.Is(s, t, "amod") {
			x.mark(s, sentence, t, h, h, chancery.ToneIs, scare)
			return
		}
		x.acts(s, sentence, t, lemma)
	}
}

// scare is the weight of words that take back a title: "the self-styled marshal".
const scare = -.33

// isScare reports whether the word ends "self-styled", "self-proclaimed",
// "self-appointed".
func isScare(s *english.Sentence, t int) bool {
	switch strings.ToLower(s.Tokens[t].Form) {
	case "styled", "proclaimed", "appointed":
		return t >= 2 && strings.EqualFold(s.Tokens[t-2].Form, "self")
	}
	return false
}

// isDoubted reports whether a noun stands under words that say it is lacking:
// "scepticism of America's reliability", "undermined its credibility".
func isDoubted(s *english.Sentence, t int) bool {
	h := s.Tokens[t].Head
	if h < 0 {
		return false
	}
	switch clause.Lemma(s, h) {
	case "scepticism", "skepticism", "doubt", "lack", "absence", "loss", "question", "limit", "end", "erosion", "decline", "test", "undermine", "erode", "weaken",
		"lose", "exhaust", "challenge", "deny", "reject", "dispute", "need", "demand", "prove", "restore":
		return true
	}
	return false
}

func cmpOr(a, b float64) float64 {
	if a != 0 {
		return a
	}
	return b
}

// describes reads an adjective: "the reckless general", "the general is
// reckless", "a reckless general, Munir", "Munir's reckless policy".
func (x *finding) describes(s *english.Sentence, sentence, t int, v float64) {
	h := s.Tokens[t].Head
	switch {
	case h < 0 || clause.IsClause(s, t):
		x.predicate(s, sentence, t, v)
	case clause.Is(s, t, "amod"):
		if !isAny(s, h) {
			x.mark(s, sentence, t, h, h, chancery.ToneIs, v)
		}
		x.noun(s, sentence, t, h, v)
	case clause.Is(s, t, "conj"):
		// "reckless and arrogant": as the first.
		if clause.Is(s, h, "amod") && s.Tokens[h].Head >= 0 && len(x.judged(s, sentence, s.Tokens[h].Head)) > 0 {
			x.mark(s, sentence, t, s.Tokens[h].Head, s.Tokens[h].Head, chancery.ToneIs, v)
		}
	}
}

// isAny reports whether a name stands for what it might be: "a peaceful Mali is
// good for all".
func isAny(s *english.Sentence, h int) bool {
	d := s.Child(h, "det")
	return s.Tokens[h].UPOS == "PROPN" && d >= 0 && s.Tokens[d].Feat("Definite") == "Ind"
}

// noun passes a judgement on a noun on to whom the noun is said of: "Munir, a
// reckless general", "Munir is a reckless general".
func (x *finding) noun(s *english.Sentence, sentence, t, h int, v float64) {
	switch {
	case clause.Is(s, h, "appos") && s.Tokens[h].Head >= 0:
		x.mark(s, sentence, t, h, s.Tokens[h].Head, chancery.ToneIs, v)
	case s.Child(h, "cop") >= 0:
		x.predicateAs(s, sentence, t, h, v)
	}
}

// names reads an epithet: "the dictator Munir", "Munir, a dictator", "Munir is a
// dictator".
func (x *finding) names(s *english.Sentence, sentence, t int, v float64) {
	h := s.Tokens[t].Head
	switch {
	case h >= 0 && clause.Is(s, t, "appos"):
		x.mark(s, sentence, t, t, h, chancery.ToneIs, v)
	case h >= 0 && clause.Is(s, t, "compound", "nmod:desc") && s.Tokens[h].UPOS == "PROPN":
		x.mark(s, sentence, t, h, h, chancery.ToneIs, v)
	case s.Child(t, "cop") >= 0:
		x.predicateAs(s, sentence, t, t, v)
	}
	for c := range s.Children(t) {
		if clause.Is(s, c, "appos", "flat") && s.Tokens[c].UPOS == "PROPN" {
			x.mark(s, sentence, t, t, c, chancery.ToneIs, v)
		}
	}
}

// predicate reads an adjective behind a copula, or behind "called", "branded".
func (x *finding) predicate(s *english.Sentence, sentence, t int, v float64) {
	if s.Child(t, "cop") >= 0 {
		x.predicateAs(s, sentence, t, t, v)
		return
	}
	if h := s.Tokens[t].Head; h >= 0 && clause.Is(s, t, "xcomp") && isCalling(clause.Lemma(s, h)) {
		if o := s.Child(h, "obj"); o >= 0 && x.isTold(s, h) {
			x.mark(s, sentence, t, h, o, chancery.ToneIs, v)
		}
	}
}

// predicateAs reads the subject of the clause that the predicate p heads.
func (x *finding) predicateAs(s *english.Sentence, sentence, t, p int, v float64) {
	if !x.isTold(s, p) {
		return
	}
	if clause.Negation(s, p) >= 0 {
		v = -v / 2
	}
	if sub := s.Child(p, "nsubj", "nsubj:outer"); sub >= 0 {
		x.mark(s, sentence, t, p, sub, chancery.ToneIs, v)
	}
}

// isCalling reports whether a verb says what its object is.
func isCalling(lemma string) bool {
	switch lemma {
	case "call", "brand", "label", "dub", "deem", "consider", "term", "declare", "find":
		return true
	}
	return false
}

// isTold reports whether a clause is told as so: not supposed, asked or to come.
func (x *finding) isTold(s *english.Sentence, p int) bool {
	if modal, _ := clause.Modal(s, p); modal != "" {
		return false
	}
	for c := range s.Children(p) {
		if clause.Is(s, c, "mark") {
			switch strings.ToLower(s.Tokens[c].Form) {
			case "whether", "to", "lest":
				return false
			}
		}
	}
	return true
}

// acts reads a verb: whose subject it judges, whose object its subject judges, or
// how it passes on what its subject says.
func (x *finding) acts(s *english.Sentence, sentence, t int, lemma string) {
	if !x.isTold(s, t) {
		return
	}
	w := x.words
	negated := clause.Negation(s, t) >= 0
	passive := clause.IsPassive(s, t)
	// "felt betrayed" is done to the subject.
	done := passive || s.Tokens[t].XPOS != "VBN" || s.Child(t, "aux") >= 0
	if v := w["does"][lemma]; v != 0 && !negated && done && s.Tokens[t].XPOS != "VB" {
		sub := clause.Subject(s, t)
		if passive {
			sub = clause.Agent(s, t)
		}
		if sub >= 0 {
			x.mark(s, sentence, t, t, sub, chancery.ToneDoes, v)
		}
	}
	if v := w["gets"][lemma]; v != 0 && !negated {
		object, by := s.Child(t, "obj"), clause.Subject(s, t)
		if passive {
			object, by = s.Child(t, "nsubj:pass"), clause.Agent(s, t)
		}
		if object >= 0 && by >= 0 {
			x.markBy(s, sentence, t, object, by, v)
		}
	}
	if v := w["says"][lemma]; v != 0 && !negated && !passive && s.Child(t, "obj") < 0 {
		if s.Child(t, "ccomp") < 0 && !clause.Is(s, t, "parataxis") {
			return
		}
		if sub := s.Child(t, "nsubj"); sub >= 0 {
			x.mark(s, sentence, t, t, sub, chancery.ToneSays, v)
		}
	}
}

// judged gives the actors that a phrase names and that can be judged: a part of a
// state, a state, a body, a person with a name.
func (x *finding) judged(s *english.Sentence, sentence, t int) []chancery.Party {
	switch s.Tokens[t].UPOS {
	case "NOUN", "PROPN":
	case "PRON":
		// "I" is the one who speaks; "it" is too often a thing.
		switch clause.Lemma(s, t) {
		case "he", "she", "they", "who", "his", "her", "their":
		default:
			return nil
		}
	default:
		return nil
	}
	p, ok := x.cast.Party(sentence, t)
	if !ok || p.Code == "" || slices.Contains(chancery.Sectors(), p.Code) || strings.HasSuffix(p.Code, "CVL") {
		return nil
	}
	return []chancery.Party{p}
}

// mark keeps what the words t say, in the clause of at, of the actor that the
// phrase headed by toward names.
func (x *finding) mark(s *english.Sentence, sentence, t, at, toward int, how chancery.ToneHow, v float64) {
	for _, p := range x.judged(s, sentence, toward) {
		words := chancery.ByteRange(s.Tokens[t].Span)
		if !chancery.ByteRange(s.Span).Contains(p.Mention) || p.Mention.IsZero() { // named before
			p.Mention = chancery.ByteRange(s.Tokens[toward].Span)
		}
		x.keep(s, words, p, how, v, x.chain(sentence, at, words))
	}
}

// chain says whose judgement it is. Words in quotation marks are the speaker's.
func (x *finding) chain(sentence, at int, words chancery.ByteRange) []chancery.Attribution {
	chain := x.voices.Chain(sentence, at)
	if len(chain) == 0 {
		if speech, ok := x.voices.SpeechAt(words.Start); ok {
			return []chancery.Attribution{{Kind: chancery.ByUnnamed, Party: speech.Speaker}}
		}
	}
	return chain
}

// markBy keeps that an actor is praised or blamed by another: the judgement is
// the other's.
func (x *finding) markBy(s *english.Sentence, sentence, t, object, by int, v float64) {
	for _, p := range x.judged(s, sentence, object) {
		judge, ok := x.cast.Party(sentence, by)
		if !ok {
			first, last := clause.Phrase(s, by)
			span := chancery.ByteRange(clause.Span(s, first, last))
			judge = chancery.Party{Name: span.Of(x.doc.Text), Mention: span}
		}
		if judge.Code != "" && judge.Code == p.Code && judge.Name == p.Name {
			continue // a phrase taken for another
		}
		kind := chancery.BySpeaker
		if judge.Code == "" && s.Tokens[by].UPOS != "PROPN" {
			kind = chancery.ByUnnamed
		}
		words := chancery.ByteRange(s.Tokens[t].Span)
		if !chancery.ByteRange(s.Span).Contains(p.Mention) || p.Mention.IsZero() {
			p.Mention = chancery.ByteRange(s.Tokens[object].Span)
		}
		x.keep(s, words, p, chancery.ToneGets, v, append(slices.Clone(x.voices.Chain(sentence, t)), chancery.Attribution{Kind: kind, Party: judge}))
	}
}

func (x *finding) keep(s *english.Sentence, words chancery.ByteRange, p chancery.Party, how chancery.ToneHow, v float64, chain []chancery.Attribution) {
	sentence := chancery.ByteRange(s.Span)
	for i := range x.out {
		if o := &x.out[i]; o.Words == words && o.Toward.Code == p.Code && o.Toward.Name == p.Name {
			return // "Kenya's president, a shrewd negotiator": both are he
		}
	}
	x.out = append(x.out, chancery.Tone{Sentence: sentence, Toward: p, Words: words, How: how, Score: v, Attribution: chain, Evidence: []chancery.Evidence{
		{Role: chancery.RoleSentence, ByteRange: sentence}, {Role: chancery.RoleTone, ByteRange: words}, {Role: chancery.RoleToward, ByteRange: p.Mention},
	}})
}
