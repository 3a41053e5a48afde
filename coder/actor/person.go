package actor

import (
	"strings"

	"chancery/english"
)

// person is someone the text names, with what it says of them.
type person struct {
	words []string // folded words of the longest form of the name
	name  string   // canonical: the gazetteer's, else the longest in the text
	entry int32    // in the gazetteer, -1 for none

	code  string // resolved
	role  string // as first introduced
	roles []string
	first int // index in Cast.names of the first mention
}

// firstNames reports whether a folded word is a common given name.
func (c *Cast) firstNames(fold string) bool { return c.g.given(fold) }

// knownSurname reports whether some longer name in the text ends with the token.
func (c *Cast) knownSurname(s, t int) bool {
	fold := foldString(bare(c.doc.Sentences[s].Tokens[t].Form))
	for i := range c.names {
		n := &c.names[i]
		if n.last > n.first && (n.kind == english.Person || n.class == classPerson && !n.unknown) {
			if foldString(bare(c.doc.Sentences[n.sentence].Tokens[n.last].Form)) == fold {
				return true
			}
		}
	}
	return false
}

// nameWords gives the folded words of a name, without "Jr." and the like.
func (c *Cast) nameWords(n *name) []string {
	var words []word
	for t := n.first; t <= n.last; t++ {
		words = appendWords(words, c.doc.Sentences[n.sentence].Tokens[t].Form, t)
	}
	var out []string
	for _, w := range words {
		switch w.fold {
		case "", "jr", "sr", "ii", "iii", "iv":
		default:
			out = append(out, w.fold)
		}
	}
	return out
}

// isPerson reports whether the name is of a person.
func (c *Cast) isPerson(n *name) bool {
	if n.last < n.first {
		return false
	}
	if n.unknown {
		return n.kind == english.Person || n.kind == ""
	}
	return n.class == classPerson || n.class == classSurname
}

// meetPeople joins the mentions of persons by name.
func (c *Cast) meetPeople() {
	// Full names first: a headline has the surname before the text has the name.
	words := make([][]string, len(c.names))
	for i := range c.names {
		if n := &c.names[i]; c.isPerson(n) {
			words[i] = c.nameWords(n)
		}
	}
	for _, short := range []bool{false, true} {
		for i := range c.names {
			n := &c.names[i]
			if words[i] == nil || (len(words[i]) == 1) != short {
				continue
			}
			n.person = c.whoIs(n, words[i])
			if n.person < 0 {
				entry := int32(-1)
				if !n.unknown {
					entry = n.entry
				}
				n.person = int32(len(c.people))
				c.people = append(c.people, &person{words: words[i], name: c.rangeOf(n.sentence, n.first, n.last).Of(c.doc.Text), entry: entry, first: i})
			}
			p := c.people[n.person]
			if len(words[i]) > len(p.words) {
				p.words, p.name = words[i], c.rangeOf(n.sentence, n.first, n.last).Of(c.doc.Text)
			}
			p.first = min(p.first, i)
			if p.entry < 0 && !n.unknown && n.class == classPerson {
				p.entry = n.entry
			}
		}
	}
}

// introduce reads what the text says of persons where it introduces them, and
// decides their codes.
func (c *Cast) introduce() {
	for _, p := range c.people {
		p.role, p.roles = "", nil
	}
	type said struct {
		best description
		ok   bool
	}
	told := make([]said, len(c.people))
	for i := range c.names {
		n := &c.names[i]
		if n.person < 0 || n.last < n.first {
			continue
		}
		p, t := c.people[n.person], &told[n.person]
		for _, d := range c.introductions(n) {
			p.roles = append(p.roles, d.head)
			if p.role == "" {
				p.role = d.text
			}
			if !t.ok || d.score() > t.best.score() {
				t.best, t.ok = d, true
			}
		}
	}
	for i, p := range c.people {
		c.settle(p, told[i].best, told[i].ok)
	}
}

