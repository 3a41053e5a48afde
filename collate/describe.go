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
	Type       chancery.EventType `json:"type"`       // the best supported
	Dyads      []string           `json:"dyads"`      // pairs of states, "IND|PAK", sorted
	Date       chancery.Date      `json:"date"`       // the best supported, exact dates before vague ones
	Sources    []string           `json:"sources"`    // that tell it, sorted
	Voices     int                `json:"voices"`     // independent ones: reprints and shared wording count once
	Types      []Tally            `json:"types"`      // what the voices say, most first
	Statuses   []Tally            `json:"statuses"`   //
	Dates      []Tally            `json:"dates"`      //
	Goods      []Tally            `json:"goods"`      //
	Actors     []Tally            `json:"actors"`     // states or bodies that act
	Recipients []Tally            `json:"recipients"` // and that are acted on
}

// Tally is how many voices say a thing.
type Tally struct {
	Name   string `json:"name"`
	Voices int    `json:"voices"`
}

// Told is a report with its article and, once happenings are known, with how
// many voices tell the happening it belongs to.
type Told struct {
	*Report
	Brief  *Brief
	Voices int
}

// compare is the order of tellings: by article, then by place.
func (t *Told) compare(o *Told) int {
	return cmp.Or(t.Brief.compare(o.Brief), cmp.Compare(t.Place, o.Place))
}

// sortTold puts tellings in their order.
func sortTold(all []Told) {
	slices.SortFunc(all, func(a, b Told) int { return a.compare(&b) })
}

// sameWording is the share of the words of the longer of two sentences from
// which on they are one text, copied; the names and numbers are then the same.
const sameWording = .8

// fewestShared is how many words sentences must have for their likeness to mean
// that one was copied.
const fewestShared = 8

// voicesOf gives each telling the number of its voice, from 0, and how many
// there are: reprints are one voice, and so are articles that tell the thing in
// the same words. all is in order.
func voicesOf(all []Told) (voice []int, n int) {
	u := NewSets(len(all))
	first := map[string]int{}
	for i := range all {
		if j, ok := first[all[i].Brief.Original]; ok {
			u.Join(i, j)
		} else {
			first[all[i].Brief.Original] = i
		}
	}
	for i := range min(len(all), crowded) {
		for j := i + 1; j < min(len(all), crowded); j++ {
			a, b := all[i].Words, all[j].Words
			if short, long := min(len(a), len(b)), max(len(a), len(b)); short >= fewestShared && float64(shared(a, b)) >= sameWording*float64(long) && slices.Equal(all[i].Names, all[j].Names) {
				u.Join(i, j)
			}
		}
	}
	voice = make([]int, len(all))
	number := map[int]int{}
	for i := range all {
		root := u.First(i)
		if _, ok := number[root]; !ok {
			number[root] = len(number)
		}
		voice[i] = number[root]
	}
	return voice, len(number)
}

// Describe says of a happening who tells it and what they say. all is its
// reports, which it puts in order.
func Describe(all []Told) Described {
	sortTold(all)
	var d Described
	for i := range all {
		d.Reports = append(d.Reports, all[i].Event)
	}
	slices.Sort(d.Reports)
	d.ID = HappeningID(d.Reports[0])
	voice, n := voicesOf(all)
	d.Voices = n
	types, statuses, dates, goods, actors, recipients := votes{}, votes{}, votes{}, votes{}, votes{}, votes{}
	for i := range all {
		t, v := &all[i], voice[i]
		d.Sources = append(d.Sources, t.Brief.Source)
		d.Dyads = append(d.Dyads, t.Dyads...)
		types.add(string(t.Type), v)
		statuses.add(string(t.Status), v)
		if !t.Date.IsZero() {
			dates.add(t.Date.String(), v)
		}
		if t.Good != "" {
			goods.add(string(t.Good), v)
		}
		for _, p := range t.From {
			actors.add(p, v)
		}
		for _, p := range t.To {
			recipients.add(p, v)
		}
	}
	slices.Sort(d.Sources)
	d.Sources = slices.Compact(d.Sources)
	slices.Sort(d.Dyads)
	d.Dyads = slices.Compact(d.Dyads)
	d.Types, d.Statuses, d.Dates, d.Goods = types.counts(), statuses.counts(), dates.counts(), goods.counts()
	d.Actors, d.Recipients = actors.counts(), recipients.counts()
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
type votes map[string]map[int]bool

func (v votes) add(name string, voice int) {
	if v[name] == nil {
		v[name] = map[int]bool{}
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
