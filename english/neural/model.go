package neural

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"strings"
	"sync"
)

// Version is the version of the format and of the network that this package
// reads.
const Version = 1

const magic = "chancery english network\n"

// ErrVersion says that a model file is of another kind or version.
var ErrVersion = errors.New("not an english network of version 1")

// Config holds the sizes of a network. Hidden, Tag, Arc and Rel are multiples
// of 32; Word and Char are multiples of 8.
type Config struct {
	Word    int // numbers of a word's embedding
	Char    int // numbers of a character feature's embedding
	Hidden  int // units of an LSTM, per direction
	Layers  int // of LSTMs
	Tag     int // units under the classifiers
	Arc     int // units of a word as a dependent and as a head
	Rel     int // units under the relations
	Vectors int // numbers of a frozen vector, 0 for none
}

// Input is the number of numbers that describe a word to the first layer.
func (c Config) Input() int { return c.Word + c.Char }

// VectorSize is the number of numbers that the top layer has for a word.
func (c Config) VectorSize() int { return 2 * c.Hidden }

// Labels are the values that the classifiers choose from.
type Labels struct {
	UPOS, XPOS, Feats, Lemma, Name, Rel []string
}

// Classifiers gives the lists that share one layer of outputs, in its order.
func (l *Labels) Classifiers() [][]string {
	return [][]string{l.UPOS, l.XPOS, l.Feats, l.Lemma, l.Name}
}

// Tensor is a matrix of weights, row after row.
type Tensor struct {
	Name       string
	Rows, Cols int
	Data       []float32 `json:"-"`
}

// LSTM names the weights of one direction of one layer.
type LSTM struct{ Input, Hidden, Bias *Tensor }

// Weights are the tensors of a network.
type Weights struct {
	Word, Char, Project *Tensor
	Convention          *Tensor   // a row for each, added to the inputs
	LSTM                [][2]LSTM // by layer and direction

	TagTop, TagWord, TagBias      *Tensor
	Label, LabelBias              *Tensor
	ArcDep, ArcDepBias            *Tensor
	ArcHead, ArcHeadBias, ArcRoot *Tensor
	ArcPair, ArcBias              *Tensor
	RelDep, RelHead, RelBias      *Tensor
	RelRoot, RelOut, RelOutBias   *Tensor

	All []*Tensor // the same, in the order of the file
}

// NewWeights makes the zero tensors of a network with so many known words
// (row 0 stands for the unknown ones) and these labels.
func NewWeights(c Config, words int, labels *Labels) *Weights {
	w := shapes(c, words, labels)
	for _, t := range w.All {
		t.Data = make([]float32, t.Rows*t.Cols)
	}
	return w
}

// shapes makes the tensors without their numbers.
func shapes(c Config, words int, labels *Labels) *Weights {
	w := &Weights{}
	add := func(name string, rows, cols int) *Tensor {
		t := &Tensor{Name: name, Rows: rows, Cols: cols}
		w.All = append(w.All, t)
		return t
	}
	w.Word = add("word", words+1, c.Word)
	w.Char = add("char", Buckets, c.Char)
	w.Project = add("project", c.Vectors, c.Word)
	w.Convention = add("convention", int(conventions), c.Input())
	in := c.Input()
	for l := range c.Layers {
		var both [2]LSTM
		for d := range both {
			name := fmt.Sprintf("lstm %d %d ", l, d)
			both[d] = LSTM{add(name+"input", in, 4*c.Hidden), add(name+"hidden", c.Hidden, 4*c.Hidden), add(name+"bias", 1, 4*c.Hidden)}
		}
		w.LSTM = append(w.LSTM, both)
		in = 2 * c.Hidden
	}
	outputs := 0
	for _, list := range labels.Classifiers() {
		outputs += len(list)
	}
	w.TagTop = add("tag top", in, c.Tag)
	w.TagWord = add("tag word", c.Input(), c.Tag)
	w.TagBias = add("tag bias", 1, c.Tag)
	w.Label = add("label", c.Tag, Padded(outputs))
	w.LabelBias = add("label bias", 1, Padded(outputs))
	w.ArcDep = add("arc dependent", in, c.Arc)
	w.ArcDepBias = add("arc dependent bias", 1, c.Arc)
	w.ArcHead = add("arc head", in, c.Arc)
	w.ArcHeadBias = add("arc head bias", 1, c.Arc)
	w.ArcRoot = add("arc root", 1, c.Arc)
	w.ArcPair = add("arc pair", c.Arc, c.Arc)
	w.ArcBias = add("arc bias", 1, c.Arc)
	w.RelDep = add("relation dependent", in, c.Rel)
	w.RelHead = add("relation head", in, c.Rel)
	w.RelBias = add("relation bias", 1, c.Rel)
	w.RelRoot = add("relation root", 1, c.Rel)
	w.RelOut = add("relation", c.Rel, Padded(len(labels.Rel)))
	w.RelOutBias = add("relation output bias", 1, Padded(len(labels.Rel)))
	return w
}

