package actor

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chancery/english"
	"chancery/english/lexicon"
)

// name is a proper name in the text.
type name struct {
	sentence    int
	first, last int // token indices, both included
	entry       int32
	class       class
	person      int32 // index in Cast.people, -1 for none
	full        int32 // index in Cast.names + 1 of the name it is short for, 0 for none
	unknown     bool  // no entry: a name the gazetteer does not have
	kind        english.NameKind
}

// findNames marks the names of the text: those of the gazetteer, then the
// persons and organisations it does not know.
func (c *Cast) findNames() {
	n := len(c.doc.Sentences)
	c.words, c.spans = make([][]word, n), make([][]int32, n)
	kinds := make([][]english.NameKind, n) // of each token, as the name tagger has it
	for _, e := range c.doc.Names {
		if e.Sentence >= n || e.Last >= len(c.doc.Sentences[e.Sentence].Tokens) {
			continue
		}
		if kinds[e.Sentence] == nil {
			kinds[e.Sentence] = make([]english.NameKind, len(c.doc.Sentences[e.Sentence].Tokens))
		}
		for t := e.First; t <= e.Last; t++ {
			kinds[e.Sentence][t] = e.Kind
		}
	}
	var buf []byte
	for s := range c.doc.Sentences {
		tokens := c.doc.Sentences[s].Tokens
		words := make([]word, 0, len(tokens)+8)
		for t := range tokens {
			words = appendWords(words, tokens[t].Form, t)
		}
		words = c.g.rejoin(words, tokens)
		c.words[s] = words
		c.spans[s] = make([]int32, len(tokens))
		shouted := isShouted(words)
		var found []match
		for i := 0; i < len(words); {
			if words[i].fold == "" {
				i++
				continue
			}
			m, ok := c.g.longestAt(words, i, buf)
			if !ok || !c.isNameHere(s, words, i, m, shouted) {
				i++
				continue
			}
			found = append(found, m)
			i += m.words
		}
		c.mergeNames(s, found, kinds[s])
	}
}

// rejoin makes one word again of the start of a name that the tokenizer took
// apart at its apostrophe: "Xi'an", "Da’esh".
func (g *Gazetteer) rejoin(words []word, tokens []english.Token) []word {
	for i := 0; i+1 < len(words); i++ {
		a, b := &words[i], &words[i+1]
		if a.fold == "" || b.fold == "" || a.last >= b.token || g.longest[a.fold+b.fold] == 0 {
			continue
		}
		_, before := utf8.DecodeLastRuneInString(tokens[a.last].Form)
		_, after := utf8.DecodeRuneInString(tokens[b.token].Form)
		apostrophe := isApostrophe(tokens[a.last].Form[len(tokens[a.last].Form)-before:]) || isApostrophe(tokens[b.token].Form[:after])
		glued := true
		for t := a.last; t < b.token; t++ {
			glued = glued && tokens[t].End == tokens[t+1].Start
			apostrophe = apostrophe || isApostrophe(tokens[t].Form)
		}
		if glued && apostrophe {
			words[i] = word{a.raw + b.raw, a.fold + b.fold, a.token, b.last}
			words = slices.Delete(words, i+1, i+2)
		}
	}
	return words
}

func isApostrophe(form string) bool { return form == "'" || form == "’" }

// isShouted reports whether a sentence is printed in capitals, where "US" and
// "WHO" are no acronyms.
func isShouted(words []word) bool {
	caps, all := 0, 0
	for _, w := range words {
		if len(w.raw) > 1 {
			all++
			if isCaps(w.raw) {
				caps++
			}
		}
	}
	return all >= 4 && caps*10 > all*7
}

// isNameHere rejects a listed word that is an ordinary one where it stands:
// "Nice weather" is not Nice, "WHO WON" not the WHO.
func (c *Cast) isNameHere(s int, words []word, i int, m match, shouted bool) bool {
	e := &c.g.entries[m.aliases[0].entry]
	if m.aliases[0].generic && i > 0 && m.first > 0 {
		// "the Philippine Congress", "Kenya's Treasury Department"
		before := &c.doc.Sentences[s].Tokens[m.first-1]
		if st, ok := c.stateEndingAt(words, i-1); ok {
			return st == c.g.stateOf(e.code)
		}
		if before.UPOS == "PROPN" || before.Form == "'s" || before.Form == "’s" || isHyphen(before.Form) || before.UPOS == "ADJ" && isCapitalized(before.Form) {
			return false
		}
	}
	if m.words > 1 || e.rank > 0 {
		return true
	}
	t := &c.doc.Sentences[s].Tokens[m.first]
	if m.aliases[0].caps {
		if shouted {
			switch words[i].fold {
			case "us", "who", "is", "car", "au", "mit", "care", "dawn", "sec", "nam", "ap":
				return t.UPOS == "PROPN" && t.XPOS != "PRP"
			}
		}
		return t.UPOS != "PRON" || words[i].raw == "US"
	}
	switch e.class {
	case classState, classCapital, classAdjective, classPeople, classSeat:
		return true
	}
	return t.UPOS == "PROPN" || (t.UPOS == "NOUN" || t.UPOS == "ADJ") && m.first > 0
}

