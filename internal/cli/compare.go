package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"chancery"
	"chancery/collate"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// comparedLine is a row of the matrix, for programs.
type comparedLine struct {
	Record    string             `json:"record"` // "comparison"
	Happening string             `json:"happening"`
	Type      chancery.EventType `json:"type"`
	Dyads     []string           `json:"dyads"`
	Date      string             `json:"date"`
	Tell      []tellingLine      `json:"tell"` // one for each article compared that tells it
}

// tellingLine is what one article makes of a happening.
type tellingLine struct {
	Article  string            `json:"article"`
	Source   string            `json:"source"`
	Statuses []chancery.Status `json:"statuses"`
	Events   []string          `json:"events"`
}

func newCompareCommand(s *session) *cobra.Command {
	x := new(filterFlags)
	cmd := &cobra.Command{
		Use:   "compare ARTICLE ARTICLE…",
		Short: "Which of several articles tells what, and how",
		Long: `Sets articles side by side (by name or id): a row for each happening, a column
for each article, with how far it says the act got; "–" where it leaves it out.
What most of them tell stands first.`,
		Example: `  chancery compare 000 003
  chancery compare wire-white-house-lunch courier-bases-for-jets --format jsonl`,
		Args: cobra.MinimumNArgs(2),
	}
	addLimit(cmd, x)
	addFormat(cmd, &x.format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := x.parse()
		if err != nil {
			return err
		}
		if x.format == formatCSV {
			return usage(errors.New("--format csv: want table or jsonl"))
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			return s.compare(cmd.Context(), store, args, x.format, f.Limit)
		})
	}
	return cmd
}

func (s *session) compare(ctx context.Context, store *sqlite.Store, names []string, as format, limit int) error {
	var articles []*chancery.Article
	events := map[string]*chancery.Event{}
	place := map[string]int{} // event id -> place in articles
	for _, name := range names {
		a, err := store.Article(ctx, name)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(articles, func(b *chancery.Article) bool { return a.ID == b.ID }) {
			return usage(fmt.Errorf("%s is named twice", name))
		}
		r, _, err := store.Corrected(ctx, a)
		if errors.Is(err, chancery.ErrNotFound) {
			return fmt.Errorf("article %q was not coded: there is nothing to compare: %w", name, err)
		}
		if err != nil {
			return err
		}
		for i := range r.Events {
			events[r.Events[i].ID] = &r.Events[i]
			place[r.Events[i].ID] = len(articles)
		}
		articles = append(articles, a)
	}
	all, err := store.Happenings(ctx, sqlite.HappeningFilter{})
	if err != nil {
		return err
	}
	rows := compared(all, articles, events, place)
	total := len(rows)
	if limit > 0 {
		rows = rows[:min(limit, total)]
	}
	out := bufio.NewWriter(s.out)
	if as == formatJSONL {
		for _, r := range rows {
			if err := export.JSONLine(out, r); err != nil {
				return err
			}
		}
		return out.Flush()
	}
	if total == 0 {
		fmt.Fprintln(s.err, "Nothing was found in these articles to compare.")
		return nil
	}
	t := &sheet{columns: []column{{name: "what", loose: true}}}
	for _, a := range articles {
		t.columns = append(t.columns, column{name: clean(a.Name), loose: true})
	}
	for _, r := range rows {
		cells := []line{styled(string(r.Type), quadStyle(r.Type.QuadClass())).add(words(" "+dyadText(r.Dyads)+" "), styled(r.Date, dim))}
		for _, a := range articles {
			cell := styled("–", dim)
			for _, tell := range r.Tell {
				if tell.Article == a.Name {
					cell = words(statusText(tell.Statuses))
				}
			}
			cells = append(cells, cell)
		}
		t.add(nil, cells...)
	}
	if err := t.write(out, s.terminal); err != nil {
		return err
	}
	s.more(out, len(rows), total)
	return out.Flush()
}

// compared makes the rows of the matrix, those that most articles tell first.
func compared(all []collate.Described, articles []*chancery.Article, events map[string]*chancery.Event, place map[string]int) []comparedLine {
	var rows []comparedLine
	for _, h := range all {
		tell := make([]tellingLine, len(articles))
		for _, id := range h.Reports {
			if e := events[id]; e != nil {
				t := &tell[place[id]]
				t.Events = append(t.Events, id)
				if !slices.Contains(t.Statuses, e.Status) {
					t.Statuses = append(t.Statuses, e.Status)
				}
			}
		}
		r := comparedLine{Record: "comparison", Happening: h.ID, Type: h.Type, Dyads: h.Dyads, Date: h.Date.String()}
		for i, t := range tell {
			if len(t.Events) > 0 {
				t.Article, t.Source = articles[i].Name, articles[i].Source
				r.Tell = append(r.Tell, t)
			}
		}
		if len(r.Tell) > 0 {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b comparedLine) int {
		return cmp.Or(cmp.Compare(len(b.Tell), len(a.Tell)), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Happening, b.Happening))
	})
	return rows
}

func statusText(all []chancery.Status) string {
	var out []string
	for _, st := range all {
		out = append(out, string(st))
	}
	return strings.Join(out, ", ")
}
