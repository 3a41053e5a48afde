package bloc

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	// maxExact is the largest network that is split exactly as a rule; beyond it,
	// or when the search runs too long, the best split found stands.
	maxExact   = 40
	maxNodes   = 2_000_000 // of the search tree
	starts     = 200       // descents of the heuristic
	drawStarts = 40        // descents in one bootstrap draw
	slack      = 1e-12
)

// network is a signed graph. Each tie stands with both its actors: those of actor i
// are from[i] up to from[i+1], by the other actor.
type network struct {
	n    int
	from []int
	to   []int32   // the other actor
	tie  []int32   // its number
	w    []float64 // its weight
}

// newNetwork lays out the ties, which have no weight yet.
func newNetwork(n int, ties []tie) *network {
	g := &network{n: n, from: make([]int, n+1), to: make([]int32, 2*len(ties)), tie: make([]int32, 2*len(ties)), w: make([]float64, 2*len(ties))}
	order := make([]int32, len(ties))
	for k, x := range ties {
		order[k] = int32(k)
		g.from[x.i+1]++
		g.from[x.j+1]++
	}
	for i := range n {
		g.from[i+1] += g.from[i]
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(ties[a].i, ties[b].i), cmp.Compare(ties[a].j, ties[b].j))
	})
	next := slices.Clone(g.from)
	put := func(i, j int, k int32) {
		g.to[next[i]], g.tie[next[i]] = int32(j), k
		next[i]++
	}
	// Those below an actor come before those above.
	for _, k := range order {
		put(ties[k].j, ties[k].i, k)
	}
	for _, k := range order {
		put(ties[k].i, ties[k].j, k)
	}
	return g
}

// weigh gives each tie its weight.
func (g *network) weigh(weights []float64) {
	for e, k := range g.tie {
		g.w[e] = weights[k]
	}
}

// of gives an actor's ties: the others and the weights.
func (g *network) of(i int) ([]int32, []float64) {
	return g.to[g.from[i]:g.from[i+1]], g.w[g.from[i]:g.from[i+1]]
}

// pull is the weight of all ties of an actor.
func (g *network) pull(i int) float64 {
	sum := 0.
	for _, w := range g.w[g.from[i]:g.from[i+1]] {
		sum += math.Abs(w)
	}
	return sum
}

// total is the weight of all ties.
func (g *network) total() float64 {
	sum := 0.
	for i := range g.n {
		to, weights := g.of(i)
		for e, w := range weights {
			if int(to[e]) < i {
				sum += math.Abs(w)
			}
		}
	}
	return sum
}

// frustration is the weight of friends apart and foes together.
func (g *network) frustration(side []int) float64 {
	f := 0.
	for i := range g.n {
		to, weights := g.of(i)
		for e, w := range weights {
			j := int(to[e])
			if j >= i {
				break
			}
			if w > 0 && side[i] != side[j] {
				f += w
			} else if w < 0 && side[i] == side[j] {
				f -= w
			}
		}
	}
	return f
}

// split finds the least frustrated split and says whether that is proven.
func (g *network) split(from []int8) (side []int, exact bool) {
	side = g.descend(from)
	if g.n > maxExact {
		return side, false
	}
	return g.prove(side)
}

// randomSplits makes splits of n actors to descend from, one after the other: 1 is
// camp 0, -1 is camp 1.
func randomSplits(n, count int, seed uint64) []int8 {
	rng := rand.New(rand.NewPCG(seed, 0x62c0c))
	out := make([]int8, n*count)
	for i := range out {
		out[i] = 1 - 2*int8(rng.IntN(2))
	}
	return out
}

