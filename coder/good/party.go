package good

import (
	"cmp"
	"slices"

	"chancery"
	"chancery/coder/clause"
	"chancery/coder/voice"
	"chancery/english"
)

// survey counts whom the text speaks of: the two states named most are the
// sides of an account where a sentence names only one.
func (r *reader) survey() {
	counts := make(map[string]int)
	sentences := make(map[string]int) // that speak of the state
	last := make(map[string]int)      // of them, counted from 1
	party := make(map[string]chancery.Party)
	var order []string
	for i := range r.doc.Sentences {
		for t := range r.doc.Sentences[i].Tokens {
			u := r.doc.Sentences[i].Tokens[t].UPOS
			if u != "PROPN" && u != "ADJ" && u != "NOUN" {
				continue
			}
			p, ok := r.cast.Party(i, t)
			if !ok {
				p, ok = r.cast.Adjective(i, t)
			}
			if !ok || !isState(p.Code) || !r.canBeUnderstood(i, t, p) {
				continue
			}
			code := chancery.StateOf(p.Code)
			if last[code] != i+1 {
				last[code] = i + 1
				sentences[code]++
			}
			if counts[code] == 0 {
				order = append(order, code)
				party[code] = chancery.Party{Code: code, Name: p.Name}
			}
			if p.Code == code {
				party[code] = chancery.Party{Code: code, Name: p.Name}
			}
			counts[code]++
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	for i := range min(2, len(order)) {
		if sentences[order[i]] > 1 { // named in one sentence, it is not what the text is about
			r.pair[i] = party[order[i]]
		}
	}
}

// party gives whom a token denotes; a party without a code is of no use in an
// account.
func (r *reader) party(sentence, token int) (chancery.Party, bool) {
	if token < 0 {
		return chancery.Party{}, false
	}
	p, ok := r.cast.Party(sentence, token)
	if !ok || p.Code == "" {
		ps := r.cast.Parties(sentence, token)
		if len(ps) == 0 || ps[0].Code == "" {
			return chancery.Party{}, false
		}
		p = ps[0]
	}
	return p, true
}

// owner gives the party that a noun phrase says it belongs to: "Iran’s bases",
// "Iranian oil", "bases in Iran", "the refusal of Iran".
func (r *reader) owner(sentence, head int) (chancery.Party, bool) {
	s := &r.doc.Sentences[sentence]
	for c := range s.Children(head) {
		if clause.Is(s, c, "nmod:poss") {
			if p, ok := r.party(sentence, c); ok {
				return p, true
			}
		}
	}
	for c := range s.Children(head) {
		if clause.Is(s, c, "amod", "compound") {
			if p, ok := r.cast.Adjective(sentence, c); ok {
				return p, true
			}
			if p, ok := r.party(sentence, c); ok && s.Tokens[c].UPOS == "PROPN" {
				return p, true
			}
		}
	}
	for c := range s.Children(head) {
		if clause.Is(s, c, "nmod") {
			switch clause.Case(s, c) {
			case "of", "in", "by", "from":
				if p, ok := r.party(sentence, c); ok {
					return p, true
				}
			}
		}
	}
	return chancery.Party{}, false
}

// deepOwner is owner of the phrase, or of the first noun under it that has one:
// "access to Iran’s bases".
func (r *reader) deepOwner(sentence, head, depth int) (chancery.Party, bool) {
	if p, ok := r.owner(sentence, head); ok {
		return p, true
	}
	if depth > 3 {
		return chancery.Party{}, false
	}
	s := &r.doc.Sentences[sentence]
	for c := range s.Children(head) {
		if clause.Is(s, c, "nmod", "conj", "obj", "compound") {
			if p, ok := r.deepOwner(sentence, c, depth+1); ok {
				return p, true
			}
		}
	}
	return chancery.Party{}, false
}

// other gives the counterpart of a party where the clause names none: another
// state in the sentence, the other side of the last transfer, or the other of
// the two states the text is about.
func (r *reader) other(sentence, near int, p chancery.Party, wide bool) (chancery.Party, bool) {
	if q, ok := r.inSentence(sentence, near, p); ok {
		return q, true
	}
	if !wide {
		return chancery.Party{}, false
	}
	return r.partner(sentence, p)
}

// partner gives the other side of the last transfer that a party took part in,
// or the other of the two states the text is about.
func (r *reader) partner(sentence int, p chancery.Party) (chancery.Party, bool) {
	for i := len(r.transfers) - 1; i >= 0 && r.transfers[i].sentence >= sentence-3; i-- {
		t := &r.transfers[i]
		switch chancery.StateOf(p.Code) {
		case chancery.StateOf(t.giver.Code):
			return bare(t.receiver), true
		case chancery.StateOf(t.receiver.Code):
			return bare(t.giver), true
		}
	}
	return r.counterpart(p)
}

// counterpart gives the other of the two states the text is about.
func (r *reader) counterpart(p chancery.Party) (chancery.Party, bool) {
	switch chancery.StateOf(p.Code) {
	case r.pair[0].Code:
		return r.pair[1], r.pair[1].Code != ""
	case r.pair[1].Code:
		return r.pair[0], r.pair[0].Code != ""
	}
	return chancery.Party{}, false
}

// bare is a party that is only understood.
func bare(p chancery.Party) chancery.Party {
	p.Mention = chancery.ByteRange{}
	return p
}

// inSentence gives the state nearest to a token that is not p's. The two states
// that the text is about come before any other.
func (r *reader) inSentence(sentence, near int, p chancery.Party) (chancery.Party, bool) {
	s := &r.doc.Sentences[sentence]
	best, distance := chancery.Party{}, 1<<30
	for t := range s.Tokens {
		if s.Tokens[t].UPOS != "PROPN" && s.Tokens[t].UPOS != "NOUN" && s.Tokens[t].UPOS != "PRON" {
			continue // a state's adjective says where a thing is from
		}
		if h := s.Tokens[t].Head; h >= 0 && clause.Is(s, t, "nsubj") && voice.IsReport(clause.Lemma(s, h)) && s.Child(h, "ccomp", "parataxis") >= 0 || clause.Is(s, t, "nsubj") && h >= 0 && clause.Is(s, h, "parataxis") {
			continue // who only tells of it
		}
		q, ok := r.party(sentence, t)
		if !ok || !isState(q.Code) || chancery.StateOf(q.Code) == chancery.StateOf(p.Code) || !r.canBeUnderstood(sentence, t, q) {
			continue
		}
		d := t - near
		if d < 0 {
			d = -d
		}
		if c := chancery.StateOf(q.Code); c != r.pair[0].Code && c != r.pair[1].Code {
			d += len(s.Tokens)
		}
		if d < distance {
			best, distance = q, d
		}
	}
	return best, distance < 1<<30
}

// canBeUnderstood reports whether a party may be the other side of an act that
// does not name it: a state or who acts for one, no body and no newspaper.
func (r *reader) canBeUnderstood(sentence, token int, p chancery.Party) bool {
	if p.Code == chancery.StateOf(p.Code) {
		k := r.cast.Kind(sentence, token)
		return k == "state" || k == "person" || k == ""
	}
	switch p.Code[3:] {
	case "MED", "BUS", "EDU", "NGO", "LAB":
		return false
	}
	return true
}

// third reports whether a sentence names a state besides two.
func (r *reader) third(sentence int, p, q chancery.Party) bool {
	for t := range r.doc.Sentences[sentence].Tokens {
		o, ok := r.party(sentence, t)
		if !ok {
			o, ok = r.cast.Adjective(sentence, t)
		}
		if c := chancery.StateOf(o.Code); ok && isState(o.Code) && c != chancery.StateOf(p.Code) && c != chancery.StateOf(q.Code) {
			return true
		}
	}
	return false
}

// isState reports whether a code belongs to a state, or to a body of its own as
// short as one; a sector alone ("REB") is nobody in particular.
func isState(code string) bool {
	return len(chancery.StateOf(code)) == 3 && !slices.Contains(chancery.Sectors(), code)
}

// isParty reports whether a token names a party at all.
func (r *reader) isParty(sentence, token int) bool {
	if _, ok := r.party(sentence, token); ok {
		return true
	}
	_, ok := r.cast.Adjective(sentence, token)
	return ok
}

// content reports whether a token says something of a thing's kind.
func content(s *english.Sentence, i int) bool {
	switch s.Tokens[i].UPOS {
	case "NOUN", "ADJ", "VERB":
		return true
	case "PROPN":
		return !clause.Is(s, i, "flat")
	}
	return false
}
