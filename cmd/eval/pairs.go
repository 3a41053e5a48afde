package main

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"chancery"
	"chancery/coder"
	"chancery/coder/actor"
	"chancery/coder/event"
)

// evalPairs codes the texts of a file in PETRARCH's validation format and
// counts how many of the events it expects are found, and how many more.
func evalPairs(args []string) error {
	flags := flag.NewFlagSet("pairs", flag.ContinueOnError)
	var dictionaries []string
	flags.Func("dict", "list of actors or agents, in PETRARCH's format or CSV; may be repeated", func(s string) error {
		dictionaries = append(dictionaries, s)
		return nil
	})
	misses := flags.Bool("misses", false, "print what was not found and what was found besides")
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
		return errors.New("want one file of sentences in PETRARCH's validation format")
	}
	f, err := os.Open(files[0])
	if err != nil {
		return err
	}
	defer f.Close()
	sentences, err := readValidation(f)
	if err != nil {
		return fmt.Errorf("read %s: %w", files[0], err)
	}
	c, err := coder.New(coder.Options{ActorFiles: dictionaries})
	if err != nil {
		return err
	}
	score, err := scorePairs(c, sentences, *misses, os.Stdout)
	if err != nil {
		return err
	}
	score.print(os.Stdout)
	return nil
}

// validation is one sentence with the events it is expected to hold.
type validation struct {
	id       string
	date     chancery.Date
	text     string
	expected []expectedEvent
}

// expectedEvent is a source, a target and a CAMEO code. A code "---" or "" is
// nobody in particular.
type expectedEvent struct{ source, target, code string }

// readValidation reads <Sentence date id> elements with <EventCoding sourcecode
// targetcode eventcode> and <Text>. Other elements and attributes are passed
// over. Such files are often not well-formed XML: tags stay open and signs
// unescaped, which is why elements are not matched.
func readValidation(r io.Reader) ([]validation, error) {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var all []validation
	var text strings.Builder
	inText := false
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "Sentence":
				v := validation{id: attribute(t, "id")}
				if day := attribute(t, "date"); len(day) == 8 {
					day = day[:4] + "-" + day[4:6] + "-" + day[6:]
					if v.date, err = chancery.ParseDate(day); err != nil {
						line, _ := d.InputPos()
						return nil, fmt.Errorf("line %d: %w", line, err)
					}
				}
				all = append(all, v)
			case "EventCoding":
				if len(all) == 0 {
					line, _ := d.InputPos()
					return nil, fmt.Errorf("line %d: EventCoding outside of a Sentence", line)
				}
				e := expectedEvent{attribute(t, "sourcecode"), attribute(t, "targetcode"), attribute(t, "eventcode")}
				if e.code != "" {
					last := &all[len(all)-1]
					last.expected = append(last.expected, e)
				}
			case "Text":
				inText = true
				text.Reset()
			}
		case xml.EndElement:
			if t.Name.Local == "Text" && inText {
				inText = false
				if len(all) > 0 {
					all[len(all)-1].text = strings.Join(strings.Fields(text.String()), " ")
				}
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no Sentence element")
	}
	return all, nil
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// pairScore counts. An event of several parties is as many as it has pairs.
type pairScore struct {
	sentences, expected int
	outside             int // expected events whose CAMEO code is no PLOVER type: statements (01)
	states              int // found with both parties' states, whatever their sectors
	parties             int // found with both parties' codes
	types               int // found with both parties' codes and the PLOVER type
	coded, extra        int // pairs coded, and those that no expected event has
}

func (s pairScore) print(w io.Writer) {
	rate := func(n, of int) string {
		if of == 0 {
			return "none"
		}
		return fmt.Sprintf("%.3f", float64(n)/float64(of))
	}
	fmt.Fprintf(w, "sentences                          %6d\n", s.sentences)
	fmt.Fprintf(w, "expected events                    %6d  (and %d statements, which are no PLOVER type)\n", s.expected, s.outside)
	fmt.Fprintf(w, "found: states of both parties      %6d  %s\n", s.states, rate(s.states, s.expected))
	fmt.Fprintf(w, "found: parties                     %6d  %s\n", s.parties, rate(s.parties, s.expected))
	fmt.Fprintf(w, "found: parties and root code       %6d  %s\n", s.types, rate(s.types, s.expected))
	fmt.Fprintf(w, "coded pairs                        %6d\n", s.coded)
	fmt.Fprintf(w, "extra pairs                        %6d  %s a sentence\n", s.extra, rate(s.extra, s.sentences))
}

