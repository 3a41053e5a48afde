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
func (c *Collection) influences(total Quads, e *estimator) []Influence {
	type change struct {
		reports, alone int
		quads          Quads // to be added when the source is left out
	}
	bySource := make([]change, len(c.sources))
	var all []report
	var sources []int32
	for i := range c.acts {
		a := &c.acts[i]
		if a.first < 0 {
			s := &bySource[a.source]
			s.reports++
			s.alone++
			s.quads.add(a.kind.class, -1)
			continue
		}
		all, sources = c.told(all[:0], a.first), sources[:0]
		for k := range all {
			bySource[all[k].source].reports++
			sources = append(sources, all[k].source)
		}
		slices.Sort(sources)
		for _, source := range slices.Compact(sources) {
			var rest classes // of the others
			left := 0
			for k := range all {
				if all[k].source != source {
					rest[all[k].kind.class]++
					left++
				}
			}
			s := &bySource[source]
			s.quads.add(a.kind.class, -1)
			if left == 0 {
				s.alone++
			} else {
				s.quads.add(rest.most(), 1)
			}
		}
	}
	out := make([]Influence, 0, len(bySource))
	with := e.net(total.For(), total.Against()).Value
	for n, s := range bySource {
		x := Influence{Source: c.sources[n], Reports: s.reports, Alone: s.alone,
			Without: e.net(total.For()+s.quads.For(), total.Against()+s.quads.Against())}
		x.Shift = with - x.Without.Value
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Influence) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Shift), math.Abs(a.Shift)), cmp.Compare(b.Reports, a.Reports), strings.Compare(a.Source, b.Source))
	})
	return out
}