// stateEndingAt gives the state whose name or adjective is the word at i.
func (c *Cast) stateEndingAt(words []word, i int) (string, bool) {
	for _, a := range c.g.aliases[words[i].fold] {
		if e := &c.g.entries[a.entry]; isStateClass(e.class) && c.g.stateOf(e.code) != "" {
			return e.code[:3], true
		}
	}
	return "", false
}

// choose picks what an ambiguous name stands for on the article's day: a user's
// own entry first, then a state, then who holds an office on that day.
func (g *Gazetteer) choose(aliases []alias, day int32) int32 {
	best := aliases[0].entry
	for _, a := range aliases[1:] {
		if g.better(&g.entries[a.entry], &g.entries[best], day) {
			best = a.entry
		}
	}
	return best
}

// better reports whether entry a is to be preferred to b. Ties keep b, the
// one listed earlier.
func (g *Gazetteer) better(a, b *entry, day int32) bool {
	if a.rank != b.rank {
		if ah, bh := a.holds(day), b.holds(day); ah != bh {
			return ah
		}
		return a.rank > b.rank
	}
	if ac, bc := a.class.order(), b.class.order(); ac != bc {
		return ac < bc
	}
	if ah, bh := a.holds(day), b.holds(day); ah != bh {
		return ah
	}
	if a.holds(day) {
		// Of two terms that both hold, the one for a time beats the one for ever.
		return a.since != 0 && b.since == 0
	}
	// Nobody holds it: the term nearest to the day.
	return a.distance(day) < b.distance(day)
}

// order ranks what a name most likely stands for.
func (c class) order() int {
	switch c {
	case classOther:
		return -1
	case classState, classAdjective, classPeople, classCapital, classSeat:
		return 0
	case classBody, classGroup:
		return 1
	case classPlace:
		return 2
	case classPerson:
		return 3
	}
	return 4
}

// distance is how far the entry's time is from the day, roughly in days; with
// day 0, how long ago it ended.
func (e *entry) distance(day int32) int32 {
	if day == 0 {
		day = 99999999
	}
	switch {
	case e.until != 0 && day > e.until:
		return day - e.until
	case e.since != 0 && day < e.since:
		return e.since - day
	}
	return 0
}

// mergeNames joins the gazetteer's finds with the runs of proper nouns, so that
// "Jordan" in "Michael Jordan" is no state and "Michael E. Kurilla" is one name.
func (c *Cast) mergeNames(s int, found []match, kinds []english.NameKind) {
	tokens := c.doc.Sentences[s].Tokens
	start := len(c.names)
	for f := range found {
		m := &found[f]
		e := c.g.choose(m.aliases, c.day)
		c.addName(s, name{sentence: s, first: m.first, last: m.last, entry: e, class: c.g.entries[e].class, person: -1})
	}
	for i := 0; i < len(tokens); {
		j := c.runEnd(s, i, kinds)
		if j < i {
			i++
			continue
		}
		c.readRun(s, i, j, kinds)
		i = j + 1
	}
	c.names = append(c.names[:start], slices.DeleteFunc(c.names[start:], func(n name) bool { return n.last < n.first })...)
	slices.SortStableFunc(c.names[start:], func(a, b name) int { return a.first - b.first })
	// The spans point into names, which the sort has moved.
	clear(c.spans[s])
	for i := start; i < len(c.names); i++ {
		n := &c.names[i]
		for t := n.first; t <= n.last; t++ {
			c.spans[s][t] = int32(i + 1)
		}
	}
}

func (c *Cast) addName(s int, n name) {
	c.names = append(c.names, n)
	for t := n.first; t <= n.last; t++ {
		c.spans[s][t] = int32(len(c.names))
	}
}

