package neural

import "golang.org/x/sys/cpu"

var hasVNNI = hasAVX512 && cpu.X86.HasAVX512VNNI && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512DQ

//go:noescape
func tile8VNNI(k4 int, a *uint8, lda int, b *int8, c *float32, ldc int, rows, columns *float32, shift *int32)

//go:noescape
func tile4VNNI(k4 int, a *uint8, lda int, b *int8, c *float32, ldc int, rows, columns *float32, shift *int32)

//go:noescape
func tile2VNNI(k4 int, a *uint8, lda int, b *int8, c *float32, ldc int, rows, columns *float32, shift *int32)

//go:noescape
func tile1VNNI(k4 int, a *uint8, lda int, b *int8, c *float32, ldc int, rows, columns *float32, shift *int32)

//go:noescape
func roundAVX512(n int, x *float32, factor float32, out *uint8)

//go:noescape
func largestAVX512(n int, x *float32) float32

// mulBytes adds the product of m rounded rows with b to C.
func mulBytes(m int, a []uint8, scales []float32, b *bytePanels, c []float32, ldc int) {
	k4 := b.k / 4
	_, _, _ = a[m*b.k-1], scales[m-1], c[(m-1)*ldc+Padded(b.n)-1]
	for q := 0; q < b.n; q += panelWidth {
		data, columns, shift := &b.data[q*b.k], &b.scales[q], &b.shift[q]
		i := 0
		for ; i+8 <= m; i += 8 {
			tile8VNNI(k4, &a[i*b.k], b.k, data, &c[i*ldc+q], 4*ldc, &scales[i], columns, shift)
		}
		if i+4 <= m {
			tile4VNNI(k4, &a[i*b.k], b.k, data, &c[i*ldc+q], 4*ldc, &scales[i], columns, shift)
			i += 4
		}
		if i+2 <= m {
			tile2VNNI(k4, &a[i*b.k], b.k, data, &c[i*ldc+q], 4*ldc, &scales[i], columns, shift)
			i += 2
		}
		if i < m {
			tile1VNNI(k4, &a[i*b.k], b.k, data, &c[i*ldc+q], 4*ldc, &scales[i], columns, shift)
		}
	}
}

// roundRow rounds a row to bytes around 128 and gives their scale.
func roundRow(x []float32, out []uint8) float32 {
	top := largestAVX512(len(x), &x[0])
	if top == 0 {
		top = 1
	}
	_ = out[len(x)-1]
	roundAVX512(len(x), &x[0], 127/top, &out[0])
	return top / 127
}
