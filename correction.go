package chancery

import (
	"encoding/json"
	"fmt"
	"time"
)

// Verdict is what a person said of a record.
type Verdict string

// The verdicts.
const (
	Confirmed Verdict = "confirmed"
	Rejected  Verdict = "rejected"
	Amended   Verdict = "amended"   // Correction.Amendment says how
	Withdrawn Verdict = "withdrawn" // takes back the correction that Correction.Withdraws names
)

// Verdicts lists all verdicts in a fixed order.
func Verdicts() []Verdict { return []Verdict{Confirmed, Rejected, Amended, Withdrawn} }

// ParseVerdict reads a verdict. The error lists the valid ones.
func ParseVerdict(s string) (Verdict, error) { return parse("verdict", Verdict(s), Verdicts()) }

// Correction is what a person said of a record: by whom, when and why. It
// outlives every reading; a later one on the same record overrides it.
type Correction struct {
	Number    int64           `json:"number"`              // given by the store, growing
	Record    string          `json:"record"`              // record id
	Article   string          `json:"article"`             // article id
	Kind      string          `json:"kind"`                // "event", "quote", ...
	Verdict   Verdict         `json:"verdict"`             //
	Was       json.RawMessage `json:"was"`                 // the record as it stood, with its evidence
	Amendment json.RawMessage `json:"amendment,omitempty"` // the record as it should be, of Was's shape
	Withdraws int64           `json:"withdraws,omitempty"` // number of the correction taken back
	Who       string          `json:"who"`
	When      time.Time       `json:"when"` // UTC
	Why       string          `json:"why,omitempty"`
}

// Validate returns ErrInvalid when the correction lacks a part or has one that
// does not go with its verdict.
func (c Correction) Validate() error {
	switch _, err := ParseVerdict(string(c.Verdict)); {
	case err != nil:
		return err
	case c.Record == "" || c.Who == "" || c.When.IsZero():
		return fmt.Errorf("%w: a correction needs a record, a person and a time", ErrInvalid)
	case (c.Verdict == Amended) != (len(c.Amendment) > 0):
		return fmt.Errorf("%w: an amendment goes with the verdict %q and no other", ErrInvalid, Amended)
	case len(c.Amendment) > 0 && !json.Valid(c.Amendment):
		return fmt.Errorf("%w: the amendment is not JSON", ErrInvalid)
	case (c.Verdict == Withdrawn) != (c.Withdraws != 0):
		return fmt.Errorf("%w: the verdict %q names the correction it takes back, and no other does", ErrInvalid, Withdrawn)
	}
	return nil
}

// Correct changes the reading to what people said of its records: it leaves out
// what they rejected and puts an amendment in the record's place. Of several
// corrections on a record the last that is not withdrawn counts; all are those of
// the reading's article, in the order of their numbers. An amendment that does
// not fit the article's text or the vocabulary is passed over.
func (r *Reading) Correct(all []Correction, text string) {
	gone := map[int64]bool{}
	for _, c := range all {
		gone[c.Withdraws] = true
	}
	last := map[string]Correction{}
	for _, c := range all {
		if c.Verdict != Withdrawn && !gone[c.Number] {
			last[c.Record] = c
		}
	}
	if len(last) == 0 {
		return
	}
	r.Events = corrected(r.Events, last, func(e *Event) *string { return &e.ID }, func(e Event) Reading { return Reading{Events: []Event{e}} }, text)
	r.Quotes = corrected(r.Quotes, last, func(q *Quote) *string { return &q.ID }, func(q Quote) Reading { return Reading{Quotes: []Quote{q}} }, text)
	r.Figures = corrected(r.Figures, last, func(f *Figure) *string { return &f.ID }, func(f Figure) Reading { return Reading{Figures: []Figure{f}} }, text)
	r.Forecasts = corrected(r.Forecasts, last, func(f *Forecast) *string { return &f.ID }, func(f Forecast) Reading { return Reading{Forecasts: []Forecast{f}} }, text)
	kept := map[string]bool{}
	for i := range r.Events {
		kept[r.Events[i].ID] = true
	}
	exchanges := r.Exchanges[:0:0]
	for _, x := range r.Exchanges {
		if last[x.ID].Verdict == Rejected {
			continue
		}
		legs := x.Legs[:0:0]
		for _, leg := range x.Legs {
			if kept[leg] {
				legs = append(legs, leg)
			}
		}
		if x.Legs = legs; len(legs) > 1 {
			exchanges = append(exchanges, x)
		}
	}
	r.Exchanges = exchanges
}

// corrected applies the corrections, by record id, to the records of one kind.
func corrected[T any](records []T, last map[string]Correction, id func(*T) *string, alone func(T) Reading, text string) []T {
	out := make([]T, 0, len(records))
	for _, r := range records {
		switch c := last[*id(&r)]; c.Verdict {
		case Rejected:
			continue
		case Amended:
			var amended T
			if json.Unmarshal(c.Amendment, &amended) == nil {
				*id(&amended) = *id(&r) // the correction is on this record
				if one := alone(amended); one.Validate(text) == nil {
					r = amended
				}
			}
		}
		out = append(out, r)
	}
	return out
}
