package actor

import (
	"chancery"
	"chancery/english"
)

// Cast knows who the noun phrases of one text denote. It belongs to one goroutine.
type Cast struct {
	g   *Gazetteer
	doc *english.Doc
	day int32 // of the article, as 20250618; 0 when not known

	words []([]word) // of each sentence
	spans [][]int32  // of each sentence and token: index in names + 1, 0 for none
	names []name     // in the order of the text
}

// name is a proper name in the text.
type name struct {
	sentence    int
	first, last int // token indices, both included
	aliases     []alias
}

// Cast reads who is who in the text. The article gives the date by which
// offices are looked up; nil or a zero date means now.
func (g *Gazetteer) Cast(doc *english.Doc, a *chancery.Article) *Cast {
	c := &Cast{g: g, doc: doc}
	if a != nil && !a.Published.IsZero() {
		d := a.Published.First()
		c.day = int32(d.Year()*10000 + int(d.Month())*100 + d.Day())
	}
	c.findNames()
	return c
}

func (c *Cast) findNames() {
	var buf []byte
	c.spans = make([][]int32, len(c.doc.Sentences))
	for s := range c.doc.Sentences {
		tokens := c.doc.Sentences[s].Tokens
		var words []word
		for t := range tokens {
			words = appendWords(words, tokens[t].Form, t)
		}
		c.spans[s] = make([]int32, len(tokens))
		for i := 0; i < len(words); {
			m, ok := c.g.longestAt(words, i, buf)
			if !ok {
				i++
				continue
			}
			c.names = append(c.names, name{s, m.first, m.last, m.aliases})
			for t := m.first; t <= m.last; t++ {
				c.spans[s][t] = int32(len(c.names))
			}
			i += m.words
		}
	}
}

// Party says who the noun phrase headed by a token denotes: by name, by title,
// by a noun with a state beside it, or through coreference. False means no
// actor, or none that can be told.
func (c *Cast) Party(sentence, token int) (chancery.Party, bool) {
	i := c.spans[sentence][token]
	if i == 0 {
		return chancery.Party{}, false
	}
	n := &c.names[i-1]
	e := &c.g.entries[n.aliases[0].entry]
	if e.class == classAdjective {
		return chancery.Party{}, false
	}
	tokens := c.doc.Sentences[sentence].Tokens
	return chancery.Party{Code: e.code, Name: e.name,
		Mention: chancery.ByteRange{Start: tokens[n.first].Start, End: tokens[n.last].End}}, true
}

// Parties is Party for the phrase and each of its conjuncts, in the order of
// the text.
func (c *Cast) Parties(sentence, token int) []chancery.Party {
	var parties []chancery.Party
	if p, ok := c.Party(sentence, token); ok {
		parties = append(parties, p)
	}
	s := &c.doc.Sentences[sentence]
	for j := range s.Tokens {
		if s.Tokens[j].Head == token && s.Tokens[j].Rel == "conj" {
			parties = append(parties, c.Parties(sentence, j)...)
		}
	}
	return parties
}

// Actors lists whom the text speaks of, in the order of their first mention.
func (c *Cast) Actors() []chancery.Actor {
	var actors []chancery.Actor
	at := map[string]int{}
	for i := range c.names {
		n := &c.names[i]
		p, ok := c.Party(n.sentence, n.last)
		if !ok {
			continue
		}
		k, known := at[p.Code]
		if !known {
			k = len(actors)
			at[p.Code] = k
			actors = append(actors, chancery.Actor{Code: p.Code, Name: p.Name, Kind: "state"})
		}
		actors[k].Mentions = append(actors[k].Mentions, p.Mention)
	}
	return actors
}
