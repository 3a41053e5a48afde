package cli

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"strings"

	"chancery"
	"chancery/internal/measure"
	"chancery/relation"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// windowFlags are the flags of what measures a window of time.
type windowFlags struct {
	since, until   string
	minProbability float64
	asJSON         bool
}

func addWindow(cmd *cobra.Command) *windowFlags {
	x := new(windowFlags)
	f := cmd.Flags()
	f.StringVar(&x.since, "since", "", "events dated on or after this day, month or year: 2025-06-18, 2025-06, 2025")
	f.StringVar(&x.until, "until", "", "events dated on or before it")
	f.Float64Var(&x.minProbability, "min-probability", 0, "least probability of an event's type, 0 to 1")
	f.BoolVar(&x.asJSON, "json", false, "write JSON")
	return x
}

// query is what the flags ask; mistakes in them are the caller's.
func (x *windowFlags) query() (q relation.Query, err error) {
	if q.Since, err = chancery.ParseDate(x.since); err != nil {
		return q, usage(fmt.Errorf("--since: %w", err))
	}
	if q.Until, err = chancery.ParseDate(x.until); err != nil {
		return q, usage(fmt.Errorf("--until: %w", err))
	}
	if q.MinProbability = x.minProbability; !(q.MinProbability >= 0 && q.MinProbability <= 1) {
		return q, usage(fmt.Errorf("--min-probability %v: want 0 to 1", q.MinProbability))
	}
	return q, nil
}

func newRelationCommand(s *session) *cobra.Command {
	var by string
	cmd := &cobra.Command{
		Use:   "relation A [B]",
		Short: "How two states stand to each other over time: words, deeds, changes, sources",
		Long: `Measures the relation of two states or groups of states (codes joined by commas),
or of one with everybody: happenings by period, net cooperation from −1 to 1 with
the band its few or many reports leave, words against deeds, who is friendlier,
when it changed, and how much hangs on each source. Reports of one happening count
once; proposals of commentators and what is denied are set aside.`,
		Example: `  chancery relation USA PAK
  chancery relation USA CHN,RUS --by year
  chancery relation PAK --since 2025 --by week --json`,
		Args: cobra.RangeArgs(1, 2),
	}
	x := addWindow(cmd)
	cmd.Flags().StringVar(&by, "by", "month", "day, week, month or year")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		q, err := x.query()
		if err != nil {
			return err
		}
		if q.Period, err = relation.ParsePeriod(by); err != nil {
			return usage(fmt.Errorf("--by: %w", err))
		}
		if q.A = codes(args[0]); len(args) > 1 {
			q.B = codes(args[1])
		}
		if len(q.A) == 0 || len(args) > 1 && len(q.B) == 0 {
			return usage(errors.New("name a state by its code, as PAK, or several, as USA,GBR"))
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			r, err := measure.Relation(cmd.Context(), store, q)
			if err != nil {
				return asked(err)
			}
			if x.asJSON {
				return writeJSON(s.out, r)
			}
			if r.Total.Happenings == 0 {
				fmt.Fprintf(s.err, "No events between %s here.%s\n", pairText(r), asideText(r.SetAside))
				return nil
			}
			return s.relationReport(r)
		})
	}
	return cmd
}

// codes reads "usa,GBR".
func codes(s string) (out []string) {
	for c := range strings.SplitSeq(s, ",") {
		if c = strings.ToUpper(strings.TrimSpace(c)); c != "" {
			out = append(out, c)
		}
	}
	return out
}

func pairText(r *relation.Relation) string {
	b := strings.Join(r.B, ", ")
	if b == "" {
		b = "everybody"
	}
	return strings.Join(r.A, ", ") + " and " + b
}

