package httpapi

import (
	"context"

	"chancery"
	"chancery/internal/measure"
	"chancery/relation"
)

type relationInput struct {
	A              []string `query:"a" required:"true" minItems:"1" maxItems:"20" doc:"states or bodies of one side: USA"`
	B              []string `query:"b" maxItems:"20" doc:"of the other side; left out, everybody"`
	By             string   `query:"by" enum:"day,week,month,year" default:"month"`
	Since          string   `query:"since" doc:"2025, 2025-06 or 2025-06-18"`
	Until          string   `query:"until" doc:"2025, 2025-06 or 2025-06-18"`
	MinProbability float64  `query:"min_probability" minimum:"0" maximum:"1"`
}

func (a *api) relation(ctx context.Context, in *relationInput) (*relation.Relation, error) {
	q := relation.Query{A: in.A, B: in.B, Period: relation.Period(in.By), MinProbability: in.MinProbability}
	var err error
	if q.Since, err = chancery.ParseDate(in.Since); err != nil {
		return nil, err
	}
	if q.Until, err = chancery.ParseDate(in.Until); err != nil {
		return nil, err
	}
	return measure.Relation(ctx, a.Store, q)
}
