package collate

import (
	"cmp"
	"slices"
	"strings"

	"chancery"
)

// Described is a happening with what its reports together say.
type Described struct {
	Happening
	Type     chancery.EventType `json:"type"`     // the best supported
	Dyads    []string           `json:"dyads"`    // pairs of states, "IND|PAK", sorted
	Date     chancery.Date      `json:"date"`     // the best supported, exact dates before vague ones
	Sources  []string           `json:"sources"`  // that tell it, sorted
	Voices   int                `json:"voices"`   // independent ones: reprints count once
	Types    []Tally            `json:"types"`    // what the voices say, most first
	Statuses []Tally            `json:"statuses"` //
	Dates    []Tally            `json:"dates"`    //
	Goods    []Tally            `json:"goods"`    //
}

// Tally is how many voices say a thing.
type Tally struct {
	Name   string `json:"name"`
	Voices int    `json:"voices"`
}

// describeAll says of each happening who tells it and what they say, in the order
// of the happenings.
func (x *index) describeAll() []Described {
	out := make([]Described, 0, len(x.happenings))
	for _, h := range x.happenings {
		out = append(out, x.describe(h))
	}
	return out
}

func (x *index) describe(h Happening) Described {
	d := Described{Happening: h}
	voices := map[string]bool{}
	types, statuses, dates, goods := votes{}, votes{}, votes{}, votes{}
	for _, t := range x.reportsOf(h) {
		voice := original(t.account.Article)
		voices[voice] = true
		d.Sources = append(d.Sources, t.account.Article.Source)
		d.Dyads = append(d.Dyads, t.report.Dyads...)
		types.add(string(t.event.Type), voice)
		statuses.add(string(t.event.Status), voice)
		if !t.event.Date.IsZero() {
			dates.add(t.event.Date.String(), voice)
		}
		if t.event.Good != nil {
			goods.add(string(t.event.Good.Kind), voice)
		}
	}
	slices.Sort(d.Sources)
	d.Sources = slices.Compact(d.Sources)
	slices.Sort(d.Dyads)
	d.Dyads = slices.Compact(d.Dyads)
	d.Voices = len(voices)
	d.Types, d.Statuses, d.Dates, d.Goods = types.counts(), statuses.counts(), dates.counts(), goods.counts()
	if len(d.Types) > 0 {
		d.Type = chancery.EventType(d.Types[0].Name)
	}
	// The longer a date is written, the more exact it is; among exact ones the
	// best supported wins.
	best := -1
	for i, c := range d.Dates {
		if best < 0 || len(c.Name) > len(d.Dates[best].Name) {
			best = i
		}
	}
	if best >= 0 {
		d.Date, _ = chancery.ParseDate(d.Dates[best].Name) // written by String
	}
	return d
}

// votes counts each voice once for what it says.
type votes map[string]map[string]bool

func (v votes) add(name, voice string) {
	if v[name] == nil {
		v[name] = map[string]bool{}
	}
	v[name][voice] = true
}

func (v votes) counts() []Tally {
	out := make([]Tally, 0, len(v))
	for name, voices := range v {
		out = append(out, Tally{name, len(voices)})
	}
	slices.SortFunc(out, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.Voices, a.Voices), strings.Compare(a.Name, b.Name))
	})
	return out
}

// Collation is all that package collate says of a set of accounts.
type Collation struct {
	Happenings []Described
	Findings   []Finding
	Sources    []Source
}

// All collates the accounts.
func All(accounts []Account) Collation {
	var reports []Report
	for _, a := range accounts {
		reports = append(reports, Reports(a)...)
	}
	x := newIndex(accounts, Join(reports))
	return Collation{x.describeAll(), x.findings(), x.sources()}
}
