package good

import (
	"slices"
	"strings"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
)

// asking reads verbs of asking: for a thing, or that somebody do something.
func (r *reader) asking(sentence, v int, agent chancery.Party, known bool) {
	s := &r.doc.Sentences[sentence]
	status, _ := r.mood(s, v, chancery.Requested)
	if status != chancery.Requested && status != chancery.Refused && status != chancery.Planned && status != chancery.Proposed {
		status = chancery.Requested
	}
	obj := object(s, v)
	if i := s.Child(v, "iobj"); i >= 0 && obj < 0 {
		obj = i // "asked Mali for …"
	}
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
		if p, ok := r.party(sentence, obj); ok && known && chancery.StateOf(p.Code) != chancery.StateOf(agent.Code) && comp < 0 {
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
		if p, ok := r.deepOwner(sentence, obj, 0); ok && (known && chancery.StateOf(p.Code) == chancery.StateOf(agent.Code) || !known && isContinuing(s)) {
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
		if giver, ok = r.deepOwner(sentence, obj, 0); ok && chancery.StateOf(giver.Code) == chancery.StateOf(agent.Code) {
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
	if clause.Is(s, comp, "xcomp") && object(s, v) < 0 && s.Child(v, "iobj") < 0 && s.Child(comp, "nsubj", "nsubj:pass") < 0 {
		return // "seeks to buy": what the asker means to do himself
	}
	doer := clause.Subject(s, comp)
	if clause.IsPassive(s, comp) {
		doer = clause.Agent(s, comp)
	}
	giver, ok := r.party(sentence, doer)
	if ok && known && chancery.StateOf(giver.Code) == chancery.StateOf(agent.Code) {
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
			ts = slices.DeleteFunc(ts, func(t thing) bool {
				return relations[clause.Lemma(s, t.head)] || relations[strings.ToLower(s.Tokens[t.head].Form)]
			})
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
