package english

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"chancery/english/lexicon"
	"chancery/english/linear"
)

//go:embed coref.model
var corefModel []byte

// resolver joins mentions into chains: each mention in turn takes the earlier
// one that a trained ranker likes best, or none (Denis and Baldridge 2008;
// features after Durrett and Klein 2013). It is safe for concurrent use.
type resolver struct {
	model   *linear.Model
	lexicon *lexicon.Lexicon
}

func loadResolver() (*resolver, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	model, _, err := linear.Decode(corefModel)
	if err != nil {
		return nil, fmt.Errorf("load the coreference model: %w", err)
	}
	return &resolver{model, lex}, nil
}

func sortMentions(all []mention) {
	slices.SortStableFunc(all, func(a, b mention) int {
		if a.Sentence != b.Sentence {
			return a.Sentence - b.Sentence
		}
		if a.Head != b.Head {
			return a.Head - b.Head
		}
		return a.Last - b.Last
	})
}

// window is how many mentions back an antecedent is looked for. A mention
// that shares a word with this one is looked for in the whole text.
const window = 45

// entity is what the mentions of a chain so far say of their referent.
type entity struct {
	members        []int
	number, gender uint8
	named          bool
	class          lexicon.Class
}

// linker holds the state of one document.
type linker struct {
	doc      *Doc
	mentions []mention
	of       []int // entity of each mention so far
	entities []entity
	byWord   map[uint32][]int // mentions by head and by proper words, newest last
	speaker  []int            // of each quotation by its number, the mention that speaks it, or -1
	waiting  map[int][]int    // by a speaking mention still to come, the first persons that wait for it
	scratch  []int
	features []uint32
}

func newLinker(doc *Doc, mentions []mention, speakers [][2]int) *linker {
	l := &linker{doc: doc, mentions: mentions, byWord: map[uint32][]int{}, waiting: map[int][]int{}}
	l.speaker = make([]int, len(speakers))
	at := map[[2]int]int{}
	for i := range mentions {
		at[[2]int{mentions[i].Sentence, mentions[i].Head}] = i
	}
	for q, place := range speakers {
		l.speaker[q] = -1
		if i, ok := at[place]; ok {
			l.speaker[q] = i
		}
	}
	return l
}

// quoted gives the mention that says "I" when mention i is an "I" in a
// quotation whose speaker is known, or -1.
func (l *linker) quoted(i int) int {
	m := &l.mentions[i]
	if m.quoted == 0 || m.person != 1 || m.number != singular || m.quoted >= len(l.speaker) {
		return -1
	}
	return l.speaker[m.quoted]
}

// candidates gives the earlier mentions that m could refer back to, nearest first.
func (l *linker) candidates(i int) []int {
	m := &l.mentions[i]
	out := l.scratch[:0]
	for j := i - 1; j >= 0 && j >= i-window; j-- {
		if m.typ == typPronoun && m.Sentence-l.mentions[j].Sentence > 6 {
			break
		}
		out = append(out, j)
	}
	if m.typ != typPronoun {
		near := len(out)
		add := func(word uint32) {
			all := l.byWord[word]
			for k := len(all) - 1; k >= 0 && k >= len(all)-4; k-- {
				if all[k] < i-near && !slices.Contains(out[near:], all[k]) {
					out = append(out, all[k])
				}
			}
		}
		add(m.head)
		for _, w := range m.proper {
			add(w)
		}
		slices.SortFunc(out[near:], func(a, b int) int { return b - a })
	}
	l.scratch = out
	return out
}

// put adds mention i to the entity of mention a, or to a new one when a < 0.
func (l *linker) put(i, a int) {
	m := &l.mentions[i]
	e := len(l.entities)
	if a >= 0 {
		e = l.of[a]
	} else {
		l.entities = append(l.entities, entity{number: m.number, gender: m.gender, class: m.class})
	}
	l.of = append(l.of, e)
	ent := &l.entities[e]
	ent.members = append(ent.members, i)
	if both := ent.gender & m.gender; both != 0 {
		ent.gender = both
	}
	if both := ent.number & m.number; both != 0 {
		ent.number = both
	}
	ent.named = ent.named || m.Kind == Named
	if ent.class == lexicon.None || m.Kind == Named && m.class != lexicon.None {
		ent.class = m.class
	}
	if m.typ == typPronoun {
		return
	}
	l.byWord[m.head] = append(l.byWord[m.head], i)
	if m.whole != 0 && m.whole != m.head {
		l.byWord[m.whole] = append(l.byWord[m.whole], i)
	}
	for _, w := range m.name {
		if w != m.head && w != m.whole && !slices.Contains(m.proper, w) {
			l.byWord[w] = append(l.byWord[w], i)
		}
	}
	for _, w := range m.proper {
		if w != m.head && w != m.whole {
			l.byWord[w] = append(l.byWord[w], i)
		}
	}
}

