package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"chancery/collate"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newHappeningsCommand(s *session) *cobra.Command {
	x := new(filterFlags)
	var f sqlite.HappeningFilter
	cmd := &cobra.Command{
		Use:   "happenings [ID]",
		Short: "One occurrence as many articles tell it",
		Long: `Lists happenings: the events of all articles that report the same occurrence,
joined, those that most independent voices tell first. Reprints count once. With
the id of one, every telling of it side by side.`,
		Example: `  chancery happenings --between USA,PAK --voices 2
  chancery happenings h4k2             every telling of this one`,
		Args: cobra.MaximumNArgs(1),
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&x.between, "between", nil, "two states, as USA,PAK")
	flags.IntVar(&f.MinVoices, "voices", 1, "independent articles that tell it, at least")
	flags.StringVar(&x.since, "since", "", "on or after this day, month or year")
	flags.StringVar(&x.until, "until", "", "on or before it")
	addLimit(cmd, x)
	addFormat(cmd, &x.format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		parsed, err := x.parse()
		if err != nil {
			return err
		}
		if x.format == formatCSV {
			return usage(errors.New("--format csv: a happening is no row; want table or jsonl"))
		}
		f.Between, f.Since, f.Until, f.Limit = parsed.Between, parsed.Since, parsed.Until, parsed.Limit
		ctx := cmd.Context()
		return s.with(ctx, func(store *sqlite.Store) error {
			if len(args) == 0 {
				return s.happenings(ctx, store, f, x.format)
			}
			all, err := store.Happenings(ctx, sqlite.HappeningFilter{})
			if err != nil {
				return err
			}
			var found []collate.Described
			for _, h := range all {
				if strings.HasPrefix(h.ID, args[0]) {
					found = append(found, h)
				}
			}
			switch {
			case len(found) == 0:
				return fmt.Errorf("happening %q: not found: \"chancery happenings\" lists what is there", args[0])
			case len(found) > 1:
				return fmt.Errorf("happening %q: several ids begin with this, give more of it", args[0])
			}
			return s.happening(ctx, store, &found[0], x.format)
		})
	}
	return cmd
}

func (s *session) happenings(ctx context.Context, store *sqlite.Store, f sqlite.HappeningFilter, as format) error {
	all, err := store.Happenings(ctx, f)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	if as == formatJSONL {
		for _, h := range all {
			if err := export.JSONLine(out, export.Happening{Record: export.KindHappening, Described: h}); err != nil {
				return err
			}
		}
		return out.Flush()
	}
	if len(all) == 0 {
		fmt.Fprintln(s.err, "No happenings here that fit. Widen the filters, or read more articles.")
		return nil
	}
	t := &sheet{columns: []column{{name: "date"}, {name: "between", loose: true}, {name: "type"}, {name: "said to be", loose: true}, {name: "voices", right: true}, {name: "id"}}}
	for _, h := range all {
		var below []line
		if len(h.Reports) > 0 {
			r, err := store.Record(ctx, h.Reports[0])
			if err != nil {
				return err
			}
			if e := r.Event; e != nil {
				below = append(below, marked(r.Article.Text, e.Sentence, e.Trigger, bold), facts(strings.Join(h.Sources, ", ")))
			}
		}
		t.add(below, words(dateText(h.Date)), styled(dyadText(h.Dyads), bold), styled(string(h.Type), quadStyle(h.Type.QuadClass())), words(tallies(h.Statuses)), words(itoa(h.Voices)), styled(shortID(h.ID), dim))
	}
	if err := t.write(out, s.terminal); err != nil {
		return err
	}
	if f.Limit > 0 && len(all) == f.Limit {
		fmt.Fprintln(out, s.terminal.String(styled(fmt.Sprintf("the first %d; --limit 0 shows all", f.Limit), dim)))
	}
	return out.Flush()
}

// happening sets every telling of a happening side by side.
func (s *session) happening(ctx context.Context, store *sqlite.Store, h *collate.Described, as format) error {
	out := bufio.NewWriter(s.out)
	if as == formatJSONL {
		if err := export.JSONLine(out, export.Happening{Record: export.KindHappening, Described: *h}); err != nil {
			return err
		}
		return out.Flush()
	}
	put := func(l line) { fmt.Fprintln(out, s.terminal.String(l)) }
	put(styled(dyadText(h.Dyads)+"  "+string(h.Type)+"  "+dateText(h.Date), bold))
	put(facts(plural(h.Voices, "independent voice"), h.ID))
	for _, x := range []struct {
		name string
		all  []collate.Tally
	}{{"types", h.Types}, {"said to be", h.Statuses}, {"dates", h.Dates}, {"goods", h.Goods}, {"by", h.Actors}, {"to", h.Recipients}} {
		if len(x.all) > 1 {
			put(styled(fmt.Sprintf("%-11s", x.name), dim).add(words(tallies(x.all))))
		}
	}
	for _, id := range h.Reports {
		r, err := store.Record(ctx, id)
		if err != nil {
			return err
		}
		if r.Event == nil {
			continue
		}
		put(nil)
		reprint := ""
		if r.Article.ReprintOf != "" {
			reprint = "a reprint"
		}
		put(styled(sourceText(r.Article), bold).add(words("  "), facts(r.Article.Published.String(), string(r.Event.Type)+" "+string(r.Event.Status), reprint)))
		for _, b := range eventBelow(r.Article, r.Event) {
			for _, l := range b.wrap(min(s.terminal.width, prose) - indent) {
				put(space(indent).add(l))
			}
		}
	}
	return out.Flush()
}

// dyadText writes "IND|PAK" as "IND–PAK".
func dyadText(all []string) string {
	if len(all) == 0 {
		return "–"
	}
	return strings.ReplaceAll(strings.Join(all, ", "), "|", "–")
}

// tallies says how many voices say what, most first.
func tallies(all []collate.Tally) string {
	var out []string
	for _, t := range all {
		name := t.Name
		if name == "" {
			name = "not said"
		}
		if len(all) > 1 {
			name = fmt.Sprintf("%s %d", name, t.Voices)
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}
