package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"chancery"
	"chancery/relation"

	"pgregory.net/rapid"
)

// span finds the range of words in text; they must occur.
func span(text, words string) chancery.ByteRange {
	i := strings.Index(text, words)
	if i < 0 {
		panic(fmt.Sprintf("%q does not occur in %q", words, text))
	}
	return chancery.ByteRange{Start: i, End: i + len(words)}
}

const harbour = "Arcadia offered Ruritania two old frigates. In return it asked for the harbour of Port Naïve.\n" +
	"“We will think about it,” said Prime Minister Ada Orlo. About 40 percent of Ruritanians object. The talks may resume in June."

// harbourArticle is an article with its reading, written by hand. ARC and RUR
// are codes of invented states.
func harbourArticle(name, source string) (*chancery.Article, *chancery.Reading) {
	text := harbour
	a := &chancery.Article{Name: name, Title: "Frigates for a harbour", Source: source, Byline: "Ion Pell",
		Published: chancery.Date{Year: 2025, Month: 6, Day: 18}, Language: "en", Path: "in/" + name + ".txt", Text: text,
		Cuts: []chancery.Cut{{Line: 3, Text: "Share this", Reason: chancery.CutControl}}}
	a.ID = chancery.ArticleID(*a)
	first, second := span(text, "Arcadia offered Ruritania two old frigates."), span(text, "In return it asked for the harbour of Port Naïve.")
	third, fourth, fifth := span(text, "“We will think about it,” said Prime Minister Ada Orlo."), span(text, "About 40 percent of Ruritanians object."), span(text, "The talks may resume in June.")
	arc := chancery.Party{Code: "ARC", Name: "Arcadia", Mention: span(text, "Arcadia")}
	rur := chancery.Party{Code: "RUR", Name: "Ruritania", Mention: span(text, "Ruritania")}
	orlo := chancery.Party{Code: "RURGOV", Name: "Ada Orlo", Mention: span(text, "Prime Minister Ada Orlo")}
	june := chancery.Date{Year: 2025, Month: 6}
	r := &chancery.Reading{Article: a.ID, Version: "1",
		Sentences: []chancery.ByteRange{first, second, third, fourth, fifth},
		Actors: []chancery.Actor{
			{Code: "ARC", Name: "Arcadia", Kind: "state", Mentions: []chancery.ByteRange{arc.Mention}},
			{Code: "RURGOV", Name: "Ada Orlo", Kind: "person", Role: "Prime Minister", Mentions: []chancery.ByteRange{orlo.Mention}}},
		Events: []chancery.Event{
			{ID: "e1" + name, Sentence: first, Trigger: span(text, "offered"), Type: chancery.Agree, Status: chancery.Offered, Probability: 0.9, Intensity: 4,
				Actors: []chancery.Party{arc}, Recipients: []chancery.Party{rur, orlo}, Date: june, Exchange: "x1" + name,
				Good:     &chancery.Good{Kind: "arms", Phrase: span(text, "two old frigates"), Giver: arc, Receiver: rur, Status: chancery.Offered},
				Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: first}, {Role: chancery.RoleTrigger, ByteRange: span(text, "offered")}}},
			{ID: "e2" + name, Sentence: second, Trigger: span(text, "asked"), Type: chancery.Request, Status: chancery.Requested, Probability: 0.6, Intensity: -1,
				Actors: []chancery.Party{arc}, Recipients: []chancery.Party{rur}, Exchange: "x1" + name,
				Good:     &chancery.Good{Kind: "port", Phrase: span(text, "the harbour of Port Naïve"), Giver: rur, Receiver: arc, Status: chancery.Requested},
				Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: second}}}},
		Exchanges: []chancery.Exchange{{ID: "x1" + name, Legs: []string{"e1" + name, "e2" + name},
			Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: second}, {Role: chancery.RoleTie, ByteRange: span(text, "In return")}}}},
		Quotes: []chancery.Quote{{ID: "q1" + name, Sentence: third, Text: span(text, "We will think about it,"), Speaker: orlo,
			Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: third}}}},
		Figures: []chancery.Figure{{ID: "f1" + name, Sentence: fourth, Value: span(text, "40 percent"), Number: 40, Unit: "percent", Of: span(text, "Ruritanians"),
			Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: fourth}}}},
		Forecasts: []chancery.Forecast{{ID: "p1" + name, Sentence: fifth, Holder: chancery.Party{Name: "author"}, About: span(text, "The talks may resume in June"),
			Subject: rur, Hedge: "may", Strength: 0.4, Horizon: june, Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: fifth}}}},
	}
	return a, r
}

