package collate

import (
	"slices"
	"strings"
	"unicode"

	"chancery"
)

// said is a quote with its words.
type said struct {
	account *Account
	quote   *chancery.Quote
	words   []string
}

// fewestWords is how many words a quote must have for its return under another
// name to mean anything.
const fewestWords = 5

// twoSpeakers finds the same words given to two people.
func twoSpeakers(x *index) []Finding {
	var all []said
	for i := range x.accounts {
		a := &x.accounts[i]
		for k := range a.Reading.Quotes {
			q := &a.Reading.Quotes[k]
			if w := plainWords(q.Text.Of(a.Article.Text)); len(w) >= fewestWords && q.Speaker.Name != "" {
				all = append(all, said{a, q, w})
			}
		}
	}
	// Quotes that share a run of words meet under that run.
	byRun := map[string][]int{}
	for i := range all {
		seen := map[string]bool{}
		for k := 0; k+fewestWords <= len(all[i].words); k++ {
			run := strings.Join(all[i].words[k:k+fewestWords], " ")
			if !seen[run] {
				seen[run] = true
				byRun[run] = append(byRun[run], i)
			}
		}
	}
	var out []Finding
	met := map[[2]int]int{}
	for _, p := range byRun {
		if len(p) > crowded {
			continue
		}
		for i := range p {
			for _, j := range p[i+1:] {
				met[[2]int{p[i], j}]++
			}
		}
	}
	for _, p := range sortedPairs(met) {
		a, b := &all[p[0]], &all[p[1]]
		shorter := min(len(a.words), len(b.words))
		share := float64(met[p]+fewestWords-1) / float64(shorter)
		if share < .7 || samePerson(a.quote.Speaker, b.quote.Speaker) || a.account.Article.ReprintOf != "" && original(a.account.Article) == original(b.account.Article) {
			continue
		}
		out = append(out, Finding{Kind: TwoSpeakers, Sure: min(.95, share*.95), About: "whose words these are", Passages: []Passage{
			passage(a.account.Article, a.quote.Sentence, a.quote.ID, a.quote.Speaker.Name),
			passage(b.account.Article, b.quote.Sentence, b.quote.ID, b.quote.Speaker.Name),
		}})
	}
	return out
}

func sortedPairs(met map[[2]int]int) [][2]int {
	out := make([][2]int, 0, len(met))
	for p := range met {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return out
}

// tagAgainstProse finds quotes whose tag line and prose name different speakers.
func tagAgainstProse(x *index) []Finding {
	var out []Finding
	for i := range x.accounts {
		a := &x.accounts[i]
		for k := range a.Reading.Quotes {
			q := &a.Reading.Quotes[k]
			if q.ProseSpeaker == nil || samePerson(q.Speaker, *q.ProseSpeaker) {
				continue
			}
			tag, prose := passage(a.Article, q.Sentence, q.ID, q.Speaker.Name+" (tag line)"), passage(a.Article, q.Sentence, q.ID, q.ProseSpeaker.Name+" (prose)")
			if s, ok := sentenceOf(a, q.ProseSpeaker.Mention); ok {
				prose.Range, prose.Text = s, s.Of(a.Article.Text)
			}
			out = append(out, Finding{Kind: TagAgainstProse, Sure: .9, About: "whose words these are", Passages: []Passage{prose, tag}})
		}
	}
	return out
}

// sentenceOf is the sentence that holds a mention.
func sentenceOf(a *Account, mention chancery.ByteRange) (chancery.ByteRange, bool) {
	if mention.IsZero() {
		return mention, false
	}
	for _, s := range a.Reading.Sentences {
		if s.Contains(mention) {
			return s, true
		}
	}
	return mention, false
}

// samePerson reports whether two names may be one person's: their last words
// agree, or one is a part of the other.
func samePerson(a, b chancery.Party) bool {
	x, y := plainWords(a.Name), plainWords(b.Name)
	if len(x) == 0 || len(y) == 0 {
		return true // nothing to tell them apart by
	}
	return x[len(x)-1] == y[len(y)-1] || subset(x, y) || subset(y, x)
}

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
}

// plainWords gives the words of a text in lower case, without punctuation.
func plainWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' })
}
