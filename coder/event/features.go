package event

import (
	"math"
	"slices"
	"strconv"

	"chancery/english/neural"
)

// pair is what a type is decided for: one party, the other, and the predicate
// words between them.
type pair struct {
	*tree
	actor, recipient int // heads of the parties' phrases; recipient may be -1
	s, o             span
	path             []int
}

// feature is one property of a pair with its strength.
type feature struct {
	id    uint64 // hash of its name
	value float64
}

// features gathers the properties of a pair.
type features struct {
	list   []feature
	senses [len(senseNames)][]float32 // mean vectors; nil where no word has one
	names  map[uint64]string          // of the features whose ids are in it: what decided
}

// senseNames are the mean vectors of a pair, each one feature to a reader.
var senseNames = [...]string{"sense of the path", "sense of the verb", "sense of the recipient", "sense of the words"}

// hash gives the id of the feature of a name.
func hash(kind string, parts ...string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for i := 0; i < len(kind); i++ {
		h = (h ^ uint64(kind[i])) * prime
	}
	for _, p := range parts {
		h = (h ^ ' ') * prime
		for i := 0; i < len(p); i++ {
			h = (h ^ uint64(p[i])) * prime
		}
	}
	return h
}

// add notes a feature whose name is the kind and its parts: "path:impose".
func (f *features) add(value float64, kind string, parts ...string) {
	h := hash(kind, parts...)
	f.list = append(f.list, feature{h, value})
	if _, asked := f.names[h]; asked {
		f.names[h] = nameOf(kind, parts)
	}
}

// nameOf writes the name of a feature. It copies its arguments, so that those of
// the features whose names nobody asks for need no memory of their own.
func nameOf(kind string, parts []string) string {
	b := append([]byte(kind), ": "...)
	for i, p := range parts {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, p...)
	}
	return string(b)
}

// merge sorts the list and adds up features that occur more than once.
func (f *features) merge() {
	slices.SortFunc(f.list, func(a, b feature) int {
		switch {
		case a.id < b.id:
			return -1
		case a.id > b.id:
			return 1
		}
		return 0
	})
	out := f.list[:0]
	for _, x := range f.list {
		if n := len(out); n > 0 && out[n-1].id == x.id {
			out[n-1].value += x.value
		} else {
			out = append(out, x)
		}
	}
	f.list = out
}

// isGlue reports whether the word says nothing of the act.
func (t *tree) isGlue(i int) bool {
	switch t.Tokens[i].UPOS {
	case "PUNCT", "DET", "SYM", "NUM", "INTJ":
		return true
	case "PART":
		return t.lemmas[i] != "not"
	}
	return false
}

// isContent reports whether the word is a full verb, noun, adjective or adverb.
func (t *tree) isContent(i int) bool {
	switch t.Tokens[i].UPOS {
	case "VERB", "NOUN", "ADJ", "ADV":
		return true
	}
	return false
}

// extract lists the features of a pair. One that occurs more than once is listed
// as often, until merge adds it up.
func (p *pair) extract(f *features, vectors *neural.Vectors) {
	p.ofPath(f)
	p.ofParties(f)
	p.ofWords(f)
	p.ofVectors(f, vectors)
	f.add(1, "always")
}

