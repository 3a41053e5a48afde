package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"chancery"
	"chancery/acquire"
	"chancery/acquire/fetch"
	"chancery/store/sqlite"
)

const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>`

// newRecord stores one article with one event and one quote, made by hand.
func newRecord(t testing.TB) (*sqlite.Store, *chancery.Article, *chancery.Reading) {
	t.Helper()
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "record.db"), sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	text := "Karthia offered Belmora two ships. “We are pleased,” Ana Roy said.\n" + hostile
	a := &chancery.Article{Name: "one", Title: "Ships " + hostile, Source: "Sample Wire " + hostile, Byline: hostile, URL: "javascript:alert(3)", Published: chancery.Date{Year: 2025, Month: 6, Day: 18}, Language: "en", Path: "/home/somebody/one.txt", Text: text}
	a.ID = chancery.ArticleID(*a)
	span := func(s string) chancery.ByteRange {
		i := strings.Index(text, s)
		return chancery.ByteRange{Start: i, End: i + len(s)}
	}
	first, second := span("Karthia offered Belmora two ships."), span("“We are pleased,” Ana Roy said.")
	e := chancery.Event{Sentence: first, Trigger: span("offered"), Type: chancery.Agree, Status: chancery.Offered, Probability: .9,
		Actors:     []chancery.Party{{Code: "KAR", Name: "Karthia", Mention: span("Karthia")}},
		Recipients: []chancery.Party{{Code: "BEL", Name: "Belmora", Mention: span("Belmora")}},
		Date:       chancery.Date{Year: 2025, Month: 6},
		Good: &chancery.Good{Kind: "arms", Phrase: span("two ships"), Status: chancery.Offered,
			Giver: chancery.Party{Code: "KAR", Name: "Karthia"}, Receiver: chancery.Party{Code: "BEL", Name: "Belmora"}},
		Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: first}, {Role: chancery.RoleTrigger, ByteRange: span("offered")}}}
	e.ID = chancery.RecordID(a.ID, "event", e.Evidence, e.Type)
	q := chancery.Quote{Sentence: second, Text: span("We are pleased,"), Speaker: chancery.Party{Name: "Ana Roy"},
		Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: second}}}
	q.ID = chancery.RecordID(a.ID, "quote", q.Evidence, "")
	p := chancery.Forecast{Sentence: second, About: span("We are pleased,"), Holder: chancery.Party{Name: "author"}, Hedge: "will", Strength: .7, Horizon: chancery.Date{Year: 2025, Month: 6},
		Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: second}}}
	p.ID = chancery.RecordID(a.ID, "forecast", p.Evidence, "")
	r := &chancery.Reading{Article: a.ID, Version: "test", Sentences: []chancery.ByteRange{first, second}, Events: []chancery.Event{e}, Quotes: []chancery.Quote{q}, Forecasts: []chancery.Forecast{p}}
	if _, err := store.Put(context.Background(), sqlite.Entry{Article: a, Reading: r}); err != nil {
		t.Fatal(err)
	}
	if err := store.Collate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return store, a, r
}

// fetched stands for the web: nothing is fetched in these tests.
func fetched(_ context.Context, address string) (fetch.Answer, error) {
	u, err := fetch.Parse(address)
	if err != nil {
		return fetch.Answer{}, err
	}
	switch path.Base(u.Path) {
	case "feed":
		return fetch.Answer{Feed: &fetch.Feed{Title: hostile, Without: 1, Over: 2, Entries: []fetch.Entry{
			{Address: "https://example.org/new", Title: strings.Repeat("ü", 600), Published: chancery.Date{Year: 2025, Month: 6}}, {Address: "https://example.org/known"}}}}, nil
	case "private":
		return fetch.Answer{}, fetch.ErrPrivate
	case "missing":
		return fetch.Answer{}, &fetch.StatusError{Status: 404}
	case "redirect":
		return fetch.Answer{}, fmt.Errorf("%w: %w", fetch.ErrRedirect, fetch.ErrAddress)
	case "late":
		return fetch.Answer{}, context.DeadlineExceeded
	case "broken":
		return fetch.Answer{}, errors.New("inside")
	}
	return fetch.Answer{Item: acquire.Item{Path: u.String(), Name: path.Base(u.Path), Kind: acquire.Text, Line: 1, Data: []byte("text")}}, nil
}

func newHandler(t *testing.T, change func(*Config)) (http.Handler, *chancery.Article, *chancery.Reading) {
	t.Helper()
	store, a, r := newRecord(t)
	c := Config{Store: store, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Loopback: true, Version: "test", MaxBody: 1 << 16,
		Now:  func() time.Time { return time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC) },
		Page: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "assets/app-1.js": {Data: []byte("1")}},
		Read: func(_ context.Context, item acquire.Item) ([]Receipt, error) {
			return []Receipt{{ID: item.Name, Title: string(item.Data)}}, nil
		}, Fetch: fetched}
	if change != nil {
		change(&c)
	}
	return New(c), a, r
}

func do(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "127.0.0.1:8642"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		} else {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestOperations(t *testing.T) {
	h, a, r := newHandler(t, nil)
	event := r.Events[0].ID
	for _, c := range []struct {
		method, target, body string
		status               int
		contains             string
	}{
		{"GET", "/api/v1/summary", "", 200, `"event":1`},
		{"GET", "/api/v1/articles", "", 200, a.ID},
		{"GET", "/api/v1/articles?language=fr", "", 200, `"items":[]`},
		{"GET", "/api/v1/articles/" + a.ID, "", 200, event},
		{"GET", "/api/v1/articles/one", "", 200, event},
		{"GET", "/api/v1/articles/two", "", 404, "two"},
		{"GET", "/api/v1/events?between=BEL,KAR", "", 200, event},
		{"GET", "/api/v1/events?between=BEL", "", 422, "two parties"},
		{"GET", "/api/v1/events?type=AGREE&status=offered&good=arms&since=2025-06&until=2025-06-30", "", 200, `"good_text":"two ships"`},
		{"GET", "/api/v1/events?type=YIELD", "", 422, "one of"},
		{"GET", "/api/v1/events?since=June", "", 422, "2025-06-18"},
		{"GET", "/api/v1/events?colour=red", "", 422, "colour"},
		{"GET", "/api/v1/events?limit=0", "", 422, "limit"},
		{"GET", "/api/v1/events?cursor=zzz", "", 422, "cursor"},
		{"POST", "/api/v1/articles/fetch", `{"addresses":[]}`, 422, "addresses"},
		{"POST", "/api/v1/articles/fetch", `{"addresses":[` + strings.Repeat(`{"address":"https://example.org/a"},`, 50) + `{"address":"https://example.org/a"}]}`, 422, "addresses"},
		{"POST", "/api/v1/articles/fetch", `{"addresses":[{"address":""}]}`, 422, "address"},
		{"POST", "/api/v1/articles/fetch", `{"addresses":["https://example.org/a"]}`, 422, "address"},
		{"POST", "/api/v1/articles/fetch", `{"addresses":[{"address":"https://example.org/a","published":"June"}]}`, 422, "2025-06-18"},
		{"POST", "/api/v1/articles/fetch", `{"addresses":[{"address":"https://example.org/broken"}]}`, 500, "its log tells more"},
		{"GET", "/api/v1/quotes?speaker=Ana+Roy", "", 200, "We are pleased,"},
		{"GET", "/api/v1/figures", "", 200, `"items":[]`},
		{"GET", "/api/v1/forecasts", "", 200, `"due":true`},
		{"GET", "/api/v1/forecasts?outlook=settled", "", 200, `"items":[]`},
		{"GET", "/api/v1/forecasts?outlook=never", "", 422, "outlook"},
		{"GET", "/api/v1/attention", "", 200, `"due":[{"id":"` + r.Forecasts[0].ID},
		{"POST", "/api/v1/settlements", `{"forecast":"` + r.Forecasts[0].ID + `","outcome":"open","why":"too soon","who":"reader"}`, 422, "nothing to take back"},
		{"POST", "/api/v1/settlements", `{"forecast":"` + r.Forecasts[0].ID + `","outcome":"yes","why":"they were","who":"reader"}`, 200, `"number":1`},
		{"GET", "/api/v1/forecasts?outlook=settled", "", 200, `"outcome":"yes"`},
		{"GET", "/api/v1/attention", "", 200, `"due":[]`},
		{"GET", "/api/v1/calibration", "", 200, `"holder":"author"`},
		{"POST", "/api/v1/settlements", `{"forecast":"` + r.Forecasts[0].ID + `","outcome":"open","why":"too soon","who":"reader"}`, 200, `"number":2`},
		{"GET", "/api/v1/forecasts?outlook=due", "", 200, r.Forecasts[0].ID},
		{"POST", "/api/v1/settlements", `{"forecast":"` + event + `","outcome":"yes","why":"x","who":"reader"}`, 422, "not a forecast"},
		{"POST", "/api/v1/settlements", `{"forecast":"` + r.Forecasts[0].ID + `","outcome":"yes","why":"x","who":"reader","evidence":"nothing"}`, 404, "nothing"},
		{"POST", "/api/v1/settlements", `{"forecast":"` + r.Forecasts[0].ID + `","outcome":"perhaps","why":"x","who":"reader"}`, 422, "outcome"},
		{"GET", "/api/v1/models/draft?issues=arms&least=1", "", 200, `"unknown":`},
		{"GET", "/api/v1/models/draft?issues=,", "", 422, "issue"},
		{"GET", "/api/v1/models/draft?issues=arms&since=2030", "", 422, "no events"},
		{"GET", "/api/v1/findings?between=KAR,BEL&order=surest", "", 200, `"items":[]`},
		{"GET", "/api/v1/findings?between=KAR", "", 422, "two parties"},
		{"GET", "/api/v1/exchanges?between=KAR,BEL", "", 200, `"items":[]`},
		{"GET", "/api/v1/actors", "", 200, `"items":[`},
		{"GET", "/api/v1/dyads", "", 200, `"actor":"KAR"`},
		{"GET", "/api/v1/series?by=month&actor=KAR", "", 200, `"start":"2025-06-01"`},
		{"GET", "/api/v1/blocs?least=1", "", 200, `"actor":"BEL"`},
		{"GET", "/api/v1/blocs?least=0", "", 422, "least"},
		{"GET", "/api/v1/models/example", "", 200, `"issue":"arms"`},
		{"POST", "/api/v1/models/table", `{"name":"table.yaml","text":"actors: 7"}`, 422, "set right"},
		{"POST", "/api/v1/models/run", `{"name":"table.yaml","table":"actors: 7"}`, 422, "set right"},
		{"POST", "/api/v1/models/run", `{"name":"table.exe","table":"x"}`, 422, "table.yaml"},
		{"GET", "/api/v1/happenings?min_voices=1", "", 200, event},
		{"GET", "/api/v1/happenings?cursor=x", "", 422, "cursor"},
		{"GET", "/api/v1/happenings/none", "", 404, "none"},
		{"GET", "/api/v1/findings?kind=reprint", "", 200, `"items":[]`},
		{"GET", "/api/v1/sources", "", 200, `"articles":1`},
		{"GET", "/api/v1/sources?whole=true&name=" + url.QueryEscape("Sample Wire "+hostile), "", 200, `"why":"does"`},
		{"GET", "/api/v1/sources?whole=true&name=Nobody", "", 404, "Nobody"},
		{"GET", "/api/v1/sources/tone?actor=KAR&source=" + url.QueryEscape("Sample Wire "+hostile), "", 200, `"why":"does"`},
		{"GET", "/api/v1/sources/tone?source=Nobody&actor=KAR", "", 404, "Nobody"},
		{"GET", "/api/v1/sources/tone?source=Nobody", "", 422, "required"},
		{"GET", "/api/v1/ledger?a=KAR&b=BEL", "", 200, `"phrase":"two ships"`},
		{"GET", "/api/v1/ledger?a=KAR&b=BEL&status=delivered", "", 200, `"gives_a":[]`},
		{"GET", "/api/v1/ledger?a=KAR&b=BEL&kind=ships", "", 422, "kind of good"},
		{"GET", "/api/v1/ledger?a=KAR", "", 422, "required"},
		{"GET", "/api/v1/ledger?a=KAR&b=BEL&since=2025-07", "", 200, `"gives_a":[]`},
		{"GET", "/api/v1/ledger?a=KAR&b=BEL&source=Nobody", "", 200, `"gives_a":[]`},
		{"GET", "/api/v1/ledger?a=KAR&b=BEL&since=2025-07&until=2025-06", "", 422, "lies before"},
		{"GET", "/api/v1/report?a=KAR&b=BEL", "", 200, "two ships"},
		{"GET", "/api/v1/report?a=KAR&b=BEL&format=md&since=2025-06&until=2025-06&by=week", "", 200, "# Karthia and Belmora"},
		{"GET", "/api/v1/report?a=KAR&b=KAR", "", 422, "twice"},
		{"GET", "/api/v1/report?a=KAR&b=BEL&format=pdf", "", 422, "format"},
		{"GET", "/api/v1/report?a=KAR", "", 422, "required"},
		{"GET", "/api/v1/relation?a=KAR&b=BEL&by=month", "", 200, `"buckets":[{"start":"2025-06-01"`},
		{"GET", "/api/v1/relation?b=BEL", "", 422, "required"},
		{"GET", "/api/v1/relation?a=ZZZ&by=year", "", 200, `"buckets"`},
		{"GET", "/api/v1/records/" + event, "", 200, `"kind":"event"`},
		{"GET", "/api/v1/records/nothing", "", 404, "nothing"},
		{"GET", "/api/v1/search?q=ships", "", 200, `"found":[{"start":`},
		{"GET", "/api/v1/search?q=ships", "", 200, `"range":{"start":`},
		{"GET", "/api/v1/search?q=%22", "", 422, "search"},
		{"GET", "/api/v1/search", "", 422, "q"},
		{"POST", "/api/v1/corrections", `{"record":"` + event + `","verdict":"confirmed","who":"reader"}`, 200, `"number":1`},
		{"POST", "/api/v1/corrections", `{"record":"none","verdict":"confirmed","who":"reader"}`, 404, "none"},
		{"POST", "/api/v1/corrections", `{"record":"` + event + `","verdict":"amended","who":"reader"}`, 422, "amendment"},
		{"POST", "/api/v1/corrections", `{"record":`, 400, "problem"},
		{"GET", "/api/v1/corrections?record=" + event, "", 200, `"fits":true`},
		{"GET", "/api/v1/openapi.json", "", 200, `"openapi":"3.1.0"`},
		{"GET", "/api/v1/reference", "", 200, "/api/v1/events"},
		{"GET", "/api/v1/nothing", "", 404, "reference"},
		{"GET", "/healthz", "", 200, "ok"},
		{"GET", "/metrics", "", 200, "chancery_request_seconds"},
		{"GET", "/ledger/USA/PAK", "", 200, "<!doctype html>"},
		{"GET", "/assets/app-1.js", "", 200, "1"},
		{"GET", "/assets/gone.js", "", 404, "no such file"},
		{"POST", "/", "{}", 405, "only be read"},
	} {
		w := do(h, c.method, c.target, c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String()+w.Header().Get("Content-Type"), c.contains) {
			t.Errorf("%s %s %s = %d %s; want %d with %q", c.method, c.target, c.body, w.Code, w.Body, c.status, c.contains)
		}
		if w.Code >= 400 && w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: an error of type %q", c.method, c.target, w.Header().Get("Content-Type"))
		}
		if strings.Contains(w.Body.String(), "/home/somebody") {
			t.Errorf("%s %s tells a path of the server's disk", c.method, c.target)
		}
	}
}

