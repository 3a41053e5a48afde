package event

import (
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

// bondFeatures gathers the hashed features of a candidate.
type bondFeatures struct {
	list []uint32
}

func (f *bondFeatures) add(kind uint32, parts ...string) {
	h := linear.Hash(kind)
	for _, p := range parts {
		h = linear.AddString(linear.Add(h, 31), p)
	}
	f.list = append(f.list, h)
}

// bond lists the features of a candidate. probability is the type model's answer
// for it, order its place among the candidates of its predicate and of how many.
func (t *tree) bond(k *candidate, probability *[classes]float64, order, among int) []uint32 {
	var f bondFeatures
	best := 0
	for j := range noEvent {
		if probability[j] > probability[best] {
			best = j
		}
	}
	typ := string(chancery.EventTypes()[best])
	class := strconv.Itoa(int(chancery.EventTypes()[best].QuadClass()))
	top := t.lemmas[k.trigger]
	last := k.trigger
	if len(k.path) > 0 {
		last = k.path[len(k.path)-1]
	}
	to := t.route(k.trigger, k.recipient.head)
	from := t.route(k.trigger, k.actor.head)
	by := ""
	if k.recipient.head >= 0 {
		by = t.rel(k.recipient.head) + " " + t.preposition(k.recipient.head)
	}
	actor, recipient := t.kindOf(&k.actor), t.kindOf(&k.recipient)

	// How sure the type model is that there is an act, and of which type.
	f.add(1, "always")
	f.add(2, bucket(probability[noEvent]))
	f.add(3, typ)
	f.add(4, typ, bucket(probability[best]))

	// How the parties hang on the predicate.
	f.add(10, from)
	f.add(11, to)
	f.add(12, from, to)
	f.add(13, typ, from)
	f.add(14, typ, to)
	f.add(15, class, to)
	f.add(16, by)
	f.add(17, typ, by)
	f.add(18, t.lemmas[last], by)
	f.add(19, top, by)
	f.add(20, top, from)
	f.add(21, top, typ)
	f.add(22, top)
	f.add(23, t.lemmas[last], typ)
	if len(k.path) > 1 {
		f.add(24, t.lemmas[k.path[0]], t.lemmas[k.path[1]])
	}
	f.add(25, strconv.Itoa(min(6, len(k.path))))
	f.add(26, strconv.Itoa(min(10, k.distance)))
	f.add(27, typ, strconv.Itoa(min(10, k.distance)))
	f.add(28, strconv.Itoa(order), strconv.Itoa(among))
	f.add(29, t.Tokens[k.trigger].UPOS, flag(k.isPassive)+flag(k.reciprocal)+flag(k.recipient.head < 0 && len(k.recipient.parties) > 0))

	// Who they are.
	f.add(40, actor)
	f.add(41, recipient)
	f.add(42, actor, recipient)
	f.add(43, typ, recipient)
	f.add(44, typ, actor)
	f.add(45, to, recipient)
	f.add(46, by, recipient)
	f.add(47, class, by, recipient)
	same := "other"
	switch {
	case k.recipient.head >= 0 && isWithin(k.recipient.parties, k.actor.parties):
		same = "same"
	case isUnknown(k.actor.parties) || isUnknown(k.recipient.parties):
		same = "unknown"
	}
	f.add(48, same)
	f.add(49, same, typ)
	f.add(50, same, by)
	f.add(51, strconv.Itoa(min(3, len(k.actor.parties))), strconv.Itoa(min(3, len(k.recipient.parties))))
	for n, s := range []*side{&k.actor, &k.recipient} {
		if s.head >= 0 && t.Tokens[s.head].UPOS != "PROPN" {
			f.add(52+uint32(n), t.lemmas[s.head])
			f.add(54+uint32(n), t.lemmas[s.head], typ)
		}
	}

	// Where the predicate stands.
	head := t.Tokens[k.trigger].Head
	role := t.Tokens[k.trigger].Rel
	f.add(60, role)
	f.add(61, role, t.mark(k.trigger))
	f.add(62, role, typ)
	f.add(63, t.Tokens[k.trigger].XPOS, role)
	if head >= 0 {
		f.add(64, role, t.lemmas[head])
		f.add(65, t.lemmas[head])
		f.add(66, role, t.mark(head), t.rel(head))
	}
	for i, n := head, 0; i >= 0 && n < 4; i, n = t.Tokens[i].Head, n+1 {
		f.add(67, t.rel(i))
		if m := t.mark(i); m != "" {
			f.add(68, m)
		}
	}
	for _, c := range t.kids[k.trigger] {
		switch r := t.rel(c); r {
		case "aux", "mark", "advmod", "det", "cop", "compound":
			f.add(70, r, t.lemmas[c])
			f.add(71, r, t.lemmas[c], class)
		case "obj", "obl", "xcomp", "ccomp", "advcl":
			f.add(72, r, flag(c == k.recipient.head))
			if c != k.recipient.head {
				f.add(73, r, t.lemmas[c], by)
				f.add(74, r, t.lemmas[c])
				f.add(75, r, t.Tokens[c].UPOS, to)
			}
		}
	}

	// What stands between.
	if k.recipient.head >= 0 {
		f.between(t, 80, k.trigger, k.recipient.head)
	}
	if k.actor.head >= 0 {
		f.between(t, 84, k.actor.head, k.trigger)
	}
	return f.list
}

// between notes how far apart two tokens stand, and the verbs and commas between.
func (f *bondFeatures) between(t *tree, kind uint32, a, b int) {
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
	f.add(kind, order, strconv.Itoa(steps(b-a)))
	f.add(kind+1, order, strconv.Itoa(min(3, verbs)), strconv.Itoa(min(2, commas)))
	f.add(kind+2, strconv.Itoa(min(4, names)))
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
	features    []uint32
}

// Proposals lists all candidates of a text, in the order of their triggers.
func (c *Coder) Proposals(doc *english.Doc, who *actor.Cast) []Proposal {
	var out []Proposal
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		for _, k := range c.weigh(doc, i, who, nil) {
			at := func(token int) chancery.ByteRange {
				if token < 0 {
					return chancery.ByteRange{}
				}
				return chancery.ByteRange(s.Tokens[token].Span)
			}
			p := Proposal{Sentence: i, Trigger: at(k.trigger), Actor: at(k.actor.head), Recipient: at(k.recipient.head),
				Actors: k.actor.parties, Recipients: k.recipient.parties, Reciprocal: k.reciprocal, Act: 1 - k.probability[noEvent], features: k.bond}
			for j := range noEvent {
				if k.probability[j] > p.Probability {
					p.Type, p.Probability = chancery.EventTypes()[j], k.probability[j]
				}
			}
			out = append(out, p)
		}
	}
	return out
}