// descend starts from the splits, lets the actor whose change of camp helps most
// change, until none does, and keeps the best end.
func (g *network) descend(from []int8) []int {
	n := g.n
	best, least := make([]int, n), math.Inf(1)
	if n == 0 {
		return best
	}
	// Camps are 1 and -1, so that a weight is added or taken away by a product,
	// which is exact, and not by a branch that nobody can foresee.
	camp, gain, side := make([]float64, n), make([]float64, n), make([]int, n)
	total := g.total()
	for ; len(from) > 0; from = from[n:] {
		for i, c := range from[:n] {
			camp[i] = float64(c)
		}
		// gain[i] is what frustration falls by when i changes camp
		for i := range gain {
			to, weights := g.of(i)
			sum := 0.
			for e, w := range weights {
				sum -= w * (camp[i] * camp[to[e]])
			}
			gain[i] = sum
		}
		for {
			k := greatest(gain)
			if gain[k] <= slack {
				break
			}
			camp[k] = -camp[k]
			gain[k] = -gain[k]
			to, weights := g.of(k)
			twice := 2 * camp[k]
			for e, w := range weights {
				j := to[e]
				gain[j] -= w * (twice * camp[j])
			}
		}
		// What is frustrated follows from the gains, up to rounding: an end that is
		// clearly worse, or the best one again, need not be added up.
		sum := 0.
		for _, x := range gain {
			sum += x
		}
		if total/2+sum/4 > least+1e-9 {
			continue
		}
		same, turned := true, true
		for i := range side {
			side[i] = 0
			if camp[i] < 0 {
				side[i] = 1
			}
			same, turned = same && side[i] == best[i], turned && side[i] != best[i]
		}
		if (same || turned) && !math.IsInf(least, 1) {
			continue
		}
		if f := g.frustration(side); f < least-slack {
			least = f
			copy(best, side)
		}
	}
	return best
}

// greatest is the place of the greatest gain; one that is greater by no more than
// slack than one before it counts as equal, of which the first is taken.
func greatest(gain []float64) int {
	most, at := gain[0], 0
	for i, x := range gain {
		if x > most+slack {
			most, at = x, i
		}
	}
	return at
}

// prove searches all splits by branch and bound, actors with the most weight
// first; the bound is what the placed actors cost among themselves plus, for
// each unplaced one, the cheaper of his two camps. known is a good split to begin
// with. exact is false when the search was given up.
func (g *network) prove(known []int) (side []int, exact bool) {
	n := g.n
	if n == 0 {
		return known, true
	}
	order, weight, place := make([]int, n), make([]float64, n), make([]int, n)
	for i := range order {
		order[i], weight[i] = i, g.pull(i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	for k, i := range order {
		place[i] = k
	}
	// From here on actors go by their place in the order.
	between := make([]float64, n*n)
	for k, i := range order {
		to, weights := g.of(i)
		for e, w := range weights {
			between[k*n+place[to[e]]] = w
		}
	}
	best := slices.Clone(known)
	least := g.frustration(known)
	at := make([]int, n)
	// cost[k][c] is what k costs in camp c against the placed ones.
	cost := make([][2]float64, n)
	nodes := 0
	var search func(k int, sum float64)
	search = func(k int, sum float64) {
		if nodes++; nodes > maxNodes {
			return
		}
		if k == n {
			if sum < least-1e-9 {
				least = sum
				for p, i := range order {
					best[i] = at[p]
				}
			}
			return
		}
		bound := sum
		for _, c := range cost[k:] {
			bound += min(c[0], c[1])
		}
		if bound >= least-1e-9 {
			return
		}
		first := 0
		if cost[k][1] < cost[k][0] {
			first = 1
		}
		rest, weights := cost[k+1:], between[k*n+k+1:(k+1)*n]
		for _, c := range [2]int{first, 1 - first} {
			if k == 0 && c != first {
				break // which camp is called 0 means nothing
			}
			at[k] = c
			add := cost[k][c]
			for j, w := range weights {
				if w > 0 {
					rest[j][1-c] += w
				} else {
					rest[j][c] -= w
				}
			}
			search(k+1, sum+add)
			for j, w := range weights {
				if w > 0 {
					rest[j][1-c] -= w
				} else {
					rest[j][c] += w
				}
			}
		}
	}
	search(0, 0)
	return best, nodes <= maxNodes
}

// anchor turns each component so that its actor of most weight is in camp 0, and
// counts the components. Actors without a tie count as one each.
func (g *network) anchor(side []int) (components int) {
	seen := make([]bool, g.n)
	var part []int
	for i := range g.n {
		if seen[i] {
			continue
		}
		components++
		part = append(part[:0], i)
		seen[i] = true
		for k := 0; k < len(part); k++ {
			to, weights := g.of(part[k])
			for e, w := range weights {
				if j := int(to[e]); w != 0 && !seen[j] {
					seen[j] = true
					part = append(part, j)
				}
			}
		}
		top, most := i, -1.
		slices.Sort(part)
		for _, k := range part {
			if sum := g.pull(k); sum > most {
				top, most = k, sum
			}
		}
		if side[top] == 1 {
			for _, k := range part {
				side[k] ^= 1
			}
		}
	}
	return components
}
