// Package quote finds words in direct speech with the speaker the article gives
// them to.
//
// In: a parsed article and its cast. Out: quotes in the order of the text, each
// with its evidence. Scare quotes, titles and quotations inside quotations are
// not quotes; reported speech without marks is package voice's.
package quote

import (
	"chancery"
	"chancery/coder/actor"
	"chancery/coder/voice"
	"chancery/english"
)

// Find gives the quotes of an article in the order of the text, without ids.
func Find(doc *english.Doc, cast *actor.Cast, article *chancery.Article) []chancery.Quote {
	return From(doc, voice.New(doc, cast))
}

// From is Find with the voices of the text already read.
func From(doc *english.Doc, voices *voice.Voices) []chancery.Quote {
	var quotes []chancery.Quote
	for _, sp := range voices.Speeches() {
		q := chancery.Quote{
			Sentence:     chancery.ByteRange(doc.Sentences[sp.Sentence].Span),
			Text:         chancery.ByteRange(sp.Text),
			Speaker:      sp.Speaker,
			ProseSpeaker: sp.Prose,
			Partial:      sp.Partial,
			Date:         date(doc, sp.Sentence),
		}
		q.Evidence = append(q.Evidence, chancery.Evidence{Role: chancery.RoleSentence, ByteRange: q.Sentence},
			chancery.Evidence{Role: chancery.RoleQuote, ByteRange: q.Text})
		if !q.Speaker.Mention.IsZero() {
			q.Evidence = append(q.Evidence, chancery.Evidence{Role: chancery.RoleSpeaker, ByteRange: q.Speaker.Mention})
		}
		if f := chancery.ByteRange(sp.Frame); !f.IsZero() && f != q.Speaker.Mention {
			q.Evidence = append(q.Evidence, chancery.Evidence{Role: chancery.RoleAttribution, ByteRange: f})
		}
		quotes = append(quotes, q)
	}
	return quotes
}

// date is the only moment that the sentence names outside of the speech.
func date(doc *english.Doc, sentence int) chancery.Date {
	var d chancery.Date
	for _, t := range doc.Times {
		if t.Sentence != sentence || t.Start == "" || t.Start != t.End {
			continue
		}
		if !d.IsZero() {
			return chancery.Date{}
		}
		if v, err := chancery.ParseDate(t.Start); err == nil {
			d = v
		}
	}
	return d
}
