package fetch

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"chancery/acquire"

	"golang.org/x/net/dns/dnsmessage"
)

// newClient gives one that may reach the test's servers and waits for nobody.
func newClient(change func(*Options)) *Client {
	o := Options{Agent: "chancery/test", Private: true, Pause: -1, MaxBytes: 100_000, Timeout: 5 * time.Second}
	if change != nil {
		change(&o)
	}
	return New(o)
}

func serve(t testing.TB, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// give answers with a content type and a body.
func give(w http.ResponseWriter, kind, body string) {
	if w.Header()["Content-Type"] = nil; kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	io.WriteString(w, body)
}

func TestGet(t *testing.T) {
	const page = "<!doctype html><title>Ports</title><p>Two ports were opened."
	site := serve(t, func(w http.ResponseWriter, r *http.Request) {
		hop := func(to string) { w.Header().Set("Location", to); w.WriteHeader(http.StatusFound) }
		var n int
		switch {
		case r.URL.Path == "/robots.txt":
			give(w, "text/plain", "User-agent: *\nDisallow: /\n\nUser-agent: Chancery\nDisallow: /closed\n")
		case r.URL.Path == "/closed/page.html", r.URL.Path == "/page.html", r.URL.Path == "/2025/06/ports-opened.html":
			give(w, "text/html; charset=utf-8", page)
		case r.URL.Path == "/xhtml":
			give(w, "application/xhtml+xml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>x</p></html>`)
		case r.URL.Path == "/paper.pdf":
			give(w, "application/pdf", "%PDF-1.7 \xff\xfe")
		case r.URL.Path == "/note":
			give(w, "text/plain", "A note.")
		case r.URL.Path == "/unnamed":
			give(w, "", page)
		case r.URL.Path == "/octets":
			give(w, "application/octet-stream", "%PDF-1.7 \xff")
		case r.URL.Path == "/latin":
			give(w, "text/plain; charset=ISO-8859-1", "Caf\xe9")
		case r.URL.Path == "/cyrillic":
			give(w, "text/html; charset=windows-1251", "<meta charset=utf-8><p>\xcf\xee\xf0\xf2")
		case r.URL.Path == "/japanese":
			give(w, "text/plain; charset=iso-2022-jp", "\x1b$B9A\x1b(B port")
		case r.URL.Path == "/utf-16":
			give(w, "text/plain; charset=utf-16le", "p\x00o\x00r\x00t\x00")
		case r.URL.Path == "/mislabelled":
			give(w, "text/html; charset=iso-8859-1", "<meta charset=utf-8><p>Café")
		case r.URL.Path == "/picture":
			give(w, "image/png", "\x89PNG\r\n\x1a\n")
		case r.URL.Path == "/picture-unnamed":
			give(w, "", "\x89PNG\r\n\x1a\n")
		case r.URL.Path == "/data.json":
			give(w, "application/json", `{"articles":[]}`)
		case r.URL.Path == "/data.xml":
			give(w, "application/xml", `<?xml version="1.0"?><urlset></urlset>`)
		case r.URL.Path == "/long":
			w.Header().Set("Content-Length", "100001")
			w.WriteHeader(200)
		case r.URL.Path == "/endless":
			w.Header().Set("Content-Type", "text/plain")
			for range 1000 {
				io.WriteString(w, strings.Repeat("x", 1000))
			}
		case r.URL.Path == "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 20_000 { // 20 MB in some 20 kB
				io.WriteString(z, strings.Repeat("x", 1000))
			}
			z.Close()
		case r.URL.Path == "/packed":
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", "text/plain")
			z := gzip.NewWriter(w)
			io.WriteString(z, "Unpacked.")
			z.Close()
		case r.URL.Path == "/brotli":
			w.Header().Set("Content-Encoding", "br")
			io.WriteString(w, "x")
		case r.URL.Path == "/cut":
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "short")
		case r.URL.Path == "/moved":
			hop("/2025/06/ports-opened.html#part")
		case r.URL.Path == "/to-closed":
			hop("/closed/page.html")
		case r.URL.Path == "/to-ftp":
			hop("ftp://example.org/x")
		case r.URL.Path == "/to-password":
			hop("http://name:secret@" + r.Host + "/page.html")
		case r.URL.Path == "/to-nowhere":
			w.WriteHeader(http.StatusMovedPermanently)
		case r.URL.Path == "/loop":
			hop("/loop")
		case strings.HasPrefix(r.URL.Path, "/hops/"):
			if fmt.Sscanf(r.URL.Path, "/hops/%d", &n); n == 0 {
				give(w, "text/html", page)
				return
			}
			hop(fmt.Sprintf("/hops/%d", n-1))
		case strings.HasPrefix(r.URL.Path, "/status/"):
			fmt.Sscanf(r.URL.Path, "/status/%d", &n)
			w.WriteHeader(n)
		default:
			http.NotFound(w, r)
		}
	})
	closed := httptest.NewServer(nil)
	closed.Close()
	c := newClient(nil)
	for _, test := range []struct {
		path string // or a whole address
		kind acquire.Kind
		name string
		data string
		err  error
		says string
	}{
		{path: "/page.html", kind: acquire.HTML, name: "page", data: "\ufeff" + page},
		{path: "/page.html#second", kind: acquire.HTML, name: "page", data: "\ufeff" + page},
		{path: "/xhtml", kind: acquire.HTML, name: "xhtml"},
		{path: "/paper.pdf", kind: acquire.PDF, name: "paper", data: "%PDF-1.7 \xff\xfe"},
		{path: "/note", kind: acquire.Text, name: "note", data: "A note."},
		{path: "/unnamed", kind: acquire.HTML, name: "unnamed", data: page},
		{path: "/octets", kind: acquire.PDF, name: "octets"},
		{path: "/latin", kind: acquire.Text, name: "latin", data: "\ufeffCafé"},
		{path: "/cyrillic", kind: acquire.HTML, name: "cyrillic", data: "\ufeff<meta charset=utf-8><p>Порт"},
		{path: "/japanese", kind: acquire.Text, name: "japanese", data: "\ufeff港 port"},
		{path: "/utf-16", kind: acquire.Text, name: "utf-16", data: "\ufeffport"},
		{path: "/mislabelled", kind: acquire.HTML, name: "mislabelled", data: "\ufeff<meta charset=utf-8><p>Café"},
		{path: "/packed", kind: acquire.Text, name: "packed", data: "Unpacked."},
		{path: "/moved", kind: acquire.HTML, name: "ports-opened"},
		{path: "/hops/5", kind: acquire.HTML, name: "hops"},

		{path: "/picture", err: acquire.ErrKind, says: "image/png"},
		{path: "/picture-unnamed", err: acquire.ErrKind, says: "image/png"},
		{path: "/data.json", err: ErrFeed, says: "no JSON Feed"},
		{path: "/data.xml", err: acquire.ErrKind, says: "application/xml"},
		{path: "/brotli", err: acquire.ErrKind, says: `"br"`},
		{path: "/long", err: acquire.ErrTooLarge, says: "too large: the limit is 100.0 kB"},
		{path: "/endless", err: acquire.ErrTooLarge},
		{path: "/bomb", err: acquire.ErrTooLarge},
		{path: "/cut", err: ErrUnreachable, says: "unexpected EOF"},
		{path: "/closed/page.html", err: ErrRobots, says: "robots.txt"},
		{path: "/to-closed", err: ErrRobots},
		{path: "/to-ftp", err: ErrRedirect, says: "http:// or https://"},
		{path: "/to-password", err: ErrRedirect, says: "password"},
		{path: "/to-nowhere", err: ErrRedirect, says: "to no address"},
		{path: "/hops/6", err: ErrRedirect, says: "more than 5"},
		{path: "/loop", err: ErrRedirect},
		{path: "/status/404", says: "the server answers 404 Not Found"},
		{path: "/status/403", says: "403 Forbidden: it wants a login or refuses programs"},
		{path: "/status/429", says: "429 Too Many Requests: try again later"},
		{path: "/status/500", says: "500 Internal Server Error"},
		{path: "/status/304", says: "304 Not Modified"}, // nobody asked whether it changed
		{path: "/status/204", says: "204 No Content"},
		{path: closed.URL + "/", err: ErrUnreachable, says: "refuses the connection"},
		{path: "http://nothing.invalid/", err: ErrUnreachable},
		{path: "ftp://example.org/", err: ErrAddress, says: "http:// or https://"},
	} {
		address := test.path
		if !IsAddress(address) {
			address = site.URL + address
		}
		got, err := c.Get(t.Context(), address, Validators{})
		if test.kind != "" {
			want, _ := Parse(address)
			if err != nil || got.Item.Kind != test.kind || got.Item.Name != test.name || test.data != "" && string(got.Item.Data) != test.data || got.Item.Path != want.String() {
				t.Errorf("%s: %+.200v, %v; want a %s named %s: %q", test.path, got, err, test.kind, test.name, test.data)
			}
			continue
		}
		if err == nil || test.err != nil && !errors.Is(err, test.err) || !strings.Contains(err.Error(), test.says) || strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("%s: %q, want %q with %q", test.path, err, test.err, test.says)
		}
		if status := (*StatusError)(nil); strings.HasPrefix(test.path, "/status") && !errors.As(err, &status) {
			t.Errorf("%s: %v is no status", test.path, err)
		}
	}
}

