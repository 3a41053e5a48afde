package voice

import (
	"testing"
	"unicode/utf8"

	"chancery/english"
)

func TestBetween(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"curly", "He said “yes” and “no”.", []string{"yes", "no"}},
		{"straight", `He said "yes" and "no".`, []string{"yes", "no"}},
		{"single curly", "She said ‘it is done’ and left.", []string{"it is done"}},
		{"single straight", "She said 'it is done' and left.", []string{"it is done"}},
		{"apostrophes", "The states’ rights and the king's men’s boots", nil},
		{"plural inside single", "‘The workers’ claims are just,’ he said.", []string{"The workers’ claims are just,"}},
		{"nested", "“He told me ‘never’ twice,” she said.", []string{"He told me ‘never’ twice,"}},
		{"over paragraphs", "“One.\n\n“Two.”\n\nEnd.", []string{"One.\n\n“Two."}},
		{"unclosed", "“One.\n\nTwo is here. “Three.”", []string{"Three."}},
		{"decade", "the '90s and the ’80s", nil},
		{"mixed pair", "“One\" and more", []string{"One"}},
		{"inches", `a 5" pipe and a 6" pipe`, nil},
		{"empty", "“” \"\"", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, q := range between(c.text) {
				got = append(got, q.inner.Of(c.text))
			}
			if len(got) != len(c.want) {
				t.Fatalf("between(%q) = %q, want %q", c.text, got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("between(%q)[%d] = %q, want %q", c.text, i, got[i], c.want[i])
				}
			}
		})
	}
}

// FuzzBetween: pairs lie in the text, hold whole characters, stand in order and
// do not overlap, and the words lie inside their marks.
func FuzzBetween(f *testing.F) {
	for _, s := range []string{"“a” ‘b’ \"c\" 'd'", "“One.\n\n“Two.”", "'s ’s ‘’ “", "\"\"\"", "«a» „b“"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, q := range between(text) {
			if q.outer.Start < end || q.outer.End > len(text) || q.inner.Start <= q.outer.Start || q.inner.End >= q.outer.End || q.inner.Start >= q.inner.End {
				t.Fatalf("between(%q): %v after %d", text, q, end)
			}
			for _, x := range []english.Span{q.inner, q.outer} {
				if utf8.ValidString(text) && !utf8.ValidString(x.Of(text)) {
					t.Fatalf("between(%q): %v cuts a character", text, x)
				}
			}
			end = q.outer.End
		}
	})
}
