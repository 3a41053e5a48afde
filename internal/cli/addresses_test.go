package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// website is a page and a feed of two, on this machine.
func website(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/article.html", "/other.html":
			fmt.Fprintf(w, "<!doctype html><title>Talks %s</title><h1>Talks %[1]s</h1><article><p>%s</p></article>", r.URL.Path[1:6], strings.ReplaceAll(strings.TrimSpace(dispatch(uint64(len(r.URL.Path)))), "\n\n", "</p><p>"))
		case "/feed.xml":
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Content-Type", "application/rss+xml")
			if r.Header.Get("If-None-Match") == `"1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, "<rss><channel><item><link>/article.html</link></item><item><link>/other.html</link></item></channel></rss>")
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// TestReadAddresses: an address among files, a feed, and the feed once more; the
// sites are asked one page a second, so this takes some seconds.
func TestReadAddresses(t *testing.T) {
	t.Parallel()
	dir, site := t.TempDir(), website(t)
	db := filepath.Join(dir, "record.db")
	write(t, filepath.Join(dir, "in", "a.txt"), dispatch(1))
	for _, step := range []struct {
		args []string
		code int
		out  []string
		errs []string
	}{
		{[]string{site + "/article.html"}, exitIncomplete, []string{"Read 0 articles from 0 pages"}, []string{site + "/article.html: it leads to this machine or to a private network, where nothing is fetched unless that is allowed with --allow-private"}},
		{[]string{filepath.Join(dir, "in"), site + "/article.html", "--allow-private"}, exitDone, []string{"Read 2 articles from 2 documents", "2 new"}, nil},
		{[]string{site + "/feed.xml", site + "/missing", "--allow-private"}, exitIncomplete, []string{"Not fetched again: 1 page of feeds that the record has", "Read 1 article from 1 page", "1 new"}, []string{"/missing: the server answers 404 Not Found"}},
		{[]string{site + "/feed.xml", "--allow-private"}, exitDone, []string{"Not fetched again: 0 pages of feeds that the record has, 1 feed without a change."}, nil},
		{[]string{"ftp://example.org/x"}, exitIncomplete, nil, []string{"ftp://example.org/x: not an address that can be fetched: it must begin with http:// or https://"}},
	} {
		code, out, errs := run(t, append([]string{"read", "--db", db}, step.args...)...)
		if code != step.code {
			t.Errorf("read %v: code %d, want %d", step.args, code, step.code)
		}
		for _, want := range step.out {
			if !strings.Contains(out, want) {
				t.Errorf("read %v: want %q in\n%s", step.args, want, out)
			}
		}
		for _, want := range step.errs {
			if !strings.Contains(errs, want) {
				t.Errorf("read %v: want %q in\n%s", step.args, want, errs)
			}
		}
		if step.errs == nil && errs != "" {
			t.Errorf("read %v complains: %s", step.args, errs)
		}
	}
}

// TestServeFetches: the server fetches what it is asked to, from private networks
// only when it was started so.
func TestServeFetches(t *testing.T) {
	t.Parallel()
	site := website(t)
	body := `{"addresses":[{"address":"` + site + `/article.html"}]}`
	for _, test := range []struct {
		args []string
		want string
	}{
		{nil, "403 it leads to this machine or to a private network, where nothing is fetched unless that is allowed with --fetch-private"},
		{[]string{"--fetch-private"}, "Talks artic, new true, coded true"},
	} {
		address, _, stop, ended := serve(t, append([]string{"--quiet", "--db", filepath.Join(t.TempDir(), "record.db")}, test.args...)...)
		status, got, _ := ask(t, "POST", "http://"+address+"/api/v1/articles/fetch", body, "Content-Type", "application/json")
		var answer struct {
			Outcomes []struct {
				Articles []struct {
					Title      string
					New, Coded bool
				}
				Problem struct {
					Status int
					Detail string
				}
			}
		}
		if err := json.Unmarshal([]byte(got), &answer); err != nil || status != 200 || len(answer.Outcomes) != 1 {
			t.Fatalf("%v: %d %s", test.args, status, got)
		}
		o := answer.Outcomes[0]
		said := fmt.Sprintf("%d %s", o.Problem.Status, o.Problem.Detail)
		if len(o.Articles) == 1 {
			said = fmt.Sprintf("%s, new %v, coded %v", o.Articles[0].Title, o.Articles[0].New, o.Articles[0].Coded)
		}
		if said != test.want {
			t.Errorf("%v: %s, want %s", test.args, said, test.want)
		}
		stop()
		if code := <-ended; code != exitDone {
			t.Errorf("the server ended with %d", code)
		}
	}
}
