package neural

import "math"

// factor is a matrix of weights to multiply with. Where the processor
// multiplies bytes (AVX-512 VNNI, four times as fast), each column is rounded to
// 8 bits, and each row that it is multiplied with too; elsewhere it is used as
// it is, so that results differ slightly between kinds of processor.
type factor struct {
	columns int
	wide    Panels
	bytes   bytePanels
}

// bytePanels are like Panels, four rows of a column side by side.
type bytePanels struct {
	k, n   int
	data   []int8
	scales []float32 // of the columns
	shift  []int32   // 128 times the sum of a column, as rows are rounded around 128
}

// newFactor lays out a tensor; its rows are a multiple of 16.
func newFactor(t *Tensor) factor {
	f := factor{columns: t.Cols}
	if !hasVNNI {
		f.wide.Pack(t.Data, t.Rows, t.Cols, t.Cols)
		return f
	}
	size := Padded(t.Cols)
	b := &f.bytes
	b.k, b.n = t.Rows, t.Cols
	b.data, b.scales, b.shift = make([]int8, t.Rows*size), make([]float32, size), make([]int32, size)
	for i := range t.Rows {
		for j, x := range t.Data[i*t.Cols : (i+1)*t.Cols] {
			b.scales[j] = max(b.scales[j], x, -x)
		}
	}
	inverse := make([]float64, t.Cols)
	for j := range inverse {
		b.scales[j] /= 127
		if b.scales[j] > 0 {
			inverse[j] = 1 / float64(b.scales[j])
		}
	}
	for i := range t.Rows {
		for j, x := range t.Data[i*t.Cols : (i+1)*t.Cols] {
			v := int8(math.RoundToEven(float64(x) * inverse[j]))
			panel := b.data[j/panelWidth*panelWidth*t.Rows:]
			panel[(i/4*panelWidth+j%panelWidth)*4+i%4] = v
			b.shift[j] += 128 * int32(v)
		}
	}
	return f
}

// operand is n rows to multiply factors with.
type operand struct {
	n, width int
	rows     []float32
	bytes    []uint8
	scales   []float32
}

// set takes n rows of the given width, one after the other.
func (o *operand) set(rows []float32, n, width int) {
	o.rows, o.n, o.width = rows, n, width
	if !hasVNNI {
		return
	}
	if len(o.bytes) < n*width {
		o.bytes = make([]uint8, n*width*5/4)
	}
	if len(o.scales) < n {
		o.scales = make([]float32, n*5/4+1)
	}
	for i := range n {
		o.scales[i] = roundRow(rows[i*width:(i+1)*width], o.bytes[i*width:(i+1)*width])
	}
}

// mul adds the product of the rows with a factor to C, whose rows are ldc
// apart. The result of a row does not depend on the others.
func (o *operand) mul(f *factor, c []float32, ldc int) {
	switch {
	case o.n == 0:
	case hasVNNI:
		mulBytes(o.n, o.bytes, o.scales, &f.bytes, c, ldc)
	default:
		Mul(o.n, o.rows, o.width, 1, &f.wide, c, ldc)
	}
}
