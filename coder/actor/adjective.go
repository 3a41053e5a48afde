package actor

import "chancery"

// Adjective gives the state that an adjective or a state's name used as one
// belongs to: "Russian" in "Russian oil", "US" in "US sanctions". False means
// the token is neither.
func (c *Cast) Adjective(sentence, token int) (chancery.Party, bool) {
	i := c.spans[sentence][token]
	if i == 0 {
		return chancery.Party{}, false
	}
	n := &c.names[i-1]
	e := &c.g.entries[n.aliases[0].entry]
	if e.class != classAdjective && e.class != classState && e.class != classCapital {
		return chancery.Party{}, false
	}
	tokens := c.doc.Sentences[sentence].Tokens
	return chancery.Party{Code: e.code, Name: e.name,
		Mention: chancery.ByteRange{Start: tokens[n.first].Start, End: tokens[n.last].End}}, true
}
