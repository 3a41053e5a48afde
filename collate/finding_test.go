package collate

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"chancery"
)

// page makes an account by hand.
type page struct {
	*testing.T
	Account
}

func newPage(t *testing.T, name, source, published string, sentences ...string) *page {
	a := &chancery.Article{ID: "a" + name, Name: name, Source: source, Text: strings.Join(sentences, " ")}
	if published != "" {
		d, err := chancery.ParseDate(published)
		if err != nil {
			t.Fatal(err)
		}
		a.Published = d
	}
	p := &page{t, Account{a, &chancery.Reading{Article: a.ID}}}
	at := 0
	for _, s := range sentences {
		p.Reading.Sentences = append(p.Reading.Sentences, chancery.ByteRange{Start: at, End: at + len(s)})
		at += len(s) + 1
	}
	return p
}

// at is where the text has a phrase, and in which sentence.
func (p *page) at(phrase string) (r, sentence chancery.ByteRange) {
	p.Helper()
	i := strings.Index(p.Article.Text, phrase)
	if i < 0 {
		p.Fatalf("%s has no %q", p.Article.Name, phrase)
	}
	r = chancery.ByteRange{Start: i, End: i + len(phrase)}
	sentence, _ = sentenceOf(p.Account, r)
	return r, sentence
}

func (p *page) actor(name, code, kind string, mentions ...string) *page {
	x := chancery.Actor{Name: name, Code: code, Kind: kind}
	for _, m := range mentions {
		r, _ := p.at(m)
		x.Mentions = append(x.Mentions, r)
	}
	p.Reading.Actors = append(p.Reading.Actors, x)
	return p
}

var partyNames = map[string]string{"PER": "Peru", "CHL": "Chile", "PERGOV": "Rosa Quispe", "CHLMIL": "Luis Tapia"}

func party(code string) []chancery.Party {
	return []chancery.Party{{Code: code, Name: partyNames[code]}}
}

func (p *page) event(trigger string, typ chancery.EventType, status chancery.Status, from, to string, good chancery.GoodKind, phrase string) *page {
	p.Helper()
	r, s := p.at(trigger)
	e := chancery.Event{ID: fmt.Sprintf("e%s%d", p.Article.Name, len(p.Reading.Events)), Sentence: s, Trigger: r, Type: typ, Status: status,
		Probability: .9, Actors: party(from), Recipients: party(to), Date: p.Article.Published}
	if good != "" {
		g, _ := p.at(phrase)
		e.Good = &chancery.Good{Kind: good, Phrase: g, Giver: party(from)[0], Receiver: party(to)[0]}
	}
	p.Reading.Events = append(p.Reading.Events, e)
	return p
}

func (p *page) quote(words, speaker string) *page {
	p.Helper()
	r, s := p.at(words)
	p.Reading.Quotes = append(p.Reading.Quotes, chancery.Quote{ID: fmt.Sprintf("q%s%d", p.Article.Name, len(p.Reading.Quotes)), Sentence: s, Text: r, Speaker: chancery.Party{Name: speaker}})
	return p
}

func (p *page) figure(value string, number float64, unit, of, approximate string) *page {
	p.Helper()
	r, s := p.at(value)
	f := chancery.Figure{ID: fmt.Sprintf("f%s%d", p.Article.Name, len(p.Reading.Figures)), Sentence: s, Value: r, Number: number, Unit: unit, Approximate: approximate}
	if of != "" {
		f.Of, _ = p.at(of)
	}
	p.Reading.Figures = append(p.Reading.Figures, f)
	return p
}

// filler is sentences that share nothing with any case, so that the words of a
// case are rare.
func filler(t *testing.T) *page {
	var all []string
	for i := range 120 {
		all = append(all, fmt.Sprintf("Gardeners of valley%d watered orchard%d before evening%d.", i, i, i))
	}
	p := newPage(t, "zz", "Gardens", "2020-01-01", all...)
	for i := range 12 {
		p.event(fmt.Sprintf("watered orchard%d ", i), chancery.Cooperate, chancery.Happened, "CHL", "PER", "", "")
	}
	return p
}