func TestGuards(t *testing.T) {
	open, _, _ := newHandler(t, nil)
	locked, _, _ := newHandler(t, func(c *Config) { c.Token = "secret"; c.Loopback = false })
	closed, _, _ := newHandler(t, func(c *Config) { c.Read = nil })
	for _, c := range []struct {
		name    string
		h       http.Handler
		method  string
		target  string
		body    string
		status  int
		headers []string
	}{
		{"own origin", open, "GET", "/api/v1/summary", "", 200, []string{"Origin", "http://127.0.0.1:8642"}},
		{"foreign origin", open, "GET", "/api/v1/summary", "", 403, []string{"Origin", "https://elsewhere.example"}},
		{"null origin", open, "POST", "/api/v1/corrections", "{}", 403, []string{"Origin", "null"}},
		{"cross-site fetch", open, "GET", "/api/v1/summary", "", 403, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}},
		{"link from another site", open, "GET", "/", "", 200, []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"}},
		{"rebound name", open, "GET", "/api/v1/summary", "", 403, []string{"Host", "rebound.example"}},
		{"localhost", open, "GET", "/api/v1/summary", "", 200, []string{"Host", "localhost:8642"}},
		{"IPv6 loopback", open, "GET", "/api/v1/summary", "", 200, []string{"Host", "[::1]:8642"}},
		{"no token", locked, "GET", "/api/v1/summary", "", 401, nil},
		{"wrong token", locked, "GET", "/api/v1/summary", "", 401, []string{"Authorization", "Bearer secreT"}},
		{"token as basic", locked, "GET", "/api/v1/summary", "", 401, []string{"Authorization", "Basic secret"}},
		{"right token", locked, "GET", "/api/v1/summary", "", 200, []string{"Authorization", "Bearer secret", "Host", "record.example"}},
		{"metrics want it too", locked, "GET", "/metrics", "", 401, nil},
		{"the page does not", locked, "GET", "/", "", 200, nil},
		{"upload too large", open, "POST", "/api/v1/articles?name=a.txt", strings.Repeat("x", 1<<17), 413, []string{"Content-Type", "application/octet-stream"}},
		{"upload", open, "POST", "/api/v1/articles?name=a.txt", "text", 200, []string{"Content-Type", "application/octet-stream"}},
		{"upload of an unknown kind", open, "POST", "/api/v1/articles?name=a.exe", "text", 422, []string{"Content-Type", "application/octet-stream"}},
		{"no addresses", closed, "POST", "/api/v1/articles/fetch", `{"addresses":[{"address":"https://example.org/a"}]}`, 403, nil},
		{"no uploads", closed, "POST", "/api/v1/articles?name=a.txt", "text", 403, []string{"Content-Type", "application/octet-stream"}},
	} {
		w := do(c.h, c.method, c.target, c.body, c.headers...)
		if w.Code != c.status {
			t.Errorf("%s: %s %s = %d %s; want %d", c.name, c.method, c.target, w.Code, w.Body, c.status)
		}
		if p := w.Header().Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") || strings.Contains(p, "unsafe") {
			t.Errorf("%s: content policy %q", c.name, p)
		}
		if w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: other origins are let in", c.name)
		}
	}
}

