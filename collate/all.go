package collate

import (
	"slices"
	"strings"
)

// Collation is all that package collate says of a set of accounts.
type Collation struct {
	Happenings []Described // in the order of their ids
	Findings   []Finding   // by kind, then by article and place
	Sources    []Source    // by name
}

// All collates the accounts, in any order, in memory.
func All(accounts []Account) Collation {
	extracts := make([]Extract, len(accounts))
	texts, places := map[string]string{}, map[string]string{}
	for i, a := range accounts {
		extracts[i] = ExtractOf(a)
		texts[a.Article.ID], places[a.Article.ID] = a.Article.Text, strings.ReplaceAll(a.Article.Name, "\t", " ")+"\t"+a.Article.ID
	}
	var c Collation
	all := map[string]*Told{} // by event
	byBucket, byArticle := map[string][]Told{}, map[string][]Told{}
	var reports []Report
	for i := range extracts {
		e := &extracts[i]
		reports = append(reports, e.Reports...)
		for k := range e.Reports {
			all[e.Reports[k].Event] = &Told{Report: &e.Reports[k], Brief: &e.Brief}
		}
	}
	var found []Finding
	var tellings []Telling
	of := func(article string) []Told { return byArticle[article] }
	happenings := Join(reports)
	told := make([][]Told, len(happenings))
	for i, h := range happenings {
		for _, id := range h.Reports {
			told[i] = append(told[i], *all[id])
		}
		d := Describe(told[i])
		c.Happenings = append(c.Happenings, d)
		tellings = append(tellings, TellingOf(&d, told[i]))
		for _, t := range told[i] {
			t.Voices = d.Voices
			byArticle[t.Article] = append(byArticle[t.Article], t)
			for _, b := range t.Buckets() {
				byBucket[b] = append(byBucket[b], t)
			}
		}
	}
	for i := range told {
		found = append(found, Within(told[i], of)...)
	}
	under, kinds, denials := map[string][]Met{}, map[string]ClueKind{}, map[string][]Met{}
	sources := map[string][]*Brief{}
	for i := range extracts {
		e := &extracts[i]
		sources[e.Brief.Source] = append(sources[e.Brief.Source], &e.Brief)
		found = append(found, e.Alone...)
		for k := range e.Clues {
			m := Met{&e.Clues[k], &e.Brief}
			for _, key := range m.Keys {
				if m.Kind == DenialClue {
					denials[key] = append(denials[key], m)
				} else {
					under[key], kinds[key] = append(under[key], m), m.Kind
				}
			}
		}
	}
	for bucket, reports := range byBucket {
		found = append(found, Between(bucket, reports, denials[bucket])...)
	}
	for key, met := range under {
		found = append(found, Under(kinds[key], met)...)
	}
	c.Findings, _ = Merge(found, func(id string) string { return places[id] }, func(id string) string { return texts[id] })
	for name, briefs := range sources {
		c.Sources = append(c.Sources, *Profile(name, briefs))
	}
	slices.SortFunc(c.Sources, func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	stand := NewStanding(NewNumbers(), c.Sources, len(tellings))
	for i := range tellings {
		stand.Take(&tellings[i])
	}
	stand.Close()
	return c
}
