package httpapi

import (
	"context"
	"encoding/json"
	"errors"

	"chancery"
	"chancery/store/sqlite"
)

type correctionsInput struct {
	Record  string `query:"record" doc:"record id"`
	Article string `query:"article" doc:"article id"`
	After   int64  `query:"after" minimum:"0" doc:"only those with a larger number"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

// CorrectionRow is a correction and whether the current reading still has its record.
type CorrectionRow struct {
	chancery.Correction
	Fits bool       `json:"fits" doc:"a current reading has the record; false asks for a look"`
	In   ArticleRef `json:"in"`
}

func (a *api) corrections(ctx context.Context, in *correctionsInput) (*Page[CorrectionRow], error) {
	said, err := a.Store.Corrections(ctx, sqlite.CorrectionFilter{Record: in.Record, Article: in.Article, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &Page[CorrectionRow]{Items: make([]CorrectionRow, 0, len(said))}
	for _, c := range said {
		row := CorrectionRow{Correction: c}
		switch _, err := a.Store.Record(ctx, c.Record); {
		case err == nil:
			row.Fits = true
		case !errors.Is(err, chancery.ErrNotFound):
			return nil, err
		}
		article, err := a.Store.Article(ctx, c.Article)
		if err != nil {
			return nil, err
		}
		row.In = refer(article)
		out.Items = append(out.Items, row)
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
	return &c, nil
}
