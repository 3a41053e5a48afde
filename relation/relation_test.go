package relation

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"chancery"

	"pgregory.net/rapid"
)

func day(s string) time.Time {
	d, err := chancery.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d.First()
}

func TestMeasure(t *testing.T) {
	obs := []Observation{
		{Actor: "USA", Recipient: "PAK", Day: day("2025-01-10"), Kind: NewKind(chancery.Aid, chancery.Happened, "arms", ""), Intensity: 7, Probability: .9, Source: "Daily"},
		{Actor: "USA", Recipient: "PAK", Day: day("2025-01-20"), Kind: NewKind(chancery.Aid, chancery.Offered, "arms", "military trade"), Intensity: 5, Probability: .9, Source: "Daily"},
		// three reports of one quarrel, one of which takes it for a demand
		{Actor: "PAK", Recipient: "USA", Day: day("2025-03-02"), Kind: NewKind(chancery.Accuse, "", "", ""), Intensity: -2, Probability: .9, Source: "Daily", Happening: 7},
		{Actor: "PAK", Recipient: "USA", Day: day("2025-03-01"), Kind: NewKind(chancery.Accuse, "", "", ""), Intensity: -2, Probability: .9, Source: "Wire", Happening: 7},
		{Actor: "PAK", Recipient: "USA", Day: day("2025-03-02"), Kind: NewKind(chancery.Sanction, "", "", ""), Intensity: -5, Probability: .9, Source: "Post", Happening: 7},
		// set aside
		{Actor: "USA", Recipient: "PAK", Day: day("2025-03-02"), Kind: NewKind(chancery.Aid, chancery.Proposed, "", ""), Probability: .9},
		{Actor: "USA", Recipient: "PAK", Day: day("2025-03-02"), Kind: NewKind(chancery.Aid, chancery.Denied, "", ""), Probability: .9},
		{Actor: "USA", Recipient: "PAK", Day: day("2025-03-02"), Kind: NewKind(chancery.Assault, "", "", ""), Probability: .1},
		{Actor: "USA", Recipient: "PAK", Kind: NewKind(chancery.Assault, "", "", ""), Probability: .9},
		// another dyad, and another time
		{Actor: "USA", Recipient: "IND", Day: day("2025-03-02"), Kind: NewKind(chancery.Aid, "", "", ""), Probability: .9},
		{Actor: "USA", Recipient: "PAK", Day: day("2024-12-31"), Kind: NewKind(chancery.Assault, "", "", ""), Probability: .9},
	}
	r := Measure(obs, Query{A: []string{"USA"}, B: []string{"PAK"}, Since: chancery.Date{Year: 2025}, MinProbability: .5})
	if r.Total.Quads != (Quads{WordsFor: 1, DeedsFor: 1, WordsAgainst: 1}) || r.Total.Reports != 5 || r.Total.Happenings != 3 {
		t.Errorf("total %+v", r.Total)
	}
	if r.SetAside != (SetAside{Ideas: 1, Denied: 1, Improbable: 1, Undated: 1}) {
		t.Errorf("set aside %+v", r.SetAside)
	}
	if r.Forward.Happenings != 2 || r.Backward.Happenings != 1 || math.Abs(r.Backward.Intensity+3) > 1e-12 {
		t.Errorf("forward %+v, backward %+v", r.Forward, r.Backward)
	}
	var starts []string
	for _, b := range r.Buckets {
		starts = append(starts, b.Start.String())
	}
	if !slices.Equal(starts, []string{"2025-01-01", "2025-02-01", "2025-03-01"}) || r.Buckets[1].Happenings != 0 {
		t.Errorf("buckets %v", starts)
	}
	if w := r.Buckets[1].Net; w.High-w.Low < 1.9 || w.Value != 0 && math.Abs(w.Value) > 1e-9 {
		t.Errorf("an empty month has the band %+v", w)
	}
	if len(r.Promises) != 1 || r.Promises[0].Promised != 1 || r.Promises[0].Delivered != 1 || r.Promises[0].Broken != 0 {
		t.Errorf("promises %+v", r.Promises)
	}
	if !slices.Equal(r.Contexts, []Count{{"military", 1, 1, 0}, {"trade", 1, 1, 0}}) || !slices.Equal(r.Goods, []Count{{"arms", 2, 2, 0}}) {
		t.Errorf("contexts %+v, goods %+v", r.Contexts, r.Goods)
	}
	if r.Sources[0].Source != "Daily" || r.Sources[0].Reports != 3 || r.Sources[0].Alone != 2 {
		t.Errorf("sources %+v", r.Sources)
	}
	if !(r.Asymmetry.Below > .85) { // PAK is the less friendly of the two
		t.Errorf("asymmetry %+v", r.Asymmetry)
	}
}

