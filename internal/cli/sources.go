package cli

import (
	"bufio"
	"cmp"
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

// tonesShown is how many actors a table shows a source's tone towards.
const tonesShown = 4

func newSourcesCommand(s *session) *cobra.Command {
	var as format
	var explain bool
	cmd := &cobra.Command{
		Use:   "sources [--explain SOURCE ACTOR]",
		Short: "What each publisher tells, leaves out and how it sounds",
		Long: `Lists publishers: how much each tells, alone or with others, what it leaves out
that others tell, how often it names who says so, how much of it is analysis, how
many of the forecasts it prints were settled, and its tone towards the actors it
speaks of (-1 against, 1 for): in its own words, in the words of others that it
passes on, and by the acts it tells of. --explain shows the passages that decide.`,
		Example: `  chancery sources
  chancery sources --explain "Sample Herald" PAK
  chancery sources --format jsonl`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case explain && len(args) != 2:
				return usage(errors.New("--explain: want a source and an actor, \"chancery sources --explain SOURCE ACTOR\""))
			case !explain && len(args) > 0:
				return usage(fmt.Errorf("argument %q: want none without --explain", args[0]))
			}
			return nil
		},
	}
	addFormat(cmd, &as)
	cmd.Flags().BoolVar(&explain, "explain", false, "show the passages that decide a source's tone towards an actor")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if as == formatCSV {
			return usage(errors.New("--format csv: want table or jsonl"))
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			if explain {
				return s.explainTone(cmd.Context(), store, args[0], args[1], as)
			}
			return s.sources(cmd.Context(), store, as)
		})
	}
	return cmd
}

func (s *session) sources(ctx context.Context, store *sqlite.Store, as format) error {
	all, err := store.Profiles(ctx)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	t := &sheet{columns: []column{{name: "source", loose: true}, {name: "articles", right: true}, {name: "events", right: true}, {name: "shared", right: true}, {name: "alone", right: true},
		{name: "left out", right: true}, {name: "named", right: true}, {name: "analysis", right: true}, {name: "settled", right: true}, {name: "judges", loose: true}, {name: "lets judge", loose: true}, {name: "acts", loose: true}}}
	for _, x := range all {
		if as == formatJSONL {
			if err := export.JSONLine(out, export.Source{Record: export.KindSource, Source: x}); err != nil {
				return err
			}
			continue
		}
		name := x.Name
		if name == "" {
			name = "(no source given)"
		}
		settled := x.Settled.True + x.Settled.Partly + x.Settled.False
		t.add(nil, styled(name, bold), words(itoa(x.Articles)), words(itoa(x.Events)), words(itoa(x.Told)), words(itoa(x.Alone)), words(itoa(len(x.LeftOut))),
			words(percent(x.Named)), words(percent(x.Analysis)), words(fmt.Sprintf("%d of %d", settled, x.Forecasts)),
			words(toneText(x.Tones, func(t *collate.ActorTone) *collate.Voice { return &t.Voice })), words(toneText(x.Tones, func(t *collate.ActorTone) *collate.Voice { return &t.Others })),
			words(toneText(x.Tones, func(t *collate.ActorTone) *collate.Voice { return &t.Acts })))
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
}

// toneText names the actors that one of a source's voices has the most passages
// on, with its score.
func toneText(tones []collate.ActorTone, voice func(*collate.ActorTone) *collate.Voice) string {
	order := slices.Clone(tones)
	slices.SortStableFunc(order, func(a, b collate.ActorTone) int { return cmp.Compare(voice(&b).Passages, voice(&a).Passages) })
	var out []string
	for i := range order[:min(tonesShown, len(order))] {
		if v := voice(&order[i]); v.Passages > 0 {
			out = append(out, order[i].Actor+" "+signed(v.Score, 2))
		}
	}
	return strings.Join(out, ", ")
}

// toneLine is a source's tone towards an actor, for programs.
type toneLine struct {
	Record string `json:"record"` // "tone"
	Source string `json:"source"`
	collate.ActorTone
}

// explainTone prints the passages that decide a source's tone towards an actor.
func (s *session) explainTone(ctx context.Context, store *sqlite.Store, source, actor string, as format) error {
	tone, err := store.Tone(ctx, source, actor)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	if as == formatJSONL {
		if err := export.JSONLine(out, toneLine{"tone", source, tone}); err != nil {
			return err
		}
		return out.Flush()
	}
	put := func(indented int, l line) {
		for _, l := range l.wrap(min(s.terminal.width, prose) - indented) {
			fmt.Fprintln(out, s.terminal.String(space(indented).add(l)))
		}
	}
	for _, part := range []struct {
		head string
		*collate.Voice
	}{{"in its own words", &tone.Voice}, {"in the words of others", &tone.Others}, {"by the acts it tells of", &tone.Acts}} {
		verdict := "nothing"
		if part.Passages > 0 {
			verdict = signed(part.Score, 2) + ", " + plural(part.Passages, "passage")
		}
		put(0, styled(actor+" "+part.head+": "+verdict, bold))
		for _, v := range part.Evidence {
			a, err := store.Article(ctx, v.Article)
			if err != nil {
				return err
			}
			by := ""
			if v.By != "" {
				by = "by " + v.By
			}
			put(0, facts(signed(v.Vote, 2), "“"+v.Words+"”", v.Why, by, a.Name))
			put(indent, words(v.Text))
		}
	}
	return out.Flush()
}