func open(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func put(t testing.TB, s *Store, a *chancery.Article, r *chancery.Reading) {
	t.Helper()
	if _, err := s.Put(context.Background(), Entry{Article: a, Reading: r}); err != nil {
		t.Fatal(err)
	}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestPutAndRead(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "record.db")
	s := open(t, path)
	a, r := harbourArticle("harbour", "Sample Wire")
	for i, want := range []Stored{{true, true}, {}} {
		got, err := s.Put(ctx, Entry{Article: a, Reading: r})
		if err != nil || got != want {
			t.Fatalf("Put number %d: got %+v, %v, want %+v", i+1, got, err, want)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	gotA, err := s.Article(ctx, "harbour")
	if err != nil || !reflect.DeepEqual(gotA, a) {
		t.Errorf("Article: got %+v, %v\nwant %+v", gotA, err, a)
	}
	gotR, err := s.Reading(ctx, a.ID)
	if err != nil || !reflect.DeepEqual(gotR, r) {
		t.Errorf("Reading: got %+v, %v\nwant %+v", gotR, err, r)
	}
	if stored, read, err := s.Has(ctx, a.ID, "2"); err != nil || !stored || read {
		t.Errorf("Has version 2: got %v, %v, %v", stored, read, err)
	}
	events := must[Page[Row[chancery.Event]]](t)(s.Events(ctx, Filter{}))
	if len(events.Rows) != 2 || !reflect.DeepEqual(events.Rows[0].Record, r.Events[0]) || events.Rows[1].Article.Text != a.Text {
		t.Errorf("Events: got %+v", events)
	}
	list := must[Page[ArticleRow]](t)(s.Articles(ctx, Filter{}))
	if len(list.Rows) != 1 || list.Rows[0].Events != 2 || list.Rows[0].Quotes != 1 || list.Rows[0].Version != "1" || list.Rows[0].Bytes != len(a.Text) {
		t.Errorf("Articles: got %+v", list)
	}
	for id, kind := range map[string]Kind{"e1harbour": KindEvent, "x1harbour": KindExchange, "q1harbour": KindQuote, "f1harbour": KindFigure, "p1harbour": KindForecast} {
		if f, err := s.Record(ctx, id); err != nil || f.Kind != kind {
			t.Errorf("Record %s: got %+v, %v", id, f, err)
		}
	}
	for prefix, want := range map[string]error{"e1": nil, "e1harbour": nil, "e": chancery.ErrConflict, "z": chancery.ErrNotFound, "": chancery.ErrNotFound} {
		if id, err := s.RecordID(ctx, prefix); !errors.Is(err, want) || err == nil && id != "e1harbour" {
			t.Errorf("RecordID %q: got %q, %v, want %v", prefix, id, err, want)
		}
	}
	if _, err := s.Record(ctx, "nothing"); !errors.Is(err, chancery.ErrNotFound) {
		t.Errorf("Record nothing: got %v", err)
	}
}

func TestFilters(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	for _, x := range [][2]string{{"b", "Sample Wire"}, {"a", "Sample Gazette"}} {
		putHarbour(t, s, x[0], x[1])
	}
	june := chancery.Date{Year: 2025, Month: 6, Day: 30}
	cases := []struct {
		name   string
		kind   Kind
		filter Filter
		want   string
	}{
		{"all", KindEvent, Filter{}, "e1a e2a e1b e2b"},
		{"article", KindEvent, Filter{Article: "b"}, "e1b e2b"},
		{"source", KindEvent, Filter{Source: "Sample Gazette"}, "e1a e2a"},
		{"source that is not there", KindEvent, Filter{Source: "Sample"}, ""},
		{"actor", KindEvent, Filter{Actor: "ARC"}, "e1a e2a e1b e2b"},
		{"actor's state does not act", KindEvent, Filter{Actor: "RUR"}, ""},
		{"recipient, a state with its parts", KindEvent, Filter{Recipient: "RUR", Article: "a"}, "e1a e2a"},
		{"recipient, a part of a state", KindEvent, Filter{Recipient: "RURGOV"}, "e1a e1b"},
		{"recipient by name", KindEvent, Filter{Recipient: "ada orlo"}, "e1a e1b"},
		{"actor and recipient", KindEvent, Filter{Actor: "ARC", Recipient: "RURGOV", Article: "a"}, "e1a"},
		{"either side", KindEvent, Filter{Party: "RUR", Article: "a"}, "e1a e2a"},
		{"between", KindEvent, Filter{Between: [2]string{"RUR", "ARC"}, Article: "b"}, "e1b e2b"},
		{"between one and itself", KindEvent, Filter{Between: [2]string{"RUR", "RUR"}}, ""},
		{"type", KindEvent, Filter{Types: []chancery.EventType{chancery.Request, chancery.Assault}}, "e2a e2b"},
		{"status", KindEvent, Filter{Statuses: []chancery.Status{chancery.Offered}}, "e1a e1b"},
		{"good", KindEvent, Filter{Goods: []chancery.GoodKind{"port"}}, "e2a e2b"},
		{"giver", KindEvent, Filter{Giver: "RUR"}, "e2a e2b"},
		{"leg of", KindEvent, Filter{Exchange: "x1a"}, "e1a e2a"},
		{"probability", KindEvent, Filter{MinProbability: 0.9}, "e1a e1b"},
		{"until within the month", KindEvent, Filter{Until: chancery.Date{Year: 2025, Month: 6, Day: 3}}, "e1a e1b"},
		{"since within the month", KindEvent, Filter{Since: june}, "e1a e1b"},
		{"since after", KindEvent, Filter{Since: chancery.Date{Year: 2025, Month: 7}}, ""},
		{"oldest first", KindEvent, Filter{Order: OrderOldest}, "e2a e2b e1a e1b"},
		{"newest first", KindEvent, Filter{Order: OrderNewest}, "e1b e1a e2b e2a"},
		{"newest first of an actor", KindEvent, Filter{Order: OrderNewest, Actor: "ARC", Article: "a"}, "e1a e2a"},
		{"exchanges between", KindExchange, Filter{Between: [2]string{"ARC", "RUR"}}, "x1a x1b"},
		{"exchanges of a giver", KindExchange, Filter{Giver: "RUR", Since: june}, "x1a x1b"},
		{"speaker", KindQuote, Filter{Actor: "Ada Orlo"}, "q1a q1b"},
		{"unit", KindFigure, Filter{Unit: "percent", Article: "b"}, "f1b"},
		{"holder", KindForecast, Filter{Actor: "author", Recipient: "RUR"}, "p1a p1b"},
		{"strength", KindForecast, Filter{MinProbability: 0.5}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all := strings.Join(ids(t, s, c.kind, c.filter), " ")
			if all != c.want {
				t.Fatalf("got %q, want %q", all, c.want)
			}
			n, err := s.Count(ctx, c.kind, c.filter)
			if err != nil || n != len(strings.Fields(c.want)) {
				t.Errorf("Count: got %d, %v", n, err)
			}
			// Page by page gives the same.
			var paged []string
			s.common = 1 + len(c.name)%2 // both ways to find a party's records
			for f := c.filter; ; {
				f.Limit = 1
				page, next := onePage(t, s, c.kind, f)
				paged = append(paged, page...)
				if f.Cursor = next; next == "" {
					break
				}
			}
			if got := strings.Join(paged, " "); got != c.want {
				t.Errorf("page by page: got %q, want %q", got, c.want)
			}
		})
	}
}

func putHarbour(t testing.TB, s *Store, name, source string) {
	t.Helper()
	a, r := harbourArticle(name, source)
	put(t, s, a, r)
}

func onePage(t *testing.T, s *Store, kind Kind, f Filter) (ids []string, next string) {
	t.Helper()
	ctx := context.Background()
	switch kind {
	case KindEvent:
		p := must[Page[Row[chancery.Event]]](t)(s.Events(ctx, f))
		for _, r := range p.Rows {
			ids = append(ids, r.Record.ID)
		}
		return ids, p.Next
	case KindExchange:
		p := must[Page[Row[chancery.Exchange]]](t)(s.Exchanges(ctx, f))
		for _, r := range p.Rows {
			ids = append(ids, r.Record.ID)
		}
		return ids, p.Next
	case KindQuote:
		p := must[Page[Row[chancery.Quote]]](t)(s.Quotes(ctx, f))
		for _, r := range p.Rows {
			ids = append(ids, r.Record.ID)
		}
		return ids, p.Next
	case KindFigure:
		p := must[Page[Row[chancery.Figure]]](t)(s.Figures(ctx, f))
		for _, r := range p.Rows {
			ids = append(ids, r.Record.ID)
		}
		return ids, p.Next
	}
	p := must[Page[Row[chancery.Forecast]]](t)(s.Forecasts(ctx, f))
	for _, r := range p.Rows {
		ids = append(ids, r.Record.ID)
	}
	return ids, p.Next
}

func ids(t *testing.T, s *Store, kind Kind, f Filter) []string {
	t.Helper()
	out, next := onePage(t, s, kind, f)
	if next != "" {
		t.Fatalf("a next page without a limit: %q", next)
	}
	return out
}

func TestFilterErrors(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	_, err := s.Quotes(ctx, Filter{Types: []chancery.EventType{chancery.Agree}})
	if !errors.Is(err, chancery.ErrInvalid) || !strings.Contains(err.Error(), "quotes have no type") {
		t.Errorf("quotes by type: got %v", err)
	}
	for name, f := range map[string]Filter{
		"half a pair": {Between: [2]string{"ARC", ""}}, "cursor": {Cursor: "???"}, "limit": {Limit: -1}, "order": {Order: "sideways"},
		"another order's cursor": {Cursor: cursor{Order: OrderNewest}.String()}, "probability": {MinProbability: 2}, "language": {Language: "en"},
	} {
		if _, err := s.Events(ctx, f); !errors.Is(err, chancery.ErrInvalid) {
			t.Errorf("%s: got %v, want ErrInvalid", name, err)
		}
	}
	if _, err := s.Events(ctx, Filter{Article: "nowhere"}); !errors.Is(err, chancery.ErrNotFound) {
		t.Errorf("article nowhere: got %v", err)
	}
	if _, err := s.Figures(ctx, Filter{Party: "ARC"}); !errors.Is(err, chancery.ErrInvalid) {
		t.Errorf("figures by party: got %v", err)
	}
}

// TestRefused holds that a reading that does not fit its article leaves nothing behind.
func TestRefused(t *testing.T) {
	ctx := context.Background()
	cases := []struct {
		name  string
		spoil func(*chancery.Article, *chancery.Reading)
		want  error
	}{
		{"range past the end", func(a *chancery.Article, r *chancery.Reading) { r.Events[0].Evidence[1].End = len(a.Text) + 1 }, chancery.ErrEvidence},
		{"range that cuts a character", func(a *chancery.Article, r *chancery.Reading) {
			i := strings.Index(a.Text, "ï")
			r.Figures[0].Value = chancery.ByteRange{Start: i + 1, End: i + 4}
		}, chancery.ErrEvidence},
		{"empty range", func(a *chancery.Article, r *chancery.Reading) { r.Quotes[0].Text.End = r.Quotes[0].Text.Start }, chancery.ErrEvidence},
		{"mention of an attribution", func(a *chancery.Article, r *chancery.Reading) {
			r.Events[0].Attribution = []chancery.Attribution{{Kind: chancery.BySpeaker, Party: chancery.Party{Name: "x", Mention: chancery.ByteRange{Start: 5, End: 4}}}}
		}, chancery.ErrEvidence},
		{"no sentence", func(a *chancery.Article, r *chancery.Reading) { r.Events[0].Evidence = r.Events[0].Evidence[1:] }, chancery.ErrEvidence},
		{"type outside the vocabulary", func(a *chancery.Article, r *chancery.Reading) { r.Events[1].Type = "YIELD" }, chancery.ErrInvalid},
		{"status outside the vocabulary", func(a *chancery.Article, r *chancery.Reading) { r.Events[1].Status = "done" }, chancery.ErrInvalid},
		{"kind of good outside the vocabulary", func(a *chancery.Article, r *chancery.Reading) { r.Events[1].Good.Kind = "love" }, chancery.ErrInvalid},
		{"probability", func(a *chancery.Article, r *chancery.Reading) { r.Events[1].Probability = 1.5 }, chancery.ErrInvalid},
		{"two records with an id", func(a *chancery.Article, r *chancery.Reading) { r.Events[1].ID = r.Events[0].ID }, chancery.ErrInvalid},
		{"leg that is no event", func(a *chancery.Article, r *chancery.Reading) { r.Exchanges[0].Legs[0] = "e9" }, chancery.ErrInvalid},
		{"reading of another article", func(a *chancery.Article, r *chancery.Reading) { r.Article = "a9" }, chancery.ErrInvalid},
		{"id of another content", func(a *chancery.Article, r *chancery.Reading) { a.ID, r.Article = "a9", "a9" }, chancery.ErrInvalid},
		{"text that is not UTF-8", func(a *chancery.Article, r *chancery.Reading) { a.Text = "\xff" }, chancery.ErrInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, filepath.Join(t.TempDir(), "record.db"))
			a, r := harbourArticle("a", "Sample Wire")
			c.spoil(a, r)
			if _, err := s.Put(ctx, Entry{Article: a, Reading: r}); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if n, err := s.Count(ctx, "", Filter{}); err != nil || n != 0 {
				t.Errorf("%d articles are left behind, %v", n, err)
			}
		})
	}
}

