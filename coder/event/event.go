// Package event finds who did what to whom: the predicates of a text that name
// an act between parties, their PLOVER type, how far the act got, when and
// where, and who says so.
//
// In: a parsed text, its cast and its article. Out: events in the order of the
// text, each with its evidence, the features that decided its type and the
// types it rejected. It attaches no goods, joins no exchanges and gives no
// record ids; it does not judge whether what is told is true.
package event

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/clause"
	"chancery/coder/voice"
	"chancery/english"
	"chancery/english/lexicon"
	"chancery/english/neural"
)

// Coder finds events. It is read-only once made and safe for concurrent use.
type Coder struct {
	model   *Model
	bonds   *Bonds
	codes   []Code
	coarse  *codeModel
	vectors *neural.Vectors
	nouns   *lexicon.Lexicon
	spaces  *sync.Pool // of *space
}

// Options are the choices of a Coder.
type Options struct {
	// Model decides the types; nil is the embedded one.
	Model *Model
	// Bonds decides who is acted on; nil is the embedded one.
	Bonds *Bonds
	// English is the pipeline whose word vectors the model uses; nil for none.
	English *english.Pipeline
}

//go:embed types.model
var embedded []byte

// New loads the embedded models, or takes the given one.
func New(opts Options) (*Coder, error) {
	m := opts.Model
	if m == nil {
		var err error
		if m, err = Shipped(); err != nil {
			return nil, err
		}
	}
	bonds := opts.Bonds
	if bonds == nil {
		var err error
		if bonds, err = ShippedBonds(); err != nil {
			return nil, err
		}
	}
	codes, err := Codes()
	if err != nil {
		return nil, err
	}
	coarse, err := loadCodeModel(codes)
	if err != nil {
		return nil, err
	}
	nouns, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	return &Coder{nouns: nouns, model: m, bonds: bonds, codes: codes, coarse: coarse, vectors: vectorsOf(opts.English), spaces: &sync.Pool{New: func() any { return new(space) }}}, nil
}

// Thresholds on the probability that an event is right in type and parties.
// They were chosen in cross-validation on the marked rows and the judgements.
const (
	leastEvent    = 0.53
	leastTaken    = 0.50 // asking and answering words are acts by themselves
	leastOneSided = 0.70
)

// Events lists the events of a text in the order of their triggers. Their ID is
// their number within the text until the reading is complete.
func (c *Coder) Events(doc *english.Doc, who *actor.Cast, a *chancery.Article) []chancery.Event {
	events, _ := c.From(doc, who, voice.New(doc, who), a)
	return events
}

// From is Events for a text whose direct speech has been read already. It also
// gives what weighs other acts of the text.
func (c *Coder) From(doc *english.Doc, who *actor.Cast, voices *voice.Voices, a *chancery.Article) ([]chancery.Event, *Weigher) {
	var out []chancery.Event
	w := &Weigher{coder: c, doc: doc, cast: who, known: make([][]known, len(doc.Sentences))}
	sp := c.spaces.Get().(*space)
	defer c.spaces.Put(sp)
	for i := range doc.Sentences {
		sp.empty()
		events, all := c.sentence(doc, i, who, a, out, sp)
		w.know(i, all)
		for _, e := range events {
			e.event.Attribution = voices.Chain(i, e.trigger)
			for _, l := range e.event.Attribution {
				if !l.Mention.IsZero() {
					e.event.Evidence = append(e.event.Evidence, chancery.Evidence{Role: chancery.RoleAttribution, ByteRange: l.Mention})
				}
			}
			e.event.ID = fmt.Sprint(len(out) + 1)
			out = append(out, e.event)
		}
	}
	return out, w
}

// found is an event with the token that names it.
type found struct {
	event   chancery.Event
	trigger int
}

