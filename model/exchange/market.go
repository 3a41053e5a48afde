package exchange

import (
	"container/heap"
	"math"
)

const (
	leastMove    = 1e-10 // a smaller move or gain is none
	outcomeSlack = 1e-9  // an outcome this far past a demander is not past him
	gainDigits   = 1e10  // gains are compared to 10 decimals
)

// market is the state of one run.
type market struct {
	// fixed
	opts         Options
	issues, n    int
	stake        [][]bool
	s, w         [][]float64 // salience, capability x salience
	total        []float64   // sum of w
	barredIssues map[[2]int]bool
	barredActors map[[2]int]bool

	// the round
	x       [][]float64 // preference at the start of the round
	outcome []float64   // with x
	y       [][]float64 // present voting position
	dir     [][]int8    // direction of the shift already made, 0 none
	// noted[p][b*n+a]: the position of supplier a on p after a deal with b as
	// demander; NaN when there was none. seen[p][b] is the sum of what these
	// positions add to w x on p.
	noted [][]float64
	seen  [][]float64
	deals []deal
	queue queue
	// for each issue and actor the deals in which he supplies or demands it
	bySupply, byDemand [][]int32
}

// deal is a potential exchange: i supplies q and demands p, j the reverse.
type deal struct {
	i, j, p, q int32
	moveI      float64 // signed, on q
	moveJ      float64 // signed, on p
	shiftP     float64 // >= 0
	shiftQ     float64
	gain       float64
	key        float64 // gain in units of 1e-10, rounded
	seenQ      float64 // outcome of q as j sees it before i's move
	seenP      float64 // outcome of p as i sees it before j's move
	capped     bool    // in this or an earlier pricing of the round
	gone       bool    // struck, or invalid for the rest of the round
	at         int     // index in the queue
}

func newMarket(cells [][]Cell, actors int, opts Options) *market {
	m := &market{opts: opts, issues: len(cells), n: actors,
		barredIssues: map[[2]int]bool{}, barredActors: map[[2]int]bool{}}
	for _, b := range opts.BarredIssues {
		m.barredIssues[[2]int{min(b[0], b[1]), max(b[0], b[1])}] = true
	}
	for _, b := range opts.BarredActors {
		m.barredActors[[2]int{min(b[0], b[1]), max(b[0], b[1])}] = true
	}
	grid := func() [][]float64 {
		g := make([][]float64, m.issues)
		for p := range g {
			g[p] = make([]float64, actors)
		}
		return g
	}
	m.s, m.w, m.x, m.y, m.seen = grid(), grid(), grid(), grid(), grid()
	m.total, m.outcome = make([]float64, m.issues), make([]float64, m.issues)
	m.stake, m.dir, m.noted = make([][]bool, m.issues), make([][]int8, m.issues), make([][]float64, m.issues)
	m.bySupply, m.byDemand = make([][]int32, m.issues*actors), make([][]int32, m.issues*actors)
	for p, row := range cells {
		m.stake[p], m.dir[p], m.noted[p] = make([]bool, actors), make([]int8, actors), make([]float64, actors*actors)
		for a, c := range row {
			if m.x[p][a] = math.NaN(); !c.Stake {
				continue
			}
			m.stake[p][a], m.s[p][a], m.w[p][a], m.x[p][a] = true, c.Salience, c.Capability*c.Salience, c.Position
			m.total[p] += m.w[p][a]
		}
	}
	return m
}

// outcomes is the weighted mean of pos on every issue, NaN without weight.
func (m *market) outcomes(pos [][]float64) []float64 {
	out := make([]float64, m.issues)
	for p := range out {
		var sum float64
		for a, ok := range m.stake[p] {
			if ok {
				sum += m.w[p][a] * pos[p][a]
			}
		}
		out[p] = sum / m.total[p]
	}
	return out
}

