package whatif

import (
	"context"
	"math"
	"slices"

	"chancery/model/table"
)

// Target is something that could turn, with the smallest single changes found
// that turn it.
type Target struct {
	Target string  `json:"target"` // "camps", or an issue whose outcome moves by Options.Notable or more
	Levers []Lever `json:"levers"` // smallest share first, at most maxLevers; empty when no single number does it
}

// Lever is one number and how far it must go.
type Lever struct {
	Number string  `json:"number"` // position, salience, capability, propensity
	Actor  string  `json:"actor"`
	Other  string  `json:"other,omitempty"` // the issue, or the other actor of the pair; none for a capability on all issues
	From   float64 `json:"from"`            // in the table's own units
	To     float64 `json:"to"`              // where the target turns, to one part in 10,000 of the scale
	// Share is the change as a share of the number's scale (position, salience,
	// propensity) or of twice its value (capability).
	Share float64 `json:"share"`
	// Before and After are the outcome just before and at To; outcomes move in
	// jumps. Absent for camps, which have Becomes.
	Before  *float64 `json:"before,omitempty"`
	After   *float64 `json:"after,omitempty"`
	Becomes *Split   `json:"becomes,omitempty"`
}

const (
	maxLevers = 3
	// maxMapActors is the largest number of actors for which camps are searched
	// by trial; above it Camps.Swings has the answer for propensities.
	maxMapActors = 14
)

// steps are the shares tried on the way out; between two of them the turning
// point is bisected, so a turn that undoes itself between two steps is missed.
var steps = []float64{.01, .025, .05, .1, .2, .35, .5, .75, 1}

// dial is one number of the table.
type dial struct {
	number, actor, other string
	from, lo, hi, scale  float64
	set                  func(t *table.Table, v float64)
}

func dials(t *table.Table) []dial {
	var out []dial
	capability := func(n table.Number, actor, issue string, set func(t *table.Table, v float64)) {
		if n.Known && n.Value > 0 {
			out = append(out, dial{"capability", actor, issue, n.Value, 0, 3 * n.Value, 2 * n.Value, set})
		}
	}
	for i, a := range t.Actors {
		capability(a.Capability, a.ID, "", func(t *table.Table, v float64) { t.Actors[i].Capability = table.Exactly(v) })
	}
	for i, c := range t.Cells {
		issue := t.Issues[t.IssueIndex(c.Issue)]
		out = append(out,
			dial{"position", c.Actor, c.Issue, c.Position.Value, issue.Lower, issue.Upper, issue.Upper - issue.Lower,
				func(t *table.Table, v float64) { t.Cells[i].Position = table.Exactly(v) }},
			dial{"salience", c.Actor, c.Issue, c.Salience.Value, 0, 1, 1, func(t *table.Table, v float64) { t.Cells[i].Salience = table.Exactly(v) }})
		capability(c.Capability, c.Actor, c.Issue, func(t *table.Table, v float64) { t.Cells[i].Capability = table.Exactly(v) })
	}
	for i, e := range t.Propensities {
		out = append(out, dial{"propensity", e.A, e.B, e.Value.Value, -1, 1, 2, func(t *table.Table, v float64) {
			t.Propensities[i].Value, t.Propensities[i].Parts = table.Exactly(v), nil
		}})
	}
	return out
}

// Levers searches for the smallest change of a single number that turns the
// lowest split, and for each issue the smallest that moves its outcome after a
// round of exchanges by opts.Notable points. When the context ends first, its
// error comes back.
func Levers(ctx context.Context, t *table.Table, opts Options) ([]Target, error) {
	base, err := look(t, opts, false)
	if err != nil {
		return nil, err
	}
	targets := make([]Target, 1+len(t.Issues))
	targets[0] = Target{"camps", []Lever{}}
	for k, i := range t.Issues {
		targets[1+k] = Target{i.ID, []Lever{}}
	}
	try := func(d dial, v float64) (shot, bool) {
		c := t.Clone()
		d.set(c, v)
		s, err := look(c, opts, false)
		return s, err == nil // a table left without weight turns nothing
	}
	turned := func(target int, s shot) bool {
		if target == 0 {
			return s.split != base.split
		}
		return math.Abs(s.after[target-1]-base.after[target-1]) >= opts.Notable
	}
	// open reports whether a change of this share could still make the list.
	open := func(target int, share float64) bool {
		l := targets[target].Levers
		return len(l) < maxLevers || share < l[maxLevers-1].Share
	}
	first := 0
	if len(t.Actors) > maxMapActors {
		first = 1
	}
	for _, d := range dials(t) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, sign := range []float64{-1, 1} {
			done := make([]bool, len(targets))
			last, lastShot := d.from, base
			for _, step := range steps {
				v := min(d.hi, max(d.lo, d.from+sign*step*d.scale))
				wanted := false
				for target := first; target < len(targets); target++ {
					wanted = wanted || !done[target] && open(target, math.Abs(last-d.from)/d.scale)
				}
				if !wanted || v == last {
					break
				}
				s, ok := try(d, v)
				if !ok {
					break
				}
				for target := first; target < len(targets); target++ {
					if done[target] || !turned(target, s) {
						continue
					}
					done[target] = true
					near, far, nearShot, farShot := last, v, lastShot, s
					for math.Abs(far-near) > 1e-4*d.scale {
						mid := near/2 + far/2
						m, ok := try(d, mid)
						if ok && turned(target, m) {
							far, farShot = mid, m
						} else {
							if near = mid; ok {
								nearShot = m
							}
						}
					}
					l := Lever{Number: d.number, Actor: d.actor, Other: d.other, From: d.from, To: far, Share: math.Abs(far-d.from) / d.scale}
					if target == 0 {
						sides := make([]int, len(farShot.split))
						for i := range sides {
							sides[i] = int(farShot.split[i] - '0')
						}
						becomes := split(actorIDs(t), sides)
						l.Becomes = &becomes
					} else {
						l.Before, l.After = &nearShot.after[target-1], &farShot.after[target-1]
					}
					list := append(targets[target].Levers, l)
					slices.SortStableFunc(list, func(a, b Lever) int { return order(a.Share, b.Share) })
					targets[target].Levers = list[:min(maxLevers, len(list))]
				}
				last, lastShot = v, s
			}
		}
	}
	return targets, nil
}

func actorIDs(t *table.Table) []string {
	var out []string
	for _, a := range t.Actors {
		out = append(out, a.ID)
	}
	return out
}
