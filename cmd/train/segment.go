package main

import (
	"flag"
	"fmt"
	"os"

	"chancery/english/conllu"
	"chancery/english/segment"
)

// trainSegment fits the splitter of words and sentences to treebanks.
func trainSegment(args []string) error {
	flags := flag.NewFlagSet("segment", flag.ContinueOnError)
	out := flags.String("o", "english/segment/segment.model", "file to write")
	seed := flags.Uint64("seed", 1, "of the order of the examples")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var texts []segment.Gold
	for _, name := range flags.Args() {
		sentences, err := readTreebank(name)
		if err != nil {
			return err
		}
		texts = append(texts, goldSegments(sentences))
	}
	s, err := segment.Train(texts, *seed)
	if err != nil {
		return err
	}
	return os.WriteFile(*out, s.Encode(), 0o644)
}

// readTreebank reads a CoNLL-U file.
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

// goldSegments gives the raw text of a treebank with its sentences and words.
func goldSegments(sentences []*conllu.Sentence) segment.Gold {
	raw := conllu.Raw(sentences)
	g := segment.Gold{Text: raw.Text}
	for i, s := range sentences {
		one := segment.Sentence{Start: raw.Sentences[i].Start, End: raw.Sentences[i].End}
		for j, r := range raw.Words[i] {
			w := segment.Word{Start: r.Start, End: r.End}
			if j > 0 && raw.Words[i][j-1] == r {
				// The words of a contraction share its range: divide it by their forms.
				w.Start, w.Joined = one.Words[j-1].Start+len(s.Words[j-1].Form), true
				one.Words[j-1].End = w.Start
			}
			one.Words = append(one.Words, w)
		}
		g.Sentences = append(g.Sentences, one)
	}
	return g
}
