package english

import (
	"slices"
	"strings"

	"chancery/english/lexicon"
)

// findChains fills in doc.Chains: the mentions the text makes more than once,
// and those that a plural mention stands for.
func (r *resolver) findChains(doc *Doc) {
	reader := newMentionReader(doc, r.lexicon)
	mentions := reader.find()
	l := r.link(doc, mentions, reader.speakers())
	members := make([][]int, len(l.entities)) // entities that a group stands for
	keep := make([]bool, len(l.entities))
	var order []int
	for e := range l.entities {
		if len(l.entities[e].members) == 0 {
			continue // merged into another
		}
		order = append(order, e)
		members[e] = l.group(e)
		keep[e] = keep[e] || len(l.entities[e].members) > 1 || members[e] != nil
		for _, k := range members[e] {
			keep[k] = true
		}
	}
	slices.SortFunc(order, func(a, b int) int { return l.entities[a].members[0] - l.entities[b].members[0] })
	chain := make([]int, len(l.entities))
	for _, e := range order {
		if !keep[e] {
			continue
		}
		chain[e] = len(doc.Chains)
		c := Chain{Mentions: make([]Mention, 0, len(l.entities[e].members))}
		for _, i := range l.entities[e].members {
			c.Mentions = append(c.Mentions, mentions[i].Mention)
		}
		doc.Chains = append(doc.Chains, c)
	}
	for _, e := range order {
		for _, k := range members[e] {
			c := &doc.Chains[chain[e]]
			c.Members = append(c.Members, chain[k])
		}
		if keep[e] {
			slices.Sort(doc.Chains[chain[e]].Members)
		}
	}
}

// groupHeads are nouns that stand for a number of things named before, and the
// class those have.
var groupHeads = map[string]lexicon.Class{
	"country": lexicon.NamedPlace, "nation": lexicon.NamedPlace, "state": lexicon.NamedPlace, "government": lexicon.NamedPlace,
	"capital": lexicon.NamedPlace, "side": lexicon.NamedPlace, "neighbour": lexicon.NamedPlace, "neighbor": lexicon.NamedPlace,
	"power": lexicon.NamedPlace, "city": lexicon.NamedPlace, "ally": lexicon.NamedPlace, "rival": lexicon.NamedPlace,
	"party": lexicon.NamedPlace, "leader": lexicon.NamedPerson, "president": lexicon.NamedPerson, "minister": lexicon.NamedPerson,
	"man": lexicon.NamedPerson, "woman": lexicon.NamedPerson, "official": lexicon.NamedPerson, "company": lexicon.NamedGroup,
	"agency": lexicon.NamedGroup, "group": lexicon.NamedGroup, "organisation": lexicon.NamedGroup, "organization": lexicon.NamedGroup,
}

// groups gives the number of things that a mention such as "the two countries"
// or "both leaders" stands for, 0 for other mentions.
func (l *linker) groups(m *mention) uint8 {
	if m.count < 2 || m.Kind != Nominal || m.typ != typDefinite && m.typ != typDemonstrative {
		return 0
	}
	if _, ok := groupHeads[strings.ToLower(l.doc.Sentences[m.Sentence].Tokens[m.Head].Lemma)]; !ok {
		return 0
	}
	return m.count
}

// reach is how many sentences back the members of a group are looked for.
const reach = 8

// group gives the entities that "the two countries" or "both leaders" stand
// for, in the order in which the text first names them, or nil. They are the
// named ones of the right class that were last spoken of; those named side by
// side ("Chad and Niger", "Chad-Niger ties") count as closer.
func (l *linker) group(e int) []int {
	m := &l.mentions[l.entities[e].members[0]]
	if l.groups(m) == 0 {
		return nil
	}
	head := strings.ToLower(l.doc.Sentences[m.Sentence].Tokens[m.Head].Lemma)
	class := groupHeads[head]
	type choice struct {
		entity int
		score  float64
	}
	var best []choice
	for i := l.entities[e].members[0] - 1; i >= 0; i-- {
		n := &l.mentions[i]
		d := m.Sentence - n.Sentence
		if d > reach {
			break
		}
		k := l.of[i]
		if k == e || l.entities[k].class != class || l.entities[k].number&singular == 0 {
			continue
		}
		score := 1 / float64((1+d)*(1+d))
		if n.subject {
			score *= 1.3
		}
		if l.besideAnother(i, class) {
			score *= 1.6
		}
		if n.typ == typPronoun {
			score *= 0.7
		}
		if !n.country && n.Kind == Named && class == lexicon.NamedPlace && head != "city" && head != "capital" {
			score *= 0.2 // a city is no country, though it may stand for one
		}
		at := slices.IndexFunc(best, func(c choice) bool { return c.entity == k })
		if at < 0 {
			at = len(best)
			best = append(best, choice{entity: k})
		}
		best[at].score += score
	}
	if len(best) < int(m.count) {
		return nil
	}
	slices.SortStableFunc(best, func(a, b choice) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return a.entity - b.entity
	})
	var out []int
	for _, c := range best[:m.count] {
		out = append(out, c.entity)
	}
	slices.Sort(out)
	return out
}

// besideAnother reports whether mention i stands beside another named one of
// the class: joined by "and", by a hyphen, or by "with" and "between".
func (l *linker) besideAnother(i int, class lexicon.Class) bool {
	m := &l.mentions[i]
	for _, j := range []int{i - 1, i + 1} {
		if j < 0 || j >= len(l.of) {
			continue
		}
		n := &l.mentions[j]
		if n.Sentence != m.Sentence || n.Kind != Named || l.entities[l.of[j]].class != class || l.of[j] == l.of[i] {
			continue
		}
		if d := n.First - m.Last; d > 0 && d <= 3 {
			return true
		}
		if d := m.First - n.Last; d > 0 && d <= 3 {
			return true
		}
	}
	return false
}
