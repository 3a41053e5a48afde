//go:build !amd64

package neural

const hasVNNI = false

func mulBytes(m int, a []uint8, scales []float32, b *bytePanels, c []float32, ldc int) {
	panic("neural: no products of bytes here")
}

func roundRow(x []float32, out []uint8) float32 { panic("neural: no products of bytes here") }
