package event

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"chancery"
	"chancery/coder/actor"
	"chancery/english"
	"chancery/english/linear"
)

// A bond is that a predicate joins its two parties as actor and recipient of
// one act. Whether a candidate is one is decided by a logistic regression over
// how the parties hang on the predicate, what they are, and what the type model
// makes of the three; it learns from candidates that people have judged.

// Bonds gives the probability that a candidate is an act between its parties.
// It is read-only and safe for concurrent use.
type Bonds struct {
	model *linear.Model
}

//go:embed bonds.model
var embeddedBonds []byte

// ShippedBonds gives the embedded model.
func ShippedBonds() (*Bonds, error) {
	m, rest, err := linear.Decode(embeddedBonds)
	switch {
	case err != nil:
		return nil, fmt.Errorf("load the embedded bond model: %w", err)
	case len(rest) > 0 || m.Classes() != 1:
		return nil, fmt.Errorf("load the embedded bond model: %d classes and %d bytes left over", m.Classes(), len(rest))
	}
	return &Bonds{m}, nil
}

// Encode writes the model in the form of bonds.model.
func (b *Bonds) Encode() []byte { return b.model.Encode() }

func (b *Bonds) probability(features []uint32) float64 {
	var score [1]float32
	b.model.Scores(features, score[:])
	return 1 / (1 + math.Exp(-float64(score[0])))
}

// reasons lists the features of a candidate that speak most for its bond, in
// log-odds, the strongest first.
func (b *Bonds) reasons(w *weighed, most int) []chancery.Reason {
	if w.recipient.head < 0 && !w.reciprocal {
		return nil // nothing was decided
	}
	// The strongest, as places in the list, which has the features in the order
	// in which they are added again for their names.
	type strong struct {
		at     int
		weight float64
	}
	var all []strong
	for i := range w.bond {
		var score [1]float32
		b.model.Scores(w.bond[i:i+1], score[:])
		if x := math.Round(float64(score[0])*1000) / 1000; x > 0 {
			all = append(all, strong{i, x})
		}
	}
	slices.SortStableFunc(all, func(a, b strong) int { return cmp.Compare(b.weight, a.weight) })
	all = all[:min(most, len(all))]
	f := bondFeatures{list: w.bond[:0], names: make(map[int]string, len(all))}
	for _, s := range all {
		f.names[s.at] = ""
	}
	f.bond(w.pair.tree, &w.candidate, &w.probability, w.order, w.among)
	var out []chancery.Reason
	for _, s := range all {
		out = append(out, chancery.Reason{Feature: "parties, " + f.names[s.at], Weight: s.weight})
	}
	return out
}

// bondFeatures gathers the hashed features of a candidate.
type bondFeatures struct {
	list  []uint32
	names map[int]string // of the places in the list that are in it
}

func (f *bondFeatures) add(kind string, parts ...string) {
	h := linear.AddString(linear.Hash(1), kind)
	for _, p := range parts {
		h = linear.AddString(linear.Add(h, 31), p)
	}
	if _, asked := f.names[len(f.list)]; asked {
		f.names[len(f.list)] = nameOf(kind, parts)
	}
	f.list = append(f.list, h)
}

