package collate

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"chancery"
)

// stage says how far a status lets an act have come: 1 only words, 2 done, 3
// did not come to pass.
func stage(s chancery.Status) int {
	switch s {
	case chancery.Happened, chancery.Delivered, chancery.Agreed:
		return 2
	case chancery.Denied, chancery.Refused, chancery.Withheld, chancery.Reneged:
		return 3
	}
	return 1
}

// statusDisagrees finds happenings that one account says took place and another
// that it was offered, planned or denied.
func statusDisagrees(x *index) []Finding {
	var out []Finding
	for _, h := range x.happenings {
		reports := x.reportsOf(h)
		for i := range reports {
			for j := i + 1; j < len(reports); j++ {
				a, b := reports[i], reports[j]
				s, t := stage(a.event.Status), stage(b.event.Status)
				if s == t || !independent(a.account.Article, b.account.Article) || x.superseded(a.account.Article, b.account.Article) {
					continue
				}
				// A request is not a report that the thing asked for was or was not done.
				if (a.event.Type == chancery.Request) != (b.event.Type == chancery.Request) {
					continue
				}
				if !samePurpose(a.event, b.event) || x.beside(a.report.Words, b.report.Words) < leastBeside ||
					x.beside(x.object(a), x.object(b)) == 0 || isPromise(a, b) || isPromise(b, a) || x.tellsBoth(a, b) {
					continue
				}
				out = append(out, Finding{Kind: StatusDisagrees, Sure: .5 + .4*min(a.event.Probability, b.event.Probability), About: whatOf(a), Passages: []Passage{
					passage(a.account.Article, a.event.Sentence, a.event.ID, string(a.event.Status)),
					passage(b.account.Article, b.event.Sentence, b.event.ID, string(b.event.Status)),
				}})
			}
		}
	}
	return out
}

// isPromise reports whether a is a promise of what b says is still to come: "A
// pledged to open its ports", "A will open its ports".
func isPromise(a, b *told) bool {
	if a.event.Status != chancery.Agreed || b.event.Status != chancery.Planned {
		return false
	}
	w := strings.ToLower(a.event.Trigger.Of(a.account.Article.Text))
	return slices.ContainsFunc([]string{"promis", "pledg", "vow", "commit", "undert", "agree"}, func(p string) bool { return strings.HasPrefix(w, p) })
}

// tellsBoth reports whether the account of one of the two also tells what the
// other tells: it was offered, and then it was done.
func (x *index) tellsBoth(a, b *told) bool {
	both := func(a, b *told) bool {
		for _, i := range x.ofArticle[a.account.Article.ID] {
			o := &x.told[i]
			if o.event != a.event && stage(o.event.Status) == stage(b.event.Status) &&
				samePurpose(o.event, b.event) && sharesDyad(o, b) && o.event.Sentence != a.event.Sentence && x.beside(o.report.Words, b.report.Words) > 0 {
				return true
			}
		}
		return false
	}
	return both(a, b) || both(b, a)
}

func sharesDyad(a, b *told) bool {
	return slices.ContainsFunc(a.report.Dyads, func(d string) bool { return slices.Contains(b.report.Dyads, d) })
}

// samePurpose reports whether two events are of one type, or hand over the same
// kind of good in the same direction.
func samePurpose(a, b *chancery.Event) bool {
	if a.Good != nil && b.Good != nil {
		return a.Good.Kind == b.Good.Kind && chancery.StateOf(a.Good.Giver.Code) == chancery.StateOf(b.Good.Giver.Code)
	}
	return a.Type == b.Type
}

func (x *index) reportsOf(h Happening) []*told {
	out := make([]*told, 0, len(h.Reports))
	for _, e := range h.Reports {
		if i, ok := x.byEvent[e]; ok {
			out = append(out, &x.told[i])
		}
	}
	slices.SortFunc(out, func(a, b *told) int { return cmp.Compare(x.byEvent[a.event.ID], x.byEvent[b.event.ID]) })
	return out
}

func whatOf(t *told) string {
	name := func(ps []chancery.Party) string {
		if len(ps) == 0 {
			return "nobody named"
		}
		return cmp.Or(ps[0].Name, ps[0].Code)
	}
	s := string(t.event.Type) + " " + name(t.event.Actors) + " to " + name(t.event.Recipients)
	if t.event.Good != nil {
		s += ": " + t.event.Good.Phrase.Of(t.account.Article.Text)
	}
	return s
}

// leastBeside is how many rare words, beside the names of the parties, two
// sentences must share to tell of one thing.
const leastBeside = 2

// mostDaysApart is how far the days of two acts, or of their publication, may
// lie apart for one to be a telling of the other.
const mostDaysApart = 60

// leastOfObject is of how many words of the shorter object more than one must be
// in the longer for both to name one thing.
const leastOfObject = 3

