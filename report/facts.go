package report

import (
	"fmt"
	"strings"

	"chancery"
)

// facts writes the first paragraph.
func (b *Brief) facts(in *Input) {
	say := func(format string, args ...any) { b.Facts = append(b.Facts, fmt.Sprintf(format, args...)) }
	t := in.Relation.Total
	if t.Happenings == 0 && b.Lines == 0 {
		say("Nothing in the record passes between %s and %s in this period.", the(b.A), the(b.B))
		return
	}
	if t.Happenings > 0 {
		say("The record holds %s between %s and %s, told in %s: %d for, in word or deed, and %d against.", count(t.Happenings, "happening"), the(b.A), the(b.B),
			count(t.Reports, "report"), t.Quads.For(), t.Quads.Against())
		say("Net cooperation stands at %s, from −1 to +1, with a band that holds the truth with %.0f %% probability.", estimate(t.Net), 100*in.Relation.Level)
	}
	done, broken := 0, 0
	for _, l := range in.Account.Lines() {
		if !l.Touches(in.Since, in.Until) {
			continue
		}
		switch l.Status {
		case chancery.Happened, chancery.Delivered:
			done++
		case chancery.Reneged, chancery.Withheld, chancery.Refused, chancery.Denied:
			broken++
		}
	}
	if b.Lines > 0 {
		say("Of %s in the account %s, %s, and %s open.", count(b.Lines, "line"), isAre(done, "done"), isAre(broken, "refused, withheld or broken"), isAre(len(b.Promises), ""))
		if len(b.Promises) > 0 && b.Promises[0].days > 0 {
			p := b.Promises[0]
			say("The oldest that is open has stood for %s: %s, %s to %s.", p.Age, strings.TrimPrefix(p.What, ": "), p.Giver, p.Taker)
		}
	}
	if n := len(b.Findings) + b.Left; n > 0 {
		s := "findings say"
		if n == 1 {
			s = "finding says"
		}
		say("%d %s where the accounts differ.", n, s)
	}
}

// the gives a name the article that English wants within a sentence.
func the(p Party) string {
	name := p.String()
	if strings.HasPrefix(name, "United ") || strings.HasSuffix(name, " Union") || strings.HasSuffix(name, " Nations") {
		return "the " + name
	}
	return name
}

func isAre(n int, what string) string {
	verb := "are"
	if n == 1 {
		verb = "is"
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s %s", n, verb, what))
}
