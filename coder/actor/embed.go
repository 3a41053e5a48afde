package actor

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

// The embedded lists are facts in plain text; SOURCES.md says where each comes
// from and under which licence.
//
//go:embed data/countries.txt data/bodies.txt data/places.txt data/holders.txt data/others.txt data/seats.txt data/branches.txt data/generic.txt
var lists embed.FS

// loadEmbedded reads the embedded lists. An error is a fault of the lists.
func (g *Gazetteer) loadEmbedded() error {
	var err error
	if g.agents, err = loadAgents(agentsText); err != nil {
		return err
	}
	for _, list := range []struct {
		name   string
		fields int
		row    func(f []string) error
	}{
		{"countries.txt", 5, g.country},
		{"bodies.txt", 3, g.body},
		{"branches.txt", 5, g.branch},
		{"places.txt", 2, g.place},
		{"seats.txt", 4, g.seat},
		{"holders.txt", 5, g.holder},
		{"others.txt", 1, g.other},
		{"generic.txt", 1, g.generic},
	} {
		if err := g.readList(list.name, list.fields, list.row); err != nil {
			return err
		}
	}
	return nil
}

func (g *Gazetteer) readList(name string, fields int, row func(f []string) error) error {
	b, err := lists.ReadFile("data/" + name)
	if err != nil {
		return err
	}
	n := 0
	f := make([]string, fields)
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		rest := line
		for i := range f {
			field, after, more := strings.Cut(rest, "|")
			if more == (i == fields-1) {
				return fmt.Errorf("%s:%d: want %d fields", name, n, fields)
			}
			f[i], rest = field, after
		}
		if err := row(f); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

// country: code|names|adjectives|people|seats of government
func (g *Gazetteer) country(f []string) error {
	code := f[0]
	name, _, _ := strings.Cut(f[1], ";")
	e := entry{code: code, name: name}
	put := func(class class, field string) {
		if field == "" {
			return
		}
		e.class = class
		i := g.add(e)
		for alias := range strings.SplitSeq(field, ";") {
			g.addAlias(alias, i)
			if class == classAdjective {
				if s := peopleOf(alias); s != "" {
					e.class = classPeople
					g.addAlias(s, g.add(e))
					e.class = classAdjective
				}
			}
		}
	}
	put(classState, f[1])
	put(classAdjective, f[2])
	put(classPeople, f[3])
	put(classCapital, f[4])
	g.states[code] = name
	return nil
}

// body: code|kind|names
func (g *Gazetteer) body(f []string) error {
	name, _, _ := strings.Cut(f[2], ";")
	e := entry{code: f[0], name: name, class: classBody}
	if f[1] == "g" {
		e.class = classGroup
	}
	separate := f[1] == "b" || f[1] == "m" || f[1] == "n" // a line of its own for each would be long
	i := g.add(e)
	for alias := range strings.SplitSeq(f[2], ";") {
		if separate && alias != name {
			e.name = alias
			i = g.add(e)
		}
		if e.class == classGroup {
			g.group(alias, i)
			continue
		}
		g.addAlias(alias, i)
	}
	return nil
}

// place: state|names
func (g *Gazetteer) place(f []string) error {
	for name := range strings.SplitSeq(f[1], ";") {
		g.addAlias(name, g.add(entry{code: f[0], name: name, class: classPlace}))
	}
	return nil
}

// holder: code|names|office|first day|last day
func (g *Gazetteer) holder(f []string) error {
	name, _, _ := strings.Cut(f[1], ";")
	e := entry{code: f[0], name: name, role: f[2], class: classPerson}
	var err error
	if e.since, err = parseDay(f[3], false); err != nil {
		return err
	}
	if e.until, err = parseDay(f[4], true); err != nil {
		return err
	}
	full := g.add(e)
	e.class = classSurname
	short := int32(-1)
	for alias := range strings.SplitSeq(f[1], ";") {
		if strings.ContainsAny(alias, " -") {
			g.addAlias(alias, full)
			continue
		}
		if short < 0 {
			short = g.add(e)
		}
		g.addAlias(alias, short)
	}
	return nil
}

// other: names that are no actors
func (g *Gazetteer) other(f []string) error {
	i := g.add(entry{name: "", class: classOther})
	for name := range strings.SplitSeq(f[0], ";") {
		g.addAlias(name, i)
	}
	return nil
}

// generic: a name that other states' bodies have as well
func (g *Gazetteer) generic(f []string) error {
	words := aliasWords(f[0])
	key := make([]string, len(words))
	for i, w := range words {
		key[i] = w.fold
	}
	found := g.aliases[strings.Join(key, " ")]
	if len(found) == 0 {
		return fmt.Errorf("%q is in no other list", f[0])
	}
	for i := range found {
		found[i].generic = true
	}
	return nil
}

// peopleOf gives the plural noun of an adjective, "" when it has none of its
// own: Pakistani, Pakistanis; Chinese, Chinese.
func peopleOf(adjective string) string {
	switch adjective[len(adjective)-1] {
	case 'n', 'i', 'o', 'r', 'k', 't', 'a', 'c', 'b':
		return adjective + "s"
	}
	return ""
}

// parseDay reads "2025-01-20", "2025-01", "2025" or "" as a number like 20250120.
// A short date is its first day, or with last its last.
func parseDay(s string, last bool) (int32, error) {
	if s == "" {
		return 0, nil
	}
	digits := strings.ReplaceAll(s, "-", "")
	n, err := strconv.ParseUint(digits, 10, 31)
	if err != nil {
		return 0, fmt.Errorf("date %q (want 2025, 2025-06 or 2025-06-18)", s)
	}
	switch {
	case len(digits) == 4 && last:
		n = n*10000 + 1231
	case len(digits) == 4:
		n = n*10000 + 101
	case len(digits) == 6 && last:
		n = n*100 + 31
	case len(digits) == 6:
		n = n*100 + 1
	case len(digits) != 8:
		return 0, fmt.Errorf("date %q (want 2025, 2025-06 or 2025-06-18)", s)
	}
	return int32(n), nil
}