// open starts a round: everybody at his preference, all pairs that could trade.
func (m *market) open() {
	copy(m.outcome, m.outcomes(m.x))
	for p := range m.y {
		copy(m.y[p], m.x[p])
		clear(m.dir[p])
		clear(m.seen[p])
		for k := range m.noted[p] {
			m.noted[p][k] = math.NaN()
		}
	}
	for k := range m.bySupply {
		m.bySupply[k], m.byDemand[k] = m.bySupply[k][:0], m.byDemand[k][:0]
	}
	m.deals = m.deals[:0]
	// Actors by side on p (first letter) and q: left is at or below the outcome.
	var ll, lr, rl, rr []int
	for p := range m.issues {
		for q := p + 1; q < m.issues; q++ {
			if m.total[p] == 0 || m.total[q] == 0 || m.barredIssues[[2]int{p, q}] {
				continue
			}
			ll, lr, rl, rr = ll[:0], lr[:0], rl[:0], rr[:0]
			for a := range m.n {
				if !m.stake[p][a] || !m.stake[q][a] {
					continue
				}
				switch left, leftQ := m.x[p][a] <= m.outcome[p], m.x[q][a] <= m.outcome[q]; {
				case left && leftQ:
					ll = append(ll, a)
				case left:
					lr = append(lr, a)
				case leftQ:
					rl = append(rl, a)
				default:
					rr = append(rr, a)
				}
			}
			m.pair(p, q, rr, ll)
			m.pair(p, q, lr, rl)
		}
	}
}

// pair adds the deals between each of one group and each of the other.
func (m *market) pair(p, q int, one, other []int) {
	for _, a := range one {
		for _, b := range other {
			if m.barredActors[[2]int{min(a, b), max(a, b)}] {
				continue
			}
			i, j := a, b // i has the larger ratio of saliences p to q; equal ratios have nothing to gain and prove invalid
			left, right := m.s[p][a]*m.s[q][b], m.s[p][b]*m.s[q][a]
			if right-left > 1e-12*right { // .6 x .6 is not quite .8 x .45
				i, j = b, a
			}
			n := int32(len(m.deals))
			m.deals = append(m.deals, deal{i: int32(i), j: int32(j), p: int32(p), q: int32(q)})
			for _, e := range []struct {
				list  [][]int32
				issue int
				actor int
			}{{m.bySupply, q, i}, {m.bySupply, p, j}, {m.byDemand, p, i}, {m.byDemand, q, j}} {
				k := e.issue*m.n + e.actor
				e.list[k] = append(e.list[k], n)
			}
		}
	}
}

// view is the outcome of issue k as demander b sees it with supplier a at
// position pos: everybody at the start of the round, but those who already gave
// way to b on k where that left them.
func (m *market) view(k, b, a int, pos float64) float64 {
	sum := m.seen[k][b]
	if at := m.noted[k][b*m.n+a]; !math.IsNaN(at) {
		sum -= m.w[k][a] * (at - m.x[k][a]) // his own present position wins over the noted one
	}
	return m.outcome[k] + (sum+m.w[k][a]*(pos-m.x[k][a]))/m.total[k]
}