func TestClass(t *testing.T) {
	for _, c := range []struct {
		t    chancery.EventType
		s    chancery.Status
		want chancery.QuadClass
	}{
		{chancery.Aid, chancery.Happened, chancery.MaterialCooperation},
		{chancery.Aid, "", chancery.MaterialCooperation},
		{chancery.Aid, chancery.Delivered, chancery.MaterialCooperation},
		{chancery.Aid, chancery.Offered, chancery.VerbalCooperation},
		{chancery.Aid, chancery.Withheld, chancery.MaterialConflict},
		{chancery.Agree, chancery.Reneged, chancery.MaterialConflict},
		{chancery.Aid, chancery.Refused, chancery.VerbalConflict},
		{chancery.Assault, chancery.Threatened, chancery.VerbalConflict},
		{chancery.Assault, chancery.Refused, 0},
		{chancery.Reject, chancery.Refused, chancery.VerbalConflict},
		{chancery.Request, chancery.Withheld, chancery.VerbalConflict},
		{chancery.Assault, chancery.Happened, chancery.MaterialConflict},
		{chancery.Accuse, chancery.Planned, chancery.VerbalConflict},
		{chancery.Aid, chancery.Proposed, 0},
		{chancery.Aid, chancery.Denied, 0},
	} {
		if got := Class(c.t, c.s); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.t, c.s, got, c.want)
		}
	}
}

func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		p          Period
		day, first string
		next       string
	}{
		{Week, "2025-06-18", "2025-06-16", "2025-06-23"}, {Week, "1969-12-31", "1969-12-29", "1970-01-05"},
		{Month, "2024-02-29", "2024-02-01", "2024-03-01"}, {Month, "2025-12-31", "2025-12-01", "2026-01-01"},
		{Year, "1968-03-01", "1968-01-01", "1969-01-01"}, {Day, "2025-06-18", "2025-06-18", "2025-06-19"},
	} {
		first := c.p.start(dayOf(day(c.day)))
		if got := dateOf(first).String(); got != c.first {
			t.Errorf("%s of %s begins %s, want %s", c.p, c.day, got, c.first)
		}
		if got := dateOf(c.p.next(first)).String(); got != c.next {
			t.Errorf("the %s after %s begins %s, want %s", c.p, c.first, got, c.next)
		}
	}
	if _, err := ParsePeriod("fortnight"); !errors.Is(err, chancery.ErrInvalid) {
		t.Errorf("error %v", err)
	}
}

// TestBand: the band narrows with reports and holds the truth about as often as
// it says.
func TestBand(t *testing.T) {
	e := newEstimator(.9)
	last := 2.
	for _, n := range []int{0, 1, 4, 16, 64, 256} {
		b := e.net(n, n)
		if w := b.High - b.Low; w >= last {
			t.Errorf("%d reports each: band of width %v after %v", n, w, last)
		} else {
			last = w
		}
	}
	if last > .2 {
		t.Errorf("512 reports leave a band of width %v", last)
	}
	rng := rand.New(rand.NewPCG(5, 5))
	held, tries := 0, 4000
	for range tries {
		theta, n := rng.Float64(), 1+rng.IntN(40)
		pro := 0
		for range n {
			if rng.Float64() < theta {
				pro++
			}
		}
		if b := e.share(pro, n-pro); b.Low <= theta && theta <= b.High {
			held++
		}
	}
	if share := float64(held) / float64(tries); math.Abs(share-.9) > .03 {
		t.Errorf("the band of level 0.9 holds the truth in %v of cases", share)
	}
	exact, normal := newEstimator(.9).share(many-1, 3*many), newEstimator(.9).share(many, 3*many)
	if math.Abs(exact.Low-normal.Low) > 2e-3 || math.Abs(exact.High-normal.High) > 2e-3 || math.Abs(exact.Value-normal.Value) > 2e-3 {
		t.Errorf("band jumps from %+v to %+v", exact, normal)
	}
	if b := below(3, 9, 3, 9); math.Abs(b-.5) > .01 {
		t.Errorf("equal counts: below with probability %v", b)
	}
	if a, b := below(9, 1, 1, 9), below(1, 9, 9, 1); a < .99 || math.Abs(a+b-1) > .01 {
		t.Errorf("below %v and %v", a, b)
	}
}

