package whatif

import (
	"context"
	"fmt"
	"math"
	"slices"

	"chancery/model/table"
)

// Report is a whole what-if.
type Report struct {
	Base        *Picture     `json:"base"`
	Patched     *Picture     `json:"patched,omitempty"`
	Patch       string       `json:"patch,omitempty"` // title of the patch
	Differences *Differences `json:"differences,omitempty"`
	Levers      []Target     `json:"levers,omitempty"` // of the base
	BaseDraws   *Draws       `json:"base_draws,omitempty"`
	PatchDraws  *Draws       `json:"patched_draws,omitempty"`
	Holds       *Holds       `json:"holds,omitempty"`
}

// Differences is what a patch alters. Actors and issues that only one of the two
// has are left out.
type Differences struct {
	MapChanges bool            `json:"map_changes"`
	Moved      []string        `json:"moved"` // who changes camp, the largest common actor held in place
	Outcomes   []OutcomeChange `json:"outcomes"`
	NewDeals   []string        `json:"new_deals"` // of the first round
	LostDeals  []string        `json:"lost_deals"`
	Welfare    []WorthChange   `json:"welfare"`
}

// OutcomeChange is what a patch does to an issue, each value 0..100.
type OutcomeChange struct {
	Issue        string  `json:"issue"`
	BaseAfter    float64 `json:"base_after"` // after a round of exchanges
	PatchedAfter float64 `json:"patched_after"`
	BaseMean     float64 `json:"base_mean"` // after bargaining, default mode
	PatchedMean  float64 `json:"patched_mean"`
	Notable      bool    `json:"notable"` // one of the two moves by Options.Notable or more
}

// WorthChange is what a round of exchanges is worth to an actor.
type WorthChange struct {
	Actor   string  `json:"actor"`
	Base    float64 `json:"base"`
	Patched float64 `json:"patched"`
}

// Holds says, over the same draws for both tables, in what share of them the
// patch does what it does to the coded table.
type Holds struct {
	Draws      int          `json:"draws"`
	MapChanges float64      `json:"map_changes"` // share in which the lowest split of the common actors differs
	Moved      []Share      `json:"moved"`       // share in which each common actor changes camp, the largest one held in place
	Issues     []IssueHolds `json:"issues"`
}

// Share is the share of draws in which something is so of an actor.
type Share struct {
	Actor string  `json:"actor"`
	Share float64 `json:"share"`
}

// IssueHolds is the difference a patch makes to one issue over the draws.
type IssueHolds struct {
	Issue    string    `json:"issue"`
	Deals    Quantiles `json:"deals"`    // patched - base, after a round of exchanges
	Pressure Quantiles `json:"pressure"` // patched - base, mean after bargaining
	// Up and Down are the shares of draws in which the exchanges' outcome differs
	// by Options.Notable or more.
	Up   float64 `json:"up"`
	Down float64 `json:"down"`
}

// RunOptions are the options of Run beyond those of the models.
type RunOptions struct {
	Options
	Draws    int            // 0 is none
	Workers  int            // 0 is one for each processor
	Levers   bool           // search the smallest single changes of the base
	Progress func(done int) // draws done so far; nil is not told; called from any goroutine
}

// Run makes the base picture and, with a patch, the patched one, their
// differences, levers and draws. patch may be nil. Errors about the table or the
// patch wrap table.ErrTable; when the context ends first, its error comes back.
func Run(ctx context.Context, t *table.Table, patch *table.Patch, opts RunOptions) (*Report, error) {
	base, err := Look(t, opts.Options)
	if err != nil {
		return nil, err
	}
	r := &Report{Base: base}
	patched, patchedOpts := t, opts.Options
	if patch != nil {
		if patched, err = patch.Apply(t); err != nil {
			return nil, err
		}
		patchedOpts.BarredIssues = append(slices.Clone(opts.BarredIssues), patch.BarredIssues...)
		patchedOpts.BarredActors = append(slices.Clone(opts.BarredActors), patch.BarredActors...)
		if r.Patched, err = Look(patched, patchedOpts); err != nil {
			return nil, fmt.Errorf("with the patch: %w", err)
		}
		r.Patch = patch.Title
		r.Differences = differences(base, r.Patched, opts.Notable)
	}
	if opts.Levers {
		if r.Levers, err = Levers(ctx, t, opts.Options); err != nil {
			return nil, err
		}
	}
	if opts.Draws <= 0 {
		return r, nil
	}
	baseShots, err := shots(ctx, t, opts.Options, opts.Draws, opts.Workers, opts.Progress)
	if err != nil {
		return nil, err
	}
	d, err := summarise(t, opts.Options, baseShots)
	if err != nil {
		return nil, err
	}
	r.BaseDraws = &d
	if patch == nil {
		return r, nil
	}
	patchedShots, err := shots(ctx, patched, patchedOpts, opts.Draws, opts.Workers, func(done int) {
		if opts.Progress != nil {
			opts.Progress(opts.Draws + done)
		}
	})
	if err != nil {
		return nil, err
	}
	p, err := summarise(patched, patchedOpts, patchedShots)
	if err != nil {
		return nil, err
	}
	r.PatchDraws = &p
	r.Holds = holds(base, r.Patched, baseShots, patchedShots, opts.Notable)
	return r, nil
}

