package chancery

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Outcome says what came of a forecast.
type Outcome string

// The outcomes.
const (
	CameTrue  Outcome = "yes"
	CamePart  Outcome = "partly"
	CameFalse Outcome = "no"
	Unsettled Outcome = "open" // takes back what was said before
)

// Outcomes lists all outcomes in a fixed order.
func Outcomes() []Outcome { return []Outcome{CameTrue, CamePart, CameFalse, Unsettled} }

// ParseOutcome reads an outcome. The error lists the valid ones.
func ParseOutcome(s string) (Outcome, error) { return parse("outcome", Outcome(s), Outcomes()) }

// Value is the outcome as a number: 1 came true, 0 did not, 0.5 in part; that
// of Unsettled is 0 and means nothing.
func (o Outcome) Value() float64 {
	switch o {
	case CameTrue:
		return 1
	case CamePart:
		return 0.5
	}
	return 0
}

// Settlement is what a person found to have come of a forecast. It outlives
// every reading; a later one on the same forecast overrides it.
type Settlement struct {
	Number   int64           `json:"number"`   // given by the store, growing
	Forecast string          `json:"forecast"` // record id
	Article  string          `json:"article"`  // article id
	Outcome  Outcome         `json:"outcome"`
	Why      string          `json:"why"`
	Evidence string          `json:"evidence,omitempty"` // id of a record, or an address
	Was      json.RawMessage `json:"was"`                // the forecast as it stood
	Who      string          `json:"who"`
	When     time.Time       `json:"when"` // UTC
}

// Validate returns ErrInvalid when the settlement lacks a part.
func (s Settlement) Validate() error {
	if _, err := ParseOutcome(string(s.Outcome)); err != nil {
		return err
	}
	if s.Forecast == "" || s.Who == "" || s.When.IsZero() || strings.TrimSpace(s.Why) == "" {
		return fmt.Errorf("%w: a forecast is settled by someone, at some time, for a reason", ErrInvalid)
	}
	return nil
}

// Before is the forecast as it stood when it was settled.
func (s Settlement) Before() (Forecast, error) {
	var f Forecast
	if err := json.Unmarshal(s.Was, &f); err != nil {
		return f, fmt.Errorf("settlement %d: %w", s.Number, err)
	}
	return f, nil
}
