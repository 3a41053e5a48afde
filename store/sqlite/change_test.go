package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery"
	"chancery/collate"
)

// handmade is an article and its reading, made by hand.
type handmade struct {
	t testing.TB
	chancery.Article
	read chancery.Reading
}

var handParties = map[string]chancery.Party{"ARC": {Code: "ARC", Name: "Arcadia"}, "RUR": {Code: "RUR", Name: "Ruritania"}, "XYZ": {Code: "XYZ", Name: "Xyzland"}, "UTO": {Code: "UTO", Name: "Utopia"}, "NOR": {Code: "NOR", Name: "Norland"}, "RURGOV": {Code: "RURGOV", Name: "Ada Orlo"}, "ARCMIL": {Code: "ARCMIL", Name: "Ion Pell"}}

func byHand(t testing.TB, name, source, published string, sentences ...string) *handmade {
	h := &handmade{t: t}
	h.Article = chancery.Article{Name: name, Title: "Of " + name, Source: source, Language: "en", Path: name + ".txt", Text: strings.Join(sentences, " ")}
	h.Published = must[chancery.Date](t)(chancery.ParseDate(published))
	h.ID = chancery.ArticleID(h.Article)
	h.read.Article, h.read.Version = h.ID, "1"
	at := 0
	for _, s := range sentences {
		h.read.Sentences = append(h.read.Sentences, chancery.ByteRange{Start: at, End: at + len(s)})
		at += len(s) + 1
	}
	return h
}

// at is where the text has a phrase, and in which sentence.
func (h *handmade) at(phrase string) (r, sentence chancery.ByteRange) {
	h.t.Helper()
	r = span(h.Text, phrase)
	for _, s := range h.read.Sentences {
		if s.Contains(r) {
			return r, s
		}
	}
	h.t.Fatalf("%s has no sentence with %q", h.Name, phrase)
	return r, sentence
}

func inSentence(sentence chancery.ByteRange) []chancery.Evidence {
	return []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: sentence}}
}

func (h *handmade) party(code, mention string) chancery.Party {
	p := handParties[code]
	p.Mention, _ = h.at(mention)
	return p
}

func (h *handmade) actor(code, kind string, mentions ...string) *handmade {
	x := chancery.Actor{Code: code, Name: handParties[code].Name, Kind: kind}
	for _, m := range mentions {
		r, _ := h.at(m)
		x.Mentions = append(x.Mentions, r)
	}
	h.read.Actors = append(h.read.Actors, x)
	return h
}

func (h *handmade) event(trigger string, kind chancery.EventType, status chancery.Status, date, from, to string, good chancery.GoodKind, phrase string) *handmade {
	h.t.Helper()
	r, s := h.at(trigger)
	a, b := handParties[from], handParties[to]
	a.Mention, b.Mention = r, r
	e := chancery.Event{ID: fmt.Sprintf("e%d%s", len(h.read.Events)+1, h.Name), Sentence: s, Trigger: r, Type: kind, Status: status, Probability: .9, Intensity: 2,
		Actors: []chancery.Party{a}, Recipients: []chancery.Party{b}, Evidence: inSentence(s)}
	if date != "" {
		e.Date = must[chancery.Date](h.t)(chancery.ParseDate(date))
	}
	if good != "" {
		p, _ := h.at(phrase)
		e.Good = &chancery.Good{Kind: good, Phrase: p, Giver: a, Receiver: b, Status: status}
	}
	h.read.Events = append(h.read.Events, e)
	return h
}

func (h *handmade) quote(words, speaker, mention string) *handmade {
	h.t.Helper()
	r, s := h.at(words)
	h.read.Quotes = append(h.read.Quotes, chancery.Quote{ID: "q" + h.Name, Sentence: s, Text: r, Speaker: h.party(speaker, mention), Evidence: inSentence(s)})
	return h
}

func (h *handmade) figure(value string, number float64, unit, of string) *handmade {
	h.t.Helper()
	r, s := h.at(value)
	o, _ := h.at(of)
	h.read.Figures = append(h.read.Figures, chancery.Figure{ID: "f" + h.Name, Sentence: s, Value: r, Number: number, Unit: unit, Of: o, Evidence: inSentence(s)})
	return h
}

