package event

import (
	"fmt"
	"strings"

	"chancery"
	"chancery/english"
)

// Tree draws the dependency tree of a sentence, a word a line under its head
// with its relation and tag, for a person to read:
//
//	condemned  root VERB
//	  Japan  nsubj PROPN
//	  Peru  obj PROPN
func Tree(s *english.Sentence) string {
	var b strings.Builder
	var draw func(i, depth int)
	draw = func(i, depth int) {
		if depth > len(s.Tokens) {
			return
		}
		t := &s.Tokens[i]
		fmt.Fprintf(&b, "%s%s  %s %s\n", strings.Repeat("  ", depth), t.Form, t.Rel, t.UPOS)
		for c := range s.Children(i) {
			draw(c, depth+1)
		}
	}
	if r := s.Root(); r >= 0 {
		draw(r, 0)
	}
	return b.String()
}

// Why writes what decided the type of an event and what was rejected, a line
// each.
func Why(e *chancery.Event) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s with probability %.2f\n", e.Type, e.Probability)
	for _, r := range e.Reasons {
		fmt.Fprintf(&b, "  %+.2f  %s\n", r.Weight, r.Feature)
	}
	for _, r := range e.Rejected {
		name := string(r.Type)
		if name == "" {
			name = "no event"
		}
		fmt.Fprintf(&b, "  not %s, with probability %.2f\n", name, r.Probability)
	}
	return b.String()
}
