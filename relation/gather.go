package relation

import (
	"chancery"
)

// sieve lets through the observations that a query asks for, and counts those that
// are set aside.
type sieve struct {
	since, until   int // days
	windowed       bool
	minProbability float64
	inA, inB       map[string]bool
	aside          SetAside

	places map[[2]string]place
	pairs  [][2]string // actors and recipients, by number
	last   [2]string   // of the observation before, which mostly has them too
	at     place
}

// place is what a query makes of an actor and a recipient.
type place struct {
	pair              int32 // number
	forward, backward bool
}

func newSieve(q Query) *sieve {
	s := &sieve{since: -1 << 31, until: 1<<31 - 1, windowed: !q.Since.IsZero() || !q.Until.IsZero(), minProbability: q.MinProbability,
		inA: set(q.A), inB: set(q.B), places: map[[2]string]place{}}
	if !q.Since.IsZero() {
		s.since = dayOf(q.Since.First())
	}
	if !q.Until.IsZero() {
		s.until = dayOf(q.Until.Last())
	}
	return s
}

func set(codes []string) map[string]bool {
	s := map[string]bool{}
	for _, c := range codes {
		s[c] = true
	}
	return s
}

// find gives the place of an actor and a recipient. Rows of a pair come together as
// a rule, so each is looked up once.
func (s *sieve) find(actor, recipient string) place {
	if s.last[0] == actor && s.last[1] == recipient && len(s.pairs) > 0 {
		return s.at
	}
	s.last = [2]string{actor, recipient}
	var known bool
	if s.at, known = s.places[s.last]; !known {
		member := func(in map[string]bool, code string) bool { return len(in) == 0 || in[code] }
		s.at = place{int32(len(s.pairs)), member(s.inA, actor) && member(s.inB, recipient), member(s.inA, recipient) && member(s.inB, actor)}
		s.places[s.last] = s.at
		s.pairs = append(s.pairs, s.last)
	}
	return s.at
}

// admit gives the place and the day of an observation, and whether it counts.
func (s *sieve) admit(o *Observation) (at place, day int32, ok bool) {
	at, day = s.find(o.Actor, o.Recipient), noDay
	if !at.forward && !at.backward {
		return at, day, false
	}
	if !o.Day.IsZero() {
		d := dayOf(o.Day)
		if d < s.since || d > s.until {
			return at, day, false
		}
		day = int32(d)
	}
	switch {
	case day == noDay && s.windowed:
		s.aside.Undated++
	case o.Probability < s.minProbability:
		s.aside.Improbable++
	case o.set == asIdea:
		s.aside.Ideas++
	case o.set == asDenied:
		s.aside.Denied++
	default:
		return at, day, o.class != 0
	}
	return at, day, false
}

// deed is a happening's key in one direction; the zero value is none.
type deed struct {
	happening int64
	pair      int32 // number of the actor and recipient
	group     int32 // number of the deed
}

// deeds numbers happenings by direction: a hash table with open addressing, for
// a map takes most of the time that a large record's happenings take.
type deeds struct {
	slots []deed // a power of two, at least half of them free
	count int32
}

// number gives the number of a happening, and whether it is new.
func (d *deeds) number(happening int64, pair int32) (group int32, fresh bool) {
	if 2*int(d.count) >= len(d.slots) {
		old := d.slots
		d.slots = make([]deed, max(64, 2*len(old)))
		for _, x := range old {
			if x.happening != 0 {
				*d.slot(x.happening, x.pair) = x
			}
		}
	}
	x := d.slot(happening, pair)
	if x.happening == 0 {
		*x = deed{happening, pair, d.count}
		d.count++
		return x.group, true
	}
	return x.group, false
}

// slot gives where a happening is or belongs.
func (d *deeds) slot(happening int64, pair int32) *deed {
	mask := uint64(len(d.slots) - 1)
	h := (uint64(happening)<<20 + uint64(pair)) * 0x9e3779b97f4a7c15
	for i := h >> 32; ; i++ {
		if x := &d.slots[i&mask]; x.happening == 0 || x.happening == happening && x.pair == pair {
			return x
		}
	}
}

