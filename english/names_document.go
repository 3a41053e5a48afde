package english

import (
	"slices"
	"strings"

	"chancery/english/lexicon"
)

// settle makes the names of a document agree: one name has one kind in it, a
// later part of a person's name is that person, letters in brackets after a
// name are of its kind, a city and the state after it are two names. Names are
// in the order of the text and stay so.
func (n *nameTagger) settle(doc *Doc) {
	doc.Names = n.split(doc)
	doc.Names = n.trim(doc)
	n.addListed(doc)
	n.compounds(doc)
	n.initials(doc)
	votes := map[string]*[len(tagKinds)]float32{}
	vote := func(text string, kind int, weight float32) {
		v := votes[text]
		if v == nil {
			v = new([len(tagKinds)]float32)
			votes[text] = v
		}
		v[kind] += weight
	}
	for i, name := range doc.Names {
		kind := slices.Index(tagKinds[:], name.Kind)
		text := strings.ToLower(name.Of(doc.Text))
		vote(text, kind, 1)
		if t := n.types.of(name.Of(doc.Text)); name.First == name.Last && t.step() >= 2 && t.best() < typeNothing {
			vote(text, t.best(), 0.5)
		}
		if name.First == name.Last && name.Kind == Person && initialism(name.Of(doc.Text)) && n.lexicon.Given(text) == lexicon.Unknown {
			vote(text, 1, 2) // letters mostly stand for a body
		}
		if k := n.known(&doc.Sentences[name.Sentence], &name, text); k >= 0 {
			vote(text, k, 4)
		}
		if w := n.locative(doc, name); w > 0 {
			vote(text, 2, w)
		}
		if name.Kind == Person && name.Last > name.First {
			// A full name says what its last word names: more than that word alone does.
			vote(strings.ToLower(doc.Sentences[name.Sentence].Tokens[name.Last].Form), kind, 2)
		}
		if i > 0 {
			// "Central Bank (CB)"
			before := doc.Names[i-1]
			if before.Sentence == name.Sentence && name.First == before.Last+2 && name.First == name.Last && before.Last > before.First &&
				doc.Sentences[name.Sentence].Tokens[name.First-1].Form == "(" {
				vote(text, slices.Index(tagKinds[:], before.Kind), 3)
			}
		}
	}
	for i := range doc.Names {
		name := &doc.Names[i]
		v := votes[strings.ToLower(name.Of(doc.Text))]
		kind := slices.Index(tagKinds[:], name.Kind)
		for k := range v {
			if v[k] > v[kind] {
				kind = k
			}
		}
		name.Kind = tagKinds[kind]
	}
	n.repeat(doc)
}

// locative gives how much the words beside a name speak for a place: "in Pasni",
// "the port of Pasni", "Pasni, Balochistan".
func (n *nameTagger) locative(doc *Doc, name Name) float32 {
	s := &doc.Sentences[name.Sentence]
	before := func(i int) string {
		if name.First-i < 0 {
			return ""
		}
		return strings.ToLower(s.Tokens[name.First-i].Form)
	}
	if before(1) == "of" && n.lexicon.Class(before(2)) == lexicon.Place && placeWords[before(2)] {
		return 3
	}
	if i := name.Last + 2; i < len(s.Tokens) && s.Tokens[i-1].Form == "," && name.First == name.Last && n.capitalOrState(strings.ToLower(s.Tokens[i].Form)) && before(1) == "in" {
		return 3
	}
	if before(1) != "in" || name.Kind == Organization && (name.Last > name.First || n.lexicon.IsBody(strings.ToLower(name.Of(doc.Text)))) {
		return 0
	}
	for i := name.First; i <= name.Last; i++ {
		if h := s.Tokens[i].Head; (h < name.First || h > name.Last) && (s.Tokens[i].Rel == "obl" || s.Tokens[i].Rel == "nmod") {
			return 1.5
		}
	}
	return 0
}

