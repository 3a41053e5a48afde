package forecast_test

import (
	"os"
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/forecast"
	"chancery/english"
)

// TestPassages reads own passages through the whole English analysis.
func TestPassages(t *testing.T) {
	const floor = 0.85
	b, err := os.ReadFile("testdata/forecasts.txt")
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
	var want, found, right, holders int
	for block := range strings.SplitSeq(string(b), "\n\n") {
		var text string
		type expected struct {
			hedge, holder string
			advice        bool
		}
		var wanted []expected
		for line := range strings.SplitSeq(strings.Trim(block, "\n"), "\n") {
			switch {
			case strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "> "), strings.HasPrefix(line, "! "):
				hedge, holder, _ := strings.Cut(line[2:], " | ")
				wanted = append(wanted, expected{hedge, holder, line[0] == '!'})
			default:
				text += line
			}
		}
		doc := p.Parse(text)
		article := &chancery.Article{Name: "passage", Text: text}
		forecasts := forecast.Find(doc, g.Cast(doc, article), article)
		want, found = want+len(wanted), found+len(forecasts)
		for _, e := range wanted {
			hit := false
			for _, f := range forecasts {
				if strings.TrimPrefix(f.Hedge, "are ") != strings.TrimPrefix(e.hedge, "are ") || f.Advice != e.advice {
					continue
				}
				hit = true
				right++
				if strings.HasSuffix(strings.ToLower(e.holder), strings.ToLower(f.Holder.Name)) && f.Holder.Name != "" {
					holders++
				} else {
					t.Logf("%q: held by %q, want %q", text, f.Holder.Name, e.holder)
				}
				break
			}
			if !hit {
				t.Logf("%q: %q not found", text, e.hedge)
			}
		}
		if len(forecasts) > len(wanted) {
			for _, f := range forecasts {
				t.Logf("%q: found %q, %s", text, f.About.Of(text), f.Hedge)
			}
		}
	}
	t.Logf("forecasts: %d wanted, %d found, %d right, %d with their holder", want, found, right, holders)
	if float64(right) < floor*float64(want) || float64(right) < floor*float64(found) || float64(holders) < floor*float64(want) {
		t.Errorf("%d of %d forecasts right (%d found), %d holders; want %.2f", right, want, found, holders, floor)
	}
}
