package relation

import (
	"slices"
	"strings"
	"time"

	"chancery"
)

// act is one happening between two actors, merged from its reports.
type act struct {
	day       int
	class     chancery.QuadClass
	intensity float64
	good      chancery.GoodKind
	contexts  string
	stage     stage
	forward   bool // A to B
	reports   int32
	first     int32 // index of a report
}

// noDay is the day of an act that no day is known of.
const noDay = -1 << 40

func dayOrNone(t time.Time) int {
	if t.IsZero() {
		return noDay
	}
	return dayOf(t)
}

// stage is how far a good got.
type stage uint8

const (
	noStage stage = iota
	promised
	broken
	delivered
)

// Class is the quad class a report counts under, 0 when it is set aside. What is
// only promised or threatened is words, whatever its type; a favour that is
// refused is words against, one withheld or taken back a deed against; a blow
// that is refused or withheld is nothing, a demand or a refusal stays one.
func Class(t chancery.EventType, s chancery.Status) chancery.QuadClass {
	class := t.QuadClass()
	friendly := class == chancery.VerbalCooperation || class == chancery.MaterialCooperation
	switch s {
	case chancery.Denied, chancery.Proposed:
		return 0
	case chancery.Refused:
		switch {
		case friendly:
			return chancery.VerbalConflict
		case class == chancery.MaterialConflict:
			return 0
		}
	case chancery.Withheld, chancery.Reneged:
		switch {
		case friendly:
			return chancery.MaterialConflict
		case class == chancery.MaterialConflict:
			return 0
		}
	case chancery.Agreed, chancery.Offered, chancery.Requested, chancery.Planned, chancery.Threatened:
		switch class {
		case chancery.MaterialCooperation:
			return chancery.VerbalCooperation
		case chancery.MaterialConflict:
			return chancery.VerbalConflict
		}
	}
	return class
}

func stageOf(o *Observation) stage {
	if o.Good == "" {
		return noStage
	}
	switch o.Status {
	case chancery.Agreed, chancery.Offered, chancery.Planned:
		return promised
	case chancery.Refused, chancery.Withheld, chancery.Reneged:
		return broken
	case chancery.Happened, chancery.Delivered, "":
		if c := o.Type.QuadClass(); c == chancery.MaterialCooperation {
			return delivered
		}
		if o.Status == chancery.Delivered {
			return delivered
		}
	}
	return noStage
}

// merge makes one act of the reports of one happening: the class most of them
// give (the more friendly of equals), the mean intensity, the first day, the good
// named most often, all contexts, the farthest stage.
func merge(obs []Observation, reports []int32, forward bool) act {
	first := &obs[reports[0]]
	a := act{day: dayOrNone(first.Day), class: Class(first.Type, first.Status), intensity: first.Intensity, good: first.Good, contexts: first.Contexts,
		stage: stageOf(first), forward: forward, reports: int32(len(reports)), first: reports[0]}
	if len(reports) == 1 {
		return a
	}
	var classes [5]int
	var contexts []string
	sum := 0.
	for _, r := range reports {
		o := &obs[r]
		if d := dayOrNone(o.Day); a.day == noDay || d != noDay && d < a.day {
			a.day = d
		}
		classes[Class(o.Type, o.Status)]++
		sum += o.Intensity
		if o.Contexts != first.Contexts {
			contexts = append(contexts, strings.Fields(o.Contexts)...)
		}
		a.stage = max(a.stage, stageOf(o))
	}
	a.class = 1
	for c := range classes {
		if c > 0 && classes[c] > classes[a.class] {
			a.class = chancery.QuadClass(c)
		}
	}
	a.intensity = sum / float64(len(reports))
	a.good = mostNamed(obs, reports)
	if len(contexts) > 0 {
		contexts = append(contexts, strings.Fields(first.Contexts)...)
		slices.Sort(contexts)
		a.contexts = strings.Join(slices.Compact(contexts), " ")
	}
	return a
}

// mostNamed is the kind of good that most reports name; of equals the first by
// name. Reports are few, so counting is by comparing all with all.
func mostNamed(obs []Observation, reports []int32) (best chancery.GoodKind) {
	most := 0
	for _, r := range reports {
		g := obs[r].Good
		if g == "" || g == best {
			continue
		}
		n := 0
		for _, o := range reports {
			if obs[o].Good == g {
				n++
			}
		}
		if n > most || n == most && g < best {
			best, most = g, n
		}
	}
	return best
}

