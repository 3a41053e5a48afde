package training

import (
	"math"
	"math/rand/v2"

	"chancery/english/neural"
)

// dropout holds the rates at which numbers are left out in training.
type dropout struct {
	input, layer, recurrent, hidden float32
	word                            bool // leave out whole words, vectors, characters now and then
	spelling                        bool // leave out all characters
}

// shared is what the workers read: the weights and their layouts for
// multiplying from the right, straight and transposed.
type shared struct {
	config  neural.Config
	w       *neural.Weights
	offsets []int // of the classifiers in the outputs, and the end
	rels    int
	vectors *neural.Vectors
	counts  []float64
	packs   []*packs // in the order of w.All; nil for tables
}

type packs struct{ straight, across neural.Panels }

func newShared(c neural.Config, v *inventory, w *neural.Weights, vectors *neural.Vectors) *shared {
	s := &shared{config: c, w: w, rels: len(v.labels.Rel), vectors: vectors, counts: v.counts, offsets: []int{0}}
	for _, list := range v.labels.Classifiers() {
		s.offsets = append(s.offsets, s.offsets[len(s.offsets)-1]+len(list))
	}
	s.packs = make([]*packs, len(w.All))
	for i, t := range w.All {
		if t != w.Word && t != w.Char && t.Rows > 1 {
			s.packs[i] = &packs{}
		}
	}
	return s
}

// pack lays out every k-th tensor from the first-th on.
func (s *shared) pack(first, k int) {
	for i := first; i < len(s.packs); i += k {
		if p := s.packs[i]; p != nil {
			t := s.w.All[i]
			p.straight.Pack(t.Data, t.Rows, t.Cols, t.Cols)
			p.across.PackT(t.Data, t.Cols, t.Rows, t.Cols)
		}
	}
}

// worker computes the loss and the gradients of some sentences.
type worker struct {
	*shared
	grad   *neural.Weights // of all but the tables of words and characters
	index  map[*neural.Tensor]int
	random *rand.Rand
	rate   dropout
	memory arena
	panels neural.Panels

	// of the batch
	sentences []*example // the longest first
	start     []int      // row of the first word of each
	n         int        // words
	scale     float32    // of the gradients: 1 over the words of the whole batch
	words     []int32    // row of the word table used for each word, -1 for none
	charOff   []bool     // no character features
	dx        []float32  // gradients of the inputs
	loss      losses
}

// losses are sums over words, in nats.
type losses struct{ tags, arcs, rels float64 }

// arena gives out zeroed memory, all of it taken back at once.
type arena struct {
	slab []float32
	used int
	need int
}

func (a *arena) reset() {
	if a.need > len(a.slab) {
		a.slab = make([]float32, a.need+a.need/4)
	}
	a.used, a.need = 0, 0
}

func (a *arena) zeros(n int) []float32 {
	n = (n + 15) &^ 15
	a.need += n
	if a.used+n > len(a.slab) {
		return make([]float32, n)
	}
	part := a.slab[a.used : a.used+n : a.used+n]
	a.used += n
	clear(part)
	return part
}

func newWorker(s *shared, v *inventory, rate dropout) *worker {
	w := &worker{shared: s, rate: rate, index: indexOf(s.w)}
	w.grad = neural.NewWeights(s.config, 0, &v.labels)
	w.grad.Word.Data, w.grad.Char.Data = nil, nil
	return w
}

func indexOf(w *neural.Weights) map[*neural.Tensor]int {
	index := map[*neural.Tensor]int{}
	for i, t := range w.All {
		index[t] = i
	}
	return index
}

func (w *worker) straight(t *neural.Tensor) *neural.Panels { return &w.packs[w.index[t]].straight }
func (w *worker) across(t *neural.Tensor) *neural.Panels   { return &w.packs[w.index[t]].across }
func (w *worker) gradOf(t *neural.Tensor) *neural.Tensor   { return w.grad.All[w.index[t]] }

// mask is a vector of n factors: 0 at the rate, else what keeps the mean.
func (w *worker) mask(n int, rate float32) []float32 {
	m := w.memory.zeros(n)[:n]
	keep := 1 / (1 - rate)
	for i := range m {
		if rate == 0 || w.random.Float32() >= rate {
			m[i] = keep
		}
	}
	return m
}

// maskRows multiplies rows of x by a mask per sentence, which it returns.
func (w *worker) maskRows(x []float32, width int, rate float32) [][]float32 {
	if rate == 0 {
		return nil
	}
	masks := make([][]float32, len(w.sentences))
	for s, e := range w.sentences {
		masks[s] = w.mask(width, rate)
		for i := range e.forms {
			times(x[(w.start[s]+i)*width:(w.start[s]+i+1)*width], masks[s])
		}
	}
	return masks
}