// whoIs finds a person met already whose name the words are or shorten, -1 for none.
func (c *Cast) whoIs(n *name, words []string) int32 {
	if !n.unknown && n.class == classPerson {
		for k, p := range c.people {
			if p.entry >= 0 && c.g.entries[p.entry].name == c.g.entries[n.entry].name {
				return int32(k)
			}
		}
	}
	best := int32(-1)
	for k, p := range c.people {
		if sameName(p.words, words) {
			best = int32(k)
			// The latest one introduced before the mention is meant.
			if f := &c.names[p.first]; f.sentence > n.sentence || f.sentence == n.sentence && f.first > n.first {
				break
			}
		}
	}
	return best
}

// sameName reports whether two names may be of one person: one is a shortening
// of the other that keeps its last word ("Kurilla", "M. Kurilla", "Michael
// Kurilla" of "Michael E. Kurilla") or is its beginning ("Xi" of "Xi Jinping").
func sameName(a, b []string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) == 0 {
		return false
	}
	if len(b) == 1 {
		return a[len(a)-1] == b[0] || len(a) > 1 && len(b[0]) > 1 && (a[0] == b[0] || a[1] == b[0] && len(a) > 2)
	}
	if a[len(a)-1] == b[len(b)-1] {
		i := 0
		for _, w := range b[:len(b)-1] {
			for i < len(a)-1 && a[i] != w && !(len(w) == 1 && strings.HasPrefix(a[i], w)) && !(len(a[i]) == 1 && strings.HasPrefix(w, a[i])) {
				i++
			}
			if i == len(a)-1 {
				return false
			}
			i++
		}
		return true
	}
	for i, w := range b {
		if a[i] != w {
			return false
		}
	}
	return true
}

// settle decides a person's code. What the text says comes first when it tells
// both the state and the part; the gazetteer fills in what it does not.
func (c *Cast) settle(p *person, d description, told bool) {
	var e *entry
	if p.entry >= 0 {
		e = &c.g.entries[p.entry]
		p.name = e.name
	}
	switch {
	case e != nil && e.rank > 0:
		p.code = e.code // the user's own list
	case told && d.complete(c.g) && !d.former && (e == nil || c.g.stateOf(e.code) != c.g.stateOf(d.code) || !e.holds(c.day) || c.g.sectorOf(e.code) == ""):
		p.code = d.code
	case e != nil:
		p.code = e.code
	case told && d.former && d.state != "":
		p.code = d.state + "CVL"
	case told && d.former:
		p.code = "CVL"
	case told:
		p.code = d.code
	}
	if e != nil {
		if p.role == "" {
			p.role = e.role
		}
		if role := strings.ToLower(e.role); p.code == e.code && !strings.HasPrefix(role, "former") {
			p.roles = append(p.roles, role)
			p.roles = append(p.roles, alsoCalled[role]...)
		}
	}
}

// alsoCalled are other words for the offices of holders.txt.
var alsoCalled = map[string][]string{
	"chief of army staff": {"army chief", "general"}, "prime minister": {"premier"}, "premier": {"prime minister"},
	"commander-in-chief": {"army chief", "general"}, "chief of the general staff": {"army chief", "general"},
	"defence minister": {"defense minister"}, "secretary of defense": {"defense secretary", "defence secretary", "defense chief"},
	"external affairs minister": {"foreign minister"}, "secretary of state": {"top diplomat"}, "foreign secretary": {"foreign minister"},
	"secretary of the treasury": {"treasury secretary"}, "secretary of commerce": {"commerce secretary"}, "crown prince": {"prince"},
}

