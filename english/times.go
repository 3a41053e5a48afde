package english

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// period is a stretch of the calendar between two dates, each as exact as the
// text says it. An unknown end is the zero date.
type period struct{ from, to date }

// date is a year, month or day; month and day are 0 when not said.
type date struct{ year, month, day int }

func (d date) String() string {
	switch {
	case d.year == 0:
		return ""
	case d.month == 0:
		return fmt.Sprintf("%04d", d.year)
	case d.day == 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

func dateOf(t time.Time) date { return date{t.Year(), int(t.Month()), t.Day()} }

// first is the first day the date may mean.
func (d date) first() time.Time {
	return time.Date(d.year, time.Month(max(d.month, 1)), max(d.day, 1), 0, 0, 0, 0, time.UTC)
}

func moment(d date) period { return period{d, d} }

func days(from time.Time, n int) period { return period{dateOf(from), dateOf(from.AddDate(0, 0, n-1))} }

// unit is a length of time that is counted: a century is a hundred years.
type unit struct {
	days, months int
	name         byte // d, w, m, y; D for a decade, C for a century
}

var units = map[string]unit{
	"day": {1, 0, 'd'}, "days": {1, 0, 'd'}, "night": {1, 0, 'd'}, "nights": {1, 0, 'd'},
	"week": {7, 0, 'w'}, "weeks": {7, 0, 'w'}, "fortnight": {14, 0, 'w'}, "weekend": {7, 0, 'e'},
	"month": {0, 1, 'm'}, "months": {0, 1, 'm'}, "quarter": {0, 3, 'q'}, "quarters": {0, 3, 'q'},
	"year": {0, 12, 'y'}, "years": {0, 12, 'y'}, "decade": {0, 120, 'D'}, "decades": {0, 120, 'D'},
	"century": {0, 1200, 'C'}, "centuries": {0, 1200, 'C'},
}

var monthNames = map[string]int{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
	"august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan.": 1, "feb.": 2, "mar.": 3, "apr.": 4, "jun.": 6, "jul.": 7, "aug.": 8, "sept.": 9, "sep.": 9, "oct.": 10, "nov.": 11, "dec.": 12,
	"jan": 1, "feb": 2, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

var weekdays = map[string]time.Weekday{"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
	"mon.": 1, "tue.": 2, "tues.": 2, "wed.": 3, "thu.": 4, "thur.": 4, "thurs.": 4, "fri.": 5, "sat.": 6, "sun.": 0}

// seasons by their first month, in the northern hemisphere.
var seasons = map[string]int{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

var numberWords = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
	"ninety": 90, "hundred": 100, "dozen": 12}

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

var decadeWords = map[string]int{"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
	"seventies": 1970, "eighties": 1980, "nineties": 1990}

// ahead are words before a time expression that say it lies in the future.
var ahead = map[string]bool{"will": true, "'ll": true, "’ll": true, "shall": true, "next": true, "upcoming": true, "due": true,
	"scheduled": true, "planned": true, "plans": true, "plan": true, "expected": true, "slated": true, "going": true, "set": true}

// timeReader finds the time expressions of one sentence.
type timeReader struct {
	low       []string // the forms in lower case
	tokens    []Token
	published time.Time // midnight of the text's date; zero when unknown
	last      period    // the last resolved expression before this one, for "a year later"
}

// findTimes fills in doc.Times.
func findTimes(doc *Doc, published time.Time) {
	r := timeReader{}
	if !published.IsZero() {
		r.published = time.Date(published.Year(), published.Month(), published.Day(), 0, 0, 0, 0, time.UTC)
	}
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		r.tokens, r.low = s.Tokens, r.low[:0]
		for j := range s.Tokens {
			r.low = append(r.low, strings.ToLower(s.Tokens[j].Form))
		}
		for at := 0; at < len(r.low); {
			p, end := r.expression(at)
			if end <= at {
				at++
				continue
			}
			doc.Times = append(doc.Times, TimeRef{Span: Span{s.Tokens[at].Start, s.Tokens[end-1].End},
				Sentence: i, First: at, Last: end - 1, Start: p.from.String(), End: p.to.String()})
			if p.from.year > 0 {
				r.last = p
			}
			at = end
		}
	}
}

// word gives the lower-case form of token i, "" outside the sentence.
func (r *timeReader) word(i int) string {
	if i < 0 || i >= len(r.low) {
		return ""
	}
	return r.low[i]
}

// is reports whether token i is one of the words.
func (r *timeReader) is(i int, words ...string) bool {
	w := r.word(i)
	for _, x := range words {
		if w == x {
			return true
		}
	}
	return false
}

func (r *timeReader) relative() bool { return !r.published.IsZero() }

// expression reads a time expression with the words that bound it ("since",
// "between … and …") at token i, and gives the token after it, or i.
func (r *timeReader) expression(i int) (period, int) {
	switch r.word(i) {
	case "since", "after", "until", "till", "til", "before", "by", "through":
		word, at := r.word(i), i+1
		if word == "since" && r.is(at, "then") {
			return period{from: r.last.from}, at + 1
		}
		p, end := r.plain(r.skipThe(at), true)
		if end <= at || r.is(at, "the") && end <= at+1 {
			return period{}, i
		}
		if p.from.year == 0 && p.to.year == 0 && !r.dated(at, end) {
			// "after two weeks" is a length of time and bounds nothing.
			return period{}, i
		}
		if word == "since" || word == "after" {
			return period{from: p.from}, end
		}
		return period{to: p.to}, end
	case "between", "from":
		a, mid := r.plain(r.skipThe(i+1), true)
		if mid > r.skipThe(i+1) && (r.word(i) == "between" && r.is(mid, "and") || r.word(i) == "from" && r.is(mid, "to", "until", "till", "through", "–", "-")) {
			if b, end := r.plain(r.skipThe(mid+1), true); end > r.skipThe(mid+1) {
				return joined(a, b), end
			}
		}
		if r.word(i) == "from" && mid > r.skipThe(i+1) && r.dated(i+1, mid) {
			if r.is(mid, "onward", "onwards", "on") {
				return period{from: a.from}, mid + 1
			}
			return a, mid
		}
		return period{}, i
	}
	return r.plain(i, false)
}

// skipThe steps over "the".
func (r *timeReader) skipThe(i int) int {
	if r.is(i, "the") {
		return i + 1
	}
	return i
}

// dated reports whether a token of the range names a date, a weekday or a
// place in the calendar, and not a length of time.
func (r *timeReader) dated(first, end int) bool {
	for i := first; i < end; i++ {
		w := r.word(i)
		if _, ok := weekdays[w]; ok || monthNames[w] > 0 || seasons[w] > 0 || yearOf(w) > 0 ||
			r.is(i, "last", "next", "this", "today", "yesterday", "tomorrow", "ago", "that") {
			return true
		}
	}
	return false
}

// joined is the period from the beginning of a to the end of b; "March" in
// "between March and May 2020" takes the year that follows.
func joined(a, b period) period { return period{a.from, b.to} }

// plain reads an expression without bounding words at token i and gives the
// token after it, or i. Bound says that a word before it announces a time.
func (r *timeReader) plain(i int, bound bool) (period, int) {
	if i >= len(r.low) {
		return period{}, i
	}
	w := r.word(i)
	switch w {
	case "today", "tonight":
		return r.offsetDays(0), i + 1
	case "yesterday":
		return r.offsetDays(-1), i + 1
	case "tomorrow":
		return r.offsetDays(1), i + 1
	case "day":
		if r.is(i+1, "before", "after") && r.is(i+2, "yesterday", "tomorrow") {
			if r.is(i+2, "yesterday") {
				return r.offsetDays(-2), i + 3
			}
			return r.offsetDays(2), i + 3
		}
	case "9/11":
		return moment(date{2001, 9, 11}), i + 1
	case "earlier", "later":
		if r.is(i+1, "this", "last", "next", "in", "on") || r.isWeekday(i+1) {
			at := i + 1
			if r.is(at, "in", "on") {
				at = r.skipThe(at + 1)
			}
			if p, end := r.plain(at, true); end > at && r.dated(at, end) {
				return p, end
			}
		}
		return period{}, i
	case "early", "mid", "late", "mid-", "beginning", "start", "end", "middle":
		return r.part(i)
	case "last", "past", "previous", "next", "coming", "following", "this", "that", "same", "current", "recent":
		return r.pointed(i)
	case "in", "within":
		return r.within(i)
	}
	if strings.HasPrefix(w, "mid-") {
		return r.part(i)
	}
	if p, end := r.calendar(i, bound); end > i {
		return p, end
	}
	return r.counted(i)
}

// offsetDays is the day n days after the text's.
func (r *timeReader) offsetDays(n int) period {
	if !r.relative() {
		return period{}
	}
	return moment(dateOf(r.published.AddDate(0, 0, n)))
}

// part reads "late February 2025", "the end of 2024", "mid-June", "early 1990s".
func (r *timeReader) part(i int) (period, int) {
	w, at := r.word(i), i+1
	switch {
	case w == "mid" && r.is(at, "-"):
		at++
	case w == "beginning" || w == "start" || w == "end" || w == "middle":
		if !r.is(at, "of") {
			return period{}, i
		}
		at = r.skipThe(at + 1)
	case strings.HasPrefix(w, "mid-") && len(w) > 4:
		// One token: "mid-June", "mid-1990s".
		r.low[i] = w[4:]
		p, end := r.calendar(i, true)
		r.low[i] = w
		if end > i {
			return fraction(p, "mid"), end
		}
		return period{}, i
	}
	if w == "early" || w == "late" {
		if r.is(at, "in") {
			at++
		}
		at = r.skipThe(at)
	}
	p, end := r.calendar(at, true)
	if end <= at {
		if p, end = r.pointed(at); end <= at {
			return period{}, i
		}
	}
	switch w {
	case "beginning", "start":
		w = "early"
	case "end":
		w = "late"
	case "middle":
		w = "mid"
	}
	return fraction(p, w), end
}

// fraction narrows a period to its early, middle or late third.
func fraction(p period, which string) period {
	third := map[string]int{"early": 0, "mid": 1, "mid-": 1, "late": 2}[which]
	f := p.from
	switch {
	case f.year == 0:
		return p
	case f == p.to && f.day == 0 && f.month > 0: // a month
		to := 10 * (third + 1)
		if third == 2 {
			to = date{f.year, f.month + 1, 1}.first().AddDate(0, 0, -1).Day()
		}
		return period{date{f.year, f.month, 1 + 10*third}, date{f.year, f.month, to}}
	case f == p.to && f.month == 0: // a year
		return period{date{f.year, 1 + 4*third, 0}, date{f.year, 4 + 4*third, 0}}
	case f.month == 0 && p.to.year == f.year+9: // a decade
		return period{date{year: f.year + []int{0, 4, 7}[third]}, date{year: f.year + []int{3, 6, 9}[third]}}
	case f.month == 0 && p.to.year == f.year+99: // a century
		return period{date{year: f.year + []int{0, 33, 67}[third]}, date{year: f.year + []int{32, 66, 99}[third]}}
	}
	return p
}

// pointed reads "last month", "this week", "the past two years", "next Friday", "that year".
func (r *timeReader) pointed(i int) (period, int) {
	w, at := r.word(i), i+1
	if (w == "this" || w == "that") && r.is(at, "past", "coming", "same") {
		w, at = r.word(at), at+1
	}
	if w == "that" && r.is(at, "same") {
		at++
	}
	if n, end := r.number(at); end > at && !r.is(at, "a", "an") {
		u, ok := units[r.word(end)]
		if ok && (w == "last" || w == "past" || w == "previous") {
			return r.sinceAgo(n, u), end + 1
		}
		if ok && (w == "next" || w == "coming") {
			if !r.relative() {
				return period{}, end + 1
			}
			return period{dateOf(r.published), dateOf(r.published.AddDate(0, n*u.months, n*u.days))}, end + 1
		}
		return period{}, i
	}
	if r.is(at, "few", "several", "couple") {
		end := at + 1
		if r.is(end, "of") {
			end++
		}
		if _, ok := units[r.word(end)]; ok && w != "that" && w != "same" {
			return period{}, end + 1
		}
		return period{}, i
	}
	if day, ok := weekdays[r.word(at)]; ok && w != "that" && w != "same" && w != "recent" {
		return r.weekday(day, w), at + 1
	}
	if m := monthNames[r.word(at)]; m > 0 && r.capital(at) {
		if !r.relative() {
			return period{}, at + 1
		}
		year := r.published.Year()
		switch now := int(r.published.Month()); {
		case (w == "last" || w == "past") && m >= now:
			year--
		case (w == "next" || w == "coming") && m <= now:
			year++
		}
		return moment(date{year, m, 0}), at + 1
	}
	if m := seasons[r.word(at)]; m > 0 && (w == "last" || w == "this" || w == "next") {
		if !r.relative() {
			return period{}, at + 1
		}
		year, now := r.published.Year(), int(r.published.Month())
		if w == "last" && m+2 >= now {
			year--
		}
		if w == "next" && m <= now {
			year++
		}
		return season(year, m), at + 1
	}
	if w == "this" && r.is(at, "morning", "afternoon", "evening") {
		return r.offsetDays(0), at + 1
	}
	if w == "last" && r.is(at, "night") {
		return r.offsetDays(-1), at + 1
	}
	u, ok := units[r.word(at)]
	if !ok || strings.HasSuffix(r.word(at), "s") && w != "recent" && w != "past" && w != "previous" && w != "last" && w != "coming" && w != "next" {
		return period{}, i
	}
	end := at + 1
	switch w {
	case "recent":
		if !strings.HasSuffix(r.word(at), "s") {
			return period{}, i
		}
		return period{}, end
	case "that", "same":
		return r.around(u, 0), end
	case "following":
		return r.around(u, 1), end
	case "previous":
		return r.around(u, -1), end
	case "last", "past":
		if strings.HasSuffix(r.word(at), "s") {
			return period{}, end
		}
		if u.name == 'D' || u.name == 'C' || w == "past" {
			return r.sinceAgo(1, u), end
		}
		return r.step(u, -1), end
	case "next", "coming":
		if strings.HasSuffix(r.word(at), "s") {
			return period{}, end
		}
		if r.is(i-1, "the") && w == "next" && u.name == 'd' {
			return r.around(u, 1), end
		}
		return r.step(u, 1), end
	}
	if u.name == 'd' { // "this day" is no date
		return period{}, i
	}
	return r.step(u, 0), end
}

// step is the week, month or year n after the text's own.
func (r *timeReader) step(u unit, n int) period {
	if !r.relative() {
		return period{}
	}
	t := r.published
	switch u.name {
	case 'd':
		return moment(dateOf(t.AddDate(0, 0, n)))
	case 'w':
		monday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7+7*n)
		return days(monday, 7)
	case 'e':
		saturday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7+5+7*n)
		return days(saturday, 2)
	case 'm':
		d := dateOf(time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC))
		return moment(date{d.year, d.month, 0})
	case 'q':
		d := time.Date(t.Year(), (t.Month()-1)/3*3+1+time.Month(3*n), 1, 0, 0, 0, 0, time.UTC)
		return months(d, 3)
	case 'y':
		return moment(date{year: t.Year() + n})
	case 'D':
		from := t.Year()/10*10 + 10*n
		return period{date{year: from}, date{year: from + 9}}
	}
	from := (t.Year()-1)/100*100 + 1 + 100*n
	return period{date{year: from}, date{year: from + 99}}
}