// addListed adds proper nouns that the lists know, if the vectors agree.
func (n *nameTagger) addListed(doc *Doc) {
	free := freeTokens(doc)
	before := len(doc.Names)
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		if headline(s) {
			continue
		}
		for j := 0; j < len(s.Tokens); j++ {
			for k := min(j+4, len(s.Tokens)) - 1; k >= j; k-- {
				whole := true
				for l := j; l <= k; l++ {
					whole = whole && free(i, l) && strings.HasPrefix(s.Tokens[l].XPOS, "NNP") && s.Tokens[l].Form[0] <= 'Z'
				}
				if !whole {
					continue
				}
				name := Name{Span{s.Tokens[j].Start, s.Tokens[k].End}, "", i, j, k}
				if name.Kind = n.listedKind(name.Of(doc.Text)); name.Kind != "" {
					doc.Names = append(doc.Names, name)
					j = k
					break
				}
			}
		}
	}
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		if headline(s) {
			continue
		}
		for j := 0; j < len(s.Tokens); j++ {
			k := j
			for k < len(s.Tokens) && free(i, k) && strings.HasPrefix(s.Tokens[k].XPOS, "NNP") && s.Tokens[k].Form[0] <= 'Z' {
				k++
			}
			if k < j+2 || k < len(s.Tokens) && !free(i, k) || j > 0 && !free(i, j-1) {
				j = max(j, k-1)
				continue
			}
			// "Abbey Gate", "Pension Fund"
			name := Name{Span{s.Tokens[j].Start, s.Tokens[k-1].End}, "", i, j, k - 1}
			switch last := strings.ToLower(s.Tokens[k-1].Form); {
			case groupWords[last]:
				name.Kind = Organization
			case placeWords[last]:
				name.Kind = Place
			}
			if name.Kind != "" {
				doc.Names = append(doc.Names, name)
			}
			j = k - 1
		}
	}
	for _, name := range doc.Names {
		s := &doc.Sentences[name.Sentence]
		// "Salem, OR"
		if i := name.Last + 2; name.Kind == Place && i < len(s.Tokens) && s.Tokens[i-1].Form == "," && free(name.Sentence, i) && len(s.Tokens[i].Form) == 2 && stateCodes[s.Tokens[i].Form] {
			doc.Names = append(doc.Names, Name{s.Tokens[i].Span, Place, name.Sentence, i, i})
		}
	}
	if len(doc.Names) > before {
		slices.SortFunc(doc.Names, func(a, b Name) int { return a.Start - b.Start })
	}
}

// listedKind gives the kind of a name that the lists know and that is nothing
// else, "" for the others.
func (n *nameTagger) listedKind(form string) NameKind {
	text := strings.ToLower(form)
	if to := aliases[text]; to == "united nations" || to == "european union" {
		return Organization
	} else if to != "" || n.lexicon.IsCountry(text) {
		return Place
	}
	t := n.types.of(form)
	several := strings.Contains(text, " ")
	if n.lexicon.IsBody(text) && (several || len(form) > 2 && (initialism(form) || strings.Contains(form, "-") || t.best() == typeGroup && t.step() >= 2)) {
		return Organization
	}
	switch n.lexicon.Class(text) {
	case lexicon.NamedPlace, lexicon.City:
		if several || t.best() == typePlace && t.step() >= 2 {
			return Place
		}
	}
	if several && n.lexicon.IsVenue(text) {
		return Place
	}
	return ""
}

// freeTokens gives a function that tells whether a token is in no name.
func freeTokens(doc *Doc) func(sentence, token int) bool {
	taken := make([][]bool, len(doc.Sentences))
	for _, name := range doc.Names {
		if taken[name.Sentence] == nil {
			taken[name.Sentence] = make([]bool, len(doc.Sentences[name.Sentence].Tokens))
		}
		for i := name.First; i <= name.Last; i++ {
			taken[name.Sentence][i] = true
		}
	}
	return func(sentence, token int) bool { return taken[sentence] == nil || !taken[sentence][token] }
}

