package cli

import (
	"context"
	"strconv"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newFiguresCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "figures",
		Short: "Every number, with what it counts",
		Long:  `Lists numbers as printed, with what they count, as of when, and who says so.`,
		Example: `  chancery figures --unit USD
  chancery figures --article 000 --format csv`,
		Args: cobra.NoArgs,
	}
	l := listing[chancery.Figure]{session: s, kind: sqlite.KindFigure, flags: addFilter(cmd, sqlite.KindFigure), fetch: (*sqlite.Store).Figures,
		line:  func(a *chancery.Article, f *chancery.Figure) any { return export.FigureLine(a, f) },
		table: figureTable, none: "Widen the filters, or read more articles."}
	cmd.RunE = l.run
	return cmd
}

func figureTable(_ context.Context, _ *sqlite.Store, rows []sqlite.Row[chancery.Figure]) (*sheet, error) {
	t := &sheet{columns: []column{{name: "value", right: true}, {name: "of", loose: true}, {name: "as of"}, {name: "article", loose: true}, {name: "id"}}}
	for i := range rows {
		a, f := rows[i].Article, &rows[i].Record
		var of string
		if !f.Of.IsZero() {
			of = f.Of.Of(a.Text)
		}
		value := f.Value.Of(a.Text)
		if f.Approximate != "" {
			value = f.Approximate + " " + value
		}
		below := []line{marked(a.Text, f.Sentence, f.Value, bold)}
		if v := voices(f.Attribution); v != "" {
			below = append(below, facts("says "+v))
		}
		t.add(below, styled(value, bold), words(of), words(dateText(f.AsOf)), words(a.Name), styled(shortID(f.ID), dim))
	}
	return t, nil
}

func itoa(n int) string { return strconv.Itoa(n) }
