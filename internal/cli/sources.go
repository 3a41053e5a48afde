package cli

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// tonesShown is how many actors a table shows a source's tone towards.
const tonesShown = 4

func newSourcesCommand(s *session) *cobra.Command {
	var as format
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "What each publisher tells, leaves out and how it sounds",
		Long: `Lists publishers: how much each tells, alone or with others, what it leaves out
that others tell, how often it names who says so, how much of it is analysis, and
its tone towards the actors it speaks of (-1 hostile, 1 friendly). --format jsonl
has the passages that decide.`,
		Example: `  chancery sources
  chancery sources --format jsonl`,
		Args: cobra.NoArgs,
	}
	addFormat(cmd, &as)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if as == formatCSV {
			return usage(errors.New("--format csv: want table or jsonl"))
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			all, err := store.Profiles(cmd.Context())
			if err != nil {
				return err
			}
			out := bufio.NewWriter(s.out)
			t := &sheet{columns: []column{{name: "source", loose: true}, {name: "articles", right: true}, {name: "events", right: true}, {name: "shared", right: true}, {name: "alone", right: true},
				{name: "left out", right: true}, {name: "named", right: true}, {name: "analysis", right: true}, {name: "tone towards", loose: true}}}
			for _, x := range all {
				if as == formatJSONL {
					if err := export.JSONLine(out, export.Source{Record: export.KindSource, Source: x}); err != nil {
						return err
					}
					continue
				}
				var tones []string
				for _, tone := range x.Tones[:min(tonesShown, len(x.Tones))] {
					tones = append(tones, fmt.Sprintf("%s %+.1f", tone.Actor, tone.Score))
				}
				name := x.Name
				if name == "" {
					name = "(no source given)"
				}
				t.add(nil, styled(name, bold), words(itoa(x.Articles)), words(itoa(x.Events)), words(itoa(x.Told)), words(itoa(x.Alone)), words(itoa(len(x.LeftOut))),
					words(percent(x.Named)), words(percent(x.Analysis)), words(strings.Join(tones, ", ")))
			}
			if as == formatTable {
				if len(all) == 0 {
					fmt.Fprintln(s.err, "No sources yet.")
					return nil
				}
				if err := t.write(out, s.terminal); err != nil {
					return err
				}
			}
			return out.Flush()
		})
	}
	return cmd
}
