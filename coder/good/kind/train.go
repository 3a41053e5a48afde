package kind

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"chancery"
)

// Trained is a model as text, with how it was measured.
type Trained struct {
	Text           string
	Phrases, Words int
	CrossValidated float64 // share of phrases right that the fold's model had not seen
}

// Train learns from labelled phrases (see phrases.txt) and WordNet's index and
// data files, given by name ("index.noun", "data.noun", "index.verb",
// "data.verb"). The same input gives the same bytes.
func Train(phrases string, wordnet map[string][]byte) (Trained, error) {
	nouns, err := readWordNet(wordnet["index.noun"], wordnet["data.noun"])
	if err != nil {
		return Trained{}, err
	}
	verbs, err := readWordNet(wordnet["index.verb"], wordnet["data.verb"])
	if err != nil {
		return Trained{}, err
	}
	examples, err := readPhrases(phrases, nouns, verbs)
	if err != nil {
		return Trained{}, err
	}
	right := 0
	const folds = 10
	for f := range folds {
		var train, test []labelled
		for i, e := range examples {
			if i%folds == f {
				test = append(test, e)
			} else {
				train = append(train, e)
			}
		}
		l := fit(train)
		for _, e := range test {
			if l.best(e.features) == e.class {
				right++
			}
		}
	}
	l := fit(examples)
	t := Trained{Phrases: len(examples), CrossValidated: float64(right) / float64(len(examples))}
	t.Text, t.Words = l.write(nouns, verbs, own(phrases))
	return t, nil
}

func classNames() []string {
	var names []string
	for _, k := range chancery.GoodKinds() {
		names = append(names, string(k))
	}
	return append(names, none)
}

// net is WordNet's words of one part of speech with the classes above them.
type net struct {
	senses map[string][]string // lemma: offsets of its synsets, the most frequent first
	above  map[string][]string // synset: its hypernyms
}

func readWordNet(index, data []byte) (*net, error) {
	n := &net{senses: make(map[string][]string), above: make(map[string][]string)}
	for line := range strings.Lines(string(index)) {
		f := strings.Fields(line)
		if strings.HasPrefix(line, " ") || len(f) < 6 {
			continue
		}
		var count int
		if _, err := fmt.Sscan(f[2], &count); err != nil || count >= len(f) {
			return nil, fmt.Errorf("wordnet index: %q", line)
		}
		n.senses[f[0]] = f[len(f)-count:]
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if strings.HasPrefix(line, " ") || len(f) < 6 {
			continue
		}
		for i := range f {
			if (f[i] == "@" || f[i] == "@i") && i+1 < len(f) {
				n.above[f[0]] = append(n.above[f[0]], f[i+1])
			}
		}
	}
	if len(n.senses) == 0 || len(n.above) == 0 {
		return nil, fmt.Errorf("wordnet: no words in index or data file")
	}
	return n, nil
}

// lemma gives the form under which WordNet has a word.
func (n *net) lemma(w string) string {
	if _, ok := n.senses[w]; ok {
		return w
	}
	for _, e := range [][2]string{{"ies", "y"}, {"es", ""}, {"s", ""}, {"men", "man"}} {
		if s, ok := strings.CutSuffix(w, e[0]); ok {
			if _, ok := n.senses[s+e[1]]; ok {
				return s + e[1]
			}
		}
	}
	return w
}

// features of a word: itself and the classes above its first senses, the less
// the farther and the rarer.
func (n *net) features(place Place, w string) map[string]float64 {
	out := map[string]float64{string(place) + "=" + w: 1}
	weight := 1.0
	for _, s := range n.senses[w][:min(2, len(n.senses[w]))] {
		level := []string{s}
		d := weight
		for depth := 0; depth < 7 && len(level) > 0; depth++ {
			var next []string
			for _, o := range level {
				k := string(place) + ":" + o
				out[k] = max(out[k], d)
				next = append(next, n.above[o]...)
			}
			level = next
			d *= 0.75
		}
		weight *= 0.35
	}
	return out
}

