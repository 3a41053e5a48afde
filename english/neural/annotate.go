package neural

import (
	"math"
	"slices"
	"sync"
)

// Sentences are computed in batches, so that the steps of the recurrent layers
// multiply matrices and not vectors. A batch never changes a result.
const (
	batchPieces = 48
	batchWords  = 1536
)

// piece is a sentence or a part of a long one.
type piece struct {
	sentence   int
	start, end int // words of the sentence
	offset     int // row of its first word in the batch
}

// scratch holds the matrices of a batch, to be used again.
type scratch struct {
	x, out, next, gates     []float32
	state, cell, z, t       []float32
	tags, labels            []float32
	dep, head, pair, scores []float32
	relDep, relHead         []float32
	relOut, vector, own     []float32
	panels                  Panels
	given, under, step      operand // of a layer, of a classifier, of a step in time
	rows                    []uint32
	heads                   []int
}

func zeros(s *[]float32, n int) []float32 {
	r := grow(s, n)
	clear(r)
	return r
}

func grow(s *[]float32, n int) []float32 {
	if cap(*s) < n {
		*s = make([]float32, n+n/4)
	}
	*s = (*s)[:n]
	return *s
}

// Annotate fills in Words of every sentence, and Vectors if asked for. More
// sentences at once take less time each; what is said of a sentence does not
// depend on the others. It works on the calling goroutine alone.
func (m *Model) Annotate(sentences []Sentence, opts Options) {
	var pieces []piece
	for i := range sentences {
		s := &sentences[i]
		n := len(s.Forms)
		s.Words = make([]Word, n)
		if opts.Vectors {
			s.Vectors = grow(&s.Vectors, n*m.VectorSize())
		} else {
			s.Vectors = nil
		}
		for a := 0; a < n; a += MaxLength {
			pieces = append(pieces, piece{sentence: i, start: a, end: min(n, a+MaxLength)})
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return (b.end - b.start) - (a.end - a.start) })
	sc := m.scratch.Get().(*scratch)
	defer m.scratch.Put(sc)
	for len(pieces) > 0 {
		k, words := 0, 0
		for k < len(pieces) && k < batchPieces && (k == 0 || words+pieces[k].end-pieces[k].start <= batchWords) {
			pieces[k].offset = words
			words += pieces[k].end - pieces[k].start
			k++
		}
		m.batch(sentences, pieces[:k], words, opts.Convention, sc)
		pieces = pieces[k:]
	}
	for i := range sentences {
		joinPieces(sentences[i].Words)
	}
}

// joinPieces hangs the roots of the later pieces of a long sentence from the
// first piece's.
func joinPieces(words []Word) {
	first := -1
	for i := range words {
		if words[i].Head >= 0 {
			continue
		}
		if first < 0 {
			first = i
			continue
		}
		words[i].Head, words[i].Rel = first, "parataxis"
	}
}

func (m *Model) batch(sentences []Sentence, pieces []piece, n int, as Convention, sc *scratch) {
	c := m.config
	habit := m.w.Convention.Data[int(as)*c.Input() : int(as+1)*c.Input()]
	x := zeros(&sc.x, n*c.Input())
	row := 0
	for _, p := range pieces {
		for _, form := range sentences[p.sentence].Forms[p.start:p.end] {
			to := x[row*c.Input() : (row+1)*c.Input()]
			m.input(form, to, sc)
			Axpy(1, habit, to)
			row++
		}
	}
	in, width := x, c.Input()
	for l := range c.Layers {
		out := grow(&sc.out, n*2*c.Hidden)
		sc.given.set(in, n, width)
		for d := range 2 {
			m.lstm(l, d, out, pieces, n, sc)
		}
		sc.out, sc.next = sc.next, sc.out
		in, width = out, 2*c.Hidden
	}
	for _, p := range pieces {
		if v := sentences[p.sentence].Vectors; v != nil {
			copy(v[p.start*width:p.end*width], in[p.offset*width:])
		}
	}
	sc.given.set(in, n, width)
	m.tag(sentences, pieces, x, n, sc)
	m.parse(sentences, pieces, n, sc)
}

