package event

import (
	"math"
	"slices"
)

// example is one labelled pair.
type example struct {
	list    []feature
	allowed uint32 // bit k: class k is a right answer; several for a joined type such as YIELD
	weight  float64
}

// indexed is an example over the dense numbers of its features.
type indexed struct {
	ids     []int32
	values  []float64
	allowed uint32
	weight  float64
}

// trainOptions are the choices of one training run.
type trainOptions struct {
	ridge float64 // half the weight of the squared weights in the loss
	steps int     // at most so many steps of L-BFGS
}

// number gives each feature that occurs in at least two examples a dense number,
// in the order of their first occurrence.
func number(examples []example) (map[uint64]int32, []indexed) {
	ids := make(map[uint64]int32)
	seen := make(map[uint64]int)
	for _, e := range examples {
		for _, f := range e.list {
			seen[f.id]++
		}
	}
	out := make([]indexed, len(examples))
	for i, e := range examples {
		x := indexed{allowed: e.allowed, weight: e.weight, ids: make([]int32, 0, len(e.list)), values: make([]float64, 0, len(e.list))}
		for _, f := range e.list {
			if seen[f.id] < 2 {
				continue
			}
			id, ok := ids[f.id]
			if !ok {
				id = int32(len(ids))
				ids[f.id] = id
			}
			x.ids = append(x.ids, id)
			x.values = append(x.values, f.value)
		}
		out[i] = x
	}
	return ids, out
}

// fit gives the weights of a multinomial logistic regression, classes in a row
// per feature, that make the labels most probable under a Gaussian prior. An
// example with several right answers counts the sum of their probabilities.
func fit(examples []indexed, features int, opts trainOptions) []float64 {
	w := make([]float64, features*classes)
	loss := func(w, g []float64) float64 {
		sum := 0.0
		for i, x := range w {
			g[i] = opts.ridge * x
			sum += 0.5 * opts.ridge * x * x
		}
		var p, q [classes]float64
		for i := range examples {
			e := &examples[i]
			p = [classes]float64{}
			for j, id := range e.ids {
				row := w[int(id)*classes : int(id)*classes+classes]
				for k, x := range row {
					p[k] += x * e.values[j]
				}
			}
			softmax(p[:])
			right := 0.0
			for k := range p {
				if e.allowed&(1<<k) != 0 {
					right += p[k]
				}
			}
			sum -= e.weight * math.Log(max(right, 1e-300))
			for k := range p {
				q[k] = p[k]
				if e.allowed&(1<<k) != 0 {
					q[k] -= p[k] / max(right, 1e-300)
				}
				q[k] *= e.weight
			}
			for j, id := range e.ids {
				row := g[int(id)*classes : int(id)*classes+classes]
				v := e.values[j]
				for k := range row {
					row[k] += q[k] * v
				}
			}
		}
		return sum
	}
	minimise(w, loss, opts.steps)
	return w
}

func softmax(p []float64) {
	m := slices.Max(p)
	sum := 0.0
	for i, x := range p {
		p[i] = math.Exp(x - m)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// minimise moves x to a minimum of the function by L-BFGS with six remembered
// steps and halving of the step (Nocedal and Wright, Numerical Optimization,
// 2006, algorithms 7.4 and 7.5). The function also writes its gradient.
func minimise(x []float64, function func(x, gradient []float64) float64, steps int) {
	const memory = 6
	n := len(x)
	g := make([]float64, n)
	value := function(x, g)
	var moves, turns [][]float64 // differences of points and of gradients
	var scales []float64
	d := make([]float64, n)
	next, gradient := make([]float64, n), make([]float64, n)
	for step := range steps {
		copy(d, g)
		alpha := make([]float64, len(moves))
		for i := len(moves) - 1; i >= 0; i-- {
			alpha[i] = scales[i] * dot(moves[i], d)
			for j, y := range turns[i] {
				d[j] -= alpha[i] * y
			}
		}
		if k := len(moves) - 1; k >= 0 {
			gamma := 1 / (scales[k] * dot(turns[k], turns[k]))
			for j := range d {
				d[j] *= gamma
			}
		}
		for i := range moves {
			beta := alpha[i] - scales[i]*dot(turns[i], d)
			for j, y := range moves[i] {
				d[j] += y * beta
			}
		}
		slope := -dot(g, d)
		length := 1.0
		if step == 0 {
			length = 1 / math.Sqrt(dot(g, g)+1e-12)
		}
		var after float64
		found := false
		for range 25 {
			for j := range x {
				next[j] = x[j] - length*d[j]
			}
			if after = function(next, gradient); after <= value+1e-4*length*slope {
				found = true
				break
			}
			length /= 2
		}
		if !found {
			return
		}
		move, turn := make([]float64, n), make([]float64, n)
		for j := range x {
			move[j], turn[j] = next[j]-x[j], gradient[j]-g[j]
		}
		if c := dot(move, turn); c > 1e-12 {
			if len(moves) == memory {
				moves, turns, scales = moves[1:], turns[1:], scales[1:]
			}
			moves, turns, scales = append(moves, move), append(turns, turn), append(scales, 1/c)
		}
		small := math.Abs(value-after) < 1e-6*math.Abs(value)
		copy(x, next)
		copy(g, gradient)
		value = after
		if small {
			return
		}
	}
}
