package sqlite

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"chancery"
	"chancery/collate"
	"chancery/relation"
	"chancery/store/scale"
)

// dyadAnswers is all that a store says of dyads under a filter, as text.
func dyadAnswers(t testing.TB, s *Store, f DyadFilter) string {
	t.Helper()
	ctx := t.Context()
	var out string
	note := func(o *relation.Observation) error {
		out += said(o) + "\n"
		return nil
	}
	out += "events\n"
	if err := s.DyadEvents(ctx, f, note); err != nil {
		t.Fatal(err)
	}
	out += "undated\n"
	if err := s.Undated(ctx, f, note); err != nil {
		t.Fatal(err)
	}
	out += "observed\n" + fmt.Sprintln(observed(t, s, f))
	for _, limit := range []int{0, 3} {
		out += fmt.Sprintf("dyads %+v\n", must[[]DyadCount](t)(s.Dyads(ctx, f, limit)))
	}
	for _, p := range []Period{PeriodDay, PeriodWeek, PeriodMonth, PeriodYear} {
		out += fmt.Sprintf("%s %+v\n", p, must[[]Bucket](t)(s.Series(ctx, f, p)))
	}
	return out
}

// TestMirror: a store that mirrors the dyads says what the tables say, whatever
// another store, as another process would, does to the record meanwhile.
func TestMirror(t *testing.T) {
	ctx := t.Context()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 5))
			path := filepath.Join(t.TempDir(), "record.db")
			writer, reader := open(t, path), open(t, path)
			var stored []Entry
			add := func(i int) {
				a, r := scale.Article(i)
				if rng.IntN(4) == 0 {
					a.Published = chancery.Date{}
				}
				for k := range r.Events {
					if rng.IntN(5) == 0 {
						r.Events[k].Date = chancery.Date{}
					}
				}
				stored = append(stored, Entry{Article: a, Reading: r})
				must[Stored](t)(writer.Put(ctx, stored[len(stored)-1]))
			}
			add(0)
			if err := reader.Mirror(ctx); err != nil {
				t.Fatal(err)
			}
			mirrored, leftOut := 0, 0
			for i := 1; i < 9; i++ {
				add(i)
				e := stored[rng.IntN(len(stored))]
				switch rng.IntN(4) {
				case 0: // it is read again
					must[Stored](t)(writer.Put(ctx, Entry{Article: e.Article, Reading: another(e.Reading, fmt.Sprint("v", i), rng)}))
				case 1: // a record is rejected
					r := must[*chancery.Reading](t)(writer.Reading(ctx, e.Article.ID))
					must[chancery.Correction](t)(writer.Correct(ctx, chancery.Correction{Record: r.Events[rng.IntN(len(r.Events))].ID, Verdict: chancery.Rejected, Who: "test", When: time.Unix(0, 0)}))
				case 3: // a copy under another name has another day
					a := *e.Article
					a.Name, a.Published = "a"+a.Name, chancery.Date{Year: 2001 + i}
					must[Stored](t)(writer.Put(ctx, Entry{Article: &a}))
				case 2:
					if err := writer.Collate(ctx); err != nil {
						t.Fatal(err)
					}
				}
				p := stored[rng.IntN(len(stored))].Reading.Events[rng.IntN(scale.Events)]
				a, b := chancery.StateOf(p.Actors[0].Code), chancery.StateOf(p.Recipients[0].Code)
				given := e.Reading.Events[slices.IndexFunc(e.Reading.Events, func(e chancery.Event) bool { return e.Good != nil })].Good
				giver, receiver := chancery.StateOf(given.Giver.Code), chancery.StateOf(given.Receiver.Code)
				for range 2 { // from the tables, then from what is kept
					for _, f := range []Filter{{}, {Between: [2]string{a, b}, Order: OrderNewest, Limit: 1}, {Between: [2]string{a, "AAX"}, Order: OrderNewest, Limit: 3},
						{Giver: giver, Receiver: receiver, HasGood: true}, {Giver: giver, Receiver: receiver, HasGood: true, Source: e.Article.Source}, {Giver: a, Receiver: b, HasGood: true},
						{Between: [2]string{"AAX", "ABX"}, Order: OrderNewest, Limit: 2}, {Between: [2]string{"AAX", "AAX"}, Order: OrderNewest, Limit: 2}, {Order: OrderNewest, Limit: 7}, {HasGood: true, Limit: 20}, {Article: e.Article.ID}} {
						got, want := must[Page[Row[chancery.Event]]](t)(reader.Events(ctx, f)), must[Page[Row[chancery.Event]]](t)(writer.Events(ctx, f))
						if got, want := lines(t, got.Rows)+got.Next, lines(t, want.Rows)+want.Next; got != want {
							t.Fatalf("after %d articles, events %+v: %s", i+1, f, firstDifference(got, want))
						}
					}
					between := func(s *Store) string {
						exchanges := must[Page[Row[chancery.Exchange]]](t)(s.Exchanges(ctx, Filter{}))
						legs := must[map[string][]Row[chancery.Event]](t)(s.Legs(ctx, exchanges.Rows))
						out := lines(t, exchanges.Rows) + lines(t, must[[]Row[chancery.Forecast]](t)(s.ForecastsBetween(ctx, a, b)))
						for _, x := range exchanges.Rows {
							out += lines(t, legs[x.Record.ID])
						}
						return out
					}
					if got, want := between(reader), between(writer); got != want {
						t.Fatalf("after %d articles, between states: %s", i+1, firstDifference(got, want))
					}
					betweenThem(t, writer, giver, receiver)
					got, want := must[Page[Row[chancery.Forecast]]](t)(reader.Forecasts(ctx, Filter{})), must[Page[Row[chancery.Forecast]]](t)(writer.Forecasts(ctx, Filter{}))
					if got, want := lines(t, got.Rows), lines(t, want.Rows); got != want {
						t.Fatalf("after %d articles, forecasts: %s", i+1, firstDifference(got, want))
					}
				}
				for range 2 {
					for _, f := range []Filter{{}, {Limit: 5}, {Party: a}, {Source: e.Article.Source}} {
						if got, want := lines(t, must[[]ActorRow](t)(reader.Actors(ctx, f))), lines(t, must[[]ActorRow](t)(writer.Actors(ctx, f))); got != want {
							t.Fatalf("after %d articles, actors %+v: %s", i+1, f, firstDifference(got, want))
						}
					}
					if got, want := lines(t, must[[]SourceRow](t)(reader.Sources(ctx))), lines(t, must[[]SourceRow](t)(writer.Sources(ctx))); got != want {
						t.Fatalf("after %d articles, sources: %s", i+1, firstDifference(got, want))
					}
				}
				var wrong int
				if err := writer.read.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT source, alone FROM standing WHERE alone <> 0
					EXCEPT SELECT teller, count(*) FROM happening WHERE teller IS NOT NULL GROUP BY teller)`).Scan(&wrong); err != nil || wrong > 0 {
					t.Fatalf("after %d articles, %d sources do not tell alone what is counted for them: %v", i+1, wrong, err)
				}
				sources := must[[]collate.Source](t)(writer.Profiles(ctx))
				if got, want := lines(t, must[[]collate.Source](t)(reader.Profiles(ctx))), lines(t, sources); got != want {
					t.Fatalf("after %d articles, sources: %s", i+1, firstDifference(got, want))
				}
				counts := must[[]collate.Source](t)(reader.ProfileCounts(ctx))
				for k := range sources {
					leftOut += len(sources[k].LeftOut)
					one := must[collate.Source](t)(reader.Profile(ctx, sources[k].Name, 1<<30))
					if got, want := lines(t, []collate.Source{one}), lines(t, sources[k:k+1]); got != want {
						t.Fatalf("after %d articles, one source: %s", i+1, firstDifference(got, want))
					}
					one.Tones, one.LeftOut = nil, nil
					if got, want := lines(t, counts[k:k+1]), lines(t, []collate.Source{one}); got != want || counts[k].Leaves != len(sources[k].LeftOut) {
						t.Fatalf("after %d articles, counts of a source: %s", i+1, firstDifference(got, want))
					}
				}
				year := chancery.Date{Year: 2015 + rng.IntN(10)}
				for _, f := range []DyadFilter{{}, {Actor: a}, {Recipient: b}, {Actor: a, Recipient: b}, {Since: year}, {Until: year}, {Since: year, Until: year, Actor: a}, {MinProbability: .5},
					{Source: e.Article.Source}, {WithoutSource: e.Article.Source, Since: year}, {Source: "nobody"}, {WithoutSource: "nobody"}, {Among: []string{a, b, "AAX"}}, {Actors: []string{a, b}, MinProbability: .3}} {
					got, want := dyadAnswers(t, reader, f), dyadAnswers(t, writer, f)
					if got != want {
						t.Fatalf("after %d articles, %+v: %s", i+1, f, firstDifference(got, want))
					}
					mirrored += len(got)
				}
			}
			if m := reader.mirror.Load(); m == nil || len(m.kept.records) == 0 || len(m.kept.articles) == 0 || len(m.runs) != len(m.dyad.rows) || len(m.gives.rows) == 0 || writer.mirror.Load() != nil || mirrored < 5e5 || leftOut == 0 {
				t.Errorf("compared %d bytes and %d happenings left out: the test sees too little", mirrored, leftOut)
			}
		})
	}
}

// betweenThem checks what is listed of two states against what is listed of all.
func betweenThem(t *testing.T, s *Store, a, b string) {
	t.Helper()
	ctx := t.Context()
	var want, got []string
	all := must[Page[Row[chancery.Exchange]]](t)(s.Exchanges(ctx, Filter{}))
	legs := must[map[string][]Row[chancery.Event]](t)(s.Legs(ctx, all.Rows))
	for _, x := range all.Rows {
		gives, receives := map[string]bool{}, map[string]bool{}
		for _, leg := range legs[x.Record.ID] {
			if g := leg.Record.Good; g != nil {
				gives[chancery.StateOf(g.Giver.Code)], receives[chancery.StateOf(g.Receiver.Code)] = true, true
			}
		}
		if gives[a] && receives[b] || gives[b] && receives[a] {
			want = append(want, x.Record.ID)
		}
	}
	for _, h := range must[[]collate.Described](t)(s.Happenings(ctx, HappeningFilter{MinVoices: 2})) {
		if slices.Contains(h.Dyads, min(a, b)+"|"+max(a, b)) {
			want = append(want, h.ID)
		}
	}
	for _, x := range must[Page[Row[chancery.Exchange]]](t)(s.Exchanges(ctx, Filter{Between: [2]string{a, b}})).Rows {
		got = append(got, x.Record.ID)
	}
	for _, h := range must[[]collate.Described](t)(s.Happenings(ctx, HappeningFilter{MinVoices: 2, Between: [2]string{b, a}})) {
		got = append(got, h.ID)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("between %s and %s: %v, want %v", a, b, got, want)
	}
}
