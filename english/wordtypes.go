package english

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"chancery/english/lexicon"
	"chancery/english/neural"
)

// wordTypes guesses from a word's vector what it names, if anything: what the
// lists of package lexicon and the treebanks know of some words it carries over
// to words that are used alike. It is a small network with one hidden layer and
// an answer of its own for each type, since "Paris" is a city and a person. It
// is safe for concurrent use.
type wordTypes struct {
	vectors *neural.Vectors
	hidden  []float32     // a row of typeHidden weights for each number of a vector, and one of biases
	packed  neural.Panels // hidden less the biases, once it is trained
	out     []float32     // a row of typeCount weights for each hidden unit, and one of biases
}

// The types a word may have.
const (
	typePerson = iota
	typeGroup
	typePlace
	typeNothing
	typeCount
)

const typeHidden = 64

// wordType is what is known of a word from its vector: the likeliest type, and
// in steps how likely each is.
type wordType uint32

// best is the likeliest type, typeNothing for a word without a vector.
func (t wordType) best() int {
	if t == 0 {
		return typeNothing
	}
	return int(t >> 4 & 15)
}

// step is how likely the likeliest type is: 0 below even to 4 above 98 in 100.
func (t wordType) step() int { return int(t >> 8 & 15) }

// brief leaves the likeliest type and its step only.
func (t wordType) brief() uint32 { return uint32(t & 0xfff) }

var typeSteps = [...]float32{0.5, 0.7, 0.9, 0.98}

// chances gives how likely a word is to have each type, which do not sum to
// one, and whether it has a vector.
func (t *wordTypes) chances(form string) ([typeCount]float32, bool) {
	row, ok := t.vectors.Row(neural.Key(form))
	if !ok {
		return [typeCount]float32{}, false
	}
	var space [128]float32
	v := space[:t.vectors.Size()]
	t.vectors.AddTo(row, v)
	units := [typeHidden]float32(t.hidden[len(v)*typeHidden:])
	neural.Mul(1, v, len(v), 1, &t.packed, units[:], typeHidden)
	return t.answer(units[:]), true
}

// of gives the type of a word, 0 when it has no vector.
func (t *wordTypes) of(form string) wordType {
	p, ok := t.chances(form)
	if !ok {
		return 0
	}
	return typeOf(p)
}

// typeOf sums up the chances of a word that has a vector.
func typeOf(p [typeCount]float32) wordType {
	best := 0
	all := uint32(0)
	for k := range p {
		if p[k] > p[best] {
			best = k
		}
		switch {
		case p[k] > 0.8:
			all |= 3 << (12 + 2*k)
		case p[k] > 0.4:
			all |= 2 << (12 + 2*k)
		case p[k] > 0.1:
			all |= 1 << (12 + 2*k)
		}
	}
	step := uint32(0)
	for _, at := range typeSteps {
		if p[best] > at {
			step++
		}
	}
	return wordType(1 | uint32(best)<<4 | step<<8 | all)
}

// forward gives the chances of a vector's word and leaves the hidden layer in units.
func (t *wordTypes) forward(v, units []float32) [typeCount]float32 {
	copy(units, t.hidden[len(v)*typeHidden:])
	for i, x := range v {
		neural.Axpy(x, t.hidden[i*typeHidden:(i+1)*typeHidden], units)
	}
	return t.answer(units)
}

// answer gives the chances that follow from the hidden layer, and cuts it off at 0.
func (t *wordTypes) answer(units []float32) [typeCount]float32 {
	p := [typeCount]float32(t.out[typeHidden*typeCount:])
	for i, u := range units {
		if u < 0 {
			units[i] = 0
			continue
		}
		for k, w := range t.out[i*typeCount : (i+1)*typeCount] {
			p[k] += u * w
		}
	}
	for k := range p {
		p[k] = float32(1 / (1 + math.Exp(-float64(p[k]))))
	}
	return p
}

// typeExample is a word with a vector and whether it has each type.
type typeExample struct {
	row   int
	types [typeCount]float32
}

