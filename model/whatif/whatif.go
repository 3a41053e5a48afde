// Package whatif runs the three models on one table and says what follows, what
// a change would alter, what the smallest change is that turns the picture, and
// how much of it survives when the inputs are uncertain.
//
// In: a table (model/table), perhaps a patch, a seed. Out: camps
// (model/landscape), deals with those who pay for them (model/exchange), the
// pressure on each issue in every reading (model/bargain), where the models
// contradict each other, differences between base and patched, levers, and the
// shares of seeded draws in which each result holds.
//
// It will not run on a table with unknown numbers, and it will not settle the
// models' disagreements: they are part of the output. Same table, patch and
// options, same bytes, whatever the number of workers.
package whatif

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"chancery/model/bargain"
	"chancery/model/exchange"
	"chancery/model/landscape"
	"chancery/model/table"
)

// Version names the rules of this package and the models.
const Version = "whatif/1 " + landscape.Version + " " + exchange.Version + " " + bargain.Version

// Options of a run; start from Defaults.
type Options struct {
	Rounds         int     // of exchange and bargaining
	SalienceWeight float64 // see exchange.Options
	FixedWeight    float64
	StatusQuo      float64 // see bargain.Options
	Hedging        float64 // temperature as a share of each actor's total pull, 0..1; 0 is none
	// Floor bars exchanges between actors whose propensity lies below it; below -1
	// it bars none.
	Floor float64
	// Notable is the change of an outcome, in points of 0..100, that counts.
	Notable      float64
	Seed         uint64 // of draws, and of descents when there are too many actors to count
	BarredIssues [][2]string
	BarredActors [][2]string
}

// Defaults are ten rounds, no floor, changes of 5 points or more, seed 1.
func Defaults() Options {
	e, b := exchange.Defaults(), bargain.Defaults()
	return Options{Rounds: e.Rounds, SalienceWeight: e.SalienceWeight, FixedWeight: e.FixedWeight, StatusQuo: b.StatusQuo,
		Hedging: .1, Floor: -2, Notable: 5, Seed: 1}
}

// Head says what a result was computed from and how.
type Head struct {
	Title     string         `json:"title,omitempty"`
	Table     string         `json:"table"` // hash of what the models read
	Version   string         `json:"version"`
	Modes     []bargain.Mode `json:"modes"`
	Seed      uint64         `json:"seed"`
	Ties      int            `json:"ties"` // exchanges chosen among equals; above 0 the order of rows matters
	Derived   bool           `json:"derived,omitempty"`
	Asymmetry *Asymmetry     `json:"asymmetry,omitempty"`
}

// Asymmetry is the largest difference between the two entries of a pair.
type Asymmetry struct {
	A          string  `json:"a"`
	B          string  `json:"b"`
	Difference float64 `json:"difference"`
}

// Picture is what the models make of one table.
type Picture struct {
	Head     Head       `json:"head"`
	Actors   []string   `json:"actors"`
	Issues   []string   `json:"issues"`
	Camps    Camps      `json:"camps"`
	Deals    Deals      `json:"deals"`
	Pressure []Pressure `json:"pressure"` // by issue, side payments left out
	Clashes  []Clash    `json:"clashes"`
}

// Camp is one side of a split, in table order.
type Camp []string

func (c Camp) String() string { return strings.Join(c, " ") }

// Split is two camps; the first holds the table's first actor.
type Split [2]Camp

func (s Split) String() string { return s[0].String() + " | " + s[1].String() }

func split(actors []string, s landscape.Sides) Split {
	out := Split{{}, {}}
	for i, v := range s {
		out[v^s[0]] = append(out[v^s[0]], actors[i])
	}
	return out
}

// Camps is what the landscape model says.
type Camps struct {
	Exact   bool       `json:"exact"` // every split was counted
	Minima  []Minimum  `json:"minima"`
	Lowest  Split      `json:"lowest"`
	Actors  []Standing `json:"actors"`            // in the lowest minimum
	Wedges  []Wedge    `json:"wedges"`            // cheapest payment first
	Swings  []Swing    `json:"swings"`            // smallest change first, at most maxSwings
	Bounded bool       `json:"bounded,omitempty"` // swings are upper bounds
}

// Minimum is one stable split.
type Minimum struct {
	Split  Split   `json:"split"`
	Energy float64 `json:"energy"`
	Strict bool    `json:"strict"`
	Share  float64 `json:"share"`           // of the splits from which steepest descent leads here
	Climb  float64 `json:"climb,omitempty"` // energy from here to the lowest pass to a lower minimum; 0 for the lowest
}