// bond lists the features of a candidate. probability is the type model's answer
// for it, order its place among the candidates of its predicate and actor.
func (f *bondFeatures) bond(t *tree, k *candidate, probability *[classes]float64, order int, among []*candidate) {
	best := best(probability)
	typ := string(chancery.EventTypes()[best])
	class := strconv.Itoa(int(chancery.EventTypes()[best].QuadClass()))
	top := t.lemmas[k.trigger]
	last := k.trigger
	if len(k.path) > 0 {
		last = k.path[len(k.path)-1]
	}
	to := t.route(k.trigger, k.recipient.head)
	from := t.route(k.trigger, k.actor.head)
	by := t.by(k.recipient.head)
	actor, recipient := t.kindOf(&k.actor), t.kindOf(&k.recipient)

	// How sure the type model is that there is an act, and of which type.
	f.add("always", "always")
	f.add("no act", bucket(probability[noEvent]))
	f.add("type", typ)
	f.add("sureness of type", typ, bucket(probability[best]))

	// How the parties hang on the predicate.
	f.add("actor by", from)
	f.add("recipient by", to)
	f.add("actor and recipient by", from, to)
	f.add("type, actor by", typ, from)
	f.add("type, recipient by", typ, to)
	f.add("class, recipient by", class, to)
	f.add("recipient is", by)
	f.add("type, recipient is", typ, by)
	f.add("word over recipient", t.lemmas[last], by)
	f.add("predicate, recipient is", top, by)
	f.add("predicate, actor by", top, from)
	f.add("predicate, type", top, typ)
	f.add("predicate", top)
	f.add("word over recipient, type", t.lemmas[last], typ)
	if len(k.path) > 1 {
		f.add("path", t.lemmas[k.path[0]], t.lemmas[k.path[1]])
	}
	f.add("length of path", strconv.Itoa(min(6, len(k.path))))
	f.add("distance", strconv.Itoa(min(10, k.distance)))
	f.add("type, distance", typ, strconv.Itoa(min(10, k.distance)))
	f.add("place among the recipients", strconv.Itoa(order), strconv.Itoa(len(among)))
	f.add("form of the predicate", t.Tokens[k.trigger].UPOS, flag(k.isPassive)+flag(k.reciprocal)+flag(k.recipient.head < 0 && len(k.recipient.parties) > 0))

	// Who they are.
	f.add("sort of actor", actor)
	f.add("sort of recipient", recipient)
	f.add("sorts of both", actor, recipient)
	f.add("type, sort of recipient", typ, recipient)
	f.add("type, sort of actor", typ, actor)
	f.add("recipient by, sort", to, recipient)
	f.add("recipient is, sort", by, recipient)
	f.add("class, recipient is, sort", class, by, recipient)
	same := "other"
	switch {
	case k.recipient.head >= 0 && isWithin(k.recipient.parties, k.actor.parties):
		same = "same"
	case isUnknown(k.actor.parties) || isUnknown(k.recipient.parties):
		same = "unknown"
	}
	f.add("states", same)
	f.add("states, type", same, typ)
	f.add("states, recipient is", same, by)
	f.add("numbers of parties", strconv.Itoa(min(3, len(k.actor.parties))), strconv.Itoa(min(3, len(k.recipient.parties))))
	for n, s := range []*side{&k.actor, &k.recipient} {
		if s.head >= 0 && t.Tokens[s.head].UPOS != "PROPN" {
			f.add([...]string{"actor", "recipient"}[n], t.lemmas[s.head])
			f.add([...]string{"type, actor", "type, recipient"}[n], t.lemmas[s.head], typ)
		}
	}

	f.way(t, "to the recipient", k.trigger, k.recipient.head)
	f.way(t, "to the actor", k.trigger, k.actor.head)
	for n, s := range []*side{&k.actor, &k.recipient} {
		if s.head < 0 {
			continue
		}
		name := [...]string{"actor", "recipient"}[n]
		p := &s.parties[0]
		alias := flag(p.Mention.IsZero() || p.Mention.End-p.Mention.Start == len(p.Name))
		first := t.Tokens[s.head].Form[0]
		f.add(name+" named", alias, s.kind)
		f.add(name+" listed", s.listed, alias)
		f.add(name+" listed, is", s.listed, t.by(s.head), typ)
		f.add(name+" named, is", alias, t.by(s.head), s.kind)
		f.add(name+" capital", flag('A' <= first && first <= 'Z'), t.Tokens[s.head].UPOS)
		det := ""
		for _, c := range t.kids[s.head] {
			switch r := t.rel(c); r {
			case "det", "nummod", "nmod", "amod", "acl", "appos", "conj":
				det = r
				f.add(name+" with", r, t.lemmas[c])
				f.add(name+" with sort", r, t.Tokens[c].UPOS)
			}
		}
		f.add(name+" bare", flag(det == ""), t.by(s.head))
	}

	// Who else it may be.
	for n, o := range among {
		if n == order || o.recipient.head < 0 {
			continue
		}
		rival, side := t.by(o.recipient.head), "behind"
		if n < order {
			side = "before"
		}
		f.add("rival", side, by, rival)
		f.add("rival of predicate", top, by, rival)
		f.add("rival's sort", side, recipient, t.kindOf(&o.recipient))
		if t.isUnder(k.recipient.head, o.recipient.head) {
			f.add("under the rival", by, rival)
		}
	}

	// Where the predicate stands.
	head := t.Tokens[k.trigger].Head
	role := t.Tokens[k.trigger].Rel
	f.add("predicate is", role)
	f.add("predicate is, after", role, t.mark(k.trigger))
	f.add("predicate is, type", role, typ)
	f.add("predicate is, tag", t.Tokens[k.trigger].XPOS, role)
	if head >= 0 {
		f.add("predicate under", role, t.lemmas[head])
		f.add("above the predicate", t.lemmas[head])
		f.add("predicate is, above it", role, t.mark(head), t.rel(head))
	}
	for i, n := head, 0; i >= 0 && n < 4; i, n = t.Tokens[i].Head, n+1 {
		f.add("further above", t.rel(i))
		if m := t.mark(i); m != "" {
			f.add("clause after", m)
		}
	}
	for _, c := range t.kids[k.trigger] {
		switch r := t.rel(c); r {
		case "aux", "mark", "advmod", "det", "cop", "compound":
			f.add("beside the predicate", r, t.lemmas[c])
			f.add("beside the predicate, class", r, t.lemmas[c], class)
		case "obj", "obl", "xcomp", "ccomp", "advcl":
			f.add("complement", r, flag(c == k.recipient.head))
			if c != k.recipient.head {
				f.add("complement, recipient is", r, t.lemmas[c], by)
				f.add("complement word", r, t.lemmas[c])
				f.add("complement, recipient by", r, t.Tokens[c].UPOS, to)
			}
		}
	}

	// What stands between.
	if k.recipient.head >= 0 {
		f.between(t, "before the recipient", k.trigger, k.recipient.head)
	}
	if k.actor.head >= 0 {
		f.between(t, "after the actor", k.actor.head, k.trigger)
	}
}

