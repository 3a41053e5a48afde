package collate

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery"
)

// Report is one event of one article, reduced to what joining and comparing
// need.
type Report struct {
	Event     string             `json:"event"`     // event id
	Article   string             `json:"article"`   // article id
	Place     int                `json:"place"`     // among the article's events
	Type      chancery.EventType `json:"type"`      //
	Status    chancery.Status    `json:"status"`    //
	Date      chancery.Date      `json:"date"`      // as exact as told
	First     int                `json:"first"`     // first day the date may mean, days since 1970-01-01; NoDay when not given
	Last      int                `json:"last"`      // last day
	Published int                `json:"published"` // day of publication, NoDay when not given
	Dyads     []string           `json:"dyads"`     // unordered pairs of states, "IND|PAK", sorted; one state alone for an act without recipient
	Good      chancery.GoodKind  `json:"good"`      // "" for none
	People    Hashes             `json:"people"`    // hashes of the last names of the persons among its parties, sorted
	Words     Hashes             `json:"words"`     // what the sentence says: hashes of its content words, sorted, each once
	Names     Hashes             `json:"names"`     // hashes of the capitalised words among them and of numbers, sorted

	Sentence    chancery.ByteRange `json:"sentence"`
	Probability float64            `json:"probability"`
	Reciprocal  bool               `json:"reciprocal,omitempty"`
	From        []string           `json:"from"`              // keys of the actors' states, sorted
	To          []string           `json:"to"`                // of the recipients
	Actor       string             `json:"actor"`             // name of the first actor
	About       string             `json:"about"`             // what it is, in a few words
	Giver       string             `json:"giver,omitempty"`   // state that gives the good
	Own         Hashes             `json:"own"`               // of Words, those that tell one thing from another
	Object      Hashes             `json:"object"`            // likewise, of what the event is about
	After       Hashes             `json:"after"`             // all words after the trigger
	Opens       bool               `json:"opens,omitempty"`   // a first step: somebody asks or offers
	Meets       bool               `json:"meets,omitempty"`   // it is about a meeting
	Promise     bool               `json:"promise,omitempty"` // told by a verb of promising
	Bare        bool               `json:"bare,omitempty"`    // its object is a definite noun that says nothing of its own
}

// Hashes are hashes of words, sorted, each once. In JSON they are a string.
type Hashes []uint64

// MarshalText writes eight bytes for each hash, in base 64.
func (h Hashes) MarshalText() ([]byte, error) {
	b := make([]byte, 0, 8*len(h))
	for _, w := range h {
		b = binary.BigEndian.AppendUint64(b, w)
	}
	return base64.StdEncoding.AppendEncode(nil, b), nil
}

// UnmarshalText reads what MarshalText writes.
func (h *Hashes) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.AppendDecode(nil, text)
	if err != nil {
		return err
	}
	*h = nil
	if len(b) >= 8 {
		*h = make(Hashes, 0, len(b)/8)
	}
	for ; len(b) >= 8; b = b[8:] {
		*h = append(*h, binary.BigEndian.Uint64(b))
	}
	return nil
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
func Reports(a Account) []Report { return reports(a, newOwn(a)) }

