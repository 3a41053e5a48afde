package event_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/event"
	"chancery/english"
)

var only = flag.String("only", "", "score only the sentences that contain this, and print their events")

// expectation is one line under a sentence of testdata/sentences.txt.
type expectation struct {
	line       string
	types      []string
	statuses   []string
	actors     []string
	recipients []string
	optional   bool
	swap       bool
}

type sentenceCase struct {
	line int
	text string
	want []expectation
}

func readCases(t testing.TB) []sentenceCase {
	t.Helper()
	b, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []sentenceCase
	for n, line := range strings.Split(string(b), "\n") {
		switch {
		case strings.TrimSpace(line) == "" || line[0] == '#':
		case line[0] == ' ':
			e, err := parseExpectation(strings.TrimSpace(line))
			if err != nil || len(cases) == 0 {
				t.Fatalf("testdata/sentences.txt:%d: %v", n+1, err)
			}
			c := &cases[len(cases)-1]
			c.want = append(c.want, e)
		default:
			cases = append(cases, sentenceCase{line: n + 1, text: strings.TrimSpace(line)})
		}
	}
	return cases
}

func parseExpectation(line string) (expectation, error) {
	e := expectation{line: line}
	line, e.optional = strings.CutPrefix(line, "? ")
	line, e.swap = strings.CutSuffix(line, " = swap")
	f := strings.Fields(line)
	if len(f) != 5 || f[3] != ">" {
		return e, fmt.Errorf("want TYPE status ACTORS > RECIPIENTS, have %q", line)
	}
	list := func(s, by string) []string {
		if s == "-" {
			return nil
		}
		return strings.Split(s, by)
	}
	e.types, e.statuses = list(f[0], "|"), list(f[1], "|")
	e.actors, e.recipients = list(f[2], ","), list(f[4], ",")
	return e, nil
}

// holds reports whether the parties are those of the codes, each of which may
// be one of several joined by "|", and nobody else.
func holds(codes []string, parties []chancery.Party) bool {
	rest := slices.Clone(parties)
	for _, c := range codes {
		at := slices.IndexFunc(rest, func(p chancery.Party) bool {
			return slices.ContainsFunc(strings.Split(c, "|"), func(one string) bool { return state(p.Code) == one })
		})
		if at < 0 {
			return false
		}
		one := state(rest[at].Code)
		rest = slices.DeleteFunc(rest, func(p chancery.Party) bool { return state(p.Code) == one })
	}
	return len(rest) == 0
}

func state(code string) string {
	if len(code) > 3 && slices.Contains(chancery.Sectors(), code[3:]) {
		return code[:3]
	}
	return code
}

func (x *expectation) matches(e *chancery.Event) bool {
	if !slices.Contains(x.types, string(e.Type)) || !slices.Contains(x.statuses, string(e.Status)) {
		return false
	}
	return holds(x.actors, e.Actors) && holds(x.recipients, e.Recipients) ||
		x.swap && holds(x.actors, e.Recipients) && holds(x.recipients, e.Actors)
}

// check gives what is wrong with the events of a sentence, "" for nothing.
func check(c *sentenceCase, events []chancery.Event) string {
	var faults []string
	used := make([]bool, len(events))
	for k := range c.want {
		at := -1
		for i := range events {
			if !used[i] && c.want[k].matches(&events[i]) {
				at = i
				break
			}
		}
		if at >= 0 {
			used[at] = true
		} else if !c.want[k].optional {
			faults = append(faults, "missing: "+c.want[k].line)
		}
	}
	for i := range events {
		if !used[i] {
			faults = append(faults, "further: "+show(&events[i]))
		}
	}
	return strings.Join(faults, "\n\t\t")
}

func show(e *chancery.Event) string {
	codes := func(parties []chancery.Party) string {
		if len(parties) == 0 {
			return "-"
		}
		var out []string
		for _, p := range parties {
			out = append(out, p.Code+"("+p.Name+")")
		}
		return strings.Join(out, ",")
	}
	return fmt.Sprintf("%s %s %s > %s, p %.2f", e.Type, e.Status, codes(e.Actors), codes(e.Recipients), e.Probability)
}

// floor is the least share of the sentences that must pass.
const floor = 0.90

func TestSentences(t *testing.T) {
	pipeline, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	gazetteer, err := actor.New(actor.Options{})
	if err != nil {
		t.Fatal(err)
	}
	coder, err := event.New(event.Options{English: pipeline})
	if err != nil {
		t.Fatal(err)
	}
	cases := readCases(t)
	passed, scored := 0, 0
	for i := range cases {
		c := &cases[i]
		if !strings.Contains(c.text, *only) {
			continue
		}
		a := &chancery.Article{Text: c.text}
		doc := pipeline.Parse(c.text)
		events := coder.Events(doc, gazetteer.Cast(doc, a), a)
		scored++
		faults := check(c, events)
		if faults == "" {
			passed++
		} else {
			t.Logf("line %d: %s\n\t\t%s", c.line, c.text, faults)
		}
		if *only != "" {
			for j := range doc.Sentences {
				t.Logf("\n%s", event.Tree(&doc.Sentences[j]))
			}
			for j := range events {
				t.Logf("%s\n%s", show(&events[j]), event.Why(&events[j]))
			}
		}
	}
	share := float64(passed) / float64(scored)
	t.Logf("%d of %d sentences pass (%.3f)", passed, scored, share)
	if *only == "" && (scored < 150 || share < floor) {
		t.Errorf("%d of %d sentences pass (%.3f), want at least 150 sentences and %.2f", passed, scored, share, floor)
	}
}
