// Command eval scores the program against gold data and prints the counts. It
// takes paths and downloads nothing.
package main

import (
	"fmt"
	"os"
)

// command is one thing to measure.
type command struct {
	name, usage string
	run         func(args []string) error
}

var commands = []command{
	{"plv", "[-folds K] [-predictions OUT.tsv] FILE.tsv   event types given the parties, and events from end to end", evalPLV},
	{"pairs", "[-dict FILE]... [-misses] FILE.xml   events of PETRARCH's validation format found with the given actors", evalPairs},
	{"conllu", "[-splits] TREEBANK.conllu   tokens, sentences, tags, lemmas and trees of english", evalConllu},
	{"coref", "TREEBANK.conllu   coreference of english, from gold mentions", evalCoref},
	{"names", "[-misses] FILE.iob2|TREEBANK.conllu   names of english, from gold words", evalNames},
	{"planted", "[-misses] [-least SURE] [-set DIR]   findings of the sample, or of another set, against what is planted in it", evalPlanted},
	{"corrections", "[-misses] FILE | -db RECORD   the reader against what people said of its records (chancery export --corrections)", evalCorrections},
	{"load", "-db FILE [-articles N] [-rate N] [-seconds N]   every operation of the API under load, on a large record that it makes", evalLoad},
	{"reading", "[-workers N] [-times N] [-lines N] FILE|FOLDER...   sentences a second from files to a stored and collated record", evalReading},
	{"speed", "[-seconds N] FILE   sentences and words a second of english on one core", evalSpeed},
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
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
	fmt.Fprintln(os.Stderr, "usage: eval COMMAND ...")
	for _, c := range commands {
		fmt.Fprintf(os.Stderr, "  %s %s\n", c.name, c.usage)
	}
	return fmt.Errorf("no such command")
}