// header is the JSON line after the magic. The words, one to a line, follow
// it, then the tensors: "word" and "char" as rows of a float32 scale and int8
// numbers, the others as float16.
type header struct {
	Version int
	Config  Config
	Labels  Labels
	Words   int    // bytes of the list of words
	Vectors uint32 // CRC-32 of the file of vectors
	Bytes   int    // of tensors
}

// Encode writes a network that was trained with the given vectors. It is
// rounded in writing: Load gives a slightly different one.
func Encode(out io.Writer, c Config, labels *Labels, words []string, w *Weights, vectors []byte) error {
	list := strings.Join(words, "\n")
	var body []byte
	for _, t := range w.All {
		if t == w.Word || t == w.Char {
			body = appendBytes(body, t)
			continue
		}
		for _, x := range t.Data {
			body = binary.LittleEndian.AppendUint16(body, toHalf(x))
		}
	}
	h, err := json.Marshal(header{Version, c, *labels, len(list), crc32.ChecksumIEEE(vectors), len(body)})
	if err != nil {
		return fmt.Errorf("encode english network: %w", err)
	}
	for _, part := range [][]byte{[]byte(magic), h, {'\n'}, []byte(list), body} {
		if _, err := out.Write(part); err != nil {
			return fmt.Errorf("encode english network: %w", err)
		}
	}
	return nil
}

func appendBytes(b []byte, t *Tensor) []byte {
	for i := range t.Rows {
		row := t.Data[i*t.Cols : (i+1)*t.Cols]
		b = appendRow(b, row)
	}
	return b
}

// appendRow writes a row as a scale and numbers from -127 to 127.
func appendRow(b []byte, row []float32) []byte {
	var top float32
	for _, x := range row {
		top = max(top, x, -x)
	}
	scale := top / 127
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale))
	for _, x := range row {
		q := 0.0
		if scale > 0 {
			q = math.Round(float64(x / scale))
		}
		b = append(b, byte(int8(q)))
	}
	return b
}

// byteRows is a matrix as appendRow wrote it.
type byteRows struct {
	cols int
	data []byte
}

// addTo adds scale times row i to dst.
func (t byteRows) addTo(i int, scale float32, dst []float32) {
	row := t.data[i*(4+t.cols) : (i+1)*(4+t.cols)]
	scale *= math.Float32frombits(binary.LittleEndian.Uint32(row))
	row = row[4:]
	dst = dst[:len(row)]
	for j, q := range row {
		dst[j] += scale * float32(int8(q))
	}
}

// Model is a network to annotate with. It is read-only and safe for concurrent
// use.
type Model struct {
	config  Config
	labels  Labels
	words   map[string]int32 // rows of word; 0 is the unknown word
	word    byteRows
	char    byteRows
	vectors *Vectors
	w       *Weights // without Word and Char
	packed  packed
	offsets []int // of the classifiers in the outputs, and the end
	scratch sync.Pool
	cache   *inputCache
}

type packed struct {
	project                  Panels
	input, hidden            [][2]factor
	tagTop, tagWord, label   factor
	arcDep, arcHead, arcPair factor
	relDep, relHead, relOut  factor
}

// Load reads a network and the vectors it was trained with, as Encode and
// EncodeVectors wrote them, and keeps both slices. It returns ErrVersion for a
// file of another kind, another error for a damaged one.
func Load(network, vectors []byte) (*Model, error) {
	fail := func(err error) (*Model, error) { return nil, fmt.Errorf("load english network: %w", err) }
	h, rest, err := readHeader(network)
	if err != nil {
		return fail(err)
	}
	if crc32.ChecksumIEEE(vectors) != h.Vectors {
		return fail(errors.New("the vectors are not those it was trained with"))
	}
	m := &Model{config: h.Config, labels: h.Labels, words: map[string]int32{}}
	list := strings.Split(string(rest[:h.Words]), "\n")
	m.words = make(map[string]int32, len(list))
	for i, s := range list {
		m.words[s] = int32(i + 1)
	}
	if m.vectors, err = LoadVectors(vectors); err != nil {
		return fail(err)
	}
	if m.vectors.size != h.Config.Vectors {
		return fail(errors.New("vectors of another size"))
	}
	if m.w, err = m.read(rest[h.Words:], len(list)); err != nil {
		return fail(err)
	}
	m.pack()
	m.scratch.New = func() any { return new(scratch) }
	m.cache = newInputCache(h.Config.Input())
	return m, nil
}

