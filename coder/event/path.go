package event

import (
	"slices"
	"strings"

	"chancery/coder/clause"
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
	s = rehang(s)
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

// rehang gives the sentence with what follows the object of a verb on that object,
// where it tells who did what the object names, or to whom: parsers hang "by
// militants" in "condemned the killing of ten men by militants" on the verb. The
// sentence itself is left as it is.
func rehang(s *english.Sentence) *english.Sentence {
	is := s
	for v := range s.Tokens {
		if s.Tokens[v].UPOS != "VERB" {
			continue
		}
		o := is.Child(v, "obj")
		if o < v || is.Tokens[o].UPOS != "NOUN" {
			continue
		}
		noun := strings.ToLower(is.Tokens[o].Lemma)
		_, harm := harms[noun]
		if !harm && !isActNoun(noun) {
			continue
		}
		judged := isJudging(strings.ToLower(is.Tokens[v].Lemma))
		for c := o + 1; c < len(is.Tokens); c++ {
			if is.Tokens[c].Head != v || is.Tokens[c].Rel != "obl" && is.Tokens[c].Rel != "obl:agent" {
				continue
			}
			switch clause.Case(is, c) {
			case "by":
			case "on", "against", "upon", "of":
				if !judged {
					continue
				}
			default:
				continue
			}
			_, end := extent(is, o)
			if start, _ := extent(is, c); start != end+1 {
				break
			}
			if is == s {
				is = &english.Sentence{Span: s.Span, Tokens: slices.Clone(s.Tokens)}
			}
			is.Tokens[c].Head, is.Tokens[c].Rel = o, "nmod"
		}
	}
	return is
}

// extent gives the first and the last token of all that hangs on token i.
func extent(s *english.Sentence, i int) (first, last int) {
	under := func(k int) bool {
		for n := 0; k >= 0 && n <= len(s.Tokens); k, n = s.Tokens[k].Head, n+1 {
			if k == i {
				return true
			}
		}
		return false
	}
	first, last = i, i
	for k := range s.Tokens {
		if under(k) {
			first, last = min(first, k), max(last, k)
		}
	}
	return first, last
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