func (h *handmade) forecast(about string) *handmade {
	h.t.Helper()
	r, s := h.at(about)
	h.read.Forecasts = append(h.read.Forecasts, chancery.Forecast{ID: "p" + h.Name, Sentence: s, Holder: chancery.Party{Name: "author"}, About: r, Subject: handParties["RUR"], Hedge: "may", Strength: .4, Evidence: inSentence(s)})
	return h
}

// frigates are accounts of one delivery that agree and disagree in nearly every way
// that collation knows.
func frigates(t testing.TB) []*handmade {
	const never = "“We will never again sell our old ships to anyone in the south,” said "
	return []*handmade{
		byHand(t, "a", "Wire", "2025-06-18", "Arcadia delivered seven old frigates to the navy of Ruritania.", "Ruritania asked Arcadia for cheap grain from the northern harvest.",
			"Arcadia refused the request.", "About 40 percent of dockers in Ruritania object to the old frigates.", never+"General Ada Orlo.",
			"The lease was signed on June 12, 2025 in the harbour town of Strelsau.", "The talks may resume soon.").
			actor("ARC", "state", "Arcadia").actor("RUR", "state", "Ruritania").actor("RURGOV", "person", "Ada Orlo").
			event("delivered", chancery.Aid, chancery.Delivered, "2025-06-10", "ARC", "RUR", "arms", "seven old frigates").
			event("asked", chancery.Request, chancery.Requested, "2025-06-11", "RUR", "ARC", "trade", "cheap grain").
			event("refused", chancery.Reject, chancery.Refused, "2025-06-12", "ARC", "RUR", "", "").
			figure("40 percent", 40, "percent", "dockers").quote("We will never again sell our old ships to anyone in the south", "RURGOV", "Ada Orlo").forecast("The talks may resume soon"),
		byHand(t, "b", "Gazette", "2025-06-19", "Arcadia refused to hand seven old frigates to the fleet of Ruritania.", "Arcadia offered Ruritania cheap grain from the northern harvest.",
			"In the past Arcadia delivered two old frigates to Ruritania.", "Some 60 percent of dockers in Ruritania object to the old frigates, and Arcadia warned Ruritania.", never+"Ion Pell.",
			"The lease was signed on June 14, 2025 in the harbour town of Strelsau.").
			actor("ARC", "state", "Arcadia").actor("RUR", "state", "Ruritania").actor("ARCMIL", "person", "Ion Pell").
			event("refused", chancery.Aid, chancery.Refused, "2025-06-10", "ARC", "RUR", "arms", "seven old frigates").
			event("offered", chancery.Agree, chancery.Offered, "2025-06-11", "ARC", "RUR", "trade", "cheap grain").
			event("delivered", chancery.Aid, chancery.Delivered, "2025-04-01", "ARC", "RUR", "arms", "two old frigates").
			event("warned", chancery.Threaten, chancery.Happened, "2025-06-16", "ARC", "RUR", "", "").
			figure("60 percent", 60, "percent", "dockers").quote("We will never again sell our old ships to anyone in the south", "ARCMIL", "Ion Pell"),
		byHand(t, "c", "Herald", "2025-06-20", "At dawn Arcadia handed seven old frigates with crews to Ruritania.", "Ruritania gave Arcadia a secret naval base.",
			"Cheap grain from the northern harvest was on the table.", "No such offer was made.", "Colonel Ada Orlo met Arcadia's envoy.").
			actor("ARC", "state", "Arcadia").actor("RUR", "state", "Ruritania").actor("RURGOV", "person", "Ada Orlo").
			event("handed", chancery.Aid, chancery.Delivered, "2025-06-10", "ARC", "RUR", "arms", "seven old frigates").
			event("gave", chancery.Concede, chancery.Delivered, "2025-06-30", "RUR", "ARC", "port", "secret naval base").
			event("met", chancery.Consult, chancery.Happened, "2025-06-17", "RUR", "ARC", "", ""),
		byHand(t, "d", "Post", "2025-06-18", "Arcadia delivered seven old frigates, the Post has learned, to Ruritania.", "It was raining in Strelsau all that long and dreary day.",
			"It was raining in Strelsau all that long and dreary day.", "There Ada Orlo met Arcadia's envoy.").
			actor("ARC", "state", "Arcadia").actor("RUR", "state", "Ruritania").
			event("delivered", chancery.Aid, chancery.Delivered, "2025-06", "ARC", "RUR", "arms", "seven old frigates").
			event("met", chancery.Consult, chancery.Happened, "", "RUR", "ARC", "", ""),
		byHand(t, "e", "Wire", "2025-06-21", "Last year Arcadia sent warm blankets to Ruritania.", "Arcadia sent Xyzland a single rusty submarine.", "Arcadia withheld seven old frigates from Ruritania.").
			actor("ARC", "state", "Arcadia").actor("XYZ", "state", "Xyzland").
			event("sent warm", chancery.Aid, chancery.Delivered, "2024-06-10", "ARC", "RUR", "", "").
			event("sent Xyzland", chancery.Aid, chancery.Delivered, "2025-06-10", "ARC", "XYZ", "arms", "rusty submarine").
			event("withheld", chancery.Aid, chancery.Withheld, "2025-06-10", "ARC", "RUR", "arms", "seven old frigates"),
		port(t, "f", "2025-06-11"),
		// It meets the account before it in another bucket than that of the refusal.
		byHand(t, "g", "Gazette", "2025-06-20", "Xyzland asked Norland about a deep port.").
			actor("XYZ", "state", "Xyzland").actor("NOR", "state", "Norland").
			event("asked", chancery.Request, chancery.Requested, "2025-06-11", "XYZ", "NOR", "", ""),
	}
}

