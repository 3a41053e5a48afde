// Package kind tells from the words of a phrase what kind of good it names.
//
// In: the words of a noun phrase with their place in it, and the verb that
// hands it over. Out: a kind with its probability, or "none". The model is
// linear: every word of WordNet carries what the classes above it were found to
// speak for in labelled phrases. It looks at no context beyond the phrase.
package kind

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"

	"chancery"
)

// Place is where in the phrase a word stands.
type Place byte

// The places. A phrase has one Head; Inside is every other noun or adjective of
// it; Verb is the verb the phrase is the object of.
const (
	Head   Place = 'h'
	Inside Place = 'n'
	Verb   Place = 'v'
)

// Word is a word of a phrase, as its lemma in lower case.
type Word struct {
	Lemma string
	Place Place
}

// none is the class of phrases that name no good.
const none = "none"

// kinds.txt is made by "train goods" from WordNet 3.0 (Princeton University,
// WordNet licence) and phrases.txt.
//
//go:embed kinds.txt
var kinds string

const format = "chancery kinds of good 1"

// score is what one word adds to the log-odds of one class.
type score struct {
	class uint8
	value float32
}

// Model classifies phrases. It is read-only and safe for concurrent use.
type Model struct {
	classes []string // the last one is none
	bias    []float32
	words   map[string][]score // place byte and lemma
}

// Load reads the embedded model.
func Load() (*Model, error) { return parse(kinds) }

func parse(text string) (*Model, error) {
	m := &Model{words: make(map[string][]score, strings.Count(text, "\n"))}
	n := 0
	for line := range strings.Lines(text) {
		n++
		f := strings.Fields(line)
		switch {
		case n == 1:
			if strings.TrimSpace(line) != format {
				return nil, fmt.Errorf("kinds of good: want a file of %q, have %q", format, strings.TrimSpace(line))
			}
		case n == 2:
			m.classes = f
		case len(f) > 0:
			scores := make([]score, 0, len(f)-1)
			for _, pair := range f[1:] {
				c, v, ok := strings.Cut(pair, ":")
				class, err := strconv.Atoi(c)
				value, err2 := strconv.Atoi(v)
				if !ok || err != nil || err2 != nil || class < 0 || class >= len(m.classes) {
					return nil, fmt.Errorf("kinds of good: line %d: %q", n, pair)
				}
				scores = append(scores, score{uint8(class), float32(value) / 100})
			}
			if f[0] == "bias" {
				m.bias = make([]float32, len(m.classes))
				for _, s := range scores {
					m.bias[s.class] = s.value
				}
				continue
			}
			m.words[f[0]] = scores
		}
	}
	if m.bias == nil {
		return nil, fmt.Errorf("kinds of good: the file has no bias")
	}
	return m, nil
}

// Of gives the likeliest kind of a phrase with its probability, and whether it
// is likelier than that the phrase names no good at all.
func (m *Model) Of(words []Word) (chancery.GoodKind, float64, bool) {
	best, p, isGood := m.classify(words)
	return chancery.GoodKind(best), p, isGood
}

// Probabilities gives the probability of every kind and, last, of none, in the
// order of the model's classes.
func (m *Model) Probabilities(words []Word) []float64 {
	logit := make([]float64, len(m.classes))
	for i, b := range m.bias {
		logit[i] = float64(b)
	}
	inside := 0
	for _, w := range words {
		if w.Place == Inside {
			inside++
		}
	}
	for _, w := range words {
		scale := float32(1)
		if w.Place == Inside {
			scale = insideWeight(inside)
		}
		for _, s := range m.find(w.Place, w.Lemma) {
			logit[s.class] += float64(scale * s.value)
		}
	}
	top := logit[0]
	for _, l := range logit {
		top = max(top, l)
	}
	sum := 0.0
	for i := range logit {
		logit[i] = math.Exp(logit[i] - top)
		sum += logit[i]
	}
	for i := range logit {
		logit[i] /= sum
	}
	return logit
}

// insideWeight keeps long phrases from being decided by the number of their words.
func insideWeight(n int) float32 {
	if n <= 1 {
		return 1
	}
	return float32(1 / math.Sqrt(float64(n)))
}

// find gives what a word adds, trying its plain singular where it is unknown.
func (m *Model) find(place Place, lemma string) []score {
	key := string(byte(place)) + lemma
	if s, ok := m.words[key]; ok {
		return s
	}
	for _, e := range [][2]string{{"ies", "y"}, {"es", ""}, {"s", ""}, {"men", "man"}} {
		if stem, ok := strings.CutSuffix(key, e[0]); ok {
			if s, ok := m.words[stem+e[1]]; ok {
				return s
			}
		}
	}
	return nil
}

func (m *Model) classify(words []Word) (string, float64, bool) {
	p := m.Probabilities(words)
	best := 0
	for i := range p[:len(p)-1] {
		if p[i] > p[best] {
			best = i
		}
	}
	return m.classes[best], p[best], p[best] > p[len(p)-1]
}

// Knows reports whether any word of the phrase tells the model something.
func (m *Model) Knows(words []Word) bool {
	for _, w := range words {
		if len(m.find(w.Place, w.Lemma)) > 0 {
			return true
		}
	}
	return false
}
