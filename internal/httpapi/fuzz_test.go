package httpapi

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"chancery/acquire"
	"chancery/acquire/fetch"
)

// described is an operation as the API's document describes it.
type described struct {
	method, path string
	parameters   []struct {
		Name, In string
		Required bool
	}
	fields  []string // of a JSON body, sorted
	rawBody bool     // a body that is no JSON
}

// document lists the operations of the API's document.
func document(t testing.TB) []described {
	t.Helper()
	b, err := OpenAPI("test")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name, In string
				Required bool
			}
			RequestBody *struct {
				Content map[string]struct {
					Schema struct {
						Ref string `json:"$ref"`
					}
				}
			}
		}
		Components struct {
			Schemas map[string]struct {
				Properties map[string]json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	var out []described
	for path, methods := range doc.Paths {
		for method, o := range methods {
			d := described{method: strings.ToUpper(method), path: path, parameters: o.Parameters}
			if o.RequestBody != nil {
				d.rawBody = true
				if content, ok := o.RequestBody.Content["application/json"]; ok {
					d.rawBody = false
					for name := range doc.Components.Schemas[strings.TrimPrefix(content.Schema.Ref, "#/components/schemas/")].Properties {
						if name != "$schema" {
							d.fields = append(d.fields, name)
						}
					}
					if len(d.fields) == 0 {
						t.Fatalf("%s %s: the document names no field of its body", method, path)
					}
					slices.Sort(d.fields)
				}
			}
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b described) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	return out
}

// usual are values that operations take, so that one odd value is met by the
// operation itself and not by what is missing beside it.
func usual(ids map[string]string) (parameters, fields map[string]string) {
	parameters = map[string]string{"a": "KAR", "b": "BEL", "q": "ships", "issues": "arms", "actor": "KAR", "name": "a.txt"}
	quoted := func(s string) string {
		b, _ := json.Marshal(s)
		return string(b)
	}
	fields = map[string]string{"record": quoted(ids["event"]), "verdict": `"confirmed"`, "who": `"reader"`, "why": `"because"`, "forecast": quoted(ids["forecast"]), "outcome": `"yes"`,
		"name": `"table.yaml"`, "text": `"actors: []"`, "table": `"actors: []"`,
		"addresses": `[{"address":"https://example.org/a"}]`}
	return parameters, fields
}

// FuzzOperations sends an odd value in the place of every parameter and of every
// field of a body, to every operation that the document names, and odd bodies
// whole: none may answer with a fault of the server's own.
func FuzzOperations(f *testing.F) {
	for _, s := range []string{"", "USA,PAK", "2025-06", "\x00", `"`, "AGREE", "-1", "9999999999999999999", "*", "a' OR 1=1", hostile, "{}", "null", `{"status":"agreed"}`, `[1]`,
		`"amended"`, `"withdrawn"`, "1e999", "\xff", strings.Repeat("[", 2000), "../../etc/passwd", "a.jsonl", `{"text":"x"}`,
		`[{"address":"http://\u0000/"}]`, `[{"address":"https://example.org/","title":"x","published":"2025-13"}]`, `{"addresses":[{"address":"file:///etc/passwd"}]}`} {
		f.Add(s, s)
	}
	store, a, r := newRecord(f)
	h := New(Config{Store: store, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Page: fstest.MapFS{}, Loopback: true, MaxBody: 1 << 16,
		Now:  func() time.Time { return time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC) },
		Read: func(context.Context, acquire.Item) ([]Receipt, error) { return nil, nil },
		// Nothing outside is asked for: an address is looked at and is a feed.
		Fetch: func(_ context.Context, address string) (fetch.Answer, error) {
			u, err := fetch.Parse(address)
			if err != nil {
				return fetch.Answer{}, err
			}
			return fetch.Answer{Feed: &fetch.Feed{Title: address, Entries: []fetch.Entry{{Address: u.String(), Title: address}}}}, nil
		}})
	ids := map[string]string{"event": r.Events[0].ID, "forecast": r.Forecasts[0].ID}
	operations := document(f)
	if len(operations) < 30 {
		f.Fatalf("the document names %d operations", len(operations))
	}
	parameters, fields := usual(ids)
	f.Fuzz(func(t *testing.T, value, body string) {
		send := func(o described, odd, body string) {
			id := map[string]string{"articles": a.ID, "records": ids["event"], "happenings": "none"}[strings.Split(o.path, "/")[3]]
			q := url.Values{}
			for _, p := range o.parameters {
				if p.Required && p.In == "query" {
					q.Set(p.Name, parameters[p.Name])
				}
				if p.Name == odd && p.In == "query" {
					q.Set(p.Name, value)
				}
				if p.Name == odd && p.In == "path" {
					id = value
				}
			}
			req := httptest.NewRequest(o.method, "http://127.0.0.1/", strings.NewReader(body))
			req.URL.Path, req.URL.RawQuery = strings.ReplaceAll(o.path, "{id}", id), q.Encode()
			req.Header.Set("Content-Type", "application/json")
			if o.rawBody {
				req.Header.Set("Content-Type", "application/octet-stream")
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, req)
			if w.Code >= 500 {
				t.Fatalf("%s %s with %s=%q body %q: %d %s", o.method, o.path, odd, value, body, w.Code, w.Body)
			}
			if w.Code >= 400 && w.Header().Get("Content-Type") != "application/problem+json" {
				t.Fatalf("%s %s with %s=%q: status %d without a problem document", o.method, o.path, odd, value, w.Code)
			}
		}
		for _, o := range operations {
			for _, p := range o.parameters {
				send(o, p.Name, body)
			}
			if o.method == http.MethodGet {
				continue
			}
			send(o, "", body)
			for _, odd := range o.fields {
				var parts []string
				for _, name := range o.fields {
					v := fields[name]
					if name == odd {
						if v = value; !json.Valid([]byte(v)) {
							b, _ := json.Marshal(v)
							v = string(b)
						}
					}
					if v != "" {
						parts = append(parts, `"`+name+`":`+v)
					}
				}
				send(o, odd, "{"+strings.Join(parts, ",")+"}")
			}
		}
	})
}

// TestBadBodies: what is too large, no JSON, of another kind or nothing at all
// is refused with the status that says so, by every operation that takes a body.
func TestBadBodies(t *testing.T) {
	h, _, _ := newHandler(t, nil)
	taken := 0
	for _, o := range document(t) {
		if o.method == http.MethodGet || o.rawBody {
			continue
		}
		taken++
		for _, c := range []struct {
			name, body, kind string
			status           []int
		}{
			{"too large", `{"who":"` + strings.Repeat("x", 1<<17) + `"}`, "application/json", []int{413}},
			{"broken", `{"who":`, "application/json", []int{400}},
			{"nothing", "", "application/json", []int{400}},
			{"an empty object", "{}", "application/json", []int{422}},
			{"a list", "[]", "application/json", []int{422}},
			{"a field of another kind", `{"who":7,"text":7,"table":7}`, "application/json", []int{422}},
			{"a field nobody knows", `{"colour":"red"}`, "application/json", []int{422}},
			{"another kind", "<a/>", "application/xml", []int{415}},
			{"a form", "who=reader", "application/x-www-form-urlencoded", []int{415}},
			{"plain text", `{"who":"reader"}`, "text/plain", []int{415}},
		} {
			w := do(h, o.method, o.path, c.body, "Content-Type", c.kind)
			if !slices.Contains(c.status, w.Code) || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s, %s: %d %s %s; want %v", o.method, o.path, c.name, w.Code, w.Header().Get("Content-Type"), w.Body, c.status)
			}
		}
	}
	if taken < 4 {
		t.Fatalf("%d operations take a body", taken)
	}
}

