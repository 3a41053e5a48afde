package good

import (
	"slices"
	"strings"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
	"chancery/english/lexicon"
)

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
		if ok && (!known || chancery.StateOf(p.Code) != chancery.StateOf(agent.Code)) {
			second, found = p, true
		}
		return found
	}
	if o := s.Child(v, "obj"); o >= 0 && o != obj && clause.IsPassive(s, v) {
		// "was granted a loan": the subject receives.
		if p, ok := r.party(sentence, obj); ok {
			second, found = p, true
		}
		obj = o
	}
	aside := false // the other side of a sharing stands beside the verb: "shared evidence with Mali"
	skipTo := -1   // where the thing begins behind a receiver that was read into it
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
		if f > v && f < obj && s.Tokens[f].UPOS == "PROPN" && clause.Is(s, f, "compound", "nmod") && take(f) {
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
		} else if len(r.things(sentence, obj, v)) == 0 || chancery.StateOf(p.Code) != "" && s.Tokens[obj].UPOS == "PROPN" {
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
	case hands:
		r.seek(s, v, obj, take, "to", "for") // "asylum seekers registered with the UN": no hand they came into
	case gives, hinders:
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
			if s.Tokens[w].UPOS == "NOUN" && len(r.things(sentence, w, -1)) > 0 {
				// "combine its fleet with Mali’s satellites": the other's thing.
				if p, ok := r.owner(sentence, w); ok && chancery.StateOf(p.Code) != chancery.StateOf(agent.Code) {
					status, _ := r.mood(s, v, chancery.Happened)
					r.add(sentence, v, r.things(sentence, w, -1), p, agent, status, sure)
					return
				}
			}
		}
		r.seek(s, v, obj, take, "with", "to", "between")
		aside = found
		if !found && agentAt >= 0 {
			for _, p := range r.cast.Parties(sentence, agentAt) {
				if p.Code != "" && known && chancery.StateOf(p.Code) != chancery.StateOf(agent.Code) && !found {
					second, found = p, true
				}
			}
		}
	case eases:
		r.seek(s, v, obj, take, "on", "against", "for", "from", "to")
		if p, ok := r.burdened(sentence, v, obj); ok && slices.ContainsFunc(r.things(sentence, obj, v), func(t thing) bool { return t.kind == "tariff" }) && known && chancery.StateOf(p.Code) == chancery.StateOf(agent.Code) {
			// Nobody taxes himself: in "a deal … which lowered tariffs on Malian
			// goods" Mali gains and the other side lowers.
			if q, ok := r.inSentence(sentence, v, p); ok {
				agent, second, found = q, p, true
			}
		}
		if !found {
			for c := range s.Children(v) {
				if clause.Is(s, c, "obl", "nmod") && clause.Case(s, c) == "on" {
					if p, ok := r.owner(sentence, c); ok && (!known || chancery.StateOf(p.Code) != chancery.StateOf(agent.Code)) {
						second, found = p, true
					}
				}
			}
			for c := range s.Children(obj) {
				if !found && clause.Is(s, c, "nmod") {
					if p, ok := r.owner(sentence, c); ok && (!known || chancery.StateOf(p.Code) != chancery.StateOf(agent.Code)) {
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
	if class == gets || class == hinders {
		// "welcomed the president's words", "banned the leader of the opposition"
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
		ts = slices.DeleteFunc(ts, func(t thing) bool { return t.kind != "detainee" || t.trust < likely })
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
			if p, ok := r.deepOwner(sentence, obj, 0); ok && (!found || chancery.StateOf(p.Code) != chancery.StateOf(second.Code)) {
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
			if p, ok := r.deepOwner(sentence, obj, 0); ok && chancery.StateOf(p.Code) != chancery.StateOf(agent.Code) {
				second, found = p, true
			}
		case eases:
			second, found = r.inSentence(sentence, obj, agent)
		}
		if !found && class == hinders && s.Child(obj, "nmod:poss") >= 0 {
			return // "cut its costs"
		}
		if !found {
			if class == hands {
				second, found = r.wantedBy(sentence, obj, agent)
			}
		}
		if !found && class != hands && !moves[lemma] {
			wide := class == gives && (lemma == "offer" || lemma == "provide" || lemma == "grant" || lemma == "promise" || lemma == "pledge" || lemma == "extend")
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
	if clause.Negation(s, obj) >= 0 && (status == chancery.Delivered || status == chancery.Happened) {
		status = chancery.Withheld // "gave no aid"
	}
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
	if class == shares && status != chancery.Requested && (lemma != "share" || !aside || clause.Oblique(s, obj, "between") >= 0) {
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

// moves are verbs whose object need not go to anybody: "sent jets to destroy".
var moves = map[string]bool{"send": true, "deploy": true, "dispatch": true}

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

// wantedBy gives whom an arrest or a release serves where it is not said: the
// other state that the text is about, named in the sentence beside those taken
// ("the man accused of killing Malian soldiers"). A state's police that only
// arrests a foreigner hands over nobody.
func (r *reader) wantedBy(sentence, obj int, agent chancery.Party) (chancery.Party, bool) {
	other, ok := r.counterpart(agent)
	if !ok {
		return chancery.Party{}, false
	}
	s := &r.doc.Sentences[sentence]
	for t := range s.Tokens {
		if u := s.Tokens[t].UPOS; u != "PROPN" && u != "NOUN" || s.Tokens[t].Head == obj {
			continue
		}
		if p, ok := r.party(sentence, t); ok && chancery.StateOf(p.Code) == chancery.StateOf(other.Code) {
			return p, true
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

// datives are the verbs that take a receiver before the thing (Levin 1993, 2.1).
var datives = func() map[string]bool {
	out := make(map[string]bool)
	for w := range strings.FieldsSeq(`offer give sell grant lend pay promise hand send award provide allow pledge supply`) {
		out[w] = true
	}
	return out
}()
