// Package learning gathers what the models of events are learned from and
// learns them: for cmd/train, which ships the result, and for cmd/eval, which
// scores models that have not seen the rows they are scored on.
//
// In: the paths of labelled corpora. Out: lessons, and models of types and of
// bonds. It writes no file and decides nothing about a text that is read.
package learning

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"chancery"
	"chancery/coder"
	"chancery/coder/event"
	"chancery/english"
	"chancery/english/conllu"
)

// Sources are the paths of the corpora.
type Sources struct {
	Marked    string // rows with marked parties and a type
	Own       string // the project's own labelled sentences
	Verbs     string // PETRARCH's verb dictionary
	Texts     string // files of the project's own texts, a line each, that judgements are about, apart by commas
	Judged    string // what people said of proposals
	Treebanks string // NAME=FILE.conllu, apart by commas: likewise
}

// NewSources gives the sources whose paths the flags of a command say, with the
// project's own and the shared corpora where they usually lie.
func NewSources(flags *flag.FlagSet) *Sources {
	s := &Sources{}
	flags.StringVar(&s.Marked, "marked", "../shared/data/plv/train.tsv", "rows with marked parties and a type")
	flags.StringVar(&s.Own, "sentences", "coder/event/train/sentences.txt", "the project's own labelled sentences")
	flags.StringVar(&s.Verbs, "verbs", "../shared/data/petrarch/verbs.CAMEO.2.0.txt", "PETRARCH's verb dictionary")
	flags.StringVar(&s.Texts, "texts", "coder/event/train/news.txt,coder/event/train/columns.txt", "the project's own texts that judgements are about, apart by commas")
	flags.StringVar(&s.Judged, "judged", "coder/event/train/judged.tsv", "judgements of proposals")
	flags.StringVar(&s.Treebanks, "treebanks", "ewt=../shared/data/ud-ewt/train.conllu,gum=../shared/data/gum/train.conllu", "texts of the judgements: NAME=FILE.conllu, apart by commas")
	return s
}

// Text is one text of a source with the key by which judgements name it.
type Text struct {
	Key    string // "plv:17", "ewt:weblog-...-0003"
	Text   string
	Row    int             // of the marked rows, -1 for other texts
	Marked *event.Labelled // its parties, where they are marked; else nil
}

// Lessons reads and parses what types are learned from, the marked rows first,
// and gives these rows too.
func (s *Sources) Lessons(p *english.Pipeline) ([]*event.Lesson, []event.Labelled, error) {
	var lessons []*event.Lesson
	var marked []event.Labelled
	for _, source := range []struct {
		name string
		read func(r io.Reader) ([]event.Labelled, error)
	}{
		{s.Marked, event.ReadMarked},
		{s.Own, func(r io.Reader) ([]event.Labelled, error) { return event.ReadPatterns(r, event.WeightOfOwn) }},
		{s.Verbs, func(r io.Reader) ([]event.Labelled, error) { return event.ReadVerbs(r, event.WeightOfVerbs) }},
	} {
		rows, err := readFile(source.name, source.read)
		if err != nil {
			return nil, nil, err
		}
		if marked == nil {
			marked = rows
		}
		lessons = append(lessons, event.Prepare(p, rows, runtime.NumCPU()))
	}
	return lessons, marked, nil
}

