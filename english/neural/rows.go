package neural

// Vectors are the frozen word vectors the model reads, for those who want to
// compare words by themselves.
func (m *Model) Vectors() *Vectors { return m.vectors }
