// Package fetch reads addresses of the web: pages, PDFs, texts and feeds.
//
// In: an address, http or https. Out: an Answer, which is the bytes that stand
// there as an acquire.Item, or the entries of a feed (RSS, Atom, JSON Feed), or
// that nothing has changed since; or an error, one sentence for the user.
//
// It asks politely: robots.txt is heeded (RFC 9309), a host gets one request at
// a time with a pause after each, and every request names the program. Unless it
// is told to, it never reaches this machine or a private network, whatever a
// name resolves to and wherever a redirect leads. It follows redirects and no
// other link, runs no script, logs in nowhere, keeps no cookie, uses no proxy
// and stores nothing. What a page says is package extract's business.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"syscall"
	"time"
	"unicode"

	"chancery/acquire"

	"golang.org/x/net/idna"
)

// Defaults and limits.
const (
	// DefaultMaxBytes is the limit on what stands at an address, once it is
	// decompressed. Pages of news are some 300 kB, longer reports as PDF a few MB.
	DefaultMaxBytes = 10_000_000
	// DefaultTimeout is how long one request may take, to the last byte.
	DefaultTimeout = 30 * time.Second
	// DefaultPause is how long a host is left alone after a request.
	DefaultPause = time.Second

	maxRedirects = 5
	maxAddress   = 2000      // bytes
	maxHeader    = 64 << 10  // bytes of an answer's head
	maxRobots    = 500 << 10 // bytes of robots.txt that are read (RFC 9309, 2.5)
)

// Options say how to fetch. Agent must be set; for the rest the zero value is good.
type Options struct {
	Agent    string        // the program's name and version, "chancery/2"; its robots.txt token is the name
	Private  bool          // reach this machine and private networks too
	Allow    string        // how a user allows Private, "with --allow-private": said where it is refused
	MaxBytes int64         // 0 is DefaultMaxBytes
	Timeout  time.Duration // of one request; 0 is DefaultTimeout
	Pause    time.Duration // 0 is DefaultPause, less than 0 none
}

// Errors that Get returns, beside acquire.ErrTooLarge, acquire.ErrKind, a
// *StatusError and the context's.
var (
	// ErrAddress: not http or https, without a host, or with a password in it.
	ErrAddress = errors.New("not an address that can be fetched")
	// ErrPrivate: the host, or one that a redirect leads to, has no public address.
	ErrPrivate = errors.New("it leads to this machine or to a private network, where nothing is fetched unless that is allowed")
	// ErrRobots: the site's robots.txt forbids it.
	ErrRobots = errors.New("the site asks programs not to read this page (robots.txt): save it in a browser and read the file")
	// ErrRedirect: too many redirects, or one that leads nowhere.
	ErrRedirect = errors.New("the redirects lead nowhere")
	// ErrUnreachable: no host of that name, no connection, or no whole answer in time.
	ErrUnreachable = errors.New("it cannot be reached")
	// ErrFeed: a feed that breaks the rules of its format.
	ErrFeed = errors.New("the feed is malformed")
)

// StatusError is an answer of the server's that holds no page.
type StatusError struct {
	Status int
}

// Error says what the server answered, and where it helps what to do.
func (e *StatusError) Error() string {
	s := fmt.Sprintf("the server answers %d %s", e.Status, http.StatusText(e.Status))
	switch e.Status {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden:
		s += ": it wants a login or refuses programs; save the page in a browser and read the file"
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		s += ": try again later"
	}
	return strings.TrimSuffix(s, " ")
}

// Validators tell two states of what stands at an address apart (RFC 9110, 8.8).
type Validators struct {
	ETag     string
	Modified string // Last-Modified, as the server wrote it
}

// Answer is what stands at an address: an item, a feed, or what stood there before.
type Answer struct {
	Item       acquire.Item // zero when there is a feed or nothing changed
	Feed       *Feed        // nil when there is an item
	Unchanged  bool         // since the Validators that were passed
	Validators Validators   // of the answer; zero when the server gave none
}

