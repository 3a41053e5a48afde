package landscape

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"
)

func rows(t testing.TB, name string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func decode(t testing.TB, name string, v any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}

func build(t testing.TB, size []float64, p func(i, j int) float64) *Landscape {
	t.Helper()
	grid := make([][]float64, len(size))
	for i := range grid {
		grid[i] = make([]float64, len(size))
		for j := range grid[i] {
			if i != j {
				grid[i][j] = p(i, j)
			}
		}
	}
	l, err := New(size, grid)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// split turns the names of one camp into sides.
func split(names, camp []string) Sides {
	s := make(Sides, len(names))
	for i, n := range names {
		if !slices.Contains(camp, n) {
			s[i] = 1
		}
	}
	return s.Canonical()
}

// TestUnix is the paper's second case, nine firms choosing a Unix standard in
// 1988, which the paper gives in full: two minima, equal energies and basins.
func TestUnix(t *testing.T) {
	var names, kinds []string
	var size []float64
	for _, r := range rows(t, "unix_input.csv") {
		names, size, kinds = append(names, r[0]), append(size, number(t, r[1])), append(kinds, r[2])
	}
	l := build(t, size, func(i, j int) float64 {
		if kinds[i] == kinds[j] {
			return -1
		}
		return 0
	})
	m := l.Map(Options{Basins: true, Passes: true, Swings: true})
	var want struct {
		Minima []struct {
			Energy float64
			Basin  int      `json:"basin_steepest_descent"`
			Side   []string `json:"side_A"`
		} `json:"local_minima"`
	}
	decode(t, "unix_minima.json", &want)
	if !m.Exact || m.Configurations != 256 || len(m.Minima) != len(want.Minima) || len(m.Passes) != 1 {
		t.Fatalf("map %+v", m)
	}
	for _, w := range want.Minima {
		s := split(names, w.Side)
		k := slices.IndexFunc(m.Minima, func(x Minimum) bool { return x.Sides.Equal(s) })
		if k < 0 {
			t.Fatalf("%v not found", w.Side)
		}
		if g := m.Minima[k]; math.Abs(g.Energy-w.Energy) > 1e-9 || g.Basin != w.Basin {
			t.Errorf("%v: energy %v, basin %d, want %+v", w.Side, g.Energy, g.Basin, w)
		}
	}
	if m.Passes[0].Energy <= m.Minima[0].Energy {
		t.Errorf("pass %v below the minima", m.Passes[0].Energy)
	}
	if c := m.Swings[0].Change; c != 0 {
		t.Errorf("two equal minima, but the smallest swing is %v", c)
	}
}

func nations(t testing.TB) (names []string, size []float64) {
	t.Helper()
	for _, r := range rows(t, "ww2_sizes_published.csv") {
		names, size = append(names, r[0]), append(size, number(t, r[1]))
	}
	return names, size
}

// TestGreatPowers: five powers that all repel each other have the paper's four
// minima; with all 17 nations ties come from the two-decimal sizes.
func TestGreatPowers(t *testing.T) {
	names, size := nations(t)
	var want struct {
		Great []struct {
			Side []string `json:"side_A"`
		} `json:"great_powers_all_minus_one"`
		All struct {
			Weak   int `json:"weak_local_minima"`
			Strict int `json:"strict_local_minima"`
		} `json:"seventeen_all_minus_one"`
	}
	decode(t, "realist_minima.json", &want)
	var powers []string
	var sizes []float64
	for i, n := range names {
		if slices.Contains([]string{"Britain", "France", "Soviet Union", "Germany", "Italy"}, n) {
			powers, sizes = append(powers, n), append(sizes, size[i])
		}
	}
	realist := func(i, j int) float64 { return -1 }
	m := build(t, sizes, realist).Map(Options{Basins: true})
	if len(m.Minima) != len(want.Great) {
		t.Fatalf("%d minima, want %d", len(m.Minima), len(want.Great))
	}
	for _, w := range want.Great {
		if s := split(powers, w.Side); !slices.ContainsFunc(m.Minima, func(x Minimum) bool { return x.Sides.Equal(s) }) {
			t.Errorf("%v not found", w.Side)
		}
	}
	all := build(t, size, realist).Map(Options{})
	if len(all.Minima) != want.All.Weak || all.Strict != want.All.Strict {
		t.Errorf("17 nations: %d weak and %d strict minima, want %+v", len(all.Minima), all.Strict, want.All)
	}
}

// TestReconstruction runs a made-up coding of 1936 (an illustration, not the
// paper's matrix) against recorded energies, basins, pass and actors.
func TestReconstruction(t *testing.T) {
	names, size := nations(t)
	grid := make([][]float64, len(names))
	for i, r := range rows(t, "ww2_propensity_reconstruction.csv") {
		if r[0] != names[i] {
			t.Fatalf("row %d is %s", i, r[0])
		}
		for _, v := range r[1:] {
			grid[i] = append(grid[i], number(t, v))
		}
	}
	l := build(t, size, func(i, j int) float64 { return grid[i][j] })
	m := l.Map(Options{Basins: true, Passes: true, Swings: true})
	var want struct {
		Minima []struct {
			Energy float64
			Basin  int      `json:"basin_steepest_descent"`
			Side   []string `json:"side_A"`
			Actors map[string]struct {
				Frustration float64
				Payment     float64 `json:"side_payment_to_flip"`
				Hedge       float64 `json:"hedge_index"`
			} `json:"per_actor"`
		} `json:"local_minima"`
		Pass float64 `json:"lowest_pass_energy"`
	}
	decode(t, "ww2_reconstruction_minima.json", &want)
	if len(m.Minima) != len(want.Minima) {
		t.Fatalf("%d minima, want %d", len(m.Minima), len(want.Minima))
	}
	for n, w := range want.Minima {
		g := m.Minima[n]
		if !g.Sides.Equal(split(names, w.Side)) || math.Abs(g.Energy-w.Energy) > 1e-3 || g.Basin != w.Basin {
			t.Errorf("minimum %d: energy %v, basin %d, sides %v, want %v, %d, %v", n, g.Energy, g.Basin, g.Sides, w.Energy, w.Basin, w.Side)
		}
		for i, name := range names {
			a, x := g.Actors[i], w.Actors[name]
			if math.Abs(a.Frustration-x.Frustration) > 2e-4 || math.Abs(a.SidePayment-x.Payment) > 2e-4 || math.Abs(a.Hedge-x.Hedge) > 2e-4 {
				t.Errorf("%s in minimum %d: %+v, want %+v", name, n, a, x)
			}
		}
	}
	if len(m.Passes) != 1 || math.Abs(m.Passes[0].Energy-want.Pass) > 1e-3 {
		t.Errorf("passes %+v, want %v", m.Passes, want.Pass)
	}
	// The lesson of that file: a single entry decides which camp map is lowest.
	if s := m.Swings[0]; math.Abs(s.Change) > .3 {
		t.Errorf("smallest swing %+v", s)
	}
}