func months(from time.Time, n int) period {
	a, b := dateOf(from), dateOf(from.AddDate(0, n-1, 0))
	return period{date{a.year, a.month, 0}, date{b.year, b.month, 0}}
}

func season(year, m int) period {
	return months(time.Date(year, time.Month(m), 1, 0, 0, 0, 0, time.UTC), 3)
}

// sinceAgo is the time from n units ago until the text's date.
func (r *timeReader) sinceAgo(n int, u unit) period {
	if !r.relative() {
		return period{}
	}
	return period{r.ago(n, u), dateOf(r.published)}
}

// ago is the date n units before the text's, as exact as the unit.
func (r *timeReader) ago(n int, u unit) date {
	return rounded(r.published.AddDate(0, -n*u.months, -n*u.days), u)
}

func rounded(t time.Time, u unit) date {
	d := dateOf(t)
	if u.months > 0 {
		d.day = 0
	}
	if u.months >= 12 {
		d.month = 0
	}
	return d
}

// around is the unit n after the last date the text named: "the following year".
func (r *timeReader) around(u unit, n int) period {
	d := r.last.from
	if d.year == 0 || u.days > 0 && d.day == 0 || u.months > 0 && u.months < 12 && d.month == 0 {
		return period{}
	}
	return moment(rounded(d.first().AddDate(0, n*u.months, n*u.days), u))
}

