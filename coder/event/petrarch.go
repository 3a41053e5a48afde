package event

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
)

var (
	blockHead   = regexp.MustCompile(`^---.*?\[([^\]]*)\]`)
	patternLine = regexp.MustCompile(`^- (.*?)\s*\[([^\]]*)\]`)
	verbLine    = regexp.MustCompile(`^\+?([A-Z][A-Z_'-]*)\s*(?:\{[^}]*\})?\s*(?:\[([^\]]*)\])?`)
	remarkWord  = regexp.MustCompile(`#\s*([A-Z_]+)`)
)

// ReadVerbs reads PETRARCH's verb dictionary (Open Event Data Alliance, MIT)
// into labelled sentences, one per verb with a code and one per pattern: "S
// impose sanctions T". Codes of the roots 01 and 02, which have no type of
// their own in PLOVER, and null codes are left out.
func ReadVerbs(r io.Reader, weight float64) ([]Labelled, error) {
	codes, err := Codes()
	if err != nil {
		return nil, err
	}
	known := make(map[string]Code, len(codes))
	for _, c := range codes {
		known[c.CAMEO] = c
	}
	// A root (17) is learned as its general code (170).
	lookup := func(code string) (Code, bool) {
		code, _, _ = strings.Cut(code, ":")
		code = strings.TrimSpace(code)
		for _, try := range []string{code, code[:min(3, len(code))], code[:min(2, len(code))] + "0"} {
			if c, ok := known[try]; ok {
				return c, true
			}
		}
		return Code{}, false
	}
	type verb struct{ word, code string }
	type pattern struct{ text, code, verb string }
	var (
		out      []Labelled
		synonyms = make(map[string]string) // set -> its first member
		set      string
		general  string
		inBlock  bool
		verbs    []verb
		patterns []pattern
	)
	emit := func(code, text string) {
		c, ok := lookup(code)
		if !ok {
			return
		}
		l := Labelled{Type: labelOf(c), CAMEO: c.CAMEO, Weight: weight}
		words := " " + text + " "
		if !strings.Contains(words, " S ") {
			words = " S" + words
		}
		if !strings.Contains(words, " T ") {
			words += "T "
		}
		fill(&l, words, len(out))
		out = append(out, l)
	}
	flush := func() {
		for _, v := range verbs {
			code := v.code
			if code == "" {
				code = general
			}
			emit(code, v.word)
		}
		for _, p := range patterns {
			word := p.verb
			if word == "" && len(verbs) > 0 {
				word = verbs[0].word
			}
			emit(p.code, written(p.text, word, synonyms))
		}
		verbs, patterns = nil, nil
	}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		line := scanner.Text()
		origin := ""
		if m := remarkWord.FindStringSubmatch(line); m != nil {
			origin = spoken(m[1])
		}
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimRight(line, " \t\r")
		switch {
		case line == "" || line[0] == '~':
		case line[0] == '&':
			set = strings.Trim(line[1:], "_ ")
		case strings.HasPrefix(line, "---"):
			flush()
			inBlock, general = true, ""
			if m := blockHead.FindStringSubmatch(line); m != nil {
				general = m[1]
			}
		case line[0] == '+' && !inBlock:
			if synonyms[set] == "" {
				synonyms[set] = spoken(line[1:])
			}
		case strings.HasPrefix(line, "- "):
			if m := patternLine.FindStringSubmatch(line); m != nil {
				patterns = append(patterns, pattern{m[1], m[2], origin})
			}
		case inBlock:
			if m := verbLine.FindStringSubmatch(line); m != nil {
				verbs = append(verbs, verb{spoken(m[1]), m[2]})
			}
		}
	}
	flush()
	if err := scanner.Err(); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no verbs in PETRARCH's format")
	}
	return out, nil
}

// spoken writes a dictionary word as in a text: SHUT_DOWN is "shut down".
func spoken(w string) string {
	return strings.Trim(strings.ToLower(strings.ReplaceAll(w, "_", " ")), " .")
}

// written turns a pattern into words: * is the verb, $ the source, + the
// target, &NAME a set of synonyms.
func written(pattern, verb string, synonyms map[string]string) string {
	var out []string
	for _, w := range strings.Fields(strings.NewReplacer("{", "", "}", "", "(", "", ")", "").Replace(pattern)) {
		switch {
		case w == "*":
			w = verb
		case w == "+":
			w = "T"
		case w == "$":
			w = "S"
		case w == "%" || w == "^":
			continue
		case w[0] == '&':
			w = synonyms[strings.Trim(w[1:], "_")]
		default:
			w = spoken(w)
		}
		if w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}
