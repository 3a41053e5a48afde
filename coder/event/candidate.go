package event

import (
	"cmp"
	"slices"
	"strings"

	"chancery"
	"chancery/coder/clause"
	"chancery/english/lexicon"
)

// cast says who the noun phrase headed by a token denotes. *actor.Cast is one;
// the other is the marks of a labelled sentence.
type cast interface {
	Party(sentence, token int) (chancery.Party, bool)
	Parties(sentence, token int) []chancery.Party
	// Kind is that of chancery.Actor, "" for nobody.
	Kind(sentence, token int) string
	// Town is the town, region or seat of government that the token names, "" for none.
	Town(sentence, token int) string
}

// side is one place of an event: the head of the phrase that fills it, and whom
// the phrase denotes.
type side struct {
	head    int
	parties []chancery.Party
	kind    string // of the first, as chancery.Actor has it
	listed  string // what the lexicon takes its head for, a letter
}

// candidate is a predicate with its parties, not yet judged.
type candidate struct {
	trigger    int   // the word that names the act
	path       []int // predicate words from the highest down to the recipient
	actor      side
	recipient  side // head is -1 where nobody is acted on
	reciprocal bool // the parties stand on the same side: "between", "A and B met"
	isNoun     bool
	isPassive  bool
	distance   int // of the recipient from the predicate, as recipient counts it
}

// finder looks for candidates in one sentence.
type finder struct {
	*tree
	sentence int // its index in the document
	cast     cast
	text     string
	nouns    *lexicon.Lexicon // tells people and groups; nil where only the cast counts
}

// candidates lists the predicates of a sentence that have an actor, in the
// order of their triggers.
func candidates(f *finder) (out []candidate) {
	t := f.tree
	defer func() {
		out = f.withoutEchoes(out)
		for i := range out {
			f.nameTowns(&out[i])
		}
	}()
	for i := range t.Tokens {
		switch t.Tokens[i].UPOS {
		case "VERB":
			if t.Tokens[i].XPOS == "VBG" && !t.has(i, "nsubj", "aux") && t.hasBetween(i) {
				// "Fighting between Peru and Chile killed dozens."
				out = append(out, f.noun(i)...)
				continue
			}
			out = append(out, f.verb(i)...)
		case "NOUN":
			if isActNoun(t.lemmas[i]) && !f.isInName(i) {
				out = append(out, f.noun(i)...)
			}
		case "ADJ":
			// "Iran is ready to talk to Iraq", "is open to", "is responsible for".
			if t.has(i, "cop") {
				out = append(out, f.verb(i)...)
			}
		}
	}
	return out
}

// nameTowns calls a place of the actor's own state by its name: what the Syrian
// army shells is Aleppo, not Syria.
func (f *finder) nameTowns(c *candidate) {
	if c.recipient.head < 0 || !isWithin(c.recipient.parties, c.actor.parties) {
		return
	}
	if town := f.cast.Town(f.sentence, c.recipient.head); town != "" {
		c.recipient.parties = slices.Clone(c.recipient.parties)
		c.recipient.parties[0].Name = town
	}
}

// withoutEchoes leaves out nouns that are only the object of a verb with the
// same actor: the promise in "reneged on its promise to Peru".
func (f *finder) withoutEchoes(all []candidate) []candidate {
	return slices.DeleteFunc(slices.Clone(all), func(n candidate) bool {
		return n.isNoun && slices.ContainsFunc(all, func(v candidate) bool {
			// "failed to reach an agreement" has no agreement in it.
			inside := slices.Contains(v.path, n.trigger) || f.rel(n.trigger) == "obj" && slices.Contains(v.path, f.Tokens[n.trigger].Head)
			// "repeated its demand that Congo pay" has it in the noun alone.
			alone := v.recipient.head < 0 && n.recipient.head >= 0
			return !v.isNoun && inside && !alone && isWithin(n.actor.parties, v.actor.parties)
		})
	})
}

