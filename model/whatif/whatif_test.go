package whatif

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"chancery/model/table"
)

func example(t testing.TB) (*table.Table, *table.Patch) {
	t.Helper()
	f, err := os.Open("../../docs/worked-example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tab, err := table.Read(f, "worked-example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	g, err := os.Open("../../docs/worked-example-offer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	patch, err := table.ReadPatch(g, "worked-example-offer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return tab, patch
}

// TestSameBytes: the same table, patch and seed give the same bytes, whatever
// the number of workers, and no NaN that JSON could not hold.
func TestSameBytes(t *testing.T) {
	tab, patch := example(t)
	var first []byte
	for _, workers := range []int{1, 3, 8} {
		r, err := Run(context.Background(), tab, patch, RunOptions{Options: Defaults(), Draws: 20, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if string(data) != string(first) {
			t.Fatalf("%d workers give other bytes", workers)
		}
	}
	other := Defaults()
	other.Seed = 2
	r, err := Run(context.Background(), tab, nil, RunOptions{Options: other, Draws: 20})
	if err != nil {
		t.Fatal(err)
	}
	if data, _ := json.Marshal(r.BaseDraws); strings.Contains(string(first), string(data)) {
		t.Error("another seed gives the same draws")
	}
}

func TestPicture(t *testing.T) {
	tab, _ := example(t)
	p, err := Look(tab, Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if p.Head.Table != tab.Hash() || len(p.Actors) != 10 || len(p.Pressure) != len(p.Issues) {
		t.Errorf("head %+v", p.Head)
	}
	for _, e := range p.Deals.Exchanges {
		if len(e.Externalities) != len(p.Actors)-2 {
			t.Fatalf("externalities left out: %+v", e)
		}
	}
	sum := 0.
	for _, m := range p.Camps.Minima {
		sum += m.Share
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("basins sum to %v", sum)
	}
	for _, s := range p.Camps.Actors {
		if !(s.Share >= .5-1e-9 && s.Share <= 1) || s.SidePayment < -1e-9 {
			t.Errorf("standing %+v", s)
		}
	}
	// What is called a trade across camps is one, and every such trade is called so.
	across := 0
	for _, e := range p.Deals.Exchanges {
		if sideOf(p.Camps.Lowest, e.Gives[0].Actor) != sideOf(p.Camps.Lowest, e.Gives[1].Actor) {
			across++
		}
	}
	if n := len(slices.DeleteFunc(slices.Clone(p.Clashes), func(c Clash) bool { return c.Kind != "camps" })); n != across {
		t.Errorf("%d trades across camps, %d reported", across, n)
	}
}

// TestNoPatchNoDifference: an empty change leaves everything as it is.
func TestNoPatchNoDifference(t *testing.T) {
	tab, _ := example(t)
	v := tab.Cells[0]
	r, err := Run(context.Background(), tab, &table.Patch{Set: []table.Change{{Actor: v.Actor, Issue: v.Issue, Position: v.Position}}}, RunOptions{Options: Defaults(), Draws: 10})
	if err != nil {
		t.Fatal(err)
	}
	d := r.Differences
	if d.MapChanges || len(d.Moved)+len(d.NewDeals)+len(d.LostDeals) > 0 {
		t.Errorf("differences %+v", d)
	}
	for _, o := range d.Outcomes {
		if o.BaseAfter != o.PatchedAfter || o.Notable {
			t.Errorf("outcome %+v", o)
		}
	}
	for _, h := range r.Holds.Issues {
		if h.Deals != (Quantiles{}) || h.Up+h.Down != 0 || r.Holds.MapChanges != 0 {
			t.Errorf("over draws %+v", h)
		}
	}
}

// TestLevers: each lever turns its target, and nine tenths of it do not.
func TestLevers(t *testing.T) {
	tab, _ := example(t)
	opts := Defaults()
	base, err := look(tab, opts, false)
	if err != nil {
		t.Fatal(err)
	}
	targets, err := Levers(context.Background(), tab, opts)
	if err != nil {
		t.Fatal(err)
	}
	all := dials(tab)
	found := 0
	for n, target := range targets {
		last := 0.
		for _, l := range target.Levers {
			found++
			if l.Share < last {
				t.Errorf("%s: levers out of order", target.Target)
			}
			last = l.Share
			k := slices.IndexFunc(all, func(d dial) bool { return d.number == l.Number && d.actor == l.Actor && d.other == l.Other })
			turned := func(v float64) bool {
				c := tab.Clone()
				all[k].set(c, v)
				s, err := look(c, opts, false)
				if err != nil {
					t.Fatal(err)
				}
				if n == 0 {
					return s.split != base.split
				}
				return math.Abs(s.after[n-1]-base.after[n-1]) >= opts.Notable
			}
			if !turned(l.To) {
				t.Errorf("%s: lever %+v does not turn it", target.Target, l)
			}
			if turned(l.From + .9*(l.To-l.From)) {
				t.Logf("%s: lever %+v turns it earlier too (a window between two steps)", target.Target, l)
			}
		}
	}
	if found == 0 {
		t.Error("no levers at all")
	}
	if len(targets[0].Levers) == 0 || targets[0].Levers[0].Becomes == nil {
		t.Fatalf("camps: %+v", targets[0])
	}
	// For propensities the search must agree with the exact swing entries.
	p, err := Look(tab, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range targets[0].Levers {
		if l.Number != "propensity" {
			continue
		}
		k := slices.IndexFunc(p.Camps.Swings, func(s Swing) bool { return s.A == l.Actor && s.B == l.Other || s.A == l.Other && s.B == l.Actor })
		if k >= 0 && math.Abs(p.Camps.Swings[k].Change-(l.To-l.From)) > 1e-3 {
			t.Errorf("lever %+v, swing %+v", l, p.Camps.Swings[k])
		}
	}
}

func TestBars(t *testing.T) {
	tab, _ := example(t)
	opts := Defaults()
	opts.BarredIssues = [][2]string{{"arms", "bases"}}
	opts.BarredActors = [][2]string{{"USA", "CHN"}}
	opts.Floor = -.4
	p, err := Look(tab, opts)
	if err != nil {
		t.Fatal(err)
	}
	g, err := tab.Grid()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range p.Deals.Exchanges {
		a, b := e.Gives[0], e.Gives[1]
		if p := g.Propensity[slices.Index(g.Actors, a.Actor)][slices.Index(g.Actors, b.Actor)]; p < opts.Floor {
			t.Errorf("%s and %s trade below the floor", a.Actor, b.Actor)
		}
		if a.Issue == "arms" && b.Issue == "bases" || a.Issue == "bases" && b.Issue == "arms" || a.Actor == "USA" && b.Actor == "CHN" {
			t.Errorf("barred: %+v", e)
		}
	}
	opts.BarredIssues = [][2]string{{"arms", "ports"}}
	if _, err := Look(tab, opts); err == nil || !strings.Contains(err.Error(), `barred issue "ports" is not in the table`) {
		t.Errorf("error %v", err)
	}
}

// TestPayment: a side payment is an issue for exchanges only.
func TestPayment(t *testing.T) {
	tab, _ := example(t)
	patch := &table.Patch{Title: "paid", Payments: []table.Payment{{Payer: "USA", Receiver: "PAK", PayerSalience: table.Exactly(.1), ReceiverSalience: table.Exactly(.9)}}}
	r, err := Run(context.Background(), tab, patch, RunOptions{Options: Defaults(), Draws: 3})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Patched.Issues) != len(r.Base.Issues)+1 || len(r.Patched.Pressure) != len(r.Base.Pressure) || r.Differences.MapChanges {
		t.Error("the payment weighs outside exchanges")
	}
	if r.Base.Camps.Actors[0].Size != r.Patched.Camps.Actors[0].Size {
		t.Error("the payment gives size")
	}
}

func BenchmarkDraws(b *testing.B) {
	tab, patch := example(b)
	for range b.N {
		if _, err := Run(context.Background(), tab, patch, RunOptions{Options: Defaults(), Draws: 1000, Workers: 1}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLevers(b *testing.B) {
	tab, _ := example(b)
	for range b.N {
		if _, err := Levers(context.Background(), tab, Defaults()); err != nil {
			b.Fatal(err)
		}
	}
}

// TestInterrupted: when the context ends, so does the work.
func TestInterrupted(t *testing.T) {
	tab, _ := example(t)
	for name, opts := range map[string]RunOptions{"draws": {Options: Defaults(), Draws: 1}, "levers": {Options: Defaults(), Levers: true}} {
		ctx, cancel := context.WithCancel(context.Background())
		if opts.Draws > 0 {
			opts.Draws = 100_000
			opts.Progress = func(done int) {
				if done == 3 {
					cancel()
				}
			}
		} else {
			cancel()
		}
		if _, err := Run(ctx, tab, nil, opts); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		cancel()
	}
}
