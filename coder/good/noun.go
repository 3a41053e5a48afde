package good

import (
	"slices"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
)

// breaches are verbs that undo the pact they have for an object.
var breaches = map[string]bool{"violate": true, "breach": true, "break": true, "scrap": true, "abandon": true, "reject": true, "tear": true,
	"cancel": true, "suspend": true, "terminate": true, "denounce": true, "oppose": true, "criticise": true, "criticize": true, "condemn": true}

// endings are nouns that say that what hangs on them stops, or is held back.
var endings = map[string]bool{"suspension": true, "halt": true, "cut": true, "cutoff": true, "freeze": true, "end": true, "restriction": true,
	"ban": true, "block": true, "reduction": true, "cancellation": true, "termination": true, "withdrawal": true, "lack": true}

// noun reads the transfer that a noun tells: "the sale of jets to Mali", "its
// refusal to cut tariffs" is read at the verb; "a contract with a firm".
func (r *reader) noun(sentence, n int) {
	s := &r.doc.Sentences[sentence]
	lemma := clause.Lemma(s, n)
	if pacts[lemma] {
		r.pact(sentence, n)
		return
	}
	class := givings[lemma]
	if class == noRole {
		r.refusal(sentence, n)
		return
	}
	if h := s.Tokens[n].Head; h >= 0 && clause.Is(s, n, "nmod") && endings[clause.Lemma(s, h)] {
		return // "a suspension of aid", "restrictions on assistance": none passes
	}
	var of, to, from, by chancery.Party
	hasOf, hasTo, hasFrom := false, false, false
	thingAt := -1
	for c := range s.Children(n) {
		if !clause.Is(s, c, "nmod", "obl", "nmod:poss", "compound", "amod") {
			continue
		}
		k := clause.Case(s, c)
		p, ok := r.party(sentence, c)
		if !ok && clause.Is(s, c, "amod", "compound") {
			p, ok = r.cast.Adjective(sentence, c)
		}
		switch {
		case clause.Is(s, c, "nmod:poss") || clause.Is(s, c, "amod", "compound"):
			if ok && !hasFrom {
				from, hasFrom = p, true
			}
		case k == "for" && class == asks:
			if !ok {
				thingAt = c
			}
		case k == "to" || k == "for" && class != honours:
			if ok {
				to, hasTo = p, true
			} else if owner, k := r.owner(sentence, c); k && class == gives {
				to, hasTo, ok = owner, true, true
			}
			if ok {
				// "the opening to foreign firms in mining"
				for d := range s.Children(c) {
					if thingAt < 0 && clause.Is(s, d, "nmod") && (clause.Case(s, d) == "in" || clause.Case(s, d) == "of") && !r.isParty(sentence, d) {
						thingAt = d
					}
				}
			}
		case k == "from" || k == "by":
			if ok {
				by, hasFrom = p, true
				from = by
			}
		case k == "of":
			if ok && !(class == hands && len(chancery.StateOf(p.Code)) != 3) {
				of, hasOf = p, true
			} else {
				thingAt = c
			}
		case k == "for" && class == honours && ok:
			to, hasTo = p, true
		case (k == "in" || k == "on") && !ok && thingAt < 0:
			thingAt = c
		}
	}
	if hasOf && class != honours && !hasFrom {
		from, hasFrom = of, true
	} else if hasOf && class == honours {
		to, hasTo = of, true
	}
	if class == gets && !hasOf && thingAt >= 0 {
		// "its purchase of Iranian oil"
		if p, ok := r.deepOwner(sentence, thingAt, 0); ok && hasFrom && chancery.StateOf(p.Code) != chancery.StateOf(from.Code) {
			to, hasTo = p, true
		}
	}
	switch class {
	case honours:
		if hasFrom && !hasTo {
			to, hasTo = r.other(sentence, n, from, true)
		}
		if hasTo && !hasFrom {
			from, hasFrom = r.inSentence(sentence, n, to)
		}
		if !hasFrom || !hasTo {
			return
		}
		first, last := clause.Phrase(s, n)
		status, _ := r.nounMood(s, n, chancery.Happened)
		r.add(sentence, n, []thing{{head: n, first: first, last: last, kind: "diplomatic", probability: 0.8, trust: sure}}, from, to, status, hinted)
		return
	case hands:
		if !hasFrom {
			// "facilitated the arrest of …", "ordered the extradition of …"
			h := s.Tokens[n].Head
			if h >= 0 && s.Tokens[h].UPOS == "VERB" && clause.Is(s, n, "obj") {
				if p, _, ok := r.agentOf(sentence, h); ok {
					from, hasFrom = p, true
				}
			}
		}
		if thingAt < 0 && hasOf {
			return
		}
		if !hasFrom || thingAt < 0 {
			return
		}
		if !hasTo {
			to, hasTo = r.wantedBy(sentence, thingAt, from)
		}
		if !hasTo || chancery.StateOf(to.Code) == chancery.StateOf(from.Code) {
			return
		}
		first, last := clause.Phrase(s, n)
		status, _ := r.nounMood(s, n, chancery.Delivered)
		r.add(sentence, n, []thing{{head: n, first: first, last: last, kind: "detainee", probability: 0.7, trust: sure}}, from, to, status, hinted)
		return
	}
	if !hasFrom && !hasTo {
		return
	}
	if clause.Is(s, n, "obj", "obl") && class != asks {
		if h := s.Tokens[n].Head; h >= 0 && verbs[clause.Lemma(s, h)] != noRole {
			return // read at the verb
		}
	}
	if class == asks && thingAt < 0 || class == gives && !hasTo && !offers[lemma] {
		return // a demand of something untold; "its exports"
	}
	at := n
	if thingAt >= 0 {
		at = thingAt
	}
	ts := r.things(sentence, at, -1)
	if len(ts) == 0 && at != n {
		ts = r.things(sentence, n, -1)
	}
	if !hasFrom {
		from, hasFrom = r.other(sentence, n, to, true)
	}
	if !hasTo && class != eases {
		to, hasTo = r.other(sentence, n, from, false)
	}
	if class == eases && !hasTo {
		to, hasTo = r.inSentence(sentence, n, from)
	}
	if !hasFrom || !hasTo {
		return
	}
	base := chancery.Happened
	switch {
	case lemma == "offer" || lemma == "opening":
		base = chancery.Offered
	case class == asks:
		base = chancery.Requested
		from, to = to, from
	case class == gets:
		from, to = to, from
	}
	status, _ := r.nounMood(s, n, base)
	r.add(sentence, n, ts, from, to, status, sure)
}