// Client fetches. It is safe for concurrent use; it remembers for each host when
// it was last asked, and for an hour its robots.txt.
type Client struct {
	Options
	http  *http.Client
	hosts hosts
}

// New gives a client.
func New(o Options) *Client {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Pause == 0 {
		o.Pause = DefaultPause
	}
	dialer := &net.Dialer{Timeout: o.Timeout}
	if !o.Private {
		dialer.ControlContext = publicOnly
	}
	return &Client{Options: o, hosts: hosts{known: map[string]*host{}}, http: &http.Client{
		// Each redirect is looked at before it is followed: see follow.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		// No Proxy: a proxy would resolve the names, out of the dialer's sight.
		Transport: &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: o.Timeout,
			MaxResponseHeaderBytes: maxHeader, MaxIdleConns: 16, MaxIdleConnsPerHost: 1, IdleConnTimeout: 30 * time.Second},
	}}
}

// IsAddress reports whether what a user wrote is an address and no path of a
// file: whether a scheme stands in front.
func IsAddress(s string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	return ok && scheme != "" && strings.IndexFunc(scheme, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }) < 0
}

// Parse reads an address and gives it one form: the host in small letters and
// ASCII (RFC 5891), no port that goes without saying, no fragment. It returns
// ErrAddress with what is wrong.
func Parse(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	if len(address) > maxAddress {
		return nil, fmt.Errorf("%w: it has more than %d characters", ErrAddress, maxAddress)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %s", ErrAddress, cause(err))
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%w: it must begin with http:// or https://", ErrAddress)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%w: it names no host", ErrAddress)
	case u.User != nil:
		return nil, fmt.Errorf("%w: a name or password stands in it", ErrAddress)
	}
	host := strings.ToLower(u.Hostname())
	if strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII }) {
		if host, err = idna.Lookup.ToASCII(host); err != nil {
			return nil, fmt.Errorf("%w: its host is no name: %s", ErrAddress, cause(err))
		}
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p != "" && p != map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		host += ":" + p
	}
	u.Host = host
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// Get fetches what stands at an address, unless it has not changed since last.
// The item's Path is the address as Parse gives it.
func (c *Client) Get(ctx context.Context, address string, last Validators) (Answer, error) {
	asked, err := Parse(address)
	if err != nil {
		return Answer{}, err
	}
	got, err := c.follow(ctx, asked, ask{last: last, most: c.MaxBytes, heed: true})
	if err != nil {
		return Answer{}, err
	}
	answer := Answer{Validators: Validators{ETag: got.header.Get("ETag"), Modified: got.header.Get("Last-Modified")}}
	switch {
	case got.status == http.StatusNotModified && last != Validators{}:
		answer.Unchanged = true
		return answer, nil
	case got.status != http.StatusOK:
		return Answer{}, &StatusError{got.status}
	}
	kind, err := kindOf(got.header.Get("Content-Type"), got.body)
	switch {
	case err != nil:
		return Answer{}, err
	case kind == feed:
		answer.Feed, err = parseFeed(got.body, got.at)
		return answer, err
	case kind != acquire.PDF:
		got.body = decoded(got.header.Get("Content-Type"), got.body)
	}
	answer.Item = acquire.Item{Path: asked.String(), Name: nameOf(got.at), Kind: kind, Line: 1, Data: got.body, URL: got.at.String()}
	return answer, nil
}

// nameOf makes an article's name of its address: the last part of the path that
// has a letter, without its ending, or the host.
func nameOf(u *url.URL) string {
	parts := strings.Split(u.Path, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		stem := strings.TrimSuffix(parts[i], path.Ext(parts[i]))
		stem = strings.Trim(strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '.' {
				return r
			}
			return '-'
		}, stem), "-.")
		if stem != "index" && len(stem) <= 200 && strings.ContainsFunc(stem, unicode.IsLetter) {
			return stem
		}
	}
	return u.Hostname()
}

