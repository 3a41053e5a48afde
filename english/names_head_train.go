package english

import (
	"math"
	"math/rand/v2"

	"chancery/english/neural"
)

// How the head is trained: passes, first step (falling to nothing), the share
// of inputs and of hidden units left out, and one of how many words that could
// not be part of a name is learnt from.
const (
	headEpochs   = 5
	headRate     = 0.03
	inputDropout = 1.0 / 8
	unitDropout  = 1.0 / 4
	plainWords   = 10
)

// headExample is one word to learn from.
type headExample struct{ sentence, token, tag int }

// trainNameHead fits the head to annotated sentences whose vectors are given,
// by stochastic gradient descent.
func (n *nameTagger) trainNameHead(examples []NameExample, vectors [][]float32, vectorSize int, seed uint64) *nameHead {
	h := &nameHead{inputs: vectorSize + headFacts}
	h.hidden = make([]float32, (h.inputs+1)*headUnits)
	h.out = make([]float32, (headUnits+1)*tagCount)
	rng := rand.New(rand.NewPCG(seed, 9))
	for i := range h.inputs * headUnits {
		h.hidden[i] = float32(rng.NormFloat64() / math.Sqrt(float64(h.inputs)))
	}
	for i := range headUnits * tagCount {
		h.out[i] = float32(rng.NormFloat64() / math.Sqrt(headUnits))
	}
	words := make([]*nameWords, len(examples))
	var all []headExample
	for i, e := range examples {
		w := newNameWords(e.Sentence, n.lexicon, n.types)
		words[i] = w
		for j, name := range e.Tags {
			if tag := tagNumber(name); w.may[j] || tag != tagOutside || rng.IntN(plainWords) == 0 {
				all = append(all, headExample{i, j, tag})
			}
		}
	}
	var input []float32
	var units, down [headUnits]float32
	for epoch := range headEpochs {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for i, e := range all {
			rate := float32(headRate * (1 - (float64(epoch)+float64(i)/float64(len(all)))/headEpochs))
			input = h.input(words[e.sentence], e.token, vectors[e.sentence], input[:0])
			drop(rng, input, inputDropout)
			h.forward(input, &units)
			drop(rng, units[:], unitDropout)
			p := h.answer(&units)
			p[e.tag]--
			h.descend(input, &units, &down, p, rate)
		}
	}
	return h
}

// forward fills in the hidden layer of one input.
func (h *nameHead) forward(input []float32, units *[headUnits]float32) {
	copy(units[:], h.hidden[h.inputs*headUnits:])
	for i, x := range input {
		if x != 0 {
			neural.Axpy(x, h.hidden[i*headUnits:(i+1)*headUnits], units[:])
		}
	}
	for i, u := range units {
		units[i] = max(u, 0)
	}
}

// drop sets a share of the numbers to nothing and raises the others to make up for it.
func drop(rng *rand.Rand, x []float32, share float32) {
	for i := range x {
		if rng.Float32() < share {
			x[i] = 0
		} else {
			x[i] /= 1 - share
		}
	}
}

// descend moves the weights against the gradient that the errors of the tags give.
func (h *nameHead) descend(input []float32, units, down *[headUnits]float32, errors [tagCount]float32, rate float32) {
	for k := range errors {
		errors[k] *= rate
	}
	for i, u := range units {
		down[i] = 0
		if u == 0 {
			continue
		}
		out := h.out[i*tagCount : (i+1)*tagCount]
		for k, e := range errors {
			down[i] += e * out[k]
			out[k] -= e * u
		}
	}
	for k, e := range errors {
		h.out[headUnits*tagCount+k] -= e
	}
	for i, x := range input {
		if x != 0 {
			neural.Axpy(-x, down[:], h.hidden[i*headUnits:(i+1)*headUnits])
		}
	}
	neural.Axpy(-1, down[:], h.hidden[h.inputs*headUnits:])
}
