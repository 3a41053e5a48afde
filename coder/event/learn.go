package event

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"chancery"
	"chancery/english"
)

// Learning is how types are learned: what the prior is and how long to look.
// The values were chosen on the training rows alone.
type Learning struct {
	Ridge float64 // strength of the prior on small weights
	Steps int     // of the optimiser, at most
	Least float64 // feature rows whose weights differ by less are left out
}

// DefaultLearning is what the shipped model was learned with.
func DefaultLearning() Learning { return Learning{Ridge: 0.35, Steps: 60, Least: 0.05} }

// Weights of the lessons beside the rows with marked parties, which count 1.
const (
	WeightOfOwn   = 0.4
	WeightOfVerbs = 0.06
)

// Lesson is labelled sentences made ready to learn from.
type Lesson struct {
	rows  []Labelled
	pairs []*pair
	lists [][]feature
}

// Prepare parses labelled sentences, on as many goroutines as given.
func Prepare(p *english.Pipeline, rows []Labelled, workers int) *Lesson {
	vectors := vectorsOf(p)
	l := &Lesson{rows: rows, pairs: make([]*pair, len(rows)), lists: make([][]feature, len(rows))}
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(rows); i += workers {
				if l.pairs[i] = rows[i].parse(p); l.pairs[i] == nil {
					continue
				}
				var f features
				l.pairs[i].extract(&f, vectors)
				l.lists[i] = f.all()
			}
		})
	}
	wait.Wait()
	return l
}

func (l *Lesson) examples(use func(i int) bool) ([]example, error) {
	var out []example
	for i := range l.rows {
		if l.pairs[i] == nil || !use(i) {
			continue
		}
		allowed, err := l.rows[i].allowed()
		if err != nil {
			return nil, err
		}
		out = append(out, example{l.lists[i], allowed, l.rows[i].Weight})
	}
	return out, nil
}

