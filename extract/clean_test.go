package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"chancery"
)

var paragraphs = strings.NewReplacer(
	"{A}", "Delegations from the two river states met on Monday to revive a treaty that had lain idle for ten years. They had not spoken to each other in public since the drought began.",
	"{B}", "The upper state holds the dams and the lower state holds the ports. Each accuses the other of taking more than its share, and each has records that are said to prove it.",
	"{C}", "A draft that was shown to reporters would let engineers of both sides read the gauges every month. It says nothing about who pays for them.",
	"{D}", "The talks are to go on in the autumn, when the rains will have shown whether there is anything left to divide.",
)

type cleanCase struct{ name, page, want string }

func cleanCases(t testing.TB) []cleanCase {
	b, err := os.ReadFile("testdata/clean.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []cleanCase
	for part := range strings.SplitSeq(paragraphs.Replace(string(b)), "\n=== ") {
		head, want, ok := strings.Cut(part, "\n--- want")
		if !ok {
			continue // the head of the file
		}
		name, page, _ := strings.Cut(head, "\n")
		cases = append(cases, cleanCase{name, page, strings.TrimSpace(want)})
	}
	return cases
}

// show writes a page as the cases do.
func show(p Page) string {
	var b strings.Builder
	for _, f := range [][2]string{{"title", p.Title}, {"byline", p.Byline}, {"source", p.Source}, {"date", p.Published.String()}} {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
		}
	}
	b.WriteString(strings.ReplaceAll(p.Text, "\n\n", "\n"))
	return strings.TrimSpace(b.String())
}

func TestClean(t *testing.T) {
	cases := cleanCases(t)
	if len(cases) < 25 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := Clean(c.page)
			if got := show(p); got != c.want {
				t.Errorf("page:\n%s\n\ngot:\n%s\n\nwant:\n%s\n\ncuts: %v", c.page, got, c.want, p.Cuts)
			}
		})
	}
}

func TestCutsPointAtWhatTheyRepeat(t *testing.T) {
	p := Clean(paragraphs.Replace("A title of some length here\nDelegations from the two river states met on Monday to revive a treaty that had…\n{A}\n{B}\nThey had not spoken to each other in public since the drought began.\n{C}"))
	n := 0
	for _, c := range p.Cuts {
		switch c.Reason {
		case chancery.CutLead, chancery.CutPullQuote:
			n++
			if !strings.HasPrefix(c.Of.Of(p.Text), "Delegations from") {
				t.Errorf("%s: points at %q", c.Reason, c.Of.Of(p.Text))
			}
		}
	}
	if n != 2 {
		t.Errorf("cuts %v, want a lead and a pull quote", p.Cuts)
	}
}

// checkPage holds what is true of every page, whatever the text.
func checkPage(t interface{ Fatalf(string, ...any) }, text string, p Page) {
	if !utf8.ValidString(p.Text) || strings.Contains(p.Text, "\n\n\n") || p.Text != strings.TrimSpace(p.Text) || strings.ContainsAny(p.Text, "\t\r\x00") {
		t.Fatalf("the body of %q has no settled form: %q", text, p.Text)
	}
	for l := range strings.SplitSeq(p.Text, "\n\n") {
		if l != tidy(l) {
			t.Fatalf("a paragraph of %q is no tidy line: %q", text, l)
		}
	}
	for _, c := range p.Cuts {
		if !c.Of.IsZero() && c.Of.Check(p.Text) != nil {
			t.Fatalf("a cut of %q points nowhere: %+v", text, c)
		}
	}
	if !p.Published.IsZero() {
		if d, err := chancery.ParseDate(p.Published.String()); err != nil || d != p.Published {
			t.Fatalf("the date of %q is %v", text, p.Published)
		}
	}
}

// TestCleanKeepsLines: whatever the order of lines, nothing is invented, and
// every line is kept or cut.
func TestCleanKeepsLines(t *testing.T) {
	var pool []string
	for _, c := range cleanCases(t) {
		pool = append(pool, strings.Split(c.page, "\n")...)
	}
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom(pool), 1, 25).Draw(t, "lines")
		text := strings.Join(lines, "\n\n")
		p := Clean(text)
		checkPage(t, text, p)
		count := 0
		for _, l := range lines {
			if strings.TrimSpace(l) != "" {
				count++
			}
		}
		if p.Text == "" {
			return
		}
		if got := len(strings.Split(p.Text, "\n\n")) + len(p.Cuts); got != count {
			t.Fatalf("%d lines, of which %d were kept or cut: %q", count, got, text)
		}
		if q := Clean(text); show(q) != show(p) {
			t.Fatalf("twice cleaned, two results")
		}
	})
}

func FuzzClean(f *testing.F) {
	for _, c := range cleanCases(f) {
		f.Add([]byte(c.page))
	}
	f.Add([]byte("\xff\xfeA\x00b\x00c\x00\n\x00"))
	f.Add([]byte("caf\xe9 \x93quoted\x94 and 2025-99-99\r\n\r\nBy\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := decode(b)
		if err != nil && s == "" {
			return
		}
		checkPage(t, s, Clean(s))
	})
}

func BenchmarkClean(b *testing.B) {
	var page strings.Builder
	for range 40 {
		for _, c := range cleanCases(b) {
			page.WriteString(c.page + "\n\n")
		}
	}
	for _, n := range []int{20_000, 200_000} {
		text := page.String()[:n]
		b.Run(fmt.Sprintf("page=%dkB", n/1000), func(b *testing.B) {
			b.SetBytes(int64(n))
			for range b.N {
				Clean(text)
			}
		})
	}
	article := strings.TrimSpace(paragraphs.Replace("The river treaty returns to the table\nBy Mara Lindqvist | June 18, 2025\n" + strings.Repeat("{A}\n{B}\n{C}\n{D}\n", 8) + "Leave a reply"))
	b.Run("article", func(b *testing.B) {
		b.SetBytes(int64(len(article)))
		for range b.N {
			Clean(article)
		}
	})
}
