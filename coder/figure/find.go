// Package figure finds the numbers of an article with what they count.
//
// In: a parsed article and its cast. Out: figures in the order of the text:
// counts, shares, sums of money, measures and durations, in digits or in words,
// each with its evidence. Dates, years, times of day, ordinals, numbers that are
// part of a name ("F-16", "Phase 2") and "the two countries" are not figures.
package figure

import (
	"slices"
	"strings"
	"unicode"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/voice"
	"chancery/english"
)

// Find gives the figures of an article in the order of the text, without ids.
func Find(doc *english.Doc, cast *actor.Cast, article *chancery.Article) []chancery.Figure {
	return From(doc, voice.New(doc, cast))
}

// From is Find with the voices of the text already read.
func From(doc *english.Doc, voices *voice.Voices) []chancery.Figure {
	var figures []chancery.Figure
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		for _, v := range Values(doc, i) {
			t := tokenAt(s, v.Start)
			f := chancery.Figure{
				Sentence:    chancery.ByteRange(s.Span),
				Value:       chancery.ByteRange(v.Span),
				Number:      v.Number,
				Unit:        v.Unit,
				Approximate: v.Approximate,
			}
			if k := tokenAt(s, max(s.Start, v.Start-2)); k > 0 && s.Tokens[k-1].UPOS == "VERB" && (s.Tokens[k].Rel == "compound:prt" || s.Tokens[k].Rel == "case") {
				f.Approximate = "" // "handed over 369": the verb's, not the number's
			}
			if v.HasTo {
				to := v.To
				f.To = &to
			}
			if of, ok := counts(doc, s, v); !ok {
				f.Of = f.Sentence
			} else if of, ok = antecedent(doc, i, of, v.Number, figures); ok {
				f.Of = chancery.ByteRange(of)
			}
			f.AsOf = asOf(doc, i)
			if t >= 0 {
				f.Attribution = voices.Chain(i, t)
			}
			f.Evidence = append(f.Evidence,
				chancery.Evidence{Role: chancery.RoleSentence, ByteRange: f.Sentence},
				chancery.Evidence{Role: chancery.RoleValue, ByteRange: f.Value})
			if !f.Of.IsZero() {
				f.Evidence = append(f.Evidence, chancery.Evidence{Role: chancery.RoleOf, ByteRange: f.Of})
			}
			for _, a := range f.Attribution {
				if !a.Mention.IsZero() {
					f.Evidence = append(f.Evidence, chancery.Evidence{Role: chancery.RoleAttribution, ByteRange: a.Mention})
				}
			}
			figures = append(figures, f)
		}
	}
	return figures
}

// asOf is the only moment the sentence names.
func asOf(doc *english.Doc, sentence int) chancery.Date {
	var d chancery.Date
	for _, t := range doc.Times {
		if t.Sentence != sentence || t.Start == "" || t.Start != t.End {
			continue
		}
		v, err := chancery.ParseDate(t.Start)
		if err != nil || v == d {
			continue
		}
		if !d.IsZero() {
			return chancery.Date{}
		}
		d = v
	}
	return d
}

// tokenAt gives the token that holds a byte or the first one after it, or -1.
func tokenAt(s *english.Sentence, offset int) int {
	for i := range s.Tokens {
		if s.Tokens[i].End > offset {
			return i
		}
	}
	return -1
}

// Value is a number as printed in a sentence.
type Value struct {
	english.Span         // with its currency and unit
	Number       float64 // 5000 for "US$ 5,000"
	To           float64 // the second number of a span or a change, with HasTo
	HasTo        bool
	Change       bool   // "from 29% to 19%": Number is the old value, To the new one
	Unit         string // "USD", "percent", "year", "" for a count
	Approximate  string // "about", "at least"; "" for none
	Duration     bool   // of time
	Hyphen       bool   // "five-day": it stands before the noun it measures
	number       english.Span
}