// isPassive reports whether verb i is in the passive, by itself or with the verb
// it is joined to: "was tortured and killed".
func (f *finder) isPassive(i int) bool {
	if clause.IsPassive(f.Sentence, i) {
		return true
	}
	h := f.Tokens[i].Head
	return h >= 0 && f.rel(i) == "conj" && f.Tokens[i].XPOS == "VBN" && f.Tokens[h].UPOS == "VERB" && f.hasPassive(h) && !f.has(i, "nsubj", "aux")
}

// isInName reports whether noun i is a part of a proper name: "the Good Friday
// Agreement", "the Kabul Airport Attack".
func (f *finder) isInName(i int) bool {
	isUpper := func(k int) bool {
		return k >= 0 && k < len(f.Tokens) && f.Tokens[k].Form[0] >= 'A' && f.Tokens[k].Form[0] <= 'Z'
	}
	if i == 0 || !isUpper(i) || !isUpper(i-1) {
		return false
	}
	small := 0 // words that a headline would have in capitals
	for k := range f.Tokens {
		if f.isContent(k) && !isUpper(k) {
			small++
		}
	}
	return small > 1
}

// hasBetween reports whether "between" hangs on token i with its noun.
func (t *tree) hasBetween(i int) bool {
	for _, c := range t.kids[i] {
		if (t.rel(c) == "obl" || t.rel(c) == "nmod") && t.preposition(c) == "between" {
			return true
		}
	}
	return false
}

func (t *tree) has(i int, rels ...string) bool { return t.kid(i, rels...) >= 0 }

// kid gives the first dependent of i by one of the relations, compared with and
// without their subtypes; -1 for none.
func (t *tree) kid(i int, rels ...string) int {
	for _, c := range t.kids[i] {
		if slices.Contains(rels, t.Tokens[c].Rel) || slices.Contains(rels, t.rel(c)) {
			return c
		}
	}
	return -1
}

// at gives the parties of the phrase headed by token i; where the head itself is
// nobody ("the decision of Peru", "Peru's army chief's visit"), those of its
// possessor when deep.
func (f *finder) at(i int, deep bool) (side, bool) {
	if i < 0 {
		return side{head: -1}, false
	}
	if p := f.cast.Parties(f.sentence, i); len(p) > 0 {
		return f.side(i, p), true
	}
	if s, ok := f.possessor(i); deep && ok {
		return s, true
	}
	return f.somebody(i)
}

// somebody gives the phrase headed by token i as a party without a code, when it
// is a name or a noun for people: "19 villagers", "Jurisdiction for Peace".
func (f *finder) somebody(i int) (side, bool) {
	none := side{head: -1}
	if f.nouns == nil || isActNoun(f.lemmas[i]) {
		return none, false // "the Kabul Airport Attack", "a meeting in Geneva"
	}
	switch t := &f.Tokens[i]; t.UPOS {
	case "PROPN":
		if c := f.nouns.Class(strings.ToLower(t.Form)); c == lexicon.Time || f.has(i, "case") && f.rel(i) == "obl" {
			return none, false
		}
	case "NOUN":
		if !f.isPeople(i) {
			return none, false
		}
	default:
		return none, false
	}
	first, last := clause.Phrase(f.Sentence, i)
	r := chancery.ByteRange{Start: f.Tokens[first].Start, End: f.Tokens[last].End}
	return side{head: i, parties: []chancery.Party{{Name: strings.Join(strings.Fields(r.Of(f.text)), " "), Mention: r}}, listed: f.listed(i)}, true
}

// side makes a side of the phrase headed by token i.
func (f *finder) side(i int, parties []chancery.Party) side {
	return side{i, parties, f.cast.Kind(f.sentence, i), f.listed(i)}
}

// listed gives the class of token i in the lexicon.
func (f *finder) listed(i int) string {
	if f.nouns == nil {
		return ""
	}
	word := f.lemmas[i]
	if f.Tokens[i].UPOS == "PROPN" {
		word = strings.ToLower(f.Tokens[i].Form)
	}
	return string(rune(f.nouns.Class(word)))
}

