package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"chancery"
	"chancery/correct"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newCorrectCommand(s *session) *cobra.Command {
	var confirm, reject bool
	var amend, why, who string
	var withdraw int64
	cmd := &cobra.Command{
		Use:   "correct [ID]",
		Short: "Says of a record that it is right, wrong or otherwise",
		Long: `Confirms, rejects or amends a record. Nothing is erased: --withdraw takes a
correction back, and a later one overrides an earlier one. A rejected record no
longer counts in listings, the ledger, relations and findings; an amended one
counts as it should be. Corrections outlive new readings: "chancery corrections"
says where each one stands.

--amend takes a file (- is the standard input) with a JSON object of the fields
that should be otherwise, as {"status":"offered"}; the rest stays as it was read.
"chancery events --explain ID" and the API show a record's fields.`,
		Example: `  chancery correct e8k2 --reject --why "a wish, not an act"
  chancery correct e8k2 --confirm
  echo '{"status":"offered"}' | chancery correct e8k2 --amend - --why "offered, not agreed"
  chancery correct --withdraw 3`,
		Args: cobra.MaximumNArgs(1),
	}
	flags := cmd.Flags()
	flags.BoolVar(&confirm, "confirm", false, "the record is right")
	flags.BoolVar(&reject, "reject", false, "there is no such thing in the text")
	flags.StringVar(&amend, "amend", "", "file with the fields as they should be, in JSON; - is the standard input")
	flags.Int64Var(&withdraw, "withdraw", 0, "take back the correction of this number")
	flags.StringVar(&why, "why", "", "the reason")
	flags.StringVar(&who, "who", "", "who says so; the user's name unless told")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		n := 0
		for _, given := range []bool{confirm, reject, amend != "", withdraw != 0} {
			if given {
				n++
			}
		}
		if n != 1 {
			return usage(errors.New("say one thing of it: --confirm, --reject, --amend FILE or --withdraw NUMBER"))
		}
		if (withdraw != 0) == (len(args) == 1) {
			return usage(errors.New("name one record to correct, or the number of a correction with --withdraw"))
		}
		ctx := cmd.Context()
		c := chancery.Correction{Who: who, Why: why, When: s.now(), Withdraws: withdraw}
		if c.Who == "" {
			c.Who = login()
		}
		switch {
		case confirm:
			c.Verdict = chancery.Confirmed
		case reject:
			c.Verdict = chancery.Rejected
		case withdraw != 0:
			c.Verdict = chancery.Withdrawn
		default:
			c.Verdict = chancery.Amended
			var err error
			if c.Amendment, err = s.amendment(amend); err != nil {
				return err
			}
		}
		return s.with(ctx, func(store *sqlite.Store) error {
			var err error
			if withdraw != 0 {
				c.Record, err = recordOf(ctx, store, withdraw)
			} else {
				c.Record, err = store.RecordID(ctx, args[0])
			}
			if err != nil {
				return err
			}
			if c, err = store.Correct(ctx, c); err != nil {
				return asked(err)
			}
			if err := store.Collate(ctx); err != nil {
				return err
			}
			said := string(c.Verdict)
			if c.Withdraws != 0 {
				said = fmt.Sprintf("as before correction %d, which is withdrawn", c.Withdraws)
			}
			_, err = fmt.Fprintf(s.out, "Correction %d: %s %s is %s, says %s.\n", c.Number, c.Kind, shortID(c.Record), said, clean(c.Who))
			return err
		})
	}
	return cmd
}

// amendment reads the fields as they should be.
func (s *session) amendment(path string) (json.RawMessage, error) {
	var b []byte
	var err error
	if path == "-" {
		b, err = io.ReadAll(s.in)
	} else {
		b, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, fmt.Errorf("--amend %s: %w", path, reason(err))
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, b); err != nil {
		return nil, usage(fmt.Errorf("--amend %s: not JSON: %w", path, err))
	}
	return compact.Bytes(), nil
}