// sentence lists the events of one sentence, without their attribution, and all
// its candidates. earlier are the events of the sentences before.
func (c *Coder) sentence(doc *english.Doc, i int, who cast, a *chancery.Article, earlier []chancery.Event, sp *space) ([]found, []*weighed) {
	s := &doc.Sentences[i]
	if len(s.Tokens) == 0 || len(s.Tokens) > 200 {
		return nil, nil
	}
	var out []found
	all := c.weigh(doc, i, who, earlier, sp)
	for _, k := range choose(all) {
		if e, ok := c.judge(doc, i, k, a); ok {
			out = append(out, found{e, k.trigger})
		}
	}
	return prune(out), all
}

// weighed is a candidate with what the models say of it.
type weighed struct {
	candidate
	pair        *pair
	features    features
	probability [classes]float64 // of each type, and of no event
	order       int              // its place among the candidates of its predicate and actor
	among       []*candidate     // these
	bond        []uint32         // the features of the bond
	bonded      float64          // probability that the act is between these parties
}

// weigh lists the candidates of a sentence with what the models say of them.
// Their features are there until the space is emptied.
func (c *Coder) weigh(doc *english.Doc, i int, who cast, earlier []chancery.Event, sp *space) []*weighed {
	t := plant(&doc.Sentences[i])
	t.space = sp
	f := &finder{tree: t, sentence: i, cast: who, text: doc.Text, nouns: c.nouns}
	all := candidates(f)
	f.takeUp(all, doc, earlier)
	out := make([]*weighed, 0, len(all))
	for n := range all {
		k := &all[n]
		if t.isSaying(k) && slices.ContainsFunc(all, func(o candidate) bool {
			return o.trigger != k.trigger && slices.Contains(k.path, o.trigger) && len(o.recipient.parties) > 0
		}) {
			continue // "France said Iran had attacked Iraq": the act is Iran's
		}
		var among []*candidate
		order := 0
		for m := range all {
			if all[m].trigger == k.trigger && all[m].actor.head == k.actor.head {
				if m < n {
					order++
				}
				among = append(among, &all[m])
			}
		}
		w := c.ask(t, k, order, among, sp)
		switch {
		case k.recipient.head >= 0 || k.reciprocal:
			w.bonded = c.bonds.probability(w.bond)
		case len(k.recipient.parties) > 0:
			w.bonded = 1 // asking and answering are acts, the sentences before tell towards whom
		default:
			w.bonded = 1 - w.probability[noEvent]
		}
		out = append(out, w)
	}
	return out
}

// ask asks the type model about a candidate and lists the features of its bond.
// order is its place among the candidates of its predicate and actor.
func (c *Coder) ask(t *tree, k *candidate, order int, among []*candidate, sp *space) *weighed {
	w := &weighed{candidate: *k, pair: pairOf(t, k), order: order, among: among}
	from := len(sp.features)
	w.features.list = sp.features
	w.pair.extract(&w.features, c.vectors)
	sp.features = w.features.list
	w.features.list = sp.features[from:len(sp.features):len(sp.features)]
	w.probability = c.model.probabilities(&w.features)
	from = len(sp.bonds)
	b := bondFeatures{list: sp.bonds}
	b.bond(t, k, &w.probability, order, among)
	sp.bonds = b.list
	w.bond = sp.bonds[from:len(sp.bonds):len(sp.bonds)]
	return w
}

// best is the most probable type, as an index of chancery.EventTypes.
func best(probability *[classes]float64) int {
	best := 0
	for j := range noEvent {
		if probability[j] > probability[best] {
			best = j
		}
	}
	return best
}

// sure is how probable the candidate is in both bond and type.
func (w *weighed) sure() float64 { return w.bonded * w.probability[best(&w.probability)] }

// choose keeps one candidate of each predicate and actor: the one most probable
// in bond and type, of equals the nearest.
func choose(all []*weighed) []*weighed {
	var out []*weighed
	for _, w := range all {
		at := slices.IndexFunc(out, func(o *weighed) bool {
			return o.trigger == w.trigger && o.actor.head == w.actor.head
		})
		switch {
		case at < 0:
			out = append(out, w)
		case w.sure() > out[at].sure():
			out[at] = w
		}
	}
	return out
}

