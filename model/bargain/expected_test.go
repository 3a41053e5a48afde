package bargain

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"
)

func rows(t *testing.T, name string) [][]string {
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
	return all
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func emission(t *testing.T) (names []string, actors []Actor) {
	t.Helper()
	for _, r := range rows(t, "emission_input.csv")[1:] {
		names = append(names, r[0])
		actors = append(actors, Actor{Capability: number(t, r[1]), Position: number(t, r[2]), Salience: number(t, r[3])})
	}
	return names, actors
}

func run(t interface {
	Helper()
	Fatal(...any)
}, actors []Actor, mode Mode) Result {
	t.Helper()
	opts := Defaults()
	opts.Mode = mode
	res, err := Run(actors, opts)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// recorded is the form of the recorded runs.
type recorded struct {
	Median float64 `json:"initial_median"`
	Mean   float64 `json:"initial_mean"`
	First  struct {
		Security map[string]float64
		Own      map[string]map[string]float64 `json:"eu_own"`
		Other    map[string]map[string]float64 `json:"eu_other"`
		Chance   map[string]map[string]float64 `json:"prob"`
		Exponent map[string]float64            `json:"risk_exponent_r"`
	} `json:"round1_internals"`
	Rounds []struct {
		Median, Mean float64
		Moves        []struct {
			Actor, Type, Partner string
			Own                  float64 `json:"eu_own"`
			Other                float64 `json:"eu_other"`
			To                   float64 `json:"new_position"`
		}
	}
}

// TestRecorded holds both readings against recorded runs: every move, partner,
// utility and position of every round.
func TestRecorded(t *testing.T) {
	names, actors := emission(t)
	at := map[string]int{}
	for i, n := range names {
		at[n] = i
	}
	for file, mode := range map[string]Mode{"emission_replication": Published, "emission_paper_literal": Literal} {
		t.Run(string(mode), func(t *testing.T) {
			res := run(t, actors, mode)
			data, err := os.ReadFile("testdata/" + file + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var want recorded
			if err := json.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
			near := func(what string, got, want float64) {
				t.Helper()
				if !(math.Abs(got-want) <= 1e-9) {
					t.Errorf("%s: %v, want %v", what, got, want)
				}
			}
			near("median", res.Median, want.Median)
			near("mean", res.Mean, want.Mean)
			for n, w := range want.First.Security {
				near("security of "+n, res.Rounds[0].Security[at[n]], w)
			}
			for n, w := range want.First.Exponent {
				near("risk of "+n, res.Rounds[0].Risk[at[n]], w)
			}
			for i := range want.First.Own {
				for j := range want.First.Own[i] {
					rel := res.Rounds[0].Relations[at[i]][at[j]]
					near("utility of "+i+" against "+j, rel.Own, want.First.Own[i][j])
					near("utility of "+j+" against "+i+" as "+i+" sees it", rel.Other, want.First.Other[i][j])
					if actors[at[i]].Position != actors[at[j]].Position { // undefined otherwise; the record has 0, we 0.5
						near("chance of "+i+" against "+j, rel.Chance, want.First.Chance[i][j])
					}
				}
			}
			for n, w := range want.Rounds {
				if n >= len(res.Rounds) {
					t.Fatalf("%d rounds, want %d", len(res.Rounds), len(want.Rounds))
				}
				r := res.Rounds[n]
				near("median", r.Median, w.Median)
				near("mean", r.Mean, w.Mean)
				if len(r.Moves) != len(w.Moves) {
					t.Fatalf("round %d: %d moves %+v, want %+v", n+1, len(r.Moves), r.Moves, w.Moves)
				}
				for k, m := range w.Moves {
					g := r.Moves[k]
					if names[g.Actor] != m.Actor || names[g.Partner] != m.Partner {
						t.Errorf("round %d: %s moves at the hands of %s, want %s at %s", n+1, names[g.Actor], names[g.Partner], m.Actor, m.Partner)
					}
					near("own", g.Own, m.Own)
					near("other", g.Other, m.Other)
					near("to", g.To, m.To)
				}
			}
			for _, line := range rows(t, file+"_positions.csv")[1:] {
				n := int(number(t, line[0]))
				for i := range names {
					x := actors[i].Position
					if n > 0 {
						x = res.Rounds[n-1].Positions[i]
					}
					near("position of "+names[i]+" after round "+line[0], x, number(t, line[i+1]))
				}
			}
		})
	}
}

// TestPrinted compares with the paper's Table 2, which mixes rounding and
// truncation: all means and all medians but round 2's lie within 0.1.
func TestPrinted(t *testing.T) {
	_, actors := emission(t)
	res := run(t, actors, Published)
	for _, r := range rows(t, "emission_published.csv")[1:] {
		n := int(number(t, r[1])) - 1
		if d := math.Abs(res.Rounds[n].Mean - number(t, r[3])); d > .1 {
			t.Errorf("round %d: mean %.3f, printed %s", n+1, res.Rounds[n].Mean, r[3])
		}
		slack := .1
		if n == 1 {
			slack = .3 // printed 9.9; every program known to us finds 9.61
		}
		if d := math.Abs(res.Rounds[n].Median - number(t, r[2])); d > slack {
			t.Errorf("round %d: median %.3f, printed %s", n+1, res.Rounds[n].Median, r[2])
		}
	}
}
