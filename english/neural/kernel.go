package neural

import "math"

// panelWidth is the number of columns of a panel: two AVX-512 registers.
const panelWidth = 32

// Padded rounds a number of columns up to whole panels. Rows of matrices that
// receive a product have this length or more.
func Padded(n int) int { return (n + panelWidth - 1) / panelWidth * panelWidth }

// Panels is a matrix with K rows and N columns, laid out for multiplying from
// the right: panels of 32 columns, each stored row after row, the last one
// filled up with zeros.
type Panels struct {
	K, N int
	data []float32
}

// Pack lays out the k x n matrix b with row stride ldb, taking the place of
// what p held.
func (p *Panels) Pack(b []float32, k, n, ldb int) {
	p.resize(k, n)
	for q := 0; q < n; q += panelWidth {
		w := min(panelWidth, n-q)
		dst := p.data[q*k : (q+panelWidth)*k]
		for i := range k {
			row := dst[i*panelWidth : (i+1)*panelWidth]
			copy(row, b[i*ldb+q:i*ldb+q+w])
			clear(row[w:])
		}
	}
}

// PackT lays out the transpose of the n x k matrix b with row stride ldb.
func (p *Panels) PackT(b []float32, k, n, ldb int) {
	p.resize(k, n)
	for q := 0; q < n; q += panelWidth {
		w := min(panelWidth, n-q)
		dst := p.data[q*k : (q+panelWidth)*k]
		if w < panelWidth {
			clear(dst)
		}
		for j := range w {
			for i, v := range b[(q+j)*ldb : (q+j)*ldb+k] {
				dst[i*panelWidth+j] = v
			}
		}
	}
}

func (p *Panels) resize(k, n int) {
	p.K, p.N = k, n
	size := k * Padded(n)
	if cap(p.data) < size {
		p.data = make([]float32, size)
	}
	p.data = p.data[:size]
}

// Mul adds A times B to C. A has m rows, ars apart, and b.K columns, aks
// apart, so that both a matrix and its transpose can be given; the rows of C
// are ldc >= Padded(b.N) apart. Each element of C is summed in the order of k,
// whatever m is: a row's result does not depend on the rows around it.
func Mul(m int, a []float32, ars, aks int, b *Panels, c []float32, ldc int) {
	if m == 0 || b.K == 0 || b.N == 0 {
		return
	}
	_ = a[(m-1)*ars+(b.K-1)*aks]
	_ = c[(m-1)*ldc+Padded(b.N)-1]
	for q := 0; q < b.N; q += panelWidth {
		mulPanel(m, b.K, a, ars, aks, b.data[q*b.K:(q+panelWidth)*b.K], c[q:], ldc)
	}
}

func mulPanelGo(m, k int, a []float32, ars, aks int, b, c []float32, ldc int) {
	for i := range m {
		row := c[i*ldc : i*ldc+panelWidth]
		for l := range k {
			x := a[i*ars+l*aks]
			for j, y := range b[l*panelWidth : (l+1)*panelWidth] {
				row[j] += x * y
			}
		}
	}
}

func exp32(x float32) float32 {
	return float32(math.Exp(float64(min(max(x, -87), 87))))
}

func sigmoid32(x float32) float32 { return 1 / (1 + exp32(-x)) }

func tanh32(x float32) float32 { return 2*sigmoid32(2*x) - 1 }

func cellGo(z, c, t, h []float32) {
	n := len(h)
	zi, zf, zg, zo := z[:n], z[n:2*n], z[2*n:3*n], z[3*n:4*n]
	for j := range h {
		zi[j], zf[j], zg[j], zo[j] = sigmoid32(zi[j]), sigmoid32(zf[j]), tanh32(zg[j]), sigmoid32(zo[j])
		c[j] = zf[j]*c[j] + zi[j]*zg[j]
		t[j] = tanh32(c[j])
		h[j] = zo[j] * t[j]
	}
}

func rectifyGo(x []float32) {
	for i, v := range x {
		x[i] = max(v, 0)
	}
}

func expGo(x []float32) {
	for i, v := range x {
		x[i] = exp32(v)
	}
}

func axpyGo(a float32, x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] += a * v
	}
}