// prune leaves out an event that says again what another of the same sentence
// says: the same type between the same parties.
func prune(all []found) []found {
	var out []found
	for _, f := range all {
		again := -1
		for j := range out {
			o := &out[j].event
			if o.Type == f.event.Type && sameParties(o.Actors, f.event.Actors) && sameParties(o.Recipients, f.event.Recipients) {
				again = j
			}
		}
		switch {
		case again < 0:
			out = append(out, f)
		case f.event.Probability > out[again].event.Probability:
			out[again] = f
		}
	}
	// "Israeli jets struck Lebanon, killing nine people" is one attack.
	out = slices.DeleteFunc(slices.Clone(out), func(f found) bool {
		return isVague(f.event.Recipients) && slices.ContainsFunc(out, func(o found) bool {
			return o.trigger != f.trigger && o.event.Type == f.event.Type && isWithin(f.event.Actors, o.event.Actors) && !isVague(o.event.Recipients)
		})
	})
	slices.SortStableFunc(out, func(a, b found) int { return cmp.Compare(a.trigger, b.trigger) })
	return out
}

func sameParties(a, b []chancery.Party) bool {
	return slices.EqualFunc(a, b, func(x, y chancery.Party) bool {
		return chancery.StateOf(x.Code) == chancery.StateOf(y.Code) && (x.Code != "" || x.Name == y.Name)
	})
}

// judge decides whether a candidate is an event, and of which type.
func (c *Coder) judge(doc *english.Doc, sentence int, w *weighed, a *chancery.Article) (chancery.Event, bool) {
	t, k, p, probability := w.pair.tree, &w.candidate, w.pair, &w.probability
	best := best(probability)
	typ := chancery.EventTypes()[best]
	actors, recipients := k.actor.parties, k.recipient.parties
	if k.reciprocal && k.recipient.head < 0 {
		actors, recipients = divide(actors)
	}
	least := leastEvent
	if len(recipients) == 0 || len(actors) == 0 {
		// PLOVER lets a crowd or an army act without a target; elsewhere a missing
		// target mostly means a figure of speech: "arrested the decline".
		if typ != chancery.Protest && typ != chancery.Mobilize {
			return chancery.Event{}, false
		}
		least = leastOneSided
	}
	if k.reciprocal && !k.isNoun && !t.isJoint(k, typ) {
		return chancery.Event{}, false
	}
	if k.recipient.head < 0 && len(k.recipient.parties) > 0 {
		least = leastTaken
	}
	status, ok := t.status(k, typ)
	if !ok {
		return chancery.Event{}, false
	}
	sure := probability[best]
	switch cooperates := typ.QuadClass() <= chancery.MaterialCooperation; {
	case cooperates && (status == chancery.Planned || status == chancery.Offered):
		// PLOVER: cooperation told in the future is AGREE, whichever it is.
		typ, sure = chancery.Agree, 0
		for j, other := range chancery.EventTypes() {
			if other.QuadClass() <= chancery.MaterialCooperation {
				sure += probability[j]
			}
		}
	case cooperates && status == chancery.Refused:
		typ = chancery.Reject // "will not release prisoners"
		sure += probability[class(chancery.Reject)]
	}
	bonded := w.bonded / max(1e-9, 1-probability[noEvent])
	giving := sure
	if typ == chancery.Concede || typ == chancery.Retreat {
		// That one gives way is sure before it is whether in law or in deed.
		giving = probability[class(chancery.Concede)] + probability[class(chancery.Retreat)]
	}
	if giving*bonded < least {
		return chancery.Event{}, false
	}
	sure *= bonded
	s := &doc.Sentences[sentence]
	e := chancery.Event{
		Sentence:    chancery.ByteRange(s.Span),
		Trigger:     chancery.ByteRange(s.Tokens[k.trigger].Span),
		Type:        typ,
		Probability: sure,
		Status:      status,
		Actors:      actors,
		Recipients:  recipients,
		Reciprocal:  k.reciprocal || isMutual(typ, t, k),
	}
	e.Evidence = append(e.Evidence,
		chancery.Evidence{Role: chancery.RoleSentence, ByteRange: e.Sentence},
		chancery.Evidence{Role: chancery.RoleTrigger, ByteRange: e.Trigger})
	for _, x := range actors {
		if !x.Mention.IsZero() {
			e.Evidence = append(e.Evidence, chancery.Evidence{Role: chancery.RoleActor, ByteRange: x.Mention})
		}
	}
	for _, x := range recipients {
		if !x.Mention.IsZero() {
			e.Evidence = append(e.Evidence, chancery.Evidence{Role: chancery.RoleRecipient, ByteRange: x.Mention})
		}
	}
	c.code(&e, p)
	c.explain(&e, w, best)
	when(&e, doc, t, sentence, k, a)
	where(&e, doc, t, sentence, k)
	return e, true
}