// repeat adds what is named in one sentence and was overlooked in another: the
// same proper nouns, and the last word of a person's name.
func (n *nameTagger) repeat(doc *Doc) {
	kinds := map[string]NameKind{}
	seen := map[string]bool{}
	longest := 0
	for _, name := range doc.Names {
		s := &doc.Sentences[name.Sentence]
		if text := name.Of(doc.Text); name.Last > name.First || seen[text] || n.strange(text) {
			kinds[text] = name.Kind
		} else {
			seen[text] = true // a single word found once may be a mistake
		}
		longest = max(longest, name.Last-name.First+1)
		if last := s.Tokens[name.Last].Form; name.Kind == Person && name.Last > name.First && kinds[last] == "" {
			kinds[last] = Person
		}
	}
	taken := freeTokens(doc)
	before := len(doc.Names)
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		free := func(j int) bool { return taken(i, j) }
		for j := 0; j < len(s.Tokens); j++ {
			if !free(j) || !strings.HasPrefix(s.Tokens[j].XPOS, "NNP") || len(s.Tokens[j].Form) < 2 {
				continue
			}
			for k := min(j+min(longest, 6), len(s.Tokens)) - 1; k >= j; k-- {
				if !free(k) || !strings.HasPrefix(s.Tokens[k].XPOS, "NNP") {
					continue
				}
				span := Span{s.Tokens[j].Start, s.Tokens[k].End}
				if kind := kinds[span.Of(doc.Text)]; kind != "" {
					doc.Names = append(doc.Names, Name{span, kind, i, j, k})
					j = k
					break
				}
			}
		}
	}
	if len(doc.Names) > before {
		slices.SortFunc(doc.Names, func(a, b Name) int { return a.Start - b.Start })
	}
}

// strange reports whether a word is in no list and has no vector: it is hardly
// anything but a name.
func (n *nameTagger) strange(form string) bool {
	return len(form) > 4 && n.types.of(form) == 0 && n.lexicon.Class(strings.ToLower(form)) == lexicon.None
}

// trim takes titles off names of persons, drops titles that stand alone, and
// takes names in headlines, where every word has a capital, only if they are listed.
func (n *nameTagger) trim(doc *Doc) []Name {
	out := doc.Names[:0:0]
	sentence, capitals := -1, false
	storms := stormNames(doc)
	for _, name := range doc.Names {
		s := &doc.Sentences[name.Sentence]
		low := func(i int) string { return strings.ToLower(s.Tokens[i].Form) }
		if storms[s.Tokens[name.Last].Form] || name.First == name.Last && planets[low(name.First)] {
			continue
		}
		if name.Kind == Person && name.First == name.Last && titleWords[low(name.First)] && n.lexicon.Given(low(name.First)) == lexicon.Unknown {
			continue
		}
		if name.Kind == Place {
			out = n.bodyOf(doc, &name, out)
		}
		n.shop(doc, &name)
		n.firm(s, &name)
		if name.Kind == Person && n.prize(s, name) {
			continue
		}
		if thingWords[low(name.Last)] && name.Last > name.First && name.Kind != Person {
			out = n.placesIn(doc, name, out) // "China-Pakistan Economic Corridor"
			continue
		}
		if name.Kind != Place && n.listedPlace(doc, name) && name.Last > name.First {
			name.Kind = Place // "Sharm el-Sheikh" is no sheikh
		}
		if name.Kind == Person {
			for i := name.Last - 1; i >= name.First; i-- {
				if !titleWords[low(i)] && low(i) != "marshal" || i > name.First && s.Tokens[i-1].End == s.Tokens[i].Start {
					continue // no title, or one in the name: "el-Sheikh"
				}
				// "Chad President Ann Holt" names a state and a person.
				if one := (Name{s.Tokens[name.First].Span, Place, name.Sentence, name.First, name.First}); n.place(doc, one) {
					out = append(out, one)
				}
				name.First = i + 1
				break
			}
			name.Start = s.Tokens[name.First].Start
		} else if n.lexicon.Class(low(name.Last)) == lexicon.Person && n.known(s, &name, strings.ToLower(name.Of(doc.Text))) < 0 {
			continue // "Army Chief"
		}
		if name.Sentence != sentence {
			sentence, capitals = name.Sentence, headline(s)
		}
		if capitals && name.Last-name.First >= 2 && n.known(s, &name, strings.ToLower(name.Of(doc.Text))) < 0 && n.lexicon.Given(low(name.First)) == lexicon.Unknown {
			out = n.placesIn(doc, name, out)
			continue
		}
		out = append(out, name)
	}
	return out
}

// placesIn appends the words of a name that the lists know as places.
func (n *nameTagger) placesIn(doc *Doc, name Name, names []Name) []Name {
	for i := name.First; i <= name.Last; i++ {
		one := Name{doc.Sentences[name.Sentence].Tokens[i].Span, Place, name.Sentence, i, i}
		if n.place(doc, one) {
			names = append(names, one)
		}
	}
	return names
}