// introductions reads what stands around a name: titles before it, an
// apposition after it, "is", "who".
func (c *Cast) introductions(n *name) []description {
	var out []description
	s := n.sentence
	tokens := c.doc.Sentences[s].Tokens
	// "Pakistan's Army Chief, Field Marshal Asim Munir": one title ends at the
	// name, another may end at the comma before it.
	end := n.first - 1
	for k := 0; k < 3 && end >= 0; k++ {
		d, ok := c.describe(s, end)
		if !ok || !d.person {
			break
		}
		out = append(out, d)
		end = d.start - 1
		if end < 1 || tokens[end].Form != "," {
			break
		}
		end--
	}
	if len(out) > 1 {
		// The titles are one introduction.
		joined := out[len(out)-1]
		for _, d := range out[:len(out)-1] {
			joined.join(c.g, d)
		}
		joined.text = c.rangeOf(s, out[len(out)-1].textStart, n.first-1).Of(c.doc.Text)
		out = append(out, joined)
		out[0], out[len(out)-1] = out[len(out)-1], out[0]
	}
	for _, head := range c.predicates(n) {
		if d, ok := c.describe(s, head); ok && d.person {
			out = append(out, d)
			if tokens[head].Rel == "appos" && head > n.last && !d.plural {
				c.apposed[[2]int{s, head}] = c.people[n.person]
			}
		}
	}
	return out
}

// predicates gives the heads of the noun phrases that say what a named person
// is: appositions, predicates with "is", and their conjuncts.
func (c *Cast) predicates(n *name) []int {
	s := &c.doc.Sentences[n.sentence]
	tokens := s.Tokens
	inside := func(t int) bool { return t >= n.first && t <= n.last }
	var heads []int
	add := func(t int) {
		if t < 0 || inside(t) || c.nameAt(n.sentence, t) != nil && c.isPerson(c.nameAt(n.sentence, t)) {
			return
		}
		heads = append(heads, t)
		for j := range tokens {
			if tokens[j].Head == t && tokens[j].Rel == "conj" && !inside(j) && tokens[j].UPOS == "NOUN" {
				heads = append(heads, j)
			}
		}
	}
	top := n.last
	for k := 0; k < maxDepth && tokens[top].Head >= 0 && inside(tokens[top].Head); k++ {
		top = tokens[top].Head
	}
	for j := range tokens {
		switch {
		case tokens[j].Head < 0 || inside(j):
		case tokens[j].Rel == "appos" && inside(tokens[j].Head):
			add(j)
		case relation(tokens[j].Rel) == "cop" && hasSubject(tokens, tokens[j].Head, inside) && tokens[tokens[j].Head].UPOS != "VERB":
			add(tokens[j].Head)
		}
	}
	if h := tokens[top].Head; tokens[top].Rel == "appos" && h >= 0 && h < n.first {
		add(h) // "the army chief, Asim Munir"
	}
	if len(heads) == 0 {
		if t := c.afterComma(n); t >= 0 {
			heads = append(heads, t)
		}
	}
	return heads
}

func hasSubject(tokens []english.Token, verb int, inside func(int) bool) bool {
	for j := range tokens {
		if tokens[j].Head == verb && relation(tokens[j].Rel) == "nsubj" && inside(j) {
			return true
		}
	}
	return false
}

// afterComma finds the head of an apposition without the tree's help: ", the
// commander of ..." after a name, up to the next mark or verb. -1 for none.
func (c *Cast) afterComma(n *name) int {
	tokens := c.doc.Sentences[n.sentence].Tokens
	i := n.last + 1
	if i+1 >= len(tokens) || tokens[i].Form != "," {
		return -1
	}
	head := -1
	for i++; i < len(tokens); i++ {
		switch tokens[i].UPOS {
		case "NOUN", "PROPN":
			if c.nameAt(n.sentence, i) == nil {
				head = i
			}
			continue
		case "DET", "ADJ", "NUM", "PART", "PRON", "ADV":
			continue
		}
		break
	}
	if head < 0 || i >= len(tokens) {
		return -1
	}
	if v, ok := c.lookNoun(n.sentence, head); !ok || !v.person {
		return -1
	}
	// "Putin, Trump and officials said" is a list, not an apposition.
	if tokens[i].UPOS == "CCONJ" && tokens[i].Form != "and" || tokens[i].UPOS == "VERB" || tokens[i].UPOS == "AUX" {
		return -1
	}
	return head
}
