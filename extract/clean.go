package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery"
)

// Page is a text with what is not the article cut away.
type Page struct {
	Title     string
	Byline    string
	Source    string
	Published chancery.Date
	Text      string         // the body: a paragraph a line, an empty line between two; "" when no prose was found
	Cuts      []chancery.Cut // in the order of their lines
}

// Clean cuts a text scraped from the web to the article in it. text is as
// decode gives it; any text is accepted. Time is linear in its length.
//
// Each line is judged by its features (length, how it ends, share of capitals,
// words that speak to the reader), by its place (before, among, after the
// paragraphs) and by repetition. See docs/formats.md.
func Clean(text string) Page { return clean(rawLines(text), "") }

// clean is Clean with lines that a format has marked, and a title it states.
func clean(raw []rawLine, title string) Page {
	c := &cleaner{page: Page{Title: tidy(title)}}
	for _, r := range raw {
		c.lines = append(c.lines, newLine(r.text, r.number, r.mark, r.blank))
	}
	if !c.prose() {
		return Page{}
	}
	// The order matters: what repeats is judged while both copies stand, the
	// title before the lines that are told by their place under it.
	c.teasers()
	c.findTitle()
	c.findMetadata()
	c.comments()
	c.related()
	c.controls()
	c.head()
	c.tail()
	c.repeats()
	c.runs()
	return c.assemble()
}

type cleaner struct {
	lines []line
	page  Page
}

func (c *cleaner) cut(i int, why chancery.CutReason) { c.lines[i].cut = why }

// prose makes sure that at least one line is a paragraph; a note of a few short
// sentences has them raised to paragraphs. false for no prose at all.
func (c *cleaner) prose() bool {
	for _, l := range c.lines {
		if l.paragraph {
			return true
		}
	}
	any := false
	for i := range c.lines {
		if l := &c.lines[i]; (l.sentence || l.words >= 15) && !l.control && !l.caption {
			l.paragraph, any = true, true
		}
	}
	return any
}

// body is the index of the first paragraph, the last when by is -1, that is
// not cut, and its place is len(lines) or -1 when all are cut.
func (c *cleaner) body(by int) int {
	i := 0
	if by < 0 {
		i = len(c.lines) - 1
	}
	for ; i >= 0 && i < len(c.lines); i += by {
		if l := &c.lines[i]; l.cut == "" && l.paragraph {
			return i
		}
	}
	return i
}

var cutOff = regexp.MustCompile(`(?i)(?:…|\.\.\.)\s*(?:[\[(]?(?:\.\.\.|…)?[\])]?)?\s*(?:(?:read|continue|show|see|learn|view) (?:more|reading|full (?:story|article))\.?[»›→]?)?\s*[\])]?$`)

// teasers cuts a lead that was printed shortened above the article: a line that
// breaks off, and whose words begin a longer line.
func (c *cleaner) teasers() {
	type teaser struct {
		line int
		key  string // without its last word, which may be cut in two
	}
	byStart := map[string][]teaser{}
	for i, l := range c.lines {
		if l.words < 8 || !breaksOff(l.text) || !cutOff.MatchString(l.text) {
			continue
		}
		k := key(cutOff.ReplaceAllString(l.text, ""))
		k = k[:max(0, strings.LastIndexByte(k, ' '))]
		if start, ok := opening(k + " "); ok && len(byStart[start]) < 4 {
			byStart[start] = append(byStart[start], teaser{i, k})
		}
	}
	if len(byStart) == 0 {
		return
	}
	for j, l := range c.lines {
		start, ok := opening(l.key)
		if !ok {
			continue
		}
		for _, t := range byStart[start] {
			i := t.line
			if i != j && c.lines[i].cut == "" && len(l.key) > len(t.key) && strings.HasPrefix(l.key, t.key) && (i < j || len(l.key) > len(t.key)*3/2) {
				c.cut(i, chancery.CutLead)
				c.lines[i].of = j
			}
		}
	}
}

