package actor

import (
	"cmp"
	"slices"
	"strings"

	"chancery"
	"chancery/english"
)

// findChains notes for each token which chain of coreference its mention is in.
func (c *Cast) findChains() {
	c.chains = make([][]int32, len(c.doc.Sentences))
	for s := range c.doc.Sentences {
		c.chains[s] = make([]int32, len(c.doc.Sentences[s].Tokens))
	}
	for i := range c.doc.Chains {
		for _, m := range c.doc.Chains[i].Mentions {
			if m.Sentence < len(c.chains) && m.Head < len(c.chains[m.Sentence]) {
				c.chains[m.Sentence][m.Head] = int32(i + 1)
			}
		}
	}
}

// chained is what the chain of a token's mention denotes: what its first named
// mention does, else its nearest earlier mention. nil when there is no chain
// or none of its mentions tells.
func (c *Cast) chained(s, t int) *referent {
	i := c.chains[s][t]
	if i == 0 {
		return nil
	}
	chain := &c.doc.Chains[i-1]
	if len(chain.Members) > 0 {
		return nil
	}
	for k := range chain.Mentions {
		m := &chain.Mentions[k]
		if n := c.nameAt(m.Sentence, m.Head); n != nil && m.Kind != english.Pronoun {
			if r := c.refer(m.Sentence, m.Head); r.actor && r.parties[0].Code != "" {
				return r
			}
		}
	}
	var best *referent
	for k := range chain.Mentions {
		m := &chain.Mentions[k]
		if m.Sentence > s || m.Sentence == s && m.Head >= t {
			break
		}
		if m.Kind == english.Pronoun {
			continue
		}
		if r := c.refer(m.Sentence, m.Head); r.actor && len(r.parties) > 0 {
			best = r
		}
	}
	return best
}

// members are the parties a plural mention stands for by the chains it joins.
func (c *Cast) members(s, t int) []chancery.Party {
	i := c.chains[s][t]
	if i == 0 {
		return nil
	}
	var parties []chancery.Party
	for _, k := range c.doc.Chains[i-1].Members {
		if k < 0 || k >= len(c.doc.Chains) {
			continue
		}
		for _, m := range c.doc.Chains[k].Mentions {
			if m.Kind == english.Pronoun {
				continue
			}
			if r := c.refer(m.Sentence, m.Head); r.actor && len(r.parties) == 1 && r.parties[0].Code != "" {
				parties = append(parties, r.parties[0])
				break
			}
		}
	}
	return parties
}

func isRelative(t *english.Token) bool {
	if t.UPOS != "PRON" && t.UPOS != "SCONJ" && t.UPOS != "DET" {
		return false
	}
	if t.Feat("PronType") == "Rel" || t.XPOS == "WP" || t.XPOS == "WDT" || t.XPOS == "WP$" {
		return true
	}
	return false
}

// relative is what "who", "which" and "that" denote: what their clause modifies.
func (c *Cast) relative(s, t int) *referent {
	tokens := c.doc.Sentences[s].Tokens
	for j, k := t, 0; j >= 0 && k < maxDepth; j, k = tokens[j].Head, k+1 {
		if tokens[j].Rel == "acl:relcl" || tokens[j].Rel == "acl" {
			if h := tokens[j].Head; h >= 0 && h < t {
				return c.refer(s, h)
			}
			break
		}
	}
	return nobody
}

// pronoun is what a personal or possessive pronoun denotes: what its chain
// does, else for "he" and "she" the person spoken of last, for "its" the state
// or body named last in the sentence.
func (c *Cast) pronoun(s, t int) *referent {
	tok := &c.doc.Sentences[s].Tokens[t]
	if tok.Rel == "expl" {
		return nobody
	}
	low := strings.ToLower(tok.Form)
	m := c.rangeOf(s, t, t)
	if parties := c.members(s, t); len(parties) > 1 {
		return c.plurality(parties, "", m)
	}
	if r := c.chained(s, t); r != nil && r.actor && len(r.parties) == 1 && agrees(low, r) {
		p := r.parties[0]
		p.Mention = m
		out := one(r.kind, p)
		out.role, out.plain = r.role, r.plain
		return out
	}
	switch low {
	case "he", "him", "his", "himself", "she", "her", "herself", "hers":
		if people := c.trail.latest(s, 1); len(people) == 1 {
			out := one(kindPerson, chancery.Party{Code: people[0].code, Name: people[0].name, Mention: m})
			out.role = people[0].role
			return out
		}
	case "its", "itself":
		if p, ok := c.lastBody(s, t); ok {
			kind := kindOrganisation
			if c.g.states[p.Code] != "" {
				kind = kindState
			}
			p.Mention = m
			return one(kind, p)
		}
	case "they", "their", "them", "theirs":
		if parties := c.lastPair(s, t); len(parties) > 1 {
			return c.plurality(parties, "", m)
		}
	}
	return nobody
}

