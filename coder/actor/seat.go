package actor

import (
	"strings"

	"chancery/coder/clause"
	"chancery/english/lexicon"
)

// seat is a name that stands for a body where it acts, "Brussels accused
// Beijing", and for a place elsewhere, "talks in Brussels".
type seat struct {
	body  int32 // index in Gazetteer.entries
	place int32 // likewise; -1 where the name denotes nobody that does not act
}

// settleSeats decides for each name of a seat whether its body is meant or the
// place, by how the name hangs in its sentence.
func (c *Cast) settleSeats() {
	for i := range c.names {
		n := &c.names[i]
		if n.class != classSeat || n.unknown || n.last < n.first {
			continue
		}
		seat := c.g.seats[n.entry]
		n.entry = seat.body
		if !c.isForBody(n.sentence, n, seat) {
			n.entry = seat.place
		}
		if n.entry < 0 {
			for t := n.first; t <= n.last; t++ {
				c.spans[n.sentence][t] = 0
			}
			n.first, n.last = 0, -1 // covers nothing
			continue
		}
		n.class = c.g.entries[n.entry].class
	}
}

// isForBody reports whether the body that has its seat there is meant.
func (c *Cast) isForBody(s int, n *name, seat seat) bool {
	tokens := c.doc.Sentences[s].Tokens
	state := ""
	if seat.place >= 0 {
		state = c.g.entries[seat.place].code
	}
	t := n.last
	for k := n.first; k <= n.last; k++ {
		if h := tokens[k].Head; h < n.first || h > n.last {
			t = k
		}
	}
	if state != "" {
		if next := c.nameAt(s, n.last+2); next != nil && tokens[n.last+1].Form == "," && !next.unknown && c.g.entries[next.entry].code == state {
			return false // "Brussels, Belgium"
		}
		if c.g.stateOf(c.g.entries[seat.body].code) != state && c.isHomeOnly(state, c.g.entries[seat.body].code) {
			return false
		}
	}
	for range maxDepth {
		// What is said of the first of several goes for all.
		if relation(tokens[t].Rel) != "conj" || tokens[t].Head < 0 {
			break
		}
		t = tokens[t].Head
		if first := c.nameAt(s, t); first != nil && first.class == classPlace {
			return false // "Antwerp and Brussels"
		}
	}
	h := tokens[t].Head
	if h < 0 {
		return false
	}
	verb := foldString(tokens[h].Lemma)
	switch relation(tokens[t].Rel) {
	case "nsubj", "csubj":
		if tokens[t].Rel == "nsubj:pass" {
			return !doneToPlaces[verb]
		}
		// "Brussels is a city", "Brussels lies on the Senne"
		return c.g.nouns.Class(verb) != lexicon.Place && verb != "lie"
	case "obj", "iobj":
		return !doneToPlaces[verb] && !goes[verb]
	case "compound", "amod":
		return c.isOfficial(s, h)
	case "nmod", "obl":
		if tokens[t].Rel == "nmod:poss" {
			return c.isOfficial(s, h) || c.g.nouns.Class(verb) == lexicon.None && !isLocal[verb]
		}
		switch prep := clause.Case(&c.doc.Sentences[s], t); prep {
		case "with", "against", "by", "between", "toward", "towards", "upon", "on", "over", "about", "versus", "without", "according_to":
			return true
		case "to", "from", "for", "of":
			if (prep == "from" || prep == "of") && c.isOfficial(s, h) {
				return true // "officials from Brussels"
			}
			class := c.g.nouns.Class(verb)
			return !goes[verb] && !isLocal[verb] && (tokens[h].UPOS == "VERB" || class != lexicon.Place && class != lexicon.Person)
		}
	}
	return false
}

// isHomeOnly reports whether the text speaks of the state and never of the body.
func (c *Cast) isHomeOnly(state, body string) bool {
	named := false
	for i := range c.names {
		n := &c.names[i]
		if n.unknown || n.class == classSeat || n.last < n.first || n.person >= 0 {
			continue
		}
		switch e := &c.g.entries[n.entry]; {
		case e.code == body:
			return false
		case e.code == state && n.class != classPlace:
			named = true
		}
	}
	return named
}

// isOfficial reports whether the noun is one for those who govern: "Brussels
// officials", not "Brussels police".
func (c *Cast) isOfficial(s, t int) bool {
	if isLocal[foldString(c.doc.Sentences[s].Tokens[t].Lemma)] {
		return false
	}
	v, ok := c.lookNoun(s, t)
	return ok && (v.sector == "GOV" || v.sector == "IGO")
}

// isLocal are nouns for what a town has, whoever has a seat there.
var isLocal = map[string]bool{"police": true, "mayor": true, "policeman": true, "prosecutor": true, "resident": true, "court": true, "airport": true,
	"attack": true, "bombing": true, "bomber": true, "street": true, "suburb": true, "metro": true, "mosque": true, "museum": true, "hospital": true,
	"ambassador": true, "embassy": true, "consulate": true, "consul": true, "governor": true, "government": true, "jail": true, "prison": true, "park": true, "weather": true}

// goes are words for ways to and from places.
var goes = map[string]bool{"go": true, "come": true, "travel": true, "fly": true, "drive": true, "head": true, "leave": true, "depart": true, "arrive": true,
	"return": true, "move": true, "rush": true, "walk": true, "flee": true, "escape": true, "land": true, "relocate": true, "recall": true, "hail": true,
	"live": true, "flight": true, "trip": true, "visit": true, "journey": true, "tour": true, "train": true, "way": true, "route": true,
	"travels": true, "arrival": true, "departure": true, "reach": true, "enter": true, "quit": true, "report": true, "stream": true}

// doneToPlaces are verbs for what is done to a place and what is in it.
var doneToPlaces = map[string]bool{"visit": true, "tour": true, "rock": true, "shake": true, "bomb": true, "shell": true, "capture": true, "seize": true,
	"occupy": true, "storm": true, "paralyse": true, "paralyze": true, "locate": true, "situate": true, "surround": true, "evacuate": true, "flood": true}

// seat: code|name of the body|state of the place|names
func (g *Gazetteer) seat(f []string) error {
	s := seat{body: g.add(entry{code: f[0], name: f[1], class: classBody}), place: -1}
	if len(f[0]) == 3 && g.states[f[0]] != "" {
		g.entries[s.body].class = classCapital
	}
	if f[2] != "" {
		s.place = g.add(entry{code: f[2], name: g.states[f[2]], class: classPlace})
	}
	i := g.add(entry{code: f[0], name: f[1], class: classSeat})
	g.seats[i] = s
	for name := range strings.SplitSeq(f[3], ";") {
		g.addAlias(name, i)
	}
	return nil
}
