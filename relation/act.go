package relation

import (
	"math"
	"slices"
	"strings"

	"chancery"
)

// Kind is what an event is, whoever does it and whenever. Observations share it.
type Kind struct {
	// What counting looks at comes first, close together.
	quad, class chancery.QuadClass // of the type alone; see Class
	set         setting
	stage       stage

	Type     chancery.EventType
	Status   chancery.Status // "" counts as happened
	Good     chancery.GoodKind
	Contexts string // joined by spaces
}

// setting says how an observation is set aside.
type setting uint8

const (
	notAside setting = iota
	asIdea
	asDenied
)

// NewKind gives the kind of events of a type and status, which are about a good and
// stand in contexts.
func NewKind(t chancery.EventType, s chancery.Status, good chancery.GoodKind, contexts string) *Kind {
	k := &Kind{quad: t.QuadClass(), class: Class(t, s), stage: stageOf(t, s, good), Type: t, Status: s, Good: good, Contexts: contexts}
	switch s {
	case chancery.Proposed:
		k.set = asIdea
	case chancery.Denied:
		k.set = asDenied
	}
	return k
}

// Quad is the quad class of the type, whatever the status.
func (k *Kind) Quad() chancery.QuadClass { return k.quad }

// Class is the quad class that an observation of the kind counts under.
func (k *Kind) Class() chancery.QuadClass { return k.class }

// act is one happening between two actors, merged from its reports.
type act struct {
	kind      *Kind // class, good, contexts and stage of all its reports
	intensity float64
	day       int32
	reports   int32
	source    int32 // of a report
	first     int32 // of several reports, -1 for none
	forward   bool  // A to B
}

// noDay is the day of an act that no day is known of.
const noDay = math.MinInt32

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

func stageOf(t chancery.EventType, s chancery.Status, good chancery.GoodKind) stage {
	if good == "" {
		return noStage
	}
	switch s {
	case chancery.Agreed, chancery.Offered, chancery.Planned:
		return promised
	case chancery.Refused, chancery.Withheld, chancery.Reneged:
		return broken
	case chancery.Happened, chancery.Delivered, "":
		if t.QuadClass() == chancery.MaterialCooperation || s == chancery.Delivered {
			return delivered
		}
	}
	return noStage
}

// report is what a happening's act needs of one of its reports.
type report struct {
	kind      *Kind
	intensity float64
	day       int32
	source    int32
	next      int32 // of the same happening, -1 for none
}

// merge makes one act of several reports of a happening: the class most of them
// give (the more friendly of equals), the mean intensity, the first day, the good
// named most often, all contexts, the farthest stage.
func merge(reports []report, forward bool) act {
	first := &reports[0]
	a := act{kind: first.kind, intensity: first.intensity, day: first.day, reports: int32(len(reports)), source: first.source, first: -1, forward: forward}
	if len(reports) == 1 {
		return a
	}
	var tally classes
	var contexts []string
	sum, farthest, alike := 0., first.kind.stage, true
	for i := range reports {
		r := &reports[i]
		if a.day == noDay || r.day != noDay && r.day < a.day {
			a.day = r.day
		}
		tally[r.kind.class]++
		sum += r.intensity
		alike = alike && r.kind == first.kind
		if r.kind.Contexts != first.kind.Contexts {
			contexts = append(contexts, strings.Fields(r.kind.Contexts)...)
		}
		farthest = max(farthest, r.kind.stage)
	}
	a.intensity = sum / float64(len(reports))
	if alike {
		return a
	}
	k := Kind{Good: mostNamed(reports), Contexts: first.kind.Contexts, class: tally.most(), stage: farthest}
	if len(contexts) > 0 {
		contexts = append(contexts, strings.Fields(first.kind.Contexts)...)
		slices.Sort(contexts)
		k.Contexts = strings.Join(slices.Compact(contexts), " ")
	}
	if f := first.kind; k.Good != f.Good || k.Contexts != f.Contexts || k.class != f.class || k.stage != f.stage {
		a.kind = &k
	}
	return a
}

// classes counts reports by quad class.
type classes [5]int32

// most is the class of most reports, the more friendly of equals.
func (n *classes) most() chancery.QuadClass {
	best := chancery.VerbalCooperation
	for c := best; int(c) < len(n); c++ {
		if n[c] > n[best] {
			best = c
		}
	}
	return best
}

// mostNamed is the kind of good that most reports name; of equals the first by
// name. Reports are few, so counting is by comparing all with all.
func mostNamed(reports []report) (best chancery.GoodKind) {
	most := 0
	for i := range reports {
		g := reports[i].kind.Good
		if g == "" || g == best {
			continue
		}
		n := 0
		for k := range reports {
			if reports[k].kind.Good == g {
				n++
			}
		}
		if n > most || n == most && g < best {
			best, most = g, n
		}
	}
	return best
}
