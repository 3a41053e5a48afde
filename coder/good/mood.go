package good

import (
	"strings"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
)

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
