package httpapi

import (
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
}

func place(a *chancery.Article, r chancery.ByteRange) Place {
	return Place{In: refer(a), Passage: r.Of(a.Text)}
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
	Foretold string `json:"foretold"`
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
	row := EventRow{Event: r.Record, Place: place(r.Article, r.Record.Sentence)}
	if g := r.Record.Good; g != nil {
		row.GoodText = words(r.Article, g.Phrase)
	}
	return row
}

func quoteRow(r sqlite.Row[chancery.Quote]) QuoteRow {
	return QuoteRow{r.Record, place(r.Article, r.Record.Sentence), words(r.Article, r.Record.Text)}
}

func figureRow(r sqlite.Row[chancery.Figure]) FigureRow {
	return FigureRow{r.Record, place(r.Article, r.Record.Sentence), words(r.Article, r.Record.Value), words(r.Article, r.Record.Of)}
}

func forecastRow(r sqlite.Row[chancery.Forecast]) ForecastRow {
	return ForecastRow{r.Record, place(r.Article, r.Record.Sentence), words(r.Article, r.Record.About)}
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