func TestNewReadingKeepsTheOld(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	a, old := harbourArticle("a", "Sample Wire")
	put(t, s, a, old)
	c := must[chancery.Correction](t)(s.Correct(ctx, chancery.Correction{Record: "e2a", Verdict: chancery.Rejected, Who: "ana", When: time.Unix(1, 0), Why: "it was Ruritania that asked"}))
	_, renewed := harbourArticle("a", "Sample Wire")
	renewed.Version = "2"
	renewed.Exchanges, renewed.Events = nil, renewed.Events[:1]
	renewed.Events[0].Exchange = ""
	put(t, s, a, renewed)

	if got := ids(t, s, KindEvent, Filter{}); !reflect.DeepEqual(got, []string{"e1a"}) {
		t.Errorf("events of the current reading: got %v", got)
	}
	if got := ids(t, s, KindExchange, Filter{}); len(got) != 0 {
		t.Errorf("exchanges of the current reading: got %v", got)
	}
	if got, err := s.ReadingOf(ctx, a.ID, "1"); err != nil || !reflect.DeepEqual(got, old) {
		t.Errorf("the old reading: got %+v, %v", got, err)
	}
	if got, err := s.Reading(ctx, a.ID); err != nil || got.Version != "2" {
		t.Errorf("the current reading: got %+v, %v", got, err)
	}
	kept := must[[]chancery.Correction](t)(s.Corrections(ctx, CorrectionFilter{Article: a.ID}))
	if len(kept) != 1 || !reflect.DeepEqual(kept[0], c) {
		t.Errorf("corrections: got %+v, want %+v", kept, c)
	}
	for _, table := range []string{"evidence", "party", "event", "dyad"} {
		var orphans int
		if err := s.read.QueryRow("SELECT count(*) FROM " + table + " WHERE record NOT IN (SELECT n FROM record)").Scan(&orphans); err != nil || orphans != 0 {
			t.Errorf("%s keeps %d rows of records that are gone, %v", table, orphans, err)
		}
	}
	for _, order := range []string{"DELETE FROM reading", "UPDATE reading SET version = '3'", "DELETE FROM correction", "UPDATE correction SET why = ''"} {
		if _, err := s.write.Exec(order); err == nil {
			t.Errorf("%s: was let through", order)
		}
	}
}