// Values gives the numbers of a sentence in the order of the text. Of a change
// the old and the new value are two Values; the first one holds both.
func Values(doc *english.Doc, sentence int) []Value {
	s := &doc.Sentences[sentence]
	ws := words(doc.Text, s.Start, s.End)
	var out []Value
	for i := 0; i < len(ws); {
		v, next, ok := valueAt(doc.Text, s, ws, i)
		if !ok {
			i = max(i+1, next)
			continue
		}
		out = append(out, v)
		i = next
	}
	return join(doc.Text, out)
}

// valueAt reads a number that starts at word i; next is where to go on.
func valueAt(text string, s *english.Sentence, ws []word, i int) (v Value, next int, ok bool) {
	start := i
	unit := ""
	if ws[i].kind == currency {
		unit = ws[i].unit
		i++
		if i < len(ws) && ws[i].text == "." {
			i++ // "Rs. 5"
		}
		if i >= len(ws) || ws[i].kind != digits && ws[i].kind != unitWord {
			return v, start + 1, false
		}
	}
	number, j, ok := numeral(ws, i)
	if !ok {
		return v, max(j, i+1), false
	}
	first, last := start, j-1
	if ws[last].unit != "" && ws[last].kind == digits {
		unit = ws[last].unit
	}
	v.number = english.Span{Start: ws[i].start, End: ws[j-1].end}
	// "€5 million", "5-year-old"
	hyphen := j+1 < len(ws) && isHyphen(ws[j]) && ws[j].start == ws[j-1].end && ws[j+1].start == ws[j].end
	switch {
	case hyphen:
		n := &ws[j+1]
		switch {
		case n.kind == measure || n.kind == percent || n.kind == currencyWord || n.kind == currency && unit == "":
			unit, last, j = n.unit, j+1, j+2
			v.Hyphen = true
			// "73-year-old" keeps its last part.
			if j+1 < len(ws) && isHyphen(ws[j]) && ws[j+1].lower == "old" {
				last, j = j+1, j+2
			}
		case n.kind == digits:
			// "10-12": a span is put together by join.
		case counted[n.lower]:
			last, j = j+1, j+2
			v.Hyphen = true
		case n.kind == scaleWord:
			// "5-million": rare, read without its hyphen.
			number *= n.value
			last, j = j+1, j+2
		default:
			return v, j + 2, false // "two-way", "four-star"
		}
	case j < len(ws) && ws[j].kind == percent:
		unit, last, j = "percent", j, j+1
	case j+1 < len(ws) && ws[j].lower == "per" && ws[j+1].lower == "cent":
		unit, last, j = "percent", j+1, j+2
	case j+1 < len(ws) && ws[j].lower == "percentage" && strings.HasPrefix(ws[j+1].lower, "point"):
		unit, last, j = "percentage point", j+1, j+2
	case j+1 < len(ws) && ws[j].lower == "basis" && strings.HasPrefix(ws[j+1].lower, "point"):
		unit, last, j = "basis point", j+1, j+2
	case j < len(ws) && unit == "" && (ws[j].kind == currencyWord || ws[j].kind == currency && len(ws[j].text) == 3):
		unit, last, j = ws[j].unit, j, j+1
	case j+1 < len(ws) && unit == "" && (ws[j].lower == "us" || ws[j].lower == "american" || ws[j].lower == "pakistani" || ws[j].lower == "indian") && ws[j+1].kind == currencyWord:
		unit, last, j = ws[j+1].unit, j+1, j+2
		if ws[j-2].lower == "indian" && unit == "PKR" {
			unit = "INR"
		}
	case j < len(ws) && unit == "" && ws[j].kind == measure:
		unit, last, j = ws[j].unit, j, j+1
	case j+1 < len(ws) && unit == "" && (ws[j].lower == "square" || ws[j].lower == "nautical" || ws[j].lower == "cubic" || ws[j].lower == "metric") && ws[j+1].kind == measure:
		unit, last, j = ws[j].lower+" "+ws[j+1].unit, j+1, j+2
	}
	if p := percentAhead(ws, j); unit == "" && p != "" {
		unit = p // "10 to 12 percent": the unit stands behind the second number
	}
	v.Span = english.Span{Start: ws[first].start, End: ws[last].end}
	v.Number, v.Unit, v.Duration = number, unit, timeUnits[unit]
	if skip(text, s, ws, start, i, j, &v) {
		return v, j, false
	}
	if start > 0 && unit == "" && j < len(ws) && (ws[start-1].text == "(" && ws[j].text == ")" || ws[start-1].text == "[" && ws[j].text == "]") {
		return v, j, false // "(3)", a reference's "[12]"
	}
	v.Approximate = approximate(ws, first, last)
	return v, j, true
}

