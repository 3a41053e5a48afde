package actor

import (
	"slices"
	"strings"

	"chancery"
	"chancery/english"
)

// nobody is what a token that denotes no actor refers to.
var nobody = &referent{}

// refer decides what the phrase headed by a token denotes, once.
func (c *Cast) refer(s, t int) *referent {
	if r := c.results[s][t]; r != nil {
		return r
	}
	at := [2]int{s, t}
	if c.busy[at] || len(c.busy) > maxDepth {
		return nobody
	}
	c.busy[at] = true
	r := c.decide(s, t)
	delete(c.busy, at)
	c.results[s][t] = r
	return r
}

func (c *Cast) decide(s, t int) *referent {
	tok := &c.doc.Sentences[s].Tokens[t]
	if n := c.nameAt(s, t); n != nil {
		return c.named(s, t, n)
	}
	switch {
	case isRelative(tok):
		return c.relative(s, t)
	case tok.UPOS == "PRON" || tok.XPOS == "PRP" || tok.XPOS == "PRP$":
		return c.pronoun(s, t)
	case tok.UPOS == "NOUN" || tok.UPOS == "PROPN" || tok.UPOS == "ADJ" || tok.UPOS == "NUM" || tok.UPOS == "DET":
		return c.nominal(s, t)
	}
	return nobody
}

// one makes a referent of a single party.
func one(kind string, p chancery.Party) *referent {
	return &referent{parties: []chancery.Party{p}, kind: kind, actor: true}
}

// named is what a name denotes.
func (c *Cast) named(s, t int, n *name) *referent {
	m := c.rangeOf(s, n.first, n.last)
	if n.person >= 0 {
		p := c.people[n.person]
		r := one(kindPerson, chancery.Party{Code: p.code, Name: p.name, Mention: m})
		r.role = p.role
		return r
	}
	if n.unknown {
		switch n.kind {
		case english.Person:
			return one(kindPerson, chancery.Party{Name: m.Of(c.doc.Text), Mention: m})
		case english.Organization:
			return c.unknownBody(s, n, m)
		}
		return nobody
	}
	e := &c.g.entries[n.entry]
	switch n.class {
	case classOther:
		return nobody
	case classState, classCapital, classAdjective, classPlace:
		return one(c.kindOf(e.code), chancery.Party{Code: e.code, Name: c.stateName(e), Mention: m})
	case classPeople:
		// "the Russians" are the state, "Russians" are people.
		if n.first > 0 && strings.EqualFold(c.doc.Sentences[s].Tokens[n.first-1].Form, "the") {
			return one(kindState, chancery.Party{Code: e.code, Name: c.stateName(e), Mention: m})
		}
		return one(kindPerson, chancery.Party{Code: e.code + "CVL", Name: m.Of(c.doc.Text), Mention: m})
	case classGroup:
		return one(kindGroup, chancery.Party{Code: e.code, Name: e.name, Mention: m})
	}
	kind := kindOrganisation
	if e.class == classBody && len(e.code) == 3 && c.g.stateOf(e.code) != "" {
		kind = kindState
	}
	return one(kind, chancery.Party{Code: e.code, Name: e.name, Mention: m})
}

func (c *Cast) stateName(e *entry) string {
	if name := c.g.states[e.code]; name != "" {
		return name
	}
	return e.name
}

func (c *Cast) kindOf(code string) string {
	if c.g.stateOf(code) == code {
		return kindState
	}
	return kindOrganisation
}

// statesIn lists the states that words inside a longer name tell: "Bank of
// Pakistan", "Kenya Red Cross".
func (c *Cast) statesIn(s, first, last int) []string {
	var states []string
	words := c.words[s]
	for i := 0; i < len(words); i++ {
		if words[i].token < first || words[i].token > last || words[i].fold == "" {
			continue
		}
		m, ok := c.g.longestAt(words, i, nil)
		if !ok || m.last > last {
			continue
		}
		e := &c.g.entries[c.g.choose(m.aliases, c.day)]
		if seat, ok := c.g.seats[m.aliases[0].entry]; ok && seat.place >= 0 {
			e = &c.g.entries[seat.place] // "Brussels Airlines"
		}
		if isStateClass(e.class) && c.g.stateOf(e.code) != "" {
			states = append(states, e.code[:3])
		}
		i += m.words - 1
	}
	return states
}