// breaksOff is a quick look for an ellipsis near the end.
func breaksOff(s string) bool {
	s = s[max(0, len(s)-60):]
	return strings.Contains(s, "…") || strings.Contains(s, "...")
}

// opening is the first five words of a key.
func opening(k string) (string, bool) {
	at := 0
	for range 5 {
		n := strings.IndexByte(k[at:], ' ')
		if n < 0 {
			return "", false
		}
		at += n + 1
	}
	return k[:at], true
}

var onlyLink = regexp.MustCompile(`(?i)^\W*(?:also|read|related|see|watch|must|don)`)

var titleTail = regexp.MustCompile(`^(.{10,}?)\s+(?:[|–—»·]|-)\s+([^|–—»·]{2,40})$`)

// findTitle chooses the title among the lines above the body, and cuts each
// line that prints it.
func (c *cleaner) findTitle() {
	end := min(c.body(1), len(c.lines))
	count := map[string]int{}
	for _, l := range c.lines {
		if l.words >= 2 && l.words <= 40 {
			count[l.key]++
		}
	}
	if c.page.Title == "" {
		best, score := -1, 0
		for i := range c.lines[:end] {
			if s := c.titleScore(i, count); s > score {
				best, score = i, s
			}
		}
		if best >= 0 {
			c.page.Title = c.lines[best].text
			if m := titleTail.FindStringSubmatch(c.page.Title); m != nil && isPublisher(m[2]) {
				c.page.Title, c.page.Source = m[1], m[2]
			}
			c.cut(best, chancery.CutTitle)
		}
	}
	if c.page.Title == "" {
		return
	}
	k := key(c.page.Title)
	for i := range c.lines {
		l := &c.lines[i]
		if l.cut != "" || l.words > 40 {
			continue
		}
		if !strings.HasPrefix(l.key, k) {
			continue
		}
		m := titleTail.FindStringSubmatch(l.text)
		if l.key == k || m != nil && key(m[1]) == k {
			if c.cut(i, chancery.CutTitle); m != nil && isPublisher(m[2]) {
				c.page.Source = first(c.page.Source, m[2])
			}
		}
	}
}

// titleScore is over 0 for a line that may be the title.
func (c *cleaner) titleScore(i int, count map[string]int) int {
	l := &c.lines[i]
	switch {
	case l.cut != "" || l.control || l.caption || l.tag || l.opens && l.mark != heading || l.words < 2 || l.words > 32:
		return 0
	case strings.HasSuffix(l.text, ".") && l.mark != heading, strings.HasSuffix(l.text, ":"), strings.HasSuffix(l.text, ","):
		return 0
	case relatedHead.MatchString(l.text), relatedLink.MatchString(l.text) && onlyLink.MatchString(l.text):
		return 0
	case isSection(l.lower):
		return 0
	}
	if m, ok := readMetadata(l); ok && (m.any() || l.words <= 3 && c.byMetadata(i)) {
		return 0
	}
	score := 1
	if l.words >= 4 {
		score += 2
	}
	if l.words >= 6 {
		score++
	}
	if count[l.key] > 1 {
		score += 3
	}
	if l.mark == heading {
		score += 2
	}
	if j := c.below(i); j >= 0 {
		n := &c.lines[j]
		m, ok := readMetadata(n)
		above := ok && m.any()
		// Of two lines above the byline the first is the title and the second
		// the standfirst; of three and more the first are links.
		if k := c.below(j); !above && k >= 0 && !n.paragraph && n.words >= 6 && !c.headline(i-1) {
			m, ok = readMetadata(&c.lines[k])
			above = ok && m.any()
		} else if above && l.words >= 6 && c.headline(i-1) && !c.headline(i-2) {
			above = false
		}
		switch {
		case n.paragraph:
			score++
		case above:
			score += 2
		}
	}
	return score
}