func (r *timeReader) isWeekday(i int) bool { _, ok := weekdays[r.word(i)]; return ok }

// weekday resolves a day of the week: the last one up to the text's date, or
// the next one when the words before it look ahead.
func (r *timeReader) weekday(day time.Weekday, pointer string) period {
	if !r.relative() {
		return period{}
	}
	back := (int(r.published.Weekday()) - int(day) + 7) % 7
	switch pointer {
	case "last", "past", "previous":
		if back == 0 {
			back = 7
		}
	case "next", "coming", "following", "ahead":
		back -= 7
		if back == 0 {
			back = -7
		}
	case "this":
		if back > 0 {
			back -= 7
		}
	}
	return moment(dateOf(r.published.AddDate(0, 0, -back)))
}

// looksAhead reports whether a word before token i puts it in the future.
func (r *timeReader) looksAhead(i int) bool {
	for j := i - 1; j >= 0 && j > i-12; j-- {
		if ahead[r.low[j]] {
			return true
		}
	}
	return false
}

// capital reports whether token i, after "mid-", begins with a capital.
func (r *timeReader) capital(i int) bool {
	if i >= len(r.tokens) {
		return false
	}
	form := strings.TrimPrefix(r.tokens[i].Form, "mid-")
	return form != "" && form[0] >= 'A' && form[0] <= 'Z'
}