// Standing is an actor's place in the lowest minimum.
type Standing struct {
	Actor       string  `json:"actor"`
	Size        float64 `json:"size"` // all sum to 100
	Frustration float64 `json:"frustration"`
	SidePayment float64 `json:"side_payment"` // to move him, in units of frustration
	Hedge       float64 `json:"hedge"`        // index: near 1 cross-pressured
	Share       float64 `json:"share"`        // of himself that he keeps in his own camp when he may divide himself
}

// Wedge is the cheapest way to move one actor.
type Wedge struct {
	Actor     string   `json:"actor"`
	Patron    string   `json:"patron,omitempty"` // who can pay with the smallest raise of his propensity
	Payment   float64  `json:"payment"`
	Raise     float64  `json:"raise"`    // of patron and actor's propensity
	Feasible  bool     `json:"feasible"` // the raised propensity is at most 1
	Followers []string `json:"followers,omitempty"`
	Lasts     bool     `json:"lasts"` // holds when the payment ends
}

// Swing is an entry that decides the map.
type Swing struct {
	A          string  `json:"a"`
	B          string  `json:"b"`
	Propensity float64 `json:"propensity"`
	Change     float64 `json:"change"`
	Possible   bool    `json:"possible"` // the changed propensity stays within -1..1
	Becomes    Split   `json:"becomes"`
}

const maxSwings = 10

// Deals is what the exchange model says.
type Deals struct {
	Outcomes  []Outcome  `json:"outcomes"`
	Exchanges []Exchange `json:"exchanges"` // of the first round, in order
	Rounds    int        `json:"rounds"`
	Total     int        `json:"total"` // exchanges of all rounds
	// Welfare is what the first round is worth to each actor over all issues:
	// salience x points nearer to (above 0) or farther from what he wants.
	Welfare []Worth `json:"welfare"`
	Losers  int     `json:"losers"` // how many are worse off than without any exchange
	// Links says for every pair of issues what the outcomes after the first round
	// owe to their being tradable against each other, the largest effect first.
	Links []Link `json:"links"`
}

// Link is what it is worth that two issues may be traded against each other.
type Link struct {
	Issues [2]string `json:"issues"`
	// Effects are the outcomes after the first round less those with the link
	// barred, in points, by issue in table order; changes below 0.05 are left out.
	Effects []Effect `json:"effects"`
}

// Effect is a change of an outcome.
type Effect struct {
	Issue  string  `json:"issue"`
	Change float64 `json:"change"`
}

// Outcome is where an issue goes.
type Outcome struct {
	Issue  string  `json:"issue"`
	Before float64 `json:"before"` // 0..100, with everybody at his own position
	After  float64 `json:"after"`  // after the first round of exchanges
	Final  float64 `json:"final"`  // after the last round
}

// Gives is what one partner does.
type Gives struct {
	Actor string  `json:"actor"`
	Issue string  `json:"issue"`
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	Shift float64 `json:"shift"` // of the issue's outcome, signed
}

// Exchange is one deal, with what it does to those outside it.
type Exchange struct {
	Gives         [2]Gives `json:"gives"`
	Gain          float64  `json:"gain"`          // of each partner
	Externalities []Worth  `json:"externalities"` // of everybody else, worst first, none left out
	Capped        bool     `json:"capped,omitempty"`
}

// Worth is what something is worth to an actor.
type Worth struct {
	Actor string  `json:"actor"`
	Worth float64 `json:"worth"`
}

// Pressure is what the bargaining model says of one issue.
type Pressure struct {
	Issue string    `json:"issue"`
	Modes []Reading `json:"modes"` // in the order of bargain.Modes
	// Agree: all modes move the mean the same way, or none moves it by a point.
	Agree bool `json:"agree"`
}

// Reading is one mode's view.
type Reading struct {
	Mode        bargain.Mode   `json:"mode"`
	MedianStart float64        `json:"median_start"`
	MeanStart   float64        `json:"mean_start"`
	Median      float64        `json:"median"` // after the last round
	Mean        float64        `json:"mean"`
	Rounds      int            `json:"rounds"`
	Settled     bool           `json:"settled"`
	Moves       []Pressed      `json:"moves"`     // of the first round
	Relations   map[string]int `json:"relations"` // of the first round: how many ordered pairs of each kind
	Matrix      []View         `json:"matrix"`    // of the first round: every ordered pair, in table order
}

// View is how one actor sees his relation to another.
type View struct {
	Viewer string       `json:"viewer"`
	Other  string       `json:"other"`
	Own    float64      `json:"own"`    // expected utility of challenging the other
	Theirs float64      `json:"theirs"` // what he thinks the other expects of challenging him
	Kind   bargain.Kind `json:"kind"`
}

