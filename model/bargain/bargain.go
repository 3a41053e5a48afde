// Package bargain foresees who presses whom on one issue, and where the issue
// goes: Bueno de Mesquita's expected-utility model as written down by Scholz,
// Calbert and Smith, "Unravelling Bueno De Mesquita's Group Decision Model",
// ICAART 2011, pp. 18-30.
//
// In: actors with a position on one issue, a capability and a salience. Out: for
// every round the relation of each pair as each of the two sees it
// (confrontation, compromise, capitulation, stalemate), who moves where and at
// whose hands, and the weighted median and mean.
//
// It will not pretend to forecast: the paper's own authors could not reproduce
// the published example of the model and advise against using it as it stands.
// The reading that gives their printed numbers contradicts their text. Both are
// here as modes, and a caller should show that they disagree. It knows one issue
// and no friendships, does no I/O and draws nothing at random.
package bargain

import (
	"errors"
	"fmt"
	"math"
)

// Version names the rules this package follows; it changes when a result would.
const Version = "expected-utility/1"

// ErrInput is what Run's errors wrap when the actors can not be used.
var ErrInput = errors.New("bargain: bad input")

// Mode is a reading of the paper.
type Mode string

// The modes.
const (
	// Default is Published with the smallest move in place of the lowest
	// resulting point among compromises, which keeps mirror symmetry.
	Default Mode = "default"
	// Published is the reading that gives the paper's Table 2: the chance to
	// prevail is divided by the votes over all ordered pairs of actors, both
	// utilities are computed with the viewer's own risk exponent, nobody
	// capitulates, and of several compromises the lowest resulting point is taken.
	Published Mode = "published"
	// Literal is the appendix as printed, the best enforced offer first.
	Literal Mode = "literal"
)

// Modes lists the modes in a fixed order.
func Modes() []Mode { return []Mode{Default, Published, Literal} }

// Actor is one party to the issue.
type Actor struct {
	Position   float64 // on any scale; only differences within the range matter
	Capability float64 // >= 0, any unit
	Salience   float64 // 0..1; also the chance that he resists a challenge
}

// Options set the reading, the length and the outlook of a run.
type Options struct {
	Mode      Mode
	Rounds    int     // at most this many rounds; a run ends early when nobody moves
	StatusQuo float64 // Q: chance that nothing changes when nobody challenges, 0..1; the paper used 1
}

// Defaults are ten rounds of the default mode with Q = 1.
func Defaults() Options { return Options{Mode: Default, Rounds: 10, StatusQuo: 1} }

// Kind is what one actor expects of a meeting with another (section 2.3 of the
// paper: octants of the plane of the two expected utilities).
type Kind string

// The kinds of relation, from the viewer's side.
const (
	Stalemate         Kind = "stalemate"
	ConfrontationWin  Kind = "confrontation won"  // the other comes to him
	ConfrontationLoss Kind = "confrontation lost" // he goes to the other
	CompromiseGive    Kind = "compromise"         // he moves part of the way
	CompromiseTake    Kind = "compromise by other"
	Capitulate        Kind = "capitulation" // he goes to the other without a fight
	Compel            Kind = "compels"      // the other comes to him without a fight
	Indifferent       Kind = "none"         // same position, or a utility of exactly zero
)

// Relation is how the viewer sees his relation to one other actor.
type Relation struct {
	Own    float64 `json:"own"`    // expected utility of challenging the other
	Other  float64 `json:"other"`  // what the viewer thinks the other expects of challenging him
	Chance float64 `json:"chance"` // that the viewer prevails over the other
	Kind   Kind    `json:"kind"`
}

// Move is one actor's move of a round.
type Move struct {
	Actor   int     `json:"actor"`
	Partner int     `json:"partner"` // at whose hands
	Kind    Kind    `json:"kind"`    // ConfrontationLoss, CompromiseGive or Capitulate
	Own     float64 `json:"own"`
	Other   float64 `json:"other"`
	From    float64 `json:"from"`
	To      float64 `json:"to"`
}

// Round is what happened in one round.
type Round struct {
	Risk      []float64    `json:"risk"`      // exponent of each actor, 0.5 (averse) .. 2 (accepting)
	Security  []float64    `json:"security"`  // what the others expect to gain from him, at risk 1
	Relations [][]Relation `json:"relations"` // [viewer][other]
	Moves     []Move       `json:"moves"`     // by actor
	Positions []float64    `json:"positions"` // after the moves
	Median    float64      `json:"median"`    // weighted by capability x salience, after the moves
	Mean      float64      `json:"mean"`
}

// Result is a whole run.
type Result struct {
	Mode    Mode    `json:"mode"`
	Median  float64 `json:"median"` // before the first round
	Mean    float64 `json:"mean"`
	Rounds  []Round `json:"rounds"`
	Settled bool    `json:"settled"` // nobody moved in the last round
}

// Final gives the mean after the last round.
func (r Result) Final() float64 {
	if len(r.Rounds) == 0 {
		return r.Mean
	}
	return r.Rounds[len(r.Rounds)-1].Mean
}

// Run plays the rounds; all moves of a round are made at once. Actors are not
// kept and not changed. Errors wrap ErrInput.
func Run(actors []Actor, opts Options) (Result, error) {
	if err := check(actors, opts); err != nil {
		return Result{}, err
	}
	t := newTable(actors, opts)
	res := Result{Mode: opts.Mode, Median: t.median(), Mean: t.mean()}
	for range opts.Rounds {
		r := t.round()
		res.Rounds = append(res.Rounds, r)
		if len(r.Moves) == 0 {
			res.Settled = true
			break
		}
	}
	return res, nil
}

func check(actors []Actor, opts Options) error {
	if len(actors) == 0 {
		return fmt.Errorf("%w: no actors", ErrInput)
	}
	weight := 0.
	for i, a := range actors {
		if math.IsNaN(a.Position) || math.IsInf(a.Position, 0) || !(a.Salience >= 0 && a.Salience <= 1) ||
			!(a.Capability >= 0) || math.IsInf(a.Capability, 1) {
			return fmt.Errorf("%w: actor %d: position %v, salience %v (0..1), capability %v (0 or more)",
				ErrInput, i, a.Position, a.Salience, a.Capability)
		}
		weight += a.Capability * a.Salience
	}
	if weight == 0 {
		return fmt.Errorf("%w: nobody has both capability and salience", ErrInput)
	}
	if opts.Rounds < 1 {
		return fmt.Errorf("%w: %d rounds", ErrInput, opts.Rounds)
	}
	if !(opts.StatusQuo >= 0 && opts.StatusQuo <= 1) {
		return fmt.Errorf("%w: status quo chance %v (0..1)", ErrInput, opts.StatusQuo)
	}
	for _, m := range Modes() {
		if m == opts.Mode {
			return nil
		}
	}
	return fmt.Errorf("%w: mode %q (one of %v)", ErrInput, opts.Mode, Modes())
}