// countryNouns stand for states that the text has named.
var countryNouns = map[string]bool{"country": true, "nation": true, "state": true, "republic": true, "kingdom": true, "side": true,
	"neighbor": true, "neighbour": true, "power": true, "superpower": true, "homeland": true, "archrival": true, "rival": true, "ally": true, "adversary": true, "economy": true, "party": true, "partner": true, "government": true, "member state": true}

// quantities are nouns whose phrase with "of" says who is meant.
var quantities = map[string]bool{"dozen": true, "hundred": true, "thousand": true, "score": true, "number": true, "majority": true, "million": true,
	"group": true, "some": true, "most": true, "many": true, "all": true, "both": true, "none": true, "one": true, "several": true, "handful": true, "scores": true,
	"part": true, "rest": true, "remainder": true, "half": true, "coalition": true, "couple": true, "pair": true, "team": true, "crowd": true, "bloc": true, "two": true, "three": true, "lot": true, "plenty": true, "ton": true, "series": false, "remnant": true, "each": true, "any": true, "few": true, "band": true, "mob": true, "wave": true, "convoy": true, "delegation": true, "council": false}

// nominal is what a noun phrase without a name as its head denotes.
func (c *Cast) nominal(s, t int) *referent {
	tokens := c.doc.Sentences[s].Tokens
	tok := &tokens[t]
	// "President" heading "Donald Trump", "his counterpart, Michel Aoun".
	if n := c.bearer(s, t, 0); n != nil {
		return c.named(s, n.last, n)
	}
	if p := c.apposed[[2]int{s, t}]; p != nil {
		d, _ := c.describe(s, t)
		r := one(kindPerson, chancery.Party{Code: p.code, Name: p.name, Mention: c.rangeOf(s, d.start, d.end)})
		r.role = p.role
		return r
	}
	lemma := foldString(tok.Lemma)
	if lemma == "" {
		lemma = foldString(tok.Form)
	}
	if one := singular(foldString(tok.Form))[1]; !countryNouns[lemma] && countryNouns[one] {
		lemma = one // taggers give the plural of a proper noun as its own lemma
	}
	if countryNouns[lemma] && (tok.UPOS == "NOUN" || t == 0) {
		if r := c.country(s, t, lemma); r != nil {
			return r
		}
	}
	d, ok := c.describe(s, t)
	if ok && d.noun.last > t && d.noun.first < t {
		ok = false
	}
	if !ok || quantities[lemma] && d.state == "" && d.org == "" {
		if quantities[lemma] || quantities[foldString(tok.Form)] {
			if r := c.inner(s, t); r != nil {
				return r
			}
		}
		if !ok {
			return nobody
		}
	}
	if d.noun.needs == needsActor && instruments[d.head] && !acts(tok) {
		return nobody // "offered fighter jets"
	}
	if isInside(tok) && d.state == "" && d.org == "" {
		return nobody // "a union speech", "government buildings"
	}
	if tok.UPOS == "ADJ" && d.noun.first == d.noun.last && !isHead(tok) {
		return nobody
	}
	return c.described(s, t, &d)
}

func isHead(t *english.Token) bool {
	switch relation(t.Rel) {
	case "amod", "advmod", "compound", "xcomp", "acl":
		return false
	}
	return true
}

// bearer gives the name of a person that the noun at t is a title of, nil for none.
func (c *Cast) bearer(s, t, depth int) *name {
	tokens := c.doc.Sentences[s].Tokens
	v, ok := c.lookNoun(s, t)
	if !ok || !v.person {
		return nil
	}
	if n := c.nameAt(s, v.last+1); n != nil && n.person >= 0 && n.first == v.last+1 {
		if v.title || honorifics[v.key] || tokens[t].Head >= n.first && tokens[t].Head <= n.last || tokens[n.last].Head == t || tokens[n.first].Head == t {
			return n
		}
	}
	for j := t + 1; j < len(tokens) && tokens[j].UPOS != "CCONJ"; j++ {
		if tokens[j].Head == t && (tokens[j].Rel == "appos" || tokens[j].Rel == "flat") {
			if n := c.nameAt(s, j); n != nil && n.person >= 0 {
				return n
			} else if n == nil && depth < 3 {
				// "the army chief, Field Marshal Asim Munir"
				if n := c.bearer(s, j, depth+1); n != nil {
					return n
				}
			}
		}
	}
	return nil
}

