package good

import (
	"slices"
	"strings"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
)

// sentence reads the transfers of one sentence, in the order of their verbs,
// and the ties between them.
func (r *reader) sentence(i int) {
	s := &r.doc.Sentences[i]
	if isHeading(r.doc.Text, s) {
		return
	}
	before := len(r.transfers)
	r.barter(i)
	for t := range s.Tokens {
		if r.covered(i, t) {
			continue
		}
		switch s.Tokens[t].UPOS {
		case "VERB":
			r.verb(i, t)
		case "NOUN":
			r.noun(i, t)
		}
	}
	slices.SortStableFunc(r.transfers[before:], func(a, b transfer) int { return a.first - b.first })
	r.tieSentence(i, before)
}

// isHeading reports whether a sentence is a heading: a line without a finite
// verb and without a full stop tells nothing that the text below it does not.
func isHeading(text string, s *english.Sentence) bool {
	if strings.HasSuffix(s.Of(text), ".") || strings.HasSuffix(s.Of(text), "”") || strings.HasSuffix(s.Of(text), "\"") {
		return false
	}
	for i := range s.Tokens {
		switch s.Tokens[i].XPOS {
		case "VBD", "VBZ", "VBP", "MD":
			return false
		}
	}
	return true
}

// covered reports whether a token is already the head of a good in its sentence.
func (r *reader) covered(sentence, token int) bool {
	for k := len(r.transfers) - 1; k >= 0 && r.transfers[k].sentence == sentence; k-- {
		if t := &r.transfers[k]; t.head == token || t.verb == token || t.first <= token && token <= t.last && t.head != token {
			return true
		}
	}
	return false
}

// add records what passes from giver to receiver. Parties of one state have no
// account with each other.
func (r *reader) add(sentence, verb int, things []thing, giver, receiver chancery.Party, status chancery.Status, least trust) bool {
	if giver.Code == "" || receiver.Code == "" || chancery.StateOf(giver.Code) == chancery.StateOf(receiver.Code) ||
		slices.Contains(chancery.Sectors(), giver.Code) || slices.Contains(chancery.Sectors(), receiver.Code) {
		return false
	}
	added := false
	for _, t := range things {
		if t.trust < least {
			continue
		}
		amount := r.amount(sentence, verb, t.first, t.last)
		if slices.ContainsFunc(r.transfers, func(o transfer) bool {
			return o.sentence == sentence && o.kind == t.kind && chancery.StateOf(o.giver.Code) == chancery.StateOf(giver.Code) && chancery.StateOf(o.receiver.Code) == chancery.StateOf(receiver.Code) &&
				(amount == nil || o.amount != nil && *amount == *o.amount)
		}) {
			continue
		}
		// "the port to Mali": whom it goes to is no part of the thing.
		s := &r.doc.Sentences[sentence]
		for k := t.head + 1; k < t.last; k++ {
			if f := strings.ToLower(s.Tokens[k].Form); (f == "to" || f == "from") && s.Tokens[k].UPOS == "ADP" {
				if m := (chancery.ByteRange{Start: s.Tokens[k+1].Start, End: s.Tokens[t.last].End}); m.Contains(receiver.Mention) || m.Contains(giver.Mention) && f == "from" {
					if p, ok := r.party(sentence, s.Tokens[k].Head); ok && (chancery.StateOf(p.Code) == chancery.StateOf(receiver.Code) || chancery.StateOf(p.Code) == chancery.StateOf(giver.Code)) {
						t.last = k - 1
						break
					}
				}
			}
		}
		r.transfers = append(r.transfers, transfer{
			sentence: sentence, verb: verb, head: t.head, first: t.first, last: t.last,
			kind: t.kind, probability: t.probability, giver: giver, receiver: receiver, status: status,
			amount: amount,
		})
		added = true
	}
	return added
}

// agentOf gives the party that does a verb, and its token.
func (r *reader) agentOf(sentence, verb int) (chancery.Party, int, bool) {
	s := &r.doc.Sentences[sentence]
	sub := clause.Subject(s, verb)
	if clause.IsPassive(s, verb) {
		sub = clause.Agent(s, verb)
	}
	if sub < 0 {
		return chancery.Party{}, -1, false
	}
	if mark(s, verb) == "without" {
		// "… presses Mali to act without paying for it": the main clause's subject
		if top := s.Root(); top >= 0 {
			if m := clause.Subject(s, top); m >= 0 {
				sub = m
			}
		}
	}
	if p, ok := r.party(sentence, sub); ok {
		return p, sub, true
	}
	// "Iran’s offer includes …", "the US decision": a deed acts for its owner.
	if s.Tokens[sub].UPOS == "NOUN" {
		if p, ok := r.owner(sentence, sub); ok {
			return p, sub, true
		}
	}
	return chancery.Party{}, sub, false
}

