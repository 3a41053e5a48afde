package training

import (
	"bytes"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"chancery/english/conllu"
	"chancery/english/neural"
)

// treebank is six hand-made sentences, the first with an entity.
const treebank = `# newdoc id = one
1	Maria	Maria	PROPN	NNP	Number=Sing	2	nsubj	_	Entity=(1-person-new-nnnnn-cf1-1-sgl)
2	sleeps	sleep	VERB	VBZ	Number=Sing	0	root	_	_
3	.	.	PUNCT	.	_	2	punct	_	_

1	Old	old	ADJ	JJ	Degree=Pos	2	amod	_	_
2	dogs	dog	NOUN	NNS	Number=Plur	3	nsubj	_	_
3	bark	bark	VERB	VBP	_	0	root	_	_
4	at	at	ADP	IN	_	5	case	_	_
5	cats	cat	NOUN	NNS	Number=Plur	3	obl	_	_
6	.	.	PUNCT	.	_	3	punct	_	_

1	The	the	DET	DT	Definite=Def	2	det	_	_
2	dog	dog	NOUN	NN	Number=Sing	3	nsubj	_	_
3	slept	sleep	VERB	VBD	Tense=Past	0	root	_	_

1	Cats	cat	NOUN	NNS	Number=Plur	2	nsubj	_	_
2	sleep	sleep	VERB	VBP	_	0	root	_	_
3	.	.	PUNCT	.	_	2	punct	_	_

1	Maria	Maria	PROPN	NNP	Number=Sing	2	nsubj	_	Entity=(1-person-giv:act-nnnnn-cf1-1-coref)
2	saw	see	VERB	VBD	Tense=Past	0	root	_	_
3	the	the	DET	DT	Definite=Def	4	det	_	_
4	cats	cat	NOUN	NNS	Number=Plur	2	obj	_	_

1	The	the	DET	DT	Definite=Def	2	det	_	_
2	cats	cat	NOUN	NNS	Number=Plur	3	nsubj	_	_
3	saw	see	VERB	VBD	Tense=Past	0	root	_	_
4	Maria	Maria	PROPN	NNP	Number=Sing	3	obj	_	Entity=(1-person-giv:act-nnnnn-cf1-1-coref)
5	.	.	PUNCT	.	_	3	punct	_	_

`

func bank(t *testing.T) []Treebank {
	t.Helper()
	// Three times over: rare labels are not learnt.
	s, err := conllu.ReadAll(strings.NewReader(strings.Repeat(treebank, 3)))
	if err != nil {
		t.Fatal(err)
	}
	return []Treebank{{Sentences: s, Names: true}}
}

func smallVectors() []byte {
	r := rand.New(rand.NewPCG(9, 9))
	words := []string{"the", "cats", "dogs", "sleep", "saw"}
	data := make([]float32, len(words)*8)
	for i := range data {
		data[i] = r.Float32() - 0.5
	}
	return neural.EncodeVectors(words, data, 8)
}

var small = neural.Config{Word: 32, Char: 32, Hidden: 32, Layers: 2, Tag: 32, Arc: 32, Rel: 32}