func reports(a Account, own own) []Report {
	out := make([]Report, 0, len(a.Reading.Events))
	published := published(a.Article)
	people := map[string]bool{}
	for i := range a.Reading.Actors {
		// "officials" are persons without a name.
		if x := &a.Reading.Actors[i]; x.Kind == "person" && x.Name != strings.ToLower(x.Name) {
			people[x.Name] = true
		}
	}
	text := a.Article.Text
	for i := range a.Reading.Events {
		e := &a.Reading.Events[i]
		r := Report{Event: e.ID, Article: a.Article.ID, Place: i, Type: e.Type, Status: e.Status, Date: e.Date, First: NoDay, Last: NoDay, Published: published, Dyads: dyads(e),
			Sentence: e.Sentence, Probability: e.Probability, Reciprocal: e.Reciprocal, From: partyKeys(e.Actors), To: partyKeys(e.Recipients), Actor: firstName(e.Actors), About: whatOf(e, text)}
		if !e.Date.IsZero() {
			r.First, r.Last = days(e.Date.First().Unix()), days(e.Date.Last().Unix())
			if !e.Until.IsZero() {
				r.Last = days(e.Until.Last().Unix())
			}
		}
		if e.Good != nil {
			r.Good, r.Giver = e.Good.Kind, chancery.StateOf(e.Good.Giver.Code)
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
		r.Words, r.Names = contents(e.Sentence.Of(text))
		r.Own = own.of(r.Words)
		r.Object = own.of(objectOf(e, text))
		r.After, _ = contents(chancery.ByteRange{Start: e.Trigger.End, End: e.Sentence.End}.Of(text))
		trigger := strings.ToLower(e.Trigger.Of(text))
		r.Opens = opens(e, trigger)
		fromTrigger, _ := contents(chancery.ByteRange{Start: e.Trigger.Start, End: e.Sentence.End}.Of(text))
		r.Meets = slices.ContainsFunc(fromTrigger, func(w uint64) bool { return meetingWords[w] })
		r.Promise = promises(trigger)
		r.Bare = bareObject.MatchString(chancery.ByteRange{Start: e.Trigger.End, End: e.Sentence.End}.Of(text))
		out = append(out, r)
	}
	return out
}

// partyKeys gives the keys of the parties, sorted, each once.
func partyKeys(ps []chancery.Party) []string {
	var out []string
	for _, p := range ps {
		if k := partyKey(p); k != "" {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func firstName(ps []chancery.Party) string {
	if len(ps) == 0 {
		return ""
	}
	return cmp.Or(ps[0].Name, ps[0].Code)
}

// whatOf says in a few words what an event is.
func whatOf(e *chancery.Event, text string) string {
	s := string(e.Type) + " " + cmp.Or(firstName(e.Actors), "nobody named") + " to " + cmp.Or(firstName(e.Recipients), "nobody named")
	if e.Good != nil {
		s += ": " + e.Good.Phrase.Of(text)
	}
	return s
}

// objectOf gives the words of what an event is about: those of its good and those
// after its trigger, to the end of the clause.
func objectOf(e *chancery.Event, text string) []uint64 {
	rest := chancery.ByteRange{Start: e.Trigger.End, End: e.Sentence.End}.Of(text)
	if i := strings.IndexAny(rest, ",;:.—"); i >= 0 {
		rest = rest[:i]
	}
	if g := e.Good; g != nil {
		rest += " " + g.Phrase.Of(text)
	}
	words, _ := contents(rest)
	return words
}

// opens reports whether an event is a first step: somebody asks or offers.
func opens(e *chancery.Event, trigger string) bool {
	if e.Reciprocal || e.Type != chancery.Request && e.Type != chancery.Agree {
		return false
	}
	switch e.Status {
	case chancery.Offered, chancery.Requested:
		return true
	case chancery.Proposed: // "should ask" is no step
		return strings.HasPrefix(trigger, "propos") || strings.HasPrefix(trigger, "suggest")
	}
	return false
}

// promises reports whether a trigger is a verb of promising.
func promises(trigger string) bool {
	return slices.ContainsFunc([]string{"promis", "pledg", "vow", "commit", "undert", "agree"}, func(p string) bool { return strings.HasPrefix(trigger, p) })
}

// meetingWords are what a meeting is called, cut as contents cuts words: one
// account's lunch is the other's meeting.
var meetingWords = func() map[uint64]bool {
	m := map[uint64]bool{}
	for w := range strings.FieldsSeq("meeting meet lunch dinner breakfast visit talk talks summit invited invite invitation audience reception call conversation") {
		m[hashWord(stem(w))] = true
	}
	return m
}()

// bareObject is a definite noun that says nothing of its own of what it is.
var bareObject = regexp.MustCompile(`^\s+(?:for\s+)?(?:the|this|that)\s+(?:\w+\s+)?\w+\s*[,.;]`)

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
