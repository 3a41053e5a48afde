package english

import "strings"

// speech are verbs that introduce what somebody says.
var speech = map[string]bool{"say": true, "tell": true, "add": true, "state": true, "note": true, "ask": true, "argue": true, "claim": true,
	"insist": true, "explain": true, "declare": true, "announce": true, "warn": true, "reply": true, "write": true, "stress": true,
	"emphasise": true, "emphasize": true, "reiterate": true, "remark": true, "comment": true, "admit": true, "acknowledge": true,
	"respond": true, "answer": true, "recall": true, "confirm": true, "deny": true, "observe": true, "conclude": true, "continue": true,
	"tweet": true, "post": true, "suggest": true, "urge": true, "vow": true, "promise": true, "quip": true, "joke": true, "caution": true}

// speakers gives for every quotation, by its number, the sentence and token of
// the head of the phrase that names who says it, or -1 and -1. In order of
// preference: a name after a dash at its end, the subject of a verb of saying
// in its sentence, the subject of one in a sentence before that leads up to it.
func (r *mentionReader) speakers() [][2]int {
	n := 0
	for i := range r.quotes {
		for _, q := range r.quotes[i] {
			n = max(n, int(q))
		}
	}
	out := make([][2]int, n+1)
	strength := make([]int, n+1)
	for q := range out {
		out[q] = [2]int{-1, -1}
	}
	set := func(q int32, s, t, how int) {
		if how > strength[q] {
			out[q], strength[q] = [2]int{s, t}, how
		}
	}
	for i := range r.doc.Sentences {
		s := &r.doc.Sentences[i]
		var here []int32 // the quotations in this sentence
		for t, q := range r.quotes[i] {
			if q > 0 && (len(here) == 0 || here[len(here)-1] != q) {
				here = append(here, q)
			}
			// "…” – Ann Holt": the dash follows the closing mark.
			if q == 0 && t > 1 && len(here) > 0 && isDash(s.Tokens[t].Form) && r.quotes[i][t-2] > 0 {
				for k := t + 1; k < len(s.Tokens) && k <= t+6; k++ {
					if s.Tokens[k].UPOS == "PROPN" {
						set(here[len(here)-1], i, headInRun(s, k), 3)
						break
					}
				}
			}
		}
		subject := r.sayer(i)
		if subject < 0 {
			continue
		}
		for _, q := range here {
			set(q, i, subject, 2)
		}
		// "He stated," and the quotation on the next line.
		if last := s.Tokens[len(s.Tokens)-1].Form; len(here) == 0 && (last == ":" || last == ",") && i+1 < len(r.quotes) {
			if q := r.quotes[i+1]; len(q) > 1 && q[1] > 0 {
				set(q[1], i, subject, 1)
			}
		}
	}
	return out
}

func isDash(form string) bool { return form == "–" || form == "—" || form == "-" || form == "--" }

// headInRun climbs from a proper noun to the head of the name it is in.
func headInRun(s *Sentence, k int) int {
	for n := 0; n < 8; n++ {
		h := s.Tokens[k].Head
		if h < 0 || s.Tokens[h].UPOS != "PROPN" {
			return k
		}
		rel, _, _ := strings.Cut(s.Tokens[k].Rel, ":")
		if rel != "flat" && rel != "compound" {
			return k
		}
		k = h
	}
	return k
}

// sayer gives the subject, outside quotations, of a verb of saying in the
// sentence, or -1.
func (r *mentionReader) sayer(sentence int) int {
	s := &r.doc.Sentences[sentence]
	for t := range s.Tokens {
		h := s.Tokens[t].Head
		if s.Tokens[t].Rel == "nsubj" && h >= 0 && r.quotes[sentence][t] == 0 && r.quotes[sentence][h] == 0 && speech[s.Tokens[h].Lemma] {
			return t
		}
	}
	return -1
}
