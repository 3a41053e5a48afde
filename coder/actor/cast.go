package actor

import (
	"slices"
	"strings"

	"chancery"
	"chancery/english"
)

// The kinds of actor, as chancery.Actor.Kind has them.
const (
	kindState        = "state"
	kindOrganisation = "organisation"
	kindGroup        = "armed group"
	kindPerson       = "person"
)

// Cast knows who the noun phrases of one text denote. It is read-only once made.
type Cast struct {
	// fixed
	g   *Gazetteer
	doc *english.Doc
	day int32 // of the article, as 20250618; 0 when not known

	// made by Gazetteer.Cast, in this order
	words   [][]word           // of each sentence
	nouns   [][]*foundNoun     // of each sentence and token: the noun of the lexicon it ends, as far as asked
	names   []name             // in the order of the text
	spans   [][]int32          // of each sentence and token: index in names + 1, 0 for none
	people  []*person          // in the order of their first mention
	chains  [][]int32          // of each sentence and token: index in doc.Chains + 1 of the mention it heads
	apposed map[[2]int]*person // heads of appositions to a name: sentence and token
	bodies  map[string]string  // folded names of organisations the gazetteer does not have: code
	results [][]*referent      // of each sentence and token

	// scratch, used while results are made
	busy  map[[2]int]bool
	trail trail
}

// referent is what a token's phrase denotes.
type referent struct {
	parties []chancery.Party // more than one for "the two countries", "US and Pakistani officials"
	kind    string
	role    string
	actor   bool // false: no actor
	plain   bool // a noun whose state or group the text does not tell
}

// Cast reads who is who in the text. The article gives the date by which
// offices are looked up; nil or a zero date means now.
func (g *Gazetteer) Cast(doc *english.Doc, a *chancery.Article) *Cast {
	c := &Cast{g: g, doc: doc, busy: map[[2]int]bool{}, apposed: map[[2]int]*person{}, bodies: map[string]string{}}
	if a != nil && !a.Published.IsZero() {
		d := a.Published.First()
		c.day = int32(d.Year()*10000 + int(d.Month())*100 + d.Day())
	}
	c.nouns = make([][]*foundNoun, len(doc.Sentences))
	c.findNames()
	c.settleSeats()
	c.findChains()
	c.results = make([][]*referent, len(doc.Sentences))
	for s := range doc.Sentences {
		c.results[s] = make([]*referent, len(doc.Sentences[s].Tokens))
	}
	c.meetBodies()
	c.meetPeople()
	// Twice, for some are introduced by others: "Trump's envoy, Steve Witkoff".
	for range 2 {
		c.introduce()
		for s := range c.results {
			clear(c.results[s])
		}
	}
	for s := range doc.Sentences {
		for t := range doc.Sentences[s].Tokens {
			c.refer(s, t)
			c.note(s, t)
		}
	}
	c.busy = nil
	return c
}

// Party says who the noun phrase headed by a token denotes: by name, by title,
// by a noun with a state beside it, or through coreference. Of several ("the
// two countries") it is the first. False means no actor. A party whose Code is
// empty, or a sector alone, is an actor of whom the text does not tell more.
func (c *Cast) Party(sentence, token int) (chancery.Party, bool) {
	r := c.results[sentence][token]
	if r == nil || !r.actor || len(r.parties) == 0 {
		return chancery.Party{}, false
	}
	return r.parties[0], true
}

// Parties is Party for the phrase and for each of its conjuncts, in the order
// of the text, with plural groups ("the two countries", "US and Pakistani
// officials", "states such as Iran") written out. Nobody is named twice.
func (c *Cast) Parties(sentence, token int) []chancery.Party {
	return c.gather(nil, sentence, token, 0)
}

// maxDepth bounds recursion over trees, which may come from anywhere.
const maxDepth = 32