// possessor gives the parties that own the phrase headed by token i, or that it
// comes from.
func (f *finder) possessor(i int) (side, bool) {
	for _, rel := range []string{"nmod:poss", "by", "of", "from", "compound", "amod", "appos", "in"} {
		if rel == "in" && !f.isPeople(i) {
			break // "a car bomb in Kyiv" is not Ukraine's
		}
		if rel == "of" && (isDoneTo(f.lemmas[i]) || f.hasVictims(i)) {
			continue // "the killing of soldiers" is not theirs
		}
		for _, c := range f.kids[i] {
			if f.Tokens[c].Rel != rel && !(f.Tokens[c].Rel == "nmod" && f.preposition(c) == rel) {
				continue
			}
			if p := f.cast.Parties(f.sentence, c); len(p) > 0 {
				return f.side(c, p), true
			}
		}
	}
	return side{head: -1}, false
}

// isPeople reports whether noun i stands for people or for an act of theirs:
// "protesters in Lima", "the talks in Lima".
func (f *finder) isPeople(i int) bool {
	if f.nouns == nil || isActNoun(f.lemmas[i]) {
		return true
	}
	switch f.nouns.Class(f.lemmas[i]) {
	case lexicon.Person, lexicon.Group:
		return true
	}
	return false
}

// isControlled reports whether verb i only continues the predicate above it:
// "agreed to lift", "is seeking to buy", "was persuaded to leave".
func (f *finder) isControlled(i int) bool {
	h := f.Tokens[i].Head
	if h < 0 {
		return false
	}
	switch f.rel(i) {
	case "advcl", "acl":
		m := f.kid(i, "mark", "case")
		if m < 0 {
			return false
		}
		switch f.lemmas[m] {
		case "that":
			// "its demand that Peru leave"
			return f.Tokens[h].UPOS == "NOUN" && isActNoun(f.lemmas[h])
		case "of", "from", "into", "against":
			// "accused Chad of arming rebels": the charge, not an act.
			return true
		case "to":
			// "its decision to free", "an offer to sell": the noun names the act.
			return f.Tokens[h].UPOS == "NOUN" && isActNoun(f.lemmas[h])
		}
		return false
	case "conj":
		// "demanded that it reduce or sever its ties": as the first of the two is.
		return f.Tokens[h].UPOS == "VERB" && !f.has(i, "nsubj", "nsubj:pass") && f.isControlled(h)
	case "xcomp":
		u := f.Tokens[h].UPOS
		return u == "VERB" || u == "ADJ"
	case "ccomp":
		// "demanded that Iran stop", "agreed that its army would leave": the act is
		// the demand. What is only reported is an act of its own.
		if f.Tokens[h].UPOS == "NOUN" {
			return isActNoun(f.lemmas[h])
		}
		return f.Tokens[h].UPOS == "VERB" && !isReport(f.lemmas[h]) && !f.has(i, "aux:pass", "nsubj:pass")
	}
	return false
}

