package cli

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"chancery/internal/measure"
	"chancery/relation/bloc"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newBlocsCommand(s *session) *cobra.Command {
	var opts bloc.Options
	var among []string
	cmd := &cobra.Command{
		Use:   "blocs",
		Short: "Who stands with whom in a window of time",
		Long: `Splits the actors of a window of time into two camps so that as little as possible
of what passed between them is left unsatisfied: friends apart or foes together.
Shows who is pulled both ways, the triads that do not balance, and, by drawing the
happenings anew, how stable each actor's place is.`,
		Example: `  chancery blocs --since 2025
  chancery blocs --among USA,PAK,CHN,IND,RUS --min 3 --draws 500`,
		Args: cobra.NoArgs,
	}
	x := addWindow(cmd)
	f := cmd.Flags()
	f.StringSliceVar(&among, "among", nil, "only these actors (codes)")
	f.IntVar(&opts.MinHappenings, "min", 2, "happenings that make a tie")
	f.IntVar(&opts.Draws, "draws", 200, "to draw for stability; 0 is none")
	f.Uint64Var(&opts.Seed, "seed", 1, "of the draws")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		q, err := x.query()
		if err != nil {
			return err
		}
		if q.A = among; opts.MinHappenings < 1 || opts.Draws < 0 {
			return usage(errors.New("--min must be 1 or more, --draws 0 or more"))
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			b, err := measure.Blocs(cmd.Context(), store, q, opts)
			if err != nil {
				return err
			}
			if x.asJSON {
				return writeJSON(s.out, b)
			}
			if len(b.Members) == 0 {
				fmt.Fprintf(s.err, "No two actors here have %s with each other. Lower --min, or widen --since and --until.\n", plural(opts.MinHappenings, "happening"))
				return nil
			}
			return s.blocsReport(b)
		})
	}
	return cmd
}

func (s *session) blocsReport(b *bloc.Blocs) error {
	out := bufio.NewWriter(s.out)
	w := modelWriter{session: s, out: out}
	how := "no split is less frustrated"
	if !b.Exact {
		how = "the best split found"
	}
	w.say(styled(fmt.Sprintf("%s, %s", plural(len(b.Members), "actor"), plural(len(b.Ties), "tie")), bold),
		words(fmt.Sprintf("; %s of the weight of ties is frustrated (%s).", share(b.Share), how)))
	if b.Draws > 0 {
		w.say(words(fmt.Sprintf("With the happenings drawn anew %s: %s to %s.", plural(b.Draws, "time"), share(b.Low), share(b.High))))
	}
	if b.Components > 1 {
		w.say(words(fmt.Sprintf("There are %d groups without any tie between them; who stands with whom across groups means nothing.", b.Components)))
	}
	w.say(line{})
	members := slices.Clone(b.Members)
	slices.SortStableFunc(members, func(x, y bloc.Member) int {
		return cmp.Or(cmp.Compare(x.Camp, y.Camp), cmp.Compare(x.Pressure, y.Pressure))
	})
	t := &sheet{columns: []column{{name: "camp"}, {name: "actor"}, {name: "pulled both ways"}, {name: "stable"}}}
	last := -1
	for _, m := range members {
		camp := ""
		if m.Camp != last {
			camp, last = itoa(m.Camp+1), m.Camp
		}
		stable := ""
		if b.Draws > 0 {
			stable = gauge(m.Stability, 8) + " " + share(m.Stability)
		}
		t.add(nil, words(camp), styled(m.Actor, bold), words(gauge(m.Pressure, 8)+" "+num(m.Pressure, 2)), words(stable))
	}
	w.table(t)
	var wrong []bloc.Tie
	for _, tie := range b.Ties {
		if tie.Frustrated {
			wrong = append(wrong, tie)
		}
	}
	if len(wrong) > 0 {
		slices.SortStableFunc(wrong, func(x, y bloc.Tie) int { return cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)) })
		w.say(line{})
		w.say(words("Ties that do not fit:"))
		for i, tie := range wrong {
			if i == 8 {
				w.say(styled(fmt.Sprintf("    and %d more", len(wrong)-i), dim))
				break
			}
			kind := "friends in different camps"
			if tie.Weight < 0 {
				kind = "foes in one camp"
			}
			w.item(styled(tie.A+" and "+tie.B, bold), words(fmt.Sprintf(": %s (%d for, %d against)", kind, tie.For, tie.Against)))
		}
	}
	c := b.Census
	w.say(line{})
	w.say(words(fmt.Sprintf("Triads: %s balance (%d all friends, %d with a shared foe, %d with a friend of foes, %d all foes).", share(c.Balanced()),
		c.AllFriends, c.SharedFoe, c.FriendOfFoes, c.AllFoes)))
	for i, x := range b.Unbalanced {
		if i == 5 {
			break
		}
		what := "one is the friend of two foes"
		if x.Negative == 3 {
			what = "all foes"
		}
		w.item(words(strings.Join(x.Actors[:], " ") + ": " + what))
	}
	if w.err != nil {
		return w.err
	}
	return out.Flush()
}
