// Package training fits the network of english/neural to treebanks.
//
// In: sentences of treebanks in Universal Dependencies v2, some with GUM's
// entities, and word vectors. Out: the files that neural.Load reads. The loss
// is the sum of the cross entropies of tags, features, lemma rules, names,
// heads and relations; the gradients are written out by hand and checked
// against finite differences in the tests. Two workers compute the halves of
// each batch, and their gradients are added in a fixed order: the same seed
// gives the same files on the same kind of machine.
package training

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"chancery/english/conllu"
	"chancery/english/neural"
)

// Options says how to train.
type Options struct {
	Seed   uint64
	Epochs int     // passes over the treebanks; 0 for DefaultEpochs
	Rate   float64 // of learning, at its highest; 0 for DefaultRate
	// Config gives the sizes; the zero Config stands for DefaultConfig.
	Config neural.Config
	// Spellingless leaves out the character features, to measure what they give.
	Spellingless bool
	// Report receives a line of progress per epoch, if it is not nil.
	Report func(line string)
	// Check is called with the network every CheckEvery epochs, if not nil.
	Check      func(epoch int, m *neural.Model)
	CheckEvery int
}

// What Options stand for when they are zero.
const (
	DefaultEpochs = 16
	DefaultRate   = 0.003
)

// DefaultConfig is the network that the program embeds.
func DefaultConfig() neural.Config {
	return neural.Config{Word: 128, Char: 64, Hidden: 192, Layers: 2, Tag: 160, Arc: 160, Rel: 128, Vectors: 100}
}

const (
	workers    = 2
	batchWords = 640 // of a batch, about
	longest    = 120 // words; longer sentences are not trained on
	warmup     = 300 // batches until the rate is at its highest
)

// Treebank is sentences to learn from.
type Treebank struct {
	Sentences  []*conllu.Sentence
	Convention neural.Convention
	Names      bool // its entities are noted, so that a word outside them is no name
}

// Train fits a network and gives it in the format of neural.Load. It stops
// between batches when ctx is done.
func Train(ctx context.Context, treebanks []Treebank, vectors []byte, opts Options) ([]byte, error) {
	vecs, err := neural.LoadVectors(vectors)
	if err != nil {
		return nil, fmt.Errorf("train network: %w", err)
	}
	if opts.Config == (neural.Config{}) {
		opts.Config = DefaultConfig()
	}
	opts.Config.Vectors = vecs.Size()
	opts.Epochs = cmp.Or(opts.Epochs, DefaultEpochs)
	opts.Rate = cmp.Or(opts.Rate, DefaultRate)
	var c corpus
	for _, t := range treebanks {
		if err := c.add(t.Sentences, t.Names, t.Convention); err != nil {
			return nil, fmt.Errorf("train network: %w", err)
		}
	}
	v := newInventory(&c)
	examples := slices.DeleteFunc(v.examples(&c, vecs), func(e *example) bool { return len(e.forms) > longest })
	if len(examples) == 0 {
		return nil, errors.New("train network: no sentences")
	}
	w := neural.NewWeights(opts.Config, len(v.words), &v.labels)
	initialise(w, rand.New(rand.NewPCG(opts.Seed, 1)))
	t := &trainer{opts: opts, shared: newShared(opts.Config, v, w, vecs), adam: newAdam(w)}
	if opts.Spellingless {
		clear(w.Char.Data)
	}
	rate := dropout{input: 0.25, layer: 0.3, recurrent: 0.2, hidden: 0.3, word: true, spelling: opts.Spellingless}
	for range workers {
		t.workers = append(t.workers, newWorker(t.shared, v, rate))
	}
	encode := func() ([]byte, error) {
		var b bytes.Buffer
		err := neural.Encode(&b, opts.Config, &v.labels, v.words, w, vectors)
		return b.Bytes(), err
	}
	random := rand.New(rand.NewPCG(opts.Seed, 2))
	for epoch := 1; epoch <= opts.Epochs; epoch++ {
		start := time.Now()
		loss, err := t.epoch(ctx, examples, random, epoch)
		if err != nil {
			return nil, err
		}
		if opts.Report != nil {
			opts.Report(fmt.Sprintf("epoch %d: loss per word: tags %.4f heads %.4f relations %.4f (%.0f s)",
				epoch, loss.tags, loss.arcs, loss.rels, time.Since(start).Seconds()))
		}
		if opts.Check != nil && (epoch%max(1, opts.CheckEvery) == 0 || epoch == opts.Epochs) {
			b, err := encode()
			if err != nil {
				return nil, err
			}
			m, err := neural.Load(b, vectors)
			if err != nil {
				return nil, err
			}
			opts.Check(epoch, m)
		}
	}
	return encode()
}

