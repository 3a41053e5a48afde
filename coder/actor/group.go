package actor

import "strings"

// spellings are words of armed groups' names that are written in several ways;
// the lists have the first of each.
var spellings = [][]string{
	{"Qaeda", "Qaida", "Qaedah", "Qaidah"},
	{"Hezbollah", "Hizbollah", "Hizbullah", "Hezballah", "Hizballah", "Hezbullah"},
	{"Tehrik", "Tehreek", "Tahrik", "Tehrek"},
	{"Taliban", "Taleban"},
	{"Mohammed", "Mohammad", "Muhammad", "Mohamed"},
	{"Taiba", "Tayyiba", "Tayyaba", "Toiba", "Taibah", "Tayba"},
	{"Shabaab", "Shabab"},
	{"Jamaat", "Jamat", "Jamaah"},
	{"e", "i"}, // "Lashkar-e-Taiba", "Lashkar-i-Taiba"
}

// group gives each name of an armed group to its entry, in all its spellings.
func (g *Gazetteer) group(name string, entry int32) {
	all := [][]string{nil}
	for _, w := range aliasWords(name) {
		ways := []string{w.raw}
		for _, s := range spellings {
			if s[0] == w.raw {
				ways = s
			}
		}
		var more [][]string
		for _, begun := range all {
			for _, way := range ways {
				more = append(more, append(begun[:len(begun):len(begun)], way))
			}
		}
		all = more
	}
	for _, words := range all {
		g.addAlias(strings.Join(words, " "), entry)
	}
}

// branch: code|name|names of the whole|regions|other names
func (g *Gazetteer) branch(f []string) error {
	i := g.add(entry{code: f[0], name: f[1], class: classGroup})
	g.group(f[1], i)
	for name := range strings.SplitSeq(f[4], ";") {
		g.group(name, i)
	}
	for whole := range strings.SplitSeq(f[2], ";") {
		for region := range strings.SplitSeq(f[3], ";") {
			for _, name := range []string{
				whole + " " + region, // "ISIS-Khorasan", "Islamic State's Khorasan branch"
				whole + " " + region + " Province",
				whole + " in " + region,
				whole + " in the " + region,
				region + " branch of " + whole,
				region + " branch of the " + whole,
				region + " affiliate of " + whole,
				region + " affiliate of the " + whole,
			} {
				g.group(name, i)
			}
		}
	}
	return nil
}