// headline reports whether a line may be one, by its length and its end.
func (c *cleaner) headline(i int) bool {
	if i < 0 {
		return false
	}
	l := &c.lines[i]
	if l.control || l.caption || l.ends || l.words < 4 || l.words > 32 {
		return false
	}
	m, ok := readMetadata(l)
	return !ok || !m.any()
}

// below is the next line that is no control and no caption, -1 for none.
func (c *cleaner) below(i int) int {
	for i++; i < len(c.lines); i++ {
		if l := &c.lines[i]; l.cut == "" && !l.control && !l.caption {
			return i
		}
	}
	return -1
}

// byMetadata reports whether the line stands next to one of byline, source or
// date.
func (c *cleaner) byMetadata(i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(c.lines) && !c.lines[j].paragraph {
			if m, ok := readMetadata(&c.lines[j]); ok && m.any() {
				return true
			}
			if c.lines[j].lower == "by" {
				return true
			}
		}
	}
	return false
}

// findMetadata reads byline, source and date from the lines around the title,
// among the first paragraphs and below the last one.
func (c *cleaner) findMetadata() {
	paragraphs, top := 0, len(c.lines)
	for i, l := range c.lines {
		if l.paragraph && l.cut == "" {
			if paragraphs++; paragraphs == 3 {
				top = i
				break
			}
		}
	}
	bottom := c.body(-1)
	updated := false
	var weak string
	for i := range c.lines {
		l := &c.lines[i]
		note := i >= bottom && viewsNote.MatchString(l.text)
		if i >= top && i <= bottom && !note || l.caption || l.cut != "" || l.paragraph && !note || l.sentence && l.words > 8 && !note || l.mark == heading {
			continue
		}
		if l.lower == "by" || l.lower == "by:" || l.lower == "written by" || l.lower == "author" {
			c.lone(i)
			continue
		}
		m, ok := readMetadata(l)
		switch {
		case !ok:
			continue
		case !m.any():
			if i < top && l.words <= 4 && c.byMetadata(i) && weak == "" {
				weak = m.name
				c.cut(i, chancery.CutMetadata)
			}
			continue
		}
		if i > bottom && m.byline != "" && !m.avatar && m.date.IsZero() && bylineHead.FindString(l.text) == "" {
			m.byline = "" // "Staff" below the text is a link
		}
		c.cut(i, chancery.CutMetadata)
		if c.page.Byline == "" {
			c.page.Byline = m.byline
		}
		c.page.Source = first(c.page.Source, m.source)
		if weak == "" && i < top {
			weak = m.name
		}
		if !m.date.IsZero() && (c.page.Published.IsZero() || updated && !m.updated) {
			c.page.Published, updated = m.date, m.updated
		}
	}
	c.page.Byline = first(c.page.Byline, weak)
	if i := c.body(1); i < len(c.lines) {
		c.dateline(c.lines[i].text)
	}
}

// lone reads a "By" that stands alone: the name is on the next line, or on the
// one before, beside the picture.
func (c *cleaner) lone(i int) {
	c.cut(i, chancery.CutMetadata)
	for _, j := range []int{i + 1, i - 1} {
		if j < 0 || j >= len(c.lines) || c.page.Byline != "" {
			continue
		}
		l := &c.lines[j]
		if l.cut != "" && l.cut != chancery.CutMetadata || l.paragraph || l.control || l.words > 8 {
			continue
		}
		who := strings.Trim(l.text, " ,")
		if a := avatarTail.FindStringSubmatch(who); a != nil {
			who = tidy(first(a[1], a[2]))
		}
		if isName(who) && len(strings.Fields(who)) <= 6 || deskWords.MatchString(who) {
			c.page.Byline = who
			c.cut(j, chancery.CutMetadata)
		}
	}
}

// dateline reads "ISLAMABAD, June 18, 2025 (Sample Wire) —" before the first
// sentence. It stays in the body.
func (c *cleaner) dateline(s string) {
	m := dateline.FindStringSubmatch(s)
	if m == nil {
		return
	}
	if isPublisher(m[2]) {
		c.page.Source = first(c.page.Source, m[2])
	}
	if d, start, _ := findDate(m[1]); start >= 0 && c.page.Published.IsZero() {
		c.page.Published = d
	}
}

