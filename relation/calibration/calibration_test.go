package calibration

import (
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestScores(t *testing.T) {
	all := []Judged{{"ana", 1, 1}, {"ana", 0.5, 0}, {"ben", 0.25, 0.5}, {"ana", 0.5, 0.5}}
	want := []Score{
		{Holder: "ana", Forecasts: 3, Came: 0.5, Brier: 0.25 / 3, Reference: 0.5 / 3},
		{Holder: "ben", Forecasts: 1, Came: 0.5, Brier: 0.0625, Reference: 0},
	}
	if got := Scores(all); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := Scores(nil); len(got) != 0 {
		t.Errorf("of nothing: got %+v", got)
	}
	many := []Judged{{"ana", 1, 1}, {"ana", 1, 1}, {"ana", 1, 1}, {"ana", 1, 1}, {"ana", 1, 1}}
	if got := Scores(many); !got[0].Enough || got[0].Brier != 0 {
		t.Errorf("of five: got %+v", got)
	}
}

func TestTable(t *testing.T) {
	all := []Judged{{"ana", 1, 1}, {"ana", 0.9, 0}, {"ben", 0, 0.5}}
	want := []Bin{{From: 0, To: 0.2, Forecasts: 1, Strength: 0, Came: 0.5}, {From: 0.8, To: 1, Forecasts: 2, Strength: 0.95, Came: 0.5}}
	if got := Table(all); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestProperties: scores lie between 0 and 1, the bins hold every forecast
// once, and the order of the forecasts does not matter.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOf(rapid.Custom(func(t *rapid.T) Judged {
			return Judged{rapid.SampledFrom([]string{"ana", "ben", "eva"}).Draw(t, "holder"), float64(rapid.IntRange(0, 8).Draw(t, "strength")) / 8, rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "outcome")}
		})).Draw(t, "all")
		n := 0
		for _, s := range Scores(all) {
			if s.Brier < 0 || s.Brier > 1 || s.Reference < 0 || s.Reference > 0.25+1e-12 {
				t.Errorf("%+v is out of bounds", s)
			}
			n += s.Forecasts
		}
		m := 0
		for _, b := range Table(all) {
			if b.Strength < b.From || b.Strength > b.To || b.Came < 0 || b.Came > 1 {
				t.Errorf("%+v is out of bounds", b)
			}
			m += b.Forecasts
		}
		if n != len(all) || m != len(all) {
			t.Errorf("%d forecasts, %d scored, %d in the table", len(all), n, m)
		}
		turned := Scores(rapid.Permutation(all).Draw(t, "order"))
		for i, s := range Scores(all) {
			if turned[i].Holder != s.Holder || math.Abs(turned[i].Brier-s.Brier) > 1e-12 {
				t.Errorf("in another order: %+v, want %+v", turned[i], s)
			}
		}
	})
}
