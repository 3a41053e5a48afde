package collate

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"chancery"
)

// farthestBack is how many bytes before an answer the thing it answers may stand.
const farthestBack = 900

// answered is an offer or a request of an account with a refusal of it there.
type answered struct {
	refusal, step *told
}

// answers gives the refusals and what they refuse: in the same account, shortly
// before, the other side's offers and requests.
func (x *index) answers() []answered {
	var out []answered
	for i := range x.told {
		r := &x.told[i]
		if r.event.Status != chancery.Refused {
			continue
		}
		for j := i - 1; j >= 0; j-- {
			s := &x.told[j]
			if s.account != r.account || r.event.Sentence.Start-s.event.Sentence.Start > farthestBack {
				break
			}
			if opens(s) && s.event.Sentence != r.event.Sentence && sharesDyad(s, r) && begins(s, r.event.Recipients) && !begins(s, r.event.Actors) {
				out = append(out, answered{r, s})
			}
		}
	}
	return out
}

// begins reports whether one of the parties is of the state that takes the step.
func begins(step *told, parties []chancery.Party) bool {
	return slices.ContainsFunc(parties, func(p chancery.Party) bool {
		return partyKey(p) != "" && slices.ContainsFunc(step.event.Actors, func(a chancery.Party) bool { return partyKey(a) == partyKey(p) })
	})
}

// refusedAndAgreed finds offers that one account says were refused and another
// that they were agreed on or carried out.
func refusedAndAgreed(x *index) []Finding {
	done := map[string][]*told{} // by dyad and good
	for i := range x.told {
		if t := &x.told[i]; t.event.Good != nil && stage(t.event.Status) == 2 {
			for _, d := range t.report.Dyads {
				done[d+" "+string(t.report.Good)] = append(done[d+" "+string(t.report.Good)], t)
			}
		}
	}
	var out []Finding
	for _, a := range x.answers() {
		for _, d := range a.step.report.Dyads {
			all := done[d+" "+string(a.step.report.Good)]
			if len(all) > crowded {
				continue
			}
			for _, t := range all {
				if !independent(t.account.Article, a.step.account.Article) || x.superseded(t.account.Article, a.step.account.Article) ||
					!samePurpose(t.event, a.step.event) || !areNear(t, a.step, mostDaysApart) || x.beside(t.report.Words, a.step.report.Words) < leastBeside {
					continue
				}
				out = append(out, Finding{Kind: StatusDisagrees, Sure: .5 + .4*min(t.event.Probability, a.refusal.event.Probability), About: whatOf(t), Passages: []Passage{
					passage(a.refusal.account.Article, a.refusal.event.Sentence, a.refusal.event.ID, string(chancery.Refused)),
					passage(t.account.Article, t.event.Sentence, t.event.ID, string(t.event.Status)),
				}})
			}
		}
	}
	return out
}

// noneSuch reads a sentence that says a thing named before did not take place:
// "No such offer was made".
var noneSuch = regexp.MustCompile(`(?i)^(?:there (?:was|were|has been|is) )?no such (\w+)|(?i)\bnothing of the (?:kind|sort) (?:was|has been)\b`)

// denials finds acts that one account tells and another denies with a sentence
// that takes them up from the one before it.
func denials(x *index) []Finding {
	steps := map[uint64][]int{} // rare word to places in told
	for i := range x.told {
		t := &x.told[i]
		if s := t.event.Status; stage(s) != 2 && s != chancery.Offered {
			continue
		}
		for _, w := range x.besideNames(t.report.Words) {
			if x.rare(w) {
				steps[w] = append(steps[w], i)
			}
		}
	}
	var out []Finding
	for i := range x.accounts {
		a := &x.accounts[i]
		for k, s := range a.Reading.Sentences {
			text := s.Of(a.Article.Text)
			if k == 0 || !noneSuch.MatchString(text) {
				continue
			}
			words, _ := contents(a.Reading.Sentences[k-1].Of(a.Article.Text) + " " + text)
			shared := map[int]int{} // place in told
			for _, w := range x.besideNames(words) {
				if len(steps[w]) <= crowded {
					for _, j := range steps[w] {
						shared[j]++
					}
				}
			}
			for _, j := range slices.Sorted(maps.Keys(shared)) {
				t := &x.told[j]
				if shared[j] < leastBeside || !isNamed(a, t) || !independent(a.Article, t.account.Article) || x.superseded(a.Article, t.account.Article) ||
					!publishedNear(a, t, mostDaysApart) {
					continue
				}
				out = append(out, Finding{Kind: StatusDisagrees, Sure: .8, About: whatOf(t), Passages: []Passage{
					passage(a.Article, s, "", string(chancery.Denied)),
					passage(t.account.Article, t.event.Sentence, t.event.ID, string(t.event.Status)),
				}})
			}
		}
	}
	return out
}

