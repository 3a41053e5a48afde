package tone_test

import (
	"os"
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/tone"
	"chancery/coder/voice"
	"chancery/english"
)

// TestPassages reads own passages through the whole English analysis.
func TestPassages(t *testing.T) {
	const floor = 0.85 // of recall and of precision
	b, err := os.ReadFile("testdata/tones.txt")
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
	f, err := tone.New()
	if err != nil {
		t.Fatal(err)
	}
	var wanted, found, right int
	for block := range strings.SplitSeq(string(b), "\n\n") {
		text, rest, _ := strings.Cut(strings.TrimSpace(block), "\n")
		if strings.HasPrefix(text, "#") {
			continue
		}
		want := strings.Split(strings.TrimSpace(rest), "\n")
		if rest == "" {
			want = nil
		}
		doc := p.Parse(text)
		cast := g.Cast(doc, &chancery.Article{Name: "passage", Text: text})
		got := f.From(doc, cast, voice.New(doc, cast))
		wanted, found = wanted+len(want), found+len(got)
		var lines []string
		for _, x := range got {
			sign, judge := "+", "writer"
			if x.Score < 0 {
				sign = "-"
			}
			if n := len(x.Attribution); n > 0 {
				judge = x.Attribution[n-1].Name
			}
			lines = append(lines, strings.Join([]string{sign, string(x.How), x.Words.Of(text), x.Toward.Code, judge}, " "))
			for _, r := range []chancery.ByteRange{x.Sentence, x.Words, x.Toward.Mention} {
				if err := r.Check(text); err != nil || !x.Sentence.Contains(r) {
					t.Errorf("%q: range %v, %v", text, r, err)
				}
			}
		}
		for _, w := range want {
			hit := false
			for _, l := range lines {
				// The judge's name may be longer: "ambassador of Denmark".
				hit = hit || l == w || strings.HasPrefix(l, w) || last(l) != "writer" && strings.HasPrefix(l, w[:strings.LastIndexByte(w, ' ')]) && strings.Contains(l, last(w))
			}
			if hit {
				right++
			} else {
				t.Logf("%q: got %q, want %q", text, lines, w)
			}
		}
		if len(got) > len(want) {
			t.Logf("%q: got %q, want %q", text, lines, want)
		}
	}
	t.Logf("%d of %d found, %d marked", right, wanted, found)
	if float64(right) < floor*float64(wanted) || float64(right) < floor*float64(found) {
		t.Errorf("%d right of %d wanted and %d found: below %.2f", right, wanted, found, floor)
	}
}

func last(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
