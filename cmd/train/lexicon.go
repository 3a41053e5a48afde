package main

import (
	"bufio"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// lexicographer files of WordNet and the classes of package lexicon they make;
// the second letter is for the names among them.
var lexicographer = map[string]string{"18": "pP", "14": "gG", "15": "lL", "28": "t"}

// leastCity is the number of inhabitants from which a city is listed.
const leastCity = 50000

// trainLexicon writes the word lists of english/lexicon from WordNet's dict
// folder, a list of cities and two lists of first names.
func trainLexicon(args []string) error {
	flags := flag.NewFlagSet("lexicon", flag.ContinueOnError)
	wordnet := flags.String("wordnet", "", "WordNet's dict folder (index.noun, data.noun)")
	female := flags.String("female", "", "file of women's first names, one a line")
	male := flags.String("male", "", "file of men's first names, one a line")
	cities := flags.String("cities", "", "GeoNames' cities1000.txt")
	out := flags.String("o", "english/lexicon", "folder to write to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	classes := map[string]string{} // of a synset, by its offset
	err := lines(filepath.Join(*wordnet, "data.noun"), func(line string) {
		f := strings.Fields(line)
		if len(f) < 5 || strings.HasPrefix(line, " ") {
			return
		}
		if c := lexicographer[f[1]]; c != "" {
			class := c[:1]
			if strings.Contains(line, " @i ") {
				class = c[len(c)-1:]
			}
			classes[f[0]] = class
		}
	})
	if err != nil {
		return err
	}
	byClass := map[string][]string{}
	err = lines(filepath.Join(*wordnet, "index.noun"), func(line string) {
		f := strings.Fields(line)
		if len(f) < 6 || strings.HasPrefix(line, " ") {
			return
		}
		word := f[0]
		// The offsets of the senses stand last, the most frequent sense first.
		var senses int
		if _, err := fmt.Sscan(f[2], &senses); err != nil || senses > len(f) {
			return
		}
		class := classes[f[len(f)-senses]]
		if class == "" || len(word) < 2 || strings.ContainsAny(word, "0123456789'") || strings.Count(word, "_") > 3 {
			return
		}
		if strings.Contains(word, "_") && class != "L" && class != "G" {
			return // names of several words matter for places and organisations only
		}
		byClass[class] = append(byClass[class], word)
	})
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, words := range byClass {
		for _, w := range words {
			known[w] = true
		}
	}
	err = lines(*cities, func(line string) {
		f := strings.Split(line, "\t")
		if len(f) < 15 {
			return
		}
		people, err := strconv.Atoi(f[14])
		name := strings.ReplaceAll(strings.ToLower(f[2]), " ", "_")
		if err != nil || people < leastCity || len(name) < 3 || known[name] || strings.ContainsAny(name, "()0123456789,'`") {
			return
		}
		byClass["C"] = append(byClass["C"], name)
	})
	if err != nil {
		return err
	}
	given := map[string]string{}
	for letter, name := range map[string]string{"f": *female, "m": *male} {
		err := lines(name, func(line string) {
			w := strings.ToLower(strings.TrimSpace(line))
			if w == "" || strings.ContainsAny(w, " -") {
				return
			}
			if was := given[w]; was != "" && was != letter {
				given[w] = "e"
			} else {
				given[w] = letter
			}
		})
		if err != nil {
			return err
		}
	}
	byGender := map[string][]string{}
	for w, g := range given {
		byGender[g] = append(byGender[g], w)
	}
	if err := writeLists(filepath.Join(*out, "nouns.txt"), byClass); err != nil {
		return err
	}
	return writeLists(filepath.Join(*out, "names.txt"), byGender)
}

func writeLists(name string, lists map[string][]string) error {
	var b strings.Builder
	for _, letter := range slices.Sorted(maps.Keys(lists)) {
		words := lists[letter]
		slices.Sort(words)
		b.WriteString(letter + " " + strings.Join(slices.Compact(words), " ") + "\n")
	}
	return os.WriteFile(name, []byte(b.String()), 0o644)
}

// lines calls f with every line of a file.
func lines(name string, f func(line string)) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		f(s.Text())
	}
	return s.Err()
}