// readHeader checks and takes off what stands before the list of words.
func readHeader(network []byte) (header, []byte, error) {
	var h header
	rest, ok := bytes.CutPrefix(network, []byte(magic))
	if !ok {
		return h, nil, ErrVersion
	}
	line, rest, _ := bytes.Cut(rest, []byte("\n"))
	if err := json.Unmarshal(line, &h); err != nil {
		return h, nil, err
	}
	if h.Version != Version {
		return h, nil, ErrVersion
	}
	if h.Words < 0 || h.Bytes < 0 || len(rest) != h.Words+h.Bytes {
		return h, nil, errors.New("wrong length")
	}
	for _, list := range append(h.Labels.Classifiers(), h.Labels.Rel) {
		if len(list) == 0 {
			return h, nil, errors.New("no labels")
		}
	}
	return h, rest, h.Config.check()
}

func (c Config) check() error {
	for _, n := range []int{c.Word, c.Char, c.Hidden, c.Layers, c.Tag, c.Arc, c.Rel, c.Vectors} {
		if n <= 0 || n > 4096 {
			return errors.New("impossible sizes")
		}
	}
	if c.Word%panelWidth != 0 || c.Char%8 != 0 || c.Hidden%panelWidth != 0 || c.Tag%panelWidth != 0 || c.Arc%panelWidth != 0 || c.Rel%panelWidth != 0 {
		return errors.New("impossible sizes")
	}
	return nil
}

// read takes the tensors out of the file; the tables stay as bytes.
func (m *Model) read(body []byte, words int) (*Weights, error) {
	c := m.config
	w := shapes(c, words, &m.labels)
	size := 0
	for _, t := range w.All {
		if t == w.Word || t == w.Char {
			size += t.Rows * (4 + t.Cols)
		} else {
			size += 2 * t.Rows * t.Cols
		}
	}
	if size != len(body) {
		return nil, errors.New("wrong length")
	}
	take := func(n int) []byte {
		part := body[:n]
		body = body[n:]
		return part
	}
	for _, t := range w.All {
		switch t {
		case w.Word:
			m.word = byteRows{t.Cols, take(t.Rows * (4 + t.Cols))}
		case w.Char:
			m.char = byteRows{t.Cols, take(t.Rows * (4 + t.Cols))}
		default:
			t.Data = make([]float32, t.Rows*t.Cols)
			part := take(2 * len(t.Data))
			for i := range t.Data {
				t.Data[i] = fromHalf(binary.LittleEndian.Uint16(part[2*i:]))
			}
		}
	}
	m.offsets = []int{0}
	for _, list := range m.labels.Classifiers() {
		m.offsets = append(m.offsets, m.offsets[len(m.offsets)-1]+len(list))
	}
	return w, nil
}

func (m *Model) pack() {
	p, w := &m.packed, m.w
	pack := func(f *factor, t *Tensor) {
		*f = newFactor(t)
		t.Data = nil // only the panels are used from here on
	}
	p.project.Pack(w.Project.Data, w.Project.Rows, w.Project.Cols, w.Project.Cols)
	p.input, p.hidden = make([][2]factor, len(w.LSTM)), make([][2]factor, len(w.LSTM))
	for l := range w.LSTM {
		for d := range 2 {
			pack(&p.input[l][d], w.LSTM[l][d].Input)
			pack(&p.hidden[l][d], w.LSTM[l][d].Hidden)
		}
	}
	pack(&p.tagTop, w.TagTop)
	pack(&p.tagWord, w.TagWord)
	pack(&p.label, w.Label)
	pack(&p.arcDep, w.ArcDep)
	pack(&p.arcHead, w.ArcHead)
	pack(&p.arcPair, w.ArcPair)
	pack(&p.relDep, w.RelDep)
	pack(&p.relHead, w.RelHead)
	pack(&p.relOut, w.RelOut)
}

// VectorSize is the number of numbers per word in Sentence.Vectors.
func (m *Model) VectorSize() int { return m.config.VectorSize() }

// toHalf rounds to the nearest IEEE 754 half; beyond its range, to the largest.
func toHalf(x float32) uint16 {
	b := math.Float32bits(x)
	sign := uint16(b >> 16 & 0x8000)
	abs := b & 0x7fffffff
	switch {
	case abs >= 0x477ff000: // 65520 and more, infinities, NaN
		return sign | 0x7bff
	case abs < 0x38800000: // below 2^-14: subnormal
		return sign | uint16(math.RoundToEven(math.Abs(float64(x))*(1<<24)))
	}
	abs += 0xfff + abs>>13&1 // round to even
	return sign | uint16((abs-0x38000000)>>13)
}

func fromHalf(h uint16) float32 {
	sign := uint32(h&0x8000) << 16
	e, f := uint32(h>>10&0x1f), uint32(h&0x3ff)
	if e == 0 {
		x := float32(f) / (1 << 24)
		return math.Float32frombits(math.Float32bits(x) | sign)
	}
	return math.Float32frombits(sign | (e+112)<<23 | f<<13)
}
