package report

import (
	"fmt"
	"math"
	"strings"

	"chancery"
	"chancery/relation"
)

// Figure is the drawing of the series: net cooperation of words and of deeds
// with their bands above, how many happenings below. Its units are its own.
type Figure struct {
	Width, Height int
	Grid          []Rule
	Words, Deeds  []Stretch
	Bars          []Bar
	Labels        []Label
	Level         int    // of the bands, percent
	By            string // week, month, year
	Span          string
}

// Rule is a line across the figure with what it stands for.
type Rule struct {
	Y     string
	Label string
}

// Stretch is a run of neighbouring periods that hold reports: no line is drawn
// over silence.
type Stretch struct {
	Band, Line string // paths
	Points     []Point
}

// Point is an estimate.
type Point struct{ X, Y string }

// Bar is how many happenings of one kind a period holds.
type Bar struct {
	Class               string // words or deeds
	X, Y, Width, Height string
}

// Label is a period's name under the figure.
type Label struct{ X, Anchor, Text string }

// Period is a row of the series as a table.
type Period struct {
	Name                                           string
	WordsFor, DeedsFor, WordsAgainst, DeedsAgainst int
	Words, Deeds                                   string // estimates; "" without reports
}

// Total is a row of what the relation amounts to.
type Total struct {
	Name                                           string
	Happenings                                     int
	WordsFor, DeedsFor, WordsAgainst, DeedsAgainst int
	Net                                            string
}

// The figure's measures.
const (
	figureWidth  = 720
	curveHeight  = 170
	barsHeight   = 90
	figureLeft   = 30
	figureRight  = 6
	figureLabels = 18
	labelWidth   = 70 // of the longest name of a month
)

func (b *Brief) series(r *relation.Relation) {
	total := func(name string, s relation.Summary) Total {
		return Total{name, s.Happenings, s.Quads.WordsFor, s.Quads.DeedsFor, s.Quads.WordsAgainst, s.Quads.DeedsAgainst, estimate(s.Net)}
	}
	b.Totals = []Total{total("together", r.Total), total(b.A.Code+" to "+b.B.Code, r.Forward), total(b.B.Code+" to "+b.A.Code, r.Backward)}
	g := r.WordsDeeds
	if r.Total.Happenings > 0 {
		b.Words = fmt.Sprintf("In words %s, in deeds %s: deeds fall short of words with a probability of %.0f %%.", estimate(g.First), estimate(g.Second), 100*g.Below)
	}
	for _, k := range r.Buckets {
		if k.Happenings == 0 {
			continue
		}
		p := Period{Name: bucketName(k.Start, r.Period), WordsFor: k.Quads.WordsFor, DeedsFor: k.Quads.DeedsFor, WordsAgainst: k.Quads.WordsAgainst, DeedsAgainst: k.Quads.DeedsAgainst}
		if p.WordsFor+p.WordsAgainst > 0 {
			p.Words = estimate(k.Words)
		}
		if p.DeedsFor+p.DeedsAgainst > 0 {
			p.Deeds = estimate(k.Deeds)
		}
		b.Table = append(b.Table, p)
	}
	if len(b.Table) > 0 {
		b.Series = draw(r)
	}
}

func bucketName(d chancery.Date, by relation.Period) string {
	switch by {
	case relation.Year:
		d.Month, d.Day = 0, 0
	case relation.Month:
		d.Day = 0
	}
	return day(d)
}

// draw sets the series of a relation that has buckets.
func draw(r *relation.Relation) *Figure {
	f := &Figure{Width: figureWidth, Height: curveHeight + barsHeight + figureLabels, Level: int(math.Round(100 * r.Level)), By: string(r.Period)}
	n := len(r.Buckets)
	f.Span = bucketName(r.Buckets[0].Start, r.Period)
	if n > 1 {
		f.Span += " to " + bucketName(r.Buckets[n-1].Start, r.Period)
	}
	step := float64(figureWidth-figureLeft-figureRight) / float64(n)
	x := func(i int) float64 { return figureLeft + float64(i)*step }
	y := func(v float64) float64 { return 8 + (1-v)/2*(curveHeight-16) }
	for _, v := range []struct {
		at   float64
		name string
	}{{1, "+1"}, {0, "0"}, {-1, "−1"}} {
		f.Grid = append(f.Grid, Rule{px(y(v.at)), v.name})
	}
	curve := func(of func(*relation.Bucket) (relation.Estimate, int)) []Stretch {
		var out []Stretch
		var run []int
		flush := func() {
			if len(run) == 0 {
				return
			}
			var s Stretch
			var upper, lower, line []string
			for _, i := range run {
				e, _ := of(&r.Buckets[i])
				at := []float64{x(i) + step/2}
				if len(run) == 1 { // a band has to have some width to be seen
					half := math.Min(step/3, 8)
					at = []float64{at[0] - half, at[0] + half}
				}
				for _, at := range at {
					upper = append(upper, px(at)+","+px(y(e.High)))
					lower = append([]string{px(at) + "," + px(y(e.Low))}, lower...)
				}
				line = append(line, px(x(i)+step/2)+","+px(y(e.Value)))
				s.Points = append(s.Points, Point{px(x(i) + step/2), px(y(e.Value))})
			}
			s.Band = "M" + strings.Join(append(upper, lower...), "L") + "Z"
			s.Line = "M" + strings.Join(line, "L")
			out, run = append(out, s), nil
		}
		for i := range r.Buckets {
			if _, reports := of(&r.Buckets[i]); reports > 0 {
				run = append(run, i)
			} else {
				flush()
			}
		}
		flush()
		return out
	}
	f.Words = curve(func(b *relation.Bucket) (relation.Estimate, int) {
		return b.Words, b.Quads.WordsFor + b.Quads.WordsAgainst
	})
	f.Deeds = curve(func(b *relation.Bucket) (relation.Estimate, int) {
		return b.Deeds, b.Quads.DeedsFor + b.Quads.DeedsAgainst
	})
	most := 1
	for _, k := range r.Buckets {
		most = max(most, k.Quads.For(), k.Quads.Against())
	}
	zero, unit := float64(curveHeight)+barsHeight/2., (barsHeight/2.-6)/float64(most)
	f.Grid = append(f.Grid, Rule{px(zero), ""})
	gap := math.Min(1.5, step*.15)
	width := math.Max(.5, math.Min(step-2*gap, 26))
	for i, k := range r.Buckets {
		left := x(i) + (step-width)/2
		up, down := zero, zero
		for _, part := range []struct {
			class        string
			pro, against int
		}{{"words", k.Quads.WordsFor, k.Quads.WordsAgainst}, {"deeds", k.Quads.DeedsFor, k.Quads.DeedsAgainst}} {
			if h := float64(part.pro) * unit; part.pro > 0 {
				up -= h
				f.Bars = append(f.Bars, Bar{part.class, px(left), px(up), px(width), px(h)})
			}
			if h := float64(part.against) * unit; part.against > 0 {
				f.Bars = append(f.Bars, Bar{part.class, px(left), px(down), px(width), px(h)})
				down += h
			}
		}
	}
	every := max(1, (n+6)/7)
	for i := 0; i < n; i += every {
		l := Label{px(x(i) + step/2), "middle", bucketName(r.Buckets[i].Start, r.Period)}
		if step < labelWidth && i == 0 {
			l.X, l.Anchor = px(x(i)), "start"
		} else if step < labelWidth && i == n-1 {
			l.X, l.Anchor = px(x(n)), "end"
		}
		f.Labels = append(f.Labels, l)
	}
	return f
}

// px writes a coordinate.
func px(v float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") }
