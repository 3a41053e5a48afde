package table

import (
	"hash/fnv"
	"math"
)

// GridCell is a cell as the models take it.
type GridCell struct {
	Position   float64 // 0..100
	Salience   float64 // 0..1
	Capability float64 // sums to 1 over the actors of the issue
	Stake      bool    // false: no stake
}

// Grid is a table in the models' terms. Rows and columns are in table order.
type Grid struct {
	Actors     []string
	Issues     []string
	Cells      [][]GridCell // [issue][actor]
	Payment    []bool       // of each issue: it is a side payment
	Size       []float64    // of each actor: his capability summed over the issues, all actors' sum to 100
	Propensity [][]float64  // symmetric, -1..1
	// Derived says that propensities of some pairs are their agreement on the issues.
	Derived bool
	// Asymmetry is the largest difference between the two entries of one pair, and
	// AsymmetryOf that pair; 0 when no pair has two.
	Asymmetry   float64
	AsymmetryOf [2]string
}

// Grid normalises the table: positions to 0..100, capabilities to sum 1 on each
// issue, propensities to the mean of both directions. It returns an *Error when
// the table is wrong, has unknown numbers, or has an issue without weight.
func (t *Table) Grid() (*Grid, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if unknown := t.Unknown(); len(unknown) > 0 {
		return nil, &Error{unknown}
	}
	p := &problems{file: t.File}
	n := len(t.Actors)
	g := &Grid{Actors: t.actorIDs(), Issues: t.issueIDs(), Size: make([]float64, n), Propensity: make([][]float64, n)}
	actorAt, issueAt := map[string]int{}, map[string]int{}
	for i, a := range g.Actors {
		actorAt[a] = i
	}
	for i, s := range g.Issues {
		issueAt[s] = i
		g.Cells = append(g.Cells, make([]GridCell, n))
		g.Payment = append(g.Payment, t.Issues[i].Payment)
	}
	for _, c := range t.Cells {
		a, k := actorAt[c.Actor], issueAt[c.Issue]
		issue := t.Issues[k]
		capability := c.Capability
		if !capability.Known {
			capability = t.Actors[a].Capability
		}
		g.Cells[k][a] = GridCell{
			Position: min(100, max(0, (c.Position.Value-issue.Lower)/(issue.Upper-issue.Lower)*100)),
			Salience: c.Salience.Value, Capability: capability.Value, Stake: true,
		}
	}
	sizes := 0.
	for k, row := range g.Cells {
		var total, weight float64
		for _, c := range row {
			total += c.Capability
			weight += c.Capability * c.Salience
		}
		if weight == 0 {
			p.add(t.Issues[k].Line, "issue "+g.Issues[k], "give at least one actor both a capability and a salience above 0, or drop the issue",
				"nobody has any weight on it")
			continue
		}
		for a := range row {
			row[a].Capability /= total
			if !g.Payment[k] {
				g.Size[a] += row[a].Capability
				sizes += row[a].Capability
			}
		}
	}
	if sizes == 0 && len(p.list) == 0 {
		p.add(0, "issues", "add an issue that is no side payment", "the table has nothing but side payments")
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	for a := range g.Size {
		g.Size[a] *= 100 / sizes
	}
	for i := range g.Propensity {
		g.Propensity[i] = make([]float64, n)
		for j := range n {
			g.Propensity[i][j] = math.NaN()
		}
	}
	for _, e := range t.Propensities {
		g.Propensity[actorAt[e.A]][actorAt[e.B]] = e.Value.Value
	}
	for i := range n {
		g.Propensity[i][i] = 0
		for j := range i {
			a, b := g.Propensity[i][j], g.Propensity[j][i]
			v := a
			switch missingA, missingB := math.IsNaN(a), math.IsNaN(b); {
			case missingA && missingB && t.pairs() == PairsAgreement:
				v, g.Derived = g.Agreement(i, j), true
			case missingA && missingB:
				v = 0
			case missingA:
				v = b
			case !missingB:
				v = a/2 + b/2
				if d := math.Abs(a - b); d > g.Asymmetry {
					g.Asymmetry, g.AsymmetryOf = d, [2]string{g.Actors[j], g.Actors[i]}
				}
			}
			g.Propensity[i][j], g.Propensity[j][i] = v, v
		}
	}
	return g, nil
}

// Agreement is how far actors i and j agree on the issues both have a stake in,
// from -1 to 1, each issue weighted by the root of the product of their saliences;
// 0 when they share none.
func (g *Grid) Agreement(i, j int) float64 {
	var sum, weight float64
	for k, row := range g.Cells {
		a, b := row[i], row[j]
		if a.Stake && b.Stake && !g.Payment[k] {
			w := math.Sqrt(a.Salience * b.Salience)
			sum += w * (1 - 2*math.Abs(a.Position-b.Position)/100)
			weight += w
		}
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

// span gives the ends a number is drawn between: its own, or what the
// confidence says, within lo..hi. A scale above 0 is the width that the spread is
// a share of; scale 0 means the number itself (capabilities).
func (n Number) span(c Confidence, lo, hi, scale float64) (low, high float64) {
	if n.Ranged {
		return n.Low, n.High
	}
	half := c.spread() * scale
	if scale == 0 {
		half = 2 * c.spread() * n.Value
	}
	return max(lo, n.Value-half), min(hi, n.Value+half)
}

// triangular is the triangular distribution's quantile at u, with the given ends
// and mode.
func triangular(u, low, mode, high float64) float64 {
	if high <= low {
		return mode
	}
	if cut := (mode - low) / (high - low); u < cut {
		return low + math.Sqrt(u*(high-low)*(mode-low))
	}
	return high - math.Sqrt((1-u)*(high-low)*(high-mode))
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// uniform is the random number in [0, 1) that belongs to one number of the table
// in one draw. It hangs on the number's name and not on its place, so that two
// tables that share a number share what is drawn for it.
func uniform(seed, draw uint64, key ...string) float64 {
	h := fnv.New64a()
	for _, k := range key {
		h.Write([]byte(k))
		h.Write([]byte{0x1f})
	}
	return float64(mix(h.Sum64()^mix(seed^mix(draw+0x9e3779b97f4a7c15)))>>11) / (1 << 53)
}

// Draw is the table with every known number drawn from the triangular
// distribution over its range with the coded value as the mode. Ranges that are
// not given follow from the confidence: 5, 10 or 20 % of the scale to either side
// for high, medium and low (capabilities: 10, 20, 40 % of the value). The same
// seed and draw give the same numbers, in any order of drawing.
func (t *Table) Draw(seed, draw uint64) *Table {
	d := t.Clone()
	pick := func(n *Number, c Confidence, lo, hi, scale float64, key ...string) {
		if n.Known {
			low, high := n.span(c, lo, hi, scale)
			*n = Exactly(min(hi, max(lo, triangular(uniform(seed, draw, key...), low, n.Value, high))))
		}
	}
	for i := range d.Actors {
		a := &d.Actors[i]
		pick(&a.Capability, a.Confidence, 0, math.Inf(1), 0, "capability", a.ID)
	}
	for i := range d.Cells {
		c := &d.Cells[i]
		if k := d.IssueIndex(c.Issue); k >= 0 {
			issue := d.Issues[k]
			pick(&c.Position, c.Confidence, issue.Lower, issue.Upper, issue.Upper-issue.Lower, "position", c.Actor, c.Issue)
		}
		pick(&c.Salience, c.Confidence, 0, 1, 1, "salience", c.Actor, c.Issue)
		pick(&c.Capability, c.Confidence, 0, math.Inf(1), 0, "capability", c.Actor, c.Issue)
	}
	for i := range d.Propensities {
		e := &d.Propensities[i]
		pick(&e.Value, e.Confidence, -1, 1, 2, "propensity", e.A, e.B)
		e.Parts = nil // they no longer sum to the value
	}
	return d
}
