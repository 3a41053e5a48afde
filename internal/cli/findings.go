package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"chancery/collate"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newFindingsCommand(s *session) *cobra.Command {
	x := new(filterFlags)
	var f sqlite.FindingFilter
	var kind string
	cmd := &cobra.Command{
		Use:   "findings",
		Short: "Where accounts disagree, and what else to stop at",
		Long: `Lists what a careful reader should know, with the passages side by side: numbers,
dates, roles and outcomes that disagree, words given to two speakers, claims only
one source makes, reprints, passages printed twice, dates that cannot be.
Findings state facts about texts; they never say who is right.`,
		Example: `  chancery findings --kind "numbers disagree"
  chancery findings --article 003 --min-sure 0.7`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	var kinds []string
	for _, k := range collate.FindingKinds() {
		kinds = append(kinds, string(k))
	}
	flags.StringVar(&kind, "kind", "", "only of this kind: "+strings.Join(kinds, ", "))
	flags.StringVar(&f.Article, "article", "", "only of this article (name or id)")
	flags.Float64Var(&f.MinSure, "min-sure", 0, "how sure the program is at least, 0 to 1")
	addLimit(cmd, x)
	addFormat(cmd, &x.format)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		parsed, err := x.parse()
		switch {
		case err != nil:
			return err
		case x.format == formatCSV:
			return usage(errors.New("--format csv: a finding is no row; want table or jsonl"))
		case kind != "" && !slices.Contains(kinds, kind):
			return usage(fmt.Errorf("--kind %q: want one of %s", kind, strings.Join(kinds, ", ")))
		case f.MinSure < 0 || f.MinSure > 1:
			return usage(fmt.Errorf("--min-sure %v: want 0 to 1", f.MinSure))
		}
		f.Kind, f.Limit = collate.FindingKind(kind), parsed.Limit
		ctx := cmd.Context()
		return s.with(ctx, func(store *sqlite.Store) error {
			if f.Article != "" {
				a, err := store.Article(ctx, f.Article)
				if err != nil {
					return err
				}
				f.Article = a.ID
			}
			return s.findings(ctx, store, f, x.format)
		})
	}
	return cmd
}

func (s *session) findings(ctx context.Context, store *sqlite.Store, f sqlite.FindingFilter, as format) error {
	all, err := store.Findings(ctx, f)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	put := func(l line) { fmt.Fprintln(out, s.terminal.String(l)) }
	if as == formatTable && len(all) == 0 {
		fmt.Fprintln(s.err, "No findings here that fit.")
	}
	names := map[string]string{} // of articles, by id
	for i := range all {
		x := &all[i]
		if as == formatJSONL {
			if err := export.JSONLine(out, export.Finding{Record: export.KindFinding, Finding: *x}); err != nil {
				return err
			}
			continue
		}
		put(styled(string(x.Kind), bold).add(words("  "+x.About), styled("  "+percent(x.Sure)+" sure", dim)).cut(s.terminal.width))
		for _, p := range x.Passages {
			if names[p.Article] == "" {
				a, err := store.Article(ctx, p.Article)
				if err != nil {
					return err
				}
				names[p.Article] = a.Name
			}
			says := p.Says
			if says != "" {
				says += ": "
			}
			for _, l := range styled(says, yellow).add(words(p.Text), styled("  "+strings.TrimPrefix(p.Source+" · ", " · ")+names[p.Article], dim)).wrap(min(s.terminal.width, prose) - indent) {
				put(space(indent).add(l))
			}
		}
		put(nil)
	}
	if as == formatTable && f.Limit > 0 && len(all) == f.Limit {
		put(styled(fmt.Sprintf("the first %d; --limit 0 shows all", f.Limit), dim))
	}
	return out.Flush()
}