// isSaying reports whether the candidate is that somebody said something of the
// other party.
func (t *tree) isSaying(k *candidate) bool {
	return isReport(t.lemmas[k.trigger]) && k.recipient.head >= 0 && t.rel(k.recipient.head) == "nsubj"
}

// pairOf gives the pair of a candidate for the type model.
func pairOf(t *tree, k *candidate) *pair {
	p := &pair{tree: t, actor: k.actor.head, recipient: k.recipient.head, path: k.path, s: nowhere, o: nowhere}
	if p.actor >= 0 {
		p.s = phrase(t, p.actor)
	}
	if p.recipient >= 0 {
		p.o = phrase(t, p.recipient)
	}
	return p
}

func phrase(t *tree, i int) span {
	first, last := clause.Phrase(t.Sentence, i)
	return span{first, last}
}

// isUnknown reports whether none of the parties has a code.
func isUnknown(parties []chancery.Party) bool {
	return len(parties) > 0 && !slices.ContainsFunc(parties, func(p chancery.Party) bool { return p.Code != "" })
}

// divide puts the first of several parties on one side and the rest on the other.
func divide(parties []chancery.Party) (actors, recipients []chancery.Party) {
	for _, p := range parties {
		if len(actors) == 0 || chancery.StateOf(p.Code) == chancery.StateOf(actors[0].Code) && p.Code != "" {
			actors = append(actors, p)
		} else {
			recipients = append(recipients, p)
		}
	}
	if len(recipients) == 0 && len(actors) > 1 {
		return actors[:1], actors[1:]
	}
	return actors, recipients
}

// isMutual reports whether an act with a recipient binds both sides alike:
// "met with", "signed an agreement with".
func isMutual(typ chancery.EventType, t *tree, k *candidate) bool {
	if k.recipient.head < 0 {
		return false
	}
	switch typ {
	case chancery.Consult:
		return true
	case chancery.Cooperate, chancery.Agree, chancery.Support:
		return t.preposition(k.recipient.head) == "with"
	}
	return false
}

// Reasons that an event keeps: so many for its type, and for its parties.
const (
	typeReasons = 6
	bondReasons = 4
)

// isJoint reports whether two subjects of one verb may do such an act to each
// other: "Peru and Chile met", "failed to reach a deal"; not "refused the plane
// their air space".
func (t *tree) isJoint(k *candidate, typ chancery.EventType) bool {
	switch typ {
	case chancery.Agree, chancery.Consult, chancery.Support, chancery.Cooperate, chancery.Assault, chancery.Mobilize:
		return true
	case chancery.Reject:
		return slices.ContainsFunc(k.path, func(i int) bool {
			switch t.lemmas[i] {
			case "reach", "agree", "conclude", "settle", "meet", "talk", "negotiate", "sign":
				return true
			}
			return t.Tokens[i].UPOS == "NOUN" && isActNoun(t.lemmas[i])
		})
	case chancery.Sanction:
		return true // "Peru and Chile severed ties"
	}
	return false
}

