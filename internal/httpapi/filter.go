package httpapi

import (
	"fmt"

	"chancery"
	"chancery/store/sqlite"
)

// pageSize is how many rows an answer holds unless asked otherwise.
const pageSize = 100

// Window is the part of a filter that every listing has.
type Window struct {
	Article string `query:"article" doc:"article id or name"`
	Source  string `query:"source" doc:"publisher, as printed"`
	Since   string `query:"since" doc:"2025, 2025-06 or 2025-06-18"`
	Until   string `query:"until" doc:"2025, 2025-06 or 2025-06-18"`
	Order   string `query:"order" enum:"oldest,newest" doc:"by date; left out, in the order of the text"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"rows at most"`
	Cursor  string `query:"cursor" doc:"next of the page before"`
}

func (w Window) filter() (sqlite.Filter, error) {
	f := sqlite.Filter{Article: w.Article, Source: w.Source, Order: sqlite.Order(w.Order), Limit: w.Limit, Cursor: w.Cursor}
	if f.Limit == 0 {
		f.Limit = pageSize
	}
	var err error
	if f.Since, err = chancery.ParseDate(w.Since); err != nil {
		return f, err
	}
	f.Until, err = chancery.ParseDate(w.Until)
	return f, err
}

// window reads the two bounds of a period.
func window(since, until string) (from, to chancery.Date, err error) {
	if from, err = chancery.ParseDate(since); err != nil {
		return from, to, err
	}
	if to, err = chancery.ParseDate(until); err != nil {
		return from, to, err
	}
	if !from.IsZero() && !to.IsZero() && to.Last().Before(from.First()) {
		err = fmt.Errorf("%w: until %s lies before since %s", chancery.ErrInvalid, to, from)
	}
	return from, to, err
}

// eventFilter is the filter of GET /events, the same as the command's.
type eventFilter struct {
	Window
	Actor          string   `query:"actor" doc:"code or name: PAK, USAGOV, \"Asim Munir\""`
	Recipient      string   `query:"recipient" doc:"code or name"`
	Party          string   `query:"party" doc:"code or name, anywhere in the event"`
	Between        []string `query:"between" maxItems:"2" doc:"two parties, on opposite sides: USA,PAK"`
	Type           []string `query:"type" doc:"PLOVER types"`
	Status         []string `query:"status" doc:"statuses"`
	Good           []string `query:"good" doc:"kinds of good"`
	HasGood        bool     `query:"has_good" doc:"only events that hand over, offer, ask for or withhold something"`
	MinProbability float64  `query:"min_probability" minimum:"0" maximum:"1" doc:"least probability of the type"`
}

func (e eventFilter) filter() (sqlite.Filter, error) {
	f, err := e.Window.filter()
	if err != nil {
		return f, err
	}
	f.Actor, f.Recipient, f.Party, f.HasGood, f.MinProbability = e.Actor, e.Recipient, e.Party, e.HasGood, e.MinProbability
	if f.Between, err = pair(e.Between); err != nil {
		return f, err
	}
	if f.Types, err = each(e.Type, chancery.ParseEventType); err != nil {
		return f, err
	}
	if f.Statuses, err = each(e.Status, chancery.ParseStatus); err != nil {
		return f, err
	}
	f.Goods, err = each(e.Good, chancery.ParseGoodKind)
	return f, err
}

func pair(parties []string) (two [2]string, err error) {
	switch len(parties) {
	case 0:
	case 2:
		two = [2]string{parties[0], parties[1]}
	default:
		err = fmt.Errorf("%w: between takes two parties, as between=USA,PAK", chancery.ErrInvalid)
	}
	return two, err
}

func each[T any](in []string, parse func(string) (T, error)) ([]T, error) {
	var out []T
	for _, s := range in {
		v, err := parse(s)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