// verb gives the candidates of verb or predicative adjective i.
func (f *finder) verb(i int) []candidate {
	if f.isControlled(i) {
		return nil
	}
	// A helper verb with nothing of its own.
	switch f.lemmas[i] {
	case "be", "have", "do", "get":
		if !f.has(i, "obj", "xcomp", "obl") {
			return nil
		}
	}
	chain := []int{i}
	for {
		last := chain[len(chain)-1]
		next := -1
		for _, c := range f.kids[last] {
			if f.rel(c) == "xcomp" && (f.Tokens[c].UPOS == "VERB" || f.Tokens[c].UPOS == "ADJ") {
				next = c
				break
			}
		}
		if next < 0 || len(chain) > 4 {
			break
		}
		chain = append(chain, next)
	}
	if f.lemmas[i] == "die" || f.lemmas[i] == "perish" {
		return nil // who dies does nothing to anybody
	}
	passive := f.isPassive(i)
	var actor side
	var ok bool
	if passive {
		subject := clause.Subject(f.Sentence, i)
		by := clause.Agent(f.Sentence, i)
		if len(chain) > 1 && by < 0 {
			// "was persuaded to leave", "is expected to visit".
			if actor, ok = f.at(subject, true); !ok {
				return nil
			}
			return f.finish(candidate{trigger: i, actor: actor}, chain, subject)
		}
		if actor, ok = f.at(by, true); !ok {
			actor = side{head: -1}
		}
		recipient, found := f.at(subject, true)
		if !ok {
			// "was arrested in Peru": the place acts, when nobody else does.
			for _, c := range f.kids[i] {
				if f.rel(c) == "obl" && f.preposition(c) == "in" && found {
					if actor, ok = f.at(c, false); ok {
						break
					}
				}
			}
		}
		if !ok {
			return nil
		}
		c := candidate{trigger: i, actor: actor, isPassive: true}
		if found && recipient.head != actor.head {
			c.recipient = recipient
			c.path = f.down(chain[:1], recipient.head, i)
			out := []candidate{c}
			// "The suspect was handed over to Chile by Peru."
			for _, c := range f.finish(c, chain, by) {
				if c.recipient.head >= 0 && c.recipient.head != recipient.head && len(out) < mostOptions {
					out = append(out, c)
				}
			}
			return out
		}
		return f.finish(c, chain, by)
	}
	subject := clause.Subject(f.Sentence, i)
	if actor, ok = f.at(subject, !isEnabling(f.lemmas[i])); !ok {
		return nil
	}
	if isTaking(f.lemmas[i]) {
		// "received aid from Egypt", "faced criticism from Egypt": Egypt acts.
		if o := f.kid(i, "obj"); o >= 0 {
			for _, c := range slices.Concat(f.kids[i], f.kids[o]) {
				if r := f.rel(c); (r == "obl" || r == "nmod") && f.preposition(c) == "from" {
					if giver, ok := f.at(c, false); ok {
						return []candidate{{trigger: i, actor: giver, recipient: actor, path: []int{i, o}}}
					}
				}
			}
		}
	}
	return f.finish(candidate{trigger: i, actor: actor}, chain, subject)
}

// finish gives the candidate with each recipient it may have, the nearest
// first, or makes it reciprocal or one-sided where there is none.
func (f *finder) finish(c candidate, chain []int, actorAt int) []candidate {
	var out []candidate
	for _, o := range f.recipients(chain, c.actor, actorAt) {
		if isWithin(o.parties, c.actor.parties) && f.isTwoSides(c.actor) {
			continue // "The presidents of Kenya and Uganda met in Nairobi."
		}
		c.recipient, c.distance = o.side, o.distance
		c.path = f.down(chain, o.head, -1)
		out = append(out, c)
	}
	if len(out) > 0 {
		return out
	}
	c.recipient = side{head: -1}
	c.path = chain
	if len(c.actor.parties) > 1 && !f.isList(c.actor) {
		c.reciprocal = true
	}
	return []candidate{c}
}

// isTwoSides reports whether the parties belong to two states or bodies.
func (f *finder) isTwoSides(s side) bool {
	return slices.ContainsFunc(s.parties, func(p chancery.Party) bool {
		return p.Code != "" && s.parties[0].Code != "" && chancery.StateOf(p.Code) != chancery.StateOf(s.parties[0].Code)
	})
}

// isList reports whether the parties came from one phrase that does not split
// into two sides: all of one code.
func (f *finder) isList(s side) bool {
	for _, p := range s.parties[1:] {
		if p.Code != s.parties[0].Code || p.Name != s.parties[0].Name {
			return false
		}
	}
	return true
}

// down gives the chain and the words from its end down to token b. anchor, when
// not -1, is the word b hangs under although it is not on the chain.
func (f *finder) down(chain []int, b, anchor int) []int {
	out := slices.Clone(chain)
	if anchor >= 0 {
		return out
	}
	var way []int
	for i := f.Tokens[b].Head; i >= 0 && !slices.Contains(chain, i); i = f.Tokens[i].Head {
		way = append(way, i)
	}
	slices.Reverse(way)
	return append(out, way...)
}

