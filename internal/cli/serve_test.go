package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// shared is a buffer that the server writes and the test reads.
type shared struct {
	lock sync.Mutex
	b    bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.b.Write(p)
}

func (s *shared) String() string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.b.String()
}

// serve starts the server on a free port; stop asks it to end, and ended gives
// its exit code.
func serve(t *testing.T, args ...string) (address string, log *shared, stop func(), ended <-chan int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	out, in := io.Pipe()
	log = new(shared)
	code := make(chan int, 1)
	go func() {
		code <- Run(ctx, append([]string{"serve", "--address", "127.0.0.1:0"}, args...), strings.NewReader(""), in, log)
		in.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server said nothing: %v; %s", err, log)
	}
	_, rest, _ := strings.Cut(line, "http://")
	address, _, _ = strings.Cut(rest, " ")
	return address, log, cancel, code
}

func ask(t *testing.T, method, url, body string, headers ...string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	b, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.StatusCode, string(b), w.Header
}

// TestServeWithToken walks the way of a reader whose server wants a token: the
// page opens without it, what is in the record does not.
func TestServeWithToken(t *testing.T) {
	const token = "0123456789abcdef"
	file := filepath.Join(t.TempDir(), "token.txt")
	if err := os.WriteFile(file, []byte(token+"\nwhat follows does not count\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	address, log, stop, ended := serve(t, "--db", fixture(t), "--token-file", file)
	base := "http://" + address
	bearer := []string{"Authorization", "Bearer " + token}
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
	}{
		{"health", "GET", "/healthz", "", nil, 200},
		{"the summary without the token", "GET", "/api/v1/summary", "", nil, 401},
		{"the summary with another token", "GET", "/api/v1/summary", "", []string{"Authorization", "Bearer " + token + "0"}, 401},
		{"the summary with it", "GET", "/api/v1/summary", "", bearer, 200},
		{"the brief without it", "GET", "/api/v1/report?a=ARC&b=RUR", "", nil, 401},
		{"the brief with it", "GET", "/api/v1/report?a=ARC&b=RUR", "", bearer, 200},
		{"the token in the address", "GET", "/api/v1/summary?token=" + token, "", nil, 401},
		{"an upload without it", "POST", "/api/v1/articles?name=a.txt", "text", nil, 401},
		{"the document of the API without it", "GET", "/api/v1/openapi.json", "", nil, 401},
		{"metrics without it", "GET", "/metrics", "", nil, 401},
		{"metrics with it", "GET", "/metrics", "", bearer, 200},
		{"another origin with it", "GET", "/api/v1/summary", "", append([]string{"Origin", "https://elsewhere.example"}, bearer...), 403},
	} {
		status, body, head := ask(t, c.method, base+c.path, c.body, c.headers...)
		if status != c.status {
			t.Errorf("%s: %d %s, want %d", c.name, status, body, c.status)
		}
		if status == 401 && (head.Get("WWW-Authenticate") != `Bearer realm="chancery"` || head.Get("Content-Type") != "application/problem+json" || strings.Contains(body, token)) {
			t.Errorf("%s: the refusal is %v %s", c.name, head, body)
		}
	}
	// The page itself holds no data; a binary built without it says so.
	if status, body, _ := ask(t, "GET", base+"/", ""); status != 200 && !strings.Contains(body, "built without its page") {
		t.Errorf("the page: %d %s", status, body)
	}
	stop()
	if code := <-ended; code != exitDone {
		t.Errorf("the server ended with %d: %s", code, log)
	}
	lines := 0
	for line := range strings.Lines(log.String()) {
		var l struct {
			Msg, Method, Path string
			Status            int
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil || strings.Contains(line, token) {
			t.Errorf("a line of the log: %q, %v", line, err)
		}
		if l.Msg == "request" && l.Status > 0 && l.Path != "" {
			lines++
		}
	}
	if lines < 12 {
		t.Errorf("the log has %d requests", lines)
	}
}

// TestServeStopsGracefully: a request that is open when the server is asked to
// stop gets its answer, and what it wrote is stored.
func TestServeStopsGracefully(t *testing.T) {
	db := fixture(t)
	_, out, _ := run(t, "--db", db, "events", "--format", "jsonl")
	var e struct{ ID string }
	if err := json.Unmarshal([]byte(strings.SplitAfter(out, "\n")[0]), &e); err != nil {
		t.Fatal(err)
	}
	address, log, stop, ended := serve(t, "--db", db, "--quiet")
	body, write := io.Pipe()
	r, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+address+"/api/v1/corrections", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answered := make(chan int, 1)
	go func() {
		w, err := http.DefaultClient.Do(r)
		if err != nil {
			answered <- 0
			return
		}
		w.Body.Close()
		answered <- w.StatusCode
	}()
	if _, err := io.WriteString(write, `{"record":"`+e.ID+`",`); err != nil { // returns once the server reads
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond)
	stop()
	time.Sleep(100 * time.Millisecond)
	select {
	case code := <-ended:
		t.Fatalf("the server ended with %d while a request was open", code)
	default:
	}
	if _, err := io.WriteString(write, `"verdict":"rejected","who":"reader"}`); err != nil {
		t.Fatal(err)
	}
	write.Close()
	if status := <-answered; status != 200 {
		t.Errorf("the open request got %d", status)
	}
	if code := <-ended; code != exitDone {
		t.Errorf("the server ended with %d: %s", code, log)
	}
	if _, out, _ := run(t, "--db", db, "corrections"); !strings.Contains(out, "rejected") {
		t.Errorf("what was said is not stored: %s", out)
	}
}

func TestServeRefuses(t *testing.T) {
	short := filepath.Join(t.TempDir(), "short.txt")
	if err := os.WriteFile(short, []byte("short\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--address", "0.0.0.0:0"}, exitUsage, "--token-file"},
		{[]string{"--address", "127.0.0.1:0", "--token-file", short}, exitUsage, "16 characters"},
		{[]string{"--address", "127.0.0.1:0", "--token-file", short + ".none"}, exitIncomplete, "token file"},
		{[]string{"--address", "nowhere"}, exitUsage, "nowhere"},
	} {
		code, out, errs := run(t, append([]string{"serve", "--db", filepath.Join(t.TempDir(), "x.db")}, c.args...)...)
		if code != c.code || !strings.Contains(errs, c.want) {
			t.Errorf("serve %v: code %d, want %d with %q: %s%s", c.args, code, c.code, c.want, out, errs)
		}
	}
}
