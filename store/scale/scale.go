// Package scale makes up articles and readings in any number, for measuring.
//
// In: a number. Out: the article and the reading of that number, always the
// same. What they say does not matter, how their records are spread does:
// states are as uneven as in the news, every fourth article tells the story of
// the three before it, a third of the events hand something over. It stores
// nothing.
package scale

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"chancery"
)

// Sentences and Events are how many of each an article has.
const (
	Sentences = 40
	Events    = 30
)

// Sources is how many publishers there are.
const Sources = 200

// told is how many of an article's events are its story's.
const told = 5

// tellers is how many articles in a row tell one story.
const tellers = 4

// state is how a state of a few hundred is drawn: the first ones far more often.
func state(rng *rand.Rand) chancery.Party {
	n := int(rng.ExpFloat64() * 12)
	code := string([]byte{'A' + byte(n/26%26), 'A' + byte(n%26), 'X'})
	if rng.IntN(3) == 0 {
		code += chancery.Sectors()[rng.IntN(3)]
	}
	return chancery.Party{Code: code, Name: "Actor " + code}
}

// writer builds an article's text and its sentences.
type writer struct {
	text      strings.Builder
	sentences []chancery.ByteRange
}

func (w *writer) sentence(s string) chancery.ByteRange {
	start := w.text.Len()
	w.text.WriteString(s)
	r := chancery.ByteRange{Start: start, End: w.text.Len()}
	w.sentences = append(w.sentences, r)
	w.text.WriteString(" ")
	return r
}

// within finds words in a sentence of the text.
func (w *writer) within(sentence chancery.ByteRange, words string) chancery.ByteRange {
	i := strings.Index(w.text.String()[sentence.Start:sentence.End], words)
	return chancery.ByteRange{Start: sentence.Start + i, End: sentence.Start + i + len(words)}
}

// Article is article number i with its reading.
func Article(i int) (*chancery.Article, *chancery.Reading) {
	rng := rand.New(rand.NewPCG(uint64(i), 1))
	a := &chancery.Article{Name: fmt.Sprintf("gen%06d", i), Title: fmt.Sprintf("Article %d", i), Source: fmt.Sprint("Source ", rng.IntN(Sources)), Language: "en",
		URL:       fmt.Sprintf("https://news.example/%d", i),
		Published: chancery.DateOf(time.Date(2015, 1, 1+rand.New(rand.NewPCG(uint64(i/tellers), 2)).IntN(3650)+i%tellers, 0, 0, 0, 0, time.UTC))}
	w := new(writer)
	r := &chancery.Reading{Version: "1"}
	story := rand.New(rand.NewPCG(uint64(i/tellers), 3))
	for j := range Events {
		draw, about := rng, i*Events+j
		if j < told {
			draw, about = story, (i/tellers)*told+j
		}
		r.Events = append(r.Events, event(w, draw, rng, a.Published, about, j < told))
	}
	for j := 0; j+1 < told; j += 2 { // the story's goods are given in return for each other
		tie(w, r, j)
	}
	for j := range Sentences - Events {
		other(w, rng, r, j)
	}
	for j := range 8 {
		p := r.Events[j].Actors[0]
		r.Actors = append(r.Actors, chancery.Actor{Code: p.Code, Name: p.Name, Kind: "state", Mentions: []chancery.ByteRange{r.Events[j].Actors[0].Mention}})
	}
	a.Text = w.text.String()
	a.ID = chancery.ArticleID(*a)
	r.Article, r.Sentences = a.ID, w.sentences
	identify(r)
	return a, r
}

