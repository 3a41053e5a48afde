package extract

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"chancery"
)

const monthNames = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

// The forms in which English pages print a date. Each has named groups.
var dateForms = []*regexp.Regexp{
	regexp.MustCompile(`\b(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:\b|T)`),
	regexp.MustCompile(`(?i)\b(?P<b>` + monthNames + `)\.?\s+(?P<d>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b`),
	regexp.MustCompile(`(?i)\b(?P<d>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<b>` + monthNames + `)\.?,?[\s-]+(?P<y>(?:19|20)\d\d)\b`),
	regexp.MustCompile(`\b(?P<x>\d\d?)[/.](?P<z>\d\d?)[/.](?P<y>(?:19|20)\d\d)\b`),
	regexp.MustCompile(`(?i)\b(?P<b>` + monthNames + `)\.?,?\s+(?P<y>(?:19|20)\d\d)\b`),
}

// findDate gives the first date in s and where it stands. Two numbers before a
// year that could each be the month ("04/05/2025") give no date: the page does
// not say which is which.
func findDate(s string) (d chancery.Date, start, end int) {
	start = -1
	if !strings.Contains(s, "20") && !strings.Contains(s, "19") {
		return d, start, 0
	}
	for _, form := range dateForms {
		at := form.FindStringSubmatchIndex(s)
		if at == nil || start >= 0 && at[0] >= start {
			continue
		}
		num := func(name string) int {
			i := form.SubexpIndex(name)
			if i < 0 || at[2*i] < 0 {
				return 0
			}
			n, _ := strconv.Atoi(s[at[2*i]:at[2*i+1]])
			return n
		}
		c := chancery.Date{Year: num("y"), Month: num("m"), Day: num("d")}
		if i := form.SubexpIndex("b"); i > 0 {
			c.Month = monthNumber(s[at[2*i]:at[2*i+1]])
		}
		if x, z := num("x"), num("z"); x > 0 {
			switch {
			case x > 12, x == z:
				c.Day, c.Month = x, z
			case z > 12:
				c.Month, c.Day = x, z
			default:
				continue
			}
		}
		// A month or a day of 0 would be written as none at all.
		if back, err := chancery.ParseDate(c.String()); err != nil || back != c || c.Month == 0 {
			continue
		}
		d, start, end = c, at[0], at[1]
	}
	return d, start, end
}

func monthNumber(s string) int {
	return strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(s)[:3])/3 + 1
}

// readDate reads a date that a format states as such: ISO 8601 or any printed
// form; a number is seconds or milliseconds since 1970.
func readDate(s string) (chancery.Date, bool) {
	if d, err := chancery.ParseDate(s); err == nil && !d.IsZero() && d.Year > 1000 {
		return d, true
	}
	d, start, _ := findDate(s)
	return d, start >= 0
}

// fromUnix gives the day of a time in seconds, or milliseconds, since 1970.
func fromUnix(n int64) string {
	if n > 1e11 {
		n /= 1000
	}
	return chancery.DateOf(time.Unix(n, 0).UTC()).String()
}