// ofPath: the predicate words in their order, what hangs on them, how the
// parties hang on them.
func (p *pair) ofPath(f *features) {
	t := p.tree
	for k, i := range p.path {
		l := t.lemmas[i]
		f.add(1, "path", l)
		switch k {
		case 0:
			f.add(0.8, "first", l)
		case 1:
			f.add(0.5, "second", l)
		}
		if k == len(p.path)-1 {
			f.add(0.5, "last", l)
		}
		if k > 0 {
			f.add(0.8, "path of two", t.lemmas[p.path[k-1]], l)
		}
		if k > 1 {
			f.add(0.4, "path of three", t.lemmas[p.path[k-2]], t.lemmas[p.path[k-1]], l)
		}
		weight := 0.8
		if k > 2 {
			weight = 0.4
		}
		for _, c := range t.kids[i] {
			if c == p.actor || c == p.recipient || p.s.holds(c) || p.o.holds(c) || slices.Contains(p.path, c) {
				continue
			}
			rel := t.rel(c)
			switch rel {
			case "obj", "obl", "xcomp", "ccomp", "nmod", "compound", "amod", "iobj", "advcl", "acl", "conj", "nsubj":
				f.add(weight, "with", rel, t.lemmas[c])
				f.add(weight, "beside", t.lemmas[c])
				f.add(weight, "both", l, t.lemmas[c])
				if rel == "obj" || rel == "xcomp" || rel == "ccomp" {
					for _, d := range t.kids[c] {
						switch t.rel(d) {
						case "compound", "amod", "nmod", "obj", "acl", "xcomp":
							f.add(weight/2, "beside", t.lemmas[d])
							f.add(weight/2, "both", t.lemmas[c], t.lemmas[d])
						}
					}
				}
			case "aux":
				f.add(weight, "aux", t.lemmas[c])
				if m := t.lemmas[c]; m != "have" && m != "be" && m != "do" {
					f.add(weight, "modal and verb", m, l)
				}
			case "advmod":
				f.add(weight, "adverb", t.lemmas[c])
				if t.lemmas[c] == "not" || t.lemmas[c] == "never" {
					f.add(weight, "not", l)
				}
			case "mark":
				f.add(weight/2, "mark", t.lemmas[c])
			case "compound:prt":
				f.add(weight, "both", l, t.lemmas[c])
			}
			if t.Tokens[c].Rel == "compound:prt" {
				f.add(1, "particle", l, t.lemmas[c])
			}
		}
		if t.hasPassive(i) {
			f.add(0.5, "passive", l)
		}
	}
	if len(p.path) > 0 {
		last, first := t.lemmas[p.path[len(p.path)-1]], t.lemmas[p.path[0]]
		if p.recipient >= 0 {
			c := t.preposition(p.recipient)
			f.add(0.5, "recipient by", t.rel(p.recipient), c)
			f.add(0.8, "recipient of", last, c)
			f.add(0.8, "recipient under", first, c)
		} else {
			f.add(0.5, "no recipient")
			f.add(0.5, "no recipient", first)
		}
		if p.actor >= 0 {
			f.add(0.3, "actor by", t.Tokens[p.actor].Rel)
			f.add(0.5, "actor of", first, t.Tokens[p.actor].Rel)
		}
		f.add(0.3, "length of path", string(rune('0'+min(6, len(p.path)))))
	}
}

// hasPassive reports whether token i is in the passive.
func (t *tree) hasPassive(i int) bool {
	for _, c := range t.kids[i] {
		switch t.Tokens[c].Rel {
		case "nsubj:pass", "aux:pass", "csubj:pass":
			return true
		}
	}
	return false
}

// preposition gives the lemma of the first preposition on token i, "" for none.
func (t *tree) preposition(i int) string {
	for _, c := range t.kids[i] {
		if t.rel(c) == "case" && t.Tokens[c].XPOS != "POS" {
			return t.lemmas[c]
		}
	}
	for _, c := range t.kids[i] {
		if t.Tokens[c].Rel == "nmod:desc" && c < i {
			return t.preposition(c) // "against Secretary Raul Roco", where it hangs on the title
		}
	}
	return ""
}

// ofParties: who they are, as words.
func (p *pair) ofParties(f *features) {
	t := p.tree
	for _, side := range []struct {
		name string
		in   span
		head int
	}{{"actor", p.s, p.actor}, {"recipient", p.o, p.recipient}} {
		if side.in.isEmpty() {
			continue
		}
		if side.head >= 0 {
			f.add(0.7, side.name+" is", t.lemmas[side.head])
			f.add(0.3, side.name+" is a", t.Tokens[side.head].UPOS)
		}
		for i := side.in.First; i <= side.in.Last; i++ {
			if t.isGlue(i) {
				continue
			}
			if t.Tokens[i].UPOS != "PROPN" {
				f.add(0.5, side.name+" holds", t.lemmas[i])
			} else {
				f.add(0.5, side.name+" names", t.lemmas[i])
			}
		}
	}
}