// option is a recipient that a predicate may have, and how far it hangs from it.
type option struct {
	side
	distance int
}

// mostOptions is how many recipients of one predicate are weighed.
const mostOptions = 4

// recipients lists whom the verbs of a chain may act on, the nearest first: the
// parties among their objects and obliques and what hangs on these.
func (f *finder) recipients(chain []int, actor side, actorAt int) []option {
	var found []option
	take := func(i, rank int) {
		if i == actor.head || i == actorAt {
			return
		}
		s, ok := f.at(i, false)
		if !ok {
			return
		}
		s.parties = without(s.parties, actor.parties)
		if len(s.parties) == 0 {
			return
		}
		// "sent troops to Mali", "recalled its ambassador from Peru": the other
		// side is whom the act is aimed at, not what it is done with.
		if isVague(s.parties) || isWithin(s.parties, actor.parties) {
			rank += 4
		}
		if k := slices.IndexFunc(found, func(o option) bool { return o.head == s.head }); k >= 0 {
			if rank < found[k].distance {
				found[k] = option{s, rank}
			}
			return
		}
		found = append(found, option{s, rank})
	}
	var walk func(i, rank, depth int)
	walk = func(i, rank, depth int) {
		for _, c := range f.kids[i] {
			if c == actorAt || slices.Contains(chain, c) {
				continue
			}
			switch f.rel(c) {
			case "obj", "iobj":
				take(c, rank)
				if depth < 4 {
					walk(c, rank+2, depth+1)
				}
			case "obl", "nmod":
				if f.Tokens[c].Rel == "nmod:desc" {
					continue // a title
				}
				if f.isVictim(i, c) {
					for _, by := range f.kids[c] {
						if f.preposition(by) == "by" {
							take(by, rank+1) // "the abduction of teachers by rebels"
						}
					}
					if harms[f.lemmas[i]] && depth < 4 {
						walk(c, rank+4, depth+1) // "the arrest of a priest in Peru"
					}
					continue
				}
				if f.Tokens[i].UPOS == "VERB" && isMeeting(f.lemmas[i]) && isWhere(f.preposition(c)) {
					continue // where they met
				}
				r := rank
				switch f.preposition(c) {
				case "with":
					// "attacked the problem with new schools": a means, not a party.
					if o := f.kid(i, "obj"); o >= 0 && f.Tokens[i].UPOS == "VERB" && !isLight(f.lemmas[i]) && !isActNoun(f.lemmas[o]) {
						if s, ok := f.at(c, false); !ok || isVague(s.parties) {
							continue
						}
					}
					r++
				case "to", "against", "on", "upon", "toward", "towards", "for", "at", "from", "into", "onto", "over", "between":
					r++
				case "":
					if f.Tokens[c].Rel == "nmod:poss" {
						r++
						break
					}
					if f.Tokens[c].UPOS == "NOUN" && f.isPeople(c) && !isActNoun(f.lemmas[c]) && !f.has(i, "obj") {
						break // "killed at least ten soldiers", where the count misled the parser
					}
					continue // a date: "on" is missing, "last week"
				case "by":
					// "condemned the attack by rebels", "the threats made by Peru"
					if !(f.rel(c) == "nmod" && f.Tokens[i].UPOS == "NOUN" || f.rel(i) == "acl") {
						continue
					}
					r++
				case "of", "in", "inside", "near", "about", "around", "across", "through", "outside", "under", "behind", "along":
					r += 2
				default:
					continue // "according to Poland", "faster than Kenya", "after Peru"
				}
				take(c, r)
				if depth < 4 {
					walk(c, r+2, depth+1)
				}
			case "compound", "amod":
				if !f.isSameParty(c, i) && !f.isVictim(i, c) {
					take(c, rank+3)
				}
			case "ccomp", "xcomp", "advcl":
				// "accused Iran of helping", "demanded that Iran stop", "vowed to ...".
				if f.rel(c) == "ccomp" && isReport(f.lemmas[i]) {
					// What is said of somebody may itself be the act: "said Peru was to
					// blame". The model decides, and must be sure.
					if s := f.kid(c, "nsubj", "nsubj:pass"); s >= 0 && depth == 0 {
						take(s, rank+2)
					}
					continue
				}
				if f.rel(c) == "advcl" {
					m := f.kid(c, "mark")
					if m < 0 {
						continue
					}
					switch f.lemmas[m] {
					case "to", "of", "by", "for", "from", "into", "against", "in", "with":
					default:
						continue // "if", "after", "because"
					}
				}
				if s := f.kid(c, "nsubj"); s >= 0 && f.rel(c) == "ccomp" {
					take(s, rank+1)
					walk(s, rank+3, depth+1)
				}
				if depth < 4 && f.rel(c) != "advcl" {
					walk(c, rank+2, depth+1)
				} else if depth < 3 {
					walk(c, rank+5, depth+2)
				}
			case "acl":
				if depth < 3 && f.Tokens[c].Rel != "acl:relcl" {
					walk(c, rank+3, depth+1)
				}
			case "conj":
				// "arrested and deported him": the object of the second is the first's.
				if f.Tokens[c].UPOS == "NOUN" && f.Tokens[i].UPOS == "NOUN" && depth < 3 {
					// "its rejection and condemnation of the offer"
					walk(c, rank+1, depth+1)
				}
				if f.Tokens[c].UPOS == "VERB" && f.Tokens[i].UPOS == "VERB" && !f.has(i, "obj", "iobj", "ccomp") && !f.has(c, "nsubj") {
					if o := f.kid(c, "obj"); o >= 0 {
						take(o, rank+1)
					}
				}
			}
		}
	}
	for k, v := range chain {
		walk(v, k, 0)
	}
	found = f.withoutAddressees(found)
	slices.SortStableFunc(found, func(a, b option) int { return cmp.Compare(a.distance, b.distance) })
	return found[:min(len(found), mostOptions)]
}

