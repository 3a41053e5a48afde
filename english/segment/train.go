package segment

import (
	"fmt"

	"chancery/english/linear"
)

// Gold is a text with its sentences, as in a treebank.
type Gold struct {
	Text      string
	Sentences []Sentence
}

// Train fits a Splitter to the gold texts. The same texts and seed give the
// same Splitter, byte for byte.
func Train(texts []Gold, seed uint64) (*Splitter, error) {
	var words, sentences []linear.Example
	for _, g := range texts {
		words, sentences = examples(g, words, sentences)
	}
	if len(words) == 0 || len(sentences) == 0 {
		return nil, fmt.Errorf("train the splitter: no decisions in %d texts", len(texts))
	}
	w, err := linear.Train(words, linear.Config{Classes: 3, Bits: 16, Epochs: 12, Rate: 0.2, L2: 1e-5, Seed: seed})
	if err != nil {
		return nil, err
	}
	s, err := linear.Train(sentences, linear.Config{Classes: 1, Bits: 17, Epochs: 12, Rate: 0.1, L2: 1e-5, Seed: seed})
	if err != nil {
		return nil, err
	}
	return &Splitter{w, s}, nil
}

// examples appends the decisions of one text: those between the pieces of a
// chunk, taken from the gold words, and those between words.
func examples(g Gold, words, sentences []linear.Example) (_, _ []linear.Example) {
	starts := map[int]Word{} // gold words by their first byte
	ends := map[int]bool{}   // last bytes of gold sentences
	for _, s := range g.Sentences {
		for _, w := range s.Words {
			starts[w.Start] = w
		}
		ends[s.End] = true
	}
	for start, end := range blocks(g.Text) {
		buf := buffer{chunks: chunks(g.Text, start, end, nil)}
		decide := func(p []piece, i, before int, near neighbours) int {
			decision := cut
			switch next, ok := starts[p[i+1].start]; {
			case !ok:
				decision = attach
			case next.Joined:
				decision = join
			}
			words = append(words, linear.Example{Features: wordFeatures(p, i, before, near, nil), Class: decision})
			return decision
		}
		for i, c := range buf.chunks {
			cutChunk(g.Text, c, firstKind(g.Text, buf.chunks[i+1:]), &buf, decide)
		}
		out := buf.words
		var s state
		n := 0
		for i := range out {
			n++
			s.see(g.Text, &out[i])
			if i+1 < len(out) && candidate(out, i) {
				class := 0
				if ends[out[i].End] {
					class = 1
				}
				sentences = append(sentences, linear.Example{Features: s.features(g.Text, out, i, n, nil), Class: class})
			}
			if ends[out[i].End] {
				s.reset()
				n = 0
			}
		}
	}
	return words, sentences
}
