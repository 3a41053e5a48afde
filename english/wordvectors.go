package english

import "chancery/english/neural"

// WordVectors gives the frozen word vectors that the network reads, by
// neural.Key of a form. They are read-only.
func (p *Pipeline) WordVectors() *neural.Vectors { return p.network.Vectors() }
