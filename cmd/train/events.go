package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"chancery/coder/event"
	"chancery/english"
)

// trainEvents fits the model of event types.
func trainEvents(args []string) error {
	flags := flag.NewFlagSet("events", flag.ContinueOnError)
	marked := flags.String("marked", "../shared/data/plv/train.tsv", "rows with marked parties and a type")
	own := flags.String("sentences", "coder/event/train/sentences.txt", "the project's own labelled sentences")
	verbs := flags.String("verbs", "../shared/data/petrarch/verbs.CAMEO.2.0.txt", "PETRARCH's verb dictionary")
	out := flags.String("o", "coder/event", "folder to write types.model and codes.txt to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	p, err := english.Load()
	if err != nil {
		return err
	}
	lessons, err := eventLessons(p, *marked, *own, *verbs)
	if err != nil {
		return err
	}
	scale, score, err := event.CrossValidate(lessons, 5, 1, event.DefaultLearning())
	if err != nil {
		return err
	}
	fmt.Printf("5 folds: root %.4f, class %.4f, calibration error %.4f, temperature %.3f\n", score.MacroTypes, score.MacroClasses, score.Calibration, scale)
	m, err := event.Learn(lessons, func(_, _ int) bool { return true }, event.DefaultLearning(), scale)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(*out, "codes.txt"), []byte(event.CodeWords(lessons)), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(*out, "types.model"), m.Encode(), 0o644)
}

// eventLessons reads and parses what event types are learned from, the rows
// with marked parties first.
func eventLessons(p *english.Pipeline, marked, own, verbs string) ([]*event.Lesson, error) {
	var lessons []*event.Lesson
	for _, source := range []struct {
		name string
		read func(f *os.File) ([]event.Labelled, error)
	}{
		{marked, func(f *os.File) ([]event.Labelled, error) { return event.ReadMarked(f) }},
		{own, func(f *os.File) ([]event.Labelled, error) { return event.ReadPatterns(f, event.WeightOfOwn) }},
		{verbs, func(f *os.File) ([]event.Labelled, error) { return event.ReadVerbs(f, event.WeightOfVerbs) }},
	} {
		f, err := os.Open(source.name)
		if err != nil {
			return nil, err
		}
		rows, err := source.read(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source.name, err)
		}
		lessons = append(lessons, event.Prepare(p, rows, runtime.NumCPU()))
	}
	return lessons, nil
}
