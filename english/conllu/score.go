package conllu

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Count is how many units gold and system have and how many of them agree.
// Counts of parts of a corpus add up to that of the whole.
type Count struct{ Gold, System, Correct int }

// Add adds o to c.
func (c *Count) Add(o Count) {
	c.Gold += o.Gold
	c.System += o.System
	c.Correct += o.Correct
}

// F1 is the harmonic mean of precision and recall, and false when both sides are empty.
func (c Count) F1() (f float64, ok bool) {
	if c.Gold+c.System == 0 {
		return 0, false
	}
	return 2 * float64(c.Correct) / float64(c.Gold+c.System), true
}

// Precision is the share of the system's units that are right, and false when it has none.
func (c Count) Precision() (p float64, ok bool) {
	if c.System == 0 {
		return 0, false
	}
	return float64(c.Correct) / float64(c.System), true
}

// Recall is the share of the gold units that were found, and false when there are none.
func (c Count) Recall() (r float64, ok bool) {
	if c.Gold == 0 {
		return 0, false
	}
	return float64(c.Correct) / float64(c.Gold), true
}

// Metric names a row of Scores.
type Metric int

// The metrics of the CoNLL 2018 shared task. FullLAS is LAS with the subtypes
// of relations, which the shared task leaves out. Feats compares the universal
// features only, AllFeats all of them.
const (
	Tokens Metric = iota
	Sentences
	Words
	UPOS
	XPOS
	Feats
	AllFeats
	Lemmas
	UAS
	LAS
	FullLAS
	metrics
)