func (w *worker) maskAgain(x []float32, width int, masks [][]float32) {
	for s := range masks {
		for i := range w.sentences[s].forms {
			times(x[(w.start[s]+i)*width:(w.start[s]+i+1)*width], masks[s])
		}
	}
}

func times(x, m []float32) {
	m = m[:len(x)]
	for i := range x {
		x[i] *= m[i]
	}
}

// linear gives x t + bias.
func (w *worker) linear(x []float32, t, bias *neural.Tensor) []float32 {
	y := w.memory.zeros(w.n * t.Cols)
	if bias != nil {
		for i := range w.n {
			copy(y[i*t.Cols:(i+1)*t.Cols], bias.Data)
		}
	}
	neural.Mul(w.n, x, t.Rows, 1, w.straight(t), y, t.Cols)
	return y
}

// linearBack adds the gradients of linear to those of t, the bias and, unless
// it is nil, x.
func (w *worker) linearBack(x, dx, dy []float32, t, bias *neural.Tensor) {
	w.panels.Pack(dy, w.n, t.Cols, t.Cols)
	neural.Mul(t.Rows, x, 1, t.Rows, &w.panels, w.gradOf(t).Data, t.Cols)
	if bias != nil {
		g := w.gradOf(bias).Data
		for i := range w.n {
			neural.Axpy(1, dy[i*t.Cols:(i+1)*t.Cols], g)
		}
	}
	if dx != nil {
		neural.Mul(w.n, dy, t.Cols, 1, w.across(t), dx, t.Rows)
	}
}

// rectify applies max(0, x) and dropout, and gives what the gradients are to
// be multiplied by.
func (w *worker) rectify(x []float32) []float32 {
	keep := 1 / (1 - w.rate.hidden)
	m := w.memory.zeros(len(x))
	for i, v := range x {
		if v > 0 && (w.rate.hidden == 0 || w.random.Float32() >= w.rate.hidden) {
			m[i] = keep
			x[i] = v * keep
		} else {
			x[i] = 0
		}
	}
	return m
}

// softmax turns scores into the gradient of the loss of choosing the target,
// and returns the loss. Element skip is not to be chosen from (-1 for none).
func softmax(x []float32, target, skip int, scale float32) float64 {
	if skip >= 0 {
		x[skip] = -1e4
	}
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	for i := range x {
		x[i] -= top
	}
	at := x[target]
	neural.Exp(x)
	var sum float32
	if skip >= 0 {
		x[skip] = 0
	}
	for _, v := range x {
		sum += v
	}
	for i := range x {
		x[i] *= scale / sum
	}
	x[target] -= scale
	return math.Log(float64(sum)) - float64(at)
}

// run computes loss and gradients of a batch's part. scale is 1 over the words
// of the whole batch.
func (w *worker) run(sentences []*example, scale float32) {
	for _, t := range w.grad.All[2:] {
		clear(t.Data)
	}
	w.memory.reset()
	w.sentences, w.scale, w.n = sentences, scale, 0
	w.start = w.start[:0]
	for _, e := range sentences {
		w.start = append(w.start, w.n)
		w.n += len(e.forms)
	}
	w.loss = losses{}
	c := w.config
	if w.n == 0 {
		w.dx = nil
		return
	}
	x, vectors := w.inputs()
	xmask := w.maskRows(x, c.Input(), w.rate.input)
	layers := make([]*layer, c.Layers)
	in, width := x, c.Input()
	for l := range layers {
		layers[l] = w.forward(l, in, width)
		in, width = layers[l].out, 2*c.Hidden
	}
	dtop := w.memory.zeros(w.n * width)
	w.dx = w.memory.zeros(w.n * c.Input())
	w.tags(x, in, w.dx, dtop)
	w.arcs(in, dtop)
	w.relations(in, dtop)
	for l := c.Layers - 1; l >= 0; l-- {
		var din []float32
		if l > 0 {
			din = w.memory.zeros(w.n * 2 * c.Hidden)
		} else {
			din = w.dx
		}
		w.backward(l, layers[l], dtop, din)
		dtop = din
	}
	w.maskAgain(w.dx, c.Input(), xmask)
	for s, e := range sentences {
		habit := w.grad.Convention.Data[int(e.as)*c.Input() : int(e.as+1)*c.Input()]
		for i := range e.forms {
			neural.Axpy(1, w.dx[(w.start[s]+i)*c.Input():(w.start[s]+i+1)*c.Input()], habit)
		}
	}
	// The projection of the frozen vectors; the tables are the optimiser's task.
	w.panels.Pack(w.dx, w.n, c.Word, c.Input())
	neural.Mul(c.Vectors, vectors, 1, c.Vectors, &w.panels, w.grad.Project.Data, c.Word)
}