// link joins the mentions of a document, which must be in the order of the text.
func (r *resolver) link(doc *Doc, mentions []mention, speakers [][2]int) *linker {
	l := newLinker(doc, mentions, speakers)
	for i := range mentions {
		if s := l.quoted(i); s >= 0 {
			switch first := l.waiting[s]; {
			case s < i:
				l.put(i, s)
			case len(first) > 0:
				l.put(i, first[0])
			default:
				l.put(i, -1)
				l.waiting[s] = append(first, i)
			}
			continue
		}
		best := l.namesake(i)
		if best < 0 {
			best = r.antecedent(l, i)
		}
		l.put(i, best)
		for _, first := range l.waiting[i] {
			l.merge(l.of[first], l.of[i])
		}
	}
	return l
}

// antecedent gives the mention that mention i refers back to by the ranker, or
// -1. "He" and "she" always refer to somebody whom the text has named.
func (r *resolver) antecedent(l *linker, i int) int {
	m := &l.mentions[i]
	best, score := -1, r.score(l.newFeatures(i))
	if m.typ == typPronoun && (m.gender == male || m.gender == female) {
		score = -1e9
	}
	for _, a := range l.candidates(i) {
		if !l.possible(i, a) {
			continue
		}
		if s := r.score(l.pairFeatures(i, a)); s > score {
			best, score = a, s
		}
	}
	return best
}

// namesake gives the last mention that has the same name as mention i, or one
// that it shortens ("Ann Holt", later "Holt"; "Central Bank", later "CB"), or -1.
func (l *linker) namesake(i int) int {
	m := &l.mentions[i]
	if m.name == nil || m.Kind != Named {
		return -1
	}
	seen := 0
	for _, w := range append([]uint32{m.whole}, m.name...) {
		all := l.byWord[w]
		for k := len(all) - 1; k >= 0 && k >= len(all)-12; k-- {
			n := &l.mentions[all[k]]
			if n.name == nil || n.class != m.class && n.class != lexicon.None && m.class != lexicon.None {
				continue
			}
			if n.whole == m.whole || m.class == lexicon.NamedPerson && len(m.name) < len(n.name) && m.name[len(m.name)-1] == n.name[len(n.name)-1] && contains(n.name, m.name) {
				return all[k]
			}
		}
		if seen++; seen > 8 {
			break
		}
	}
	if m.acronym != "" && len(m.name) == 1 {
		for j := i - 1; j >= 0 && j >= i-window; j-- {
			if n := &l.mentions[j]; n.initials == m.acronym {
				return j
			}
		}
	}
	return -1
}

// contains reports whether all words of part are among those of whole.
func contains(whole, part []uint32) bool {
	for _, w := range part {
		if !slices.Contains(whole, w) {
			return false
		}
	}
	return true
}

// merge moves the mentions of entity from into entity to.
func (l *linker) merge(from, to int) {
	if from == to {
		return
	}
	for _, i := range l.entities[from].members {
		l.of[i] = to
	}
	e := &l.entities[to]
	e.members = append(e.members, l.entities[from].members...)
	slices.Sort(e.members)
	l.entities[from].members = nil
}

func (r *resolver) score(features []uint32) float32 {
	var out [1]float32
	r.model.Scores(features, out[:])
	return out[0]
}

