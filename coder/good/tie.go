package good

import (
	"fmt"
	"slices"
	"strings"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
)

func (r *reader) newTie(sentence, first, last int) int {
	r.ties = append(r.ties, tie{sentence, first, last})
	return len(r.ties)
}

// connective gives the words that tie two sides of a bargain, from token i on,
// and how many they are. Leading ones tie a sentence to the one before it.
func connective(s *english.Sentence, i int) int {
	at := func(k int) string {
		if i+k < len(s.Tokens) {
			return strings.ToLower(s.Tokens[i+k].Form)
		}
		return ""
	}
	switch at(0) {
	case "in":
		switch at(1) {
		case "return", "exchange":
			if at(2) == "for" {
				return 3
			}
			return 2
		case "turn":
			return 2
		}
	case "as":
		if at(1) == "payment" || at(1) == "compensation" || at(1) == "part" {
			return 2
		}
	case "quid":
		if at(1) == "pro" && at(2) == "quo" {
			return 3
		}
	case "provided", "if", "unless":
		return 1
	case "only":
		if at(1) == "if" || at(1) == "when" {
			return 2
		}
	case "on":
		if (at(1) == "condition" || at(1) == "the") && (at(1) == "condition" || at(2) == "condition") {
			return 2
		}
	case "strings", "condition", "conditions", "precondition", "conditional", "contingent":
		return 1
	}
	return 0
}

// barter reads "A in exchange for B" between two noun phrases: A passes one
// way, B the other.
func (r *reader) barter(sentence int) {
	s := &r.doc.Sentences[sentence]
	for i := range s.Tokens {
		n := connective(s, i)
		if n != 3 || i == 0 || i+3 >= len(s.Tokens) || !strings.EqualFold(s.Tokens[i+2].Form, "for") {
			continue
		}
		// The noun behind, and the noun before it, both free of a verb of giving.
		right := -1
		for k := i + 3; k < len(s.Tokens) && k < i+14; k++ {
			if u := s.Tokens[k].UPOS; u == "NOUN" || u == "PROPN" && !r.isParty(sentence, k) {
				right = k
				for h := s.Tokens[k].Head; h > k && h < i+14 && clause.Is(s, right, "compound", "amod", "nmod:poss"); h = s.Tokens[h].Head {
					right = h
				}
				break
			}
			if u := s.Tokens[k].UPOS; u == "VERB" || u == "PUNCT" {
				break
			}
		}
		left := -1
		for k := i - 1; k >= 0 && k > i-8; k-- {
			if s.Tokens[k].UPOS == "NOUN" {
				left = k
				break
			}
			if s.Tokens[k].UPOS == "VERB" || s.Tokens[k].UPOS == "PUNCT" {
				break
			}
		}
		if right < 0 {
			continue
		}
		giver, receiver, verb, ok := r.bargainers(sentence, i)
		if !ok {
			continue
		}
		before := len(r.transfers)
		status := chancery.Offered
		if verb >= 0 {
			base := chancery.Offered
			switch verbs[clause.Lemma(s, verb)] {
			case gives, hands, eases:
				base = chancery.Delivered
			}
			if clause.Lemma(s, verb) == "offer" || s.Tokens[verb].UPOS == "NOUN" {
				base = chancery.Offered
			}
			status, _ = r.mood(s, verb, base)
			if verbs[clause.Lemma(s, verb)] == asks || givings[clause.Lemma(s, verb)] == asks {
				status = chancery.Requested
			}
		}
		v := verb
		if v < 0 {
			v = i
		}
		if left >= 0 && (verb < 0 || s.Tokens[verb].UPOS == "NOUN") {
			r.add(sentence, v, r.things(sentence, left, -1), giver, receiver, status, likely)
		}
		counter := chancery.Requested
		switch status {
		case chancery.Agreed, chancery.Delivered, chancery.Happened, chancery.Planned, chancery.Proposed, chancery.Refused:
			counter = status
		case chancery.Requested:
			counter = chancery.Offered
		}
		r.add(sentence, i, r.things(sentence, right, -1), receiver, giver, counter, hinted)
		if len(r.transfers) > before {
			t := r.newTie(sentence, i, i+n-1)
			for k := before; k < len(r.transfers); k++ {
				r.transfers[k].tie = t
			}
		}
	}
}

