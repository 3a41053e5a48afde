package event

import (
	"slices"
	"strings"

	"chancery"
	"chancery/english"
	"chancery/english/lexicon"
)

// farthestBack is how many sentences an act may lie behind the words that take
// it up again: "the offer".
const farthestBack = 4

// An asking, an offer or an answer is always somebody's to somebody, so one
// that names no recipient leaves him to what was told before.
var (
	owedWords = set("ask", "request", "demand", "seek", "propose", "suggest", "offer", "refuse", "reject", "decline",
		"accept", "spurn", "rebuff", "initiate", "solicit", "want", "push", "press", "call")
	takingUp = set("the", "this", "that", "these", "those")
)

// takeUp gives candidates without a known recipient the other party of what
// their object takes up: in "Chile offered Peru a port. Peru refused the offer"
// the refusal goes to Chile. earlier are the events of the sentences before.
func (f *finder) takeUp(all []candidate, doc *english.Doc, earlier []chancery.Event) {
	for n := range all {
		k := &all[n]
		if k.isNoun || k.isPassive || k.reciprocal || !owedWords[f.lemmas[k.trigger]] || k.recipient.head >= 0 && !isUnknown(k.recipient.parties) {
			continue
		}
		thing := f.taken(k.trigger)
		if thing < 0 || k.recipient.head >= 0 && k.recipient.head != thing {
			continue
		}
		p, ok := f.opposite(k.actor.parties, doc, earlier)
		if !ok && f.isTold(thing, doc) {
			p, ok = f.onlyOther(k.actor.parties, doc)
		}
		if ok {
			p.Mention = chancery.ByteRange(f.Tokens[thing].Span)
			k.recipient = side{head: -1, parties: []chancery.Party{p}}
			k.path = []int{k.trigger} // "requested the cut" cuts nothing
		}
	}
}

// taken gives the definite noun that verb i has for its object and that says
// nothing of its own of what it is; -1 for none.
func (f *finder) taken(i int) int {
	thing := f.kid(i, "obj")
	if thing < 0 {
		for _, c := range f.kids[i] {
			if f.rel(c) == "obl" && f.preposition(c) == "for" {
				thing = c
			}
		}
	}
	if thing < 0 || f.Tokens[thing].UPOS != "NOUN" {
		return -1
	}
	if d := f.kid(thing, "det"); d < 0 || !takingUp[f.lemmas[d]] {
		return -1
	}
	if f.has(thing, "acl", "nmod") {
		return -1 // "the offer of Peru", "the chance to speak": it says itself what it is
	}
	if c := f.nouns; c != nil && c.Class(f.lemmas[thing]) == lexicon.Person {
		return -1
	}
	return thing
}

// isTold reports whether the noun names an act, or something that the sentences
// before name.
func (f *finder) isTold(thing int, doc *english.Doc) bool {
	if isActNoun(f.lemmas[thing]) {
		return true
	}
	for b := max(0, f.sentence-farthestBack); b < f.sentence; b++ {
		for j := range doc.Sentences[b].Tokens {
			t := &doc.Sentences[b].Tokens[j]
			if t.UPOS == "NOUN" && strings.EqualFold(t.Lemma, f.lemmas[thing]) {
				return true
			}
		}
	}
	return false
}

// opposite gives who stood on the other side from the given parties in the
// nearest event before.
func (f *finder) opposite(of []chancery.Party, doc *english.Doc, earlier []chancery.Event) (chancery.Party, bool) {
	from := 0
	if b := f.sentence - farthestBack; b > 0 {
		from = doc.Sentences[b].Start
	}
	isOurs := func(p chancery.Party) bool { return isSameSide(of, p) }
	for n := len(earlier) - 1; n >= 0 && earlier[n].Sentence.Start >= from; n-- {
		e := &earlier[n]
		there := e.Recipients
		if slices.ContainsFunc(e.Recipients, isOurs) {
			there = e.Actors
		} else if !slices.ContainsFunc(e.Actors, isOurs) {
			continue
		}
		if k := slices.IndexFunc(there, func(p chancery.Party) bool { return hasState(p.Code) && !isOurs(p) }); k >= 0 {
			return there[k], true
		}
	}
	return chancery.Party{}, false
}

// onlyOther gives the one state beside the given parties' own that the nearest
// sentence before with such a one speaks of.
func (f *finder) onlyOther(of []chancery.Party, doc *english.Doc) (chancery.Party, bool) {
	for b := f.sentence - 1; b >= max(0, f.sentence-2); b-- {
		var only []chancery.Party
		for j := range doc.Sentences[b].Tokens {
			switch doc.Sentences[b].Tokens[j].UPOS {
			case "PROPN", "NOUN":
			default:
				continue
			}
			if p, ok := f.cast.Party(b, j); ok && hasState(p.Code) && !isSameSide(of, p) && !isSameSide(only, p) {
				only = append(only, p)
			}
		}
		if len(only) > 0 {
			return only[0], len(only) == 1
		}
	}
	return chancery.Party{}, false
}

// isSameSide reports whether a party is of the state of one of the given.
func isSameSide(of []chancery.Party, p chancery.Party) bool {
	return slices.ContainsFunc(of, func(o chancery.Party) bool {
		return p.Code != "" && chancery.StateOf(p.Code) == chancery.StateOf(o.Code) || p.Code == "" && p.Name == o.Name
	})
}

// hasState reports whether a code names a state or a body, and not only what
// sort of people the party is.
func hasState(code string) bool { return code != "" && !slices.Contains(chancery.Sectors(), code) }
