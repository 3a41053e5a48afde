package relation

import (
	"math"
	"slices"

	"chancery"
)

// Change is a point at which the relation became another: the period From is the
// first of the new kind.
type Change struct {
	From       chancery.Date `json:"from"`
	Before     Estimate      `json:"before"` // net cooperation of the stretch before
	After      Estimate      `json:"after"`
	RateBefore float64       `json:"rate_before"` // happenings in a period
	RateAfter  float64       `json:"rate_after"`
	// Probability that the two stretches differ in the rate of cooperation or of
	// conflict, both hypotheses being equally likely before the data.
	Probability float64 `json:"probability"`
}

// minStretch is the shortest stretch between two changes, in periods: a single
// busy week is an event, not a new relation.
const minStretch = 2

// minHappenings is how many happenings one of the two stretches about a change
// must hold: three reports after years of silence are no new relation yet.
const minHappenings = 5

// changes finds the stretches of the series within which cooperation and
// conflict come at steady rates: the partition of least cost, by PELT (Killick,
// Fearnhead and Eckley 2012, Journal of the American Statistical Association
// 107:500), each stretch costing its negative log-likelihood under two Poisson
// rates, and each change 2 log n: location and two rates, a little more than the
// 3/2 log n of Schwarz's criterion, for news counts are more uneven than Poisson.
func changes(buckets []Bucket, e *estimator) []Change {
	n := len(buckets)
	pro, con := make([]int, n+1), make([]int, n+1) // sums before each bucket
	for i, b := range buckets {
		pro[i+1], con[i+1] = pro[i]+b.Quads.For(), con[i]+b.Quads.Against()
	}
	cuts := stretches(pro, con)
	out := []Change{}
	for k := 1; k < len(cuts)-1; k++ {
		a, b, c := cuts[k-1], cuts[k], cuts[k+1]
		p1, c1, p2, c2 := pro[b]-pro[a], con[b]-con[a], pro[c]-pro[b], con[c]-con[b]
		if max(p1+c1, p2+c2) < minHappenings {
			continue
		}
		t1, t2 := b-a, c-b
		log := evidence(p1, t1, p2, t2) + evidence(c1, t1, c2, t2)
		out = append(out, Change{From: buckets[b].Start, Before: e.net(p1, c1), After: e.net(p2, c2),
			RateBefore: float64(p1+c1) / float64(t1), RateAfter: float64(p2+c2) / float64(t2), Probability: 1 / (1 + math.Exp(-log))})
	}
	return out
}

// stretches gives the bounds of the best partition, from 0 to the number of
// periods. pro and con are the sums before each period and, last, of all.
func stretches(pro, con []int) []int {
	n := len(pro) - 1
	if n < 2*minStretch {
		return []int{0, n}
	}
	cost := func(from, to int) float64 {
		return poissonCost(pro[to]-pro[from], to-from) + poissonCost(con[to]-con[from], to-from)
	}
	penalty := 2 * math.Log(float64(n))
	best, from := make([]float64, n+1), make([]int, n+1)
	best[0] = -penalty
	type candidate struct{ at, until int }
	candidates := []candidate{{0, n + 1}}
	for to := 1; to <= n; to++ {
		best[to] = math.Inf(1)
		kept := candidates[:0]
		for _, c := range candidates {
			if c.until > to {
				kept = append(kept, c)
			}
		}
		candidates = kept
		for _, c := range candidates {
			if to-c.at < minStretch {
				continue
			}
			if v := best[c.at] + cost(c.at, to) + penalty; v < best[to] {
				best[to], from[to] = v, c.at
			}
		}
		if math.IsInf(best[to], 1) {
			continue
		}
		// What does worse than a change here can be dropped as soon as a stretch
		// that begins here may end.
		for k, c := range candidates {
			if to-c.at >= minStretch && best[c.at]+cost(c.at, to) > best[to] {
				candidates[k].until = min(c.until, to+minStretch)
			}
		}
		candidates = append(candidates, candidate{to, n + 1})
	}
	var cuts []int
	for at := n; at > 0; at = from[at] {
		cuts = append(cuts, at)
	}
	cuts = append(cuts, 0)
	slices.Reverse(cuts)
	return cuts
}

// poissonCost is the negative log-likelihood, up to a constant of the whole
// series, of n events in t periods at their own mean rate.
func poissonCost(n, t int) float64 {
	if n == 0 {
		return 0
	}
	return -float64(n) * math.Log(float64(n)/float64(t))
}

// evidence is the log Bayes factor of two rates against one, each with a gamma
// prior of shape 1/2 and the pooled mean.
func evidence(n1, t1, n2, t2 int) float64 {
	if n1+n2 == 0 {
		return 0
	}
	rate := .5 * float64(t1+t2) / float64(n1+n2)
	marginal := func(n, t int) float64 {
		gamma, _ := math.Lgamma(.5 + float64(n))
		half, _ := math.Lgamma(.5)
		return .5*math.Log(rate) - half + gamma - (.5+float64(n))*math.Log(rate+float64(t))
	}
	return marginal(n1, t1) + marginal(n2, t2) - marginal(n1+n2, t1+t2)
}
