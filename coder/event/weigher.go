package event

import (
	"cmp"
	"slices"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/clause"
	"chancery/english"
)

// Weigher weighs acts of one text that somebody else found in it, as the coder
// weighs its own candidates. It serves one goroutine.
type Weigher struct {
	coder  *Coder
	doc    *english.Doc
	cast   *actor.Cast
	known  [][]known // of each sentence, what the coder said of its own candidates
	others []other
}

// other is a candidate that the coder did not think of.
type other struct {
	sentence int
	*weighed
}

// known is what the coder said of a candidate.
type known struct {
	trigger            int
	actors, recipients []chancery.Party
	weight             Weight
}

func (w *Weigher) know(sentence int, all []*weighed) {
	for _, k := range all {
		w.known[sentence] = append(w.known[sentence], known{k.trigger, k.actor.parties, k.recipient.parties, Weight{k.bonded, k.probability}})
	}
}

// Weight is what the models make of an act between two parties.
type Weight struct {
	act   float64          // that it is one, of the one towards the other
	types [classes]float64 // of each type, and of no event
}

// Of gives the probability that the act is between its parties and of one of
// the types.
func (w Weight) Of(types ...chancery.EventType) float64 {
	sum := 0.0
	for _, t := range types {
		sum += w.types[class(t)]
	}
	return sum / max(1e-9, 1-w.types[noEvent]) * w.act
}

// Best gives the most probable of the types, the first of equals.
func (w Weight) Best(types ...chancery.EventType) chancery.EventType {
	return slices.MaxFunc(types, func(a, b chancery.EventType) int { return cmp.Compare(w.types[class(a)], w.types[class(b)]) })
}

// Weigh weighs the act that a word of a sentence tells, of actor towards
// recipient. What the coder had among its own candidates it weighs as these.
func (w *Weigher) Weigh(sentence, trigger int, actor, recipient chancery.Party) Weight {
	best := Weight{act: -1}
	for _, k := range w.known[sentence] {
		if k.trigger == trigger && isSameSide(k.actors, actor) && isSameSide(k.recipients, recipient) && k.weight.act > best.act {
			best = k.weight
		}
	}
	if best.act >= 0 {
		return best
	}
	o := w.other(sentence, trigger, actor, recipient)
	w.others = append(w.others, other{sentence, o})
	return Weight{o.bonded, o.probability}
}

// Others lists the candidates that were weighed for others, as Proposals does
// the coder's own.
func (w *Weigher) Others() []Proposal {
	var out []Proposal
	for _, o := range w.others {
		out = append(out, o.proposal(o.sentence))
	}
	return out
}

// other makes and weighs one.
func (w *Weigher) other(sentence, trigger int, actor, recipient chancery.Party) *weighed {
	t := plant(&w.doc.Sentences[sentence])
	f := &finder{tree: t, sentence: sentence, cast: w.cast, text: w.doc.Text, nouns: w.coder.nouns}
	side := func(p chancery.Party) side {
		head := t.headOf(p.Mention)
		if head < 0 {
			return side{head: -1, parties: []chancery.Party{p}}
		}
		return f.side(head, []chancery.Party{p})
	}
	k := candidate{trigger: trigger, actor: side(actor), recipient: side(recipient), path: []int{trigger},
		isNoun: t.Tokens[trigger].UPOS == "NOUN", isPassive: clause.IsPassive(t.Sentence, trigger)}
	if k.recipient.head >= 0 && k.recipient.head != trigger && t.isUnder(k.recipient.head, trigger) {
		k.path = f.down(k.path, k.recipient.head, -1)
	}
	o := w.coder.ask(t, &k, 0, []*candidate{&k}, new(space))
	o.bonded = w.coder.bonds.probability(o.bond)
	return o
}

// headOf gives the token of the range that hangs on a token outside of it, -1
// where the sentence does not have the range.
func (t *tree) headOf(r chancery.ByteRange) int {
	for i := range t.Tokens {
		if !chancery.ByteRange(t.Tokens[i].Span).Overlaps(r) {
			continue
		}
		if h := t.Tokens[i].Head; h < 0 || !chancery.ByteRange(t.Tokens[h].Span).Overlaps(r) {
			return i
		}
	}
	return -1
}
