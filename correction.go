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