// percentAhead gives the unit behind the second number of a span whose first
// one has none: "10 to 12 percent", "5-6 million dollars", "3 or 4 years".
func percentAhead(ws []word, j int) string {
	if j+2 >= len(ws) || !isTo(ws[j]) && ws[j].lower != "or" && ws[j].lower != "and" {
		return ""
	}
	_, k, ok := numeral(ws, j+1)
	if !ok || k >= len(ws) {
		return ""
	}
	if u := ws[k].kind; u == percent || u == currencyWord && ws[j].lower != "and" || u == measure && ws[j].lower != "and" {
		return ws[k].unit
	}
	return ""
}

func isHyphen(w word) bool {
	return w.text == "-" || w.text == "‑" || w.text == "–" || w.text == "—"
}

func isTo(w word) bool { return w.lower == "to" || isHyphen(w) }

// numeral reads a number in digits or words from word i on.
func numeral(ws []word, i int) (v float64, next int, ok bool) {
	switch {
	case i >= len(ws):
		return 0, i, false
	case ws[i].kind == digits:
		v, next = ws[i].value, i+1
		for next < len(ws) && ws[next].kind == scaleWord && ws[next].lower != "score" && ws[next].lower != "dozen" {
			v *= ws[next].value
			next++
		}
		if next == i+1 && next < len(ws) && ws[next].lower == "dozen" {
			v, next = v*12, next+1
		}
		// "5 m", "3 bn"
		if next < len(ws) && (ws[next].lower == "bn" || ws[next].lower == "mn" || ws[next].lower == "tn") && ws[next].start <= ws[next-1].end+1 {
			v, next = v*scaleWords[ws[next].lower], next+1
		}
		return v, next, true
	case ws[i].kind == crowd:
		// "hundreds of thousands"
		v, next = ws[i].value, i+1
		if next+1 < len(ws) && ws[next].lower == "of" && ws[next+1].kind == crowd {
			v, next = v*ws[next+1].value, next+2
		}
		// Only a crowd of something counts: "scores" are also points in a game.
		return v, next, next < len(ws) && (ws[next].lower == "of" || ws[next].lower == "more")
	case ws[i].kind == fraction && ws[i].lower == "half":
		if i+2 < len(ws) && (ws[i+1].lower == "a" || ws[i+1].lower == "an") && (ws[i+2].kind == scaleWord || ws[i+2].kind == measure) {
			if ws[i+2].kind == scaleWord {
				return 0.5 * ws[i+2].value, i + 3, true
			}
			return 0, i + 3, false // "half a century": no count
		}
		return 0.5, i + 1, i+1 < len(ws) && (ws[i+1].lower == "of" || ws[i+1].lower == "the" || ws[i+1].lower == "its" || ws[i+1].lower == "their") && (i == 0 || ws[i-1].lower != "first" && ws[i-1].lower != "second" && ws[i-1].lower != "other")
	case (ws[i].lower == "a" || ws[i].lower == "an") && i+1 < len(ws):
		n := ws[i+1]
		switch {
		case n.kind == scaleWord && n.lower != "score":
			v, next = n.value, i+2
			for next < len(ws) && ws[next].kind == scaleWord {
				v, next = v*ws[next].value, next+1
			}
			return v, next, true
		case n.kind == fraction && i+2 < len(ws) && ws[i+2].lower == "of":
			return n.value, i + 2, true
		}
		return 0, i + 1, false
	case ws[i].kind == unitWord || ws[i].kind == tensWord:
		return wordNumeral(ws, i)
	}
	return 0, i + 1, false
}

