package event

import (
	"strings"

	"chancery/english"
)

// tree is a sentence with the dependents of every token at hand.
type tree struct {
	*english.Sentence
	lemmas []string // lower case
	kids   [][]int  // dependents, left to right
	depth  []int    // 0 for the root

	vectors [][]float32 // of the tokens, made when asked for
	known   []bool      // whether the token's vector has been looked up
	space   *space      // where numbers are put; may be nil
}

func plant(s *english.Sentence) *tree {
	n := len(s.Tokens)
	t := &tree{Sentence: s, lemmas: make([]string, n), kids: make([][]int, n), depth: make([]int, n)}
	count := make([]int, n)
	for i := range s.Tokens {
		l := s.Tokens[i].Lemma
		if l == "" {
			l = s.Tokens[i].Form
		}
		t.lemmas[i] = strings.ToLower(l)
		if h := s.Tokens[i].Head; h >= 0 {
			count[h]++
		}
	}
	pool := make([]int, n)
	for i, c := range count {
		t.kids[i], pool = pool[:0:c], pool[c:]
	}
	for i := range s.Tokens {
		if h := s.Tokens[i].Head; h >= 0 {
			t.kids[h] = append(t.kids[h], i)
		}
	}
	for i := range s.Tokens {
		for k := s.Tokens[i].Head; k >= 0 && t.depth[i] <= n; k = s.Tokens[k].Head {
			t.depth[i]++
		}
	}
	return t
}

// rel gives the relation of token i without its subtype.
func (t *tree) rel(i int) string {
	r := t.Tokens[i].Rel
	if k := strings.IndexByte(r, ':'); k >= 0 {
		return r[:k]
	}
	return r
}

// span is a run of tokens, both ends included; the zero-length span has Last < First.
type span struct{ First, Last int }

func (p span) holds(i int) bool { return p.First <= i && i <= p.Last }
func (p span) isEmpty() bool    { return p.Last < p.First }

var nowhere = span{0, -1}

// head gives the token of the span that hangs highest in the tree, -1 for none.
func (t *tree) head(p span) int {
	best := -1
	for i := p.First; i <= p.Last; i++ {
		if best < 0 || t.depth[i] < t.depth[best] {
			best = i
		}
	}
	return best
}

// isUnder reports whether token i is top or hangs under it.
func (t *tree) isUnder(i, top int) bool {
	for ; i >= 0; i = t.Tokens[i].Head {
		if i == top {
			return true
		}
		if t.depth[i] <= t.depth[top] {
			return false
		}
	}
	return false
}

// path gives the predicate words that join the heads of two parties: the tokens
// on the way through the tree from one to the other, from the highest down to
// the second, without the parties themselves. Where they hang on each other
// ("Iran and Iraq signed"), it is the word they hang on. b may be -1.
//
//	Japan agreed to lift sanctions on Peru.     agreed lift sanctions
//	Iran and Iraq signed a treaty.              signed
//	Peru's attack on Chile                      attack
func (t *tree) path(a, b int, s, o span) []int {
	var out []int
	keep := func(i int) {
		if !s.holds(i) && !o.holds(i) {
			out = append(out, i)
		}
	}
	top := a
	if b >= 0 {
		for top >= 0 && !t.isUnder(b, top) {
			top = t.Tokens[top].Head
		}
	} else if top >= 0 {
		top = t.Tokens[top].Head
	}
	if top < 0 {
		top = t.Root()
	}
	// Down to a first: "Peru, accused by Chile of ...", where a hangs under b.
	var up []int
	for i := a; i >= 0 && i != top; i = t.Tokens[i].Head {
		if i != a {
			up = append(up, i)
		}
	}
	keep(top)
	for i := len(up) - 1; i >= 0; i-- {
		keep(up[i])
	}
	if b >= 0 {
		var down []int
		for i := b; i >= 0 && i != top; i = t.Tokens[i].Head {
			if i != b {
				down = append(down, i)
			}
		}
		for i := len(down) - 1; i >= 0; i-- {
			keep(down[i])
		}
	}
	if len(out) == 0 {
		for i := t.Tokens[top].Head; i >= 0; i = t.Tokens[i].Head {
			keep(i)
			if len(out) > 0 && t.Tokens[i].UPOS == "VERB" || len(out) == 2 {
				break
			}
		}
	}
	return out
}
