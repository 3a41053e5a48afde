package bargain

import (
	"math"
	"slices"
)

// same is the distance, as a share of the range, below which two positions or
// two moves count as equal: rounding must not start a confrontation.
const same = 1e-9

// table is the state of a run.
type table struct {
	opts   Options
	actors []Actor
	span   float64 // range of the first positions; it stays fixed
}

func newTable(actors []Actor, opts Options) *table {
	t := &table{opts: opts, actors: slices.Clone(actors)}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, a := range actors {
		lo, hi = min(lo, a.Position), max(hi, a.Position)
	}
	t.span = hi - lo
	return t
}

func (t *table) weight(i int) float64 { return t.actors[i].Capability * t.actors[i].Salience }

func (t *table) mean() float64 {
	var sum, weight float64
	for i, a := range t.actors {
		sum += t.weight(i) * a.Position
		weight += t.weight(i)
	}
	return sum / weight
}

// median is the position that beats or ties every other in a vote: where the
// weights below and above are equal, the middle between the two.
func (t *table) median() float64 {
	type voter struct{ x, w float64 }
	var voters []voter
	total := 0.
	for i, a := range t.actors {
		if w := t.weight(i); w > 0 {
			voters = append(voters, voter{a.Position, w})
			total += w
		}
	}
	slices.SortStableFunc(voters, func(a, b voter) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return 0
	})
	below := 0.
	for n, v := range voters {
		below += v.w
		switch {
		case math.Abs(below-total/2) <= 1e-12*total && n+1 < len(voters):
			return v.x/2 + voters[n+1].x/2
		case below > total/2:
			return v.x
		}
	}
	return voters[len(voters)-1].x
}

// gap is the distance of two positions as a share of the range.
func (t *table) gap(a, b float64) float64 { return math.Abs(a-b) / t.span }

// votes is voter k's support for x_a against x_b.
func (t *table) vote(k int, a, b, r float64) float64 {
	x := t.actors[k].Position
	return t.weight(k) * (pow(t.gap(x, b), r) - pow(t.gap(x, a), r))
}

func pow(x, r float64) float64 {
	if r == 1 {
		return x
	}
	return math.Pow(x, r)
}

// chances gives for every ordered pair the chance that the first prevails.
func (t *table) chances(risk []float64) [][]float64 {
	n := len(t.actors)
	p := make([][]float64, n)
	for i := range p {
		p[i] = make([]float64, n)
	}
	if t.opts.Mode == Literal {
		for i := range n {
			for j := range n {
				var pro, all float64
				for k := range n {
					v := t.vote(k, t.actors[i].Position, t.actors[j].Position, 1)
					pro += max(0, v)
					all += math.Abs(v)
				}
				if p[i][j] = .5; all > 0 {
					p[i][j] = pro / all
				}
			}
		}
		return p
	}
	all := 0.
	// u[k][i] is how much k minds x_i, so that a vote is a difference of two.
	for k := range n {
		u := make([]float64, n)
		for i, a := range t.actors {
			u[i] = t.weight(k) * pow(t.gap(t.actors[k].Position, a.Position), risk[k])
		}
		for i := range n {
			for j := range n {
				v := u[j] - u[i]
				p[i][j] += max(0, v)
				all += math.Abs(v)
			}
		}
	}
	for i := range n {
		for j := range n {
			if all > 0 {
				p[i][j] /= all
			}
		}
	}
	return p
}

// challenge is the expected utility of one actor (at x) challenging another
// (at y, salience s), with chance p to prevail and risk exponent r.
func (t *table) challenge(x, y, s, p, r, median float64) float64 {
	d := t.gap(x, y)
	success, failure, quo := 2-4*pow(.5-d/2, r), 2-4*pow(.5+d/2, r), 2-4*pow(.5, r)
	e := s*(p*success+(1-p)*failure) + (1-s)*success
	if q := t.opts.StatusQuo; q < 1 {
		m := t.gap(x, median) + d
		// A median far from both can take m beyond the scale the formula was made for.
		m = min(m, 2)
		better, worse := 2-4*pow(.5-m/4, r), 2-4*pow(.5+m/4, r)
		if t.gap(x, median) < d {
			return e - q*quo - (1-q)*better
		}
		return e - q*quo - (1-q)*worse
	}
	return e - quo
}

