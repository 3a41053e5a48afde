package relation

import (
	"cmp"
	"slices"
	"strings"

	"chancery"
)

// tally adds up acts.
type tally struct {
	acts, reports int
	quads         Quads
	intensity     float64
}

func (t *tally) add(a *act) {
	t.acts++
	t.reports += int(a.reports)
	t.quads.add(a.kind.class, 1)
	t.intensity += a.intensity
}

func (t *tally) summary(e *estimator) Summary {
	s := Summary{Happenings: t.acts, Reports: t.reports, Quads: t.quads, Net: e.net(t.quads.For(), t.quads.Against())}
	if t.acts > 0 {
		s.Intensity = t.intensity / float64(t.acts)
	}
	return s
}

// counter counts acts by name.
type counter map[string]*Count

func (c counter) add(name string, class chancery.QuadClass) {
	n := c[name]
	if n == nil {
		n = &Count{Name: name}
		c[name] = n
	}
	n.Happenings++
	if class == chancery.VerbalCooperation || class == chancery.MaterialCooperation {
		n.For++
	} else {
		n.Against++
	}
}

func (c counter) merge(name string, n *Count) {
	to := c[name]
	if to == nil {
		to = &Count{Name: name}
		c[name] = to
	}
	to.Happenings += n.Happenings
	to.For += n.For
	to.Against += n.Against
}

// sorted lists the most frequent first.
func (c counter) sorted() []Count {
	out := make([]Count, 0, len(c))
	for _, n := range c {
		out = append(out, *n)
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Happenings, a.Happenings), strings.Compare(a.Name, b.Name))
	})
	return out
}

// Measure measures the relation of A and B in the observations, which are not
// kept or changed and may come in any order, as a Collection does.
func Measure(obs []Observation, q Query) *Relation {
	c := NewCollection(q)
	for i := range obs {
		c.Add(&obs[i])
	}
	return c.Measure()
}

// Measure measures the relation of A and B of the query. Without any observation
// that fits, counts are 0 and bands as wide as they get.
func (c *Collection) Measure() *Relation {
	c.merge()
	q := c.query
	if q.Period == "" {
		q.Period = Month
	}
	if q.Level == 0 {
		q.Level = .9
	}
	e := newEstimator(q.Level)
	r := &Relation{A: nonNil(q.A), B: nonNil(q.B), Period: q.Period, Level: q.Level, SetAside: c.sieve.aside, Buckets: []Bucket{}, Promises: []Promise{}}

	var total, forward, backward tally
	contexts, goods := counter{}, counter{}
	promises := map[chancery.GoodKind]*Promise{}
	type cell struct {
		tally
		contexts, goods counter
	}
	cells := map[int]*cell{}
	undated := &cell{contexts: counter{}, goods: counter{}}
	// The calendar is slow and days repeat.
	starts := map[int32]int{}
	for i := range c.acts {
		a := &c.acts[i]
		total.add(a)
		if a.forward {
			forward.add(a)
		} else {
			backward.add(a)
		}
		b := undated
		if a.day != noDay {
			start, ok := starts[a.day]
			if !ok {
				start = q.Period.start(int(a.day))
				starts[a.day] = start
			}
			if b = cells[start]; b == nil {
				b = &cell{contexts: counter{}, goods: counter{}}
				cells[start] = b
			}
		}
		b.add(a)
		if a.kind.Contexts != "" {
			// Whole lists repeat; they are taken apart once, at the end.
			b.contexts.add(a.kind.Contexts, a.kind.class)
		}
		if a.kind.Good == "" {
			continue
		}
		b.goods.add(string(a.kind.Good), a.kind.class)
		p := promises[a.kind.Good]
		if p == nil {
			p = &Promise{Good: a.kind.Good}
			promises[a.kind.Good] = p
		}
		switch a.kind.stage {
		case promised:
			p.Promised++
		case delivered:
			p.Delivered++
		case broken:
			p.Broken++
		}
	}
	r.Total, r.Forward, r.Backward = total.summary(e), forward.summary(e), backward.summary(e)
	f, b, t := forward.quads, backward.quads, total.quads
	r.Asymmetry = e.gap(f.For(), f.Against(), b.For(), b.Against())
	r.WordsDeeds = e.gap(t.WordsFor, t.WordsAgainst, t.DeedsFor, t.DeedsAgainst)
	for _, g := range chancery.GoodKinds() {
		if p := promises[g]; p != nil && p.Promised+p.Delivered+p.Broken > 0 {
			p.Kept = e.share(p.Delivered, p.Broken)
			r.Promises = append(r.Promises, *p)
		}
	}
	// take adds a cell's counts to the total's and gives its contexts one by one.
	take := func(b *cell) counter {
		split := counter{}
		for names, n := range b.contexts {
			for name := range strings.FieldsSeq(names) {
				split.merge(name, n)
				contexts.merge(name, n)
			}
		}
		for name, n := range b.goods {
			goods.merge(name, n)
		}
		return split
	}
	take(undated)
	r.Undated = undated.acts
	if len(cells) > 0 {
		first, last := 1<<31, -1<<31
		for start := range cells {
			first, last = min(first, start), max(last, start)
		}
		for start := first; start <= last; start = q.Period.next(start) {
			b := cells[start]
			if b == nil {
				b = &cell{}
			}
			split := take(b)
			k := b.quads
			r.Buckets = append(r.Buckets, Bucket{Start: dateOf(start), Summary: b.summary(e),
				Words: e.net(k.WordsFor, k.WordsAgainst), Deeds: e.net(k.DeedsFor, k.DeedsAgainst), Contexts: split.sorted(), Goods: b.goods.sorted()})
		}
	}
	r.Contexts, r.Goods = contexts.sorted(), goods.sorted()
	r.Changes = changes(r.Buckets, e)
	r.Sources = c.influences(total.quads, e)
	return r
}

func nonNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
