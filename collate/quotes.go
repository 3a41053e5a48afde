package collate

import (
	"slices"
	"strings"
	"unicode"

	"chancery"
)

// fewestWords is how many words a quote must have for its return under another
// name to mean anything.
const fewestWords = 5

// quoteClues gives the quotes with a speaker. They meet under some of the runs of
// fewestWords words they share, chosen so that two quotes with runOf words in
// common meet: of each few runs the one with the least hash (winnowing;
// Schleimer, Wilkerson and Aiken 2003).
func quoteClues(a Account) []Clue {
	var out []Clue
	for i := range a.Reading.Quotes {
		q := &a.Reading.Quotes[i]
		words := plainWords(q.Text.Of(a.Article.Text))
		if len(words) < fewestWords || q.Speaker.Name == "" {
			continue
		}
		out = append(out, Clue{Kind: QuoteClue, Keys: keysOf(QuoteClue, hashNames(winnow(runs(words)))), Sentence: q.Sentence, Record: q.ID, Says: q.Speaker.Name, Wording: words, Name: q.Speaker.Name})
	}
	return out
}

// runOf is how many words in a row two quotes must share to be sure to meet.
const runOf = 8

// runs gives the hashes of all runs of fewestWords words.
func runs(words []string) []uint64 {
	var out []uint64
	for k := 0; k+fewestWords <= len(words); k++ {
		out = append(out, hashWord(strings.Join(words[k:k+fewestWords], " ")))
	}
	return out
}

// winnow gives of each runOf-fewestWords+1 hashes in a row the least.
func winnow(hashes []uint64) []uint64 {
	const window = runOf - fewestWords + 1
	var out []uint64
	for k := 0; k == 0 || k+window <= len(hashes); k++ {
		if w := slices.Min(hashes[k:min(k+window, len(hashes))]); len(out) == 0 || out[len(out)-1] != w {
			out = append(out, w)
		}
	}
	return out
}

// twoSpeakers finds, among the quotes that meet under a run of words, the same
// words given to two people.
func twoSpeakers(all []Met) []Finding {
	if len(all) > crowded {
		return nil
	}
	of := make([][]uint64, len(all))
	for i := range all {
		of[i] = runs(all[i].Wording)
		slices.Sort(of[i])
		of[i] = slices.Compact(of[i])
	}
	var out []Finding
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			a, b := &all[i], &all[j]
			shorter := min(len(a.Wording), len(b.Wording))
			share := min(1, float64(shared(of[i], of[j])+fewestWords-1)/float64(shorter))
			if share < .7 || samePerson(a.Name, b.Name) || a.Brief.Article != b.Brief.Article && !independent(a.Brief, b.Brief) || superseded(a.Brief, b.Brief) {
				continue
			}
			out = append(out, Finding{Kind: TwoSpeakers, Sure: min(.95, share*.95), About: "whose words these are", Passages: []Passage{a.passage(), b.passage()}})
		}
	}
	return out
}

// tagAgainstProse finds quotes whose tag line and prose name different speakers.
func tagAgainstProse(a Account) []Finding {
	var out []Finding
	for k := range a.Reading.Quotes {
		q := &a.Reading.Quotes[k]
		if q.ProseSpeaker == nil || samePerson(q.Speaker.Name, q.ProseSpeaker.Name) {
			continue
		}
		tag, prose := passage(a.Article, q.Sentence, q.ID, q.Speaker.Name+" (tag line)"), passage(a.Article, q.Sentence, q.ID, q.ProseSpeaker.Name+" (prose)")
		if s, ok := sentenceOf(a, q.ProseSpeaker.Mention); ok {
			prose.Range = s
		}
		out = append(out, Finding{Kind: TagAgainstProse, Sure: .9, About: "whose words these are", Passages: []Passage{prose, tag}})
	}
	return out
}

// sentenceOf is the sentence that holds a mention.
func sentenceOf(a Account, mention chancery.ByteRange) (chancery.ByteRange, bool) {
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
func samePerson(a, b string) bool {
	x, y := plainWords(a), plainWords(b)
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
