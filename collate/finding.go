package collate

import (
	"cmp"
	"slices"
	"strings"

	"chancery"
)

// FindingKind is what sort of thing a careful reader should know.
type FindingKind string

// The kinds of finding.
const (
	NumbersDisagree FindingKind = "numbers disagree"  // for the same thing
	DatesDisagree   FindingKind = "dates disagree"    // of the same act
	TwoSpeakers     FindingKind = "two speakers"      // the same words given to two people
	TagAgainstProse FindingKind = "tag against prose" // a quote's tag line names another than the sentence before it
	StatusDisagrees FindingKind = "status disagrees"  // one says it happened, another that it was offered, denied or planned
	RolesDisagree   FindingKind = "roles disagree"    // ranks or offices of one person
	TwoNames        FindingKind = "two names"         // two spellings of a person's name
	FirstStep       FindingKind = "first step"        // who asked, who offered
	SingleSource    FindingKind = "single source"     // a claim only one source makes though several tell the happening
	RepeatedPassage FindingKind = "repeated passage"  // within an article
	Reprint         FindingKind = "reprint"           // one article repeats most of another
	ImpossibleDate  FindingKind = "impossible date"   // published before what it reports
)

// FindingKinds lists all kinds in a fixed order.
func FindingKinds() []FindingKind {
	return []FindingKind{NumbersDisagree, DatesDisagree, TwoSpeakers, TagAgainstProse, StatusDisagrees, RolesDisagree,
		TwoNames, FirstStep, SingleSource, RepeatedPassage, Reprint, ImpossibleDate}
}

// Passage is one of the places a finding sets side by side.
type Passage struct {
	Article string             `json:"article"` // article id
	Source  string             `json:"source"`
	Range   chancery.ByteRange `json:"range"`
	Text    string             `json:"text"`
	Record  string             `json:"record,omitempty"` // record id
	Says    string             `json:"says"`             // what this passage has and the other has otherwise
}

// Finding is a fact about texts that a careful reader should know.
type Finding struct {
	ID       string      `json:"id"`
	Kind     FindingKind `json:"kind"`
	Sure     float64     `json:"sure"`  // 0..1
	About    string      `json:"about"` // a few words: "rank of Asim Munir"
	Passages []Passage   `json:"passages"`
}

// Findings gives what a careful reader should know of the accounts, by kind,
// then by article and place. happenings are those of the accounts' events. The
// result does not depend on the order of either.
func Findings(accounts []Account, happenings []Happening) []Finding {
	return newIndex(accounts, happenings).findings()
}

func (x *index) findings() []Finding {
	var all []Finding
	for _, find := range []func(*index) []Finding{
		numbersDisagree, datesDisagree, twoSpeakers, tagAgainstProse, allOf(statusDisagrees, refusedAndAgreed, denials), rolesDisagree,
		twoNames, firstStep, allOf(singleSource, loneSteps), repeatedPassage, reprints, impossibleDate,
	} {
		all = append(all, x.merge(find(x))...)
	}
	for i := range all {
		all[i].ID = findingID(&all[i])
	}
	return all
}

// allOf joins what several find of one kind.
func allOf(find ...func(*index) []Finding) func(*index) []Finding {
	return func(x *index) (all []Finding) {
		for _, f := range find {
			all = append(all, f(x)...)
		}
		return all
	}
}

func findingID(f *Finding) string {
	evidence := make([]chancery.Evidence, len(f.Passages))
	articles := make([]string, len(f.Passages))
	for i, p := range f.Passages {
		evidence[i] = chancery.Evidence{Role: chancery.RoleSentence, ByteRange: p.Range}
		articles[i] = p.Article
	}
	return "n" + chancery.RecordID(strings.Join(articles, " "), "finding", evidence, f.Kind)[1:]
}

