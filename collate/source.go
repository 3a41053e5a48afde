package collate

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"chancery"
)

// Source is what one publisher does with the record, against the others.
type Source struct {
	Name      string      `json:"name"`
	Articles  int         `json:"articles"`
	Reprints  int         `json:"reprints"`
	Events    int         `json:"events"`
	Told      int         `json:"told"`      // happenings it tells that others tell too
	LeftOut   []string    `json:"left_out"`  // ids of happenings that two or more others tell, between parties it covers, in its time
	Alone     int         `json:"alone"`     // happenings that it alone tells
	Named     float64     `json:"named"`     // share of attributed events that name who says so, 0..1; 0 of none
	Unnamed   float64     `json:"unnamed"`   // share that do not
	Analysis  float64     `json:"analysis"`  // share of events and forecasts that are ideas, plans and forecasts rather than reported fact, 0..1
	Forecasts int         `json:"forecasts"` //
	Settled   Settled     `json:"settled"`   // of these, those a person has settled
	Tones     []ActorTone `json:"tones"`     // towards each actor, most passages first

	Leaves int   `json:"-"` // how many happenings it leaves out, those that LeftOut does not list too
	Reach  Reach `json:"-"`

	numbers []int32 // of Reach.Dyads, see Numbers
}

// Reach is what a source might tell: the parties it speaks of, in its time.
type Reach struct {
	Dyads       map[string]bool `json:"dyads"`
	First, Last int             // days on which it publishes, NoDay when not given
}

// Settled counts what came of forecasts.
type Settled struct {
	True   int `json:"true"`   // came true
	Partly int `json:"partly"` //
	False  int `json:"false"`  // did not come true
}

// ActorTone is how a source shows an actor: by its own words that judge, by those of
// others that it passes on, and by the acts it tells of.
type ActorTone struct {
	Actor  string `json:"actor"` // state or body
	Voice         // the source's own words
	Others Voice  `json:"others"` // those of others that it passes on
	Acts   Voice  `json:"acts"`   // what the actor is told to do, by its intensity
}

// Voice is passages that count for or against an actor, and what they come to.
type Voice struct {
	Score    float64 `json:"score"`    // -1 against .. 1 for
	Passages int     `json:"passages"` // how many there are
	Evidence []Voted `json:"evidence"` // the weightiest first
}

// Voted is one passage that counts for or against an actor.
type Voted struct {
	Record  string             `json:"record"`  // id
	Article string             `json:"article"` // article id
	Range   chancery.ByteRange `json:"range"`   // of the sentence
	Text    string             `json:"text"`    //
	Words   string             `json:"words"`   // that judge, or tell the act
	Vote    float64            `json:"vote"`    // -1..1
	Why     string             `json:"why"`     // "is described", "does"
	By      string             `json:"by"`      // who judges, "" for the source
}

// mostVoted is how many passages a source's tone shows.
const mostVoted = 5

// Coverage is what one article adds to what is said of its source.
type Coverage struct {
	Events    int                `json:"events"`
	Named     int                `json:"named"`     // attributed events that name who says so
	Unnamed   int                `json:"unnamed"`   // and that do not
	Ideas     int                `json:"ideas"`     // events that are not told as done
	Forecasts int                `json:"forecasts"` //
	Dyads     []string           `json:"dyads"`     // that it speaks of, sorted
	Votes     map[string][]Voted `json:"votes"`     // by actor, in the order of the text
}

// acted is the Why of an act; the other reasons are judgements.
const acted = "does"

var why = map[chancery.ToneHow]string{chancery.ToneIs: "is described", chancery.ToneHas: "is said to have", chancery.ToneDoes: "is told to do",
	chancery.ToneSays: "is doubted or credited", chancery.ToneGets: "is praised or blamed"}

func coverage(a Account, reports []Report) Coverage {
	c := Coverage{Events: len(reports), Forecasts: len(a.Reading.Forecasts), Votes: map[string][]Voted{}}
	for i := range a.Reading.Events {
		e := &a.Reading.Events[i]
		c.Dyads = append(c.Dyads, reports[i].Dyads...)
		if len(e.Attribution) > 0 {
			if e.Attribution[len(e.Attribution)-1].Kind == chancery.ByUnnamed {
				c.Unnamed++
			} else {
				c.Named++
			}
		}
		if stage(e.Status) != 2 {
			c.Ideas++
		}
		for _, p := range partyKeys(e.Actors) {
			if slices.Contains(chancery.Sectors(), p) {
				continue // "officials" of nobody knows where
			}
			c.Votes[p] = append(c.Votes[p], Voted{Record: e.ID, Article: a.Article.ID, Range: e.Sentence, Text: e.Sentence.Of(a.Article.Text), Words: e.Trigger.Of(a.Article.Text),
				Vote: e.Intensity / mostIntense, Why: acted})
		}
	}
	for i := range a.Reading.Tones {
		t := &a.Reading.Tones[i]
		v := Voted{Record: t.ID, Article: a.Article.ID, Range: t.Sentence, Text: t.Sentence.Of(a.Article.Text), Words: t.Words.Of(a.Article.Text), Vote: t.Score, Why: why[t.How]}
		if n := len(t.Attribution); n > 0 {
			v.By = cmp.Or(t.Attribution[n-1].Name, t.Attribution[n-1].Code, "somebody")
		}
		if p := partyKey(t.Toward); p != "" {
			c.Votes[p] = append(c.Votes[p], v)
		}
	}
	slices.Sort(c.Dyads)
	c.Dyads = slices.Compact(c.Dyads)
	return c
}

