package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"

	"chancery"
	"chancery/coder"
	"chancery/coder/learning"
)

// listProposals writes the candidates of events of some texts for a person to
// judge: a line per text, and below it one per proposal.
func listProposals(args []string) error {
	flags := flag.NewFlagSet("proposals", flag.ContinueOnError)
	sources := learning.NewSources(flags)
	least := flags.Float64("least", 0.2, "least probability that there is an act, by the type model")
	out := flags.String("o", "", "file to write to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	rows, err := sources.Rows()
	if err != nil {
		return err
	}
	texts, err := sources.List(rows)
	if err != nil {
		return err
	}
	known, err := sources.Judgements()
	if err != nil {
		return err
	}
	c, err := coder.New(coder.Options{})
	if err != nil {
		return err
	}
	f, err := os.Create(*out)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for i := range texts {
		t := &texts[i]
		first := true
		for _, p := range c.Proposals(&chancery.Article{Text: t.Text}) {
			if p.Act < *least || len(p.Recipients) == 0 && !p.Reciprocal || t.Marked != nil && t.Marked.IsMarked(&p) || learning.Find(known[t.Key], &p) != nil {
				continue
			}
			if first {
				fmt.Fprintf(w, "\n# %s\t%s\n", t.Key, strings.Join(strings.Fields(t.Text), " "))
				first = false
			}
			fmt.Fprintf(w, "%s\t%d\t%d\t%d\t?\tsentence %d, %s: %s > %s\t%s %.2f, act %.2f\n", t.Key, p.Trigger.Start, at(p.Actor), at(p.Recipient), p.Sentence+1,
				p.Trigger.Of(t.Text), names(p.Actors), names(p.Recipients), p.Type, p.Probability, p.Bond)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func at(r chancery.ByteRange) int {
	if r.IsZero() {
		return -1
	}
	return r.Start
}

func names(parties []chancery.Party) string {
	var out []string
	for _, p := range parties {
		out = append(out, p.Name)
	}
	return strings.Join(out, " & ")
}
