package cli

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"strings"

	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// actorLine is an actor of the whole record, for programs.
type actorLine struct {
	Record   string   `json:"record"` // "actor"
	Code     string   `json:"code"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Roles    []string `json:"roles"`
	Articles int      `json:"articles"`
	Mentions int      `json:"mentions"`
}

func newActorsCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "actors",
		Short: "Who the articles speak of",
		Long: `Lists states, bodies and people with their codes, the roles that articles give
them and how often they are mentioned, those of most articles first.`,
		Example: `  chancery actors --party PAK        Pakistan and all its parts
  chancery actors --limit 0 --format csv`,
		Args: cobra.NoArgs,
	}
	x := new(filterFlags)
	cmd.Flags().StringVar(&x.filter.Article, "article", "", "only of this article (name or id)")
	cmd.Flags().StringVar(&x.filter.Source, "source", "", "only from this publisher, as printed")
	cmd.Flags().StringVar(&x.filter.Party, "party", "", "only this one: a code (PAK is the state with all its parts) or a name")
	cmd.Flags().StringVar(&x.since, "since", "", "in articles published on or after this day, month or year")
	cmd.Flags().StringVar(&x.until, "until", "", "in articles published on or before it")
	addLimit(cmd, x)
	addFormat(cmd, &x.format)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f, err := x.parse()
		if err != nil {
			return err
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			rows, err := store.Actors(cmd.Context(), f)
			if err != nil {
				return asked(err)
			}
			return s.actors(rows, x.format, f.Limit)
		})
	}
	return cmd
}

func (s *session) actors(rows []sqlite.ActorRow, as format, limit int) error {
	out := bufio.NewWriter(s.out)
	switch as {
	case formatJSONL:
		for _, r := range rows {
			roles := r.Roles
			if roles == nil {
				roles = []string{}
			}
			if err := export.JSONLine(out, actorLine{"actor", r.Code, r.Name, r.Kind, roles, r.Articles, r.Mentions}); err != nil {
				return err
			}
		}
	case formatCSV:
		c := csv.NewWriter(out)
		if err := c.Write([]string{"code", "name", "kind", "roles", "articles", "mentions"}); err != nil {
			return err
		}
		for _, r := range rows {
			if err := c.Write([]string{export.Cell(r.Code), export.Cell(r.Name), export.Cell(r.Kind), export.Cell(strings.Join(r.Roles, "; ")), itoa(r.Articles), itoa(r.Mentions)}); err != nil {
				return err
			}
		}
		if c.Flush(); c.Error() != nil {
			return c.Error()
		}
	default:
		if len(rows) == 0 {
			fmt.Fprintln(s.err, "No actors here that fit. Widen the filters, or read more articles.")
			return nil
		}
		t := &sheet{columns: []column{{name: "code"}, {name: "name", loose: true}, {name: "kind"}, {name: "roles", loose: true}, {name: "articles", right: true}, {name: "mentions", right: true}}}
		for _, r := range rows {
			t.add(nil, styled(r.Code, bold), words(r.Name), words(r.Kind), words(strings.Join(r.Roles, "; ")), words(itoa(r.Articles)), words(itoa(r.Mentions)))
		}
		if err := t.write(out, s.terminal); err != nil {
			return err
		}
		if limit > 0 && len(rows) == limit {
			fmt.Fprintln(out, s.terminal.String(styled(fmt.Sprintf("the first %d; --limit 0 shows all", limit), dim)))
		}
	}
	return out.Flush()
}
