package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"chancery/english"
	"chancery/english/conllu"
	"chancery/english/neural/training"
)

// evalNames scores names on a file of Universal NER, or on a treebank with
// entities: the words are given, the names are compared by their words and kind.
func evalNames(args []string) error {
	flags := flag.NewFlagSet("names", flag.ContinueOnError)
	misses := flags.Bool("misses", false, "also print every name that only one side has")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("names: want one .iob2 file, got %d", flags.NArg())
	}
	documents, err := readNames(flags.Arg(0))
	if err != nil {
		return fmt.Errorf("%s: %w", flags.Arg(0), err)
	}
	nlp, err := english.Load()
	if err != nil {
		return err
	}
	kinds := []english.NameKind{english.Person, english.Organization, english.Place}
	rows := map[english.NameKind]*conllu.Count{}
	for _, k := range kinds {
		rows[k] = &conllu.Count{}
	}
	var all, spans conllu.Count
	for _, gold := range documents {
		text, sentences := gold.Text, make([]english.Sentence, len(gold.Sentences))
		copy(sentences, gold.Sentences)
		doc := nlp.ParseSentences(text, sentences, time.Time{})
		g, s := nameSet(gold), nameSet(doc)
		for n := range g {
			rows[n.kind].Gold++
			all.Gold++
			spans.Gold++
			if s[n] {
				rows[n.kind].Correct++
				all.Correct++
			}
		}
		for n := range s {
			rows[n.kind].System++
			all.System++
			spans.System++
			for _, k := range kinds {
				if g[n.as(k)] {
					spans.Correct++
				}
			}
		}
		if *misses {
			printNames(os.Stdout, gold, doc, g, s)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "names\tP\tR\tF1\tgold\tsystem\t")
	row := func(name string, c conllu.Count) {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%d\t\n", name, percent(c.Precision()), percent(c.Recall()), percent(c.F1()), c.Gold, c.System)
	}
	for _, k := range kinds {
		row(string(k), *rows[k])
	}
	row("words only", spans)
	row("all", all)
	return w.Flush()
}

// readNames reads documents with gold names.
func readNames(name string) ([]*english.Doc, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !strings.HasSuffix(name, ".conllu") {
		return readIOB(f)
	}
	sentences, err := conllu.ReadAll(f)
	if err != nil {
		return nil, err
	}
	var docs []*english.Doc
	for _, gold := range conllu.Documents(sentences) {
		tags, err := training.Names(gold)
		if err != nil {
			return nil, err
		}
		doc := english.FromCoNLLU(gold)
		for i := range doc.Sentences {
			s := &doc.Sentences[i]
			for first := 0; first < len(tags[i]); first++ {
				kind, ok := strings.CutPrefix(tags[i][first], "B-")
				if !ok {
					continue
				}
				last := first
				for last+1 < len(tags[i]) && tags[i][last+1] == "I-"+kind {
					last++
				}
				doc.Names = append(doc.Names, english.Name{Span: english.Span{Start: s.Tokens[first].Start, End: s.Tokens[last].End},
					Kind: english.NameKind(kind), Sentence: i, First: first, Last: last})
			}
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// nameKey is a name for comparing.
type nameKey struct {
	sentence, first, last int
	kind                  english.NameKind
}

func (n nameKey) as(k english.NameKind) nameKey { n.kind = k; return n }

func nameSet(doc *english.Doc) map[nameKey]bool {
	set := map[nameKey]bool{}
	for _, n := range doc.Names {
		set[nameKey{n.Sentence, n.First, n.Last, n.Kind}] = true
	}
	return set
}

func printNames(out io.Writer, gold, doc *english.Doc, g, s map[nameKey]bool) {
	for _, side := range []struct {
		sign  string
		names []english.Name
		other map[nameKey]bool
	}{{"missed", gold.Names, s}, {"extra", doc.Names, g}} {
		for _, n := range side.names {
			if !side.other[nameKey{n.Sentence, n.First, n.Last, n.Kind}] {
				fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", side.sign, n.Kind, n.Of(doc.Text), doc.Sentences[n.Sentence].Of(doc.Text))
			}
		}
	}
}

// iobKinds are the kinds of Universal NER.
var iobKinds = map[string]english.NameKind{"PER": english.Person, "ORG": english.Organization, "LOC": english.Place}

// readIOB reads documents of a Universal NER file: a comment with the text of
// a sentence, then number, word and tag ("B-PER") in columns. The names are in
// Doc.Names, the tokens' ranges are found in the text.
func readIOB(r io.Reader) ([]*english.Doc, error) {
	var docs []*english.Doc
	var text string
	var forms, tags []string
	flush := func(line int) error {
		if len(forms) == 0 {
			return nil
		}
		if len(docs) == 0 {
			docs = append(docs, &english.Doc{})
		}
		return appendIOB(docs[len(docs)-1], text, forms, tags, line)
	}
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	line := 0
	for in.Scan() {
		line++
		row := in.Text()
		if ok := strings.HasPrefix(row, "# newdoc"); ok || row == "" {
			if err := flush(line); err != nil {
				return nil, err
			}
			forms, tags = nil, nil
			if ok {
				docs = append(docs, &english.Doc{})
			}
			continue
		}
		if v, ok := strings.CutPrefix(row, "# text = "); ok {
			text = v
			continue
		}
		if strings.HasPrefix(row, "#") {
			continue
		}
		cols := strings.Split(row, "\t")
		if len(cols) < 3 {
			return nil, fmt.Errorf("line %d: %d columns, want number, word and tag", line, len(cols))
		}
		forms, tags = append(forms, cols[1]), append(tags, cols[2])
	}
	if err := in.Err(); err != nil {
		return nil, err
	}
	return docs, flush(line)
}

// appendIOB adds a sentence to a document.
func appendIOB(doc *english.Doc, text string, forms, tags []string, line int) error {
	if doc.Text != "" {
		doc.Text += " "
	}
	base := len(doc.Text)
	doc.Text += text
	s := english.Sentence{Span: english.Span{Start: base, End: len(doc.Text)}}
	at := base
	for _, form := range forms {
		i := strings.Index(doc.Text[at:], form)
		if i < 0 || strings.TrimSpace(doc.Text[at:at+i]) != "" {
			return fmt.Errorf("line %d: %q does not follow in %q", line, form, text)
		}
		at += i
		s.Tokens = append(s.Tokens, english.Token{Span: english.Span{Start: at, End: at + len(form)}, Head: -1})
		at += len(form)
	}
	for i := 0; i < len(tags); i++ {
		kind, ok := strings.CutPrefix(tags[i], "B-")
		if !ok {
			continue
		}
		last := i
		for last+1 < len(tags) && tags[last+1] == "I-"+kind {
			last++
		}
		if iobKinds[kind] == "" {
			continue
		}
		doc.Names = append(doc.Names, english.Name{Span: english.Span{Start: s.Tokens[i].Start, End: s.Tokens[last].End},
			Kind: iobKinds[kind], Sentence: len(doc.Sentences), First: i, Last: last})
	}
	doc.Sentences = append(doc.Sentences, s)
	return nil
}