// recordOf gives the record that a correction was made on.
func recordOf(ctx context.Context, store *sqlite.Store, number int64) (string, error) {
	said, err := store.Corrections(ctx, sqlite.CorrectionFilter{After: number - 1, Limit: 1})
	if err != nil {
		return "", err
	}
	if len(said) == 0 || said[0].Number != number {
		return "", fmt.Errorf("correction %d: %w: \"chancery corrections\" lists them", number, chancery.ErrNotFound)
	}
	return said[0].Record, nil
}

func newCorrectionsCommand(s *session) *cobra.Command {
	var f sqlite.CorrectionFilter
	var lost bool
	var as format
	cmd := &cobra.Command{
		Use:   "corrections",
		Short: "What people said of the record, and where it stands",
		Long: `Lists every correction, withdrawn or not, and where it stands against the current
reading of its article: it applies (the reading has the record), it follows (the
reading has another record that says the same of the same words), or it no longer
fits (the reading has neither, and somebody should look). docs/corrections.md
gives the rule.`,
		Example: `  chancery corrections
  chancery corrections --lost
  chancery corrections --article 003 --format jsonl`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.StringVar(&f.Article, "article", "", "only of this article (name or id)")
	flags.BoolVar(&lost, "lost", false, "only those that no longer fit")
	addFormat(cmd, &as)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if as == formatCSV {
			return usage(errors.New("--format csv: a correction holds records; want table or jsonl"))
		}
		ctx := cmd.Context()
		return s.with(ctx, func(store *sqlite.Store) error {
			if f.Article != "" {
				a, err := store.Article(ctx, f.Article)
				if err != nil {
					return err
				}
				f.Article = a.ID
			}
			return s.corrections(ctx, store, f, lost, as)
		})
	}
	return cmd
}

func (s *session) corrections(ctx context.Context, store *sqlite.Store, f sqlite.CorrectionFilter, lost bool, as format) error {
	all, err := store.Standings(ctx, f)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	t := &sheet{columns: []column{{name: "no.", right: true}, {name: "said", loose: true}, {name: "of", loose: true}, {name: "stands"}, {name: "who", loose: true}, {name: "when"}}}
	articles := map[string]*chancery.Article{}
	for _, x := range all {
		if lost && (x.State != correct.Lost || x.Withdrawn || x.Correction.Verdict == chancery.Withdrawn) {
			continue
		}
		c := x.Correction
		a := articles[c.Article]
		if a == nil {
			if a, err = store.Article(ctx, c.Article); err != nil {
				return err
			}
			articles[c.Article] = a
		}
		if as == formatJSONL {
			line, err := export.CorrectionLine(a, x)
			if err != nil {
				return err
			}
			if err := export.JSONLine(out, line); err != nil {
				return err
			}
			continue
		}
		verdict := styled(string(c.Verdict), bold)
		if c.Verdict == chancery.Withdrawn {
			verdict = words(fmt.Sprintf("withdrawn: no. %d", c.Withdraws))
		} else if x.Withdrawn {
			verdict = verdict.add(styled(" (taken back)", dim))
		}
		stands := styled(string(x.State), map[correct.State]style{correct.Applies: plain, correct.Follows: cyan, correct.Lost: red}[x.State])
		var below []line
		if line, err := export.CorrectionLine(a, x); err == nil {
			below = append(below, words(line.Sentence))
		}
		if c.Why != "" {
			below = append(below, styled("“"+c.Why+"”", dim))
		}
		t.add(below, words(itoa(int(c.Number))), verdict, words(c.Kind+" "+shortID(c.Record)+" in "+a.Name), stands, words(c.Who), words(c.When.Format("2006-01-02")))
	}
	if as == formatTable {
		if len(t.rows) == 0 {
			fmt.Fprintln(s.err, "Nobody has said anything of the record that fits. Say something: chancery correct ID --confirm|--reject|--amend FILE")
			return nil
		}
		if err := t.write(out, s.terminal); err != nil {
			return err
		}
	}
	return out.Flush()
}