// comments cuts what stands below the article: from the reply form, the
// readers' comments or the author's box to the end of the page.
func (c *cleaner) comments() {
	paragraphs, words := 0, 0
	for i, l := range c.lines {
		if l.cut != "" {
			continue
		}
		if l.paragraph {
			paragraphs++
			words += l.words
		}
		if l.words <= 14 && endOfArticle.MatchString(l.text) && (paragraphs >= 2 || words >= 60) {
			why := chancery.CutComments
			if aboutAuthor.MatchString(l.text) {
				why = chancery.CutAuthor
			}
			for j := i; j < len(c.lines); j++ {
				if c.lines[j].cut == "" {
					c.cut(j, why)
				}
			}
			return
		}
	}
}

// related cuts boxes of links to other articles.
func (c *cleaner) related() {
	for i := 0; i < len(c.lines); i++ {
		l := &c.lines[i]
		if l.cut != "" || l.mark == prose && l.words > 12 {
			continue
		}
		if relatedHead.MatchString(l.text) {
			end := c.relatedEnd(i)
			for j := i; j < end; j++ {
				if c.lines[j].cut == "" {
					c.cut(j, chancery.CutRelated)
				}
			}
		} else if !l.tag && l.words <= 30 && relatedLink.MatchString(l.text) {
			c.cut(i, chancery.CutRelated)
		}
	}
}

// relatedEnd is where the body goes on after the head of a box at i. Teasers of
// other articles are paragraphs each under its own title; the body has, sooner
// or later, a paragraph right under a paragraph.
func (c *cleaner) relatedEnd(i int) int {
	start, paragraphs, double, before := len(c.lines), 0, false, false
	for j := i + 1; j < len(c.lines); j++ {
		l := &c.lines[j]
		if l.cut != "" || l.control {
			continue
		}
		if l.paragraph {
			start = min(start, j)
			paragraphs++
			double = double || before
		}
		before = l.paragraph
	}
	if double || paragraphs == 1 && c.lines[start].words >= 25 || c.body(1) > i {
		return start
	}
	return len(c.lines)
}

// controls cuts the machinery of the page and the captions of its pictures.
func (c *cleaner) controls() {
	for i, l := range c.lines {
		switch {
		case l.cut != "":
		case l.control:
			c.cut(i, chancery.CutControl)
		case l.caption:
			c.cut(i, chancery.CutCaption)
		}
	}
}

// head cuts what stands above the first paragraph and is no part of it: menus,
// sections, names of sites. A standfirst stays.
func (c *cleaner) head() {
	end := min(c.body(1), len(c.lines))
	title := -1
	for i := range c.lines[:end] {
		if c.lines[i].cut == chancery.CutTitle {
			title = i
		}
	}
	// A standfirst may be a paragraph: then byline, pictures and prompts stand
	// under it, and the body begins under them.
	for i := end + 1; end < len(c.lines) && i < len(c.lines) && title >= 0 && c.between(end, i) == 0; i++ {
		if why := c.lines[i].cut; why == chancery.CutMetadata || why == chancery.CutCaption {
			next := i
			for next < len(c.lines) && (c.lines[next].cut != "" || !c.lines[next].paragraph) {
				next++
			}
			if next < len(c.lines) {
				end = next
			}
			break
		}
	}
	had := false // a standfirst: a second one that is no sentence is a picture's description
	for i := range c.lines[:end] {
		l := &c.lines[i]
		standfirst := l.words >= 6 && (l.sentence || l.words >= 8 && l.capital < 0.5 && !had)
		had = had || l.cut == "" && i > title && (standfirst || l.paragraph)
		switch {
		case l.cut != "" || l.tag || i > title && (standfirst || l.paragraph):
		case i > title && l.mark == heading && i+1 == end, i > title && l.opens && l.words > 4:
		case i > title && i+1 == end && title >= 0 && l.words >= 2 && l.blank && !isSection(l.lower) && l.capital > 0.5 && c.otherSubheads(end):
			// the first of the subheads, right above the first paragraph
		default:
			c.cut(i, chancery.CutControl)
		}
	}
}