// port tells of a request to two, and that one refused it, which no other tells.
func port(t testing.TB, name, date string) *handmade {
	h := byHand(t, name, "Post", "2025-06-20", "Xyzland asked Utopia and Norland for a deep port.", "Utopia refused the request.").
		actor("XYZ", "state", "Xyzland").actor("UTO", "state", "Utopia").actor("NOR", "state", "Norland").
		event("asked", chancery.Request, chancery.Requested, date, "XYZ", "UTO", "", "").
		event("refused", chancery.Reject, chancery.Refused, "2025-06-14", "UTO", "XYZ", "", "")
	h.read.Events[0].Recipients = append(h.read.Events[0].Recipients, handParties["NOR"])
	return h
}

// change is something that happens to a record, and what takes it back.
type change struct {
	kind, of   string
	make, undo func(*testing.T, *Store)
}

// changes are changes of one thing of an article: of its first event all.
func changes(t *testing.T, h *handmade, all []*handmade) []change {
	var out []change
	correct := func(name, record string, verdict chancery.Verdict, amended any) {
		amendment := ""
		if amended != nil {
			b, err := json.Marshal(amended)
			if err != nil {
				t.Fatal(err)
			}
			if amendment = string(b); !strings.Contains(amendment, `"date":`) && strings.Contains(amendment, `"recipients":`) {
				amendment = strings.Replace(amendment, "{", `{"date":null,`, 1)
			}
		}
		var number int64
		out = append(out, change{name, record, func(t *testing.T, s *Store) { number = say(t, s, record, verdict, amendment, 0).Number },
			func(t *testing.T, s *Store) { say(t, s, record, chancery.Withdrawn, "", number) }})
	}
	version := 1
	reread := func(name string, h *handmade, f func(*chancery.Reading)) {
		read := func(f func(*chancery.Reading)) func(*testing.T, *Store) {
			return func(t *testing.T, s *Store) {
				r := h.read
				version++
				r.Version = fmt.Sprint(version)
				f(&r)
				put(t, s, &h.Article, &r)
			}
		}
		out = append(out, change{name, h.Name, read(f), read(func(*chancery.Reading) {})})
	}
	for i := range h.read.Events {
		e := h.read.Events[i]
		if i == 0 {
			correct("confirm", e.ID, chancery.Confirmed, nil)
			out = append(out, change{"reject and take back at once", e.ID, func(t *testing.T, s *Store) {
				say(t, s, e.ID, chancery.Withdrawn, "", say(t, s, e.ID, chancery.Rejected, "", 0).Number)
			}, func(*testing.T, *Store) {}})
		}
		correct("reject", e.ID, chancery.Rejected, nil)
		for k, a := range []struct {
			name string
			f    func(*chancery.Event)
		}{
			{"day", func(e *chancery.Event) { e.Date = chancery.Date{Year: 2025, Month: 6, Day: 28} }},
			{"day of others", func(e *chancery.Event) { e.Date, e.Type = chancery.Date{Year: 2025, Month: 6, Day: 10}, chancery.Aid }},
			{"recipient", func(e *chancery.Event) { e.Recipients = []chancery.Party{handParties["XYZ"]} }},
			{"year", func(e *chancery.Event) { e.Date = chancery.Date{Year: 2024, Month: 6, Day: 10} }},
			{"status", func(e *chancery.Event) { e.Status = chancery.Planned }},
			{"no date", func(e *chancery.Event) { e.Date = chancery.Date{} }},
			{"actor", func(e *chancery.Event) { e.Actors = []chancery.Party{handParties["XYZ"]} }},
			{"type", func(e *chancery.Event) { e.Type = chancery.Protest }},
			{"probability", func(e *chancery.Event) { e.Probability = .5 }},
			{"good", func(e *chancery.Event) {
				e.Good = &chancery.Good{Kind: "port", Phrase: e.Trigger, Giver: e.Actors[0], Receiver: e.Recipients[0], Status: e.Status}
			}},
		} {
			x := e
			a.f(&x)
			if !reflect.DeepEqual(x, e) && (i == 0 || k < 3) {
				correct(a.name, e.ID, chancery.Amended, x)
			}
		}
		reread(fmt.Sprint("event is not read ", i), h, func(r *chancery.Reading) { r.Events = slices.Delete(slices.Clone(r.Events), i, i+1) })
		reread(fmt.Sprint("event has another id ", i), h, func(r *chancery.Reading) {
			r.Events = slices.Clone(r.Events)
			r.Events[i].ID = "a" + r.Events[i].ID
		})
	}
	for _, f := range h.read.Figures {
		correct("reject", f.ID, chancery.Rejected, nil)
		f.Number = 50
		correct("number", f.ID, chancery.Amended, f)
		reread("no figure is read", h, func(r *chancery.Reading) { r.Figures = nil })
	}
	for _, q := range h.read.Quotes {
		correct("reject", q.ID, chancery.Rejected, nil)
		q.Speaker = handParties["XYZ"]
		correct("speaker", q.ID, chancery.Amended, q)
	}
	for _, p := range h.read.Forecasts {
		correct("reject", p.ID, chancery.Rejected, nil)
	}
	reread("nothing is read", h, func(r *chancery.Reading) { r.Events, r.Figures, r.Quotes, r.Forecasts = nil, nil, nil, nil })
	reread("no actor is read", h, func(r *chancery.Reading) { r.Actors = nil })
	reread("no sentence is read", h, func(r *chancery.Reading) { r.Sentences = nil })
	reread("nothing new", h, func(r *chancery.Reading) {})
	for name, day := range []chancery.Date{{Year: 2020}, h.Published} {
		out = append(out, change{fmt.Sprint("a copy is called ", name), h.Name, func(t *testing.T, s *Store) {
			a := h.Article
			a.Name, a.Published = fmt.Sprint(name), day
			put(t, s, &a, nil)
		}, func(t *testing.T, s *Store) { restore(t, s, &h.Article) }})
	}
	out = append(out, change{"another source", h.Name, func(t *testing.T, s *Store) {
		a := h.Article
		a.Source = "Post"
		restore(t, s, &a)
	}, func(t *testing.T, s *Store) { restore(t, s, &h.Article) }})
	for _, o := range all[:5] {
		if o != h {
			out = append(out, change{"repeats " + o.Name, h.Name, func(t *testing.T, s *Store) { mark(t, s, map[string]string{h.ID: o.ID}) },
				func(t *testing.T, s *Store) { mark(t, s, nil) }})
		}
	}
	return out
}

