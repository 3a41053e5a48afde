package event_test

import (
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/event"
	"chancery/coder/voice"
	"chancery/english"
)

// BenchmarkEvents measures this package's part of reading: from a parsed text
// with its cast and voices to events, per sentence.
func BenchmarkEvents(b *testing.B) {
	pipeline, err := english.Load()
	if err != nil {
		b.Fatal(err)
	}
	gazetteer, err := actor.New(actor.Options{})
	if err != nil {
		b.Fatal(err)
	}
	coder, err := event.New(event.Options{English: pipeline})
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for _, c := range readCases(b) {
		text.WriteString(c.text + "\n")
	}
	a := &chancery.Article{Text: text.String()}
	doc := pipeline.Parse(a.Text)
	cast := gazetteer.Cast(doc, a)
	voices := voice.New(doc, cast)
	b.SetBytes(int64(len(a.Text)))
	for b.Loop() {
		coder.From(doc, cast, voices, a)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(doc.Sentences)), "µs/sentence")
}