type trainer struct {
	opts    Options
	shared  *shared
	adam    *adam
	workers []*worker
}

// initialise fills in small random weights (Glorot and Bengio 2010); the
// forget gates begin open.
func initialise(w *neural.Weights, r *rand.Rand) {
	for _, t := range w.All {
		bound := math.Sqrt(6 / float64(t.Rows+t.Cols))
		switch t {
		case w.Word:
			bound = 0.05
		case w.Char:
			bound = 0.2
		case w.ArcRoot, w.RelRoot:
			bound = 0.1
		default:
			if t.Rows == 1 || t == w.Convention {
				bound = 0
			}
		}
		if bound > 0 {
			for i := range t.Data {
				t.Data[i] = float32(bound * (2*r.Float64() - 1))
			}
		}
	}
	for _, both := range w.LSTM {
		for _, t := range both {
			h := t.Hidden.Rows
			for i := h; i < 2*h; i++ {
				t.Bias.Data[i] = 1
			}
		}
	}
}

// batches cuts the examples into batches of about as many words, sentences of
// like length together, in random order.
func batches(examples []*example, r *rand.Rand) [][]*example {
	type keyed struct {
		e   *example
		key float64
	}
	all := make([]keyed, len(examples))
	for i, e := range examples {
		all[i] = keyed{e, float64(len(e.forms)) * (1 + 0.3*r.Float64())}
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	var list [][]*example
	var now []*example
	words := 0
	for _, k := range all {
		// Of the shortest sentences not too many together: they make few steps.
		if words+len(k.e.forms) > batchWords && len(now) > 0 || len(now) >= 64 {
			list = append(list, now)
			now, words = nil, 0
		}
		now = append(now, k.e)
		words += len(k.e.forms)
	}
	list = append(list, now)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func (t *trainer) epoch(ctx context.Context, examples []*example, r *rand.Rand, epoch int) (losses, error) {
	list := batches(examples, r)
	total := len(list) * t.opts.Epochs
	var sum losses
	words := 0
	for _, b := range list {
		if err := ctx.Err(); err != nil {
			return sum, err
		}
		t.adam.step++
		rate := t.opts.Rate * min(1, float64(t.adam.step)/warmup) * max(0.01, 1-float64(t.adam.step)/float64(total))
		n := t.batch(b, rate)
		words += n
		for _, w := range t.workers {
			sum.tags += w.loss.tags
			sum.arcs += w.loss.arcs
			sum.rels += w.loss.rels
		}
	}
	k := float64(words)
	return losses{sum.tags / k, sum.arcs / k, sum.rels / k}, nil
}

// batch makes one step and gives its number of words.
func (t *trainer) batch(b []*example, rate float64) int {
	b = slices.Clone(b)
	slices.SortStableFunc(b, func(x, y *example) int { return len(y.forms) - len(x.forms) })
	parts := make([][]*example, len(t.workers))
	words := 0
	for i, e := range b {
		parts[i%len(parts)] = append(parts[i%len(parts)], e)
		words += len(e.forms)
	}
	scale := 1 / float32(words)
	norms := make([]float64, workers)
	both(func(k int) { t.shared.pack(k, workers) })
	both(func(k int) {
		w := t.workers[k]
		w.random = rand.New(rand.NewPCG(t.opts.Seed<<20+uint64(t.adam.step), uint64(k)))
		w.run(parts[k], scale)
	})
	both(func(k int) {
		t.adam.gather(t.workers, k)
		norms[k] = combine(t.workers, k) + t.adam.tableSquares(k)
	})
	norm := math.Sqrt(norms[0] + norms[1])
	both(func(k int) { t.adam.update(t.workers[0], k, rate, norm) })
	return words
}

// both runs f for 0 and 1 at the same time.
func both(f func(k int)) {
	var wait sync.WaitGroup
	for k := range workers {
		wait.Go(func() { f(k) })
	}
	wait.Wait()
}
