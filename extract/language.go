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
// Trigrams (whatlanggo, 84 languages, no data files, some 20 µs a kB) decide,
// but not against the plain evidence of English function words: short texts
// full of foreign names are otherwise taken for Tagalog or Somali. lingua-go
// is surer on single words, which no article is, and costs 120 MB of program.
func Language(text string) string {
	if len(text) > languageSample {
		text = strings.ToValidUTF8(text[:languageSample], "")
	}
	words, functional := 0, 0
	for w := range strings.FieldsSeq(text) {
		w = strings.ToLower(strings.Trim(w, ".,;:!?\"'()[]“”‘’—–-"))
		if w == "" {
			continue
		}
		words++
		if englishFunction[w] {
			functional++
		}
	}
	english := words >= 4 && functional*5 >= words // English prose has 30 to 50 in 100, other languages under 10
	info := whatlanggo.Detect(text)
	switch {
	case english:
		return "en"
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

var englishFunction = set("the of and to in a that is was for on with as by at from it be are were has have had its his her their this which would will not an but who after between or they he she said been into than more about")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
