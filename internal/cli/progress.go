package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"chancery/acquire"
	"chancery/acquire/fetch"
	"chancery/internal/intake"
)

// bar shows on a terminal how far a run is; elsewhere it shows nothing.
type bar struct {
	w     io.Writer
	to    terminal
	total int64 // bytes to read, 0 when not known
	now   func() time.Time
	begun time.Time
	drawn time.Time
}

// barInterval is how long a drawing of the bar stands at least.
const barInterval = 80 * time.Millisecond

func newBar(w io.Writer, total int64, now func() time.Time) *bar {
	return &bar{w: w, to: terminalOf(w), total: total, now: now, begun: now()}
}

// show draws the bar, unless it was drawn a moment ago.
func (b *bar) show(p intake.Progress) {
	now := b.now()
	if !b.to.is || now.Sub(b.drawn) < barInterval {
		return
	}
	b.drawn = now
	fmt.Fprint(b.w, "\r\x1b[K"+b.to.String(b.line(p, now.Sub(b.begun)).cut(b.to.width-1)))
}

func (b *bar) line(p intake.Progress, took time.Duration) line {
	var l line
	if b.total > 0 {
		share := min(1, float64(p.Bytes)/float64(b.total))
		const cells = 24
		full := int(share * cells)
		l = l.add(styled(strings.Repeat("━", full), green), styled(strings.Repeat("─", cells-full), dim), words(fmt.Sprintf(" %3.0f%%  ", 100*share)))
	}
	l = l.add(words(fmt.Sprintf("%s articles  %s events", thousands(p.Articles), thousands(p.Events))))
	if s := took.Seconds(); s >= 1 {
		l = l.add(words(fmt.Sprintf("  %.0f/s", float64(p.Articles)/s)))
	}
	return l.add(styled("  "+filepath.Base(p.Path), dim))
}

// clear takes the bar away.
func (b *bar) clear() {
	if b.to.is && !b.drawn.IsZero() {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}

// bytesUnder adds up the sizes of the files under paths that will be read, 0 when
// an address is among them. It is for the bar only: what cannot be looked at
// counts as nothing.
func bytesUnder(paths []string) (n int64) {
	if slices.ContainsFunc(paths, fetch.IsAddress) {
		return 0
	}
	for _, p := range paths {
		filepath.WalkDir(p, func(p string, d os.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if _, ok := acquire.KindOf(p); !ok || d.IsDir() {
				return nil
			}
			if info, err := d.Info(); err == nil && (info.Size() <= acquire.DefaultMaxBytes || strings.EqualFold(filepath.Ext(p), ".jsonl")) {
				n += info.Size()
			}
			return nil
		})
	}
	return n
}

// thousands writes 12345 as 12,345.
func thousands(n int) string {
	s := itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
