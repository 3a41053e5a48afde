// Package landscape foresees who aligns with whom: the landscape model of
// Axelrod and Bennett, "A Landscape Theory of Aggregation", British Journal of
// Political Science 23 (1993), 211-233.
//
// In: the size of each actor and the propensity of each pair to be together.
// Out: the stable ways to split into two camps (local minima of energy), how
// many starting points lead to each (basins), how high the pass between two of
// them is, how frustrated each actor is in each and what it would take to move
// him, who is cross-pressured, which single entries decide the map, and, with
// shares in place of sides, how far each actor hedges.
//
// Up to MaxExact actors everything is counted; above that it descends from
// random starts and says so. It will not read text, keep state, use a clock or
// draw at random without a seed.
package landscape

import (
	"errors"
	"fmt"
	"math"
)

// Version names the rules this package follows; it changes when a result would.
const Version = "landscape/1"

// ErrInput is what New's errors wrap when the table can not be used.
var ErrInput = errors.New("landscape: bad input")

const (
	// MaxExact is the largest number of actors whose minima are counted out.
	MaxExact = 24
	// MaxPasses is the largest number of actors for which passes are exact;
	// above it they are left out.
	MaxPasses = 20
	// MaxSwings is the largest number of actors for which swing entries are
	// exact; above it they come from the minima found and are upper bounds.
	MaxSwings = 20
)

// Landscape is a checked table. It is read-only and safe for concurrent use.
type Landscape struct {
	size []float64
	p    [][]float64 // propensity, symmetric, 0 on the diagonal
	pull [][]float64 // pull[i][j] = size of j x propensity of i and j
	tol  float64     // differences of frustration up to this count as none
	tolE float64     // the same for energy
}

// New checks and copies the table: n sizes of 0 or more, and n x n symmetric
// propensities of any finite size, of which the diagonal is not read. Errors
// wrap ErrInput.
func New(size []float64, propensity [][]float64) (*Landscape, error) {
	n := len(size)
	if n == 0 {
		return nil, fmt.Errorf("%w: no actors", ErrInput)
	}
	if len(propensity) != n {
		return nil, fmt.Errorf("%w: %d sizes, %d rows of propensities", ErrInput, n, len(propensity))
	}
	l := &Landscape{size: append([]float64(nil), size...), p: make([][]float64, n), pull: make([][]float64, n)}
	for i, row := range propensity {
		if !(size[i] >= 0) || math.IsInf(size[i], 1) {
			return nil, fmt.Errorf("%w: size %v of actor %d (0 or more)", ErrInput, size[i], i)
		}
		if len(row) != n {
			return nil, fmt.Errorf("%w: row %d has %d propensities of %d", ErrInput, i, len(row), n)
		}
		l.p[i], l.pull[i] = make([]float64, n), make([]float64, n)
		total := 0.
		for j, v := range row {
			if i == j {
				continue
			}
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, fmt.Errorf("%w: propensity %v of actors %d and %d", ErrInput, v, i, j)
			}
			if math.Abs(v-propensity[j][i]) > 1e-12*(1+math.Abs(v)) {
				return nil, fmt.Errorf("%w: propensities %v and %v of actors %d and %d differ; take their mean", ErrInput, v, propensity[j][i], i, j)
			}
			l.p[i][j], l.pull[i][j] = v, size[j]*v
			total += math.Abs(size[j] * v)
		}
		l.tol, l.tolE = max(l.tol, 1e-9*total), max(l.tolE, 1e-9*size[i]*total)
	}
	return l, nil
}

// N is the number of actors.
func (l *Landscape) N() int { return len(l.size) }

// Propensity is the propensity of actors i and j.
func (l *Landscape) Propensity(i, j int) float64 { return l.p[i][j] }

// Size is the size of actor i.
func (l *Landscape) Size(i int) float64 { return l.size[i] }

// Sides says for every actor which camp he is in, 0 or 1. Which camp is called 0
// means nothing; what this package returns has actor 0 in camp 0.
type Sides []int

