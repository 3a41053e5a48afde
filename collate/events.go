package collate

import (
	"math"
	"slices"
	"strconv"
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

// Within gives what the reports of one happening show: that some say it took
// place and others that it was offered, planned or denied. all is in order; of
// gives the tellings of an article by its id.
func Within(all []Told, of func(article string) []Told) []Finding {
	all = all[:min(len(all), crowded)]
	var out []Finding
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			a, b := &all[i], &all[j]
			s, t := stage(a.Status), stage(b.Status)
			if s == t || !independent(a.Brief, b.Brief) || superseded(a.Brief, b.Brief) {
				continue
			}
			// A request is not a report that the thing asked for was or was not done.
			if (a.Type == chancery.Request) != (b.Type == chancery.Request) {
				continue
			}
			if !samePurpose(a, b) || shared(a.Own, b.Own) < leastBeside || shared(a.Object, b.Object) == 0 || isPromise(a, b) || isPromise(b, a) ||
				tellsAlso(a, b, of) || tellsAlso(b, a, of) {
				continue
			}
			out = append(out, Finding{Kind: StatusDisagrees, Sure: round(.5 + .4*min(a.Probability, b.Probability)), About: a.About, Passages: []Passage{
				a.passage(string(a.Status)), b.passage(string(b.Status)),
			}})
		}
	}
	return out
}

func (t *Told) passage(says string) Passage {
	return Passage{Article: t.Brief.Article, Source: t.Brief.Source, Range: t.Sentence, Record: t.Event, Says: says}
}

// round keeps two decimals.
func round(x float64) float64 { return math.Round(100*x) / 100 }

// isPromise reports whether a is a promise of what b says is still to come: "A
// pledged to open its ports", "A will open its ports".
func isPromise(a, b *Told) bool {
	return a.Status == chancery.Agreed && b.Status == chancery.Planned && a.Promise
}

// tellsAlso reports whether the account of a also tells what b tells: it was
// offered, and then it was done.
func tellsAlso(a, b *Told, of func(string) []Told) bool {
	return slices.ContainsFunc(of(a.Brief.Article), func(o Told) bool {
		return o.Event != a.Event && stage(o.Status) == stage(b.Status) && samePurpose(&o, b) && sharesDyad(&o, b) && o.Sentence != a.Sentence && shared(o.Own, b.Own) > 0
	})
}

func sharesDyad(a, b *Told) bool {
	return slices.ContainsFunc(a.Dyads, func(d string) bool { return slices.Contains(b.Dyads, d) })
}

// samePurpose reports whether two events are of one type, or hand over the same
// kind of good in the same direction.
func samePurpose(a, b *Told) bool {
	if a.Good != "" && b.Good != "" {
		return a.Good == b.Good && a.Giver == b.Giver
	}
	return a.Type == b.Type
}

// leastBeside is how many words, beside the names of the parties and the
// commonplaces, two sentences must share to tell of one thing.
const leastBeside = 2

// mostDaysApart is how far the days of publication of two accounts may lie apart
// for one to be a telling of the other.
const mostDaysApart = 60

// leastOfObject is of how many words of the shorter object more than one must be
// in the longer for both to name one thing.
const leastOfObject = 3

// areNear reports whether two articles may tell of one time.
func areNear(a, b *Brief, within int) bool {
	return a.Published == NoDay || b.Published == NoDay || abs(a.Published-b.Published) <= within
}

// aboutOneThing reports whether two first steps aim at the same.
func aboutOneThing(a, b *Told) bool {
	if !areNear(a.Brief, b.Brief, mostDaysApart) {
		return false
	}
	if a.Meets && b.Meets && areNear(a.Brief, b.Brief, mostDaysApart/4) {
		return true
	}
	return leastOfObject*shared(a.Object, b.Object) > min(len(a.Object), len(b.Object))
}

func crosses(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return slices.Contains(b, k) })
}

// Between gives what the reports of one bucket show, with the denials that its
// key leads to: who took the first step, what was refused and agreed on, what
// one account alone tells. It puts both in order.
func Between(bucket string, reports []Told, denials []Met) []Finding {
	sortTold(reports)
	slices.SortFunc(denials, func(a, b Met) int { return a.compare(&b) })
	var out []Finding
	for _, found := range [][]Finding{refusedAndAgreed(reports), refusedByOne(reports), denied(reports, denials), firstStep(reports), singleSource(bucket, reports), loneSteps(bucket, reports)} {
		out = append(out, found...)
	}
	return out
}

