package english

import "testing"

func TestIrregularPast(t *testing.T) {
	p := loadPipeline(t)
	for _, c := range []struct{ form, tag, lemma, want string }{
		{"sought", "VBD", "soug", "seek"},
		{"withdrew", "VBD", "withdrew", "withdraw"},
		{"Flew", "VBD", "fome", "fly"},
		{"found", "VBD", "found", "find"},
		{"found", "VB", "found", "found"}, // "to found a state"
		{"offered", "VBD", "offer", "offer"},
		{"Fishermen", "NNS", "fisherme", "fisherman"},
		{"deplored", "VBD", "deplor", "deplore"},
		{"deploring", "VBG", "deplor", "deplore"},
		{"visited", "VBN", "visite", "visit"},
		{"frobbed", "VBD", "frob", "frob"}, // no word either way
	} {
		tok := Token{Form: c.form, XPOS: c.tag, Lemma: c.lemma}
		if p.mend(&tok); tok.Lemma != c.want {
			t.Errorf("lemma of %s (%s): %q, want %q", c.form, c.tag, tok.Lemma, c.want)
		}
	}
}
