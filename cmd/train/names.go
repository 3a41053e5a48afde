package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"chancery/english"
	"chancery/english/conllu"
	"chancery/english/neural/training"
)

// trainNames fits the model of names to a treebank with entities, as the
// embedded models tag and parse its words. A treebank without entities is
// labelled by rules.
func trainNames(args []string) error {
	flags := flag.NewFlagSet("names", flag.ContinueOnError)
	out := flags.String("o", "english/names.model", "file to write")
	seed := flags.Uint64("seed", 1, "of the order of the examples")
	if err := flags.Parse(args); err != nil {
		return err
	}
	nlp, err := english.Load()
	if err != nil {
		return err
	}
	var examples []english.NameExample
	for _, name := range flags.Args() {
		sentences, err := readTreebank(name)
		if err != nil {
			return err
		}
		for _, gold := range conllu.Documents(sentences) {
			tags, err := training.Names(gold)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			_, noted := gold[0].Comment("global.Entity")
			words := english.FromCoNLLU(gold)
			doc := nlp.ParseSentences(words.Text, words.Sentences, time.Time{})
			for i := range doc.Sentences {
				e := english.NameExample{Sentence: &doc.Sentences[i]}
				if noted {
					e.Tags = tags[i]
				}
				examples = append(examples, e)
			}
		}
	}
	model, err := nlp.TrainNames(examples, *seed)
	if err != nil {
		return err
	}
	return os.WriteFile(*out, model, 0o644)
}
