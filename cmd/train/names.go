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

// trainNames fits the second opinion on names to a treebank with entities, as
// the embedded models tag and parse its words. A treebank without entities is
// labelled by rules first, and in a second run by the models of the first.
func trainNames(args []string) error {
	flags := flag.NewFlagSet("names", flag.ContinueOnError)
	out := flags.String("o", "english/names.model", "file to write")
	seed := flags.Uint64("seed", 1, "of the order of the examples")
	relabel := flags.Bool("relabel", false, "label treebanks without entities by the embedded models, not by rules")
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
				switch {
				case noted:
					e.Tags = tags[i]
				case *relabel:
					e.Tags = tagsOf(doc, i)
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

// tagsOf writes the names of a sentence as tags of its tokens.
func tagsOf(doc *english.Doc, sentence int) []string {
	tags := make([]string, len(doc.Sentences[sentence].Tokens))
	for i := range tags {
		tags[i] = "O"
	}
	for _, n := range doc.Names {
		if n.Sentence != sentence {
			continue
		}
		for i := n.First; i <= n.Last; i++ {
			tags[i] = "I-" + string(n.Kind)
		}
		tags[n.First] = "B-" + string(n.Kind)
	}
	return tags
}