// otherSubheads reports whether lone short lines head later paragraphs too.
func (c *cleaner) otherSubheads(from int) bool {
	for i := from + 1; i+1 < len(c.lines); i++ {
		if l := &c.lines[i]; l.cut == "" && !l.ends && l.words >= 2 && l.words <= 14 && c.lines[i-1].paragraph && c.lines[i+1].paragraph {
			return true
		}
	}
	return false
}

// tail cuts what stands below the last sentence, and the notes about the
// author and the article that close it.
func (c *cleaner) tail() {
	paragraphs := 0
	for _, l := range c.lines {
		if l.cut == "" && l.paragraph {
			paragraphs++
		}
	}
	notes := map[string]bool{}
	defer func() { // some print the note a second time, among the paragraphs
		for i, l := range c.lines {
			if l.cut == "" && notes[l.key] {
				c.cut(i, chancery.CutAuthor)
			}
		}
	}()
	for i := len(c.lines) - 1; i >= 0; i-- {
		l := &c.lines[i]
		switch {
		case l.cut != "":
		case paragraphs > 1 && c.isNote(l):
			c.cut(i, chancery.CutAuthor)
			notes[l.key] = true
			if l.paragraph {
				paragraphs--
			}
		case l.sentence || l.paragraph || l.tag || l.opens && l.words >= 4:
			return
		default:
			c.cut(i, chancery.CutControl)
		}
	}
}

var authors = regexp.MustCompile(`\s*(?:,|;|&|\band\b)\s*`)

// isNote reports whether a line tells of the author or of how the article came
// about, and not of the world.
func (c *cleaner) isNote(l *line) bool {
	if l.words > 90 || l.tag {
		return false
	}
	text := strings.Trim(l.text, "*_()[]— ")
	if authorIs.MatchString(text) || viewsNote.MatchString(text) || l.words <= 60 && authorContact.MatchString(text) {
		return true
	}
	for _, name := range authors.Split(c.page.Byline, -1) {
		if name != "" && len(text) > len(name) && strings.EqualFold(text[:len(name)], name) && authorJob.MatchString(strings.TrimLeft(text[len(name):], " ,")) {
			return true
		}
	}
	return false
}

// repeats cuts what the page prints a second time: the lead above the body, a
// sentence of the body set large (a pull quote), a line twice in a row. A
// passage that returns further down in the body stays: that is how the
// article was written.
func (c *cleaner) repeats() {
	firstBody := c.body(1)
	seen := map[string]int{}
	last := -1
	for i := range c.lines {
		l := &c.lines[i]
		if l.cut != "" {
			continue
		}
		k := l.key
		j, again := seen[k]
		switch {
		case !again || l.words < 2:
			seen[k] = i
		case j == last:
			c.cut(i, chancery.CutRepeated)
			c.lines[i].of = j
			continue
		case j == firstBody && l.paragraph && c.between(j, i) < 2:
			c.cut(j, chancery.CutLead)
			c.lines[j].of = i
			seen[k] = i
		case !l.paragraph && !l.opens && !l.sentence:
			c.cut(i, chancery.CutRepeated)
			c.lines[i].of = j
			continue
		}
		last = i
	}
	c.pullQuotes()
}

// between counts the paragraphs between two lines.
func (c *cleaner) between(i, j int) int {
	n := 0
	for _, l := range c.lines[i+1 : j] {
		if l.cut == "" && l.paragraph {
			n++
		}
	}
	return n
}

const (
	pullWords   = 5  // fewer words recur by chance
	pullLongest = 60 // more words are a paragraph
)

