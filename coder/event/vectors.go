package event

import "chancery/english"

// vectorsOf gives the word vectors of the English models.
func vectorsOf(p *english.Pipeline) Vectors { return nil }
