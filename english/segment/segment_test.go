package segment

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func load(t testing.TB) *Splitter {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// show writes sentences one a line, words between spaces, the later words of a
// contraction after a plus.
func show(text string, all []Sentence) string {
	var b strings.Builder
	for _, s := range all {
		for i, w := range s.Words {
			switch {
			case w.Joined:
				b.WriteString(" +")
			case i > 0:
				b.WriteByte(' ')
			}
			b.WriteString(text[w.Start:w.End])
		}
		b.WriteByte('\n')
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestSplit(t *testing.T) {
	s := load(t)
	for _, c := range []struct{ name, text, want string }{
		{"plain", "The envoys met. They left early.", "The envoys met .\nThey left early ."},
		{"contractions", "She doesn't know it's Anna's, and they can't stay.", "She does +n't know it +'s Anna +'s , and they ca +n't stay ."},
		{"curly apostrophe", "He didn’t say it’s Anna’s.", "He did +n’t say it +’s Anna +’s ."},
		{"no apostrophe", "We cannot stay.", "We can +not stay ."},
		{"plural possessive", "The ministers' aides agreed.", "The ministers +' aides agreed ."},
		{"rank and initial", "Gen. Harold K. Lindqvist met Lt. Col. Moreau on Sept. 14.", "Gen. Harold K. Lindqvist met Lt. Col. Moreau on Sept. 14 ."},
		{"country in stops", "The U.S. Senate voted. He left the U.S. They stayed.", "The U.S. Senate voted .\nHe left the U.S.\nThey stayed ."},
		{"ends in an abbreviation", "He moved to the U.K. in May. She works for Baxter Inc. as a clerk.", "He moved to the U.K. in May .\nShe works for Baxter Inc. as a clerk ."},
		{"quotation", "“We will sign,” the minister said. “It is time.” He left.", "“ We will sign , ” the minister said .\n“ It is time . ”\nHe left ."},
		{"quote within", "She called it “a step forward” and sat down.", "She called it “ a step forward ” and sat down ."},
		{"attribution tag", "“We stand by the treaty” – Maria Olsen", "“ We stand by the treaty ” – Maria Olsen"},
		{"headline", "Talks resume in Vienna\n\nDelegates arrived on Monday.", "Talks resume in Vienna\nDelegates arrived on Monday ."},
		{"lines", "Talks resume\nDelegates arrived on Monday.\nThey met.", "Talks resume\nDelegates arrived on Monday .\nThey met ."},
		{"wrapped lines", "The delegates arrived in the capital on Monday for talks that are\nexpected to last until the weekend, and will meet the president of\nthe assembly.", "The delegates arrived in the capital on Monday for talks that are expected to last until the weekend , and will meet the president of the assembly ."},
		{"dateline", "VIENNA (Reuters) - Delegates arrived on Monday.", "VIENNA ( Reuters ) - Delegates arrived on Monday ."},
		{"hyphens", "The US-China talks and the 15-year deal were non-binding.", "The US - China talks and the 15 - year deal were non-binding ."},
		{"dashes", "The offer—a surprise—was refused – twice.", "The offer — a surprise — was refused – twice ."},
		{"money and per cent", "It cost $2.5bn, or 3.4% of GDP.", "It cost $ 2.5 bn , or 3.4 % of GDP ."},
		{"numbers", "Some 12,500 troops left on 3/4/2021 at 10:30, back on 2021-04-09.", "Some 12,500 troops left on 3/4/2021 at 10:30 , back on 2021-04-09 ."},
		{"letters and digits", "Two F16s flew over Channel24.", "Two F16s flew over Channel24 ."},
		{"a day at the end", "The talks began on March 3. Officials attended.", "The talks began on March 3 .\nOfficials attended ."},
		{"address", "See https://example.org/a-b?c=d, or write to press@example.org.", "See https://example.org/a-b?c=d , or write to press@example.org ."},
		{"brackets", "The bank (see [1]) agreed.", "The bank ( see [ 1 ] ) agreed ."},
		{"ellipsis", "The talks ... failed.", "The talks ... failed ."},
		{"slash", "The mediator/observer left.", "The mediator / observer left ."},
		{"question and exclamation", "Why now? Nobody knows! Ask him.", "Why now ?\nNobody knows !\nAsk him ."},
		{"titles", "Mr. Abara met Dr. Ines Roca and Sen. Holt Jr. in St. Moritz.", "Mr. Abara met Dr. Ines Roca and Sen. Holt Jr. in St. Moritz ."},
		{"no space after the stop", "It ended.Then it began.", "It ended .\nThen it began ."},
		{"white space only", " \n\t\n ", ""},
		{"empty", "", ""},
	} {
		if got := show(c.text, s.Split(c.text)); got != c.want {
			t.Errorf("%s: %q\n got %q\nwant %q", c.name, c.text, got, c.want)
		}
	}
}

// checkRanges verifies what Split promises of any text.
func checkRanges(t *testing.T, text string, all []Sentence) {
	t.Helper()
	at := 0
	for _, s := range all {
		if len(s.Words) == 0 || len(s.Words) > MaxWords+1 || s.Start != s.Words[0].Start || s.End != s.Words[len(s.Words)-1].End {
			t.Fatalf("%q: sentence %+v", text, s)
		}
		for i, w := range s.Words {
			if w.Start < at || w.End <= w.Start || w.End > len(text) || i == 0 && w.Joined || w.Joined && w.Start != at {
				t.Fatalf("%q: word %+v after byte %d", text, w, at)
			}
			for _, r := range text[at:w.Start] {
				if !isSpace(r) {
					t.Fatalf("%q: %q lies in no word", text, text[at:w.Start])
				}
			}
			at = w.End
		}
	}
	for _, r := range text[at:] {
		if !isSpace(r) {
			t.Fatalf("%q: %q at the end lies in no word", text, text[at:])
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, text := range []string{"", "a", "don't", "U.S. said: “No!” (Yes.)", "http://x.yz/a(b)", "x@y.zz,", "''n't''", "\xff\xfe.", "a\u00adb\u200bc",
		"one\ntwo\n\nthree", strings.Repeat("a.", 300), strings.Repeat("word ", 600), "DON'T can't, cannot", "n't", "d'ye", "İ'S"} {
		f.Add(text)
	}
	s, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) { checkRanges(t, text, s.Split(text)) })
}

// TestLinearTime compares the time of a text with that of one eight times as
// long; a quadratic splitter would take sixty-four times as long. On a busy
// machine a measurement may fail by chance, so one good one of ten is enough.
func TestLinearTime(t *testing.T) {
	s := load(t)
	for _, unit := range []string{"word ", "word", "a.", "(", "((a))", "http://a.b/(", "x@y.z,", "\n", " \n", "don't", "a b\n", "“", "-"} {
		took := func(n int) time.Duration {
			text := strings.Repeat(unit, n/len(unit))
			start := time.Now()
			s.Split(text)
			return time.Since(start)
		}
		ratio := 0.0
		for range 10 {
			short, long := took(1<<14), took(1<<17)
			if ratio = float64(long) / float64(max(short, 100*time.Microsecond)); ratio < 24 {
				break
			}
		}
		if ratio >= 24 {
			t.Errorf("%q: eight times the text takes %.0f times as long", unit, ratio)
		}
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	text := "It is late. Don't stay."
	gold := Gold{Text: text, Sentences: []Sentence{
		{0, 11, []Word{{0, 2, false}, {3, 5, false}, {6, 10, false}, {10, 11, false}}},
		{12, 23, []Word{{12, 14, false}, {14, 17, true}, {18, 22, false}, {22, 23, false}}},
	}}
	a, err := Train([]Gold{gold}, 3)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Train([]Gold{gold}, 3)
	if err != nil {
		t.Fatal(err)
	}
	if string(a.Encode()) != string(b.Encode()) {
		t.Error("the same seed gave two models")
	}
	if got := show(text, a.Split(text)); got != "It is late .\nDo +n't stay ." {
		t.Errorf("the training text is split %q", got)
	}
	if _, err := Train(nil, 1); err == nil {
		t.Error("trained on nothing")
	}
}

func BenchmarkSplit(b *testing.B) {
	s := load(b)
	text := strings.Repeat("The foreign minister didn't say when Gen. Harold K. Lindqvist would return to the U.S. capital. “We are patient,” she said.\n\n", 50)
	b.SetBytes(int64(len(text)))
	b.ReportMetric(float64(utf8.RuneCountInString(text)), "chars/op")
	for b.Loop() {
		s.Split(text)
	}
}
