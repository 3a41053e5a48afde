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

// space is what annotating needs beside its result, to be used again.
type space struct {
	vectors []float32 // of the words of a batch
	names   nameSpace
}

// annotate tags and parses some sentences and appends their names.
func (p *Pipeline) annotate(doc *Doc, first, end int) {
	sp := p.spaces.Get().(*space)
	defer p.spaces.Put(sp)
	in := make([]neural.Sentence, end-first)
	words := 0
	for i := range in {
		words += len(doc.Sentences[first+i].Tokens)
	}
	size := p.network.VectorSize()
	sp.vectors = slices.Grow(sp.vectors[:0], words*size)
	free := sp.vectors[:words*size]
	forms := make([]string, words)
	for i := range in {
		tokens := doc.Sentences[first+i].Tokens
		n := len(tokens)
		in[i].Vectors, free = free[:n*size:n*size], free[n*size:]
		in[i].Forms, forms = forms[:n:n], forms[n:]
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
		doc.Names = p.names.find(first+i, s, tags, in[i].Vectors, doc.Names, &sp.names)
	}
}

// describe gives a token what the network says of it.
func (p *Pipeline) describe(t *Token, w neural.Word) {
	t.Lemma, t.UPOS, t.XPOS, t.Feats, t.Head, t.Rel = w.Lemma, w.UPOS, w.XPOS, w.Feats, w.Head, w.Rel
	p.mend(t)
}