// inner is what "of" says after a quantity: "dozens of Taliban fighters".
func (c *Cast) inner(s, t int) *referent {
	tokens := c.doc.Sentences[s].Tokens
	for j := t + 1; j < len(tokens); j++ {
		if tokens[j].Head == t && relation(tokens[j].Rel) == "nmod" {
			if r := c.refer(s, j); r.actor {
				return r
			}
		}
	}
	return nil
}

// country is what "the country", "both nations", "states such as Iran" denote;
// nil when the noun is to be read like any other.
func (c *Cast) country(s, t int, lemma string) *referent {
	tokens := c.doc.Sentences[s].Tokens
	definite, count, adjective, possessed := false, 0, -1, false
	for j := t - 1; j >= 0 && j >= t-8; j-- {
		low := strings.ToLower(tokens[j].Form)
		if n := c.nameAt(s, j); n != nil {
			return nil
		}
		switch {
		case tokens[j].UPOS == "DET" && (low == "the" || low == "this" || low == "that" || low == "these" || low == "those") || low == "both":
			definite = true
			if low == "both" {
				count = 2
			}
		case counts[low] > 0:
			count = counts[low]
			continue
		case tokens[j].XPOS == "PRP$" || tokens[j].Form == "'s" || tokens[j].Form == "’s":
			possessed = true
		case tokens[j].UPOS == "ADJ" || tokens[j].UPOS == "NOUN" || tokens[j].UPOS == "PROPN" || isHyphen(tokens[j].Form) || tokens[j].XPOS == "VBN":
			adjective = j
			continue
		}
		break
	}
	plural := isPlural(&tokens[t])
	m := c.rangeOf(s, t, t)
	if adjective >= 0 {
		m.Start = tokens[adjective].Start
	}
	// "states such as Iran and Syria"
	if parties := c.examples(s, t); len(parties) > 0 && plural {
		return &referent{parties: parties, kind: kindState, actor: true}
	}
	own := lemma != "party" && lemma != "government" && lemma != "ally" && lemma != "rival" && lemma != "partner" && lemma != "adversary" && lemma != "economy" && lemma != "power"
	switch {
	case plural && (count > 1 || definite && adjective < 0 && own) && !possessed:
		if parties := c.members(s, t); len(parties) > 1 {
			return c.plurality(parties, "", m)
		}
		if count == 0 {
			count = 2
		}
		sector := ""
		if lemma == "government" {
			sector = "GOV"
		}
		if codes := c.trail.top(s, count, lemma == "side" || lemma == "party"); len(codes) == count {
			var parties []chancery.Party
			for _, code := range codes {
				parties = append(parties, chancery.Party{Code: code, Name: c.nameOf(code)})
			}
			return c.plurality(parties, sector, m)
		}
	case !plural && definite && own && lemma != "side" && lemma != "state":
		if r := c.chained(s, t); r != nil && r.actor {
			p := r.parties[0]
			if st := c.g.stateOf(p.Code); st != "" {
				return one(kindState, chancery.Party{Code: st, Name: c.g.states[st], Mention: m})
			}
		}
		if codes := c.trail.top(s, 1, false); len(codes) == 1 {
			return one(kindState, chancery.Party{Code: codes[0], Name: c.nameOf(codes[0]), Mention: m})
		}
	case !plural && possessed && (lemma == "country" || lemma == "nation" || lemma == "homeland"):
		// "his country", "its nation": the possessor's.
		for j := t - 1; j >= 0; j-- {
			if tokens[j].XPOS == "PRP$" {
				if r := c.refer(s, j); r.actor {
					if st := c.g.stateOf(r.parties[0].Code); st != "" {
						return one(kindState, chancery.Party{Code: st, Name: c.g.states[st], Mention: m})
					}
				}
				break
			}
		}
	}
	if lemma == "party" || lemma == "government" {
		return nil
	}
	if plural && !possessed && (lemma == "country" || lemma == "nation" || lemma == "state" || lemma == "power" || lemma == "government") {
		r := one(kindState, chancery.Party{Name: m.Of(c.doc.Text), Mention: m})
		r.plain = true
		return r
	}
	return nobody
}

func (c *Cast) nameOf(code string) string {
	if name := c.g.states[code]; name != "" {
		return name
	}
	for i := range c.g.entries {
		if c.g.entries[i].code == code {
			return c.g.entries[i].name
		}
	}
	return code
}