// observations draws reports among four actors, many of them of one happening.
func observations(t *rapid.T) []Observation {
	n := rapid.IntRange(0, 60).Draw(t, "reports")
	rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 9))
	codes, sources := []string{"A", "B", "C", "D"}, []string{"Wire", "Daily", "Post"}
	var out []Observation
	for i := range n {
		o := Observation{Event: fmt.Sprint(i), Actor: codes[rng.IntN(4)], Recipient: codes[rng.IntN(4)], Day: day("2024-11-01").AddDate(0, 0, rng.IntN(200)),
			Intensity:   float64(rng.IntN(21) - 10),
			Probability: rng.Float64(), Source: sources[rng.IntN(3)]}
		kind := Kind{Type: chancery.EventTypes()[rng.IntN(16)], Status: chancery.Statuses()[rng.IntN(12)]}
		if rng.IntN(8) == 0 {
			o.Day = time.Time{}
		}
		if rng.IntN(2) == 0 {
			kind.Good = chancery.GoodKinds()[rng.IntN(3)]
		}
		if rng.IntN(3) == 0 {
			kind.Contexts = "trade military"
		}
		if rng.IntN(2) == 0 {
			o.Happening = int64(1 + rng.IntN(6))
		}
		o.Kind = NewKind(kind.Type, kind.Status, kind.Good, kind.Contexts)
		out = append(out, o)
	}
	return out
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		obs := observations(t)
		q := Query{A: []string{"A"}, B: []string{"B", "C"}, Period: rapid.SampledFrom(Periods()).Draw(t, "period")}
		r := Measure(obs, q)
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		// buckets, directions and classes sum to the total
		var sum Quads
		acts, reports := 0, 0
		for i, b := range r.Buckets {
			sum.WordsFor += b.Quads.WordsFor
			sum.DeedsFor += b.Quads.DeedsFor
			sum.WordsAgainst += b.Quads.WordsAgainst
			sum.DeedsAgainst += b.Quads.DeedsAgainst
			acts, reports = acts+b.Happenings, reports+b.Reports
			if i > 0 && q.Period.next(dayOf(r.Buckets[i-1].Start.First())) != dayOf(b.Start.First()) {
				t.Fatal("a gap between buckets")
			}
			if !(b.Net.Low <= b.Net.Value && b.Net.Value <= b.Net.High && b.Net.Low >= -1 && b.Net.High <= 1) {
				t.Fatalf("band %+v", b.Net)
			}
		}
		if r.Forward.Happenings+r.Backward.Happenings != r.Total.Happenings || acts+r.Undated != r.Total.Happenings ||
			r.Total.Quads.For()+r.Total.Quads.Against() != r.Total.Happenings {
			t.Fatalf("%d in buckets, %d undated, total %+v", acts, r.Undated, r.Total)
		}
		if r.Undated == 0 && (sum != r.Total.Quads || reports != r.Total.Reports) {
			t.Fatalf("sums differ: %+v, %+v", sum, r.Total)
		}
		if w := Measure(obs, Query{A: q.A, B: q.B, Period: q.Period, Since: chancery.Date{Year: 1900}}); w.Undated != 0 {
			t.Fatalf("%d undated happenings in a window", w.Undated)
		}
		// reports of one more copy of each happening change no count of happenings
		double := slices.Clone(obs)
		for _, o := range obs {
			if o.Happening != 0 {
				o.Source = "Copy"
				double = append(double, o)
			}
		}
		if d := Measure(double, q); d.Total.Quads != r.Total.Quads || d.Total.Happenings != r.Total.Happenings {
			t.Fatalf("copies count: %+v, then %+v", r.Total, d.Total)
		}
		// leaving out a source is leaving out a source
		for _, s := range r.Sources {
			rest := slices.DeleteFunc(slices.Clone(obs), func(o Observation) bool { return o.Source == s.Source })
			if w := Measure(rest, q).Total.Net; w != s.Without {
				t.Fatalf("without %s: %+v, want %+v", s.Source, s.Without, w)
			}
		}
		// mirrored roles
		m := Measure(obs, Query{A: q.B, B: q.A, Period: q.Period})
		if m.Forward.Quads != r.Backward.Quads || m.Total.Quads != r.Total.Quads {
			t.Fatal("changing the roles changes the counts")
		}
		// the order of reports does not matter to any count
		shuffled := rapid.Permutation(obs).Draw(t, "order")
		if s := Measure(shuffled, q); s.Total.Quads != r.Total.Quads || len(s.Buckets) != len(r.Buckets) || !slices.Equal(s.Sources, r.Sources) {
			t.Fatal("the order of reports changes the result")
		}
		again, _ := json.Marshal(Measure(obs, q))
		if string(again) != string(data) {
			t.Fatal("two runs differ")
		}
	})
}

// buckets makes a bucket series from counts.
func buckets(pro, con []int) []Bucket {
	var out []Bucket
	at := dayOf(day("2020-01-01"))
	for i := range pro {
		out = append(out, Bucket{Start: dateOf(at), Summary: Summary{Quads: Quads{WordsFor: pro[i], DeedsAgainst: con[i]}}})
		at = Month.next(at)
	}
	return out
}

