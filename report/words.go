package report

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"chancery"
	"chancery/relation"
)

// shapes gives each status a shape of its own, so that no colour is needed to
// tell them apart.
var shapes = map[chancery.Status]string{
	chancery.Delivered: "◆", chancery.Happened: "●", chancery.Agreed: "◐", chancery.Offered: "○", chancery.Requested: "△", chancery.Planned: "◇",
	chancery.Proposed: "◌", chancery.Threatened: "▲", chancery.Refused: "✕", chancery.Denied: "∅", chancery.Withheld: "⊘", chancery.Reneged: "↯",
}

// day writes a date as exactly as it is known: 18 June 2025, June 2025, 2025.
func day(d chancery.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return strconv.Itoa(d.Year)
	case d.Day == 0:
		return d.First().Format("January 2006")
	}
	return d.First().Format("2 January 2006")
}

func period(since, until chancery.Date) string {
	switch {
	case since.IsZero() && until.IsZero():
		return ""
	case until.IsZero():
		return "from " + day(since)
	case since.IsZero():
		return "until " + day(until)
	case since == until:
		return day(since)
	}
	return day(since) + " to " + day(until)
}

// days writes an age: in days while they can be grasped, then in months or years.
func days(n int) string {
	switch {
	case n == 1:
		return "1 day"
	case n < 120:
		return fmt.Sprintf("%d days", n)
	case n < 730:
		return fmt.Sprintf("%d months", int(math.Round(float64(n)/30.44)))
	}
	return strconv.FormatFloat(math.Round(float64(n)/36.525)/10, 'f', -1, 64) + " years"
}

// count is a number with what it counts.
func count(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// signed writes a value of −1..1 with its sign.
func signed(v float64) string {
	s := fmt.Sprintf("%+.2f", v)
	if s == "+0.00" || s == "-0.00" {
		return "0.00"
	}
	return strings.ReplaceAll(s, "-", "−")
}

func estimate(e relation.Estimate) string {
	return fmt.Sprintf("%s (%s to %s)", signed(e.Value), signed(e.Low), signed(e.High))
}

// address gives an address of the web in its plain form, "" for anything else.
func address(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}