// object gives the token of the thing a verb is done to.
func object(s *english.Sentence, verb int) int {
	if clause.IsPassive(s, verb) {
		if c := s.Child(verb, "nsubj:pass"); c >= 0 {
			return c
		}
		if clause.Is(s, verb, "acl") {
			return s.Tokens[verb].Head
		}
	}
	if c := s.Child(verb, "obj"); c >= 0 {
		return c
	}
	// "hand over the suspects", where the particle is taken for a preposition
	for c := range s.Children(verb) {
		if clause.Is(s, c, "obl") {
			switch k := clause.Case(s, c); k {
			case "over", "up", "back":
				if verb+1 < len(s.Tokens) && strings.EqualFold(s.Tokens[verb+1].Form, k) {
					return c
				}
			}
		}
	}
	// "decided to sell and ship arms": the first verb shares the last one's object.
	for c := range s.Children(verb) {
		if clause.Is(s, c, "conj") && verbClass(s, c) == verbClass(s, verb) {
			return s.Child(c, "obj")
		}
	}
	return -1
}

// verbClass is the role of a verb, by its lemma or its form.
func verbClass(s *english.Sentence, v int) role {
	if c := verbs[clause.Lemma(s, v)]; c != noRole {
		return c
	}
	return verbs[strings.ToLower(s.Tokens[v].Form)]
}

// verb reads the transfer that a verb tells.
func (r *reader) verb(sentence, v int) {
	s := &r.doc.Sentences[sentence]
	class := verbClass(s, v)
	if class == noRole || clause.Is(s, v, "case", "amod", "fixed", "compound") {
		return
	}
	agent, agentAt, known := r.agentOf(sentence, v)
	obj := object(s, v)
	switch class {
	case asks:
		r.asking(sentence, v, agent, known)
	case gives, shares, gets, hinders, eases, hands:
		if obj < 0 {
			return
		}
		r.giving(sentence, v, class, agent, agentAt, known, obj)
	case honours:
		if obj < 0 || !known {
			return
		}
		receiver, ok := r.party(sentence, obj)
		if !ok {
			if receiver, ok = r.owner(sentence, obj); !ok {
				return
			}
		}
		status, _ := r.mood(s, v, chancery.Happened)
		if h := s.Tokens[v].Head; h >= 0 && clause.Is(s, v, "xcomp") && (clause.Lemma(s, h) == "want" || clause.Lemma(s, h) == "like" || clause.Lemma(s, h) == "wish") && object(s, h) < 0 {
			status = chancery.Happened // "I want to thank" thanks
		}
		first, last := v, obj
		if clause.IsPassive(s, v) {
			first, _ = clause.Phrase(s, obj)
			last = v
		}
		if last < first {
			first, last = last, first
		}
		_, end := clause.Phrase(s, obj)
		last = max(last, end)
		r.add(sentence, v, []thing{{head: v, first: first, last: last, kind: "diplomatic", probability: 0.9, trust: sure}}, agent, receiver, status, hinted)
		if favours[clause.Lemma(s, v)] {
			r.favour(sentence, v, agent, receiver)
		}
	case breaks:
		c := clause.Oblique(s, v, "on", "from")
		if c < 0 {
			return
		}
		to := agent
		for k := range s.Children(c) {
			if clause.Is(s, k, "nmod") && clause.Case(s, k) == "to" || clause.Is(s, k, "nmod") && clause.Case(s, k) == "with" {
				if p, ok := r.party(sentence, k); ok {
					to = p
				}
			}
		}
		if !known {
			return
		}
		if chancery.StateOf(to.Code) == chancery.StateOf(agent.Code) {
			var ok bool
			if to, ok = r.other(sentence, c, agent, true); !ok {
				return
			}
		}
		// The good is what was promised, where the promise says it.
		var ts []thing
		for a := range s.Children(c) {
			if clause.Is(s, a, "acl") && object(s, a) >= 0 {
				ts = r.things(sentence, object(s, a), a)
			}
		}
		if len(ts) == 0 {
			first, last := clause.Phrase(s, c)
			ts = []thing{{head: c, first: first, last: last, kind: "diplomatic", probability: 0.5, trust: sure}}
		}
		r.add(sentence, v, ts[:1], agent, to, chancery.Reneged, hinted)
	}
}

// conjuncts gives the words coordinated with token i.
func conjuncts(s *english.Sentence, i int) []int {
	var out []int
	for c := range s.Children(i) {
		if clause.Is(s, c, "conj") {
			out = append(out, c)
		}
	}
	return out
}

func isPastOrPerfect(s *english.Sentence, v int) bool {
	switch s.Tokens[v].XPOS {
	case "VBD", "VBN":
		return true
	}
	return clause.HasAux(s, v, "have")
}