// Pressed is one actor's move at the hands of another.
type Pressed struct {
	Actor string       `json:"actor"`
	By    string       `json:"by"`
	Kind  bargain.Kind `json:"kind"`
	From  float64      `json:"from"`
	To    float64      `json:"to"`
}

// Clash is a place where the models contradict each other.
type Clash struct {
	Kind string `json:"kind"` // direction, modes, camps
	What string `json:"what"`
}

// model holds what is computed from one table.
type model struct {
	grid  *table.Grid
	land  *landscape.Landscape
	cells [][]exchange.Cell
	bars  exchange.Options
}

func build(t *table.Table, opts Options) (*model, error) {
	g, err := t.Grid()
	if err != nil {
		return nil, err
	}
	m := &model{grid: g}
	if m.land, err = landscape.New(g.Size, g.Propensity); err != nil {
		return nil, err
	}
	for _, row := range g.Cells {
		cells := make([]exchange.Cell, len(row))
		for a, c := range row {
			cells[a] = exchange.Cell(c)
		}
		m.cells = append(m.cells, cells)
	}
	m.bars = exchange.Options{Rounds: opts.Rounds, SalienceWeight: opts.SalienceWeight, FixedWeight: opts.FixedWeight}
	find := func(what string, names []string, id string) (int, error) {
		if i := slices.Index(names, id); i >= 0 {
			return i, nil
		}
		return 0, fmt.Errorf("%w: barred %s %q is not in the table (it has %s)", table.ErrTable, what, id, strings.Join(names, ", "))
	}
	for _, b := range opts.BarredIssues {
		x, err := find("issue", g.Issues, b[0])
		if err != nil {
			return nil, err
		}
		y, err := find("issue", g.Issues, b[1])
		if err != nil {
			return nil, err
		}
		m.bars.BarredIssues = append(m.bars.BarredIssues, [2]int{x, y})
	}
	for _, b := range opts.BarredActors {
		x, err := find("actor", g.Actors, b[0])
		if err != nil {
			return nil, err
		}
		y, err := find("actor", g.Actors, b[1])
		if err != nil {
			return nil, err
		}
		m.bars.BarredActors = append(m.bars.BarredActors, [2]int{x, y})
	}
	for i := range g.Actors {
		for j := range i {
			if g.Propensity[i][j] < opts.Floor {
				m.bars.BarredActors = append(m.bars.BarredActors, [2]int{j, i})
			}
		}
	}
	return m, nil
}

// bargainers are the actors with a stake in an issue, and their indexes.
func (m *model) bargainers(issue int) (actors []bargain.Actor, index []int) {
	for a, c := range m.cells[issue] {
		if c.Stake {
			actors = append(actors, bargain.Actor{Position: c.Position, Capability: c.Capability, Salience: c.Salience})
			index = append(index, a)
		}
	}
	return actors, index
}

// Look runs the models on one table. Errors about the table wrap table.ErrTable.
func Look(t *table.Table, opts Options) (*Picture, error) {
	m, err := build(t, opts)
	if err != nil {
		return nil, err
	}
	g := m.grid
	p := &Picture{Actors: g.Actors, Issues: g.Issues, Head: Head{Title: t.Title, Table: t.Hash(), Version: Version, Modes: bargain.Modes(),
		Seed: opts.Seed, Derived: g.Derived}, Clashes: []Clash{}}
	if g.Asymmetry > 0 {
		p.Head.Asymmetry = &Asymmetry{A: g.AsymmetryOf[0], B: g.AsymmetryOf[1], Difference: g.Asymmetry}
	}
	lowest := m.camps(p, opts)
	res, err := exchange.Run(m.cells, m.bars)
	if err != nil {
		return nil, err
	}
	m.deals(p, res)
	if err := m.links(p); err != nil {
		return nil, err
	}
	if err := m.pressure(p, opts); err != nil {
		return nil, err
	}
	m.clashes(p, lowest)
	return p, nil
}

