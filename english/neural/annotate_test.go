package neural

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// testModel is a network with random weights: its answers are nonsense, and
// its mechanics those of the real one.
func testModel(t testing.TB) *Model {
	t.Helper()
	m, err := Load(testFiles(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func testFiles(t testing.TB) (network, vectors []byte) {
	t.Helper()
	c := Config{Word: 32, Char: 32, Hidden: 32, Layers: 2, Tag: 32, Arc: 32, Rel: 32, Vectors: 8}
	labels := &Labels{
		UPOS: []string{"NOUN", "VERB", "X"}, XPOS: []string{"NN", "VB"}, Feats: []string{"", "Number=Sing"},
		Lemma: []string{"k0", "l1", "=be", "t2y"}, Name: []string{"O", "B-person", "I-person", "I-place"},
		Rel: []string{"root", "nsubj", "obj", "punct"},
	}
	words := []string{"the", "cat", "sleeps"}
	w := NewWeights(c, len(words), labels)
	r := rand.New(rand.NewPCG(1, 2))
	for _, tensor := range w.All {
		copy(tensor.Data, random(r, len(tensor.Data), 0.5))
	}
	vectors = EncodeVectors([]string{"cat", "dog"}, random(r, 16, 1), 8)
	var b bytes.Buffer
	if err := Encode(&b, c, labels, words, w, vectors); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), vectors
}

// What is said of a sentence depends neither on the sentences around it nor on
// what other goroutines do, and its heads are a tree with one root.
func TestAnnotateProperties(t *testing.T) {
	m := testModel(t)
	word := rapid.StringN(1, 12, 40)
	rapid.Check(t, func(t *rapid.T) {
		lists := rapid.SliceOfN(rapid.SliceOfN(word, 0, 30), 1, 12).Draw(t, "sentences")
		all := make([]Sentence, len(lists))
		for i, l := range lists {
			all[i].Forms = l
		}
		opts := Options{Vectors: true, Convention: Convention(rapid.IntRange(0, 1).Draw(t, "as"))}
		m.Annotate(all, opts)
		var wait sync.WaitGroup
		for i := range all {
			wait.Go(func() {
				one := []Sentence{{Forms: lists[i]}}
				m.Annotate(one, opts)
				if !slices.Equal(one[0].Words, all[i].Words) || !slices.Equal(one[0].Vectors, all[i].Vectors) {
					t.Errorf("%q: another result alone", lists[i])
				}
			})
		}
		wait.Wait()
		for _, s := range all {
			checkTree(t, s.Words)
			if len(s.Words) != len(s.Forms) || len(s.Vectors) != len(s.Forms)*m.VectorSize() {
				t.Errorf("%d words and %d numbers for %d forms", len(s.Words), len(s.Vectors), len(s.Forms))
			}
		}
	})
}

func checkTree(t interface{ Errorf(string, ...any) }, words []Word) {
	if len(words) == 0 {
		return
	}
	heads := make([]int, len(words))
	roots := 0
	for i, w := range words {
		heads[i] = w.Head
		if w.Head < 0 {
			roots++
		}
		if (w.Head < 0) != (w.Rel == "root") {
			t.Errorf("word %d: head %d with relation %q", i, w.Head, w.Rel)
		}
		if w.Head >= len(words) || w.Head == i {
			t.Errorf("word %d: head %d", i, w.Head)
			return
		}
		if w.Lemma == "" || w.UPOS == "" {
			t.Errorf("word %d: lemma %q, UPOS %q", i, w.Lemma, w.UPOS)
		}
	}
	if roots != 1 || !isTree(heads) {
		t.Errorf("heads %v are no tree with one root", heads)
	}
}

// A very long sentence takes time and memory in proportion to its length.
func TestAnnotateLong(t *testing.T) {
	m := testModel(t)
	const n = 50_000
	forms := make([]string, n)
	for i := range forms {
		forms[i] = "cat"
	}
	forms[7] = strings.Repeat("x", 1<<20)
	all := []Sentence{{Forms: forms}}
	start := time.Now()
	m.Annotate(all, Options{})
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("%d words took %v", n, d)
	}
	checkTree(t, all[0].Words)
}

func TestAnnotateNothing(t *testing.T) {
	m := testModel(t)
	m.Annotate(nil, Options{})
	all := []Sentence{{}, {Forms: []string{""}}}
	m.Annotate(all, Options{Vectors: true})
	if len(all[0].Words) != 0 || len(all[1].Words) != 1 {
		t.Errorf("%d and %d words", len(all[0].Words), len(all[1].Words))
	}
}

func BenchmarkAnnotate(b *testing.B) {
	m := testModel(b)
	r := rand.New(rand.NewPCG(5, 5))
	var all []Sentence
	words := 0
	for range 200 {
		forms := make([]string, 3+r.IntN(40))
		for i := range forms {
			forms[i] = []string{"the", "cat", "dog", "slept", "soundly"}[r.IntN(5)]
		}
		words += len(forms)
		all = append(all, Sentence{Forms: forms})
	}
	for b.Loop() {
		m.Annotate(all, Options{})
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}
