package main

import "testing"

// TestPlanted holds the findings to a floor on the bundled sample and on the
// second set, which was written after the rules.
func TestPlanted(t *testing.T) {
	for _, test := range []struct {
		name, dir         string
		recall, precision float64
	}{
		{"sample", "", 0.80, 0.80},
		{"second set", "../../collate/testdata/second", 0.80, 0.90},
	} {
		t.Run(test.name, func(t *testing.T) {
			set, err := readPlantedSet(test.dir)
			if err != nil {
				t.Fatal(err)
			}
			accounts, found, err := findingsOf(t.Context(), set.articles)
			if err != nil {
				t.Fatal(err)
			}
			score := scorePlanted(set.planted, set.near, accounts, found)
			if score.recall() < test.recall || score.precision() < test.precision {
				t.Errorf("recall %.3f, precision %.3f, want at least %.2f and %.2f", score.recall(), score.precision(), test.recall, test.precision)
			}
			for _, p := range score.missed {
				t.Logf("missed %s %s %s", p.Kind, p.ID, p.About)
			}
			for _, f := range score.wrong {
				t.Logf("wrong %s %s", f.Kind, f.About)
			}
			for _, n := range score.near {
				t.Errorf("near miss reported: %s %s", n.ID, n.About)
			}
		})
	}
}
