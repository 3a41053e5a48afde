package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	manyHosts     = 1024             // from how many on those that are idle are forgotten
	robotsHold    = time.Hour        // how long robots.txt is believed (RFC 9309, 2.4: a day at most)
	longestPause  = 30 * time.Second // of what a Crawl-delay asks for
	robotsUnknown = time.Minute      // how long a robots.txt that could not be had forbids everything
)

// hosts remembers what is to be minded of each host.
type hosts struct {
	lock  sync.Mutex
	known map[string]*host
}

func (h *hosts) of(name string) *host {
	h.lock.Lock()
	defer h.lock.Unlock()
	x := h.known[name]
	if x == nil {
		if len(h.known) >= manyHosts {
			for name, old := range h.known {
				if old.idle() {
					delete(h.known, name)
				}
			}
		}
		x = &host{turn: make(chan struct{}, 1), robots: make(chan struct{}, 1), sites: map[string]site{}}
		h.known[name] = x
	}
	return x
}

// host is asked by one at a time.
type host struct {
	turn   chan struct{} // holds one while a request is on its way
	free   time.Time     // when the next may be sent; of whoever holds the turn
	robots chan struct{} // holds one while sites is in use
	sites  map[string]site
}

// site is a scheme, host and port, which have a robots.txt of their own.
type site struct {
	rules rules
	err   error // why robots.txt could not be had, then nothing is permitted
	until time.Time
}

// take waits for the host's turn and the end of its pause.
func (h *host) take(ctx context.Context) error {
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	wait := time.NewTimer(time.Until(h.free))
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		<-h.turn
		return ctx.Err()
	}
}

// give ends a turn.
func (h *host) give(pause time.Duration) {
	h.free = time.Now().Add(pause)
	<-h.turn
}

// idle reports whether nobody uses the host and its pause is over.
func (h *host) idle() bool {
	select {
	case h.turn <- struct{}{}:
		defer func() { <-h.turn }()
		return time.Now().After(h.free)
	default:
		return false
	}
}

// permitted asks the site's robots.txt, which it fetches when it does not know
// it. It gives the pause to make after a request; ErrRobots when the address is
// forbidden, or the error that kept robots.txt from being had.
func (c *Client) permitted(ctx context.Context, h *host, at *url.URL) (time.Duration, error) {
	select {
	case h.robots <- struct{}{}:
		defer func() { <-h.robots }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	key := at.Scheme + "://" + at.Host
	s, ok := h.sites[key]
	if !ok || time.Now().After(s.until) {
		s = c.robotsOf(ctx, at)
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if len(h.sites) >= manyHosts { // one host with many ports
			clear(h.sites)
		}
		h.sites[key] = s
	}
	switch {
	case s.err != nil:
		return 0, s.err
	case !s.rules.permit(pathOf(at)):
		return 0, ErrRobots
	}
	return max(c.Pause, min(s.rules.delay, longestPause)), nil
}

// robotsOf fetches a site's robots.txt and judges the answer as RFC 9309, 2.3.1
// has it: without one everything is permitted, with one that the server cannot
// give nothing is.
func (c *Client) robotsOf(ctx context.Context, at *url.URL) site {
	hold := time.Now().Add(robotsHold)
	got, err := c.follow(ctx, &url.URL{Scheme: at.Scheme, Host: at.Host, Path: "/robots.txt"}, ask{most: maxRobots, cut: true})
	switch {
	case errors.Is(err, ErrRedirect):
		return site{until: hold} // "unavailable": it may be taken as absent
	case err != nil:
		return site{err: err, until: time.Now().Add(robotsUnknown)}
	case got.status >= 500 || got.status == http.StatusTooManyRequests:
		err = fmt.Errorf("its robots.txt, which says what programs may read, cannot be had: %w", &StatusError{got.status})
		return site{err: err, until: time.Now().Add(robotsUnknown)}
	case got.status != http.StatusOK:
		return site{until: hold}
	}
	if len(got.body) == maxRobots { // the last line may have been cut through
		got.body = got.body[:bytes.LastIndexByte(got.body, '\n')+1]
	}
	name, _, _ := strings.Cut(c.Agent, "/")
	return site{rules: parseRobots(got.body, name), until: hold}
}
