package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery"
)

// metadata is what a line beside the body says of the article.
type metadata struct {
	byline, source string
	name           string // may be a byline: a person's name alone, with nothing that says so
	date           chancery.Date
	updated        bool // the date is of a later change
	avatar         bool // the byline stands in a picture's description
}

func (m metadata) any() bool { return m.byline != "" || m.source != "" || !m.date.IsZero() }

var (
	segmentBreak = regexp.MustCompile(`\s*[|•·●∙‧]\s*|\s+(?:--?|[–—])\s+|\s*/\s+`)
	bylineHead   = regexp.MustCompile(`(?i)^[—–-]*\s*(?:by|written by|reported by|story by|posted by|published by|words by|text by|author|authors|byline|reporter|writer)(?:\s*:\s*|\s+)(.+)$`)
	sourceHead   = regexp.MustCompile(`(?i)^\(?(?:source|publication|publisher|outlet|newspaper|(?:this (?:article|story|report|piece) )?(?:was )?(?:originally |first )?(?:published|appeared|posted) (?:in|by|on|at)|from|courtesy(?: of)?|via)(?:\s*:\s*|\s+)(?:the website of )?(.+)$`)
	sourceTail   = regexp.MustCompile(`(?i)^(.+?),? (?:for|in|of|at|from) (?:the )?([A-Z].+)$`)
	copyright    = regexp.MustCompile(`(?i)^(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?((?:19|20)\d\d)?(?:\s*[-–]\s*(?:19|20)\d\d)?,?\s*(?:by )?([^.|]+)`)
	dateHead     = regexp.MustCompile(`(?i)\b(?:published|publish date|publication date|updated|last updated|last modified|modified|posted|first published|created|date|dated|issued|released|on|at|in|of|time)\b\s*:?|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?`)
	clock        = regexp.MustCompile(`(?i)(?:[T,]|\bat\b)?\s*\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?(?:\s*(?:\(?(?:gmt|utc|est|edt|et|pst|pdt|pkt|ist|bst|cet|cest|local time)\)?|Z|[+-]\d\d:?\d\d))*|\b\d{1,2}\s*[ap]\.?m\.?\b(?:\s*(?:gmt|utc|est|edt|et|pkt|ist|bst))?`)
	updatedWord  = regexp.MustCompile(`(?i)\b(?:updated|modified)\b`)
	avatarTail   = regexp.MustCompile(`(?i)^(?:(?:avatar|profile (?:photo|picture|image)|headshot|picture|photo) (?:of|for) )?(.+?)(?:['’]s)?\s+(?:avatar|profile (?:photo|picture|image|pic)|headshot|author photo|gravatar)$|^(?:avatar|profile (?:photo|picture|image)|headshot|gravatar) (?:of|for) (.+)$`)
	placeTail    = regexp.MustCompile(`(?:,? in [A-Z][\pL]+(?:(?: and|,) [A-Z][\pL]+)*| [A-Z][A-Z]+)$`)
	roleTail     = regexp.MustCompile(`(?i),\s*[^,]*\b(?:editor|correspondent|writer|reporter|analyst|chief|columnist|contributor|fellow|staff|producer|professor|researcher|director|bureau)\b.*$`)
	particles    = set("and & de la le van von der den bin ibn al el ul ur of di da du ben abu y e")
	dateTail     = regexp.MustCompile(`(?i)[\s,]*\b(?:on|at|in|published|updated|posted)\b\s*:?[\s,]*$`)
	neutral      = regexp.MustCompile(`(?i)^(?:by|published|updated|posted|\d+ (?:hours?|days?|minutes?|weeks?) ago|photo|\d+ words)$`)
	siteName     = regexp.MustCompile(`^[a-z0-9-]+(?:\.[a-z]{2,6}){1,2}$`)
	dateline     = regexp.MustCompile(`^\p{Lu}[\p{Lu} .'’/,-]{2,50}?(?:,\s*([^()—–]{3,30}?))?\s*\(([^()]{2,40})\)\s*(?:--?|[—–:])`)
)

// readMetadata reads a line of byline, source or date, or of several of them.
// false when some part of the line is none of these.
func readMetadata(l *line) (metadata, bool) {
	var m metadata
	if l.words > 30 || len(l.text) > 220 || l.tag {
		return m, false
	}
	if c := copyright.FindStringSubmatch(l.text); c != nil {
		if s := tidy(c[2]); isPublisher(s) {
			m.source = s
		}
		return m, m.any()
	}
	for segment := range splitSeq(segmentBreak, l.text) {
		if !m.segment(segment, 0) {
			return metadata{}, false
		}
	}
	return m, m.any() || m.name != ""
}

