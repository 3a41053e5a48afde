package english

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
)

// checkDoc verifies what the package promises of any text.
func checkDoc(t *testing.T, doc *Doc) {
	t.Helper()
	at := 0
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		if len(s.Tokens) == 0 || s.Start != s.Tokens[0].Start || s.End != s.Tokens[len(s.Tokens)-1].End {
			t.Fatalf("sentence %d at %v does not fit its %d tokens", i, s.Span, len(s.Tokens))
		}
		roots := 0
		for j, tok := range s.Tokens {
			if tok.Start < at || tok.End <= tok.Start || tok.End > len(doc.Text) || tok.Form != tok.Of(doc.Text) {
				t.Fatalf("token %d of sentence %d: %+v after byte %d", j, i, tok, at)
			}
			if strings.TrimFunc(doc.Text[at:tok.Start], invisible) != "" {
				t.Fatalf("%q lies in no token", doc.Text[at:tok.Start])
			}
			at = tok.End
			if tok.Head < -1 || tok.Head >= len(s.Tokens) || tok.Head == j {
				t.Fatalf("token %d has head %d of %d", j, tok.Head, len(s.Tokens))
			}
			if tok.Head < 0 {
				roots++
			}
			n := 0
			for k := j; k >= 0; k = s.Tokens[k].Head {
				if n++; n > len(s.Tokens) {
					t.Fatalf("the heads above token %d of sentence %d go round in a circle", j, i)
				}
			}
		}
		if roots != 1 {
			t.Fatalf("sentence %d has %d roots", i, roots)
		}
		last := -1
		for _, m := range s.Multiword {
			if m.First <= last || m.Last <= m.First || m.Last >= len(s.Tokens) || m.Start != s.Tokens[m.First].Start || m.End != s.Tokens[m.Last].End {
				t.Fatalf("sentence %d: contraction %+v", i, m)
			}
			last = m.Last
		}
	}
	if strings.TrimFunc(doc.Text[at:], invisible) != "" {
		t.Fatalf("%q at the end lies in no token", doc.Text[at:])
	}
	in := func(what string, span Span, sentence, first, end int) {
		if sentence < 0 || sentence >= len(doc.Sentences) || first < 0 || end < first || end >= len(doc.Sentences[sentence].Tokens) {
			t.Fatalf("%s in sentence %d, tokens %d to %d", what, sentence, first, end)
		}
		s := &doc.Sentences[sentence]
		if span.Start != s.Tokens[first].Start || span.End != s.Tokens[end].End {
			t.Fatalf("%s at %v, its tokens at %d to %d", what, span, s.Tokens[first].Start, s.Tokens[end].End)
		}
	}
	for _, n := range doc.Names {
		in("name", n.Span, n.Sentence, n.First, n.Last)
	}
	for _, r := range doc.Times {
		in("time", r.Span, r.Sentence, r.First, r.Last)
	}
	before := [2]int{-1, -1}
	for i, c := range doc.Chains {
		if len(c.Mentions) == 0 {
			t.Fatalf("chain %d is empty", i)
		}
		for _, m := range c.Mentions {
			in("mention", m.Span, m.Sentence, m.First, m.Last)
			if m.Head < m.First || m.Head > m.Last {
				t.Fatalf("chain %d: head %d outside %d to %d", i, m.Head, m.First, m.Last)
			}
		}
		first := [2]int{c.Mentions[0].Sentence, c.Mentions[0].Head}
		if first[0] < before[0] || first[0] == before[0] && first[1] < before[1] {
			t.Fatalf("chain %d begins before the one before it", i)
		}
		before = first
		for _, m := range c.Members {
			if m < 0 || m >= len(doc.Chains) || m == i {
				t.Fatalf("chain %d has member %d of %d", i, m, len(doc.Chains))
			}
		}
	}
}

// invisible are the characters that may lie between tokens.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f", r)
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", " ", "a", "\xff\xfe", "Ann said she can't come. “No,” he said.", "In March 2020, since 2001, on 31 February, two weeks ago.",
		"The two countries, Chad and Niger, met. Both sides agreed.", "CENTRAL BANK (CB) OF X", "it it it its itself", "5-3 May - - 2019",
		"mid- mid-June last last 9/11 from to between and", strings.Repeat("he ", 300), strings.Repeat("the the two countries ", 40),
		"don't\u00ad\u200bcan't\n\nwon't", "“”\"\"''", "the the the", "Mr. Mr. Mr.",
	} {
		f.Add(text)
	}
	p, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := p.ParseAt(text, time.Date(2025, 2, 28, 0, 0, 0, 0, time.UTC))
		checkDoc(t, doc)
	})
}

// TestLongText reads a line of one word repeated, then one eight times as
// long. A reader of quadratic time would need sixty-four times as long.
func TestLongText(t *testing.T) {
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range []string{"word ", "Oslo and Bergen said he met the two countries last month. "} {
		took := func(n int) time.Duration {
			text := strings.Repeat(unit, n/len(unit))
			start := time.Now()
			checkDoc(t, p.Parse(text))
			return time.Since(start)
		}
		ratio := 0.0
		for range 5 { // one good measurement is enough on a busy machine
			if ratio = float64(took(1<<15)) / float64(took(1<<12)); ratio < 24 {
				break
			}
		}
		if ratio >= 24 {
			t.Errorf("%q: eight times the text takes %.0f times as long", unit, ratio)
		}
	}
}

// TestConcurrentUse parses one text on several goroutines at once.
func TestConcurrentUse(t *testing.T) {
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	text := "Ann Holt met Peter Lund in Oslo last month. She thanked him. The two leaders will meet again."
	want := describe(p.Parse(text))
	done := make(chan string)
	for range 4 {
		go func() { done <- describe(p.Parse(text)) }()
	}
	for range 4 {
		if got := <-done; got != want {
			t.Errorf("another goroutine read\n%s, want\n%s", got, want)
		}
	}
}

// describe writes everything a Doc holds.
func describe(d *Doc) string { return fmt.Sprintf("%+v", *d) }
