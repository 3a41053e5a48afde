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
}

// known gives the kind that the lists and a last word such as "Ministry" or
// "River" are sure of, or -1.
func (n *nameTagger) known(s *Sentence, name *Name, text string) int {
	switch n.lexicon.Class(text) {
	case lexicon.NamedGroup:
		return 1
	case lexicon.NamedPlace:
		if n.lexicon.Given(text) == lexicon.Unknown && (name.Last > name.First || n.types.of(text)>>4&15 == typePlace) {
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

// split divides "Salem Oregon": a place and, in the same run of words, the
// listed state or country that it lies in.
func (n *nameTagger) split(doc *Doc) []Name {
	out := make([]Name, 0, len(doc.Names))
	for _, name := range doc.Names {
		out = append(out, name)
		if name.Kind != Place || name.First == name.Last || n.lexicon.Class(strings.ToLower(name.Of(doc.Text))) != lexicon.None {
			continue
		}
		s := &doc.Sentences[name.Sentence]
		if n.lexicon.Class(strings.ToLower(s.Tokens[name.Last].Form)) != lexicon.NamedPlace || n.types.of(s.Tokens[name.Last].Form)>>4&15 != typePlace {
			continue
		}
		front := Span{name.Start, s.Tokens[name.Last-1].End}
		c := n.lexicon.Class(strings.ToLower(front.Of(doc.Text)))
		if c != lexicon.NamedPlace && c != lexicon.City {
			continue
		}
		a, b := name, name
		a.Last, a.End = name.Last-1, front.End
		b.First, b.Start = name.Last, s.Tokens[name.Last].Start
		out = append(out[:len(out)-1], a, b)
	}
	return out
}
