// Package ledger keeps the account between two parties over many articles: what
// each has offered, asked, promised, delivered, withheld and broken, one line a
// good, with the history of its steps.
//
// In: events with their goods, and the articles they are from. Out: an Account
// of two sides. It reads no text of its own, decides no truth, and reads no
// clock: the age of an open promise is asked for with a day.
package ledger

import (
	"cmp"
	"slices"
	"time"

	"chancery"
)

// Entry is an event with a good, and the article that tells it.
type Entry struct {
	Article *chancery.Article
	Event   *chancery.Event
}

// Step is one report of how far a good got.
type Step struct {
	Status  chancery.Status
	Date    chancery.Date // of the event; the article's where the text dates nothing
	Entry   Entry
	Amount  *chancery.Amount
	Phrase  string // the good in the words of the article
	Voices  []chancery.Attribution
	Changes bool // it moved the line on; a step that does not tells again what was known
}

// Line is one good followed through the articles.
type Line struct {
	Giver, Receiver chancery.Party // as bare states, or bodies of their own
	Kind            chancery.GoodKind
	Phrase          string           // the fullest of the steps'
	Amount          *chancery.Amount // the first one given, nil for none; the steps keep theirs
	AmountText      string           // as printed
	Status          chancery.Status  // where the good stands after the last step
	Since           chancery.Date    // when it came to stand there
	Steps           []Step           // in order of time
	InReturn        []*Line          // what the other side gives for it, by exchanges
	words           map[string]bool
}

// IsOpen reports whether the good was offered, asked for, planned or promised
// and nobody has reported what became of it.
func (l *Line) IsOpen() bool {
	switch l.Status {
	case chancery.Offered, chancery.Requested, chancery.Planned, chancery.Agreed, chancery.Threatened:
		return true
	}
	return false
}

// Touches reports whether a step of the line may lie in the window; a zero bound
// is none. A line's history is never cut: one that touches is meant whole.
func (l *Line) Touches(since, until chancery.Date) bool {
	return slices.ContainsFunc(l.Steps, func(s Step) bool {
		return (since.IsZero() || !s.Date.IsZero() && !s.Date.Last().Before(since.First())) &&
			(until.IsZero() || !s.Date.IsZero() && !s.Date.First().After(until.Last()))
	})
}

// Age is how long an open line has stood as it does on the given day; false
// when it is not open or has no date.
func (l *Line) Age(day time.Time) (time.Duration, bool) {
	if !l.IsOpen() || l.Since.IsZero() {
		return 0, false
	}
	return max(0, day.Sub(l.Since.First())), true
}

// Account is the two columns between parties A and B, each in the order of its
// lines' first steps.
type Account struct {
	A, B           string  // codes
	GivesA, GivesB []*Line // what A gives B, what B gives A
}

// Lines are both columns, A's first.
func (a *Account) Lines() []*Line { return slices.Concat(a.GivesA, a.GivesB) }

// Keep makes the account between two parties, each a state's code or a body's.
// Entries of other parties, or without a good, are left out. The order of the
// entries does not matter.
func Keep(entries []Entry, a, b string) *Account {
	all := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool {
		if e.Event.Good == nil {
			return true
		}
		giver, receiver := State(e.Event.Good.Giver.Code), State(e.Event.Good.Receiver.Code)
		return !(giver == a && receiver == b || giver == b && receiver == a)
	})
	slices.SortStableFunc(all, func(x, y Entry) int {
		return cmp.Or(
			compareDates(date(x), date(y)),
			cmp.Compare(x.Article.ID, y.Article.ID),
			cmp.Compare(x.Event.Sentence.Start, y.Event.Sentence.Start),
			cmp.Compare(x.Event.Trigger.Start, y.Event.Trigger.Start),
			cmp.Compare(x.Event.ID, y.Event.ID))
	})
	account := &Account{A: a, B: b}
	byExchange := make(map[string][]*Line)
	for _, e := range all {
		side := &account.GivesA
		if State(e.Event.Good.Giver.Code) == b {
			side = &account.GivesB
		}
		l := find(*side, e)
		if l == nil {
			l = open(e)
			*side = append(*side, l)
		}
		l.add(e)
		if x := e.Event.Exchange; x != "" && !slices.Contains(byExchange[x], l) {
			byExchange[x] = append(byExchange[x], l)
		}
	}
	exchanges := make([]string, 0, len(byExchange))
	for x := range byExchange {
		exchanges = append(exchanges, x)
	}
	slices.Sort(exchanges)
	for _, x := range exchanges {
		for _, l := range byExchange[x] {
			for _, o := range byExchange[x] {
				if l.Giver.Code != o.Giver.Code && !slices.Contains(l.InReturn, o) {
					l.InReturn = append(l.InReturn, o)
				}
			}
		}
	}
	for _, l := range account.Lines() {
		l.stand()
	}
	return account
}

