// Package good finds what events hand over, offer, ask for or withhold, and
// which of it is given in return for which.
//
// In: a parsed article, its cast and its events. Out: the events with their
// goods, more events where the text hands something over by words that name no
// act of their own ("arms in exchange for bases"), and the exchanges that tie
// them. It keeps no account over several articles: see package ledger.
package good

import (
	"cmp"
	"fmt"
	"slices"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/event"
	"chancery/coder/good/kind"
	"chancery/english"
	"chancery/english/lexicon"
)

// Finder finds goods and exchanges. It is read-only once made and safe for
// concurrent use.
type Finder struct {
	kinds  *kind.Model
	people *lexicon.Lexicon // tells nouns for people
}

// New loads the embedded model of the kinds of good.
func New() (*Finder, error) {
	m, err := kind.Load()
	if err != nil {
		return nil, err
	}
	people, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	return &Finder{kinds: m, people: people}, nil
}

// Attach gives the events with their goods, in the order of the text, and the
// exchanges. Events and exchanges name each other by ids that hold within the
// result; the events' ids are kept. What the events' coder finds to be no act
// between its parties makes no event here either; a nil acts asks nobody.
func (f *Finder) Attach(doc *english.Doc, cast *actor.Cast, article *chancery.Article, events []chancery.Event, acts *event.Weigher) ([]chancery.Event, []chancery.Exchange) {
	r := &reader{Finder: f, doc: doc, cast: cast, article: article}
	r.survey()
	for i := range doc.Sentences {
		if n := len(doc.Sentences[i].Tokens); n > 0 && n <= longestSentence {
			r.sentence(i)
		}
	}
	out := r.merge(events, acts)
	return out, r.exchanges(out)
}

// longestSentence in tokens; a longer one is a list or a table that was read as prose.
const longestSentence = 200

// transfer is one thing that passes, or would pass, from one party to another.
type transfer struct {
	sentence        int
	verb            int // the token that names the act
	head            int // the token that heads the thing
	first, last     int // tokens of the thing
	kind            chancery.GoodKind
	probability     float64
	giver, receiver chancery.Party
	status          chancery.Status
	amount          *chancery.Amount
	tie             int // number of the tie it belongs to, 0 for none
	event           int // index in the result, set by merge
}

// tie is the words that make transfers an exchange.
type tie struct {
	sentence    int
	first, last int // tokens
}

// reader holds what is known of one text while it is read.
type reader struct {
	*Finder
	doc     *english.Doc
	cast    *actor.Cast
	article *chancery.Article

	pair      [2]chancery.Party // the two states the text speaks of most
	transfers []transfer
	ties      []tie // the tie numbered n is ties[n-1]
}

// merge puts each transfer on the event that names the same act, or makes an
// event of it.
func (r *reader) merge(events []chancery.Event, acts *event.Weigher) []chancery.Event {
	out := slices.Clone(events)
	taken := make([]bool, len(out))
	next := 0
	for _, e := range out {
		var n int
		if _, err := fmt.Sscan(e.ID, &n); err == nil {
			next = max(next, n)
		}
	}
	next = max(next, len(out))
	var kept []transfer
	for _, t := range r.transfers {
		at := r.eventOf(&t, out, taken)
		if at < 0 {
			e := r.event(&t, fmt.Sprint(next+1))
			if acts != nil && t.tie == 0 {
				w := acts.Weigh(t.sentence, t.verb, e.Actors[0], e.Recipients[0])
				may := mayBe(e.Type)
				sure := w.Of(may...)
				if sure < leastAct {
					continue
				}
				if e.Type.QuadClass() <= chancery.MaterialCooperation && e.Type != chancery.Agree {
					e.Type = w.Best(append([]chancery.EventType{e.Type}, may...)...)
				}
				e.Probability = min(e.Probability, sure)
			}
			next++
			out = append(out, e)
			taken = append(taken, true)
			at = len(out) - 1
		}
		taken[at] = true
		r.put(&t, &out[at])
		t.event = at
		kept = append(kept, t)
	}
	r.transfers = kept
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(out[a].Sentence.Start, out[b].Sentence.Start), cmp.Compare(out[a].Trigger.Start, out[b].Trigger.Start))
	})
	sorted := make([]chancery.Event, len(out))
	place := make([]int, len(out))
	for i, o := range order {
		sorted[i], place[o] = out[o], i
	}
	for i := range r.transfers {
		r.transfers[i].event = place[r.transfers[i].event]
	}
	return sorted
}

// leastAct is the probability under which what a transfer's words tell is taken
// for no act between its parties.
const leastAct = 0.4

// cooperative are the types of acts by which goods pass, in word or deed.
var cooperative = []chancery.EventType{chancery.Agree, chancery.Consult, chancery.Support, chancery.Concede, chancery.Cooperate, chancery.Aid, chancery.Retreat}