var metricNames = [metrics]string{"Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "AllFeats", "Lemmas", "UAS", "LAS", "LAS+sub"}

// String gives the metric's usual name.
func (m Metric) String() string { return metricNames[m] }

// Metrics are all metrics in the order they are usually printed.
func Metrics() []Metric {
	all := make([]Metric, metrics)
	for m := range all {
		all[m] = Metric(m)
	}
	return all
}

// Scores holds a count for every Metric.
type Scores [metrics]Count

// Add adds o to s.
func (s *Scores) Add(o *Scores) {
	for m := range s {
		s[m].Add(o[m])
	}
}

// ErrText is returned by Score, wrapped, when the two sides do not have the same characters.
var ErrText = errors.New("gold and system do not annotate the same text")

// Score compares the system's sentences with the gold ones by the rules of the
// CoNLL 2018 shared task (Zeman et al. 2018, section 4, and its evaluation
// script): both must have the same characters, white space apart; words are
// aligned by their characters, and within contractions by the longest common
// subsequence of their forms.
func Score(gold, system []*Sentence) (Scores, error) {
	g, gc := flatten(gold)
	s, sc := flatten(system)
	if gc != sc {
		at := 0
		for at < len(gc) && at < len(sc) && gc[at] == sc[at] {
			at++
		}
		return Scores{}, fmt.Errorf("%w: after %q gold has %q and system %q", ErrText, tail(gc[:at]), head(gc[at:]), head(sc[at:]))
	}
	var out Scores
	out[Tokens] = common(g.tokens, s.tokens)
	out[Sentences] = common(g.sentences, s.sentences)
	partner := align(g.words, s.words) // system word of each gold word, -1 for none
	all := Count{Gold: len(g.words), System: len(s.words)}
	for m := Words; m < metrics; m++ {
		out[m] = all
	}
	for i, j := range partner {
		if j < 0 {
			continue
		}
		a, b := &g.words[i], &s.words[j]
		heads := a.head < 0 && b.head < 0 || a.head >= 0 && b.head >= 0 && partner[a.head] == b.head
		relA, _, _ := strings.Cut(a.Rel, ":")
		relB, _, _ := strings.Cut(b.Rel, ":")
		for m, ok := range map[Metric]bool{
			Words:    true,
			UPOS:     a.UPOS == b.UPOS,
			XPOS:     a.XPOS == b.XPOS,
			Feats:    universal(a.Feats) == universal(b.Feats),
			AllFeats: a.Feats == b.Feats,
			Lemmas:   a.Lemma == "_" || a.Lemma == b.Lemma,
			UAS:      heads,
			LAS:      heads && relA == relB,
			FullLAS:  heads && a.Rel == b.Rel,
		} {
			if ok {
				out[m].Correct++
			}
		}
	}
	return out, nil
}

func tail(s string) string { return string([]rune(s)[max(0, len([]rune(s))-20):]) }
func head(s string) string { return string([]rune(s)[:min(20, len([]rune(s)))]) }

// universalFeats are the features that Feats compares.
var universalFeats = map[string]bool{"PronType": true, "NumType": true, "Poss": true, "Reflex": true, "Foreign": true,
	"Abbr": true, "Gender": true, "Animacy": true, "Number": true, "Case": true, "Definite": true, "Degree": true,
	"VerbForm": true, "Mood": true, "Tense": true, "Aspect": true, "Voice": true, "Evident": true, "Polarity": true,
	"Person": true, "Polite": true}

func universal(feats string) string {
	var b strings.Builder
	for f := range strings.SplitSeq(feats, "|") {
		if name, _, _ := strings.Cut(f, "="); universalFeats[name] {
			b.WriteString(f)
			b.WriteByte('|')
		}
	}
	return b.String()
}

// flat is a corpus without its sentences' walls. Positions count characters
// that are not white space.
type flat struct {
	sentences, tokens []Range
	words             []flatWord
}

type flatWord struct {
	*Word
	Range
	multiword bool
	head      int // index in flat.words, -1 for a root
}

func flatten(sentences []*Sentence) (flat, string) {
	var f flat
	var chars strings.Builder
	n := 0
	take := func(form string) Range {
		start := n
		for _, r := range form {
			if !unicode.IsSpace(r) {
				chars.WriteRune(r)
				n++
			}
		}
		return Range{start, n}
	}
	for _, s := range sentences {
		begin, base := n, len(f.words)
		multi := s.Multiword
		for w := 0; w < len(s.Words); {
			form, count := s.Words[w].Form, 1
			if len(multi) > 0 && multi[0].First == w+1 {
				form, count = multi[0].Form, multi[0].Last-multi[0].First+1
				multi = multi[1:]
			}
			r := take(form)
			f.tokens = append(f.tokens, r)
			for range count {
				word := &s.Words[w]
				parent := -1
				if word.Head > 0 {
					parent = base + word.Head - 1
				}
				f.words = append(f.words, flatWord{word, r, count > 1, parent})
				w++
			}
		}
		f.sentences = append(f.sentences, Range{begin, n})
	}
	return f, chars.String()
}

// common counts the ranges that both lists have.
func common(gold, system []Range) Count {
	c := Count{Gold: len(gold), System: len(system)}
	for i, j := 0, 0; i < len(gold) && j < len(system); {
		switch g, s := gold[i], system[j]; {
		case g == s:
			c.Correct++
			i++
			j++
		case g.Start < s.Start || g.Start == s.Start && g.End < s.End:
			i++
		default:
			j++
		}
	}
	return c
}

// align gives for each gold word the index of its system word, or -1.
func align(gold, system []flatWord) []int {
	partner := make([]int, len(gold))
	for i := range partner {
		partner[i] = -1
	}
	i, j := 0, 0
	for i < len(gold) && j < len(system) {
		g, s := &gold[i], &system[j]
		switch {
		case g.multiword || s.multiword:
			i0, j0, i1, j1 := region(gold, system, i, j)
			alignForms(gold, system, i0, i1, j0, j1, partner)
			i, j = i1, j1
		case g.Range == s.Range:
			partner[i] = j
			i++
			j++
		case g.Start <= s.Start:
			i++
		default:
			j++
		}
	}
	return partner
}

// region gives the smallest run of words on both sides, from i and j on, at
// whose ends no contraction of either side is cut.
func region(gold, system []flatWord, i, j int) (i0, j0, i1, j1 int) {
	var end int
	if gold[i].multiword {
		end = gold[i].End
		if !system[j].multiword && system[j].Start < gold[i].Start {
			j++
		}
	} else {
		end = system[j].End
		if !gold[i].multiword && gold[i].Start < system[j].Start {
			i++
		}
	}
	beyond := func(words []flatWord, k int) bool {
		if k >= len(words) {
			return true
		}
		if words[k].multiword {
			return words[k].Start >= end
		}
		return words[k].End > end
	}
	i0, j0 = i, j
	for !beyond(gold, i) || !beyond(system, j) {
		if i < len(gold) && (j >= len(system) || gold[i].Start <= system[j].Start) {
			if gold[i].multiword {
				end = max(end, gold[i].End)
			}
			i++
		} else {
			if system[j].multiword {
				end = max(end, system[j].End)
			}
			j++
		}
	}
	return i0, j0, i, j
}

// alignForms pairs the words of a region by the longest common subsequence of
// their forms in lower case.
func alignForms(gold, system []flatWord, i0, i1, j0, j1 int, partner []int) {
	n, m := i1-i0, j1-j0
	same := func(i, j int) bool {
		return strings.EqualFold(gold[i0+i].Form, system[j0+j].Form)
	}
	lcs := make([][]int, n+1)
	for i := range lcs {
		lcs[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			lcs[i][j] = max(lcs[i+1][j], lcs[i][j+1])
			if same(i, j) {
				lcs[i][j] = max(lcs[i][j], lcs[i+1][j+1]+1)
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case same(i, j):
			partner[i0+i] = j0 + j
			i++
			j++
		case lcs[i][j] == lcs[i+1][j]:
			i++
		default:
			j++
		}
	}
}