// typeExamples gathers what the lists and the words of the examples tell.
func typeExamples(examples []NameExample, lex *lexicon.Lexicon, vectors *neural.Vectors) []typeExample {
	types := map[string]*[typeCount]float32{}
	add := func(word string, kind int) {
		if types[word] == nil {
			types[word] = new([typeCount]float32)
		}
		types[word][kind] = 1
	}
	for word, class := range lex.Names {
		switch class {
		case lexicon.NamedPerson:
			add(word, typePerson)
		case lexicon.NamedGroup:
			add(word, typeGroup)
		case lexicon.NamedPlace, lexicon.City:
			add(word, typePlace)
		default:
			add(word, typeNothing)
		}
		if lex.Given(word) != lexicon.Unknown {
			add(word, typePerson)
		}
	}
	for word := range lex.Venues {
		add(word, typeGroup)
	}
	for _, e := range examples {
		for i := range e.Sentence.Tokens {
			if t := &e.Sentence.Tokens[i]; !strings.HasPrefix(t.XPOS, "NNP") && t.Form[0] >= 'a' && t.Form[0] <= 'z' && len(t.Form) > 1 {
				add(t.Form, typeNothing)
			}
		}
	}
	for word := range lex.Families {
		// People are called "Miami" and "Field" too, but few texts are about them.
		if types[word] == nil {
			add(word, typePerson)
		}
	}
	words := make([]string, 0, len(types))
	for word := range types {
		words = append(words, word)
	}
	slices.Sort(words)
	var all []typeExample
	for _, word := range words {
		if row, ok := vectors.Row(neural.Key(word)); ok {
			all = append(all, typeExample{row, *types[word]})
		}
	}
	return all
}

// trainWordTypes fits the types to the words that the lists and the examples know.
func trainWordTypes(examples []NameExample, lex *lexicon.Lexicon, vectors *neural.Vectors, seed uint64) *wordTypes {
	const epochs, rate = 12, 0.05
	all := typeExamples(examples, lex, vectors)
	n := vectors.Size()
	t := &wordTypes{vectors: vectors, hidden: make([]float32, (n+1)*typeHidden), out: make([]float32, (typeHidden+1)*typeCount)}
	rng := rand.New(rand.NewPCG(seed, 3))
	for i := range n * typeHidden {
		t.hidden[i] = float32(rng.NormFloat64() / math.Sqrt(float64(n)))
	}
	for i := range typeHidden * typeCount {
		t.out[i] = float32(rng.NormFloat64() / math.Sqrt(typeHidden))
	}
	v, units, down := make([]float32, n), make([]float32, typeHidden), make([]float32, typeHidden)
	for epoch := range epochs {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for i, e := range all {
			clear(v)
			vectors.AddTo(e.row, v)
			p := t.forward(v, units)
			step := float32(rate * (1 - (float64(epoch)+float64(i)/float64(len(all)))/epochs))
			clear(down)
			for k := range p {
				g := step * (p[k] - e.types[k])
				for j, u := range units {
					if u > 0 {
						down[j] += g * t.out[j*typeCount+k]
						t.out[j*typeCount+k] -= g * u
					}
				}
				t.out[typeHidden*typeCount+k] -= g
			}
			for j, x := range v {
				neural.Axpy(-x, down, t.hidden[j*typeHidden:(j+1)*typeHidden])
			}
			neural.Axpy(-1, down, t.hidden[n*typeHidden:])
		}
	}
	return t.pack()
}

func (t *wordTypes) encode() []byte { return appendFloats(appendFloats(nil, t.hidden), t.out) }

// decodeWordTypes reads the types from the front of data and gives the bytes after them.
func decodeWordTypes(data []byte, vectors *neural.Vectors) (t *wordTypes, rest []byte, err error) {
	hidden, out := (vectors.Size()+1)*typeHidden, (typeHidden+1)*typeCount
	size := 4 * (hidden + out)
	if len(data) < size || vectors.Size() > 128 {
		return nil, nil, errors.New("the word types do not fit the vectors")
	}
	all := readFloats(data[:size])
	return (&wordTypes{vectors: vectors, hidden: all[:hidden], out: all[hidden:]}).pack(), data[size:], nil
}

func (t *wordTypes) pack() *wordTypes {
	t.packed.Pack(t.hidden, t.vectors.Size(), typeHidden, typeHidden)
	return t
}
