package landscape

import "math"

// Hedging is a state in which actors divide themselves between poles.
type Hedging struct {
	Shares    [][]float64 `json:"shares"`    // [actor][pole], each row sums to 1
	Potential float64     `json:"potential"` // energy less the worth of being divided; falls to a rest point
	Sweeps    int         `json:"sweeps"`
	Settled   bool        `json:"settled"`
}

// Pure gives the shares of a split: everything on one's own side.
func (s Sides) Pure() [][]float64 {
	out := make([][]float64, len(s))
	for i, v := range s {
		out[i] = make([]float64, 2)
		out[i][v] = 1
	}
	return out
}

// maxSweeps bounds Hedge; rest points are reached within some tens.
const maxSweeps = 2000

// Hedge lets actors, one after the other, divide themselves between poles by
// softmax of -frustration / temperature, until nobody moves by more than 1e-12.
// A temperature of 0 is a pure choice. shares is the start, [actor][pole], and is
// not changed; two actors' distance is 1 - the sum over poles of the product of
// their shares. anchored actors keep their shares; nil for none.
//
// With two poles and temperature t the rest points are those of
// w = 1/(1 + exp((F(A)-F(B))/t)); the potential (see Potential) never rises.
func (l *Landscape) Hedge(shares [][]float64, temperature []float64, anchored func(actor int) bool) Hedging {
	w := make([][]float64, len(shares))
	for i := range w {
		w[i] = append([]float64(nil), shares[i]...)
	}
	h := Hedging{Shares: w}
	for h.Sweeps < maxSweeps && !h.Settled {
		h.Sweeps++
		moved := 0.
		for i := range w {
			if anchored == nil || !anchored(i) {
				moved = max(moved, l.hedgeOne(w, i, temperature[i]))
			}
		}
		h.Settled = moved <= 1e-12
	}
	h.Potential = l.Potential(w, temperature)
	return h
}

// hedgeOne moves actor i to his best shares and returns by how much.
func (l *Landscape) hedgeOne(w [][]float64, i int, t float64) float64 {
	poles := len(w[i])
	f := make([]float64, poles)
	lowest := math.Inf(1)
	for b := range f {
		for j, pull := range l.pull[i] {
			f[b] += pull * (1 - w[j][b])
		}
		lowest = min(lowest, f[b])
	}
	best := make([]float64, poles)
	if t > 0 {
		sum := 0.
		for b := range f {
			best[b] = math.Exp((lowest - f[b]) / t)
			sum += best[b]
		}
		for b := range best {
			best[b] /= sum
		}
	} else {
		at := 0 // stay where one is when that is as good as any
		for b := range f {
			if f[b] <= lowest+l.tol && (f[at] > lowest+l.tol || w[i][b] > w[i][at]) {
				at = b
			}
		}
		best[at] = 1
	}
	moved := 0.
	for b := range best {
		moved = max(moved, math.Abs(best[b]-w[i][b]))
		w[i][b] = best[b]
	}
	return moved
}

// Potential is the energy of the shares less twice the sum of size x temperature
// x entropy (in nats). A step of Hedge never raises it.
func (l *Landscape) Potential(shares [][]float64, temperature []float64) float64 {
	phi := 0.
	for i := range shares {
		entropy := 0.
		for _, v := range shares[i] {
			if v > 0 {
				entropy -= v * math.Log(v)
			}
		}
		phi -= 2 * l.size[i] * temperature[i] * entropy
		for j, pull := range l.pull[i] {
			if i == j {
				continue
			}
			distance := 1.
			for b, v := range shares[i] {
				distance -= v * shares[j][b]
			}
			phi += l.size[i] * pull * distance
		}
	}
	return phi
}
