package english

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"

	"chancery/english/lexicon"
	"chancery/english/neural"
)

// wordTypes guesses from a word's vector what it names, if anything: what the
// lists of package lexicon know of some words it carries over to words that
// are used alike. It is a softmax regression. It is safe for concurrent use.
type wordTypes struct {
	vectors *neural.Vectors
	weights []float32 // of each type in turn, and its bias at the end
}

// The types a word may have.
const (
	typePerson = iota
	typeGroup
	typePlace
	typeNothing
	typeCount
)

// of gives the likeliest type of a word with its probability in steps, 0 when
// the word has no vector.
func (t *wordTypes) of(form string) uint32 {
	row, ok := t.vectors.Row(neural.Key(form))
	if !ok {
		return 0
	}
	var space [128]float32
	v := space[:t.vectors.Size()]
	t.vectors.AddTo(row, v)
	p := t.probabilities(v)
	best := 0
	for k := range p {
		if p[k] > p[best] {
			best = k
		}
	}
	step := uint32(0)
	for _, at := range [...]float64{0.5, 0.7, 0.9, 0.98} {
		if p[best] > at {
			step++
		}
	}
	return 1 + uint32(best)<<4 | step<<8
}

func (t *wordTypes) probabilities(v []float32) [typeCount]float64 {
	var p [typeCount]float64
	n := len(v)
	sum, top := 0.0, math.Inf(-1)
	for k := range p {
		w := t.weights[k*(n+1) : (k+1)*(n+1)]
		s := w[n]
		for i, x := range v {
			s += x * w[i]
		}
		p[k] = float64(s)
		top = max(top, p[k])
	}
	for k := range p {
		p[k] = math.Exp(p[k] - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
	return p
}

// trainWordTypes fits the types to the names of one word and the nouns in the lists.
func trainWordTypes(lex *lexicon.Lexicon, vectors *neural.Vectors, seed uint64) *wordTypes {
	type example struct {
		row  int
		kind int
	}
	var words []string
	classes := map[string]lexicon.Class{}
	for word, class := range lex.Names {
		words = append(words, word)
		classes[word] = class
	}
	slices.Sort(words)
	var examples []example
	var counts [typeCount]int
	for _, word := range words {
		row, ok := vectors.Row(neural.Key(word))
		if !ok {
			continue
		}
		kind := typeNothing
		switch classes[word] {
		case lexicon.NamedPerson:
			kind = typePerson
		case lexicon.NamedGroup:
			kind = typeGroup
		case lexicon.NamedPlace, lexicon.City:
			kind = typePlace
		}
		counts[kind]++
		examples = append(examples, example{row, kind})
	}
	n := vectors.Size()
	t := &wordTypes{vectors, make([]float32, typeCount*(n+1))}
	rng := rand.New(rand.NewPCG(seed, 3))
	v := make([]float32, n)
	for epoch := range 30 {
		rate := 0.05 / float32(1+epoch)
		rng.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		for _, e := range examples {
			clear(v)
			vectors.AddTo(e.row, v)
			p := t.probabilities(v)
			// The rare types count more, by the root of how rare they are.
			weight := float32(math.Sqrt(float64(len(examples)) / float64(typeCount*counts[e.kind])))
			for k := range p {
				g := float32(p[k])
				if k == e.kind {
					g--
				}
				g *= weight * rate
				w := t.weights[k*(n+1) : (k+1)*(n+1)]
				for i, x := range v {
					w[i] -= g * x
				}
				w[n] -= g
			}
		}
	}
	return t
}

func (t *wordTypes) encode() []byte {
	var b []byte
	for _, w := range t.weights {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(w))
	}
	return b
}

func decodeWordTypes(data []byte, vectors *neural.Vectors) (*wordTypes, error) {
	n := typeCount * (vectors.Size() + 1)
	if len(data) != 4*n || vectors.Size() > 128 {
		return nil, errors.New("the word types do not fit the vectors")
	}
	t := &wordTypes{vectors, make([]float32, n)}
	for i := range t.weights {
		t.weights[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return t, nil
}
