package english

import (
	_ "embed"
	"strings"

	"chancery/english/neural"
)

// irregular.txt lists past forms of verbs that no rule makes, with the verb:
// the single words of WordNet 3.0's verb.exc (Princeton University, WordNet
// licence) that end in neither "-ing" nor a plain "-ed".
//
//go:embed irregular.txt
var irregularForms string

// irregulars reads the list: past form to verb.
func irregulars() map[string]string {
	m := make(map[string]string, strings.Count(irregularForms, "\n"))
	for line := range strings.Lines(irregularForms) {
		if form, verb, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " "); ok {
			m[form] = verb
		}
	}
	return m
}

// mend gives the lemma of a verb in the past whose form is irregular, and of
// plurals in "-men", and gives regular verbs the "e" that makes their lemma a word;
// the network guesses endings and has not seen every such verb ("sought",
// "deplored") or noun ("fishermen").
func (p *Pipeline) mend(t *Token) {
	if t.XPOS == "NNS" {
		if stem, ok := strings.CutSuffix(strings.ToLower(t.Form), "men"); ok {
			t.Lemma = stem + "man"
		}
	}
	if t.XPOS == "VBD" || t.XPOS == "VBN" {
		if verb, ok := p.irregular[strings.ToLower(t.Form)]; ok {
			t.Lemma = verb
			return
		}
	}
	switch t.XPOS {
	case "VBD", "VBN", "VBG", "VBZ":
		if p.network == nil || p.isWord(t.Lemma) {
			return
		}
		if with := t.Lemma + "e"; p.isWord(with) {
			t.Lemma = with
		} else if without, ok := strings.CutSuffix(t.Lemma, "e"); ok && p.isWord(without) {
			t.Lemma = without
		}
	}
}

// isWord reports whether a form is among those that have a frozen vector.
func (p *Pipeline) isWord(form string) bool {
	_, ok := p.network.Vectors().Row(neural.Key(form))
	return ok
}
