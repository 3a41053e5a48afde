package good_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chancery"

	"pgregory.net/rapid"
)

// TestEvidence: whatever passages follow each other, and with whatever stray
// signs between them, every range of every record lies in the text, exchanges
// and legs name each other, and reading twice gives the same bytes.
func TestEvidence(t *testing.T) {
	h := open(t)
	all := passages(t)
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 4).Draw(t, "passages") {
			b.WriteString(all[rapid.IntRange(0, len(all)-1).Draw(t, "passage")].text)
			b.WriteString(rapid.SampledFrom([]string{" ", "\n\n", " — ", " “", "” ", ", ", " in return for ", " (", "\n"}).Draw(t, "between"))
		}
		text := b.String()
		_, events, exchanges := h.read(text)
		byID := make(map[string]*chancery.Event)
		for i := range events {
			e := &events[i]
			if byID[e.ID] != nil {
				t.Fatalf("two events are called %s in %q", e.ID, text)
			}
			byID[e.ID] = e
			ranges := []chancery.ByteRange{e.Sentence, e.Trigger, e.Good.Phrase}
			if e.Good.Amount != nil {
				ranges = append(ranges, e.Good.Amount.Text)
			}
			for _, v := range e.Evidence {
				ranges = append(ranges, v.ByteRange)
			}
			for _, p := range []chancery.Party{e.Good.Giver, e.Good.Receiver} {
				if p.Code == "" {
					t.Fatalf("a party without a code in %q", text)
				}
				if !p.Mention.IsZero() {
					ranges = append(ranges, p.Mention)
				}
			}
			for _, r := range ranges {
				if err := r.Check(text); err != nil {
					t.Fatalf("%q: %v", text, err)
				}
			}
		}
		for _, x := range exchanges {
			if len(x.Legs) < 2 {
				t.Fatalf("exchange %s has %d legs in %q", x.ID, len(x.Legs), text)
			}
			for _, l := range x.Legs {
				if byID[l] == nil || byID[l].Exchange != x.ID {
					t.Fatalf("leg %s of %s in %q", l, x.ID, text)
				}
			}
			for _, v := range x.Evidence {
				if err := v.Check(text); err != nil {
					t.Fatalf("%q: %v", text, err)
				}
			}
		}
		_, again, _ := h.read(text)
		one, err := json.Marshal(events)
		two, err2 := json.Marshal(again)
		if err != nil || err2 != nil || string(one) != string(two) {
			t.Fatalf("read twice, %q gives two readings", text)
		}
	})
}

// BenchmarkAttach reads goods and exchanges out of parsed text.
func BenchmarkAttach(b *testing.B) {
	h := open(b)
	var text strings.Builder
	for _, p := range passages(b) {
		text.WriteString(p.text + "\n\n")
	}
	doc := h.english.Parse(text.String())
	article := &chancery.Article{Text: text.String()}
	cast := h.actors.Cast(doc, article)
	b.ReportAllocs()
	for b.Loop() {
		h.goods.Attach(doc, cast, article, nil, nil)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(doc.Sentences)), "us/sentence")
}