// deed is a happening's key in one direction.
type deed struct {
	happening int64
	pair      int32 // number of the actor and recipient
}

// collected is what a query leaves of the observations.
type collected struct {
	acts    []act
	reports [][]int32 // of acts with more than one report, by act; nil for the others
	aside   SetAside
}

// collect filters and merges.
func collect(obs []Observation, q Query) collected {
	var c collected
	inA, inB := set(q.A), set(q.B)
	member := func(s map[string]bool, code string) bool { return len(s) == 0 || s[code] }
	// Pairs repeat, so each is looked up once; place is what the query makes of it.
	type place struct {
		number            int32
		forward, backward bool
	}
	pairs := map[[2]string]*place{}
	var at *place
	var last [2]string
	since, until := -1<<31, 1<<31-1
	if !q.Since.IsZero() {
		since = dayOf(q.Since.First())
	}
	if !q.Until.IsZero() {
		until = dayOf(q.Until.Last())
	}
	windowed := !q.Since.IsZero() || !q.Until.IsZero()
	seen := map[deed]int{}
	var groups [][]int32
	var group []int // act of a group
	single := make([]int32, 1)
	for i := range obs {
		o := &obs[i]
		if key := [2]string{o.Actor, o.Recipient}; at == nil || key != last {
			last = key
			if at = pairs[key]; at == nil {
				at = &place{int32(len(pairs)), member(inA, o.Actor) && member(inB, o.Recipient), member(inA, o.Recipient) && member(inB, o.Actor)}
				pairs[key] = at
			}
		}
		forward := at.forward
		if !forward && !at.backward {
			continue
		}
		if !o.Day.IsZero() {
			if day := dayOf(o.Day); day < since || day > until {
				continue
			}
		}
		switch {
		case o.Day.IsZero() && windowed:
			c.aside.Undated++
			continue
		case o.Probability < q.MinProbability:
			c.aside.Improbable++
			continue
		case o.Status == chancery.Proposed:
			c.aside.Ideas++
			continue
		case o.Status == chancery.Denied:
			c.aside.Denied++
			continue
		case Class(o.Type, o.Status) == 0:
			continue
		}
		if o.Happening == 0 {
			single[0] = int32(i)
			c.acts = append(c.acts, merge(obs, single, forward))
			continue
		}
		key := deed{o.Happening, at.number}
		g, ok := seen[key]
		if !ok {
			g = len(groups)
			seen[key] = g
			groups = append(groups, nil)
			group = append(group, len(c.acts))
			c.acts = append(c.acts, act{forward: forward})
		}
		groups[g] = append(groups[g], int32(i))
	}
	c.reports = make([][]int32, len(c.acts))
	for g, reports := range groups {
		to := group[g]
		c.acts[to] = merge(obs, reports, c.acts[to].forward)
		if len(reports) > 1 {
			c.reports[to] = reports
		}
	}
	return c
}

func set(codes []string) map[string]bool {
	s := map[string]bool{}
	for _, c := range codes {
		s[c] = true
	}
	return s
}

// Happening is one occurrence between two actors, merged from its reports.
type Happening struct {
	Actor, Recipient string
	Day              chancery.Date // zero when not known
	Class            chancery.QuadClass
	Intensity        float64
	Good             chancery.GoodKind
	Contexts         string // joined by spaces
	Reports          int
	Event            string // id of one report
}

// Friendly reports whether the happening is cooperation.
func (h Happening) Friendly() bool {
	return h.Class == chancery.VerbalCooperation || h.Class == chancery.MaterialCooperation
}

// Happenings merges the observations that the query lets through, by the rules of
// Measure, in the order of their first report. Empty A and B let all actors through.
func Happenings(obs []Observation, q Query) []Happening {
	c := collect(obs, q)
	out := make([]Happening, len(c.acts))
	for i, a := range c.acts {
		o := &obs[a.first]
		var day chancery.Date
		if a.day != noDay {
			day = dateOf(a.day)
		}
		out[i] = Happening{Actor: o.Actor, Recipient: o.Recipient, Day: day, Class: a.class, Intensity: a.intensity, Good: a.good,
			Contexts: a.contexts, Reports: int(a.reports), Event: o.Event}
	}
	return out
}