// labelled is a phrase as features with its class.
type labelled struct {
	features map[string]float64
	class    int
}

// readPhrases reads lines "kind: phrase; verb > phrase; …".
func readPhrases(text string, nouns, verbs *net) ([]labelled, error) {
	var out []labelled
	names := classNames()
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		k, rest, ok := strings.Cut(line, ":")
		class := slices.Index(names, k)
		if !ok || class < 0 {
			return nil, fmt.Errorf("labelled phrases: no such kind %q", k)
		}
		for phrase := range strings.SplitSeq(rest, ";") {
			out = append(out, labelled{phraseFeatures(WordsOf(phrase), nouns, verbs), class})
		}
	}
	// Spread the kinds evenly over the folds.
	slices.SortStableFunc(out, func(a, b labelled) int { return cmp.Compare(a.class, b.class) })
	return out, nil
}

func phraseFeatures(words []Word, nouns, verbs *net) map[string]float64 {
	out := make(map[string]float64)
	inside := 0
	for _, w := range words {
		if w.Place == Inside {
			inside++
		}
	}
	for _, w := range words {
		scale := 1.0
		if w.Place == Inside {
			scale = float64(insideWeight(inside))
		}
		for k, v := range wordFeatures(w, nouns, verbs) {
			out[k] += scale * v
		}
	}
	return out
}

// wordFeatures: a head shares what is learned of the same word elsewhere in a
// phrase, and has something of its own.
func wordFeatures(w Word, nouns, verbs *net) map[string]float64 {
	switch w.Place {
	case Verb:
		return verbs.features(Verb, verbs.lemma(w.Lemma))
	case Head:
		out := nouns.features(Inside, nouns.lemma(w.Lemma))
		maps.Copy(out, nouns.features(Head, nouns.lemma(w.Lemma)))
		return out
	}
	return nouns.features(Inside, nouns.lemma(w.Lemma))
}