// ask is what follow wants.
type ask struct {
	last Validators
	most int64 // bytes of the body
	cut  bool  // leave the rest of a longer body aside, instead of refusing it
	heed bool  // robots.txt
}

// got is the answer to a request.
type got struct {
	at     *url.URL // where the redirects led
	status int
	header http.Header
	body   []byte
}

// follow asks for an address, and for those that redirects lead to.
func (c *Client) follow(ctx context.Context, at *url.URL, a ask) (*got, error) {
	for range maxRedirects + 1 {
		h, pause := c.hosts.of(at.Hostname()), c.Pause
		if a.heed {
			var err error
			if pause, err = c.permitted(ctx, h, at); err != nil {
				return nil, err
			}
		}
		if err := h.take(ctx); err != nil {
			return nil, err
		}
		g, err := c.request(ctx, at, a)
		h.give(pause)
		if err != nil {
			return nil, err
		}
		switch g.status {
		case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		default:
			return g, nil
		}
		next, err := at.Parse(g.header.Get("Location"))
		if err != nil || g.header.Get("Location") == "" {
			return nil, fmt.Errorf("%w: %s answers with one to no address", ErrRedirect, at.Host)
		}
		if at, err = Parse(next.String()); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrRedirect, err)
		}
	}
	return nil, fmt.Errorf("%w: there are more than %d", ErrRedirect, maxRedirects)
}

// request sends one request and reads its answer.
func (c *Client) request(ctx context.Context, at *url.URL, a ask) (*got, error) {
	timed, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(timed, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", ErrAddress, cause(err))
	}
	r.Header.Set("User-Agent", c.Agent)
	r.Header.Set("Accept", "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, application/rss+xml;q=0.9, application/atom+xml;q=0.9, application/feed+json;q=0.9, application/xml;q=0.8, */*;q=0.1")
	r.Header.Set("Accept-Language", "en, *;q=0.5")
	if a.last.ETag != "" {
		r.Header.Set("If-None-Match", a.last.ETag)
	}
	if a.last.Modified != "" {
		r.Header.Set("If-Modified-Since", a.last.Modified)
	}
	w, err := c.http.Do(r)
	if err != nil {
		return nil, c.unreachable(ctx, err)
	}
	defer w.Body.Close()
	g := &got{at: at, status: w.StatusCode, header: w.Header}
	if g.status != http.StatusOK {
		return g, nil
	}
	// The transport has undone gzip, which is all it asked for.
	if e := w.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return nil, fmt.Errorf("%w: the server packs it as %q, which was not asked for", acquire.ErrKind, e)
	}
	tooLarge := fmt.Errorf("%w: the limit is %s", acquire.ErrTooLarge, acquire.Size(a.most))
	if w.ContentLength > a.most && !a.cut {
		return nil, tooLarge
	}
	// A small answer may unpack to a large one, so what is unpacked is counted.
	if g.body, err = io.ReadAll(io.LimitReader(w.Body, a.most+1)); err != nil {
		return nil, c.unreachable(ctx, err)
	}
	if int64(len(g.body)) > a.most {
		if g.body = g.body[:a.most]; !a.cut {
			return nil, tooLarge
		}
	}
	return g, nil
}

// unreachable makes one sentence of what the network said.
func (c *Client) unreachable(ctx context.Context, err error) error {
	var dns *net.DNSError
	var slow net.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrPrivate) && c.Allow != "":
		return fmt.Errorf("%w %s", ErrPrivate, c.Allow)
	case errors.Is(err, ErrPrivate):
		return ErrPrivate
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Errorf("%w: there is no host of this name", ErrUnreachable)
	case errors.As(err, &slow) && slow.Timeout():
		return fmt.Errorf("%w: no whole answer within %s", ErrUnreachable, c.Timeout)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("%w: the host refuses the connection", ErrUnreachable)
	}
	return fmt.Errorf("%w: %s", ErrUnreachable, cause(err))
}

// cause is the error's reason alone, on one line, without the address that the
// library repeats.
func cause(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}
