package httpapi

import (
	"context"

	"chancery"
	"chancery/store/sqlite"
)

func (a *api) events(ctx context.Context, in *eventFilter) (*Page[EventRow], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	p, err := a.Store.Events(ctx, f)
	return paged(p, eventRow), err
}

// speakerFilter is the filter of GET /quotes.
type speakerFilter struct {
	Window
	Speaker string `query:"speaker" doc:"code or name"`
}

func (a *api) quotes(ctx context.Context, in *speakerFilter) (*Page[QuoteRow], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	f.Actor = in.Speaker
	p, err := a.Store.Quotes(ctx, f)
	return paged(p, quoteRow), err
}

// figureFilter is the filter of GET /figures.
type figureFilter struct {
	Window
	Unit string `query:"unit" doc:"USD, percent, ..."`
}

func (a *api) figures(ctx context.Context, in *figureFilter) (*Page[FigureRow], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	f.Unit = in.Unit
	p, err := a.Store.Figures(ctx, f)
	return paged(p, figureRow), err
}

// forecastFilter is the filter of GET /forecasts.
type forecastFilter struct {
	Window
	Holder      string  `query:"holder" doc:"code or name; author for the writer"`
	Subject     string  `query:"subject" doc:"code or name"`
	Outlook     string  `query:"outlook" enum:"due,ahead,settled" doc:"its day has passed and nobody has said what came of it; still to come; settled"`
	MinStrength float64 `query:"min_strength" minimum:"0" maximum:"1" doc:"how sure the holder sounds, at least"`
}

func (a *api) forecasts(ctx context.Context, in *forecastFilter) (*Page[ForecastRow], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	f.Actor, f.Recipient, f.MinProbability, f.Outlook, f.Today = in.Holder, in.Subject, in.MinStrength, sqlite.Outlook(in.Outlook), a.Now()
	p, err := a.Store.Forecasts(ctx, f)
	if err != nil {
		return nil, err
	}
	return a.forecastRows(ctx, p)
}

// exchangeFilter is the filter of GET /exchanges.
type exchangeFilter struct {
	Window
	Between  []string `query:"between" maxItems:"2" doc:"two parties that give to each other: USA,PAK"`
	Giver    string   `query:"giver" doc:"code or name"`
	Receiver string   `query:"receiver" doc:"code or name"`
}

func (a *api) exchanges(ctx context.Context, in *exchangeFilter) (*Page[ExchangeRow], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	if f.Between, err = pair(in.Between); err != nil {
		return nil, err
	}
	f.Giver, f.Receiver = in.Giver, in.Receiver
	p, err := a.Store.Exchanges(ctx, f)
	if err != nil {
		return nil, err
	}
	legs, err := a.Store.Legs(ctx, p.Rows)
	if err != nil {
		return nil, err
	}
	out := &Page[ExchangeRow]{Items: make([]ExchangeRow, 0, len(p.Rows)), Next: p.Next}
	for _, r := range p.Rows {
		row := ExchangeRow{Exchange: r.Record, Place: place(r.Article, sentenceOf(r.Record.Evidence), r.Verdict), Events: []EventRow{}}
		for _, leg := range legs[r.Record.ID] {
			row.Events = append(row.Events, eventRow(leg))
		}
		out.Items = append(out.Items, row)
	}
	return out, nil
}

// actorFilter is the filter of GET /actors.
type actorFilter struct {
	Party   string `query:"party" doc:"code or name"`
	Article string `query:"article" doc:"article id or name"`
	Source  string `query:"source" doc:"publisher, as printed"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

// ActorRow is an actor with how often it is spoken of.
type ActorRow struct {
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Roles    []string `json:"roles"`
	Articles int      `json:"articles"`
	Mentions int      `json:"mentions"`
}

func (a *api) actors(ctx context.Context, in *actorFilter) (*Page[ActorRow], error) {
	rows, err := a.Store.Actors(ctx, sqlite.Filter{Party: in.Party, Article: in.Article, Source: in.Source, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &Page[ActorRow]{Items: make([]ActorRow, 0, len(rows))}
	for _, r := range rows {
		out.Items = append(out.Items, ActorRow(r))
	}
	return out, nil
}

// DyadFilter narrows what is asked of a dyad.
type DyadFilter struct {
	Actor     string `query:"actor" doc:"state"`
	Recipient string `query:"recipient" doc:"state"`
	Since     string `query:"since" doc:"2025, 2025-06 or 2025-06-18"`
	Until     string `query:"until" doc:"2025, 2025-06 or 2025-06-18"`
	Without   string `query:"without" doc:"leave this source out"`
}

func (d DyadFilter) filter() (sqlite.DyadFilter, error) {
	f := sqlite.DyadFilter{Actor: d.Actor, Recipient: d.Recipient, WithoutSource: d.Without}
	var err error
	if f.Since, err = chancery.ParseDate(d.Since); err != nil {
		return f, err
	}
	f.Until, err = chancery.ParseDate(d.Until)
	return f, err
}

type dyadsInput struct {
	DyadFilter
	Limit int `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

// DyadRow is a pair of states with its events by quad class.
type DyadRow struct {
	Actor     string  `json:"actor"`
	Recipient string  `json:"recipient"`
	Events    int     `json:"events"`
	Quads     [4]int  `json:"quads" doc:"verbal cooperation, material cooperation, verbal conflict, material conflict"`
	Intensity float64 `json:"intensity" doc:"sum, Goldstein scale"`
}

func (a *api) dyads(ctx context.Context, in *dyadsInput) (*Page[DyadRow], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.Dyads(ctx, f, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &Page[DyadRow]{Items: make([]DyadRow, 0, len(rows))}
	for _, r := range rows {
		out.Items = append(out.Items, DyadRow{r.Actor, r.Recipient, r.Events, [4]int(r.Quads[1:]), r.Intensity})
	}
	return out, nil
}

type seriesInput struct {
	DyadFilter
	By string `query:"by" enum:"day,week,month,year" default:"month"`
}

// SeriesRow is one period and quad class of a series.
type SeriesRow struct {
	Start     chancery.Date      `json:"start" doc:"first day of the period"`
	Quad      chancery.QuadClass `json:"quad"`
	Events    int                `json:"events" doc:"reports"`
	Weight    float64            `json:"weight" doc:"happenings, each counted once"`
	Intensity float64            `json:"intensity" doc:"sum, weighted likewise"`
}

func (a *api) series(ctx context.Context, in *seriesInput) (*Page[SeriesRow], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.Series(ctx, f, sqlite.Period(in.By))
	if err != nil {
		return nil, err
	}
	out := &Page[SeriesRow]{Items: make([]SeriesRow, 0, len(rows))}
	for _, r := range rows {
		out.Items = append(out.Items, SeriesRow{chancery.DateOf(r.Start), r.Quad, r.Events, r.Weight, r.Intensity})
	}
	return out, nil
}