// Canonical returns the same split with actor 0 in camp 0.
func (s Sides) Canonical() Sides {
	out := make(Sides, len(s))
	for i, v := range s {
		out[i] = v ^ s[0]
	}
	return out
}

// Equal reports whether two splits are the same, whatever the camps are called.
func (s Sides) Equal(o Sides) bool {
	for i := range s {
		if s[i]^s[0] != o[i]^o[0] {
			return false
		}
	}
	return len(s) == len(o)
}

// Frustration is F of actor i: the sum over those in the other camp of their
// size x propensity.
func (l *Landscape) Frustration(s Sides, i int) float64 {
	f := 0.
	for j, pull := range l.pull[i] {
		if s[j] != s[i] {
			f += pull
		}
	}
	return f
}

// Gain is what actor i's frustration would rise by if he alone changed camp;
// below zero he wants to.
func (l *Landscape) Gain(s Sides, i int) float64 {
	f := 0.
	for j, pull := range l.pull[i] {
		if s[j] == s[i] {
			f += pull
		} else {
			f -= pull
		}
	}
	return f
}

// Energy is the sum over actors of size x frustration.
func (l *Landscape) Energy(s Sides) float64 {
	e := 0.
	for i := range s {
		e += l.size[i] * l.Frustration(s, i)
	}
	return e
}

// State is one actor's place in one split.
type State struct {
	Frustration float64 `json:"frustration"`
	// SidePayment is what his frustration would rise by if he changed camp: at a
	// minimum 0 or more, and just what must be paid to move him. One patron on
	// the other side pays it by raising their propensity by SidePayment / size
	// of the patron.
	SidePayment float64 `json:"side_payment"`
	// Hedge is 1 - |SidePayment| / (sum of the others' size x |propensity|): near
	// 1 he is pulled both ways and likely to hedge; 0 for an actor without ties.
	Hedge float64 `json:"hedge"`
}

// States gives every actor's place in a split.
func (l *Landscape) States(s Sides) []State {
	out := make([]State, len(s))
	for i := range s {
		total := 0.
		for _, pull := range l.pull[i] {
			total += math.Abs(pull)
		}
		out[i] = State{Frustration: l.Frustration(s, i), SidePayment: l.Gain(s, i)}
		if total > 0 {
			out[i].Hedge = 1 - math.Abs(out[i].SidePayment)/total
		}
	}
	return out
}

// Descend lets actors change camp one at a time, always the one whose change
// lowers energy most (ties: whose frustration falls most, then the first), until
// nobody gains by it. hold names actors who may not move; nil for none. It
// returns a new split and the number of changes.
func (l *Landscape) Descend(from Sides, hold func(actor int) bool) (Sides, int) {
	s := append(Sides(nil), from...)
	gain := make([]float64, len(s))
	for i := range s {
		gain[i] = l.Gain(s, i)
	}
	for steps := 0; ; steps++ {
		k := l.steepest(gain, hold)
		if k < 0 {
			return s, steps
		}
		l.flip(s, gain, k)
	}
}

// flip moves actor k and keeps everybody's gain.
func (l *Landscape) flip(s Sides, gain []float64, k int) {
	s[k] ^= 1
	gain[k] = -gain[k]
	size, p := l.size[k], l.p[k]
	for j := range gain {
		if j == k {
			continue
		}
		if d := 2 * size * p[j]; s[j] == s[k] {
			gain[j] += d
		} else {
			gain[j] -= d
		}
	}
}

// steepest is the actor whose change of camp lowers energy most, -1 for none.
func (l *Landscape) steepest(gain []float64, hold func(int) bool) int {
	best, bestE, bestF := -1, 0., 0.
	for k, f := range gain {
		if f >= -l.tol || hold != nil && hold(k) {
			continue
		}
		e := l.size[k] * f
		if best < 0 || e < bestE-l.tolE || e <= bestE+l.tolE && f < bestF-l.tol {
			best, bestE, bestF = k, e, f
		}
	}
	return best
}