// within reads "in two weeks", "within 90 days".
func (r *timeReader) within(i int) (period, int) {
	n, end := r.number(i + 1)
	u, ok := units[r.word(end)]
	if end <= i+1 || !ok || u.name == 'd' && r.is(end, "day") && n > 1 {
		return period{}, i
	}
	after := end + 1
	if r.is(after, "'", "’", "'s", "’s") && r.is(after+1, "time") {
		after += 2
	} else if r.word(i) == "in" && !r.looksAhead(i) {
		return period{}, i // "in two weeks" of the past is a length of time
	}
	if !r.relative() {
		return period{}, after
	}
	to := r.published.AddDate(0, n*u.months, n*u.days)
	if r.word(i) == "within" {
		return period{dateOf(r.published), dateOf(to)}, after
	}
	return moment(rounded(to, u)), after
}

// number reads a count at token i: "90", "five", "twenty-five", "a dozen", "a".
func (r *timeReader) number(i int) (n, end int) {
	w := r.word(i)
	if w == "" {
		return 0, i
	}
	if w[0] >= '0' && w[0] <= '9' {
		n, err := strconv.Atoi(strings.ReplaceAll(w, ",", ""))
		if err != nil || n > 10000 {
			return 0, i
		}
		return n, i + 1
	}
	n, ok := numberWords[w]
	if !ok {
		return 0, i
	}
	end = i + 1
	switch {
	case n == 1 && (w == "a" || w == "an") && r.is(end, "hundred", "dozen"):
		return numberWords[r.word(end)], end + 1
	case n >= 20 && n < 100 && r.is(end, "-") && numberWords[r.word(end+1)] > 0 && numberWords[r.word(end+1)] < 10:
		return n + numberWords[r.word(end+1)], end + 2
	case n < 10 && r.is(end, "hundred"):
		return n * 100, end + 1
	}
	return n, end
}

