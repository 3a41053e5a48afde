package fetch

import (
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	// The example of RFC 9309, 5.1, with our name for one of its programs.
	const simple = `User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: chancery
Disallow: /example/page.html

User-Agent: quxbot`
	for _, test := range []struct {
		name, file, path string
		want             bool
	}{
		{"a group of several", simple, "/example/page.html", false},
		{"a group of several", simple, "/example/other.html", true},
		{"the group for all does not hold beside our own", simple, "/picture.gif", true},
		{"the longest decides, RFC 9309, 5.2", "user-agent: *\nallow: /example/page/\ndisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false},
		{"the longest decides, RFC 9309, 5.2", "user-agent: *\nallow: /example/page/\ndisallow: /example/page/disallowed.gif", "/example/page/", true},
		{"of equal ones the one that allows", "user-agent: *\ndisallow: /page\nallow: /page", "/page", true},
		{"nothing", "", "/", true},
		{"no group", "Disallow: /", "/", true},
		{"another program's", "User-agent: other\nDisallow: /", "/", true},
		{"groups of one name join", "User-agent: chancery\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: Chancery/2.0\nDisallow: /b", "/b", false},
		{"groups of one name join", "User-agent: chancery\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: Chancery/2.0\nDisallow: /b", "/a", false},
		{"our name within another", "User-agent: chancery-copy\nDisallow: /", "/", true},
		{"an empty rule", "User-agent: *\nDisallow:", "/", true},
		{"everything", "User-agent: *\nDisallow: /", "/", false},
		{"itself never", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"other lines do not end a group", "User-agent: *\nSitemap: https://example.org/map.xml\nDisallow: /a", "/a", false},
		{"comments", "User-agent: * # all\nDisallow: /a # not this", "/abc", false},
		{"line ends", "User-agent: *\r\nDisallow: /a\rDisallow: /b", "/b", false},
		{"a mark in front", "\ufeffUser-agent: *\nDisallow: /a", "/a", false},
		{"end", "User-agent: *\nDisallow: /*.pdf$", "/x/paper.pdf", false},
		{"end", "User-agent: *\nDisallow: /*.pdf$", "/x/paper.pdf?download", true},
		{"end without star", "User-agent: *\nDisallow: /a$", "/a", false},
		{"end without star", "User-agent: *\nDisallow: /a$", "/ab", true},
		{"stars", "User-agent: *\nDisallow: /a*b*c", "/a1b2c3", false},
		{"stars", "User-agent: *\nDisallow: /a*b*c", "/a1c2b3", true},
		{"an overlap is no fit", "User-agent: *\nDisallow: /ab*ba$", "/aba", true},
		{"a star at the end", "User-agent: *\nDisallow: /a*$", "/abc", false},
		{"the query", "User-agent: *\nDisallow: /*?print=", "/page?print=1", false},
		{"case", "User-agent: *\nDisallow: /Private", "/private", true},
		{"escapes, RFC 9309, 2.2.2", "User-agent: *\nDisallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", false},
		{"escapes, RFC 9309, 2.2.2", "User-agent: *\nDisallow: /foo/bar/%E3%83%84", "/foo/bar/%e3%83%84", false},
		{"escapes, RFC 9309, 2.2.2", "User-agent: *\nDisallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false},
		{"a star that is escaped is a star", "User-agent: *\nDisallow: /a%2Ab", "/axb", true},
	} {
		if got := parseRobots([]byte(test.file), "chancery").permit(test.path); got != test.want {
			t.Errorf("%s: %q permits %s: %v", test.name, test.file, test.path, got)
		}
	}
	for file, want := range map[string]time.Duration{"User-agent: *\nCrawl-delay: 2.5": 2500 * time.Millisecond, "User-agent: *\nCrawl-delay: -1": 0, "User-agent: *\nCrawl-delay: soon": 0,
		"User-agent: *\nCrawl-delay: 1e300": 1e6 * time.Second, "User-agent: *\nCrawl-delay: NaN": 0, "Crawl-delay: 9": 0} {
		if got := parseRobots([]byte(file), "chancery").delay; got != want {
			t.Errorf("%q: %s, want %s", file, got, want)
		}
	}
}

// TestRobotsTakesLittleTime: a pattern that would cost a careless matcher years.
func TestRobotsTakesLittleTime(t *testing.T) {
	r := parseRobots([]byte("User-agent: *\nDisallow: /"+strings.Repeat("*a", 100_000)+"b$"), "chancery")
	begun := time.Now()
	if !r.permit("/" + strings.Repeat("a", 2000)) {
		t.Error("forbidden")
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("it took %s", took)
	}
}

// FuzzRobots: whatever the file says, what comes before it in a path does not
// matter to a rule without a star, and robots.txt itself may be read.
func FuzzRobots(f *testing.F) {
	for _, s := range []string{"User-agent: *\nDisallow: /a*b$", "User-agent: chancery\nAllow: /%zz\nCrawl-delay: 1", "Disallow: /", "User-agent:*\nDisallow:*", "\ufeff", "%", "User-agent: *\r\rDisallow: /%E3%83"} {
		f.Add(s, "/a/b%41?c")
	}
	f.Fuzz(func(t *testing.T, file, path string) {
		r := parseRobots([]byte(file), "chancery")
		if !r.permit("/robots.txt") {
			t.Fatalf("%q forbids itself", file)
		}
		if r.delay < 0 {
			t.Fatalf("a delay of %s", r.delay)
		}
		if got := normal(normal(path)); got != normal(path) {
			t.Fatalf("%q has two forms: %q and %q", path, normal(path), got)
		}
		if r.permit(path) != r.permit(normal(path)) {
			t.Fatalf("%q and %q are one path", path, normal(path))
		}
		if all := parseRobots([]byte("User-agent: *\nDisallow: /\n"+file), "chancery"); !strings.Contains(strings.ToLower(file), "allow") && all.permit("/x") && !strings.Contains(strings.ToLower(file), "chancery") {
			t.Fatalf("%q lifts a rule for all", file)
		}
	})
}
