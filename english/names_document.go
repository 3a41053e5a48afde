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
		if t := n.types.of(name.Of(doc.Text)); name.First == name.Last && t>>8 >= 2 && t>>4&15 < typeNothing {
			vote(text, int(t>>4&15), 0.5)
		}
		if k := n.known(&doc.Sentences[name.Sentence], &name, text); k >= 0 {
			vote(text, k, 4)
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

// repeat adds what is named in one sentence and was overlooked in another: the
// same proper nouns, and the last word of a person's name.
func (n *nameTagger) repeat(doc *Doc) {
	kinds := map[string]NameKind{}
	seen := map[string]bool{}
	longest := 0
	for _, name := range doc.Names {
		s := &doc.Sentences[name.Sentence]
		if text := name.Of(doc.Text); name.Last > name.First || seen[text] {
			kinds[text] = name.Kind
		} else {
			seen[text] = true // a single word found once may be a mistake
		}
		longest = max(longest, name.Last-name.First+1)
		if last := s.Tokens[name.Last].Form; name.Kind == Person && name.Last > name.First && kinds[last] == "" {
			kinds[last] = Person
		}
	}
	taken := make([][]bool, len(doc.Sentences))
	for _, name := range doc.Names {
		if taken[name.Sentence] == nil {
			taken[name.Sentence] = make([]bool, len(doc.Sentences[name.Sentence].Tokens))
		}
		for i := name.First; i <= name.Last; i++ {
			taken[name.Sentence][i] = true
		}
	}
	before := len(doc.Names)
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		free := func(j int) bool { return taken[i] == nil || !taken[i][j] }
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

// trim takes titles off names of persons, drops titles that stand alone, and
// takes names in headlines, where every word has a capital, only if they are listed.
func (n *nameTagger) trim(doc *Doc) []Name {
	out := doc.Names[:0:0]
	sentence, capitals := -1, false
	for _, name := range doc.Names {
		s := &doc.Sentences[name.Sentence]
		low := func(i int) string { return strings.ToLower(s.Tokens[i].Form) }
		if name.Kind == Person {
			for i := name.Last - 1; i >= name.First; i-- {
				if !titleWords[low(i)] && low(i) != "marshal" {
					continue
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
			for i := name.First; i <= name.Last; i++ {
				one := Name{s.Tokens[i].Span, Place, name.Sentence, i, i}
				if n.place(doc, one) {
					out = append(out, one)
				}
			}
			continue
		}
		out = append(out, name)
	}
	return out
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
	switch n.lexicon.Class(text) {
	case lexicon.NamedGroup:
		return 1
	case lexicon.NamedPlace:
		if (n.lexicon.Given(text) == lexicon.Unknown || n.lexicon.IsCountry(text)) && (n.lexicon.IsCountry(text) || name.Last > name.First || n.types.of(text)>>4&15 == typePlace) {
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
					if name.Kind != Place || i+1 < name.Last {
						continue
					}
				}
				if next <= name.Last && s.Tokens[i+1].Form == "and" &&
					(name.Kind == Person || name.Last-name.First == 2 && initialism(s.Tokens[i].Form) && initialism(s.Tokens[next].Form)) {
					// No person is called "Morris and Lund", no body "FAO and WFP".
					out = append(out, part(name.First, i))
					name, at = part(next, name.Last), i
					continue
				}
				if next <= name.Last && n.place(doc, part(name.First, i)) && n.place(doc, part(next, name.Last)) {
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

// place reports whether the lists know the name as a place. "US" and "UK" are
// in no list of WordNet's.
func (n *nameTagger) place(doc *Doc, name Name) bool {
	text := strings.ToLower(name.Of(doc.Text))
	switch n.lexicon.Class(text) {
	case lexicon.NamedPlace, lexicon.City:
		return true
	}
	return aliases[text] != "" || n.types.of(text)>>4&15 == typePlace && n.types.of(text)>>8 >= 3
}