// way notes what stands on the way through the tree from a predicate to a party.
func (f *bondFeatures) way(t *tree, kind string, from, to int) {
	if to < 0 {
		return
	}
	top := from
	up := 0
	for top >= 0 && !t.isUnder(to, top) {
		top = t.Tokens[top].Head
		up++
	}
	down := 0
	tags, last := "", ""
	nested := "n"
	for i := t.Tokens[to].Head; i >= 0 && i != top; i = t.Tokens[i].Head {
		down++
		tags += t.Tokens[i].UPOS + " "
		if last == "" {
			last = t.lemmas[i]
		}
		if isActNoun(t.lemmas[i]) && t.Tokens[i].UPOS == "NOUN" {
			nested = "act"
		}
		if t.Tokens[i].UPOS == "PROPN" {
			nested = "name"
		}
	}
	f.add(kind+": steps", strconv.Itoa(min(3, up)), strconv.Itoa(min(4, down)))
	f.add(kind+": tags", tags)
	f.add(kind+": past", nested, t.by(to))
	f.add(kind+": from", last, t.preposition(to))
	f.add(kind+": word before", last)
}

// between notes how far apart two tokens stand, and the verbs and commas between.
func (f *bondFeatures) between(t *tree, kind string, a, b int) {
	order := "before"
	if b < a {
		a, b, order = b, a, "after"
	}
	verbs, commas, names := 0, 0, 0
	for i := a + 1; i < b; i++ {
		switch {
		case t.Tokens[i].UPOS == "VERB":
			verbs++
		case t.Tokens[i].Form == ",":
			commas++
		case t.Tokens[i].UPOS == "PROPN" && t.Tokens[i-1].UPOS != "PROPN":
			names++
		}
	}
	f.add(kind+": words", order, strconv.Itoa(steps(b-a)))
	f.add(kind+": verbs and commas", order, strconv.Itoa(min(3, verbs)), strconv.Itoa(min(2, commas)))
	f.add(kind+": names", strconv.Itoa(min(4, names)))
}

