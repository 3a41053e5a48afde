package collate

import (
	"cmp"
	"fmt"
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

func findingID(f *Finding) string {
	evidence := make([]chancery.Evidence, len(f.Passages))
	articles, about := make([]string, len(f.Passages)), make([]string, len(f.Passages))
	for i, p := range f.Passages {
		evidence[i] = chancery.Evidence{Role: chancery.RoleSentence, ByteRange: p.Range}
		articles[i], about[i] = p.Article, cmp.Or(p.Record, f.About)
	}
	return "n" + chancery.RecordID(strings.Join(articles, " "), "finding", evidence, append(about, string(f.Kind)))[1:]
}

// Spots gives the places by which findings of a kind are one: three articles of
// which one disagrees with two are one disagreement. Each is a hash.
func (f *Finding) Spots() []uint64 {
	var out []uint64
	for _, p := range f.Passages {
		out = append(out, hashWord(fmt.Sprintf("%s\x00%s\x00%d\x00%s", f.Kind, p.Article, p.Range.Start, cmp.Or(p.Record, f.About))))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Key gives a finding its place in the listing: by kind, then by article and
// place. place gives the order of an article.
func (f *Finding) Key(place func(article string) string) string {
	return fmt.Sprintf("%02d\t%s\t%09d\t%s", slices.Index(FindingKinds(), f.Kind), place(f.Passages[0].Article), f.Passages[0].Range.Start, f.ID)
}

// Merge makes one finding of those that share a spot, in the order of their keys.
// place gives the order of an article, text its text. of gives for each of all
// its finding's place in out. out does not depend on the order of all.
func Merge(all []Finding, place, text func(article string) string) (out []Finding, of []int) {
	compare := func(a, b Passage) int {
		return cmp.Or(strings.Compare(place(a.Article), place(b.Article)), cmp.Compare(a.Range.Start, b.Range.Start), cmp.Compare(a.Range.End, b.Range.End),
			strings.Compare(a.Says, b.Says), strings.Compare(a.Record, b.Record))
	}
	order := make([]int, len(all))
	u := NewSets(len(all))
	first := map[uint64]int{}
	for i := range all {
		order[i] = i
		for _, at := range all[i].Spots() {
			if j, ok := first[at]; ok {
				u.Join(i, j)
			} else {
				first[at] = i
			}
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &all[i], &all[j]
		return cmp.Or(slices.CompareFunc(a.Passages, b.Passages, compare), strings.Compare(a.About, b.About), cmp.Compare(b.Sure, a.Sure))
	})
	at := map[int]*Finding{} // by root
	for _, i := range order {
		f := at[u.First(i)]
		if f == nil {
			f = &Finding{Kind: all[i].Kind, About: all[i].About}
			at[u.First(i)] = f
		}
		f.Sure = max(f.Sure, all[i].Sure)
		for _, p := range all[i].Passages {
			// One sentence that says one thing in several records is shown once.
			if !slices.ContainsFunc(f.Passages, func(o Passage) bool { return o.Article == p.Article && o.Range == p.Range && o.Says == p.Says }) {
				f.Passages = append(f.Passages, p)
			}
		}
	}
	keys := map[int]string{}
	roots := make([]int, 0, len(at))
	for root, f := range at {
		slices.SortFunc(f.Passages, compare)
		for k := range f.Passages {
			f.Passages[k].Text = f.Passages[k].Range.Of(text(f.Passages[k].Article))
		}
		f.ID = findingID(f)
		keys[root] = f.Key(place)
		roots = append(roots, root)
	}
	slices.SortFunc(roots, func(a, b int) int { return strings.Compare(keys[a], keys[b]) })
	number := map[int]int{}
	for k, root := range roots {
		out, number[root] = append(out, *at[root]), k
	}
	of = make([]int, len(all))
	for i := range of {
		of[i] = number[u.First(i)]
	}
	return out, of
}

// passage shows the sentence of a record; Merge gives it its text.
func passage(a *chancery.Article, sentence chancery.ByteRange, record, says string) Passage {
	return Passage{Article: a.ID, Source: a.Source, Range: sentence, Record: record, Says: says}
}
