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

// network is a signed graph: w[i][j] is symmetric, 0 on the diagonal.
type network struct {
	n int
	w [][]float64
}

// frustration is the weight of friends apart and foes together.
func (g network) frustration(side []int) float64 {
	f := 0.
	for i := range g.w {
		for j := range i {
			if w := g.w[i][j]; w > 0 && side[i] != side[j] {
				f += w
			} else if w < 0 && side[i] == side[j] {
				f -= w
			}
		}
	}
	return f
}

// split finds the least frustrated split and says whether that is proven.
func (g network) split(seed uint64) (side []int, exact bool) {
	side = g.descend(seed, starts)
	if g.n > maxExact {
		return side, false
	}
	return g.prove(side)
}

// descend starts from random splits, lets the actor whose change of camp helps
// most change, until none does, and keeps the best end.
func (g network) descend(seed uint64, starts int) []int {
	rng := rand.New(rand.NewPCG(seed, 0x62c0c))
	best, least := make([]int, g.n), math.Inf(1)
	side, gain := make([]int, g.n), make([]float64, g.n)
	for range starts {
		for i := range side {
			side[i] = rng.IntN(2)
		}
		// gain[i] is what frustration falls by when i changes camp
		for i := range gain {
			gain[i] = 0
			for j, w := range g.w[i] {
				if side[i] == side[j] {
					gain[i] -= w
				} else {
					gain[i] += w
				}
			}
		}
		for {
			k := 0
			for i := range gain {
				if gain[i] > gain[k]+slack {
					k = i
				}
			}
			if g.n == 0 || gain[k] <= slack {
				break
			}
			side[k] ^= 1
			gain[k] = -gain[k]
			for j, w := range g.w[k] {
				if j == k {
					continue
				}
				if side[j] == side[k] {
					gain[j] -= 2 * w
				} else {
					gain[j] += 2 * w
				}
			}
		}
		if f := g.frustration(side); f < least-slack {
			least = f
			copy(best, side)
		}
	}
	return best
}

// prove searches all splits by branch and bound, actors with the most weight
// first; the bound is what the placed actors cost among themselves plus, for
// each unplaced one, the cheaper of his two camps. known is a good split to begin
// with. exact is false when the search was given up.
func (g network) prove(known []int) (side []int, exact bool) {
	if g.n == 0 {
		return known, true
	}
	order := make([]int, g.n)
	weight := make([]float64, g.n)
	for i := range order {
		order[i] = i
		for _, w := range g.w[i] {
			weight[i] += math.Abs(w)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	best := slices.Clone(known)
	least := g.frustration(known)
	at := make([]int, g.n)
	// cost[k][c] is what actor k costs in camp c against the placed ones.
	cost := make([][2]float64, g.n)
	nodes := 0
	var place func(depth int, sum float64)
	place = func(depth int, sum float64) {
		if nodes++; nodes > maxNodes {
			return
		}
		if depth == g.n {
			if sum < least-1e-9 {
				least = sum
				copy(best, at)
			}
			return
		}
		bound := sum
		for _, k := range order[depth:] {
			bound += min(cost[k][0], cost[k][1])
		}
		if bound >= least-1e-9 {
			return
		}
		k := order[depth]
		first := 0
		if cost[k][1] < cost[k][0] {
			first = 1
		}
		for _, c := range []int{first, 1 - first} {
			if depth == 0 && c != first {
				break // which camp is called 0 means nothing
			}
			at[k] = c
			add := cost[k][c]
			for _, j := range order[depth+1:] {
				if w := g.w[k][j]; w > 0 {
					cost[j][1-c] += w
				} else {
					cost[j][c] -= w
				}
			}
			place(depth+1, sum+add)
			for _, j := range order[depth+1:] {
				if w := g.w[k][j]; w > 0 {
					cost[j][1-c] -= w
				} else {
					cost[j][c] += w
				}
			}
		}
	}
	place(0, 0)
	return best, nodes <= maxNodes
}

// anchor turns each component so that its actor of most weight is in camp 0, and
// counts the components. Actors without a tie count as one each.
func (g network) anchor(side []int) (components int) {
	seen := make([]bool, g.n)
	for i := range g.n {
		if seen[i] {
			continue
		}
		components++
		part := []int{i}
		seen[i] = true
		for k := 0; k < len(part); k++ {
			for j, w := range g.w[part[k]] {
				if w != 0 && !seen[j] {
					seen[j] = true
					part = append(part, j)
				}
			}
		}
		top, most := i, -1.
		slices.Sort(part)
		for _, k := range part {
			sum := 0.
			for _, w := range g.w[k] {
				sum += math.Abs(w)
			}
			if sum > most {
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