// State gives the state of a code, or the whole code of a body of its own.
func State(code string) string {
	if len(code) == 6 && slices.Contains(chancery.Sectors(), code[3:]) {
		return code[:3]
	}
	return code
}

// date is when an entry's step took place, as far as can be told.
func date(e Entry) chancery.Date {
	if !e.Event.Date.IsZero() {
		return e.Event.Date
	}
	return e.Article.Published
}

// compareDates orders by the first day; a date that is not given comes last,
// for it says least.
func compareDates(a, b chancery.Date) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.First().Compare(b.First())
}

func open(e Entry) *Line {
	g := e.Event.Good
	return &Line{
		Giver:    chancery.Party{Code: State(g.Giver.Code), Name: g.Giver.Name},
		Receiver: chancery.Party{Code: State(g.Receiver.Code), Name: g.Receiver.Name},
		Kind:     g.Kind,
		words:    make(map[string]bool),
	}
}

func (l *Line) add(e Entry) {
	g := e.Event.Good
	s := Step{Status: g.Status, Date: date(e), Entry: e, Amount: g.Amount, Phrase: g.Phrase.Of(e.Article.Text), Voices: e.Event.Attribution}
	l.Steps = append(l.Steps, s)
	if len(s.Phrase) > len(l.Phrase) && len(s.Phrase) <= longestPhrase || l.Phrase == "" {
		l.Phrase = s.Phrase
	}
	if g.Amount != nil && l.Amount == nil {
		l.Amount, l.AmountText = g.Amount, g.Amount.Text.Of(e.Article.Text)
	}
	for _, w := range telling(s.Phrase) {
		l.words[w] = true
	}
}

// longestPhrase is the longest wording that still reads as a line's name, in bytes.
const longestPhrase = 90

// rank places the statuses on the way from an idea to a deed; a refusal or a
// breach is off it.
func rank(s chancery.Status) int {
	switch s {
	case chancery.Proposed:
		return 1
	case chancery.Threatened:
		return 2
	case chancery.Requested:
		return 3
	case chancery.Offered:
		return 4
	case chancery.Planned:
		return 5
	case chancery.Agreed:
		return 6
	case chancery.Happened:
		return 7
	case chancery.Delivered:
		return 8
	}
	return 0
}

func isRefusal(s chancery.Status) bool { return rank(s) == 0 }

// stand follows the steps to where the good stands. A report that only repeats
// an earlier stage changes nothing: an offer told again after the delivery is
// no new offer. A refusal, a denial or a breach always counts when it comes later, and
// only an agreement or a deed overcomes it.
func (l *Line) stand() {
	for i := range l.Steps {
		s := &l.Steps[i]
		switch {
		case l.Status == "":
		case isRefusal(s.Status):
			if l.Status == s.Status || rank(l.Status) >= rank(chancery.Happened) && s.Status != chancery.Reneged {
				continue
			}
		case isRefusal(l.Status):
			if rank(s.Status) < rank(chancery.Agreed) {
				continue
			}
		case rank(s.Status) <= rank(l.Status):
			continue
		}
		s.Changes = true
		l.Status, l.Since = s.Status, s.Date
	}
}