func TestETagAnswersWhatIsKnown(t *testing.T) {
	h, _, r := newHandler(t, nil)
	w := do(h, "GET", "/api/v1/events", "")
	tag := w.Header().Get("ETag")
	if tag == "" {
		t.Fatal("no entity tag")
	}
	if w := do(h, "GET", "/api/v1/events", "", "If-None-Match", tag); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("the same again: %d with %d bytes, want 304 with none", w.Code, w.Body.Len())
	}
	do(h, "POST", "/api/v1/corrections", fmt.Sprintf(`{"record":%q,"verdict":"rejected","who":"reader"}`, r.Events[0].ID))
	tag = do(h, "GET", "/api/v1/corrections", "").Header().Get("ETag")
	do(h, "POST", "/api/v1/corrections", fmt.Sprintf(`{"record":%q,"verdict":"withdrawn","withdraws":1,"who":"reader"}`, r.Events[0].ID))
	if w := do(h, "GET", "/api/v1/corrections", "", "If-None-Match", tag); w.Code != 200 {
		t.Errorf("after a change: %d, want 200", w.Code)
	}
}

// TestReportIsKeptApart: a brief shares the page's address, so it must not be
// able to run anything there, and its links must lead to this server.
func TestReportIsKeptApart(t *testing.T) {
	h, a, r := newHandler(t, nil)
	w := do(h, "GET", "/api/v1/report?a=KAR&b=BEL", "")
	policy := w.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "style-src 'sha256-", "sandbox ", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %q", policy, want)
		}
	}
	for _, bad := range []string{"allow-scripts", "allow-same-origin", "unsafe"} {
		if strings.Contains(policy, bad) {
			t.Errorf("the policy %q has %q", policy, bad)
		}
	}
	if body := w.Body.String(); strings.Contains(body, "<script") || strings.Contains(body, "<img") || strings.Contains(body, "javascript:") {
		t.Errorf("the article's markup stands in the brief: %s", body)
	}
	if want := fmt.Sprintf("http://127.0.0.1:8642/articles/%s?r=%s", a.ID, r.Events[0].ID); !strings.Contains(w.Body.String(), want) {
		t.Errorf("no link to %s", want)
	}
	if got := do(h, "GET", "/api/v1/report?a=K%22%0d%0aX:y&b=BEL", "").Header().Get("Content-Disposition"); got != `inline; filename="KXy-BEL.html"` {
		t.Errorf("Content-Disposition %q", got)
	}
}

