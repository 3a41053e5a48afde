package exchange

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"
)

// rows reads a CSV file of testdata as one map for each line.
func rows(t *testing.T, name string) []map[string]string {
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
	var out []map[string]string
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, cell := range line {
			row[all[0][i]] = cell
		}
		out = append(out, row)
	}
	return out
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// load reads an input file: the grid and the names in order of appearance.
func load(t *testing.T, set string) (cells [][]Cell, issues, actors []string) {
	t.Helper()
	issueAt, actorAt := map[string]int{}, map[string]int{}
	in := rows(t, set+"_input.csv")
	for _, r := range in {
		if _, ok := issueAt[r["issue"]]; !ok {
			issueAt[r["issue"]] = len(issues)
			issues = append(issues, r["issue"])
		}
		if _, ok := actorAt[r["actor"]]; !ok {
			actorAt[r["actor"]] = len(actors)
			actors = append(actors, r["actor"])
		}
	}
	cells = make([][]Cell, len(issues))
	for p := range cells {
		cells[p] = make([]Cell, len(actors))
	}
	for _, r := range in {
		cells[issueAt[r["issue"]]][actorAt[r["actor"]]] = Cell{
			Position: number(t, r["position"]), Salience: number(t, r["salience"]), Capability: number(t, r["power"]), Stake: true}
	}
	return cells, issues, actors
}

// TestExpected holds every exchange, in order, and every outcome and position of
// ten rounds of two random tables against a separately written program's.
func TestExpected(t *testing.T) {
	for _, set := range []string{"synth_a", "synth_b"} {
		t.Run(set, func(t *testing.T) {
			cells, issues, actors := load(t, set)
			res, err := Run(cells, Defaults())
			if err != nil {
				t.Fatal(err)
			}
			near := func(what, want string, got float64) {
				t.Helper()
				if w := number(t, want); !(math.Abs(w-got) <= 1e-9) {
					t.Errorf("%s: %v, want %v", what, got, w)
				}
			}
			var all []Exchange
			for _, r := range res.Rounds {
				all = append(all, r.Exchanges...)
			}
			want := rows(t, set+"_clean_exchanges.csv")
			if len(all) != len(want) {
				t.Errorf("%d exchanges, want %d", len(all), len(want))
			}
			for n, w := range want[:min(len(want), len(all))] {
				e := all[n]
				id := fmt.Sprintf("exchange %s.%s", w["round"], w["rank"])
				got := fmt.Sprintf("%d.%d %s gives %s, %s gives %s, capped %t", e.Round, e.Rank, actors[e.I.Actor], issues[e.I.Supplies],
					actors[e.J.Actor], issues[e.J.Supplies], e.Capped)
				expected := fmt.Sprintf("%s.%s %s gives %s, %s gives %s, capped %t", w["round"], w["rank"], w["i_actor"], w["i_supply_issue"],
					w["j_actor"], w["j_supply_issue"], w["nbs_capped"] == "1")
				if got != expected {
					t.Fatalf("%s, want %s", got, expected)
				}
				near(id+" gain", w["gain"], e.Gain)
				for side, l := range map[string]Leg{"i": e.I, "j": e.J} {
					near(id+" supply salience", w[side+"_supply_salience"], l.Salience)
					near(id+" demand salience", w[side+"_demand_salience"], l.Wants)
					near(id+" start", w[side+"_round_start"], l.Start)
					near(id+" from", w[side+"_position_before"], l.From)
					near(id+" move", w[side+"_move"], l.Move)
					near(id+" voting", w[side+"_voting"], l.To)
					near(id+" target", w[side+"_target"], l.Target)
					near(id+" utility", w[side+"_eu"], l.Gain)
					near(id+" seen before", w[side+"_nbs0"], l.SeenFrom)
					near(id+" seen after", w[side+"_nbs1"], l.SeenAfter)
				}
				near(id+" shift on i's supply", w["d_outcome_on_i_supply"], e.I.Shift)
				near(id+" shift on j's supply", w["d_outcome_on_j_supply"], e.J.Shift)
			}
			index := func(names []string, name string) int {
				for i, n := range names {
					if n == name {
						return i
					}
				}
				t.Fatalf("unknown name %s", name)
				return -1
			}
			for _, w := range rows(t, set+"_clean_nbs.csv") {
				r, p := res.Rounds[int(number(t, w["round"]))-1], index(issues, w["issue"])
				near("outcome before, round "+w["round"], w["nbs_preference"], r.Before[p])
				near("outcome after, round "+w["round"], w["nbs_voting"], r.After[p])
			}
			for _, w := range rows(t, set+"_clean_positions.csv") {
				r, p, a := res.Rounds[int(number(t, w["round"]))-1], index(issues, w["issue"]), index(actors, w["actor"])
				near("start", w["start"], r.Start[p][a])
				near("voting", w["voting"], r.Voting[p][a])
				near("next", w["next_start"], r.Next[p][a])
			}
			offers, err := Offers(cells, Defaults())
			if err != nil {
				t.Fatal(err)
			}
			candidates := rows(t, set+"_clean_round1_candidates.csv")
			if len(offers) != len(candidates) {
				t.Fatalf("%d potential exchanges, want %d", len(offers), len(candidates))
			}
			for n, w := range candidates {
				o := offers[n]
				if actors[o.I.Actor] != w["i_actor"] || issues[o.I.Supplies] != w["i_supply_issue"] || actors[o.J.Actor] != w["j_actor"] ||
					issues[o.J.Supplies] != w["j_supply_issue"] || o.Valid != (w["valid"] == "1") || o.Capped != (w["nbs_capped"] == "1") {
					t.Errorf("potential exchange %d: %+v, want %v", n, o, w)
				}
				near("gain offered", w["gain"], o.Gain)
				near("move offered", w["i_move"], o.I.Move)
				near("move offered", w["j_move"], o.J.Move)
			}
		})
	}
}

// TestByHand is the two-actor example worked out on paper: B gives way on q, A
// goes all the way on p, each gains five.
func TestByHand(t *testing.T) {
	cells := [][]Cell{
		{{Position: 0, Salience: .1, Capability: 1, Stake: true}, {Position: 100, Salience: .6, Capability: 1, Stake: true}},
		{{Position: 0, Salience: .9, Capability: 1, Stake: true}, {Position: 100, Salience: .5, Capability: 1, Stake: true}},
	}
	opts := Defaults()
	opts.Rounds = 1
	res, err := Run(cells, opts)
	if err != nil {
		t.Fatal(err)
	}
	r := res.Rounds[0]
	if len(r.Exchanges) != 1 || r.Potential != 1 {
		t.Fatalf("exchanges %+v", r)
	}
	e := r.Exchanges[0]
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"outcome of p before", r.Before[0], 600. / 7}, {"outcome of q before", r.Before[1], 250. / 7},
		{"outcome of p after", r.After[0], 100}, {"outcome of q after", r.After[1], 200. / 7},
		{"gain", e.Gain, 5}, {"gain of i", e.I.Gain, 5}, {"gain of j", e.J.Gain, 5},
		{"i is B", float64(e.I.Actor), 1}, {"B on q", e.I.To, 80}, {"A on p", e.J.To, 100},
		{"next of A on p", r.Next[0][0], 46}, {"next of B on q", r.Next[1][1], 94},
		{"worth to A", e.Externalities[0], 5}, {"worth to B", e.Externalities[1], 5},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
}