// codedPair is one coded event between two parties.
type codedPair struct {
	source, target string
	kind           chancery.EventType
	reciprocal     bool
}

// scorePairs codes the sentences and compares.
func scorePairs(c *coder.Coder, sentences []validation, misses bool, w io.Writer) (pairScore, error) {
	codes, err := event.Codes()
	if err != nil {
		return pairScore{}, err
	}
	types := make(map[string]chancery.EventType, len(codes))
	for _, code := range codes {
		types[code.CAMEO] = code.Type
	}
	var score pairScore
	for _, v := range sentences {
		score.sentences++
		a := chancery.Article{Name: v.id, Text: v.text, Published: v.date, Language: "en"}
		r, err := c.Read(&a)
		if err != nil {
			return score, err
		}
		pairs := pairsOf(r.Events)
		score.coded += len(pairs)
		used := make([]bool, len(pairs))
		for _, e := range v.expected {
			kind := typeOf(types, e.code)
			if kind == "" {
				score.outside++
				continue
			}
			score.expected++
			best := -1
			level := 0
			for i, p := range pairs {
				if l := p.agrees(e, kind); !used[i] && l > level {
					best, level = i, l
				}
			}
			if level >= 1 {
				score.states++
			}
			if level >= 2 {
				score.parties++
			}
			if level >= 3 {
				score.types++
			}
			if best >= 0 {
				used[best] = true
			}
			if misses && level < 3 {
				fmt.Fprintf(w, "missed %s (%d of 3): %s %s (%s) %s: %s\n", v.id, level, e.source, e.code, kind, e.target, v.text)
			}
		}
		for i, p := range pairs {
			if !used[i] {
				score.extra++
				if misses {
					fmt.Fprintf(w, "extra  %s: %s %s %s: %s\n", v.id, p.source, p.kind, p.target, v.text)
				}
			}
		}
	}
	return score, nil
}

// typeOf gives the PLOVER type of a CAMEO code, of its parent where it has no
// row of its own, "" for none.
func typeOf(types map[string]chancery.EventType, code string) chancery.EventType {
	for n := len(code); n >= 2; n-- {
		if t := types[code[:n]]; t != "" {
			return t
		}
	}
	if len(code) >= 2 {
		return types[code[:2]+"0"]
	}
	return ""
}

func pairsOf(events []chancery.Event) []codedPair {
	var pairs []codedPair
	for _, e := range events {
		recipients := e.Recipients
		if len(recipients) == 0 {
			recipients = []chancery.Party{{}}
		}
		for _, s := range e.Actors {
			for _, t := range recipients {
				pairs = append(pairs, codedPair{s.Code, t.Code, e.Type, e.Reciprocal})
			}
		}
		if len(e.Actors) == 0 {
			for _, t := range recipients {
				pairs = append(pairs, codedPair{"", t.Code, e.Type, e.Reciprocal})
			}
		}
	}
	return pairs
}

// agrees gives 3 when the parties and the type are the expected ones, 2 when
// the parties are, 1 when their states are, else 0.
func (p codedPair) agrees(e expectedEvent, kind chancery.EventType) int {
	level := min(sameCode(e.source, p.source), sameCode(e.target, p.target))
	if p.reciprocal {
		level = max(level, min(sameCode(e.source, p.target), sameCode(e.target, p.source)))
	}
	if level == 2 && p.kind == kind {
		return 3
	}
	return level
}

// sameCode gives 2 for the same code, 1 for the same state or body, 0 for others.
func sameCode(expected, coded string) int {
	if expected == "" || strings.HasPrefix(expected, "---") {
		return 2 // nobody in particular
	}
	want := actor.FromCAMEO(expected)
	switch {
	case want == coded:
		return 2
	case len(want) >= 3 && len(coded) >= 3 && want[:3] == coded[:3]:
		return 1
	}
	return 0
}
