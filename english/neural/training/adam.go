package training

import (
	"math"

	"chancery/english/neural"
)

// adam is Kingma and Ba's optimiser (2015) with gradients cut to a norm. The
// rows of the two tables are changed only when a batch has met them.
type adam struct {
	w      *neural.Weights
	m, v   [][]float32
	step   int
	tables [2]*table
}

const (
	beta1   = 0.9
	beta2   = 0.95
	tiny    = 1e-8
	maxNorm = 5
)

// table is the gradient of a table of embeddings, row by row.
type table struct {
	t     *neural.Tensor
	grad  []float32
	dirty [2][]int32 // rows met, even and odd
	met   []bool
}

func newAdam(w *neural.Weights) *adam {
	a := &adam{w: w}
	for _, t := range w.All {
		a.m = append(a.m, make([]float32, len(t.Data)))
		a.v = append(a.v, make([]float32, len(t.Data)))
	}
	for i, t := range []*neural.Tensor{w.Word, w.Char} {
		a.tables[i] = &table{t: t, grad: make([]float32, len(t.Data)), met: make([]bool, t.Rows)}
	}
	return a
}

func (t *table) add(row int32, half int, scale float32, g []float32) {
	if int(row)%2 != half {
		return
	}
	if !t.met[row] {
		t.met[row] = true
		t.dirty[half] = append(t.dirty[half], row)
	}
	neural.Axpy(scale, g, t.grad[int(row)*t.t.Cols:int(row+1)*t.t.Cols])
}

// gather adds up the tables' gradients of the workers, for the even or the odd
// rows.
func (a *adam) gather(workers []*worker, half int) {
	for _, w := range workers {
		c := w.config
		i := 0
		for _, e := range w.sentences {
			for k := range e.forms {
				d := w.dx[i*c.Input() : (i+1)*c.Input()]
				a.tables[0].add(w.words[i], half, 1, d[:c.Word])
				if !w.charOff[i] {
					scale := neural.FeatureScale(len(e.features[k]))
					for _, f := range e.features[k] {
						a.tables[1].add(int32(f), half, scale, d[c.Word:])
					}
				}
				i++
			}
		}
	}
}

// combine adds the dense gradients of the other workers to the first's, for
// every second tensor, and gives the sum of their squares.
func combine(workers []*worker, half int) float64 {
	sum := 0.0
	for i, t := range workers[0].grad.All {
		if i%2 != half || i < 2 {
			continue
		}
		for _, o := range workers[1:] {
			neural.Axpy(1, o.grad.All[i].Data, t.Data)
		}
		sum += squares(t.Data)
	}
	return sum
}

func (a *adam) tableSquares(half int) float64 {
	sum := 0.0
	for _, t := range a.tables {
		for _, r := range t.dirty[half] {
			sum += squares(t.grad[int(r)*t.t.Cols : int(r+1)*t.t.Cols])
		}
	}
	return sum
}

func squares(x []float32) float64 {
	var s [4]float32
	total := 0.0
	for len(x) >= 64 {
		s = [4]float32{}
		for j := 0; j < 64; j += 4 {
			s[0] += x[j] * x[j]
			s[1] += x[j+1] * x[j+1]
			s[2] += x[j+2] * x[j+2]
			s[3] += x[j+3] * x[j+3]
		}
		total += float64(s[0] + s[1] + s[2] + s[3])
		x = x[64:]
	}
	for _, v := range x {
		total += float64(v * v)
	}
	return total
}

// update changes every second tensor and the even or odd rows of the tables.
func (a *adam) update(first *worker, half int, rate float64, norm float64) {
	cut := float32(1)
	if norm > maxNorm {
		cut = float32(maxNorm / norm)
	}
	b1 := 1 - math.Pow(beta1, float64(a.step))
	b2 := 1 - math.Pow(beta2, float64(a.step))
	lr := float32(rate * math.Sqrt(b2) / b1)
	for i, t := range a.w.All {
		if i%2 == half && i >= 2 {
			adamRow(t.Data, first.grad.All[i].Data, a.m[i], a.v[i], lr, cut)
		}
	}
	for k, t := range a.tables {
		for _, r := range t.dirty[half] {
			from, to := int(r)*t.t.Cols, int(r+1)*t.t.Cols
			adamRow(t.t.Data[from:to], t.grad[from:to], a.m[k][from:to], a.v[k][from:to], lr, cut)
			clear(t.grad[from:to])
			t.met[r] = false
		}
		t.dirty[half] = t.dirty[half][:0]
	}
}

func adamRow(x, g, m, v []float32, lr, cut float32) {
	g, m, v = g[:len(x)], m[:len(x)], v[:len(x)]
	for i := range x {
		d := g[i] * cut
		m[i] += (1 - beta1) * (d - m[i])
		v[i] += (1 - beta2) * (d*d - v[i])
		x[i] -= lr * m[i] / (float32(math.Sqrt(float64(v[i]))) + tiny)
	}
}