func asideText(a relation.SetAside) string {
	var parts []string
	for _, e := range []struct {
		n    int
		what string
	}{{a.Ideas, "of proposals"}, {a.Denied, "of what is denied"}, {a.Improbable, "too improbable"}, {a.Undated, "without a date"}} {
		if e.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", e.n, e.what))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " Reports set aside: " + strings.Join(parts, ", ") + "."
}

// spark draws values of 0..1, below 0 for none.
func spark(values []float64) string {
	var b strings.Builder
	for _, v := range values {
		if v < 0 {
			b.WriteRune('·')
			continue
		}
		b.WriteRune([]rune("▁▂▃▄▅▆▇█")[int(math.Round(min(1, v)*7))])
	}
	return b.String()
}

// blank is a space that is kept where lines are wrapped.
const blank = "\u00a0"

// band draws an estimate on a scale of −1..1: ─ the band, ● the value.
func band(e relation.Estimate) string {
	const cells = 21
	at := func(v float64) int { return int(math.Round((max(-1, min(1, v)) + 1) / 2 * (cells - 1))) }
	row := []rune(strings.Repeat(blank, cells))
	row[cells/2] = '┊'
	for i := at(e.Low); i <= at(e.High); i++ {
		row[i] = '─'
	}
	row[at(e.Value)] = '●'
	return string(row)
}

func estimate(e relation.Estimate) string {
	return fmt.Sprintf("%s (%s to %s)", signed(e.Value, 2), signed(e.Low, 2), signed(e.High, 2))
}

const (
	maxSpark   = 80 // periods a sparkline shows
	maxBuckets = 24 // periods a table lists
	maxSources = 8
)

func (s *session) relationReport(r *relation.Relation) error {
	out := bufio.NewWriter(s.out)
	w := modelWriter{session: s, out: out}
	b := r.Buckets
	span := ""
	if len(b) > 0 {
		span = fmt.Sprintf(", by %s, %s to %s", r.Period, b[0].Start, b[len(b)-1].Start)
	}
	w.say(styled(pairText(r), bold), words(span))
	undated := ""
	if r.Undated > 0 {
		undated = fmt.Sprintf(" %s no known date and %s in the totals only.", map[bool]string{true: "1 has", false: itoa(r.Undated) + " have"}[r.Undated == 1],
			map[bool]string{true: "is", false: "are"}[r.Undated == 1])
	}
	w.say(words(fmt.Sprintf("%s in %s, mean intensity %s. Net cooperation %s; bands hold the truth with %.0f %%.%s%s", plural(r.Total.Happenings, "happening"),
		plural(r.Total.Reports, "report"), signed(r.Total.Intensity, 1), estimate(r.Total.Net), 100*r.Level, undated, asideText(r.SetAside))))
	if len(b) > 0 {
		w.series(r)
	}
	w.say(line{})
	g := r.WordsDeeds
	w.say(styled("Words and deeds", bold), words(fmt.Sprintf(": in words %s, in deeds %s; deeds fall short of words with probability %s.", estimate(g.First), estimate(g.Second), share(g.Below))))
	for _, p := range r.Promises {
		kept := ""
		if p.Delivered+p.Broken > 0 {
			kept = fmt.Sprintf("; kept %s (%s to %s)", share(p.Kept.Value), share(p.Kept.Low), share(p.Kept.High))
		}
		w.item(words(fmt.Sprintf("%s: %d promised and no more heard, %d delivered, %d broken%s", p.Good, p.Promised, p.Delivered, p.Broken, kept)))
	}
	if len(r.B) > 0 {
		g := r.Asymmetry
		w.say(styled("Who is friendlier", bold), words(fmt.Sprintf(": %s %s, %s %s; the latter is the less friendly with probability %s.",
			strings.Join(r.A, ", "), estimate(g.First), strings.Join(r.B, ", "), estimate(g.Second), share(g.Below))))
	}
	if len(r.Changes) == 0 {
		w.say(styled("Changes", bold), words(": none that stands out."))
	}
	for _, c := range r.Changes {
		w.say(styled("Change", bold), words(fmt.Sprintf(" from %s on: net %s to %s, %s to %s happenings a %s (probability %s)", c.From, signed(c.Before.Value, 2), signed(c.After.Value, 2),
			num(c.RateBefore, 1), num(c.RateAfter, 1), r.Period, share(c.Probability))))
	}
	counted := func(name string, counts []relation.Count) {
		var parts []string
		for i, c := range counts {
			if i == 8 {
				break
			}
			parts = append(parts, fmt.Sprintf("%s %d (%d for, %d against)", c.Name, c.Happenings, c.For, c.Against))
		}
		if len(parts) > 0 {
			w.say(styled(name, bold), words(": "+strings.Join(parts, ", ")))
		}
	}
	counted("Goods", r.Goods)
	counted("Contexts", r.Contexts)
	w.say(line{})
	t := &sheet{columns: []column{{name: "source", loose: true}, {name: "reports", right: true}, {name: "alone", right: true}, {name: "net without it", right: true}, {name: "it moves net by", right: true}}}
	for i, x := range r.Sources {
		if i == maxSources {
			break
		}
		name := x.Source
		if name == "" {
			name = "no source given"
		}
		t.add(nil, words(name), words(itoa(x.Reports)), words(itoa(x.Alone)), words(signed(x.Without.Value, 2)), words(signed(x.Shift, 2)))
	}
	w.table(t)
	if w.err != nil {
		return w.err
	}
	return out.Flush()
}

// series draws the last periods and lists those that hold anything.
func (w *modelWriter) series(r *relation.Relation) {
	b := r.Buckets
	drawn := b[max(0, len(b)-maxSpark):]
	most := 1
	for _, x := range drawn {
		most = max(most, x.Happenings)
	}
	var nets, counts []float64
	for _, x := range drawn {
		net, count := -1., -1.
		if x.Happenings > 0 {
			net, count = (x.Net.Value+1)/2, float64(x.Happenings)/float64(most)
		}
		nets, counts = append(nets, net), append(counts, count)
	}
	w.raw(styled("net   ", dim).add(words(spark(nets))))
	w.raw(styled("count ", dim).add(words(spark(counts))))
	if len(drawn) < len(b) {
		w.say(styled(fmt.Sprintf("the last %d of %d; --by year or --json shows all", len(drawn), len(b)), dim))
	}
	w.say(line{})
	t := &sheet{columns: []column{{name: string(r.Period)}, {name: "−1" + strings.Repeat(blank, 17) + "1"}, {name: "net", right: true}, {name: "words for", right: true}, {name: "deeds for", right: true},
		{name: "words against", right: true}, {name: "deeds against", right: true}, {name: "intensity", right: true}}}
	full := 0
	for _, x := range b {
		if x.Happenings > 0 {
			full++
		}
	}
	skip, empty := max(0, full-maxBuckets), 0
	for _, x := range b {
		if x.Happenings == 0 {
			empty++
			continue
		}
		if skip > 0 {
			skip--
			empty = 0
			continue
		}
		if empty > 0 && len(t.rows) > 0 {
			t.add(nil, styled("…", dim), styled(plural(empty, "empty "+string(r.Period)), dim), words(""), words(""), words(""), words(""), words(""), words(""))
		}
		empty = 0
		q, name := x.Quads, x.Start.String()
		switch r.Period {
		case relation.Month:
			name = name[:7]
		case relation.Year:
			name = name[:4]
		}
		t.add(nil, words(name), words(band(x.Net)), words(signed(x.Net.Value, 2)), words(itoa(q.WordsFor)), words(itoa(q.DeedsFor)), words(itoa(q.WordsAgainst)),
			words(itoa(q.DeedsAgainst)), words(signed(x.Intensity, 1)))
	}
	w.table(t)
	if full > maxBuckets {
		w.say(styled(fmt.Sprintf("the last %d of %d that hold anything", maxBuckets, full), dim))
	}
}

// raw writes a line as it is.
func (w *modelWriter) raw(l line) {
	if w.err == nil {
		_, w.err = fmt.Fprintln(w.out, w.terminal.String(l))
	}
}
