package english

import (
	"slices"

	"chancery/english/neural"
)

// batch is how many sentences the network is given at once: enough to keep its
// matrices busy, few enough to keep a book's memory small.
const batch = 256

// Convention is the treebank whose habits a Pipeline follows where the two that
// it learnt from differ, mostly in features and lemmas.
type Convention = neural.Convention

// The treebanks learnt from.
const (
	EWT = neural.EWT // what Load gives
	GUM = neural.GUM // adverbs have a degree, "people" is the plural of "person"
)

// Following gives a Pipeline that follows the habits of a treebank.
func (p *Pipeline) Following(c Convention) *Pipeline {
	q := *p
	q.habits = c
	return &q
}

// annotate tags and parses some sentences and appends their names. Space is
// for the vectors of their words, and is given back for the next ones.
func (p *Pipeline) annotate(doc *Doc, first, end int, space []float32) []float32 {
	in := make([]neural.Sentence, end-first)
	words := 0
	for i := range in {
		words += len(doc.Sentences[first+i].Tokens)
	}
	size := p.network.VectorSize()
	space = slices.Grow(space[:0], words*size)
	free := space[:words*size]
	for i := range in {
		n := len(doc.Sentences[first+i].Tokens) * size
		in[i].Vectors, free = free[:n:n], free[n:]
		tokens := doc.Sentences[first+i].Tokens
		in[i].Forms = make([]string, len(tokens))
		for j := range tokens {
			in[i].Forms[j] = tokens[j].Form
		}
	}
	p.network.Annotate(in, neural.Options{Convention: p.habits, Vectors: true})
	var tags []uint8
	for i := range in {
		s := &doc.Sentences[first+i]
		tags = tags[:0]
		for j, w := range in[i].Words {
			p.describe(&s.Tokens[j], w)
			tags = append(tags, uint8(tagNumber(w.Name)))
		}
		doc.Names = p.names.find(first+i, s, tags, in[i].Vectors, doc.Names)
	}
	return space
}

// describe gives a token what the network says of it.
func (p *Pipeline) describe(t *Token, w neural.Word) {
	t.Lemma, t.UPOS, t.XPOS, t.Feats, t.Head, t.Rel = w.Lemma, w.UPOS, w.XPOS, w.Feats, w.Head, w.Rel
	p.mend(t)
}