func TestCorrections(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "a", "Sample Wire")
	at := time.Date(2025, 7, 1, 12, 0, 0, 0, time.FixedZone("", 3600))
	one := must[chancery.Correction](t)(s.Correct(ctx, chancery.Correction{Record: "q1a", Verdict: chancery.Amended, Amendment: json.RawMessage(`{"partial":true}`), Who: "ana", When: at}))
	if one.Kind != "quote" || !strings.Contains(string(one.Was), "Ada Orlo") || one.When.Location() != time.UTC {
		t.Errorf("got %+v", one)
	}
	two := must[chancery.Correction](t)(s.Correct(ctx, chancery.Correction{Record: "q1a", Verdict: chancery.Withdrawn, Withdraws: one.Number, Who: "ben", When: at}))
	got := must[[]chancery.Correction](t)(s.Corrections(ctx, CorrectionFilter{Record: "q1a"}))
	if !reflect.DeepEqual(got, []chancery.Correction{one, two}) {
		t.Errorf("got %+v\nwant %+v", got, []chancery.Correction{one, two})
	}
	for name, c := range map[string]chancery.Correction{
		"no record":                   {Record: "q9", Verdict: chancery.Confirmed, Who: "ana", When: at},
		"nothing to withdraw":         {Record: "q1a", Verdict: chancery.Withdrawn, Withdraws: 99, Who: "ana", When: at},
		"no one":                      {Record: "q1a", Verdict: chancery.Confirmed, When: at},
		"verdict":                     {Record: "q1a", Verdict: "maybe", Who: "ana", When: at},
		"amended without amendment":   {Record: "q1a", Verdict: chancery.Amended, Who: "ana", When: at},
		"confirmed with an amendment": {Record: "q1a", Verdict: chancery.Confirmed, Amendment: json.RawMessage("{}"), Who: "ana", When: at},
		"amendment that is not JSON":  {Record: "q1a", Verdict: chancery.Amended, Amendment: json.RawMessage("{"), Who: "ana", When: at},
	} {
		if _, err := s.Correct(ctx, c); !errors.Is(err, chancery.ErrInvalid) && !errors.Is(err, chancery.ErrNotFound) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// TestCopies holds that of two copies of an article the same one gives its
// name, whichever comes first.
func TestCopies(t *testing.T) {
	ctx := context.Background()
	for _, order := range [][]string{{"a", "b"}, {"b", "a"}} {
		s := open(t, filepath.Join(t.TempDir(), "record.db"))
		for _, name := range order {
			a, r := harbourArticle(name, "Sample Wire") // the name is no part of the id
			r.Version = "1"
			put(t, s, a, r)
		}
		a := must[*chancery.Article](t)(s.Article(ctx, "a"))
		if a.Path != "in/a.txt" {
			t.Errorf("%v: got path %s", order, a.Path)
		}
		if n, err := s.Count(ctx, "", Filter{}); n != 1 || err != nil {
			t.Errorf("%v: got %d articles, %v", order, n, err)
		}
		if got, want := ids(t, s, KindEvent, Filter{Article: "a"}), []string{"e1" + order[0], "e2" + order[0]}; !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got events %v, want %v", order, got, want)
		}
	}
}