// firstStep finds accounts that give the first step to different sides: one
// says A offered or asked, another that B did.
func firstStep(reports []Told) []Finding {
	// Steps meet under what they share: a meeting or a word.
	byWord := map[uint64][]int{}
	for i := range reports {
		t := &reports[i]
		if !t.Opens {
			continue
		}
		for _, w := range t.Object {
			byWord[w] = append(byWord[w], i)
		}
		if t.Meets {
			byWord[0] = append(byWord[0], i)
		}
	}
	met := map[[2]int]bool{}
	for _, p := range byWord {
		if len(p) > crowded {
			continue
		}
		for i := range p {
			for _, j := range p[i+1:] {
				met[[2]int{p[i], j}] = true
			}
		}
	}
	var out []Finding
	for _, p := range sortedPairs(met) {
		a, b := &reports[p[0]], &reports[p[1]]
		if !independent(a.Brief, b.Brief) || superseded(a.Brief, b.Brief) {
			continue
		}
		// Two sides begin, and each is the other party of what the other begins.
		if crosses(a.From, b.From) || !crosses(a.From, b.To) || !crosses(a.To, b.From) || !aboutOneThing(a, b) {
			continue
		}
		out = append(out, Finding{Kind: FirstStep, Sure: math.Round(80*min(a.Probability, b.Probability)) / 100, About: "who took the first step",
			Passages: []Passage{a.passage(a.Actor), b.passage(b.Actor)}})
	}
	return out
}

func sortedPairs(met map[[2]int]bool) [][2]int {
	out := make([][2]int, 0, len(met))
	for p := range met {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return out
}

// home is the bucket in which what a report alone tells is looked for elsewhere:
// of its first parties, in the year of its publication.
func (r *Report) home() string {
	if r.Published != NoDay {
		return r.Dyads[0] + " " + strconv.Itoa(yearOf(r.Published))
	}
	return r.Buckets()[0]
}

// leastVoices is how many sources must tell of a thing before one's being alone
// with a detail means something.
const leastVoices = 3

// farthestBeside is how many bytes apart a claim and what several tell may stand.
const farthestBeside = 1200

// singleSource finds claims of a good handed over, offered or asked that one
// source alone makes, though several tell of the same parties' dealings at the
// same time.
func singleSource(bucket string, reports []Told) []Finding {
	byArticle := map[string][]*Told{} // what several sources tell
	byGood := map[chancery.GoodKind][]*Told{}
	for i := range reports {
		t := &reports[i]
		if t.Voices >= leastVoices {
			byArticle[t.Article] = append(byArticle[t.Article], t)
		}
		if t.Good != "" {
			byGood[t.Good] = append(byGood[t.Good], t)
		}
	}
	var out []Finding
	seen := map[string]bool{}
	for i := range reports {
		t := &reports[i]
		if t.Good == "" || t.Voices != 1 || t.Probability < .6 || t.Brief.isReprint() || t.home() != bucket {
			continue
		}
		k := slices.IndexFunc(byArticle[t.Article], func(s *Told) bool {
			return s.Sentence != t.Sentence && slices.Equal(s.Dyads, t.Dyads) && abs(s.Sentence.Start-t.Sentence.Start) < farthestBeside
		})
		key := t.Article + string(t.Good)
		if k < 0 || seen[key] || slices.ContainsFunc(byGood[t.Good], func(o *Told) bool { return independent(o.Brief, t.Brief) }) {
			continue
		}
		seen[key] = true
		out = append(out, Finding{Kind: SingleSource, Sure: .5, About: t.About, Passages: []Passage{
			t.passage("only here"), byArticle[t.Article][k].passage("told by several"),
		}})
	}
	return out
}

// openingClue is an article's first sentence. It meets those of the articles that
// repeat the article, or that it repeats.
func openingClue(a Account) Clue {
	s := chancery.ByteRange{End: len(a.Article.Text)}
	if len(a.Reading.Sentences) > 0 {
		s = a.Reading.Sentences[0]
	}
	keys := []string{a.Article.ID}
	if a.Article.ReprintOf != "" {
		keys = append(keys, a.Article.ReprintOf)
	}
	return Clue{Kind: OpeningClue, Keys: keysOf(OpeningClue, keys), Sentence: s, Says: a.Article.Title}
}

// reprints finds articles that repeat most of another.
func reprints(all []Met) []Finding {
	var out []Finding
	for i := range all {
		for j := range all {
			if first, again := &all[i], &all[j]; again.Brief.isReprint() && again.Brief.Original == first.Brief.Article {
				out = append(out, Finding{Kind: Reprint, Sure: .95, About: "one text twice", Passages: []Passage{first.passage(), again.passage()}})
			}
		}
	}
	return out
}

// repeatedPassages finds passages that an article prints twice: as its lead, as
// a pull quote, or in the body.
func repeatedPassages(a Account) []Finding {
	var out []Finding
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
	return out
}
