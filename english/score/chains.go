// Package score compares chains of coreferent mentions with gold ones.
//
// In: gold and system as plain identifiers. Out: counts that add up over
// documents. It reads no files and knows no models.
package score

// Ratio is a numerator and denominator that add up over documents.
type Ratio struct{ Sum, Of float64 }

// Value gives the ratio, and false when nothing was counted.
func (r Ratio) Value() (v float64, ok bool) {
	if r.Of == 0 {
		return 0, false
	}
	return r.Sum / r.Of, true
}

func (r *Ratio) add(o Ratio) { r.Sum += o.Sum; r.Of += o.Of }

// PR is precision and recall.
type PR struct{ Precision, Recall Ratio }

// F1 is their harmonic mean, and false when either is undefined.
func (p PR) F1() (f float64, ok bool) {
	a, ok1 := p.Precision.Value()
	b, ok2 := p.Recall.Value()
	if !ok1 || !ok2 {
		return 0, false
	}
	if a+b == 0 {
		return 0, true
	}
	return 2 * a * b / (a + b), true
}

// Chains holds the three measures whose mean is the CoNLL 2012 score: MUC
// (Vilain et al. 1995) counts links, B³ (Bagga and Baldwin 1998) mentions,
// CEAFe (Luo 2005, with the similarity φ4) whole chains.
type Chains struct{ MUC, BCubed, CEAFe PR }

// Add adds the counts of another document.
func (c *Chains) Add(o Chains) {
	for _, p := range [...][2]*PR{{&c.MUC, &o.MUC}, {&c.BCubed, &o.BCubed}, {&c.CEAFe, &o.CEAFe}} {
		p[0].Precision.add(p[1].Precision)
		p[0].Recall.add(p[1].Recall)
	}
}

// CoNLL is the mean of the three F1, and false when one is undefined.
func (c Chains) CoNLL() (f float64, ok bool) {
	sum := 0.0
	for _, p := range [...]PR{c.MUC, c.BCubed, c.CEAFe} {
		v, ok := p.F1()
		if !ok {
			return 0, false
		}
		sum += v
	}
	return sum / 3, true
}

// CompareChains scores the system's chains of one document. A chain is a set
// of mentions, each named by a number; no mention may be in two chains of one side.
func CompareChains(gold, system [][]int) Chains {
	inGold, inSystem := index(gold), index(system)
	var c Chains
	c.MUC.Recall = muc(gold, inSystem)
	c.MUC.Precision = muc(system, inGold)
	c.BCubed.Recall = bcubed(gold, inSystem)
	c.BCubed.Precision = bcubed(system, inGold)
	sum := ceafe(gold, system)
	c.CEAFe.Recall = Ratio{sum, float64(len(gold))}
	c.CEAFe.Precision = Ratio{sum, float64(len(system))}
	return c
}

func index(chains [][]int) map[int]int {
	of := map[int]int{}
	for i, chain := range chains {
		for _, m := range chain {
			of[m] = i
		}
	}
	return of
}

// muc counts the links of the key chains that survive in the other side.
func muc(key [][]int, of map[int]int) Ratio {
	var r Ratio
	for _, chain := range key {
		parts, alone := map[int]bool{}, 0
		for _, m := range chain {
			if i, ok := of[m]; ok {
				parts[i] = true
			} else {
				alone++
			}
		}
		r.Sum += float64(len(chain) - len(parts) - alone)
		r.Of += float64(len(chain) - 1)
	}
	return r
}

// bcubed adds up, over the mentions of the key, the share of its chain that
// shares its chain on the other side.
func bcubed(key [][]int, of map[int]int) Ratio {
	var r Ratio
	for _, chain := range key {
		shared := map[int]int{}
		for _, m := range chain {
			if i, ok := of[m]; ok {
				shared[i]++
			}
		}
		for _, m := range chain {
			if i, ok := of[m]; ok {
				r.Sum += float64(shared[i]) / float64(len(chain))
			}
		}
		r.Of += float64(len(chain))
	}
	return r
}

// ceafe is the total similarity 2|a∩b|/(|a|+|b|) under the best one-to-one
// matching of chains.
func ceafe(gold, system [][]int) float64 {
	if len(gold) == 0 || len(system) == 0 {
		return 0
	}
	of := index(system)
	n := max(len(gold), len(system))
	cost := make([][]float64, n)
	for i := range cost {
		cost[i] = make([]float64, n)
	}
	for i, chain := range gold {
		for _, m := range chain {
			if j, ok := of[m]; ok {
				cost[i][j] -= 2 / float64(len(chain)+len(system[j]))
			}
		}
	}
	total := 0.0
	for i, j := range assign(cost) {
		total -= cost[i][j]
	}
	return total
}

// assign gives each row of a square matrix its column in the assignment of
// least cost, by the Hungarian method with potentials (Kuhn 1955; Munkres 1957).
func assign(cost [][]float64) []int {
	n := len(cost)
	const inf = 1e18
	u, v := make([]float64, n+1), make([]float64, n+1)
	row := make([]int, n+1) // row of each column, from one; 0 for none
	way := make([]int, n+1)
	least := make([]float64, n+1)
	used := make([]bool, n+1)
	for i := 1; i <= n; i++ {
		row[0] = i
		j0 := 0
		for j := range least {
			least[j], used[j] = inf, false
		}
		for row[j0] != 0 {
			used[j0] = true
			i0, delta, j1 := row[j0], inf, 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if d := cost[i0-1][j-1] - u[i0] - v[j]; d < least[j] {
					least[j], way[j] = d, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := range n + 1 {
				if used[j] {
					u[row[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
		}
		for j0 != 0 {
			row[j0] = row[way[j0]]
			j0 = way[j0]
		}
	}
	out := make([]int, n)
	for j := 1; j <= n; j++ {
		out[row[j]-1] = j - 1
	}
	return out
}
