// Package report sets a brief of the relation of two parties: their account,
// the series of words and deeds, findings, open promises and forecasts, each
// with a numbered citation of the passage it rests on.
//
// In: plain values that other packages made (Input). Out: one self-contained
// HTML file that prints well, or Markdown. It reads no store and no clock,
// measures nothing, and takes every string of its input for data: no article
// can put markup, a script or an address of its own making into a brief.
package report

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"chancery"
	"chancery/coder/ledger"
	"chancery/collate"
	"chancery/relation"
)

// Party is one of the two.
type Party struct {
	Code string // USA
	Name string // "" where none is known
}

// String is the party's name, its code where it has none.
func (p Party) String() string { return cmp.Or(p.Name, p.Code) }

// Input is all that a brief is made of. Account and Relation must be set.
type Input struct {
	A, B         Party
	Since, Until chancery.Date // the period, as asked; zero for no bound
	Source       string        // the only publisher, "" for all
	Today        time.Time
	Version      string // of the reader
	Page         string // address the page is served at, as http://127.0.0.1:8642; "" when not known
	Account      *ledger.Account
	Relation     *relation.Relation
	Findings     []collate.Finding            // of the two parties, in any order
	Articles     map[string]*chancery.Article // by id; those of the findings' passages
	Forecasts    []Forecast                   // of the two parties, in any order
}

// Forecast is a forecast with its article and what came of it.
type Forecast struct {
	Article *chancery.Article
	Record  chancery.Forecast
	Settled *chancery.Settlement // nil when it has not been settled
}

// mostFindings, mostForecasts and mostSteps bound what a brief lists of each: a
// brief is to be read. What is left out is counted.
const (
	mostFindings  = 40
	mostForecasts = 40
	mostAgain     = 6 // citations of reports that only repeat a line's step
)

// Brief is what is set, in its order.
type Brief struct {
	A, B      Party
	Period    string // "June 2025 to July 2025"; "" for all time
	Source    string
	Made      string // "26 November 2026"
	Version   string
	Facts     []string // the first paragraph, a sentence each
	Rows      []Row    // the ledger
	Lines     int
	Series    *Figure // nil without a dated happening
	Table     []Period
	Totals    []Total
	Words     string // words against deeds, a sentence
	Promises  []Promise
	Findings  []Finding
	Left      int // findings left out
	Forecasts []Group
	Citations []Citation

	page  string
	cited map[spot]int
}

// Row is a row of the ledger: a line of either column, or both. Where one line
// is given for several, it spans their rows: the rows after the first have a
// span of 0 on its side.
type Row struct {
	Left, Right         *Line
	LeftSpan, RightSpan int
	Tied                bool // the two are given in return for each other
}

// Line is a good followed through the articles.
type Line struct {
	N        int
	Kind     string
	Phrase   string
	Amount   string // as printed; "" when the phrase holds it
	Status   chancery.Status
	Open     string // "open for 30 days"; "" when it is not
	InReturn []int
	Steps    []Step
	Again    []int // citations of reports that repeat what was known
	More     int   // such reports beyond those
}

// Step is one report that moved a line on.
type Step struct {
	Status chancery.Status
	Date   string
	Says   string // "" for the writer
	Cite   int
}

// Promise is an open line.
type Promise struct {
	N            int
	Giver, Taker string
	What         string
	Status       chancery.Status
	Since        string
	Age          string
	Cite         int
	days         int
}

// Finding is a finding with its citations.
type Finding struct {
	Kind     string
	About    string
	Sure     int // percent
	Passages []Passage
}

// Passage is what one or several passages say that others have otherwise.
type Passage struct {
	Says  string
	Cites []int
}

// Group is a run of forecasts under a head.
type Group struct {
	Head      string
	Forecasts []Foretold
	Left      int
}

// Foretold is a forecast as it is set.
type Foretold struct {
	Holder  string
	About   string
	Hedge   string
	If      string
	By      string
	Outcome string // "came true", and why
	Cite    int
}

// Citation is a passage that something rests on.
type Citation struct {
	N       int
	Quote   string
	Source  string
	Title   string
	Date    string
	Address string // http or https, "" for none
	Reader  string // address of the passage on the page, "" for none
}

// spot is what makes two citations one.
type spot struct {
	article string
	at      chancery.ByteRange
}

// New arranges a brief. The order of findings and forecasts in the input does
// not matter.
func New(in Input) *Brief {
	b := &Brief{A: in.A, B: in.B, Source: clean(in.Source), Made: day(chancery.DateOf(in.Today)), Version: clean(in.Version), Period: period(in.Since, in.Until),
		page: strings.TrimSuffix(address(in.Page), "/"), cited: map[spot]int{}}
	b.A.Name, b.B.Name = clean(in.A.Name), clean(in.B.Name)
	b.ledger(&in)
	b.series(in.Relation)
	b.findings(&in)
	b.forecasts(&in)
	b.facts(&in)
	return b
}

