package collate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery"
)

// A rank is an office or a military grade that stands before a name. Two of one
// ladder exclude each other at one time.
type ladder int

const (
	noLadder ladder = iota
	military
	sitting // with or without "former"
)

// ranks are the grades of NATO's and the Commonwealth's armed forces, in full
// and as the press shortens them. Several lines of a text may give one grade in
// different words; the second column is what they agree on.
var ranks = map[string]string{
	"field marshal": "Field Marshal", "marshal": "Marshal", "general": "General", "gen": "General",
	"lieutenant general": "Lieutenant General", "lt gen": "Lieutenant General", "lt general": "Lieutenant General",
	"major general": "Major General", "maj gen": "Major General", "brigadier": "Brigadier", "brigadier general": "Brigadier General",
	"colonel": "Colonel", "col": "Colonel", "lieutenant colonel": "Lieutenant Colonel", "lt col": "Lieutenant Colonel",
	"major": "Major", "captain": "Captain", "admiral": "Admiral", "vice admiral": "Vice Admiral", "air marshal": "Air Marshal",
	"air chief marshal": "Air Chief Marshal", "air vice marshal": "Air Vice Marshal", "air commodore": "Air Commodore", "group captain": "Group Captain",
	"wing commander": "Wing Commander", "squadron leader": "Squadron Leader", "commodore": "Commodore", "rear admiral": "Rear Admiral", "corporal": "Corporal", "commander": "Commander", "lieutenant": "Lieutenant", "sergeant": "Sergeant",
}

// offices of which one is held or has been held.
var offices = []string{"president", "vice president", "prime minister", "premier", "chancellor", "foreign minister", "defence minister", "defense minister",
	"finance minister", "interior minister", "secretary of state", "secretary of defense", "secretary", "minister", "ambassador", "senator", "governor", "chairman", "director", "adviser", "advisor", "spokesman", "spokesperson"}

// gone are the words that say an office is no longer held.
var gone = map[string]bool{"former": true, "ex": true, "then": false, "late": true, "ousted": true, "onetime": true, "erstwhile": true}

// titled is a title that stands before a name.
type titled struct {
	at     chancery.ByteRange // the mention
	ladder ladder
	title  string // "Field Marshal", "president"
	past   bool   // "former"
}

// titles reads the title that stands right before a mention, when one does.
func titles(a Account, actor *chancery.Actor) []titled {
	var out []titled
	text := a.Article.Text
	for _, m := range actor.Mentions {
		from := m.Start
		// The mention may hold its own title: "Field Marshal Asim Munir".
		name := strings.LastIndex(m.Of(text), lastName(actor.Name))
		end := m.End
		if name >= 0 {
			end = m.Start + name
		} else if m.Of(text) == strings.ToLower(m.Of(text)) {
			continue // "the general": no title before a name
		}
		stop := max(sentenceBreak(text[:from]), from-70)
		for stop < len(text) && stop < end && !isBoundary(text, stop) {
			stop++
		}
		if stop >= end {
			continue
		}
		before := plainWords(text[stop:end])
		given := plainWords(actor.Name)
		// Given names and initials may stand between the title and the last name.
		for ; len(before) > 0; before = before[:len(before)-1] {
			if t, ok := readTitle(before); ok {
				t.at = m
				out = append(out, t)
				break
			}
			if w := before[len(before)-1]; !slices.Contains(given, w) && len([]rune(w)) > 1 {
				break
			}
		}
	}
	return out
}

// sentenceBreak gives the place after the last mark that ends what comes before;
// the point of an abbreviation ("U.S.", "Lt.") ends nothing.
func sentenceBreak(text string) int {
	for end := len(text); ; {
		i := strings.LastIndexAny(text[:end], ".\n;:(“\"")
		if i < 0 {
			return 0
		}
		word := text[strings.LastIndexAny(text[:i], " \n.(“\"")+1 : i]
		if text[i] != '.' || len(word) > 1 && ranks[strings.ToLower(word)] == "" && !abbreviations[strings.ToLower(word)] {
			_, size := utf8.DecodeRuneInString(text[i:])
			return i + size
		}
		end = i
	}
}