func TestSearch(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "a", "Sample Wire")
	putHarbour(t, s, "b", "Sample Gazette")
	for query, want := range map[string]string{
		"frigate":               "frigates",
		"naive harbour":         "harbour|Naïve",
		`"two old frigates"`:    "two old frigates",
		"resum*":                "resume",
		"frigates NOT harbours": "none",
		"title:frigates":        "",
	} {
		hits := must[[]Hit](t)(s.Search(ctx, query, Filter{Source: "Sample Wire"}))
		got := "none"
		if len(hits) == 1 {
			var words []string
			for _, m := range hits[0].Matches {
				words = append(words, m.Of(hits[0].Article.Text))
			}
			got = strings.Join(words, "|")
		}
		if got != want {
			t.Errorf("search for %s: got %s, want %s", query, got, want)
		}
	}
	for _, query := range []string{"", "  ", `"open`, "AND", "a:b", "(", "near("} {
		if _, err := s.Search(ctx, query, Filter{}); !errors.Is(err, chancery.ErrInvalid) {
			t.Errorf("search for %q: got %v, want ErrInvalid", query, err)
		}
	}
}

func TestActors(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "a", "Sample Wire")
	putHarbour(t, s, "b", "Sample Gazette")
	want := []ActorRow{{"ARC", "Arcadia", "state", nil, 2, 2}, {"RURGOV", "Ada Orlo", "person", []string{"Prime Minister"}, 2, 2}}
	if got := must[[]ActorRow](t)(s.Actors(context.Background(), Filter{})); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := must[[]ActorRow](t)(s.Actors(context.Background(), Filter{Party: "RUR", Limit: 1})); !reflect.DeepEqual(got, want[1:]) {
		t.Errorf("of a state: got %+v, want %+v", got, want[1:])
	}
}

