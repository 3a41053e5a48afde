package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// grids draws a table of up to 4 issues and 7 actors, some without a stake.
func grids(t *rapid.T) [][]Cell {
	issues, actors := rapid.IntRange(1, 4).Draw(t, "issues"), rapid.IntRange(1, 7).Draw(t, "actors")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	coarse := rapid.Bool().Draw(t, "coarse")
	cells := make([][]Cell, issues)
	power := make([]float64, actors)
	for a := range power {
		power[a] = .05 + rng.Float64()
	}
	for p := range cells {
		cells[p] = make([]Cell, actors)
		for a := range cells[p] {
			c := Cell{Position: 100 * rng.Float64(), Salience: rng.Float64(), Capability: power[a], Stake: rng.Float64() < .85}
			if coarse {
				c.Position, c.Salience = 10*math.Round(c.Position/10), math.Round(20*c.Salience)/20
			}
			cells[p][a] = c
		}
	}
	return cells
}

func twoRounds() Options {
	o := Defaults()
	o.Rounds = 2
	return o
}

func run(t rapid.TB, cells [][]Cell, opts Options) Result {
	t.Helper()
	res, err := Run(cells, opts)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// firm reports whether neither ties nor near ties nor positions at the outcome
// decided anything, so that rounding errors can not change the course.
func firm(res Result, slack float64) bool {
	for _, r := range res.Rounds {
		if r.Lead < slack {
			return false
		}
		for _, e := range r.Exchanges {
			if min(e.Gain, e.I.Shift, e.J.Shift) < slack {
				return false
			}
		}
		for p, row := range r.Start {
			for _, x := range row {
				if math.Abs(x-r.Before[p]) < slack {
					return false
				}
			}
		}
	}
	return true
}

func between(v, a, b float64) bool { return v >= min(a, b)-1e-9 && v <= max(a, b)+1e-9 }

func TestRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := grids(t)
		opts := twoRounds()
		res := run(t, cells, opts)
		for _, r := range res.Rounds {
			last := math.Inf(1)
			way := map[[2]int]float64{}
			for _, e := range r.Exchanges {
				if math.Abs(e.I.Gain-e.J.Gain) > 1e-9 || math.Abs(e.Gain-e.I.Gain) > 1e-9 || e.Gain < 0 {
					t.Fatalf("gains differ or fall below zero: %+v", e)
				}
				if math.Round(e.Gain*1e10) > math.Round(last*1e10) {
					t.Fatalf("gain %v after %v", e.Gain, last)
				}
				last = e.Gain
				for _, l := range []Leg{e.I, e.J} {
					if !between(l.To, l.From, l.Target) {
						t.Fatalf("position beyond the partner's: %+v", l)
					}
					if (l.SeenAfter-l.Target)*l.Move > 1e-7*math.Abs(l.Move) {
						t.Fatalf("outcome passes the demander: %+v", l)
					}
					if key := [2]int{l.Actor, l.Supplies}; way[key]*l.Move < 0 {
						t.Fatalf("actor reverses: %+v", l)
					} else {
						way[key] = l.Move
					}
				}
				for _, p := range []int{e.I.Supplies, e.J.Supplies} {
					if left := r.Start[p][e.I.Actor] <= r.Before[p]; left == (r.Start[p][e.J.Actor] <= r.Before[p]) {
						t.Fatalf("partners on one side of issue %d: %+v", p, e)
					}
				}
			}
			for p, row := range cells {
				lo, hi := math.Inf(1), math.Inf(-1)
				for a, c := range row {
					if !c.Stake {
						continue
					}
					if c.Capability*c.Salience > 0 {
						lo, hi = min(lo, r.Start[p][a], r.Voting[p][a]), max(hi, r.Start[p][a], r.Voting[p][a])
					}
					if v := r.Next[p][a]; math.IsNaN(v) || !between(v, r.Start[p][a], r.Voting[p][a]) {
						t.Fatalf("next position %v not between %v and %v", v, r.Start[p][a], r.Voting[p][a])
					}
				}
				if lo <= hi && (!between(r.Before[p], lo, hi) || !between(r.After[p], lo, hi)) {
					t.Fatalf("outcome %v, %v outside %v..%v", r.Before[p], r.After[p], lo, hi)
				}
			}
		}
	})
}

func TestSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := grids(t)
		a, b := run(t, cells, twoRounds()), run(t, cells, twoRounds())
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		if string(x) != string(y) || fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) {
			t.Fatal("two runs differ")
		}
	})
}