// counted reads a counted length of time: "two weeks ago" and "a year later"
// are dates, "five days" alone is a length and has no dates.
func (r *timeReader) counted(i int) (period, int) {
	n, end := r.number(i)
	if end <= i {
		return period{}, i
	}
	if r.is(end, "-") {
		end++
	}
	u, ok := units[r.word(end)]
	if !ok || u.name == 'e' || u.name == 'q' {
		return period{}, i
	}
	end++
	if r.is(end, "-") && r.is(end+1, "old", "olds") || r.is(end, "old") {
		return period{}, i // an age
	}
	switch {
	case r.is(end, "ago"):
		if !r.relative() {
			return period{}, end + 1
		}
		return moment(r.ago(n, u)), end + 1
	case r.is(end, "later", "after", "earlier", "before") && r.last.from.year > 0 && r.is(end, "later", "earlier"):
		if r.is(end, "earlier") {
			n = -n
		}
		return r.around(u, n), end + 1
	}
	if r.is(i, "a", "an") {
		return period{}, i // "a day", "a year" count nothing
	}
	return period{}, end
}

// yearOf gives the year a form writes with four digits, or 0.
func yearOf(w string) int {
	if len(w) != 4 || w[0] < '1' || w[0] > '2' {
		return 0
	}
	y, err := strconv.Atoi(w)
	if err != nil || y < 1000 || y > 2199 {
		return 0
	}
	return y
}