// meetingWords are what a meeting is called, cut as contents cuts words: one
// account's lunch is the other's meeting.
var meetingWords = func() map[uint64]bool {
	m := map[uint64]bool{}
	for w := range strings.FieldsSeq("meeting meet lunch dinner breakfast visit talk talks summit invited invite invitation audience reception call conversation") {
		m[hashWord(stem(w))] = true
	}
	return m
}()

// opens reports whether an event is a first step: somebody asks or offers.
func opens(t *told) bool {
	e := t.event
	if e.Reciprocal || e.Type != chancery.Request && e.Type != chancery.Agree {
		return false
	}
	switch e.Status {
	case chancery.Offered, chancery.Requested:
		return true
	case chancery.Proposed: // "should ask" is no step
		w := strings.ToLower(e.Trigger.Of(t.account.Article.Text))
		return strings.HasPrefix(w, "propos") || strings.HasPrefix(w, "suggest")
	}
	return false
}

// object gives the words of what an event is about: those of its good and those
// after its trigger, to the end of the clause, without the names of parties.
func (x *index) object(t *told) []uint64 {
	rest := chancery.ByteRange{Start: t.event.Trigger.End, End: t.event.Sentence.End}.Of(t.account.Article.Text)
	if i := strings.IndexAny(rest, ",;:.—"); i >= 0 {
		rest = rest[:i]
	}
	if g := t.event.Good; g != nil {
		rest += " " + g.Phrase.Of(t.account.Article.Text)
	}
	words, _ := contents(rest)
	return x.besideNames(words)
}

// besideNames leaves out the words of the names of actors.
func (x *index) besideNames(words []uint64) []uint64 {
	return slices.DeleteFunc(slices.Clone(words), func(w uint64) bool { return x.names[w] })
}

// beside counts the rare words two reports share beside the names of parties.
func (x *index) beside(a, b []uint64) int {
	n := 0
	for _, w := range x.besideNames(a) {
		if has(b, w) && x.rare(w) {
			n++
		}
	}
	return n
}

func isMeeting(t *told) bool {
	words, _ := contents(chancery.ByteRange{Start: t.event.Trigger.Start, End: t.event.Sentence.End}.Of(t.account.Article.Text))
	return slices.ContainsFunc(words, func(w uint64) bool { return meetingWords[w] })
}

// areNear reports whether two events may be of one time.
func areNear(a, b *told, within int) bool {
	if a.report.Published == NoDay || b.report.Published == NoDay {
		return true
	}
	return abs(a.report.Published-b.report.Published) <= within
}

// aboutOneThing reports whether two first steps aim at the same.
func (x *index) aboutOneThing(a, b *told) bool {
	if !areNear(a, b, mostDaysApart) {
		return false
	}
	if isMeeting(a) && isMeeting(b) && areNear(a, b, mostDaysApart/4) {
		return true
	}
	one, two := x.object(a), x.object(b)
	return leastOfObject*x.beside(one, two) > min(len(one), len(two))
}

// firstStep finds accounts that give the first step to different sides: one
// says A offered or asked, another that B did.
func firstStep(x *index) []Finding {
	side := func(ps []chancery.Party) map[string]bool {
		m := map[string]bool{}
		for _, p := range ps {
			if k := partyKey(p); k != "" {
				m[k] = true
			}
		}
		return m
	}
	crosses := func(a, b map[string]bool) bool {
		for k := range a {
			if b[k] {
				return true
			}
		}
		return false
	}
	// Steps meet under what they share: two states, and a meeting or a rare word.
	type meet struct {
		dyad string
		word uint64
	}
	byWord := map[meet][]int{}
	for i := range x.told {
		t := &x.told[i]
		if !opens(t) {
			continue
		}
		words := slices.DeleteFunc(x.object(t), func(w uint64) bool { return !x.rare(w) })
		if isMeeting(t) {
			words = append(words, 0)
		}
		for _, d := range t.report.Dyads {
			for _, w := range words {
				byWord[meet{d, w}] = append(byWord[meet{d, w}], i)
			}
		}
	}
	met := map[[2]int]int{}
	for _, p := range byWord {
		if len(p) > crowded {
			continue
		}
		for i := range p {
			for _, j := range p[i+1:] {
				met[[2]int{p[i], j}]++
			}
		}
	}
	var out []Finding
	for _, p := range sortedPairs(met) {
		a, b := &x.told[p[0]], &x.told[p[1]]
		if !independent(a.account.Article, b.account.Article) || x.superseded(a.account.Article, b.account.Article) {
			continue
		}
		aFrom, aTo, bFrom, bTo := side(a.event.Actors), side(a.event.Recipients), side(b.event.Actors), side(b.event.Recipients)
		// Two sides begin, and each is the other party of what the other begins.
		if crosses(aFrom, bFrom) || !crosses(aFrom, bTo) || !crosses(aTo, bFrom) || !x.aboutOneThing(a, b) {
			continue
		}
		out = append(out, Finding{Kind: FirstStep, Sure: math.Round(80*min(a.event.Probability, b.event.Probability)) / 100, About: "who took the first step", Passages: []Passage{
			passage(a.account.Article, a.event.Sentence, a.event.ID, firstName(a.event.Actors)),
			passage(b.account.Article, b.event.Sentence, b.event.ID, firstName(b.event.Actors)),
		}})
	}
	return out
}

