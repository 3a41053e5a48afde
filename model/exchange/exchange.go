// Package exchange foresees which deals are there to be made between actors who
// care differently about several issues, and who pays for them: the equal-gain
// exchange model (Stokman and Van Oosten 1994, "The exchange of voting
// positions", in Bueno de Mesquita and Stokman, European Community Decision
// Making; Dijkstra, Van Assen and Stokman 2008, Journal of Theoretical
// Politics 20:1).
//
// In: a grid of cells, one for each issue and actor that has a stake in it, with
// position, salience and capability. Out: for every round the exchanges in the
// order they are struck, the outcome of each issue before and after, where
// everybody ends up, and what each exchange costs or brings those who had no
// part in it. All functions are pure and safe for concurrent use.
//
// It will not rescale issues (the model compares shifts across issues, so bring
// all of them to 0..100 first), will not draw at random (a tie goes to the pair
// built first and is counted), and knows no coercion, no camps and no text.
package exchange

import (
	"errors"
	"fmt"
	"math"
)

// Version names the rules this package follows; it changes when a result would.
const Version = "equal-gain/1"

// ErrInput is what Run's errors wrap when the grid can not be used.
var ErrInput = errors.New("exchange: bad input")

// Cell is one actor's stake in one issue.
type Cell struct {
	Position   float64 // 0..100
	Salience   float64 // 0..1
	Capability float64 // >= 0, any unit
	Stake      bool    // false: the actor has no stake, the other fields are not read
}

// Options set how long to run and what is barred. The zero value of a weight is
// a weight of zero; start from Defaults.
type Options struct {
	Rounds         int      // rounds to play, >= 1
	SalienceWeight float64  // share of a shift that sticks at salience 0, on top of FixedWeight; 0..1
	FixedWeight    float64  // share of a shift that sticks whatever the salience; 0..1
	BarredIssues   [][2]int // pairs of issues that may not be linked
	BarredActors   [][2]int // pairs of actors that may not trade
}

// Defaults are ten rounds with the customary weights 0.4 and 0.1.
func Defaults() Options { return Options{Rounds: 10, SalienceWeight: 0.4, FixedWeight: 0.1} }

// Leg is what one of the two partners gives: a move on the issue he supplies.
type Leg struct {
	Actor     int     `json:"actor"`
	Supplies  int     `json:"supplies"`      // issue he gives way on
	Salience  float64 `json:"salience"`      // his salience of what he supplies
	Wants     float64 `json:"wants"`         // his salience of what he gets
	Start     float64 `json:"start"`         // his preference at the start of the round
	From      float64 `json:"from"`          // his position before this exchange
	Move      float64 `json:"move"`          // signed
	To        float64 `json:"to"`            // his voting position after it
	Target    float64 `json:"target"`        // his partner's preference, which he may not pass
	Shift     float64 `json:"shift"`         // by how much the outcome of the issue moves, >= 0
	Gain      float64 `json:"gain"`          // his utility gain, equal to his partner's up to rounding
	SeenFrom  float64 `json:"outcome_seen"`  // outcome before the move as the partner sees it
	SeenAfter float64 `json:"outcome_after"` // and after it
}

// Exchange is one struck deal. I gives way on I.Supplies and is given J.Supplies.
type Exchange struct {
	Round int     `json:"round"` // from 1
	Rank  int     `json:"rank"`  // order within the round, from 1
	Gain  float64 `json:"gain"`  // of each partner
	I     Leg     `json:"i"`
	J     Leg     `json:"j"`
	// Capped: at some moment of the round the shift had to be cut so that the
	// outcome does not pass a demander.
	Capped bool `json:"capped"`
	// Externalities holds for every actor the sum over the two issues of
	// salience x (distance to the outcome before - after): above zero he is
	// better off. Partners are included; their entries differ from Gain when
	// earlier deals of the round moved the outcomes.
	Externalities []float64 `json:"externalities"`
}