func TestNothingSticks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		res := run(t, grids(t), Options{Rounds: 1})
		for p, row := range res.Rounds[0].Next {
			for a, v := range row {
				if w := res.Rounds[0].Start[p][a]; v != w && !math.IsNaN(v) {
					t.Fatalf("preference moved from %v to %v", w, v)
				}
			}
		}
	})
}

func TestBarred(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := grids(t)
		opts := twoRounds()
		issue := rapid.SliceOfN(rapid.IntRange(0, len(cells)-1), 2, 2).Draw(t, "issues")
		actor := rapid.SliceOfN(rapid.IntRange(0, len(cells[0])-1), 2, 2).Draw(t, "actors")
		opts.BarredIssues, opts.BarredActors = [][2]int{{issue[0], issue[1]}}, [][2]int{{actor[0], actor[1]}}
		for _, r := range run(t, cells, opts).Rounds {
			for _, e := range r.Exchanges {
				is, as := [2]int{e.I.Supplies, e.J.Supplies}, [2]int{e.I.Actor, e.J.Actor}
				for _, bar := range [][2]int{{issue[0], issue[1]}, {issue[1], issue[0]}} {
					if is == bar {
						t.Fatal("barred link used")
					}
				}
				for _, bar := range [][2]int{{actor[0], actor[1]}, {actor[1], actor[0]}} {
					if as == bar {
						t.Fatal("barred partners traded")
					}
				}
			}
		}
	})
}

// same compares what two runs found, up to rounding errors.
func same(t *rapid.T, what string, a, b Result, issue, actor func(int) int, position func(float64) float64, slack float64) {
	t.Helper()
	for n := range a.Rounds {
		x, y := a.Rounds[n], b.Rounds[n]
		if len(x.Exchanges) != len(y.Exchanges) {
			t.Fatalf("%s: %d exchanges, then %d", what, len(x.Exchanges), len(y.Exchanges))
		}
		for k := range x.Exchanges {
			e, f := x.Exchanges[k], y.Exchanges[k]
			if actor(e.I.Actor) != f.I.Actor { // i and j may have changed places
				f.I, f.J = f.J, f.I
			}
			if actor(e.I.Actor) != f.I.Actor || actor(e.J.Actor) != f.J.Actor || issue(e.I.Supplies) != f.I.Supplies ||
				math.Abs(e.Gain-f.Gain) > slack {
				t.Fatalf("%s: exchange %d of round %d: %+v, then %+v", what, k, n, e, f)
			}
		}
		for p := range x.Before {
			if v, w := position(x.After[p]), y.After[issue(p)]; math.Abs(v-w) > slack {
				t.Fatalf("%s: outcome %v, then %v", what, v, w)
			}
		}
	}
}

