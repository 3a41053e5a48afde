package good

import (
	"chancery"
	"chancery/coder/clause"
)

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