// planets are named, but are no persons; their gods are seldom meant.
var planets = wordSet("mercury venus mars jupiter saturn uranus neptune pluto")

var storms = wordSet("hurricane typhoon cyclone storm")

// stormNames gives the names that a document gives to storms: "Hurricane Ida",
// and "Ida" from then on.
func stormNames(doc *Doc) map[string]bool {
	var names map[string]bool
	for i := range doc.Sentences {
		tokens := doc.Sentences[i].Tokens
		for j := range tokens[:max(0, len(tokens)-1)] {
			if next := &tokens[j+1]; storms[strings.ToLower(tokens[j].Form)] && strings.HasPrefix(tokens[j].XPOS, "NNP") && strings.HasPrefix(next.XPOS, "NNP") && !groupWords[strings.ToLower(next.Form)] {
				if names == nil {
					names = map[string]bool{}
				}
				names[next.Form] = true
			}
		}
	}
	return names
}

// firm takes "Carr Futures" for a body where "Carr" was taken for a person.
func (n *nameTagger) firm(s *Sentence, name *Name) {
	last := name.Last
	for last+1 < len(s.Tokens) && strings.HasPrefix(s.Tokens[last+1].XPOS, "NNP") && groupWords[strings.ToLower(s.Tokens[last+1].Form)] {
		last++
	}
	if last > name.Last && name.Kind != Organization {
		name.Last, name.End, name.Kind = last, s.Tokens[last].End, Organization
	}
}

// bodyOf takes "Central Bank of the Gambia" for one body where the place alone
// or both parts were taken for names.
func (n *nameTagger) bodyOf(doc *Doc, name *Name, before []Name) []Name {
	s := &doc.Sentences[name.Sentence]
	i := name.First - 1
	if i >= 0 && strings.EqualFold(s.Tokens[i].Form, "the") {
		i--
	}
	if i < 1 || s.Tokens[i].Form != "of" || !strings.HasPrefix(s.Tokens[i-1].XPOS, "NNP") || !groupWords[strings.ToLower(s.Tokens[i-1].Form)] {
		return before
	}
	first := i - 1
	for first > 0 && strings.HasPrefix(s.Tokens[first-1].XPOS, "NNP") {
		first--
	}
	for len(before) > 0 {
		last := before[len(before)-1]
		if last.Sentence != name.Sentence || last.Last < first {
			break
		}
		first = min(first, last.First)
		before = before[:len(before)-1]
	}
	name.First, name.Start, name.Kind = first, s.Tokens[first].Start, Organization
	return before
}

// prize reports whether a person's name is only part of that of something else.
func (n *nameTagger) prize(s *Sentence, name Name) bool {
	last := name.Last
	for last+1 < len(s.Tokens) && strings.HasPrefix(s.Tokens[last+1].XPOS, "NNP") {
		last++
	}
	return last > name.Last && thingWords[strings.ToLower(s.Tokens[last].Form)]
}

// shop takes "Wendy's" for a place where nothing follows that could be Wendy's.
func (n *nameTagger) shop(doc *Doc, name *Name) {
	s := &doc.Sentences[name.Sentence]
	if name.Kind != Person || name.Last+1 >= len(s.Tokens) {
		return
	}
	switch s.Tokens[name.Last+1].Form {
	case "'s", "’s", "s":
	default:
		return
	}
	for i := name.First; i <= name.Last; i++ {
		if h := s.Tokens[i].Head; h > name.Last+1 && strings.HasPrefix(s.Tokens[i].Rel, "nmod") {
			return
		}
	}
	name.Last++
	name.End = s.Tokens[name.Last].End
	name.Kind = Place
}

// headline reports whether nearly all longer words have a capital.
func headline(s *Sentence) bool {
	words, capitals := 0, 0
	for i := range s.Tokens {
		form := s.Tokens[i].Form
		if len(form) < 4 || form[0] < 'A' || form[0] > 'z' {
			continue
		}
		words++
		if form[0] <= 'Z' {
			capitals++
		}
	}
	return words >= 4 && 10*capitals >= 9*words
}

