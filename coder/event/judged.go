package event

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"chancery"
	"chancery/english/linear"
)

// Judged is what a person said of one proposal of a text: whether its predicate
// is an act of the actor towards the recipient, and of which type.
type Judged struct {
	Text      string // the key of the text in its source: "plv:17"
	Trigger   int    // where the token starts in the text
	Actor     int    // -1 where it is only understood
	Recipient int    // likewise
	Type      string // a type, "YIELD" for CONCEDE or RETREAT; "" for no act between these two
}

// ReadJudged reads lines of the key of a text, the starts of the trigger, the
// actor and the recipient, and a type or "-", apart from each other by tabs.
// Lines that begin with # are remarks.
func ReadJudged(r io.Reader) ([]Judged, error) {
	scanner := bufio.NewScanner(r)
	var out []Judged
	for n := 1; scanner.Scan(); n++ {
		line := scanner.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			return nil, fmt.Errorf("line %d: %d columns, want 5", n, len(f))
		}
		j := Judged{Text: f[0], Type: f[4]}
		for k, at := range []*int{&j.Trigger, &j.Actor, &j.Recipient} {
			var err error
			if *at, err = strconv.Atoi(f[1+k]); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
		}
		if j.Type == "-" {
			j.Type = ""
		} else if _, err := (&Labelled{Type: j.Type}).allowed(); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, j)
	}
	return out, scanner.Err()
}

// start gives where a range starts, -1 for none.
func start(r chancery.ByteRange) int {
	if r.IsZero() {
		return -1
	}
	return r.Start
}

// Of reports whether the judgement is about a proposal of its text.
func (j *Judged) Of(p *Proposal) bool {
	return j.Trigger == start(p.Trigger) && j.Actor == start(p.Actor) && j.Recipient == start(p.Recipient)
}

// BondExample is a proposal with the answer.
type BondExample struct {
	features []uint32
	isAct    bool
}

// Example gives a proposal with the answer to learn from.
func (p *Proposal) Example(isAct bool) BondExample { return BondExample{p.features, isAct} }

// Taught makes a lesson for the types of proposals that are acts, each with its
// type, or "YIELD" for CONCEDE or RETREAT.
func Taught(acts []*Proposal, types []string, weight float64) *Lesson {
	l := &Lesson{}
	for i, p := range acts {
		l.rows = append(l.rows, Labelled{Type: types[i], Weight: weight})
		l.pairs = append(l.pairs, p.pair)
		l.lists = append(l.lists, p.types)
	}
	return l
}

// LearnBonds fits the bond model. The same examples in the same order give the
// same model.
func LearnBonds(examples []BondExample) (*Bonds, error) {
	rows := make([]linear.Example, len(examples))
	for i, e := range examples {
		rows[i].Features = e.features
		if e.isAct {
			rows[i].Class = 1
		}
	}
	m, err := linear.Train(rows, linear.Config{Classes: 1, Bits: 18, Epochs: 12, Rate: 0.02, L2: 0.002, Seed: 1})
	if err != nil {
		return nil, err
	}
	return &Bonds{m}, nil
}

// Probability is that of a proposal being an act between its parties.
func (b *Bonds) Probability(p *Proposal) float64 { return b.probability(p.features) }

// IsMarked reports whether a proposal joins the marked parties of a row.
func (l *Labelled) IsMarked(p *Proposal) bool {
	touches := func(r chancery.ByteRange, parties []chancery.Party, at chancery.ByteRange) bool {
		return at.IsZero() || r.Overlaps(at) || slices.ContainsFunc(parties, func(x chancery.Party) bool { return x.Mention.Overlaps(at) })
	}
	if p.Reciprocal {
		return touches(p.Actor, p.Actors, l.Actor) && touches(p.Actor, p.Actors, l.Recipient)
	}
	return touches(p.Actor, p.Actors, l.Actor) && touches(p.Recipient, p.Recipients, l.Recipient) && (!l.Recipient.IsZero() || p.Recipient.IsZero())
}

// IsType reports whether a type answers the row's label.
func (l *Labelled) IsType(t chancery.EventType) bool {
	return l.Type == rootOf(t) || l.Type == string(t)
}
