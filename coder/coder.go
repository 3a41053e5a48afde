// Package coder turns an article into a reading: its actors, events, goods,
// exchanges, quotes, figures and forecasts, each with its evidence.
//
// In: a chancery.Article. Out: a chancery.Reading whose every range has been
// checked against the article's text. It stores nothing, reads no clock and
// keeps nothing between two articles, so one Coder serves any number of
// goroutines and reading an article twice gives the same bytes.
package coder

import (
	"errors"
	"fmt"
	"time"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/clause"
	"chancery/coder/event"
	"chancery/coder/figure"
	"chancery/coder/forecast"
	"chancery/coder/good"
	"chancery/coder/quote"
	"chancery/coder/tone"
	"chancery/coder/voice"
	"chancery/english"
)

// Version names the program's reader in every reading. It changes when the
// rules or the embedded models change what is read.
const Version = "3"

// Options says how a Coder is made. The zero value is the shipped program.
type Options struct {
	// ActorFiles are the user's own actor lists, in CSV or PETRARCH's
	// dictionary format; a later file wins over an earlier one.
	ActorFiles []string
	// EventTypes decides the types of events, EventBonds their parties; nil is the
	// shipped model.
	EventTypes *event.Model
	EventBonds *event.Bonds
}

// Coder reads articles. Make one with New and share it: it is safe for
// concurrent use.
type Coder struct {
	english *english.Pipeline
	actors  *actor.Gazetteer
	events  *event.Coder
	goods   *good.Finder
	tones   *tone.Finder
}

// New loads the embedded models and the user's actor lists.
func New(opts Options) (*Coder, error) {
	p, err := english.Load()
	if err != nil {
		return nil, fmt.Errorf("load the English models: %w", err)
	}
	g, err := actor.New(actor.Options{UserLists: opts.ActorFiles})
	if err != nil {
		return nil, fmt.Errorf("load the actors: %w", err)
	}
	e, err := event.New(event.Options{Model: opts.EventTypes, Bonds: opts.EventBonds, English: p})
	if err != nil {
		return nil, err
	}
	goods, err := good.New()
	if err != nil {
		return nil, fmt.Errorf("load the kinds of good: %w", err)
	}
	tones, err := tone.New()
	if err != nil {
		return nil, fmt.Errorf("load the words that judge: %w", err)
	}
	return &Coder{english: p, actors: g, events: e, goods: goods, tones: tones}, nil
}

// Read codes one article. Its stages, in order, with what each needs and sets:
//
//	english    text and date of publication          -> the parsed text
//	actor      the parsed text, the date             -> its cast
//	voice      the parsed text, the cast             -> who says what
//	event      the parsed text, the cast, the voices -> events
//	good       the parsed text, the cast, the events -> their goods, exchanges
//	quote      the parsed text, the voices           -> quotes
//	figure     the parsed text, the voices           -> figures
//	forecast   the parsed text, the cast, the voices -> forecasts
//	tone       the parsed text, the cast, the voices -> tones
//
// The error joins one line for every record whose evidence does not fit the
// text, wrapping chancery.ErrEvidence; the reading is then not to be stored.
func (c *Coder) Read(a *chancery.Article) (chancery.Reading, error) {
	doc, who := c.parse(a)
	r := chancery.Reading{Article: a.ID, Version: Version}
	if r.Article == "" {
		r.Article = chancery.ArticleID(*a)
	}
	for i := range doc.Sentences {
		r.Sentences = append(r.Sentences, chancery.ByteRange(doc.Sentences[i].Span))
	}
	voices := voice.New(doc, who)
	r.Actors = who.Actors()
	events, acts := c.events.From(doc, who, voices, a)
	r.Events, r.Exchanges = c.goods.Attach(doc, who, a, events, acts)
	r.Quotes = quote.From(doc, voices)
	r.Figures = figure.From(doc, voices)
	r.Forecasts = forecast.From(doc, who, voices, a)
	r.Tones = c.tones.From(doc, who, voices)
	identify(&r)
	if err := check(a.Text, &r); err != nil {
		return chancery.Reading{}, fmt.Errorf("read article %s: %w", a.Name, err)
	}
	return r, nil
}

// parse reads the text of an article and who is who in it.
func (c *Coder) parse(a *chancery.Article) (*english.Doc, *actor.Cast) {
	var published time.Time
	if !a.Published.IsZero() {
		published = a.Published.First()
	}
	doc := c.english.ParseSentences(a.Text, clause.CutDatelines(c.english.Split(a.Text)), published)
	return doc, c.actors.Cast(doc, a)
}

// Proposals lists the candidates of events of an article, written down or not,
// for people to judge and the bond model to learn from.
func (c *Coder) Proposals(a *chancery.Article) []event.Proposal {
	doc, who := c.parse(a)
	events, acts := c.events.From(doc, who, voice.New(doc, who), a)
	c.goods.Attach(doc, who, a, events, acts)
	return append(c.events.Proposals(doc, who), acts.Others()...)
}

