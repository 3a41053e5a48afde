package export

import (
	"context"
	"encoding/json"
	"io"

	"chancery"
	"chancery/correct"
	"chancery/store/sqlite"
)

// KindCorrection is the kind of line of a correction.
const KindCorrection = "correction"

// Correction is the line of a correction: an example of how a sentence should
// and should not be read.
type Correction struct {
	Record    string           `json:"record"`  // "correction"
	Article   string           `json:"article"` // name
	ArticleID string           `json:"article_id"`
	Number    int64            `json:"number"`
	ID        string           `json:"id"`   // of the record it was made on
	Kind      string           `json:"kind"` // event, exchange, quote, figure, forecast
	Verdict   chancery.Verdict `json:"verdict"`
	State     correct.State    `json:"state"`
	Now       *string          `json:"now"` // id of the record it is about now; null when it no longer fits
	InForce   bool             `json:"in_force"`
	Who       string           `json:"who"`
	When      string           `json:"when"` // RFC 3339
	Why       *string          `json:"why"`
	Withdraws *int64           `json:"withdraws,omitempty"`
	Sentence  string           `json:"sentence"`
	Was       json.RawMessage  `json:"was"`       // the record as it was read
	Should    json.RawMessage  `json:"should"`    // as it should be; null when it should not be
	Amendment json.RawMessage  `json:"amendment"` // as the person wrote it; null when not amended
	Evidence  []Evidence       `json:"evidence"`
}

// CorrectionLine gives the line of a correction.
func CorrectionLine(a *chancery.Article, s correct.Standing) (Correction, error) {
	c := s.Correction
	out := Correction{Record: KindCorrection, Article: a.Name, ArticleID: a.ID, Number: c.Number, ID: c.Record, Kind: c.Kind, Verdict: c.Verdict, State: s.State,
		Now: given(s.Now), InForce: s.InForce, Who: c.Who, When: c.When.UTC().Format("2006-01-02T15:04:05Z"), Why: given(c.Why), Was: c.Was, Amendment: c.Amendment}
	if c.Withdraws != 0 {
		out.Withdraws = &c.Withdraws
	}
	var rests struct {
		Evidence []chancery.Evidence `json:"evidence"`
	}
	if err := json.Unmarshal(c.Was, &rests); err != nil {
		return out, err
	}
	out.Evidence, out.Sentence = evidence(a, rests.Evidence), under(a, rests.Evidence, chancery.RoleSentence)
	var err error
	out.Should, err = correct.Should(c)
	return out, err
}

// WriteCorrections writes what people said of the record as training data, JSON
// lines: each article of which something was said that was not taken back or
// overridden, then the corrections on it in the order in which they were made.
// Those that no longer fit the current reading are among them: they say what the
// text does and does not hold, whatever a reader makes of it.
func WriteCorrections(ctx context.Context, w io.Writer, store *sqlite.Store) error {
	all, err := store.Standings(ctx, sqlite.CorrectionFilter{})
	if err != nil {
		return err
	}
	var order []string
	by := map[string][]correct.Standing{}
	for _, s := range all {
		if s.InForce || s.State == correct.Lost && !s.Withdrawn && s.Correction.Verdict != chancery.Withdrawn {
			if by[s.Correction.Article] == nil {
				order = append(order, s.Correction.Article)
			}
			by[s.Correction.Article] = append(by[s.Correction.Article], s)
		}
	}
	for _, id := range order {
		a, err := store.Article(ctx, id)
		if err != nil {
			return err
		}
		version := ""
		if r, err := store.Reading(ctx, id); err == nil {
			version = r.Version
		}
		if err := JSONLine(w, ArticleLine(a, version)); err != nil {
			return err
		}
		for _, s := range by[id] {
			line, err := CorrectionLine(a, s)
			if err != nil {
				return err
			}
			if err := JSONLine(w, line); err != nil {
				return err
			}
		}
	}
	return nil
}