// ofWords: the words of the sentence and where they stand, for what the tree
// gets wrong.
func (p *pair) ofWords(f *features) {
	t := p.tree
	lo, hi := p.s, p.o
	if !hi.isEmpty() && hi.First < lo.First {
		lo, hi = hi, lo
		f.add(0.5, "order reversed")
	}
	if hi.isEmpty() {
		hi = lo
	}
	before := -1 // the last word that is not glue
	verbs := 0
	for i := range t.Tokens {
		if t.isGlue(i) {
			continue
		}
		l := t.lemmas[i]
		where := "middle"
		switch {
		case p.s.holds(i):
			where = "actor"
		case p.o.holds(i):
			where = "recipient"
		case i < lo.First:
			where = "before"
		case i > hi.Last:
			where = "after"
		}
		if where == "actor" || where == "recipient" {
			before = i
			continue
		}
		if t.Tokens[i].UPOS != "PROPN" {
			f.add(0.5, "word", l)
			f.add(0.6, "word "+where, l)
			if len(l) > 5 {
				f.add(0.3, "stem", l[:5])
			}
			if before >= 0 && i-before <= 2 && t.Tokens[before].UPOS != "PROPN" {
				f.add(0.5, "words", t.lemmas[before], l)
			}
		}
		if t.Tokens[i].UPOS == "VERB" && i > p.s.Last && verbs < 2 {
			if verbs == 0 {
				f.add(0.6, "first verb", l)
			}
			f.add(0.5, "early verb", l)
			verbs++
			for j := i + 1; j < min(len(t.Tokens), i+6); j++ {
				if !t.isGlue(j) && !p.o.holds(j) && t.Tokens[j].UPOS != "PROPN" {
					f.add(0.4, "verb then", l, t.lemmas[j])
				}
			}
		}
		before = i
	}
}

// ofVectors: the mean vectors of the predicate, of the words around it and of
// the recipient, each of one length.
func (p *pair) ofVectors(f *features, vectors *neural.Vectors) {
	if vectors == nil {
		return
	}
	t := p.tree
	mean := func(kind int, weight func(i int) float32) {
		sum := t.space.zeros(vectors.Size())
		for i := range t.Tokens {
			if w := weight(i); w != 0 {
				for k, x := range t.vector(i, vectors) {
					sum[k] += w * x
				}
			}
		}
		norm := float32(0)
		for _, x := range sum {
			norm += x * x
		}
		if norm == 0 {
			return
		}
		norm = senseLength / float32(math.Sqrt(float64(norm)))
		for k := range sum {
			sum[k] *= norm
		}
		f.senses[kind] = sum
	}
	onPath := t.space.zeros(len(t.Tokens))
	for k, i := range p.path {
		onPath[i]++
		for _, c := range t.kids[i] {
			if !p.s.holds(c) && !p.o.holds(c) && t.isContent(c) {
				onPath[c] += 0.5 / float32(1+k)
			}
		}
	}
	mean(0, func(i int) float32 { return onPath[i] })
	mean(1, func(i int) float32 {
		if len(p.path) > 0 && i == p.path[0] {
			return 1
		}
		return 0
	})
	mean(2, func(i int) float32 {
		if p.o.holds(i) {
			return 1
		}
		return 0
	})
	mean(3, func(i int) float32 {
		if !t.isContent(i) || p.s.holds(i) || p.o.holds(i) {
			return 0
		}
		d := i - p.s.Last
		if d < 0 {
			d = (p.s.First - i) * 2
		}
		return float32(math.Exp(-float64(d) / 8))
	})
}

// senseLength weighs vectors against the features that are words.
const senseLength = 1.4

// all lists the features with the numbers of the vectors among them, to learn
// from.
func (f *features) all() []feature {
	f.merge()
	out := slices.Clone(f.list)
	for kind, v := range f.senses {
		for k, x := range v {
			out = append(out, feature{senseID(kind, k), float64(x)})
		}
	}
	return out
}

// senseID is the id of number k of a mean vector.
func senseID(kind, k int) uint64 { return hash(senseNames[kind], strconv.Itoa(k)) }

// vector gives the vector of token i at length 1, nil for a word without one.
func (t *tree) vector(i int, vectors *neural.Vectors) []float32 {
	if t.vectors == nil {
		t.vectors = make([][]float32, len(t.Tokens))
		t.known = make([]bool, len(t.Tokens))
	}
	if !t.known[i] {
		t.known[i] = true
		if row, ok := vectors.Row(neural.Key(t.Tokens[i].Form)); ok {
			v := t.space.zeros(vectors.Size())
			vectors.AddTo(row, v)
			norm := float32(0)
			for _, x := range v {
				norm += x * x
			}
			if norm > 0 {
				norm = 1 / float32(math.Sqrt(float64(norm)))
				for k := range v {
					v[k] *= norm
				}
				t.vectors[i] = v
			}
		}
	}
	return t.vectors[i]
}
