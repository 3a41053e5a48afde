package good

import (
	"slices"
	"strings"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
	"chancery/english/lexicon"
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

// mood gives how far an act got by the words above it, and the token of the
// highest of them; base is what the act alone would be.
func (r *reader) mood(s *english.Sentence, verb int, base chancery.Status) (chancery.Status, int) {
	status, at := base, verb
	negated := clause.Negation(s, verb) >= 0
	modal, _ := clause.Modal(s, verb)
	top := verb
	for n := 0; n < 6; n++ {
		h := s.Tokens[top].Head
		if h < 0 {
			break
		}
		rel := s.Tokens[top].Rel
		if m := mark(s, top); m == "without" {
			return chancery.Withheld, top
		} else if m == "if" || m == "unless" || m == "whether" {
			status = chancery.Proposed
		}
		switch {
		case clause.Is(s, top, "xcomp", "ccomp", "acl") && rel != "acl:relcl", clause.Is(s, top, "advcl") && mark(s, top) == "to":
			if m, ok := moods[clause.Lemma(s, h)]; ok {
				if m == chancery.Requested && clause.Is(s, top, "xcomp") && s.Child(h, "obj", "iobj", "nsubj:pass") < 0 {
					m = chancery.Planned // "wants to sell": means to do it himself
				}
				status, at = m, h
				if clause.Negation(s, h) >= 0 {
					status = chancery.Refused
				}
			} else if clause.Is(s, top, "xcomp") && clause.Lemma(s, h) == "able" {
				return status, at
			}
		case clause.Is(s, top, "conj"), clause.Is(s, top, "advcl") && s.Tokens[top].XPOS == "VBG":
		default:
			h = -1
		}
		if h < 0 {
			break
		}
		if modal == "" {
			modal, _ = clause.Modal(s, h)
		}
		top = h
	}
	if status != base {
		if status == chancery.Agreed && negated {
			status = chancery.Refused
		}
		return status, at
	}
	switch {
	case negated && (base == chancery.Requested || base == chancery.Agreed):
		return chancery.Refused, at
	case negated:
		return chancery.Withheld, at
	case modal == "will" || modal == "shall":
		if base == chancery.Offered || base == chancery.Requested {
			return base, at
		}
		return chancery.Planned, at
	case modal != "" && base != chancery.Requested:
		return chancery.Proposed, at
	}
	return base, at
}

func mark(s *english.Sentence, i int) string {
	for c := range s.Children(i) {
		if clause.Is(s, c, "mark", "case") && c < i {
			return strings.ToLower(s.Tokens[c].Form)
		}
	}
	return ""
}

// add records what passes from giver to receiver. Parties of one state have no
// account with each other.
func (r *reader) add(sentence, verb int, things []thing, giver, receiver chancery.Party, status chancery.Status, least trust) bool {
	if giver.Code == "" || receiver.Code == "" || state(giver.Code) == state(receiver.Code) ||
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
			return o.sentence == sentence && o.kind == t.kind && state(o.giver.Code) == state(giver.Code) && state(o.receiver.Code) == state(receiver.Code) &&
				(amount == nil || o.amount != nil && *amount == *o.amount)
		}) {
			continue
		}
		// "the port to Mali": whom it goes to is no part of the thing.
		s := &r.doc.Sentences[sentence]
		for k := t.head + 1; k < t.last; k++ {
			if f := strings.ToLower(s.Tokens[k].Form); (f == "to" || f == "from") && s.Tokens[k].UPOS == "ADP" {
				if m := (chancery.ByteRange{Start: s.Tokens[k+1].Start, End: s.Tokens[t.last].End}); m.Contains(receiver.Mention) || m.Contains(giver.Mention) && f == "from" {
					if p, ok := r.party(sentence, s.Tokens[k].Head); ok && (state(p.Code) == state(receiver.Code) || state(p.Code) == state(giver.Code)) {
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
		if state(to.Code) == state(agent.Code) {
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

// favours are the verbs of esteem that answer a favour; one is nominated or
// invited for other reasons.
var favours = map[string]bool{"thank": true, "praise": true, "commend": true, "applaud": true, "credit": true, "reward": true, "salute": true}

// favour reads what somebody is thanked or praised for as the other side's
// part: "thanked Mali for freeing the crew".
func (r *reader) favour(sentence, v int, by, to chancery.Party) {
	s := &r.doc.Sentences[sentence]
	for c := range s.Children(v) {
		if !clause.Is(s, c, "advcl", "obl") || mark(s, c) != "for" && clause.Case(s, c) != "for" {
			continue
		}
		var t thing
		var ok bool
		if s.Tokens[c].UPOS == "VERB" {
			t, ok = r.clauseThing(sentence, c, to, by)
		} else {
			first, last := clause.Phrase(s, c)
			t, ok = r.judge(sentence, c, -1, first, last, nil)
		}
		if !ok || t.trust < sure {
			return
		}
		before := len(r.transfers)
		if r.add(sentence, c, []thing{t}, to, by, chancery.Delivered, sure) && before > 0 {
			n := r.newTie(sentence, v, v)
			r.transfers[len(r.transfers)-1].tie = n
			for k := before - 1; k >= 0 && r.transfers[k].sentence == sentence; k-- {
				if r.transfers[k].verb == v {
					r.transfers[k].tie = n
				}
			}
		}
		return
	}
}

// giving reads verbs whose object passes between two parties.
func (r *reader) giving(sentence, v int, class role, agent chancery.Party, agentAt int, known bool, obj int) {
	s := &r.doc.Sentences[sentence]
	lemma := clause.Lemma(s, v)
	if givings[clause.Lemma(s, obj)] == honours || pacts[clause.Lemma(s, obj)] && class != gives {
		return // "brought praise", "secured a deal": read at the noun
	}
	if !known && brings[lemma] && r.bringing(sentence, v, obj) {
		return
	}
	// The other party: "to", "for", "with", "from", an indirect object; and the
	// thing, which "provide X with Y" and "urge" put under a preposition.
	var second chancery.Party
	found := false
	take := func(token int) bool {
		if token < 0 || found {
			return found
		}
		p, ok := r.party(sentence, token)
		if ok && (!known || state(p.Code) != state(agent.Code)) {
			second, found = p, true
		}
		return found
	}
	skipTo := -1 // where the thing begins behind a receiver that was read into it
	if i := s.Child(v, "iobj"); i >= 0 {
		take(i)
	} else if class == gives && datives[lemma] && obj > v {
		// "offered Mali modern jets": the receiver may be read as part of the thing.
		f, _ := clause.Phrase(s, obj)
		if f == v+1 && s.Tokens[f].UPOS == "DET" {
			f++
		}
		for f+1 < obj && s.Tokens[f].UPOS == "PROPN" && s.Tokens[f+1].UPOS == "PROPN" {
			f++ // "the United States"
		}
		if f > v && f < obj && s.Tokens[f].UPOS == "PROPN" && clause.Is(s, f, "compound", "nmod") && clause.Oblique(s, v, "to") < 0 && take(f) {
			skipTo = f + 1
		}
	}
	if p, ok := r.party(sentence, obj); ok && class == gives {
		// "granted Mali a lease", both taken for objects
		for c := range s.Children(v) {
			if c > obj && clause.Is(s, c, "obj") {
				second, found, obj = p, true, c
			}
		}
	}
	if p, ok := r.party(sentence, obj); ok && class != hands {
		// The object is a party: "provide Mali with radars", "offered Mali".
		if w := clause.Oblique(s, v, "with"); w >= 0 && (class == gives) {
			second, found = p, true
			obj = w
		} else if len(r.things(sentence, obj, v)) == 0 || state(p.Code) != "" && s.Tokens[obj].UPOS == "PROPN" {
			// "invited", "joined": no thing passes, unless a clause says which.
			if class == gives && (lemma == "allow" || lemma == "permit") {
				if x := s.Child(v, "xcomp"); x >= 0 {
					r.allowing(sentence, v, x, agent, known, p)
				}
			}
			return
		}
	}
	switch class {
	case gives, hands, hinders:
		r.seek(s, v, obj, take, "to", "for", "from", "with")
	case gets:
		r.seek(s, v, obj, take, "from", "with", "by", "of")
	case shares:
		w := clause.Oblique(s, v, "with")
		for _, h := range append([]int{obj}, conjuncts(s, obj)...) {
			if w < 0 {
				w = clause.Oblique(s, h, "with")
			}
		}
		if w >= 0 && known {
			if _, ok := r.party(sentence, w); !ok {
				// "combine its fleet with Mali’s satellites": the other's thing.
				if p, ok := r.owner(sentence, w); ok && state(p.Code) != state(agent.Code) {
					status, _ := r.mood(s, v, chancery.Happened)
					r.add(sentence, v, r.things(sentence, w, -1), p, agent, status, sure)
					return
				}
			}
		}
		r.seek(s, v, obj, take, "with", "to", "between")
		if !found && agentAt >= 0 {
			for _, p := range r.cast.Parties(sentence, agentAt) {
				if p.Code != "" && known && state(p.Code) != state(agent.Code) && !found {
					second, found = p, true
				}
			}
		}
	case eases:
		r.seek(s, v, obj, take, "on", "against", "for", "from", "to")
		if p, ok := r.burdened(sentence, v, obj); ok && known && state(p.Code) == state(agent.Code) {
			// Nobody taxes himself: in "a deal … which lowered tariffs on Malian
			// goods" Mali gains and the other side lowers.
			if q, ok := r.inSentence(sentence, v, p); ok {
				agent, second, found = q, p, true
			}
		}
		if !found {
			for c := range s.Children(v) {
				if clause.Is(s, c, "obl", "nmod") && clause.Case(s, c) == "on" {
					if p, ok := r.owner(sentence, c); ok && (!known || state(p.Code) != state(agent.Code)) {
						second, found = p, true
					}
				}
			}
			for c := range s.Children(obj) {
				if !found && clause.Is(s, c, "nmod") {
					if p, ok := r.owner(sentence, c); ok && (!known || state(p.Code) != state(agent.Code)) {
						second, found = p, true
					}
				}
			}
		}
	}
	ts := r.things(sentence, obj, v)
	if u := s.Tokens[obj].UPOS; len(ts) == 0 && (u == "NUM" || u == "PRON") {
		ts = r.again(sentence, obj)
	}
	if class == gets {
		// "welcomed the president's words"
		ts = slices.DeleteFunc(ts, func(t thing) bool { return t.kind == "diplomatic" })
	}
	if len(ts) == 0 && class != hands {
		return
	}
	if len(ts) > 0 {
		ts[0].first = max(ts[0].first, skipTo)
	}
	least := sure
	if found {
		least = likely // both parties named around the verb: an act between them
	}
	if class == eases {
		// "cut tariffs" makes a burden lighter, "cut aid" keeps a good back.
		isBurden := func(t thing) bool {
			return t.kind == "tariff" || t.kind == "relief" || t.kind == "troops"
		}
		if !slices.ContainsFunc(ts, isBurden) && (lemma == "cut" || lemma == "slash" || lemma == "freeze") {
			class = hinders
		} else {
			ts = slices.DeleteFunc(ts, func(t thing) bool { return !isBurden(t) })
		}
	}
	if c := clause.Oblique(s, obj, "in"); len(ts) > 0 && ts[0].kind == "money" {
		// "300 million euros in aid": what the money is for.
		if c < 0 {
			c = clause.Oblique(s, v, "in")
		}
		if c > obj {
			if more := r.things(sentence, c, -1); len(more) > 0 && more[0].trust == sure && !r.isParty(sentence, c) {
				ts[0].kind, ts[0].last = more[0].kind, max(ts[0].last, more[0].last)
			}
		}
	}
	if class == hands {
		ts = slices.DeleteFunc(ts, func(t thing) bool { return t.kind != "detainee" })
		if len(ts) == 0 {
			if p, ok := r.cast.Party(sentence, obj); ok && (p.Code == "" || !isState(p.Code)) || isWanted(s, obj) || r.isPerson(s, obj) {
				first, last := clause.Phrase(s, obj)
				ts = []thing{{head: obj, first: first, last: last, kind: "detainee", probability: 0.8, trust: sure}}
			}
		}
	}
	if len(ts) == 0 {
		return
	}
	if !known {
		// Passive without an agent, or a deal that does something: whose is the
		// thing, or who speaks to the named side?
		switch class {
		case gives, eases, hinders, hands:
			if p, ok := r.deepOwner(sentence, obj, 0); ok && (!found || state(p.Code) != state(second.Code)) {
				agent, known = p, true
			} else if found {
				agent, known = r.other(sentence, v, second, false)
			}
		}
		if !known && class == eases {
			// "a deal with X that lowered …": the easing side is the partner.
			if p, ok := r.inSentence(sentence, obj, chancery.Party{}); ok {
				agent, known = p, true
			}
		}
		if !known {
			return
		}
	}
	if !found {
		switch class {
		case gets:
			// "buys Russian oil", "secure a loan"
			if p, ok := r.deepOwner(sentence, obj, 0); ok && state(p.Code) != state(agent.Code) {
				second, found = p, true
			}
		case eases:
			second, found = r.inSentence(sentence, obj, agent)
		}
		if !found {
			if class == hands {
				second, found = r.counterpart(agent)
			}
		}
		if !found {
			wide := class == gives && (lemma == "offer" || lemma == "provide" || lemma == "grant" || lemma == "promise" || lemma == "pledge" || lemma == "extend") || class == hands
			second, found = r.other(sentence, v, agent, wide)
		}
		if !found {
			return
		}
	}
	base := chancery.Delivered
	switch {
	case lemma == "offer":
		base = chancery.Offered
	case lemma == "promise" || lemma == "pledge" || lemma == "commit" || lemma == "guarantee" || lemma == "assure":
		base = chancery.Agreed
	case class == hinders:
		base = chancery.Withheld
	case class == eases || class == shares || class == gets:
		base = chancery.Happened
	}
	status, _ := r.mood(s, v, base)
	if status == chancery.Delivered && !isPastOrPerfect(s, v) {
		status = chancery.Happened
	}
	giver, receiver := agent, second
	if class == gets {
		giver, receiver = second, agent
	}
	// "asked Mali to send": the one asked gives to the one who asks.
	if !r.add(sentence, v, ts, giver, receiver, status, least) {
		return
	}
	if class == shares {
		if r.add(sentence, v, ts, receiver, giver, status, least) {
			n := r.newTie(sentence, v, v)
			for k := len(r.transfers) - 1; k >= 0 && r.transfers[k].sentence == sentence; k-- {
				if r.transfers[k].verb == v {
					r.transfers[k].tie = n
				}
			}
		}
	}
}

// brings are the verbs by which a deed has something for its price.
var brings = map[string]bool{"bring": true, "yield": true, "win": true, "earn": true, "attract": true, "generate": true, "draw": true}

// again reads a thing that only takes up the one told last: "handed over 40 of
// them", "sent it".
func (r *reader) again(sentence, obj int) []thing {
	if k := len(r.transfers) - 1; k >= 0 && r.transfers[k].sentence >= sentence-1 {
		first, last := clause.Phrase(&r.doc.Sentences[sentence], obj)
		return []thing{{head: obj, first: first, last: last, kind: r.transfers[k].kind, probability: surely, trust: likely}}
	}
	return nil
}

// bringing reads "the opening of the mines will bring investment": what the deed
// told by the subject brings flows the other way.
func (r *reader) bringing(sentence, v, obj int) bool {
	s := &r.doc.Sentences[sentence]
	sub := clause.Subject(s, v)
	if sub < 0 {
		return false
	}
	for k := len(r.transfers) - 1; k >= 0 && r.transfers[k].sentence >= sentence-1; k-- {
		t := &r.transfers[k]
		if t.sentence == sentence && t.verb != sub && !clause.Under(s, t.verb, sub) || t.sentence < sentence && !isDemonstrative(s, sub) {
			continue
		}
		status, _ := r.mood(s, v, chancery.Happened)
		return r.add(sentence, v, r.things(sentence, obj, v), bare(t.receiver), bare(t.giver), status, sure)
	}
	return false
}

// isDemonstrative reports whether a noun takes up what was told: "this step".
func isDemonstrative(s *english.Sentence, i int) bool {
	first, _ := clause.Phrase(s, i)
	switch strings.ToLower(s.Tokens[first].Form) {
	case "this", "that", "these", "those", "such":
		return true
	}
	return false
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

// seek offers take the phrases under the prepositions, in their order: beside
// the verb, beside its object, and inside the phrases behind either.
func (r *reader) seek(s *english.Sentence, v, obj int, take func(int) bool, prepositions ...string) {
	places := []int{v, obj}
	for _, h := range []int{v, obj} {
		for c := range s.Children(h) {
			if c > v && clause.Is(s, c, "obl", "nmod") {
				places = append(places, c)
			}
		}
	}
	for _, p := range prepositions {
		for _, h := range places {
			if take(clause.Oblique(s, h, p)) {
				return
			}
		}
	}
}

// burdened gives whom a penalty or a duty weighs on: "on Malian goods", "against
// Mali".
func (r *reader) burdened(sentence, v, obj int) (chancery.Party, bool) {
	s := &r.doc.Sentences[sentence]
	for t := v + 1; t < len(s.Tokens); t++ {
		if k := clause.Case(s, t); (k == "on" || k == "against") && (clause.Under(s, t, v) || clause.Under(s, t, obj)) {
			if p, ok := r.party(sentence, t); ok {
				return p, true
			}
			return r.owner(sentence, t)
		}
	}
	return chancery.Party{}, false
}

// isPerson reports whether a common noun stands for people.
func (r *reader) isPerson(s *english.Sentence, i int) bool {
	if s.Tokens[i].UPOS != "NOUN" {
		return false
	}
	form := strings.ToLower(s.Tokens[i].Form)
	for _, w := range []string{clause.Lemma(s, i), form, strings.TrimSuffix(form, "s"), strings.TrimSuffix(form, "men") + "man"} {
		if r.people.Class(w) == lexicon.Person {
			return true
		}
	}
	return false
}

// isWanted reports whether a noun is a person who can be handed over.
func isWanted(s *english.Sentence, i int) bool {
	for c := range s.Children(i) {
		switch clause.Lemma(s, c) {
		case "suspect", "fugitive", "wanted", "alleged", "militant", "terrorist":
			return true
		}
	}
	return false
}

func isPastOrPerfect(s *english.Sentence, v int) bool {
	switch s.Tokens[v].XPOS {
	case "VBD", "VBN":
		return true
	}
	return clause.HasAux(s, v, "have")
}

// allowing reads "allowed the navy to use its ports".
func (r *reader) allowing(sentence, v, x int, agent chancery.Party, known bool, to chancery.Party) {
	s := &r.doc.Sentences[sentence]
	if !known {
		return
	}
	if o := object(s, x); o >= 0 {
		status, _ := r.mood(s, v, chancery.Happened)
		r.add(sentence, v, r.things(sentence, o, x), agent, to, status, sure)
	}
}

// asking reads verbs of asking: for a thing, or that somebody do something.
func (r *reader) asking(sentence, v int, agent chancery.Party, known bool) {
	s := &r.doc.Sentences[sentence]
	status, _ := r.mood(s, v, chancery.Requested)
	if status != chancery.Requested && status != chancery.Refused && status != chancery.Planned && status != chancery.Proposed {
		status = chancery.Requested
	}
	obj := object(s, v)
	comp := s.Child(v, "ccomp", "xcomp")
	lemma := clause.Lemma(s, v)
	if comp < 0 && obj >= 0 {
		// "pressed Mali to leave", where the parse makes it a purpose
		if c := s.Child(v, "advcl"); c > obj && mark(s, c) == "to" {
			comp = c
		}
	}
	if lemma == "call" || lemma == "wait" || lemma == "want" && comp < 0 && obj < 0 {
		if c := clause.Oblique(s, v, "for"); c >= 0 {
			obj = c
		} else if lemma != "want" && comp < 0 {
			return
		}
		if lemma == "wait" {
			comp = -1
		}
	}
	// "asked Mali for its support"
	if obj >= 0 {
		if p, ok := r.party(sentence, obj); ok && known && state(p.Code) != state(agent.Code) && comp < 0 {
			if c := clause.Oblique(s, v, "for", "over", "into"); c >= 0 {
				r.add(sentence, v, r.things(sentence, c, v), p, agent, status, likely)
			}
			return
		}
	}
	if comp >= 0 && comp > v {
		r.askedClause(sentence, v, comp, agent, known, status)
		return
	}
	if sub := clause.Subject(s, v); obj >= 0 && isContinuing(s) && (sub < 0 || s.Tokens[sub].UPOS == "PRON") {
		// "In return, he sought …": he is who gave or offered just before.
		if k := len(r.transfers) - 1; k >= 0 && r.transfers[k].sentence >= sentence-2 {
			t := &r.transfers[k]
			r.add(sentence, v, r.things(sentence, obj, v), bare(t.receiver), bare(t.giver), status, sure)
			return
		}
	}
	if sub := clause.Subject(s, v); obj >= 0 && (!known || sub >= 0 && s.Tokens[sub].UPOS == "PRON") {
		// Nobody asks for what is his: in "It sought access to Mali’s bases" it is
		// the other side.
		if p, ok := r.deepOwner(sentence, obj, 0); ok && (known && state(p.Code) == state(agent.Code) || !known && isContinuing(s)) {
			agent, known = r.other(sentence, v, p, true)
		}
	}
	if obj >= 0 && !known && (lemma == "wait" || lemma == "await" || lemma == "need") {
		// "the project waits for Mali’s permit": its other side is the one that waits.
		if p, ok := r.deepOwner(sentence, obj, 0); ok {
			agent, known = r.other(sentence, v, p, true)
		}
	}
	if obj < 0 || !known {
		return
	}
	ts := r.things(sentence, obj, v)
	giver, ok := chancery.Party{}, false
	if c := clause.Oblique(s, v, "from", "of"); c >= 0 {
		giver, ok = r.party(sentence, c)
	}
	if !ok {
		if giver, ok = r.deepOwner(sentence, obj, 0); ok && state(giver.Code) == state(agent.Code) {
			ok = false
		}
	}
	if !ok && lemma != "want" && lemma != "need" && lemma != "require" && lemma != "wait" && lemma != "await" || !ok && isContinuing(s) {
		giver, ok = r.other(sentence, v, agent, true)
	}
	if ok {
		r.add(sentence, v, ts, giver, agent, status, sure)
	}
}

// isContinuing reports whether a sentence opens with words that tie it to the
// bargain told before.
func isContinuing(s *english.Sentence) bool { return connective(s, 0) == 2 }

// askedClause reads what is asked for in a clause: the one who is to do it
// gives, the one who asks gets.
func (r *reader) askedClause(sentence, v, comp int, agent chancery.Party, known bool, status chancery.Status) {
	s := &r.doc.Sentences[sentence]
	if clause.Is(s, comp, "xcomp") && object(s, v) < 0 && s.Child(comp, "nsubj", "nsubj:pass") < 0 {
		return // "seeks to buy": what the asker means to do himself
	}
	doer := clause.Subject(s, comp)
	if clause.IsPassive(s, comp) {
		doer = clause.Agent(s, comp)
	}
	giver, ok := r.party(sentence, doer)
	if ok && known && state(giver.Code) == state(agent.Code) {
		// Nobody presses himself: a pronoun was taken for the wrong one.
		sub := clause.Subject(s, v)
		if sub < 0 || s.Tokens[sub].UPOS != "PRON" {
			return
		}
		if agent, known = r.partner(sentence, giver); !known {
			return
		}
	}
	if !ok {
		if !known {
			return
		}
		if giver, ok = r.other(sentence, comp, agent, false); !ok {
			return
		}
	}
	if !known {
		if agent, known = r.partner(sentence, giver); !known {
			return
		}
	}
	// A verb of giving with an object names the thing itself; anything else that
	// is asked for is a service.
	var ts []thing
	if class := verbClass(s, comp); (class == gives || class == eases || class == hands || class == shares) && object(s, comp) >= 0 {
		ts = r.things(sentence, object(s, comp), comp)
		if class == eases {
			ts = slices.DeleteFunc(ts, func(t thing) bool { return t.kind != "tariff" && t.kind != "relief" && t.kind != "troops" })
		}
	}
	if len(ts) == 0 || !slices.ContainsFunc(ts, func(t thing) bool { return t.trust == sure }) {
		t, ok := r.clauseThing(sentence, comp, giver, agent)
		if !ok {
			return
		}
		ts = []thing{t}
	}
	r.add(sentence, v, ts, giver, agent, status, sure)
}

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
			if ok && !(class == hands && len(state(p.Code)) != 3) {
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
		if p, ok := r.deepOwner(sentence, thingAt, 0); ok && hasFrom && state(p.Code) != state(from.Code) {
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
			to, hasTo = r.counterpart(from)
		}
		if !hasTo {
			to, hasTo = r.other(sentence, n, from, true)
		}
		if !hasTo || state(to.Code) == state(from.Code) {
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

// datives are the verbs that take a receiver before the thing (Levin 1993, 2.1).
var datives = func() map[string]bool {
	out := make(map[string]bool)
	for w := range strings.FieldsSeq(`offer give sell grant lend pay promise hand send award provide allow pledge supply`) {
		out[w] = true
	}
	return out
}()

// nounMood is mood for an act named by a noun: its verb tells how far it got.
func (r *reader) nounMood(s *english.Sentence, n int, base chancery.Status) (chancery.Status, int) {
	h := s.Tokens[n].Head
	if h < 0 || !clause.Is(s, n, "obj", "nsubj", "nsubj:pass", "obl", "nmod", "conj") {
		return base, n
	}
	if clause.Is(s, n, "obj", "nmod", "obl") {
		if m, ok := moods[clause.Lemma(s, h)]; ok {
			if m == chancery.Agreed && clause.Negation(s, h) >= 0 {
				return chancery.Refused, h
			}
			return m, h
		}
	}
	if s.Tokens[h].UPOS == "VERB" && clause.Is(s, n, "obj", "nsubj:pass") {
		return r.mood(s, h, base)
	}
	return base, n
}

// pact reads an agreement with its two sides and what it is about: "a trade
// agreement with Iran", "the contract between A and B".
func (r *reader) pact(sentence, n int) {
	s := &r.doc.Sentences[sentence]
	var sides []chancery.Party
	take := func(ps ...chancery.Party) {
		for _, p := range ps {
			if p.Code != "" && !slices.ContainsFunc(sides, func(o chancery.Party) bool { return state(o.Code) == state(p.Code) }) {
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
