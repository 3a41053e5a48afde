package collate

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"chancery"
)

// counted is a figure with what it takes to compare it.
type counted struct {
	account *Account
	figure  *chancery.Figure
	heads   []uint64 // hashes of the words of what it counts
	words   []uint64 // of its sentence, without those
	names   []uint64
}

// leastShared is the information in bits that two sentences must share for
// their numbers to be about the same thing.
const leastShared = 9.0

// numbersDisagree compares figures that count the same in different articles.
func numbersDisagree(x *index) []Finding {
	var all []counted
	for i := range x.accounts {
		a := &x.accounts[i]
		for k := range a.Reading.Figures {
			f := &a.Reading.Figures[k]
			if f.Of.IsZero() && f.Unit == "" {
				continue
			}
			c := counted{account: a, figure: f}
			if !f.Of.IsZero() {
				c.heads, _ = contents(f.Of.Of(a.Article.Text))
			}
			c.words, c.names = contents(f.Sentence.Of(a.Article.Text))
			all = append(all, c)
		}
	}
	bits := x.information
	byHead := map[uint64][]int{}
	for i := range all {
		for _, h := range all[i].heads {
			byHead[h] = append(byHead[h], i)
		}
		if all[i].figure.Unit != "" {
			byHead[hashWord("unit "+all[i].figure.Unit)] = append(byHead[hashWord("unit "+all[i].figure.Unit)], i)
		}
	}
	pairs := map[[2]int]bool{}
	for _, p := range byHead {
		if len(p) > crowded {
			continue
		}
		for i := range p {
			for _, j := range p[i+1:] {
				pairs[[2]int{p[i], j}] = true
			}
		}
	}
	ordered := make([][2]int, 0, len(pairs))
	for p := range pairs {
		ordered = append(ordered, p)
	}
	slices.SortFunc(ordered, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })

	var out []Finding
	seen := map[string]bool{}
	for _, p := range ordered {
		a, b := &all[p[0]], &all[p[1]]
		aa, ab := a.account.Article, b.account.Article
		if a.figure.Unit != b.figure.Unit || !independent(aa, ab) || x.superseded(aa, ab) || compatible(a.figure, b.figure) {
			continue
		}
		headBits := overlap(a.heads, b.heads, bits)
		if a.figure.Unit == "" && headBits == 0 {
			continue
		}
		if len(a.heads) > 0 && len(b.heads) > 0 && headBits == 0 {
			continue
		}
		shared := overlap(nonNumbers(a), nonNumbers(b), bits)
		if shared < leastShared {
			continue
		}
		// The same number elsewhere in the other article: it tells of both.
		if tells(b.account, a.figure) || tells(a.account, b.figure) {
			continue
		}
		key := fmt.Sprint(a.figure.ID, b.figure.ID)
		if seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, Finding{Kind: NumbersDisagree, Sure: sureness(shared, leastShared), About: aboutFigure(a),
			Passages: []Passage{
				passage(aa, a.figure.Sentence, a.figure.ID, a.figure.Value.Of(aa.Text)),
				passage(ab, b.figure.Sentence, b.figure.ID, b.figure.Value.Of(ab.Text)),
			}})
	}
	return out
}

func nonNumbers(c *counted) []uint64 {
	number := hashWord(stem(strings.ToLower(strconv.FormatFloat(c.figure.Number, 'f', -1, 64))))
	return slices.DeleteFunc(slices.Clone(c.words), func(w uint64) bool { return w == number })
}

// tells reports whether the account has the same number of the same unit itself.
func tells(a *Account, f *chancery.Figure) bool {
	return slices.ContainsFunc(a.Reading.Figures, func(g chancery.Figure) bool { return g.Unit == f.Unit && compatible(&g, f) })
}

// compatible reports whether both figures can be true of one thing: the same
// number, or one inside the other's vagueness ("more than 10" and 13).
func compatible(a, b *chancery.Figure) bool {
	if a.Number == b.Number || a.To != nil && *a.To == b.Number || b.To != nil && *b.To == a.Number {
		return true
	}
	return within(a, b) || within(b, a)
}

// within reports whether the vague figure allows the other's number.
func within(vague, exact *chancery.Figure) bool {
	switch word := strings.ToLower(vague.Approximate); {
	case word == "":
		return false
	case strings.Contains(word, "least"), strings.Contains(word, "more than"), strings.Contains(word, "over"), strings.Contains(word, "above"), strings.Contains(word, "exceed"):
		return exact.Number >= vague.Number && exact.Number <= 2*vague.Number
	case strings.Contains(word, "most"), strings.Contains(word, "less"), strings.Contains(word, "under"), strings.Contains(word, "fewer"), strings.Contains(word, "up to"), strings.Contains(word, "below"):
		return exact.Number <= vague.Number && exact.Number >= vague.Number/2
	}
	return math.Abs(exact.Number-vague.Number) <= .1*vague.Number
}

func aboutFigure(c *counted) string {
	switch of := c.figure.Of.Of(c.account.Article.Text); {
	case c.figure.Unit == "":
		return "number of " + of
	default:
		return of + ", in " + c.figure.Unit
	}
}

// sureness grows from a half at the least that is asked to nearly one.
func sureness(shared, least float64) float64 {
	return math.Round(100*(1-.5*math.Exp((least-shared)/least))) / 100
}

// countWords counts the sentences that use each word.
func (x *index) countWords() {
	x.count = map[uint64]int{}
	for i := range x.accounts {
		for _, s := range x.accounts[i].Reading.Sentences {
			x.sentences++
			words, _ := contents(s.Of(x.accounts[i].Article.Text))
			for _, w := range words {
				x.count[w]++
			}
		}
	}
}

// information gives the bits of a word among the accounts' sentences.
func (x *index) information(w uint64) float64 {
	return math.Log2(float64(x.sentences+1) / float64(max(1, x.count[w])))
}

// rare tells the words that at most every eighth sentence of the accounts uses.
func (x *index) rare(w uint64) bool { return x.count[w] <= max(2, x.sentences/8) }

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