// wordNumeral reads "thirteen", "twenty-five", "two hundred and six thousand",
// "two-thirds", "two and a half million".
func wordNumeral(ws []word, i int) (v float64, next int, ok bool) {
	total, group := 0.0, 0.0
	next = i
	for next < len(ws) {
		w := ws[next]
		// Words of one number hang together: no comma, at most a hyphen or "and".
		switch w.kind {
		case unitWord:
			if next > i && ws[next-1].kind == unitWord {
				return total + group, next, true
			}
			group += w.value
		case tensWord:
			if next > i && ws[next-1].kind != scaleWord && ws[next-1].lower != "and" {
				return total + group, next, true
			}
			group += w.value
		case scaleWord:
			if w.lower == "score" {
				return total + group, next, true
			}
			if w.value == 100 || w.value == 12 {
				group *= w.value
			} else {
				total += group * w.value
				group = 0
			}
		case fraction:
			if w.lower != "half" && next > i {
				return (total + group) * w.value, next + 1, true
			}
			return total + group, next, true
		default:
			switch {
			case isHyphen(w) && next > i && next+1 < len(ws) && w.start == ws[next-1].end && (ws[next-1].kind == tensWord && ws[next+1].kind == unitWord || ws[next+1].kind == fraction):
			case w.lower == "and" && next > i && next+1 < len(ws) && ws[next-1].kind == scaleWord && (ws[next+1].kind == unitWord || ws[next+1].kind == tensWord):
			case w.lower == "and" && next > i && next+2 < len(ws) && ws[next+1].lower == "a" && ws[next+2].lower == "half":
				group += 0.5
				next += 2
			default:
				return total + group, next, next > i
			}
		}
		next++
	}
	return total + group, next, next > i
}

// months in full and cut short.
var months = map[string]bool{
	"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true, "september": true, "october": true, "november": true, "december": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true,
}

// designators are the nouns that a number behind them names one of.
var designators = map[string]bool{
	"phase": true, "article": true, "section": true, "resolution": true, "chapter": true, "no": true, "number": true, "page": true, "part": true, "figure": true, "table": true, "room": true,
	"route": true, "highway": true, "flight": true, "paragraph": true, "volume": true, "step": true, "level": true, "item": true, "grade": true, "class": true, "type": true, "tier": true, "stage": true,
	"day": true, "week": true, "version": true, "round": true, "act": true, "rule": true, "order": true, "track": true, "option": true, "plan": true, "group": true, "gate": true, "unit": true, "clause": true, "category": true,
	"year": true, "chapters": true, "articles": true, "sections": true, "pages": true, "phases": true, "block": true, "mark": true, "world": true, "amendment": true, "channel": true, "covid": true, "area": true, "annex": true,
}

// partners are the generic nouns of "two countries", "both sides": the number
// only tells that there are two of those already spoken of.
var partners = map[string]bool{
	"countries": true, "nations": true, "states": true, "sides": true, "parties": true, "leaders": true, "governments": true, "neighbours": true, "neighbors": true, "allies": true, "capitals": true, "powers": true, "men": true, "presidents": true, "ministers": true, "partners": true, "rivals": true, "armies": true, "militaries": true, "peoples": true, "adversaries": true,
}

var deictic = map[string]bool{"last": true, "past": true, "next": true, "previous": true, "coming": true, "following": true, "preceding": true}

