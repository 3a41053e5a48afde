package figure_test

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/figure"
	"chancery/english"
)

// TestPassages reads own sentences through the whole English analysis.
func TestPassages(t *testing.T) {
	const floor = 0.85
	b, err := os.ReadFile("testdata/figures.txt")
	if err != nil {
		t.Fatal(err)
	}
	p, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	g, err := actor.New(actor.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var want, found, right, of int
	for block := range strings.SplitSeq(string(b), "\n\n") {
		var text string
		var expected [][]string
		for line := range strings.SplitSeq(strings.Trim(block, "\n"), "\n") {
			switch {
			case strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "> "):
				f := strings.Split(line[2:], "|")
				for i := range f {
					f[i] = strings.TrimSpace(f[i])
				}
				expected = append(expected, f)
			default:
				text += line
			}
		}
		doc := p.Parse(text)
		article := &chancery.Article{Name: "passage", Text: text}
		figures := figure.Find(doc, g.Cast(doc, article), article)
		want, found = want+len(expected), found+len(figures)
		for _, e := range expected {
			number, err := strconv.ParseFloat(e[1], 64)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			hit := false
			for _, f := range figures {
				if f.Value.Of(text) != e[0] || math.Abs(f.Number-number) > 1e-3*max(1, number) || f.Unit != e[2] {
					continue
				}
				hit = true
				right++
				if e[3] == "" || e[3] == "-" && f.Of.IsZero() || strings.Contains(f.Of.Of(text), e[3]) {
					of++
				} else {
					t.Logf("%q: %s counts %q, want %q", text, e[0], f.Of.Of(text), e[3])
				}
			}
			if !hit {
				t.Logf("%q: %v not found", text, e)
			}
		}
		if len(figures) > len(expected) {
			for _, f := range figures {
				t.Logf("%q: found %q = %v %s", text, f.Value.Of(text), f.Number, f.Unit)
			}
		}
	}
	t.Logf("figures: %d wanted, %d found, %d right, %d with what they count", want, found, right, of)
	if float64(right) < floor*float64(want) || float64(right) < floor*float64(found) || float64(of) < floor*float64(want) {
		t.Errorf("%d of %d figures right (%d found), %d with what they count; want %.2f", right, want, found, of, floor)
	}
}