// innerStop reports whether one sentence ends and another begins within s.
func innerStop(s string) bool {
	for at := 0; ; {
		n := strings.IndexAny(s[at:], ".!?")
		if n < 0 {
			return false
		}
		at += n + 1
		next := strings.TrimLeft(s[at:], "\"”’)")
		if !strings.HasPrefix(next, " ") {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, " \"“‘(")); unicode.IsUpper(r) {
			return true
		}
	}
}

// pullQuotes cuts lines of one sentence that stand word for word within a longer
// line, and a lead of several that does so above the body. Words with their
// speaker's tag stay.
func (c *cleaner) pullQuotes() {
	type needle struct {
		line int
		key  string
	}
	needles := map[string][]needle{}
	start := c.body(1)
	for i, l := range c.lines {
		if l.cut != "" || l.tag || l.opens || l.mark == heading || l.words < pullWords || l.words == pullWords && !l.sentence || l.words > pullLongest || i > start && innerStop(l.text) {
			continue
		}
		k := l.key
		if o, ok := opening(k + " "); ok && len(needles[o]) < 4 {
			needles[o] = append(needles[o], needle{i, k})
		}
	}
	if len(needles) == 0 {
		return
	}
	for j, l := range c.lines {
		if l.cut != "" || l.words < pullWords+4 {
			continue
		}
		k := l.key + " "
		var at []int // where the words begin
		for p := 0; p < len(k); {
			at = append(at, p)
			p += strings.IndexByte(k[p:], ' ') + 1
		}
		at = append(at, len(k))
		for w := 0; w+5 < len(at); w++ {
			for _, n := range needles[k[at[w]:at[w+5]]] {
				if n.line != j && c.lines[n.line].cut == "" && l.words >= c.lines[n.line].words+4 && strings.HasPrefix(k[at[w]:], n.key+" ") {
					why := chancery.CutPullQuote
					if n.line == start && start < j && c.lines[n.line].words >= 20 {
						why = chancery.CutLead
					}
					c.cut(n.line, why)
					c.lines[n.line].of = j
				}
			}
		}
	}
}

// runs cuts three and more short lines in a row among the paragraphs: links, a
// menu, a list of the most read. Items of a list that the text announces stay.
func (c *cleaner) runs() {
	var run []int
	announced := false
	for i := 0; i <= len(c.lines); i++ {
		if i < len(c.lines) {
			l := &c.lines[i]
			if l.cut != "" {
				continue
			}
			if !l.sentence && !l.paragraph && !l.tag && !l.opens && l.mark == plain && !strings.HasSuffix(l.text, ":") && !strings.HasSuffix(l.text, ";") && !strings.HasSuffix(l.text, ",") {
				run = append(run, i)
				continue
			}
		}
		if len(run) >= 3 && !announced {
			for _, j := range run {
				c.cut(j, chancery.CutRelated)
			}
		}
		run = run[:0]
		announced = i < len(c.lines) && strings.HasSuffix(c.lines[i].text, ":")
	}
}

const cutText = 300 // bytes of a cut line that are kept

// assemble joins what is kept.
func (c *cleaner) assemble() Page {
	var b strings.Builder
	at := make([]chancery.ByteRange, len(c.lines))
	for i := range c.lines {
		if l := &c.lines[i]; l.cut == "" {
			if b.Len() > 0 {
				b.WriteString("\n\n")
			}
			at[i].Start = b.Len()
			b.WriteString(l.text)
			at[i].End = b.Len()
		}
	}
	c.page.Text = b.String()
	for i := range c.lines {
		l := &c.lines[i]
		if l.cut == "" {
			continue
		}
		cut := chancery.Cut{Line: l.number, Text: shorten(l.text, cutText), Reason: l.cut}
		if l.of >= 0 {
			cut.Of = at[l.of]
		}
		c.page.Cuts = append(c.page.Cuts, cut)
	}
	slices.SortStableFunc(c.page.Cuts, func(a, b chancery.Cut) int { return cmp.Compare(a.Line, b.Line) })
	return c.page
}

// shorten cuts s to at most n bytes at a character's bound.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
