// Package draft proposes a table for the models from what the record holds.
//
// In: acts, one for each recorded event between two actors, with what they are
// about. Out: a table (model/table) in which every number stands with the acts it
// rests on and a range that is wide when they are few, and in which what the acts
// do not show is marked "?". A person edits it; the models refuse it until no "?"
// is left.
//
// It will not propose capabilities, of which events say nothing, and takes no
// position from fewer than Options.Least acts. A proposal is a count, not a
// judgement: who speaks most about a thing need not care most.
package draft

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery"
	"chancery/model/table"

	"gonum.org/v1/gonum/stat/distuv"
)

// Act is one recorded event between two actors.
type Act struct {
	Event            string // id
	Actor, Recipient string
	Type             chancery.EventType
	Status           chancery.Status
	Class            chancery.QuadClass // with the status taken into account; 0 is left out
	Topics           []string           // kind of good and contexts
	Happening        int64              // acts of one happening count once; 0: this one stands alone
}

// Issue is an issue to draft: acts with one of the topics bear on it.
type Issue struct {
	ID     string
	Topics []string
}

// ParseIssues reads "arms,bases=basing+port": ids with their topics, the id
// itself where none are given. Errors wrap chancery.ErrInvalid.
func ParseIssues(s string) ([]Issue, error) {
	var out []Issue
	for item := range strings.SplitSeq(s, ",") {
		id, topics, given := strings.Cut(strings.TrimSpace(item), "=")
		i := Issue{ID: strings.TrimSpace(id), Topics: []string{strings.TrimSpace(id)}}
		if given {
			i.Topics = nil
			for topic := range strings.SplitSeq(topics, "+") {
				if topic = strings.TrimSpace(topic); topic != "" {
					i.Topics = append(i.Topics, topic)
				}
			}
		}
		if i.ID == "" || len(i.Topics) == 0 || strings.ContainsFunc(item, func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }) {
			return nil, fmt.Errorf("%w: issue %q (want NAME or NAME=TOPIC+TOPIC, where a topic is a kind of good or a context)", chancery.ErrInvalid, item)
		}
		if slices.ContainsFunc(out, func(o Issue) bool { return o.ID == i.ID }) {
			return nil, fmt.Errorf("%w: issue %q is named twice", chancery.ErrInvalid, i.ID)
		}
		out = append(out, i)
	}
	return out, nil
}

// Options of Table.
type Options struct {
	Actors []string // codes, in the order of the table; empty: the Most busiest
	Most   int      // 0 is 8
	Issues []Issue
	Least  int    // acts below which a number is unknown; 0 is 3
	Title  string //
}

// Draft is a proposed table.
type Draft struct {
	Table   *table.Table
	Notes   map[string]string // by table.Key: the acts behind an entry
	Unknown int               // numbers a person has to give
}

// Head is the comment at the top of a written draft.
const Head = `Proposed from the record. Numbers are counts of what was reported, with the range the counts leave:
  position    0..100, the share of the actor's acts on the issue that further it (give, offer, agree, ask for)
              as against refuse, withhold, condemn or punish
  salience    how often he acts on the issue, related to the one he acts on most (0.9)
  propensity  acts for less acts against between the two, from -1 to 1
Edit every number you know better. ? is what the record does not show: replace each one, or delete the
row of an actor who has no stake. Capabilities are never in the record. The models refuse a table with ?.`

// toward says whether an act furthers what it is about, and whether it says
// anything about it.
func toward(a *Act) (further, says bool) {
	if a.Status == chancery.Denied || a.Status == chancery.Proposed {
		return false, false
	}
	broken := a.Status == chancery.Refused || a.Status == chancery.Withheld || a.Status == chancery.Reneged
	switch a.Type.QuadClass() {
	case chancery.VerbalCooperation, chancery.MaterialCooperation:
		return !broken, true
	case chancery.VerbalConflict:
		return a.Type == chancery.Request, true // asking for arms is wanting them, even when refused
	case chancery.MaterialConflict:
		return false, !broken // a blow that was refused says nothing
	}
	return false, false
}

// tally counts acts for and against and remembers some ids.
type tally struct {
	pro, con int
	events   []string
}

func (t *tally) add(pro bool, event string) {
	if pro {
		t.pro++
	} else {
		t.con++
	}
	if len(t.events) < 5 {
		t.events = append(t.events, event)
	}
}

func (t *tally) all() int { return t.pro + t.con }

func (t *tally) note(for_, against string) string {
	s := fmt.Sprintf("%d %s, %d %s", t.pro, for_, t.con, against)
	if len(t.events) > 0 {
		s += ": " + strings.Join(t.events, " ")
		if t.all() > len(t.events) {
			s += " ..."
		}
	}
	return s
}

// share is the median and the central 90 % of the posterior of a proportion
// under Jeffreys' prior (Brown, Cai and DasGupta 2001), mapped by a x + b and
// rounded to the digits.
func share(pro, con int, a, b float64, digits int) table.Number {
	d := distuv.Beta{Alpha: float64(pro) + .5, Beta: float64(con) + .5}
	scale := math.Pow(10, float64(digits))
	at := func(q float64) float64 { return math.Round((a*d.Quantile(q)+b)*scale) / scale }
	return table.Between(at(.5), at(.05), at(.95))
}