func splitSeq(re *regexp.Regexp, s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, part := range re.Split(s, -1) {
			if part = strings.Trim(part, " ,;"); part != "" && !yield(part) {
				return
			}
		}
	}
}

// segment reads one part of a metadata line; false when it is none.
func (m *metadata) segment(s string, depth int) bool {
	if depth > 3 {
		return false
	}
	s = strings.Trim(s, " ,;:()[]")
	if s == "" || isControl(tokensOf(strings.ToLower(s)), len(strings.Fields(s)), false) && !strings.HasPrefix(strings.ToLower(s), "by ") {
		return true
	}
	if d, start, end := findDate(s); start >= 0 {
		before, after := s[:start], s[end:]
		updated := updatedWord.MatchString(before)
		if m.date.IsZero() || m.updated && !updated {
			m.date, m.updated = d, updated
		}
		rest := before + " , " + clock.ReplaceAllString(after, " ")
		if h := sourceHead.FindStringSubmatch(rest); h == nil && bylineHead.FindStringSubmatch(strings.TrimSpace(before)) == nil {
			rest = dateHead.ReplaceAllString(clock.ReplaceAllString(rest, " "), " ")
		} else {
			rest = dateTail.ReplaceAllString(strings.Trim(rest, " ,"), "")
		}
		for part := range strings.SplitSeq(rest, " , ") {
			if !m.segment(part, depth+1) {
				return false
			}
		}
		return true
	}
	if h := bylineHead.FindStringSubmatch(s); h != nil {
		who := h[1]
		if t := sourceTail.FindStringSubmatch(who); t != nil && isPublisher(t[2]) {
			who = t[1]
			m.source = first(m.source, tidy(t[2]))
		}
		who = roleTail.ReplaceAllString(placeTail.ReplaceAllString(who, ""), "")
		if who = strings.Trim(who, " ,;"); isName(who) || deskWords.MatchString(who) {
			m.byline = first(m.byline, who)
			return true
		}
		return false
	}
	if h := sourceHead.FindStringSubmatch(s); h != nil {
		who := strings.Trim(strings.TrimSuffix(strings.TrimSpace(h[1]), "."), " ,;\"“”")
		if isPublisher(who) || isCapitalised(who) && strings.Contains(s, ":") {
			m.source = first(m.source, who)
			return true
		}
		return false
	}
	if a := avatarTail.FindStringSubmatch(s); a != nil {
		if who := tidy(first(a[1], a[2])); isName(who) {
			m.byline, m.avatar = first(m.byline, who), true
			return true
		}
	}
	lower := strings.ToLower(s)
	switch {
	case deskWords.MatchString(s):
		m.byline = first(m.byline, s)
	case isPublisher(s):
		m.source = first(m.source, s)
	case isSection(lower):
	case neutral.MatchString(s):
	case isName(s) && len(strings.Fields(s)) >= 2 && len(strings.Fields(s)) <= 4:
		m.name = first(m.name, s)
	default:
		return false
	}
	return true
}

// isName reports whether every word could be part of a name, with at most a
// handful of people.
func isName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 12 || strings.ContainsAny(s, "!?:;\"“”@") {
		return false
	}
	capital := 0
	for _, w := range words {
		w = strings.Trim(w, ",.()")
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r):
			capital++
		case particles[strings.ToLower(w)]:
		case strings.Contains(w, "-") && unicode.IsLower(r): // al-Rashid
			capital++
		default:
			return false
		}
		if strings.ContainsAny(w, "0123456789") {
			return false
		}
	}
	lower := strings.ToLower(s)
	return capital > 0 && (capital <= 4 || strings.Contains(lower, " and ") || strings.Contains(s, ",")) && !isSection(lower)
}

func isCapitalised(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !particles[w] && w != "the" && !strings.Contains(w, ".") {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 8
}

// isPublisher reports whether a short capitalised phrase has a publisher's word
// in it, or is the address of a site.
func isPublisher(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 6 || !isCapitalised(s) || strings.ContainsAny(s, "?!;“”\"") {
		return false
	}
	for i, w := range words {
		w = strings.ToLower(strings.Trim(w, ".,()"))
		switch {
		case publisherWords[w] && (len(words) > 1 || w == "dawn" || len(w) <= 5 && w == strings.ToLower(w) && strings.ToUpper(words[i]) == words[i] || w == "reuters" || w == "bloomberg"):
			return true
		case len(words) == 1 && strings.Contains(w, ".") && siteName.MatchString(w):
			return true
		}
	}
	return false
}

func isSection(lower string) bool {
	n := 0
	for w := range strings.FieldsSeq(lower) {
		if !sectionWords[strings.Trim(w, ",.&-")] && strings.Trim(w, ",.&-") != "" {
			return false
		}
		n++
	}
	return n > 0
}
