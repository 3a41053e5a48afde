package english

import (
	"fmt"
	"sync"
	"time"

	"chancery/english/model"
	"chancery/english/neural"
	"chancery/english/segment"
)

// Pipeline reads texts with the models embedded in the program. Make one with
// Load and share it: it is read-only and safe for concurrent use.
type Pipeline struct {
	splitter *segment.Splitter
	network  *neural.Model
	habits   Convention
	names    *nameTagger
	resolver *resolver

	irregular map[string]string // past forms of verbs
	spaces    *sync.Pool        // of *space
}

// Load makes a Pipeline from the embedded models. It does no other I/O; an
// error means that the program was built with models of another version.
func Load() (*Pipeline, error) {
	splitter, err := segment.Load()
	if err != nil {
		return nil, fmt.Errorf("load english: %w", err)
	}
	network, err := model.Load()
	if err != nil {
		return nil, fmt.Errorf("load english: %w", err)
	}
	resolver, err := loadResolver()
	if err != nil {
		return nil, fmt.Errorf("load english: %w", err)
	}
	names, err := loadNames(resolver.lexicon, network)
	if err != nil {
		return nil, fmt.Errorf("load english: %w", err)
	}
	return &Pipeline{splitter: splitter, network: network, names: names, resolver: resolver, irregular: irregulars(), spaces: &sync.Pool{New: func() any { return new(space) }}}, nil
}

// Parse analyses a text. Time expressions that need the date of the text
// ("last month") stay unresolved; ParseAt resolves them.
func (p *Pipeline) Parse(text string) *Doc { return p.ParseAt(text, time.Time{}) }

// ParseAt analyses a text published at the given time, from which "last month"
// and "on Monday" are counted. With the zero time it does what Parse does.
func (p *Pipeline) ParseAt(text string, published time.Time) *Doc {
	return p.ParseSentences(text, p.Split(text), published)
}

// ParseSentences analyses a text that has been cut into sentences and tokens
// already: of every sentence the Span, the Tokens' Spans and Multiword are
// used and kept, the rest is filled in. It keeps the slice.
func (p *Pipeline) ParseSentences(text string, sentences []Sentence, published time.Time) *Doc {
	for i := range sentences {
		for j := range sentences[i].Tokens {
			t := &sentences[i].Tokens[j]
			t.Form = t.Of(text)
		}
	}
	doc := &Doc{Text: text, Sentences: sentences}
	for first := 0; first < len(sentences); first += batch {
		p.annotate(doc, first, min(len(sentences), first+batch))
	}
	p.names.settle(doc)
	p.resolver.findChains(doc)
	findTimes(doc, published)
	return doc
}

// Split cuts a text into sentences and tokens, without analysing them: only
// the ranges, the forms and Multiword are set, and every Head is -1.
func (p *Pipeline) Split(text string) []Sentence {
	cut := p.splitter.Split(text)
	all := make([]Sentence, len(cut))
	for i, c := range cut {
		s := &all[i]
		s.Span = Span{c.Start, c.End}
		s.Tokens = make([]Token, len(c.Words))
		for j, w := range c.Words {
			t := &s.Tokens[j]
			t.Span, t.Head = Span{w.Start, w.End}, -1
			t.Form = t.Of(text)
			if !w.Joined {
				continue
			}
			if n := len(s.Multiword); n > 0 && s.Multiword[n-1].Last == j-1 {
				s.Multiword[n-1].Last, s.Multiword[n-1].End = j, w.End
			} else {
				s.Multiword = append(s.Multiword, Multiword{Span{c.Words[j-1].Start, w.End}, j - 1, j})
			}
		}
	}
	return all
}