// possible rules out pairs that cannot corefer whatever else they say: a
// phrase and its own part, a man and a woman, two different persons' pronouns.
func (l *linker) possible(i, a int) bool {
	m, n := &l.mentions[i], &l.mentions[a]
	e := &l.entities[l.of[a]]
	if m.Sentence == n.Sentence && m.First >= n.First && m.Last <= n.Last && m.Head != n.Head && !l.apposed(i, a) {
		return false
	}
	if l.groups(m) != l.groups(n) && m.typ != typPronoun && n.typ != typPronoun {
		return false // "both countries" is another "both countries" or new
	}
	if m.typ == typPronoun {
		if m.person == 1 && n.person == 1 && m.quoted != n.quoted {
			return false // each quotation has its own speaker
		}
		if m.person == 3 && (m.gender&e.gender == 0 || m.number&e.number == 0) {
			return m.gender&e.gender != 0 && e.class == lexicon.Group || m.gender == neuter|male|female && e.class != lexicon.None
		}
	}
	return true
}

// apposed reports whether one of the mentions is an apposition to the other
// ("the envoy, Ann Holt") or its nominal predicate ("Ann Holt is the envoy").
func (l *linker) apposed(i, a int) bool {
	m, n := &l.mentions[i], &l.mentions[a]
	if m.Sentence != n.Sentence {
		return false
	}
	s := &l.doc.Sentences[m.Sentence]
	x, y := &s.Tokens[m.Head], &s.Tokens[n.Head]
	return x.Head == n.Head && x.Rel == "appos" || y.Head == m.Head && y.Rel == "appos"
}

// predicated reports whether a is the subject of the nominal predicate i.
func (l *linker) predicated(i, a int) bool {
	m, n := &l.mentions[i], &l.mentions[a]
	if m.Sentence != n.Sentence {
		return false
	}
	s := &l.doc.Sentences[m.Sentence]
	return s.Tokens[n.Head].Head == m.Head && strings.HasPrefix(s.Tokens[n.Head].Rel, "nsubj")
}

func sentenceDistance(d int) uint32 {
	switch {
	case d <= 3:
		return uint32(d)
	case d <= 6:
		return 4
	case d <= 12:
		return 5
	}
	return 6
}

func countBucket(n int) uint32 {
	switch {
	case n <= 3:
		return uint32(n)
	case n <= 6:
		return 4
	case n <= 15:
		return 5
	case n <= 40:
		return 6
	}
	return 7
}

