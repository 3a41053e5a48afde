package quote_test

import (
	"os"
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/quote"
	"chancery/english"
)

// TestPassages reads own passages through the whole English analysis.
func TestPassages(t *testing.T) {
	const floor = 0.85
	b, err := os.ReadFile("testdata/quotes.txt")
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
	var want, found, right, speakers int
	for _, c := range cases(string(b)) {
		doc := p.Parse(c.text)
		article := &chancery.Article{Name: "passage", Text: c.text}
		quotes := quote.Find(doc, g.Cast(doc, article), article)
		want, found = want+len(c.quotes), found+len(quotes)
		for _, w := range c.quotes {
			hit := false
			for _, q := range quotes {
				if q.Text.Of(c.text) == w.words {
					hit = true
					right++
					if q.Partial != w.partial {
						t.Logf("%q: partial %v, want %v", w.words, q.Partial, w.partial)
					}
					if last(q.Speaker.Name) == last(w.speaker) {
						speakers++
					} else {
						t.Logf("%q: said by %q, want %q", w.words, q.Speaker.Name, w.speaker)
					}
				}
			}
			if !hit {
				t.Logf("%q: not found", w.words)
			}
		}
		if len(quotes) > len(c.quotes) {
			for _, q := range quotes {
				t.Logf("in %q: found %q", c.text, q.Text.Of(c.text))
			}
		}
	}
	t.Logf("quotes: %d wanted, %d found, %d right, %d with their speaker", want, found, right, speakers)
	if float64(right) < floor*float64(want) || float64(right) < floor*float64(found) {
		t.Errorf("%d of %d quotes right, %d found; want %.2f", right, want, found, floor)
	}
	if float64(speakers) < floor*float64(want) {
		t.Errorf("%d of %d speakers right; want %.2f", speakers, want, floor)
	}
}

func last(name string) string {
	f := strings.Fields(strings.ToLower(name))
	if len(f) == 0 {
		return ""
	}
	return f[len(f)-1]
}

type wanted struct {
	words, speaker string
	partial        bool
}

type passage struct {
	text   string
	quotes []wanted
}

// cases cuts testdata/quotes.txt into passages with their quotes.
func cases(data string) []passage {
	var out []passage
	for block := range strings.SplitSeq(data, "\n\n") {
		block = strings.Trim(block, "\n")
		var text []string
		var quotes []wanted
		for line := range strings.SplitSeq(block, "\n") {
			switch {
			case strings.HasPrefix(line, "#"), line == "":
			case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "~ "):
				words, speaker, _ := strings.Cut(line[2:], " | ")
				quotes = append(quotes, wanted{strings.ReplaceAll(words, "¶", "\n\n"), speaker, line[0] == '~'})
			default:
				text = append(text, strings.ReplaceAll(line, "¶", "\n\n"))
			}
		}
		if len(text) > 0 {
			out = append(out, passage{strings.Join(text, "\n"), quotes})
		}
	}
	return out
}