// skip reports whether the number at words start..next is no figure.
func skip(text string, s *english.Sentence, ws []word, start, i, next int, v *Value) bool {
	prev, after := word{}, word{}
	if start > 0 {
		prev = ws[start-1]
	}
	if next < len(ws) {
		after = ws[next]
	}
	w := ws[i]
	inDigits := w.kind == digits
	switch {
	case months[prev.lower] && isCapital(prev.text) && v.Unit == "",
		months[after.lower] && isCapital(after.text) && v.Unit == "",
		prev.text == "," && start > 1 && isDateBefore(ws, start-1) && v.Unit == "":
		return true
	case v.Unit == "" && isHyphen(after) && next+2 < len(ws) && ws[next+1].kind == digits && months[ws[next+2].lower],
		v.Unit == "" && isHyphen(after) && start > 0 && months[prev.lower]:
		return true // "6-10 February"
	case prev.text == "/" || after.text == "/" && inDigits:
		return true
	case after.text == ":" && next+1 < len(ws) && ws[next+1].start == after.end && ws[next+1].kind == digits:
		return true
	case v.Unit == "" && (after.lower == "am" || after.lower == "pm" || after.lower == "a" && next+2 < len(ws) && ws[next+1].text == "." && ws[next+2].lower == "m" || after.lower == "p" && next+1 < len(ws) && ws[next+1].text == "." || after.lower == "o"):
		return true
	case isYear(w, v) && !countedYear(s, ws, start, next, v):
		return true
	case v.Unit == "" && inDigits && isHyphen(after) && after.start == w.end && next+1 < len(ws) && ws[next+1].kind == digits && ws[next+1].value <= v.Number,
		v.Unit == "" && inDigits && isHyphen(prev) && prev.end == w.start && start > 1 && ws[start-2].kind == digits && ws[start-2].end == prev.start && ws[start-2].value >= v.Number:
		return true // a case number, a score
	case v.Duration && (prev.lower == "within" || deictic[prev.lower] || after.lower == "ago" || after.lower == "later" || after.lower == "earlier"):
		return true
	case !inDigits && isCapital(w.text) && start > 0 && prev.kind != symbol && prev.end > s.Start:
		return true // "the Big Four"
	case !inDigits && isCapital(w.text) && isCapital(after.text) && after.kind == other && !opensWithCount(s, w, after):
		return true // "Five Eyes"
	case v.Unit == "" && designators[prev.lower] && !nounFollows(s, v):
		return true
	case v.Unit == "" && inDigits && isCapital(prev.text) && prev.kind == other && start > 1 && !nounFollows(s, v):
		return true // "Phase 2", "Apollo 11"
	case prev.text == "." && start > 1 && ws[start-2].lower == "no":
		return true
	case prev.text == "#" || prev.text == "@":
		return true
	case inDigits && v.Unit == "" && after.text == "." && start == 0 && v.Number < 100:
		return true // a list's "1."
	case w.lower == "one" && next == i+1 && v.Unit == "" && !deadOrAlive(s, v):
		return true
	case w.lower == "one" && v.Duration && !v.Hyphen:
		return true // "one day", "one minute": mostly no count
	case w.lower == "zero" && v.Unit == "":
		return true
	}
	if !inDigits && w.kind == unitWord && v.Number < 11 && v.Unit == "" && !v.Hyphen {
		switch prev.lower {
		case "the", "these", "those", "all", "both", "other", "of":
			if prev.lower != "of" || start > 1 && (ws[start-2].lower == "group" || ws[start-2].lower == "one") {
				return true
			}
		}
		if v.Number == 2 && partnersFollow(ws, next) {
			return true
		}
		if after.lower == "of" && next+1 < len(ws) && (ws[next+1].lower == "us" || ws[next+1].lower == "you") {
			return true
		}
	}
	// A bare digit with a letter or sign stuck to it is a code.
	if inDigits && start == i && w.start > 0 {
		r := lastRune(text[:w.start])
		if unicode.IsLetter(r) || r == '_' || r == '&' || r == '.' {
			return true
		}
		if (r == '-' || r == '–') && v.Unit == "" && start > 1 && ws[start-2].end == ws[start-1].start && ws[start-2].kind != digits {
			return true // "mid-2025", "post-9"
		}
	}
	return false
}

