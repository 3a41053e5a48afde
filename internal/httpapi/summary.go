package httpapi

import (
	"context"

	"chancery/store/sqlite"
)

// RecordSummary is what the first view shows.
type RecordSummary struct {
	Version string         `json:"version"`
	Counts  map[string]int `json:"counts" doc:"article, event, exchange, quote, figure, forecast"`
	Sources []SourceRow    `json:"sources"`
	Dyads   []DyadRow      `json:"dyads" doc:"the busiest"`
	Latest  []ArticleRow   `json:"latest" doc:"by date of publication"`
	Deals   []ExchangeRow  `json:"deals" doc:"the latest exchanges"`
}

// SourceRow is a publisher.
type SourceRow struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
	Reprints int    `json:"reprints"`
}

func (a *api) summary(ctx context.Context, _ *struct{}) (*RecordSummary, error) {
	out := &RecordSummary{Version: a.Version, Counts: map[string]int{}, Sources: []SourceRow{}}
	n, err := a.Store.Count(ctx, "", sqlite.Filter{})
	if err != nil {
		return nil, err
	}
	out.Counts["article"] = n
	for _, k := range sqlite.Kinds() {
		if out.Counts[string(k)], err = a.Store.Count(ctx, k, sqlite.Filter{}); err != nil {
			return nil, err
		}
	}
	sources, err := a.Store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		out.Sources = append(out.Sources, SourceRow(s))
	}
	dyads, err := a.dyads(ctx, &dyadsInput{Limit: 12})
	if err != nil {
		return nil, err
	}
	out.Dyads = dyads.Items
	latest, err := a.articles(ctx, &articlesInput{Window: Window{Order: string(sqlite.OrderNewest), Limit: 8}})
	if err != nil {
		return nil, err
	}
	out.Latest = latest.Items
	deals, err := a.exchanges(ctx, &exchangeFilter{Window: Window{Order: string(sqlite.OrderNewest), Limit: 6}})
	if err != nil {
		return nil, err
	}
	out.Deals = deals.Items
	return out, nil
}
