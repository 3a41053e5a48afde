package figure

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a word of a numeral is.
type kind uint8

const (
	other        kind = iota
	digits            // "5,000", "2.5"
	unitWord          // zero to nineteen
	tensWord          // twenty, thirty, …
	scaleWord         // hundred, thousand, million, crore, …
	fraction          // half, third, quarter
	crowd             // dozens, hundreds, …
	currency          // "$", "Rs", "USD" before a number
	percent           // "%", "percent"
	currencyWord      // "dollars", "rupees" after a number
	measure           // "years", "km", "barrels"
	symbol            // any other single sign
)

// word is a piece of a text: a run of letters, a number in digits, or a sign.
type word struct {
	start, end int // bytes in the text
	text       string
	lower      string
	kind       kind
	value      float64
	unit       string
}

var unitWords = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19,
}

var tensWords = map[string]float64{
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scaleWords = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
	"m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "k": 1e3, "dozen": 12, "score": 20,
}

var fractions = map[string]float64{
	"half": 0.5, "third": 1.0 / 3, "thirds": 1.0 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2,
	"tenth": 0.1, "tenths": 0.1,
}

var crowds = map[string]float64{
	"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12, "lakhs": 1e5, "crores": 1e7,
}

// currencies maps what stands before an amount to its ISO 4217 code.
var currencies = map[string]string{
	"$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "JPY", "₹": "INR", "inr": "INR",
	"rs": "PKR", "pkr": "PKR", "rmb": "CNY", "cny": "CNY", "a$": "AUD", "c$": "CAD", "₽": "RUB", "₩": "KRW", "₪": "ILS", "chf": "CHF", "sar": "SAR", "aed": "AED",
}

// currencyWords maps what stands after an amount.
var currencyWords = map[string]string{
	"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "rupee": "PKR", "rupees": "PKR", "yuan": "CNY", "renminbi": "CNY",
	"rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB", "yen": "JPY", "riyals": "SAR", "dirhams": "AED", "shekels": "ILS", "won": "KRW",
	"usd": "USD", "eur": "EUR", "pkr": "PKR", "cents": "US cent", "francs": "CHF", "liras": "TRY", "lira": "TRY", "rials": "IRR",
}

// measures maps units of time, length, weight, volume, power and data to their
// name in the singular. A number with one of them measures something; what it
// measures is looked for elsewhere.
var measures = map[string]string{
	"second": "second", "minute": "minute", "hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "century": "century", "centuries": "century", "fortnight": "fortnight",
	"mile": "mile", "kilometre": "km", "kilometer": "km", "km": "km", "metre": "metre", "meter": "metre", "foot": "foot", "feet": "foot", "inch": "inch", "yard": "yard", "hectare": "hectare", "acre": "acre",
	"tonne": "tonne", "ton": "ton", "kilogram": "kg", "kilo": "kg", "kg": "kg", "gram": "gram", "pound": "pound", "ounce": "ounce",
	"barrel": "barrel", "litre": "litre", "liter": "litre", "gallon": "gallon",
	"megawatt": "MW", "mw": "MW", "gigawatt": "GW", "gw": "GW", "kilowatt": "kW", "degree": "degree", "knot": "knot", "kiloton": "kiloton", "megaton": "megaton", "bpd": "barrel per day",
}

// counted are the nouns besides the measures that a hyphen may tie to a number
// which still says how many: "a 20-point plan", unlike "two-way" or "four-star".
var counted = map[string]bool{
	"point": true, "member": true, "page": true, "nation": true, "country": true, "seat": true, "person": true, "man": true, "judge": true, "vehicle": true, "ship": true,
}

// timeUnits are the measures that tell a duration.
var timeUnits = map[string]bool{
	"second": true, "minute": true, "hour": true, "day": true, "week": true, "month": true, "year": true, "decade": true, "century": true, "fortnight": true,
}

func measureOf(lower string) string {
	if u, ok := measures[lower]; ok {
		return u
	}
	if s, ok := strings.CutSuffix(lower, "s"); ok {
		return measures[s]
	}
	return ""
}

