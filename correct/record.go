// Package correct holds what people said of records against the readings of an
// article: which record of a new reading a correction is about, and the reading
// as it stands once corrections are taken into account.
//
// In: the readings of one article and the corrections made on it. Out: where
// each correction stands (Resolve) and the corrected reading (Apply). It reads
// no store and no text: records are compared by their kind, their evidence and
// their content. Its functions are pure and do not depend on the order of
// records within a reading.
package correct

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chancery"
)

// The kinds of record, as RecordID and corrections name them.
const (
	kindEvent    = "event"
	kindExchange = "exchange"
	kindQuote    = "quote"
	kindFigure   = "figure"
	kindForecast = "forecast"
)

// field is one part of what a record says: a set of values, none where the
// record says nothing.
type field struct {
	name   string
	values []string // sorted, each once
}

// record is a record of any kind as the comparison sees it.
type record struct {
	kind, id string
	sentence chancery.ByteRange // that the record rests on
	anchor   chancery.ByteRange // the words that are the record: trigger, quotation, value, clause, tie
	fields   []field
	should   []field // as a person said it should be; nil when nobody did
}

func oneOf(name string, values ...string) field {
	f := field{name: name}
	for _, v := range values {
		if v != "" {
			f.values = append(f.values, v)
		}
	}
	slices.Sort(f.values)
	f.values = slices.Compact(f.values)
	return f
}

func someOf(name string, parties []chancery.Party) field {
	values := make([]string, len(parties))
	for i, p := range parties {
		values[i] = called(p)
	}
	return oneOf(name, values...)
}

// called is what tells a party from another: its code and, where that is shared
// by many, its name.
func called(p chancery.Party) string {
	return strings.TrimSpace(p.Code + " " + strings.ToLower(p.Name))
}

func span(r chancery.ByteRange) string {
	if r.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d-%d", r.Start, r.End)
}

func eventOf(e *chancery.Event) record {
	actors, recipients := someOf("actors", e.Actors), someOf("recipients", e.Recipients)
	if e.Reciprocal {
		both := oneOf("", append(slices.Clone(actors.values), recipients.values...)...)
		actors.values, recipients.values = both.values, both.values
	}
	r := record{kind: kindEvent, id: e.ID, sentence: e.Sentence, anchor: e.Trigger, fields: []field{
		oneOf("type", string(e.Type)), oneOf("status", string(e.Status)), actors, recipients, oneOf("date", e.Date.String())}}
	if g := e.Good; g != nil {
		r.fields = append(r.fields, oneOf("good", string(g.Kind)+" "+chancery.StateOf(g.Giver.Code)+" "+chancery.StateOf(g.Receiver.Code)))
	} else {
		r.fields = append(r.fields, field{name: "good"})
	}
	return r
}

func quoteOf(q *chancery.Quote) record {
	return record{kind: kindQuote, id: q.ID, sentence: q.Sentence, anchor: q.Text, fields: []field{oneOf("speaker", called(q.Speaker)), oneOf("text", span(q.Text))}}
}

func figureOf(f *chancery.Figure) record {
	r := record{kind: kindFigure, id: f.ID, sentence: f.Sentence, anchor: f.Value, fields: []field{
		oneOf("number", strconv.FormatFloat(f.Number, 'g', -1, 64)), oneOf("unit", f.Unit), oneOf("of", span(f.Of))}}
	if f.To != nil {
		r.fields = append(r.fields, oneOf("to", strconv.FormatFloat(*f.To, 'g', -1, 64)))
	} else {
		r.fields = append(r.fields, field{name: "to"})
	}
	return r
}

func forecastOf(f *chancery.Forecast) record {
	advice := ""
	if f.Advice {
		advice = "advice"
	}
	return record{kind: kindForecast, id: f.ID, sentence: f.Sentence, anchor: f.About, fields: []field{
		oneOf("holder", called(f.Holder)), oneOf("subject", called(f.Subject)), oneOf("hedge", strings.ToLower(f.Hedge)), oneOf("horizon", f.Horizon.String()), oneOf("advice", advice)}}
}

// exchangeOf compares exchanges by the places of their legs, for the legs' ids
// change with what is said of them.
func exchangeOf(x *chancery.Exchange, legs map[string]chancery.ByteRange) record {
	r := record{kind: kindExchange, id: x.ID}
	for _, e := range x.Evidence {
		switch e.Role {
		case chancery.RoleSentence:
			r.sentence = e.ByteRange
		case chancery.RoleTie:
			r.anchor = e.ByteRange
		}
	}
	if r.anchor.IsZero() {
		r.anchor = r.sentence
	}
	var at []string
	for _, l := range x.Legs {
		at = append(at, cmp.Or(span(legs[l]), l))
	}
	r.fields = []field{oneOf("legs", at...)}
	return r
}

// records lists the records of a reading.
func records(r *chancery.Reading) []record {
	var out []record
	triggers := map[string]chancery.ByteRange{}
	for i := range r.Events {
		triggers[r.Events[i].ID] = r.Events[i].Trigger
		out = append(out, eventOf(&r.Events[i]))
	}
	for i := range r.Exchanges {
		out = append(out, exchangeOf(&r.Exchanges[i], triggers))
	}
	for i := range r.Quotes {
		out = append(out, quoteOf(&r.Quotes[i]))
	}
	for i := range r.Figures {
		out = append(out, figureOf(&r.Figures[i]))
	}
	for i := range r.Forecasts {
		out = append(out, forecastOf(&r.Forecasts[i]))
	}
	return out
}

// one makes a reading that holds nothing but one record, given as JSON.
func one(kind string, body json.RawMessage) (*chancery.Reading, error) {
	r := new(chancery.Reading)
	var err error
	switch kind {
	case kindEvent:
		r.Events = make([]chancery.Event, 1)
		err = json.Unmarshal(body, &r.Events[0])
	case kindExchange:
		r.Exchanges = make([]chancery.Exchange, 1)
		err = json.Unmarshal(body, &r.Exchanges[0])
	case kindQuote:
		r.Quotes = make([]chancery.Quote, 1)
		err = json.Unmarshal(body, &r.Quotes[0])
	case kindFigure:
		r.Figures = make([]chancery.Figure, 1)
		err = json.Unmarshal(body, &r.Figures[0])
	case kindForecast:
		r.Forecasts = make([]chancery.Forecast, 1)
		err = json.Unmarshal(body, &r.Forecasts[0])
	default:
		return nil, fmt.Errorf("%w: kind of record %q", chancery.ErrInvalid, kind)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: the %s does not have its shape: %v", chancery.ErrInvalid, kind, err)
	}
	return r, nil
}