func TestFindings(t *testing.T) {
	const ferry, tariff = "The ferry sank off Callao harbour and took %s sailors with it.", "Chile %s its tariff on copper wire from Peru."
	quoted := "“Nobody will ever close this harbour while I live,” %s said."
	offer := "Chile offered Peru two mine sweepers on Monday."
	for _, test := range []struct {
		name  string
		pages []*page
		want  []FindingKind
	}{
		{"numbers", []*page{
			newPage(t, "a", "A", "2024-05-01", fmt.Sprintf(ferry, "13")).figure("13", 13, "", "sailors", ""),
			newPage(t, "b", "B", "2024-05-01", fmt.Sprintf(ferry, "17")).figure("17", 17, "", "sailors", ""),
		}, []FindingKind{NumbersDisagree}},
		{"a number inside the other's vagueness", []*page{
			newPage(t, "a", "A", "2024-05-01", fmt.Sprintf(ferry, "13")).figure("13", 13, "", "sailors", ""),
			newPage(t, "b", "B", "2024-05-01", fmt.Sprintf(ferry, "more than 10")).figure("10", 10, "", "sailors", "more than"),
		}, nil},
		{"a number taken back by its source", []*page{
			newPage(t, "a", "A", "2024-05-01", fmt.Sprintf(ferry, "13")).figure("13", 13, "", "sailors", ""),
			newPage(t, "b", "A", "2024-05-03", fmt.Sprintf(ferry, "17"), "We regret the error.").figure("17", 17, "", "sailors", ""),
		}, nil},
		{"dates", []*page{
			newPage(t, "a", "A", "2024-06-01", "The treaty on Lake Titicaca was signed in Puno on May 2, 2024."),
			newPage(t, "b", "B", "2024-06-01", "The treaty on Lake Titicaca was signed in Puno on May 4, 2024."),
		}, []FindingKind{DatesDisagree}},
		{"a date of what the sentence before names", []*page{
			newPage(t, "a", "A", "2024-06-01", "The treaty on Lake Titicaca was signed in Puno on May 2, 2024."),
			newPage(t, "b", "B", "2024-06-01", "A treaty on Lake Titicaca binds both.", "It was signed in Puno on May 4, 2024."),
		}, []FindingKind{DatesDisagree}},
		{"dates months apart", []*page{
			newPage(t, "a", "A", "2024-09-01", "The treaty on Lake Titicaca was signed in Puno on May 2, 2024."),
			newPage(t, "b", "B", "2024-09-01", "The treaty on Lake Titicaca was signed in Puno on August 4, 2024."),
		}, nil},
		{"two speakers", []*page{
			newPage(t, "a", "A", "2024-05-01", fmt.Sprintf(quoted, "Quispe")).quote("Nobody will ever close this harbour while I live", "Rosa Quispe"),
			newPage(t, "b", "B", "2024-05-01", fmt.Sprintf(quoted, "Tapia")).quote("Nobody will ever close this harbour while I live", "Luis Tapia"),
		}, []FindingKind{TwoSpeakers}},
		{"one speaker, named in full and in short", []*page{
			newPage(t, "a", "A", "2024-05-01", fmt.Sprintf(quoted, "Quispe")).quote("Nobody will ever close this harbour while I live", "Rosa Quispe"),
			newPage(t, "b", "B", "2024-05-01", fmt.Sprintf(quoted, "Quispe")).quote("Nobody will ever close this harbour while I live", "Quispe"),
		}, nil},
		{"tag against prose", []*page{taggedPage(t, "Luis Tapia")}, []FindingKind{TagAgainstProse}},
		{"tag with prose", []*page{taggedPage(t, "Quispe")}, nil},
		{"status: done or planned", []*page{
			newPage(t, "a", "A", "2024-05-01", fmt.Sprintf(tariff, "lowered")).event("lowered", chancery.Cooperate, chancery.Happened, "CHL", "PER", "tariff", "its tariff on copper wire"),
			newPage(t, "b", "B", "2024-05-02", fmt.Sprintf(tariff, "plans to lower")).event("plans", chancery.Agree, chancery.Planned, "CHL", "PER", "tariff", "its tariff on copper wire"),
		}, []FindingKind{StatusDisagrees}},
		{"status: planned in both", []*page{
			newPage(t, "a", "A", "2024-05-01", fmt.Sprintf(tariff, "wants to lower")).event("wants", chancery.Agree, chancery.Planned, "CHL", "PER", "tariff", "its tariff on copper wire"),
			newPage(t, "b", "B", "2024-05-02", fmt.Sprintf(tariff, "plans to lower")).event("plans", chancery.Agree, chancery.Planned, "CHL", "PER", "tariff", "its tariff on copper wire"),
		}, nil},
		{"status: refused or agreed", []*page{
			newPage(t, "a", "A", "2024-05-01", offer, "Peru refused the offer.").
				event("offered", chancery.Agree, chancery.Offered, "CHL", "PER", "arms", "two mine sweepers").event("refused", chancery.Reject, chancery.Refused, "PER", "CHL", "", ""),
			newPage(t, "b", "B", "2024-05-02", "Chile gave Peru two mine sweepers.").event("gave", chancery.Aid, chancery.Delivered, "CHL", "PER", "arms", "two mine sweepers"),
		}, []FindingKind{StatusDisagrees, SingleSource}},
		{"status: no such offer", []*page{
			newPage(t, "a", "A", "2024-05-01", offer).event("offered", chancery.Agree, chancery.Offered, "CHL", "PER", "arms", "two mine sweepers"),
			newPage(t, "b", "B", "2024-05-02", "Peru and Chile spoke of no mine sweepers.", "No such offer was made.").actor("Peru", "PER", "state", "Peru").actor("Chile", "CHL", "state", "Chile"),
		}, []FindingKind{StatusDisagrees}},
		{"roles: two grades", []*page{
			newPage(t, "a", "A", "2024-05-01", "General Luis Tapia went home.").actor("Luis Tapia", "CHLMIL", "person", "Luis Tapia"),
			newPage(t, "b", "B", "2024-05-01", "Colonel Luis Tapia slept.").actor("Luis Tapia", "CHLMIL", "person", "Luis Tapia"),
		}, []FindingKind{RolesDisagree}},
		{"roles: former and sitting, behind an abbreviation", []*page{
			newPage(t, "a", "A", "2024-05-01", "Once, former U.S. President Ann Lee went home.").actor("Ann Lee", "USAGOV", "person", "Ann Lee"),
			newPage(t, "b", "B", "2024-05-01", "US President Ann Lee slept.").actor("Ann Lee", "USAGOV", "person", "Ann Lee"),
		}, []FindingKind{RolesDisagree}},
		{"roles: a grade and an office", []*page{
			newPage(t, "a", "A", "2024-05-01", "General Luis Tapia went home.").actor("Luis Tapia", "CHLMIL", "person", "Luis Tapia"),
			newPage(t, "b", "B", "2024-05-01", "Ambassador Luis Tapia slept.").actor("Luis Tapia", "CHLMIL", "person", "Luis Tapia"),
		}, nil},
		{"two names", []*page{
			newPage(t, "a", "A", "2024-05-01", "Rosa Quispe went home.").actor("Rosa Quispe", "PERGOV", "person", "Rosa Quispe"),
			newPage(t, "b", "B", "2024-05-01", "Rosa Quispi slept.").actor("Rosa Quispi", "PERGOV", "person", "Rosa Quispi"),
		}, []FindingKind{TwoNames}},
		{"two names of two people", []*page{
			newPage(t, "a", "A", "2024-05-01", "Rosa Quispe went home.").actor("Rosa Quispe", "PERGOV", "person", "Rosa Quispe"),
			newPage(t, "b", "B", "2024-05-01", "Juan Quispi slept.").actor("Juan Quispi", "CHLGOV", "person", "Juan Quispi"),
		}, nil},
		{"first step", []*page{
			newPage(t, "a", "A", "2024-05-01", offer).event("offered", chancery.Agree, chancery.Offered, "CHL", "PER", "arms", "two mine sweepers"),
			newPage(t, "b", "B", "2024-05-02", "Peru asked Chile for two mine sweepers.").event("asked", chancery.Request, chancery.Requested, "PER", "CHL", "", ""),
		}, []FindingKind{FirstStep}},
		{"first steps towards two things", []*page{
			newPage(t, "a", "A", "2024-05-01", offer).event("offered", chancery.Agree, chancery.Offered, "CHL", "PER", "arms", "two mine sweepers"),
			newPage(t, "b", "B", "2024-05-02", "Peru asked Chile for cheaper electricity.").event("asked", chancery.Request, chancery.Requested, "PER", "CHL", "", ""),
		}, nil},
		{"single source", []*page{
			newPage(t, "a", "A", "2024-05-01", offer, "Peru refused the offer.").
				event("offered", chancery.Agree, chancery.Offered, "CHL", "PER", "arms", "two mine sweepers").event("refused", chancery.Reject, chancery.Refused, "PER", "CHL", "", ""),
			newPage(t, "b", "B", "2024-05-01", offer).event("offered", chancery.Agree, chancery.Offered, "CHL", "PER", "arms", "two mine sweepers"),
			newPage(t, "c", "C", "2024-05-02", offer).event("offered", chancery.Agree, chancery.Offered, "CHL", "PER", "arms", "two mine sweepers"),
		}, []FindingKind{SingleSource}},
		{"repeated passage", []*page{
			newPage(t, "a", "A", "2024-05-01", "The harbour of Callao never sleeps at all.", "Ships come and go.", "The harbour of Callao never sleeps at all."),
		}, []FindingKind{RepeatedPassage}},
		{"reprint", reprinted(t), []FindingKind{Reprint}},
		{"impossible date", []*page{newPage(t, "a", "A", "2024-05-01", "The treaty was signed on May 9, 2024.")}, []FindingKind{ImpossibleDate}},
		{"a date to come", []*page{newPage(t, "a", "A", "2024-05-01", "The treaty will be signed on May 9, 2024.")}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			accounts := []Account{filler(t).Account}
			for _, p := range test.pages {
				accounts = append(accounts, p.Account)
			}
			found := All(accounts).Findings
			var got []FindingKind
			for _, f := range found {
				got = append(got, f.Kind)
				if f.Sure <= 0 || f.Sure > 1 || f.About == "" || len(f.Passages) == 0 {
					t.Errorf("finding %+v is not whole", f)
				}
				for _, p := range f.Passages {
					i := slices.IndexFunc(accounts, func(a Account) bool { return a.Article.ID == p.Article })
					if i < 0 || p.Range.Of(accounts[i].Article.Text) != p.Text {
						t.Errorf("passage %+v is not where it says", p)
					}
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("found %v, want %v\n%+v", got, test.want, found)
			}
			// The order in which articles arrive does not show.
			rng := rand.New(rand.NewPCG(1, 2))
			rng.Shuffle(len(accounts), func(i, j int) { accounts[i], accounts[j] = accounts[j], accounts[i] })
			if again := All(accounts).Findings; !reflect.DeepEqual(again, found) {
				t.Errorf("in another order:\n%+v\nnot\n%+v", again, found)
			}
		})
	}
}

func taggedPage(t *testing.T, tag string) *page {
	p := newPage(t, "a", "A", "2024-05-01", "Rosa Quispe praised the sailors:", "“They kept the lamps burning through the whole night” – "+tag)
	p.quote("They kept the lamps burning through the whole night", tag)
	r, _ := p.at("Rosa Quispe")
	p.Reading.Quotes[0].ProseSpeaker = &chancery.Party{Name: "Rosa Quispe", Mention: r}
	return p
}

func reprinted(t *testing.T) []*page {
	a := newPage(t, "a", "A", "2024-05-01", "The harbour of Callao never sleeps at all.")
	b := newPage(t, "b", "B", "2024-05-02", "The harbour of Callao never sleeps at all.")
	b.Article.ReprintOf = a.Article.ID
	return []*page{a, b}
}