// nameAt gives the name over a token, nil for none.
func (c *Cast) nameAt(s, t int) *name {
	if t < 0 || t >= len(c.spans[s]) {
		return nil
	}
	if i := c.spans[s][t]; i > 0 {
		return &c.names[i-1]
	}
	return nil
}

// particles are the small words inside names of persons.
var particles = map[string]bool{"al": true, "el": true, "bin": true, "ibn": true, "ben": true, "de": true, "da": true, "do": true, "dos": true,
	"der": true, "den": true, "von": true, "van": true, "la": true, "le": true, "du": true, "di": true, "ul": true, "ur": true, "ud": true, "abu": true, "bint": true, "y": true, "e": true}

// runEnd gives the last token of the run of proper nouns that starts at i, or
// a number below i where none starts.
func (c *Cast) runEnd(s, i int, kinds []english.NameKind) int {
	tokens := c.doc.Sentences[s].Tokens
	proper := func(t int) bool {
		if isTimeWord(tokens[t].Form) {
			return false
		}
		// "National" in "National Assembly" is an adjective by UPOS.
		return (tokens[t].UPOS == "PROPN" || tokens[t].XPOS == "NNP") && isWordForm(tokens[t].Form) || kinds != nil && kinds[t] == english.Person && isCapitalized(tokens[t].Form)
	}
	if !proper(i) {
		return i - 1
	}
	j := i
	for j+1 < len(tokens) {
		switch next := &tokens[j+1]; {
		case proper(j + 1):
			j++
			continue
		case j+2 < len(tokens) && proper(j+2) && (particles[strings.ToLower(next.Form)] || isHyphen(next.Form) && glued(tokens, j+1)):
			j += 2
			continue
		case j+3 < len(tokens) && proper(j+3) && particles[strings.ToLower(next.Form)] && (isHyphen(tokens[j+2].Form) || particles[strings.ToLower(tokens[j+2].Form)]):
			j += 3
			continue
		}
		break
	}
	return j
}

// correctKind lets what stands beside a name correct the tagger: a "place" that
// is the foreign minister is a person, a "person" that is a company is none.
func (c *Cast) correctKind(s, first, last int, kind english.NameKind) english.NameKind {
	tokens := c.doc.Sentences[s].Tokens
	inside := func(t int) bool { return t >= first && t <= last }
	for j := range tokens {
		beside := -1
		switch {
		case tokens[j].Rel != "appos":
			continue
		case inside(j) && !inside(tokens[j].Head):
			beside = tokens[j].Head
		case !inside(j) && inside(tokens[j].Head):
			beside = j
		}
		if beside < 0 || c.nameAt(s, beside) != nil {
			continue
		}
		if v, ok := c.lookNoun(s, beside); ok && !isPlural(&tokens[beside]) {
			if v.person {
				return english.Person
			}
			return english.Organization
		}
	}
	if kind == english.Place && last > first && last-first < 3 && c.firstNames(foldString(tokens[first].Form)) && c.nameAt(s, first) == nil {
		return english.Person
	}
	return kind
}

// facilities end the names of places that do nothing: "Abbey Gate".
var facilities = map[string]bool{"gate": true, "bridge": true, "airport": true, "square": true, "street": true, "road": true, "avenue": true, "hall": true,
	"tower": true, "towers": true, "stadium": true, "river": true, "lake": true, "mountains": true, "valley": true, "island": true, "islands": true, "sea": true, "bay": true, "canal": true,
	"park": true, "hotel": true, "palace": true, "hospital": true, "beach": true, "highway": true, "port": true, "harbour": true, "harbor": true, "pipeline": true, "corridor": true,
	"treaty": true, "agreement": true, "accord": true, "act": true, "war": true, "prize": true, "strait": true, "ocean": true, "desert": true, "airfield": true, "crossing": true, "station": true}

// isTimeWord reports whether a word is a day or a month, which stand beside
// names: "President Thabo Mbeki Tuesday".
func isTimeWord(form string) bool {
	switch form {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
		"January", "February", "March", "July", "August", "September", "October", "November", "December":
		return true
	}
	return false
}

func isHyphen(form string) bool {
	switch form {
	case "-", "‐", "‑", "–":
		return true
	}
	return false
}

// glued reports whether token t touches both of its neighbours.
func glued(tokens []english.Token, t int) bool {
	return tokens[t-1].End == tokens[t].Start && tokens[t].End == tokens[t+1].Start
}

