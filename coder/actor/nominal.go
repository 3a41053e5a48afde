package actor

import (
	"strings"

	"chancery/english"
	"chancery/english/lexicon"
)

// foundNoun is a noun of the lexicon found in a sentence.
type foundNoun struct {
	noun
	first, last int    // tokens of the noun: "foreign minister", "secretary of state"
	key         string // as listed
}

// noNoun marks a token that ends no listed noun.
var noNoun = &foundNoun{}

// lookNoun gives the longest listed noun that ends at token t, or that starts
// at t and goes on to the right.
func (c *Cast) lookNoun(s, t int) (foundNoun, bool) {
	if c.nouns[s] == nil {
		c.nouns[s] = make([]*foundNoun, len(c.doc.Sentences[s].Tokens))
	}
	v := c.nouns[s][t]
	if v == nil {
		v = noNoun
		if found, ok := c.findNoun(s, t); ok && !(found.person && c.isSort(s, t)) {
			v = &found
		}
		c.nouns[s][t] = v
	}
	return *v, v != noNoun
}

// isSort reports whether a singular noun only says what sort of thing the noun
// behind it is: "fighter jets" are jets, nobody who fights.
func (c *Cast) isSort(s, t int) bool {
	tokens := c.doc.Sentences[s].Tokens
	tok := &tokens[t]
	if tok.UPOS != "NOUN" || tok.Rel != "compound" || tok.Head != t+1 || tok.Feat("Number") == "Plur" || tokens[t+1].UPOS != "NOUN" {
		return false
	}
	behind, ok := c.findNoun(s, t+1)
	return !ok || !behind.person
}

func (c *Cast) findNoun(s, t int) (foundNoun, bool) {
	tok := &c.doc.Sentences[s].Tokens[t]
	switch tok.UPOS {
	case "NOUN", "PROPN", "ADJ", "X", "":
	default:
		return foundNoun{}, false
	}
	words := c.words[s]
	i := lastWordOf(words, t)
	if i < 0 || words[i].fold == "" {
		return foundNoun{}, false
	}
	nouns := c.g.agents.nouns
	var best foundNoun
	ok := false
	for _, head := range singular(words[i].fold) {
		if head == "" {
			continue
		}
		key := head
		for k := i; ; k-- {
			if v, found := nouns[key]; found && (!ok || v.words > best.words) {
				best, ok = foundNoun{v, words[k].token, t, key}, true
			}
			if k == 0 || i-k+1 >= c.g.agents.longest || words[k-1].fold == "" {
				break
			}
			key = words[k-1].fold + " " + key
		}
		if i+1 < len(words) && words[i+1].fold != "of" {
			// "attorney general", "Director-General": the noun goes on to the right.
			if v, found := nouns[head+" "+words[i+1].fold]; found && (!ok || v.words > best.words) {
				best, ok = foundNoun{v, words[i].token, words[i+1].token, head + " " + words[i+1].fold}, true
			}
		}
		if i+2 < len(words) && words[i+1].fold == "of" {
			key = head
			for k := i + 1; k < len(words) && k <= i+4 && words[k].fold != ""; k++ {
				key += " " + words[k].fold
				if v, found := nouns[key]; found && (!ok || v.words > best.words) {
					best, ok = foundNoun{v, words[i].token, words[k].token, key}, true
				}
			}
		}
	}
	if ok {
		return best, true
	}
	if tok.UPOS != "NOUN" {
		return foundNoun{}, false
	}
	// A noun for persons that the lexicon does not list: an ordinary person.
	lemma := strings.ToLower(tok.Lemma) // "wages" are no wags
	for _, head := range singular(words[i].fold) {
		if head != "" && (head == lemma || lemma == "") && c.g.nouns.Class(head) == lexicon.Person && !looseNouns[head] {
			return foundNoun{noun{sector: "CVL", person: true, weak: true, needs: needsDeterminer, words: 1}, t, t, head}, true
		}
	}
	return foundNoun{}, false
}

