package event

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"chancery"
)

// classes are the 16 types and, last, "no event".
const (
	classes = 17
	noEvent = classes - 1
)

// class gives the place of a type, noEvent for "".
func class(t chancery.EventType) int {
	for i, x := range chancery.EventTypes() {
		if x == t {
			return i
		}
	}
	return noEvent
}

// ErrModel is wrapped by the error for bytes that are not a type model.
var ErrModel = errors.New("not an event type model")

const modelMagic = "chancery event types 1\n"

// Model gives the probability of each type for a pair of parties. It is
// read-only and safe for concurrent use.
type Model struct {
	slots       []int32   // row + 1 by feature, open addressing; 0 is empty
	ids         []uint32  // of the rows, ascending
	scales      []float32 // of the rows
	weights     []int8    // classes in a row
	temperature float64

	senses [len(senseNames)][]sense // of the numbers of the mean vectors
}

// sense is the row of a number of a mean vector, at hand as it is needed; all 0
// where there is none.
type sense struct {
	scale   float64
	weights [classes]float64
}

// short is the part of a feature's hash that the model keeps.
func short(id uint64) uint32 { return uint32(id ^ id>>32) }

// mostNumbers bounds the size of the word vectors.
const mostNumbers = 400

// link makes the table of the rows, and finds those of the mean vectors, which
// are too many to look up each time.
func (m *Model) link() *Model {
	size := 16
	for size < 4*len(m.ids) {
		size *= 2
	}
	m.slots = make([]int32, size)
	for at, id := range m.ids {
		k := int(id) & (size - 1)
		for m.slots[k] != 0 {
			k = (k + 1) & (size - 1)
		}
		m.slots[k] = int32(at) + 1
	}
	for kind := range m.senses {
		m.senses[kind] = make([]sense, mostNumbers)
		for k := range m.senses[kind] {
			at := m.row(short(senseID(kind, k)))
			if at < 0 {
				continue
			}
			s := &m.senses[kind][k]
			s.scale = float64(m.scales[at])
			for j := range s.weights {
				s.weights[j] = float64(m.weights[int(at)*classes+j])
			}
		}
	}
	return m
}

// row gives the row of a feature, -1 for none.
func (m *Model) row(id uint32) int32 {
	for k := int(id) & (len(m.slots) - 1); m.slots[k] != 0; k = (k + 1) & (len(m.slots) - 1) {
		if at := m.slots[k] - 1; m.ids[at] == id {
			return at
		}
	}
	return -1
}

// compress turns trained weights into a model. Rows in which no weight reaches
// least are left out.
func compress(ids map[uint64]int32, weights []float64, temperature, least float64) *Model {
	type row struct {
		id  uint32
		row []float64
	}
	var rows []row
	for id, at := range ids {
		w := weights[int(at)*classes : int(at)*classes+classes]
		if span := slices.Max(w) - slices.Min(w); span >= least {
			rows = append(rows, row{short(id), w})
		}
	}
	// Of two features with one short hash the heavier stays.
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(slices.Max(b.row), slices.Max(a.row)))
	})
	m := &Model{temperature: temperature}
	for _, r := range rows {
		if n := len(m.ids); n > 0 && m.ids[n-1] == r.id {
			continue
		}
		top := 0.0
		for _, x := range r.row {
			top = max(top, math.Abs(x))
		}
		scale := float32(top / 127)
		m.ids = append(m.ids, r.id)
		m.scales = append(m.scales, scale)
		for _, x := range r.row {
			m.weights = append(m.weights, int8(math.Round(x/float64(scale))))
		}
	}
	return m.link()
}

// Encode writes the model in the form DecodeModel reads.
func (m *Model) Encode() []byte {
	b := []byte(modelMagic)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(m.temperature))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.ids)))
	for _, id := range m.ids {
		b = binary.LittleEndian.AppendUint32(b, id)
	}
	for _, s := range m.scales {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(s))
	}
	for _, w := range m.weights {
		b = append(b, byte(w))
	}
	return b
}