func TestSlowAnswers(t *testing.T) {
	site := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/head":
			<-r.Context().Done()
		case "/body":
			give(w, "text/plain", "begun")
			for range 100 {
				w.(http.Flusher).Flush()
				select {
				case <-r.Context().Done():
					return
				case <-time.After(20 * time.Millisecond):
					io.WriteString(w, ".")
				}
			}
		default:
			http.NotFound(w, r)
		}
	})
	c := newClient(func(o *Options) { o.Timeout = 200 * time.Millisecond })
	for _, path := range []string{"/head", "/body"} {
		if _, err := c.Get(t.Context(), site.URL+path, Validators{}); !errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), "within 200ms") {
			t.Errorf("%s: %v", path, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.Get(ctx, site.URL+"/head", Validators{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the caller's own end: %v", err)
	}
}

// TestRequest: the program says its name, sends nothing that tells of the user and
// asks whether something has changed.
func TestRequest(t *testing.T) {
	var seen []string
	site := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.URL.Path)
		if r.UserAgent() != "chancery/test" || r.Method != "GET" || r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" || r.Header.Get("Authorization") != "" {
			t.Errorf("%s %s with %v", r.Method, r.URL, r.Header)
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Last-Modified", "Wed, 18 Jun 2025 10:00:00 GMT")
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.Header.Get("If-None-Match") == `"one"` && r.Header.Get("If-Modified-Since") == "Wed, 18 Jun 2025 10:00:00 GMT":
			w.WriteHeader(http.StatusNotModified)
		default:
			give(w, "text/plain", "text")
		}
	})
	c := newClient(nil)
	first, err := c.Get(t.Context(), site.URL, Validators{})
	if err != nil || first.Unchanged || first.Validators.ETag != `"one"` {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := c.Get(t.Context(), site.URL, first.Validators)
	if err != nil || !again.Unchanged || again.Item.Data != nil {
		t.Errorf("%+v, %v; want nothing changed", again, err)
	}
	if got := strings.Join(seen, " "); got != "/robots.txt / /" {
		t.Errorf("asked for %s; robots.txt is asked for once", got)
	}
	if c.http.Transport.(*http.Transport).Proxy != nil {
		t.Error("a proxy resolves names out of the guard's sight")
	}
}

