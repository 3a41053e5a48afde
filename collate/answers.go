package collate

import (
	"regexp"
	"slices"

	"chancery"
)

// farthestBack is how many bytes before an answer the thing it answers may stand.
const farthestBack = 900

// refusedAndAgreed finds offers and requests that one account says were refused
// and another that they were agreed on or carried out. What a refusal refuses
// are, in the same account, shortly before, the other side's steps.
func refusedAndAgreed(reports []Told) []Finding {
	done := map[chancery.GoodKind][]*Told{}
	for i := range reports {
		if t := &reports[i]; t.Good != "" && stage(t.Status) == 2 {
			done[t.Good] = append(done[t.Good], t)
		}
	}
	var out []Finding
	for i := range reports {
		r := &reports[i]
		if r.Status != chancery.Refused {
			continue
		}
		for j := i - 1; j >= 0; j-- {
			s := &reports[j]
			if s.Article != r.Article || r.Sentence.Start-s.Sentence.Start > farthestBack {
				break
			}
			if !s.Opens || s.Sentence == r.Sentence || !crosses(s.From, r.To) || crosses(s.From, r.From) || len(done[s.Good]) > crowded {
				continue
			}
			for _, t := range done[s.Good] {
				if !independent(t.Brief, s.Brief) || superseded(t.Brief, s.Brief) || !samePurpose(t, s) || !areNear(t.Brief, s.Brief, mostDaysApart) || shared(t.Own, s.Own) < leastBeside {
					continue
				}
				out = append(out, Finding{Kind: StatusDisagrees, Sure: round(.5 + .4*min(t.Probability, r.Probability)), About: t.About, Passages: []Passage{
					r.passage(string(chancery.Refused)), t.passage(string(t.Status)),
				}})
			}
		}
	}
	return out
}

// refusedByOne finds what one account says a side refused and another that it
// agreed on, called by the same name: "rejected the hotline", "agreed to a hotline".
func refusedByOne(reports []Told) []Finding {
	met := map[uint64][]*Told{} // agreed on or done, by a word of its object
	for i := range reports {
		if t := &reports[i]; stage(t.Status) == 2 && isConsent(t.Type) {
			for _, w := range t.Object {
				met[w] = append(met[w], t)
			}
		}
	}
	var out []Finding
	for i := range reports {
		r := &reports[i]
		if r.Status != chancery.Refused {
			continue
		}
		seen := map[string]bool{}
		for _, w := range r.Object {
			if len(met[w]) > crowded {
				continue
			}
			for _, t := range met[w] {
				if seen[t.Event] || !crosses(r.From, t.From) || !independent(r.Brief, t.Brief) || superseded(r.Brief, t.Brief) || !areNear(r.Brief, t.Brief, mostDaysApart) ||
					2*shared(r.Object, t.Object) < min(len(r.Object), len(t.Object)) {
					continue
				}
				seen[t.Event] = true
				out = append(out, Finding{Kind: StatusDisagrees, Sure: round(.5 + .4*min(t.Probability, r.Probability)), About: t.About, Passages: []Passage{
					r.passage(string(chancery.Refused)), t.passage(string(t.Status)),
				}})
			}
		}
	}
	return out
}

// isConsent reports whether an act of the type grants what was asked or offered.
func isConsent(t chancery.EventType) bool {
	switch t {
	case chancery.Agree, chancery.Concede, chancery.Cooperate, chancery.Aid:
		return true
	}
	return false
}

// noneSuch reads a sentence that says a thing named before did not take place:
// "No such offer was made".
var noneSuch = regexp.MustCompile(`(?i)^(?:there (?:was|were|has been|is) )?no such (\w+)|(?i)\bnothing of the (?:kind|sort) (?:was|has been)\b`)