// DecodeModel reads what Encode writes. The error wraps ErrModel.
func DecodeModel(b []byte) (*Model, error) {
	rest, ok := strings.CutPrefix(string(b), modelMagic)
	if !ok || len(rest) < 12 {
		return nil, fmt.Errorf("%w: want one that begins with %q", ErrModel, modelMagic)
	}
	b = b[len(modelMagic):]
	m := &Model{temperature: math.Float64frombits(binary.LittleEndian.Uint64(b))}
	n := int(binary.LittleEndian.Uint32(b[8:]))
	b = b[12:]
	if n < 0 || len(b) != n*(8+classes) || !(m.temperature > 0) {
		return nil, fmt.Errorf("%w: %d bytes for %d rows", ErrModel, len(b), n)
	}
	m.ids, m.scales, m.weights = make([]uint32, n), make([]float32, n), make([]int8, n*classes)
	for i := range n {
		m.ids[i] = binary.LittleEndian.Uint32(b[4*i:])
		m.scales[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*(n+i):]))
	}
	for i, x := range b[8*n:] {
		m.weights[i] = int8(x)
	}
	return m.link(), nil
}

// probabilities gives the calibrated probability of every class.
func (m *Model) probabilities(f *features) [classes]float64 {
	var p [classes]float64
	for _, x := range f.list {
		if at := m.row(short(x.id)); at >= 0 {
			m.vote(&p, at, x.value)
		}
	}
	for kind, v := range f.senses {
		for k, x := range v {
			m.senses[kind][k].vote(&p, float64(x))
		}
	}
	for k := range p {
		p[k] /= m.temperature
	}
	softmax(p[:])
	return p
}

// vote adds what a row says of each class.
func (m *Model) vote(p *[classes]float64, at int32, value float64) {
	value *= float64(m.scales[at])
	w := (*[classes]int8)(m.weights[int(at)*classes:])
	for k := range p {
		p[k] += value * float64(w[k])
	}
}

func (s *sense) vote(p *[classes]float64, value float64) {
	value *= s.scale
	for k := range p {
		p[k] += value * s.weights[k]
	}
}

// keepKnown leaves out the features that the model has no row of.
func (m *Model) keepKnown(f *features) {
	f.list = slices.DeleteFunc(f.list, func(x feature) bool { return m.row(short(x.id)) < 0 })
}

// reason is how much a feature speaks for a class; kind is that of a vector, -1
// for a single feature.
type reason struct {
	id     uint64
	kind   int
	weight float64
}

// reasons lists the features that speak most for a class against the mean of
// the others, in log-odds, the strongest first. The numbers of a vector count
// as one.
func (m *Model) reasons(f *features, k, most int) []reason {
	speaks := func(p [classes]float64) float64 {
		others := 0.0
		for j, x := range p {
			if j != k {
				others += x
			}
		}
		return (p[k] - others/(classes-1)) / m.temperature
	}
	var out []reason
	always := hash("always")
	for _, x := range f.list {
		at := m.row(short(x.id))
		if at < 0 || x.id == always {
			continue
		}
		var p [classes]float64
		m.vote(&p, at, x.value)
		out = append(out, reason{x.id, -1, speaks(p)})
	}
	for kind, v := range f.senses {
		var p [classes]float64
		for i, x := range v {
			m.senses[kind][i].vote(&p, float64(x))
		}
		out = append(out, reason{0, kind, speaks(p)})
	}
	out = slices.DeleteFunc(out, func(r reason) bool { return r.weight < 0.01 })
	slices.SortFunc(out, func(a, b reason) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.kind, b.kind), cmp.Compare(a.id, b.id))
	})
	return out[:min(most, len(out))]
}

// Temperature is what the model's scores are divided by to be log-odds.
func (m *Model) Temperature() float64 { return m.temperature }

// SetTemperature calibrates a model that nobody else uses yet.
func (m *Model) SetTemperature(t float64) { m.temperature = t }

// Shipped gives the embedded model.
func Shipped() (*Model, error) {
	m, err := DecodeModel(embedded)
	if err != nil {
		return nil, fmt.Errorf("load the embedded type model: %w", err)
	}
	return m, nil
}