func (c *Cast) gather(parties []chancery.Party, sentence, token, depth int) []chancery.Party {
	if r := c.results[sentence][token]; r != nil && r.actor {
		for _, p := range r.parties {
			if !slices.ContainsFunc(parties, func(q chancery.Party) bool { return q.Code == p.Code && q.Name == p.Name }) {
				parties = append(parties, p)
			}
		}
	}
	if depth >= maxDepth {
		return parties
	}
	s := &c.doc.Sentences[sentence]
	for j := range s.Tokens {
		if s.Tokens[j].Head == token && relation(s.Tokens[j].Rel) == "conj" && isNominal(&s.Tokens[j]) {
			parties = c.gather(parties, sentence, j, depth+1)
		}
	}
	return parties
}

// Role is how the text introduces the person the token's phrase denotes:
// "Army Chief, Field Marshal". "" when it does not, or when it is no person.
func (c *Cast) Role(sentence, token int) string {
	if r := c.results[sentence][token]; r != nil {
		return r.role
	}
	return ""
}

// Kind is the kind of actor that Party gives, as chancery.Actor has it; "" when
// there is none.
func (c *Cast) Kind(sentence, token int) string {
	if r := c.results[sentence][token]; r != nil && r.actor {
		return r.kind
	}
	return ""
}

// Town is the town, region or seat of government that the token names, as printed;
// "" when it names none.
func (c *Cast) Town(sentence, token int) string {
	if n := c.nameAt(sentence, token); n != nil && !n.unknown && (n.class == classPlace || n.class == classCapital) {
		return c.rangeOf(sentence, n.first, n.last).Of(c.doc.Text)
	}
	return ""
}

// Actors lists whom the text speaks of, in the order of their first mention,
// with every mention by name, by noun or by pronoun.
func (c *Cast) Actors() []chancery.Actor {
	var actors []chancery.Actor
	type key struct{ code, name string }
	at := map[key]int{}
	for s := range c.results {
		for t, r := range c.results[s] {
			if r == nil || !r.actor || len(r.parties) != 1 || r.plain || c.nameAt(s, t) == nil && isInside(&c.doc.Sentences[s].Tokens[t]) {
				continue
			}
			p := r.parties[0]
			if p.Mention.IsZero() {
				continue
			}
			k := key{p.Code, p.Name}
			if r.kind != kindPerson {
				k.name = strings.ToLower(p.Name)
			}
			i, known := at[k]
			if !known {
				i = len(actors)
				at[k] = i
				actors = append(actors, chancery.Actor{Code: p.Code, Name: p.Name, Role: c.Role(s, t), Kind: r.kind})
			}
			if m := actors[i].Mentions; len(m) == 0 || m[len(m)-1].End <= p.Mention.Start {
				actors[i].Mentions = append(m, p.Mention)
			}
		}
	}
	slices.SortStableFunc(actors, func(a, b chancery.Actor) int { return a.Mentions[0].Start - b.Mentions[0].Start })
	return actors
}

// relation gives a relation without its subtype: "nmod" of "nmod:poss".
func relation(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}

func isNominal(t *english.Token) bool {
	switch t.UPOS {
	case "NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X":
		return true
	}
	return false
}

// stateOf gives the state of a code, "" when it is of no state.
func (g *Gazetteer) stateOf(code string) string {
	if len(code) >= 3 && g.states[code[:3]] != "" && (len(code) == 3 || isSector(code[3:])) {
		return code[:3]
	}
	return ""
}

var sectors = chancery.Sectors()

func isSector(s string) bool { return slices.Contains(sectors, s) }

// sectorOf gives the sector of a state's code or of a bare sector, "" for none.
func (g *Gazetteer) sectorOf(code string) string {
	if isSector(code) {
		return code
	}
	if g.stateOf(code) != "" {
		return code[3:]
	}
	return ""
}

// rangeOf is the range of the tokens first to last.
func (c *Cast) rangeOf(s, first, last int) chancery.ByteRange {
	tokens := c.doc.Sentences[s].Tokens
	return chancery.ByteRange{Start: tokens[first].Start, End: tokens[last].End}
}