// agrees rejects a chain that joins "he" with a state or "it" with a person.
func agrees(pronoun string, r *referent) bool {
	switch pronoun {
	case "he", "him", "his", "himself", "she", "her", "hers", "herself", "i", "my", "me", "mine", "myself":
		return r.kind == kindPerson
	case "it", "its", "itself":
		return r.kind != kindPerson
	}
	return true
}

// lastBody is the state or body named last before a token in its sentence, its
// subject first.
func (c *Cast) lastBody(s, t int) (chancery.Party, bool) {
	tokens := c.doc.Sentences[s].Tokens
	last := chancery.Party{}
	ok := false
	for j := 0; j < t; j++ {
		n := c.nameAt(s, j)
		if n == nil || n.last != j || n.class == classAdjective {
			continue
		}
		r := c.refer(s, j)
		if !r.actor || r.kind == kindPerson || len(r.parties) != 1 || r.parties[0].Code == "" {
			continue
		}
		if relation(tokens[j].Rel) == "nsubj" || !ok {
			last, ok = r.parties[0], true
		}
	}
	return last, ok
}

// lastPair is the coordinated subject of the sentence before "their": "Iran and
// Iraq reopened their border"; else the two persons, or the two states, that
// the sentence before it is about.
func (c *Cast) lastPair(s, t int) []chancery.Party {
	tokens := c.doc.Sentences[s].Tokens
	for j := 0; j < t; j++ {
		if relation(tokens[j].Rel) != "nsubj" || c.nameAt(s, j) == nil {
			continue
		}
		if parties := c.referAll(s, j); len(parties) > 1 {
			return parties
		}
	}
	if s == 0 {
		return nil
	}
	var people, states []chancery.Party
	before := c.doc.Sentences[s-1].Tokens
	for j := range before {
		n := c.nameAt(s-1, j)
		if n == nil || n.last != j {
			continue
		}
		switch relation(before[n.first].Rel) {
		case "nsubj", "obj", "iobj", "obl", "nmod", "conj", "flat", "appos":
		default:
			continue
		}
		r := c.refer(s-1, j)
		if !r.actor || len(r.parties) != 1 {
			continue
		}
		to := &states
		switch r.kind {
		case kindPerson:
			to = &people
		case kindState:
		default:
			continue
		}
		known := false
		for _, p := range *to {
			known = known || p.Code == r.parties[0].Code && p.Name == r.parties[0].Name
		}
		if !known {
			*to = append(*to, r.parties[0])
		}
	}
	if len(people) == 2 {
		return people
	}
	if len(people) == 0 && len(states) == 2 {
		return states
	}
	return nil
}

// trail is what the text has spoken of so far, the latest last.
type trail struct {
	states []trace
	parts  []trace // of states, with their sectors
	people []*person
	where  []int            // sentence of each of people
	nouns  []string         // nouns of the lexicon that were resolved, as listed
	bodies []chancery.Party // what each of nouns was
	at     []int            // sentence of each of nouns
}

// trace is one mention of a state or of a group.
type trace struct {
	code     string
	sentence int
	weight   float64
	group    bool
}

// note adds what a token denotes to the trail, at the end of its name.
func (c *Cast) note(s, t int) {
	tokens := c.doc.Sentences[s].Tokens
	n := c.nameAt(s, t)
	if n == nil {
		if r := c.results[s][t]; r.actor && len(r.parties) == 1 && r.kind != kindState && !r.plain && tokens[t].UPOS != "PRON" {
			if v, ok := c.lookNoun(s, t); ok && r.parties[0].Code != "" {
				c.trail.nouns = append(c.trail.nouns, v.key)
				c.trail.bodies = append(c.trail.bodies, r.parties[0])
				c.trail.at = append(c.trail.at, s)
				c.trail.parts = append(c.trail.parts, trace{code: r.parties[0].Code, sentence: s})
			}
		}
		return
	}
	if n.last != t {
		return
	}
	if n.person >= 0 {
		p := c.people[n.person]
		c.trail.people = append(c.trail.people, p)
		c.trail.where = append(c.trail.where, s)
		if st := c.g.stateOf(p.code); st != "" {
			c.trail.states = append(c.trail.states, trace{st, s, 0.3, false})
			c.trail.parts = append(c.trail.parts, trace{code: p.code, sentence: s})
		}
		return
	}
	if n.unknown || n.class == classOther {
		return
	}
	e := &c.g.entries[n.entry]
	w := 1.0
	switch n.class {
	case classAdjective:
		w = 0.6
	case classPlace, classPeople:
		w = 0.5
	case classBody:
		w = 0.4
		if c.g.stateOf(e.code) == "" {
			return
		}
	}
	switch relation(tokens[n.last].Rel) {
	case "nsubj":
		w *= 1.6
	case "obj", "iobj":
		w *= 1.2
	}
	if n.class == classGroup && c.g.stateOf(e.code) == "" {
		c.trail.states = append(c.trail.states, trace{e.code, s, w, true})
		return
	}
	if st := c.g.stateOf(e.code); st != "" {
		c.trail.states = append(c.trail.states, trace{st, s, w, false})
	}
}