// TestEveryOperationIsGuarded: no operation answers another site's page, or
// anybody without the token.
func TestEveryOperationIsGuarded(t *testing.T) {
	open, _, _ := newHandler(t, nil)
	locked, _, _ := newHandler(t, func(c *Config) { c.Token = "a token of some length"; c.Loopback = false })
	for _, o := range document(t) {
		for _, headers := range [][]string{{"Origin", "https://elsewhere.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"}, {"Host", "rebound.example"}} {
			if w := do(open, o.method, o.path, "{}", headers...); w.Code != 403 {
				t.Errorf("%s %s with %v: %d, want 403", o.method, o.path, headers, w.Code)
			}
		}
		for _, headers := range [][]string{nil, {"Authorization", "Bearer wrong"}, {"Authorization", "Bearer"}, {"Authorization", "bearer a token of some length"}} {
			w := do(locked, o.method, o.path, "{}", headers...)
			if w.Code != 401 || w.Header().Get("WWW-Authenticate") == "" {
				t.Errorf("%s %s with %v: %d, want 401 and what is asked for", o.method, o.path, headers, w.Code)
			}
		}
	}
}

// TestHostileTextStaysData: whatever an article or a person writes comes back as
// a JSON string, in an answer that no browser takes for a page, or as text of a
// page.
func TestHostileTextStaysData(t *testing.T) {
	h, a, r := newHandler(t, nil)
	quoted, _ := json.Marshal(hostile)
	for _, body := range []string{
		`{"record":"` + r.Events[0].ID + `","verdict":"amended","who":` + string(quoted) + `,"why":` + string(quoted) + `,"amendment":{"place":` + string(quoted) + `}}`,
		`{"record":"` + r.Quotes[0].ID + `","verdict":"confirmed","who":` + string(quoted) + `}`,
	} {
		if w := do(h, "POST", "/api/v1/corrections", body); w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	settle := `{"forecast":"` + r.Forecasts[0].ID + `","outcome":"no","who":` + string(quoted) + `,"why":` + string(quoted) + `,"evidence":"javascript://x/%0aalert(1)"}`
	if w := do(h, "POST", "/api/v1/settlements", settle); w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	parameters, _ := usual(nil)
	id := map[string]string{"articles": a.ID, "records": r.Events[0].ID, "happenings": "none"}
	shown := 0
	for _, o := range document(t) {
		if o.method != http.MethodGet {
			continue
		}
		q := url.Values{}
		for _, p := range o.parameters {
			if p.Required && p.In == "query" {
				q.Set(p.Name, parameters[p.Name])
			}
		}
		w := do(h, "GET", strings.ReplaceAll(o.path, "{id}", id[strings.Split(o.path, "/")[3]])+"?"+q.Encode(), "")
		body := w.Body.String()
		if strings.Contains(body, "alert(1)") {
			shown++
		}
		switch kind := w.Header().Get("Content-Type"); {
		case strings.HasPrefix(kind, "text/html"):
			if strings.Contains(body, "<script") || strings.Contains(body, "<img") || strings.Contains(body, "javascript:") {
				t.Errorf("%s: markup of an article stands in a page: %s", o.path, body)
			}
		case strings.HasPrefix(kind, "application/json"), strings.HasPrefix(kind, "application/problem+json"):
			if !json.Valid(w.Body.Bytes()) {
				t.Errorf("%s is no JSON: %s", o.path, body)
			}
		default:
			t.Errorf("%s is of type %s", o.path, kind)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", o.path)
		}
	}
	if shown < 8 {
		t.Errorf("the hostile text is in %d answers only: the test sees too little", shown)
	}
}
