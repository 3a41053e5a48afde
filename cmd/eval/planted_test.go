package main

import (
	"testing"

	"chancery/sample"
)

// leastPlanted is the recall and precision that the findings of the sample are
// held to.
const leastPlanted = 0.80

func TestPlanted(t *testing.T) {
	planted, near, err := sample.Planted()
	if err != nil {
		t.Fatal(err)
	}
	accounts, found, err := sampleFindings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	score := scorePlanted(planted, near, accounts, found)
	if score.recall() < leastPlanted || score.precision() < leastPlanted {
		t.Errorf("recall %.3f, precision %.3f, want at least %.2f", score.recall(), score.precision(), leastPlanted)
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
}