// utilities gives for every viewer and other the utility of challenging him and
// the utility the viewer thinks he has of challenging the viewer.
func (t *table) utilities(risk []float64, p [][]float64, median float64) (own, other [][]float64) {
	n := len(t.actors)
	own, other = make([][]float64, n), make([][]float64, n)
	for i, a := range t.actors {
		own[i], other[i] = make([]float64, n), make([]float64, n)
		for j, b := range t.actors {
			if i == j || t.gap(a.Position, b.Position) <= same {
				continue
			}
			r := risk[i]
			own[i][j] = t.challenge(a.Position, b.Position, b.Salience, p[i][j], r, median)
			if t.opts.Mode == Literal {
				r = risk[j]
			}
			other[i][j] = t.challenge(b.Position, a.Position, a.Salience, p[j][i], r, median)
		}
	}
	return own, other
}

// risks derives the exponents from a first pass in which all are 1.
func (t *table) risks(median float64) (risk, security []float64) {
	n := len(t.actors)
	risk, security = make([]float64, n), make([]float64, n)
	for i := range risk {
		risk[i] = 1
	}
	_, other := t.utilities(risk, t.chances(risk), median)
	lo, hi := math.Inf(1), math.Inf(-1)
	for i := range n {
		for j := range n {
			security[i] += other[i][j]
		}
		lo, hi = min(lo, security[i]), max(hi, security[i])
	}
	if hi-lo <= same {
		return risk, security
	}
	for i := range risk {
		base := (2*security[i] - hi - lo) / (hi - lo)
		risk[i] = min(2, max(.5, (1-base/3)/(1+base/3)))
	}
	return risk, security
}

// kind places a pair of utilities.
func (t *table) kind(own, other float64) Kind {
	switch {
	case own == 0 || other == 0 || own == other || own == -other:
		return Indifferent
	case own < 0 && other < 0:
		return Stalemate
	case own > 0 && other > 0:
		if own > other {
			return ConfrontationWin
		}
		return ConfrontationLoss
	case other > 0 && other > -own:
		return CompromiseGive
	case other > 0:
		if t.opts.Mode != Literal {
			return Indifferent
		}
		return Capitulate
	case own > -other:
		return CompromiseTake
	}
	if t.opts.Mode != Literal {
		return Indifferent
	}
	return Compel
}

// round plays one round and moves the actors.
func (t *table) round() Round {
	n := len(t.actors)
	r := Round{Risk: make([]float64, n), Security: make([]float64, n), Relations: make([][]Relation, n), Moves: []Move{}}
	if t.span > 0 {
		median := t.median()
		r.Risk, r.Security = t.risks(median)
		p := t.chances(r.Risk)
		own, other := t.utilities(r.Risk, p, median)
		for i := range n {
			r.Relations[i] = make([]Relation, n)
			for j := range n {
				r.Relations[i][j] = Relation{Own: own[i][j], Other: other[i][j], Chance: p[i][j], Kind: t.kind(own[i][j], other[i][j])}
			}
			if m, ok := t.choose(i, r.Relations[i]); ok {
				r.Moves = append(r.Moves, m)
			}
		}
	} else {
		for i := range n {
			r.Risk[i], r.Relations[i] = 1, make([]Relation, n)
			for j := range n {
				r.Relations[i][j] = Relation{Chance: .5, Kind: Indifferent}
			}
		}
	}
	for _, m := range r.Moves {
		t.actors[m.Actor].Position = m.To
	}
	for _, a := range t.actors {
		r.Positions = append(r.Positions, a.Position)
	}
	r.Median, r.Mean = t.median(), t.mean()
	return r
}

// choose picks the offer actor i has to take, if he has any. Ties go to the
// partner listed first.
func (t *table) choose(i int, relations []Relation) (Move, bool) {
	x := t.actors[i].Position
	class := map[Kind]int{ConfrontationLoss: 1, CompromiseGive: 2, Capitulate: 3}
	best, bestClass, bestRank := Move{}, 0, 0.
	for j, rel := range relations {
		c := class[rel.Kind]
		if c == 0 {
			continue
		}
		y := t.actors[j].Position
		m := Move{Actor: i, Partner: j, Kind: rel.Kind, Own: rel.Own, Other: rel.Other, From: x, To: y}
		if rel.Kind == CompromiseGive {
			m.To = x + (y-x)*math.Abs(rel.Own/rel.Other)
		}
		rank := math.Abs(m.To-x) / t.span // smaller is better
		switch {
		case t.opts.Mode == Literal:
			c, rank = 1, -rel.Other // the best enforced offer, of whatever kind
		case t.opts.Mode == Published && rel.Kind == CompromiseGive:
			a, b := math.Abs(rel.Own), math.Abs(rel.Other)
			rank = (a*x + b*y) / (a + b) / t.span
		}
		if bestClass == 0 || c < bestClass || c == bestClass && rank < bestRank-same {
			best, bestClass, bestRank = m, c, rank
		}
	}
	return best, bestClass != 0
}
