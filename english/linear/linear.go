// Package linear is a multinomial logistic regression over hashed features,
// the classifier behind the decisions of package english that need no neural
// net: where a word ends, where a sentence ends, which mention goes before.
//
// In: features as 32-bit hashes, one set a decision. Out: a score for each
// class. A Model is a table of 8-bit weights, small enough to embed. It does
// not normalise scores into probabilities unless asked to.
package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
)

// Model holds the weights of every feature for every class. It is read-only
// after Decode or Train and safe for concurrent use.
type Model struct {
	classes int
	mask    uint32
	scale   float32 // the value of a weight of 1
	weights []int8  // classes in a row per hashed feature
}

const (
	magic   = "LIN1"
	maxBits = 22
)

// ErrModel is what Decode returns, wrapped, for bytes that are not a model.
var ErrModel = errors.New("not a linear model of version 1")

// Classes is the number of classes.
func (m *Model) Classes() int { return m.classes }

// Scores adds the score of each class to out, which must have Classes places.
func (m *Model) Scores(features []uint32, out []float32) {
	if m.classes == 1 {
		sum := int32(0)
		for _, f := range features {
			sum += int32(m.weights[mix(f)&m.mask])
		}
		out[0] += float32(sum) * m.scale
		return
	}
	var sums [16]int32
	n := m.classes
	for _, f := range features {
		at := int(mix(f)&m.mask) * n
		for k, w := range m.weights[at : at+n] {
			sums[k] += int32(w)
		}
	}
	for k := range n {
		out[k] += float32(sums[k]) * m.scale
	}
}

// Best gives the class with the highest score. With a single class it gives 1
// for a score above zero, else 0.
func (m *Model) Best(features []uint32) int {
	var out [16]float32
	m.Scores(features, out[:m.classes])
	if m.classes == 1 {
		if out[0] > 0 {
			return 1
		}
		return 0
	}
	best := 0
	for k := 1; k < m.classes; k++ {
		if out[k] > out[best] {
			best = k
		}
	}
	return best
}

// mix spreads the bits of a feature over the table (finaliser of MurmurHash3).
func mix(f uint32) uint32 {
	f ^= f >> 16
	f *= 0x85ebca6b
	f ^= f >> 13
	f *= 0xc2b2ae35
	return f ^ f>>16
}

// Hash starts a feature's hash from the number of its template.
func Hash(template uint32) uint32 { return (2166136261 ^ template) * 16777619 }

// Add mixes a value into a hash.
func Add(h, v uint32) uint32 {
	h = (h ^ v) * 0x9e3779b1
	return h ^ h>>15
}

// AddString mixes the bytes of s into a hash (FNV-1a).
func AddString(h uint32, s string) uint32 {
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// Example is one decision of the training data.
type Example struct {
	Features []uint32
	Class    int // for a single-class model 1 is yes and 0 is no
}

// Config says how to train.
type Config struct {
	Classes int     // 1 for a yes/no decision, else 2 to 16
	Bits    int     // the table has 2^Bits features
	Epochs  int     // passes over the examples
	Rate    float64 // AdaGrad's step
	L2      float64 // weight decay per update of a feature
	Seed    uint64  // of the order of the examples
}

// Train fits a model by AdaGrad (Duchi, Hazan and Singer 2011) on the
// logistic loss, averages the weights over the updates, and rounds them to 8
// bits. The same examples and Config give the same model.
func Train(examples []Example, c Config) (*Model, error) {
	if c.Classes < 1 || c.Classes > 16 || c.Bits < 4 || c.Bits > maxBits || c.Epochs < 1 || c.Rate <= 0 {
		return nil, fmt.Errorf("train linear model: bad configuration %+v", c)
	}
	n := c.Classes
	mask := uint32(1)<<c.Bits - 1
	w := make([]float64, n<<c.Bits)
	g2 := make([]float64, n<<c.Bits)
	sum := make([]float64, n<<c.Bits) // of weight times the update it was set at, for the average
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(c.Seed, 1))
	p := make([]float64, n)
	step := 0.0
	for range c.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			clear(p)
			for _, f := range e.Features {
				at := int(mix(f)&mask) * n
				for k := range n {
					p[k] += w[at+k]
				}
			}
			softmax(p)
			if n == 1 {
				p[0] -= float64(e.Class)
			} else {
				p[e.Class]--
			}
			step++
			for _, f := range e.Features {
				at := int(mix(f)&mask) * n
				for k := range n {
					grad := p[k] + c.L2*w[at+k]
					if math.Abs(grad) < 1e-6 {
						continue
					}
					g2[at+k] += grad * grad
					delta := -c.Rate * grad / (math.Sqrt(g2[at+k]) + 1e-8)
					w[at+k] += delta
					sum[at+k] += delta * step
				}
			}
		}
	}
	if step > 0 {
		for i := range w {
			w[i] -= sum[i] / step
		}
	}
	return rounded(w, n, mask), nil
}

// rounded makes a model of weights, to 8 bits.
func rounded(w []float64, classes int, mask uint32) *Model {
	top := 0.0
	for _, v := range w {
		top = max(top, math.Abs(v))
	}
	m := &Model{classes: classes, mask: mask, scale: float32(top / 127), weights: make([]int8, len(w))}
	if top > 0 {
		for i, v := range w {
			m.weights[i] = int8(math.Round(v / top * 127))
		}
	}
	return m
}

// softmax turns scores into probabilities; a single score by the logistic function.
func softmax(p []float64) {
	if len(p) == 1 {
		p[0] = 1 / (1 + math.Exp(-p[0]))
		return
	}
	softmaxMany(p)
}

// Encode gives the model as bytes: the mark, the number of classes, the bits
// of the table, the scale and the weights.
func (m *Model) Encode() []byte {
	b := append([]byte(magic), byte(m.classes), byte(bitsOf(m.mask)))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.scale))
	for _, w := range m.weights {
		b = append(b, byte(w))
	}
	return b
}

func bitsOf(mask uint32) int {
	n := 0
	for ; mask > 0; mask >>= 1 {
		n++
	}
	return n
}

// Decode reads a model from the front of data and gives the bytes after it.
// Its error wraps ErrModel.
func Decode(data []byte) (m *Model, rest []byte, err error) {
	if len(data) < 10 || string(data[:4]) != magic {
		return nil, nil, fmt.Errorf("decode: %w", ErrModel)
	}
	n, bits := int(data[4]), int(data[5])
	if n < 1 || n > 16 || bits > maxBits || len(data) < 10+n<<bits {
		return nil, nil, fmt.Errorf("decode %d bytes for %d classes and %d bits: %w", len(data), n, bits, ErrModel)
	}
	m = &Model{classes: n, mask: uint32(1)<<bits - 1, scale: math.Float32frombits(binary.LittleEndian.Uint32(data[6:]))}
	m.weights = make([]int8, n<<bits)
	for i := range m.weights {
		m.weights[i] = int8(data[10+i])
	}
	return m, data[10+n<<bits:], nil
}
