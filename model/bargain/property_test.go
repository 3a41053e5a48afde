package bargain

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func groups(t *rapid.T) []Actor {
	n := rapid.IntRange(1, 8).Draw(t, "actors")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
	coarse := rapid.Bool().Draw(t, "coarse")
	out := make([]Actor, n)
	for i := range out {
		out[i] = Actor{Position: 100 * rng.Float64(), Capability: .05 + rng.Float64(), Salience: .05 + .95*rng.Float64()}
		if coarse {
			out[i].Position = 25 * math.Round(out[i].Position/25)
		}
	}
	return out
}

func TestRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		actors := groups(t)
		mode := rapid.SampledFrom(Modes()).Draw(t, "mode")
		opts := Options{Mode: mode, Rounds: 6, StatusQuo: rapid.SampledFrom([]float64{1, 1, .5, 0}).Draw(t, "Q")}
		res, err := Run(actors, opts)
		if err != nil {
			t.Fatal(err)
		}
		lo, hi := math.Inf(1), math.Inf(-1)
		for _, a := range actors {
			lo, hi = min(lo, a.Position), max(hi, a.Position)
		}
		before := make([]float64, len(actors))
		for i, a := range actors {
			before[i] = a.Position
		}
		for _, r := range res.Rounds {
			most, least, top, bottom := 0, 0, math.Inf(-1), math.Inf(1)
			for i, risk := range r.Risk {
				if !(risk >= .5 && risk <= 2) {
					t.Fatalf("risk %v", risk)
				}
				if r.Security[i] > top {
					most, top = i, r.Security[i]
				}
				if r.Security[i] < bottom {
					least, bottom = i, r.Security[i]
				}
			}
			if top-bottom > 1e-6 && (math.Abs(r.Risk[most]-.5) > 1e-9 || math.Abs(r.Risk[least]-2) > 1e-9) {
				t.Fatalf("the ends of security have risks %v, %v", r.Risk[most], r.Risk[least])
			}
			for i := range actors {
				for j := range actors {
					rel := r.Relations[i][j]
					if !(rel.Chance >= 0 && rel.Chance <= 1) || math.IsNaN(rel.Own+rel.Other) {
						t.Fatalf("relation %+v", rel)
					}
					if sum := rel.Chance + r.Relations[j][i].Chance; mode == Literal && i != j && math.Abs(sum-1) > 1e-9 {
						t.Fatalf("chances sum to %v", sum)
					}
				}
			}
			moved := map[int]bool{}
			for _, m := range r.Moves {
				moved[m.Actor] = true
				if k := r.Relations[m.Actor][m.Partner].Kind; k != m.Kind || k != ConfrontationLoss && k != CompromiseGive && k != Capitulate {
					t.Fatalf("moved in relation %q: %+v", k, m)
				}
				if y := before[m.Partner]; m.To < min(m.From, y)-1e-9 || m.To > max(m.From, y)+1e-9 {
					t.Fatalf("moved past the partner at %v: %+v", y, m)
				}
			}
			for i, x := range r.Positions {
				if !moved[i] && x != before[i] {
					t.Fatalf("actor %d drifted from %v to %v", i, before[i], x)
				}
				if !(x >= lo-1e-9 && x <= hi+1e-9) {
					t.Fatalf("position %v outside %v..%v", x, lo, hi)
				}
			}
			copy(before, r.Positions)
			if !(r.Median >= lo-1e-9 && r.Median <= hi+1e-9 && r.Mean >= lo-1e-9 && r.Mean <= hi+1e-9) {
				t.Fatalf("median %v, mean %v outside %v..%v", r.Median, r.Mean, lo, hi)
			}
		}
		again, _ := Run(actors, opts)
		x, _ := json.Marshal(res)
		y, _ := json.Marshal(again)
		if string(x) != string(y) {
			t.Fatal("two runs differ")
		}
	})
}

// TestUtilities: winning is worth at least the status quo, losing at most.
func TestUtilities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := &table{opts: Defaults(), span: 1}
		d, r := rapid.Float64Range(0, 1).Draw(t, "d"), rapid.Float64Range(.5, 2).Draw(t, "r")
		if win, lose := tab.challenge(0, d, 1, 1, r, 0), tab.challenge(0, d, 1, 0, r, 0); win < -1e-12 || lose > 1e-12 {
			t.Fatalf("win %v, lose %v, measured from the status quo", win, lose)
		}
	})
}

// firm reports whether no choice hung on a difference that rounding could turn.
func firm(res Result) bool {
	for _, r := range res.Rounds {
		for _, rels := range r.Relations {
			var others []float64
			for _, rel := range rels {
				if rel.Own == 0 && rel.Other == 0 {
					continue
				}
				if min(math.Abs(rel.Own), math.Abs(rel.Other), math.Abs(rel.Own-rel.Other), math.Abs(rel.Own+rel.Other)) < 1e-6 {
					return false
				}
				for _, o := range others {
					if math.Abs(o-rel.Other) < 1e-6 {
						return false
					}
				}
				others = append(others, rel.Other)
			}
		}
	}
	return true
}

