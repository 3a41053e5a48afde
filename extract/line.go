package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery"
)

// mark is what a format says a line is; a plain text says nothing.
type mark int

const (
	plain   mark = iota
	heading      // a heading within the body
	item         // of a list
	prose        // a paragraph that an extractor of pages took for body
)

// line is one line of the page with the features that decide what it is.
type line struct {
	text   string // tidy
	number int    // of the page, from 1
	mark   mark

	lower     string  // lower case, straight quotes
	key       string  // the words alone: what counts when two lines are compared
	words     int     // runs of letters or digits; a run of an unspaced script counts half its characters
	capital   float64 // share of words of 4 letters or more that begin upper case
	ends      bool    // ends as a sentence does
	opens     bool    // begins a list item
	blank     bool    // an empty line before it
	control   bool
	caption   bool
	tag       bool // “words” – Speaker
	sentence  bool // ends, and has the words of a sentence
	paragraph bool // surely prose

	cut chancery.CutReason // "" while it is kept
	of  int                // the line that it repeats, -1 for none
}

var (
	straight = strings.NewReplacer("’", "'", "‘", "'", "\u201c", `"`, "”", `"`)
	bullet   = regexp.MustCompile(`^(?:[•●▪‣◦*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S`)
	tagLine  = regexp.MustCompile(`^["“«‘][^"”»]{10,}["”»’]\s*[–—-]{1,2}\s*\pL`)
)

func newLine(text string, number int, m mark, blank bool) line {
	l := line{text: text, number: number, mark: m, blank: blank, of: -1}
	l.lower = strings.ToLower(straight.Replace(text))
	l.key = key(text)
	long, capital, lowerFunction := 0, 0, 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '-'
	}) {
		first, _ := utf8.DecodeRuneInString(w)
		if unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			l.words += (utf8.RuneCountInString(w) + 1) / 2
			continue
		}
		l.words++
		if utf8.RuneCountInString(w) >= 4 {
			long++
			if unicode.IsUpper(first) {
				capital++
			}
		}
		if unicode.IsLower(first) && englishFunction[w] {
			lowerFunction++
		}
	}
	if long > 0 {
		l.capital = float64(capital) / float64(long)
	}
	l.ends = ends(text)
	l.opens = m == item || bullet.MatchString(text)
	l.tag = (text[0] == '"' || text[0] >= utf8.RuneSelf) && tagLine.MatchString(text)
	l.sentence = l.ends && (l.words >= 4 || l.words >= 2 && lowerFunction > 0)
	l.paragraph = l.sentence && l.words >= 12 || l.words >= 28 || m == prose && l.words >= 8 && l.ends
	if len(text) > longestSpecial {
		return l // neither a control nor a caption is that long
	}
	tokens := tokensOf(l.lower)
	l.control = m != heading && (l.words == 0 || onlyNumbers.MatchString(text) || webAddress.MatchString(text) ||
		isControl(tokens, l.words, l.sentence) || l.words <= 12 && !l.ends && strings.ContainsAny(text, ">»›→/") && breadcrumbs.MatchString(text))
	l.caption = !l.control && l.words <= 70 && (captionHead.MatchString(text) || endsInCredit(text, tokens))
	if l.control || l.caption {
		l.paragraph = false
	}
	return l
}

const longestSpecial = 450 // bytes

// endsInCredit reports whether a line ends with the credit of a picture. Only
// its last words are looked at.
func endsInCredit(text string, tokens []string) bool {
	last := tokens[max(0, len(tokens)-10):]
	if !slices.ContainsFunc(last, func(t string) bool { return captionWords[t] }) {
		return false
	}
	if n := len(text) - 120; n > 0 {
		text = strings.ToValidUTF8(text[n:], "")
	}
	return captionTail.MatchString(text)
}

// ends reports whether a line ends as a sentence ends, looking through closing
// quotes and brackets.
func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]* ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？؟۔।", r)
}

// key is what of a line counts when two are compared: its words.
func key(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
			space = false
		case r != '\'' && r != '’':
			space = true
		}
	}
	return b.String()
}
