// Command train makes the model files that english and coder embed, from
// public corpora. It takes paths, downloads nothing, and with the same seed
// writes the same files, byte for byte, on the same kind of machine.
package main

import (
	"fmt"
	"os"
)

// command is one file of models and how to make it.
type command struct {
	name, usage string
	run         func(args []string) error
}

var commands = []command{
	{"english", "-ewt DIR -gum DIR -vectors FILE [-out english/model] [-seed 1] [-epochs N]", trainEnglish},
	{"goods", "-wordnet DICT -o coder/good/kind/kinds.txt", trainGoods},
	{"coref", "TREEBANK.conllu... -o english/coref.model", trainCoref},
	{"events", "[-marked ROWS.tsv] [-sentences FILE] [-verbs DICTIONARY] -o coder/event", trainEvents},
	{"lexicon", "-wordnet DICT -cities FILE -female NAMES -male NAMES -o english/lexicon", trainLexicon},
	{"names", "[-relabel] TREEBANK.conllu... -o english/names.model", trainNames},
	{"proposals", "[-marked ROWS.tsv] [-treebanks NAME=FILE,...] [-judged FILE] -o FILE", listProposals},
	{"segment", "TREEBANK.conllu... -o english/segment/segment.model", trainSegment},
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) > 0 {
		for _, c := range commands {
			if c.name == args[0] {
				return c.run(args[1:])
			}
		}
	}
	fmt.Fprintln(os.Stderr, "usage: train COMMAND ...")
	for _, c := range commands {
		fmt.Fprintf(os.Stderr, "  %s %s\n", c.name, c.usage)
	}
	return fmt.Errorf("no such command")
}
