package english

import "chancery/english/neural"

// annotate fills in tags, features, lemmas, heads and relations of tokens
// whose forms are known.
func annotate(network *neural.Model, sentences []Sentence) {
	batch := make([]neural.Sentence, len(sentences))
	for i, s := range sentences {
		batch[i].Forms = make([]string, len(s.Tokens))
		for j := range s.Tokens {
			batch[i].Forms[j] = s.Tokens[j].Form
		}
	}
	network.Annotate(batch, neural.Options{})
	for i := range sentences {
		for j, w := range batch[i].Words {
			t := &sentences[i].Tokens[j]
			t.Lemma, t.UPOS, t.XPOS, t.Feats, t.Head, t.Rel = w.Lemma, w.UPOS, w.XPOS, w.Feats, w.Head, w.Rel
		}
	}
}