// readFile reads one file; the error names it.
func readFile[T any](name string, read func(r io.Reader) ([]T, error)) ([]T, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out, err := read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// Rows reads the marked rows.
func (s *Sources) Rows() ([]event.Labelled, error) { return readFile(s.Marked, event.ReadMarked) }

// List gives the marked rows, the project's own sentences and texts, and the
// sentences of the treebanks as texts.
func (s *Sources) List(marked []event.Labelled) ([]Text, error) {
	var out []Text
	for i := range marked {
		out = append(out, Text{fmt.Sprint("plv:", i+1), marked[i].Text, i, &marked[i]})
	}
	own, err := readFile(s.Own, func(r io.Reader) ([]event.Labelled, error) { return event.ReadPatterns(r, event.WeightOfOwn) })
	if err != nil {
		return nil, err
	}
	for i := range own {
		out = append(out, Text{fmt.Sprint("own:", i+1), own[i].Text, -1, &own[i]})
	}
	for file := range strings.SplitSeq(s.Texts, ",") {
		lines, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name, n := strings.TrimSuffix(filepath.Base(file), ".txt"), 0
		for line := range strings.Lines(string(lines)) {
			n++
			out = append(out, Text{fmt.Sprint(name, ":", n), strings.TrimSpace(line), -1, nil})
		}
	}
	for pair := range strings.SplitSeq(s.Treebanks, ",") {
		name, path, ok := strings.Cut(pair, "=")
		if !ok {
			if pair == "" {
				continue
			}
			return nil, fmt.Errorf("treebank %q: want NAME=FILE", pair)
		}
		all, err := readFile(path, conllu.ReadAll)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			id, _ := s.Comment("sent_id")
			if words, ok := s.Comment("text"); ok {
				out = append(out, Text{name + ":" + id, words, -1, nil})
			}
		}
	}
	return out, nil
}

// Judgements gives what has been judged, by the keys of the texts.
func (s *Sources) Judgements() (map[string][]event.Judged, error) {
	all, err := readFile(s.Judged, event.ReadJudged)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]event.Judged)
	for _, j := range all {
		out[j.Text] = append(out[j.Text], j)
	}
	return out, nil
}

// Answer is a proposal of a text with what is known of it.
type Answer struct {
	event.Proposal
	Text   int    // index of the text
	IsAct  bool   // whether it is an act between its parties
	Judged bool   // by a person; else it is between the marked parties of a row
	Type   string // the type where it is one
}

// Answers codes the texts and gives the proposals whose answer is known: judged
// by a person, or between the marked parties and of the marked type, or of none. model says
// which type model reads a text.
func (s *Sources) Answers(texts []Text, model func(text int) *event.Model) ([]Answer, error) {
	judged, err := s.Judgements()
	if err != nil {
		return nil, err
	}
	coders := make(map[*event.Model]*coder.Coder)
	for i := range texts {
		m := model(i)
		if coders[m] != nil {
			continue
		}
		if coders[m], err = coder.New(coder.Options{EventTypes: m}); err != nil {
			return nil, err
		}
	}
	parts := make([][]Answer, len(texts))
	var wait sync.WaitGroup
	for w := range runtime.NumCPU() {
		wait.Go(func() {
			for i := w; i < len(texts); i += runtime.NumCPU() {
				t := &texts[i]
				known := judged[t.Key]
				if t.Marked == nil && len(known) == 0 {
					continue
				}
				for _, p := range coders[model(i)].Proposals(&chancery.Article{Text: t.Text}) {
					a := Answer{Proposal: p, Text: i}
					if j := Find(known, &p); j != nil {
						a.Judged, a.IsAct, a.Type = true, j.Type != "", j.Type
					} else if m := t.Marked; m != nil && m.IsMarked(&p) && (m.Type == "" || m.IsType(p.Type)) {
						a.IsAct, a.Type = m.Type != "", m.Type
					} else {
						continue
					}
					parts[i] = append(parts[i], a)
				}
			}
		})
	}
	wait.Wait()
	var out []Answer
	for _, p := range parts {
		out = append(out, p...)
	}
	if len(out) == 0 {
		return nil, errors.New("no judgement fits a proposal of the texts")
	}
	return out, nil
}

// Find gives the judgement about a proposal, nil for none.
func Find(all []event.Judged, p *event.Proposal) *event.Judged {
	for i := range all {
		if all[i].Of(p) {
			return &all[i]
		}
	}
	return nil
}

// Bonds learns the bond model from the answers that use allows.
func Bonds(answers []Answer, use func(a *Answer) bool) (*event.Bonds, error) {
	var examples []event.BondExample
	for i := range answers {
		if a := &answers[i]; use(a) {
			examples = append(examples, a.Example(a.IsAct))
		}
	}
	return event.LearnBonds(examples)
}