func (m *model) camps(p *Picture, opts Options) landscape.Sides {
	names := m.grid.Actors
	land := m.land.Map(landscape.Options{Basins: true, Passes: true, Swings: true, Seed: opts.Seed})
	lowest := land.Minima[0]
	c := Camps{Exact: land.Exact, Lowest: split(names, lowest.Sides), Wedges: []Wedge{}, Swings: []Swing{}}
	for n, min := range land.Minima {
		out := Minimum{Split: split(names, min.Sides), Energy: min.Energy, Strict: min.Strict, Share: min.Share}
		pass := math.Inf(1)
		for _, way := range land.Passes {
			if way.To == n { // from a lower one
				pass = math.Min(pass, way.Energy)
			}
		}
		if n > 0 && !math.IsInf(pass, 1) {
			out.Climb = math.Max(0, pass-min.Energy)
		}
		c.Minima = append(c.Minima, out)
	}
	temperature := make([]float64, len(names))
	for i := range temperature {
		for j := range names {
			temperature[i] += opts.Hedging * math.Abs(m.land.Size(j)*m.land.Propensity(i, j))
		}
	}
	hedged := m.land.Hedge(lowest.Sides.Pure(), temperature, nil)
	for i, name := range names {
		s := lowest.Actors[i]
		c.Actors = append(c.Actors, Standing{Actor: name, Size: m.land.Size(i), Frustration: s.Frustration, SidePayment: s.SidePayment,
			Hedge: s.Hedge, Share: hedged.Shares[i][lowest.Sides[i]]})
		patrons, raises := m.land.Patrons(lowest.Sides, i)
		best := -1
		for k := range patrons {
			if best < 0 || raises[k] < raises[best] {
				best = k
			}
		}
		patron := -1
		if best >= 0 {
			patron = patrons[best]
		}
		w := m.land.Wedge(lowest.Sides, i, patron)
		out := Wedge{Actor: name, Payment: w.Payment, Raise: w.Raise, Lasts: w.Lasts}
		if patron >= 0 {
			out.Patron, out.Feasible = names[patron], m.land.Propensity(i, patron)+w.Raise <= 1
		}
		for _, f := range w.Followers {
			out.Followers = append(out.Followers, names[f])
		}
		c.Wedges = append(c.Wedges, out)
	}
	slices.SortStableFunc(c.Wedges, func(a, b Wedge) int { return order(a.Payment, b.Payment) })
	for _, s := range land.Swings[:min(maxSwings, len(land.Swings))] {
		after := s.Propensity + s.Change
		c.Swings = append(c.Swings, Swing{A: names[s.I], B: names[s.J], Propensity: s.Propensity, Change: s.Change,
			Possible: after >= -1 && after <= 1, Becomes: split(names, s.To)})
	}
	c.Bounded = len(land.Swings) > 0 && !land.SwingsExact
	p.Camps = c
	return lowest.Sides
}