// withoutAddressees leaves out with whom something is laid against another: the
// UN in "a complaint with the UN against Peru".
func (f *finder) withoutAddressees(found []option) []option {
	above := func(o option) string {
		if h := f.Tokens[o.head].Head; h >= 0 {
			return f.lemmas[h]
		}
		return ""
	}
	by := func(o option, prepositions ...string) bool {
		return slices.Contains(prepositions, f.preposition(o.head))
	}
	if !slices.ContainsFunc(found, func(o option) bool {
		if !by(o, "against", "about") {
			return false
		}
		for i, n := f.Tokens[o.head].Head, 0; i >= 0 && n < 3; i, n = f.Tokens[i].Head, n+1 {
			if isComplaint(f.lemmas[i]) {
				return true
			}
			if k := f.kid(i, "obj"); k >= 0 && isComplaint(f.lemmas[k]) {
				return true
			}
		}
		return false
	}) {
		return found
	}
	return slices.DeleteFunc(found, func(o option) bool {
		if !by(o, "to", "with", "at", "before", "in") {
			return false
		}
		h := f.Tokens[o.head].Head
		return isComplaint(above(o)) || h >= 0 && f.has(h, "obj") && isComplaint(f.lemmas[f.kid(h, "obj")])
	})
}

// hasVictims reports whether "of" behind a noun of violence names who suffers it,
// as behind all but those for which it names the doer: "the attacks of the rebels".
func (f *finder) hasVictims(i int) bool {
	_, harm := harms[f.lemmas[i]]
	_, known := actNouns[f.lemmas[i]]
	return harm && f.Tokens[i].UPOS == "NOUN" && (!known || isDoneTo(f.lemmas[i]))
}

