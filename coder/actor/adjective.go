package actor

import "chancery"

// Adjective gives the state that an adjective or a state's name used as one
// belongs to: "Russian" in "Russian oil", "US" in "US sanctions". False means
// the token is neither.
func (c *Cast) Adjective(sentence, token int) (chancery.Party, bool) {
	n := c.nameAt(sentence, token)
	if n == nil || n.unknown {
		return chancery.Party{}, false
	}
	if n.class != classAdjective && n.class != classState && n.class != classCapital {
		return chancery.Party{}, false
	}
	e := &c.g.entries[n.entry]
	return chancery.Party{Code: e.code, Name: c.stateName(e), Mention: c.rangeOf(sentence, n.first, n.last)}, true
}