// Profile describes a publisher by its articles alone; Standing adds how it stands
// to the others. It puts the briefs in order.
func Profile(name string, briefs []*Brief) *Source {
	slices.SortFunc(briefs, (*Brief).compare)
	s := &Source{Name: name, Articles: len(briefs), Reach: Reach{map[string]bool{}, NoDay, NoDay}}
	votes := map[string][]Voted{}
	named, unnamed, ideas := 0, 0, 0
	for _, b := range briefs {
		c := &b.Coverage
		if b.isReprint() {
			s.Reprints++
		}
		s.Events += c.Events
		s.Forecasts += c.Forecasts
		named, unnamed, ideas = named+c.Named, unnamed+c.Unnamed, ideas+c.Ideas
		for _, d := range c.Dyads {
			s.Reach.Dyads[d] = true
		}
		for actor, v := range c.Votes {
			votes[actor] = append(votes[actor], v...)
		}
		if b.Published != NoDay {
			r := &s.Reach
			if r.First == NoDay {
				r.First, r.Last = b.Published, b.Published
			}
			r.First, r.Last = min(r.First, b.Published), max(r.Last, b.Published)
		}
	}
	s.Named, s.Unnamed = share(named, named+unnamed), share(unnamed, named+unnamed)
	s.Analysis = share(ideas+s.Forecasts, s.Events+s.Forecasts)
	s.Tones = tones(votes)
	return s
}

// Telling is a happening as far as it matters to who tells it.
type Telling struct {
	ID      string
	Day     int      // the last day that a report gives it
	Dyads   []string //
	Sources []string // that tell it

	dyads, sources []int32 // see Numbers
}

// TellingOf reduces a happening. all are its reports.
func TellingOf(d *Described, all []Told) Telling {
	t := Telling{ID: d.ID, Day: NoDay, Dyads: d.Dyads, Sources: d.Sources}
	for i := range all {
		t.Day = max(t.Day, all[i].day())
	}
	return t
}

// Numbers gives the names of sources and dyads numbers, by which a large record's
// tellings are counted in a fraction of the time. What it has numbered is of use with
// it alone. It is safe for concurrent use.
type Numbers struct {
	lock           sync.Mutex
	dyads, sources map[string]int32
}

// NewNumbers begins to number.
func NewNumbers() *Numbers {
	return &Numbers{dyads: map[string]int32{}, sources: map[string]int32{}}
}

func number(in map[string]int32, names []string) []int32 {
	out := make([]int32, len(names))
	for i, name := range names {
		n, known := in[name]
		if !known {
			n = int32(len(in))
			in[name] = n
		}
		out[i] = n
	}
	return out
}

// Telling numbers what a happening is told by and of.
func (n *Numbers) Telling(t *Telling) {
	n.lock.Lock()
	defer n.lock.Unlock()
	t.dyads, t.sources = number(n.dyads, t.Dyads), number(n.sources, t.Sources)
}

// Reach numbers whom a source speaks of, after which the names in its Reach are not
// needed.
func (n *Numbers) Reach(s *Source) {
	n.lock.Lock()
	defer n.lock.Unlock()
	s.numbers = number(n.dyads, slices.Collect(maps.Keys(s.Reach.Dyads)))
}

// Standing counts, for sources that Profile described, what each tells, alone or
// with others, and leaves out.
type Standing struct {
	numbers *Numbers
	sources []Source
	place   map[string]int // of a source, by its name
	at      []int32        // and by its number, -1 for one that is not asked for
	byDyad  [][]int32      // places of the sources that speak of a dyad
	most    int
	taken   int32  // happenings
	spans   []span // by place
}

// span is what of a source is looked at for each happening that it might tell, close
// together.
type span struct {
	first, last int   // days that it might tell of; none when first is after last
	leaves      int   // happenings that it leaves out
	taken       int32 // the happening that was last counted for it
}

