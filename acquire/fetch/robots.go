package fetch

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// rules are the lines of a robots.txt that concern one program (RFC 9309).
type rules struct {
	lines []rule
	delay time.Duration // Crawl-delay, which many sites use and the standard does not have
}

type rule struct {
	allow   bool
	pattern string // with * for anything, and $ at its end for the end
}

// parseRobots gives the rules for the program of that name: those of all groups
// that name it, or of the groups for all when none does. No input is an error.
func parseRobots(data []byte, name string) rules {
	var mine, all rules
	named := false   // a group names the program
	var to []*rules  // of the group being read
	heading := false // the line before named a program too
	lines := strings.FieldsFunc(strings.TrimPrefix(string(data), "\ufeff"), func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range lines {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch key = strings.ToLower(strings.TrimSpace(key)); key {
		case "user-agent":
			if !heading {
				to = nil
			}
			heading = true
			if value == "*" {
				to = append(to, &all)
			} else if strings.EqualFold(token(value), name) {
				to, named = append(to, &mine), true
			}
		case "allow", "disallow":
			heading = false
			if !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "*") {
				continue // an empty one says nothing
			}
			for _, r := range to {
				r.lines = append(r.lines, rule{key == "allow", normal(value)})
			}
		case "crawl-delay":
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
				for _, r := range to {
					r.delay = time.Duration(min(s, 1e6) * float64(time.Second))
				}
			}
		}
	}
	if named {
		return mine
	}
	return all
}

// token is a program's name without its version, as groups are headed by.
func token(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// permit reports whether the rules let a path be read: the longest pattern that
// fits decides, of equal ones the one that allows (RFC 9309, 2.2.2).
func (r rules) permit(path string) bool {
	path = normal(path)
	allow, longest := true, -1
	for _, l := range r.lines {
		if n := len(l.pattern); n >= longest && (n > longest || l.allow) && fits(l.pattern, path) {
			allow, longest = l.allow, n
		}
	}
	return allow || path == "/robots.txt"
}

// fits reports whether a pattern fits the beginning of a path. It takes time in
// proportion to their lengths.
func fits(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	head, rest, star := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, head) {
		return false
	}
	path = path[len(head):]
	for star {
		var part string
		part, rest, star = strings.Cut(rest, "*")
		if !star && whole {
			return strings.HasSuffix(path, part)
		}
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	return !whole || path == ""
}

// pathOf is what of an address robots.txt speaks of: path and query.
func pathOf(u *url.URL) string {
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return path
}

// normal gives octets one form (RFC 9309, 2.2.2): %XX for what is not ASCII, the
// character itself for what needs no escape, large letters in the others.
func normal(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		keep := c < 0x80 && c != '%' // a "%" that begins no escape is escaped
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, keep = byte(n), plain(byte(n))
				i += 2
			}
		}
		if keep {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(digits[c>>4])
		b.WriteByte(digits[c&15])
	}
	return b.String()
}

// plain reports whether a character needs no escape in an address (RFC 3986, 2.3).
func plain(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