func id(i int) int              { return i }
func keep(x float64) float64    { return x }
func mirror(x float64) float64  { return 100 - x }
func digits6(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// change returns a changed copy of the grid.
func change(cells [][]Cell, f func(c Cell) Cell) [][]Cell {
	out := make([][]Cell, len(cells))
	for p, row := range cells {
		out[p] = make([]Cell, len(row))
		for a, c := range row {
			out[p][a] = f(c)
		}
	}
	return out
}

func TestInvariance(t *testing.T) {
	tried := 0
	rapid.Check(t, func(t *rapid.T) {
		cells := grids(t)
		res := run(t, cells, twoRounds())
		if !firm(res, 1e-6) {
			return
		}
		tried++
		scale := rapid.SampledFrom([]float64{1e-3, .7, 12, 1e6}).Draw(t, "scale")
		same(t, "capability scaled", res, run(t, change(cells, func(c Cell) Cell { c.Capability *= scale; return c }), twoRounds()), id, id, keep, 1e-6)
		same(t, "mirrored", res, run(t, change(cells, func(c Cell) Cell { c.Position = mirror(c.Position); return c }), twoRounds()), id, id, mirror, 1e-6)
		issues, actors := rapid.Permutation(seq(len(cells))).Draw(t, "issues"), rapid.Permutation(seq(len(cells[0]))).Draw(t, "actors")
		moved := change(cells, func(c Cell) Cell { return c })
		for p, row := range cells {
			for a, c := range row {
				moved[issues[p]][actors[a]] = c
			}
		}
		same(t, "reordered", res, run(t, moved, twoRounds()), func(p int) int { return issues[p] }, func(a int) int { return actors[a] }, keep, 1e-6)

		joined := make([][]Cell, len(cells))
		for p, row := range cells {
			joined[p] = append(append([]Cell(nil), row...), Cell{Position: 37, Salience: .8, Stake: true})
		}
		same(t, "powerless actor joined", res, run(t, joined, twoRounds()), id, id, keep, 1e-6)
	})
	if tried == 0 {
		t.Error("no table without near ties was drawn")
	}
}

// TestRounding: the deals of a round stay the same ones when the table is
// rounded to six digits, as long as no gain is nearer to another than that blurs.
func TestRounding(t *testing.T) {
	tried := 0
	rapid.Check(t, func(t *rapid.T) {
		cells := grids(t)
		opts := Options{Rounds: 1}
		res := run(t, cells, opts)
		if !firm(res, 1e-4) {
			return
		}
		tried++
		same(t, "rounded to 6 digits", res, run(t, change(cells, func(c Cell) Cell {
			c.Position, c.Salience, c.Capability = digits6(c.Position), digits6(c.Salience), digits6(c.Capability)
			return c
		}), opts), id, id, keep, 1e-3)
	})
	if tried == 0 {
		t.Error("no table without near ties was drawn")
	}
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestFixedPoints(t *testing.T) {
	one := [][]Cell{{{Position: 10, Salience: .5, Capability: 1, Stake: true}}, {{Position: 90, Salience: .1, Capability: 1, Stake: true}}}
	agreed := [][]Cell{
		{{30, .5, 1, true}, {30, .1, 2, true}, {30, .9, 3, true}},
		{{70, .2, 1, true}, {70, .6, 2, true}, {70, .3, 3, true}},
	}
	for name, cells := range map[string][][]Cell{"one actor": one, "all agreed": agreed} {
		res := run(t, cells, Defaults())
		last := res.Rounds[len(res.Rounds)-1]
		if len(last.Exchanges) > 0 || !reflect.DeepEqual(last.Next, res.Rounds[0].Start) {
			t.Errorf("%s: something moved: %+v", name, last)
		}
	}
}

// TestRescaling: stretching one issue must change the result, which is why a
// table is brought to 0..100 before it comes here.
func TestRescaling(t *testing.T) {
	cells, _, _ := load(t, "synth_a")
	res := run(t, cells, twoRounds())
	for a := range cells[0] {
		cells[0][a].Position /= 2
	}
	other := run(t, cells, twoRounds())
	if math.Abs(res.Rounds[0].After[0]-2*other.Rounds[0].After[0]) < 1e-6 {
		t.Error("rescaling one issue changed nothing")
	}
}

func TestBadInput(t *testing.T) {
	good := Cell{Position: 10, Salience: .5, Capability: 1, Stake: true}
	bad := func(c Cell) [][]Cell { return [][]Cell{{good, c}} }
	for name, c := range map[string]struct {
		cells [][]Cell
		opts  Options
	}{
		"no issues":       {nil, Defaults()},
		"ragged":          {[][]Cell{{good}, {good, good}}, Defaults()},
		"position":        {bad(Cell{101, .5, 1, true}), Defaults()},
		"position is NaN": {bad(Cell{math.NaN(), .5, 1, true}), Defaults()},
		"salience":        {bad(Cell{1, 50, 1, true}), Defaults()},
		"capability":      {bad(Cell{1, .5, -1, true}), Defaults()},
		"rounds":          {bad(good), Options{}},
		"weights":         {bad(good), Options{Rounds: 1, SalienceWeight: .9, FixedWeight: .2}},
		"barred issue":    {bad(good), Options{Rounds: 1, BarredIssues: [][2]int{{0, 4}}}},
		"barred actor":    {bad(good), Options{Rounds: 1, BarredActors: [][2]int{{-1, 0}}}},
	} {
		if _, err := Run(c.cells, c.opts); !errors.Is(err, ErrInput) {
			t.Errorf("%s: error %v", name, err)
		}
		if _, err := Offers(c.cells, c.opts); !errors.Is(err, ErrInput) {
			t.Errorf("%s: offers: error %v", name, err)
		}
	}
}

func random(issues, actors int) [][]Cell {
	rng := rand.New(rand.NewPCG(7, 7))
	cells := make([][]Cell, issues)
	for p := range cells {
		for range actors {
			cells[p] = append(cells[p], Cell{100 * rng.Float64(), rng.Float64(), .05 + rng.Float64(), true})
		}
	}
	return cells
}

func BenchmarkRun(b *testing.B) {
	for _, size := range [][2]int{{15, 13}, {60, 40}} {
		cells := random(size[1], size[0])
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			for range b.N {
				if _, err := Run(cells, Defaults()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