// mayBe lists the types that the models may give to the words of a transfer of
// the type: to them an act that is only promised, asked for or refused is still
// the act.
func mayBe(t chancery.EventType) []chancery.EventType {
	switch t {
	case chancery.Request:
		return append([]chancery.EventType{chancery.Request}, cooperative...)
	case chancery.Reject:
		return append([]chancery.EventType{chancery.Reject, chancery.Sanction}, cooperative...)
	case chancery.Threaten:
		return []chancery.EventType{chancery.Threaten, chancery.Sanction}
	}
	return cooperative
}

// eventOf finds the event that tells a transfer: in its sentence, with its verb
// or its thing for a trigger, or between the same parties and not yet taken.
func (r *reader) eventOf(t *transfer, events []chancery.Event, taken []bool) int {
	s := &r.doc.Sentences[t.sentence]
	verb, head := chancery.ByteRange(s.Tokens[t.verb].Span), chancery.ByteRange(s.Tokens[t.head].Span)
	best, rank := -1, 0
	for i := range events {
		e := &events[i]
		if taken[i] || e.Good != nil || e.Sentence.Start != s.Start || !sideFits(t, e.Actors, e.Recipients) {
			continue
		}
		n := 0
		switch {
		case e.Trigger.Overlaps(verb):
			n = 3
		case e.Trigger.Overlaps(head):
			n = 2
		case fitsType(t, e.Type):
			n = 1
		}
		if n > rank {
			best, rank = i, n
		}
	}
	return best
}

// sideFits reports whether the parties of a transfer are those of an act.
func sideFits(t *transfer, actors, recipients []chancery.Party) bool {
	has := func(side []chancery.Party, p chancery.Party) bool {
		return slices.ContainsFunc(side, func(o chancery.Party) bool { return chancery.StateOf(o.Code) == chancery.StateOf(p.Code) })
	}
	if has(actors, t.giver) && (has(recipients, t.receiver) || len(recipients) == 0) {
		return true
	}
	return has(actors, t.receiver) && (has(recipients, t.giver) || len(recipients) == 0)
}

func fitsType(t *transfer, typ chancery.EventType) bool {
	return typ == eventType(t) || t.status == chancery.Requested && typ == chancery.Request ||
		(t.status == chancery.Offered || t.status == chancery.Planned || t.status == chancery.Agreed) && typ == chancery.Agree
}

// eventType is the PLOVER type of a transfer that no event was found for.
func eventType(t *transfer) chancery.EventType {
	switch t.status {
	case chancery.Requested:
		return chancery.Request
	case chancery.Refused, chancery.Denied, chancery.Withheld, chancery.Reneged:
		return chancery.Reject
	case chancery.Threatened:
		return chancery.Threaten
	case chancery.Offered, chancery.Planned, chancery.Agreed, chancery.Proposed:
		return chancery.Agree
	}
	switch t.kind {
	case "diplomatic":
		return chancery.Support
	case "arms", "aid", "money", "finance":
		return chancery.Aid
	case "tariff", "relief":
		return chancery.Concede
	}
	return chancery.Cooperate
}

// event makes an event of a transfer.
func (r *reader) event(t *transfer, id string) chancery.Event {
	s := &r.doc.Sentences[t.sentence]
	actor, recipient := t.giver, t.receiver
	if t.status == chancery.Requested {
		actor, recipient = recipient, actor
	}
	e := chancery.Event{
		ID:          id,
		Sentence:    chancery.ByteRange(s.Span),
		Trigger:     chancery.ByteRange(s.Tokens[t.verb].Span),
		Type:        eventType(t),
		Probability: t.probability,
		Status:      t.status,
		Actors:      []chancery.Party{actor},
		Recipients:  []chancery.Party{recipient},
	}
	if r.article != nil {
		e.Date = r.article.Published
	}
	e.Evidence = append(e.Evidence,
		chancery.Evidence{Role: chancery.RoleSentence, ByteRange: e.Sentence},
		chancery.Evidence{Role: chancery.RoleTrigger, ByteRange: e.Trigger})
	for _, p := range []struct {
		role  chancery.Role
		party chancery.Party
	}{{chancery.RoleActor, actor}, {chancery.RoleRecipient, recipient}} {
		if !p.party.Mention.IsZero() {
			e.Evidence = append(e.Evidence, chancery.Evidence{Role: p.role, ByteRange: p.party.Mention})
		}
	}
	return e
}

// put writes the good of a transfer on its event.
func (r *reader) put(t *transfer, e *chancery.Event) {
	s := &r.doc.Sentences[t.sentence]
	g := &chancery.Good{
		Kind:     t.kind,
		Phrase:   chancery.ByteRange{Start: s.Tokens[t.first].Start, End: s.Tokens[t.last].End},
		Amount:   t.amount,
		Giver:    t.giver,
		Receiver: t.receiver,
		Status:   t.status,
	}
	e.Good = g
	e.Evidence = append(slices.Clone(e.Evidence), chancery.Evidence{Role: chancery.RoleGood, ByteRange: g.Phrase})
	if g.Amount != nil {
		e.Evidence = append(e.Evidence, chancery.Evidence{Role: chancery.RoleAmount, ByteRange: g.Amount.Text})
	}
}