// plurality makes a referent of several parties that one phrase stands for.
// The phrase is the mention of each.
func (c *Cast) plurality(parties []chancery.Party, sector string, m chancery.ByteRange) *referent {
	r := &referent{kind: kindState, actor: true}
	for _, p := range parties {
		if sector != "" {
			if st := c.g.stateOf(p.Code); st != "" {
				p.Code = st + sector
			}
		}
		p.Mention = m
		r.parties = append(r.parties, p)
	}
	return r
}

// examples are the parties of "such as", "like" and "including" after a noun.
func (c *Cast) examples(s, t int) []chancery.Party {
	tokens := c.doc.Sentences[s].Tokens
	var parties []chancery.Party
	for j := t + 1; j < len(tokens); j++ {
		if tokens[j].Head != t || relation(tokens[j].Rel) != "nmod" && tokens[j].Rel != "appos" {
			continue
		}
		like := tokens[j].Rel == "appos"
		for k := t + 1; k < j; k++ {
			switch strings.ToLower(tokens[k].Form) {
			case "as", "like", "including":
				like = true
			}
		}
		if !like {
			continue
		}
		parties = append(parties, c.referAll(s, j)...)
	}
	return parties
}

// referAll gives the parties of a phrase and its conjuncts.
func (c *Cast) referAll(s, t int) []chancery.Party {
	var parties []chancery.Party
	if r := c.refer(s, t); r.actor {
		parties = append(parties, r.parties...)
	}
	tokens := c.doc.Sentences[s].Tokens
	for j := t + 1; j < len(tokens); j++ {
		if tokens[j].Head == t && tokens[j].Rel == "conj" {
			if r := c.refer(s, j); r.actor {
				parties = append(parties, r.parties...)
			}
		}
	}
	return parties
}

// described is what a noun of the lexicon denotes, given what its phrase says.
func (c *Cast) described(s, t int, d *description) *referent {
	kind := kindOrganisation
	if d.person {
		kind = kindPerson
	}
	m := c.rangeOf(s, d.start, d.end)
	title := c.rangeOf(s, d.start, c.properEnd(s, d.noun.last)).Of(c.doc.Text)
	if d.start == 0 && c.nameAt(s, 0) == nil && c.doc.Sentences[s].Tokens[0].UPOS != "PROPN" {
		title = strings.ToLower(title[:1]) + title[1:] // "Officials said" speaks of officials
	}
	if len(d.states) > 1 && d.org == "" {
		r := &referent{kind: kind, actor: true}
		for _, st := range d.states {
			r.parties = append(r.parties, chancery.Party{Code: st + d.sector, Name: c.g.states[st] + " " + c.rangeOf(s, d.noun.first, d.noun.last).Of(c.doc.Text), Mention: m})
		}
		slices.SortStableFunc(r.parties, func(a, b chancery.Party) int {
			return c.firstSeen(s, d, a.Code[:3]) - c.firstSeen(s, d, b.Code[:3])
		})
		return r
	}
	if d.counted > 1 && d.plural && d.state == "" && d.org == "" {
		if r := c.several(s, t, d, m); r != nil {
			return r
		}
	}
	if d.state == "" && d.org == "" {
		// Whose it is must come from elsewhere in the text.
		if (d.definite || d.noun.title) && !d.modified && !d.former {
			if r := c.chained(s, t); r != nil && r.actor && len(r.parties) > 0 && r.parties[0].Code != "" && !isSector(r.parties[0].Code) && c.fits(r, d) {
				p := r.parties[0]
				p.Mention = m
				out := one(r.kind, p)
				out.role = r.role
				return out
			}
			if d.person && !d.plural {
				if p := c.trail.titled(d.head, c.people); p != nil {
					out := one(kindPerson, chancery.Party{Code: p.code, Name: p.name, Mention: m})
					out.role = p.role
					return out
				}
			}
			if p, ok := c.trail.alike(d.head, s); ok {
				p.Mention = m
				return one(kind, p)
			}
		}
		if d.definite && !d.noun.weak && !d.abroad && domestic[d.sector] && d.noun.needs == needsNothing {
			if st := c.trail.home(s, d.head, d.sector); st != "" {
				code := st + d.sector
				return one(kind, chancery.Party{Code: code, Name: c.titleOf(code, d), Mention: m})
			}
		}
		if d.noun.weak && !d.noun.person {
			if parties := c.examples(s, t); len(parties) > 0 {
				return &referent{parties: parties, kind: kind, actor: true}
			}
		}
		r := one(kind, chancery.Party{Code: d.code, Name: title, Mention: m})
		r.plain = true
		return r
	}
	return one(kind, chancery.Party{Code: d.code, Name: title, Mention: m})
}

