package chancery

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day, a month or a year of the Gregorian calendar, as exact as the
// text says it. The zero Date is "not given"; Month 0 and Day 0 are "not said".
// It is written as "2025", "2025-06" or "2025-06-18" (ISO 8601-1).
type Date struct {
	Year  int // 1..9999
	Month int // 1..12, or 0
	Day   int // 1..31, or 0; never set without Month
}

// IsZero reports whether the date is not given.
func (d Date) IsZero() bool { return d == Date{} }

// String gives the ISO form, "" for the zero Date.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// First is the first day the date may mean, Last the last one, in UTC.
func (d Date) First() time.Time {
	return time.Date(d.Year, time.Month(max(1, d.Month)), max(1, d.Day), 0, 0, 0, 0, time.UTC)
}

// Last is the last day the date may mean, in UTC.
func (d Date) Last() time.Time {
	switch {
	case d.Month == 0:
		return time.Date(d.Year, time.December, 31, 0, 0, 0, 0, time.UTC)
	case d.Day == 0:
		return time.Date(d.Year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return d.First()
}

// Overlaps reports whether the two dates may mean the same day.
func (d Date) Overlaps(o Date) bool {
	return !d.IsZero() && !o.IsZero() && !d.First().After(o.Last()) && !o.First().After(d.Last())
}

// DateOf is the day of t in t's own zone.
func DateOf(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

// ParseDate reads the forms String writes, and longer ISO 8601 timestamps, of
// which it keeps the day. The empty string is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	if i := strings.IndexAny(s, "T "); i > 0 {
		s = s[:i]
	}
	var d Date
	for i, part := range strings.Split(s, "-") {
		n, err := strconv.Atoi(part)
		if err != nil || i > 2 || n < 1 {
			return Date{}, fmt.Errorf("%w: date %q (want 2025, 2025-06 or 2025-06-18)", ErrInvalid, s)
		}
		*[]*int{&d.Year, &d.Month, &d.Day}[i] = n
	}
	if d.Year > 9999 || d.Month > 12 || (d.Day > 0 && d.First().Day() != d.Day) {
		return Date{}, fmt.Errorf("%w: date %q (want 2025, 2025-06 or 2025-06-18)", ErrInvalid, s)
	}
	return d, nil
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}