// dayOf gives the day of the month a form writes ("25", "25th"), or 0.
func dayOf(w string) int {
	for _, suffix := range [...]string{"st", "nd", "rd", "th"} {
		w = strings.TrimSuffix(w, suffix)
	}
	if len(w) == 0 || len(w) > 2 {
		return 0
	}
	d, err := strconv.Atoi(w)
	if err != nil || d < 1 || d > 31 {
		return 0
	}
	return d
}

// announces are words before a bare month or year that make it one.
var announces = map[string]bool{"in": true, "since": true, "until": true, "till": true, "by": true, "from": true, "before": true, "after": true,
	"during": true, "between": true, "of": true, "on": true, "early": true, "late": true, "mid": true, "year": true, "circa": true,
	"around": true, "to": true, "through": true, "throughout": true, "last": true, "next": true, "this": true, "-": true, "–": true, "(": true}

// calendar reads a date, month, season, quarter, year, decade or century at token i.
func (r *timeReader) calendar(i int, bound bool) (period, int) {
	w := r.word(i)
	if w == "" {
		return period{}, i
	}
	if day, ok := weekdays[w]; ok && r.capital(i) {
		end := i + 1
		// "Monday, 3 March 2025", "Monday (March 3)"
		at := end
		if r.is(at, ",", "(") {
			at++
		}
		at = r.skipThe(at)
		if p, after := r.dayMonth(at); after > at && p.from.day > 0 {
			if r.is(end, "(") && r.is(after, ")") {
				after++
			}
			return p, after
		}
		pointer := ""
		if r.looksAhead(i) {
			pointer = "ahead"
		}
		return r.weekday(day, pointer), end
	}
	if p, end := r.dayMonth(i); end > i {
		return p, end
	}
	if m := seasons[w]; m > 0 {
		at := i + 1
		if r.is(at, "of") {
			at++
		}
		if y := yearOf(r.word(at)); y > 0 {
			return season(y, m), at + 1
		}
		return period{}, i
	}
	if n := ordinals[w]; n > 0 && r.is(i+1, "quarter", "half") && n <= 4 {
		at := i + 2
		if r.is(at, "of") {
			at = r.skipThe(at + 1)
		}
		size := map[string]int{"quarter": 3, "half": 6}[r.word(i+1)]
		if n*size > 12 {
			return period{}, i
		}
		y := yearOf(r.word(at))
		if y == 0 && r.is(at, "this", "last", "next") && r.is(at+1, "year") && r.relative() {
			y = r.published.Year() + map[string]int{"this": 0, "last": -1, "next": 1}[r.word(at)]
			at++
		}
		if y > 0 {
			return months(time.Date(y, time.Month(1+size*(n-1)), 1, 0, 0, 0, 0, time.UTC), size), at + 1
		}
		return period{}, i
	}
	if y := decadeOf(w); y > 0 {
		return period{date{year: y}, date{year: y + 9}}, i + 1
	}
	if n := ordinalNumber(w); n > 0 && n <= 30 {
		at := i + 1
		if r.is(at, "-") {
			at++
		}
		if r.is(at, "century") {
			return period{date{year: 100*(n-1) + 1}, date{year: 100 * n}}, at + 1
		}
	}
	if y := yearOf(w); y > 0 {
		return r.year(i, y, bound)
	}
	return written(w, i)
}