// properEnd is the last token of a capitalised noun's name: "Bank of Nova
// Scotia", "Ministry of Foreign Affairs".
func (c *Cast) properEnd(s, t int) int {
	tokens := c.doc.Sentences[s].Tokens
	if tokens[t].UPOS != "PROPN" || t+2 >= len(tokens) || tokens[t+1].Form != "of" && tokens[t+1].Form != "for" {
		return t
	}
	end := t
	for k := t + 2; k < len(tokens) && k < t+9; k++ {
		switch {
		case tokens[k].UPOS == "PROPN":
			end = k
			continue
		case tokens[k].UPOS == "CCONJ" || tokens[k].UPOS == "DET" || tokens[k].Form == "of" || tokens[k].UPOS == "ADJ" && isCapitalized(tokens[k].Form):
			continue
		}
		break
	}
	return end
}

// instruments act for those who have them, when they act at all.
var instruments = map[string]bool{"warplane": true, "warship": true, "fighter jet": true, "gunship": true, "destroyer": true, "aircraft carrier": true,
	"bomber jet": true, "frigate": true, "jet": true, "drone": true, "helicopter": true, "submarine": true, "carrier": true, "aircraft": true, "plane": true,
	"vessel": true, "tank": true}

// acts reports whether the token is a subject or an agent.
func acts(t *english.Token) bool {
	return t.Rel == "nsubj" || t.Rel == "nsubj:pass" || t.Rel == "obl:agent" || t.Rel == "nmod:poss" || t.Rel == "conj"
}

// domestic are the sectors a text does not tell the state of once it is clear.
var domestic = map[string]bool{"GOV": true, "MIL": true, "LEG": true, "JUD": true, "SPY": true, "OPP": true}

// titleOf names a body by its state: "government of Pakistan".
func (c *Cast) titleOf(code string, d *description) string {
	noun := d.noun.key
	if st := c.g.stateOf(code); st != "" {
		return noun + " of " + c.g.states[st]
	}
	return noun + " of " + c.nameOf(code)
}

func (c *Cast) firstSeen(s int, d *description, state string) int {
	for t := d.start; t <= d.end; t++ {
		if n := c.nameAt(s, t); n != nil && !n.unknown && n.person < 0 && strings.HasPrefix(c.g.entries[n.entry].code, state) {
			return t
		}
	}
	return d.end + 1
}

// fits rejects what coreference offers when it cannot be what the noun says:
// "the government" is no person, "the president" no state.
func (c *Cast) fits(r *referent, d *description) bool {
	if d.person {
		return r.kind == kindPerson
	}
	if r.kind == kindPerson {
		return false
	}
	return r.kind == kindOrganisation || r.kind == kindGroup || d.noun.weak && d.sector == "CVL"
}

// several is what "the two leaders", "both presidents", "the two armies" denote.
func (c *Cast) several(s, t int, d *description, m chancery.ByteRange) *referent {
	if parties := c.members(s, t); len(parties) > 1 {
		sector := ""
		if !d.person {
			sector = d.sector
		}
		r := c.plurality(parties, sector, m)
		r.kind = kindPerson
		return r
	}
	if d.sector == "CVL" {
		return nil
	}
	if d.person {
		if people := c.trail.latest(s, d.counted); len(people) == d.counted {
			r := &referent{kind: kindPerson, actor: true}
			for _, p := range people {
				r.parties = append(r.parties, chancery.Party{Code: p.code, Name: p.name, Mention: m})
			}
			return r
		}
	}
	if codes := c.trail.top(s, d.counted, false); len(codes) == d.counted {
		r := &referent{kind: kindOrganisation, actor: true}
		for _, code := range codes {
			code += d.sector
			r.parties = append(r.parties, chancery.Party{Code: code, Name: c.titleOf(code, d), Mention: m})
		}
		return r
	}
	return nil
}