func TestSeries(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "a", "Sample Wire")
	putHarbour(t, s, "b", "Sample Gazette")
	june := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	for period, start := range map[Period]time.Time{PeriodDay: june, PeriodWeek: time.Date(2025, 5, 26, 0, 0, 0, 0, time.UTC), PeriodMonth: june, PeriodYear: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)} {
		want := []Bucket{{start, chancery.VerbalCooperation, 2, 2, 8, 32}}
		if got := must[[]Bucket](t)(s.Series(ctx, DyadFilter{Actor: "ARC", Recipient: "RUR"}, period)); !reflect.DeepEqual(got, want) {
			t.Errorf("by %s: got %+v, want %+v", period, got, want)
		}
	}
	if _, err := s.write.Exec("UPDATE dyad SET happening = 7 WHERE day > 0"); err != nil {
		t.Fatal(err)
	}
	want := []Bucket{{june, chancery.VerbalCooperation, 2, 1, 4, 16}}
	if got := must[[]Bucket](t)(s.Series(ctx, DyadFilter{}, PeriodMonth)); !reflect.DeepEqual(got, want) {
		t.Errorf("one happening: got %+v, want %+v", got, want)
	}
	var seen []string
	err := s.DyadEvents(ctx, DyadFilter{WithoutSource: "Sample Wire"}, func(o *relation.Observation) error {
		seen = append(seen, fmt.Sprint(o.Event, " ", o.Day.Format(time.DateOnly), " ", o.Class(), " ", o.Source))
		return nil
	})
	if want := []string{"e1b 2025-06-01 verbal cooperation Sample Gazette"}; err != nil || !reflect.DeepEqual(seen, want) {
		t.Errorf("events of a dyad: got %q, %v, want %q", seen, err, want)
	}
	if got, want := must[[]DyadCount](t)(s.Dyads(ctx, DyadFilter{}, 1)), []DyadCount{{"ARC", "RUR", 4, [5]int{1: 2, 3: 2}, 6}}; !reflect.DeepEqual(got, want) {
		t.Errorf("dyads: got %+v, want %+v", got, want)
	}
}

