package neural

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func random(r *rand.Rand, n int, scale float32) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = (r.Float32()*2 - 1) * scale
	}
	return x
}

// The products agree with a plain triple loop, for both layouts of A and for
// every way a number of rows is cut into tiles, and a row's bits do not change
// when other rows are multiplied with it.
func TestMul(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for m := 1; m <= 19; m++ {
		for _, s := range []struct{ k, n int }{{1, 1}, {7, 31}, {33, 32}, {64, 70}, {100, 161}} {
			k, n := s.k, s.n
			a, b := random(r, m*k, 1), random(r, k*n, 1)
			var p, pt Panels
			p.Pack(b, k, n, n)
			bt := make([]float32, n*k)
			for i := range k {
				for j := range n {
					bt[j*k+i] = b[i*n+j]
				}
			}
			pt.PackT(bt, k, n, k)
			at := make([]float32, k*m)
			for i := range m {
				for l := range k {
					at[l*m+i] = a[i*k+l]
				}
			}
			ld := Padded(n)
			c, ct, one := make([]float32, m*ld), make([]float32, m*ld), make([]float32, m*ld)
			Mul(m, a, k, 1, &p, c, ld)
			Mul(m, at, 1, m, &pt, ct, ld)
			for i := range m {
				Mul(1, a[i*k:], k, 1, &p, one[i*ld:], ld)
			}
			for i := range m {
				for j := range n {
					want := 0.0
					for l := range k {
						want += float64(a[i*k+l]) * float64(b[l*n+j])
					}
					got := c[i*ld+j]
					if math.Abs(float64(got)-want) > 1e-5 {
						t.Fatalf("m %d k %d n %d: C[%d,%d] = %v, want %v", m, k, n, i, j, got, want)
					}
					if got != ct[i*ld+j] || got != one[i*ld+j] {
						t.Fatalf("m %d k %d n %d: C[%d,%d] differs between layouts or row groups", m, k, n, i, j)
					}
				}
			}
		}
	}
}

// The vector kernels agree with the portable ones.
func TestVectorKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	near := func(name string, got, want []float32) {
		t.Helper()
		for i := range got {
			if d := math.Abs(float64(got[i] - want[i])); d > 2e-6*(1+math.Abs(float64(want[i]))) {
				t.Fatalf("%s[%d] = %v, portable %v", name, i, got[i], want[i])
			}
		}
	}
	const n = 48
	z, c := random(r, 4*n, 8), random(r, n, 3)
	z[0], z[1], z[n], z[2*n] = 200, -200, 500, -300
	z2, c2 := append([]float32(nil), z...), append([]float32(nil), c...)
	th, h, th2, h2 := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	Cell(z, c, th, h)
	cellGo(z2, c2, th2, h2)
	near("gates", z, z2)
	near("cell", c, c2)
	near("tanh", th, th2)
	near("output", h, h2)
	for _, n := range []int{0, 1, 7, 8, 9, 41} {
		x := random(r, n, 20)
		x2 := append([]float32(nil), x...)
		Exp(x)
		expGo(x2)
		near("exp", x, x2)
		v := random(r, n, 1)
		v2 := append([]float32(nil), v...)
		rectify(v)
		rectifyGo(v2)
		near("rectify", v, v2)
		y := random(r, n, 1)
		y2 := append([]float32(nil), y...)
		Axpy(0.3, x, y)
		axpyGo(0.3, x, y2)
		near("axpy", y, y2)
	}
}

func BenchmarkMul(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, s := range []struct{ m, k, n int }{{16, 160, 640}, {32, 160, 640}, {600, 320, 640}, {320, 600, 640}} {
		b.Run(fmt.Sprintf("%dx%dx%d", s.m, s.k, s.n), func(b *testing.B) {
			a := random(r, s.m*s.k, 1)
			var p Panels
			p.Pack(random(r, s.k*s.n, 1), s.k, s.n, s.n)
			c := make([]float32, s.m*s.n)
			for b.Loop() {
				Mul(s.m, a, s.k, 1, &p, c, s.n)
			}
			b.ReportMetric(float64(s.m*s.k*s.n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
	}
}
