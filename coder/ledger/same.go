package ledger

import (
	"strings"
	"unicode"

	"chancery"
)

// find gives the line that an entry goes on with: the same kind, and words in
// common that tell this good from others of its kind; nil for none.
func find(lines []*Line, e Entry) *Line {
	g := e.Event.Good
	words := telling(g.Phrase.Of(e.Article.Text))
	var best *Line
	most := 0.0
	for _, l := range lines {
		if l.Kind != g.Kind {
			continue
		}
		shared := 0
		for _, w := range words {
			if l.words[w] {
				shared++
			}
		}
		score := 0.0
		switch {
		case shared > 0:
			score = float64(shared) / float64(min(len(words), len(l.words)))
		case len(words) == 0 && len(l.words) == 0:
			score = 0.5
		}
		if sameAmount(l.Amount, g.Amount) {
			score += 0.5
		}
		// The same exchange told again, or the same breath, makes a vague word
		// ("access") mean the good that was named.
		if score > most && score >= leastAlike {
			best, most = l, score
		}
	}
	return best
}

// leastAlike is the least share of the shorter phrase's words that two phrases
// for one good have in common.
const leastAlike = 0.34

func sameAmount(a, b *chancery.Amount) bool {
	return a != nil && b != nil && a.Unit == b.Unit && a.Low == b.Low && a.High == b.High
}

// telling gives the words of a phrase that tell a good from others, as stems in
// the order of the phrase: no articles, prepositions or numbers.
func telling(phrase string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool { return !unicode.IsLetter(r) && r != '’' && r != '\'' }) {
		w = strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "'s")
		if len(w) < 3 || plain[w] {
			continue
		}
		out = append(out, stem(w))
	}
	return out
}

// stem takes the plain endings of number off a word.
func stem(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 5:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

var plain = func() map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(`the and for its his her their our with from that this those these any some such other
		including include into upon over under between within about more most new own also only not all each per than`) {
		m[w] = true
	}
	return m
}()
