package collate

import (
	"fmt"
	"regexp"
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
	sentence chancery.ByteRange
	date     chancery.Date
	toCome   bool   // the sentence tells of what is still to come
	text     string // without the date, with the sentence that it takes up
}

// datedSentences gives the sentences that print exactly one full date.
func datedSentences(a Account) []dated {
	var out []dated
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
		out = append(out, dated{s, d, coming, text})
	}
	return out
}

// datedClues gives the dated sentences. They meet under a word they share,
// within mostApart days: each is in the cell of its days and in the next.
func datedClues(all []dated, own own) []Clue {
	var out []Clue
	for _, d := range all {
		words, names := contents(d.text)
		c := Clue{Kind: DatedClue, Sentence: d.sentence, Says: d.date.String(), Words: own.of(words), Names: own.of(names), Day: days(d.date.First().Unix())}
		for _, w := range words {
			if own[w] {
				c.Parties = append(c.Parties, w)
			}
		}
		var keys []string
		for _, w := range hashNames(c.Words) {
			cell := floorDiv(c.Day, mostApart)
			keys = append(keys, fmt.Sprint(w, "@", cell), fmt.Sprint(w, "@", cell+1))
		}
		c.Keys = keysOf(DatedClue, keys)
		out = append(out, c)
	}
	return out
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
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

// leastAlike is how many words two sentences must share for their dates to be of
// one act; names count double, the names of actors no more than mostOfParties
// together: they do more than one thing in mostApart days.
const (
	leastAlike    = 4
	mostOfParties = 2
)

// datesDisagree finds, among the sentences that meet under a word, acts told
// alike on two days.
func datesDisagree(all []Met) []Finding {
	if len(all) > crowded {
		return nil
	}
	var out []Finding
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			a, b := &all[i], &all[j]
			gap := abs(a.Day - b.Day)
			if gap == 0 || gap > mostApart || !independent(a.Brief, b.Brief) || superseded(a.Brief, b.Brief) {
				continue
			}
			alike := shared(a.Words, b.Words) + shared(a.Names, b.Names) + min(mostOfParties, shared(a.Parties, b.Parties))
			if alike < leastAlike {
				continue
			}
			out = append(out, Finding{Kind: DatesDisagree, Sure: sureness(float64(alike), leastAlike), About: "when it took place",
				Passages: []Passage{a.passage(), b.passage()}})
		}
	}
	return out
}

// impossibleDate finds in an article the first sentence that reports as done what
// came after its publication.
func impossibleDate(a Account, all []dated) []Finding {
	published := a.Article.Published
	if published.IsZero() {
		return nil
	}
	for _, d := range all {
		if d.date.First().After(published.Last()) && !d.toCome {
			return []Finding{{Kind: ImpossibleDate, Sure: .85, About: "date of publication", Passages: []Passage{
				passage(a.Article, d.sentence, "", "reports "+d.date.String()+", published "+published.String()),
			}}}
		}
	}
	return nil
}