// known gives the kind that the lists and a last word such as "Ministry" or
// "River" are sure of, or -1.
func (n *nameTagger) known(s *Sentence, name *Name, text string) int {
	if to := aliases[text]; to != "" {
		if to == "united nations" || to == "european union" {
			return 1
		}
		return 2
	}
	switch {
	case capitals[text]:
		return 2
	case n.lexicon.IsBody(text):
		return 1
	case n.lexicon.Class(text) == lexicon.NamedPlace:
		if (n.lexicon.Given(text) == lexicon.Unknown || n.lexicon.IsCountry(text)) && (n.lexicon.IsCountry(text) || name.Last > name.First || n.types.of(text).best() == typePlace) {
			return 2
		}
	}
	if name.Last == name.First {
		return -1
	}
	last := strings.ToLower(s.Tokens[name.Last].Form)
	switch {
	case groupWords[last]:
		return 1
	case placeWords[last] && name.Kind != Person:
		return 2
	}
	return -1
}

// split divides "Chad and Niger", "Chad-Niger" and "Salem Oregon" into the
// places they name, if the lists know both and not the whole.
func (n *nameTagger) split(doc *Doc) []Name {
	out := make([]Name, 0, len(doc.Names))
	for _, name := range doc.Names {
		s := &doc.Sentences[name.Sentence]
		part := func(first, last int) Name {
			return Name{Span{s.Tokens[first].Start, s.Tokens[last].End}, name.Kind, name.Sentence, first, last}
		}
		for name.First < name.Last && !n.place(doc, name) {
			at := -1 // the last token of the first part
			for i := name.First; i < name.Last && at < 0; i++ {
				next := i + 1
				switch s.Tokens[next].Form {
				case "and", "-", "–", "—", "/":
					next++
				default:
					// "Salem Oregon", "Salem OR"
					if city := part(name.First, i); name.Kind == Place && i+1 == name.Last && n.state(doc, part(next, name.Last)) && n.listedPlace(doc, city) {
						city.Kind = Place
						out = append(out, city)
						name, at = part(next, name.Last), i
					}
					continue
				}
				if next <= name.Last && s.Tokens[i+1].Form == "and" &&
					(name.Kind == Person || name.Last-name.First == 2 && initialism(s.Tokens[i].Form) && initialism(s.Tokens[next].Form)) {
					// No person is called "Morris and Lund", no body "FAO and WFP".
					out = append(out, part(name.First, i))
					name, at = part(next, name.Last), i
					continue
				}
				hyphen := s.Tokens[i+1].Form == "-"
				known := func(one Name) bool {
					// "Chad-Niger" are two states, "Gilgit-Baltistan" is one region.
					return !hyphen && n.place(doc, one) || hyphen && n.capitalOrState(strings.ToLower(one.Of(doc.Text)))
				}
				if next <= name.Last && known(part(name.First, i)) && known(part(next, name.Last)) {
					at = i
				}
				if at >= 0 {
					first := part(name.First, i)
					first.Kind = Place
					out = append(out, first)
					name = part(next, name.Last)
					name.Kind = Place
				}
			}
			if at < 0 {
				break
			}
		}
		out = append(out, name)
	}
	return out
}

// initialism reports whether a form is two capitals or more and nothing else.
func initialism(form string) bool {
	for i := range len(form) {
		if form[i] < 'A' || form[i] > 'Z' {
			return false
		}
	}
	return len(form) > 1
}

func (n *nameTagger) capitalOrState(text string) bool {
	return capitals[text] || aliases[text] != "" || n.lexicon.IsCountry(text)
}

// compounds takes in the rest of a word with hyphens of which a part is named:
// "CNN-News18". Of "Chad-Niger" and "Holt-Reed" each part has a name.
func (n *nameTagger) compounds(doc *Doc) {
	free := freeTokens(doc)
	proper := func(s *Sentence, i int) bool {
		return i >= 0 && i < len(s.Tokens) && strings.HasPrefix(s.Tokens[i].XPOS, "NNP")
	}
	joined := func(s *Sentence, i int) bool { // token i is a hyphen within a word
		return i > 0 && i+1 < len(s.Tokens) && s.Tokens[i].Form == "-" && s.Tokens[i-1].End == s.Tokens[i].Start && s.Tokens[i].End == s.Tokens[i+1].Start
	}
	for k := range doc.Names {
		name := &doc.Names[k]
		s := &doc.Sentences[name.Sentence]
		if n.capitalOrState(strings.ToLower(name.Of(doc.Text))) {
			continue
		}
		for joined(s, name.Last+1) && proper(s, name.Last+2) && free(name.Sentence, name.Last+2) {
			name.Last += 2
		}
		for joined(s, name.First-1) && proper(s, name.First-2) && free(name.Sentence, name.First-2) {
			name.First -= 2
		}
		name.Span = Span{s.Tokens[name.First].Start, s.Tokens[name.Last].End}
	}
}

