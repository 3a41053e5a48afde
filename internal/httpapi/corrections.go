package httpapi

import (
	"context"
	"encoding/json"

	"chancery"
	"chancery/correct"
	"chancery/store/sqlite"
)

type correctionsInput struct {
	Record  string `query:"record" doc:"record id: those made on it and those that follow to it"`
	Article string `query:"article" doc:"article id"`
	State   string `query:"state" enum:"applies,follows,no longer fits" doc:"where it stands against the current reading"`
	After   int64  `query:"after" minimum:"0" doc:"only those with a larger number"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

// CorrectionState is a correction and where it stands against the current
// reading of its article.
type CorrectionState struct {
	chancery.Correction
	State     correct.State `json:"state" enum:"applies,follows,no longer fits" doc:"the reading has the record; has another that says the same of the same words; has neither"`
	Now       string        `json:"now,omitempty" doc:"id of the record it is about now"`
	Differs   []string      `json:"differs,omitempty" doc:"fields that the record it follows to has otherwise"`
	InForce   bool          `json:"in_force" doc:"it counts: not withdrawn, not lost, not overridden by a later one"`
	Withdrawn bool          `json:"withdrawn,omitempty"`
}

// CorrectionRow is a correction in a listing.
type CorrectionRow struct {
	CorrectionState
	Fits bool       `json:"fits" doc:"it applies or follows; false asks for a look"`
	In   ArticleRef `json:"in"`
}

func stateOf(s correct.Standing) CorrectionState {
	return CorrectionState{Correction: s.Correction, State: s.State, Now: s.Now, Differs: s.Differs, InForce: s.InForce, Withdrawn: s.Withdrawn}
}

// statesOf lists where corrections stand.
func (a *api) statesOf(ctx context.Context, f sqlite.CorrectionFilter) ([]CorrectionState, error) {
	all, err := a.Store.Standings(ctx, f)
	if err != nil {
		return nil, err
	}
	out := make([]CorrectionState, len(all))
	for i, s := range all {
		out[i] = stateOf(s)
	}
	return out, nil
}

func (a *api) corrections(ctx context.Context, in *correctionsInput) (*Page[CorrectionRow], error) {
	all, err := a.Store.Standings(ctx, sqlite.CorrectionFilter{Record: in.Record, Article: in.Article, State: correct.State(in.State), After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, s := range all {
		ids = append(ids, s.Correction.Article)
	}
	articles, err := a.Store.ArticlesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := &Page[CorrectionRow]{Items: []CorrectionRow{}}
	for _, s := range all {
		out.Items = append(out.Items, CorrectionRow{CorrectionState: stateOf(s), Fits: s.State != correct.Lost, In: refer(articles[s.Correction.Article])})
	}
	return out, nil
}

type correctInput struct {
	Body struct {
		Record    string           `json:"record" minLength:"1" maxLength:"64" doc:"record id"`
		Verdict   chancery.Verdict `json:"verdict" enum:"confirmed,rejected,amended,withdrawn"`
		Amendment json.RawMessage  `json:"amendment,omitempty" doc:"the record as it should be; with the verdict amended only"`
		Withdraws int64            `json:"withdraws,omitempty" doc:"number of the correction to take back; with the verdict withdrawn only"`
		Who       string           `json:"who" minLength:"1" maxLength:"200"`
		Why       string           `json:"why,omitempty" maxLength:"4000"`
	}
}

func (a *api) correct(ctx context.Context, in *correctInput) (*chancery.Correction, error) {
	c, err := a.Store.Correct(ctx, chancery.Correction{Record: in.Body.Record, Verdict: in.Body.Verdict, Amendment: in.Body.Amendment,
		Withdraws: in.Body.Withdraws, Who: in.Body.Who, Why: in.Body.Why, When: a.Now()})
	if err != nil {
		return nil, err
	}
	return &c, a.Collate(ctx)
}