func poisson(rng *rand.Rand, rate float64) int {
	limit, p, n := math.Exp(-rate), 1., 0
	for {
		if p *= rng.Float64(); p <= limit {
			return n
		}
		n++
	}
}

func TestChanges(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	e := newEstimator(.9)
	found, false_ := 0, 0
	const tries = 200
	for range tries {
		var pro, con, flat, flat2 []int
		for i := range 36 {
			friendly := i < 20
			a, b := 6., 1.5
			if !friendly {
				a, b = 2., 6.
			}
			pro, con = append(pro, poisson(rng, a)), append(con, poisson(rng, b))
			flat, flat2 = append(flat, poisson(rng, 4)), append(flat2, poisson(rng, 4))
		}
		c := changes(buckets(pro, con), e)
		if len(c) > 0 && slices.ContainsFunc(c, func(c Change) bool {
			k := (c.From.Year-2020)*12 + c.From.Month - 1
			return k >= 19 && k <= 21 && c.Probability > .99 && c.After.Value < c.Before.Value
		}) {
			found++
		}
		if len(changes(buckets(flat, flat2), e)) > 0 {
			false_++
		}
	}
	if found < tries*90/100 || false_ > tries*5/100 {
		t.Errorf("of %d changes %d found, of %d steady series %d called changed", tries, found, tries, false_)
	}
}

// TestOptimal compares PELT with the best partition by trying all.
func TestOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 11).Draw(t, "n")
		pro := rapid.SliceOfN(rapid.IntRange(0, 30), n, n).Draw(t, "pro")
		con := rapid.SliceOfN(rapid.IntRange(0, 30), n, n).Draw(t, "con")
		total := func(cuts []int) float64 {
			sum := 0.
			for k := 0; k+1 < len(cuts); k++ {
				var p, c int
				for i := cuts[k]; i < cuts[k+1]; i++ {
					p, c = p+pro[i], c+con[i]
				}
				sum += poissonCost(p, cuts[k+1]-cuts[k]) + poissonCost(c, cuts[k+1]-cuts[k])
			}
			return sum + 2*math.Log(float64(n))*float64(len(cuts)-2)
		}
		best := math.Inf(1)
		var try func(cuts []int)
		try = func(cuts []int) {
			at := cuts[len(cuts)-1]
			for next := at + minStretch; next <= n; next++ {
				if next == n {
					best = min(best, total(append(slices.Clone(cuts), n)))
				} else {
					try(append(slices.Clone(cuts), next))
				}
			}
		}
		try([]int{0})
		sum := func(counts []int) []int {
			out := []int{0}
			for _, c := range counts {
				out = append(out, out[len(out)-1]+c)
			}
			return out
		}
		cuts := stretches(sum(pro), sum(con))
		if got := total(cuts); got > best+1e-9*(1+math.Abs(best)) {
			t.Fatalf("cuts %v cost %v, the best %v", cuts, got, best)
		}
	})
}

func million() []Observation {
	rng := rand.New(rand.NewPCG(3, 3))
	obs := make([]Observation, 1_000_000)
	types, statuses, goods := chancery.EventTypes(), chancery.Statuses(), chancery.GoodKinds()
	sources := make([]string, 300)
	for i := range sources {
		sources[i] = fmt.Sprintf("source %d", i)
	}
	from := day("2000-01-01")
	kinds := map[Kind]*Kind{}
	for i := range obs {
		o := Observation{Actor: "USA", Recipient: "CHN", Day: from.AddDate(0, 0, rng.IntN(9000)),
			Intensity: rng.Float64(), Probability: .9, Source: sources[rng.IntN(300)]}
		kind := Kind{Type: types[rng.IntN(16)], Status: statuses[rng.IntN(6)]}
		if rng.IntN(2) == 0 {
			o.Actor, o.Recipient = o.Recipient, o.Actor
		}
		if rng.IntN(4) == 0 {
			kind.Good, kind.Contexts = goods[rng.IntN(19)], "trade military"
		}
		if rng.IntN(2) == 0 {
			o.Happening = int64(1 + rng.IntN(250_000))
		}
		if kinds[kind] == nil {
			kinds[kind] = NewKind(kind.Type, kind.Status, kind.Good, kind.Contexts)
		}
		o.Kind = kinds[kind]
		obs[i] = o
	}
	return obs
}

func BenchmarkMeasure(b *testing.B) {
	obs := million()
	b.ResetTimer()
	for range b.N {
		Measure(obs, Query{A: []string{"USA"}, B: []string{"CHN"}})
	}
}
