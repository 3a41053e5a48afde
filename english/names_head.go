package english

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"chancery/english/lexicon"
	"chancery/english/neural"
)

// nameHead scores the tags of a word from what the network's encoder makes of
// it in its sentence, beside what the lists and the word types say: a network
// with one hidden layer over the frozen top layer. It is trained on sentences
// whose names were changed (disguise), so that it does not lean on the names
// that the encoder has seen. It is safe for concurrent use.
type nameHead struct {
	inputs int
	hidden []float32     // a row of headUnits weights for each input, and one of biases
	packed neural.Panels // hidden less the biases, once it is trained
	out    []float32     // a row of tagCount weights for each hidden unit, and one of biases
}

const (
	headUnits = 128

	// headFacts is how many numbers describe a word beside its vector: those of
	// the word and of the ends of its run, its shape, its place in the run.
	headFacts = 3*wordFacts + shapeBits + 2
	wordFacts = 24
	shapeBits = 8
)

// headOffsets of the facts about one word, after the typeCount probabilities.
const (
	factVector = typeCount + iota
	factNamedPerson
	factNamedGroup
	factNamedPlace
	factCity
	factPerson
	factGroup
	factPlace
	factTime
	factGiven
	factFamily
	factInPerson
	factInGroup
	factInPlace
	factInCity
	factInVenue
	factEnding // three of them
)

var classFacts = map[lexicon.Class]int{lexicon.NamedPerson: factNamedPerson, lexicon.NamedGroup: factNamedGroup, lexicon.NamedPlace: factNamedPlace,
	lexicon.City: factCity, lexicon.Person: factPerson, lexicon.Group: factGroup, lexicon.Place: factPlace, lexicon.Time: factTime}

var listedFacts = map[lexicon.Class]int{lexicon.NamedPerson: factInPerson, lexicon.NamedGroup: factInGroup, lexicon.NamedPlace: factInPlace,
	lexicon.City: factInCity, venue: factInVenue}

// input appends what the head reads about word i, whose sentence's vectors are given.
func (h *nameHead) input(w *nameWords, i int, vectors, out []float32) []float32 {
	size := len(vectors) / len(w.low)
	out = append(out, vectors[i*size:(i+1)*size]...)
	for _, j := range [...]int{i, w.run[i][0], w.run[i][1]} {
		out = append(out, w.factsOf(j)[:]...)
	}
	for b := range shapeBits {
		out = append(out, float32(w.shape[i]>>b&1))
	}
	return append(out, float32(min(i-w.run[i][0], 3))/3, float32(min(w.run[i][1]-i, 3))/3)
}

// factsOf gives what the lists and the word types say of word j.
func (w *nameWords) factsOf(j int) *[wordFacts]float32 {
	f := &w.facts[j]
	if w.told[j] {
		return f
	}
	w.told[j] = true
	if w.kind[j] != 0 {
		copy(f[:], w.chances[j][:])
		f[factVector] = 1
	}
	class := w.class(j)
	if at := classFacts[lexicon.Class(class>>8)]; at > 0 {
		f[at] = 1
	}
	if at := listedFacts[lexicon.Class(w.listed[j]>>4)]; at > 0 {
		f[at] = 1
	}
	f[factGiven] = float32(yes(w.lexicon.Given(w.low[j]) != lexicon.Unknown))
	f[factFamily] = float32(yes(w.lexicon.IsFamily(w.low[j])))
	e := w.ending(j)
	f[factEnding], f[factEnding+1], f[factEnding+2] = float32(e&1), float32(e>>1&1), float32(e>>2&1)
	f[wordFacts-1] = float32(yes(w.proper(j)))
	return f
}

// leastChance bounds how sure the head may be against a tag.
const leastChance = 1e-4

// layer gives the hidden layer of so many rows of inputs, in the place of units
// if there is room.
func (h *nameHead) layer(rows int, input, units []float32) []float32 {
	units = slices.Grow(units[:0], rows*headUnits)
	for range rows {
		units = append(units, h.hidden[h.inputs*headUnits:]...)
	}
	neural.Mul(rows, input, h.inputs, 1, &h.packed, units, headUnits)
	for i, u := range units {
		units[i] = max(u, 0)
	}
	return units
}

// scores gives the logarithm of the chance of each tag, from the hidden layer.
func (h *nameHead) scores(units *[headUnits]float32) [tagCount]float32 {
	p := h.answer(units)
	for k := range p {
		p[k] = float32(math.Log(math.Max(float64(p[k]), leastChance)))
	}
	return p
}

// answer gives the chances that follow from the hidden layer.
func (h *nameHead) answer(units *[headUnits]float32) [tagCount]float32 {
	p := [tagCount]float32(h.out[headUnits*tagCount:])
	for i, u := range units {
		if u == 0 {
			continue
		}
		for k, w := range h.out[i*tagCount : (i+1)*tagCount] {
			p[k] += u * w
		}
	}
	normalise(&p)
	for k := range p {
		p[k] = float32(math.Exp(float64(p[k])))
	}
	return p
}

// encode writes the hidden layer as bytes with a scale for each row, the rest
// as it is.
func (h *nameHead) encode() []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(h.inputs))
	for i := range h.inputs + 1 {
		row := h.hidden[i*headUnits : (i+1)*headUnits]
		top := float32(0)
		for _, w := range row {
			top = max(top, w, -w)
		}
		scale := top / 127
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale))
		for _, w := range row {
			if scale > 0 {
				w /= scale
			}
			b = append(b, byte(int8(math.Round(float64(w)))))
		}
	}
	return appendFloats(b, h.out)
}

func decodeNameHead(data []byte, vectorSize int) (*nameHead, error) {
	const row = 4 + headUnits
	inputs, out := vectorSize+headFacts, (headUnits+1)*tagCount
	if len(data) != 4+(inputs+1)*row+4*out || binary.LittleEndian.Uint32(data) != uint32(inputs) {
		return nil, errors.New("the head for names does not fit the network")
	}
	h := &nameHead{inputs: inputs, hidden: make([]float32, (inputs+1)*headUnits)}
	for i := range inputs + 1 {
		from := data[4+i*row:]
		scale := math.Float32frombits(binary.LittleEndian.Uint32(from))
		for j := range headUnits {
			h.hidden[i*headUnits+j] = scale * float32(int8(from[4+j]))
		}
	}
	h.packed.Pack(h.hidden, inputs, headUnits, headUnits)
	h.out = readFloats(data[4+(inputs+1)*row:])
	return h, nil
}

func appendFloats(b []byte, list []float32) []byte {
	for _, w := range list {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(w))
	}
	return b
}

func readFloats(data []byte) []float32 {
	list := make([]float32, len(data)/4)
	for i := range list {
		list[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return list
}