// steps rounds a distance down to 1, 2, 3, 5, 8, 13 or 21.
func steps(n int) int {
	for _, s := range []int{21, 13, 8, 5, 3, 2} {
		if n >= s {
			return s
		}
	}
	return 1
}

func bucket(p float64) string { return strconv.Itoa(min(9, int(p*10))) }

func flag(b bool) string {
	if b {
		return "y"
	}
	return "n"
}

// mark gives the conjunction or preposition that opens the clause of token i,
// "" for none.
func (t *tree) mark(i int) string {
	if c := t.kid(i, "mark", "case"); c >= 0 {
		return t.lemmas[c]
	}
	return ""
}

// by says how token i hangs in the sentence, "obl against", "obj "; "" for -1.
func (t *tree) by(i int) string {
	if i < 0 {
		return ""
	}
	return t.rel(i) + " " + t.preposition(i)
}

// route writes the way through the tree from one token to another: "^conj nsubj",
// "obj nmod:of". Prepositions stand for the subtypes of obliques.
func (t *tree) route(from, to int) string {
	if to < 0 {
		return "none"
	}
	top := from
	var up []string
	for top >= 0 && !t.isUnder(to, top) {
		up = append(up, "^"+t.rel(top))
		top = t.Tokens[top].Head
	}
	var down []string
	for i := to; i >= 0 && i != top; i = t.Tokens[i].Head {
		r := t.rel(i)
		switch r {
		case "obl", "nmod":
			r = t.Tokens[i].Rel
			if r != "nmod:poss" {
				r = t.rel(i) + ":" + t.preposition(i)
			}
		case "advcl", "acl":
			r += ":" + t.mark(i)
		}
		down = append(down, r)
	}
	slices.Reverse(down)
	all := slices.Concat(up, down)
	if len(all) > 6 {
		return "far"
	}
	return strings.Join(all, " ")
}

// kindOf says what sort of party stands on a side and how it is named: "state
// PROPN", "MIL NOUN", "body PROPN", "nobody PRON".
func (t *tree) kindOf(s *side) string {
	if len(s.parties) == 0 {
		return "none"
	}
	kind := s.kind
	switch code := s.parties[0].Code; {
	case code == "":
		kind = "nobody"
	case slices.Contains(chancery.Sectors(), code):
		kind = code
	case chancery.StateOf(code) != code:
		kind = code[3:] + " of a state"
	}
	if s.head < 0 {
		return kind + " understood"
	}
	return kind + " " + t.Tokens[s.head].UPOS
}

// Proposal is a candidate as a person judges it, and as the bond model sees it.
type Proposal struct {
	Sentence    int
	Trigger     chancery.ByteRange
	Actor       chancery.ByteRange // the head of its phrase; zero where it is only understood
	Recipient   chancery.ByteRange // likewise
	Actors      []chancery.Party
	Recipients  []chancery.Party
	Reciprocal  bool
	Type        chancery.EventType
	Probability float64 // of the type
	Act         float64 // that there is an act at all, by the type model
	Bond        float64 // that it is one between these two

	features []uint32  // of the bond
	pair     *pair     // of the type
	types    []feature // likewise
}

// Proposals lists all candidates of a text, in the order of their triggers.
func (c *Coder) Proposals(doc *english.Doc, who *actor.Cast) []Proposal {
	var out []Proposal
	for i := range doc.Sentences {
		for _, k := range c.weigh(doc, i, who, nil, new(space)) {
			out = append(out, k.proposal(i))
		}
	}
	return out
}

func (w *weighed) proposal(sentence int) Proposal {
	at := func(token int) chancery.ByteRange {
		if token < 0 {
			return chancery.ByteRange{}
		}
		return chancery.ByteRange(w.pair.tree.Tokens[token].Span)
	}
	best := best(&w.probability)
	return Proposal{Sentence: sentence, Trigger: at(w.trigger), Actor: at(w.actor.head), Recipient: at(w.recipient.head),
		Actors: w.actor.parties, Recipients: w.recipient.parties, Reciprocal: w.reciprocal, Act: 1 - w.probability[noEvent], Bond: w.bonded,
		Type: chancery.EventTypes()[best], Probability: w.probability[best], features: w.bond, pair: w.pair, types: w.features.all()}
}
