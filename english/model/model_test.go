package model

import (
	"strings"
	"testing"

	"chancery/english/neural"
)

// The embedded network reads simple sentences without a mistake.
func TestLoad(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ words, xpos, lemmas, rels string }{
		{"She sold the old boats .", "PRP VBD DT JJ NNS .", "she sell the old boat .", "nsubj root det amod obj punct"},
		{"The minister was not arrested by soldiers .", "DT NN VBD RB VBN IN NNS .", "the minister be not arrest by soldier .",
			"det nsubj:pass aux:pass advmod root case obl:agent punct"},
		{"Villagers said that the harbour had been closed .", "NNS VBD IN DT NN VBD VBN VBN .", "villager say that the harbour have be close .",
			"nsubj root mark det nsubj:pass aux aux:pass ccomp punct"},
	} {
		all := []neural.Sentence{{Forms: strings.Fields(c.words)}}
		m.Annotate(all, neural.Options{})
		var xpos, lemmas, rels []string
		for _, w := range all[0].Words {
			xpos, lemmas, rels = append(xpos, w.XPOS), append(lemmas, w.Lemma), append(rels, w.Rel)
		}
		for _, p := range []struct {
			what, got, want string
		}{{"XPOS", strings.Join(xpos, " "), c.xpos}, {"lemmas", strings.Join(lemmas, " "), c.lemmas}, {"relations", strings.Join(rels, " "), c.rels}} {
			if p.got != p.want {
				t.Errorf("%s: %s %s, want %s", c.words, p.what, p.got, p.want)
			}
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
