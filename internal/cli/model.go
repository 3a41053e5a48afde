package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"chancery/model/table"
	"chancery/model/whatif"

	"github.com/spf13/cobra"
)

func newModelCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "model",
		Short: "What could follow: camps, deals and pressure on a table of actors and issues",
		Long: `Runs the landscape, exchange and bargaining models on a table of who stands where
on what. The table is a file you write, or one that "chancery model table"
proposes from the record and you edit. docs/models.md explains the models, the
file and what the results do not mean.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newModelRunCommand(s), newModelTableCommand(s))
	return cmd
}

func newModelRunCommand(s *session) *cobra.Command {
	opts := whatif.RunOptions{Options: whatif.Defaults()}
	var patchPath string
	var asJSON bool
	var barIssues, barActors []string
	cmd := &cobra.Command{
		Use:   "run TABLE",
		Short: "Run the models on a table, and on the table with a change",
		Long: `Runs the models on a table (CSV, YAML or JSON). With --patch it runs them on the
changed table too and shows the differences; with --levers it searches for the
smallest change of a single number that turns the camps or moves an issue; with
--draws it repeats all of it on tables drawn around the coded numbers and says in
what share of the draws each result holds.

The same table, patch and seed give the same output.`,
		Example: `  chancery model run docs/worked-example.yaml
  chancery model run docs/worked-example.yaml --patch docs/worked-example-offer.yaml --draws 1000
  chancery model run table.csv --levers --json > result.json`,
		Args: cobra.ExactArgs(1),
	}
	f := cmd.Flags()
	f.StringVar(&patchPath, "patch", "", "file with the change to compare (YAML; see docs/models.md)")
	f.IntVar(&opts.Draws, "draws", 0, "tables to draw around the coded numbers")
	f.Uint64Var(&opts.Seed, "seed", opts.Seed, "of the draws")
	f.IntVar(&opts.Workers, "workers", 0, "processors to use for draws; 0 is all; does not change results")
	f.BoolVar(&opts.Levers, "levers", false, "search the smallest single changes")
	f.Float64Var(&opts.Notable, "notable", opts.Notable, "change of an outcome that counts, in points of 0..100")
	f.IntVar(&opts.Rounds, "rounds", opts.Rounds, "of exchange and bargaining")
	f.Float64Var(&opts.Floor, "floor", opts.Floor, "bar exchanges between actors whose propensity is below this; -2 bars none")
	f.Float64Var(&opts.StatusQuo, "status-quo", opts.StatusQuo, "chance that nothing changes without a challenge, 0 to 1")
	f.Float64Var(&opts.Hedging, "hedging", opts.Hedging, "how easily actors divide themselves between camps, 0 to 1")
	f.StringArrayVar(&barIssues, "bar-issues", nil, "two issues that may not be traded against each other, as arms,bases")
	f.StringArrayVar(&barActors, "bar-actors", nil, "two actors that may not trade, as USA,CHN")
	f.BoolVar(&asJSON, "json", false, "write JSON")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if opts.Draws < 0 || opts.Rounds < 1 || !(opts.StatusQuo >= 0 && opts.StatusQuo <= 1) || !(opts.Hedging >= 0 && opts.Hedging <= 1) || !(opts.Notable > 0) {
			return usage(errors.New("--draws must be 0 or more, --rounds 1 or more, --notable above 0, --status-quo and --hedging from 0 to 1"))
		}
		for _, e := range []struct {
			flag string
			in   []string
			to   *[][2]string
		}{{"bar-issues", barIssues, &opts.BarredIssues}, {"bar-actors", barActors, &opts.BarredActors}} {
			for _, v := range e.in {
				a, b, ok := strings.Cut(v, ",")
				if !ok || strings.Contains(b, ",") {
					return usage(fmt.Errorf("--%s %q: name two, as a,b", e.flag, v))
				}
				*e.to = append(*e.to, [2]string{strings.TrimSpace(a), strings.TrimSpace(b)})
			}
		}
		t, err := s.readTable(args[0])
		if err != nil {
			return err
		}
		var patch *table.Patch
		if patchPath != "" {
			file, err := os.Open(patchPath)
			if err != nil {
				return err
			}
			defer file.Close()
			if patch, err = table.ReadPatch(file, filepath.Base(patchPath)); err != nil {
				return s.badTable(err)
			}
		}
		done := s.drawing(&opts, patch != nil)
		r, err := whatif.Run(cmd.Context(), t, patch, opts)
		done()
		if err != nil {
			return s.badTable(err)
		}
		if asJSON {
			return writeJSON(s.out, r)
		}
		return s.report(r, opts)
	}
	return cmd
}

// drawing shows on a terminal how many draws are done, and returns what takes
// the line away again.
func (s *session) drawing(opts *whatif.RunOptions, patched bool) (clear func()) {
	total := opts.Draws
	if patched {
		total *= 2
	}
	if to := terminalOf(s.err); !to.is || total == 0 {
		return func() {}
	}
	var mu sync.Mutex
	opts.Progress = func(done int) {
		if done%20 == 0 {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(s.err, "\r\x1b[K%s of %s draws", thousands(done), thousands(total))
		}
	}
	return func() { fmt.Fprint(s.err, "\r\x1b[K") }
}

func (s *session) readTable(path string) (*table.Table, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	t, err := table.Read(file, filepath.Base(path))
	if err != nil {
		return nil, s.badTable(err)
	}
	return t, nil
}

// badTable prints what is wrong with a table, one line each, and says so in one
// sentence.
func (s *session) badTable(err error) error {
	var bad *table.Error
	if !errors.As(err, &bad) {
		return err
	}
	for _, p := range bad.Problems {
		fmt.Fprintln(s.err, clean(p.String()))
	}
	if len(bad.Problems) == 1 {
		return errors.New("the models were not run: one thing has to be set right first")
	}
	return fmt.Errorf("the models were not run: %d things have to be set right first", len(bad.Problems))
}

// writeJSON writes one indented JSON document.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