// cite gives the number of a passage, the same for the same passage.
func (b *Brief) cite(a *chancery.Article, at chancery.ByteRange, record string) int {
	key := spot{a.ID, at}
	if n := b.cited[key]; n > 0 {
		return n
	}
	c := Citation{N: len(b.Citations) + 1, Quote: clean(at.Of(a.Text)), Source: clean(cmp.Or(a.Source, "no source given")), Title: clean(cmp.Or(a.Title, a.Name)),
		Date: day(a.Published), Address: address(a.URL)}
	if b.page != "" {
		c.Reader = b.page + "/articles/" + a.ID
		if record != "" {
			c.Reader += "?r=" + url.QueryEscape(record)
		}
	}
	b.Citations = append(b.Citations, c)
	b.cited[key] = c.N
	return c.N
}

func (b *Brief) ledger(in *Input) {
	since, until := in.Since, in.Until
	number := map[*ledger.Line]int{}
	made := map[*ledger.Line]*Line{}
	var left, right []*ledger.Line
	for i, column := range [][]*ledger.Line{in.Account.GivesA, in.Account.GivesB} {
		for _, l := range column {
			if l.Touches(since, until) {
				number[l] = len(number) + 1
				if i == 0 {
					left = append(left, l)
				} else {
					right = append(right, l)
				}
			}
		}
	}
	b.Lines = len(number)
	set := func(l *ledger.Line) *Line {
		if l == nil {
			return nil
		}
		if made[l] == nil {
			made[l] = b.line(l, number, in.Today)
		}
		return made[l]
	}
	// Lines given in return for each other stand side by side; one given for
	// several spans their rows.
	taken := map[*ledger.Line]bool{}
	shown := func(l *ledger.Line) []*ledger.Line {
		return slices.DeleteFunc(slices.Clone(l.InReturn), func(r *ledger.Line) bool { return number[r] == 0 })
	}
	for _, l := range left {
		if taken[l] {
			continue
		}
		mine := slices.DeleteFunc(shown(l), func(r *ledger.Line) bool { return taken[r] })
		if len(mine) == 0 {
			continue
		}
		if theirs := shown(mine[0]); len(mine) == 1 && len(theirs) > 1 {
			theirs = slices.DeleteFunc(theirs, func(l *ledger.Line) bool { return taken[l] })
			for i, l := range theirs {
				taken[l] = true
				row := Row{Left: set(l), LeftSpan: 1, Tied: true}
				if i == 0 {
					row.Right, row.RightSpan = set(mine[0]), len(theirs)
				}
				b.Rows = append(b.Rows, row)
			}
			taken[mine[0]] = true
			continue
		}
		for i, r := range mine {
			taken[r] = true
			row := Row{Right: set(r), RightSpan: 1, Tied: true}
			if i == 0 {
				row.Left, row.LeftSpan = set(l), len(mine)
			}
			b.Rows = append(b.Rows, row)
		}
		taken[l] = true
	}
	free := func(all []*ledger.Line) []*ledger.Line {
		return slices.DeleteFunc(slices.Clone(all), func(l *ledger.Line) bool { return taken[l] })
	}
	left, right = free(left), free(right)
	for i := range max(len(left), len(right)) {
		row := Row{LeftSpan: 1, RightSpan: 1}
		if i < len(left) {
			row.Left = set(left[i])
		}
		if i < len(right) {
			row.Right = set(right[i])
		}
		b.Rows = append(b.Rows, row)
	}
	for _, l := range in.Account.Lines() {
		if number[l] == 0 || !l.IsOpen() {
			continue
		}
		last := l.Steps[0]
		for _, s := range l.Steps {
			if s.Changes {
				last = s
			}
		}
		p := Promise{N: number[l], Giver: b.name(l.Giver), Taker: b.name(l.Receiver), What: made[l].Kind + ": " + made[l].Phrase, Status: l.Status,
			Since: day(l.Since), Age: "not known", Cite: b.cite(last.Entry.Article, last.Entry.Event.Sentence, last.Entry.Event.ID), days: -1}
		if age, ok := l.Age(in.Today); ok {
			p.days = int(math.Round(age.Hours() / 24))
			p.Age = days(p.days)
		}
		b.Promises = append(b.Promises, p)
	}
	slices.SortStableFunc(b.Promises, func(x, y Promise) int { return cmp.Compare(y.days, x.days) })
}

// name calls a party of the account as the brief does.
func (b *Brief) name(p chancery.Party) string {
	switch p.Code {
	case b.A.Code:
		return b.A.String()
	case b.B.Code:
		return b.B.String()
	}
	return clean(cmp.Or(p.Name, p.Code))
}