// inputs describes the words, some of them only in part.
func (w *worker) inputs() (x, vectors []float32) {
	c := w.config
	x = w.memory.zeros(w.n * c.Input())
	vectors = w.memory.zeros(w.n * c.Vectors)
	projected := w.memory.zeros(w.n * c.Word)
	w.words = w.words[:0]
	w.charOff = w.charOff[:0]
	i := 0
	for _, e := range w.sentences {
		for k := range e.forms {
			row := e.word[k]
			noVector, noChar := false, false
			if w.rate.word {
				// Frequent words are seldom taken for unknown.
				if w.random.Float64() < 0.05+0.5/(1+w.counts[row]) {
					row = 0
				}
				noVector = w.random.Float32() < 0.05
				noChar = w.random.Float32() < 0.05
			}
			w.words = append(w.words, row)
			w.charOff = append(w.charOff, noChar || w.rate.spelling)
			if r := e.vector[k]; r >= 0 && !noVector {
				w.vectors.AddTo(int(r), vectors[i*c.Vectors:(i+1)*c.Vectors])
			}
			i++
		}
	}
	neural.Mul(w.n, vectors, c.Vectors, 1, w.straight(w.w.Project), projected, c.Word)
	i = 0
	for _, e := range w.sentences {
		for k := range e.forms {
			to := x[i*c.Input() : (i+1)*c.Input()]
			neural.Axpy(1, w.w.Convention.Data[int(e.as)*c.Input():int(e.as+1)*c.Input()], to)
			neural.Axpy(1, projected[i*c.Word:(i+1)*c.Word], to[:c.Word])
			r := int(w.words[i])
			neural.Axpy(1, w.w.Word.Data[r*c.Word:(r+1)*c.Word], to[:c.Word])
			if !w.charOff[i] {
				scale := neural.FeatureScale(len(e.features[k]))
				for _, f := range e.features[k] {
					neural.Axpy(scale, w.w.Char.Data[int(f)*c.Char:int(f+1)*c.Char], to[c.Word:])
				}
			}
			i++
		}
	}
	return x, vectors
}

// layer is what the backward pass of a layer needs, rows in the order of words.
type layer struct {
	in    []float32
	width int
	out   []float32 // after dropout
	masks [][]float32
	dir   [2]struct {
		gates, cell, tanh, before []float32 // before: the output of the step before, after dropout
		masks                     [][]float32
	}
}

// at gives the row of a sentence's word at a step of a direction.
func (w *worker) at(d, s, step int) int {
	if d == 0 {
		return w.start[s] + step
	}
	return w.start[s] + len(w.sentences[s].forms) - 1 - step
}

func (w *worker) active(step int) int {
	n := len(w.sentences)
	for n > 0 && len(w.sentences[n-1].forms) <= step {
		n--
	}
	return n
}

func (w *worker) forward(l int, in []float32, width int) *layer {
	h := w.config.Hidden
	y := &layer{in: in, width: width, out: w.memory.zeros(w.n * 2 * h)}
	state, cell := w.memory.zeros(len(w.sentences)*h), w.memory.zeros(len(w.sentences)*h)
	z := w.memory.zeros(len(w.sentences) * 4 * h)
	for d := range 2 {
		t := w.w.LSTM[l][d]
		y.dir[d].gates = w.linear(in, t.Input, t.Bias)
		y.dir[d].cell, y.dir[d].tanh, y.dir[d].before = w.memory.zeros(w.n*h), w.memory.zeros(w.n*h), w.memory.zeros(w.n*h)
		dir := &y.dir[d]
		if w.rate.recurrent > 0 {
			dir.masks = make([][]float32, len(w.sentences))
			for s := range w.sentences {
				dir.masks[s] = w.mask(h, w.rate.recurrent)
			}
		}
		clear(state)
		clear(cell)
		for step := 0; ; step++ {
			active := w.active(step)
			if active == 0 {
				break
			}
			for s := range active {
				i := w.at(d, s, step)
				copy(z[s*4*h:(s+1)*4*h], dir.gates[i*4*h:(i+1)*4*h])
				if step > 0 {
					b := state[s*h : (s+1)*h]
					if dir.masks != nil {
						times(b, dir.masks[s])
					}
					copy(dir.before[i*h:(i+1)*h], b)
				}
			}
			if step > 0 {
				neural.Mul(active, state, h, 1, w.straight(t.Hidden), z, 4*h)
			}
			for s := range active {
				i := w.at(d, s, step)
				b := state[s*h : (s+1)*h]
				neural.Cell(z[s*4*h:(s+1)*4*h], cell[s*h:(s+1)*h], dir.tanh[i*h:(i+1)*h], b)
				copy(dir.gates[i*4*h:(i+1)*4*h], z[s*4*h:(s+1)*4*h])
				copy(dir.cell[i*h:(i+1)*h], cell[s*h:(s+1)*h])
				copy(y.out[i*2*h+d*h:i*2*h+(d+1)*h], b)
			}
		}
	}
	y.masks = w.maskRows(y.out, 2*h, w.rate.layer)
	return y
}

