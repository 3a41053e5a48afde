package collate

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"chancery"
)

// Happening is one occurrence in the world, with every event that reports it.
type Happening struct {
	ID      string   `json:"id"`
	Reports []string `json:"reports"` // event ids, sorted
}

// family groups types that accounts of one occurrence mix up: an offer told as
// a promise or as aid, a meeting told as praise.
func family(t chancery.EventType) int {
	switch t {
	case chancery.Consult, chancery.Support:
		return 1
	case chancery.Agree, chancery.Cooperate, chancery.Aid, chancery.Request, chancery.Concede, chancery.Retreat:
		return 2
	case chancery.Accuse, chancery.Reject, chancery.Threaten, chancery.Sanction:
		return 3
	case chancery.Protest:
		return 4
	}
	return 5 // mobilize, coerce, assault
}

// The weights of the evidence that two reports tell one occurrence, in log
// odds, after Fellegi and Sunter (1969): what agrees adds, what disagrees takes
// away, and two reports are joined above joinAt.
const (
	prior        = -3.0
	sameType     = 1.6
	sameFamily   = 0.5
	otherFamily  = -2.5
	sameGood     = 1.2
	otherGood    = -1.0
	sameDay      = 2.2
	nearDays     = 1.2  // within slack days
	sameVague    = 0.6  // one date says less than a day and may mean the other
	fewApart     = -2.0 // within the days by which accounts of one act err
	farApart     = -4.0 // dates that cannot be the same
	undatedNear  = 0.2  // not dated, published within a month of each other
	samePeople   = 1.0  // the same two people
	perRareWord  = 0.28 // times the word's information in bits
	perRareName  = 0.16 // on top, for names and numbers
	mostFromWord = 6.0
	joinAt       = 0.0
	slack        = 3 // days by which reports of one day differ in practice
)

// imaginedReports is how many reports without a word are taken to be in a bucket
// besides its own: among two reports alone nothing would be rare.
const imaginedReports = 8

// nearest is how many reports on each side, in the order of time, a report is
// compared with, and mostShared how many reports may share a word for it to
// bring them together; both bound the work to n log n.
const (
	nearest    = 10
	mostShared = 8
)

// Buckets gives the keys of the buckets in which a report meets others: two
// parties and a year, of the event and of the publication. Reports that may tell
// one occurrence have a bucket in common; near the turn of a year, and where a
// date says no more than the year, a report is in several.
func (r *Report) Buckets() []string { return bucketsOf(r.Dyads, r.windows()) }

func bucketsOf(dyads, windows []string) []string {
	out := make([]string, 0, len(dyads)*len(windows))
	for _, d := range dyads {
		for _, w := range windows {
			out = append(out, d+" "+w)
		}
	}
	return out
}

// mostYears is over how many years a date may spread for its report to be in the
// bucket of each: "since 2001" is in none of them.
const mostYears = 3

// windows gives the years a report may belong to, sorted.
func (r *Report) windows() []string {
	var years []int
	if r.First != NoDay {
		if first, last := yearOf(r.First-mostApart), yearOf(r.Last+mostApart); last-first < mostYears {
			for y := first; y <= last; y++ {
				years = append(years, y)
			}
		}
	}
	if r.Published != NoDay {
		years = append(years, publicationYears(r.Published)...)
	} else if len(years) > 0 {
		// What an undated article dates meets what others leave undated.
		return append(yearNames(years), yearNames(nil)...)
	}
	return yearNames(years)
}

// publicationYears gives the years of the days at most mostDaysApart away.
func publicationYears(day int) []int {
	return []int{yearOf(day - mostDaysApart), yearOf(day + mostDaysApart)}
}

// yearNames names years, each once and sorted; "?" is for no year known.
func yearNames(years []int) []string {
	if len(years) == 0 {
		return []string{"?"}
	}
	slices.Sort(years)
	var out []string
	for _, y := range slices.Compact(years) {
		out = append(out, strconv.Itoa(y))
	}
	return out
}

func yearOf(day int) int { return time.Unix(int64(day)*24*60*60, 0).UTC().Year() }

// Join gives the happenings of the reports, in the order of their ids. The
// result does not depend on the order of the reports. Reports of one article
// are joined to each other only through the same sentence's words, so an
// article that tells of two strikes keeps two.
func Join(reports []Report) []Happening {
	byBucket := map[string][]int{}
	for i := range reports {
		for _, b := range reports[i].Buckets() {
			byBucket[b] = append(byBucket[b], i)
		}
	}
	u := NewSets(len(reports))
	for _, bucket := range byBucket {
		members := make([]*Report, len(bucket))
		for k, i := range bucket {
			members[k] = &reports[i]
		}
		for k, first := range JoinBucket(members) {
			u.Join(bucket[k], bucket[first])
		}
	}
	return gather(reports, u)
}

// JoinBucket joins the reports of one bucket: for each, it gives the place of
// the first in the list that it is joined with, its own when it comes first. How
// rare a word is is counted in the bucket. The sets joined do not depend on the
// order of the list; happenings are what the sets of all buckets hold together.
func JoinBucket(reports []*Report) []int {
	block := make([]int, len(reports))
	for i := range block {
		block[i] = i
	}
	slices.SortFunc(block, func(i, j int) int { return byTime(reports[i], reports[j]) })
	u := NewSets(len(reports))
	joinBlock(reports, block, u)
	out := make([]int, len(reports))
	for i := range out {
		out[i] = u.First(i)
	}
	return out
}

