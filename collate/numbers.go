package collate

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"chancery"
)

// Count is the number of a figure.
type Count struct {
	Number      float64  `json:"number"`
	To          *float64 `json:"to,omitempty"`          // the second number of "from 29% to 19%" or "10 to 12"
	Unit        string   `json:"unit,omitempty"`        // "USD", "percent", "" for a count
	Approximate string   `json:"approximate,omitempty"` // "about", "at least", "over"
}

func countOf(f *chancery.Figure) Count {
	return Count{f.Number, f.To, f.Unit, strings.ToLower(f.Approximate)}
}

// figureClues gives the figures that count something or have a unit. They meet
// under each word of what they count, under their unit, and under their unit
// with each name of the sentence.
func figureClues(a Account, own own) []Clue {
	text := a.Article.Text
	all := make([]Count, 0, len(a.Reading.Figures))
	for i := range a.Reading.Figures {
		all = append(all, countOf(&a.Reading.Figures[i]))
	}
	var out []Clue
	for i := range a.Reading.Figures {
		f := &a.Reading.Figures[i]
		if f.Of.IsZero() && f.Unit == "" {
			continue
		}
		c := Clue{Kind: FigureClue, Sentence: f.Sentence, Record: f.ID, Says: f.Value.Of(text), Count: all[i], Others: all}
		if !f.Of.IsZero() {
			c.Of = f.Of.Of(text)
			c.Heads, _ = contents(c.Of)
		}
		words, names := contents(f.Sentence.Of(text))
		number := hashWord(stem(strings.ToLower(strconv.FormatFloat(f.Number, 'f', -1, 64))))
		words = slices.DeleteFunc(words, func(w uint64) bool { return w == number })
		// What it counts may be a name of an actor's: "Kenyan officers".
		c.Words = slices.DeleteFunc(words, func(w uint64) bool { return !has(c.Heads, w) && len(own.of([]uint64{w})) == 0 })
		for _, w := range words {
			if !has(c.Words, w) && own[w] {
				c.Parties = append(c.Parties, w)
			}
		}
		if isMeasure(f.Unit) {
			c.Words = append(c.Words, hashWord("unit "+f.Unit))
			slices.Sort(c.Words)
		}
		keys := hashNames(c.Heads)
		if f.Unit != "" {
			keys = append(keys, f.Unit)
			for _, w := range own.of(names) {
				keys = append(keys, f.Unit+" "+hashNames([]uint64{w})[0])
			}
		}
		c.Keys = keysOf(FigureClue, keys)
		out = append(out, c)
	}
	return out
}

// isMeasure reports whether a unit says by itself what sort of thing is measured:
// of megawatts there are few, of percents and sums of money many.
func isMeasure(unit string) bool {
	switch unit {
	case "", "percent", "century", "decade", "year", "month", "week", "day", "hour", "minute", "second":
		return false
	}
	return len(unit) != 3 || unit != strings.ToUpper(unit) // a currency's code
}

// That both sentences name the same parties speaks a little for one thing.
const (
	perParty      = 1.0
	mostPartyBits = 2.0
)

// leastShared is the information in bits that two sentences must share for
// their numbers to be about the same thing.
const leastShared = 9.0

// imagined is how many figures without a word are taken to be beside those that
// meet under a key, when a word's information is counted: among two figures
// alone nothing would be rare.
const imagined = 64

// numbersDisagree compares the figures that meet under a key, in different
// articles.
func numbersDisagree(all []Met) []Finding {
	if len(all) > crowded {
		return nil
	}
	count := map[uint64]int{}
	for i := range all {
		for _, w := range all[i].Words {
			count[w]++
		}
	}
	bits := func(w uint64) float64 {
		return math.Log2((float64(len(all)) + imagined) / (float64(count[w]) + .5))
	}
	var out []Finding
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			a, b := &all[i], &all[j]
			if a.Count.Unit != b.Count.Unit || !independent(a.Brief, b.Brief) || superseded(a.Brief, b.Brief) || compatible(a.Count, b.Count) {
				continue
			}
			if len(a.Heads) > 0 && len(b.Heads) > 0 && shared(a.Heads, b.Heads) == 0 {
				continue
			}
			common := overlap(a.Words, b.Words, bits)
			common += min(mostPartyBits, perParty*float64(shared(a.Parties, b.Parties)))
			if common < leastShared {
				continue
			}
			// The same number elsewhere in the other article: it tells of both.
			if tells(b.Others, a.Count) || tells(a.Others, b.Count) {
				continue
			}
			out = append(out, Finding{Kind: NumbersDisagree, Sure: sureness(common, leastShared), About: aboutFigure(a.Clue),
				Passages: []Passage{a.passage(), b.passage()}})
		}
	}
	return out
}

// tells reports whether one of the numbers is the same of the same unit.
func tells(all []Count, c Count) bool {
	return slices.ContainsFunc(all, func(o Count) bool { return o.Unit == c.Unit && compatible(o, c) })
}

// compatible reports whether both figures can be true of one thing: the same
// number, or one inside the other's vagueness ("more than 10" and 13).
func compatible(a, b Count) bool {
	if a.Number == b.Number || a.To != nil && *a.To == b.Number || b.To != nil && *b.To == a.Number {
		return true
	}
	return within(a, b) || within(b, a)
}

// within reports whether the vague figure allows the other's number.
func within(vague, exact Count) bool {
	switch word := vague.Approximate; {
	case word == "":
		return false
	case strings.Contains(word, "least"), strings.Contains(word, "more than"), strings.Contains(word, "over"), strings.Contains(word, "above"), strings.Contains(word, "exceed"):
		return exact.Number >= vague.Number && exact.Number <= 2*vague.Number
	case strings.Contains(word, "most"), strings.Contains(word, "less"), strings.Contains(word, "under"), strings.Contains(word, "fewer"), strings.Contains(word, "up to"), strings.Contains(word, "below"):
		return exact.Number <= vague.Number && exact.Number >= vague.Number/2
	}
	return math.Abs(exact.Number-vague.Number) <= .1*vague.Number
}

func aboutFigure(c *Clue) string {
	if c.Count.Unit == "" {
		return "number of " + c.Of
	}
	return strings.TrimPrefix(c.Of+", in "+c.Count.Unit, ", ")
}

// sureness grows from a half at the least that is asked to nearly one.
func sureness(shared, least float64) float64 {
	return math.Round(100*(1-.5*math.Exp((least-shared)/least))) / 100
}

// overlap is the information two sorted sets of words share, in bits.
func overlap(a, b []uint64, bits func(uint64) float64) float64 {
	sum := 0.0
	for _, w := range a {
		if has(b, w) {
			sum += bits(w)
		}
	}
	return sum
}