func isWordForm(form string) bool {
	for _, r := range form {
		return r > '~' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	return false
}

// isMonth reports whether a word is a month that is a given name as well.
func isMonth(form string) bool {
	switch form {
	case "April", "May", "June", "August":
		return true
	}
	return false
}

// readRun finds the persons and organisations in a run of proper nouns: titles,
// states and bodies at its start are set aside, and what is left is a name.
func (c *Cast) readRun(s, first, last int, kinds []english.NameKind) {
	tokens := c.doc.Sentences[s].Tokens
	titled := false
	i := first
	if first > 1 && strings.EqualFold(tokens[first-1].Form, "of") {
		if v, ok := c.lookNoun(s, first-2); ok && v.last >= first && v.last < last {
			i, titled = v.last+1, v.title // "Secretary of State Mike Pompeo"
		}
	}
	for i <= last {
		if n := c.nameAt(s, i); n != nil && n.last > last {
			return // a listed name goes on beyond the run: "Armed Forces of Colombia"
		} else if n != nil && n.first < i {
			i = n.last + 1 // a listed name that began before the run: "American Airlines"
			continue
		} else if n != nil && n.first == i {
			switch {
			case n.last == last:
				return // the whole rest is known
			case n.class == classPerson || n.class == classSurname:
				// A person's name with more after it: "Ashraf Ghani Ahmadzai".
			case n.first == n.last && n.class != classAdjective && n.class != classPeople && !isCaps(bare(tokens[i].Form)) && kindAt(kinds, i) == english.Person && kindAt(kinds, n.last+1) == english.Person && c.titleAt(s, n.last+1, last) == 0:
				// "Paris Hilton": the tagger has seen that they belong together.
			default:
				i = n.last + 1
				for i <= last && !isWordForm(tokens[i].Form) {
					i++
				}
				continue
			}
			break
		}
		if c.titleAt(s, i, last) == 0 {
			// "Islamist President Mohamed Morsi", "New Foreign Minister Ana Ruiz"; and
			// "in June General Ruiz", where June is no given name.
			if k := c.nextTitle(s, i, last); k > 0 && (!c.firstNames(foldString(tokens[i].Form)) || k == i+1 && isMonth(tokens[i].Form)) {
				i = k
				continue
			}
		}
		if k := c.titleAt(s, i, last); k > 0 {
			titled = true
			i += k
			for i <= last && !isWordForm(tokens[i].Form) {
				i++
			}
			continue
		}
		break
	}
	if i > last {
		return
	}
	if v, ok := c.lookNoun(s, i); ok && v.first < i && v.last == i && v.title && i < last {
		i, titled = i+1, true // "Field Marshal": only its end is a proper noun here
	}
	core := last - i + 1
	if core > 12 || facilities[strings.ToLower(tokens[last].Form)] && core > 1 {
		return
	}
	// The last word says that it is a body ("Khyber Rifles Regiment"): the noun
	// phrase tells who, see nominal.go.
	if v, ok := c.lookNoun(s, last); ok && (!titled || !v.person && kindAt(kinds, last) != english.Person) && (kindAt(kinds, i) != english.Person || core == 1 && v.title) {
		if core == 1 {
			return
		}
		// "Islamabad High Court": the state is a part of the name.
		for i > first && c.nameAt(s, i-1) != nil && isStateClass(c.nameAt(s, i-1).class) && c.nameAt(s, i-1).first >= first {
			i = c.nameAt(s, i-1).first
		}
		n := name{sentence: s, first: i, last: last, person: -1, unknown: true, kind: english.Organization}
		if !v.person {
			c.dropNames(s, i, last)
			c.addName(s, n)
		}
		return
	}
	kind := kindAt(kinds, i)
	if titled && kind != english.Place {
		kind = english.Person
	}
	if !titled {
		kind = c.correctKind(s, i, last, kind)
	}
	known := c.nameAt(s, last)
	if known != nil && known.first > i && known.last == last {
		// "Melania Trump", "Bank Pakistan": the find is but a part.
		switch known.class {
		case classState, classAdjective, classPeople, classCapital, classPlace, classSeat:
			if kind != english.Person {
				return
			}
		case classBody, classGroup, classOther:
			if kind != english.Person {
				return
			}
		case classPerson, classSurname:
			if kind == "" {
				kind = english.Person
			}
		}
	}
	if kind == "" && core >= 2 && core <= 4 && c.firstNames(foldString(tokens[i].Form)) {
		kind = english.Person
	}
	if kind == english.Person && core >= 3 {
		if e, ok := c.outer(s, i, last); ok {
			c.dropNames(s, i, last)
			c.addName(s, name{sentence: s, first: i, last: last, entry: e, class: classPerson, person: -1})
			return
		}
	}
	if known != nil && kind != english.Person {
		return
	}
	if kind == "" && core == 1 && !c.knownSurname(s, i) && !(first == last && c.acts(s, i)) {
		return
	}
	if kind == "" && core > 1 {
		kind = english.Organization
	}
	if kind == english.Organization && i > first && c.nameAt(s, first) != nil && kindAt(kinds, first) == kind {
		i = first // "China Merchants Port": the state is a part of the name
	}
	c.dropNames(s, i, last)
	c.addName(s, name{sentence: s, first: i, last: last, person: -1, unknown: true, kind: kind})
}

// acts reports whether an unknown single name stands where actors do.
func (c *Cast) acts(s, t int) bool {
	tok := &c.doc.Sentences[s].Tokens[t]
	if len(tok.Form) < 3 || isPlural(tok) || isTimeWord(tok.Form) || c.g.nouns.Class(foldString(tok.Form)) != lexicon.None && c.g.nouns.Class(foldString(tok.Form)) != lexicon.NamedPerson {
		return false
	}
	switch tok.Rel {
	case "nsubj", "nsubj:pass", "obl:agent":
		return true
	}
	return false
}

func kindAt(kinds []english.NameKind, t int) english.NameKind {
	if kinds == nil || t >= len(kinds) {
		return ""
	}
	return kinds[t]
}

// dropNames takes back the names found within a longer one.
func (c *Cast) dropNames(s, first, last int) {
	for i := len(c.names) - 1; i >= 0 && c.names[i].sentence == s; i-- {
		if n := &c.names[i]; n.first >= first && n.last <= last {
			n.first, n.last = 0, -1 // covers nothing
		}
	}
}

// outer looks a long name up by its first and its last word: "Vladimir
// Vladimirovich Putin", "Recep T. Erdogan".
func (c *Cast) outer(s, first, last int) (int32, bool) {
	tokens := c.doc.Sentences[s].Tokens
	words := append(appendWords(nil, tokens[first].Form, first), appendWords(nil, tokens[last].Form, last)...)
	if len(words) != 2 {
		return 0, false
	}
	for _, a := range c.g.aliases[words[0].fold+" "+words[1].fold] {
		if c.g.entries[a.entry].class == classPerson {
			return c.g.choose(c.g.aliases[words[0].fold+" "+words[1].fold], c.day), true
		}
	}
	return 0, false
}

// honorifics stand before persons' names and tell nothing of their role.
var honorifics = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "sir": true, "lord": true, "lady": true,
	"dame": true, "sheikh": true, "sheik": true, "shaikh": true, "mullah": true, "haji": true, "hajj": true, "prof": true, "sayyid": true, "begum": true, "saint": true, "madam": true, "mohtarma": true, "baroness": true, "baron": true, "count": true}

