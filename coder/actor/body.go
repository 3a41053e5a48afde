package actor

import (
	"chancery"
	"chancery/english"
)

// meetBodies finds the short forms the text gives its organisations: "the Bay
// Fisheries Council (BFC)". From then on, and before, BFC is that council,
// whatever else the gazetteer knows under it.
func (c *Cast) meetBodies() {
	short := map[string]int32{}
	for i := range c.names {
		n := &c.names[i]
		tokens := c.doc.Sentences[n.sentence].Tokens
		if c.isPerson(n) || n.class == classOther && !n.unknown || n.last+3 >= len(tokens) || n.last == n.first {
			continue
		}
		open, form, shut := tokens[n.last+1].Form, tokens[n.last+2].Form, tokens[n.last+3].Form
		if open != "(" || shut != ")" || !isCaps(bare(form)) || len(form) > 10 || !n.unknown && isStateClass(n.class) {
			continue
		}
		if _, known := short[form]; !known {
			short[form] = int32(i)
		}
	}
	if len(short) == 0 {
		return
	}
	for s := range c.doc.Sentences {
		for t := range c.doc.Sentences[s].Tokens {
			i, ok := short[c.doc.Sentences[s].Tokens[t].Form]
			if !ok {
				continue
			}
			if n := c.nameAt(s, t); n != nil && n.first != n.last {
				continue
			}
			full := &c.names[i]
			n := name{sentence: s, first: t, last: t, person: -1, unknown: full.unknown, kind: english.Organization, class: full.class, entry: full.entry, full: i + 1}
			c.names = append(c.names, n)
			c.spans[s][t] = int32(len(c.names))
		}
	}
}

// unknownBody is an organisation that the gazetteer does not have: the words of
// its name, what stands beside it and an apposition tell what it is.
func (c *Cast) unknownBody(s int, n *name, m chancery.ByteRange) *referent {
	p := chancery.Party{Name: c.rangeOf(s, n.first, c.properEnd(s, n.last)).Of(c.doc.Text), Mention: m}
	if n.full > 0 {
		f := &c.names[n.full-1]
		if r := c.refer(f.sentence, f.last); r.actor && len(r.parties) == 1 {
			p.Code, p.Name = r.parties[0].Code, r.parties[0].Name
		}
		return one(kindOrganisation, p)
	}
	code, first := c.bodyCode(s, n)
	p.Code = code
	p.Name = c.rangeOf(s, first, c.properEnd(s, n.last)).Of(c.doc.Text)
	key := foldString(p.Name)
	switch known := c.bodies[key]; {
	case p.Code == "" || isSector(p.Code) && known != "":
		p.Code = known
	case known == "" || isSector(known):
		c.bodies[key] = p.Code
	}
	return one(kindOrganisation, p)
}

// bodyCode reads an organisation's code off its name and its surroundings, and
// gives the first token of what names it: "Egyptian Foreign Ministry".
func (c *Cast) bodyCode(s int, n *name) (code string, first int) {
	first = n.first
	sector, state := "", ""
	if states := c.statesIn(s, n.first, n.last); len(states) > 0 {
		state = states[0]
	}
	for t := n.last; t >= n.first; t-- {
		v, ok := c.lookNoun(s, t)
		if !ok {
			continue
		}
		sector = v.sector
		if state == "" {
			if d, ok := c.describe(s, t); ok {
				if d.org != "" && c.g.stateOf(d.org) == "" {
					return d.org, first
				}
				state = d.state
				if state != "" && c.nameAt(s, d.start) != nil {
					first = min(first, d.start)
				}
			}
		}
		break
	}
	if state != "" && sector != "" {
		return state + sector, first
	}
	// "Orvane, a Kenyan shipping company"
	tokens := c.doc.Sentences[s].Tokens
	for j := n.last + 1; j < len(tokens); j++ {
		if tokens[j].Rel != "appos" || tokens[j].Head < n.first || tokens[j].Head > n.last || c.nameAt(s, j) != nil {
			continue
		}
		if d, ok := c.describe(s, j); ok && !d.person {
			if d.state != "" || d.org != "" {
				return d.code, first
			}
			sector = d.sector
		}
		break
	}
	return state + sector, first
}
