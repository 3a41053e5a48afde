package cli

import (
	"context"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newQuotesCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "quotes",
		Short: "Who said what, word for word",
		Long: `Lists words in direct speech with the speaker the article gives them to. Where
a tag line and the sentence before it name different speakers, both are shown.`,
		Example: `  chancery quotes --speaker USAGOV
  chancery quotes --speaker "Asim Munir" --format jsonl`,
		Args: cobra.NoArgs,
	}
	l := listing[chancery.Quote]{session: s, kind: sqlite.KindQuote, flags: addFilter(cmd, sqlite.KindQuote), fetch: (*sqlite.Store).Quotes,
		line:  func(a *chancery.Article, q *chancery.Quote) any { return export.QuoteLine(a, q) },
		table: quoteTable, none: "Widen the filters, or read more articles."}
	cmd.RunE = l.run
	return cmd
}

func quoteTable(_ context.Context, _ *sqlite.Store, rows []sqlite.Row[chancery.Quote]) (*sheet, error) {
	t := &sheet{columns: []column{{name: "speaker", loose: true}, {name: "date"}, {name: "article", loose: true}, {name: "id"}}}
	for i := range rows {
		a, q := rows[i].Article, &rows[i].Record
		below := []line{words("“" + q.Text.Of(a.Text) + "”")}
		if q.ProseSpeaker != nil {
			below = append(below, styled("but the sentence before names "+person(*q.ProseSpeaker), yellow))
		}
		t.add(below, styled(person(q.Speaker), bold), words(dateText(q.Date)), words(a.Name), styled(shortID(q.ID), dim))
	}
	return t, nil
}