// explain fills in what decided, and the two next best answers.
func (c *Coder) explain(e *chancery.Event, w *weighed, best int) {
	probability := &w.probability
	c.model.keepKnown(&w.features)
	w.features.merge()
	decided := c.model.reasons(&w.features, best, typeReasons)
	named := features{list: w.features.list[:0], names: make(map[uint64]string, len(decided))}
	for _, r := range decided {
		if r.kind < 0 {
			named.names[r.id] = ""
		}
	}
	w.pair.extract(&named, nil)
	for _, r := range decided {
		name := named.names[r.id]
		if r.kind >= 0 {
			name = senseNames[r.kind]
		}
		e.Reasons = append(e.Reasons, chancery.Reason{Feature: name, Weight: math.Round(r.weight*1000) / 1000})
	}
	e.Reasons = append(e.Reasons, c.bonds.reasons(w, bondReasons)...)
	order := make([]int, classes)
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(probability[b], probability[a]) })
	for _, k := range order {
		if k == best || len(e.Rejected) == 2 {
			continue
		}
		alt := chancery.Alternative{Probability: probability[k]}
		if k != noEvent {
			alt.Type = chancery.EventTypes()[k]
		}
		e.Rejected = append(e.Rejected, alt)
	}
}

// when dates the event by the time expression nearest its predicate, or by the
// article's date.
func when(e *chancery.Event, doc *english.Doc, t *tree, sentence int, k *candidate, a *chancery.Article) {
	best, at := 1<<30, -1
	for n := range doc.Times {
		r := &doc.Times[n]
		if r.Sentence != sentence || r.Start == "" && r.End == "" {
			continue
		}
		// The steps from the time expression up to the predicate; a time that
		// hangs elsewhere dates something else.
		head := t.head(span{r.First, r.Last})
		steps := 0
		for i := head; i >= 0; i, steps = t.Tokens[i].Head, steps+1 {
			if i == k.trigger || slices.Contains(k.path, i) {
				break
			}
			if t.Tokens[i].UPOS == "VERB" && i != head {
				steps += 10
			}
			if t.Tokens[i].Head < 0 {
				steps += 100
			}
		}
		if steps < best && steps < 10 {
			best, at = steps, n
		}
	}
	if at < 0 {
		if a != nil {
			e.Date = a.Published
		}
		return
	}
	r := &doc.Times[at]
	if d, err := chancery.ParseDate(r.Start); err == nil {
		e.Date = d
	}
	if d, err := chancery.ParseDate(r.End); err == nil && r.End != r.Start {
		e.Until = d
	}
	e.Evidence = append(e.Evidence, chancery.Evidence{Role: chancery.RoleDate, ByteRange: chancery.ByteRange(r.Span)})
}

// where names the place: a place name under "in", "at" or "near" of the
// predicate that is not one of the parties.
func where(e *chancery.Event, doc *english.Doc, t *tree, sentence int, k *candidate) {
	for n := range doc.Names {
		name := &doc.Names[n]
		if name.Sentence != sentence || name.Kind != english.Place {
			continue
		}
		h := t.head(span{name.First, name.Last})
		if h < 0 || h == k.recipient.head || h == k.actor.head {
			continue
		}
		switch t.preposition(h) {
		case "in", "at", "near", "outside":
		default:
			continue
		}
		if up := t.Tokens[h].Head; up == k.trigger || slices.Contains(k.path, up) {
			r := chancery.ByteRange(name.Span)
			if slices.ContainsFunc(e.Evidence, func(v chancery.Evidence) bool {
				return (v.Role == chancery.RoleActor || v.Role == chancery.RoleRecipient) && v.Overlaps(r)
			}) {
				continue
			}
			e.Place = strings.Join(strings.Fields(r.Of(doc.Text)), " ")
			e.Evidence = append(e.Evidence, chancery.Evidence{Role: chancery.RolePlace, ByteRange: r})
			return
		}
	}
}
