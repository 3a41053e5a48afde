package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery"
	"chancery/collate"
	"chancery/correct"
	"chancery/store/scale"
)

// say makes a correction.
func say(t testing.TB, s *Store, record string, verdict chancery.Verdict, amendment string, withdraws int64) chancery.Correction {
	t.Helper()
	c := chancery.Correction{Record: record, Verdict: verdict, Withdraws: withdraws, Who: "ana", When: time.Unix(1, 0)}
	if amendment != "" {
		c.Amendment = json.RawMessage(amendment)
	}
	return must[chancery.Correction](t)(s.Correct(context.Background(), c))
}

// dump is all that listings show.
func dump(t *testing.T, s *Store) string {
	t.Helper()
	ctx := context.Background()
	var out []any
	for _, k := range Kinds() {
		out = append(out, ids(t, s, k, Filter{}), must[int](t)(s.Count(ctx, k, Filter{})))
	}
	out = append(out, must[Page[Row[chancery.Event]]](t)(s.Events(ctx, Filter{})), must[[]DyadCount](t)(s.Dyads(ctx, DyadFilter{}, 0)),
		must[[]Bucket](t)(s.Series(ctx, DyadFilter{}, PeriodMonth)), must[Page[ArticleRow]](t)(s.Articles(ctx, Filter{})),
		must[[]collate.Described](t)(s.Happenings(ctx, HappeningFilter{})), must[[]collate.Finding](t)(s.Findings(ctx, FindingFilter{})))
	for e, err := range s.Entries(ctx, Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e.Reading)
	}
	b, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCorrectionsCount(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "a", "Sample Wire")
	putHarbour(t, s, "b", "Sample Gazette")
	if err := s.Collate(ctx); err != nil {
		t.Fatal(err)
	}
	before := dump(t, s)

	// A rejected leg is gone, its exchange with it; its id is still found.
	rejected := say(t, s, "e2a", chancery.Rejected, "", 0)
	if got := ids(t, s, KindEvent, Filter{}); !reflect.DeepEqual(got, []string{"e1a", "e1b", "e2b"}) {
		t.Errorf("after a rejection the events are %v", got)
	}
	if got := ids(t, s, KindExchange, Filter{}); !reflect.DeepEqual(got, []string{"x1b"}) {
		t.Errorf("after a leg's rejection the exchanges are %v", got)
	}
	if r := must[Found](t)(s.Record(ctx, "e2a")); r.Verdict != chancery.Rejected || r.Event == nil {
		t.Errorf("the rejected record: %+v", r)
	}
	if r := must[Found](t)(s.Record(ctx, "x1a")); r.Verdict != dropped {
		t.Errorf("the exchange: %+v", r.Verdict)
	}
	if a := must[Page[ArticleRow]](t)(s.Articles(ctx, Filter{Article: "a"})); a.Rows[0].Events != 1 || a.Rows[0].Exchanges != 0 {
		t.Errorf("the article's row: %+v", a.Rows[0])
	}
	// What was collated is not parted by writing the article's records anew.
	var parted int
	if err := s.read.QueryRow("SELECT count(*) FROM dyad d JOIN record r ON r.n = d.record WHERE r.id = 'e1a' AND d.happening = 0").Scan(&parted); err != nil || parted != 0 {
		t.Errorf("%d rows were parted from their happening, %v", parted, err)
	}
	if err := s.Collate(ctx); err != nil {
		t.Fatal(err)
	}
	for _, h := range must[[]collate.Described](t)(s.Happenings(ctx, HappeningFilter{})) {
		if slices.Contains(h.Reports, "e2a") {
			t.Error("a happening has the rejected event for a report")
		}
	}
	if r := must[*chancery.Reading](t)(s.Reading(ctx, must[*chancery.Article](t)(s.Article(ctx, "a")).ID)); len(r.Events) != 2 {
		t.Errorf("the reading as it was read has %d events", len(r.Events))
	}

	// An amended record keeps its id and counts as it should be.
	amended := say(t, s, "e1b", chancery.Amended, `{"status":"agreed","recipients":[{"code":"XYZ","name":"Xyz"}]}`, 0)
	if got := ids(t, s, KindEvent, Filter{Statuses: []chancery.Status{chancery.Agreed}, Recipient: "XYZ"}); !reflect.DeepEqual(got, []string{"e1b"}) {
		t.Errorf("amended: %v", got)
	}
	if d := must[[]DyadCount](t)(s.Dyads(ctx, DyadFilter{Recipient: "XYZ"}, 0)); len(d) != 1 || d[0].Events != 1 {
		t.Errorf("dyads %+v", d)
	}
	if rows := must[Page[Row[chancery.Event]]](t)(s.Events(ctx, Filter{Recipient: "XYZ"})).Rows; rows[0].Verdict != chancery.Amended {
		t.Errorf("the row says %q", rows[0].Verdict)
	}
	// A second amendment is of the record as it was read.
	second := say(t, s, "e1b", chancery.Amended, `{"status":"refused"}`, 0)
	if strings.Contains(string(second.Was), "XYZ") {
		t.Error("an amended record was taken for what was read")
	}
	if got := ids(t, s, KindEvent, Filter{Statuses: []chancery.Status{chancery.Refused}, Recipient: "RUR"}); !reflect.DeepEqual(got, []string{"e1b"}) {
		t.Errorf("amended again: %v", got)
	}

	// Taken back, all is as it was.
	say(t, s, "e2a", chancery.Withdrawn, "", rejected.Number)
	say(t, s, "e1b", chancery.Withdrawn, "", second.Number)
	say(t, s, "e1b", chancery.Withdrawn, "", amended.Number)
	if err := s.Collate(ctx); err != nil {
		t.Fatal(err)
	}
	if after := dump(t, s); after != before {
		t.Errorf("after taking all back\n%s\nwant\n%s", after, before)
	}
	for name, c := range map[string]chancery.Correction{
		"an amendment that fits no text":    {Record: "e1a", Verdict: chancery.Amended, Amendment: json.RawMessage(`{"trigger":{"start":1,"end":99999}}`), Who: "ana", When: time.Unix(1, 0)},
		"an amendment outside the words":    {Record: "e1a", Verdict: chancery.Amended, Amendment: json.RawMessage(`{"status":"maybe"}`), Who: "ana", When: time.Unix(1, 0)},
		"an amendment that changes nothing": {Record: "e1a", Verdict: chancery.Amended, Amendment: json.RawMessage(`{"status":"offered"}`), Who: "ana", When: time.Unix(1, 0)},
		"taking back what takes back":       {Record: "e2a", Verdict: chancery.Withdrawn, Withdraws: rejected.Number + 3, Who: "ana", When: time.Unix(1, 0)},
	} {
		if _, err := s.Correct(ctx, c); !errors.Is(err, chancery.ErrInvalid) && !errors.Is(err, chancery.ErrEvidence) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// renewed is a second reading of the harbour whose records all have other ids.
func renewed(t testing.TB, name string, change func(*chancery.Reading)) (*chancery.Article, *chancery.Reading) {
	a, r := harbourArticle(name, "Sample Wire")
	r.Version = "2"
	for i := range r.Events {
		r.Events[i].ID += "n"
		r.Events[i].Exchange = "x1" + name + "n"
	}
	r.Exchanges[0].ID += "n"
	r.Exchanges[0].Legs = []string{r.Events[0].ID, r.Events[1].ID}
	r.Quotes[0].ID += "n"
	r.Figures[0].ID += "n"
	r.Forecasts[0].ID += "n"
	change(r)
	return a, r
}

func TestCorrectionsFollow(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	a, old := harbourArticle("a", "Sample Wire")
	put(t, s, a, old)
	say(t, s, "e1a", chancery.Amended, `{"status":"agreed"}`, 0)
	say(t, s, "e2a", chancery.Confirmed, "", 0)
	say(t, s, "f1a", chancery.Rejected, "", 0)
	say(t, s, "q1a", chancery.Rejected, "", 0)
	if _, err := s.Settle(ctx, chancery.Settlement{Forecast: "p1a", Outcome: chancery.CamePart, Why: "some did", Who: "ana", When: time.Unix(2, 0)}); err != nil {
		t.Fatal(err)
	}
	_, next := renewed(t, "a", func(r *chancery.Reading) {
		r.Quotes = nil // the quote is gone
		r.Events[1].Status = chancery.Offered
	})
	put(t, s, a, next)

	var got []string
	for _, x := range must[[]correct.Standing](t)(s.Standings(ctx, CorrectionFilter{})) {
		got = append(got, x.Correction.Record+" "+string(x.State)+" "+x.Now+" "+strings.Join(x.Differs, ","))
	}
	want := []string{"e1a follows e1an ", "e2a follows e2an status", "f1a follows f1an ", "q1a no longer fits  "}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if got := ids(t, s, KindEvent, Filter{Statuses: []chancery.Status{chancery.Agreed}}); !reflect.DeepEqual(got, []string{"e1an"}) {
		t.Errorf("the amendment did not follow: %v", got)
	}
	if got := ids(t, s, KindFigure, Filter{}); len(got) != 0 {
		t.Errorf("the rejection did not follow: %v", got)
	}
	if got := must[[]correct.Standing](t)(s.Standings(ctx, CorrectionFilter{Record: "e1an"})); len(got) != 1 || got[0].Correction.Record != "e1a" {
		t.Errorf("said of e1an: %+v", got)
	}
	// A settlement follows its forecast too.
	if x := must[[]chancery.Settlement](t)(s.Settlements(ctx)); len(x) != 1 || x[0].Forecast != "p1an" {
		t.Errorf("settlements %+v", x)
	}
	today := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for outlook, want := range map[Outlook]int{OutlookSettled: 1, OutlookDue: 0, OutlookAhead: 0} {
		if n := must[int](t)(s.Count(ctx, KindForecast, Filter{Outlook: outlook, Today: today})); n != want {
			t.Errorf("%s: %d, want %d", outlook, n, want)
		}
	}
	// Taken back under its new id, it is due again.
	if _, err := s.Settle(ctx, chancery.Settlement{Forecast: "p1an", Outcome: chancery.Unsettled, Why: "too soon", Who: "ana", When: time.Unix(3, 0)}); err != nil {
		t.Fatal(err)
	}
	if x := must[[]chancery.Settlement](t)(s.Settlements(ctx)); len(x) != 0 {
		t.Errorf("settlements after taking back: %+v", x)
	}
	if n := must[int](t)(s.Count(ctx, KindForecast, Filter{Outlook: OutlookDue, Today: today})); n != 1 {
		t.Errorf("%d are due, want 1", n)
	}
	if _, err := s.Settle(ctx, chancery.Settlement{Forecast: "p1an", Outcome: chancery.Unsettled, Why: "again", Who: "ana", When: time.Unix(4, 0)}); !errors.Is(err, chancery.ErrInvalid) {
		t.Errorf("taking back nothing: %v", err)
	}
}

func TestFindingsAndForecastsBetween(t *testing.T) {
	ctx := context.Background()
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	a, r := harbourArticle("a", "Sample Wire")
	r.Forecasts = append(r.Forecasts, r.Forecasts[0]) // foretold in a sentence that tells an event of the two
	r.Forecasts[1].ID, r.Forecasts[1].Sentence = "p2a", r.Events[0].Sentence
	r.Forecasts[1].Evidence = []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: r.Events[0].Sentence}}
	r.Forecasts[1].About = r.Events[0].Trigger
	put(t, s, a, r)
	b, other := harbourArticle("b", "Sample Gazette")
	other.Events[0].Status = chancery.Reneged
	other.Events[0].Date = chancery.Date{Year: 2025, Month: 6}
	put(t, s, b, other)
	if err := s.Collate(ctx); err != nil {
		t.Fatal(err)
	}
	rows := must[[]Row[chancery.Forecast]](t)(s.ForecastsBetween(ctx, "ARC", "RUR"))
	if len(rows) != 1 || rows[0].Record.ID != "p2a" {
		t.Errorf("forecasts of the two: %+v", rows)
	}
	all := must[[]collate.Finding](t)(s.Findings(ctx, FindingFilter{}))
	of := must[[]collate.Finding](t)(s.Findings(ctx, FindingFilter{Between: [2]string{"RUR", "ARC"}, Surest: true}))
	if len(all) == 0 || len(of) == 0 || len(of) > len(all) {
		t.Errorf("%d findings, %d of the two", len(all), len(of))
	}
	for i := 1; i < len(of); i++ {
		if of[i].Sure > of[i-1].Sure {
			t.Error("the surest do not come first")
		}
	}
	if none := must[[]collate.Finding](t)(s.Findings(ctx, FindingFilter{Between: [2]string{"ARC", "XYZ"}})); len(none) != 0 {
		t.Errorf("findings of strangers: %+v", none)
	}
	for code, want := range map[string]string{"ARC": "Arcadia", "RURGOV": "Ada Orlo", "XYZ": ""} {
		if got := must[string](t)(s.PartyName(ctx, code)); got != want {
			t.Errorf("%s is called %q, want %q", code, got, want)
		}
	}
}

