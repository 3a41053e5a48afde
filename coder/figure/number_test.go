package figure

import (
	"math"
	"testing"
	"unicode/utf8"

	"chancery/english"
)

func TestNumeral(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"5,000", 5000, true},
		{"5,00,000", 500000, true},
		{"2.5 million", 2.5e6, true},
		{"thirteen", 13, true},
		{"twenty-five", 25, true},
		{"two hundred and six", 206, true},
		{"three hundred thousand", 300000, true},
		{"two and a half million", 2.5e6, true},
		{"half a million", 5e5, true},
		{"a dozen", 12, true},
		{"two-thirds of", 2.0 / 3, true},
		{"hundreds of thousands of", 1e5, true},
		{"5bn", 5e9, true},
		{"3 crore", 3e7, true},
		{"10:30", 0, false},
		{"9/11", 0, false},
		{"F-16", 0, false},
		{"20th", 0, false},
		{"1990s", 0, false},
		{"and", 0, false},
	} {
		ws := words(c.text, 0, len(c.text))
		got, _, ok := numeral(ws, 0)
		if ok != c.ok || ok && math.Abs(got-c.want) > 1e-6*c.want {
			t.Errorf("numeral(%q) = %v, %v; want %v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

// FuzzValues: every value lies in its sentence, holds whole characters, and is a
// number one can print; values stand in the order of the text.
func FuzzValues(f *testing.F) {
	for _, s := range []string{"from 29% to 19%", "US$ 5,000 for a suspect", "five-day stay", "10 to 12", "two-thirds of the", "Rs. 5 crore", "€3bn – 4bn", "a third of it", "1.2.3 4,5 6-7-8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || text == "" {
			return
		}
		doc := &english.Doc{Text: text, Sentences: []english.Sentence{{Span: english.Span{Start: 0, End: len(text)}}}}
		last := 0
		for _, v := range Values(doc, 0) {
			if v.Start < last || v.End > len(text) || v.Start >= v.End || !utf8.ValidString(v.Of(text)) {
				t.Fatalf("Values(%q): %v after %d", text, v.Span, last)
			}
			if math.IsNaN(v.Number) || math.IsInf(v.Number, 0) || math.IsNaN(v.To) || math.IsInf(v.To, 0) {
				t.Fatalf("Values(%q): %v", text, v)
			}
			last = v.Start
		}
	})
}
