package collate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery"
)

// Report is one event of one article, reduced to what joining needs.
type Report struct {
	Event     string             // event id
	Article   string             // article id
	Source    string             // publisher
	Original  string             // id of the article this one repeats, else its own: reprints are one voice
	Type      chancery.EventType //
	Status    chancery.Status    //
	First     int                // first day the date may mean, days since 1970-01-01; NoDay when not given
	Last      int                // last day
	Published int                // day of publication, NoDay when not given
	Dyads     []string           // unordered pairs of states, "IND|PAK", sorted; one state alone for an act without recipient
	Good      chancery.GoodKind  // "" for none
	People    []uint64           // hashes of the last names of the persons among its parties, sorted
	Words     []uint64           // what the sentence says: hashes of its content words, sorted, each once
	Names     []uint64           // hashes of the capitalised words among them and of numbers, sorted
}

// NoDay is the day of what has no date.
const NoDay = -1 << 30

// hashWord is FNV-1a: the same in every run.
func hashWord(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// Reports reduces the events of an account, in their order.
func Reports(a Account) []Report {
	out := make([]Report, 0, len(a.Reading.Events))
	original := a.Article.ReprintOf
	if original == "" {
		original = a.Article.ID
	}
	published := NoDay
	if !a.Article.Published.IsZero() {
		published = days(a.Article.Published.First().Unix())
	}
	people := map[string]bool{}
	for i := range a.Reading.Actors {
		// "officials" are persons without a name.
		if x := &a.Reading.Actors[i]; x.Kind == "person" && x.Name != strings.ToLower(x.Name) {
			people[x.Name] = true
		}
	}
	for i := range a.Reading.Events {
		e := &a.Reading.Events[i]
		r := Report{Event: e.ID, Article: a.Article.ID, Source: a.Article.Source, Original: original, Type: e.Type, Status: e.Status,
			First: NoDay, Last: NoDay, Published: published, Dyads: dyads(e)}
		if !e.Date.IsZero() {
			r.First, r.Last = days(e.Date.First().Unix()), days(e.Date.Last().Unix())
			if !e.Until.IsZero() {
				r.Last = days(e.Until.Last().Unix())
			}
		}
		if e.Good != nil {
			r.Good = e.Good.Kind
		}
		for _, parties := range [][]chancery.Party{e.Actors, e.Recipients} {
			for _, p := range parties {
				if people[p.Name] {
					r.People = append(r.People, hashWord(personKey(p.Name)))
				}
			}
		}
		slices.Sort(r.People)
		r.People = slices.Compact(r.People)
		r.Words, r.Names = contents(e.Sentence.Of(a.Article.Text))
		out = append(out, r)
	}
	return out
}

func days(unix int64) int { return int(unix / (24 * 60 * 60)) }

// dyads gives the unordered pairs of states an event joins.
func dyads(e *chancery.Event) []string {
	var out []string
	for _, a := range e.Actors {
		from := partyKey(a)
		if from == "" {
			continue
		}
		joined := false
		for _, b := range e.Recipients {
			to := partyKey(b)
			if to == "" || to == from {
				continue
			}
			joined = true
			out = append(out, min(from, to)+"|"+max(from, to))
			// Whose firm it is, one account may know and another not.
			if firm := strings.ToLower(b.Name); isFirm(b) {
				out = append(out, min(from, firm)+"|"+max(from, firm))
			}
		}
		if !joined {
			out = append(out, from)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// isFirm reports whether a party is a business with a name of its own.
func isFirm(p chancery.Party) bool {
	first, _ := utf8.DecodeRuneInString(p.Name)
	last, _ := utf8.DecodeRuneInString(lastName(p.Name))
	return strings.HasSuffix(p.Code, "BUS") && unicode.IsUpper(first) && unicode.IsUpper(last)
}

// partyKey names a party by its state, or else by its name.
func partyKey(p chancery.Party) string {
	if p.Code != "" {
		return chancery.StateOf(p.Code)
	}
	return strings.ToLower(p.Name)
}

// contents gives the hashes of the words of a sentence that can tell one
// occurrence from another: words of three letters and more, cut to their first
// six letters so that "meeting" and "meetings" agree, and all numbers.
func contents(sentence string) (words, names []uint64) {
	start := true
	for w := range strings.FieldsFuncSeq(sentence, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		first, _ := utf8.DecodeRuneInString(w)
		number, upper := unicode.IsDigit(first), unicode.IsUpper(first)
		sentenceStart := start
		start = false
		if !number && len(w) < 3 {
			continue
		}
		low := strings.ToLower(w)
		if functionWords[low] {
			continue
		}
		h := hashWord(stem(low))
		words = append(words, h)
		if number || upper && !sentenceStart {
			names = append(names, h)
		}
	}
	slices.Sort(words)
	slices.Sort(names)
	return slices.Compact(words), slices.Compact(names)
}

// stem cuts a word to what its forms share.
func stem(w string) string {
	const keep = 6
	n := 0
	for i := range w {
		if n == keep {
			return w[:i]
		}
		n++
	}
	return strings.TrimSuffix(w, "s")
}

// functionWords say nothing of what a sentence is about.
var functionWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`the and for with that this from has have had was were are been its his her their they them
		which who whom whose what when where while will would could should may might can but not nor yet than then there here
		into onto over under after before about between against during through also more most some any all each both other such
		said says say saying told according reported reportedly year years month day today new two one mr mrs`) {
		m[w] = true
	}
	return m
}()
