package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"chancery"
	"chancery/coder/ledger"
	"chancery/export"
	"chancery/internal/measure"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// ledgerOptions are what the flags of the ledger say.
type ledgerOptions struct {
	kinds, statuses []string
	since, until    string
	format          format
	source          string
	open            bool
	from, to        chancery.Date
	onlyKinds       []chancery.GoodKind
	onlyStatus      []chancery.Status
	first, second   string
}

func newLedgerCommand(s *session) *cobra.Command {
	var x ledgerOptions
	cmd := &cobra.Command{
		Use:   "ledger A B",
		Short: "Who gives what to whom, and what became of it",
		Long: `Keeps the account between two parties in two columns: what the first gives the
second, and what the second gives the first. A line is one good, followed from
request or offer to agreement, delivery, refusal or breach over all articles;
under it stand the steps, each with its day and who says so. What was promised,
offered or asked for and of which no article reports an end is open.`,
		Example: `  chancery ledger USA PAK
  chancery ledger USA PAK --open
  chancery ledger CHN PAK --kind investment,port --since 2024
  chancery ledger USA PAK --status refused,reneged --format jsonl`,
		Args: cobra.ExactArgs(2),
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&x.kinds, "kind", nil, "kinds of good, as arms,money")
	flags.StringSliceVar(&x.statuses, "status", nil, "where a line stands, as offered,agreed")
	flags.StringVar(&x.since, "since", "", "lines with a step on or after this day, month or year")
	flags.StringVar(&x.until, "until", "", "lines with a step on or before it")
	flags.StringVar(&x.source, "source", "", "only from this publisher, as printed")
	flags.BoolVar(&x.open, "open", false, "only what is open")
	addFormat(cmd, &x.format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		x.first, x.second = strings.ToUpper(args[0]), strings.ToUpper(args[1])
		if err := x.parse(); err != nil {
			return err
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error { return asked(s.ledger(cmd.Context(), store, &x)) })
	}
	return cmd
}

func (x *ledgerOptions) parse() error {
	if x.first == x.second {
		return usage(fmt.Errorf("an account needs two parties, not %s twice", x.first))
	}
	if x.format == formatCSV {
		return usage(fmt.Errorf("--format csv: the ledger has steps under its lines; want table or jsonl"))
	}
	var err error
	for _, v := range x.kinds {
		k, err := chancery.ParseGoodKind(strings.ToLower(strings.TrimSpace(v)))
		if err != nil {
			return usage(err)
		}
		x.onlyKinds = append(x.onlyKinds, k)
	}
	for _, v := range x.statuses {
		st, err := chancery.ParseStatus(strings.ToLower(strings.TrimSpace(v)))
		if err != nil {
			return usage(err)
		}
		x.onlyStatus = append(x.onlyStatus, st)
	}
	if x.from, err = parseDate("since", x.since); err != nil {
		return err
	}
	x.to, err = parseDate("until", x.until)
	return err
}

// wants reports whether a line fits the flags. Its history is never cut: a line
// with one step in the period is shown with all of them.
func (x *ledgerOptions) wants(l *ledger.Line) bool {
	return (len(x.onlyKinds) == 0 || slices.Contains(x.onlyKinds, l.Kind)) &&
		(len(x.onlyStatus) == 0 || slices.Contains(x.onlyStatus, l.Status)) &&
		(!x.open || l.IsOpen()) && l.Touches(x.from, x.to)
}

func (s *session) ledger(ctx context.Context, store *sqlite.Store, x *ledgerOptions) error {
	account, err := measure.Account(ctx, store, x.first, x.second, x.source)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	number := make(map[*ledger.Line]int)
	for _, l := range account.Lines() {
		if x.wants(l) {
			number[l] = len(number) + 1
		}
	}
	today := s.now()
	if x.format == formatJSONL {
		for _, l := range account.Lines() {
			if number[l] > 0 {
				if err := export.JSONLine(out, ledgerLine(l, number, today)); err != nil {
					return err
				}
			}
		}
		return out.Flush()
	}
	if len(number) == 0 {
		fmt.Fprintf(s.err, "Nothing here passes between %s and %s that fits. Read more articles, or see who has an account: chancery actors.\n", x.first, x.second)
		return nil
	}
	s.twoColumns(out, account, number, today)
	return out.Flush()
}

// columnGap stands between the two columns.
const columnGap = " │ "

// twoColumns sets the account side by side, or one under the other where the
// terminal is too narrow for both.
func (s *session) twoColumns(w io.Writer, account *ledger.Account, number map[*ledger.Line]int, today time.Time) {
	half := (min(s.terminal.width, 2*prose) - len([]rune(columnGap))) / 2
	narrow := half < 32
	if narrow {
		half = s.terminal.width
	}
	column := func(from, to string, lines []*ledger.Line) []line {
		out := styled(from+" gives "+to, bold).wrap(half)
		n := 0
		for _, l := range lines {
			if number[l] == 0 {
				continue
			}
			n++
			out = append(out, line{})
			out = append(out, s.entry(l, number, today, half)...)
		}
		if n == 0 {
			out = append(out, line{})
			out = append(out, styled("nothing on record", dim).wrap(half)...)
		}
		return out
	}
	left, right := column(account.A, account.B, account.GivesA), column(account.B, account.A, account.GivesB)
	if narrow {
		for _, l := range slices.Concat(left, []line{{}}, right) {
			fmt.Fprintln(w, strings.TrimRight(s.terminal.String(l), " "))
		}
	} else {
		for i := range max(len(left), len(right)) {
			var l, r line
			if i < len(left) {
				l = left[i]
			}
			if i < len(right) {
				r = right[i]
			}
			fmt.Fprintln(w, strings.TrimRight(s.terminal.String(l.pad(half, false).add(styled(columnGap, dim), r)), " "))
		}
	}
	open := 0
	for l := range number {
		if l.IsOpen() {
			open++
		}
	}
	fmt.Fprintf(w, "\n%d lines, %d open. The sentences: chancery events --giver %s --receiver %s --goods\n", len(number), open, account.A, account.B)
}

