package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"chancery/english"
	"chancery/english/conllu"
)

// evalConllu scores package english on a treebank, from its gold tokens and
// from its raw text, as a whole and per genre.
func evalConllu(args []string) error {
	flags := flag.NewFlagSet("conllu", flag.ContinueOnError)
	misses := flags.Bool("splits", false, "also print every sentence boundary that raw text gets wrong")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("conllu: want one treebank file, got %d", flags.NArg())
	}
	gold, err := readTreebank(flags.Arg(0))
	if err != nil {
		return err
	}
	nlp, err := english.Load()
	if err != nil {
		return err
	}
	var names []string
	groups := map[string][]*conllu.Sentence{}
	for _, s := range gold {
		g := genre(s)
		if groups[g] == nil {
			names = append(names, g)
		}
		groups[g] = append(groups[g], s)
	}
	for _, mode := range []struct {
		name  string
		parse func(*english.Pipeline, []*conllu.Sentence) *english.Doc
	}{{"gold tokens", parseTokens}, {"raw text", parseRaw}} {
		var all conllu.Scores
		rows := make([]conllu.Scores, len(names))
		for i, g := range names {
			doc := mode.parse(nlp.Following(habits(groups[g])), groups[g])
			rows[i], err = conllu.Score(groups[g], doc.CoNLLU())
			if err != nil {
				return fmt.Errorf("%s, %s: %w", flags.Arg(0), g, err)
			}
			all.Add(&rows[i])
			if *misses && mode.name == "raw text" {
				printSplits(os.Stdout, groups[g], doc)
			}
		}
		printScores(os.Stdout, mode.name, names, rows, &all)
	}
	return nil
}

// habits tells whose a treebank's sentences are, for GUM's lemmas and features
// are not EWT's.
func habits(sentences []*conllu.Sentence) english.Convention {
	if id, _ := sentences[0].Comment("sent_id"); strings.HasPrefix(id, "GUM_") {
		return english.GUM
	}
	return english.EWT
}

// genre reads the genre off a sentence's id: "weblog-…" in EWT, "GUM_news_…" in GUM.
func genre(s *conllu.Sentence) string {
	id, _ := s.Comment("sent_id")
	if rest, ok := strings.CutPrefix(id, "GUM_"); ok {
		g, _, _ := strings.Cut(rest, "_")
		return g
	}
	g, _, ok := strings.Cut(id, "-")
	if !ok {
		return "all"
	}
	return g
}

func readTreebank(name string) ([]*conllu.Sentence, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := conllu.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return all, nil
}

func parseRaw(nlp *english.Pipeline, gold []*conllu.Sentence) *english.Doc {
	return nlp.Parse(conllu.Raw(gold).Text)
}

// parseTokens parses the gold sentences and words.
func parseTokens(nlp *english.Pipeline, gold []*conllu.Sentence) *english.Doc {
	doc := english.FromCoNLLU(gold)
	return nlp.ParseSentences(doc.Text, doc.Sentences, time.Time{})
}

func percent(f float64, ok bool) string {
	if !ok {
		return "none"
	}
	return fmt.Sprintf("%.2f", 100*f)
}

// printScores prints F1 in percent, a row per genre.
func printScores(out io.Writer, mode string, names []string, rows []conllu.Scores, all *conllu.Scores) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s\t", mode)
	for _, m := range conllu.Metrics() {
		fmt.Fprintf(w, "%v\t", m)
	}
	fmt.Fprintf(w, "gold words\t\n")
	row := func(name string, s *conllu.Scores) {
		fmt.Fprintf(w, "%s\t", name)
		for _, c := range s {
			fmt.Fprintf(w, "%s\t", percent(c.F1()))
		}
		fmt.Fprintf(w, "%d\t\n", s[conllu.Words].Gold)
	}
	for i := range names {
		row(names[i], &rows[i])
	}
	row("all", all)
	w.Flush()
	fmt.Fprintln(out)
}

// printSplits prints the boundaries of sentences that only one side has.
func printSplits(out io.Writer, gold []*conllu.Sentence, doc *english.Doc) {
	ends := map[int]int{}
	for _, r := range conllu.Raw(gold).Sentences {
		ends[r.End] |= 1
	}
	for i := range doc.Sentences {
		ends[doc.Sentences[i].End] |= 2
	}
	for at := range len(doc.Text) + 1 {
		if side := ends[at]; side == 1 || side == 2 {
			before, after := doc.Text[max(0, at-40):at], doc.Text[at:min(len(doc.Text), at+40)]
			fmt.Fprintf(out, "%s: %q | %q\n", [...]string{"", "missed", "extra"}[side], before, after)
		}
	}
}