// TestCorrectionsShow: what is said of a record shows in every answer, and is
// taken back without a trace.
func TestCorrectionsShow(t *testing.T) {
	h, a, r := newHandler(t, nil)
	event := r.Events[0].ID
	say := func(body string) {
		t.Helper()
		if w := do(h, "POST", "/api/v1/corrections", body); w.Code != 200 {
			t.Fatalf("%s: %d %s", body, w.Code, w.Body)
		}
	}
	look := func(target string, wants ...string) {
		t.Helper()
		body := do(h, "GET", target, "").Body.String()
		for _, want := range wants {
			if text, absent := strings.CutPrefix(want, "!"); absent == strings.Contains(body, text) {
				t.Errorf("%s: want %q, got %s", target, want, body)
			}
		}
	}
	say(fmt.Sprintf(`{"record":%q,"verdict":"amended","who":"reader","amendment":{"status":"agreed","good":{"kind":"arms","phrase":{"start":24,"end":33},"status":"agreed","giver":{"code":"KAR","name":"Karthia"},"receiver":{"code":"BEL","name":"Belmora"}}}}`, event))
	look("/api/v1/events?status=agreed", event, `"said":"amended"`)
	look("/api/v1/ledger?a=KAR&b=BEL", `"status":"agreed"`)
	look("/api/v1/articles/"+a.ID, `"corrected":{`, `"state":"applies"`, `"in_force":true`, `"status":"offered"`)
	say(fmt.Sprintf(`{"record":%q,"verdict":"rejected","who":"reader"}`, event))
	look("/api/v1/events", "!"+event)
	look("/api/v1/ledger?a=KAR&b=BEL", `"gives_a":[]`)
	look("/api/v1/dyads", `"items":[]`)
	look("/api/v1/happenings?min_voices=1", "!"+event)
	look("/api/v1/report?a=KAR&b=BEL", "Nothing in the record")
	look("/api/v1/records/"+event, `"said":"rejected"`)
	look("/api/v1/corrections?state=applies", `"number":1`, `"number":2`, `"in_force":false`)
	look("/api/v1/corrections?state=no+longer+fits", `"items":[]`)
	say(fmt.Sprintf(`{"record":%q,"verdict":"withdrawn","withdraws":2,"who":"reader"}`, event))
	say(fmt.Sprintf(`{"record":%q,"verdict":"withdrawn","withdraws":1,"who":"reader"}`, event))
	look("/api/v1/events?status=offered", event, `!"said"`)
	look("/api/v1/articles/"+a.ID, `!"corrected":{`)
	look("/api/v1/happenings?min_voices=1", event)
	for _, bad := range []string{`{"status":"maybe"}`, `{"trigger":{"start":-1,"end":4}}`, `{"colour":"red"}`, `[]`, `7`, `{"actors":7}`} {
		if w := do(h, "POST", "/api/v1/corrections", fmt.Sprintf(`{"record":%q,"verdict":"amended","who":"reader","amendment":%s}`, event, bad)); w.Code != 422 {
			t.Errorf("amendment %s: %d %s", bad, w.Code, w.Body)
		}
	}
}

func TestBinaryWithoutPageSaysHowToBuildIt(t *testing.T) {
	h, _, _ := newHandler(t, func(c *Config) { c.Page = fstest.MapFS{".keep": {}} })
	for _, target := range []string{"/", "/ledger/USA/PAK"} {
		w := do(h, "GET", target, "")
		if body := w.Body.String(); w.Code != http.StatusNotFound || !strings.Contains(body, "make build") || !strings.Contains(body, "/api/v1/reference") {
			t.Errorf("GET %s of a binary without its page: %d %q, want 404, how to build it and where the API is", target, w.Code, body)
		}
	}
	if w := do(h, "GET", "/api/v1/summary", ""); w.Code != http.StatusOK {
		t.Errorf("GET /api/v1/summary: %d, want 200: the API needs no page", w.Code)
	}
}

func TestPanicTellsNothing(t *testing.T) {
	h, _, _ := newHandler(t, func(c *Config) {
		c.Read = func(context.Context, acquire.Item) ([]Receipt, error) { panic("inside") }
	})
	w := do(h, "POST", "/api/v1/articles", "text", "Content-Type", "application/octet-stream")
	if w.Code != 500 || strings.Contains(w.Body.String(), "inside") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
