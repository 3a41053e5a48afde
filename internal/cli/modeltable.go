package cli

import (
	"errors"
	"fmt"
	"io"

	"chancery"
	"chancery/internal/measure"
	"chancery/model/draft"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newModelTableCommand(s *session) *cobra.Command {
	var issues, since, until, path string
	var opts draft.Options
	var f sqlite.DyadFilter
	cmd := &cobra.Command{
		Use:   "table --issues NAMES",
		Short: "Propose a table from the record, to be edited",
		Long: `Counts the record's events into a table: positions, saliences and propensities with
the events each rests on and the range the counts leave. What the record does not
show is marked ?; the models refuse the table until a person has replaced every ?.

An issue is a name with the kinds of good or contexts that bear on it:
"arms" alone, or "bases=basing+port".`,
		Example: `  chancery model table --issues arms,bases=basing+port,money -o table.yaml
  chancery model table --issues arms --actors USA,PAK,CHN,IND --since 2025`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.StringVar(&issues, "issues", "", "issues, as arms,bases=basing+port")
	flags.StringSliceVar(&opts.Actors, "actors", nil, "codes of the actors, in the order of the table (the busiest unless told)")
	flags.IntVar(&opts.Most, "most", 8, "actors when --actors is not given")
	flags.IntVar(&opts.Least, "least", 3, "events a number takes at least")
	flags.StringVar(&opts.Title, "title", "", "of the table")
	flags.StringVar(&since, "since", "", "events dated on or after this day, month or year")
	flags.StringVar(&until, "until", "", "events dated on or before it")
	flags.Float64Var(&f.MinProbability, "min-probability", 0, "least probability of an event's type, 0 to 1")
	flags.StringVarP(&path, "output", "o", "", "file to write instead of the standard output")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var err error
		if opts.Issues, err = draft.ParseIssues(issues); err != nil {
			return usage(fmt.Errorf("--issues: %w", err))
		}
		if opts.Most < 1 || opts.Least < 1 {
			return usage(errors.New("--most and --least must be 1 or more"))
		}
		if f.Since, err = chancery.ParseDate(since); err != nil {
			return usage(fmt.Errorf("--since: %w", err))
		}
		if f.Until, err = chancery.ParseDate(until); err != nil {
			return usage(fmt.Errorf("--until: %w", err))
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			d, err := measure.Draft(cmd.Context(), store, f, opts)
			if err != nil {
				return err
			}
			if len(d.Table.Actors) == 0 {
				fmt.Fprintln(s.err, "The record has no events between two actors here. Read more articles, or widen --since and --until.")
				s.code = exitIncomplete
				return nil
			}
			if err := s.output(path, func(w io.Writer) error { return d.Table.WriteYAML(w, draft.Head, d.Notes) }); err != nil {
				return err
			}
			fmt.Fprintf(s.err, "Proposed from %s: %s, %s. %s to be given by hand, marked ?.\n", plural(d.Acts, "event"),
				plural(len(d.Table.Actors), "actor"), plural(len(d.Table.Issues), "issue"), plural(d.Unknown, "number"))
			return nil
		})
	}
	return cmd
}
