//go:build !amd64

package neural

func mulPanel(m, k int, a []float32, ars, aks int, b, c []float32, ldc int) {
	mulPanelGo(m, k, a, ars, aks, b, c, ldc)
}

// Cell makes one step of an LSTM of len(h) units, a multiple of 8: z (4 times
// as long) holds the sums of the input, forget, candidate and output gates and
// receives their activations; c is the cell, updated in place; t receives
// tanh(c) and h the output.
func Cell(z, c, t, h []float32) { cellGo(z, c, t, h) }

func rectify(x []float32) { rectifyGo(x) }

// Exp replaces each x by its exponential; arguments are cut to [-87, 87].
func Exp(x []float32) { expGo(x) }

// Axpy adds a times x to y, element by element.
func Axpy(a float32, x, y []float32) { axpyGo(a, x, y) }