func order(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (m *model) deals(p *Picture, res exchange.Result) {
	names, issues := m.grid.Actors, m.grid.Issues
	first, last := res.Rounds[0], res.Rounds[len(res.Rounds)-1]
	d := Deals{Rounds: len(res.Rounds), Exchanges: []Exchange{}}
	p.Head.Ties = res.Ties()
	for k, name := range issues {
		d.Outcomes = append(d.Outcomes, Outcome{Issue: name, Before: first.Before[k], After: first.After[k], Final: last.After[k]})
	}
	for _, r := range res.Rounds {
		d.Total += len(r.Exchanges)
	}
	for _, e := range first.Exchanges {
		out := Exchange{Gain: e.Gain, Capped: e.Capped, Externalities: []Worth{}}
		for n, l := range []exchange.Leg{e.I, e.J} {
			out.Gives[n] = Gives{Actor: names[l.Actor], Issue: issues[l.Supplies], From: l.From, To: l.To, Shift: math.Copysign(l.Shift, l.Move)}
		}
		for a, v := range e.Externalities {
			if a != e.I.Actor && a != e.J.Actor {
				out.Externalities = append(out.Externalities, Worth{names[a], v})
			}
		}
		slices.SortStableFunc(out.Externalities, func(a, b Worth) int { return order(a.Worth, b.Worth) })
		d.Exchanges = append(d.Exchanges, out)
	}
	for a, v := range first.Welfare {
		d.Welfare = append(d.Welfare, Worth{names[a], v})
		if v < -1e-9 {
			d.Losers++
		}
	}
	slices.SortStableFunc(d.Welfare, func(a, b Worth) int { return order(a.Worth, b.Worth) })
	p.Deals = d
}

// links bars each pair of issues in turn.
func (m *model) links(p *Picture) error {
	p.Deals.Links = []Link{}
	size := func(l Link) (most float64) {
		for _, e := range l.Effects {
			most = math.Max(most, math.Abs(e.Change))
		}
		return most
	}
	for a := range m.grid.Issues {
		for b := a + 1; b < len(m.grid.Issues); b++ {
			opts := m.bars
			opts.Rounds = 1
			opts.BarredIssues = append(slices.Clone(m.bars.BarredIssues), [2]int{a, b})
			res, err := exchange.Run(m.cells, opts)
			if err != nil {
				return err
			}
			l := Link{Issues: [2]string{m.grid.Issues[a], m.grid.Issues[b]}, Effects: []Effect{}}
			for k, issue := range m.grid.Issues {
				if d := p.Deals.Outcomes[k].After - res.Rounds[0].After[k]; math.Abs(d) >= .05 {
					l.Effects = append(l.Effects, Effect{issue, d})
				}
			}
			p.Deals.Links = append(p.Deals.Links, l)
		}
	}
	slices.SortStableFunc(p.Deals.Links, func(x, y Link) int { return order(size(y), size(x)) })
	return nil
}

func (m *model) pressure(p *Picture, opts Options) error {
	p.Pressure = []Pressure{}
	for k, issue := range m.grid.Issues {
		if m.grid.Payment[k] {
			continue
		}
		actors, index := m.bargainers(k)
		out := Pressure{Issue: issue, Agree: true}
		for _, mode := range bargain.Modes() {
			res, err := bargain.Run(actors, bargain.Options{Mode: mode, Rounds: opts.Rounds, StatusQuo: opts.StatusQuo})
			if err != nil {
				return fmt.Errorf("issue %s: %w", issue, err)
			}
			last := res.Rounds[len(res.Rounds)-1]
			r := Reading{Mode: mode, MedianStart: res.Median, MeanStart: res.Mean, Median: last.Median, Mean: last.Mean,
				Rounds: len(res.Rounds), Settled: res.Settled, Moves: []Pressed{}, Relations: map[string]int{}, Matrix: []View{}}
			for _, mv := range res.Rounds[0].Moves {
				r.Moves = append(r.Moves, Pressed{Actor: m.grid.Actors[index[mv.Actor]], By: m.grid.Actors[index[mv.Partner]], Kind: mv.Kind, From: mv.From, To: mv.To})
			}
			for i, row := range res.Rounds[0].Relations {
				for j, rel := range row {
					if i != j {
						r.Relations[string(rel.Kind)]++
						r.Matrix = append(r.Matrix, View{m.grid.Actors[index[i]], m.grid.Actors[index[j]], rel.Own, rel.Other, rel.Kind})
					}
				}
			}
			out.Modes = append(out.Modes, r)
		}
		for _, r := range out.Modes[1:] {
			out.Agree = out.Agree && direction(r.Mean-r.MeanStart, 1) == direction(out.Modes[0].Mean-out.Modes[0].MeanStart, 1)
		}
		p.Pressure = append(p.Pressure, out)
	}
	return nil
}

// direction is -1, 0 or 1; changes smaller than least count as none.
func direction(change, least float64) int {
	switch {
	case change >= least:
		return 1
	case change <= -least:
		return -1
	}
	return 0
}

var ways = map[int]string{-1: "down", 0: "nowhere", 1: "up"}

func (m *model) clashes(p *Picture, lowest landscape.Sides) {
	for _, pr := range p.Pressure {
		k := slices.Index(p.Issues, pr.Issue)
		o := p.Deals.Outcomes[k]
		deal, press := direction(o.After-o.Before, 1), direction(pr.Modes[0].Mean-pr.Modes[0].MeanStart, 1)
		if deal*press < 0 {
			p.Clashes = append(p.Clashes, Clash{"direction", fmt.Sprintf("%s: exchanges move it %s (%.1f to %.1f), pressure %s (%.1f to %.1f)", pr.Issue,
				ways[deal], o.Before, o.After, ways[press], pr.Modes[0].MeanStart, pr.Modes[0].Mean)})
		}
		if !pr.Agree {
			var says []string
			for _, r := range pr.Modes {
				says = append(says, fmt.Sprintf("%s %s to %.1f", r.Mode, ways[direction(r.Mean-r.MeanStart, 1)], r.Mean))
			}
			p.Clashes = append(p.Clashes, Clash{"modes", fmt.Sprintf("%s: the readings of the bargaining model disagree: %s", pr.Issue, strings.Join(says, ", "))})
		}
	}
	for _, e := range p.Deals.Exchanges {
		a, b := slices.Index(p.Actors, e.Gives[0].Actor), slices.Index(p.Actors, e.Gives[1].Actor)
		if lowest[a] != lowest[b] {
			p.Clashes = append(p.Clashes, Clash{"camps", fmt.Sprintf("%s (%s) and %s (%s) trade across the camps, gain %.2f each",
				e.Gives[0].Actor, e.Gives[0].Issue, e.Gives[1].Actor, e.Gives[1].Issue, e.Gain)})
		}
	}
}