// abbreviatedTitles writes titles out as the lexicon has them.
var abbreviatedTitles = map[string]string{"gen": "general", "sen": "senator", "rep": "congressman", "gov": "governor", "col": "colonel", "lt": "lieutenant",
	"maj": "major", "capt": "captain", "adm": "admiral", "sgt": "sergeant", "brig": "brigadier", "pm": "prime minister", "amb": "ambassador", "fm": "foreign minister", "rev": "priest", "insp": "inspector", "cpl": "corporal", "pres": "president", "hon": "minister"}

// nextTitle gives where the first title behind i starts, 0 for none before last.
func (c *Cast) nextTitle(s, i, last int) int {
	for k := i + 1; k < last; k++ {
		if c.titleAt(s, k, last) > 0 {
			return k
		}
	}
	return 0
}

// titleAt gives how many tokens from i on are a title, with at least one token
// left before or at last. 0 for none.
func (c *Cast) titleAt(s, i, last int) int {
	tokens := c.doc.Sentences[s].Tokens
	key := ""
	best := 0
	for k := i; k < last && k < i+c.g.agents.longest; k++ {
		w := foldString(bare(tokens[k].Form))
		if isHyphen(tokens[k].Form) {
			continue
		}
		if key == "" {
			if honorifics[w] {
				best = 1
			}
			if long, ok := abbreviatedTitles[w]; ok {
				w = long
			}
			key = w
		} else {
			key += " " + w
		}
		if v, ok := c.g.agents.nouns[key]; ok && v.person {
			switch v.sector {
			case "GOV", "MIL", "LEG", "JUD":
				best = k - i + 1
			default:
				if v.title {
					best = k - i + 1
				}
			}
		}
	}
	return best
}
