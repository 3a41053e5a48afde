package english

import (
	"math/rand/v2"
	"slices"
	"strings"

	"chancery/english/lexicon"
	"chancery/english/neural"
)

// A treebank names few people, bodies and places, and the network has seen them
// all. disguiser gives its sentences other names, so that the model of names
// learns from the words around a name and from what it looks like, and from what
// the network makes of names that it does not know.
type disguiser struct {
	rng     *rand.Rand
	lexicon *lexicon.Lexicon
	given   []string
	family  []string
	places  []string
	groups  []string
	seen    [len(tagKinds)][][]string // names of the examples
}

func newDisguiser(examples []NameExample, lex *lexicon.Lexicon, seed uint64) *disguiser {
	d := &disguiser{rng: rand.New(rand.NewPCG(seed, 5)), lexicon: lex}
	for name, class := range lex.Names {
		switch {
		case lex.Given(name) != lexicon.Unknown:
			d.given = append(d.given, title(name))
		case class == lexicon.NamedPlace || class == lexicon.City:
			d.places = append(d.places, title(name))
		case class == lexicon.NamedGroup:
			d.groups = append(d.groups, title(name))
		}
	}
	for name := range lex.Families {
		d.family = append(d.family, title(name))
	}
	for name := range lex.Venues {
		d.groups = append(d.groups, title(name))
	}
	for _, list := range [][]string{d.given, d.family, d.places, d.groups} {
		slices.Sort(list)
	}
	for _, e := range examples {
		for _, n := range spansOf(e.Tags) {
			var forms []string
			for i := n.first; i <= n.last; i++ {
				forms = append(forms, e.Sentence.Tokens[i].Form)
			}
			d.seen[n.kind] = append(d.seen[n.kind], forms)
		}
	}
	return d
}

// tagSpan is a name in a row of tags.
type tagSpan struct{ first, last, kind int }

func spansOf(tags []string) []tagSpan {
	var spans []tagSpan
	for i := 0; i < len(tags); i++ {
		k := tagNumber(tags[i])
		if k%2 != 1 {
			continue
		}
		last := i
		for last+1 < len(tags) && tagNumber(tags[last+1]) == k+1 {
			last++
		}
		spans = append(spans, tagSpan{i, last, k / 2})
		i = last
	}
	return spans
}

// title writes a name of the lists, which are in lower case, with capitals.
func title(name string) string {
	words := strings.Split(name, " ")
	for i, w := range words {
		switch w {
		case "of", "and", "the", "for", "de", "la", "al":
			if i > 0 {
				continue
			}
		}
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

func pick[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

// other gives a name of the same kind and much the same build.
func (d *disguiser) other(kind int, forms []string) []string {
	switch tagKinds[kind] {
	case Person:
		if len(forms) == 1 {
			if d.rng.IntN(5) < 2 {
				return []string{pick(d.rng, d.given)}
			}
			return []string{pick(d.rng, d.family)}
		}
		out := []string{pick(d.rng, d.given)}
		for _, f := range forms[1 : len(forms)-1] {
			if len(f) <= 2 {
				f = string(rune('A'+d.rng.IntN(26))) + f[1:]
			}
			out = append(out, f)
		}
		return append(out, pick(d.rng, d.family))
	case Place:
		if len(forms) > 1 {
			return d.keepKind(forms, placeWords)
		}
		return strings.Fields(pick(d.rng, d.places))
	}
	if len(forms) > 1 {
		return d.keepKind(forms, groupWords)
	}
	if initialism(forms[0]) || d.rng.IntN(4) == 0 {
		letters := make([]byte, 3+d.rng.IntN(3))
		for i := range letters {
			letters[i] = byte('A' + d.rng.IntN(26))
		}
		return []string{string(letters)}
	}
	return strings.Fields(pick(d.rng, d.groups))
}

// keepKind changes one word of a name that is not its kind ("River", "Bank").
func (d *disguiser) keepKind(forms []string, kinds map[string]bool) []string {
	var free []int
	told := false
	for i, f := range forms {
		low := strings.ToLower(f)
		told = told || kinds[low]
		if !kinds[low] && !joiners[low] && f[0] >= 'A' && f[0] <= 'Z' {
			free = append(free, i)
		}
	}
	if !told || len(free) == 0 {
		return nil
	}
	out := slices.Clone(forms)
	by := d.family
	if d.rng.IntN(2) == 0 {
		by = d.places
	}
	out[pick(d.rng, free)] = pick(d.rng, by)
	return strings.Fields(strings.Join(out, " "))
}

// sentence gives the forms and tags of an example with other names. One in
// eight comes in lower case, as people type them.
func (d *disguiser) sentence(e NameExample) (forms, tags []string) {
	next := 0
	add := func(form, tag string) { forms, tags = append(forms, form), append(tags, tag) }
	for _, n := range spansOf(e.Tags) {
		for ; next < n.first; next++ {
			add(e.Sentence.Tokens[next].Form, "O")
		}
		var was []string
		for i := n.first; i <= n.last; i++ {
			was = append(was, e.Sentence.Tokens[i].Form)
		}
		var now []string
		if d.rng.IntN(4) > 0 {
			now = d.other(n.kind, was)
		}
		if now == nil {
			now = pick(d.rng, d.seen[n.kind])
		}
		for i, f := range now {
			tag := "I-"
			if i == 0 {
				tag = "B-"
			}
			add(f, tag+string(tagKinds[n.kind]))
		}
		next = n.last + 1
	}
	for ; next < len(e.Tags); next++ {
		add(e.Sentence.Tokens[next].Form, e.Tags[next])
	}
	if d.rng.IntN(4) == 0 {
		forms, tags = d.crop(forms, tags)
	}
	if d.rng.IntN(8) == 0 {
		for i := range forms {
			forms[i] = strings.ToLower(forms[i])
		}
	}
	return forms, tags
}

// crop leaves one name and a few words beside it, as headings and signatures have.
func (d *disguiser) crop(forms, tags []string) (someForms, someTags []string) {
	n := pick(d.rng, spansOf(tags))
	first, last := max(0, n.first-d.rng.IntN(4)), min(len(forms)-1, n.last+d.rng.IntN(4))
	for first > 0 && strings.HasPrefix(tags[first], "I-") {
		first--
	}
	for last+1 < len(tags) && strings.HasPrefix(tags[last+1], "I-") {
		last++
	}
	return forms[first : last+1], tags[first : last+1]
}

// disguise gives the examples that have names again, with other names, as the
// network tags and parses them, and the network's vectors of each.
func (p *Pipeline) disguise(d *disguiser, examples []NameExample) ([]NameExample, [][]float32) {
	var out []NameExample
	var in []neural.Sentence
	for _, e := range examples {
		if len(spansOf(e.Tags)) == 0 {
			continue
		}
		forms, tags := d.sentence(e)
		s := &Sentence{Tokens: make([]Token, len(forms))}
		for i, f := range forms {
			at := 0
			if i > 0 {
				at = s.Tokens[i-1].End + 1
			}
			s.Tokens[i] = Token{Span: Span{at, at + len(f)}, Form: f}
		}
		out = append(out, NameExample{Sentence: s, Tags: tags})
		in = append(in, neural.Sentence{Forms: forms})
	}
	p.network.Annotate(in, neural.Options{Convention: p.habits, Vectors: true})
	vectors := make([][]float32, len(in))
	for i := range in {
		for j, w := range in[i].Words {
			p.describe(&out[i].Sentence.Tokens[j], w)
		}
		vectors[i] = in[i].Vectors
	}
	return out, vectors
}
