package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain text":              "plain text",
		"two\nlines\tand a tab":   "two lines and a tab",
		"\x1b[31mred\x1b[0m":      "\ufffd[31mred\ufffd[0m",
		"\u009b31mC1":             "\ufffd31mC1",
		"a\u202etxt.exe":          "a\ufffdtxt.exe",
		"bell\a, delete\x7f, nul": "bell\ufffd, delete\ufffd, nul",
		"\u2066isolated\u2069":    "\ufffdisolated\ufffd",
		"Orléans, 北京, e\u0301":    "Orléans, 北京, e\u0301",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q): got %q, want %q", in, got, want)
		}
	}
}

// anyLine draws a line of a few pieces in different styles.
func anyLine(t *rapid.T, label string) line {
	var l line
	for range rapid.IntRange(0, 4).Draw(t, label+" pieces") {
		l = l.add(styled(rapid.StringOfN(rapid.RuneFrom([]rune("abc  .é北\u0301🇵🇰 xyz")), 0, 30, -1).Draw(t, label), rapid.SampledFrom([]style{plain, bold, dim}).Draw(t, "style")))
	}
	return l
}

func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLine(t, "line")
		width := rapid.IntRange(2, 30).Draw(t, "width")
		var joined []string
		for _, w := range l.wrap(width) {
			if w.width() > width {
				t.Errorf("%q is %d wide, more than %d", w.text(), w.width(), width)
			}
			joined = append(joined, w.text())
		}
		bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got, want := bare(strings.Join(joined, "")), bare(l.text()); got != want {
			t.Errorf("wrapped to %d: got %q, want %q", width, got, want)
		}
	})
}

func TestCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := anyLine(t, "line")
		width := rapid.IntRange(1, 30).Draw(t, "width")
		got := l.cut(width)
		if got.width() > width {
			t.Errorf("%q cut to %d is %q, %d wide", l.text(), width, got.text(), got.width())
		}
		if !strings.HasPrefix(l.text(), strings.TrimSuffix(got.text(), "…")) {
			t.Errorf("%q cut to %d is %q", l.text(), width, got.text())
		}
	})
}

func TestTableFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := &sheet{}
		for range rapid.IntRange(1, 5).Draw(t, "columns") {
			tab.columns = append(tab.columns, column{name: rapid.StringMatching("[a-z]{0,8}").Draw(t, "name"), right: rapid.Bool().Draw(t, "right"), loose: rapid.Bool().Draw(t, "loose")})
		}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			var cells, below []line
			for range tab.columns {
				cells = append(cells, anyLine(t, "cell"))
			}
			if rapid.Bool().Draw(t, "has below") {
				below = append(below, anyLine(t, "below"))
			}
			tab.add(below, cells...)
		}
		to := terminal{width: rapid.IntRange(20, 90).Draw(t, "width")}
		var b bytes.Buffer
		if err := tab.write(&b, to); err != nil {
			t.Fatal(err)
		}
		for l := range strings.SplitSeq(b.String(), "\n") {
			if w := words(l).width(); w > to.width {
				t.Errorf("%q is %d wide, the terminal %d", l, w, to.width)
			}
		}
	})
}

func TestColors(t *testing.T) {
	l := words("a ").add(styled("b", bold))
	if got := (terminal{}).String(l); got != "a b" {
		t.Errorf("without colours: got %q", got)
	}
	if got := (terminal{color: true}).String(l); got != "a \x1b[1mb\x1b[0m" {
		t.Errorf("with colours: got %q", got)
	}
	if to := terminalOf(new(bytes.Buffer)); to.is || to.color {
		t.Errorf("a buffer is taken for a terminal: %+v", to)
	}
}

// TestNoOrders holds that whatever stands in a text, only our own styles reach
// the terminal.
func TestNoOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := (terminal{color: true}).String(styled(rapid.String().Draw(t, "text"), bold))
		s = strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(s)
		if strings.ContainsFunc(s, unicode.IsControl) {
			t.Errorf("a control character is left in %q", s)
		}
	})
}
