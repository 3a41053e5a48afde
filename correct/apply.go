package correct

import (
	"encoding/json"
	"fmt"
	"slices"

	"chancery"
)

// Apply gives the reading as it stands by the corrections in force, without
// changing r, and what was said of each record by its id. A rejected record is
// left out; an amended one keeps its id and has the fields that the amendment
// changes. An exchange loses its rejected legs, and is left out when fewer than
// two remain; events no longer name an exchange that is left out. An amendment
// that no longer makes a record that fits the text changes nothing.
func Apply(r *chancery.Reading, said []Standing, text string) (*chancery.Reading, map[string]chancery.Verdict) {
	verdicts := map[string]chancery.Verdict{}
	amended := map[string]chancery.Correction{}
	for _, s := range said {
		if s.InForce {
			verdicts[s.Now] = s.Correction.Verdict
			if s.Correction.Verdict == chancery.Amended {
				amended[s.Now] = s.Correction
			}
		}
	}
	if len(verdicts) == 0 {
		return r, verdicts
	}
	out := *r
	out.Events = kept(r.Events, func(x *chancery.Event) string { return x.ID }, kindEvent, verdicts, amended, text)
	out.Quotes = kept(r.Quotes, func(x *chancery.Quote) string { return x.ID }, kindQuote, verdicts, amended, text)
	out.Figures = kept(r.Figures, func(x *chancery.Figure) string { return x.ID }, kindFigure, verdicts, amended, text)
	out.Forecasts = kept(r.Forecasts, func(x *chancery.Forecast) string { return x.ID }, kindForecast, verdicts, amended, text)
	has := map[string]bool{}
	for i := range out.Events {
		has[out.Events[i].ID] = true
	}
	out.Exchanges = nil
	stands := map[string]bool{}
	for _, x := range kept(r.Exchanges, func(x *chancery.Exchange) string { return x.ID }, kindExchange, verdicts, amended, text) {
		x.Legs = slices.DeleteFunc(slices.Clone(x.Legs), func(leg string) bool { return !has[leg] })
		if len(x.Legs) >= 2 {
			out.Exchanges = append(out.Exchanges, x)
			stands[x.ID] = true
		}
	}
	for i := range out.Events {
		if e := &out.Events[i]; e.Exchange != "" && !stands[e.Exchange] {
			e.Exchange = ""
		}
	}
	return &out, verdicts
}

// kept lists the records that were not rejected, those that were amended as they
// should be.
func kept[T any](all []T, id func(*T) string, kind string, verdicts map[string]chancery.Verdict, amended map[string]chancery.Correction, text string) []T {
	var out []T
	for i := range all {
		x := all[i]
		switch verdicts[id(&x)] {
		case chancery.Rejected:
			continue
		case chancery.Amended:
			if as, err := amend(x, kind, amended[id(&x)], text); err == nil {
				x = as
			} else {
				delete(verdicts, id(&x))
			}
		}
		out = append(out, x)
	}
	return out
}

// amend lays what the correction changes over a record.
func amend[T any](x T, kind string, c chancery.Correction, text string) (T, error) {
	changes, err := Changes(c)
	if err != nil {
		return x, err
	}
	was, err := json.Marshal(x)
	if err != nil {
		return x, err
	}
	body, err := lay(kind, changes, was)
	if err != nil {
		return x, err
	}
	r, err := one(kind, body)
	if err == nil {
		err = r.Validate(text)
	}
	if err != nil {
		return x, fmt.Errorf("correction %d: %w", c.Number, err)
	}
	var as T
	return as, json.Unmarshal(body, &as)
}