// written reads a date written with digits alone: "2025-06-18", "18/06/2025".
func written(w string, i int) (period, int) {
	if len(w) < 8 || len(w) > 10 || w[0] < '0' || w[0] > '9' {
		return period{}, i
	}
	if t, err := time.Parse("2006-01-02", w); err == nil {
		return moment(dateOf(t)), i + 1
	}
	parts := strings.FieldsFunc(w, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) != 3 || len(parts[2]) != 4 {
		return period{}, i
	}
	a, b, y := dayOf(parts[0]), dayOf(parts[1]), yearOf(parts[2])
	switch {
	case a == 0 || b == 0 || y == 0 || a > 12 && b > 12:
		return period{}, i
	case a > 12:
		return moment(date{y, b, a}), i + 1
	case b > 12 || a == b:
		return moment(date{y, a, b}), i + 1
	}
	return moment(date{year: y}), i + 1 // day and month could be either
}

// decadeOf gives the first year of "1990s" or "'90s" or "nineties", or 0.
func decadeOf(w string) int {
	if y := decadeWords[w]; y > 0 {
		return y
	}
	w = strings.TrimSuffix(strings.Replace(strings.Replace(w, "’", "", 1), "'", "", 1), "s")
	if len(w) == 4 && w[3] == '0' {
		return yearOf(w)
	}
	return 0
}

// ordinalNumber gives the number of "20th" or "twentieth", or 0.
func ordinalNumber(w string) int {
	switch w {
	case "nineteenth":
		return 19
	case "twentieth":
		return 20
	case "eighteenth":
		return 18
	case "seventeenth":
		return 17
	}
	if len(w) > 2 && w[0] >= '1' && w[0] <= '9' {
		switch w[len(w)-2:] {
		case "th", "st", "nd", "rd":
			n, err := strconv.Atoi(w[:len(w)-2])
			if err == nil {
				return n
			}
		}
	}
	return 0
}