// byTime is the order of the days, then of the ids: the same for every order
// of arrival.
func byTime(a, b *Report) int {
	return cmp.Or(cmp.Compare(a.day(), b.day()), cmp.Compare(a.Event, b.Event))
}

// day is when a report's event took place, or else when it was published.
func (r *Report) day() int {
	if r.First != NoDay {
		return r.First
	}
	return r.Published
}

// joinBlock joins the reports of a bucket, block being their order in time.
func joinBlock(reports []*Report, block []int, u *Sets) {
	n := len(block)
	if n < 2 {
		return
	}
	// How many reports have a word.
	count := make(map[uint64]int32, n*4)
	for _, i := range block {
		for _, w := range reports[i].Words {
			count[w]++
		}
	}
	information := func(w uint64) float64 { return math.Log2(float64(n+imaginedReports) / float64(count[w])) }
	compare := func(i, j int) {
		if u.First(i) != u.First(j) && score(reports[i], reports[j], information) > joinAt {
			u.Join(i, j)
		}
	}
	// Neighbours in time.
	for k, i := range block {
		for l := k + 1; l < min(n, k+1+nearest); l++ {
			j := block[l]
			if reports[j].day()-reports[i].day() > 31 {
				break
			}
			compare(i, j)
		}
	}
	// Those that share a rare word, wherever they stand.
	postings := map[uint64][]int32{}
	for k, i := range block {
		for _, w := range reports[i].Words {
			if c := count[w]; c > 1 && c <= mostShared {
				postings[w] = append(postings[w], int32(k))
			}
		}
	}
	words := make([]uint64, 0, len(postings))
	for w := range postings {
		words = append(words, w)
	}
	slices.Sort(words)
	for _, w := range words {
		p := postings[w]
		for x := range p {
			for y := x + 1; y < len(p); y++ {
				compare(block[p[x]], block[p[y]])
			}
		}
	}
}

// score is how much speaks for two reports telling one occurrence, in log odds.
// information gives a word's bits: the rarer, the more.
func score(a, b *Report, information func(uint64) float64) float64 {
	if a.Article == b.Article && a.Event != b.Event && !slices.Equal(a.Words, b.Words) && disjoint(a.Names, b.Names) {
		return math.Inf(-1)
	}
	s := prior
	switch {
	case a.Type == b.Type:
		s += sameType
	case family(a.Type) == family(b.Type):
		s += sameFamily
	default:
		s += otherFamily
	}
	switch {
	case a.Good == "" || b.Good == "":
	case a.Good == b.Good:
		s += sameGood
	default:
		s += otherGood
	}
	if len(a.People) > 1 && slices.Equal(a.People, b.People) {
		s += samePeople
	}
	s += dates(a, b)
	shared := 0.0
	for i, j := 0, 0; i < len(a.Words) && j < len(b.Words); {
		switch cmp.Compare(a.Words[i], b.Words[j]) {
		case -1:
			i++
		case 1:
			j++
		default:
			bits := information(a.Words[i])
			shared += perRareWord * bits
			if has(a.Names, a.Words[i]) && has(b.Names, a.Words[i]) {
				shared += perRareName * bits
			}
			i++
			j++
		}
	}
	return s + min(shared, mostFromWord)
}

func dates(a, b *Report) float64 {
	if a.First == NoDay || b.First == NoDay {
		if a.Published == NoDay || b.Published == NoDay || abs(a.Published-b.Published) <= 31 {
			return undatedNear
		}
		return farApart / 2
	}
	exact := a.First == a.Last && b.First == b.Last
	gap := max(a.First-b.Last, b.First-a.Last, 0) // days between the ranges
	switch {
	case exact && gap == 0:
		return sameDay
	case gap == 0:
		return sameVague
	case gap <= slack:
		return nearDays
	case gap <= mostApart:
		return fewApart
	}
	return farApart
}

func abs(x int) int { return max(x, -x) }

func has(sorted []uint64, w uint64) bool {
	_, ok := slices.BinarySearch(sorted, w)
	return ok
}

func disjoint(a, b []uint64) bool {
	for _, w := range a {
		if has(b, w) {
			return false
		}
	}
	return true
}

// gather turns the joined sets into happenings.
func gather(reports []Report, u *Sets) []Happening {
	sets := map[int][]string{}
	for i := range reports {
		root := u.First(i)
		sets[root] = append(sets[root], reports[i].Event)
	}
	out := make([]Happening, 0, len(sets))
	for _, events := range sets {
		slices.Sort(events)
		events = slices.Compact(events)
		out = append(out, Happening{ID: HappeningID(events[0]), Reports: events})
	}
	slices.SortFunc(out, func(a, b Happening) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// HappeningID follows from the first report in the order of event ids, so that a
// happening keeps its id while reports join it.
func HappeningID(event string) string {
	sum := sha256.Sum256([]byte(event))
	return "h" + hex.EncodeToString(sum[:8])
}

// Sets are disjoint sets of the numbers below n (Tarjan 1975), each known by its
// least member.
type Sets struct{ parent []int32 }

// NewSets puts each of the numbers below n in a set of its own.
func NewSets(n int) *Sets {
	s := &Sets{make([]int32, n)}
	for i := range s.parent {
		s.parent[i] = int32(i)
	}
	return s
}

// First gives the least member of the set of i.
func (s *Sets) First(i int) int {
	x := int32(i)
	for s.parent[x] != x {
		s.parent[x] = s.parent[s.parent[x]]
		x = s.parent[x]
	}
	return int(x)
}

// Join makes one set of those of i and j.
func (s *Sets) Join(i, j int) {
	a, b := s.First(i), s.First(j)
	s.parent[max(a, b)] = int32(min(a, b))
}