func (w *worker) backward(l int, y *layer, dout, din []float32) {
	h := w.config.Hidden
	w.maskAgain(dout, 2*h, y.masks)
	longest := len(w.sentences[0].forms)
	zbuf := w.memory.zeros(len(w.sentences) * 4 * h)
	dstate, dcell := w.memory.zeros(len(w.sentences)*h), w.memory.zeros(len(w.sentences)*h)
	for d := range 2 {
		t := w.w.LSTM[l][d]
		dir := &y.dir[d]
		dz := w.memory.zeros(w.n * 4 * h)
		clear(dstate)
		clear(dcell)
		for step := longest - 1; step >= 0; step-- {
			active := w.active(step)
			for s := range active {
				i := w.at(d, s, step)
				g, to := dir.gates[i*4*h:(i+1)*4*h], zbuf[s*4*h:(s+1)*4*h]
				var before []float32
				if step > 0 {
					p := w.at(d, s, step-1)
					before = dir.cell[p*h : (p+1)*h]
				}
				cellBack(g, dir.tanh[i*h:(i+1)*h], before, dout[i*2*h+d*h:i*2*h+(d+1)*h], dstate[s*h:(s+1)*h], dcell[s*h:(s+1)*h], to)
				copy(dz[i*4*h:(i+1)*4*h], to)
			}
			if step == 0 {
				break
			}
			clear(dstate[:active*h])
			neural.Mul(active, zbuf, 4*h, 1, w.across(t.Hidden), dstate, h)
			if dir.masks != nil {
				for s := range active {
					times(dstate[s*h:(s+1)*h], dir.masks[s])
				}
			}
		}
		w.linearBack(y.in, din, dz, t.Input, t.Bias)
		// linearBack leaves dz laid out in w.panels.
		neural.Mul(h, dir.before, 1, h, &w.panels, w.gradOf(t.Hidden).Data, 4*h)
	}
}

// cellBack goes back through one LSTM step: g holds the activations of the
// gates, dc the gradient of the cell from the step after and then for the step
// before, dz receives the gradient of the gates' sums.
func cellBack(g, tanh, before, dout, dh, dc, dz []float32) {
	h := len(tanh)
	gi, gf, gg, g0 := g[:h], g[h:2*h], g[2*h:3*h], g[3*h:4*h]
	zi, zf, zg, zo := dz[:h], dz[h:2*h], dz[2*h:3*h], dz[3*h:4*h]
	dout, dh, dc = dout[:h], dh[:h], dc[:h]
	for j, t := range tanh {
		i, f, c, o := gi[j], gf[j], gg[j], g0[j]
		d := dout[j] + dh[j]
		e := dc[j] + d*o*(1-t*t)
		zo[j] = d * t * o * (1 - o)
		zi[j] = e * c * i * (1 - i)
		zg[j] = e * i * (1 - c*c)
		if before != nil {
			zf[j] = e * before[j] * f * (1 - f)
		} else {
			zf[j] = 0
		}
		dc[j] = e * f
	}
}

// weights of the classifiers in the loss: UPOS, XPOS, features, lemmas, names.
var tagWeights = [5]float32{0.5, 1, 0.7, 1, 1}

func (w *worker) tags(x, top, dx, dtop []float32) {
	t := w.w
	hidden := w.linear(top, t.TagTop, t.TagBias)
	neural.Mul(w.n, x, t.TagWord.Rows, 1, w.straight(t.TagWord), hidden, t.TagWord.Cols)
	mask := w.rectify(hidden)
	out := w.linear(hidden, t.Label, t.LabelBias)
	ld := t.Label.Cols
	i := 0
	for _, e := range w.sentences {
		for k := range e.forms {
			row := out[i*ld : (i+1)*ld]
			for g, target := range e.targets[k] {
				part := row[w.offsets[g]:w.offsets[g+1]]
				share := tagWeights[g] * w.scale
				if target < 0 {
					clear(part)
					continue
				}
				w.loss.tags += float64(tagWeights[g]) * softmax(part, int(target), -1, share)
			}
			clear(row[w.offsets[5]:])
			i++
		}
	}
	dhidden := w.memory.zeros(w.n * t.Label.Rows)
	w.linearBack(hidden, dhidden, out, t.Label, t.LabelBias)
	times(dhidden, mask)
	w.linearBack(top, dtop, dhidden, t.TagTop, t.TagBias)
	w.linearBack(x, dx, dhidden, t.TagWord, nil)
}

