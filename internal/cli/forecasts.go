package cli

import (
	"context"

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
how sure the holder sounds, by when, and on what condition.`,
		Example: `  chancery forecasts --holder author
  chancery forecasts --subject PAK --min-strength 0.7`,
		Args: cobra.NoArgs,
	}
	l := listing[chancery.Forecast]{session: s, kind: sqlite.KindForecast, flags: addFilter(cmd, sqlite.KindForecast), fetch: (*sqlite.Store).Forecasts,
		line:  func(a *chancery.Article, f *chancery.Forecast) any { return export.ForecastLine(a, f) },
		table: forecastTable, none: "Widen the filters, or read more articles."}
	cmd.RunE = l.run
	return cmd
}

func forecastTable(_ context.Context, _ *sqlite.Store, rows []sqlite.Row[chancery.Forecast]) (*sheet, error) {
	t := &sheet{columns: []column{{name: "holder", loose: true}, {name: "hedge", loose: true}, {name: "strength", right: true}, {name: "by"}, {name: "article", loose: true}, {name: "id"}}}
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
		t.add(below, styled(person(f.Holder), bold), words(f.Hedge), words(percent(f.Strength)), words(dateText(f.Horizon)), words(a.Name), styled(shortID(f.ID), dim))
	}
	return t, nil
}
