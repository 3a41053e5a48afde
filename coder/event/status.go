package event

import (
	"chancery"
)

// status says how far the act of a candidate got, and whether the candidate
// tells of an act at all: "did not attack" and "if it attacked" do not.
func (t *tree) status(c *candidate, typ chancery.EventType) (chancery.Status, bool) {
	top := c.trigger
	if len(c.path) > 0 {
		top = c.path[0]
	}
	negated := false
	modal := ""
	for _, i := range c.path {
		for _, k := range t.kids[i] {
			switch t.rel(k) {
			case "advmod":
				switch l := t.lemmas[k]; {
				case l == "not" || l == "never" || l == "n't":
					negated = !negated
				case l == "yet" && t.lemmas[i] == "have":
					negated = true // "has yet to recognise"
				}
			case "det":
				if t.lemmas[k] == "no" {
					negated = true
				}
			case "aux":
				if t.Tokens[k].XPOS == "MD" && modal == "" {
					modal = t.lemmas[k]
				}
			}
		}
		if i == c.trigger {
			break
		}
	}
	// "must ensure safety and provide water": the second verb shares the modal;
	// "will not go to meet him": what is not done for a purpose misses it.
	for i, n := top, 0; n < 3 && t.Tokens[i].Head >= 0; n++ {
		h := t.Tokens[i].Head
		shares := t.rel(i) == "conj" && t.Tokens[i].UPOS == "VERB" && !t.has(i, "nsubj", "aux")
		if !shares && !(t.isPurpose(i) && t.Tokens[h].UPOS == "VERB") {
			break
		}
		for _, k := range t.kids[h] {
			if shares && t.rel(k) == "aux" && t.Tokens[k].XPOS == "MD" && modal == "" {
				modal = t.lemmas[k]
			}
			if !shares && t.rel(k) == "advmod" && (t.lemmas[k] == "not" || t.lemmas[k] == "never") {
				negated = true
				if modal == "" && t.has(h, "aux") {
					modal = "will"
				}
			}
		}
		i = h
	}
	words := func(in map[string]bool) bool {
		for n, i := range c.path {
			l := t.lemmas[i]
			switch {
			case l == "open" && t.Tokens[i].UPOS != "ADJ":
				// "open to talks" offers, "talks opened" does not.
			case l == "set" && (n > 0 || !t.hasPassive(i)):
				// "is set to buy" plans, "set up" does not.
			case in[l]:
				return true
			}
			if t.Tokens[i].UPOS == "NOUN" || n+1 < len(c.path) && t.Tokens[c.path[n+1]].UPOS == "NOUN" && !isLight(l) {
				// "made an offer" offers, "welcomed the offer" does not.
				break
			}
		}
		return false
	}
	hypothetical := t.isSupposed(top)
	if t.isPurpose(top) && typ.QuadClass() <= chancery.MaterialCooperation {
		return chancery.Planned, false // "met to discuss Peru": the meeting is the act
	}

	switch typ {
	case chancery.Reject:
		switch {
		case words(renegeWords):
			if modal == "would" || modal == "could" || modal == "might" || modal == "may" || hypothetical {
				return chancery.Threatened, !hypothetical
			}
			return chancery.Reneged, !negated
		case words(denyWords):
			return chancery.Denied, !negated
		}
		return chancery.Refused, true
	case chancery.Request:
		return chancery.Requested, !(negated && hypothetical)
	case chancery.Threaten:
		return chancery.Threatened, !negated
	}
	if hypothetical {
		return chancery.Proposed, false
	}
	if negated {
		switch {
		case typ.QuadClass() > chancery.MaterialCooperation:
			return chancery.Denied, false
		case modal == "will" || modal == "would" || typ == chancery.Agree:
			return chancery.Refused, true
		case typ == chancery.Consult:
			return chancery.Denied, false
		}
		return chancery.Withheld, true
	}
	if words(denyWords) {
		return chancery.Denied, true
	}
	switch modal {
	case "will", "shall":
		if typ == chancery.Agree && words(offerWords) {
			return chancery.Offered, true
		}
		return chancery.Planned, true
	case "would":
		if t.isReported(top) {
			return chancery.Planned, true
		}
		return chancery.Proposed, true
	case "should", "must", "could", "might", "may", "can", "ought":
		return chancery.Proposed, true
	}
	switch {
	case words(offerWords):
		return chancery.Offered, true
	case words(requestWords) && typ.QuadClass() <= chancery.MaterialCooperation:
		return chancery.Requested, true
	case words(threatWords):
		return chancery.Threatened, true
	case words(planWords):
		return chancery.Planned, true
	case words(proposeWords):
		return chancery.Proposed, true
	case typ == chancery.Agree:
		return chancery.Agreed, true
	}
	if t.isPurpose(top) {
		return chancery.Planned, true
	}
	return chancery.Happened, true
}

// isSupposed reports whether token i stands in a clause that only supposes:
// "if it attacked", "unless it withdraws", "whether to join".
func (t *tree) isSupposed(i int) bool {
	for n := 0; i >= 0 && n < 12; n, i = n+1, t.Tokens[i].Head {
		for _, k := range t.kids[i] {
			if t.rel(k) == "mark" {
				switch t.lemmas[k] {
				case "if", "unless", "whether", "lest", "until":
					return true
				}
			}
		}
	}
	return false
}

// isReported reports whether the clause of token i is what somebody said:
// "said it would leave".
func (t *tree) isReported(i int) bool {
	for n := 0; i >= 0 && n < 4; n, i = n+1, t.Tokens[i].Head {
		if h := t.Tokens[i].Head; h >= 0 && (t.rel(i) == "ccomp" || t.rel(i) == "parataxis") {
			return t.Tokens[h].UPOS == "VERB"
		}
	}
	// The speech verb hangs below: "it would leave, the ministry said".
	for _, k := range t.kids[max(i, 0)] {
		if t.rel(k) == "parataxis" && isReport(t.lemmas[k]) {
			return true
		}
	}
	return false
}

// isPurpose reports whether token i heads an infinitive that says what for.
func (t *tree) isPurpose(i int) bool {
	if r := t.rel(i); r != "advcl" && r != "acl" {
		return false
	}
	k := t.kid(i, "mark")
	return k >= 0 && t.lemmas[k] == "to"
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// Words whose meaning is a status.
var (
	renegeWords = set("renege", "backtrack", "backpedal")
	denyWords   = set("deny", "denial", "refute")
	offerWords  = set("offer", "invite", "invitation", "propose", "volunteer", "willing", "willingness", "ready",
		"readiness", "open", "signal", "proposal", "prepared", "overture", "eager")
	requestWords = set("ask", "urge", "demand", "request", "seek", "call", "appeal", "press", "pressure")
	threatWords  = set("threaten", "threat", "warn", "warning")
	planWords    = set("plan", "intend", "intention", "expect", "decide", "decision", "consider", "prepare", "aim", "hope",
		"want", "wish", "try", "attempt", "schedule", "mull", "weigh", "due", "set", "likely", "vow", "expected")
	proposeWords = set("suggest", "recommend", "advise", "advocate")
)