func (w *worker) arcs(top, dtop []float32) {
	t, a := w.w, w.config.Arc
	dep := w.linear(top, t.ArcDep, t.ArcDepBias)
	depMask := w.rectify(dep)
	head := w.linear(top, t.ArcHead, t.ArcHeadBias)
	headMask := w.rectify(head)
	pair := w.linear(dep, t.ArcPair, t.ArcBias)
	dpair, dhead := w.memory.zeros(w.n*a), w.memory.zeros(w.n*a)
	longest := len(w.sentences[0].forms) + 1
	own, down := w.memory.zeros(longest*a), w.memory.zeros(longest*a)
	scores := w.memory.zeros(longest * neural.Padded(longest))
	for s, e := range w.sentences {
		k := len(e.forms)
		ld := neural.Padded(k + 1)
		from, to := w.start[s]*a, (w.start[s]+k)*a
		copy(own, t.ArcRoot.Data)
		copy(own[a:], head[from:to])
		w.panels.PackT(own, a, k+1, a)
		clear(scores[:k*ld])
		neural.Mul(k, pair[from:to], a, 1, &w.panels, scores, ld)
		for i := range k {
			row := scores[i*ld : (i+1)*ld]
			w.loss.arcs += softmax(row[:k+1], int(e.head[i])+1, i+1, w.scale)
			clear(row[k+1:])
		}
		w.panels.Pack(own, k+1, a, a)
		neural.Mul(k, scores, ld, 1, &w.panels, dpair[from:to], a)
		w.panels.Pack(pair[from:to], k, a, a)
		clear(down[:(k+1)*a])
		neural.Mul(k+1, scores, 1, ld, &w.panels, down, a)
		neural.Axpy(1, down[:a], w.grad.ArcRoot.Data)
		copy(dhead[from:to], down[a:(k+1)*a])
	}
	ddep := w.memory.zeros(w.n * a)
	w.linearBack(dep, ddep, dpair, t.ArcPair, t.ArcBias)
	times(ddep, depMask)
	times(dhead, headMask)
	w.linearBack(top, dtop, ddep, t.ArcDep, t.ArcDepBias)
	w.linearBack(top, dtop, dhead, t.ArcHead, t.ArcHeadBias)
}

func (w *worker) relations(top, dtop []float32) {
	t, r := w.w, w.config.Rel
	hidden := w.linear(top, t.RelDep, t.RelBias)
	head := w.linear(top, t.RelHead, nil)
	for s, e := range w.sentences {
		for i, j := range e.head {
			other := t.RelRoot.Data
			if j >= 0 {
				other = head[(w.start[s]+int(j))*r : (w.start[s]+int(j)+1)*r]
			}
			row := w.start[s] + i
			neural.Axpy(1, other, hidden[row*r:(row+1)*r])
		}
	}
	mask := w.rectify(hidden)
	out := w.linear(hidden, t.RelOut, t.RelOutBias)
	ld := t.RelOut.Cols
	for s, e := range w.sentences {
		for i, target := range e.rel {
			row := out[(w.start[s]+i)*ld : (w.start[s]+i+1)*ld]
			w.loss.rels += softmax(row[:w.rels], int(target), -1, w.scale)
			clear(row[w.rels:])
		}
	}
	dhidden, dhead := w.memory.zeros(w.n*r), w.memory.zeros(w.n*r)
	w.linearBack(hidden, dhidden, out, t.RelOut, t.RelOutBias)
	times(dhidden, mask)
	for s, e := range w.sentences {
		for i, j := range e.head {
			to := w.grad.RelRoot.Data
			if j >= 0 {
				to = dhead[(w.start[s]+int(j))*r : (w.start[s]+int(j)+1)*r]
			}
			row := w.start[s] + i
			neural.Axpy(1, dhidden[row*r:(row+1)*r], to)
		}
	}
	w.linearBack(top, dtop, dhidden, t.RelDep, t.RelBias)
	w.linearBack(top, dtop, dhead, t.RelHead, nil)
}