// price computes moves, shifts and gain of a deal from the present state and
// reports whether it is valid.
func (m *market) price(d *deal) bool {
	i, j, p, q := int(d.i), int(d.j), int(d.p), int(d.q)
	sip, siq, sjp, sjq := m.s[p][i], m.s[q][i], m.s[p][j], m.s[q][j]
	wi, wj, tp, tq := m.w[q][i], m.w[p][j], m.total[p], m.total[q]
	d.moveI, d.moveJ, d.shiftP, d.shiftQ, d.gain, d.key = 0, 0, 0, 0, 0, 0
	d.seenQ, d.seenP = m.view(q, j, i, m.y[q][i]), m.view(p, i, j, m.y[p][j])
	if wi == 0 || wj == 0 {
		return false
	}
	// Equal gains: shiftQ (siq + sjq) = shiftP (sip + sjp). Both sums are above
	// zero, for each contains the salience behind a weight above zero.
	demand, supply := sip+sjp, siq+sjq
	gapJ, gapI := m.x[p][i]-m.y[p][j], m.x[q][j]-m.y[q][i]
	dirJ, dirI := math.Copysign(1, gapJ), math.Copysign(1, gapI)

	stepJ := math.Abs(gapJ)
	shiftP := stepJ * wj / tp
	shiftQ := shiftP * demand / supply
	stepI := shiftQ * tq / wi
	if stepI > math.Abs(gapI) {
		stepI = math.Abs(gapI)
		shiftQ = stepI * wi / tq
		shiftP = shiftQ * supply / demand
		stepJ = shiftP * tp / wj
	}
	// No outcome passes the one who demands it.
	if past := (d.seenQ + dirI*shiftQ - m.x[q][j]) * dirI; past > outcomeSlack {
		shiftQ = max(0, (m.x[q][j]-d.seenQ)*dirI)
		shiftP = shiftQ * supply / demand
		stepI, stepJ, d.capped = shiftQ*tq/wi, shiftP*tp/wj, true
		if shiftQ <= outcomeSlack {
			return false
		}
	}
	if past := (d.seenP + dirJ*shiftP - m.x[p][i]) * dirJ; past > outcomeSlack {
		shiftP = max(0, (m.x[p][i]-d.seenP)*dirJ)
		shiftQ = shiftP * demand / supply
		stepI, stepJ, d.capped = shiftQ*tq/wi, shiftP*tp/wj, true
		if shiftP <= outcomeSlack {
			return false
		}
	}
	d.moveI, d.moveJ, d.shiftP, d.shiftQ = dirI*stepI, dirJ*stepJ, shiftP, shiftQ
	d.gain = shiftP * (sip*sjq - sjp*siq) / supply
	d.key = math.Round(d.gain * gainDigits)
	inside := func(v float64) bool { return v >= -1e-9 && v <= 100+1e-9 }
	reverse := func(made int8, move float64) bool { return float64(made)*move < 0 }
	return stepI > leastMove && stepJ > leastMove && stepI <= 100+1e-9 && stepJ <= 100+1e-9 &&
		inside(m.y[q][i]+d.moveI) && inside(m.y[p][j]+d.moveJ) && d.gain >= leastMove &&
		!reverse(m.dir[q][i], d.moveI) && !reverse(m.dir[p][j], d.moveJ)
}

// legs describes a deal as it is priced now.
func (m *market) legs(d *deal) (i, j Leg) {
	leg := func(a, b, supplies, wants int32, move, shift, gained, seen float64) Leg {
		l := Leg{Actor: int(a), Supplies: int(supplies), Salience: m.s[supplies][a], Wants: m.s[wants][a],
			Start: m.x[supplies][a], From: m.y[supplies][a], Move: move, Target: m.x[supplies][b], Shift: shift, SeenFrom: seen}
		l.To = l.From + move
		l.SeenAfter = seen + math.Copysign(shift, move)
		l.Gain = l.Wants*gained - l.Salience*shift
		return l
	}
	return leg(d.i, d.j, d.q, d.p, d.moveI, d.shiftQ, d.shiftP, d.seenQ),
		leg(d.j, d.i, d.p, d.q, d.moveJ, d.shiftP, d.shiftQ, d.seenP)
}