// year reads a year at token i, or a range of two ("2015-17"), if what stands
// around it does not make it a plain number.
func (r *timeReader) year(i, y int, bound bool) (period, int) {
	before, next := r.word(i-1), r.word(i+1)
	if before == "$" || before == "€" || before == "£" || before == "no." || next == "%" || next == "percent" {
		return period{}, i
	}
	if next == "-" || next == "–" || next == "—" {
		second := r.word(i + 2)
		end := yearOf(second)
		if len(second) == 2 {
			if n, err := strconv.Atoi(second); err == nil {
				end = y/100*100 + n
			}
		}
		if end > y && end-y < 200 {
			return period{date{year: y}, date{year: end}}, i + 3
		}
	}
	if !bound && !announces[before] {
		// "2000 soldiers" counts, "the 2021 attack" dates.
		if y < 1800 || y > 2100 {
			return period{}, i
		}
		if i+1 < len(r.tokens) && r.tokens[i+1].XPOS == "NNS" && !r.is(i-1, "the", "'s", "’s", "its", "their", "his", "her") {
			return period{}, i
		}
	}
	return moment(date{year: y}), i + 1
}

// dayMonth reads "25 March", "March 25, 2025", "the 25th of March", "March 2025", "March".
func (r *timeReader) dayMonth(i int) (period, int) {
	w := r.word(i)
	if d := dayOf(w); d > 0 {
		at := i + 1
		to := 0
		if r.is(at, "-", "–", "to", "and") && dayOf(r.word(at+1)) > d { // "3-5 March"
			to = dayOf(r.word(at + 1))
			at += 2
		}
		if r.is(at, "of") {
			at++
		}
		m := monthNames[r.word(at)]
		if m == 0 || !r.capital(at) {
			return period{}, i
		}
		at++
		y, end := r.yearAfter(at)
		p := r.inYear(y, m, d, i)
		if to > 0 {
			p = period{p.from, r.inYear(y, m, to, i).to}
		}
		return p, end
	}
	m := monthNames[w]
	if m == 0 || !r.capital(i) {
		return period{}, i
	}
	at := i + 1
	if d := dayOf(r.word(at)); d > 0 {
		at++
		to := 0
		if r.is(at, "-", "–", "to", "and") && dayOf(r.word(at+1)) > d && monthNames[r.word(at+2)] == 0 {
			to = dayOf(r.word(at + 1))
			at += 2
		}
		y, end := r.yearAfter(at)
		p := r.inYear(y, m, d, i)
		if to > 0 {
			p = period{p.from, r.inYear(y, m, to, i).to}
		}
		return p, end
	}
	if y, end := r.yearAfter(at); y > 0 {
		return moment(date{y, m, 0}), end
	}
	if r.is(at, "of") && yearOf(r.word(at+1)) > 0 {
		return moment(date{yearOf(r.word(at + 1)), m, 0}), at + 2
	}
	if (w == "may" || w == "march") && !announces[r.word(i-1)] {
		return period{}, i
	}
	if i < len(r.tokens) && r.tokens[i].UPOS != "" && r.tokens[i].UPOS != "PROPN" {
		return period{}, i
	}
	return r.inYear(0, m, 0, i), at
}

// yearAfter reads a year, with or without a comma before it.
func (r *timeReader) yearAfter(i int) (year, end int) {
	at := i
	if r.is(at, ",") {
		at++
	}
	if y := yearOf(r.word(at)); y > 0 {
		return y, at + 1
	}
	return 0, i
}

// inYear is the day or month in the year given, or in the one nearest before
// the text's date, or after it when the words before token i look ahead.
func (r *timeReader) inYear(year, m, d, i int) period {
	if year == 0 {
		if !r.relative() {
			return period{}
		}
		year = r.published.Year()
		now := dateOf(r.published)
		later := m > now.month || m == now.month && d > now.day
		earlier := m < now.month || m == now.month && d > 0 && d < now.day
		switch {
		case r.looksAhead(i):
			if earlier {
				year++
			}
		case later:
			year--
		}
	}
	day := date{year, m, d}
	if d > 0 && day.first().Day() != d {
		return period{} // "February 30"
	}
	return moment(day)
}
