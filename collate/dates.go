package collate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"chancery"
)

// A full date as English prints it: "June 18, 2025", "18 June 2025".
var fullDate = regexp.MustCompile(`(?i)\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(january|february|march|april|may|june|july|august|september|october|november|december|jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)(?:\s+(\d{1,2})(?:st|nd|rd|th)?,?)?,?\s+(\d{4})\b`)

// toCome are the words of a sentence that tells of what is still to come, in
// which a date after publication is no surprise.
var toCome = regexp.MustCompile(`(?i)\b(will|would|shall|should|may|might|could|can|expect\w*|plan\w*|schedul\w*|due|until|till|deadline|by|before|next|propos\w*|promis\w*|intend\w*|hope\w*|forecast\w*|likely|to be|set to|from)\b`)

// takesUp are the first words of a sentence that speaks on of what the sentence
// before it named.
var takesUp = regexp.MustCompile(`^(?:It|He|She|They|This|That|These|Those|His|Her|Their|Its)\b`)

// dated is a sentence with one full date.
type dated struct {
	account  *Account
	sentence chancery.ByteRange
	date     chancery.Date
	toCome   bool     // the sentence tells of what is still to come
	words    []uint64 // without the date's
	names    []uint64
}

// datedSentences gives the sentences that print exactly one full date.
func datedSentences(x *index) []dated {
	var out []dated
	for i := range x.accounts {
		a := &x.accounts[i]
		for k, s := range a.Reading.Sentences {
			text := s.Of(a.Article.Text)
			if !strings.Contains(text, "20") && !strings.Contains(text, "19") {
				continue // no year: the pattern is slow
			}
			found := fullDate.FindAllStringSubmatchIndex(text, 2)
			if len(found) != 1 {
				continue
			}
			d, ok := readDate(text, found[0])
			if !ok {
				continue
			}
			text = text[:found[0][0]] + " " + text[found[0][1]:]
			coming := toCome.MatchString(text) // without the date: "May" is a month
			if k > 0 && takesUp.MatchString(text) {
				text = a.Reading.Sentences[k-1].Of(a.Article.Text) + " " + text
			}
			words, names := contents(text)
			out = append(out, dated{a, s, d, coming, words, names})
		}
	}
	return out
}

func readDate(text string, at []int) (chancery.Date, bool) {
	group := func(n int) string {
		if at[2*n] < 0 {
			return ""
		}
		return text[at[2*n]:at[2*n+1]]
	}
	day := group(1) + group(3)
	if day == "" || group(1) != "" && group(3) != "" {
		return chancery.Date{}, false // a month only, or two days
	}
	month := 0
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(m.String()[:3], group(2)[:3]) {
			month = int(m)
		}
	}
	n, err := strconv.Atoi(day)
	if err != nil {
		return chancery.Date{}, false
	}
	d, err := chancery.ParseDate(group(4) + "-" + two(month) + "-" + two(n))
	return d, err == nil
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// mostApart is by how many days accounts of one act are taken to err; acts
// farther apart are two acts.
const mostApart = 20

// leastAlike is how many words two sentences must share, each said in few
// others, for their dates to be of one act; names count double.
const leastAlike = 4

// nearInTime gives, for each sentence, the later ones of the list whose date is
// another, at most mostApart days away.
func nearInTime(all []dated) [][]int {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return all[i].date.First().Compare(all[j].date.First()) })
	near := make([][]int, len(all))
	for k, i := range order {
		for _, j := range order[k+1:] {
			gap := all[j].date.First().Sub(all[i].date.First()).Hours() / 24
			if gap > mostApart {
				break
			}
			if gap > 0 {
				near[min(i, j)] = append(near[min(i, j)], max(i, j))
			}
		}
	}
	for i := range near {
		slices.Sort(near[i])
	}
	return near
}

// datesDisagree finds acts told alike on two days.
func datesDisagree(x *index) []Finding {
	all := x.dated
	rare := x.rare
	var out []Finding
	near := nearInTime(all)
	for i := range all {
		for _, j := range near[i] {
			a, b := &all[i], &all[j]
			gap := a.date.First().Sub(b.date.First()).Abs().Hours() / 24
			if gap == 0 || gap > mostApart || !independent(a.account.Article, b.account.Article) || x.superseded(a.account.Article, b.account.Article) {
				continue
			}
			alike := 0
			for _, w := range a.words {
				if has(b.words, w) && rare(w) {
					alike++
					if has(a.names, w) && has(b.names, w) {
						alike++
					}
				}
			}
			if alike < leastAlike {
				continue
			}
			out = append(out, Finding{Kind: DatesDisagree, Sure: sureness(float64(alike), leastAlike), About: "when it took place", Passages: []Passage{
				passage(a.account.Article, a.sentence, "", a.date.String()),
				passage(b.account.Article, b.sentence, "", b.date.String()),
			}})
		}
	}
	return out
}

// impossibleDate finds articles published before what they report as done.
func impossibleDate(x *index) []Finding {
	var out []Finding
	for _, d := range x.dated {
		published := d.account.Article.Published
		if published.IsZero() || !d.date.First().After(published.Last()) || d.toCome {
			continue
		}
		if slices.ContainsFunc(out, func(f Finding) bool { return f.Passages[0].Article == d.account.Article.ID }) {
			continue
		}
		out = append(out, Finding{Kind: ImpossibleDate, Sure: .85, About: "date of publication", Passages: []Passage{
			passage(d.account.Article, d.sentence, "", "reports "+d.date.String()+", published "+published.String()),
		}})
	}
	return out
}