// own gives the words of the labelled phrases: some are younger than WordNet.
func own(phrases string) []string {
	seen := make(map[string]bool)
	for line := range strings.Lines(phrases) {
		_, rest, ok := strings.Cut(line, ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for phrase := range strings.SplitSeq(rest, ";") {
			for _, w := range WordsOf(phrase) {
				seen[w.Lemma] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// small words that say nothing of a kind.
var small = strings.Fields("a an the its his her their our of to for from in on at by with and or out over up back down any new own very")

// WordsOf splits a plain phrase, "verb > noun phrase" or "noun phrase", into
// words with their places: the head is the last word before a preposition.
func WordsOf(phrase string) []Word {
	var out []Word
	verb, np, ok := strings.Cut(phrase, ">")
	if !ok {
		np = verb
	} else {
		out = append(out, Word{strings.Fields(strings.ToLower(verb))[0], Verb})
	}
	head := -1
	closed := false
	for _, w := range strings.Fields(strings.ToLower(np)) {
		w = strings.Trim(w, ",.")
		if slices.Contains(small, w) {
			switch w {
			case "of", "to", "for", "from", "in", "on", "at", "by", "with":
				closed = head >= 0
			}
			continue
		}
		out = append(out, Word{w, Inside})
		if !closed {
			head = len(out) - 1
		}
	}
	if head >= 0 {
		out[head].Place = Head
	}
	return out
}

// learner is a multinomial logistic regression (L2) trained by AdaGrad.
type learner struct {
	weights map[string][]float64
	bias    []float64
}

const (
	epochs = 40
	rate   = 0.25
	ridge  = 0.01
)

func fit(examples []labelled) *learner {
	n := len(classNames())
	l := &learner{weights: make(map[string][]float64), bias: make([]float64, n)}
	grad2 := make(map[string][]float64)
	biasGrad := make([]float64, n)
	ordered := make([][]string, len(examples))
	for i, e := range examples {
		ordered[i] = slices.Sorted(maps.Keys(e.features))
		for _, k := range ordered[i] {
			if l.weights[k] == nil {
				l.weights[k], grad2[k] = make([]float64, n), make([]float64, n)
			}
		}
	}
	// A fixed shuffle: a stride without a common divisor visits every example.
	stride := 37
	for gcd(stride, len(examples)) != 1 {
		stride++
	}
	for epoch := range epochs {
		for step := range examples {
			i := (step*stride + epoch*11) % len(examples)
			e := examples[i]
			p := l.probabilities(e.features, ordered[i])
			for c := range n {
				g := p[c]
				if c == e.class {
					g--
				}
				biasGrad[c] += g * g
				l.bias[c] -= rate * g / math.Sqrt(1e-6+biasGrad[c])
				for _, k := range ordered[i] {
					w, a := l.weights[k], grad2[k]
					d := g*e.features[k] + ridge*w[c]
					a[c] += d * d
					w[c] -= rate * d / math.Sqrt(1e-6+a[c])
				}
			}
		}
	}
	return l
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

func (l *learner) probabilities(features map[string]float64, keys []string) []float64 {
	out := slices.Clone(l.bias)
	for _, k := range keys {
		w := l.weights[k]
		if w == nil {
			continue
		}
		for c := range out {
			out[c] += w[c] * features[k]
		}
	}
	top, sum := slices.Max(out), 0.0
	for c := range out {
		out[c] = math.Exp(out[c] - top)
		sum += out[c]
	}
	for c := range out {
		out[c] /= sum
	}
	return out
}

func (l *learner) best(features map[string]float64) int {
	p := l.probabilities(features, slices.Sorted(maps.Keys(features)))
	best := 0
	for c := range p {
		if p[c] > p[best] {
			best = c
		}
	}
	return best
}

// telling is the least that a word must add to some class to be kept.
const telling = 0.9

// write gives what every word of WordNet, and more, adds, in hundredths.
func (l *learner) write(nouns, verbs *net, more []string) (string, int) {
	var b strings.Builder
	names := classNames()
	fmt.Fprintln(&b, format)
	fmt.Fprintln(&b, strings.Join(names, " "))
	b.WriteString("bias")
	for c, v := range l.bias {
		fmt.Fprintf(&b, " %d:%d", c, int(math.Round(100*v)))
	}
	b.WriteByte('\n')
	count := 0
	for _, part := range []struct {
		place Place
		words *net
	}{{Head, nouns}, {Inside, nouns}, {Verb, verbs}} {
		words := slices.Concat(slices.Collect(maps.Keys(part.words.senses)), more)
		slices.Sort(words)
		for _, w := range slices.Compact(words) {
			if len(w) < 3 || strings.ContainsAny(w, "_0123456789.'-/") {
				continue
			}
			features := wordFeatures(Word{w, part.place}, nouns, verbs)
			sum := make([]float64, len(names))
			for _, k := range slices.Sorted(maps.Keys(features)) {
				for c, v := range l.weights[k] {
					sum[c] += v * features[k]
				}
			}
			type add struct {
				class int
				value float64
			}
			var adds []add
			for c, v := range sum {
				if math.Abs(v) >= telling/3 {
					adds = append(adds, add{c, v})
				}
			}
			slices.SortStableFunc(adds, func(a, b add) int { return cmp.Compare(math.Abs(b.value), math.Abs(a.value)) })
			if len(adds) == 0 || math.Abs(adds[0].value) < telling {
				continue
			}
			count++
			b.WriteByte(byte(part.place))
			b.WriteString(w)
			for _, a := range adds[:min(5, len(adds))] {
				fmt.Fprintf(&b, " %d:%d", a.class, int(math.Round(100*a.value)))
			}
			b.WriteByte('\n')
		}
	}
	return b.String(), count
}