func TestOpenErrors(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	database := func(name string, orders ...string) string {
		path := filepath.Join(dir, name)
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, o := range orders {
			if _, err := db.Exec(o); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	held := filepath.Join(dir, "held.db")
	s := open(t, held)
	holder, err := sql.Open("sqlite", held)
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	holder.SetMaxOpenConns(1)
	s.Close()
	if _, err := holder.Exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE x (y)"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		options    Options
		want       error
		says       string
	}{
		{"missing", filepath.Join(dir, "none.db"), Options{}, fs.ErrNotExist, "there is no record here yet"},
		{"folder missing", filepath.Join(dir, "none", "x.db"), Options{Create: true}, fs.ErrNotExist, "make it first"},
		{"folder is a file", filepath.Join(file("plain", "x"), "x.db"), Options{Create: true}, nil, "plain"},
		{"a folder", dir, Options{Create: true}, ErrNotDatabase, "a folder"},
		{"a text", file("text.db", "not a database at all, but a text"), Options{Create: true}, ErrNotDatabase, "choose another file"},
		{"a short text", file("short.db", "x"), Options{Create: true}, ErrNotDatabase, "choose another file"},
		{"a broken header", file("broken.db", "SQLite format 3\x00"+strings.Repeat("x", 5000)), Options{Create: true}, ErrNotDatabase, "choose another file"},
		{"another program's", database("other.db", "CREATE TABLE x (y)"), Options{Create: true}, ErrNotDatabase, "another program's"},
		{"another program's id", database("other2.db", "PRAGMA application_id=7"), Options{Create: true}, ErrNotDatabase, "another program's"},
		{"newer", database("newer.db", fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=900; CREATE TABLE x (y)", applicationID)), Options{}, ErrNewer, "number 900"},
		{"held", held, Options{Wait: 20 * time.Millisecond}, ErrLocked, "wait until it has finished"},
		{"no room", filepath.Join(dir, "tiny.db"), Options{Create: true, MaxPages: 5}, ErrFull, "free some space"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Open(ctx, c.path, c.options)
			if err == nil {
				s.Close()
				t.Fatal("opened")
			}
			if c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %q\nwant %v saying %q", err, c.want, c.says)
			}
		})
	}
	// Another program's database is left as it was.
	db, err := sql.Open("sqlite", filepath.Join(dir, "other.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var mode string
	if err := db.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil || mode != "delete" {
		t.Errorf("journal of another program's database: got %s, %v", mode, err)
	}
}

func TestOpenWithoutPermission(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may do anything")
	}
	dir := t.TempDir()
	open(t, filepath.Join(dir, "x.db")).Close()
	if err := os.Chmod(filepath.Join(dir, "x.db"), 0o400); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o700)
	for _, name := range []string{"x.db", "y.db"} {
		if _, err := Open(context.Background(), filepath.Join(dir, name), Options{Create: true}); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"a b.db", "a?b.db", "a#b.db", "a%41b.db", "a&mode=memory.db", "é.db", "a'b\".db"} {
		dir := t.TempDir()
		s := open(t, filepath.Join(dir, name))
		putHarbour(t, s, "a", "Sample Wire")
		s.Close()
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFull holds that a full disk loses nothing that was stored and stores
// nothing by halves.
func TestFull(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "x.db")
	open(t, path).Close()
	s := must[*Store](t)(Open(ctx, path, Options{MaxPages: 150}))
	defer s.Close()
	var stored int
	var err error
	for ; err == nil && stored < 1000; stored++ {
		a, r := harbourArticle(fmt.Sprintf("a%03d", stored), fmt.Sprint("Source ", stored))
		_, err = s.Put(ctx, Entry{Article: a, Reading: r})
	}
	stored--
	if !errors.Is(err, ErrFull) {
		t.Fatalf("after %d articles: got %v, want ErrFull", stored, err)
	}
	for what, got := range map[string]int{"articles": count(t, s, ""), "events": count(t, s, KindEvent) / 2, "forecasts": count(t, s, KindForecast)} {
		if got != stored {
			t.Errorf("%d articles were stored, but the file has %s for %d", stored, what, got)
		}
	}
	s.Close()
	roomy := open(t, path)
	putHarbour(t, roomy, "last", "Another")
	if got := count(t, roomy, ""); got != stored+1 {
		t.Errorf("with room again: got %d articles, want %d", got, stored+1)
	}
}

func count(t *testing.T, s *Store, kind Kind) int {
	t.Helper()
	return must[int](t)(s.Count(context.Background(), kind, Filter{}))
}

func TestMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Marks put around words of any text are found again.
		words := rapid.SliceOf(rapid.String()).Draw(t, "words")
		var text, marked strings.Builder
		var want []chancery.ByteRange
		for i, w := range words {
			w = strings.NewReplacer(opens, "", closes, "").Replace(w)
			if i%2 == 1 && w != "" {
				want = append(want, chancery.ByteRange{Start: text.Len(), End: text.Len() + len(w)})
				marked.WriteString(opens + w + closes)
			} else {
				marked.WriteString(w)
			}
			text.WriteString(w)
		}
		if got := matches(text.String(), marked.String()); !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestDayNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-700000, 2900000).Draw(t, "day")
		if got := dayNumber(time.Unix(int64(n)*24*60*60, 0).UTC()); got != n {
			t.Errorf("got %d, want %d", got, n)
		}
	})
}