// input fills in what describes a word to the first layer.
func (m *Model) input(form string, x []float32, sc *scratch) {
	if m.cache.get(form, x) {
		return
	}
	key := Key(form)
	m.word.addTo(int(m.words[key]), 1, x[:m.config.Word])
	if i, ok := m.vectors.Row(key); ok {
		v := zeros(&sc.vector, m.config.Vectors)
		m.vectors.AddTo(i, v)
		Mul(1, v, m.config.Vectors, 1, &m.packed.project, x[:m.config.Word], m.config.Word)
	}
	sc.rows = Features(sc.rows[:0], form)
	scale := FeatureScale(len(sc.rows))
	for _, r := range sc.rows {
		m.char.addTo(int(r), scale, x[m.config.Word:])
	}
	m.cache.put(form, x)
}

// FeatureScale is what the sum of n character features is multiplied by.
func FeatureScale(n int) float32 { return float32(1 / math.Sqrt(float64(n))) }

// inputCache keeps the inputs of the words met, up to a bound.
type inputCache struct {
	mu   sync.RWMutex
	rows map[string]int
	data []float32
	size int
}

const (
	cachedWords = 1 << 14
	cachedBytes = 24 // longer words are not kept
)

func newInputCache(size int) *inputCache { return &inputCache{rows: map[string]int{}, size: size} }

func (c *inputCache) get(form string, x []float32) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	i, ok := c.rows[form]
	if ok {
		copy(x, c.data[i*c.size:(i+1)*c.size])
	}
	return ok
}