func firstName(ps []chancery.Party) string {
	if len(ps) == 0 {
		return ""
	}
	return cmp.Or(ps[0].Name, ps[0].Code)
}

// leastVoices is how many sources must tell of a thing before one's being alone
// with a detail means something.
const leastVoices = 3

// singleSource finds claims of a good handed over, offered or asked that one
// source alone makes, though several tell of the same parties' dealings at the
// same time.
func singleSource(x *index) []Finding {
	voices := map[string]map[string]bool{} // happening -> originals
	of := map[string]*Happening{}
	for i := range x.happenings {
		h := &x.happenings[i]
		voices[h.ID] = map[string]bool{}
		for _, t := range x.reportsOf(*h) {
			voices[h.ID][original(t.account.Article)] = true
			of[t.event.ID] = h
		}
	}
	// Which happenings each article tells that several sources tell.
	shared := map[string][]*told{}
	for i := range x.told {
		t := &x.told[i]
		if h := of[t.event.ID]; h != nil && len(voices[h.ID]) >= leastVoices {
			shared[t.account.Article.ID] = append(shared[t.account.Article.ID], t)
		}
	}
	var out []Finding
	seen := map[string]bool{}
	for i := range x.told {
		t := &x.told[i]
		h := of[t.event.ID]
		if h == nil || t.event.Good == nil || len(voices[h.ID]) != 1 || t.event.Probability < .6 || t.account.Article.ReprintOf != "" {
			continue
		}
		var beside *told
		for _, s := range shared[t.account.Article.ID] {
			if s.event.Sentence != t.event.Sentence && slices.Equal(s.report.Dyads, t.report.Dyads) && abs(s.event.Sentence.Start-t.event.Sentence.Start) < 1200 {
				beside = s
				break
			}
		}
		key := t.account.Article.ID + string(t.event.Good.Kind)
		if beside == nil || seen[key] || x.elsewhere(t) {
			continue
		}
		seen[key] = true
		out = append(out, Finding{Kind: SingleSource, Sure: .5, About: whatOf(t), Passages: []Passage{
			passage(t.account.Article, t.event.Sentence, t.event.ID, "only here"),
			passage(beside.account.Article, beside.event.Sentence, beside.event.ID, "told by several"),
		}})
	}
	return out
}

// elsewhere reports whether another voice tells of the same kind of good between
// the same parties.
func (x *index) elsewhere(t *told) bool {
	return slices.ContainsFunc(x.told, func(o told) bool {
		return o.event.Good != nil && o.event.Good.Kind == t.event.Good.Kind && independent(o.account.Article, t.account.Article) &&
			slices.ContainsFunc(o.report.Dyads, func(d string) bool { return slices.Contains(t.report.Dyads, d) })
	})
}

// reprints finds articles that repeat most of another.
func reprints(x *index) []Finding {
	byID := map[string]*Account{}
	for i := range x.accounts {
		byID[x.accounts[i].Article.ID] = &x.accounts[i]
	}
	var out []Finding
	for i := range x.accounts {
		a := &x.accounts[i]
		first := byID[a.Article.ReprintOf]
		if first == nil {
			continue
		}
		out = append(out, Finding{Kind: Reprint, Sure: .95, About: "one text twice", Passages: []Passage{opening(first), opening(a)}})
	}
	return out
}

// opening is an article's first sentence.
func opening(a *Account) Passage {
	s := chancery.ByteRange{End: len(a.Article.Text)}
	if len(a.Reading.Sentences) > 0 {
		s = a.Reading.Sentences[0]
	}
	return passage(a.Article, s, "", a.Article.Title)
}

// repeatedPassage finds passages that an article prints twice: as its lead, as
// a pull quote, or in the body.
func repeatedPassage(x *index) []Finding {
	var out []Finding
	for i := range x.accounts {
		a := &x.accounts[i]
		text := a.Article.Text
		for _, c := range a.Article.Cuts {
			if c.Of.IsZero() || len(plainWords(c.Text)) < fewestWords+1 {
				continue
			}
			p := passage(a.Article, c.Of, "", "body")
			out = append(out, Finding{Kind: RepeatedPassage, Sure: .95, About: string(c.Reason), Passages: []Passage{p}})
		}
		first := map[string]chancery.ByteRange{}
		for _, s := range a.Reading.Sentences {
			words := plainWords(s.Of(text))
			if len(words) < fewestWords+1 {
				continue
			}
			key := strings.Join(words, " ")
			if f, ok := first[key]; ok {
				out = append(out, Finding{Kind: RepeatedPassage, Sure: .95, About: "a sentence twice", Passages: []Passage{
					passage(a.Article, f, "", "first"), passage(a.Article, s, "", "again"),
				}})
				continue
			}
			first[key] = s
		}
	}
	return out
}
