package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"chancery/coder/good/kind"
)

// trainGoods learns from labelled phrases what sort of good a word speaks for,
// and writes it for every word of WordNet: a word stands for the classes it is
// under, so a phrase about frigates teaches something of corvettes.
func trainGoods(args []string) error {
	fs := flag.NewFlagSet("goods", flag.ContinueOnError)
	wordnet := fs.String("wordnet", "", "WordNet 3.0's dict folder (index.noun, data.noun, index.verb, data.verb)")
	phrases := fs.String("phrases", "coder/good/kind/phrases.txt", "labelled phrases")
	out := fs.String("o", "coder/good/kind/kinds.txt", "file to write")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *wordnet == "" {
		return fmt.Errorf("train goods: -wordnet is missing")
	}
	text, err := os.ReadFile(*phrases)
	if err != nil {
		return fmt.Errorf("train goods: %w", err)
	}
	files := make(map[string][]byte)
	for _, name := range []string{"index.noun", "data.noun", "index.verb", "data.verb"} {
		if files[name], err = os.ReadFile(filepath.Join(*wordnet, name)); err != nil {
			return fmt.Errorf("train goods: %w", err)
		}
	}
	model, err := kind.Train(string(text), files)
	if err != nil {
		return fmt.Errorf("train goods: %w", err)
	}
	fmt.Printf("%d phrases, %d words; left out and asked again (10 folds): %.3f right\n", model.Phrases, model.Words, model.CrossValidated)
	return os.WriteFile(*out, []byte(model.Text), 0o644)
}