// TestOneAtATime: a host is asked by one at a time and left alone in between; other
// hosts do not wait for it.
func TestOneAtATime(t *testing.T) {
	var at, most atomic.Int32
	var last atomic.Int64
	const pause = 30 * time.Millisecond
	site := serve(t, func(w http.ResponseWriter, r *http.Request) {
		most.Store(max(most.Load(), at.Add(1)))
		if since := time.Since(time.Unix(0, last.Load())); since < pause {
			t.Errorf("asked again after %s", since)
		}
		time.Sleep(5 * time.Millisecond)
		last.Store(time.Now().UnixNano())
		at.Add(-1)
		give(w, "text/plain", "text")
	})
	c := newClient(func(o *Options) { o.Pause = pause })
	done := make(chan error)
	for i := range 4 {
		go func() {
			_, err := c.Get(t.Context(), fmt.Sprintf("%s/%d", site.URL, i), Validators{})
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d at a time", most.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Get(ctx, site.URL+"/5", Validators{}); !errors.Is(err, context.Canceled) {
		t.Errorf("while it waits: %v", err)
	}
}

func TestRobotsOfTheSite(t *testing.T) {
	for _, test := range []struct {
		name    string
		answer  http.HandlerFunc
		want    error
		says    string
		atLeast time.Duration // between two requests
	}{
		{name: "none", answer: http.NotFound},
		{name: "forbidden itself", answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }},
		{name: "allows", answer: func(w http.ResponseWriter, _ *http.Request) { give(w, "text/plain", "User-agent: *\nDisallow: /other") }},
		{name: "forbids", answer: func(w http.ResponseWriter, _ *http.Request) { give(w, "text/plain", "User-agent: *\nDisallow: /p") }, want: ErrRobots},
		{name: "forbids, elsewhere", answer: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.Redirect(w, r, "/there.txt", http.StatusMovedPermanently)
				return
			}
			give(w, "text/plain", "User-agent: chancery\nDisallow: /")
		}, want: ErrRobots},
		{name: "a page instead", answer: func(w http.ResponseWriter, _ *http.Request) { give(w, "text/html", "<html>Not here</html>") }},
		{name: "leads in a circle", answer: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt", http.StatusFound) }},
		{name: "broken server", answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, says: "robots.txt, which says what programs may read, cannot be had"},
		{name: "longer than is read", answer: func(w http.ResponseWriter, _ *http.Request) {
			give(w, "text/plain", "User-agent: *\n"+strings.Repeat("# filling\n", 60_000)+"Disallow: /p")
		}},
		{name: "asks for time", answer: func(w http.ResponseWriter, _ *http.Request) { give(w, "text/plain", "User-agent: *\nCrawl-delay: 0.2") }, atLeast: 200 * time.Millisecond},
	} {
		var begun []time.Time
		site := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/page" {
				test.answer(w, r)
				return
			}
			begun = append(begun, time.Now())
			give(w, "text/plain", "text")
		})
		c := newClient(nil)
		for range 2 {
			_, err := c.Get(t.Context(), site.URL+"/page", Validators{})
			refused := test.want != nil || test.says != ""
			if refused != (err != nil) || test.want != nil && !errors.Is(err, test.want) || err != nil && !strings.Contains(err.Error(), test.says) || refused && len(begun) > 0 {
				t.Errorf("%s: %v after %d requests, want %v %s", test.name, err, len(begun), test.want, test.says)
			}
		}
		if len(begun) == 2 && begun[1].Sub(begun[0]) < test.atLeast {
			t.Errorf("%s: %s between the requests", test.name, begun[1].Sub(begun[0]))
		}
	}
}

