// Package lexicon knows what sort of thing a noun or a name usually stands
// for: a person, a group, a place, a time; and whether a given name is a
// man's or a woman's.
//
// In: a word in lower case. Out: its class by its most frequent sense. It
// holds lists of facts about words and looks at no context.
package lexicon

import (
	_ "embed"
	"fmt"
	"strings"
)

// Class is what a word usually stands for.
type Class byte

// The classes. None is the class of words that are not in the lists, and of
// nouns for other things. A Named class is of proper names.
const (
	None        Class = 0
	Person      Class = 'p' // "minister"
	Group       Class = 'g' // "government"
	Place       Class = 'l' // "border"
	Time        Class = 't' // "decade"
	NamedPerson Class = 'P' // "gandhi"
	NamedGroup  Class = 'G' // "nato"
	NamedPlace  Class = 'L' // "new delhi"
	City        Class = 'C' // a name that a city of some size bears: "reading", "sialkot"
)

// Gender is that of the bearers of a given name, or of the people a noun stands for.
type Gender byte

// The genders. Either is for names of both, Unknown for words in no list.
const (
	Unknown Gender = 0
	Female  Gender = 'f'
	Male    Gender = 'm'
	Either  Gender = 'e'
)

// nouns.txt has a line per class, names.txt one per gender: the letter, then
// the words in order, with an underscore for a space. Made by "train lexicon"
// from WordNet 3.1 (Princeton University, WordNet licence), the cities of
// GeoNames with 50,000 inhabitants or more (CC BY 4.0), the first names of
// Moby Word II (public domain) and cspell's names of people (MIT); these last
// stand under "s", for family names, where Moby Word does not have them.
//
//go:embed nouns.txt
var nouns string

//go:embed names.txt
var names string

// brands.txt has a line for chains of shops, restaurants and hotels ("V") and
// one for other firms and public bodies ("G"). Made by "train lexicon" from the
// name suggestion index (BSD-3-Clause) and cspell's words of companies' names
// (MIT), less the words that mean something else too.
//
//go:embed brands.txt
var brands string

// countries.txt is kept by hand: the states of the world by the names that
// texts in English give them, in lower case, with an underscore for a space.
//
//go:embed countries.txt
var countries string

// organizations.txt is kept by hand: well-known bodies, firms and media, in
// lower case, with an underscore for a space.
//
//go:embed organizations.txt
var organizations string

// bodies.txt is kept by hand like organizations.txt, for more names of agencies,
// armed groups, parties, media and teams. They have no Class: a model of names
// that saw as many bodies in a list would lean on the list and miss the others.
//
//go:embed bodies.txt
var bodies string

// Lexicon holds the lists. It is read-only and safe for concurrent use.
type Lexicon struct {
	classes   map[string]Class
	given     map[string]Gender
	countries map[string]bool
	venues    map[string]bool
	bodies    map[string]bool
	families  map[string]bool
}

// Load reads the embedded lists.
func Load() (*Lexicon, error) {
	l := &Lexicon{classes: make(map[string]Class, strings.Count(nouns, " ")), given: make(map[string]Gender, strings.Count(names, " ")),
		venues: map[string]bool{}, bodies: map[string]bool{}, families: map[string]bool{}}
	for line := range strings.Lines(nouns) {
		class, words, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok || len(class) != 1 || !strings.Contains("pgltPGLC", class) {
			return nil, fmt.Errorf("load lexicon: no class of nouns %q", class)
		}
		for w := range strings.SplitSeq(words, " ") {
			l.classes[strings.ReplaceAll(w, "_", " ")] = Class(class[0])
		}
	}
	for line := range strings.Lines(brands) {
		letter, words, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		for w := range strings.SplitSeq(words, " ") {
			name := strings.ReplaceAll(w, "_", " ")
			if letter == "V" {
				l.venues[name] = true
			} else if l.classes[name] == None {
				l.classes[name] = NamedGroup
			}
		}
	}
	for w := range strings.FieldsSeq(organizations) {
		// A common noun stays one: "dawn" is a newspaper only sometimes.
		switch name := strings.ReplaceAll(w, "_", " "); l.classes[name] {
		case None, NamedPerson, NamedPlace, City:
			l.classes[name] = NamedGroup
		}
	}
	for w := range strings.FieldsSeq(bodies) {
		l.bodies[strings.ReplaceAll(w, "_", " ")] = true
	}
	l.countries = map[string]bool{}
	for w := range strings.FieldsSeq(countries) {
		name := strings.ReplaceAll(w, "_", " ")
		l.countries[name] = true
		if len(name) > 3 { // "us" is a pronoun more often
			l.classes[name] = NamedPlace
		}
	}
	for line := range strings.Lines(names) {
		gender, words, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok || len(gender) != 1 || !strings.Contains("fmes", gender) {
			return nil, fmt.Errorf("load lexicon: no gender %q", gender)
		}
		for w := range strings.SplitSeq(words, " ") {
			if gender == "s" {
				l.families[w] = true
			} else {
				l.given[w] = Gender(gender[0])
			}
		}
	}
	return l, nil
}

// Class gives the class of a noun or name in lower case; a name of several
// words has single spaces.
func (l *Lexicon) Class(word string) Class { return l.classes[word] }

// IsCountry reports whether a state bears the name, in lower case.
func (l *Lexicon) IsCountry(name string) bool { return l.countries[name] }

// IsVenue reports whether a chain of shops, restaurants or hotels bears the
// name, in lower case.
func (l *Lexicon) IsVenue(name string) bool { return l.venues[name] }

// IsBody reports whether an agency, armed group, party, medium or team known
// far and wide bears the name, in lower case.
func (l *Lexicon) IsBody(name string) bool { return l.bodies[name] || l.classes[name] == NamedGroup }

// IsFamily reports whether people bear the name, in lower case, and it is no
// common given name.
func (l *Lexicon) IsFamily(name string) bool { return l.families[name] }

// Names yields every name in the lists with its class, in no order.
func (l *Lexicon) Names(yield func(name string, class Class) bool) {
	for name, class := range l.classes {
		if !yield(name, class) {
			return
		}
	}
	for name := range l.given {
		if l.classes[name] == None && !yield(name, NamedPerson) {
			return
		}
	}
}

// Families yields every name for which IsFamily holds, in no order.
func (l *Lexicon) Families(yield func(name string) bool) { yieldKeys(l.families, yield) }

// Venues yields every name for which IsVenue holds, in no order.
func (l *Lexicon) Venues(yield func(name string) bool) { yieldKeys(l.venues, yield) }

func yieldKeys(set map[string]bool, yield func(string) bool) {
	for name := range set {
		if !yield(name) {
			return
		}
	}
}

// Given gives the gender of a given name in lower case.
func (l *Lexicon) Given(name string) Gender { return l.given[name] }
