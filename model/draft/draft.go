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
	"cmp"
	"fmt"
	"maps"
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
	*Kind
	Happening int64 // acts of one happening count once; 0: this one stands alone
}

// Kind is what an act is, whoever does it. Acts share it.
type Kind struct {
	Type   chancery.EventType
	Status chancery.Status
	Class  chancery.QuadClass // with the status taken into account; 0 is left out
	Topics []string           // kind of good and contexts
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
	Acts    int               // that it was counted from
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
func toward(a *Kind) (further, says bool) {
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
	events   []string // the first by id
}

func (t *tally) add(pro bool, event string) {
	if pro {
		t.pro++
	} else {
		t.con++
	}
	if len(t.events) == mostEvents && event >= t.events[mostEvents-1] {
		return
	}
	at, _ := slices.BinarySearch(t.events, event)
	t.events = slices.Insert(t.events, at, event)
	t.events = t.events[:min(len(t.events), mostEvents)]
}

// mostEvents is how many ids a note gives.
const mostEvents = 5

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

// Table drafts a table from the acts that each gives it one by one, and returns the
// error of each. They may come in any order and are not kept; those of one happening
// and direction count once, the first by id.
func Table(each func(take func(*Act)) error, opts Options) (Draft, error) {
	if opts.Least <= 0 {
		opts.Least = 3
	}
	if opts.Most <= 0 {
		opts.Most = 8
	}
	c := newCount(opts)
	if err := each(c.take); err != nil {
		return Draft{}, err
	}
	c.settle()
	actors := opts.Actors
	if len(actors) == 0 {
		actors = c.busiest(opts.Most)
	}
	return c.table(actors, opts), nil
}

// count is what the acts come to.
type count struct {
	opts     Options
	acts     int
	bearings map[*Kind]bearing
	pairs    map[[2]string]*between
	of       map[string]*actor
	last     *between // of the act before, which mostly has it too
	first    map[once]*Act
}

// actor is what one does.
type actor struct {
	acts, on int      // that he does or that are done to him; that he does on the issues
	cells    []*tally // by issue
}

// between is what passes from one actor to another.
type between struct {
	actor, recipient string
	one, other       *actor
	joins            bool   // two of the actors asked for
	both             *tally // either way
}

// bearing is what a kind of acts says of the issues.
type bearing struct {
	issues        []int
	further, says bool
}

// once is what counts once.
type once struct {
	happening int64
	*between
}

func newCount(opts Options) *count {
	return &count{opts: opts, bearings: map[*Kind]bearing{}, pairs: map[[2]string]*between{}, of: map[string]*actor{}, first: map[once]*Act{}}
}

// take counts an act, or sets it aside until all acts of its happening are there.
func (c *count) take(a *Act) {
	c.acts++
	if a.Actor == "" || a.Recipient == "" || a.Actor == a.Recipient {
		return
	}
	p := c.between(a)
	if a.Happening == 0 {
		if len(c.opts.Actors) == 0 || p.joins || len(c.bearing(a.Kind).issues) > 0 {
			c.add(a, p)
		}
		return
	}
	key := once{a.Happening, p}
	if f := c.first[key]; f == nil {
		kept := *a
		c.first[key] = &kept
	} else if a.Event < f.Event {
		*f = *a
	}
}

// settle counts the acts that were set aside.
func (c *count) settle() {
	for key, a := range c.first {
		c.add(a, key.between)
	}
}

// between gives the two that an act is between.
func (c *count) between(a *Act) *between {
	if c.last != nil && c.last.actor == a.Actor && c.last.recipient == a.Recipient {
		return c.last
	}
	key := [2]string{a.Actor, a.Recipient}
	p := c.pairs[key]
	if p == nil {
		p = &between{actor: a.Actor, recipient: a.Recipient, one: c.actor(a.Actor), other: c.actor(a.Recipient), both: &tally{},
			joins: slices.Contains(c.opts.Actors, a.Actor) && slices.Contains(c.opts.Actors, a.Recipient)}
		if back := c.pairs[[2]string{a.Recipient, a.Actor}]; back != nil {
			p.both = back.both
		}
		c.pairs[key] = p
	}
	c.last = p
	return p
}

func (c *count) actor(code string) *actor {
	x := c.of[code]
	if x == nil {
		x = &actor{cells: make([]*tally, len(c.opts.Issues))}
		for i := range x.cells {
			x.cells[i] = &tally{}
		}
		c.of[code] = x
	}
	return x
}

// bearing gives what acts of a kind say of the issues.
func (c *count) bearing(k *Kind) bearing {
	b, known := c.bearings[k]
	if !known {
		b.further, b.says = toward(k)
		for i, issue := range c.opts.Issues {
			if slices.ContainsFunc(issue.Topics, func(t string) bool { return slices.Contains(k.Topics, t) }) {
				b.issues = append(b.issues, i)
			}
		}
		c.bearings[k] = b
	}
	return b
}

func (c *count) add(a *Act, p *between) {
	p.one.acts++
	p.other.acts++
	b := c.bearing(a.Kind)
	if len(b.issues) > 0 {
		p.one.on++
	}
	if b.says {
		for _, i := range b.issues {
			p.one.cells[i].add(b.further, a.Event)
		}
	}
	if a.Class != 0 {
		p.both.add(a.Class == chancery.VerbalCooperation || a.Class == chancery.MaterialCooperation, a.Event)
	}
}

// busiest are the actors with most acts on the issues, then with most acts.
func (c *count) busiest(most int) []string {
	codes := slices.SortedFunc(maps.Keys(c.of), func(a, b string) int {
		x, y := c.of[a], c.of[b]
		return cmp.Or(cmp.Compare(y.on, x.on), cmp.Compare(y.acts, x.acts), strings.Compare(a, b))
	})
	return codes[:min(most, len(codes))]
}

// propensity is what passed between two actors.
func (c *count) propensity(a, b string) *tally {
	if p := cmp.Or(c.pairs[[2]string{a, b}], c.pairs[[2]string{b, a}]); p != nil {
		return p.both
	}
	return &tally{}
}

// table makes the table of what was counted.
func (c *count) table(actors []string, opts Options) Draft {
	d := Draft{Table: &table.Table{Title: opts.Title, Pairs: table.PairsListed}, Notes: map[string]string{}, Acts: c.acts}
	for _, issue := range opts.Issues {
		d.Table.Issues = append(d.Table.Issues, table.Issue{ID: issue.ID, Upper: 100, Low: "against " + strings.Join(issue.Topics, ", "),
			High: "for " + strings.Join(issue.Topics, ", ")})
	}
	for _, code := range actors {
		d.Table.Actors = append(d.Table.Actors, table.Actor{ID: code})
		d.Unknown++ // his capability
		most, cells := 0, c.actor(code).cells
		for _, t := range cells {
			most = max(most, t.all())
		}
		for i, issue := range opts.Issues {
			t := cells[i]
			cell := table.Cell{Actor: code, Issue: issue.ID}
			if t.all() >= opts.Least {
				cell.Position = share(t.pro, t.con, 100, 0, 0)
				// Salience counts against the issue he acts on most: t.all() of most.
				cell.Salience = share(t.all(), max(0, most-t.all()), .9, 0, 2)
				cell.Source = fmt.Sprintf("%d acts in the record", t.all())
			} else {
				cell.Source = fmt.Sprintf("%d acts in the record, too few", t.all())
				d.Unknown += 2
			}
			d.Table.Cells = append(d.Table.Cells, cell)
			d.Notes[table.Key(code, issue.ID)] = t.note("further it", "do not")
		}
	}
	for i, a := range actors {
		for _, b := range actors[i+1:] {
			t := c.propensity(a, b)
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