// merge makes one finding of those of a kind that share a passage: three
// articles of which one disagrees with two are one disagreement.
func (x *index) merge(all []Finding) []Finding {
	type spot struct {
		article string
		start   int
		record  string // or what the finding is about, where no record shows it
	}
	u := newUnion(len(all))
	first := map[spot]int{}
	for i := range all {
		for _, p := range all[i].Passages {
			at := spot{p.Article, p.Range.Start, cmp.Or(p.Record, all[i].About)}
			if j, ok := first[at]; ok {
				u.join(i, j)
			} else {
				first[at] = i
			}
		}
	}
	place := map[string]int{}
	for i := range x.accounts {
		place[x.accounts[i].Article.ID] = i
	}
	var out []Finding
	at := map[int]int{} // root to place in out
	for i := range all {
		root := u.find(i)
		k, ok := at[root]
		if !ok {
			at[root] = len(out)
			out = append(out, all[i])
			continue
		}
		out[k].Sure = max(out[k].Sure, all[i].Sure)
		for _, p := range all[i].Passages {
			if !slices.Contains(out[k].Passages, p) {
				out[k].Passages = append(out[k].Passages, p)
			}
		}
	}
	for _, f := range out {
		slices.SortStableFunc(f.Passages, func(a, b Passage) int {
			return cmp.Or(cmp.Compare(place[a.Article], place[b.Article]), cmp.Compare(a.Range.Start, b.Range.Start))
		})
	}
	return out
}

// told is an event with where it stands.
type told struct {
	account *Account
	event   *chancery.Event
	report  Report
}

// index is the accounts as findings look at them: in the order of article name
// and place.
type index struct {
	accounts   []Account
	told       []told
	byEvent    map[string]int // event id to place in told
	happenings []Happening
	correcting map[string]bool  // articles, by id, that take back what their source had printed
	ofArticle  map[string][]int // article id to its places in told
	names      map[uint64]bool  // words of the names of actors
	count      map[uint64]int   // sentences that use a word
	sentences  int              // of all accounts
	dated      []dated          // sentences with one full date
}

func newIndex(accounts []Account, happenings []Happening) *index {
	accounts = slices.Clone(accounts)
	slices.SortFunc(accounts, func(a, b Account) int {
		return cmp.Or(strings.Compare(a.Article.Name, b.Article.Name), strings.Compare(a.Article.ID, b.Article.ID))
	})
	x := &index{accounts: accounts, byEvent: map[string]int{}, happenings: happenings, correcting: map[string]bool{}, names: map[uint64]bool{}, ofArticle: map[string][]int{}}
	x.countWords()
	x.dated = datedSentences(x)
	for i := range accounts {
		a := &accounts[i]
		for _, actor := range a.Reading.Actors {
			if actor.Kind == "person" && stateOf(actor.Code) == "" && len(actor.Mentions) < 2 {
				continue // a noun taken for a name
			}
			_, words := contents("x " + actor.Name) // the first word of a sentence is no name
			for _, w := range words {
				x.names[w] = true
			}
		}
		x.correcting[a.Article.ID] = corrects(a.Article)
		reports := Reports(*a)
		for k := range a.Reading.Events {
			x.byEvent[a.Reading.Events[k].ID] = len(x.told)
			x.ofArticle[a.Article.ID] = append(x.ofArticle[a.Article.ID], len(x.told))
			x.told = append(x.told, told{a, &a.Reading.Events[k], reports[k]})
		}
	}
	return x
}

// crowded is from how many records on a word, or a person's title, no longer
// brings each two of them together: pairs grow with the square, and what
// hundreds of accounts share tells none of them apart.
const crowded = 200

// passage shows the sentence of a record.
func passage(a *chancery.Article, sentence chancery.ByteRange, record, says string) Passage {
	return Passage{Article: a.ID, Source: a.Source, Range: sentence, Text: sentence.Of(a.Text), Record: record, Says: says}
}

// original is the article whose voice an article is.
func original(a *chancery.Article) string { return cmp.Or(a.ReprintOf, a.ID) }

// independent reports whether two articles are two voices.
func independent(a, b *chancery.Article) bool { return original(a) != original(b) }

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

// superseded reports whether one of two articles of the same source corrects
// the other: then their difference is no contradiction.
func (x *index) superseded(a, b *chancery.Article) bool {
	return a.Source == b.Source && (x.correcting[a.ID] || x.correcting[b.ID])
}
