// Package calibration scores those who foretell by what came of it.
//
// In: for each settled forecast its holder, how sure the holder sounded, and
// what came of it. Out: each holder's Brier score beside that of always saying
// the base rate, and a calibration table. It reads no text and decides nothing:
// what came of a forecast, a person has said.
package calibration

import (
	"cmp"
	"slices"
)

// Enough is from how many settled forecasts on a holder's score says something:
// below, one more forecast may turn it round.
const Enough = 5

// Judged is a forecast whose outcome is known.
type Judged struct {
	Holder   string
	Strength float64 // how sure the holder sounded, 0..1
	Outcome  float64 // 1 came true, 0 did not, 0.5 in part
}

// Score is a holder's.
type Score struct {
	Holder    string  `json:"holder"`
	Forecasts int     `json:"forecasts"`
	Came      float64 `json:"came"`      // mean outcome, 0..1
	Brier     float64 `json:"brier"`     // mean of (strength - outcome)², 0 best, 1 worst (Brier 1950)
	Reference float64 `json:"reference"` // Brier score of always saying Came
	Enough    bool    `json:"enough"`    // Forecasts >= Enough
}

// Scores gives each holder's score, those with most forecasts first, then by name.
func Scores(all []Judged) []Score {
	sums := map[string]*Score{}
	for _, j := range all {
		s := sums[j.Holder]
		if s == nil {
			s = &Score{Holder: j.Holder}
			sums[j.Holder] = s
		}
		s.Forecasts++
		s.Came += j.Outcome
		s.Brier += (j.Strength - j.Outcome) * (j.Strength - j.Outcome)
	}
	for _, s := range sums {
		s.Came /= float64(s.Forecasts)
		s.Brier /= float64(s.Forecasts)
		s.Enough = s.Forecasts >= Enough
	}
	for _, j := range all {
		s := sums[j.Holder]
		s.Reference += (s.Came - j.Outcome) * (s.Came - j.Outcome) / float64(s.Forecasts)
	}
	out := make([]Score, 0, len(sums))
	for _, s := range sums {
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Score) int {
		return cmp.Or(cmp.Compare(b.Forecasts, a.Forecasts), cmp.Compare(a.Holder, b.Holder))
	})
	return out
}

// Bin is a row of a calibration table: forecasts that sounded about as sure.
type Bin struct {
	From      float64 `json:"from"` // strength, from ...
	To        float64 `json:"to"`   // ... to below, but for the last bin, which has 1
	Forecasts int     `json:"forecasts"`
	Strength  float64 `json:"strength"` // mean
	Came      float64 `json:"came"`     // mean outcome
}

// bins is how many a table has. Hedges come in few grades ("could", "may",
// "is likely to", "will").
const bins = 5

// Table gives the bins that hold a forecast, from the least to the most sure.
func Table(all []Judged) []Bin {
	table := make([]Bin, bins)
	for _, j := range all {
		b := &table[min(bins-1, max(0, int(j.Strength*bins)))]
		b.Forecasts++
		b.Strength += j.Strength
		b.Came += j.Outcome
	}
	var out []Bin
	for i, b := range table {
		if b.Forecasts > 0 {
			b.From, b.To = float64(i)/bins, float64(i+1)/bins
			b.Strength /= float64(b.Forecasts)
			b.Came /= float64(b.Forecasts)
			out = append(out, b)
		}
	}
	return out
}
