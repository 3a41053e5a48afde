package landscape

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// draw makes a random landscape; small propensities on a coarse grid give ties.
func draw(t *rapid.T, most int) *Landscape {
	n := rapid.IntRange(1, most).Draw(t, "actors")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
	coarse := rapid.Bool().Draw(t, "coarse")
	size, p := make([]float64, n), make([][]float64, n)
	for i := range p {
		p[i] = make([]float64, n)
		size[i] = .1 + 10*rng.Float64()
		if coarse {
			size[i] = math.Ceil(size[i])
		}
		for j := range i {
			v := 2*rng.Float64() - 1
			if coarse {
				v = math.Round(2*v) / 2
			}
			p[i][j], p[j][i] = v, v
		}
	}
	l, err := New(size, p)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func drawSides(t *rapid.T, n int) Sides {
	return Sides(rapid.SliceOfN(rapid.IntRange(0, 1), n, n).Draw(t, "sides"))
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-8*(1+math.Abs(a)+math.Abs(b)) }

func TestEnergy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, 10)
		s := drawSides(t, l.N())
		other := make(Sides, len(s))
		for i, v := range s {
			other[i] = 1 - v
		}
		e, sum := l.Energy(s), 0.
		if !near(e, l.Energy(other)) || !s.Equal(other) {
			t.Fatal("calling the camps otherwise changes the energy")
		}
		for i := range s {
			sum += l.size[i] * l.Frustration(s, i)
			flipped := append(Sides(nil), s...)
			flipped[i] ^= 1
			if d := l.Frustration(flipped, i) - l.Frustration(s, i); !near(d, l.Gain(s, i)) || !near(l.Energy(flipped)-e, 2*l.size[i]*d) {
				t.Fatalf("a change of camp by %d: frustration by %v (%v), energy by %v", i, d, l.Gain(s, i), l.Energy(flipped)-e)
			}
		}
		if !near(e, sum) {
			t.Fatalf("energy %v, sum %v", e, sum)
		}
		// Negating the propensities between a group and the rest while moving the
		// group across changes every energy by the same constant.
		group := drawSides(t, l.N())
		neg := grid(l)
		for i := range neg {
			for j := range neg {
				if group[i] != group[j] {
					neg[i][j] = -neg[i][j]
				}
			}
		}
		n, err := New(l.size, neg)
		if err != nil {
			t.Fatal(err)
		}
		second := drawSides(t, l.N())
		cross := func(s Sides) Sides {
			out := append(Sides(nil), s...)
			for i, g := range group {
				out[i] ^= g
			}
			return out
		}
		if a, b := n.Energy(cross(s))-e, n.Energy(cross(second))-l.Energy(second); !near(a, b) {
			t.Fatalf("gauge: energies differ by %v and %v", a, b)
		}
	})
}

func grid(l *Landscape) [][]float64 {
	out := make([][]float64, l.N())
	for i := range out {
		out[i] = append([]float64(nil), l.p[i]...)
	}
	return out
}

func TestDescent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, 12)
		s := drawSides(t, l.N())
		end, steps := l.Descend(s, nil)
		if fell := l.Energy(s) - l.Energy(end); steps > 0 && fell <= 0 || steps > 1<<12 {
			t.Fatalf("%d steps, energy fell by %v", steps, fell)
		}
		for i := range end {
			if l.Gain(end, i) < -l.tol {
				t.Fatalf("actor %d still wants to move", i)
			}
		}
	})
}