// decay is how much a mention counts one sentence later.
const decay = 0.8

// frequent is how much a mention counts however long ago it was.
const frequent = 0.05

// score is how much a state or a group has been spoken of.
type score struct {
	code string
	sum  float64
}

// scores gives the states spoken of before or in sentence s with how much, in
// the order of their first mention; groups as well when asked for.
func (tr *trail) scores(s int, groups bool) []score {
	var sums []score
	for _, x := range tr.states {
		if x.group && !groups {
			continue
		}
		w := x.weight
		sum := w * frequent
		for d := s - x.sentence; ; d-- {
			if d <= 0 {
				sum += w
				break
			}
			if w *= decay; w < 0.01 {
				break
			}
		}
		i := slices.IndexFunc(sums, func(o score) bool { return o.code == x.code })
		if i < 0 {
			i = len(sums)
			sums = append(sums, score{x.code, 0})
		}
		sums[i].sum += sum
	}
	return sums
}

// top gives the n states most spoken of before or in sentence s, in the order
// of how much; groups count as well when asked for. Fewer when the text has fewer.
func (tr *trail) top(s, n int, groups bool) []string {
	sums := tr.scores(s, groups)
	slices.SortStableFunc(sums, func(a, b score) int { return cmp.Compare(b.sum, a.sum) })
	var out []string
	for _, x := range sums[:min(n, len(sums))] {
		out = append(out, x.code)
	}
	return out
}

// home is the state whose government, army, court a text means by a noun
// without more, "" when it speaks of none: the one most spoken of, before all
// one of which a part of that sector was named. The United States has an
// administration and a congress, and no ministries and no parliament.
func (tr *trail) home(s int, noun, sector string) string {
	best, second := score{}, 0.0
	for _, x := range tr.scores(s, false) {
		for i := len(tr.parts) - 1; i >= 0 && s-tr.parts[i].sentence <= memory; i-- {
			if tr.parts[i].code == x.code+sector {
				x.sum *= 1.8
				break
			}
		}
		if x.code == "USA" {
			switch {
			case noun == "administration" || noun == "congress" || noun == "senate":
				return x.code
			case strings.HasSuffix(noun, "ministry") || strings.HasSuffix(noun, "minister") || noun == "parliament" || noun == "cabinet":
				x.sum /= 10
			}
		}
		if x.sum > best.sum {
			second = best.sum
			best = x
		} else {
			second = max(second, x.sum)
		}
	}
	if best.sum < clearly*second {
		return ""
	}
	return best.code
}

// clearly is how much more than any other a state must have been spoken of for
// "the president" to be its own.
const clearly = 1.3

// memory is for how many sentences a person or a noun is remembered.
const memory = 12

// latest gives the n persons spoken of last, in the order they were.
func (tr *trail) latest(s, n int) []*person {
	var out []*person
	for i := len(tr.people) - 1; i >= 0 && len(out) < n && s-tr.where[i] <= memory; i-- {
		known := false
		for _, p := range out {
			known = known || p == tr.people[i]
		}
		if !known {
			out = append([]*person{tr.people[i]}, out...)
		}
	}
	return out
}

// titled is the person spoken of last whom the text, or the list of offices,
// calls by the noun; else the only one in the whole text. nil for none.
func (tr *trail) titled(noun string, people []*person) *person {
	called := func(p *person) bool {
		return slices.ContainsFunc(p.roles, func(role string) bool { return role == noun || strings.HasSuffix(role, " "+noun) })
	}
	for i := len(tr.people) - 1; i >= 0; i-- {
		if called(tr.people[i]) {
			return tr.people[i]
		}
	}
	var only *person
	for _, p := range people {
		if called(p) {
			if only != nil {
				return nil
			}
			only = p
		}
	}
	return only
}

// alike is what the text last called by the same noun: "the army" after "the
// Pakistani army".
func (tr *trail) alike(noun string, s int) (chancery.Party, bool) {
	for i := len(tr.nouns) - 1; i >= 0 && s-tr.at[i] <= memory; i-- {
		if tr.nouns[i] == noun {
			return tr.bodies[i], true
		}
	}
	return chancery.Party{}, false
}
