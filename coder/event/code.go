package event

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"chancery"
)

// codes.txt has a line per word that occurs in the labelled sentences: the
// lemma, then CAMEO code and count for each code it occurs with. Made by
// "train events".
//
//go:embed codes.txt
var codeWords string

// codeModel gives a CAMEO code for the words of a predicate by naive Bayes. It
// chooses only among the codes of a type that is already decided.
type codeModel struct {
	words map[string][]codeCount
	total []float64 // words seen with each code
	vocab float64
}

type codeCount struct {
	code  int // index in Codes
	count float64
}

func loadCodeModel(codes []Code) (*codeModel, error) {
	at := make(map[string]int, len(codes))
	for i, c := range codes {
		at[c.CAMEO] = i
	}
	m := &codeModel{words: make(map[string][]codeCount), total: make([]float64, len(codes))}
	for n, line := range strings.Split(strings.TrimSuffix(codeWords, "\n"), "\n") {
		word, rest, ok := strings.Cut(line, " ")
		if !ok {
			continue
		}
		for pair := range strings.FieldsSeq(rest) {
			code, count, _ := strings.Cut(pair, ":")
			i, known := at[code]
			x, err := strconv.ParseFloat(count, 64)
			if !known || err != nil {
				return nil, fmt.Errorf("code words, line %d: %q", n+1, pair)
			}
			m.words[word] = append(m.words[word], codeCount{i, x})
			m.total[i] += x
		}
	}
	m.vocab = float64(len(m.words))
	return m, nil
}

// bag lists the lemmas of a predicate: the words on its path and what hangs on
// them, without the parties.
func (p *pair) bag() []string {
	var out []string
	take := func(i int) {
		if p.isContent(i) && !p.s.holds(i) && !p.o.holds(i) {
			out = append(out, p.lemmas[i])
		}
	}
	for _, i := range p.path {
		take(i)
		for _, c := range p.kids[i] {
			if slices.Contains(p.path, c) {
				continue
			}
			switch p.rel(c) {
			case "obj", "obl", "xcomp", "ccomp", "nmod", "compound", "amod", "iobj":
				take(c)
				for _, d := range p.kids[c] {
					if r := p.rel(d); r == "compound" || r == "amod" || r == "nmod" || r == "obj" || r == "xcomp" {
						take(d)
					}
				}
			}
			if p.Tokens[c].Rel == "compound:prt" {
				out = append(out, p.lemmas[c])
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// choose gives the most probable of the codes of a type, -1 when no word of the
// predicate speaks for one.
func (m *codeModel) choose(codes []Code, typ chancery.EventType, bag []string) int {
	score := make([]float64, len(codes))
	evidence := false
	for _, w := range bag {
		counts, ok := m.words[w]
		if !ok {
			continue
		}
		for _, c := range counts {
			if codes[c.code].Type == typ {
				evidence = true
			}
			score[c.code] += math.Log1p(c.count / (0.05 * (1 + m.total[c.code]/20)))
		}
	}
	if !evidence {
		return -1
	}
	best := -1
	for i := range codes {
		if codes[i].Type == typ && score[i] > 0 && (best < 0 || score[i] > score[best]+1e-9) {
			best = i
		}
	}
	return best
}

// code fills in the CAMEO code, and what follows from it.
func (c *Coder) code(e *chancery.Event, p *pair) {
	at := c.coarse.choose(c.codes, e.Type, p.bag())
	if at < 0 {
		at = slices.IndexFunc(c.codes, func(x Code) bool { return x.CAMEO == generic[e.Type] })
	}
	x := &c.codes[at]
	e.CAMEO, e.Mode, e.Contexts, e.Intensity = x.CAMEO, x.Mode, slices.Clone(x.Contexts), x.Intensity
}
