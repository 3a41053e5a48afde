package event_test

import (
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/event"
	"chancery/english"
)

// An act that names no recipient takes it from what its object takes up.
func TestTakesUp(t *testing.T) {
	p, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	g, err := actor.New(actor.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := event.New(event.Options{English: p})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, trigger, want string }{
		{"Chile offered Peru two ships on Monday. Peru refused the offer.", "refused", "PER>CHL"},
		{"Kenya lowered its tariff on goods from Uganda. Uganda requested the cut, officials said.", "requested", "UGA>KEN"},
		{"The president of Ghana received the foreign minister of Togo in Accra. Togo asked for the meeting.", "asked", "TGO>GHA"},
		// Nobody was named before.
		{"It rained in Lima on Monday. Peru refused the offer.", "refused", ""},
		// The noun says itself what it is.
		{"Chile offered Peru two ships on Monday. Peru rejected the theory of relativity.", "rejected", ""},
		// Too far back.
		{"Chile offered Peru two ships. It rained. It rained. It rained. It rained. It rained. Peru refused the offer.", "refused", ""},
	} {
		doc := p.Parse(test.text)
		a := &chancery.Article{Text: test.text}
		got := ""
		for _, e := range c.Events(doc, g.Cast(doc, a), a) {
			if e.Trigger.Of(test.text) == test.trigger {
				got = chancery.StateOf(e.Actors[0].Code) + ">" + chancery.StateOf(e.Recipients[0].Code)
				if m := e.Recipients[0].Mention.Of(test.text); strings.Contains(m, ".") || m == "" {
					t.Errorf("%s: the recipient rests on %q", test.text, m)
				}
			}
		}
		if got != test.want {
			t.Errorf("%s: %s %q, want %q", test.text, test.trigger, got, test.want)
		}
	}
}