// looseNouns name persons in WordNet's first sense but rarely do in the news.
var looseNouns = map[string]bool{"figure": true, "ally": true, "rival": true, "adversary": true, "enemy": true, "foe": true, "target": true,
	"power": true, "heavyweight": true, "champion": true, "subject": true, "object": true, "model": true, "star": true, "face": true,
	"superpower": true, "threat": true, "case": true, "number": true, "character": true, "shadow": true, "engine": true, "driver": true,
	"cooperator": true, "equal": true, "standard": true, "white": true, "black": true, "key": true, "aggressor": true, "beneficiary": true,
	"broker": true, "precursor": true, "pioneer": true, "baby boomer": true, "competitor": true, "neighbor": true, "neighbour": true, "contender": true,
	"monster": true, "holdout": true, "winner": true, "loser": true, "giant": true, "player": true, "architect": true, "peer": true, "second": true, "third": true, "first": true, "mover": true, "laggard": true, "hawk": true, "dove": true, "failure": true, "success": true, "native": true}

func lastWordOf(words []word, t int) int {
	lo, hi := 0, len(words)
	for lo < hi {
		m := (lo + hi) / 2
		if words[m].token <= t {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo > 0 && words[lo-1].token == t {
		return lo - 1
	}
	return -1
}

// description is what a noun phrase says of whom it denotes.
type description struct {
	noun      foundNoun
	head      string // the noun as listed: "field marshal"
	start     int    // first token of the phrase, without a determiner
	textStart int    // first token of the part worth showing as a role
	end       int    // last token, with the phrase after "of" that decided
	text      string // "Army Chief"

	code     string
	state    string
	states   []string // of "US and Pakistani officials"
	org      string   // code of a body or a group beside it
	sector   string
	former   bool
	person   bool
	modified bool // another noun stands before it: "the Senate president"
	definite bool // "the", "this", "its", a possessor
	abroad   bool // an adjective says that it is no single state's: "the international court"
	another  bool // "a", "another", no determiner
	plural   bool
	counted  int // "the two", "both": how many; 0 when not said
}

// complete reports whether the description tells all a code needs.
func (d *description) complete(g *Gazetteer) bool {
	if d.code == "" || isSector(d.code) {
		return false
	}
	return len(d.code) > 3 || g.stateOf(d.code) == ""
}

// score ranks descriptions of one person by how much they tell.
func (d *description) score() int {
	n := 0
	if d.code != "" {
		n++
	}
	if d.state != "" || d.org != "" {
		n += 4
	}
	if d.sector != "" && d.sector != "CVL" {
		n++
	}
	if !d.noun.weak {
		n++
	}
	if d.former {
		n -= 3
	}
	return n
}

// join adds what another title of the same person tells: "Pakistan's Army
// Chief" and "Field Marshal".
func (d *description) join(g *Gazetteer, o description) {
	if d.state == "" && d.org == "" && (o.state != "" || o.org != "") {
		d.state, d.org = o.state, o.org
	}
	if d.noun.weak && !o.noun.weak {
		d.sector = o.sector
	}
	d.former = d.former && o.former
	d.compose(g)
}

// compose makes the code of the parts.
func (d *description) compose(g *Gazetteer) {
	d.code = ""
	switch state := g.stateOf(d.org); {
	case d.org != "" && state == "":
		d.code = d.org
	case d.org != "":
		d.state = state
		d.code = d.org
		if !d.noun.weak && outsiders[d.noun.sector] && d.noun.sector != g.sectorOf(d.org) {
			d.code = state + d.noun.sector // "Pentagon reporters"
		}
	case d.state != "":
		d.code = d.state + d.sector
	default:
		d.code = d.sector
	}
}

// outsiders are sectors that stay themselves beside a body of another.
var outsiders = map[string]bool{"CVL": true, "MED": true, "EDU": true, "REF": true, "NGO": true, "LAB": true}

// formerly marks someone who no longer is what the noun says.
var formerly = map[string]bool{"former": true, "ex": true, "retired": true, "ousted": true, "deposed": true, "onetime": true, "erstwhile": true, "outgoing": false, "disgraced": true, "ex-president": true}

// counts are the numerals that say how many are meant.
var counts = map[string]int{"two": 2, "both": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}

// outside are the relations of a phrase that cannot be a modifier inside another.
var outside = map[string]bool{"nsubj": true, "obl": true, "obj": true, "iobj": true, "root": true, "ccomp": true, "advcl": true,
	"parataxis": true, "appos": true, "xcomp": true, "csubj": true, "acl": true, "vocative": true, "dislocated": true, "discourse": true}

// describe reads the noun phrase whose noun ends at token t: the noun, and to
// its left states, bodies, persons and other nouns; to its right a phrase with
// "of", "in", "from", "for". False when the noun denotes no actor.
func (c *Cast) describe(s, t int) (description, bool) {
	v, ok := c.lookNoun(s, t)
	if !ok {
		return description{}, false
	}
	tokens := c.doc.Sentences[s].Tokens
	d := description{noun: v, head: v.key, start: v.first, end: v.last, person: v.person, sector: v.sector}
	d.plural = isPlural(&tokens[t])
	stateAt, modSector, modNoun := -1, "", ""
	inner := isInside(&tokens[t]) && c.nameAt(s, t) == nil
	j := v.first - 1
scan:
	for j >= 0 {
		tok := &tokens[j]
		if n := c.nameAt(s, j); n != nil {
			if c.isModifierOf(s, n) || c.isLostModifier(s, n, &v) {
				if c.isPartOfParticiple(s, n) {
					d.start = n.first
					j = n.first - 1
					continue
				}
				if !c.takeName(&d, n) {
					break scan
				}
				if stateAt < 0 && d.state != "" {
					stateAt = n.first
				}
				d.start = n.first
				j = n.first - 1
				continue
			}
			break scan
		}
		low := strings.ToLower(tok.Form)
		switch {
		case tok.Form == "'s" || tok.Form == "’s" || (tok.Form == "'" || tok.Form == "’") && tok.UPOS == "PART":
			d.definite = true
			j--
			if inner {
				break scan // "Peru's army base": the base is Peru's
			}
			// "the country's army", "the group's leader": the possessor tells whose.
			if j >= 0 && c.nameAt(s, j) == nil {
				if r := c.refer(s, j); r.actor && len(r.parties) > 0 {
					c.takeCode(&d, r.parties[0].Code)
				}
				break scan
			}
			continue
		case isHyphen(tok.Form):
			j--
			continue
		case tok.Form == ")" && j >= 3 && tokens[j-2].Form == "(":
			j -= 3 // "the Harbour Workers' Union (HWU) leader"
			continue
		case tok.UPOS == "DET" || low == "both":
			switch low {
			case "the", "this", "that", "these", "those", "such":
				d.definite = true
			case "both":
				d.counted = 2
				d.definite = true
			default:
				d.another = true
			}
			break scan
		case tok.XPOS == "PRP$" || tok.UPOS == "PRON" && tok.Feat("Poss") == "Yes":
			d.definite = true
			if d.state == "" && d.org == "" && !inner {
				if r := c.refer(s, j); r.actor && len(r.parties) > 0 {
					c.takeCode(&d, c.belonging(r.parties[0].Code, v.noun))
				}
			}
			break scan
		case tok.UPOS == "CCONJ" || tok.Form == ",":
			// "US and Pakistani officials": both are states of the noun.
			left, right := c.nameAt(s, j-1), c.nameAt(s, j+1)
			if left == nil || right == nil || len(d.states) == 0 || !isStateClass(left.class) || !isStateClass(right.class) || !c.isModifierOf(s, left) || tokens[v.last].Head == left.last {
				break scan
			}
			j--
			continue
		case tok.UPOS == "NUM":
			if n := counts[low]; n > 0 {
				d.counted = n
			}
			j--
			continue
		case formerly[low]:
			d.former = true
			d.start = j
			j--
			continue
		case tok.UPOS == "NOUN" || tok.UPOS == "PROPN":
			if outside[relation(tok.Rel)] && (tok.Head < j || tok.Head > v.last) {
				break scan
			}
			d.modified = true
			if w, ok := c.lookNoun(s, j); ok && w.last == j {
				if modSector == "" {
					modSector, modNoun = w.sector, w.key
				}
				j = w.first
			}
			d.start = j
			j--
			continue
		case tok.UPOS == "ADJ" || tok.XPOS == "VBN" || tok.XPOS == "VBG" || tok.UPOS == "ADV" && j > 0 && (tokens[j+1].UPOS == "ADJ" || tokens[j+1].XPOS == "VBN"):
			// "said it had sent seven experts", "was putting pilots in jobs": verbs.
			if within := tok.Head > j && tok.Head <= v.last; !within && (outside[relation(tok.Rel)] || tok.UPOS == "VERB") {
				break scan
			}
			if low == "opposition" || low == "military" || low == "judicial" || low == "diplomatic" || low == "presidential" || low == "parliamentary" || low == "naval" || low == "corporate" {
				modSector = map[string]string{"opposition": "OPP", "military": "MIL", "judicial": "JUD", "diplomatic": "GOV", "presidential": "GOV", "parliamentary": "LEG", "naval": "MIL", "corporate": "BUS"}[low]
			}
			switch low {
			case "international", "foreign", "global", "regional", "multinational", "neighboring", "neighbouring", "overseas", "supranational":
				d.abroad = true
			}
			if (low == "least" || low == "most") && j > 0 && strings.EqualFold(tokens[j-1].Form, "at") {
				break scan // "at least ten soldiers"
			}
			if w, ok := c.lookNoun(s, j); ok && modSector == "" {
				switch w.sector {
				case "REL", "PTY", "REB", "OPP":
					modSector = w.sector // "Republican leaders", "Muslim officials"
				}
			}
			d.start = j
			j--
			continue
		}
		break
	}
	if d.start < v.first && tokens[d.start].UPOS == "PART" {
		d.start++
	}
	if v.weak && modSector != "" && d.org == "" && !(v.sector == "MIL" && modNoun == "government") {
		d.sector = modSector // but government forces are an army
	}
	c.readRight(s, &d)
	d.textStart = d.start
	if d.textStart == stateAt && stateAt >= 0 {
		if n := c.nameAt(s, stateAt); n != nil && n.last < v.first {
			d.textStart = n.last + 1
			for d.textStart < v.first && tokens[d.textStart].UPOS == "PART" {
				d.textStart++
			}
		}
	}
	d.text = c.rangeOf(s, d.textStart, max(v.last, d.textStart)).Of(c.doc.Text)
	d.compose(c.g)
	switch {
	case v.needs == needsActor && d.state == "" && d.org == "" && !(v.sector == "MIL" && modSector != ""):
		return d, false
	case v.needs == needsBody && d.org == "":
		return d, false
	case v.needs == needsDeterminer && d.state == "" && d.org == "" && !d.definite && !d.plural && !v.person:
		return d, false
	}
	return d, true
}

// isInside reports whether a noun stands inside another's phrase: "army" in
// "army base". A possessor before the two is the other's.
func isInside(t *english.Token) bool {
	switch relation(t.Rel) {
	case "compound", "amod":
		return true
	}
	return false
}

func isPlural(t *english.Token) bool {
	return t.XPOS == "NNS" || t.XPOS == "NNPS" || t.Feat("Number") == "Plur"
}

func isStateClass(k class) bool {
	switch k {
	case classState, classAdjective, classPeople, classCapital, classPlace:
		return true
	}
	return false
}

// isModifierOf reports whether a name stands inside a noun phrase, and is not
// an object or a subject of its own beside it.
func (c *Cast) isModifierOf(s int, n *name) bool {
	tokens := c.doc.Sentences[s].Tokens
	rel := relation(tokens[n.last].Rel)
	if h := tokens[n.last].Head; h >= n.first && h <= n.last {
		rel = relation(tokens[n.first].Rel)
	}
	return !outside[rel]
}

// isLostModifier reports whether a name right before a noun was taken for its
// subject, as parsers do in headlines: "Hamas fighters fired rockets".
func (c *Cast) isLostModifier(s int, n *name, v *foundNoun) bool {
	tokens := c.doc.Sentences[s].Tokens
	if n.last+1 != v.first || tokens[n.last].Head != v.last {
		return false
	}
	for j := range tokens {
		if tokens[j].Head == v.last && tokens[j].Rel == "cop" {
			return false
		}
	}
	return true
}

// participles are last parts of compounds that do not end in "ed".
var participles = map[string]bool{"run": true, "held": true, "built": true, "made": true, "style": true, "friendly": true, "era": true}

// isPartOfParticiple reports whether the name belongs to a compound with a
// participle: "US-backed forces" are not the US's. A US-led coalition is.
func (c *Cast) isPartOfParticiple(s int, n *name) bool {
	tokens := c.doc.Sentences[s].Tokens
	k := n.last + 1
	if k+1 >= len(tokens) || !isHyphen(tokens[k].Form) || c.nameAt(s, k+1) != nil {
		return false
	}
	w := strings.ToLower(tokens[k+1].Form)
	return participles[w] || strings.HasSuffix(w, "ed") && w != "led"
}

// takeName adds to a description what a name beside its noun tells. False ends the scan.
func (c *Cast) takeName(d *description, n *name) bool {
	switch {
	case n.person >= 0 || c.isPerson(n):
		if d.state != "" || d.org != "" {
			return false
		}
		if n.person >= 0 {
			c.takeCode(d, c.belonging(c.people[n.person].code, d.noun.noun))
			d.definite = true
		}
		return true
	case n.unknown:
		if r := c.refer(n.sentence, n.last); r.actor && len(r.parties) > 0 {
			c.takeCode(d, r.parties[0].Code)
		}
		return true
	}
	e := &c.g.entries[n.entry]
	if n.class == classOther {
		return true
	}
	if isStateClass(n.class) && c.g.stateOf(e.code) != "" {
		if d.state == "" {
			d.state = e.code[:3]
		}
		if len(d.states) == 0 || d.states[len(d.states)-1] != e.code[:3] {
			d.states = append(d.states, e.code[:3])
		}
		return true
	}
	if d.org == "" && len(d.states) == 0 {
		d.org = e.code
	}
	return true
}

// takeCode adds what the code of a possessor tells.
func (c *Cast) takeCode(d *description, code string) {
	if code == "" || d.org != "" || d.state != "" {
		return
	}
	st := c.g.stateOf(code)
	switch {
	case isSector(code):
		if d.noun.weak {
			d.sector = code
		}
	case st == "":
		d.org = code
	default:
		d.state = st
		if sec := code[3:]; sec != "" && d.noun.weak && sec != "CVL" {
			d.sector = sec
		}
	}
}

// belonging is the code that a possessor lends: a president's army is the
// state's, a commander's fighters are the group's.
func (c *Cast) belonging(code string, v noun) string {
	if st := c.g.stateOf(code); st != "" && len(code) > 3 {
		if v.weak && !v.person {
			return code
		}
		return st
	}
	return code
}

// readRight reads the phrases after the noun: "of Pakistan", "of the army",
// "in Istanbul", "for the ministry".
func (c *Cast) readRight(s int, d *description) {
	tokens := c.doc.Sentences[s].Tokens
	for i, k := d.noun.last+1, 0; i+1 < len(tokens) && k < 2; k++ {
		prep := strings.ToLower(tokens[i].Form)
		if tokens[i].UPOS != "ADP" {
			return
		}
		h := tokens[i].Head
		if h <= i || h >= len(tokens) || relation(tokens[i].Rel) != "case" {
			if h = c.nounAfter(s, i); h < 0 {
				return
			}
		}
		if n := c.nameAt(s, h); n != nil && n.first <= i {
			return
		}
		r := c.refer(s, h)
		if n := c.nameAt(s, h); n != nil && n.person >= 0 && r.actor && r.parties[0].Code == "" {
			// "the chairman of the African Union Commission Moussa Faki"
			for k := i + 1; k < n.first; k++ {
				if w := c.nameAt(s, k); w != nil && w.last < n.first {
					r, h = c.refer(s, k), w.last
					break
				}
			}
		}
		switch {
		case r.actor && len(r.parties) > 0:
			code := r.parties[0].Code
			st := c.g.stateOf(code)
			switch prep {
			case "of":
				if d.state == "" && d.org == "" {
					c.takeOf(d, code)
					if d.plural {
						c.takeStates(s, h, d)
					}
					if !r.parties[0].Mention.IsZero() && d.code == "" {
						d.end = max(d.end, c.lastTokenOf(s, h))
					}
				} else if d.noun.weak && isSector(code) {
					d.sector = code
				}
			case "in", "from", "within", "at", "across", "inside":
				switch {
				case d.state != "" || d.org != "":
				case st != "":
					d.state = st
					if prep == "from" && d.plural {
						c.takeStates(s, h, d) // "envoys from Ghana and Togo"
					}
				case prep == "from" && d.person && (d.sector == "GOV" || d.sector == "MIL") && !isSector(code):
					c.takeOf(d, code) // "officials from the United Nations"
				}
			case "for", "with", "to":
				if prep == "for" && d.noun.weak && d.state == "" && d.org == "" {
					c.takeOf(d, code)
				}
			}
		case d.state == "" && d.org == "" && (prep == "in" || prep == "at" || prep == "from" || prep == "of"):
			// "a court in the Turkish capital", "officials from the province of Sindh"
			for k := i + 1; k <= h+2 && k < len(tokens); k++ {
				if n := c.nameAt(s, k); n != nil && !n.unknown && n.person < 0 && isStateClass(n.class) && n.last >= k {
					d.state = c.g.stateOf(c.g.entries[n.entry].code)
					break
				}
			}
		}
		i = c.lastTokenOf(s, h) + 1
	}
}

// takeStates notes the states of a phrase that names several.
func (c *Cast) takeStates(s, t int, d *description) {
	all := c.gatherNow(s, t)
	if len(all) < 2 {
		return
	}
	for _, code := range all {
		if st := c.g.stateOf(code); st != "" {
			d.states = append(d.states, st)
		}
	}
}

// takeOf adds what a phrase with "of" tells: the president of a state is its
// government, the head of an army its army.
func (c *Cast) takeOf(d *description, code string) {
	st := c.g.stateOf(code)
	sec := c.g.sectorOf(code)
	switch {
	case code == "":
	case isSector(code):
		if d.noun.weak || d.noun.title && d.noun.sector == "GOV" {
			d.sector = code
		}
	case st == "":
		d.org = code
	default:
		d.state = st
		if sec != "" && (d.noun.weak || d.noun.title && d.noun.sector == "GOV") {
			d.sector = sec
		}
	}
}

// gatherNow gives the codes of a phrase and its conjuncts.
func (c *Cast) gatherNow(s, h int) []string {
	var codes []string
	if r := c.refer(s, h); r.actor {
		for _, p := range r.parties {
			codes = append(codes, p.Code)
		}
	}
	tokens := c.doc.Sentences[s].Tokens
	for j := range tokens {
		if tokens[j].Head == h && tokens[j].Rel == "conj" {
			if r := c.refer(s, j); r.actor && len(r.parties) > 0 {
				codes = append(codes, r.parties[0].Code)
			}
		}
	}
	return codes
}

// nounAfter gives the last token of the noun phrase after a preposition,
// without the tree's help; -1 for none.
func (c *Cast) nounAfter(s, i int) int {
	tokens := c.doc.Sentences[s].Tokens
	h := -1
	for k := i + 1; k < len(tokens) && k < i+8; k++ {
		if n := c.nameAt(s, k); n != nil && n.last >= k {
			return n.last
		}
		switch tokens[k].UPOS {
		case "NOUN", "PROPN":
			h = k
			continue
		case "DET", "ADJ", "NUM":
			if h < 0 {
				continue
			}
		}
		break
	}
	return h
}

// lastTokenOf is the last token of the name or noun at h.
func (c *Cast) lastTokenOf(s, h int) int {
	if n := c.nameAt(s, h); n != nil {
		return n.last
	}
	return h
}