// denialClues gives the sentences that deny what the sentence before them names.
// They meet the reports of the parties that the account speaks of.
func denialClues(a Account, own own) []Clue {
	var out []Clue
	for k, s := range a.Reading.Sentences {
		text := s.Of(a.Article.Text)
		if k == 0 || !noneSuch.MatchString(text) {
			continue
		}
		words, _ := contents(a.Reading.Sentences[k-1].Of(a.Article.Text) + " " + text)
		out = append(out, Clue{Kind: DenialClue, Keys: denialKeys(a), Sentence: s, Says: string(chancery.Denied), Words: own.of(words)})
	}
	return out
}

// denialKeys gives the buckets of all pairs of parties that an account speaks
// of, about the time of its publication.
func denialKeys(a Account) []string {
	var parties []chancery.Party
	for _, x := range a.Reading.Actors {
		parties = append(parties, chancery.Party{Code: x.Code, Name: x.Name})
	}
	keys := partyKeys(parties)
	dyads := slices.Clone(keys)
	for i, p := range keys {
		for _, q := range keys[i+1:] {
			dyads = append(dyads, p+"|"+q)
		}
	}
	var years []int
	if day := published(a.Article); day != NoDay {
		years = publicationYears(day)
	}
	out := bucketsOf(dyads, yearNames(years))
	slices.Sort(out)
	return out
}

// denied finds acts that one account tells and another denies with a sentence
// that takes them up from the one before it.
func denied(reports []Told, denials []Met) []Finding {
	var out []Finding
	for i := range denials {
		d := &denials[i]
		for j := range reports {
			t := &reports[j]
			if stage(t.Status) != 2 && t.Status != chancery.Offered || shared(d.Words, t.Own) < leastBeside || !independent(d.Brief, t.Brief) || superseded(d.Brief, t.Brief) ||
				!areNear(d.Brief, t.Brief, mostDaysApart) {
				continue
			}
			out = append(out, Finding{Kind: StatusDisagrees, Sure: .8, About: t.About, Passages: []Passage{d.passage(), t.passage(string(t.Status))}})
		}
	}
	return out
}

// loneSteps finds requests and refusals of what several tell that one account
// alone tells: who sought the contract, that the offer was refused.
func loneSteps(bucket string, reports []Told) []Finding {
	var steps []*Told
	isStep := func(t *Told) bool { return t.Type == chancery.Request || t.Status == chancery.Refused || t.Opens }
	for i := range reports {
		if isStep(&reports[i]) {
			steps = append(steps, &reports[i])
		}
	}
	var out []Finding
	for i := range reports {
		t := &reports[i]
		if !isStep(t) || t.Good != "" || t.Brief.isReprint() || !t.Bare || t.home() != bucket {
			continue
		}
		// What it takes up: the nearest act before between the same parties.
		var beside *Told
		for j := i - 1; j >= 0 && reports[j].Article == t.Article; j-- {
			s := &reports[j]
			if s.Sentence == t.Sentence {
				continue
			}
			if t.Sentence.Start-s.Sentence.Start > farthestBack {
				break
			}
			if isTakenUp(t, s) && s.Voices >= 2 {
				beside = s
				break
			}
		}
		if beside == nil || isToldElsewhere(t, steps) {
			continue
		}
		out = append(out, Finding{Kind: SingleSource, Sure: .5, About: t.About, Passages: []Passage{
			t.passage("only here"), beside.passage("told by several"),
		}})
	}
	return out
}

// isTakenUp reports whether t is about what s tells: a refusal about an offer or
// a request, a request about what it names by the same word.
func isTakenUp(t, s *Told) bool {
	if t.Status == chancery.Refused {
		return s.Opens
	}
	return shared(t.After, s.Words) > 0
}

// isToldElsewhere reports whether an independent account tells a like step
// between the same parties at the time: it asks or refuses as well, or it gives
// the first step to another.
func isToldElsewhere(t *Told, steps []*Told) bool {
	refused := t.Status == chancery.Refused
	return slices.ContainsFunc(steps, func(o *Told) bool {
		return independent(o.Brief, t.Brief) && areNear(o.Brief, t.Brief, mostDaysApart) && (o.Status == chancery.Refused) == refused &&
			(refused || aboutOneThing(t, o))
	})
}