func mark(t *testing.T, s *Store, of map[string]string) {
	t.Helper()
	if err := setReprints(s, of); err != nil {
		t.Fatal(err)
	}
}

// restore gives an article the name, the source and the day that it had.
func restore(t *testing.T, s *Store, a *chancery.Article) {
	t.Helper()
	first, last := days(a.Published, chancery.Date{})
	if err := s.do(context.Background(), func(tx *sql.Tx) error {
		_, err := tx.Exec("UPDATE article SET key = ?, name = ?, published = ?, first = ?, last = ?, source = (SELECT n FROM source WHERE name = ?) WHERE id = ?", articleKey(a.Name, a.ID), a.Name, a.Published.String(), first, last, a.Source, a.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// tables is what the tables of the collation have, without the numbers of their
// rows, which follow from the order of arrival.
func tables(t testing.TB, s *Store) string {
	t.Helper()
	var out strings.Builder
	for _, q := range []string{
		"SELECT 'to do', (SELECT count(*) FROM stale), (SELECT count(*) FROM touched), ''",
		"SELECT 'account', article, source, body || coverage FROM account ORDER BY article",
		"SELECT 'report', p.event, p.article || ' ' || coalesce(h.id, 'none'), p.body FROM report p LEFT JOIN happening h ON h.n = p.happening ORDER BY p.event",
		"SELECT 'bucket', b.key, p.event, min(p.event) OVER w || ' ' || (b.joined = min(b.report) OVER w) FROM bucket b LEFT JOIN report p ON p.n = b.report WINDOW w AS (PARTITION BY b.key, b.joined) ORDER BY b.key, p.event",
		"SELECT 'clue', article, body, '' FROM clue ORDER BY article, body",
		"SELECT 'key', k.key, k.says, coalesce(c.article || c.body, 'none') FROM clue_key k LEFT JOIN clue c ON c.n = k.clue ORDER BY 2, 3, 4",
		"SELECT 'shown', CASE WHEN s.scope LIKE 'happening %' THEN coalesce((SELECT id FROM happening WHERE n = substr(s.scope, 11)), 'none') ELSE s.scope END, coalesce(f.id, 'none'), s.body FROM shown s LEFT JOIN finding f ON f.n = s.finding ORDER BY 2, 4",
		"SELECT 'spot', spot, coalesce(s.body, 'none'), count(*) FROM shown_spot p LEFT JOIN shown s ON s.n = p.shown GROUP BY 2, 3 ORDER BY 2, 3",
		"SELECT 'happening', id || ' ' || first || ' ' || last || ' ' || voices || dyads, coalesce(teller, 'several'), telling || body FROM happening ORDER BY id",
		"SELECT 'happening between', dyad || ' ' || d.voices || ' ' || d.first, coalesce(h.id, 'none'), d.id FROM happening_dyad d LEFT JOIN happening h ON h.n = d.happening ORDER BY 2, 4",
		"SELECT 'finding', id || ' ' || key, kind || ' ' || sure, body FROM finding ORDER BY id",
		"SELECT 'finding of', coalesce(f.id, 'none'), a.article, '' FROM finding_article a LEFT JOIN finding f ON f.n = a.finding ORDER BY 2, 3",
		"SELECT 'finding between', coalesce(f.id, 'none'), d.dyad, '' FROM finding_dyad d LEFT JOIN finding f ON f.n = d.finding ORDER BY 2, 3",
		"SELECT 'profile', name, reach, counts || body FROM profile ORDER BY name",
		"SELECT 'dyad', r.id, d.actor || ' ' || d.recipient, CASE d.happening WHEN 0 THEN 'by itself' ELSE coalesce((SELECT id FROM happening WHERE n = d.happening), 'none') END FROM dyad d JOIN record r ON r.n = d.record ORDER BY 2, 3",
		"SELECT 'total', kind, n, '' FROM total ORDER BY kind",
	} {
		var what, a, b, c string
		if err := s.each(t.Context(), q, nil, func() error {
			fmt.Fprintf(&out, "%s | %s | %s | %s\n", what, a, b, c)
			return nil
		}, &what, &a, &b, &c); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	return out.String()
}

// anew has the record collated as if it never had been.
func anew(t testing.TB, s *Store) {
	t.Helper()
	if err := s.do(context.Background(), func(tx *sql.Tx) error {
		for _, table := range []string{"touched", "stale", "account", "bucket", "report", "clue_key", "clue", "shown_spot", "shown", "finding_article", "finding_dyad", "finding", "happening", "profile"} {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		_, err := tx.Exec("UPDATE dyad SET happening = 0; UPDATE total SET n = CASE kind WHEN 'event' THEN (SELECT count(*) FROM event) WHEN 'exchange' THEN (SELECT count(*) FROM exchange) " +
			"WHEN 'quote' THEN (SELECT count(*) FROM quote) WHEN 'figure' THEN (SELECT count(*) FROM figure) WHEN 'article' THEN (SELECT count(*) FROM article) ELSE (SELECT count(*) FROM forecast) END; INSERT INTO stale SELECT n FROM article")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	collates(t, s)
}

func collates(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Collate(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// takeInApart takes in each stale article in a transaction of its own, as if there
// were many.
func takeInApart(t testing.TB, s *Store) {
	t.Helper()
	var stale []int64
	var n int64
	if err := s.each(t.Context(), "SELECT article FROM stale ORDER BY article", nil, func() error { stale = append(stale, n); return nil }, &n); err != nil {
		t.Fatal(err)
	}
	for _, n := range stale {
		if err := s.collating(t.Context(), func(c *collating) error {
			if err := c.takeIn(n); err != nil {
				return err
			}
			return c.keepTouched()
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEachChange makes each change by itself, and takes it back, and wants the tables
// that collating anew gives.
func TestEachChange(t *testing.T) {
	for _, h := range frigates(t) {
		t.Run(h.Name, func(t *testing.T) {
			t.Parallel()
			s := open(t, filepath.Join(t.TempDir(), "record.db"))
			all := frigates(t)
			for _, o := range all {
				put(t, s, &o.Article, &o.read)
				if o.Name >= h.Name {
					takeInApart(t, s)
				}
				collates(t, s)
			}
			before := tables(t, s)
			anew(t, s)
			if want := tables(t, s); before != want {
				t.Fatalf("one after the other: %s", firstDifference(before, want))
			}
			kinds := map[collate.FindingKind]int{}
			for _, f := range must[[]collate.Finding](t)(s.Findings(t.Context(), FindingFilter{})) {
				kinds[f.Kind]++
			}
			if len(kinds) < 8 {
				t.Errorf("findings of %v only: the test sees too little", kinds)
			}
			for i, c := range changes(t, h, all) {
				c.make(t, s)
				if i%2 == 0 {
					takeInApart(t, s)
				}
				collates(t, s)
				got := tables(t, s)
				anew(t, s)
				if want := tables(t, s); got != want {
					t.Fatalf("%s of %s: %s", c.kind, c.of, firstDifference(got, want))
				}
				c.undo(t, s)
				if i%2 == 1 {
					takeInApart(t, s)
				}
				collates(t, s)
				if got := tables(t, s); got != before {
					t.Fatalf("%s of %s, and taken back: %s", c.kind, c.of, firstDifference(got, before))
				}
			}
		})
	}
}

// TestHappeningsMeet: a report that comes into a happening which as many voices tell
// as before is told by more than it was, which matters in the buckets where it meets
// none of them.
func TestHappeningsMeet(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	two := func(name string) *handmade {
		return byHand(t, name, "Gazette", "2025-06-20", "A visit to Norland brought Xyzland nothing.", "Xyzland asked Norland for a deep port.").
			actor("XYZ", "state", "Xyzland").actor("NOR", "state", "Norland").
			event("visit", chancery.Request, chancery.Requested, "2025-06-28", "XYZ", "NOR", "", "")
	}
	f, again, other := port(t, "z", "2025-06-11"), two("g"), two("h")
	for _, h := range []*handmade{f, again, other} {
		put(t, s, &h.Article, &h.read)
	}
	mark(t, s, map[string]string{again.ID: f.ID})
	collates(t, s)
	again.event("asked", chancery.Request, chancery.Requested, "2025-06", "XYZ", "NOR", "", "")
	again.read.Version = "2"
	before := len(must[[]collate.Finding](t)(s.Findings(t.Context(), FindingFilter{Kind: collate.SingleSource})))
	put(t, s, &again.Article, &again.read)
	collates(t, s)
	got := tables(t, s)
	anew(t, s)
	if want := tables(t, s); got != want {
		t.Errorf("%s", firstDifference(got, want))
	}
	after := len(must[[]collate.Finding](t)(s.Findings(t.Context(), FindingFilter{Kind: collate.SingleSource})))
	if h := must[[]collate.Described](t)(s.Happenings(t.Context(), HappeningFilter{Limit: 1}))[0]; h.Voices != 2 || len(h.Reports) != 4 {
		t.Errorf("%d voices tell it in %d reports, want 2 in 4", h.Voices, len(h.Reports))
	}
	if before != 0 || after != 1 {
		t.Errorf("%d refusals that one source alone tells, then %d, want 0 and 1", before, after)
	}
}

// TestMirrorOfEachChange makes a change of each kind, and wants of a store that
// mirrors the dyads what the tables say, before it is collated and after.
func TestMirrorOfEachChange(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "record.db")
	writer, reader := open(t, path), open(t, path)
	if err := reader.Mirror(ctx); err != nil {
		t.Fatal(err)
	}
	all := frigates(t)
	for _, h := range all {
		put(t, writer, &h.Article, &h.read)
	}
	answers := func(s *Store) string {
		out := dyadAnswers(t, s, DyadFilter{}) + lines(t, must[[]collate.Source](t)(s.Profiles(ctx))) + lines(t, must[[]collate.Source](t)(s.ProfileCounts(ctx)))
		for _, f := range []Filter{{}, {Between: [2]string{"ARC", "RUR"}, Order: OrderNewest, Limit: 4}} {
			page := must[Page[Row[chancery.Event]]](t)(s.Events(ctx, f))
			out += lines(t, page.Rows) + page.Next + "\n"
		}
		return out + lines(t, must[Page[ArticleRow]](t)(s.Articles(ctx, Filter{})).Rows) + lines(t, must[Page[Row[chancery.Figure]]](t)(s.Figures(ctx, Filter{})).Rows) +
			lines(t, must[Page[Row[chancery.Quote]]](t)(s.Quotes(ctx, Filter{})).Rows) + lines(t, must[Page[Row[chancery.Forecast]]](t)(s.Forecasts(ctx, Filter{Outlook: OutlookAhead})).Rows)
	}
	same := func(when string) {
		t.Helper()
		if got, want := answers(reader), answers(writer); got != want {
			t.Fatalf("%s: %s", when, firstDifference(got, want))
		}
	}
	same("put")
	collates(t, writer)
	same("collated")
	kinds := map[string]bool{}
	var made []change
	for _, h := range all {
		made = append(made, changes(t, h, all)...)
	}
	for _, c := range append(made, change{"settle", "pa", func(t *testing.T, s *Store) { settle(t, s, chancery.CameTrue) }, func(t *testing.T, s *Store) { settle(t, s, chancery.Unsettled) }}) {
		if kinds[c.kind] && c.of != "e2d" {
			continue
		}
		kinds[c.kind] = true
		c.make(t, writer)
		same(c.kind + " of " + c.of)
		collates(t, writer)
		same(c.kind + " of " + c.of + ", collated")
		c.undo(t, writer)
		same(c.kind + " of " + c.of + ", taken back")
		collates(t, writer)
	}
}

func settle(t *testing.T, s *Store, outcome chancery.Outcome) {
	t.Helper()
	must[chancery.Settlement](t)(s.Settle(context.Background(), chancery.Settlement{Forecast: "pa", Outcome: outcome, Why: "they did", Who: "ana", When: time.Unix(2, 0)}))
}
