package training

import (
	"fmt"
	"strings"

	"chancery/english/conllu"
	"chancery/english/neural"
)

// Score counts the words of which the model is right, on given words.
type Score struct {
	Words, UPOS, XPOS, Feats, Lemma, Head, Rel int // Rel: head and relation without its subtype
}

// Measure annotates sentences and compares.
func Measure(m *neural.Model, gold []*conllu.Sentence, as neural.Convention) Score {
	sentences := make([]neural.Sentence, len(gold))
	for i, g := range gold {
		for _, w := range g.Words {
			sentences[i].Forms = append(sentences[i].Forms, w.Form)
		}
	}
	m.Annotate(sentences, neural.Options{Convention: as})
	var s Score
	add := func(n *int, ok bool) {
		if ok {
			*n++
		}
	}
	universal := func(r string) string { r, _, _ = strings.Cut(r, ":"); return r }
	for i, g := range gold {
		for j, w := range g.Words {
			got := sentences[i].Words[j]
			head := got.Head == w.Head-1
			add(&s.Words, true)
			add(&s.UPOS, got.UPOS == w.UPOS)
			add(&s.XPOS, got.XPOS == w.XPOS)
			add(&s.Feats, got.Feats == w.Feats)
			add(&s.Lemma, got.Lemma == w.Lemma)
			add(&s.Head, head)
			add(&s.Rel, head && universal(got.Rel) == universal(w.Rel))
		}
	}
	return s
}

// String gives the counts as percentages.
func (s Score) String() string {
	p := func(n int) float64 { return 100 * float64(n) / float64(max(1, s.Words)) }
	return fmt.Sprintf("UPOS %.2f XPOS %.2f feats %.2f lemma %.2f UAS %.2f LAS %.2f",
		p(s.UPOS), p(s.XPOS), p(s.Feats), p(s.Lemma), p(s.Head), p(s.Rel))
}