// isNamed reports whether the account speaks of all parties of the event.
func isNamed(a *Account, t *told) bool {
	return slices.ContainsFunc(t.report.Dyads, func(d string) bool {
		for p := range strings.SplitSeq(d, "|") {
			if !slices.ContainsFunc(a.Reading.Actors, func(x chancery.Actor) bool {
				return partyKey(chancery.Party{Code: x.Code, Name: x.Name}) == p
			}) {
				return false
			}
		}
		return true
	})
}

// publishedNear reports whether the event's account appeared near the other in time.
func publishedNear(a *Account, t *told, days int) bool {
	p, q := a.Article.Published, t.account.Article.Published
	return p.IsZero() || q.IsZero() || p.First().Sub(q.First()).Abs().Hours()/24 <= float64(days)
}

// loneSteps finds requests and refusals of what several tell that one account
// alone tells: who sought the contract, that the offer was refused.
func loneSteps(x *index) []Finding {
	voices := map[string]map[string]bool{} // event -> originals that tell its happening
	byDyad := map[string][]*told{}         // steps and refusals
	for _, h := range x.happenings {
		all := map[string]bool{}
		for _, t := range x.reportsOf(h) {
			all[original(t.account.Article)] = true
			voices[t.event.ID] = all
		}
	}
	isStep := func(t *told) bool {
		return t.event.Type == chancery.Request || t.event.Status == chancery.Refused || opens(t)
	}
	for i := range x.told {
		if t := &x.told[i]; isStep(t) {
			for _, d := range t.report.Dyads {
				byDyad[d] = append(byDyad[d], t)
			}
		}
	}
	var out []Finding
	for i := range x.told {
		t := &x.told[i]
		if !isStep(t) || t.event.Good != nil || t.account.Article.ReprintOf != "" || !bareObject.MatchString(chancery.ByteRange{Start: t.event.Trigger.End, End: t.event.Sentence.End}.Of(t.account.Article.Text)) {
			continue
		}
		// What it takes up: the nearest act before between the same parties.
		var beside *told
		for j := i - 1; j >= 0 && x.told[j].account == t.account; j-- {
			s := &x.told[j]
			if s.event.Sentence == t.event.Sentence || !sharesDyad(s, t) {
				continue
			}
			if t.event.Sentence.Start-s.event.Sentence.Start > farthestBack {
				break
			}
			if isTakenUp(t, s) && len(voices[s.event.ID]) >= 2 {
				beside = s
				break
			}
		}
		if beside == nil || x.isToldElsewhere(t, byDyad) {
			continue
		}
		out = append(out, Finding{Kind: SingleSource, Sure: .5, About: whatOf(t), Passages: []Passage{
			passage(t.account.Article, t.event.Sentence, t.event.ID, "only here"),
			passage(beside.account.Article, beside.event.Sentence, beside.event.ID, "told by several"),
		}})
	}
	return out
}

// bareObject is a definite noun that says nothing of its own of what it is.
var bareObject = regexp.MustCompile(`^\s+(?:for\s+)?(?:the|this|that)\s+(?:\w+\s+)?\w+\s*[,.;]`)

// isTakenUp reports whether t is about what s tells: a refusal about an offer or
// a request, a request about what it names by the same word.
func isTakenUp(t, s *told) bool {
	if t.event.Status == chancery.Refused {
		return opens(s)
	}
	words, _ := contents(chancery.ByteRange{Start: t.event.Trigger.End, End: t.event.Sentence.End}.Of(t.account.Article.Text))
	return slices.ContainsFunc(words, func(w uint64) bool { return has(s.report.Words, w) })
}

// isToldElsewhere reports whether an independent account tells a like step
// between the same parties at the time: it asks or refuses as well, or it gives
// the first step to another.
func (x *index) isToldElsewhere(t *told, byDyad map[string][]*told) bool {
	refused := t.event.Status == chancery.Refused
	for _, d := range t.report.Dyads {
		for _, o := range byDyad[d] {
			if !independent(o.account.Article, t.account.Article) || !areNear(o, t, mostDaysApart) || (o.event.Status == chancery.Refused) != refused {
				continue
			}
			if refused || x.aboutOneThing(t, o) {
				return true
			}
		}
	}
	return false
}
