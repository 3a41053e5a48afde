package cli

import (
	"fmt"
	"strings"

	"chancery"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// tableLimit is how many rows a table shows when --limit is not given.
const tableLimit = 50

// filterFlags holds what the flags of a listing say.
type filterFlags struct {
	filter                  sqlite.Filter
	types, statuses, goods  []string
	between                 []string
	since, until, order     string
	format                  format
	limit                   int
	limitGiven, withBetween bool
}

// addFilter gives a command the flags that make sense for the kind; "" stands
// for articles.
func addFilter(cmd *cobra.Command, kind sqlite.Kind) *filterFlags {
	x := new(filterFlags)
	flags := cmd.Flags()
	f := &x.filter
	event := kind == sqlite.KindEvent
	if kind != "" {
		flags.StringVar(&f.Article, "article", "", "only of this article (name or id)")
	}
	flags.StringVar(&f.Source, "source", "", "only from this publisher, as printed")
	switch kind {
	case sqlite.KindEvent:
		flags.StringVar(&f.Actor, "actor", "", "who acts: a code (PAK is the state with all its parts, PAKMIL one part) or a name")
		flags.StringVar(&f.Recipient, "recipient", "", "whom it is done to, likewise")
		flags.StringSliceVar(&x.types, "type", nil, "PLOVER types, as ACCUSE,REJECT")
		flags.StringSliceVar(&x.statuses, "status", nil, "how far it got, as offered,agreed")
		flags.StringSliceVar(&x.goods, "good", nil, "kinds of good, as arms,money")
		flags.BoolVar(&f.HasGood, "goods", false, "only where something is handed over, offered, asked for or withheld")
		flags.StringVar(&f.Exchange, "exchange", "", "only the legs of this exchange (id)")
		flags.Float64Var(&f.MinProbability, "min-probability", 0, "least probability of the type, 0 to 1")
	case sqlite.KindExchange, "":
	case sqlite.KindQuote:
		flags.StringVar(&f.Actor, "speaker", "", "who speaks: a code or a name")
	case sqlite.KindFigure:
		flags.StringVar(&f.Unit, "unit", "", "only in this unit, as USD or percent")
	case sqlite.KindForecast:
		flags.StringVar(&f.Actor, "holder", "", "who foretells: a code or a name (\"author\" is the writer)")
		flags.StringVar(&f.Recipient, "subject", "", "whom it is about: a code or a name")
		flags.Float64Var(&f.MinProbability, "min-strength", 0, "how sure the holder sounds at least, 0 to 1")
	}
	if kind == sqlite.KindExchange {
		flags.StringVar(&f.Giver, "giver", "", "who gives in one of its legs: a code or a name")
		flags.StringVar(&f.Receiver, "receiver", "", "who receives in one of its legs: a code or a name")
	}
	if event {
		flags.StringVar(&f.Giver, "giver", "", "who gives or would give the good: a code or a name")
		flags.StringVar(&f.Receiver, "receiver", "", "who receives or would receive the good: a code or a name")
	}
	if event || kind == sqlite.KindExchange {
		flags.StringSliceVar(&x.between, "between", nil, "two parties on opposite sides, either way round, as USA,PAK")
		x.withBetween = true
	}
	if event || kind == sqlite.KindExchange || kind == sqlite.KindQuote || kind == sqlite.KindForecast {
		flags.StringVar(&f.Party, "party", "", "who takes part on any side: a code or a name")
	}
	if kind == "" {
		flags.StringVar(&f.Language, "language", "", "only in this language, as en or fr")
		flags.StringVar(&x.since, "since", "", "published on or after this day, month or year: 2025-06-18, 2025-06, 2025")
		flags.StringVar(&x.until, "until", "", "published on or before it")
	} else {
		flags.StringVar(&x.since, "since", "", "dated on or after this day, month or year: 2025-06-18, 2025-06, 2025")
		flags.StringVar(&x.until, "until", "", "dated on or before it")
	}
	flags.StringVar(&x.order, "order", "text", "text (by article, then as they stand in it), oldest or newest")
	addLimit(cmd, x)
	addFormat(cmd, &x.format)
	return x
}

func addLimit(cmd *cobra.Command, x *filterFlags) {
	cmd.Flags().IntVar(&x.limit, "limit", tableLimit, "how many at most, 0 for all (jsonl and csv give all unless told)")
	before := cmd.PreRun
	cmd.PreRun = func(cmd *cobra.Command, args []string) {
		x.limitGiven = cmd.Flags().Changed("limit")
		if before != nil {
			before(cmd, args)
		}
	}
}

// parse checks the flags' values and gives the filter.
func (x *filterFlags) parse() (sqlite.Filter, error) {
	f := x.filter
	var err error
	for _, v := range x.types {
		t, err := chancery.ParseEventType(strings.ToUpper(strings.TrimSpace(v)))
		if err != nil {
			return f, usage(err)
		}
		f.Types = append(f.Types, t)
	}
	for _, v := range x.statuses {
		st, err := chancery.ParseStatus(strings.ToLower(strings.TrimSpace(v)))
		if err != nil {
			return f, usage(err)
		}
		f.Statuses = append(f.Statuses, st)
	}
	for _, v := range x.goods {
		g, err := chancery.ParseGoodKind(strings.ToLower(strings.TrimSpace(v)))
		if err != nil {
			return f, usage(err)
		}
		f.Goods = append(f.Goods, g)
	}
	if f.Since, err = parseDate("since", x.since); err != nil {
		return f, err
	}
	if f.Until, err = parseDate("until", x.until); err != nil {
		return f, err
	}
	switch x.order {
	case "text", "":
	case string(sqlite.OrderOldest), string(sqlite.OrderNewest):
		f.Order = sqlite.Order(x.order)
	default:
		return f, usage(fmt.Errorf("--order %q: want text, oldest or newest", x.order))
	}
	switch len(x.between) {
	case 0:
	case 2:
		f.Between = [2]string{strings.TrimSpace(x.between[0]), strings.TrimSpace(x.between[1])}
	default:
		return f, usage(fmt.Errorf("--between wants two parties, as USA,PAK, not %d", len(x.between)))
	}
	f.Limit = x.limit
	if x.format != formatTable && !x.limitGiven {
		f.Limit = 0
	}
	if f.Limit < 0 {
		return f, usage(fmt.Errorf("--limit %d: want 0 or more", f.Limit))
	}
	return f, nil
}

func parseDate(flag, s string) (chancery.Date, error) {
	d, err := chancery.ParseDate(s)
	if err != nil {
		return d, usage(fmt.Errorf("--%s: %w", flag, err))
	}
	return d, nil
}

// format is what a command's output looks like.
type format string

const (
	formatTable format = "table"
	formatJSONL format = "jsonl"
	formatCSV   format = "csv"
)

// String, Set and Type make format a flag's value.
func (f *format) String() string { return string(*f) }

// Set implements pflag.Value.
func (f *format) Set(s string) error {
	switch format(s) {
	case formatTable, formatJSONL, formatCSV:
		*f = format(s)
		return nil
	}
	return fmt.Errorf("want table, jsonl or csv")
}

// Type implements pflag.Value.
func (f *format) Type() string { return "FORMAT" }

func addFormat(cmd *cobra.Command, f *format) {
	*f = formatTable
	cmd.Flags().Var(f, "format", "table for people, jsonl or csv for programs")
}