// common lists the names that both have, in a's order, and their indexes.
func common(a, b []string) (names []string, inA, inB []int) {
	for i, n := range a {
		if j := slices.Index(b, n); j >= 0 {
			names, inA, inB = append(names, n), append(inA, i), append(inB, j)
		}
	}
	return names, inA, inB
}

// anchor is the place among common actors of the largest one in the base.
func anchor(p *Picture, in []int) int {
	best := 0
	for k, i := range in {
		if p.Camps.Actors[i].Size > p.Camps.Actors[in[best]].Size {
			best = k
		}
	}
	return best
}

func sideOf(s Split, actor string) int {
	if slices.Contains(s[0], actor) {
		return 0
	}
	return 1
}

func dealNames(p *Picture) []string {
	var out []string
	for _, e := range p.Deals.Exchanges {
		g := e.Gives
		if g[0].Actor > g[1].Actor {
			g[0], g[1] = g[1], g[0]
		}
		if s := fmt.Sprintf("%s gives way on %s, %s on %s", g[0].Actor, g[0].Issue, g[1].Actor, g[1].Issue); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func differences(base, patched *Picture, notable float64) *Differences {
	d := &Differences{Moved: []string{}, Outcomes: []OutcomeChange{}, NewDeals: []string{}, LostDeals: []string{}, Welfare: []WorthChange{}}
	names, inA, _ := common(base.Actors, patched.Actors)
	if len(names) > 0 {
		still := names[anchor(base, inA)]
		for _, n := range names {
			before := sideOf(base.Camps.Lowest, n) == sideOf(base.Camps.Lowest, still)
			after := sideOf(patched.Camps.Lowest, n) == sideOf(patched.Camps.Lowest, still)
			if before != after {
				d.Moved = append(d.Moved, n)
			}
		}
	}
	d.MapChanges = len(d.Moved) > 0
	issues, iA, iB := common(base.Issues, patched.Issues)
	mean := func(p *Picture, issue string) float64 {
		for _, x := range p.Pressure {
			if x.Issue == issue {
				return x.Modes[0].Mean
			}
		}
		return 0
	}
	for k, issue := range issues {
		c := OutcomeChange{Issue: issue, BaseAfter: base.Deals.Outcomes[iA[k]].After, PatchedAfter: patched.Deals.Outcomes[iB[k]].After,
			BaseMean: mean(base, issue), PatchedMean: mean(patched, issue)}
		c.Notable = max(math.Abs(c.PatchedAfter-c.BaseAfter), math.Abs(c.PatchedMean-c.BaseMean)) >= notable
		d.Outcomes = append(d.Outcomes, c)
	}
	before, after := dealNames(base), dealNames(patched)
	for _, s := range after {
		if !slices.Contains(before, s) {
			d.NewDeals = append(d.NewDeals, s)
		}
	}
	for _, s := range before {
		if !slices.Contains(after, s) {
			d.LostDeals = append(d.LostDeals, s)
		}
	}
	worth := func(p *Picture, actor string) float64 {
		for _, w := range p.Deals.Welfare {
			if w.Actor == actor {
				return w.Worth
			}
		}
		return 0
	}
	for _, n := range names {
		d.Welfare = append(d.Welfare, WorthChange{n, worth(base, n), worth(patched, n)})
	}
	slices.SortStableFunc(d.Welfare, func(a, b WorthChange) int { return order(a.Patched-a.Base, b.Patched-b.Base) })
	return d
}

func holds(base, patched *Picture, a, b []shot, notable float64) *Holds {
	h := &Holds{Moved: []Share{}, Issues: []IssueHolds{}}
	names, inA, inB := common(base.Actors, patched.Actors)
	issues, iA, iB := common(base.Issues, patched.Issues)
	var both []int
	for n := range a {
		if a[n].ok && b[n].ok {
			both = append(both, n)
		}
	}
	h.Draws = len(both)
	if len(both) == 0 || len(names) == 0 {
		return h
	}
	total := float64(len(both))
	moved := make([]float64, len(names))
	still := anchor(base, inA)
	for _, n := range both {
		any := false
		for k := range names {
			before := a[n].split[inA[k]] == a[n].split[inA[still]]
			after := b[n].split[inB[k]] == b[n].split[inB[still]]
			if before != after {
				moved[k]++
				any = true
			}
		}
		if any {
			h.MapChanges++
		}
	}
	h.MapChanges /= total
	for k, n := range names {
		h.Moved = append(h.Moved, Share{n, moved[k] / total})
	}
	for k, issue := range issues {
		x := IssueHolds{Issue: issue}
		var deals, press []float64
		for _, n := range both {
			d := b[n].after[iB[k]] - a[n].after[iA[k]]
			deals, press = append(deals, d), append(press, b[n].mean[iB[k]]-a[n].mean[iA[k]])
			switch direction(d, notable) {
			case 1:
				x.Up++
			case -1:
				x.Down++
			}
		}
		x.Deals, x.Pressure = quantiles(deals), quantiles(press)
		x.Up, x.Down = x.Up/total, x.Down/total
		h.Issues = append(h.Issues, x)
	}
	return h
}