// initials finds the names that a text abbreviates to letters in brackets:
// "Inter-Services Intelligence (ISI)", "Research and Analysis Wing (RAW)". Both
// are names of one kind; the whole takes the place of names inside it.
func (n *nameTagger) initials(doc *Doc) {
	kindAt := make([]map[int]NameKind, len(doc.Sentences))
	for _, name := range doc.Names {
		if kindAt[name.Sentence] == nil {
			kindAt[name.Sentence] = map[int]NameKind{}
		}
		for i := name.First; i <= name.Last; i++ {
			kindAt[name.Sentence][i] = name.Kind
		}
	}
	var found []Name
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		for j := 1; j+1 < len(s.Tokens); j++ {
			letters := s.Tokens[j].Form
			if s.Tokens[j-1].Form != "(" || s.Tokens[j+1].Form != ")" || len(letters) < 3 || !initialism(letters) {
				continue
			}
			first := abbreviated(s, j-2, letters)
			if first < 0 || thingWords[strings.ToLower(s.Tokens[j-2].Form)] {
				continue
			}
			kind := Organization
			if k := kindAt[i][j-2]; k != "" && k == kindAt[i][first] && k != Person {
				kind = k
			} else if k := kindAt[i][j]; k == "" && kindAt[i][first] == "" && kindAt[i][j-2] == "" {
				continue // "Goods and Services Tax (GST)"
			}
			found = append(found, Name{Span{s.Tokens[first].Start, s.Tokens[j-2].End}, kind, i, first, j - 2}, Name{s.Tokens[j].Span, kind, i, j, j})
		}
	}
	if len(found) == 0 {
		return
	}
	doc.Names = slices.DeleteFunc(doc.Names, func(name Name) bool {
		return slices.ContainsFunc(found, func(f Name) bool { return name.Start < f.End && f.Start < name.End })
	})
	doc.Names = append(doc.Names, found...)
	slices.SortFunc(doc.Names, func(a, b Name) int { return a.Start - b.Start })
}

// abbreviated gives the first of the words up to last whose capitals are the
// letters, or -1.
func abbreviated(s *Sentence, last int, letters string) int {
	i := last
	for k := len(letters) - 1; k >= 0; i-- {
		if i < 0 {
			return -1
		}
		form := s.Tokens[i].Form
		switch {
		case form[0] == letters[k]:
			if k == 0 {
				return i
			}
			k--
		case joiners[strings.ToLower(form)] && i < last:
		default:
			return -1
		}
	}
	return -1
}

// listedPlace reports whether the lists know the name as a place.
func (n *nameTagger) listedPlace(doc *Doc, name Name) bool {
	switch n.lexicon.Class(strings.ToLower(name.Of(doc.Text))) {
	case lexicon.NamedPlace, lexicon.City:
		return true
	}
	return false
}

// state reports whether a name is one of a state or a part of one, not of a city.
func (n *nameTagger) state(doc *Doc, name Name) bool {
	text := name.Of(doc.Text)
	low := strings.ToLower(text)
	return stateCodes[strings.ToUpper(strings.Trim(text, "."))] || n.lexicon.Class(low) == lexicon.NamedPlace && !strings.Contains(low, "city") || n.lexicon.IsCountry(low)
}

// stateCodes are the abbreviations of the states of the United States and the
// provinces of Canada that stand after a city.
var stateCodes = map[string]bool{}

func init() {
	for code := range strings.FieldsSeq(`AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
		OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NL NS ON PE QC SK
		CALIF CONN MASS MICH MINN PENN TENN TEX WASH WIS`) {
		stateCodes[code] = true
	}
}

// place reports whether the lists know the name as a place. "US" and "UK" are
// in no list of WordNet's.
func (n *nameTagger) place(doc *Doc, name Name) bool {
	text := strings.ToLower(name.Of(doc.Text))
	switch n.lexicon.Class(text) {
	case lexicon.NamedPlace, lexicon.City:
		return true
	}
	return aliases[text] != "" || n.types.of(text).best() == typePlace && n.types.of(text).step() >= 3
}