// TestCorrectionsKeepTheRest: writing what a correction changes leaves the tables
// as writing all of the article's records anew would.
func TestCorrectionsKeepTheRest(t *testing.T) {
	ctx := context.Background()
	rng := rand.New(rand.NewPCG(7, 7))
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	var all, legs []item
	var articles []*chancery.Article
	for i := 0; len(articles) < 3; i++ {
		a, r := scale.Article(i)
		if len(r.Exchanges) == 0 {
			continue
		}
		put(t, s, a, r)
		all, articles = append(all, items(r)...), append(articles, a)
		for _, x := range items(r) {
			if e, ok := x.content.(*chancery.Event); ok && e.Exchange != "" {
				legs = append(legs, x)
			}
		}
	}
	if err := s.Collate(ctx); err != nil {
		t.Fatal(err)
	}
	var said []chancery.Correction
	kept := 0
	for range 40 {
		x := all[rng.IntN(len(all))]
		if rng.IntN(3) == 0 {
			x = legs[rng.IntN(len(legs))]
		}
		before := numbers(t, s)
		switch f, isForecast := x.content.(*chancery.Forecast); {
		case isForecast && rng.IntN(2) == 0:
			must[chancery.Settlement](t)(s.Settle(ctx, chancery.Settlement{Forecast: f.ID, Outcome: chancery.CamePart, Why: "seen", Who: "ana", When: time.Unix(1, 0)}))
		case len(said) > 0 && rng.IntN(4) == 0:
			i := rng.IntN(len(said))
			say(t, s, said[i].Record, chancery.Withdrawn, "", said[i].Number)
		case x.kind == KindEvent && rng.IntN(2) == 0:
			e := *x.content.(*chancery.Event)
			e.Status = chancery.Statuses()[rng.IntN(len(chancery.Statuses()))]
			e.Recipients = slices.Clone(all[rng.IntN(20)].content.(*chancery.Event).Recipients)
			for i := range e.Recipients {
				e.Recipients[i].Mention = e.Actors[0].Mention
			}
			if e.Good != nil {
				good := *e.Good
				good.Giver, good.Receiver = e.Recipients[0], good.Giver
				e.Good = &good
			}
			said = append(said, say(t, s, x.id, chancery.Amended, string(must[[]byte](t)(json.Marshal(e))), 0))
		default:
			said = append(said, say(t, s, x.id, []chancery.Verdict{chancery.Confirmed, chancery.Rejected}[rng.IntN(2)], "", 0))
		}
		after := numbers(t, s)
		for id, n := range before {
			if after[id] == n {
				kept++
			}
		}
	}
	if kept < 40*len(all)*9/10 {
		t.Errorf("%d of %d records were left as they were", kept, 40*len(all))
	}
	now := rows(t, s)
	for _, a := range articles {
		read := must[*chancery.Reading](t)(s.Reading(ctx, a.ID))
		if err := s.do(ctx, func(tx *sql.Tx) error {
			w := s.writer(ctx, tx)
			at := place{moved: true, published: a.Published, key: articleKey(a.Name, a.ID)}
			if err := tx.QueryRowContext(ctx, "SELECT n, source FROM article WHERE id = ?", a.ID).Scan(&at.n, &at.source); err != nil {
				return err
			}
			return w.records(at, a, read)
		}); err != nil {
			t.Fatal(err)
		}
	}
	if anew := rows(t, s); anew != now {
		t.Errorf("written in parts:\n%s\nwritten anew:\n%s", now, anew)
	}
}