// play strikes deals, the most gainful first, until none is left.
func (m *market) play(number int) Round {
	m.open()
	round := Round{Potential: len(m.deals), Lead: math.Inf(1), Before: append([]float64(nil), m.outcome...), Start: copyGrid(m.x)}
	m.queue = queue{deals: m.deals, order: m.queue.order[:0]}
	for n := range m.deals {
		d := &m.deals[n]
		if d.gone = !m.price(d); !d.gone {
			d.at = len(m.queue.order)
			m.queue.order = append(m.queue.order, int32(n))
		}
	}
	heap.Init(&m.queue)
	round.Valid = m.queue.Len()
	current := append([]float64(nil), m.outcome...)
	touched := make([]int, 0, 256)
	for m.queue.Len() > 0 {
		n := heap.Pop(&m.queue).(int32)
		d := &m.deals[n]
		d.gone = true
		if m.queue.Len() > 0 {
			next := &m.deals[m.queue.order[0]]
			round.Lead = min(round.Lead, d.gain-next.gain)
			if next.key == d.key {
				round.Ties++
			}
		}
		e := Exchange{Round: number, Rank: len(round.Exchanges) + 1, Gain: d.gain, Capped: d.capped}
		e.I, e.J = m.legs(d)
		e.Externalities = m.strike(e.I, e.J, current)
		round.Exchanges = append(round.Exchanges, e)

		touched = touched[:0]
		for _, l := range [][]int32{
			m.bySupply[e.I.Supplies*m.n+e.I.Actor], m.bySupply[e.J.Supplies*m.n+e.J.Actor],
			m.byDemand[e.J.Supplies*m.n+e.I.Actor], m.byDemand[e.I.Supplies*m.n+e.J.Actor],
		} {
			for _, f := range l {
				touched = append(touched, int(f))
			}
		}
		for _, f := range touched {
			t := &m.deals[f]
			if t.gone {
				continue
			}
			old := t.key
			if t.gone = !m.price(t); t.gone {
				heap.Remove(&m.queue, t.at)
			} else if t.key != old {
				heap.Fix(&m.queue, t.at)
			}
		}
	}
	round.Voting = copyGrid(m.y)
	round.After = m.outcomes(m.y)
	round.Next = copyGrid(m.x)
	round.Welfare = make([]float64, m.n)
	for p := range m.issues {
		for a, ok := range m.stake[p] {
			if !ok {
				continue
			}
			stick := m.opts.FixedWeight + m.opts.SalienceWeight*(1-m.s[p][a])
			if m.y[p][a] != m.x[p][a] {
				round.Next[p][a] = (1-stick)*m.x[p][a] + stick*m.y[p][a]
			}
			if m.total[p] > 0 {
				round.Welfare[a] += m.s[p][a] * (math.Abs(round.Before[p]-m.x[p][a]) - math.Abs(round.After[p]-m.x[p][a]))
			}
		}
	}
	return round
}

// strike moves the two suppliers, keeps the running outcomes in current and
// returns what the deal is worth to every actor.
func (m *market) strike(i, j Leg, current []float64) []float64 {
	ext := make([]float64, m.n)
	for _, side := range []struct{ give, get Leg }{{i, j}, {j, i}} {
		k, a, b := side.give.Supplies, side.give.Actor, side.get.Actor
		to := min(100, max(0, side.give.To))
		after := current[k] + m.w[k][a]*(to-m.y[k][a])/m.total[k]
		for c, ok := range m.stake[k] {
			if ok {
				ext[c] += m.s[k][c] * (math.Abs(current[k]-m.x[k][c]) - math.Abs(after-m.x[k][c]))
			}
		}
		current[k], m.y[k][a] = after, to
		m.dir[k][a] = 1
		if side.give.Move < 0 {
			m.dir[k][a] = -1
		}
		// b notes the first position a came to in a deal with him. The expected
		// files of this package rest on the first one; the farther one, which one
		// could argue for too, gives other deals from round 1 on.
		if at := &m.noted[k][b*m.n+a]; math.IsNaN(*at) {
			*at = to
			m.seen[k][b] += m.w[k][a] * (to - m.x[k][a])
		}
	}
	return ext
}

func copyGrid(g [][]float64) [][]float64 {
	out := make([][]float64, len(g))
	for p := range g {
		out[p] = append([]float64(nil), g[p]...)
	}
	return out
}

// queue is a heap of valid deals: largest rounded gain first, then first built.
type queue struct {
	deals []deal
	order []int32
}

func (q *queue) Len() int { return len(q.order) }
func (q *queue) Less(a, b int) bool {
	x, y := q.order[a], q.order[b]
	if q.deals[x].key != q.deals[y].key {
		return q.deals[x].key > q.deals[y].key
	}
	return x < y
}
func (q *queue) Swap(a, b int) {
	q.order[a], q.order[b] = q.order[b], q.order[a]
	q.deals[q.order[a]].at, q.deals[q.order[b]].at = a, b
}
func (q *queue) Push(v any) { q.order = append(q.order, v.(int32)) }
func (q *queue) Pop() any {
	n := len(q.order) - 1
	v := q.order[n]
	q.order = q.order[:n]
	return v
}
