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
	"air chief marshal": "Air Chief Marshal", "commander": "Commander", "lieutenant": "Lieutenant", "sergeant": "Sergeant",
}

// offices of which one is held or has been held.
var offices = []string{"president", "vice president", "prime minister", "premier", "chancellor", "foreign minister", "defence minister", "defense minister",
	"finance minister", "interior minister", "secretary of state", "secretary of defense", "secretary", "minister", "ambassador", "senator", "governor", "chairman", "director", "adviser", "advisor", "spokesman", "spokesperson"}

// gone are the words that say an office is no longer held.
var gone = map[string]bool{"former": true, "ex": true, "then": false, "late": true, "ousted": true, "onetime": true, "erstwhile": true}

// titled is one mention of a person with the title before it.
type titled struct {
	account *Account
	actor   *chancery.Actor
	at      chancery.ByteRange // title and mention
	ladder  ladder
	title   string // "Field Marshal", "president"
	past    bool   // "former"
}

// titles reads the title that stands right before a mention, when one does.
func titles(a *Account, actor *chancery.Actor) []titled {
	var out []titled
	text := a.Article.Text
	for _, m := range actor.Mentions {
		from := m.Start
		// The mention may hold its own title: "Field Marshal Asim Munir".
		name := strings.LastIndex(m.Of(text), lastName(actor.Name))
		end := m.End
		if name >= 0 {
			end = m.Start + name
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
				t.account, t.actor, t.at = a, actor, m
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

// rolesDisagree finds people whose grade or office differs between accounts, or
// within one.
func rolesDisagree(x *index) []Finding {
	byPerson := map[string][]titled{}
	for i := range x.accounts {
		a := &x.accounts[i]
		for k := range a.Reading.Actors {
			if actor := &a.Reading.Actors[k]; actor.Kind == "person" {
				key := personKey(actor.Name)
				byPerson[key] = append(byPerson[key], titles(a, actor)...)
			}
		}
	}
	var out []Finding
	for _, person := range sortedKeys(byPerson) {
		all := firstOf(byPerson[person], func(t titled) string { return t.account.Article.ID }, func(t titled) string { return t.String() })
		reported := map[string]bool{}
		for i := range all {
			for j := i + 1; j < len(all); j++ {
				a, b := &all[i], &all[j]
				if a.ladder != b.ladder || x.superseded(a.account.Article, b.account.Article) {
					continue
				}
				one, two := a.String(), b.String()
				if a.ladder == sitting && (a.past == b.past || a.title != b.title) || one == two {
					continue
				}
				// Once for each two articles and titles; merge puts them together.
				key := a.account.Article.ID + one + "|" + b.account.Article.ID + two
				if reported[key] {
					continue
				}
				reported[key] = true
				// Accounts far apart in time may both be right: people rise and step down.
				sure := .9
				if p, q := a.account.Article.Published, b.account.Article.Published; !p.IsZero() && !q.IsZero() {
					if gap := p.First().Sub(q.First()).Abs().Hours() / 24; gap > 365 {
						sure = .4
					}
				}
				out = append(out, Finding{Kind: RolesDisagree, Sure: sure, About: "rank or office of " + cmp.Or(commonName(all), person),
					Passages: []Passage{mentionPassage(a.account, a.at, one), mentionPassage(b.account, b.at, two)}})
			}
		}
	}
	return out
}

// commonName is the name that most of the mentions of a person resolve to.
func commonName(all []titled) string {
	count := map[string]int{}
	for i := range all {
		count[all[i].actor.Name]++
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

func mentionPassage(a *Account, m chancery.ByteRange, says string) Passage {
	s, _ := sentenceOf(a, m)
	return passage(a.Article, s, "", says)
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

// firstOf keeps what each article says once, and of each thing said alike the
// first few articles': the others would only say it again.
func firstOf[T any](all []T, article, says func(T) string) []T {
	seen, count := map[string]bool{}, map[string]int{}
	return slices.DeleteFunc(slices.Clone(all), func(t T) bool {
		key := article(t) + "|" + says(t)
		if seen[key] {
			return true
		}
		seen[key] = true
		count[says(t)]++
		return count[says(t)] > crowded/2
	})
}

// twoNames finds people whose name is spelled in two ways.
func twoNames(x *index) []Finding {
	type spelled struct {
		account *Account
		actor   *chancery.Actor
		word    string
	}
	byKey := map[string][]spelled{}
	for i := range x.accounts {
		a := &x.accounts[i]
		for k := range a.Reading.Actors {
			actor := &a.Reading.Actors[k]
			if actor.Kind != "person" || len(actor.Mentions) == 0 {
				continue
			}
			for _, word := range spellings(a.Article.Text, actor) {
				byKey[skeleton(word)] = append(byKey[skeleton(word)], spelled{a, actor, word})
			}
		}
	}
	var out []Finding
	for _, key := range sortedKeys(byKey) {
		all := firstOf(byKey[key], func(s spelled) string { return s.account.Article.ID }, func(s spelled) string { return s.word })
		reported := map[string]bool{}
		for i := range all {
			for j := i + 1; j < len(all); j++ {
				a, b := &all[i], &all[j]
				if a.word == b.word || len(a.word) < 4 || len(b.word) < 4 || x.superseded(a.account.Article, b.account.Article) {
					continue
				}
				if distance(a.word, b.word) > 2 || !sameStanding(a.actor, b.actor) {
					continue
				}
				k := a.account.Article.ID + a.word + "|" + b.account.Article.ID + b.word
				if reported[k] {
					continue
				}
				reported[k] = true
				out = append(out, Finding{Kind: TwoNames, Sure: .85, About: "spelling of " + a.actor.Name, Passages: []Passage{
					mentionPassage(a.account, firstMention(a.account.Article.Text, a.actor, a.word), a.word),
					mentionPassage(b.account, firstMention(b.account.Article.Text, b.actor, b.word), b.word),
				}})
			}
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

// sameStanding reports whether two actors of like names may be one person: the
// same code, and given names that agree where both have one.
func sameStanding(a, b *chancery.Actor) bool {
	if s, t := stateOf(a.Code), stateOf(b.Code); s != "" && t != "" && s != t {
		return false
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