// Table drafts a table. Acts may come in any order; those of one happening and
// direction count once, the first by id.
func Table(acts []Act, opts Options) Draft {
	if opts.Least <= 0 {
		opts.Least = 3
	}
	if opts.Most <= 0 {
		opts.Most = 8
	}
	var sorted []*Act
	for i := range acts {
		if a := &acts[i]; a.Happening != 0 || len(opts.Actors) == 0 || matters(a, opts) {
			sorted = append(sorted, a)
		}
	}
	slices.SortStableFunc(sorted, func(a, b *Act) int { return strings.Compare(a.Event, b.Event) })
	type once struct {
		happening        int64
		actor, recipient string
	}
	seen := map[once]bool{}
	sorted = slices.DeleteFunc(sorted, func(a *Act) bool {
		if a.Actor == "" || a.Recipient == "" || a.Actor == a.Recipient {
			return true
		}
		key := once{a.Happening, a.Actor, a.Recipient}
		if a.Happening != 0 && seen[key] {
			return true
		}
		seen[key] = true
		return false
	})
	actors := opts.Actors
	if len(actors) == 0 {
		actors = busiest(sorted, opts)
	}
	cells, pairs := map[[2]string]*tally{}, map[[2]string]*tally{}
	of := func(m map[[2]string]*tally, a, b string) *tally {
		if m[[2]string{a, b}] == nil {
			m[[2]string{a, b}] = &tally{}
		}
		return m[[2]string{a, b}]
	}
	for _, a := range sorted {
		if further, says := toward(a); says {
			for _, issue := range opts.Issues {
				if bears(a, issue) {
					of(cells, a.Actor, issue.ID).add(further, a.Event)
				}
			}
		}
		if a.Class != 0 {
			friendly := a.Class == chancery.VerbalCooperation || a.Class == chancery.MaterialCooperation
			of(pairs, min(a.Actor, a.Recipient), max(a.Actor, a.Recipient)).add(friendly, a.Event)
		}
	}
	d := Draft{Table: &table.Table{Title: opts.Title, Pairs: table.PairsListed}, Notes: map[string]string{}}
	for _, issue := range opts.Issues {
		d.Table.Issues = append(d.Table.Issues, table.Issue{ID: issue.ID, Upper: 100, Low: "against " + strings.Join(issue.Topics, ", "),
			High: "for " + strings.Join(issue.Topics, ", ")})
	}
	for _, actor := range actors {
		d.Table.Actors = append(d.Table.Actors, table.Actor{ID: actor})
		d.Unknown++ // his capability
		most := 0
		for _, issue := range opts.Issues {
			most = max(most, of(cells, actor, issue.ID).all())
		}
		for _, issue := range opts.Issues {
			t := of(cells, actor, issue.ID)
			c := table.Cell{Actor: actor, Issue: issue.ID}
			if t.all() >= opts.Least {
				c.Position = share(t.pro, t.con, 100, 0, 0)
				// Salience counts against the issue he acts on most: t.all() of most.
				c.Salience = share(t.all(), max(0, most-t.all()), .9, 0, 2)
				c.Source = fmt.Sprintf("%d acts in the record", t.all())
			} else {
				c.Source = fmt.Sprintf("%d acts in the record, too few", t.all())
				d.Unknown += 2
			}
			d.Table.Cells = append(d.Table.Cells, c)
			d.Notes[table.Key(actor, issue.ID)] = t.note("further it", "do not")
		}
	}
	for i, a := range actors {
		for _, b := range actors[i+1:] {
			t := of(pairs, min(a, b), max(a, b))
			e := table.Propensity{A: a, B: b, Source: fmt.Sprintf("%d acts in the record", t.all())}
			if t.all() >= opts.Least {
				e.Value = share(t.pro, t.con, 2, -1, 2)
			} else {
				e.Source += ", too few"
				d.Unknown++
			}
			d.Table.Propensities = append(d.Table.Propensities, e)
			d.Notes[table.Key(a, b)] = t.note("for", "against")
		}
	}
	return d
}

// matters reports whether an act bears on an issue or joins two of the actors named.
func matters(a *Act, opts Options) bool {
	return slices.ContainsFunc(opts.Issues, func(issue Issue) bool { return bears(a, issue) }) ||
		slices.Contains(opts.Actors, a.Actor) && slices.Contains(opts.Actors, a.Recipient)
}

func bears(a *Act, issue Issue) bool {
	return slices.ContainsFunc(issue.Topics, func(t string) bool { return slices.Contains(a.Topics, t) })
}

// busiest are the actors with most acts on the issues, then with most acts.
func busiest(acts []*Act, opts Options) []string {
	on, all := map[string]int{}, map[string]int{}
	for _, a := range acts {
		all[a.Actor]++
		all[a.Recipient]++
		if slices.ContainsFunc(opts.Issues, func(issue Issue) bool { return bears(a, issue) }) {
			on[a.Actor]++
		}
	}
	var codes []string
	for c := range all {
		codes = append(codes, c)
	}
	slices.SortFunc(codes, func(a, b string) int {
		switch {
		case on[a] != on[b]:
			return on[b] - on[a]
		case all[a] != all[b]:
			return all[b] - all[a]
		}
		return strings.Compare(a, b)
	})
	return codes[:min(opts.Most, len(codes))]
}