func TestSettlements(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "a", "Sample Wire")
	at := time.Date(2025, 8, 1, 0, 0, 0, 0, time.UTC)
	x := chancery.Settlement{Forecast: "p1a", Outcome: chancery.CameFalse, Why: "they never met", Who: "ana", When: at}
	first := must[chancery.Settlement](t)(s.Settle(ctx, x))
	if got := must[[]chancery.Settlement](t)(s.Settlements(ctx)); !reflect.DeepEqual(got, []chancery.Settlement{first}) || !strings.Contains(string(first.Was), `"hedge":"may"`) {
		t.Errorf("got %+v", got)
	}
	x.Outcome, x.Why, x.Evidence = chancery.CamePart, "they telephoned", "https://example.org/call"
	second := must[chancery.Settlement](t)(s.Settle(ctx, x))
	if got := must[[]chancery.Settlement](t)(s.Settlements(ctx)); !reflect.DeepEqual(got, []chancery.Settlement{second}) {
		t.Errorf("the later one does not hold: got %+v", got)
	}
	for name, x := range map[string]chancery.Settlement{
		"no reason":   {Forecast: "p1a", Outcome: chancery.CameTrue, Why: " ", Who: "ana", When: at},
		"outcome":     {Forecast: "p1a", Outcome: "maybe", Why: "x", Who: "ana", When: at},
		"a quote":     {Forecast: "q1a", Outcome: chancery.CameTrue, Why: "x", Who: "ana", When: at},
		"no forecast": {Forecast: "p9a", Outcome: chancery.CameTrue, Why: "x", Who: "ana", When: at},
	} {
		if _, err := s.Settle(ctx, x); !errors.Is(err, chancery.ErrInvalid) && !errors.Is(err, chancery.ErrNotFound) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, order := range []string{"DELETE FROM settlement", "UPDATE settlement SET why = ''"} {
		if _, err := s.write.Exec(order); err == nil {
			t.Errorf("%s: was let through", order)
		}
	}
}

// TestOlderSchema holds that a record of an older version is brought up to date
// with all it holds.
func TestOlderSchema(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	first, err := migrations.ReadFile("migrations/0001_record.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, order := range []string{string(first), fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=1", applicationID), "INSERT INTO source VALUES (1, 'Sample Wire')"} {
		if _, err := db.Exec(order); err != nil {
			t.Fatal(err)
		}
	}
	db.Close()
	s := open(t, path)
	putHarbour(t, s, "a", "Sample Wire")
	if _, err := s.Settle(ctx, chancery.Settlement{Forecast: "p1a", Outcome: chancery.CameTrue, Why: "they met", Who: "ana", When: time.Unix(1, 0)}); err != nil {
		t.Error(err)
	}
	var source int
	if err := s.read.QueryRow("SELECT source FROM article").Scan(&source); err != nil || source != 1 {
		t.Errorf("the old rows are gone: source %d, %v", source, err)
	}
}