func TestMinima(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, 9)
		m := l.Map(Options{Basins: true, Passes: true, Swings: true})
		weak, strict, lowest := 0, 0, math.Inf(1)
		all := 1 << (l.N() - 1)
		for mask := range all { // by brute force: Nash points
			s := l.sides(uint32(mask))
			lowest = min(lowest, l.Energy(s))
			isWeak, isStrict := true, true
			for i := range s {
				g := l.Gain(s, i)
				isWeak, isStrict = isWeak && g >= -l.tol, isStrict && g > l.tol
			}
			if isWeak {
				weak++
				if !slices.ContainsFunc(m.Minima, func(x Minimum) bool { return slices.Equal(x.Sides, s) && x.Strict == isStrict }) {
					t.Fatalf("minimum %v not found", s)
				}
			}
			if isStrict {
				strict++
			}
		}
		if len(m.Minima) != weak || m.Strict != strict || !near(m.Minima[0].Energy, lowest) {
			t.Fatalf("%d weak and %d strict minima from %v, want %d, %d, %v", len(m.Minima), m.Strict, m.Minima[0].Energy, weak, strict, lowest)
		}
		basins := 0
		for _, min := range m.Minima {
			basins += min.Basin
			if end, _ := l.Descend(min.Sides, nil); !end.Equal(min.Sides) {
				t.Fatal("a minimum is left")
			}
			for i, a := range min.Actors {
				if a.SidePayment < -l.tol || a.Hedge < -1e-9 || a.Hedge > 1+1e-9 {
					t.Fatalf("actor %d at a minimum: %+v", i, a)
				}
			}
		}
		if basins != all {
			t.Fatalf("basins sum to %d of %d", basins, all)
		}
		for _, p := range m.Passes {
			if top := max(m.Minima[p.From].Energy, m.Minima[p.To].Energy); p.Energy < top-l.tolE*10 {
				t.Fatalf("pass %+v below %v", p, top)
			}
		}
		// A swing of just more than the change makes the named split the lowest,
		// one of just less leaves the map alone.
		if len(m.Swings) > 0 {
			s := m.Swings[rapid.IntRange(0, len(m.Swings)-1).Draw(t, "swing")]
			ground := m.Minima[0].Sides
			if e := l.With(s.I, s.J, s.Propensity+s.Change*1.001+math.Copysign(1e-6, s.Change)); e.Energy(s.To) >= e.Energy(ground) {
				t.Fatalf("swing %+v does not turn the map", s)
			}
			less := l.With(s.I, s.J, s.Propensity+.99*s.Change)
			for mask := range all {
				if o := l.sides(uint32(mask)); less.Energy(o) < less.Energy(ground)-10*l.tolE {
					t.Fatalf("%v wins before swing %+v", o, s)
				}
			}
		}
		a, _ := json.Marshal(m)
		b, _ := json.Marshal(l.Map(Options{Basins: true, Passes: true, Swings: true}))
		if string(a) != string(b) {
			t.Fatal("two runs differ")
		}
	})
}

// TestPasses compares with the pass found by raising the level until two minima
// are connected.
func TestPasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, 7)
		m := l.Map(Options{Passes: true})
		if want := len(m.Minima) * (len(m.Minima) - 1) / 2; len(m.Minima) <= MaxListed && len(m.Passes) != want {
			t.Fatalf("%d passes, want %d", len(m.Passes), want)
		}
		for _, p := range m.Passes {
			reach := func(level float64) bool {
				seen := map[string]bool{}
				var visit func(s Sides) bool
				visit = func(s Sides) bool {
					key := fmt.Sprint(s.Canonical())
					if seen[key] || l.Energy(s) > level {
						return false
					}
					seen[key] = true
					if s.Equal(m.Minima[p.To].Sides) {
						return true
					}
					for i := range s {
						s[i] ^= 1
						ok := visit(s)
						s[i] ^= 1
						if ok {
							return true
						}
					}
					return false
				}
				return visit(append(Sides(nil), m.Minima[p.From].Sides...))
			}
			if !reach(p.Energy+1e-9*(1+math.Abs(p.Energy))) || reach(p.Energy-1e-6*(1+math.Abs(p.Energy))) {
				t.Fatalf("pass %+v is not where the minima meet", p)
			}
		}
	})
}

func TestInvariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, 8)
		n := l.N()
		m := l.Map(Options{Basins: true})
		find := func(m Map, s Sides) *Minimum {
			k := slices.IndexFunc(m.Minima, func(x Minimum) bool { return x.Sides.Equal(s) })
			if k < 0 {
				t.Fatalf("minimum %v is gone", s)
			}
			return &m.Minima[k]
		}
		// sizes scaled: energies by the square
		scaled := append([]float64(nil), l.size...)
		for i := range scaled {
			scaled[i] *= 3
		}
		big, err := New(scaled, l.p)
		if err != nil {
			t.Fatal(err)
		}
		b := big.Map(Options{})
		if len(b.Minima) != len(m.Minima) {
			t.Fatal("scaling sizes changed the number of minima")
		}
		for _, min := range m.Minima {
			if e := find(b, min.Sides).Energy; !near(e, 9*min.Energy) {
				t.Fatalf("energy %v, then %v", min.Energy, e)
			}
		}
		// reordered
		order := rapid.Permutation(seq(n)).Draw(t, "order")
		size, p := make([]float64, n), grid(l)
		for i := range n {
			size[order[i]] = l.size[i]
			for j := range n {
				p[order[i]][order[j]] = l.p[i][j]
			}
		}
		o, err := New(size, p)
		if err != nil {
			t.Fatal(err)
		}
		om := o.Map(Options{})
		if len(om.Minima) != len(m.Minima) {
			t.Fatal("reordering changed the number of minima")
		}
		for _, min := range m.Minima {
			s := make(Sides, n)
			for i := range s {
				s[order[i]] = min.Sides[i]
			}
			if e := find(om, s).Energy; !near(e, min.Energy) {
				t.Fatalf("energy %v, then %v", min.Energy, e)
			}
		}
		// one more actor without size: the others' minima, energies and frustrations stay
		size, p = append(append([]float64(nil), l.size...), 0), grid(l)
		last := make([]float64, n+1)
		for i := range p {
			last[i] = float64(i%3) - .9
			p[i] = append(p[i], last[i])
		}
		w, err := New(size, append(p, last))
		if err != nil {
			t.Fatal(err)
		}
		for _, min := range w.Map(Options{}).Minima {
			x := find(m, min.Sides[:n])
			if !near(x.Energy, min.Energy) {
				t.Fatalf("energy %v, with a weightless actor %v", x.Energy, min.Energy)
			}
			for i, a := range x.Actors {
				if !near(a.Frustration, min.Actors[i].Frustration) {
					t.Fatalf("frustration %v, with a weightless actor %v", a, min.Actors[i])
				}
			}
		}
		// all attract: one camp, energy 0
		for i := range p {
			for j := range p[i] {
				p[i][j] = math.Abs(p[i][j]) + .01
			}
		}
		a, err := New(l.size, trim(p, n))
		if err != nil {
			t.Fatal(err)
		}
		if best := a.Map(Options{}).Minima[0]; best.Energy != 0 || slices.Contains(best.Sides, 1) {
			t.Fatalf("all attract, but %+v", best)
		}
	})
}

