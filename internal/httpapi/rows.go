package httpapi

import (
	"context"

	"chancery"
	"chancery/store/sqlite"
)

// ArticleRef names the article that a record points into.
type ArticleRef struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Title     string        `json:"title"`
	Source    string        `json:"source"`
	Published chancery.Date `json:"published,omitzero"`
}

func refer(a *chancery.Article) ArticleRef {
	return ArticleRef{ID: a.ID, Name: a.Name, Title: a.Title, Source: a.Source, Published: a.Published}
}

// Place is where a record stands: its article and the characters of its sentence.
type Place struct {
	In      ArticleRef `json:"in"`
	Passage string     `json:"passage" doc:"the sentence the record rests on"`
	// Said is what a person said of the record.
	Said chancery.Verdict `json:"said,omitempty" enum:"confirmed,amended,rejected,dropped" doc:"what a person said of the record; dropped is an exchange that lost its legs"`
}

func place(a *chancery.Article, r chancery.ByteRange, said chancery.Verdict) Place {
	return Place{In: refer(a), Passage: r.Of(a.Text), Said: said}
}

// EventRow is an event with its place.
type EventRow struct {
	chancery.Event
	Place
	GoodText string `json:"good_text,omitempty" doc:"the good's phrase"`
}

// QuoteRow is a quote with its place and words.
type QuoteRow struct {
	chancery.Quote
	Place
	Words string `json:"words"`
}

// FigureRow is a figure with its place and words.
type FigureRow struct {
	chancery.Figure
	Place
	Printed string `json:"printed"`
	Counts  string `json:"counts" doc:"what the number counts"`
}

// ForecastRow is a forecast with its place and words.
type ForecastRow struct {
	chancery.Forecast
	Place
	Foretold   string               `json:"foretold"`
	Due        bool                 `json:"due,omitempty" doc:"its day has passed, and nobody has said what came of it"`
	Settlement *chancery.Settlement `json:"settlement,omitempty" doc:"what came of it, where a person said so"`
}

// ExchangeRow is an exchange with its legs.
type ExchangeRow struct {
	chancery.Exchange
	Place
	Events []EventRow `json:"events" doc:"the legs, in the order of the text"`
}

// ArticleRow is an article in a listing, with how much its reading holds.
type ArticleRow struct {
	ArticleRef
	Byline    string `json:"byline,omitempty"`
	URL       string `json:"url,omitempty"`
	Language  string `json:"language,omitempty"`
	ReprintOf string `json:"reprint_of,omitempty"`
	Bytes     int    `json:"bytes"`
	Coded     bool   `json:"coded"`
	Events    int    `json:"events"`
	Exchanges int    `json:"exchanges"`
	Quotes    int    `json:"quotes"`
	Figures   int    `json:"figures"`
	Forecasts int    `json:"forecasts"`
}

// Page is a run of rows; Next is empty on the last.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

func eventRow(r sqlite.Row[chancery.Event]) EventRow {
	row := EventRow{Event: r.Record, Place: place(r.Article, r.Record.Sentence, r.Verdict)}
	if g := r.Record.Good; g != nil {
		row.GoodText = words(r.Article, g.Phrase)
	}
	return row
}

func quoteRow(r sqlite.Row[chancery.Quote]) QuoteRow {
	return QuoteRow{r.Record, place(r.Article, r.Record.Sentence, r.Verdict), words(r.Article, r.Record.Text)}
}

func figureRow(r sqlite.Row[chancery.Figure]) FigureRow {
	return FigureRow{r.Record, place(r.Article, r.Record.Sentence, r.Verdict), words(r.Article, r.Record.Value), words(r.Article, r.Record.Of)}
}

// forecastRows sets a page of forecasts with what came of them.
func (a *api) forecastRows(ctx context.Context, p sqlite.Page[sqlite.Row[chancery.Forecast]]) (*Page[ForecastRow], error) {
	settled, err := a.Store.Settlements(ctx)
	if err != nil {
		return nil, err
	}
	by := make(map[string]*chancery.Settlement, len(settled))
	for i := range settled {
		by[settled[i].Forecast] = &settled[i]
	}
	today := a.Now()
	return paged(p, func(r sqlite.Row[chancery.Forecast]) ForecastRow {
		return ForecastRow{r.Record, place(r.Article, r.Record.Sentence, r.Verdict), words(r.Article, r.Record.About), by[r.Record.ID] == nil && r.Record.IsDue(today), by[r.Record.ID]}
	}), nil
}

// words are the characters under a range that may be unset.
func words(a *chancery.Article, r chancery.ByteRange) string {
	if r.IsZero() {
		return ""
	}
	return r.Of(a.Text)
}

// sentenceOf is the range of the sentence that a record's evidence names.
func sentenceOf(evidence []chancery.Evidence) chancery.ByteRange {
	for _, e := range evidence {
		if e.Role == chancery.RoleSentence {
			return e.ByteRange
		}
	}
	return chancery.ByteRange{}
}

func paged[R, T any](p sqlite.Page[R], row func(R) T) *Page[T] {
	out := &Page[T]{Items: make([]T, 0, len(p.Rows)), Next: p.Next}
	for _, r := range p.Rows {
		out.Items = append(out.Items, row(r))
	}
	return out
}
