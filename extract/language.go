package extract

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// languageSample is how much of a text is looked at, in bytes. Trigrams have
// settled long before.
const languageSample = 6000

// Language tells the language of a text as an ISO 639-1 code ("en"), or ISO
// 639-3 where there is none of two letters, "" when it cannot be told.
//
// English function words decide where they are plain to see: they cost little,
// and short texts full of foreign names are otherwise taken for Tagalog or
// Somali. Trigrams (whatlanggo, 84 languages, no data files, some 300 µs a kB)
// decide the rest. lingua-go
// is surer on single words, which no article is, and costs 120 MB of program.
func Language(text string) string {
	if len(text) > languageSample {
		text = strings.ToValidUTF8(text[:languageSample], "")
	}
	words, functional := 0, 0
	common := map[string]bool{} // those of the commonest that occur
	for w := range strings.FieldsSeq(text) {
		w = strings.ToLower(strings.Trim(w, ".,;:!?\"'()[]“”‘’—–-"))
		if w == "" {
			continue
		}
		words++
		if englishFunction[w] {
			functional++
		}
		if commonest[w] {
			common[w] = true
		}
	}
	// English prose has 30 to 50 function words in 100. Other languages have
	// under 15 that look like one ("in", "a", "was"), and hardly the commonest.
	if words >= 4 && functional*5 >= words && len(common) >= 2 {
		return "en"
	}
	info := whatlanggo.Detect(text)
	switch {
	case info.Lang == -1:
		return ""
	case info.Lang == whatlanggo.Eng && (functional*12 >= words && words > 0):
		return "en"
	case !info.IsReliable() && info.Script == unicode.Latin:
		return ""
	}
	if code := info.Lang.Iso6391(); code != "" {
		return code
	}
	return info.Lang.Iso6393()
}

var commonest = set("the of and to")

var englishFunction = set("the of and to in a that is was for on with as by at from it be are were has have had its his her their this which would will not an but who after between or they he she said been into than more about")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
