package httpapi

import (
	"context"
	"math"
	"slices"

	"chancery"
	"chancery/coder/ledger"
	"chancery/internal/measure"
)

type ledgerInput struct {
	A      string   `query:"a" required:"true" minLength:"1" maxLength:"40" doc:"a state or body: USA"`
	B      string   `query:"b" required:"true" minLength:"1" maxLength:"40" doc:"the other"`
	Since  string   `query:"since" doc:"lines with a step on or after this: 2025, 2025-06 or 2025-06-18"`
	Until  string   `query:"until" doc:"lines with a step on or before this"`
	Source string   `query:"source" doc:"only from this publisher, as printed"`
	Kind   []string `query:"kind" doc:"kinds of good"`
	Status []string `query:"status" doc:"where a line stands"`
}

// Ledger is the account between two parties.
type Ledger struct {
	A      string       `json:"a"`
	B      string       `json:"b"`
	GivesA []LedgerLine `json:"gives_a" doc:"what A gives B"`
	GivesB []LedgerLine `json:"gives_b" doc:"what B gives A"`
}

// LedgerLine is one good followed through the articles.
type LedgerLine struct {
	N        int               `json:"n" doc:"number of the line, from 1, over both columns"`
	Kind     chancery.GoodKind `json:"kind"`
	Phrase   string            `json:"phrase"`
	Amount   string            `json:"amount,omitempty" doc:"as printed"`
	Status   chancery.Status   `json:"status"`
	Since    chancery.Date     `json:"since,omitzero"`
	Open     bool              `json:"open" doc:"promised, offered or asked for, and nobody reports what became of it"`
	AgeDays  int               `json:"age_days,omitempty" doc:"how long it has been open"`
	InReturn []int             `json:"in_return,omitempty" doc:"numbers of the lines given for it"`
	Steps    []LedgerStep      `json:"steps"`
}

// LedgerStep is one report of how far a good got.
type LedgerStep struct {
	Status      chancery.Status        `json:"status"`
	Date        chancery.Date          `json:"date,omitzero"`
	Event       string                 `json:"event" doc:"event id"`
	Attribution []chancery.Attribution `json:"attribution,omitempty"`
	Changes     bool                   `json:"changes" doc:"false when it tells again what was known"`
	Place
}

func (a *api) ledger(ctx context.Context, in *ledgerInput) (*Ledger, error) {
	since, until, err := window(in.Since, in.Until)
	if err != nil {
		return nil, err
	}
	kinds, err := each(in.Kind, chancery.ParseGoodKind)
	if err != nil {
		return nil, err
	}
	statuses, err := each(in.Status, chancery.ParseStatus)
	if err != nil {
		return nil, err
	}
	account, err := measure.Account(ctx, a.Store, in.A, in.B, in.Source)
	if err != nil {
		return nil, err
	}
	number := map[*ledger.Line]int{}
	for i, l := range account.Lines() {
		number[l] = i + 1
	}
	out := &Ledger{A: account.A, B: account.B, GivesA: []LedgerLine{}, GivesB: []LedgerLine{}}
	today := a.Now()
	for _, column := range []struct {
		from []*ledger.Line
		to   *[]LedgerLine
	}{{account.GivesA, &out.GivesA}, {account.GivesB, &out.GivesB}} {
		for _, l := range column.from {
			if len(statuses) > 0 && !slices.Contains(statuses, l.Status) || len(kinds) > 0 && !slices.Contains(kinds, l.Kind) || !l.Touches(since, until) {
				continue
			}
			line := LedgerLine{N: number[l], Kind: l.Kind, Phrase: l.Phrase, Amount: l.AmountText, Status: l.Status, Since: l.Since, Open: l.IsOpen(), Steps: []LedgerStep{}}
			if age, ok := l.Age(today); ok {
				line.AgeDays = int(math.Round(age.Hours() / 24))
			}
			for _, r := range l.InReturn {
				line.InReturn = append(line.InReturn, number[r])
			}
			for _, s := range l.Steps {
				line.Steps = append(line.Steps, LedgerStep{Status: s.Status, Date: s.Date, Event: s.Entry.Event.ID, Attribution: s.Voices, Changes: s.Changes,
					Place: place(s.Entry.Article, s.Entry.Event.Sentence, "")})
			}
			*column.to = append(*column.to, line)
		}
	}
	return out, nil
}
