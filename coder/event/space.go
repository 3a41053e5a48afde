package event

// space is where what is found out of one sentence is put, to be used again for
// the next: it takes the place of thousands of small slices.
type space struct {
	features []feature // of types, of one candidate after the other
	bonds    []uint32  // likewise, of bonds
	numbers  []float32
}

func (s *space) empty() {
	s.features, s.bonds, s.numbers = s.features[:0], s.bonds[:0], s.numbers[:0]
}

// zeros gives a slice of n zeros; a nil space makes a new one.
func (s *space) zeros(n int) []float32 {
	if s == nil {
		return make([]float32, n)
	}
	from := len(s.numbers)
	if cap(s.numbers)-from < n {
		// Slices given out before keep the memory that they have.
		s.numbers, from = make([]float32, 0, max(1<<12, n, 2*cap(s.numbers))), 0
	}
	s.numbers = s.numbers[:from+n]
	out := s.numbers[from : from+n : from+n]
	clear(out)
	return out
}
