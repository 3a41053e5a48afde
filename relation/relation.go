// Package relation measures how two actors, or two groups of actors, stand to
// each other over time.
//
// In: observations, one for each report of an event between two actors, in any
// order, as the store or a test supplies them. Out: a series by day, week, month
// or year with counts and intensity by quad class, context and kind of good; net
// cooperation with a band that is wide when there are few reports; words against
// deeds; who is friendlier to whom; the points at which the relation changed; and
// how much hangs on each single source.
//
// Reports of one happening count once. What the record holds as an idea (status
// "proposed") or as denied is set aside and counted as set aside. The package
// reads no text, no store and no clock; its functions are pure and safe for
// concurrent use. It gives measures of what was reported, which is not what
// happened.
package relation

import (
	"fmt"
	"slices"
	"time"

	"chancery"
)

// Observation is one report of one event between two actors.
type Observation struct {
	Event       string    // id, for pointing back; not read otherwise
	Actor       string    // code
	Recipient   string    // code
	Day         time.Time // zero when not known
	*Kind                 // as NewKind gives it; not changed
	Intensity   float64   //
	Probability float64   // of Type
	Source      string    // publisher
	Happening   int64     // reports of one happening share it; 0: this one stands alone
}

// Period is the length of a bucket.
type Period string

// The periods; a week begins on Monday (ISO 8601).
const (
	Day   Period = "day"
	Week  Period = "week"
	Month Period = "month"
	Year  Period = "year"
)

// Periods lists all in a fixed order.
func Periods() []Period { return []Period{Day, Week, Month, Year} }

// ParsePeriod reads a period's name. The error lists the valid ones and wraps
// chancery.ErrInvalid.
func ParsePeriod(s string) (Period, error) {
	if p := Period(s); slices.Contains(Periods(), p) {
		return p, nil
	}
	return "", fmt.Errorf("%w: period %q (one of %v)", chancery.ErrInvalid, s, Periods())
}

// days since 1970-01-01 of the first day of the period that holds the day.
func (p Period) start(day int) int {
	switch p {
	case Day:
		return day
	case Week:
		return day - ((day+3)%7+7)%7 // 1970-01-01 was a Thursday
	}
	t := time.Unix(int64(day)*86400, 0).UTC()
	if p == Year {
		return dayOf(time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC))
	}
	return dayOf(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC))
}

func (p Period) next(start int) int {
	switch p {
	case Day:
		return start + 1
	case Week:
		return start + 7
	case Year:
		return p.start(start + 370)
	}
	return p.start(start + 35)
}

func dayOf(t time.Time) int {
	s := t.Unix()
	if s < 0 {
		return int((s - 86399) / 86400)
	}
	return int(s / 86400)
}

func dateOf(day int) chancery.Date { return chancery.DateOf(time.Unix(int64(day)*86400, 0).UTC()) }

// Query says what to measure.
type Query struct {
	A, B           []string // codes; empty B is everybody
	Period         Period   // "" is Month
	Since, Until   chancery.Date
	MinProbability float64
	Level          float64 // of all bands; 0 is 0.9
}

// Quads counts happenings by quad class.
type Quads struct {
	WordsFor     int `json:"words_for"`     // verbal cooperation
	DeedsFor     int `json:"deeds_for"`     // material cooperation
	WordsAgainst int `json:"words_against"` // verbal conflict
	DeedsAgainst int `json:"deeds_against"` // material conflict
}

func (q *Quads) add(class chancery.QuadClass, n int) {
	switch class {
	case chancery.VerbalCooperation:
		q.WordsFor += n
	case chancery.MaterialCooperation:
		q.DeedsFor += n
	case chancery.VerbalConflict:
		q.WordsAgainst += n
	case chancery.MaterialConflict:
		q.DeedsAgainst += n
	}
}

// For and Against are words and deeds together.
func (q Quads) For() int { return q.WordsFor + q.DeedsFor }

// Against is words and deeds against.
func (q Quads) Against() int { return q.WordsAgainst + q.DeedsAgainst }

// Summary is what a set of happenings amounts to.
type Summary struct {
	Happenings int      `json:"happenings"`
	Reports    int      `json:"reports"`
	Quads      Quads    `json:"quads"`
	Intensity  float64  `json:"intensity"` // mean over happenings, -10..10; 0 when there is none
	Net        Estimate `json:"net"`       // net cooperation, -1..1
}

// Count is how many happenings have a property.
type Count struct {
	Name       string `json:"name"`
	Happenings int    `json:"happenings"`
	For        int    `json:"for"`
	Against    int    `json:"against"`
}

// Bucket is one period.
type Bucket struct {
	Start chancery.Date `json:"start"`
	Summary
	Words    Estimate `json:"words"` // net cooperation in words alone
	Deeds    Estimate `json:"deeds"` // and in deeds
	Contexts []Count  `json:"contexts,omitempty"`
	Goods    []Count  `json:"goods,omitempty"`
}

// SetAside counts reports that enter no measure.
type SetAside struct {
	Ideas      int `json:"ideas"`      // proposed by a commentator, not an act
	Denied     int `json:"denied"`     // said not to have been
	Improbable int `json:"improbable"` // below Query.MinProbability
	Undated    int `json:"undated"`    // without any day, where a window is asked for
}

// Relation is everything measured.
type Relation struct {
	A         []string `json:"a"`
	B         []string `json:"b"`
	Period    Period   `json:"period"`
	Level     float64  `json:"level"`
	Total     Summary  `json:"total"`
	Forward   Summary  `json:"forward"`  // A to B
	Backward  Summary  `json:"backward"` // B to A
	Asymmetry Gap      `json:"asymmetry"`
	// WordsDeeds compares net cooperation in words with that in deeds.
	WordsDeeds Gap         `json:"words_deeds"`
	Promises   []Promise   `json:"promises"` // by kind of good, in their fixed order
	Buckets    []Bucket    `json:"buckets"`  // without gaps from the first to the last
	Changes    []Change    `json:"changes"`
	Sources    []Influence `json:"sources"` // largest influence first
	Contexts   []Count     `json:"contexts"`
	Goods      []Count     `json:"goods"`
	SetAside   SetAside    `json:"set_aside"`
	// Undated counts happenings without any day: they are in the totals, in no
	// bucket, and set aside where a window is asked for.
	Undated int `json:"undated"`
}

// Gap is the difference of two net cooperations.
type Gap struct {
	First      Estimate `json:"first"`
	Second     Estimate `json:"second"`
	Difference float64  `json:"difference"` // second - first
	// Below is the probability that the second is lower than the first.
	Below float64 `json:"below"`
}

// Promise is what became of goods of one kind that were agreed, offered or
// planned; a happening counts under the last it is reported to have come to.
type Promise struct {
	Good      chancery.GoodKind `json:"good"`
	Promised  int               `json:"promised"`  // agreed, offered or planned, nothing more reported
	Delivered int               `json:"delivered"` // happened or delivered
	Broken    int               `json:"broken"`    // withheld, reneged or refused
	Kept      Estimate          `json:"kept"`      // delivered / (delivered + broken), 0..1
}
