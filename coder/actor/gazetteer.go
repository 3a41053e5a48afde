package actor

import (
	"fmt"
	"strings"

	"chancery/english/lexicon"
)

// Options says what a Gazetteer knows beyond the embedded lists.
type Options struct {
	// UserLists are paths of lists of actors, in CSV (see ReadCSV) or in
	// PETRARCH's dictionary format (see ReadPetrarch). A later list
	// overrides an earlier one and every list overrides the embedded data.
	UserLists []string
}

// class is how a name stands for its entry.
type class uint8

const (
	classState     class = iota // a state's name
	classAdjective              // "Pakistani"
	classPeople                 // "Pakistanis", "Turks"
	classCapital                // a seat of government: "Islamabad", "the Kremlin"
	classPlace                  // a town or region of a state: "Lahore"
	classSeat                   // a body where it acts, else a place: "Brussels"
	classBody                   // an organisation
	classGroup                  // an armed group
	classPerson                 // a person's name
	classSurname                // a person's name cut short
	classOther                  // no actor: "the South China Sea"
)

// entry is one thing a name can stand for, within a time.
type entry struct {
	code  string // PAK, USAMIL, TALIBAN
	name  string // canonical: "Pakistan"
	role  string // a person's office, "" when not known
	class class
	since int32 // first day, as 20250120; 0 for open
	until int32 // last day; 0 for open
	rank  uint8 // user's lists are 1 and more, the embedded data 0
}

// alias ties a name to an entry.
type alias struct {
	entry int32 // index in Gazetteer.entries
	caps  bool  // an acronym: matched in capitals only

	generic bool // not matched behind a state's name or another capitalised word
}

// Gazetteer knows names and what they stand for. The zero value knows none.
type Gazetteer struct {
	entries []entry
	aliases map[string][]alias // folded words joined by a space
	longest map[string]uint8   // folded first word: words in the longest alias that starts with it
	seats   map[int32]seat     // of the entries that are seats
	states  map[string]string  // canonical name of each state's code
	agents  agents
	nouns   *lexicon.Lexicon // what sort of thing other nouns and given names stand for
}

// New makes a Gazetteer of the embedded lists and those of opts. The error
// names the list and the line.
func New(opts Options) (*Gazetteer, error) {
	g := &Gazetteer{
		aliases: make(map[string][]alias, 1<<15),
		longest: make(map[string]uint8, 1<<13),
		seats:   make(map[int32]seat, 64),
		states:  make(map[string]string, 256),
	}
	var err error
	if g.nouns, err = lexicon.Load(); err != nil {
		return nil, fmt.Errorf("load the actors: %w", err)
	}
	if err := g.loadEmbedded(); err != nil {
		return nil, fmt.Errorf("load the actors: %w", err)
	}
	for i, path := range opts.UserLists {
		if err := g.loadUserList(path, uint8(min(i+1, 255))); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (g *Gazetteer) add(e entry) int32 {
	g.entries = append(g.entries, e)
	return int32(len(g.entries) - 1)
}

// addAlias makes name stand for the entry. Names without letters are ignored.
func (g *Gazetteer) addAlias(name string, entry int32) {
	words := aliasWords(name)
	if len(words) == 0 || len(words) > 255 {
		return
	}
	g.addWords(words, entry)
}

func (g *Gazetteer) addWords(words []word, entry int32) {
	caps := true
	key := words[0].fold
	for i, w := range words {
		caps = caps && isCaps(w.raw)
		if i > 0 {
			key += " " + w.fold
		}
	}
	for _, a := range g.aliases[key] {
		if a.entry == entry {
			return
		}
	}
	g.aliases[key] = append(g.aliases[key], alias{entry: entry, caps: caps})
	g.longest[words[0].fold] = max(g.longest[words[0].fold], uint8(len(words)))
}

// match is a name of the gazetteer found in a sentence.
type match struct {
	first, last int // token indices, both included
	words       int // how many words it covers
	aliases     []alias
}

// longestAt gives the longest name that starts at words[i].
func (g *Gazetteer) longestAt(words []word, i int, buf []byte) (match, bool) {
	n := int(g.longest[words[i].fold])
	if n == 0 {
		return match{}, false
	}
	var ends [256]int
	buf = append(buf[:0], words[i].fold...)
	ends[1] = len(buf)
	n = min(n, len(words)-i)
	for k := 1; k < n; k++ {
		if words[i+k].fold == "" {
			n = k
			break
		}
		buf = append(append(buf, ' '), words[i+k].fold...)
		ends[k+1] = len(buf)
	}
	for k := n; k > 0; k-- {
		found := g.aliases[string(buf[:ends[k]])]
		if len(found) == 0 {
			continue
		}
		if fits := fitting(found, words[i:i+k]); len(fits) > 0 {
			return match{words[i].token, words[i+k-1].last, k, fits}, true
		}
	}
	return match{}, false
}

// fitting keeps the aliases whose case the words have. "us" is not "US", and
// "turkey" is not "Turkey"; long acronyms are also printed "Nato".
func fitting(found []alias, words []word) []alias {
	caps, capital := true, false
	letters := 0
	for _, w := range words {
		caps = caps && (isCaps(w.raw) || strings.ToLower(w.raw) == w.raw && !isLetters(w.raw))
		capital = capital || isCapitalized(w.raw)
		letters += len(w.raw)
	}
	ok := func(a alias) bool {
		if a.caps {
			return caps || letters >= 4 && capital
		}
		return capital
	}
	all := true
	for _, a := range found {
		all = all && ok(a)
	}
	if all {
		return found
	}
	var fits []alias
	for _, a := range found {
		if ok(a) {
			fits = append(fits, a)
		}
	}
	return fits
}

func isLetters(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return true
		}
	}
	return false
}

// holds reports whether the entry is valid on day (as 20250120); day 0 is now,
// which only the open-ended and latest entries hold.
func (e *entry) holds(day int32) bool {
	if day == 0 {
		return e.until == 0
	}
	return (e.since == 0 || e.since <= day) && (e.until == 0 || day <= e.until)
}

// given reports whether a folded word is a common given name.
func (g *Gazetteer) given(fold string) bool { return g.nouns.Given(fold) != lexicon.Unknown }
