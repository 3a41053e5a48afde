package event

import (
	"chancery/english"
	"chancery/english/neural"
)

// vectorsOf gives the word vectors of the English models, nil without a pipeline.
func vectorsOf(p *english.Pipeline) *neural.Vectors {
	if p == nil {
		return nil
	}
	return p.WordVectors()
}