// bargainers gives the two sides of a bargain told at token i: those of the
// verb or noun above it, or those of the offer told before.
func (r *reader) bargainers(sentence, i int) (giver, receiver chancery.Party, verb int, ok bool) {
	s := &r.doc.Sentences[sentence]
	verb = -1
	for h := range clause.Up(s, i) {
		l := clause.Lemma(s, h)
		if s.Tokens[h].UPOS == "VERB" && (verbs[l] == gives || verbs[l] == hands || verbs[l] == eases || verbs[l] == asks || verbs[l] == gets) {
			agent, _, known := r.agentOf(sentence, h)
			if !known {
				continue
			}
			other := chancery.Party{}
			found := false
			for _, c := range []int{s.Child(h, "iobj"), clause.Oblique(s, h, "to", "from", "with", "for")} {
				if p, k := r.party(sentence, c); k && !found && chancery.StateOf(p.Code) != chancery.StateOf(agent.Code) {
					other, found = p, true
				}
			}
			if !found {
				other, found = r.other(sentence, h, agent, true)
			}
			if !found {
				continue
			}
			if verbs[l] == asks || verbs[l] == gets {
				return other, agent, h, true
			}
			return agent, other, h, true
		}
		if s.Tokens[h].UPOS == "NOUN" && givings[l] != noRole {
			if p, k := r.nounSides(sentence, h); k {
				return p[0], p[1], h, true
			}
		}
	}
	// A noun of offering anywhere before it in the sentence: "The offer to Mali
	// — arms in exchange for bases —".
	for h := i - 1; h >= 0; h-- {
		if s.Tokens[h].UPOS == "NOUN" && (givings[clause.Lemma(s, h)] == gives || pacts[clause.Lemma(s, h)]) {
			if p, k := r.nounSides(sentence, h); k {
				return p[0], p[1], h, true
			}
		}
	}
	for k := len(r.transfers) - 1; k >= 0; k-- {
		if t := &r.transfers[k]; t.status == chancery.Offered {
			return bare(t.giver), bare(t.receiver), -1, true
		}
	}
	return giver, receiver, -1, false
}

// nounSides gives who offers to whom by a noun such as "offer".
func (r *reader) nounSides(sentence, n int) ([2]chancery.Party, bool) {
	s := &r.doc.Sentences[sentence]
	from, okFrom := r.owner(sentence, n)
	to, okTo := chancery.Party{}, false
	if c := clause.Oblique(s, n, "to", "with"); c >= 0 {
		to, okTo = r.party(sentence, c)
	}
	switch {
	case okFrom && okTo && chancery.StateOf(from.Code) != chancery.StateOf(to.Code):
		return [2]chancery.Party{from, to}, true
	case okTo:
		if p, ok := r.other(sentence, n, to, true); ok {
			// The last who offered to it is the one who offers.
			for k := len(r.transfers) - 1; k >= 0; k-- {
				if t := &r.transfers[k]; t.status == chancery.Offered && chancery.StateOf(t.receiver.Code) == chancery.StateOf(to.Code) {
					return [2]chancery.Party{bare(t.giver), to}, true
				}
			}
			return [2]chancery.Party{p, to}, true
		}
	case okFrom:
		if p, ok := r.other(sentence, n, from, true); ok {
			return [2]chancery.Party{from, p}, true
		}
	}
	return [2]chancery.Party{}, false
}

// opposite reports whether two transfers run between the same two states in
// opposite directions.
func opposite(a, b *transfer) bool {
	return chancery.StateOf(a.giver.Code) == chancery.StateOf(b.receiver.Code) && chancery.StateOf(a.receiver.Code) == chancery.StateOf(b.giver.Code)
}

