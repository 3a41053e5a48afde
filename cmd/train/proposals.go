package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"strings"

	"chancery"
	"chancery/coder"
	"chancery/coder/event"
	"chancery/english/conllu"
)

// text is one text of a source with the key by which judgements name it.
type text struct {
	key  string
	text string
	row  *event.Labelled // with marked parties; nil for others
}

// listProposals writes the candidates of events of some texts for a person to
// judge: a line per text, and below it one per proposal.
func listProposals(args []string) error {
	flags := flag.NewFlagSet("proposals", flag.ContinueOnError)
	marked := flags.String("marked", "../shared/data/plv/train.tsv", "rows with marked parties")
	treebanks := flags.String("treebanks", "", "more texts: NAME=FILE.conllu, apart by commas; their sentences are taken as texts")
	judged := flags.String("judged", "coder/event/train/judged.tsv", "what has been judged already, and is left out")
	least := flags.Float64("least", 0.2, "least probability that there is an act, by the type model")
	out := flags.String("o", "", "file to write to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	texts, err := readTexts(*marked, *treebanks)
	if err != nil {
		return err
	}
	known, err := readJudged(*judged)
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
		for _, p := range c.Proposals(&chancery.Article{Text: t.text}) {
			if p.Act < *least || len(p.Recipients) == 0 && !p.Reciprocal || t.row != nil && t.row.IsMarked(&p) || isJudged(known[t.key], &p) {
				continue
			}
			if first {
				fmt.Fprintf(w, "\n# %s\t%s\n", t.key, strings.Join(strings.Fields(t.text), " "))
				first = false
			}
			fmt.Fprintf(w, "%s\t%d\t%d\t%d\t?\t%s: %s > %s\t%s %.2f\n", t.key, p.Trigger.Start, at(p.Actor), at(p.Recipient),
				p.Trigger.Of(t.text), names(p.Actors), names(p.Recipients), p.Type, p.Probability)
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

func isJudged(all []event.Judged, p *event.Proposal) bool {
	for i := range all {
		if all[i].Of(p) {
			return true
		}
	}
	return false
}

// readTexts reads the rows with marked parties and the sentences of treebanks.
func readTexts(marked, treebanks string) ([]text, error) {
	f, err := os.Open(marked)
	if err != nil {
		return nil, err
	}
	rows, err := event.ReadMarked(f)
	f.Close()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", marked, err)
	}
	var out []text
	for i := range rows {
		out = append(out, text{fmt.Sprint("plv:", i+1), rows[i].Text, &rows[i]})
	}
	for pair := range strings.SplitSeq(treebanks, ",") {
		name, path, ok := strings.Cut(pair, "=")
		if !ok {
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		all, err := conllu.ReadAll(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, s := range all {
			id, _ := s.Comment("sent_id")
			if words, ok := s.Comment("text"); ok {
				out = append(out, text{name + ":" + id, words, nil})
			}
		}
	}
	return out, nil
}

// readJudged gives what has been judged, by text.
func readJudged(name string) (map[string][]event.Judged, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := event.ReadJudged(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	out := make(map[string][]event.Judged)
	for _, j := range all {
		out[j.Text] = append(out[j.Text], j)
	}
	return out, nil
}