// isVictim reports whether c names who suffers the violence i that somebody finds
// fault with: the church in "condemned the attack on a church".
func (f *finder) isVictim(i, c int) bool {
	if _, harm := harms[f.lemmas[i]]; !harm || f.Tokens[i].UPOS != "NOUN" {
		return false
	}
	switch f.preposition(c) {
	case "":
		// "the Quetta attack", not "the Chinese attack"
		if harms[f.lemmas[i]] || f.rel(c) != "compound" || f.cast.Town(f.sentence, c) == "" {
			return false
		}
	case "of":
		if !f.hasVictims(i) {
			return false
		}
	case "on", "against", "upon", "at":
	case "in", "inside", "near", "outside", "around", "across":
		if harms[f.lemmas[i]] {
			return false
		}
	default:
		return false
	}
	return f.isJudged(i)
}

// isJudged reports whether a noun is what somebody finds fault with.
func (f *finder) isJudged(i int) bool {
	for range 4 {
		h := f.Tokens[i].Head
		if h < 0 {
			return false
		}
		switch f.rel(i) {
		case "obj", "obl", "nmod", "conj", "nsubj":
		default:
			return false
		}
		if isJudging(f.lemmas[h]) {
			return f.Tokens[i].Rel != "nsubj"
		}
		if f.Tokens[h].UPOS == "VERB" {
			return false
		}
		i = h
	}
	return false
}

// doer gives who is named behind "by" as the one who did what noun n names,
// where that hangs on who suffers it; -1 for none.
func (f *finder) doer(n int) int {
	for _, k := range f.kids[n] {
		if f.rel(k) != "nmod" || isActNoun(f.lemmas[k]) {
			continue
		}
		for _, c := range f.kids[k] {
			if f.rel(c) == "nmod" && f.preposition(c) == "by" {
				return c // "the abduction of teachers by rebels"
			}
		}
	}
	return -1
}

// isSameParty reports whether token c is but a part of the party that its head
// denotes: "South" in "the South Dakota District Court".
func (f *finder) isSameParty(c, head int) bool {
	inner, ok := f.cast.Party(f.sentence, c)
	outer, also := f.cast.Party(f.sentence, head)
	return ok && also && inner.Name == outer.Name && inner.Code == outer.Code
}

// isVague reports whether none of the parties belongs to a known state or body.
func isVague(parties []chancery.Party) bool {
	for _, p := range parties {
		if p.Code != "" && !slices.Contains(chancery.Sectors(), p.Code) {
			return false
		}
	}
	return true
}

// isWithin reports whether all parties belong to a state of the others.
func isWithin(parties, others []chancery.Party) bool {
	for _, p := range parties {
		if p.Code == "" || !slices.ContainsFunc(others, func(o chancery.Party) bool { return chancery.StateOf(o.Code) == chancery.StateOf(p.Code) }) {
			return false
		}
	}
	return true
}

// without gives the parties that are not among the others.
func without(parties, others []chancery.Party) []chancery.Party {
	var out []chancery.Party
	for _, p := range parties {
		if !slices.ContainsFunc(others, func(o chancery.Party) bool { return o.Code == p.Code && o.Name == p.Name }) {
			out = append(out, p)
		}
	}
	return out
}