func alike(a, b *transfer) bool {
	return chancery.StateOf(a.giver.Code) == chancery.StateOf(b.giver.Code) && chancery.StateOf(a.receiver.Code) == chancery.StateOf(b.receiver.Code)
}

// reach is how many sentences back a counterpart may stand.
const reach = 3

// tieSentence ties the transfers of a sentence, which begin at index before, to
// each other and to those told shortly before.
func (r *reader) tieSentence(sentence, before int) {
	s := &r.doc.Sentences[sentence]
	mine := r.transfers[before:]
	if len(mine) == 0 {
		return
	}
	words, width := -1, 0
	leading := false
	for i := range s.Tokens {
		if n := connective(s, i); n > 0 {
			words, width = i, n
			leading = i <= 1 && n == 2
			break
		}
	}
	if words < 0 {
		if i, ok := backReference(s); ok {
			words, width, leading = i, 1, true
		} else if i := bringing(s, mine); i >= 0 {
			words, width = i, 1
		}
	}
	// Within the sentence: both directions under one tie.
	if words >= 0 {
		for a := range mine {
			for b := a + 1; b < len(mine); b++ {
				if opposite(&mine[a], &mine[b]) && mine[a].tie == 0 && mine[b].tie == 0 {
					n := r.newTie(sentence, words, words+width-1)
					mine[a].tie, mine[b].tie = n, n
				}
			}
		}
		for a := range mine {
			for b := range mine {
				if mine[a].tie == 0 && mine[b].tie != 0 && (alike(&mine[a], &mine[b]) || opposite(&mine[a], &mine[b])) && (mine[a].status == mine[b].status || mine[a].verb == mine[b].verb) {
					mine[a].tie = mine[b].tie
				}
			}
		}
	}
	// A barter told by its verb: what the verb hands over is the other side. Two
	// promises in one sentence, one each way, answer each other.
	for a := range mine {
		for b := range mine {
			if mine[a].tie == 0 && opposite(&mine[a], &mine[b]) {
				if mine[b].tie != 0 && r.ties[mine[b].tie-1].sentence == sentence {
					mine[a].tie = mine[b].tie
				} else if mine[b].tie == 0 && isOpen(mine[a].status) && isOpen(mine[b].status) && mine[a].verb != mine[b].verb {
					n := r.newTie(sentence, max(mine[a].verb, mine[b].verb), max(mine[a].verb, mine[b].verb))
					mine[a].tie, mine[b].tie = n, n
				}
			}
		}
	}
	// Goods of one verb or one direction that an existing tie holds.
	for a := range mine {
		for b := range mine {
			if mine[a].tie == 0 && mine[b].tie != 0 && mine[a].verb == mine[b].verb {
				mine[a].tie = mine[b].tie
			}
		}
	}
	// With the sentences before: an offer and its counter-demand, or a deed and
	// what it brought.
	for a := range mine {
		if mine[a].tie != 0 {
			continue
		}
		for k := before - 1; k >= 0 && (r.transfers[k].sentence >= sentence-reach || leading && r.transfers[k].sentence >= sentence-2*reach); k-- {
			o := &r.transfers[k]
			near := sentence - o.sentence
			counter := opposite(&mine[a], o) && (isOpen(mine[a].status) && isOpen(o.status)) && mine[a].status != o.status
			switch {
			case leading && opposite(&mine[a], o),
				counter && (near <= 1 || words >= 0),
				words >= 0 && !leading && near <= reach && o.tie != 0 && (opposite(&mine[a], o) || alike(&mine[a], o)) && isOpen(mine[a].status) && isOpen(o.status):
				if o.tie == 0 {
					if words < 0 {
						words, width = mine[a].verb, 1
					}
					n := r.newTie(sentence, words, words+width-1)
					o.tie = n
					// Everything offered in the same breath is part of it.
					for m := range r.transfers {
						if x := &r.transfers[m]; x.tie == 0 && alike(x, o) && (x.sentence == o.sentence && x.status == o.status || x.kind == o.kind && x.sentence >= sentence-2*reach) {
							x.tie = n
						}
					}
				}
				mine[a].tie = o.tie
			}
			if mine[a].tie != 0 {
				break
			}
		}
	}
}