func trim(p [][]float64, n int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = p[i][:n]
	}
	return out
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// TestHedge: the potential never rises, temperature 0 is the plain model, and a
// split actor never does better than his best pure side.
func TestHedge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, 8)
		poles := rapid.IntRange(2, 3).Draw(t, "poles")
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "start"), 1))
		w, temp := make([][]float64, l.N()), make([]float64, l.N())
		for i := range w {
			w[i] = make([]float64, poles)
			sum := 0.
			for b := range w[i] {
				w[i][b] = rng.Float64()
				sum += w[i][b]
			}
			for b := range w[i] {
				w[i][b] /= sum
			}
			temp[i] = 5 * rng.Float64() * rng.Float64()
		}
		phi := l.Potential(w, temp)
		for range 3 {
			for i := range w {
				l.hedgeOne(w, i, temp[i])
				next := l.Potential(w, temp)
				if next > phi+1e-7*(1+math.Abs(phi)) {
					t.Fatalf("potential rose from %v to %v", phi, next)
				}
				phi = next
				sum := 0.
				for _, v := range w[i] {
					sum += v
					if !(v >= 0 && v <= 1+1e-12) {
						t.Fatalf("share %v", v)
					}
				}
				if !near(sum, 1) {
					t.Fatalf("shares sum to %v", sum)
				}
			}
		}
		s, _ := l.Descend(drawSides(t, l.N()), nil)
		cold := l.Hedge(s.Pure(), make([]float64, l.N()), nil)
		if !cold.Settled || !near(cold.Potential, l.Energy(s)) {
			t.Fatalf("at temperature 0 a minimum moves: %+v", cold)
		}
		for i, v := range s {
			if cold.Shares[i][v] != 1 {
				t.Fatalf("at temperature 0 actor %d leaves", i)
			}
		}
	})
}

func TestHedgeFormula(t *testing.T) {
	l := build(t, []float64{5, 3, 1}, func(i, j int) float64 { return [][]float64{{0, -1, .4}, {-1, 0, .6}, {.4, .6, 0}}[i][j] })
	h := l.Hedge(Sides{0, 1, 0}.Pure(), []float64{0, 0, .5}, func(i int) bool { return i < 2 })
	want := 1 / (1 + math.Exp((3*.6-5*.4)/.5))
	if !h.Settled || math.Abs(h.Shares[2][0]-want) > 1e-12 {
		t.Errorf("share %v, want %v", h.Shares[2], want)
	}
}

func TestWedge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, 9)
		m := l.Map(Options{})
		s := m.Minima[0].Sides
		k := rapid.IntRange(0, l.N()-1).Draw(t, "actor")
		w := l.Wedge(s, k, -1)
		if w.Payment < 0 || w.Raise != 0 {
			t.Fatalf("wedge %+v", w)
		}
		if w.Lasts != w.End.Equal(w.Sides) {
			t.Fatalf("lasts, but ends elsewhere: %+v", w)
		}
		patrons, raises := l.Patrons(s, k)
		for n, j := range patrons {
			w := l.Wedge(s, k, j)
			if !near(w.Raise, raises[n]) {
				t.Fatalf("raise %v, want %v", w.Raise, raises[n])
			}
			// the payment is just enough: k is indifferent with it, unwilling with less
			if g := l.With(k, j, l.p[k][j]+w.Raise).Gain(s, k); !near(g, 0) && w.Payment > 0 {
				t.Fatalf("with the payment the change of camp costs %v", g)
			}
		}
	})
}