// refusal reads a noun of mood over a thing: "its refusal of lower tariffs".
func (r *reader) refusal(sentence, n int) {
	s := &r.doc.Sentences[sentence]
	status := moods[clause.Lemma(s, n)]
	if status != chancery.Refused {
		return
	}
	c := clause.Oblique(s, n, "to", "of")
	if c < 0 {
		return
	}
	giver, ok := r.owner(sentence, n)
	if !ok {
		return
	}
	receiver, ok := r.inSentence(sentence, n, giver)
	if !ok {
		return
	}
	r.add(sentence, n, r.things(sentence, c, -1), giver, receiver, status, sure)
}

// pact reads an agreement with its two sides and what it is about: "a trade
// agreement with Iran", "the contract between A and B".
func (r *reader) pact(sentence, n int) {
	s := &r.doc.Sentences[sentence]
	if h := s.Tokens[n].Head; h >= 0 && clause.Is(s, n, "obj") && breaches[clause.Lemma(s, h)] {
		return // "violated agreements" makes none
	}
	var sides []chancery.Party
	take := func(ps ...chancery.Party) {
		for _, p := range ps {
			if p.Code != "" && !slices.ContainsFunc(sides, func(o chancery.Party) bool { return chancery.StateOf(o.Code) == chancery.StateOf(p.Code) }) {
				sides = append(sides, p)
			}
		}
	}
	// Who makes it: the subject of its verb, through "X’s ability to secure a deal".
	for h, steps := s.Tokens[n].Head, 0; h >= 0 && steps < 4 && len(sides) == 0; h, steps = s.Tokens[h].Head, steps+1 {
		if s.Tokens[h].UPOS == "VERB" {
			if _, at, ok := r.agentOf(sentence, h); ok {
				take(r.cast.Parties(sentence, at)...)
				if p, ok := r.party(sentence, at); ok {
					take(p)
				}
			}
			break
		}
	}
	for c := range s.Children(n) {
		if clause.Is(s, c, "nmod:poss", "compound", "amod") {
			if p, ok := r.party(sentence, c); ok {
				take(p)
			} else if p, ok := r.cast.Adjective(sentence, c); ok {
				take(p)
			}
		}
	}
	if c := clause.Oblique(s, n, "with", "between"); c >= 0 {
		ps := r.cast.Parties(sentence, c)
		take(ps...)
		if p, ok := r.party(sentence, c); ok {
			take(p)
		}
	}
	if h := s.Tokens[n].Head; h >= 0 && s.Tokens[h].UPOS == "VERB" {
		if c := clause.Oblique(s, h, "with"); c >= 0 {
			if p, ok := r.party(sentence, c); ok {
				take(p)
			}
		}
	}
	if len(sides) == 1 {
		if p, ok := r.inSentence(sentence, n, sides[0]); ok {
			take(p)
		}
	}
	if len(sides) == 0 {
		// "… as the agreements during the visit show": the two states named.
		if p, ok := r.inSentence(sentence, n, chancery.Party{}); ok {
			take(p)
			if q, ok := r.inSentence(sentence, n, p); ok && !r.third(sentence, p, q) {
				take(q)
			}
		}
	}
	if len(sides) < 2 {
		return
	}
	if isStanding(s, n) || clause.Negation(s, n) >= 0 {
		return
	}
	slices.SortStableFunc(sides, func(a, b chancery.Party) int { return a.Mention.Start - b.Mention.Start })
	for i := range sides {
		if slices.Contains(chancery.Sectors(), sides[i].Code) {
			// A firm whose home is not told: that of the other state named beside it.
			if p, ok := r.inSentence(sentence, n, sides[1-min(i, 1)]); ok {
				sides[i].Code = chancery.StateOf(p.Code) + sides[i].Code
			}
		}
	}
	ts := r.things(sentence, n, -1)
	if c := clause.Oblique(s, n, "on", "for", "over"); c >= 0 {
		if more := r.things(sentence, c, -1); len(more) > 0 && more[0].trust == sure {
			first, _ := clause.Phrase(s, n)
			more[0].first = min(more[0].first, first)
			ts = more[:1]
		}
	}
	ts = slices.DeleteFunc(ts, func(t thing) bool { return t.trust < sure })
	status, _ := r.nounMood(s, n, chancery.Agreed)
	if status == chancery.Happened || status == chancery.Delivered {
		status = chancery.Agreed
	}
	r.add(sentence, n, ts, sides[0], sides[1], status, sure)
}

// offers are nouns of giving that tell an act even where nobody is named to
// whom: "China's assistance", unlike "Iran's exports".
var offers = map[string]bool{"offer": true, "aid": true, "assistance": true, "support": true, "help": true, "opening": true, "gift": true, "donation": true, "grant": true}

// isStanding reports whether a pact is only mentioned: "the troops required in
// the peace agreement". One that is made, or told as new, is an act.
func isStanding(s *english.Sentence, n int) bool {
	definite := false
	for c := range s.Children(n) {
		switch clause.Lemma(s, c) {
		case "the", "this", "that":
			definite = definite || clause.Is(s, c, "det")
		case "late", "latest", "new", "recent", "last":
			return false
		}
		if clause.Is(s, c, "acl") && (clause.Lemma(s, c) == "sign" || clause.Lemma(s, c) == "reach") {
			return true // "a deal signed last year"
		}
	}
	return definite && !clause.Is(s, n, "obj", "nsubj:pass")
}