func yes(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// kindOf is the type of a mention as features see it: each pronoun is its own.
func kindOf(m *mention) uint32 {
	if m.typ == typPronoun {
		return m.pron
	}
	return uint32(m.typ)
}

// match says which forms of a mention agree with those of another.
func match(m, n *mention) uint32 {
	if m.typ == typPronoun || n.typ == typPronoun {
		return yes(m.pron == n.pron && m.typ == n.typ) << 5
	}
	b := yes(m.head == n.head) | yes(m.form == n.form)<<1
	inside := len(m.words) > 0
	for _, w := range m.words {
		inside = inside && slices.Contains(n.words, w)
	}
	b |= yes(inside) << 2
	share := false
	for _, w := range m.proper {
		share = share || slices.Contains(n.proper, w)
	}
	b |= yes(share) << 3
	b |= yes(m.last != 0 && m.last == n.last) << 4
	b |= yes(m.acronym != "" && m.acronym == n.initials || n.acronym != "" && n.acronym == m.initials) << 6
	return b
}

// newFeatures describes the decision that mention i refers to something new.
func (l *linker) newFeatures(i int) []uint32 {
	m := &l.mentions[i]
	out := l.features[:0]
	base := linear.Hash(100)
	f := func(template uint32, values ...uint32) {
		h := linear.Add(base, template)
		for _, v := range values {
			h = linear.Add(h, v)
		}
		out = append(out, h)
	}
	k := kindOf(m)
	seen := uint32(0)
	if m.typ != typPronoun {
		all := l.byWord[m.head]
		for _, a := range all[max(0, len(all)-8):] {
			seen = max(seen, 1+yes(l.mentions[a].form == m.form))
		}
	}
	sharesName := uint32(0)
	for _, w := range m.proper {
		if len(l.byWord[w]) > 0 {
			sharesName = 1
		}
	}
	f(1, k)
	f(2, k, m.head)
	f(3, k, seen, sharesName)
	f(4, k, uint32(m.class), uint32(m.number))
	f(5, k, m.rel)
	f(6, k, m.det)
	f(7, k, sentenceDistance(m.Sentence))
	f(8, k, countBucket(len(m.words)), seen)
	f(9, k, uint32(m.class), seen)
	f(10, k, m.rel, seen)
	f(11, uint32(m.Kind[0]), m.head)
	f(12, k, yes(m.quoted > 0), countBucket(len(l.of)))
	f(13, k, m.governor)
	f(14, k, uint32(m.count))
	l.features = out
	return out
}

// pairFeatures describes the decision that mention i refers to what mention a does.
func (l *linker) pairFeatures(i, a int) []uint32 {
	m, n := &l.mentions[i], &l.mentions[a]
	e := &l.entities[l.of[a]]
	out := l.features[:0]
	base := linear.Hash(200)
	f := func(template uint32, values ...uint32) {
		h := linear.Add(base, template)
		for _, v := range values {
			h = linear.Add(h, v)
		}
		out = append(out, h)
	}
	tm, tn := kindOf(m), kindOf(n)
	t := linear.Add(tm, tn)
	sd := sentenceDistance(m.Sentence - n.Sentence)
	md := countBucket(i - a)
	own := match(m, n)
	best := own
	if m.typ != typPronoun {
		for k := len(e.members) - 1; k >= 0 && k >= len(e.members)-6; k-- {
			if o := &l.mentions[e.members[k]]; o.typ != typPronoun {
				best |= match(m, o)
			}
		}
	}
	gender := uint32(m.gender&e.gender)<<4 | uint32(m.gender)<<8 | uint32(e.gender)
	number := uint32(m.number)<<4 | uint32(e.number)
	link := yes(l.apposed(i, a)) | yes(l.predicated(i, a))<<1
	quote := uint32(0)
	switch {
	case m.quoted > 0 && m.quoted == n.quoted:
		quote = 1
	case m.quoted > 0 && n.quoted > 0:
		quote = 2
	case m.quoted > 0:
		quote = 3
	case n.quoted > 0:
		quote = 4
	}
	size := countBucket(len(e.members))
	sameGovernor := yes(m.governor == n.governor && m.governor != 0)
	conflict := uint32(0)
	if own&1 != 0 && m.typ != typPronoun {
		// The same head with other words beside it: "the old port", "the new port".
		conflict = 1 + yes(own&4 != 0)
		extra := false
		for _, w := range n.words {
			extra = extra || !slices.Contains(m.words, w)
		}
		conflict += 2 * yes(extra)
	}
	f(1, t)
	f(2, t, sd)
	f(3, tm, md)
	f(4, t, own)
	f(5, t, best)
	f(6, tm, best, sd)
	f(7, t, number)
	f(8, tm, gender)
	f(9, t, uint32(m.class), uint32(n.class))
	f(10, tm, uint32(e.class), sd)
	f(11, tm, m.rel, n.rel)
	f(12, tm, n.rel, sd)
	f(13, tm, sameGovernor, yes(m.rel == n.rel), sd)
	f(14, t, link)
	f(15, tm, link, sd, yes(m.typ == n.typ))
	if m.typ != typPronoun && n.typ != typPronoun {
		f(16, m.head, n.head)
		f(17, m.head, own&1, uint32(m.typ))
		f(18, t, conflict, sd)
		f(28, t, best, uint32(m.class), yes(e.named))
		f(29, uint32(m.typ), uint32(m.number), uint32(n.number), own&1)
	} else {
		f(19, tm, n.head)
		f(30, tm, yes(n.subject), sd, md)
		f(31, tm, yes(n.subject), yes(m.subject), sd)
		f(32, tm, tn, m.governor, yes(n.subject))
	}
	f(20, tm, size, sd)
	f(21, tm, yes(e.named), sd)
	f(22, tm, quote, tn)
	f(23, tm, uint32(m.class), uint32(e.class))
	f(24, tm, uint32(e.gender), uint32(e.number), sd)
	f(25, uint32(m.typ), m.det, best&3, sd)
	f(26, tm, sd, md, size)
	f(27, tm, yes(l.entities[l.of[a]].members[len(e.members)-1] == a), sd)
	l.features = out
	return out
}
