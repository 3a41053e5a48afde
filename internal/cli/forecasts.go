package cli

import (
	"context"
	"errors"
	"fmt"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newForecastsCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "forecasts",
		Short: "What is said of the future, and by whom",
		Long: `Lists statements about the future that can later be judged, with who holds them,
how sure the holder sounds, by when, and on what condition.

--resolve settles one: yes it came true, no it did not, or partly; open takes back
what was said. Settling it again overrides; nothing is erased. --outlook due lists
those whose day has passed and of which nobody has said what came of them. --scores shows how holders have done (Brier
score, 0 is best; beside it that of always saying how often theirs came true)
and how often what sounded how sure came true. Advice is not scored.`,
		Example: `  chancery forecasts --holder author
  chancery forecasts --subject PAK --min-strength 0.7
  chancery forecasts --resolve p4k2 partly --why "signed, not ratified" --evidence https://…
  chancery forecasts --outlook due
  chancery forecasts --scores`,
	}
	l := listing[chancery.Forecast]{session: s, kind: sqlite.KindForecast, flags: addFilter(cmd, sqlite.KindForecast), fetch: (*sqlite.Store).Forecasts,
		table: forecastTable, none: "Widen the filters, or read more articles."}
	var x settling
	var scores bool
	flags := cmd.Flags()
	flags.StringVar(&x.forecast, "resolve", "", "settle this forecast (id); yes, no, partly or open follows")
	flags.StringVar(&x.why, "why", "", "the reason, needed to settle")
	flags.StringVar(&x.evidence, "evidence", "", "what shows it: a record (id) or an address")
	flags.StringVar(&x.who, "who", "", "who settles it; the user's name unless told")
	flags.StringVar((*string)(&l.flags.filter.Outlook), "outlook", "", "due, ahead or settled")
	flags.BoolVar(&scores, "scores", false, "how the holders of settled forecasts have done")
	cmd.MarkFlagsMutuallyExclusive("resolve", "scores")
	cmd.Args = func(_ *cobra.Command, args []string) error {
		switch {
		case x.forecast == "" && len(args) > 0:
			return fmt.Errorf("unexpected argument %q", args[0])
		case x.forecast == "" && (x.why != "" || x.evidence != "" || x.who != ""):
			return errors.New("--why, --evidence and --who go with --resolve")
		case x.forecast != "" && len(args) != 1:
			return errors.New("--resolve wants one of yes, no, partly or open")
		case x.forecast != "" && x.why == "":
			return errors.New("--resolve wants a reason: --why …")
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		switch {
		case x.forecast != "":
			return s.with(ctx, func(store *sqlite.Store) error { return s.settle(ctx, store, x, args[0]) })
		case scores:
			return s.with(ctx, func(store *sqlite.Store) error { return s.scores(ctx, store, l.flags.format) })
		}
		f, err := l.flags.parse()
		if err != nil {
			return err
		}
		f.Today = s.now()
		return s.with(ctx, func(store *sqlite.Store) error {
			outcomes, err := export.Outcomes(ctx, store)
			if err != nil {
				return err
			}
			l.line = func(a *chancery.Article, f *chancery.Forecast) any { return export.ForecastLine(a, f, outcomes[f.ID]) }
			return asked(l.list(ctx, store, f))
		})
	}
	return cmd
}

func forecastTable(ctx context.Context, store *sqlite.Store, rows []sqlite.Row[chancery.Forecast]) (*sheet, error) {
	t := &sheet{columns: []column{{name: "holder", loose: true}, {name: "hedge", loose: true}, {name: "strength", right: true}, {name: "by"}, {name: "article", loose: true}, {name: "id"}}}
	outcomes, err := export.Outcomes(ctx, store)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		a, f := rows[i].Article, &rows[i].Record
		var condition, advice, subject string
		if !f.Condition.IsZero() {
			condition = "if: " + f.Condition.Of(a.Text)
		}
		if f.Advice {
			advice = "advice"
		}
		if f.Subject != (chancery.Party{}) {
			subject = "about " + person(f.Subject)
		}
		below := []line{marked(a.Text, f.Sentence, f.About, bold)}
		if more := facts(subject, condition, advice); more.width() > 0 {
			below = append(below, more)
		}
		if o := outcomes[f.ID]; o != "" {
			below = append(below, styled("came true: "+string(o), yellow))
		}
		t.add(below, styled(person(f.Holder), bold), words(f.Hedge), words(percent(f.Strength)), words(dateText(f.Horizon)), words(a.Name), styled(shortID(f.ID), dim))
	}
	return t, nil
}
