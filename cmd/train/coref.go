package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"chancery/english"
	"chancery/english/conllu"
)

// trainCoref fits coreference to a treebank with entities, as the embedded
// models parse its text.
func trainCoref(args []string) error {
	flags := flag.NewFlagSet("coref", flag.ContinueOnError)
	out := flags.String("o", "english/coref.model", "file to write")
	seed := flags.Uint64("seed", 1, "of the order of the examples")
	if err := flags.Parse(args); err != nil {
		return err
	}
	nlp, err := english.Load()
	if err != nil {
		return err
	}
	var examples []english.CorefExample
	for _, name := range flags.Args() {
		sentences, err := readTreebank(name)
		if err != nil {
			return err
		}
		for _, doc := range conllu.Documents(sentences) {
			e, err := corefExample(nlp, doc)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			examples = append(examples, e)
		}
	}
	model, err := english.TrainCoref(examples, *seed)
	if err != nil {
		return err
	}
	return os.WriteFile(*out, model, 0o644)
}

// corefExample parses a gold document's words and takes its entities.
func corefExample(nlp *english.Pipeline, sentences []*conllu.Sentence) (english.CorefExample, error) {
	entities, err := conllu.Entities(sentences)
	if err != nil {
		return english.CorefExample{}, err
	}
	gold := english.FromCoNLLU(sentences)
	e := english.CorefExample{Doc: nlp.ParseSentences(gold.Text, gold.Sentences, time.Time{})}
	ids := map[string]int{}
	for _, entity := range entities {
		if _, ok := ids[entity.ID]; !ok {
			ids[entity.ID] = len(ids)
		}
		e.Mentions = append(e.Mentions, english.Mention{Sentence: entity.Sentence, Head: entity.Heads[0]})
		e.Entity = append(e.Entity, ids[entity.ID])
	}
	return e, nil
}
