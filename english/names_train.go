package english

import (
	"fmt"
	"slices"
	"strings"

	"chancery/english/lexicon"
	"chancery/english/linear"
)

// NameExample is a parsed sentence with the names that annotators gave it.
type NameExample struct {
	Sentence *Sentence
	// Tags has a tag for each token: "O", or "B-" or "I-" and a NameKind. It is
	// nil when nobody noted the names; then the sentence is labelled by rules
	// from the lists and the word types, where these are sure.
	Tags []string
}

// goldWeight is how often an annotated sentence is seen for one seen of those
// labelled by rules.
const goldWeight = 2

// disguises is how many times every annotated sentence with names is learnt
// from with other names. With more the head fits the genres of the treebank
// better and others worse.
const disguises = 3

// TrainNames fits the model of names that Load embeds and gives it as bytes;
// of the Pipeline it uses the network, the word vectors and the lists. The same
// examples and seed give the same bytes.
func (p *Pipeline) TrainNames(examples []NameExample, seed uint64) ([]byte, error) {
	lex := p.names.lexicon
	n := &nameTagger{lexicon: lex, types: trainWordTypes(examples, lex, p.network.Vectors(), seed)}
	model, err := fitNames(examples, lex, n.types, seed)
	if err != nil {
		return nil, err
	}
	d := newDisguiser(examples, lex, seed)
	var disguised []NameExample
	var vectors [][]float32
	for range disguises {
		more, v := p.disguise(d, examples)
		disguised, vectors = append(disguised, more...), append(vectors, v...)
	}
	n.head = n.trainNameHead(disguised, vectors, p.network.VectorSize(), seed)
	return slices.Concat(model.Encode(), n.types.encode(), n.head.encode()), nil
}

func fitNames(examples []NameExample, lex *lexicon.Lexicon, types *wordTypes, seed uint64) (*linear.Model, error) {
	var all []linear.Example
	for _, e := range examples {
		w := newNameWords(e.Sentence, lex, types)
		tags := make([]int, len(e.Sentence.Tokens))
		times := 1
		if e.Tags != nil {
			times = goldWeight
			for i, tag := range e.Tags {
				tags[i] = tagNumber(tag)
			}
		} else {
			w.guess(types, tags)
		}
		before := tagOutside
		for i, tag := range tags {
			if w.may[i] && tag >= 0 && before >= 0 {
				x := linear.Example{Features: w.chained(i, before, w.features(i, nil)), Class: tag}
				for range times {
					all = append(all, x)
				}
			}
			before = tag
		}
	}
	model, err := linear.Train(all, linear.Config{Classes: tagCount, Bits: 17, Epochs: 8, Rate: 0.1, L2: 1e-5, Seed: seed})
	if err != nil {
		return nil, fmt.Errorf("train names: %w", err)
	}
	return model, nil
}

// guess labels the runs of proper nouns whose kind the lists and the word
// types are sure of. Words of the other runs get -1 and are not learnt from.
func (w *nameWords) guess(types *wordTypes, tags []int) {
	for i := 0; i < len(tags); {
		run := w.run[i]
		if run[0] != i || !w.proper(i) {
			i++
			continue
		}
		first, last := run[0], run[1]
		for first < last && titleWords[w.low[first]] {
			first++
		}
		kind := w.guessKind(first, last, first > run[0] || first > 0 && titleWords[w.low[first-1]])
		for j := first; j <= last; j++ {
			switch {
			case kind < 0:
				tags[j] = -1
			case kind == len(tagKinds):
				tags[j] = tagOutside
			case j == first:
				tags[j] = firstTag(kind)
			default:
				tags[j] = firstTag(kind) + 1
			}
		}
		i = last + 1
	}
}

// guessKind gives the kind of a run: an index in tagKinds, their number for no
// name, -1 when it is not sure.
func (w *nameWords) guessKind(first, last int, titled bool) int {
	const person, group, place = 0, 1, 2
	outside := len(tagKinds)
	head := w.low[last]
	for j := first; j < last; j++ { // "Bank of …" is a bank
		if w.low[j] == "of" && j > first {
			head = w.low[j-1]
		}
	}
	several := last > first
	switch {
	case titleWords[head] && !several:
		return outside
	case w.xpos[last] == "NNPS" && !several:
		return outside // a people
	case several && groupWords[head]:
		return group
	case several && placeWords[head]:
		return place
	case titled:
		return person
	}
	text := strings.Join(w.low[first:last+1], " ")
	switch w.lexicon.Class(text) {
	case lexicon.NamedGroup:
		return group
	case lexicon.NamedPlace:
		if several || w.kind[last] == 0 || w.kind[last].best() == typePlace {
			return place
		}
	case lexicon.Time:
		return outside
	case lexicon.City:
		if w.lexicon.Given(text) == lexicon.Unknown && (several || w.kind[last].best() == typePlace) {
			return place
		}
	}
	if several && w.lexicon.Given(w.low[first]) != lexicon.Unknown {
		return person
	}
	k := w.kind[last]
	if several && k.step() < 2 {
		k = w.kind[first]
	}
	if k == 0 || k.step() < 2 {
		if form := w.s.Tokens[last].Form; !several && len(form) >= 3 && len(form) <= 7 && strings.ToUpper(form) == form && !w.shouts() {
			return group // letters that stand for a longer name mostly name a body
		}
		return -1
	}
	switch k.best() {
	case typePerson:
		return person
	case typeGroup:
		return group
	case typePlace:
		return place
	}
	if k.step() < 4 {
		return -1 // used like common nouns, as the names of products are
	}
	return outside
}

// shouts reports whether most of the sentence is in capitals.
func (w *nameWords) shouts() bool {
	upper, words := 0, 0
	for i, shape := range w.shape {
		if len(w.low[i]) > 1 && shape != 0 || shape&8 != 0 {
			words++
			if shape&8 == 0 {
				upper++
			}
		}
	}
	return 2*upper > words
}