// abbreviations of titles that are no grade by themselves.
var abbreviations = map[string]bool{"lt": true, "maj": true, "mr": true, "mrs": true, "ms": true, "dr": true, "sen": true, "gov": true, "rep": true}

func isBoundary(text string, i int) bool { return i == 0 || text[i]&0xC0 != 0x80 }

// readTitle reads a title off the end of the words before a name.
func readTitle(before []string) (titled, bool) {
	n := len(before)
	for size := min(3, n); size >= 1; size-- {
		phrase := strings.Join(before[n-size:], " ")
		if r, ok := ranks[phrase]; ok {
			return titled{ladder: military, title: r}, true
		}
		if slices.Contains(offices, phrase) {
			t := titled{ladder: sitting, title: phrase}
			for _, w := range before[max(0, n-size-3) : n-size] {
				t.past = t.past || gone[w]
			}
			return t, true
		}
	}
	return titled{}, false
}

func lastName(name string) string {
	if i := strings.LastIndexByte(name, ' '); i >= 0 {
		return name[i+1:]
	}
	return name
}

// titleClues gives the grades and offices of the people of an account, each once.
// They meet under the person.
func titleClues(a Account) []Clue {
	var out []Clue
	seen := map[string]bool{}
	for k := range a.Reading.Actors {
		actor := &a.Reading.Actors[k]
		if actor.Kind != "person" {
			continue
		}
		key := personKey(actor.Name)
		for _, t := range titles(a, actor) {
			if seen[key+"|"+t.String()] {
				continue
			}
			seen[key+"|"+t.String()] = true
			s, _ := sentenceOf(a, t.at)
			out = append(out, Clue{Kind: TitleClue, Keys: keysOf(TitleClue, []string{key}), Sentence: s, Says: t.String(), Name: actor.Name, Ladder: t.ladder, Title: t.title, Past: t.past})
		}
	}
	return out
}

// rolesDisagree finds grades or offices of one person that differ between
// accounts, or within one.
func rolesDisagree(all []Met) []Finding {
	all = firstFew(all)
	var out []Finding
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			a, b := &all[i], &all[j]
			if a.Ladder != b.Ladder || superseded(a.Brief, b.Brief) || a.Says == b.Says || a.Ladder == sitting && (a.Past == b.Past || a.Title != b.Title) {
				continue
			}
			// Accounts far apart in time may both be right: people rise and step down.
			sure := .9
			if p, q := a.Brief.Published, b.Brief.Published; p != NoDay && q != NoDay && abs(p-q) > 365 {
				sure = .4
			}
			out = append(out, Finding{Kind: RolesDisagree, Sure: sure, About: "rank or office of " + commonName(all), Passages: []Passage{a.passage(), b.passage()}})
		}
	}
	return out
}

// commonName is the name that most of the mentions of a person resolve to.
func commonName(all []Met) string {
	count := map[string]int{}
	for i := range all {
		count[all[i].Name]++
	}
	best := ""
	for _, name := range sortedKeys(count) {
		if best == "" || count[name] > count[best] {
			best = name
		}
	}
	return best
}

func (t *titled) String() string {
	if t.past {
		return "former " + t.title
	}
	return t.title
}

// personKey brings together the full and the short name of a person, spelled
// alike or not: the consonants of the last name.
func personKey(name string) string {
	w := plainWords(name)
	if len(w) == 0 {
		return ""
	}
	return skeleton(w[len(w)-1])
}