// numbers gives the records' numbers by their ids.
func numbers(t *testing.T, s *Store) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	var id string
	var n int64
	if err := s.each(context.Background(), "SELECT id, n FROM record", nil, func() error { out[id] = n; return nil }, &id, &n); err != nil {
		t.Fatal(err)
	}
	return out
}

// rows is what the tables of records hold, without the records' numbers.
func rows(t *testing.T, s *Store) string {
	t.Helper()
	var out strings.Builder
	for _, q := range []string{
		"SELECT json_array(id, kind, article, verdict, body) FROM record ORDER BY 1",
		"SELECT json_array(r.id, x.i, x.role, x.start, x.stop) FROM evidence x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.i, x.side, x.state, x.code, x.name, x.key, x.leads) FROM party x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.key, x.source, x.type, x.status, x.first, x.last, x.probability, x.good, x.exchange, x.giver, x.receiver) FROM event x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.actor, x.recipient, x.day, x.days, x.quad, x.intensity, x.type, x.status, x.good, x.contexts, x.source, x.happening) FROM dyad x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.key, x.source, x.first, x.last) FROM exchange x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.giver, x.receiver) FROM exchange_dyad x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.key, x.source, x.first, x.last) FROM quote x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.key, x.source, x.number, x.unit) FROM figure x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.key, x.source, x.first, x.strength, x.advice, x.settled) FROM forecast x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(r.id, x.dyad) FROM forecast_dyad x JOIN record r ON r.n = x.record ORDER BY 1",
		"SELECT json_array(article, i, code, state, name, role, kind, mentions) FROM actor ORDER BY 1",
		"SELECT json_array(kind, n) FROM total ORDER BY 1",
	} {
		var row string
		if err := s.each(context.Background(), q, nil, func() error { out.WriteString(row + "\n"); return nil }, &row); err != nil {
			t.Fatal(q, err)
		}
	}
	return out.String()
}