// NewStanding prepares to count; the counts go into the sources given. Of what a
// source leaves out, the first most are listed.
func NewStanding(numbers *Numbers, sources []Source, most int) *Standing {
	s := &Standing{numbers: numbers, sources: sources, most: most, place: map[string]int{}, spans: make([]span, len(sources))}
	for i := range sources {
		x := &sources[i]
		s.place[x.Name] = i
		s.spans[i] = span{first: x.Reach.First - slack, last: x.Reach.Last + slack}
		if x.Reach.First == NoDay {
			s.spans[i] = span{first: 1, last: 0}
		}
		if x.numbers == nil {
			numbers.Reach(x)
		}
	}
	numbers.lock.Lock()
	defer numbers.lock.Unlock()
	names := make([]string, len(sources))
	for i := range sources {
		names[i] = sources[i].Name
	}
	of := number(numbers.sources, names)
	s.at = slices.Repeat([]int32{-1}, len(numbers.sources))
	for i, n := range of {
		s.at[n] = int32(i)
	}
	s.byDyad = make([][]int32, len(numbers.dyads))
	for i := range sources {
		for _, d := range sources[i].numbers {
			s.byDyad[d] = append(s.byDyad[d], int32(i))
		}
	}
	return s
}

// Take counts a happening.
func (s *Standing) Take(t *Telling) {
	if len(t.Sources) == 1 {
		if i, ok := s.place[t.Sources[0]]; ok {
			s.sources[i].Alone++
		}
		return
	}
	if t.sources == nil {
		s.numbers.Telling(t)
	}
	s.taken++
	// What was numbered later than the sources is none of them, and of no dyad of
	// theirs.
	for _, n := range t.sources {
		if int(n) < len(s.at) && s.at[n] >= 0 {
			i := s.at[n]
			s.spans[i].taken = s.taken
			s.sources[i].Told++
		}
	}
	for _, d := range t.dyads {
		if int(d) >= len(s.byDyad) {
			continue
		}
		for _, i := range s.byDyad[d] {
			of := &s.spans[i]
			if of.taken == s.taken || t.Day < of.first || t.Day > of.last {
				continue
			}
			of.taken = s.taken
			of.leaves++
			if of.leaves <= s.most {
				s.sources[i].LeftOut = append(s.sources[i].LeftOut, t.ID)
			}
		}
	}
}

// Close says how many happenings each source leaves out, once all are taken.
func (s *Standing) Close() {
	for i := range s.sources {
		s.sources[i].Leaves += s.spans[i].leaves
	}
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return math.Round(1000*float64(n)/float64(of)) / 1000
}

// mostIntense is the end of Goldstein's scale.
const mostIntense = 10

// tones sums up the votes for each actor, those judged most often first.
func tones(votes map[string][]Voted) []ActorTone {
	var out []ActorTone
	for _, actor := range sortedKeys(votes) {
		out = append(out, toneOf(actor, votes[actor], mostVoted))
	}
	slices.SortStableFunc(out, func(a, b ActorTone) int {
		return cmp.Or(cmp.Compare(b.Passages, a.Passages), cmp.Compare(b.Others.Passages, a.Others.Passages), cmp.Compare(b.Acts.Passages, a.Acts.Passages))
	})
	return out
}

// ToneOf sums up how articles of a source show an actor, with all passages. It
// puts the briefs in order.
func ToneOf(briefs []*Brief, actor string) ActorTone {
	slices.SortFunc(briefs, (*Brief).compare)
	var all []Voted
	for _, b := range briefs {
		all = append(all, b.Coverage.Votes[actor]...)
	}
	return toneOf(actor, all, len(all))
}

func toneOf(actor string, votes []Voted, most int) ActorTone {
	t := ActorTone{Actor: actor}
	for _, v := range votes {
		of := &t.Voice
		switch {
		case v.Why == acted:
			of = &t.Acts
		case v.By != "":
			of = &t.Others
		}
		of.Evidence = append(of.Evidence, v)
	}
	for _, v := range []*Voice{&t.Voice, &t.Others, &t.Acts} {
		v.Passages = len(v.Evidence)
		sum := 0.0
		for _, e := range v.Evidence {
			sum += e.Vote
		}
		// Two passages' worth of neutrality keep a lone one from deciding.
		v.Score = math.Round(100*sum/float64(v.Passages+2)) / 100
		slices.SortStableFunc(v.Evidence, func(a, b Voted) int {
			return cmp.Or(cmp.Compare(math.Abs(b.Vote), math.Abs(a.Vote)), strings.Compare(a.Record, b.Record))
		})
		v.Evidence = v.Evidence[:min(v.Passages, most)]
	}
	return t
}