// identify gives every record its id, and rewrites the places where one record
// names another.
func identify(r *chancery.Reading) {
	renamed := make(map[string]string, len(r.Events)) // id inside the reading -> id of the record
	for i := range r.Events {
		e := &r.Events[i]
		old := e.ID
		content := *e
		content.ID, content.Exchange = "", "" // an exchange is named after its legs, not the other way round
		content.Reasons, content.Rejected, content.Probability = nil, nil, 0
		e.ID = chancery.RecordID(r.Article, "event", e.Evidence, content)
		renamed[old] = e.ID
	}
	exchanges := make(map[string]string, len(r.Exchanges))
	for i := range r.Exchanges {
		x := &r.Exchanges[i]
		for j, leg := range x.Legs {
			x.Legs[j] = renamed[leg]
		}
		old := x.ID
		x.ID = chancery.RecordID(r.Article, "exchange", x.Evidence, x.Legs)
		exchanges[old] = x.ID
	}
	for i := range r.Exchanges {
		r.Exchanges[i].Restates = exchanges[r.Exchanges[i].Restates]
	}
	for i := range r.Events {
		r.Events[i].Exchange = exchanges[r.Events[i].Exchange]
	}
	for i := range r.Quotes {
		q := &r.Quotes[i]
		q.ID = ""
		q.ID = chancery.RecordID(r.Article, "quote", q.Evidence, *q)
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		f.ID = ""
		f.ID = chancery.RecordID(r.Article, "figure", f.Evidence, *f)
	}
	for i := range r.Forecasts {
		f := &r.Forecasts[i]
		f.ID = ""
		// "f" is taken by figures.
		f.ID = chancery.RecordID(r.Article, "prediction", f.Evidence, *f)
	}
	for i := range r.Tones {
		t := &r.Tones[i]
		t.ID = ""
		t.ID = chancery.RecordID(r.Article, "tone", t.Evidence, *t)
	}
}

// check tests every range of the reading against the text.
func check(text string, r *chancery.Reading) error {
	var errs []error
	test := func(kind, id string, evidence []chancery.Evidence, more ...chancery.ByteRange) {
		sentences := 0
		for _, e := range evidence {
			if e.Role == chancery.RoleSentence {
				sentences++
			}
			if err := e.Check(text); err != nil {
				errs = append(errs, fmt.Errorf("%s %s, %s: %w", kind, id, e.Role, err))
			}
		}
		if sentences != 1 {
			errs = append(errs, fmt.Errorf("%s %s: %w: %d sentences of evidence, want 1", kind, id, chancery.ErrEvidence, sentences))
		}
		for _, m := range more {
			if m.IsZero() {
				continue // only understood
			}
			if err := m.Check(text); err != nil {
				errs = append(errs, fmt.Errorf("%s %s: %w", kind, id, err))
			}
		}
	}
	for _, s := range r.Sentences {
		if err := s.Check(text); err != nil {
			errs = append(errs, fmt.Errorf("sentence: %w", err))
		}
	}
	for i := range r.Events {
		e := &r.Events[i]
		more := []chancery.ByteRange{e.Sentence, e.Trigger}
		for _, p := range e.Actors {
			more = append(more, p.Mention)
		}
		for _, p := range e.Recipients {
			more = append(more, p.Mention)
		}
		for _, a := range e.Attribution {
			more = append(more, a.Mention)
		}
		if e.Good != nil {
			more = append(more, e.Good.Phrase, e.Good.Giver.Mention, e.Good.Receiver.Mention)
			if e.Good.Amount != nil {
				more = append(more, e.Good.Amount.Text)
			}
		}
		test("event", e.ID, e.Evidence, more...)
	}
	for i := range r.Exchanges {
		test("exchange", r.Exchanges[i].ID, r.Exchanges[i].Evidence)
	}
	for i := range r.Quotes {
		q := &r.Quotes[i]
		test("quote", q.ID, q.Evidence, q.Sentence, q.Text, q.Speaker.Mention)
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		test("figure", f.ID, f.Evidence, f.Sentence, f.Value, f.Of)
	}
	for i := range r.Forecasts {
		f := &r.Forecasts[i]
		test("forecast", f.ID, f.Evidence, f.Sentence, f.About, f.Condition, f.Holder.Mention)
	}
	for i := range r.Tones {
		t := &r.Tones[i]
		test("tone", t.ID, t.Evidence, t.Sentence, t.Words, t.Toward.Mention)
	}
	for i := range r.Actors {
		for _, m := range r.Actors[i].Mentions {
			if err := m.Check(text); err != nil {
				errs = append(errs, fmt.Errorf("actor %s: %w", r.Actors[i].Name, err))
			}
		}
	}
	return errors.Join(errs...)
}
