package actor

import (
	_ "embed"
	"fmt"
	"strings"
)

// noun is what the lexicon knows of a noun that denotes actors.
type noun struct {
	sector string
	person bool // a person or persons, not a body
	weak   bool // takes the sector or the code of a modifier
	needs  need
	title  bool // also stands before a person's name
	words  int  // how many words the noun has
}

// need is what must stand beside a noun to make it an actor.
type need uint8

const (
	needsNothing    need = iota
	needsDeterminer      // a modifier that names an actor, or "the", "its"
	needsActor           // a modifier that names an actor
	needsBody            // a modifier that names an organisation
)

// agents holds the nouns under their folded singular, words joined by a space.
type agents struct {
	nouns   map[string]noun
	longest int // words of the longest noun
}

//go:embed data/agents.txt
var agentsText string

func loadAgents(text string) (agents, error) {
	l := agents{nouns: make(map[string]noun, 2048)}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "|")
		if len(fields) != 3 {
			return l, fmt.Errorf("agents.txt:%d: %d fields, want 3", n, len(fields))
		}
		v := noun{sector: fields[0]}
		for _, f := range fields[1] {
			switch f {
			case 'p':
				v.person = true
			case 'b':
			case 'w':
				v.weak = true
			case 'm':
				v.needs = needsActor
			case 'o':
				v.needs = needsBody
			case 'd':
				v.needs = max(v.needs, needsDeterminer)
			case 't':
				v.title = true
			default:
				return l, fmt.Errorf("agents.txt:%d: unknown flag %q", n, f)
			}
		}
		for name := range strings.SplitSeq(fields[2], ";") {
			l.add(name, v)
		}
	}
	return l, nil
}

func (l *agents) add(name string, v noun) {
	words := aliasWords(name)
	if len(words) == 0 {
		return
	}
	key := words[0].fold
	for _, w := range words[1:] {
		key += " " + w.fold
	}
	v.words = len(words)
	if _, known := l.nouns[key]; !known {
		l.nouns[key] = v
		l.longest = max(l.longest, len(words))
	}
}

// override sets the sector of a noun from a user's list.
func (l *agents) override(name, sector string) {
	words := aliasWords(name)
	if len(words) == 0 || len(words) > 8 {
		return
	}
	key := words[0].fold
	for _, w := range words[1:] {
		key += " " + w.fold
	}
	v := l.nouns[key]
	v.sector, v.words, v.needs = sector, len(words), needsNothing
	l.nouns[key] = v
	l.longest = max(l.longest, len(words))
}

// singular gives the forms under which a noun may be listed, the likeliest first.
func singular(fold string) [3]string {
	forms := [3]string{fold}
	n := 1
	add := func(s string) {
		forms[n] = s
		n++
	}
	switch {
	case fold == "men":
		add("man")
	case strings.HasSuffix(fold, "men") && len(fold) > 3:
		add(fold[:len(fold)-2] + "an")
	case strings.HasSuffix(fold, "ies") && len(fold) > 4:
		add(fold[:len(fold)-3] + "y")
		add(fold[:len(fold)-1])
	case strings.HasSuffix(fold, "es") && len(fold) > 4:
		add(fold[:len(fold)-1])
		add(fold[:len(fold)-2])
	case fold == "persons":
		add("people")
	case strings.HasSuffix(fold, "s") && !strings.HasSuffix(fold, "ss") && len(fold) > 2:
		add(fold[:len(fold)-1])
	case fold == "children":
		add("child")
	}
	return forms
}
