// Package collate lays many accounts of one thing beside each other: which
// events of which articles report the same occurrence (a happening), where
// the accounts differ (a finding), and what each source covers.
//
// In: articles with their current readings. Out: happenings, findings and
// sources, a function of the set of articles alone: the order in which they
// arrive never shows. It states facts about texts and never says who is right;
// it stores nothing and parses nothing.
//
// Everything is local, so that an article can be added without looking at all
// the others again. An account is reduced to what can be compared (Extract):
// its reports, which meet in buckets of two parties and a year, and its clues,
// which meet under the keys they have in common. What is found in a bucket or
// under a key follows from what is there and from nothing else; no count is
// taken over the whole record. All puts the parts together in memory; a store
// does so for what has changed.
package collate

import (
	"cmp"
	"reflect"
	"strings"

	"chancery"
)

// Account is an article with its current reading.
type Account struct {
	Article *chancery.Article
	Reading *chancery.Reading
}

// Brief is what is known of an article wherever its reports and clues are
// compared.
type Brief struct {
	Article   string `json:"article"` // id
	Name      string `json:"name"`
	Source    string `json:"source"`
	Published int    `json:"published"`          // day, NoDay when not given
	Original  string `json:"original"`           // id of the article this one repeats, else its own: reprints are one voice
	Corrects  bool   `json:"corrects,omitempty"` // the source takes back what it had printed before
	// Coverage is only needed to describe the source, and far larger than the rest: it
	// is kept apart.
	Coverage Coverage `json:"-"`
}

func brief(a Account) Brief {
	return Brief{Article: a.Article.ID, Name: a.Article.Name, Source: a.Article.Source, Published: published(a.Article), Original: cmp.Or(a.Article.ReprintOf, a.Article.ID),
		Corrects: corrects(a.Article)}
}

// published is the day of publication, NoDay when not given.
func published(a *chancery.Article) int {
	if a.Published.IsZero() {
		return NoDay
	}
	return days(a.Published.First().Unix())
}

// IsSame reports whether two briefs say the same of an article, whatever it covers.
func (b *Brief) IsSame(o *Brief) bool {
	x, y := *b, *o
	x.Coverage, y.Coverage = Coverage{}, Coverage{}
	return reflect.DeepEqual(x, y)
}

// isReprint reports whether the article mostly repeats another.
func (b *Brief) isReprint() bool { return b.Original != b.Article }

// compare is the order of articles: by name, then by id.
func (b *Brief) compare(o *Brief) int {
	return cmp.Or(strings.Compare(b.Name, o.Name), strings.Compare(b.Article, o.Article))
}

// independent reports whether two articles are two voices.
func independent(a, b *Brief) bool { return a.Original != b.Original }

// superseded reports whether one of two articles of the same source corrects
// the other: then their difference is no contradiction.
func superseded(a, b *Brief) bool { return a.Source == b.Source && (a.Corrects || b.Corrects) }

// corrects reports whether the source takes back what it had printed before.
func corrects(a *chancery.Article) bool {
	low := strings.ToLower(a.Title + "\n" + a.Text)
	for _, w := range []string{"correction:", "corrected version", "an earlier version", "we regret the error", "this article has been corrected", "correct the record"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// Extract is an account reduced to what can be compared with others.
type Extract struct {
	Brief   Brief
	Reports []Report  // its events, in the order of the text
	Clues   []Clue    // what meets others of its kind under a key
	Alone   []Finding // what the article shows by itself
}

// ExtractOf reduces an account. It is a function of the account alone.
func ExtractOf(a Account) Extract {
	own := newOwn(a)
	e := Extract{Brief: brief(a), Reports: reports(a, own)}
	dated := datedSentences(a)
	for _, clues := range [][]Clue{figureClues(a, own), datedClues(dated, own), quoteClues(a), titleClues(a), spellingClues(a), denialClues(a, own), {openingClue(a)}} {
		e.Clues = append(e.Clues, clues...)
	}
	for _, found := range [][]Finding{tagAgainstProse(a), repeatedPassages(a), impossibleDate(a, dated)} {
		e.Alone = append(e.Alone, found...)
	}
	e.Brief.Coverage = coverage(a, e.Reports)
	return e
}

// own knows the words by which an account tells one thing from another: those
// that are neither names of its actors nor commonplaces of the news.
type own map[uint64]bool

func newOwn(a Account) own {
	o := own{}
	for _, actor := range a.Reading.Actors {
		if actor.Kind == "person" && stateOf(actor.Code) == "" && len(actor.Mentions) < 2 {
			continue // a noun taken for a name
		}
		_, words := contents("x " + actor.Name) // the first word of a sentence is no name
		for _, w := range words {
			o[w] = true
		}
	}
	return o
}

// of leaves of the sorted hashes of words those that tell something.
func (o own) of(words []uint64) []uint64 {
	out := make([]uint64, 0, len(words))
	for _, w := range words {
		if !o[w] && !newsWords[w] {
			out = append(out, w)
		}
	}
	return out
}

// newsWords are in so many sentences of the news that two that share them need
// not be about one thing.
var newsWords = func() map[uint64]bool {
	m := map[uint64]bool{}
	for w := range strings.FieldsSeq("government official officials minister president foreign ministry statement country nation international leader people spokesman spokesperson") {
		m[hashWord(stem(w))] = true
	}
	return m
}()

// shared counts the hashes that both sorted sets have.
func shared(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch cmp.Compare(a[i], b[j]) {
		case -1:
			i++
		case 1:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}
