package extract

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

// processorTime is the time that this process has run, which a busy machine
// does not stretch.
func processorTime(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Skipf("skipped: no processor time here: %v", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestCleanIsLinear: texts made to be slow take no more than in proportion to
// their length. Sixteen times the text may take 40 times as long once in a few
// tries, which leaves room for a collector of garbage and none for a square.
func TestCleanIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short")
	}
	for name, make := range map[string]func(n int) string{
		"one line": func(n int) string { return strings.Repeat("a word and more of them, ", n/25) },
		"one word": func(n int) string { return strings.Repeat("a", n) },
		"the same line": func(n int) string {
			return strings.Repeat("The same sentence stands here again and again, it seems.\n", n/56)
		},
		"the same opening": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				fmt.Fprintf(&b, "The same five words open this line of number %d…\n", i)
			}
			return b.String()
		},
		"short lines": func(n int) string { return strings.Repeat("By A Name\nShare\n", n/16) },
		"stops":       func(n int) string { return strings.Repeat(". ", n/2) },
		"quotes":      func(n int) string { return strings.Repeat("“", n/3) },
		"slashes":     func(n int) string { return strings.Repeat("a / b > ", n/8) },
		"markup":      func(n int) string { return strings.Repeat("[a](", n/4) },
		"stars":       func(n int) string { return strings.Repeat("**a ", n/4) },
	} {
		run := func(n int) time.Duration {
			text := make(n)
			start := processorTime(t)
			Clean(settle(text))
			clean(markdownLines(text), "")
			return processorTime(t) - start
		}
		var small, large time.Duration
		for range 5 {
			small, large = run(20_000), run(320_000)
			if large <= 40*max(small, 5*time.Millisecond) {
				break
			}
		}
		if large > 40*max(small, 5*time.Millisecond) {
			t.Errorf("%s: 20 kB take %v, 320 kB take %v", name, small, large)
		}
	}
}
