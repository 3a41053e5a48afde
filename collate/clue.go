package collate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"chancery"
)

// ClueKind is what sort of thing a clue is.
type ClueKind string

// The kinds of clue.
const (
	FigureClue   ClueKind = "figure"
	DatedClue    ClueKind = "date"     // a sentence with one full date
	QuoteClue    ClueKind = "quote"    //
	TitleClue    ClueKind = "title"    // a person with a grade or an office
	SpellingClue ClueKind = "spelling" // of a person's last name
	DenialClue   ClueKind = "denial"   // "No such offer was made"
	OpeningClue  ClueKind = "opening"  // the first sentence of an article
)

// Clue is something in an article that may agree or disagree with what another
// article has. Clues of a kind meet under the keys they have in common; a denial
// meets the reports of the bucket that a key names.
type Clue struct {
	Kind     ClueKind           `json:"kind"`
	Keys     []string           `json:"keys"` // sorted, each once
	Sentence chancery.ByteRange `json:"sentence"`
	Record   string             `json:"record,omitempty"` // record id
	Says     string             `json:"says"`             // what it says that another may say otherwise

	Words Hashes `json:"words,omitempty"` // what tells one thing from another in the sentence
	Names Hashes `json:"names,omitempty"` // the names and numbers among them

	Heads  Hashes  `json:"heads,omitempty"`  // of a figure: the words of what it counts
	Of     string  `json:"of,omitempty"`     // as printed
	Count  Count   `json:"count,omitzero"`   //
	Others []Count `json:"others,omitempty"` // all figures of its article

	Day     int    `json:"day,omitempty"`     // of a date
	Parties Hashes `json:"parties,omitempty"` // words of the names of actors in its sentence

	Wording []string `json:"wording,omitempty"` // of a quote: its words
	Name    string   `json:"name,omitempty"`    // of the speaker or the person
	Code    string   `json:"code,omitempty"`    //
	Ladder  ladder   `json:"ladder,omitempty"`  // of a title
	Title   string   `json:"title,omitempty"`   // without "former"
	Past    bool     `json:"past,omitempty"`    // "former"
}

// Met is a clue with its article.
type Met struct {
	*Clue
	Brief *Brief
}

func (m *Met) compare(o *Met) int {
	return cmp.Or(m.Brief.compare(o.Brief), cmp.Compare(m.Sentence.Start, o.Sentence.Start), strings.Compare(m.Record, o.Record), strings.Compare(m.Says, o.Says), strings.Compare(m.Name, o.Name))
}

func (m *Met) passage() Passage {
	return Passage{Article: m.Brief.Article, Source: m.Brief.Source, Range: m.Sentence, Record: m.Record, Says: m.Says}
}

// crowded is from how many records on a key no longer brings each two of them
// together: pairs grow with the square, and what hundreds of accounts share
// tells none of them apart.
const crowded = 200

// Under gives what the clues of one kind show that meet under a key: all of
// them, in any order. Denials show nothing by themselves.
func Under(kind ClueKind, met []Met) []Finding {
	slices.SortFunc(met, func(a, b Met) int { return a.compare(&b) })
	switch kind {
	case FigureClue:
		return numbersDisagree(met)
	case DatedClue:
		return datesDisagree(met)
	case QuoteClue:
		return twoSpeakers(met)
	case TitleClue:
		return rolesDisagree(met)
	case SpellingClue:
		return twoNames(met)
	case OpeningClue:
		return reprints(met)
	}
	return nil
}

// IsBounded reports whether clues of the kind show nothing when more than
// MostUnder of them meet under a key.
func (k ClueKind) IsBounded() bool { return k == FigureClue || k == DatedClue || k == QuoteClue }

// MostUnder is how many clues of a bounded kind may meet under a key; of the
// other kinds it is how many with the same Says count, the first in the order of
// their articles.
const MostUnder = crowded

// keysOf makes the keys of a clue from what it shares with others.
func keysOf(kind ClueKind, what []string) []string {
	out := make([]string, len(what))
	for i, w := range what {
		out[i] = string(kind) + " " + w
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func hashNames(words []uint64) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fmt.Sprintf("%x", w)
	}
	return out
}

// firstFew keeps what each article says once, and of each thing said alike the
// first few articles': the others would only say it again.
func firstFew(met []Met) []Met {
	seen, count := map[string]bool{}, map[string]int{}
	var out []Met
	for _, m := range met {
		if key := m.Brief.Article + "|" + m.Says; !seen[key] && count[m.Says] < MostUnder {
			seen[key] = true
			count[m.Says]++
			out = append(out, m)
		}
	}
	return out
}
