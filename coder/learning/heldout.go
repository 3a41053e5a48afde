package learning

import (
	"fmt"
	"math"

	"chancery/coder/event"
	"chancery/english"
)

// HeldOut is the outcome of cross-validation.
type HeldOut struct {
	Guesses     []event.Guess   // of the type given the parties of the marked rows, each by a model that has not seen the row
	Temperature float64         // under which the left-out labels are most probable
	Fold        []int           // of each marked row
	Lessons     []*event.Lesson // what types are learned from
	Types       []*event.Model  // of each fold, at the temperature
	Answers     []Answer        // of all texts
	Bonds       []*event.Bonds  // of each fold
	texts       []Text
}

// HeldOut learns types and bonds on all folds of the texts but one, in turn, and
// on what has no text. seed deals the marked rows into folds; other texts are
// dealt by their order.
func (s *Sources) HeldOut(p *english.Pipeline, folds int, seed uint64) (*HeldOut, []event.Labelled, error) {
	lessons, marked, err := s.Lessons(p)
	if err != nil {
		return nil, nil, err
	}
	h := &HeldOut{Fold: event.Folds(marked, folds, seed)}
	if h.texts, err = s.List(marked); err != nil {
		return nil, nil, err
	}
	foldOf := func(t int) int {
		if r := h.texts[t].Row; r >= 0 {
			return h.Fold[r]
		}
		return t % folds
	}
	// What types are learned from in a judged text does not depend on a model, so
	// any will do for this first pass.
	shipped, err := event.Shipped()
	if err != nil {
		return nil, nil, err
	}
	first, err := s.Answers(h.texts, func(int) *event.Model { return shipped })
	if err != nil {
		return nil, nil, err
	}
	var proposals []*event.Proposal
	var types []string
	var fold []int
	for i := range first {
		if a := &first[i]; a.Judged && a.IsAct {
			proposals, types, fold = append(proposals, &a.Proposal), append(types, a.Type), append(fold, foldOf(a.Text))
		}
	}
	h.Lessons = append(lessons, event.Taught(proposals, types, weightOfJudged))
	dealt := make([][]int, len(h.Lessons))
	dealt[0], dealt[len(dealt)-1] = h.Fold, fold
	if h.Guesses, h.Types, err = event.HeldOut(h.Lessons, dealt, folds, event.DefaultLearning()); err != nil {
		return nil, nil, err
	}
	h.Temperature = event.Temperature(h.Guesses)
	for _, m := range h.Types {
		m.SetTemperature(h.Temperature)
	}
	if h.Answers, err = s.Answers(h.texts, func(t int) *event.Model { return h.Types[foldOf(t)] }); err != nil {
		return nil, nil, err
	}
	for k := range folds {
		b, err := Bonds(h.Answers, func(a *Answer) bool { return foldOf(a.Text) != k })
		if err != nil {
			return nil, nil, err
		}
		h.Bonds = append(h.Bonds, b)
	}
	return h, marked, nil
}

// weightOfJudged is what a judged act weighs in learning types, a marked row 1.
const weightOfJudged = 0.3

// foldOf gives the fold of an answer's text.
func (h *HeldOut) foldOf(a *Answer) int {
	if r := h.texts[a.Text].Row; r >= 0 {
		return h.Fold[r]
	}
	return a.Text % len(h.Types)
}

// BondScore says how well bonds are told by models that have not seen them.
type BondScore struct {
	Answers     int
	Acts        int
	Precision   [3]float64 // at probabilities of 0.4, 0.5, 0.6 and more
	Recall      [3]float64
	Calibration float64 // expected calibration error, 10 bins
	Loss        float64 // mean negative log-likelihood
}

var bondLevels = [3]float64{0.4, 0.5, 0.6}

// BondScore scores the bonds of each fold.
func (h *HeldOut) BondScore() BondScore {
	var s BondScore
	var n, right, sure [10]float64
	var found, wrong [3]float64
	for i := range h.Answers {
		a := &h.Answers[i]
		p := h.Bonds[h.foldOf(a)].Probability(&a.Proposal)
		b := min(9, int(p*10))
		n[b]++
		sure[b] += p
		if a.IsAct {
			s.Loss -= math.Log(p)
		} else {
			s.Loss -= math.Log(1 - p)
		}
		s.Answers++
		if a.IsAct {
			s.Acts++
			right[b]++
		}
		for k, level := range bondLevels {
			switch {
			case p < level:
			case a.IsAct:
				found[k]++
			default:
				wrong[k]++
			}
		}
	}
	for k := range bondLevels {
		s.Precision[k] = found[k] / max(1, found[k]+wrong[k])
		s.Recall[k] = found[k] / max(1, float64(s.Acts))
	}
	for b := range n {
		s.Calibration += math.Abs(right[b]-sure[b]) / max(1, float64(s.Answers))
	}
	s.Loss /= max(1, float64(s.Answers))
	return s
}

// String writes the score in a line.
func (s BondScore) String() string {
	return fmt.Sprintf("%d candidates, %d acts; at 0.4, 0.5, 0.6: precision %.3f %.3f %.3f, recall %.3f %.3f %.3f; calibration error %.3f, log loss %.3f",
		s.Answers, s.Acts, s.Precision[0], s.Precision[1], s.Precision[2], s.Recall[0], s.Recall[1], s.Recall[2], s.Calibration, s.Loss)
}
