package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
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
// folder, lists of cities and regions, two lists of first names, a list of people's names,
// a list of words in companies' names and an index of brands.
func trainLexicon(args []string) error {
	flags := flag.NewFlagSet("lexicon", flag.ContinueOnError)
	wordnet := flags.String("wordnet", "", "WordNet's dict folder (index.noun, data.noun)")
	female := flags.String("female", "", "file of women's first names, one a line")
	male := flags.String("male", "", "file of men's first names, one a line")
	cities := flags.String("cities", "", "GeoNames' cities1000.txt")
	regions := flags.String("regions", "", "iso3166.min.js of iso-3166-2: the parts of the world's states")
	people := flags.String("people", "", "file of people's given and family names, one a line")
	companies := flags.String("companies", "", "file of words in companies' names, one a line")
	brands := flags.String("brands", "", "nsi.json of the name suggestion index")
	out := flags.String("o", "english/lexicon", "folder to write to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	classes := map[string]string{}  // of a synset, by its offset
	capitals := map[string]string{} // the words of a synset that have a capital, by its offset
	err := lines(filepath.Join(*wordnet, "data.noun"), func(line string) {
		f := strings.Fields(line)
		if len(f) < 5 || strings.HasPrefix(line, " ") {
			return
		}
		for _, w := range f[4:] {
			if w == "@" || w == "@i" || w == "~" || w == "000" {
				break
			}
			if w[0] >= 'A' && w[0] <= 'Z' {
				capitals[f[0]] += " " + strings.ToLower(w) + " "
			}
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
	adjectives := map[string]bool{} // "Uzbek" is a people, whatever else
	err = lines(filepath.Join(*wordnet, "index.adj"), func(line string) {
		word, _, _ := strings.Cut(line, " ")
		adjectives[word] = true
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
		first := f[len(f)-senses]
		class := classes[first]
		if (class == "" || class != strings.ToUpper(class)) && strings.Contains(capitals[first], " "+word+" ") {
			// "Miami" is a people first, "Mississippi" a river: they are states and cities too.
			for _, sense := range f[len(f)-senses:] {
				if classes[sense] == "L" && !adjectives[word] {
					class = "L"
					break
				}
			}
		}
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
	words, err := dictionary(*wordnet)
	if err != nil {
		return err
	}
	regionNames, err := readRegions(*regions)
	if err != nil {
		return err
	}
	for _, name := range regionNames {
		if !known[name] && !words[name] {
			byClass["L"] = append(byClass["L"], name)
		}
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
	err = lines(*people, func(line string) {
		w := strings.ToLower(strings.TrimSpace(line))
		if len(w) >= 3 && given[w] == "" && !strings.ContainsAny(w, "# '-") {
			byGender["s"] = append(byGender["s"], w)
		}
	})
	if err != nil {
		return err
	}
	for _, c := range byClass["C"] {
		words[c] = true
	}
	for _, list := range byGender {
		for _, w := range list {
			words[w] = true
		}
	}
	businesses, err := readBrands(*brands, words)
	if err != nil {
		return err
	}
	err = lines(*companies, func(line string) {
		w := strings.ToLower(strings.TrimSpace(line))
		if len(w) >= 3 && !words[w] && !words[strings.TrimSuffix(w, "s")] && !strings.ContainsAny(w, "# ") {
			businesses["G"] = append(businesses["G"], w)
		}
	})
	if err != nil {
		return err
	}
	if err := writeLists(filepath.Join(*out, "brands.txt"), businesses); err != nil {
		return err
	}
	if err := writeLists(filepath.Join(*out, "nouns.txt"), byClass); err != nil {
		return err
	}
	return writeLists(filepath.Join(*out, "names.txt"), byGender)
}

var regionPattern = regexp.MustCompile(`\{type:"[^"]*",name:"([^"]*)"\}`)

// readRegions gives the names of the parts of states, as the lists write them.
func readRegions(name string) ([]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range regionPattern.FindAllSubmatch(data, -1) {
		parts := strings.Fields(strings.ToLower(string(m[1])))
		region := strings.Join(parts, " ")
		if len(region) > 3 && len(parts) <= 3 && strings.Trim(region, "abcdefghijklmnopqrstuvwxyz -'") == "" {
			names = append(names, strings.ReplaceAll(region, " ", "_"))
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s: no regions found", name)
	}
	return names, nil
}

// dictionary gives every word of WordNet and every part of one, in lower case.
func dictionary(wordnet string) (map[string]bool, error) {
	words := map[string]bool{}
	for _, part := range []string{"noun", "verb", "adj", "adv"} {
		err := lines(filepath.Join(wordnet, "index."+part), func(line string) {
			word, _, ok := strings.Cut(line, " ")
			if !ok || word == "" {
				return
			}
			words[word] = true
			if strings.Contains(word, "_") { // "buenos" of "buenos_aires"
				for part := range strings.SplitSeq(word, "_") {
					words[part] = true
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return words, nil
}

// venueKinds are the kinds of brands, in OpenStreetMap's tags, that people go
// to: a name of these is as much a place as a firm.
var venueKinds = map[string]bool{"shop": true, "tourism": true, "leisure": true, "fast_food": true, "restaurant": true, "cafe": true,
	"pub": true, "bar": true, "cinema": true, "ice_cream": true, "fuel": true, "pharmacy": true}

// operatorKinds are the kinds whose operators are bodies known beyond one county.
var operatorKinds = map[string]bool{"office": true, "landuse": true, "telecom": true, "route": true}

// readBrands reads the names of businesses and public bodies in countries where
// English is written: "V" for chains of shops, restaurants and hotels, "G" for
// other firms and bodies. Words that mean something else too are left out.
func readBrands(name string, words map[string]bool) (map[string][]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var index struct {
		Kinds map[string]struct {
			Items []struct {
				Name  string `json:"displayName"`
				Where struct {
					Include []any
				} `json:"locationSet"`
				Tags map[string]string
			}
		} `json:"nsi"`
	}
	if err := json.Unmarshal(data, &index); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	letters := map[string]string{}
	for kind, group := range index.Kinds {
		// "brands/amenity/fast_food"
		parts := strings.Split(kind, "/")
		if len(parts) != 3 || parts[0] != "brands" && (parts[0] != "operators" || !operatorKinds[parts[1]]) {
			continue
		}
		letter := "G"
		if parts[0] == "brands" && (venueKinds[parts[1]] || venueKinds[parts[2]]) {
			letter = "V"
		}
		for _, item := range group.Items {
			if !slices.ContainsFunc(item.Where.Include, writesEnglish) {
				continue
			}
			brand := item.Name
			for _, tag := range []string{"brand:en", "name:en"} {
				if item.Tags[tag] != "" {
					brand = item.Tags[tag]
				}
			}
			brand, _, _ = strings.Cut(brand, " (")
			brand = strings.ReplaceAll(strings.TrimPrefix(strings.ToLower(brand), "the "), "’", "'")
			if len(brand) < 3 || strings.Count(brand, " ") > 4 || strings.Trim(brand, "abcdefghijklmnopqrstuvwxyz &'.-") != "" {
				continue
			}
			brand = strings.ReplaceAll(brand, " ", "_")
			if words[brand] || words[strings.TrimSuffix(brand, "s")] || strings.HasPrefix(brand, "city_of") {
				continue
			}
			if letters[brand] != "V" {
				letters[brand] = letter
			}
		}
	}
	lists := map[string][]string{}
	for brand, letter := range letters {
		lists[letter] = append(lists[letter], brand)
	}
	return lists, nil
}

// writesEnglish reports whether a location of the index is the whole world or lies
// where English is written.
func writesEnglish(location any) bool {
	code, ok := location.(string)
	if !ok {
		return false
	}
	code, _, _ = strings.Cut(code, "-")
	switch strings.ToLower(code) {
	case "001", "us", "ca", "gb", "au", "nz", "ie", "in", "za", "pk", "ph", "sg", "ng", "ke", "hk":
		return true
	}
	return false
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