// entry sets one line of the account: the good, its steps, and how it stands.
func (s *session) entry(l *ledger.Line, number map[*ledger.Line]int, today time.Time, width int) []line {
	head := styled(fmt.Sprintf("%d ", number[l]), dim).add(styled(string(l.Kind), bold), words(": "+l.Phrase))
	if l.AmountText != "" && !strings.Contains(l.Phrase, l.AmountText) {
		head = head.add(words(" (" + l.AmountText + ")"))
	}
	out := head.wrap(width)
	below := func(x line) {
		for _, part := range x.wrap(width - 2) {
			out = append(out, space(2).add(part))
		}
	}
	again := 0
	for i := range l.Steps {
		step := &l.Steps[i]
		if !step.Changes {
			again++
			continue
		}
		text := styled(string(step.Status), statusStyle(step.Status))
		if !step.Date.IsZero() {
			text = text.add(words(" " + step.Date.String()))
		}
		if v := voices(step.Voices); v != "" {
			text = text.add(words(", says " + v))
		}
		where := step.Entry.Article.Name
		if step.Entry.Article.Source != "" {
			where = step.Entry.Article.Source
		}
		below(text.add(styled(" · "+where+" "+shortID(step.Entry.Event.ID), dim)))
	}
	if again > 0 {
		below(styled(fmt.Sprintf("told again %d×", again), dim))
	}
	if age, ok := l.Age(today); ok {
		below(styled(fmt.Sprintf("open for %d days", int(age.Hours()/24)), yellow))
	} else if l.IsOpen() {
		below(styled("open", yellow))
	}
	var returns []string
	for _, r := range l.InReturn {
		if n := number[r]; n > 0 {
			returns = append(returns, itoa(n))
		}
	}
	if len(returns) > 0 {
		below(styled("in return for "+strings.Join(returns, ", "), cyan))
	}
	return out
}

// statusStyle: what was done is green, what was refused or broken red.
func statusStyle(st chancery.Status) style {
	switch st {
	case chancery.Happened, chancery.Delivered:
		return bold + ";" + green
	case chancery.Agreed:
		return green
	case chancery.Refused, chancery.Denied, chancery.Withheld, chancery.Reneged, chancery.Threatened:
		return red
	}
	return plain
}

// accountLine is a line of the ledger as programs get it.
type accountLine struct {
	Record   string            `json:"record"` // "ledger"
	Line     int               `json:"line"`   // its number, from 1
	Giver    string            `json:"giver"`
	Receiver string            `json:"receiver"`
	Kind     chancery.GoodKind `json:"kind"`
	Phrase   string            `json:"phrase"`
	Amount   string            `json:"amount,omitempty"` // as printed
	Status   chancery.Status   `json:"status"`
	Since    chancery.Date     `json:"since,omitzero"`
	Open     bool              `json:"open"`
	AgeDays  int               `json:"age_days,omitempty"`
	InReturn []int             `json:"in_return,omitempty"` // numbers of lines
	Steps    []accountStep     `json:"steps"`
}

type accountStep struct {
	Status  chancery.Status `json:"status"`
	Date    chancery.Date   `json:"date,omitzero"`
	Says    string          `json:"says,omitempty"` // "" for the writer
	Article string          `json:"article"`
	Source  string          `json:"source,omitempty"`
	Event   string          `json:"event"` // id
	Phrase  string          `json:"phrase"`
	Changes bool            `json:"changes"` // false when it tells again what was known
}

func ledgerLine(l *ledger.Line, number map[*ledger.Line]int, today time.Time) accountLine {
	out := accountLine{Record: "ledger", Line: number[l], Giver: l.Giver.Code, Receiver: l.Receiver.Code, Kind: l.Kind, Phrase: l.Phrase, Amount: l.AmountText,
		Status: l.Status, Since: l.Since, Open: l.IsOpen()}
	if age, ok := l.Age(today); ok {
		out.AgeDays = int(age.Hours() / 24)
	}
	for _, r := range l.InReturn {
		if n := number[r]; n > 0 {
			out.InReturn = append(out.InReturn, n)
		}
	}
	for i := range l.Steps {
		s := &l.Steps[i]
		out.Steps = append(out.Steps, accountStep{s.Status, s.Date, voices(s.Voices), s.Entry.Article.Name, s.Entry.Article.Source, s.Entry.Event.ID, s.Phrase, s.Changes})
	}
	return out
}
