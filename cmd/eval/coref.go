package main

import (
	"flag"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"chancery/english"
	"chancery/english/conllu"
	"chancery/english/score"
)

// evalCoref scores coreference on a treebank with entities: its words and the
// heads of its mentions are given, everything else is predicted.
func evalCoref(args []string) error {
	flags := flag.NewFlagSet("coref", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("coref: want one treebank file, got %d", flags.NArg())
	}
	sentences, err := readTreebank(flags.Arg(0))
	if err != nil {
		return err
	}
	nlp, err := english.Load()
	if err != nil {
		return err
	}
	var names []string
	type pair struct{ linked, all score.Chains }
	rows := map[string]*pair{}
	total := &pair{}
	for _, doc := range conllu.Documents(sentences) {
		gold, system, err := corefChains(nlp, doc)
		if err != nil {
			return fmt.Errorf("%s: %w", flags.Arg(0), err)
		}
		g := genre(doc[0])
		if rows[g] == nil {
			names = append(names, g)
			rows[g] = &pair{}
		}
		all, linked := score.CompareChains(gold, system), score.CompareChains(withoutSingles(gold), withoutSingles(system))
		for _, p := range []*pair{rows[g], total} {
			p.all.Add(all)
			p.linked.Add(linked)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "gold mentions\tMUC P\tR\tF1\tB3 P\tR\tF1\tCEAFe P\tR\tF1\tCoNLL\twith singletons\t")
	for _, g := range append(names, "all") {
		p := total
		if g != "all" {
			p = rows[g]
		}
		fmt.Fprintf(w, "%s\t", g)
		for _, m := range []score.PR{p.linked.MUC, p.linked.BCubed, p.linked.CEAFe} {
			fmt.Fprintf(w, "%s\t%s\t%s\t", percent(m.Precision.Value()), percent(m.Recall.Value()), percent(m.F1()))
		}
		fmt.Fprintf(w, "%s\t%s\t\n", percent(p.linked.CoNLL()), percent(p.all.CoNLL()))
	}
	return w.Flush()
}

// corefChains gives the chains of a document in gold and as predicted; a
// mention is numbered by its place among the gold mentions.
func corefChains(nlp *english.Pipeline, sentences []*conllu.Sentence) (gold, system [][]int, err error) {
	entities, err := conllu.Entities(sentences)
	if err != nil {
		return nil, nil, err
	}
	tree := english.FromCoNLLU(sentences)
	doc := nlp.ParseSentences(tree.Text, tree.Sentences, time.Time{})
	mentions := make([]english.Mention, len(entities))
	ids := make([]string, len(entities))
	for i, e := range entities {
		mentions[i] = english.Mention{Sentence: e.Sentence, Head: e.Heads[0]}
		ids[i] = e.ID
	}
	return group(ids), group(nlp.ResolveMentions(doc, mentions)), nil
}

// group collects the indices that have the same label, in order of appearance.
func group[T comparable](labels []T) [][]int {
	at := map[T]int{}
	var out [][]int
	for i, l := range labels {
		k, ok := at[l]
		if !ok {
			k = len(out)
			at[l] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], i)
	}
	return out
}

func withoutSingles(chains [][]int) [][]int {
	var out [][]int
	for _, c := range chains {
		if len(c) > 1 {
			out = append(out, c)
		}
	}
	return out
}
