package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"

	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// articleLine is an article in a listing, for programs; export gives its text.
type articleLine struct {
	Record    string `json:"record"` // "article"
	Article   string `json:"article"`
	ID        string `json:"id"`
	Title     string `json:"title"`
	Byline    string `json:"byline"`
	Source    string `json:"source"`
	URL       string `json:"url"`
	Published string `json:"published"`
	Language  string `json:"language"`
	ReprintOf string `json:"reprint_of"`
	Version   string `json:"version"` // of the reading; "" when not coded
	Bytes     int    `json:"bytes"`
	Events    int    `json:"events"`
	Exchanges int    `json:"exchanges"`
	Quotes    int    `json:"quotes"`
	Figures   int    `json:"figures"`
	Forecasts int    `json:"forecasts"`
}

func newArticlesCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "articles",
		Short: "What has been read",
		Long: `Lists the articles of the record with title, publisher, date and how much was
found in each. Articles in other languages than English are kept, not coded.`,
		Example: `  chancery articles --order newest
  chancery articles --source "Sample Wire" --format csv`,
		Args: cobra.NoArgs,
	}
	x := addFilter(cmd, "")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f, err := x.parse()
		if err != nil {
			return err
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error { return asked(s.articles(cmd.Context(), store, f, x.format)) })
	}
	return cmd
}

func (s *session) articles(ctx context.Context, store *sqlite.Store, f sqlite.Filter, as format) error {
	page, err := store.Articles(ctx, f)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	switch as {
	case formatJSONL:
		for _, r := range page.Rows {
			if err := export.JSONLine(out, articleLine{"article", r.Name, r.ID, r.Title, r.Byline, r.Source, r.URL, r.Published.String(), r.Language, r.ReprintOf,
				r.Version, r.Bytes, r.Events, r.Exchanges, r.Quotes, r.Figures, r.Forecasts}); err != nil {
				return err
			}
		}
	case formatCSV:
		c := csv.NewWriter(out)
		if err := c.Write([]string{"article", "id", "title", "byline", "source", "url", "published", "language", "reprint_of", "version", "bytes", "events", "exchanges", "quotes", "figures", "forecasts"}); err != nil {
			return err
		}
		for _, r := range page.Rows {
			cells := []string{r.Name, r.ID, r.Title, r.Byline, r.Source, r.URL, r.Published.String(), r.Language, r.ReprintOf, r.Version,
				itoa(r.Bytes), itoa(r.Events), itoa(r.Exchanges), itoa(r.Quotes), itoa(r.Figures), itoa(r.Forecasts)}
			for i := range cells {
				cells[i] = export.Cell(cells[i])
			}
			if err := c.Write(cells); err != nil {
				return err
			}
		}
		if c.Flush(); c.Error() != nil {
			return c.Error()
		}
	default:
		if len(page.Rows) == 0 {
			fmt.Fprintln(s.err, "No articles here that fit.")
			return nil
		}
		t := &sheet{columns: []column{{name: "article", loose: true}, {name: "title", loose: true}, {name: "source", loose: true}, {name: "published"},
			{name: "events", right: true}, {name: "quotes", right: true}, {name: "figures", right: true}}}
		for _, r := range page.Rows {
			title := words(r.Title)
			switch {
			case r.ReprintOf != "":
				title = title.add(styled(" (a reprint)", yellow))
			case r.Version == "" && r.Language != "" && r.Language != "en":
				title = title.add(styled(" (in "+r.Language+", not coded)", yellow))
			case r.Version == "":
				title = title.add(styled(" (not coded)", yellow))
			}
			t.add(nil, styled(r.Name, bold), title, words(r.Source), words(dateText(r.Published)), words(itoa(r.Events)), words(itoa(r.Quotes)), words(itoa(r.Figures)))
		}
		if err := t.write(out, s.terminal); err != nil {
			return err
		}
		if page.Next != "" {
			total, err := store.Count(ctx, "", f)
			if err != nil {
				return err
			}
			s.more(out, len(page.Rows), total)
		}
	}
	return out.Flush()
}