func TestInvariance(t *testing.T) {
	tried := 0
	rapid.Check(t, func(t *rapid.T) {
		actors := groups(t)
		for i := range actors { // distinct places, else offers tie by construction
			actors[i].Position += float64(i) / 7
		}
		mode := rapid.SampledFrom(Modes()).Draw(t, "mode")
		opts := Options{Mode: mode, Rounds: 2, StatusQuo: 1}
		go2 := func(f func(Actor) Actor) Result {
			changed := make([]Actor, len(actors))
			for i, a := range actors {
				changed[i] = f(a)
			}
			res, err := Run(changed, opts)
			if err != nil {
				t.Fatal(err)
			}
			return res
		}
		res := go2(func(a Actor) Actor { return a })
		compare := func(what string, other Result, f func(float64) float64) {
			if len(other.Rounds) != len(res.Rounds) {
				t.Fatalf("%s: %d rounds, then %d", what, len(res.Rounds), len(other.Rounds))
			}
			for n, r := range res.Rounds {
				for i, x := range r.Positions {
					if y := other.Rounds[n].Positions[i]; math.Abs(f(x)-y) > 1e-5*(1+math.Abs(y)) {
						t.Fatalf("%s: position %v of actor %d becomes %v, want %v", what, x, i, y, f(x))
					}
				}
				if m := other.Rounds[n].Median; math.Abs(f(r.Median)-m) > 1e-5*(1+math.Abs(m)) {
					t.Fatalf("%s: median %v becomes %v", what, r.Median, m)
				}
			}
		}
		if !firm(res) {
			return
		}
		tried++
		a, b := rapid.SampledFrom([]float64{.25, 2, 13}).Draw(t, "a"), rapid.SampledFrom([]float64{-40, 0, 7}).Draw(t, "b")
		line := func(x float64) float64 { return a*x + b }
		compare("moved and stretched", go2(func(c Actor) Actor { c.Position = line(c.Position); return c }), line)
		scale := rapid.SampledFrom([]float64{.01, 3, 1e5}).Draw(t, "scale")
		compare("capability scaled", go2(func(c Actor) Actor { c.Capability *= scale; return c }), func(x float64) float64 { return x })
		if mode != Published {
			flip := func(x float64) float64 { return 100 - x }
			compare("mirrored", go2(func(c Actor) Actor { c.Position = flip(c.Position); return c }), flip)
		}
		order := rapid.Permutation(actors).Draw(t, "order")
		other, err := Run(order, opts)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(res.Rounds) - 1; math.Abs(other.Rounds[n].Mean-res.Rounds[n].Mean) > 1e-5 {
			t.Fatalf("reordered: mean %v, then %v", res.Rounds[n].Mean, other.Rounds[n].Mean)
		}
	})
	if tried == 0 {
		t.Error("no group without near ties was drawn")
	}
}

// TestMirrorPublished: the published reading's choice of the lowest point breaks
// mirror symmetry on the paper's own data, the default does not.
func TestMirrorPublished(t *testing.T) {
	_, actors := emission(t)
	flipped := make([]Actor, len(actors))
	for i, a := range actors {
		a.Position = 14 - a.Position
		flipped[i] = a
	}
	for _, mode := range Modes() {
		worst := 0.
		a, b := run(t, actors, mode), run(t, flipped, mode)
		for n := range a.Rounds {
			worst = max(worst, math.Abs(a.Rounds[n].Mean-(14-b.Rounds[n].Mean)))
		}
		if broken := worst > 1e-6; broken != (mode == Published) {
			t.Errorf("%s: mirrored means differ by up to %v", mode, worst)
		}
	}
}

func TestFixedPoints(t *testing.T) {
	for name, actors := range map[string][]Actor{
		"one actor":  {{Position: 3, Capability: 1, Salience: 1}},
		"all agreed": {{Position: 3, Capability: 1, Salience: .1}, {Position: 3, Capability: 2, Salience: .7}},
	} {
		for _, mode := range Modes() {
			if res := run(t, actors, mode); !res.Settled || len(res.Rounds) != 1 || math.Abs(res.Rounds[0].Mean-3) > 1e-12 {
				t.Errorf("%s, %s: %+v", name, mode, res)
			}
		}
	}
}

func TestBadInput(t *testing.T) {
	good := Actor{Position: 1, Capability: 1, Salience: .5}
	for name, c := range map[string]struct {
		actors []Actor
		opts   Options
	}{
		"no actors":  {nil, Defaults()},
		"position":   {[]Actor{good, {math.NaN(), 1, .5}}, Defaults()},
		"salience":   {[]Actor{good, {1, 1, 50}}, Defaults()},
		"capability": {[]Actor{good, {1, -1, .5}}, Defaults()},
		"no weight":  {[]Actor{{1, 1, 0}, {2, 0, 1}}, Defaults()},
		"rounds":     {[]Actor{good}, Options{Mode: Default, StatusQuo: 1}},
		"status quo": {[]Actor{good}, Options{Mode: Default, Rounds: 1, StatusQuo: 2}},
		"mode":       {[]Actor{good}, Options{Mode: "bold", Rounds: 1, StatusQuo: 1}},
	} {
		if _, err := Run(c.actors, c.opts); !errors.Is(err, ErrInput) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
