package neural

import "golang.org/x/sys/cpu"

// The instruction sets found at start; constants of the process.
var (
	hasAVX2   = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	hasAVX512 = hasAVX2 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512VL
)

//go:noescape
func tile8AVX512(k int, a *float32, ars, aks int, b, c *float32, ldc int)

//go:noescape
func tile4AVX512(k int, a *float32, ars, aks int, b, c *float32, ldc int)

//go:noescape
func tile2AVX512(k int, a *float32, ars, aks int, b, c *float32, ldc int)

//go:noescape
func tile1AVX512(k int, a *float32, ars, aks int, b, c *float32, ldc int)

//go:noescape
func tile4AVX2(k int, a *float32, ars, aks int, b, c *float32, ldc int)

//go:noescape
func tile1AVX2(k int, a *float32, ars, aks int, b, c *float32, ldc int)

//go:noescape
func cellAVX2(n int, z, c, t, h *float32)

//go:noescape
func cellAVX512(n int, z, c, t, h *float32)

//go:noescape
func rectifyAVX2(n int, x *float32)

//go:noescape
func expAVX2(n int, x *float32)

//go:noescape
func axpyAVX2(n int, a float32, x, y *float32)

// mulPanel adds the product of m rows of A with one panel to 32 columns of C.
func mulPanel(m, k int, a []float32, ars, aks int, b, c []float32, ldc int) {
	i := 0
	switch {
	case hasAVX512:
		for ; i+8 <= m; i += 8 {
			tile8AVX512(k, &a[i*ars], 4*ars, 4*aks, &b[0], &c[i*ldc], 4*ldc)
		}
		if i+4 <= m {
			tile4AVX512(k, &a[i*ars], 4*ars, 4*aks, &b[0], &c[i*ldc], 4*ldc)
			i += 4
		}
		if i+2 <= m {
			tile2AVX512(k, &a[i*ars], 4*ars, 4*aks, &b[0], &c[i*ldc], 4*ldc)
			i += 2
		}
		if i < m {
			tile1AVX512(k, &a[i*ars], 4*ars, 4*aks, &b[0], &c[i*ldc], 4*ldc)
		}
	case hasAVX2:
		for ; i+4 <= m; i += 4 {
			tile4AVX2(k, &a[i*ars], 4*ars, 4*aks, &b[0], &c[i*ldc], 4*ldc)
			tile4AVX2(k, &a[i*ars], 4*ars, 4*aks, &b[16], &c[i*ldc+16], 4*ldc)
		}
		for ; i < m; i++ {
			tile1AVX2(k, &a[i*ars], 4*ars, 4*aks, &b[0], &c[i*ldc], 4*ldc)
		}
	default:
		mulPanelGo(m, k, a, ars, aks, b, c, ldc)
	}
}

// Cell makes one step of an LSTM of len(h) units, a multiple of 8: z (4 times
// as long) holds the sums of the input, forget, candidate and output gates and
// receives their activations; c is the cell, updated in place; t receives
// tanh(c) and h the output.
func Cell(z, c, t, h []float32) {
	n := len(h)
	if !hasAVX2 {
		cellGo(z, c, t, h)
		return
	}
	_, _, _ = z[4*n-1], c[n-1], t[n-1]
	if hasAVX512 && n%16 == 0 {
		cellAVX512(n, &z[0], &c[0], &t[0], &h[0])
		return
	}
	cellAVX2(n, &z[0], &c[0], &t[0], &h[0])
}

// rectify replaces negative numbers by 0.
func rectify(x []float32) {
	n := 0
	if hasAVX2 {
		if n = len(x) &^ 7; n > 0 {
			rectifyAVX2(n, &x[0])
		}
	}
	rectifyGo(x[n:])
}

// Exp replaces each x by its exponential; arguments are cut to [-87, 87].
func Exp(x []float32) {
	n := 0
	if hasAVX2 {
		if n = len(x) &^ 7; n > 0 {
			expAVX2(n, &x[0])
		}
	}
	expGo(x[n:])
}

// Axpy adds a times x to y, element by element.
func Axpy(a float32, x, y []float32) {
	n := 0
	if hasAVX2 {
		if n = len(x) &^ 7; n > 0 {
			_ = y[n-1]
			axpyAVX2(n, a, &x[0], &y[0])
		}
	}
	axpyGo(a, x[n:], y[n:])
}