// names is a resolver of the test's own: each name has its answers, of which one
// is given after the other.
func names(t *testing.T, all map[string][]string) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	go func() {
		buffer := make([]byte, 1500)
		for asked := map[string]int{}; ; {
			n, from, err := server.ReadFrom(buffer)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if err := m.Unpack(buffer[:n]); err != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.RCode = true, dnsmessage.RCodeNameError
			m.Additionals = nil
			if answers := all[q.Name.String()]; len(answers) > 0 {
				m.RCode = dnsmessage.RCodeSuccess
				head := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class}
				ip := net.ParseIP(answers[min(asked[q.Name.String()], len(answers)-1)])
				if v4 := ip.To4(); v4 != nil && q.Type == dnsmessage.TypeA {
					asked[q.Name.String()]++
					m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: [4]byte(v4)}})
				} else if v4 == nil && q.Type == dnsmessage.TypeAAAA {
					m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: [16]byte(ip)}})
				}
			}
			if b, err := m.Pack(); err == nil {
				server.WriteTo(b, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}

// TestPrivateNetworksAreNotReached: whatever the address looks like, wherever it
// redirects and whatever its name resolves to, nothing is asked of a host that is
// not public.
func TestPrivateNetworksAreNotReached(t *testing.T) {
	inner := serve(t, func(w http.ResponseWriter, r *http.Request) { t.Errorf("asked for %s%s", r.Host, r.URL) })
	_, port, _ := net.SplitHostPort(inner.Listener.Addr().String())
	plain := New(Options{Agent: "chancery/test", Pause: -1, Timeout: 2 * time.Second})
	for _, host := range []string{"127.0.0.1", "localhost", "127.1.2.3", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[::]", "0.0.0.0",
		"10.0.0.1", "192.168.1.1", "172.16.0.1", "100.100.100.200", "169.254.169.254", "[fd00:ec2::254]", "[fe80::1]", "224.0.0.1", "255.255.255.255", "[ff02::1]"} {
		_, err := plain.Get(t.Context(), "http://"+host+":"+port+"/page", Validators{})
		if !errors.Is(err, ErrPrivate) {
			t.Errorf("%s: %v, want %v", host, err, ErrPrivate)
		}
	}

	// A public site, as far as the guard knows: the one host that it lets pass.
	outer := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/page":
			give(w, "text/plain", "public")
		default:
			http.Redirect(w, r, "http://"+strings.TrimPrefix(r.URL.Path, "/")+":"+port+"/inner", http.StatusFound)
		}
	})
	_, outerPort, _ := net.SplitHostPort(outer.Listener.Addr().String())
	guarded := New(Options{Agent: "chancery/test", Pause: -1, Timeout: 2 * time.Second, Allow: "with --flag"})
	guarded.http.Transport.(*http.Transport).DisableKeepAlives = true // each request resolves and dials anew
	guarded.http.Transport.(*http.Transport).DialContext = (&net.Dialer{
		ControlContext: func(ctx context.Context, network, address string, c syscall.RawConn) error {
			if address == outer.Listener.Addr().String() {
				return nil
			}
			return publicOnly(ctx, network, address, c)
		},
		Resolver: names(t, map[string][]string{
			"public.example.":  {"127.0.0.1"}, // with the port of the one that may pass
			"private.example.": {"127.0.0.2"},
			"mapped.example.":  {"::ffff:10.0.0.1"},
			"local.example.":   {"fd12:3456::1"},
			"rebound.example.": {"127.0.0.1", "127.0.0.1", "127.0.0.2"}, // robots.txt, the first page, then another host
		}),
	}).DialContext
	for _, test := range []struct {
		address string
		want    error
	}{
		{"http://public.example:" + outerPort + "/page", nil},
		{"http://private.example:" + port + "/page", ErrPrivate},
		{"http://mapped.example:" + port + "/page", ErrPrivate},
		{"http://local.example:" + port + "/page", ErrPrivate},
		{"http://absent.example:" + port + "/page", ErrUnreachable},
		{"http://public.example:" + outerPort + "/127.0.0.1", ErrPrivate},
		{"http://public.example:" + outerPort + "/localhost", ErrPrivate},
		{"http://public.example:" + outerPort + "/[::1]", ErrPrivate},
		{"http://public.example:" + outerPort + "/private.example", ErrPrivate},
		{"http://rebound.example:" + outerPort + "/page", nil},
		{"http://rebound.example:" + outerPort + "/page", ErrPrivate},
	} {
		_, err := guarded.Get(t.Context(), test.address, Validators{})
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.address, err, test.want)
		}
		if errors.Is(err, ErrPrivate) && (!strings.HasSuffix(err.Error(), "unless that is allowed with --flag") || strings.Contains(err.Error(), "127.")) {
			t.Errorf("%s: the sentence is %q", test.address, err)
		}
	}
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ address, want string }{
		{"https://Example.ORG", "https://example.org/"},
		{" HTTP://example.org:8080/a/B?c=D#e ", "http://example.org:8080/a/B?c=D"},
		{"https://example.org/ö ü", "https://example.org/%C3%B6%20%C3%BC"},
		{"https://[2606:4700::1]/", "https://[2606:4700::1]/"},
		{"https://München.example:443/", "https://xn--mnchen-3ya.example/"}, {"http://example.org:80/a", "http://example.org/a"}, {"http://example.org:443/", "http://example.org:443/"},
		{"https://example.org:/", "https://example.org/"}, {"https://[2606:4700::1]:8443/", "https://[2606:4700::1]:8443/"}, {"https://１２７。0。0。1/", "https://127.0.0.1/"}, {"https://a\u2028b.example/", ""},
		{"https://", ""}, {"https:///path", ""}, {"example.org/a", ""}, {"", ""}, {"ftp://example.org", ""}, {"file:///etc/passwd", ""}, {"javascript:alert(1)", ""},
		{"gopher://example.org", ""}, {"https://user@example.org", ""}, {"https://user:secret@example.org", ""}, {"https://@example.org", ""}, {"https://example.org:x/", ""},
		{"https://exa mple.org/", ""}, {"https://example.org/\n", "https://example.org/"}, {"https://example.org/\x00", ""}, {"https://example.org/" + strings.Repeat("a", 2000), ""},
	} {
		got, err := Parse(test.address)
		if test.want == "" && (!errors.Is(err, ErrAddress) || strings.Contains(err.Error(), "secret")) || test.want != "" && (err != nil || got.String() != test.want) {
			t.Errorf("%q: %v, %v; want %q", test.address, got, err, test.want)
		}
	}
	for address, want := range map[string]bool{"https://example.org": true, "ftp://example.org": true, "http://": true, "articles/a.html": false, "/a://b": false, "C:\\a.txt": false, "a.txt": false, "": false, "://": false} {
		if got := IsAddress(address); got != want {
			t.Errorf("IsAddress(%q) = %v", address, got)
		}
	}
}

func TestNameOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/2025/06/ports-opened.html": "ports-opened", "https://example.org/2025/06/18/": "example.org", "https://example.org/world/index.html": "world",
		"https://example.org/story.php?id=7": "story", "https://example.org/a%2F..%2Fb%0Ac": "b-c", "https://example.org/": "example.org", "https://example.org/ports-opened/amp/1234": "amp",
		"https://example.org/" + strings.Repeat("a", 300): "example.org",
	} {
		u, err := Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := nameOf(u); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
