package linear

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Choice is one decision among candidates of which one or more are right.
type Choice struct {
	Candidates [][]uint32 // features of each candidate
	Right      []bool     // as long as Candidates, at least one set
	Cost       []float64  // how much worse each wrong candidate is than a right one; nil for none
}

// TrainRanking fits a model of one class whose highest score picks a right
// candidate, by AdaGrad on the negative log of the right candidates' total
// probability (Durrett and Klein 2013). Costs are added to the scores of wrong
// candidates while training. The same choices and Config give the same model.
func TrainRanking(choices []Choice, c Config) (*Model, error) {
	if c.Classes != 1 || c.Bits < 4 || c.Bits > maxBits || c.Epochs < 1 || c.Rate <= 0 {
		return nil, fmt.Errorf("train ranking: bad configuration %+v", c)
	}
	mask := uint32(1)<<c.Bits - 1
	w := make([]float64, mask+1)
	g2 := make([]float64, mask+1)
	sum := make([]float64, mask+1)
	order := make([]int, len(choices))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(c.Seed, 2))
	step := 0.0
	var p, q []float64
	grad := make([]float64, mask+1)
	var touched []uint32
	for range c.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			ch := &choices[i]
			p, q = p[:0], q[:0]
			for k, features := range ch.Candidates {
				s := 0.0
				for _, f := range features {
					s += w[mix(f)&mask]
				}
				if !ch.Right[k] && ch.Cost != nil {
					s += ch.Cost[k]
				}
				p = append(p, s)
			}
			softmaxMany(p)
			right := 0.0
			for k := range p {
				if ch.Right[k] {
					right += p[k]
				}
			}
			for k := range p {
				share := 0.0
				if ch.Right[k] && right > 0 {
					share = p[k] / right
				}
				q = append(q, p[k]-share)
			}
			step++
			touched = touched[:0]
			for k, features := range ch.Candidates {
				if math.Abs(q[k]) < 1e-5 {
					continue
				}
				for _, f := range features {
					at := mix(f) & mask
					if grad[at] == 0 {
						touched = append(touched, at)
					}
					grad[at] += q[k]
				}
			}
			for _, at := range touched {
				g := grad[at] + c.L2*w[at]
				grad[at] = 0
				if g == 0 {
					continue
				}
				g2[at] += g * g
				delta := -c.Rate * g / (math.Sqrt(g2[at]) + 1e-8)
				w[at] += delta
				sum[at] += delta * step
			}
		}
	}
	if step > 0 {
		for i := range w {
			w[i] -= sum[i] / step
		}
	}
	return rounded(w, 1, mask), nil
}

func softmaxMany(p []float64) {
	top, sum := math.Inf(-1), 0.0
	for _, v := range p {
		top = max(top, v)
	}
	for k := range p {
		p[k] = math.Exp(p[k] - top)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
}