// words cuts text[start:end] into runs of letters, numbers and signs. A number
// that is part of a name, a date or a code ("F-16", "9/11", "20th", "G20") is
// cut out as one word of kind other.
func words(text string, start, end int) []word {
	out := make([]word, 0, (end-start)/4)
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(text[i:end])
		switch {
		case unicode.IsSpace(r):
			i += size
		case r >= '0' && r <= '9':
			j := scanNumber(text, i, end)
			out = append(out, numberWord(text, i, j))
			i = j
		case unicode.IsLetter(r):
			j := i
			for j < end {
				c, n := utf8.DecodeRuneInString(text[j:end])
				if !unicode.IsLetter(c) && !unicode.IsMark(c) {
					break
				}
				j += n
			}
			// "US$", "A$": letters that end in a currency sign are one word.
			if j < end && text[j] == '$' && j-i <= 2 {
				j++
			}
			// Letters that run into digits are a code: "G20", "F16". So are
			// capitals tied to digits by a hyphen: "F-16", "COVID-19".
			k := j
			if k < end && (text[k] == '-' || strings.HasPrefix(text[k:end], "‑")) && k+1 < end && text[k+1] >= '0' && text[k+1] <= '9' && unicode.IsUpper(lastRune(text[i:j])) {
				k++
			}
			if k < end && text[k] >= '0' && text[k] <= '9' && !isCurrencyWord(text[i:j]) {
				for k < end {
					c, n := utf8.DecodeRuneInString(text[k:end])
					if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '-' {
						break
					}
					k += n
				}
				out = append(out, word{start: i, end: k, text: text[i:k], lower: strings.ToLower(text[i:k])})
				i = k
				break
			}
			out = append(out, letters(text, i, j))
			i = j
		default:
			w := word{start: i, end: i + size, text: text[i : i+size], lower: text[i : i+size], kind: symbol}
			if u, ok := currencies[w.lower]; ok {
				w.kind, w.unit = currency, u
			} else if r == '%' {
				w.kind, w.unit = percent, "percent"
			}
			out = append(out, w)
			i += size
		}
	}
	return out
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func isCurrencyWord(s string) bool {
	_, ok := currencies[strings.ToLower(s)]
	return ok
}

// scanNumber gives the end of the run that starts with a digit at i: digits,
// the separators inside them, and letters stuck to them.
func scanNumber(text string, i, end int) int {
	j := i
	for j < end {
		c := text[j]
		if c >= '0' && c <= '9' {
			j++
			continue
		}
		if (c == ',' || c == '.' || c == ':' || c == '/') && j+1 < end && text[j+1] >= '0' && text[j+1] <= '9' && j > i {
			j++
			continue
		}
		break
	}
	// Letters right behind are a suffix: "20th", "5m", "1990s", "5G".
	k := j
	for k < end {
		r, n := utf8.DecodeRuneInString(text[k:end])
		if !unicode.IsLetter(r) {
			break
		}
		k += n
	}
	return k
}

// numberWord reads the run text[i:j] that starts with a digit.
func numberWord(text string, i, j int) word {
	w := word{start: i, end: j, text: text[i:j], lower: strings.ToLower(text[i:j])}
	cut := j
	for cut > i && (text[cut-1] < '0' || text[cut-1] > '9') {
		cut--
	}
	number, suffix := text[i:cut], strings.ToLower(text[cut:j])
	v, ok := parseDigits(number)
	if !ok {
		return w
	}
	switch {
	case suffix == "":
		w.kind, w.value = digits, v
	case len(suffix) <= 2 && scaleWords[suffix] > 0 && !(suffix == "b"):
		w.kind, w.value = digits, v*scaleWords[suffix]
	case suffix == "pc":
		w.kind, w.value, w.unit = digits, v, "percent"
	case suffix != "s" && measures[suffix] != "":
		w.kind, w.value, w.unit = digits, v, measures[suffix]
	}
	return w
}

// parseDigits reads "5000", "5,000", "2.5", and the Indian grouping "5,00,000".
// It refuses dates, ratios and times of day.
func parseDigits(s string) (float64, bool) {
	if strings.ContainsAny(s, ":/") || strings.Count(s, ".") > 1 || len(s) > 20 {
		return 0, false
	}
	whole, _, _ := strings.Cut(s, ".")
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		if len(groups[0]) > 3 || len(groups[len(groups)-1]) != 3 {
			return 0, false
		}
		for _, g := range groups[1 : len(groups)-1] {
			if len(g) != 2 && len(g) != 3 {
				return 0, false
			}
		}
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return v, err == nil
}

// letters classifies a run of letters.
func letters(text string, i, j int) word {
	w := word{start: i, end: j, text: text[i:j], lower: strings.ToLower(text[i:j])}
	l := w.lower
	if v, ok := unitWords[l]; ok {
		w.kind, w.value = unitWord, v
	} else if v, ok := tensWords[l]; ok {
		w.kind, w.value = tensWord, v
	} else if v, ok := scaleWords[l]; ok && len(l) > 2 {
		w.kind, w.value = scaleWord, v
	} else if v, ok := fractions[l]; ok {
		w.kind, w.value = fraction, v
	} else if v, ok := crowds[l]; ok {
		w.kind, w.value = crowd, v
	} else if l == "percent" || l == "pc" {
		w.kind, w.unit = percent, "percent"
	} else if u, ok := currencyWords[l]; ok {
		w.kind, w.unit = currencyWord, u
	} else if u := measureOf(l); u != "" {
		w.kind, w.unit = measure, u
	}
	if u, ok := currencies[l]; ok && w.kind == other {
		w.kind, w.unit = currency, u
	} else if ok && w.kind == currencyWord {
		w.kind, w.unit = currency, u // "USD" stands on either side
	}
	return w
}
