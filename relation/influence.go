package relation

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Influence is what one source does to the picture.
type Influence struct {
	Source  string   `json:"source"`
	Reports int      `json:"reports"`
	Alone   int      `json:"alone"`   // happenings that no other source reports
	Without Estimate `json:"without"` // net cooperation when the source is left out
	Shift   float64  `json:"shift"`   // net cooperation with it - without it
}

// influences leaves out each source in turn.
func influences(obs []Observation, c collected, total Quads, e *estimator) []Influence {
	type change struct {
		reports, alone int
		quads          Quads // to be added when the source is left out
	}
	bySource := map[string]*change{}
	of := func(source string) *change {
		s := bySource[source]
		if s == nil {
			s = &change{}
			bySource[source] = s
		}
		return s
	}
	var sources []string
	var rest []int32
	for i := range c.acts {
		a := &c.acts[i]
		if c.reports[i] == nil {
			s := of(obs[a.first].Source)
			s.reports++
			s.alone++
			s.quads.add(a.class, -1)
			continue
		}
		sources = sources[:0]
		for _, r := range c.reports[i] {
			of(obs[r].Source).reports++
			sources = append(sources, obs[r].Source)
		}
		slices.Sort(sources)
		sources = slices.Compact(sources)
		for _, source := range sources {
			rest = rest[:0]
			for _, r := range c.reports[i] {
				if obs[r].Source != source {
					rest = append(rest, r)
				}
			}
			s := of(source)
			s.quads.add(a.class, -1)
			if len(rest) == 0 {
				s.alone++
			} else {
				s.quads.add(merge(obs, rest, a.forward).class, 1)
			}
		}
	}
	out := make([]Influence, 0, len(bySource))
	with := e.net(total.For(), total.Against()).Value
	for source, s := range bySource {
		x := Influence{Source: source, Reports: s.reports, Alone: s.alone,
			Without: e.net(total.For()+s.quads.For(), total.Against()+s.quads.Against())}
		x.Shift = with - x.Without.Value
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Influence) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Shift), math.Abs(a.Shift)), cmp.Compare(b.Reports, a.Reports), strings.Compare(a.Source, b.Source))
	})
	return out
}
