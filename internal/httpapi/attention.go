package httpapi

import (
	"cmp"
	"context"
	"slices"

	"chancery"
	"chancery/collate"
	"chancery/correct"
	"chancery/store/sqlite"
)

// Attention is what deserves a look, a few of each.
type Attention struct {
	Findings []FindingRow    `json:"findings" doc:"the surest of each kind, the surest kind first"`
	Broken   []EventRow      `json:"broken" doc:"what was promised and then withheld or broken, the latest first"`
	Due      []ForecastRow   `json:"due" doc:"forecasts whose day has passed and of which nobody has said what came of them"`
	Lost     []CorrectionRow `json:"lost" doc:"what people said of records that no reading has any longer"`
}

// aFew is how many of each kind of thing deserve a look at once.
const aFew = 6

func (a *api) attention(ctx context.Context, _ *struct{}) (*Attention, error) {
	out := &Attention{}
	var surest []collate.Finding
	for _, k := range collate.FindingKinds() {
		rows, err := a.Store.Findings(ctx, sqlite.FindingFilter{Kind: k, Surest: true, Limit: 1})
		if err != nil {
			return nil, err
		}
		surest = append(surest, rows...)
	}
	slices.SortStableFunc(surest, func(x, y collate.Finding) int { return cmp.Compare(y.Sure, x.Sure) })
	var err error
	if out.Findings, err = a.findingRows(ctx, surest[:min(len(surest), aFew)]); err != nil {
		return nil, err
	}
	broken, err := a.Store.Events(ctx, sqlite.Filter{Statuses: []chancery.Status{chancery.Reneged, chancery.Withheld}, HasGood: true, Order: sqlite.OrderNewest, Limit: aFew})
	if err != nil {
		return nil, err
	}
	out.Broken = paged(broken, eventRow).Items
	due, err := a.Store.Forecasts(ctx, sqlite.Filter{Outlook: sqlite.OutlookDue, Today: a.Now(), Order: sqlite.OrderNewest, Limit: aFew})
	if err != nil {
		return nil, err
	}
	rows, err := a.forecastRows(ctx, due)
	if err != nil {
		return nil, err
	}
	out.Due = rows.Items
	lost, err := a.corrections(ctx, &correctionsInput{State: string(correct.Lost), Limit: aFew})
	if err != nil {
		return nil, err
	}
	out.Lost = lost.Items
	return out, nil
}