// opensWithCount reports whether a sentence begins with a number before a word of
// a noun that stands further on: "Seven Turkish sailors were hurt".
func opensWithCount(s *english.Sentence, w, after word) bool {
	k := tokenAt(s, after.start)
	return w.start == s.Start && k >= 0 && (s.Tokens[k].UPOS == "ADJ" || s.Tokens[k].Head == k+1 && !isCapital(s.Tokens[k+1].Form))
}

func isCapital(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

// isDateBefore reports whether the words before a comma at k are a month and a
// day: the number behind is a year.
func isDateBefore(ws []word, k int) bool {
	return k >= 2 && ws[k-1].kind == digits && months[ws[k-2].lower]
}

func isYear(w word, v *Value) bool {
	return w.kind == digits && v.Unit == "" && len(w.text) == 4 && w.value >= 1000 && w.value <= 2100 && v.Number == w.value
}

// countedYear reports whether a number that could be a year counts something:
// it stands before a plural, without an article, or behind a word like "about".
func countedYear(s *english.Sentence, ws []word, start, next int, v *Value) bool {
	if approximate(ws, start, start) != "" && start > 0 && ws[start-1].lower != "since" {
		switch ws[start-1].lower {
		case "by", "around", "before", "after":
			return false
		}
		return nounFollows(s, v)
	}
	if v.Number >= 1900 && v.Number <= 2035 {
		return false
	}
	if start > 0 {
		switch ws[start-1].lower {
		case "the", "in", "since", "by", "until", "its", "their", "his", "her", "this", "s":
			return false
		}
	}
	return nounFollows(s, v)
}

// nounFollows reports whether the number modifies a plural noun behind it.
func nounFollows(s *english.Sentence, v *Value) bool {
	t := tokenAt(s, v.number.End)
	for n := 0; t >= 0 && t < len(s.Tokens) && n < 4; t, n = t+1, n+1 {
		switch s.Tokens[t].XPOS {
		case "NNS", "NNPS":
			return true
		case "JJ", "NN", "NNP", "VBN", "HYPH", "CC", "RB", "JJR", "VBG":
			continue
		}
		return false
	}
	return false
}

// deadOrAlive reports whether "one" counts a person to whom something happened
// or stands against other numbers.
func deadOrAlive(s *english.Sentence, v *Value) bool {
	t := tokenAt(s, v.number.Start)
	if t < 0 || t+1 >= len(s.Tokens) {
		return false
	}
	switch strings.ToLower(s.Tokens[t+1].Form) {
	case "person", "soldier", "civilian", "people", "policeman", "officer", "child", "man", "woman", "fighter", "militant", "hostage":
		for i := range s.Tokens {
			switch strings.ToLower(s.Tokens[i].Lemma) {
			case "kill", "die", "dead", "wound", "injure", "arrest", "capture", "miss", "hurt", "release":
				return true
			}
		}
	}
	return false
}

func partnersFollow(ws []word, next int) bool {
	for k := next; k < len(ws) && k < next+4; k++ {
		if partners[ws[k].lower] {
			return true
		}
		if ws[k].kind == symbol && !isHyphen(ws[k]) {
			return false
		}
	}
	return false
}

// approximators before a number, longest first, and behind it.
var approximators = [][]string{
	{"no", "more", "than"}, {"no", "fewer", "than"}, {"no", "less", "than"}, {"not", "more", "than"}, {"as", "many", "as"}, {"as", "much", "as"}, {"as", "few", "as"},
	{"as", "little", "as"}, {"as", "high", "as"}, {"as", "low", "as"}, {"in", "excess", "of"}, {"a", "total", "of"},
	{"more", "than"}, {"less", "than"}, {"fewer", "than"}, {"greater", "than"}, {"higher", "than"}, {"lower", "than"}, {"at", "least"}, {"at", "most"}, {"up", "to"}, {"close", "to"}, {"upwards", "of"}, {"upward", "of"}, {"well", "over"}, {"just", "over"}, {"just", "under"}, {"just", "above"}, {"just", "below"}, {"an", "estimated"}, {"starting", "at"}, {"only"}, {"starting", "from"},
	{"about"}, {"around"}, {"some"}, {"nearly"}, {"almost"}, {"roughly"}, {"approximately"}, {"over"}, {"under"}, {"above"}, {"below"}, {"estimated"}, {"exceeding"}, {"circa"}, {"barely"}, {"maximum"}, {"minimum"}, {"exactly"}, {"precisely"},
}

// exact are the words among the approximators that leave the number as it is.
var exact = []string{"a total of", "only", "exactly", "precisely"}

func approximate(ws []word, first, last int) string {
	for _, a := range approximators {
		k := first - len(a)
		if k < 0 {
			continue
		}
		match := true
		for n, w := range a {
			if ws[k+n].lower != w {
				match = false
				break
			}
		}
		if match {
			if j := strings.Join(a, " "); !slices.Contains(exact, j) {
				return j
			}
			return ""
		}
	}
	if last+2 < len(ws) && ws[last+1].lower == "or" && (ws[last+2].lower == "so" || ws[last+2].lower == "more" || ws[last+2].lower == "less" || ws[last+2].lower == "fewer") {
		return "or " + ws[last+2].lower
	}
	if first > 0 && ws[first].kind == crowd {
		return ws[first].lower
	}
	return ""
}

// join puts the two numbers of a span ("10 to 12", "between 10 and 12", "5-6")
// together and marks those of a change ("from 29% to 19%", "to 19% from 29%").
func join(text string, vs []Value) []Value {
	var out []Value
	for i := 0; i < len(vs); i++ {
		v := vs[i]
		if i+1 == len(vs) {
			out = append(out, v)
			break
		}
		w := vs[i+1]
		gap := strings.TrimSpace(text[v.End:w.Start])
		before := strings.ToLower(lastWord(text[:v.Start]))
		compatible := v.Unit == w.Unit || v.Unit == "" && w.Unit != ""
		switch {
		case !compatible:
		case before == "from" && (gap == "to" || gap == "down to" || gap == "up to"),
			before == "from" && (strings.HasSuffix(gap, " to") && len(gap) < 12):
			v.To, v.HasTo, v.Change = w.Number, true, true
			if v.Unit == "" {
				v.Unit = w.Unit
			}
			out = append(out, v)
			continue
		case before == "to" && gap == "from":
			// The old value holds the change, and it is printed second.
			vs[i+1].To, vs[i+1].HasTo, vs[i+1].Change = v.Number, true, true
		case v.Number < w.Number && (gap == "to" || gap == "-" || gap == "–" || gap == "—" || gap == "or" || gap == "and" && before == "between") && !v.Hyphen:
			v.To, v.HasTo = w.Number, true
			v.End = w.End
			v.Unit = w.Unit
			v.Duration = w.Duration
			// "5 to 6 million": the scale belongs to both.
			if w.Number >= 1000*v.Number && v.Number < 1000 && v.Number == float64(int(v.Number)) && scaleBehind(text[w.Start:w.End]) > 1 {
				v.Number *= scaleBehind(text[w.Start:w.End])
			}
			i++
		}
		out = append(out, v)
	}
	return out
}

func scaleBehind(s string) float64 {
	for _, f := range strings.Fields(strings.ToLower(s)) {
		if v := scaleWords[f]; v >= 1000 {
			return v
		}
	}
	return 1
}

func lastWord(s string) string {
	s = strings.TrimRight(s[max(0, len(s)-40):], " \t\r\n")
	if i := strings.LastIndexAny(s, " \t\r\n"); i >= 0 {
		s = s[i+1:]
	}
	return s
}
