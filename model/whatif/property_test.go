package whatif

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"chancery/model/table"

	"pgregory.net/rapid"
)

// tables draws a complete table with the corners in it: one actor, actors without
// stake, capability or salience, positions at the ends, agreement of all.
func tables(t *rapid.T) *table.Table {
	n, m := rapid.IntRange(1, 7).Draw(t, "actors"), rapid.IntRange(1, 4).Draw(t, "issues")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 4))
	coarse := rapid.SampledFrom([]float64{1, 10, 50, 100}).Draw(t, "coarse")
	tab := &table.Table{}
	for i := range n {
		c := rng.Float64()
		if rng.IntN(6) == 0 {
			c = 0
		}
		tab.Actors = append(tab.Actors, table.Actor{ID: fmt.Sprint("A", i), Capability: table.Exactly(c)})
		for j := range i {
			tab.Propensities = append(tab.Propensities, table.Propensity{A: tab.Actors[j].ID, B: tab.Actors[i].ID,
				Value: table.Exactly(math.Round(4*(2*rng.Float64()-1)) / 4)})
		}
	}
	for k := range m {
		tab.Issues = append(tab.Issues, table.Issue{ID: fmt.Sprint("p", k), Upper: 100})
		for _, a := range tab.Actors {
			if rng.IntN(5) > 0 {
				tab.Cells = append(tab.Cells, table.Cell{Actor: a.ID, Issue: tab.Issues[k].ID, Position: table.Exactly(coarse * math.Round(100/coarse*rng.Float64())),
					Salience: table.Exactly(math.Round(10*rng.Float64()) / 10)})
			}
		}
	}
	return tab
}

// TestAnyTable: every valid table gives a picture that JSON can hold (no NaN),
// twice the same, and draws that do not fail.
func TestAnyTable(t *testing.T) {
	looked := 0
	rapid.Check(t, func(t *rapid.T) {
		tab := tables(t)
		opts := RunOptions{Options: Defaults(), Draws: 3, Levers: rapid.IntRange(0, 9).Draw(t, "levers") == 0}
		r, err := Run(context.Background(), tab, nil, opts)
		if err != nil {
			if !errors.Is(err, table.ErrTable) { // an issue without weight
				t.Fatal(err)
			}
			return
		}
		looked++
		a, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Run(context.Background(), tab, nil, opts)
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := json.Marshal(again); string(a) != string(b) {
			t.Fatal("two runs differ")
		}
		for _, o := range r.Base.Deals.Outcomes {
			if !(o.Before >= -1e-9 && o.Before <= 100+1e-9 && o.Final >= -1e-9 && o.Final <= 100+1e-9) {
				t.Fatalf("outcome %+v", o)
			}
		}
	})
	if looked == 0 {
		t.Error("no table could be run")
	}
}

// TestUnits: the table's own units do not matter, capabilities nor scales.
func TestUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := tables(t)
		p, err := Look(tab, Defaults())
		if err != nil {
			return
		}
		other := tab.Clone()
		for i := range other.Actors {
			other.Actors[i].Capability.Value *= 8
		}
		for i := range other.Issues {
			other.Issues[i].Lower, other.Issues[i].Upper = -2, 2
		}
		for i := range other.Cells {
			other.Cells[i].Position.Value = other.Cells[i].Position.Value/25 - 2
		}
		q, err := Look(other, Defaults())
		if err != nil {
			t.Fatal(err)
		}
		if p.Camps.Lowest.String() != q.Camps.Lowest.String() {
			t.Fatalf("camps %v, then %v", p.Camps.Lowest, q.Camps.Lowest)
		}
		for k := range p.Deals.Outcomes {
			if a, b := p.Deals.Outcomes[k].Before, q.Deals.Outcomes[k].Before; math.Abs(a-b) > 1e-9 {
				t.Fatalf("outcome %v, then %v", a, b)
			}
		}
	})
}