// isOpen reports whether a status is a side's word and no deed yet.
func isOpen(s chancery.Status) bool {
	switch s {
	case chancery.Offered, chancery.Requested, chancery.Proposed, chancery.Planned, chancery.Agreed:
		return true
	}
	return false
}

// backReference reports whether a sentence begins by taking up the deed told
// before: "This handover brought …", "The gesture earned it …".
func backReference(s *english.Sentence) (int, bool) {
	root := s.Root()
	if root < 0 {
		return 0, false
	}
	sub := clause.Subject(s, root)
	if sub < 0 || sub > 5 {
		return 0, false
	}
	switch clause.Lemma(s, root) {
	case "bring", "win", "earn", "prompt", "draw", "yield", "secure", "pay", "fetch", "elicit":
	default:
		return 0, false
	}
	first, _ := clause.Phrase(s, sub)
	switch strings.ToLower(s.Tokens[first].Form) {
	case "this", "that", "these", "those", "the", "it", "such":
		return root, true
	}
	return 0, false
}

// bringing gives a verb of yielding that joins what is given to what comes of
// it: "the opening of the mines will bring investment".
func bringing(s *english.Sentence, mine []transfer) int {
	for i := range mine {
		switch clause.Lemma(s, mine[i].verb) {
		case "bring", "attract", "yield", "win", "earn":
			return mine[i].verb
		}
	}
	return -1
}

// exchanges makes the records of the ties that hold two transfers or more, and
// names the exchange on its events.
func (r *reader) exchanges(events []chancery.Event) []chancery.Exchange {
	var out []chancery.Exchange
	for n := range r.ties {
		var legs []int
		for i := range r.transfers {
			if r.transfers[i].tie == n+1 && !slices.Contains(legs, r.transfers[i].event) {
				legs = append(legs, r.transfers[i].event)
			}
		}
		if len(legs) < 2 {
			continue
		}
		slices.Sort(legs)
		t := r.ties[n]
		s := &r.doc.Sentences[t.sentence]
		x := chancery.Exchange{
			ID: fmt.Sprintf("x%d", len(out)+1),
			Evidence: []chancery.Evidence{
				{Role: chancery.RoleSentence, ByteRange: chancery.ByteRange(s.Span)},
				{Role: chancery.RoleTie, ByteRange: rangeOf(s, t.first, min(t.last, len(s.Tokens)-1))},
			},
		}
		for _, l := range legs {
			x.Legs = append(x.Legs, events[l].ID)
			events[l].Exchange = x.ID
		}
		for k := range out {
			if out[k].Restates == "" && restates(events, legs, out[k].Legs) {
				x.Restates = out[k].ID
				break
			}
		}
		out = append(out, x)
	}
	return out
}

// restates reports whether legs tell again what an earlier exchange told: the
// same kinds, or most of them, the same ways between the same states.
func restates(events []chancery.Event, legs []int, earlier []string) bool {
	same := 0
	for _, l := range legs {
		g := events[l].Good
		for _, id := range earlier {
			k := slices.IndexFunc(events, func(e chancery.Event) bool { return e.ID == id })
			if k < 0 || events[k].Good == nil {
				continue
			}
			o := events[k].Good
			if g.Kind == o.Kind && chancery.StateOf(g.Giver.Code) == chancery.StateOf(o.Giver.Code) && chancery.StateOf(g.Receiver.Code) == chancery.StateOf(o.Receiver.Code) {
				same++
				break
			}
		}
	}
	return same*2 > len(legs)
}