func (b *Brief) line(l *ledger.Line, number map[*ledger.Line]int, today time.Time) *Line {
	out := &Line{N: number[l], Kind: string(l.Kind), Phrase: clean(l.Phrase), Status: l.Status}
	if !strings.Contains(l.Phrase, l.AmountText) {
		out.Amount = clean(l.AmountText)
	}
	if l.IsOpen() {
		out.Open = "open"
		if age, ok := l.Age(today); ok {
			out.Open = "open for " + days(int(math.Round(age.Hours()/24)))
		}
	}
	for _, r := range l.InReturn {
		if number[r] > 0 {
			out.InReturn = append(out.InReturn, number[r])
		}
	}
	slices.Sort(out.InReturn)
	for i := range l.Steps {
		s := &l.Steps[i]
		if s.Changes {
			out.Steps = append(out.Steps, Step{Status: s.Status, Date: day(s.Date), Says: says(s.Voices), Cite: b.cite(s.Entry.Article, s.Entry.Event.Sentence, s.Entry.Event.ID)})
		}
	}
	for i := range l.Steps {
		s := &l.Steps[i]
		switch {
		case s.Changes:
		case len(out.Again) == mostAgain:
			out.More++
		default:
			n := b.cite(s.Entry.Article, s.Entry.Event.Sentence, s.Entry.Event.ID)
			if !slices.Contains(out.Again, n) && !slices.ContainsFunc(out.Steps, func(s Step) bool { return s.Cite == n }) {
				out.Again = append(out.Again, n)
			}
		}
	}
	return out
}

func (b *Brief) findings(in *Input) {
	all := slices.Clone(in.Findings)
	slices.SortStableFunc(all, func(x, y collate.Finding) int {
		return cmp.Or(cmp.Compare(y.Sure, x.Sure), strings.Compare(string(x.Kind), string(y.Kind)), strings.Compare(x.ID, y.ID))
	})
	for _, f := range all {
		if len(b.Findings) == mostFindings {
			b.Left++
			continue
		}
		out := Finding{Kind: string(f.Kind), About: clean(f.About), Sure: int(math.Round(100 * f.Sure))}
		for _, p := range f.Passages {
			a := in.Articles[p.Article]
			if a == nil {
				continue
			}
			says := clean(p.Says)
			i := slices.IndexFunc(out.Passages, func(p Passage) bool { return p.Says == says })
			if i < 0 {
				i = len(out.Passages)
				out.Passages = append(out.Passages, Passage{Says: says})
			}
			if n := b.cite(a, p.Range, p.Record); !slices.Contains(out.Passages[i].Cites, n) {
				out.Passages[i].Cites = append(out.Passages[i].Cites, n)
			}
		}
		b.Findings = append(b.Findings, out)
	}
}

func (b *Brief) forecasts(in *Input) {
	groups := []Group{{Head: "Due: the day has passed and nobody has said what came of it"}, {Head: "Still to come"}, {Head: "Settled"}}
	all := slices.Clone(in.Forecasts)
	slices.SortStableFunc(all, func(x, y Forecast) int {
		return cmp.Or(strings.Compare(when(x.Record.Horizon), when(y.Record.Horizon)), strings.Compare(x.Article.ID, y.Article.ID),
			cmp.Compare(x.Record.About.Start, y.Record.About.Start), strings.Compare(x.Record.ID, y.Record.ID))
	})
	for _, f := range all {
		g := &groups[1]
		switch {
		case f.Record.Advice:
			continue // what somebody ought to do is no forecast
		case f.Settled != nil:
			g = &groups[2]
		case f.Record.IsDue(in.Today):
			g = &groups[0]
		}
		if len(g.Forecasts) == mostForecasts {
			g.Left++
			continue
		}
		out := Foretold{Holder: holder(f), About: clean(f.Record.About.Of(f.Article.Text)), Hedge: clean(f.Record.Hedge), By: day(f.Record.Horizon),
			Cite: b.cite(f.Article, f.Record.Sentence, f.Record.ID)}
		if !f.Record.Condition.IsZero() {
			out.If = clean(f.Record.Condition.Of(f.Article.Text))
		}
		if s := f.Settled; s != nil {
			out.Outcome = map[chancery.Outcome]string{chancery.CameTrue: "came true", chancery.CamePart: "came true in part", chancery.CameFalse: "did not come true"}[s.Outcome]
			out.Outcome += ": " + clean(s.Why) + " (" + clean(s.Who) + ", " + day(chancery.DateOf(s.When)) + ")"
		}
		g.Forecasts = append(g.Forecasts, out)
	}
	for _, g := range groups {
		if len(g.Forecasts) > 0 {
			b.Forecasts = append(b.Forecasts, g)
		}
	}
}

// when orders dates; one that is not given comes last.
func when(d chancery.Date) string { return cmp.Or(d.String(), "~") }

func holder(f Forecast) string {
	if f.Record.Holder.Name == "author" || f.Record.Holder == (chancery.Party{}) {
		return clean(cmp.Or(f.Article.Byline, f.Article.Source, "the writer"))
	}
	return clean(cmp.Or(f.Record.Holder.Name, f.Record.Holder.Code))
}

// says names who says so, from the article inward; "" for the writer.
func says(chain []chancery.Attribution) string {
	var out []string
	for _, v := range chain {
		if v.Kind == chancery.ByUnnamed && v.Name == "" && v.Code == "" {
			out = append(out, "unnamed sources")
			continue
		}
		out = append(out, cmp.Or(v.Name, v.Code, string(v.Kind)))
	}
	return clean(strings.Join(out, ", citing "))
}

// clean makes foreign text one line that reads as it stands: control characters
// and those that embed, override or isolate a direction of writing (UAX #9) are
// shown as U+FFFD, line ends and runs of space become one space.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069':
			return '\ufffd'
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
