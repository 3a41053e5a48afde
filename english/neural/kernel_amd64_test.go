package neural

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Both widths of the product kernel give the same bits.
func TestMulWidths(t *testing.T) {
	if !hasAVX512 {
		t.Skip("no AVX-512 here")
	}
	r := rand.New(rand.NewPCG(5, 6))
	const m, k, n = 13, 77, 96
	a, b := random(r, m*k, 1), random(r, k*n, 1)
	var p Panels
	p.Pack(b, k, n, n)
	c, c2 := make([]float32, m*n), make([]float32, m*n)
	Mul(m, a, k, 1, &p, c, n)
	hasAVX512 = false
	defer func() { hasAVX512 = true }()
	Mul(m, a, k, 1, &p, c2, n)
	for i := range c {
		if c[i] != c2[i] {
			t.Fatalf("element %d: %v with AVX-512, %v with AVX2", i, c[i], c2[i])
		}
	}
}

// The wide step of the LSTM gives the bits of the narrow one.
func TestCellWidths(t *testing.T) {
	if !hasAVX512 {
		t.Skip("no AVX-512 here")
	}
	r := rand.New(rand.NewPCG(13, 14))
	const n = 48
	z, c := random(r, 4*n, 8), random(r, n, 3)
	z2, c2 := slices.Clone(z), slices.Clone(c)
	th, h, th2, h2 := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	cellAVX512(n, &z[0], &c[0], &th[0], &h[0])
	cellAVX2(n, &z2[0], &c2[0], &th2[0], &h2[0])
	if !slices.Equal(z, z2) || !slices.Equal(c, c2) || !slices.Equal(th, th2) || !slices.Equal(h, h2) {
		t.Error("the wide and the narrow step differ")
	}
}
