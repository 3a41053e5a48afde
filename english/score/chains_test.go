package score

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, name string, got float64, ok bool, want float64) {
	t.Helper()
	if !ok || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s = %v, %v; want %v", name, got, ok, want)
	}
}

// TestCompareChains holds a case worked out by hand: gold {1 2 3} {4 5} {6},
// system {1 2} {3 4 5}; mention 6 is missing.
func TestCompareChains(t *testing.T) {
	c := CompareChains([][]int{{1, 2, 3}, {4, 5}, {6}}, [][]int{{1, 2}, {3, 4, 5}})
	v := func(r Ratio) (float64, bool) { return r.Value() }
	got, ok := v(c.MUC.Recall)
	near(t, "MUC recall", got, ok, 2.0/3) // links kept: 1-2 and 4-5 of three
	got, ok = v(c.MUC.Precision)
	near(t, "MUC precision", got, ok, 2.0/3)
	got, ok = v(c.BCubed.Recall)
	near(t, "B3 recall", got, ok, (2.0/3+2.0/3+1.0/3+1+1+0)/6)
	got, ok = v(c.BCubed.Precision)
	near(t, "B3 precision", got, ok, (1+1+1.0/3+2.0/3+2.0/3)/5)
	// The best matching: {1 2 3}-{1 2} with 4/5, {4 5}-{3 4 5} with 4/5.
	got, ok = v(c.CEAFe.Recall)
	near(t, "CEAFe recall", got, ok, 1.6/3)
	got, ok = v(c.CEAFe.Precision)
	near(t, "CEAFe precision", got, ok, 1.6/2)
	muc, _ := c.MUC.F1()
	b3, _ := c.BCubed.F1()
	ceaf, _ := c.CEAFe.F1()
	got, ok = c.CoNLL()
	near(t, "CoNLL", got, ok, (muc+b3+ceaf)/3)
}

func TestMatchingIsNotGreedy(t *testing.T) {
	// Greedy would pair the first row with its cheapest column and lose.
	got := assign([][]float64{{-5, -4, 0}, {-4, 0, 0}, {0, 0, -1}})
	if got[0] != 1 || got[1] != 0 || got[2] != 2 {
		t.Errorf("assignment %v", got)
	}
}

func TestEmptyDocument(t *testing.T) {
	if f, ok := CompareChains(nil, nil).CoNLL(); ok {
		t.Errorf("the score of nothing is %v", f)
	}
	a, b := CompareChains([][]int{{1, 2}}, [][]int{{1, 2}}), CompareChains(nil, nil)
	a.Add(b)
	f, ok := a.CoNLL()
	near(t, "CoNLL with an empty document added", f, ok, 1)
}

func TestChainsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) [][]int {
			of := rapid.SliceOfN(rapid.IntRange(0, 5), 12, 12).Draw(t, name)
			chains := make([][]int, 6)
			for m, k := range of {
				chains[k] = append(chains[k], m)
			}
			var full [][]int
			for _, c := range chains {
				if len(c) > 0 {
					full = append(full, c)
				}
			}
			return full
		}
		gold, system := draw("gold"), draw("system")
		ab, ba := CompareChains(gold, system), CompareChains(system, gold)
		if math.Abs(ab.CEAFe.Recall.Sum-ba.CEAFe.Recall.Sum) > 1e-9 || ab.MUC.Recall != ba.MUC.Precision {
			t.Fatalf("not symmetric: %+v and %+v", ab, ba)
		}
		self := CompareChains(gold, gold)
		for _, p := range []PR{self.BCubed, self.CEAFe} {
			if f, ok := p.F1(); !ok || math.Abs(f-1) > 1e-9 {
				t.Fatalf("a document against itself scores %v", f)
			}
		}
	})
}
