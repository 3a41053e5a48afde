package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"chancery"
	"chancery/coder"
	"chancery/coder/event"
	"chancery/coder/learning"
	"chancery/english"
)

// evalPLV scores event types on rows with marked parties, and the whole chain
// on the same sentences without the marks.
func evalPLV(args []string) error {
	flags := flag.NewFlagSet("plv", flag.ContinueOnError)
	folds := flags.Int("folds", 0, "learn on all folds but one and score that one, in turn; 0 scores the model as shipped")
	seed := flags.Uint64("seed", 1, "of the folds")
	predictions := flags.String("predictions", "", "file to write the rows with their predictions to, tab-separated")
	sources := learning.NewSources(flags) // used with -folds
	typesOnly := flags.Bool("types", false, "leave out the scores from end to end")
	// The file may stand before the flags.
	var files []string
	for rest := args; ; {
		if err := flags.Parse(rest); err != nil {
			return err
		}
		if flags.NArg() == 0 {
			break
		}
		files, rest = append(files, flags.Arg(0)), flags.Args()[1:]
	}
	if len(files) != 1 {
		return errors.New("want one file of rows with marked parties")
	}
	sources.Marked = files[0]
	pipeline, err := english.Load()
	if err != nil {
		return err
	}
	var rows []event.Labelled
	var guesses []event.Guess
	var temperature float64
	var models []*event.Model // one per fold, or the shipped one
	var bonds []*event.Bonds  // likewise
	var fold []int
	if *folds > 1 {
		h, marked, err := sources.HeldOut(pipeline, *folds, *seed)
		if err != nil {
			return err
		}
		rows, guesses, temperature, models, bonds, fold = marked, h.Guesses, h.Temperature, h.Types, h.Bonds, h.Fold
		fmt.Printf("type given the parties, %d folds, each scored by a model that has not seen it\n", *folds)
		// The one number fitted to the left-out rows is the temperature; so that
		// calibration is honest too, each fold is also judged at the temperature of
		// the others.
		fmt.Printf("calibration error with each fold at the temperature of the others: %.4f\n", event.CrossCalibration(guesses, fold, *folds))
		fmt.Printf("bonds given the candidates, likewise: %v\n", h.BondScore())
	} else {
		if rows, err = sources.Rows(); err != nil {
			return err
		}
		m, err := event.Shipped()
		if err != nil {
			return err
		}
		models, temperature, fold = []*event.Model{m}, m.Temperature(), make([]int, len(rows))
		guesses = m.Guesses(event.Prepare(pipeline, rows, runtime.NumCPU()), func(int) bool { return true })
		bonds = []*event.Bonds{nil} // the shipped one
		fmt.Println("type given the parties, the model as shipped")
	}
	s := event.Judge(guesses, temperature)
	fmt.Printf("rows %d  right %d (%.3f)  root macro-F1 %.4f  penta macro-F1 %.4f  calibration error %.4f  temperature %.3f\n",
		s.Rows, s.Right, float64(s.Right)/float64(max(1, s.Rows)), s.MacroTypes, s.MacroClasses, s.Calibration, temperature)
	for _, c := range append(s.Types, s.Classes...) {
		fmt.Printf("  %-10s found %3d  missed %3d  extra %3d  F1 %.3f\n", c.Label, c.Found, c.Missed, c.Extra, c.F1())
	}
	var whole []wholeRow
	if !*typesOnly {
		// The judgements are about the rows that models are learned from, not about
		// a file never seen.
		var judgements map[string][]event.Judged
		if *folds > 1 {
			if judgements, err = sources.Judgements(); err != nil {
				return err
			}
		}
		if whole, err = codeRows(rows, models, bonds, fold); err != nil {
			return err
		}
		found, parties, extra := 0, 0, 0
		for _, w := range whole {
			if w.found {
				found++
			}
			if w.parties {
				parties++
			}
			extra += len(w.events)
		}
		n := float64(max(1, len(rows)))
		asked, right := 0, 0
		for i := range whole {
			w := &whole[i]
			w.marks = make([]string, len(w.events))
			for k := range w.events {
				if k == w.match {
					w.marks[k] = "= "
					continue
				}
				if known, isRight := w.judged(judgements[fmt.Sprint("plv:", i+1)], &w.events[k]); known {
					asked++
					w.marks[k] = "- "
					if isRight {
						right++
						w.marks[k] = "+ "
					}
				}
			}
		}
		fmt.Printf("end to end: type and both parties %d of %d (%.3f); both parties under any type %d (%.3f); further events a sentence %.3f\n",
			found, len(rows), float64(found)/n, parties, float64(parties)/n, float64(extra-found)/n)
		if asked > 0 {
			fmt.Printf("of %d further events that people judged %d right (%.3f)\n", asked, right, float64(right)/float64(asked))
		}
	}
	if *predictions == "" {
		return nil
	}
	f, err := os.Create(*predictions)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := writePredictions(f, rows, guesses, whole); err != nil {
		return err
	}
	return f.Close()
}

// wholeRow is what the whole chain makes of one row's sentence.
type wholeRow struct {
	events  []chancery.Event
	found   bool     // an event with the gold type whose parties overlap the marked ones
	parties bool     // the same whatever its type
	match   int      // the event that is found, -1 for none
	marks   []string // of each event in the predictions: found, judged right, judged wrong
}

