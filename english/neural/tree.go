package neural

import "math"

// decode gives the best tree with one root: heads[i] is the head of word i, -1
// for the root. score(i, j) of word i under head j stands at
// scores[i*ld+j+1], and of word i as the root at scores[i*ld].
//
// Mostly every word's best head makes a tree; else the best arborescence (Chu
// and Liu 1965, Edmonds 1967) under each word that prefers to be the root.
func decode(scores []float32, n, ld int, heads []int) {
	roots := make([]int, 0, 4)
	for i := range n {
		row := scores[i*ld : i*ld+n+1]
		best := 0
		for j := 1; j <= n; j++ {
			if j != i+1 && row[j] > row[best] {
				best = j
			}
		}
		heads[i] = best - 1
		if best == 0 {
			roots = append(roots, i)
		}
	}
	if len(roots) == 1 && isTree(heads[:n]) {
		return
	}
	if len(roots) == 0 {
		// The word that loses least as the root.
		best, loss := 0, float32(math.Inf(1))
		for i := range n {
			row := scores[i*ld : i*ld+n+1]
			if d := row[heads[i]+1] - row[0]; d < loss {
				best, loss = i, d
			}
		}
		roots = append(roots, best)
	}
	const tries = 4
	roots = roots[:min(len(roots), tries)]
	var top float64
	found := make([]int, n)
	for k, r := range roots {
		total := arborescence(scores, n, ld, r, found)
		if k == 0 || total > top {
			top = total
			copy(heads, found)
		}
	}
}

func isTree(heads []int) bool {
	state := make([]int8, len(heads)) // 0 not seen, 1 on the way, 2 reaches the root
	for i := range heads {
		j := i
		for j >= 0 && state[j] == 0 {
			state[j] = 1
			j = heads[j]
		}
		if j >= 0 && state[j] == 1 {
			return false
		}
		for j = i; j >= 0 && state[j] == 1; j = heads[j] {
			state[j] = 2
		}
	}
	return true
}

// arborescence finds the best tree under word root and returns its score, the
// root's own included. Scores of a word are taken relative to its best, which
// does not change the order of trees and keeps the sums small. Time and memory
// grow with the square of n (Tarjan 1977).
func arborescence(scores []float32, n, ld, root int, heads []int) float64 {
	g := newGraph(scores, n, ld)
	for s := range n {
		g.grow(s, root)
	}
	g.expand()
	total := 0.0
	for i := range n {
		row := scores[i*ld : i*ld+n+1]
		heads[i] = int(g.chosen[i].head)
		if i == root {
			heads[i] = -1
		}
		total += float64(row[heads[i]+1]) - g.best[i]
	}
	return total
}

// arc is an arc between two words.
type arc struct{ dependent, head int32 }

// graph is the words, or the cycles that they were contracted to. A slot is
// the place in the matrices of a word or cycle that is not yet part of a
// larger one; its node is its number in the tree of contractions.
type graph struct {
	n      int
	weight []float64 // from slot to head slot
	arcs   []arc     // the arc of words with that weight
	best   []float64 // of each word, the highest score
	head   []int     // of each slot, -1 when not chosen yet
	seen   []int     // of each slot, one more than the slot from which it was first met
	gone   []bool    // slots contracted into others
	node   []int     // of each slot
	parent []int     // of each node, -1 for none
	chosen []arc     // of each node
}

func newGraph(scores []float32, n, ld int) *graph {
	g := &graph{n: n, weight: make([]float64, n*n), arcs: make([]arc, n*n), best: make([]float64, n),
		head: make([]int, n), seen: make([]int, n), gone: make([]bool, n), node: make([]int, n),
		parent: make([]int, n, 2*n), chosen: make([]arc, n, 2*n)}
	for i := range n {
		row := scores[i*ld : i*ld+n+1]
		top := row[0]
		for j := range n {
			if j != i {
				top = max(top, row[j+1])
			}
		}
		g.best[i] = float64(top)
		for j := range n {
			g.weight[i*n+j] = float64(row[j+1] - top)
			g.arcs[i*n+j] = arc{int32(i), int32(j)}
		}
		g.head[i], g.node[i], g.parent[i] = -1, i, -1
	}
	return g
}

// grow follows best heads from slot s until it meets the root or a slot from
// which that is reached, contracting the cycles on the way.
func (g *graph) grow(s, root int) {
	start := s
	if g.gone[s] || g.seen[s] != 0 {
		return
	}
	for s != root {
		if g.seen[s] == start+1 {
			s = g.contract(s)
		} else if g.seen[s] != 0 {
			return
		}
		g.seen[s] = start + 1
		best := -1
		for j := range g.n {
			if j != s && !g.gone[j] && (best < 0 || g.weight[s*g.n+j] > g.weight[s*g.n+best]) {
				best = j
			}
		}
		g.head[s] = best
		g.chosen[g.node[s]] = g.arcs[s*g.n+best]
		s = best
	}
}

// contract makes the cycle through slot s one slot, and returns that.
func (g *graph) contract(s int) int {
	n, next := g.n, len(g.parent)
	g.parent, g.chosen = append(g.parent, -1), append(g.chosen, arc{})
	cycle := []int{s}
	for j := g.head[s]; j != s; j = g.head[j] {
		cycle = append(cycle, j)
		g.gone[j] = true
	}
	own := g.weight[s*n+g.head[s]]
	for v := range n {
		if v == s || g.gone[v] {
			continue
		}
		g.weight[s*n+v] -= own
		for _, c := range cycle[1:] {
			if x := g.weight[c*n+v] - g.weight[c*n+g.head[c]]; x > g.weight[s*n+v] {
				g.weight[s*n+v], g.arcs[s*n+v] = x, g.arcs[c*n+v]
			}
			if x := g.weight[v*n+c]; x > g.weight[v*n+s] {
				g.weight[v*n+s], g.arcs[v*n+s] = x, g.arcs[v*n+c]
			}
		}
	}
	for _, c := range cycle {
		g.parent[g.node[c]] = next
	}
	for v := range n {
		if h := g.head[v]; h >= 0 && g.gone[h] && !g.gone[v] {
			g.head[v] = s
		}
	}
	g.node[s] = next
	return s
}

// expand takes the contractions apart, the last first: the part that a cycle's
// arc enters gets that arc, the others keep theirs.
func (g *graph) expand() {
	for x := len(g.parent) - 1; x >= g.n; x-- {
		y := int(g.chosen[x].dependent)
		for g.parent[y] != x {
			y = g.parent[y]
		}
		g.chosen[y] = g.chosen[x]
	}
}
