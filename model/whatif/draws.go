package whatif

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"chancery/model/bargain"
	"chancery/model/exchange"
	"chancery/model/landscape"
	"chancery/model/table"
)

// Draws says what holds when the inputs are drawn around their coded values.
type Draws struct {
	Draws  int             `json:"draws"`
	Failed int             `json:"failed,omitempty"` // draws that gave a table without weight
	Seed   uint64          `json:"seed"`
	Maps   []SplitShare    `json:"maps"` // lowest minima by share, at most maxMaps
	Same   float64         `json:"same"` // share of draws with the lowest minimum of the coded table
	Side   []CampShare     `json:"side"` // in how many draws each actor stands with the largest actor
	Issues []OutcomeSpread `json:"issues"`
	Deals  []DealShare     `json:"deals"`  // of the first round, most frequent first, at most maxDeals
	Losers []LoserShare    `json:"losers"` // in how many draws each actor is worse off for the exchanges
}

const (
	maxMaps  = 8
	maxDeals = 60
)

// SplitShare is a map and the share of draws that have it.
type SplitShare struct {
	Split Split   `json:"split"`
	Share float64 `json:"share"`
}

// CampShare says how often an actor is in the largest actor's camp.
type CampShare struct {
	Actor string  `json:"actor"`
	With  string  `json:"with"`
	Share float64 `json:"share"`
}

// Quantiles are the 5th, 50th and 95th percentiles.
type Quantiles struct {
	Low    float64 `json:"p5"`
	Middle float64 `json:"p50"`
	High   float64 `json:"p95"`
}

// OutcomeSpread is where an issue goes over the draws.
type OutcomeSpread struct {
	Issue  string    `json:"issue"`
	Before Quantiles `json:"before"`
	After  Quantiles `json:"after"` // after one round of exchanges
	Mean   Quantiles `json:"mean"`  // after bargaining, default mode
	Up     float64   `json:"up"`    // share of draws in which the exchanges move it up by a point or more
	Down   float64   `json:"down"`
	// PressUp and PressDown are the same for bargaining.
	PressUp   float64 `json:"press_up"`
	PressDown float64 `json:"press_down"`
}

// DealShare is a kind of deal and the share of draws in which it is struck.
type DealShare struct {
	A      string  `json:"a"`
	AGives string  `json:"a_gives"`
	B      string  `json:"b"`
	BGives string  `json:"b_gives"`
	Share  float64 `json:"share"`
	Gain   float64 `json:"gain"` // median of its gain where it is struck
}

// LoserShare says how often an actor is worse off after a round of exchanges.
type LoserShare struct {
	Actor string  `json:"actor"`
	Share float64 `json:"share"`
	Worth float64 `json:"worth"` // median of what the round is worth to him
}

// shot is what one draw keeps.
type shot struct {
	ok            bool
	split         string // one byte an actor: 0 or 1
	before, after []float64
	mean0, mean   []float64 // of bargaining; NaN for side payments
	welfare       []float64
	deals         map[[4]int]float64 // actor, issue, actor, issue, the first actor the lower: best gain
}

// look is the quick version of Look.
func look(t *table.Table, opts Options, full bool) (shot, error) {
	m, err := build(t, opts)
	if err != nil {
		return shot{}, err
	}
	return m.shoot(opts, full)
}

func (m *model) shoot(opts Options, full bool) (shot, error) {
	s := shot{ok: true}
	land := m.land.Map(landscape.Options{Seed: opts.Seed, Starts: 200, Quick: true})
	key := make([]byte, len(m.grid.Actors))
	for i, v := range land.Minima[0].Sides {
		key[i] = byte('0' + v)
	}
	s.split = string(key)
	one := m.bars
	one.Rounds = 1
	res, err := exchange.Run(m.cells, one)
	if err != nil {
		return shot{}, err
	}
	r := res.Rounds[0]
	s.before, s.after, s.welfare = r.Before, r.After, r.Welfare
	if !full {
		return s, nil
	}
	s.deals = map[[4]int]float64{}
	for _, e := range r.Exchanges {
		k := [4]int{e.I.Actor, e.I.Supplies, e.J.Actor, e.J.Supplies}
		if k[0] > k[2] {
			k = [4]int{k[2], k[3], k[0], k[1]}
		}
		s.deals[k] = max(s.deals[k], e.Gain)
	}
	for k := range m.grid.Issues {
		if m.grid.Payment[k] {
			s.mean0, s.mean = append(s.mean0, math.NaN()), append(s.mean, math.NaN())
			continue
		}
		actors, _ := m.bargainers(k)
		b, err := bargain.Run(actors, bargain.Options{Mode: bargain.Default, Rounds: opts.Rounds, StatusQuo: opts.StatusQuo})
		if err != nil {
			return shot{}, err
		}
		s.mean0, s.mean = append(s.mean0, b.Mean), append(s.mean, b.Final())
	}
	return s, nil
}