func (c *inputCache) put(form string, x []float32) {
	if len(form) > cachedBytes {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.rows[form]; ok || len(c.rows) >= cachedWords {
		return
	}
	if c.data == nil {
		c.data = make([]float32, 0, cachedWords*c.size)
	}
	c.rows[string([]byte(form))] = len(c.rows)
	c.data = append(c.data, x...)
}

// lstm runs one direction (0 forward, 1 backward) of a layer; pieces come with
// the longest first. It fills in its half of out.
func (m *Model) lstm(l, d int, out []float32, pieces []piece, n int, sc *scratch) {
	h := m.config.Hidden
	gates := grow(&sc.gates, n*4*h)
	bias := m.w.LSTM[l][d].Bias.Data
	for i := range n {
		copy(gates[i*4*h:(i+1)*4*h], bias)
	}
	sc.given.mul(&m.packed.input[l][d], gates, 4*h)
	state, cell := zeros(&sc.state, len(pieces)*h), zeros(&sc.cell, len(pieces)*h)
	z, t := grow(&sc.z, len(pieces)*4*h), grow(&sc.t, h)
	active := len(pieces)
	for step := 0; ; step++ {
		for active > 0 && pieces[active-1].end-pieces[active-1].start <= step {
			active--
		}
		if active == 0 {
			return
		}
		at := func(b int) int {
			if d == 0 {
				return pieces[b].offset + step
			}
			return pieces[b].offset + pieces[b].end - pieces[b].start - 1 - step
		}
		for b := range active {
			i := at(b)
			copy(z[b*4*h:(b+1)*4*h], gates[i*4*h:(i+1)*4*h])
		}
		if step > 0 {
			sc.step.set(state, active, h)
			sc.step.mul(&m.packed.hidden[l][d], z, 4*h)
		}
		for b := range active {
			s := state[b*h : (b+1)*h]
			Cell(z[b*4*h:(b+1)*4*h], cell[b*h:(b+1)*h], t, s)
			i := at(b)
			copy(out[i*2*h+d*h:i*2*h+(d+1)*h], s)
		}
	}
}

// affine gives o times f plus the bias in dst.
func affine(dst *[]float32, o *operand, f *factor, bias []float32) []float32 {
	n, ld := o.n, Padded(f.columns)
	r := grow(dst, n*ld)
	for i := range n {
		copy(r[i*ld:(i+1)*ld], bias)
	}
	o.mul(f, r, ld)
	return r
}

func best(x []float32) int {
	k := 0
	for i, v := range x {
		if v > x[k] {
			k = i
		}
	}
	return k
}

func (m *Model) tag(sentences []Sentence, pieces []piece, x []float32, n int, sc *scratch) {
	c, p := m.config, &m.packed
	hidden := affine(&sc.tags, &sc.given, &p.tagTop, m.w.TagBias.Data)
	sc.under.set(x, n, c.Input())
	sc.under.mul(&p.tagWord, hidden, c.Tag)
	rectify(hidden)
	sc.under.set(hidden, n, c.Tag)
	labels := affine(&sc.labels, &sc.under, &p.label, m.w.LabelBias.Data)
	ld := Padded(p.label.columns)
	for _, pc := range pieces {
		s := &sentences[pc.sentence]
		before := "O"
		for i := pc.start; i < pc.end; i++ {
			row := labels[(pc.offset+i-pc.start)*ld:]
			pick := func(k int) int { return best(row[m.offsets[k]:m.offsets[k+1]]) }
			w := &s.Words[i]
			w.UPOS = m.labels.UPOS[pick(0)]
			w.XPOS = m.labels.XPOS[pick(1)]
			w.Feats = m.labels.Feats[pick(2)]
			w.Lemma = ApplyLemmaRule(m.labels.Lemma[pick(3)], s.Forms[i])
			w.Name = follow(before, m.labels.Name[pick(4)])
			before = w.Name
		}
	}
}

// follow makes a continuation of nothing a beginning.
func follow(before, tag string) string {
	if len(tag) > 2 && tag[0] == 'I' && (len(before) < 2 || before[2:] != tag[2:]) {
		return "B" + tag[1:]
	}
	return tag
}

func (m *Model) parse(sentences []Sentence, pieces []piece, n int, sc *scratch) {
	c, p, w := m.config, &m.packed, m.w
	dep := affine(&sc.dep, &sc.given, &p.arcDep, w.ArcDepBias.Data)
	rectify(dep)
	head := affine(&sc.head, &sc.given, &p.arcHead, w.ArcHeadBias.Data)
	rectify(head)
	sc.under.set(dep, n, c.Arc)
	pair := affine(&sc.pair, &sc.under, &p.arcPair, w.ArcBias.Data)
	relDep := affine(&sc.relDep, &sc.given, &p.relDep, w.RelBias.Data)
	relHead := zeros(&sc.relHead, n*c.Rel)
	sc.given.mul(&p.relHead, relHead, c.Rel)
	for _, pc := range pieces {
		k := pc.end - pc.start
		own := grow(&sc.own, (k+1)*c.Arc) // the root's row before the words'
		copy(own, w.ArcRoot.Data)
		copy(own[c.Arc:], head[pc.offset*c.Arc:(pc.offset+k)*c.Arc])
		sc.panels.PackT(own, c.Arc, k+1, c.Arc)
		ld := Padded(k + 1)
		scores := zeros(&sc.scores, k*ld)
		Mul(k, pair[pc.offset*c.Arc:], c.Arc, 1, &sc.panels, scores, ld)
		if len(sc.heads) < k {
			sc.heads = make([]int, MaxLength)
		}
		decode(scores, k, ld, sc.heads[:k])
		words := sentences[pc.sentence].Words[pc.start:pc.end]
		hidden := relDep[pc.offset*c.Rel : (pc.offset+k)*c.Rel]
		for i := range words {
			other := w.RelRoot.Data
			words[i].Head = -1
			if j := sc.heads[i]; j >= 0 {
				other = relHead[(pc.offset+j)*c.Rel : (pc.offset+j+1)*c.Rel]
				words[i].Head = pc.start + j
			}
			Axpy(1, other, hidden[i*c.Rel:(i+1)*c.Rel])
		}
		rectify(hidden)
		sc.under.set(hidden, k, c.Rel)
		rels := affine(&sc.relOut, &sc.under, &p.relOut, w.RelOutBias.Data)
		for i := range words {
			row := rels[i*Padded(len(m.labels.Rel)):][:len(m.labels.Rel)]
			words[i].Rel = m.relation(row, words[i].Head < 0)
		}
	}
}

// relation gives the best relation; "root" is for the root alone.
func (m *Model) relation(row []float32, root bool) string {
	k := -1
	for i, r := range m.labels.Rel {
		if (r == "root") == root && (k < 0 || row[i] > row[k]) {
			k = i
		}
	}
	if k < 0 {
		return "dep"
	}
	return m.labels.Rel[k]
}
