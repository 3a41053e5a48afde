package neural

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Products with factors agree with the plain ones as far as 8 bits allow, and
// a row's result does not depend on the others.
func TestFactor(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	const k, n = 96, 160
	tensor := &Tensor{Rows: k, Cols: n, Data: random(r, k*n, 0.5)}
	f := newFactor(tensor)
	var wide Panels
	wide.Pack(tensor.Data, k, n, n)
	for m := 1; m < 20; m++ {
		a := random(r, m*k, 2)
		if m > 3 {
			clear(a[:k]) // a row of zeros
		}
		got, want, alone := make([]float32, m*n), make([]float32, m*n), make([]float32, n)
		var o, one operand
		o.set(a, m, k)
		o.mul(&f, got, n)
		Mul(m, a, k, 1, &wide, want, n)
		for i := range m {
			clear(alone)
			one.set(a[i*k:(i+1)*k], 1, k)
			one.mul(&f, alone, n)
			for j := range n {
				x, y := got[i*n+j], want[i*n+j]
				if x != alone[j] {
					t.Fatalf("%d rows: element %d,%d is %v, alone %v", m, i, j, x, alone[j])
				}
				// Roundings of 2/254 and 0.5/254 at most, 96 times, as a random walk.
				if math.Abs(float64(x-y)) > 0.25 {
					t.Fatalf("%d rows: element %d,%d is %v, not %v", m, i, j, x, y)
				}
			}
		}
	}
}