// shots draws and runs, in parallel; the result does not hang on workers (0
// means one for each processor). progress, if not nil, is told how many draws
// are done, from any goroutine. The only error is the context's.
func shots(ctx context.Context, t *table.Table, opts Options, draws, workers int, progress func(done int)) ([]shot, error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	out := make([]shot, draws)
	var next, done atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, draws) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for {
				n := int(next.Add(1)) - 1
				if n >= draws || ctx.Err() != nil {
					return
				}
				// A draw in which an issue loses all its weight fails and is counted.
				if s, err := look(t.Draw(opts.Seed, uint64(n)), opts, true); err == nil {
					out[n] = s
				}
				if d := done.Add(1); progress != nil {
					progress(int(d))
				}
			}
		}()
	}
	wait.Wait()
	return out, ctx.Err()
}

func quantiles(values []float64) Quantiles {
	v := slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	if len(v) == 0 {
		return Quantiles{}
	}
	slices.Sort(v)
	at := func(q float64) float64 {
		x := q * float64(len(v)-1)
		lo := int(x)
		return v[lo] + (x-float64(lo))*(v[min(lo+1, len(v)-1)]-v[lo])
	}
	return Quantiles{at(.05), at(.5), at(.95)}
}

// summarise counts what the draws have in common.
func summarise(t *table.Table, opts Options, all []shot) (Draws, error) {
	m, err := build(t, opts)
	if err != nil {
		return Draws{}, err
	}
	coded, err := m.shoot(opts, false)
	if err != nil {
		return Draws{}, err
	}
	names, issues := m.grid.Actors, m.grid.Issues
	d := Draws{Draws: len(all), Seed: opts.Seed, Maps: []SplitShare{}, Deals: []DealShare{}}
	good := slices.DeleteFunc(slices.Clone(all), func(s shot) bool { return !s.ok })
	d.Failed = len(all) - len(good)
	total := float64(len(good))
	if total == 0 {
		return d, nil
	}
	largest := 0
	for i := range names {
		if m.land.Size(i) > m.land.Size(largest) {
			largest = i
		}
	}
	maps, with := map[string]int{}, make([]int, len(names))
	deals := map[[4]int][]float64{}
	for _, s := range good {
		maps[s.split]++
		for i := range names {
			if s.split[i] == s.split[largest] {
				with[i]++
			}
		}
		for k, gain := range s.deals {
			deals[k] = append(deals[k], gain)
		}
	}
	d.Same = float64(maps[coded.split]) / total
	var keys []string
	for k := range maps {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		if maps[a] != maps[b] {
			return maps[b] - maps[a]
		}
		return strings.Compare(a, b)
	})
	for _, k := range keys[:min(maxMaps, len(keys))] {
		sides := make(landscape.Sides, len(k))
		for i := range k {
			sides[i] = int(k[i] - '0')
		}
		d.Maps = append(d.Maps, SplitShare{split(names, sides), float64(maps[k]) / total})
	}
	for i, name := range names {
		if i != largest {
			d.Side = append(d.Side, CampShare{Actor: name, With: names[largest], Share: float64(with[i]) / total})
		}
		var worth []float64
		lost := 0
		for _, s := range good {
			worth = append(worth, s.welfare[i])
			if s.welfare[i] < -1e-9 {
				lost++
			}
		}
		d.Losers = append(d.Losers, LoserShare{Actor: name, Share: float64(lost) / total, Worth: quantiles(worth).Middle})
	}
	slices.SortStableFunc(d.Losers, func(a, b LoserShare) int { return order(b.Share, a.Share) })
	for k, issue := range issues {
		o := OutcomeSpread{Issue: issue}
		var before, after, mean []float64
		for _, s := range good {
			before, after, mean = append(before, s.before[k]), append(after, s.after[k]), append(mean, s.mean[k])
			switch direction(s.after[k]-s.before[k], 1) {
			case 1:
				o.Up++
			case -1:
				o.Down++
			}
			switch direction(s.mean[k]-s.mean0[k], 1) {
			case 1:
				o.PressUp++
			case -1:
				o.PressDown++
			}
		}
		o.Before, o.After, o.Mean = quantiles(before), quantiles(after), quantiles(mean)
		for _, v := range []*float64{&o.Up, &o.Down, &o.PressUp, &o.PressDown} {
			*v /= total
		}
		d.Issues = append(d.Issues, o)
	}
	for k, gains := range deals {
		d.Deals = append(d.Deals, DealShare{A: names[k[0]], AGives: issues[k[1]], B: names[k[2]], BGives: issues[k[3]],
			Share: float64(len(gains)) / total, Gain: quantiles(gains).Middle})
	}
	slices.SortFunc(d.Deals, func(a, b DealShare) int {
		if a.Share != b.Share {
			return order(b.Share, a.Share)
		}
		return strings.Compare(fmt.Sprint(a.A, a.AGives, a.B, a.BGives), fmt.Sprint(b.A, b.AGives, b.B, b.BGives))
	})
	d.Deals = d.Deals[:min(maxDeals, len(d.Deals))]
	return d, nil
}