// Collection merges observations of happenings, as they come, into what Measure
// needs of them: it keeps no observation. Add all, then measure once.
type Collection struct {
	query   Query
	sieve   *sieve
	acts    []act
	reports []report // of happenings that may have several
	deeds   deeds
	ends    [][3]int32 // of a deed: its act, its first and its last report
	sources []string   // by number
	number  map[string]int32
}

// NewCollection begins a collection of what the query asks for.
func NewCollection(q Query) *Collection {
	return &Collection{query: q, sieve: newSieve(q), number: map[string]int32{}}
}

// Add takes an observation, which is not kept.
func (c *Collection) Add(o *Observation) {
	at, day, ok := c.sieve.admit(o)
	if !ok {
		return
	}
	source, known := c.number[o.Source]
	if !known {
		source = int32(len(c.sources))
		c.number[o.Source] = source
		c.sources = append(c.sources, o.Source)
	}
	if o.Happening == 0 {
		c.acts = append(c.acts, act{kind: o.Kind, intensity: o.Intensity, day: day, reports: 1, source: source, first: -1, forward: at.forward})
		return
	}
	n := int32(len(c.reports))
	c.reports = append(c.reports, report{kind: o.Kind, intensity: o.Intensity, day: day, source: source, next: -1})
	group, fresh := c.deeds.number(o.Happening, at.pair)
	if fresh {
		c.ends = append(c.ends, [3]int32{int32(len(c.acts)), n, n})
		c.acts = append(c.acts, act{forward: at.forward})
		return
	}
	end := &c.ends[group]
	c.reports[end[2]].next = n
	end[2] = n
}

// merge makes the acts of happenings out of their reports.
func (c *Collection) merge() {
	var all []report
	for _, end := range c.ends {
		all = c.told(all[:0], end[1])
		a := &c.acts[end[0]]
		*a = merge(all, a.forward)
		if len(all) > 1 {
			a.first = end[1]
		}
	}
}

// told appends the reports of a happening, of which the first is given.
func (c *Collection) told(to []report, first int32) []report {
	for n := first; n >= 0; n = c.reports[n].next {
		to = append(to, c.reports[n])
	}
	return to
}

// Sides are happenings, told only by who was for or against whom.
type Sides struct {
	Pairs [][2]string // actors and recipients
	All   []Side      // in the order of their first report
}

// Side is a happening.
type Side struct {
	Pair     int32 // place in Pairs
	Friendly bool  // cooperation
}

// Siding merges observations of happenings, as they come, into their sides, by the
// rules of Collection.
type Siding struct {
	sieve *sieve
	all   []Side
	deeds deeds
	told  []telling // by deed
}

// telling is how a happening is told.
type telling struct {
	at      int32 // place of its side
	classes classes
}

// NewSiding begins with what the query asks for. Empty A and B let all actors
// through. expected is how many observations there may be, 0 when nobody knows.
func NewSiding(q Query, expected int) *Siding {
	// About every third report is of a happening that has several.
	return &Siding{sieve: newSieve(q), all: make([]Side, 0, expected), told: make([]telling, 0, expected/4)}
}

// Add takes an observation, which is not kept.
func (s *Siding) Add(o *Observation) {
	at, _, ok := s.sieve.admit(o)
	if !ok {
		return
	}
	if o.Happening != 0 {
		n, fresh := s.deeds.number(o.Happening, at.pair)
		if fresh {
			s.told = append(s.told, telling{at: int32(len(s.all))})
		}
		s.told[n].classes[o.class]++
		if !fresh {
			return
		}
	}
	s.all = append(s.all, Side{at.pair, friendly(o.class)})
}

// Sides gives what was added.
func (s *Siding) Sides() Sides {
	for i := range s.told {
		s.all[s.told[i].at].Friendly = friendly(s.told[i].classes.most())
	}
	return Sides{s.sieve.pairs, s.all}
}

func friendly(c chancery.QuadClass) bool {
	return c == chancery.VerbalCooperation || c == chancery.MaterialCooperation
}