// skeleton drops what transliterations differ in: vowels, doubled letters, and
// h after a consonant.
func skeleton(w string) string {
	var b strings.Builder
	var last rune
	for i, r := range w {
		switch {
		case !unicode.IsLetter(r):
			continue
		case i > 0 && strings.ContainsRune("aeiouyhw", r):
			continue
		case r == 'q' || r == 'c':
			r = 'k'
		case r == 'z':
			r = 's'
		}
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// spellingClues gives the spellings of the last names of the people of an
// account, each once, where it stands first. They meet under the name's skeleton.
func spellingClues(a Account) []Clue {
	var out []Clue
	seen := map[string]int{} // place in out
	for k := range a.Reading.Actors {
		actor := &a.Reading.Actors[k]
		// One name without a state is never told to be another's: see sameStanding.
		if actor.Kind != "person" || len(actor.Mentions) == 0 || actor.Code == "" && !strings.Contains(actor.Name, " ") {
			continue
		}
		out = append(out, givenClues(a, actor)...)
		for _, word := range spellings(a.Article.Text, actor) {
			if len(word) < 4 {
				continue
			}
			s, _ := sentenceOf(a, firstMention(a.Article.Text, actor, word))
			c := Clue{Kind: SpellingClue, Keys: keysOf(SpellingClue, []string{skeleton(word)}), Sentence: s, Says: word, Name: actor.Name, Code: actor.Code}
			if i, ok := seen[word]; !ok {
				seen[word] = len(out)
				out = append(out, c)
			} else if cmp.Or(cmp.Compare(c.Sentence.Start, out[i].Sentence.Start), strings.Compare(c.Name, out[i].Name)) < 0 {
				out[i] = c
			}
		}
	}
	return out
}

// givenClues gives the spellings of a person's given name before the last: they
// meet under both names.
func givenClues(a Account, actor *chancery.Actor) []Clue {
	var out []Clue
	for _, m := range actor.Mentions {
		w := plainWords(m.Of(a.Article.Text))
		if len(w) < 2 {
			continue
		}
		given, last := w[len(w)-2], w[len(w)-1]
		key := "given " + skeleton(given) + " " + last
		if len(given) < 4 || skeleton(last) != personKey(actor.Name) || slices.ContainsFunc(out, func(c Clue) bool { return c.Says == given }) {
			continue
		}
		s, _ := sentenceOf(a, m)
		out = append(out, Clue{Kind: SpellingClue, Keys: keysOf(SpellingClue, []string{key}), Sentence: s, Says: given, Name: last, Code: actor.Code})
	}
	return out
}

// twoNames finds people whose name is spelled in two ways.
func twoNames(all []Met) []Finding {
	all = firstFew(all)
	var out []Finding
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			a, b := &all[i], &all[j]
			if a.Says == b.Says || superseded(a.Brief, b.Brief) || distance(a.Says, b.Says) > 2 || !sameStanding(a.Clue, b.Clue) {
				continue
			}
			out = append(out, Finding{Kind: TwoNames, Sure: .85, About: "spelling of " + a.Name, Passages: []Passage{a.passage(), b.passage()}})
		}
	}
	return out
}

// spellings gives the last names under which an article mentions a person.
func spellings(text string, actor *chancery.Actor) []string {
	var out []string
	want := personKey(actor.Name)
	for _, m := range actor.Mentions {
		for _, w := range plainWords(m.Of(text)) {
			w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
			if skeleton(w) == want && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

func firstMention(text string, actor *chancery.Actor, word string) chancery.ByteRange {
	for _, m := range actor.Mentions {
		if strings.Contains(strings.ToLower(m.Of(text)), word) {
			return m
		}
	}
	return actor.Mentions[0]
}

// sameStanding reports whether two people of like names may be one person: the
// same code, and given names that agree where both have one.
func sameStanding(a, b *Clue) bool {
	if s, t := stateOf(a.Code), stateOf(b.Code); s != "" && t != "" && s != t {
		return false
	}
	if a.Name == b.Name {
		return true
	}
	x, y := plainWords(a.Name), plainWords(b.Name)
	if len(x) < 2 || len(y) < 2 {
		return a.Code == b.Code && a.Code != ""
	}
	// Given names, whatever else was taken for a part of the name before them.
	return slices.ContainsFunc(x[:len(x)-1], func(g string) bool { return slices.Contains(y[:len(y)-1], g) })
}

// stateOf is the state of a code, "" when only the sector is known.
func stateOf(code string) string {
	if slices.Contains(chancery.Sectors(), code) {
		return ""
	}
	return chancery.StateOf(code)
}

// distance is the edit distance of Levenshtein (1966).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(y)]
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