// Round is what happened in one round. Slices are indexed by issue, grids by
// issue and then actor; NaN where there is no stake or no weight.
type Round struct {
	Potential int         `json:"potential"` // pairs that could trade, valid or not
	Valid     int         `json:"valid"`     // of these the valid ones before the first deal
	Before    []float64   `json:"-"`         // outcomes with everybody at his preference
	After     []float64   `json:"-"`         // outcomes with the voting positions
	Start     [][]float64 `json:"-"`         // preferences at the start
	Voting    [][]float64 `json:"-"`         // positions voted for
	Next      [][]float64 `json:"-"`         // preferences for the next round
	Exchanges []Exchange  `json:"exchanges"`
	Ties      int         `json:"ties"` // deals chosen among equals (gains equal to 10 decimals)
	// Lead is the smallest lead of a struck deal over the best other deal open at
	// that moment, in units of gain; +Inf when there never was another. A small
	// lead means that a small error of the inputs changes the order.
	Lead float64 `json:"-"`
	// Welfare holds for every actor the sum over all issues of salience x
	// (distance to the outcome Before - After), with his preferences at the start.
	Welfare []float64 `json:"welfare"`
}

// Result is a whole run.
type Result struct {
	Rounds []Round `json:"rounds"`
}

// Ties is the number of deals of all rounds that were chosen among equals.
func (r Result) Ties() int {
	n := 0
	for _, round := range r.Rounds {
		n += round.Ties
	}
	return n
}

// check returns the number of actors, or an error wrapping ErrInput.
func check(cells [][]Cell, opts Options) (actors int, err error) {
	if len(cells) == 0 {
		return 0, fmt.Errorf("%w: no issues", ErrInput)
	}
	actors = len(cells[0])
	for p, row := range cells {
		if len(row) != actors {
			return 0, fmt.Errorf("%w: issue %d has %d cells, issue 0 has %d", ErrInput, p, len(row), actors)
		}
		for a, c := range row {
			if c.Stake && !(c.Position >= 0 && c.Position <= 100 && c.Salience >= 0 && c.Salience <= 1 &&
				c.Capability >= 0 && !math.IsInf(c.Capability, 1)) {
				return 0, fmt.Errorf("%w: issue %d, actor %d: position %v (0..100), salience %v (0..1), capability %v (0 or more)",
					ErrInput, p, a, c.Position, c.Salience, c.Capability)
			}
		}
	}
	if opts.Rounds < 1 {
		return 0, fmt.Errorf("%w: %d rounds", ErrInput, opts.Rounds)
	}
	if s, f := opts.SalienceWeight, opts.FixedWeight; !(s >= 0 && f >= 0 && s+f <= 1) {
		return 0, fmt.Errorf("%w: salience weight %v and fixed weight %v must be 0 or more and sum to at most 1", ErrInput, s, f)
	}
	for _, b := range opts.BarredIssues {
		if min(b[0], b[1]) < 0 || max(b[0], b[1]) >= len(cells) {
			return 0, fmt.Errorf("%w: barred issues %v of %d", ErrInput, b, len(cells))
		}
	}
	for _, b := range opts.BarredActors {
		if min(b[0], b[1]) < 0 || max(b[0], b[1]) >= actors {
			return 0, fmt.Errorf("%w: barred actors %v of %d", ErrInput, b, actors)
		}
	}
	return actors, nil
}

// Run plays the rounds. cells is indexed by issue and then actor, is not kept
// and not changed. Errors wrap ErrInput.
func Run(cells [][]Cell, opts Options) (Result, error) {
	actors, err := check(cells, opts)
	if err != nil {
		return Result{}, err
	}
	m := newMarket(cells, actors, opts)
	res := Result{Rounds: make([]Round, 0, opts.Rounds)}
	for n := 1; n <= opts.Rounds; n++ {
		round := m.play(n)
		res.Rounds = append(res.Rounds, round)
		for p := range m.x {
			copy(m.x[p], round.Next[p])
		}
	}
	return res, nil
}

// Offer is a potential exchange before any is struck.
type Offer struct {
	I, J   Leg
	Gain   float64
	Valid  bool
	Capped bool
}

// Offers lists the potential exchanges of the first round in the order they are
// built, which is also the order that decides ties. Errors wrap ErrInput.
func Offers(cells [][]Cell, opts Options) ([]Offer, error) {
	actors, err := check(cells, opts)
	if err != nil {
		return nil, err
	}
	m := newMarket(cells, actors, opts)
	m.open()
	out := make([]Offer, len(m.deals))
	for n := range m.deals {
		d := &m.deals[n]
		valid := m.price(d)
		i, j := m.legs(d)
		out[n] = Offer{I: i, J: j, Gain: d.gain, Valid: valid, Capped: d.capped}
	}
	return out, nil
}
