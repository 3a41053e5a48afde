package kind_test

import (
	"math"
	"testing"

	"chancery"
	"chancery/coder/good/kind"
)

func TestOf(t *testing.T) {
	m, err := kind.Load()
	if err != nil {
		t.Fatal(err)
	}
	// Words that are in no labelled phrase: what WordNet puts above them decides.
	for phrase, want := range map[string]chancery.GoodKind{
		"destroyers and minesweepers": "arms",
		"a bazooka":                   "arms",
		"zinc":                        "minerals",
		"the haven":                   "port",
		"propane":                     "energy",
		"infantrymen":                 "troops",
		"an overdraft":                "finance",
		"hand > the convict":          "detainee",
	} {
		if got, p, _ := m.Of(kind.WordsOf(phrase)); got != want {
			t.Errorf("%q is %s (%.2f), want %s", phrase, got, p, want)
		}
	}
	if _, _, ok := m.Of(kind.WordsOf("the history of the question")); ok {
		t.Error("a question is taken for a good")
	}
	sum := 0.0
	for _, p := range m.Probabilities(kind.WordsOf("old frigates")) {
		sum += p
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("probabilities add up to %v", sum)
	}
}