// TestWedgeStory: a small actor is bought, its client follows it, and all of it
// falls back when the payment ends.
func TestWedgeStory(t *testing.T) {
	// 0 and 1 are rivals; 2 leans to 0 by a little; 3 leans to 2 by more than to 0.
	l := build(t, []float64{10, 10, 4, 1}, func(i, j int) float64 {
		return [][]float64{{0, -1, .2, .1}, {-1, 0, .1, .1}, {.2, .1, 0, .5}, {.1, .1, .5, 0}}[i][j]
	})
	m := l.Map(Options{})
	s := Sides{0, 1, 0, 0}
	if !m.Minima[0].Sides.Equal(s) {
		t.Fatalf("lowest %v", m.Minima[0].Sides)
	}
	w := l.Wedge(s, 2, 1)
	if math.Abs(w.Payment-1.5) > 1e-12 || math.Abs(w.Raise-.15) > 1e-12 || !slices.Equal(w.Followers, []int{3}) || w.Lasts || !w.Returns {
		t.Errorf("wedge %+v", w)
	}
}

func TestHeuristic(t *testing.T) {
	// With as many starts as splits it finds what counting finds.
	rapid.Check(t, func(t *rapid.T) {
		l := draw(t, 8)
		exact, found := l.count(Options{}), l.search(Options{Starts: 400, Seed: 1})
		if found.Exact || !near(found.Minima[0].Energy, exact.Minima[0].Energy) {
			t.Fatalf("found %v, lowest %v", found.Minima[0].Energy, exact.Minima[0].Energy)
		}
		total := 0
		for _, m := range found.Minima {
			total += m.Basin
			if !slices.ContainsFunc(exact.Minima, func(x Minimum) bool { return x.Sides.Equal(m.Sides) && x.Strict == m.Strict }) {
				t.Fatalf("%v is no minimum", m.Sides)
			}
		}
		if total != 400 {
			t.Fatalf("%d descents", total)
		}
	})
}

// TestQuick: the quick way finds a minimum, the lowest one on this landscape.
func TestQuick(t *testing.T) {
	l := random(18)
	exact, quick := l.Map(Options{}), l.Map(Options{Quick: true, Starts: 200})
	if quick.Exact || !near(exact.Minima[0].Energy, quick.Minima[0].Energy) {
		t.Errorf("lowest %v, found %v", exact.Minima[0].Energy, quick.Minima[0].Energy)
	}
	if m := random(12).Map(Options{Quick: true}); !m.Exact {
		t.Error("a small landscape is not counted")
	}
}

func TestBadInput(t *testing.T) {
	for name, c := range map[string]struct {
		size []float64
		p    [][]float64
	}{
		"no actors":     {nil, nil},
		"ragged":        {[]float64{1, 1}, [][]float64{{0, 1}, {1}}},
		"too few rows":  {[]float64{1, 1}, [][]float64{{0, 1}}},
		"negative size": {[]float64{1, -1}, [][]float64{{0, 1}, {1, 0}}},
		"NaN":           {[]float64{1, 1}, [][]float64{{0, math.NaN()}, {1, 0}}},
		"asymmetric":    {[]float64{1, 1}, [][]float64{{0, 1}, {.5, 0}}},
	} {
		if _, err := New(c.size, c.p); !errors.Is(err, ErrInput) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func random(n int) *Landscape {
	rng := rand.New(rand.NewPCG(11, uint64(n)))
	size, p := make([]float64, n), make([][]float64, n)
	for i := range p {
		p[i] = make([]float64, n)
		size[i] = 10 * rng.Float64()
		for j := range i {
			p[i][j] = 2*rng.Float64() - 1
			p[j][i] = p[i][j]
		}
	}
	l, err := New(size, p)
	if err != nil {
		panic(err)
	}
	return l
}

func BenchmarkMap(b *testing.B) {
	for _, c := range []struct {
		name string
		n    int
		opts Options
	}{
		{"minima24", 24, Options{}},
		{"basins20", 20, Options{Basins: true}},
		{"everything20", 20, Options{Basins: true, Passes: true, Swings: true}},
		{"heuristic200", 200, Options{}},
	} {
		l := random(c.n)
		b.Run(c.name, func(b *testing.B) {
			for range b.N {
				l.Map(c.opts)
			}
		})
	}
}
