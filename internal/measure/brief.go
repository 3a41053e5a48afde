package measure

import (
	"context"
	"fmt"
	"slices"
	"time"

	"chancery"
	"chancery/collate"
	"chancery/relation"
	"chancery/report"
	"chancery/store/sqlite"
)

// BriefQuery says what a brief is to be of.
type BriefQuery struct {
	A, B         string          // codes of states or bodies
	Since, Until chancery.Date   // zero for no bound
	Source       string          // the only publisher heard, "" for all
	Period       relation.Period // of the series; "" takes what the span asks for
	Today        time.Time
	Version      string // of the reader
	Page         string // address the page is served at, "" when not known
}

// Brief makes the brief of the relation of two parties. It returns
// chancery.ErrInvalid when the two are one or one is missing.
func Brief(ctx context.Context, store *sqlite.Store, q BriefQuery) (*report.Brief, error) {
	switch {
	case q.A == "" || q.B == "":
		return nil, fmt.Errorf("%w: a brief needs two parties, as USA PAK", chancery.ErrInvalid)
	case q.A == q.B:
		return nil, fmt.Errorf("%w: a brief needs two parties, not %s twice", chancery.ErrInvalid, q.A)
	}
	in := report.Input{A: report.Party{Code: q.A}, B: report.Party{Code: q.B}, Since: q.Since, Until: q.Until, Source: q.Source,
		Today: q.Today, Version: q.Version, Page: q.Page}
	var err error
	for _, p := range []*report.Party{&in.A, &in.B} {
		if p.Name, err = store.PartyName(ctx, p.Code); err != nil {
			return nil, err
		}
	}
	if in.Account, err = Account(ctx, store, q.A, q.B, q.Source); err != nil {
		return nil, err
	}
	if in.Relation, err = series(ctx, store, q); err != nil {
		return nil, err
	}
	findings, err := store.Findings(ctx, sqlite.FindingFilter{Between: [2]string{q.A, q.B}})
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range findings {
		for _, p := range f.Passages {
			ids = append(ids, p.Article)
		}
	}
	if in.Articles, err = store.ArticlesOf(ctx, ids); err != nil {
		return nil, err
	}
	for _, f := range findings {
		if slices.ContainsFunc(f.Passages, func(p collate.Passage) bool { return q.heard(in.Articles[p.Article]) }) {
			in.Findings = append(in.Findings, f)
		}
	}
	forecasts, err := store.ForecastsBetween(ctx, q.A, q.B)
	if err != nil {
		return nil, err
	}
	settlements, err := store.Settlements(ctx)
	if err != nil {
		return nil, err
	}
	settled := map[string]*chancery.Settlement{}
	for i := range settlements {
		settled[settlements[i].Forecast] = &settlements[i]
	}
	for _, f := range forecasts {
		if q.heard(f.Article) {
			in.Forecasts = append(in.Forecasts, report.Forecast{Article: f.Article, Record: f.Record, Settled: settled[f.Record.ID]})
		}
	}
	return report.New(in), nil
}

// heard reports whether an article may stand in the brief: by its publisher, and
// by its date where a period is asked for.
func (q BriefQuery) heard(a *chancery.Article) bool {
	if q.Source != "" && a.Source != q.Source {
		return false
	}
	d := a.Published
	return (q.Since.IsZero() || !d.IsZero() && !d.Last().Before(q.Since.First())) && (q.Until.IsZero() || !d.IsZero() && !d.First().After(q.Until.Last()))
}

// mostMonths and mostWeeks are how many of each a figure can show.
const (
	mostMonths = 60
	mostWeeks  = 20
)

// series measures the relation by the period asked for, or by the shortest that
// a figure of the whole span can show.
func series(ctx context.Context, store *sqlite.Store, q BriefQuery) (*relation.Relation, error) {
	obs, err := observations(ctx, store, relation.Query{A: []string{q.A}, B: []string{q.B}, Since: q.Since, Until: q.Until})
	if err != nil {
		return nil, err
	}
	if q.Source != "" {
		kept := obs[:0]
		for _, o := range obs {
			if o.Source == q.Source {
				kept = append(kept, o)
			}
		}
		obs = kept
	}
	rq := relation.Query{A: []string{q.A}, B: []string{q.B}, Since: q.Since, Until: q.Until, Period: q.Period}
	if rq.Period == "" {
		var first, last time.Time
		for _, o := range obs {
			if o.Day.IsZero() {
				continue
			}
			if first.IsZero() || o.Day.Before(first) {
				first = o.Day
			}
			if o.Day.After(last) {
				last = o.Day
			}
		}
		switch span := last.Sub(first).Hours() / 24; {
		case span < 7*mostWeeks:
			rq.Period = relation.Week
		case span < 30*mostMonths:
			rq.Period = relation.Month
		default:
			rq.Period = relation.Year
		}
	}
	return relation.Measure(obs, rq), nil
}