// Learn gives the model of the types from one or more lessons. Its temperature
// must be set from held-out rows: see Score.
func Learn(lessons []*Lesson, use func(lesson, i int) bool, opts Learning, temperature float64) (*Model, error) {
	var all []example
	for k, l := range lessons {
		some, err := l.examples(func(i int) bool { return use(k, i) })
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	ids, rows := number(all)
	w := fit(rows, len(ids), trainOptions{opts.Ridge, opts.Steps})
	return compress(ids, w, temperature, opts.Least), nil
}

// CodeWords writes the words of the lessons with the CAMEO codes they occur
// with, in the form of codes.txt.
func CodeWords(lessons []*Lesson) string {
	counts := make(map[string]map[string]float64)
	for _, l := range lessons {
		for i, p := range l.pairs {
			if p == nil || l.rows[i].CAMEO == "" {
				continue
			}
			for _, w := range p.bag() {
				if strings.ContainsAny(w, " \t\n") {
					continue
				}
				if counts[w] == nil {
					counts[w] = make(map[string]float64)
				}
				counts[w][l.rows[i].CAMEO] += l.rows[i].Weight
			}
		}
	}
	var b strings.Builder
	for _, w := range slices.Sorted(maps.Keys(counts)) {
		b.WriteString(w)
		for _, c := range slices.Sorted(maps.Keys(counts[w])) {
			fmt.Fprintf(&b, " %s:%g", c, math.Round(counts[w][c]*100)/100)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Guess is what a model says of one labelled row.
type Guess struct {
	Row         int
	Gold        string
	GoldClass   chancery.QuadClass
	Type        string             // the most probable label, with YIELD for CONCEDE and RETREAT
	Exact       chancery.EventType // the most probable type
	Class       chancery.QuadClass // the most probable quad class
	Probability float64            // of Type
	logits      [classes]float64
}

// Guesses asks the model for the type of the rows of a lesson, given that there
// is an event.
func (m *Model) Guesses(l *Lesson, use func(i int) bool) []Guess {
	var out []Guess
	for i := range l.rows {
		if !use(i) {
			continue
		}
		g := Guess{Row: i, Gold: l.rows[i].Type, GoldClass: l.rows[i].Class}
		if l.pairs[i] != nil {
			p := m.probabilities(&features{list: l.lists[i]})
			for k := range p {
				g.logits[k] = math.Log(max(p[k], 1e-300)) * m.temperature
			}
		}
		g.decide(m.temperature)
		out = append(out, g)
	}
	return out
}

// decide fills in the answers at a temperature.
func (g *Guess) decide(temperature float64) {
	var p [noEvent]float64
	for k := range p {
		p[k] = g.logits[k] / temperature
	}
	softmax(p[:])
	label := make(map[string]float64)
	var quad [5]float64
	best := 0
	for k, t := range chancery.EventTypes() {
		label[rootOf(t)] += p[k]
		quad[quadOf(t)] += p[k]
		if p[k] > p[best] {
			best = k
		}
	}
	g.Exact = chancery.EventTypes()[best]
	g.Type, g.Probability = "", 0
	for _, t := range slices.Sorted(maps.Keys(label)) {
		if label[t] > g.Probability {
			g.Type, g.Probability = t, label[t]
		}
	}
	g.Class = 1
	for q := 1; q <= 4; q++ {
		if quad[q] > quad[g.Class] {
			g.Class = chancery.QuadClass(q)
		}
	}
}

// rootOf gives the label of a type in rows that know YIELD only.
func rootOf(t chancery.EventType) string {
	if t == chancery.Concede || t == chancery.Retreat {
		return yield
	}
	return string(t)
}

// quadOf gives the class of a type in such rows: YIELD is material cooperation.
func quadOf(t chancery.EventType) chancery.QuadClass {
	if t == chancery.Concede {
		return chancery.MaterialCooperation
	}
	return t.QuadClass()
}

// Count is how often one label was found, missed and wrongly given.
type Count struct {
	Label                string
	Found, Missed, Extra int
}

// F1 is the harmonic mean of precision and recall.
func (c Count) F1() float64 {
	return 2 * float64(c.Found) / float64(max(1, 2*c.Found+c.Missed+c.Extra))
}

// Score sums up guesses.
type Score struct {
	Rows          int
	Right         int
	Types         []Count // by label, in alphabetical order
	Classes       []Count
	MacroTypes    float64 // macro-F1 over the labels that occur in the gold rows
	MacroClasses  float64
	Calibration   float64 // expected calibration error, 10 equal bins of the probability
	LogLikelihood float64 // mean, of the gold label
}

// Judge scores guesses at a temperature.
func Judge(guesses []Guess, temperature float64) Score {
	types, quads := make(map[string]*Count), make(map[string]*Count)
	at := func(m map[string]*Count, k string) *Count {
		if m[k] == nil {
			m[k] = &Count{Label: k}
		}
		return m[k]
	}
	note := func(m map[string]*Count, gold, got string) {
		if gold == got {
			at(m, gold).Found++
			return
		}
		at(m, gold).Missed++
		at(m, got).Extra++
	}
	var s Score
	var n, right, sure [10]float64
	for _, g := range guesses {
		g.decide(temperature)
		gold := g.Gold
		if gold == string(chancery.Concede) || gold == string(chancery.Retreat) {
			gold = yield
		}
		s.Rows++
		note(types, gold, g.Type)
		if g.GoldClass != 0 {
			note(quads, fmt.Sprint(int(g.GoldClass)), fmt.Sprint(int(g.Class)))
		}
		bin := min(9, int(g.Probability*10))
		n[bin]++
		sure[bin] += g.Probability
		if gold == g.Type {
			s.Right++
			right[bin]++
		}
		var p [noEvent]float64
		for k := range p {
			p[k] = g.logits[k] / temperature
		}
		softmax(p[:])
		sum := 0.0
		for k, t := range chancery.EventTypes() {
			if rootOf(t) == gold {
				sum += p[k]
			}
		}
		s.LogLikelihood += math.Log(max(sum, 1e-300)) / float64(len(guesses))
	}
	for b := range n {
		if n[b] > 0 {
			s.Calibration += math.Abs(right[b]-sure[b]) / float64(max(1, s.Rows))
		}
	}
	macro := func(m map[string]*Count) ([]Count, float64) {
		var out []Count
		sum, labels := 0.0, 0
		for _, c := range m {
			out = append(out, *c)
		}
		slices.SortFunc(out, func(a, b Count) int { return cmp.Compare(a.Label, b.Label) })
		for _, c := range out {
			if c.Found+c.Missed > 0 {
				sum += c.F1()
				labels++
			}
		}
		return out, sum / float64(max(1, labels))
	}
	s.Types, s.MacroTypes = macro(types)
	s.Classes, s.MacroClasses = macro(quads)
	return s
}

// Temperature gives the temperature under which the guesses' labels are most
// probable, by golden-section search between 0.3 and 5.
func Temperature(guesses []Guess) float64 {
	lo, hi := 0.3, 5.0
	ratio := (math.Sqrt(5) - 1) / 2
	at := func(x float64) float64 { return Judge(guesses, x).LogLikelihood }
	for hi-lo > 0.005 {
		a, b := hi-ratio*(hi-lo), lo+ratio*(hi-lo)
		if at(a) > at(b) {
			hi = b
		} else {
			lo = a
		}
	}
	return (lo + hi) / 2
}

// Folds deals rows into k folds, each label spread evenly, in an order that a
// seed decides.
func Folds(rows []Labelled, k int, seed uint64) []int {
	fold := make([]int, len(rows))
	type key struct {
		i int
		h uint64
	}
	byLabel := make(map[string][]key)
	for i := range rows {
		h := (uint64(i)+1)*0x9E3779B97F4A7C15 ^ seed*0xD1B54A32D192ED03
		h ^= h >> 29
		h *= 0xBF58476D1CE4E5B9
		h ^= h >> 32
		byLabel[rows[i].Type] = append(byLabel[rows[i].Type], key{i, h})
	}
	next := 0
	for _, label := range slices.Sorted(maps.Keys(byLabel)) {
		keys := byLabel[label]
		slices.SortFunc(keys, func(a, b key) int { return cmp.Or(cmp.Compare(a.h, b.h), cmp.Compare(a.i, b.i)) })
		for _, x := range keys {
			fold[x.i] = next % k
			next++
		}
	}
	return fold
}

// HeldOut gives the guesses of cross-validation over the rows of the first
// lesson, in their order, and the model of each fold, all at temperature 1.
// fold[l][i] is the fold of row i of lesson l, whose model does not see it; nil
// for a lesson that all models see.
func HeldOut(lessons []*Lesson, fold [][]int, folds int, opts Learning) ([]Guess, []*Model, error) {
	parts := make([][]Guess, folds)
	models := make([]*Model, folds)
	errs := make([]error, folds)
	var wait sync.WaitGroup
	slots := make(chan struct{}, runtime.NumCPU())
	for k := range folds {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			m, err := Learn(lessons, func(l, i int) bool { return fold[l] == nil || fold[l][i] != k }, opts, 1)
			if err != nil {
				errs[k] = err
				return
			}
			models[k] = m
			parts[k] = m.Guesses(lessons[0], func(i int) bool { return fold[0][i] == k })
		})
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, nil, err
	}
	all := slices.Concat(parts...)
	slices.SortFunc(all, func(a, b Guess) int { return cmp.Compare(a.Row, b.Row) })
	return all, models, nil
}

// CrossCalibration is the expected calibration error of guesses when each fold
// is judged at the temperature fitted to the other folds.
func CrossCalibration(guesses []Guess, fold []int, folds int) float64 {
	adjusted := make([]Guess, 0, len(guesses))
	for k := range folds {
		var others []Guess
		for _, g := range guesses {
			if fold[g.Row] != k {
				others = append(others, g)
			}
		}
		t := Temperature(others)
		for _, g := range guesses {
			if fold[g.Row] == k {
				for j := range g.logits {
					g.logits[j] /= t
				}
				adjusted = append(adjusted, g)
			}
		}
	}
	return Judge(adjusted, 1).Calibration
}