// The gradients written by hand agree with finite differences of the loss.
func TestGradients(t *testing.T) {
	vectors, err := neural.LoadVectors(smallVectors())
	if err != nil {
		t.Fatal(err)
	}
	var c corpus
	if err := c.add(bank(t)[0].Sentences, true, neural.GUM); err != nil {
		t.Fatal(err)
	}
	v := newInventory(&c)
	examples := v.examples(&c, vectors)[:6]
	slices.SortStableFunc(examples, func(a, b *example) int { return len(b.forms) - len(a.forms) })
	cfg := small
	cfg.Vectors = vectors.Size()
	w := neural.NewWeights(cfg, len(v.words), &v.labels)
	r := rand.New(rand.NewPCG(1, 2))
	initialise(w, r)
	for _, tensor := range w.All { // biases too
		if tensor.Rows == 1 {
			for i := range tensor.Data {
				tensor.Data[i] += float32(r.Float64()-0.5) * 0.3
			}
		}
	}
	s := newShared(cfg, v, w, vectors)
	one := newWorker(s, v, dropout{})
	a := newAdam(w)
	loss := func() float64 {
		s.pack(0, 1)
		one.run(examples, 1)
		// The loss sums weigh the classifiers as the gradients do.
		return one.loss.tags + one.loss.arcs + one.loss.rels
	}
	loss()
	for half := range 2 {
		a.gather([]*worker{one}, half)
	}
	grads := make([][]float32, len(w.All))
	grads[0], grads[1] = a.tables[0].grad, a.tables[1].grad
	for i := 2; i < len(w.All); i++ {
		grads[i] = slices.Clone(one.grad.All[i].Data)
	}
	for k, tensor := range w.All {
		bad, tried := 0, 0
		var worst string
		for range 40 {
			i := r.IntN(len(tensor.Data))
			if k == 1 { // most rows of the character table are not used
				rows := a.tables[1].dirty[r.IntN(2)]
				i = int(rows[r.IntN(len(rows))])*tensor.Cols + r.IntN(tensor.Cols)
			}
			old := tensor.Data[i]
			const h = 5e-4
			tensor.Data[i] = old + h
			up := loss()
			tensor.Data[i] = old - h
			down := loss()
			tensor.Data[i] = old
			want := (up - down) / (2 * h)
			got := float64(grads[k][i])
			tried++
			if math.Abs(got-want) > 2e-2*math.Max(0.3, math.Abs(want)) {
				bad++
				worst = tensor.Name
				t.Logf("%s[%d]: gradient %.5f, difference quotient %.5f", tensor.Name, i, got, want)
			}
		}
		// A step may cross the corner of a rectifier: some may differ.
		if bad > tried/3 {
			t.Errorf("%s: %d of %d gradients are wrong", worst, bad, tried)
		}
	}
}

// A small network learns its treebank by heart, the same seed gives the same
// bytes, and what it says of a sentence does not depend on the batch.
func TestTrain(t *testing.T) {
	vectors := smallVectors()
	opts := Options{Seed: 3, Epochs: 400, Rate: 0.01, Config: small}
	b, err := Train(context.Background(), bank(t), vectors, opts)
	if err != nil {
		t.Fatal(err)
	}
	m, err := neural.Load(b, vectors)
	if err != nil {
		t.Fatal(err)
	}
	gold := bank(t)[0].Sentences
	s := Measure(m, gold, neural.EWT)
	if s.Rel != s.Words || s.UPOS != s.Words || s.Lemma != s.Words || s.Feats != s.Words || s.XPOS != s.Words {
		t.Errorf("learnt by heart: %v", s)
	}
	var sentences []neural.Sentence
	for _, g := range gold {
		var forms []string
		for _, w := range g.Words {
			forms = append(forms, w.Form)
		}
		sentences = append(sentences, neural.Sentence{Forms: forms})
	}
	m.Annotate(sentences, neural.Options{Vectors: true})
	if got := sentences[0].Words[0].Name; got != "B-person" {
		t.Errorf("name tag %q, want B-person", got)
	}
	for _, s := range sentences {
		alone := []neural.Sentence{{Forms: s.Forms}}
		m.Annotate(alone, neural.Options{Vectors: true})
		if !slices.Equal(alone[0].Words, s.Words) || !slices.Equal(alone[0].Vectors, s.Vectors) {
			t.Errorf("%v: another result alone than in a batch", s.Forms)
		}
	}
	opts.Epochs = 5
	first, err := Train(context.Background(), bank(t), vectors, opts)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Train(context.Background(), bank(t), vectors, opts)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Error("the same seed gave other bytes")
	}
	nameless := bank(t)
	nameless[0].Names = false
	b, err = Train(context.Background(), nameless, vectors, opts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := neural.Load(b, vectors); err != nil {
		t.Errorf("trained without names: %v", err)
	}
}
