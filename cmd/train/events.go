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

// trainEvents fits the models of event types and of bonds.
func trainEvents(args []string) error {
	flags := flag.NewFlagSet("events", flag.ContinueOnError)
	sources := learning.NewSources(flags)
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
