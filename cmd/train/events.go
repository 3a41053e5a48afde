package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"chancery/coder/event"
	"chancery/coder/learning"
	"chancery/english"
)

// sourceFlags adds the paths of the corpora to a command's flags.
func sourceFlags(flags *flag.FlagSet) *learning.Sources {
	s := &learning.Sources{}
	flags.StringVar(&s.Marked, "marked", "../shared/data/plv/train.tsv", "rows with marked parties and a type")
	flags.StringVar(&s.Own, "sentences", "coder/event/train/sentences.txt", "the project's own labelled sentences")
	flags.StringVar(&s.Verbs, "verbs", "../shared/data/petrarch/verbs.CAMEO.2.0.txt", "PETRARCH's verb dictionary")
	flags.StringVar(&s.Texts, "texts", "coder/event/train/news.txt,coder/event/train/columns.txt", "the project's own texts that judgements are about, apart by commas")
	flags.StringVar(&s.Judged, "judged", "coder/event/train/judged.tsv", "judgements of proposals")
	flags.StringVar(&s.Treebanks, "treebanks", "ewt=../shared/data/ud-ewt/train.conllu,gum=../shared/data/gum/train.conllu", "texts of the judgements: NAME=FILE.conllu, apart by commas")
	return s
}

// trainEvents fits the models of event types and of bonds.
func trainEvents(args []string) error {
	flags := flag.NewFlagSet("events", flag.ContinueOnError)
	sources := sourceFlags(flags)
	out := flags.String("o", "coder/event", "folder to write types.model, bonds.model and codes.txt to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	p, err := english.Load()
	if err != nil {
		return err
	}
	h, _, err := sources.HeldOut(p, 5, 1)
	if err != nil {
		return err
	}
	score := event.Judge(h.Guesses, h.Temperature)
	fmt.Printf("types, 5 folds: root %.4f, class %.4f, calibration error %.4f, temperature %.3f\n", score.MacroTypes, score.MacroClasses, score.Calibration, h.Temperature)
	fmt.Printf("bonds, 5 folds: %v\n", h.BondScore())
	types, err := event.Learn(h.Lessons, func(_, _ int) bool { return true }, event.DefaultLearning(), h.Temperature)
	if err != nil {
		return err
	}
	bonds, err := learning.Bonds(h.Answers, func(*learning.Answer) bool { return true })
	if err != nil {
		return err
	}
	for name, b := range map[string][]byte{"types.model": types.Encode(), "bonds.model": bonds.Encode(), "codes.txt": []byte(event.CodeWords(h.Lessons))} {
		if err := os.WriteFile(filepath.Join(*out, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}
