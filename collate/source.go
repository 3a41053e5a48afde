package collate

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"chancery"
)

// Source is what one publisher does with the record, against the others.
type Source struct {
	Name      string   `json:"name"`
	Articles  int      `json:"articles"`
	Reprints  int      `json:"reprints"`
	Events    int      `json:"events"`
	Told      int      `json:"told"`      // happenings it tells that others tell too
	LeftOut   []string `json:"left_out"`  // ids of happenings that two or more others tell, between parties it covers, in its time
	Alone     int      `json:"alone"`     // happenings that it alone tells
	Named     float64  `json:"named"`     // share of attributed events that name who says so, 0..1; 0 of none
	Unnamed   float64  `json:"unnamed"`   // share that do not
	Analysis  float64  `json:"analysis"`  // share of events and forecasts that are ideas, plans and forecasts rather than reported fact, 0..1
	Forecasts int      `json:"forecasts"` //
	Tones     []Tone   `json:"tones"`     // towards each actor, most passages first
}

// Tone is how a source's own voice and its choice of events show an actor.
type Tone struct {
	Actor    string  `json:"actor"`    // state or body
	Score    float64 `json:"score"`    // -1 hostile .. 1 friendly
	Evidence []Voted `json:"evidence"` // the passages that decide, the weightiest first
	Passages int     `json:"passages"` // how many there are
}

// Voted is one passage that counts for or against an actor.
type Voted struct {
	Event string  `json:"event"`
	Vote  float64 `json:"vote"` // -1..1
	Why   string  `json:"why"`  // "does", "is praised", "is accused"
}

// mostVoted is how many passages a tone shows.
const mostVoted = 5

// sources describes every publisher, by name.
func (x *index) sources() []Source {
	accounts, happenings := x.accounts, x.happenings
	by := map[string]*Source{}
	get := func(name string) *Source {
		if by[name] == nil {
			by[name] = &Source{Name: name}
		}
		return by[name]
	}
	covers := map[string]map[string]bool{} // source -> dyads
	span := map[string][2]int{}            // source -> first and last day it publishes on
	for i := range accounts {
		a := &accounts[i]
		s := get(a.Article.Source)
		s.Articles++
		if a.Article.ReprintOf != "" {
			s.Reprints++
		}
		s.Forecasts += len(a.Reading.Forecasts)
		if !a.Article.Published.IsZero() {
			day := days(a.Article.Published.First().Unix())
			p, ok := span[s.Name]
			if !ok {
				p = [2]int{day, day}
			}
			span[s.Name] = [2]int{min(p[0], day), max(p[1], day)}
		}
	}
	type tally struct{ named, unnamed, ideas, facts int }
	tallies := map[string]*tally{}
	votes := map[string]map[string][]Voted{}
	for i := range x.told {
		t := &x.told[i]
		s := get(t.account.Article.Source)
		s.Events++
		n := tallies[s.Name]
		if n == nil {
			n = &tally{}
			tallies[s.Name], covers[s.Name], votes[s.Name] = n, map[string]bool{}, map[string][]Voted{}
		}
		for _, d := range t.report.Dyads {
			covers[s.Name][d] = true
		}
		if len(t.event.Attribution) > 0 {
			if t.event.Attribution[len(t.event.Attribution)-1].Kind == chancery.ByUnnamed {
				n.unnamed++
			} else {
				n.named++
			}
		}
		if stage(t.event.Status) == 2 {
			n.facts++
		} else {
			n.ideas++
		}
		vote(votes[s.Name], t)
	}
	for _, h := range happenings {
		tellers := map[string]bool{}
		var dyads []string
		day := NoDay
		for _, t := range x.reportsOf(h) {
			tellers[t.account.Article.Source] = true
			dyads = append(dyads, t.report.Dyads...)
			day = max(day, t.report.day())
		}
		for name, s := range by {
			switch {
			case tellers[name] && len(tellers) == 1:
				s.Alone++
			case tellers[name]:
				s.Told++
			case len(tellers) >= 2 && slices.ContainsFunc(dyads, func(d string) bool { return covers[name][d] }):
				if p, ok := span[name]; ok && day >= p[0]-slack && day <= p[1]+slack {
					s.LeftOut = append(s.LeftOut, h.ID)
				}
			}
		}
	}
	out := make([]Source, 0, len(by))
	for _, name := range sortedKeys(by) {
		s := by[name]
		if n := tallies[name]; n != nil {
			s.Named, s.Unnamed = share(n.named, n.named+n.unnamed), share(n.unnamed, n.named+n.unnamed)
			s.Analysis = share(n.ideas+s.Forecasts, n.ideas+n.facts+s.Forecasts)
		}
		s.Tones = tones(votes[name])
		slices.Sort(s.LeftOut)
		out = append(out, *s)
	}
	return out
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return math.Round(1000*float64(n)/float64(of)) / 1000
}

// vote lets an event speak for or against those in it: what an actor does, by
// its intensity on Goldstein's scale, and what the writer lets be said of it.
func vote(votes map[string][]Voted, t *told) {
	e := t.event
	for _, p := range e.Actors {
		if key := partyKey(p); key != "" {
			votes[key] = append(votes[key], Voted{e.ID, e.Intensity / 10, "does"})
		}
	}
	why, v := "", 0.0
	switch e.Type {
	case chancery.Support:
		why, v = "is praised", .5
	case chancery.Accuse:
		why, v = "is accused", -.5
	default:
		return
	}
	for _, p := range e.Recipients {
		if key := partyKey(p); key != "" {
			votes[key] = append(votes[key], Voted{e.ID, v, why})
		}
	}
}

func tones(votes map[string][]Voted) []Tone {
	var out []Tone
	for _, actor := range sortedKeys(votes) {
		all := votes[actor]
		sum := 0.0
		for _, v := range all {
			sum += v.Vote
		}
		slices.SortStableFunc(all, func(a, b Voted) int {
			return cmp.Or(cmp.Compare(math.Abs(b.Vote), math.Abs(a.Vote)), strings.Compare(a.Event, b.Event))
		})
		// Two passages' worth of neutrality keep a lone one from deciding.
		out = append(out, Tone{Actor: actor, Score: math.Round(100*sum/float64(len(all)+2)) / 100, Passages: len(all), Evidence: all[:min(len(all), mostVoted)]})
	}
	slices.SortStableFunc(out, func(a, b Tone) int { return cmp.Compare(b.Passages, a.Passages) })
	return out
}