// noun gives the candidates of a noun of action.
func (f *finder) noun(n int) []candidate {
	c := candidate{trigger: n, isNoun: true, path: []int{n}, actor: side{head: -1}, recipient: side{head: -1}}
	set := func(i int, deep bool) {
		if c.actor.head < 0 {
			if found, ok := f.at(i, deep); ok {
				c.actor = found
			}
		}
	}
	var options []option
	toVerb, that, of, by := -1, -1, -1, -1
	args := f.kids[n]
	for _, k := range f.kids[n] {
		if f.Tokens[k].UPOS == "NUM" && len(f.kids[k]) > 0 {
			// "the war of 1971 between": what hangs on the year is the war's.
			args = slices.Concat(args, f.kids[k])
		}
	}
	for _, k := range args {
		switch r := f.Tokens[k].Rel; f.rel(k) {
		case "nmod", "obl":
			if r == "nmod:poss" {
				set(k, true)
				continue
			}
			switch p := f.preposition(k); p {
			case "between", "among":
				if s, ok := f.at(k, false); ok && len(s.parties) > 1 {
					c.actor, c.reciprocal = s, true
				}
			case "by":
				by = k
			case "of":
				of = k
			case "with", "to", "on", "upon", "against", "toward", "towards", "at", "from", "for", "into", "over":
				if s, ok := f.at(k, p != "for" && p != "over"); ok {
					options = append(options, option{s, 0})
				}
			}
		case "acl", "ccomp":
			if r != "acl:relcl" && f.Tokens[k].UPOS == "VERB" && f.Tokens[k].XPOS == "VB" && f.has(k, "mark") && !f.has(k, "nsubj") {
				toVerb = k
			} else if s := f.kid(k, "nsubj"); s >= 0 && (r != "acl:relcl" || isAsking(f.lemmas[n]) && !isUttering(f.lemmas[k])) {
				// "Egypt's demand that Israel withdraw", even where it is taken for one
				// that Israel does something with
				if x, ok := f.at(s, false); ok {
					options = append(options, option{x, 0})
					that = k
				}
			}
		}
	}
	if by < 0 {
		by = f.doer(n)
	}
	if by >= 0 {
		set(by, true) // before a word in front: "a drone attack by Peru"
	}
	for _, k := range args {
		if r := f.rel(k); r == "compound" || r == "amod" {
			// "the Syrian army attack", but not "a sniper attack".
			if s, ok := f.at(k, false); ok && c.actor.head < 0 && !isUnknown(s.parties) {
				c.actor = s
			}
		}
	}
	if of >= 0 {
		if isDoneTo(f.lemmas[n]) {
			if s, ok := f.at(of, true); ok && len(options) == 0 {
				options = append(options, option{s, 0})
			}
		} else {
			set(of, true)
		}
	}
	if h := f.Tokens[n].Head; c.actor.head < 0 && len(options) > 0 && isGathering(f.lemmas[n]) && h >= 0 && f.rel(n) == "obl" && f.Tokens[h].UPOS == "VERB" {
		set(clause.Subject(f.Sentence, h), true) // "The minister, in a meeting with Peru's envoy, praised ..."
	}
	if c.actor.head < 0 {
		return nil
	}
	chain := []int{n}
	if len(options) == 0 && toVerb >= 0 {
		chain = []int{n, toVerb}
		c.path = chain
		options = f.recipients([]int{toVerb}, c.actor, -1)
	} else if len(options) == 0 {
		// "Peru's request for help from Chile"
		options = slices.DeleteFunc(f.recipients(chain, c.actor, -1), func(o option) bool {
			return isVague(o.parties) || isGathering(f.lemmas[n]) && isWhere(f.preposition(o.head))
		})
	}
	h := f.Tokens[n].Head
	above := -1
	if h >= 0 && (f.rel(n) == "obj" || f.rel(n) == "obl" || f.Tokens[n].Rel == "nsubj:pass") && f.Tokens[h].UPOS == "VERB" && isLight(f.lemmas[h]) {
		above = h // "held talks with", "talks were held between": the verb adds its tense.
	} else if h >= 0 && f.rel(n) == "nsubj" && isUndoing(f.lemmas[h]) {
		above = h // "The talks between Peru and Chile collapsed."
	}
	under := func(path []int) []int {
		if above >= 0 {
			return append([]int{above}, path...)
		}
		return path
	}
	if c.reciprocal || len(options) == 0 && len(c.actor.parties) > 1 && !f.isList(c.actor) {
		// "between Peru and Chile", "US-Pakistan talks", "the Iran-Iraq war"
		c.reciprocal, c.path = true, under(c.path)
		return []candidate{c}
	}
	var out []candidate
	for _, o := range options {
		if o.parties = without(o.parties, c.actor.parties); len(o.parties) == 0 || o.head == c.actor.head {
			continue
		}
		c.recipient, c.distance = o.side, o.distance
		if that >= 0 && f.Tokens[o.head].Head == that {
			c.path = under([]int{n, that})
		} else {
			c.path = under(f.down(chain, o.head, -1))
		}
		out = append(out, c)
	}
	return out
}