// event is told in a sentence of its own. What it is comes from draw, how this
// article has it from rng.
func event(w *writer, draw, rng *rand.Rand, day chancery.Date, about int, shared bool) chancery.Event {
	actor, recipient := state(draw), state(draw)
	kind := chancery.GoodKinds()[draw.IntN(len(chancery.GoodKinds()))]
	hasGood := draw.IntN(3) == 0 || shared && draw.IntN(2) == 0
	e := chancery.Event{Type: chancery.EventTypes()[draw.IntN(16)], Status: chancery.Statuses()[draw.IntN(6)], Intensity: float64(draw.IntN(21) - 10),
		Probability: rng.Float64(), Date: day}
	if rng.IntN(10) == 0 { // one in ten tells it otherwise
		e.Status = chancery.Statuses()[rng.IntN(len(chancery.Statuses()))]
	}
	s := w.sentence(fmt.Sprintf("%s acts on %s about lot%d %s in case%d of %d reports.", actor.Name, recipient.Name, about, kind, about, rng.IntN(100000)))
	actor.Mention, recipient.Mention = w.within(s, actor.Name), w.within(s, recipient.Name)
	e.Sentence, e.Trigger, e.Actors, e.Recipients = s, w.within(s, "acts"), []chancery.Party{actor}, []chancery.Party{recipient}
	e.Evidence = []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: s}, {Role: chancery.RoleTrigger, ByteRange: e.Trigger}}
	if hasGood {
		e.Good = &chancery.Good{Kind: kind, Phrase: w.within(s, fmt.Sprintf("lot%d %s", about, kind)), Giver: actor, Receiver: recipient, Status: e.Status}
	}
	for k := range 8 {
		e.Reasons = append(e.Reasons, chancery.Reason{Feature: fmt.Sprint("word=", k), Weight: rng.Float64()})
	}
	return e
}

// tie makes an exchange of two events that hand something over the other way round.
func tie(w *writer, r *chancery.Reading, j int) {
	one, other := &r.Events[j], &r.Events[j+1]
	if one.Good == nil || other.Good == nil {
		return
	}
	other.Actors, other.Recipients = one.Recipients, one.Actors
	other.Good.Giver, other.Good.Receiver = one.Good.Receiver, one.Good.Giver
	r.Exchanges = append(r.Exchanges, chancery.Exchange{Legs: []string{fmt.Sprint(j), fmt.Sprint(j + 1)},
		Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: other.Sentence}}})
}

// other adds a quote, a figure or a forecast.
func other(w *writer, rng *rand.Rand, r *chancery.Reading, j int) {
	p := r.Events[j].Actors[0]
	words := fmt.Sprintf("we said %d", rng.IntN(100000))
	s := w.sentence(fmt.Sprintf("“%s,” %s will hold.", words, p.Name))
	evidence := []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: s}}
	p.Mention = w.within(s, p.Name)
	switch j % 3 {
	case 0:
		r.Quotes = append(r.Quotes, chancery.Quote{Sentence: s, Text: w.within(s, words), Speaker: p, Evidence: evidence})
	case 1:
		value := strings.TrimPrefix(words, "we said ")
		r.Figures = append(r.Figures, chancery.Figure{Sentence: s, Value: w.within(s, value), Number: float64(rng.IntN(1000)), Unit: "USD", Of: w.within(s, "we said"), Evidence: evidence})
	case 2:
		f := chancery.Forecast{Sentence: s, About: w.within(s, "will hold"), Holder: p, Subject: r.Events[j].Recipients[0], Hedge: "will", Strength: rng.Float64(), Evidence: evidence}
		f.Subject.Mention = chancery.ByteRange{}
		if rng.IntN(2) == 0 {
			f.Horizon = chancery.Date{Year: 2016 + rng.IntN(12)}
		}
		r.Forecasts = append(r.Forecasts, f)
	}
}

// identify gives the records their ids; exchanges name their legs by place until then.
func identify(r *chancery.Reading) {
	for i := range r.Events {
		r.Events[i].ID = chancery.RecordID(r.Article, "event", r.Events[i].Evidence, r.Events[i])
	}
	for i := range r.Exchanges {
		x := &r.Exchanges[i]
		x.ID = chancery.RecordID(r.Article, "exchange", x.Evidence, x.Legs)
		for k, leg := range x.Legs {
			var at int
			if _, err := fmt.Sscan(leg, &at); err != nil {
				panic(err) // of our own making
			}
			x.Legs[k] = r.Events[at].ID
			r.Events[at].Exchange = x.ID
		}
	}
	for i := range r.Quotes {
		r.Quotes[i].ID = chancery.RecordID(r.Article, "quote", r.Quotes[i].Evidence, "")
	}
	for i := range r.Figures {
		r.Figures[i].ID = chancery.RecordID(r.Article, "figure", r.Figures[i].Evidence, "")
	}
	for i := range r.Forecasts {
		r.Forecasts[i].ID = chancery.RecordID(r.Article, "forecast", r.Forecasts[i].Evidence, "")
	}
}