// codeRows reads each row's sentence as an article of its own.
func codeRows(rows []event.Labelled, models []*event.Model, bonds []*event.Bonds, fold []int) ([]wholeRow, error) {
	coders := make([]*coder.Coder, len(models))
	for i, m := range models {
		var err error
		if coders[i], err = coder.New(coder.Options{EventTypes: m, EventBonds: bonds[i]}); err != nil {
			return nil, err
		}
	}
	out := make([]wholeRow, len(rows))
	errs := make([]error, len(rows))
	var wait sync.WaitGroup
	workers := runtime.NumCPU()
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(rows); i += workers {
				r, err := coders[fold[i]%len(coders)].Read(&chancery.Article{Name: fmt.Sprint("row ", i+1), Text: rows[i].Text})
				if err != nil {
					errs[i] = err
					continue
				}
				out[i] = judgeRow(&rows[i], &r)
			}
		})
	}
	wait.Wait()
	return out, errors.Join(errs...)
}

// judged tells whether people judged an event of the row, and found it right in
// type and parties.
func (w *wholeRow) judged(all []event.Judged, e *chancery.Event) (known, right bool) {
	holds := func(parties []chancery.Party, start int) bool {
		return start < 0 || slices.ContainsFunc(parties, func(p chancery.Party) bool { return p.Mention.Start <= start && start < p.Mention.End })
	}
	for i := range all {
		j := &all[i]
		if j.Trigger != e.Trigger.Start || !holds(e.Actors, j.Actor) || !holds(e.Recipients, j.Recipient) {
			continue
		}
		known = true
		right = right || j.Type == string(e.Type)
	}
	return known, right
}

func judgeRow(l *event.Labelled, r *chancery.Reading) wholeRow {
	w := wholeRow{events: r.Events, match: -1}
	touches := func(parties []chancery.Party, at chancery.ByteRange) bool { return touches(r, parties, at) }
	for i := range r.Events {
		e := &r.Events[i]
		straight := touches(e.Actors, l.Actor) && touches(e.Recipients, l.Recipient)
		swapped := e.Reciprocal && touches(e.Recipients, l.Actor) && touches(e.Actors, l.Recipient)
		if !straight && !swapped {
			continue
		}
		w.parties = true
		root := string(e.Type)
		if l.Type == "YIELD" && (e.Type == chancery.Concede || e.Type == chancery.Retreat) {
			root = l.Type
		}
		if root == l.Type {
			w.found = true
			if w.match < 0 {
				w.match = i
			}
		}
	}
	return w
}

// touches reports whether one of the parties is mentioned in the marked range:
// as the event has it, or elsewhere ("the ministry said it would ...").
func touches(r *chancery.Reading, parties []chancery.Party, at chancery.ByteRange) bool {
	if at.IsZero() {
		return true
	}
	for _, p := range parties {
		if p.Mention.Overlaps(at) {
			return true
		}
		for i := range r.Actors {
			a := &r.Actors[i]
			if a.Code != p.Code || a.Name != p.Name {
				continue
			}
			for _, m := range a.Mentions {
				if m.Overlaps(at) {
					return true
				}
			}
		}
	}
	return false
}

// writePredictions writes a row per sentence: what was marked, what was
// guessed, and the events found from end to end: the one that matches after "=",
// those that people judged right after "+" and wrong after "-".
func writePredictions(w io.Writer, rows []event.Labelled, guesses []event.Guess, whole []wholeRow) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "row\tsentence\tsource\ttarget\tgold_root\tgold_penta\tpred_root\tpred_type\tpred_penta\tprobability\tfound\tevents")
	for _, g := range guesses {
		l := &rows[g.Row]
		of := func(r chancery.ByteRange) string {
			if r.IsZero() {
				return ""
			}
			return r.Of(l.Text)
		}
		found, events := "", ""
		if whole != nil {
			found = fmt.Sprint(whole[g.Row].found)
			var all []string
			for i, e := range whole[g.Row].events {
				all = append(all, whole[g.Row].marks[i]+describe(&e, l.Text))
			}
			events = strings.Join(all, " | ")
		}
		fmt.Fprintf(b, "%d\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%d\t%.4f\t%s\t%s\n", g.Row+1, l.Text, of(l.Actor), of(l.Recipient),
			g.Gold, g.GoldClass, g.Type, g.Exact, g.Class, g.Probability, found, events)
	}
	return b.Flush()
}

// describe writes an event in a line: "AGREE offered Peru [PER] > Chile [CHL] (offer) 0.91".
func describe(e *chancery.Event, text string) string {
	names := func(parties []chancery.Party) string {
		var out []string
		for _, p := range parties {
			name := p.Name
			if p.Code != "" {
				name += " [" + p.Code + "]"
			}
			out = append(out, name)
		}
		return strings.Join(out, ", ")
	}
	return fmt.Sprintf("%s %s %s > %s (%s) %.2f", e.Type, e.Status, names(e.Actors), names(e.Recipients), e.Trigger.Of(text), e.Probability)
}
