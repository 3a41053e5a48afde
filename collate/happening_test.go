package collate

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"chancery"

	"pgregory.net/rapid"
)

// generate makes about n reports of known occurrences: each occurrence has
// parties, a type, a day and words of its own, and one to six reports by
// different articles that err as sources do: another day, a year instead of a
// day, a type of the same family, words left out and added. truth gives each
// report's occurrence.
func generate(n int, seed uint64) (reports []Report, truth []int) {
	rng := rand.New(rand.NewPCG(seed, 7))
	states := []string{"USA", "PAK", "IND", "CHN", "RUS", "IRN", "ISR", "TUR", "SAU", "AFG", "GBR", "FRA", "DEU", "UKR", "EGY", "JPN", "KOR", "PRK", "BRA", "ZAF"}
	types := chancery.EventTypes()
	word := func(vocabulary int) uint64 { // Zipf's law: few words are common
		return hashWord(fmt.Sprint("w", int(float64(vocabulary)*rng.Float64()*rng.Float64()*rng.Float64())))
	}
	for occurrence := 0; len(reports) < n; occurrence++ {
		a := int(float64(len(states)) * rng.Float64() * rng.Float64()) // some states are in the news more
		b := (a + 1 + rng.IntN(len(states)-1)) % len(states)
		dyad := min(states[a], states[b]) + "|" + max(states[a], states[b])
		typ, day := types[rng.IntN(len(types))], 18000+rng.IntN(2500)
		var core []uint64
		for range 8 {
			core = append(core, word(30000))
		}
		for range 3 {
			core = append(core, hashWord(fmt.Sprint("n", rng.IntN(4000))))
		}
		for range 1 + rng.IntN(6) {
			r := Report{Event: fmt.Sprintf("e%016x", rng.Uint64()), Article: fmt.Sprint("a", len(reports)), Type: typ, First: day, Last: day, Published: day + rng.IntN(5), Dyads: []string{dyad}}
			switch x := rng.IntN(10); {
			case x == 0:
				r.First, r.Last = day+1, day+1
			case x == 1:
				r.First, r.Last = day-day%30, day-day%30+29
			case x == 2:
				r.First, r.Last = NoDay, NoDay
			}
			if rng.IntN(8) == 0 {
				for _, t := range types {
					if t != typ && family(t) == family(typ) {
						r.Type = t
						break
					}
				}
			}
			for i, w := range core {
				if rng.IntN(10) < 6 {
					r.Words = append(r.Words, w)
					if i >= 8 {
						r.Names = append(r.Names, w)
					}
				}
			}
			for range 5 {
				r.Words = append(r.Words, word(30000))
			}
			slices.Sort(r.Words)
			slices.Sort(r.Names)
			r.Words = slices.Compact(r.Words)
			reports = append(reports, r)
			truth = append(truth, occurrence)
		}
	}
	return reports, truth
}

// pairs counts the pairs of reports in the sets, in the truth, and in both.
func pairs(reports []Report, truth []int, found []Happening) (both, joined, true_ int) {
	of := make(map[string]int, len(reports))
	perTruth := map[int]int{}
	for i, r := range reports {
		of[r.Event] = truth[i]
		perTruth[truth[i]]++
	}
	for _, n := range perTruth {
		true_ += n * (n - 1) / 2
	}
	for _, h := range found {
		in := map[int]int{}
		for _, e := range h.Reports {
			in[of[e]]++
		}
		joined += len(h.Reports) * (len(h.Reports) - 1) / 2
		for _, n := range in {
			both += n * (n - 1) / 2
		}
	}
	return both, joined, true_
}

func TestJoinAgainstGenerator(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	reports, truth := generate(n, 1)
	both, joined, all := pairs(reports, truth, Join(reports))
	precision, recall := float64(both)/float64(joined), float64(both)/float64(all)
	t.Logf("%d reports: pair precision %.3f recall %.3f", len(reports), precision, recall)
	if precision < .9 || recall < .9 {
		t.Errorf("pair precision %.3f, recall %.3f; want both at least 0.9", precision, recall)
	}
}

func TestJoinDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reports, _ := generate(rapid.IntRange(1, 300).Draw(t, "n"), rapid.Uint64().Draw(t, "seed"))
		want := Join(slices.Clone(reports))
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 1))
		rng.Shuffle(len(reports), func(i, j int) { reports[i], reports[j] = reports[j], reports[i] })
		got := Join(reports)
		if len(got) != len(want) {
			t.Fatalf("%d happenings in one order, %d in another", len(want), len(got))
		}
		for i := range want {
			if got[i].ID != want[i].ID || !slices.Equal(got[i].Reports, want[i].Reports) {
				t.Fatalf("happening %d is %v in one order, %v in another", i, want[i], got[i])
			}
		}
	})
}

func TestEveryReportIsInOneHappening(t *testing.T) {
	reports, _ := generate(2000, 3)
	seen := map[string]int{}
	for _, h := range Join(reports) {
		for _, e := range h.Reports {
			seen[e]++
		}
	}
	for _, r := range reports {
		if seen[r.Event] != 1 {
			t.Fatalf("report %s is in %d happenings", r.Event, seen[r.Event])
		}
	}
}

func BenchmarkJoin(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		reports, _ := generate(n, 1)
		slices.SortFunc(reports, func(a, b Report) int { return cmp.Compare(a.Event, b.Event) })
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Join(reports)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/report")
		})
	}
}
