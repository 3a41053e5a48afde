package voice

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
)

// Speech is a stretch of direct speech: words between quotation marks that the
// article gives to someone.
type Speech struct {
	Text     english.Span    // without the quotation marks
	Marks    english.Span    // with them
	Sentence int             // index of the sentence that holds its first word
	Partial  bool            // a fragment inside a sentence of the writer's
	Speaker  chancery.Party  // the zero Party when nobody is named
	Frame    english.Span    // the words that name the speaker: "said", a tag line's name; may be zero
	Prose    *chancery.Party // who the prose before names, where a tag line names another
	Tagged   bool            // the speaker stands in a tag line
}

func speeches(doc *english.Doc, v *Voices) []Speech {
	var found []Speech
	for _, q := range v.pairs {
		sp := Speech{Text: q.inner, Marks: q.outer, Sentence: sentenceAt(doc, q.inner.Start)}
		if sp.Sentence < 0 {
			continue
		}
		var before *Speech
		if len(found) > 0 {
			before = &found[len(found)-1]
		}
		if v.judge(&sp, before) {
			found = append(found, sp)
		}
	}
	return found
}

// sentenceAt gives the index of the sentence that holds a byte, or of the first
// one after it; -1 when the text ends before.
func sentenceAt(doc *english.Doc, offset int) int {
	lo, hi := 0, len(doc.Sentences)
	for lo < hi {
		m := (lo + hi) / 2
		if doc.Sentences[m].End <= offset {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == len(doc.Sentences) {
		return -1
	}
	return lo
}

// judge fills in the speaker and decides whether the quoted words are speech.
func (v *Voices) judge(sp *Speech, before *Speech) bool {
	text := sp.Text.Of(v.doc.Text)
	words := strings.Fields(text)
	finite := v.isFinite(sp)
	upper := startsSentence(text)
	stop := strings.ContainsRune(".!?…,", lastRune(text))
	alone := v.standsAlone(sp)

	tag, tagged := v.tagLine(sp)
	frame, framed := v.frame(sp)
	if tagged {
		sp.Speaker, sp.Frame, sp.Tagged = tag.party, tag.span, true
		// Only a frame that leads up to the quotation ("He stated,") speaks of
		// it; one in the running text may belong to other words.
		if lead, ok := v.leadIn(sp); ok && lead.party.Name != "" && !samePerson(lead.party, tag.party) {
			p := lead.party
			sp.Prose = &p
		}
	} else if framed {
		sp.Speaker, sp.Frame = frame.party, frame.span
	} else if lead, ok := v.leadIn(sp); ok {
		sp.Speaker, sp.Frame, framed = lead.party, lead.span, true
	}
	split := before != nil && before.Marks.End <= sp.Marks.Start && before.Sentence == sp.Sentence && frame.between(before, sp)
	sp.Partial = !alone && !(upper && (finite || stop)) && !(split && finite)

	switch {
	case tagged:
		return true
	case isTitle(words, v.doc.Text[:sp.Marks.Start], finite && stop):
		return false
	case finite && len(words) >= 3 && (framed || alone || upper && stop && len(words) >= 5):
		if !framed {
			v.inherit(sp, before)
		}
		return true
	case framed && frame.calls:
		return len(words) >= 2
	case framed && !frame.calls:
		// A fragment that the writer works into a sentence of reported speech.
		return len(words) >= 3 || stop && upper && len(words) >= 1 || len(words) == 2 && frame.near
	case alone && len(words) >= 3 && upper && stop:
		v.inherit(sp, before)
		return true
	}
	return false
}

// inherit gives speech that nobody is named for to whoever spoke just before,
// in the same or the paragraph before, with nothing but frames between.
func (v *Voices) inherit(sp *Speech, before *Speech) {
	if before == nil || before.Speaker.Name == "" && before.Speaker.Code == "" {
		v.speakerOfSentenceBefore(sp)
		return
	}
	gap := v.doc.Text[before.Marks.End:sp.Marks.Start]
	if strings.Count(strings.TrimSpace(gap), "\n") == 0 && len(gap) < 200 {
		sp.Speaker = before.Speaker
		return
	}
	v.speakerOfSentenceBefore(sp)
}

// speakerOfSentenceBefore looks for the saying in the sentence that ends just
// before the quotation: "He was blunt about it. “…”"
func (v *Voices) speakerOfSentenceBefore(sp *Speech) {
	i := sp.Sentence - 1
	if s := &v.doc.Sentences[sp.Sentence]; i < 0 || s.Start < sp.Marks.Start-2 {
		return
	}
	s := &v.doc.Sentences[i]
	r := s.Root()
	if r < 0 {
		return
	}
	if sub := clause.Subject(s, r); sub >= 0 {
		if p, ok := v.cast.Party(i, sub); ok && !isState(p.Code) {
			sp.Speaker = p
			sp.Frame = clause.Span(s, sub, sub)
		}
	}
}

// framing is how a stretch of speech is given to someone.
type frameOf struct {
	party chancery.Party
	span  english.Span
	calls bool // "called", "described as": the words are a name for something
	near  bool // the verb stands right beside the marks
	at    int  // byte of the verb
}

// between reports whether the frame stands between two stretches of speech:
// “…,” he said, “…”.
func (f frameOf) between(a, b *Speech) bool {
	return f.at > 0 && a.Marks.End <= f.at && f.at < b.Marks.Start
}

func samePerson(a, b chancery.Party) bool {
	if a.Name == "" || b.Name == "" {
		return a.Code == b.Code
	}
	la, lb := strings.Fields(strings.ToLower(a.Name)), strings.Fields(strings.ToLower(b.Name))
	return la[len(la)-1] == lb[len(lb)-1]
}

// isFinite reports whether the quoted words hold a finite clause or an
// imperative that is a sentence.
func (v *Voices) isFinite(sp *Speech) bool {
	for i := sp.Sentence; i < len(v.doc.Sentences) && v.doc.Sentences[i].Start < sp.Text.End; i++ {
		s := &v.doc.Sentences[i]
		for j := range s.Tokens {
			t := &s.Tokens[j]
			if t.Start < sp.Text.Start || t.End > sp.Text.End {
				continue
			}
			switch t.XPOS {
			case "VBD", "VBZ", "VBP", "MD":
				return true
			case "VB":
				if t.Start == sp.Text.Start {
					return true
				}
			}
		}
	}
	return false
}

func startsSentence(text string) bool {
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			return unicode.IsUpper(r)
		case unicode.IsDigit(r):
			return true
		case r == '…' || r == '.':
			return false
		}
	}
	return false
}

// standsAlone reports whether nothing but the quotation, and at most a tag
// line, stands in its paragraph.
func (v *Voices) standsAlone(sp *Speech) bool {
	t := v.doc.Text
	start := strings.LastIndexByte(t[:sp.Marks.Start], '\n') + 1
	if strings.TrimSpace(t[start:sp.Marks.Start]) != "" {
		return false
	}
	end := len(t)
	if i := strings.IndexByte(t[sp.Marks.End:], '\n'); i >= 0 {
		end = sp.Marks.End + i
	}
	rest := strings.TrimSpace(t[sp.Marks.End:end])
	return rest == "" || rest == "." || dash(rest) > 0
}

// isTitle reports whether quoted words name a work: a noun for a work or a
// naming word before them, or capitals throughout.
func isTitle(words []string, before string, sentence bool) bool {
	last := strings.Fields(tail(before, 60))
	if len(last) > 0 {
		w := strings.Trim(strings.ToLower(last[len(last)-1]), ",:;")
		if works[w] {
			return true
		}
	}
	if sentence || len(words) < 2 {
		return false
	}
	capital := 0
	for _, w := range words {
		r := firstRune(strings.TrimLeft(w, "([‘'"))
		switch {
		case unicode.IsUpper(r) || unicode.IsDigit(r):
			capital++
		case len(w) > 4:
			return false
		}
	}
	return capital*2 > len(words)
}

var works = set(`titled entitled headlined book film movie song novel album slogan motto phrase word term
	nicknamed codenamed code-named so-called dubbed programme program operation named essay poem series`)

func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for len(s) > 0 && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}

// dash gives the length of the dash that opens a tag line, 0 when s does not
// open with one.
func dash(s string) int {
	for _, d := range []string{"–", "—", "―", "--", "-", "~"} {
		if strings.HasPrefix(s, d) {
			return len(d)
		}
	}
	return 0
}

// tagLine reads the speaker named after a dash at the end of the quotation's
// line, or at the start of the next: “…” – Jane Doe, minister.
func (v *Voices) tagLine(sp *Speech) (frameOf, bool) {
	t := v.doc.Text
	i := sp.Marks.End
	for i < len(t) && (t[i] == ' ' || t[i] == '\t' || t[i] == '.') {
		i++
	}
	if rest := strings.TrimLeft(t[i:], " \t\r\n"); i < len(t) && t[i] == '\n' && dash(rest) > 0 && strings.Count(t[i:len(t)-len(rest)], "\n") <= 2 {
		i = len(t) - len(rest)
	}
	n := dash(t[i:])
	if n == 0 {
		return frameOf{}, false
	}
	start := i + n
	end := len(t)
	if k := strings.IndexByte(t[start:], '\n'); k >= 0 {
		end = start + k
	}
	line := trim(t, start, end)
	if line.Start >= line.End {
		return frameOf{}, false
	}
	name := line
	if k := strings.IndexAny(t[line.Start:line.End], ",("); k > 0 {
		name = trim(t, line.Start, line.Start+k)
	}
	words := strings.Fields(name.Of(t))
	if len(words) == 0 || len(words) > 7 || !unicode.IsUpper(firstRune(words[0])) && !unicode.IsUpper(firstRune(words[len(words)-1])) || strings.ContainsAny(name.Of(t), "“”\"?!") {
		return frameOf{}, false
	}
	p := chancery.Party{Name: strings.TrimRight(name.Of(t), ". "), Mention: chancery.ByteRange(name)}
	if s := sentenceAt(v.doc, name.Start); s >= 0 {
		// The head of a name is one of its words; ask for each, the last first.
		toks := v.doc.Sentences[s].Tokens
		for j := len(toks) - 1; j >= 0; j-- {
			if toks[j].Start < name.Start || toks[j].End > name.End {
				continue
			}
			if q, ok := v.cast.Party(s, j); ok && !isState(q.Code) && samePerson(q, p) {
				p.Code, p.Name = q.Code, q.Name
				break
			}
		}
	}
	return frameOf{party: p, span: name}, true
}

// leadIn reads the saying that ends in a colon or a comma just before a
// quotation which opens a sentence or a paragraph of its own: "He stated,".
func (v *Voices) leadIn(sp *Speech) (frameOf, bool) {
	i := sentenceAt(v.doc, sp.Marks.Start)
	if i < 0 {
		return frameOf{}, false
	}
	t := v.doc.Text
	lead := strings.TrimRight(t[:sp.Marks.Start], " \t\r\n")
	if lead == "" || !strings.ContainsRune(",:", lastRune(lead)) {
		return frameOf{}, false
	}
	if v.doc.Sentences[i].Start >= sp.Marks.Start && i > 0 {
		i--
	}
	s := &v.doc.Sentences[i]
	if s.Start >= sp.Marks.Start {
		return frameOf{}, false
	}
	if f, ok := v.nearest(sp, i, func(t *english.Token) bool { return t.End <= sp.Marks.Start }); ok || lastRune(lead) != ':' {
		return f, ok
	}
	// "The minister addressed the guests:" names who speaks by whatever verb.
	r := s.Root()
	sub := clause.Subject(s, r)
	if r < 0 || sub < 0 || clause.IsPassive(s, r) {
		return frameOf{}, false
	}
	if p, ok := v.cast.Party(i, sub); !ok || isState(p.Code) {
		return frameOf{}, false
	}
	first, last := clause.Phrase(s, sub)
	return frameOf{party: v.link(i, sub).Party, span: clause.Span(s, first, last), at: s.Tokens[r].Start}, true
}

// frame finds the verb of saying, outside the marks and in the same sentence,
// that the quotation belongs to.
func (v *Voices) frame(sp *Speech) (frameOf, bool) {
	first := sp.Sentence
	last := sentenceAt(v.doc, sp.Text.End-1)
	if last < 0 {
		last = first
	}
	outside := func(t *english.Token) bool { return t.End <= sp.Marks.Start || t.Start >= sp.Marks.End }
	best, ok := v.nearest(sp, first, outside)
	// What follows the closing mark may be in the sentence of the last word, or
	// be cut off into one of its own: “…!” she said.
	candidates := []int{}
	if last != first {
		candidates = append(candidates, last)
	}
	if n := last + 1; n < len(v.doc.Sentences) && follows(v.doc.Text, sp.Marks.End, v.doc.Sentences[n].Start) {
		candidates = append(candidates, n)
	}
	for _, c := range candidates {
		if f, found := v.nearest(sp, c, outside); found && (!ok || f.near && !best.near) {
			best, ok = f, true
		}
	}
	if !ok {
		best, ok = v.namedBefore(sp)
	}
	return best, ok
}

// follows reports whether a sentence that starts at next goes on right after a
// closing mark, in lower case or with a verb: the splitter cut too much.
func follows(text string, end, next int) bool {
	if next < end || strings.TrimSpace(text[end:next]) != "" || strings.Contains(text[end:next], "\n") {
		return false
	}
	line := text[next:min(len(text), next+60)]
	for i, w := range strings.Fields(line) {
		if i > 4 {
			break
		}
		if says[strings.Trim(strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(w), "d"), "e"), ",.")] || saidForm(w) {
			return true
		}
	}
	return unicode.IsLower(firstRune(line))
}

func saidForm(w string) bool {
	switch strings.Trim(strings.ToLower(w), ",.:") {
	case "said", "says", "told", "wrote", "added", "stated":
		return true
	}
	return false
}

// nearest gives the verb of saying nearest to the marks among the tokens of
// sentence i that allowed accepts, with its subject.
func (v *Voices) nearest(sp *Speech, i int, allowed func(*english.Token) bool) (frameOf, bool) {
	s := &v.doc.Sentences[i]
	best, bestDistance := frameOf{}, 1<<30
	ok := false
	for j := range s.Tokens {
		t := &s.Tokens[j]
		if !allowed(t) || v.insideOther(sp, t) {
			continue
		}
		lemma := clause.Lemma(s, j)
		calls := calling[lemma]
		isVerb := t.UPOS == "VERB" && (says[lemma] || calls || lemma == "thank" || lemma == "praise")
		if !isVerb || calls && clause.Is(s, j, "acl") && t.XPOS == "VBN" {
			continue // "a campaign called “…”" is a name
		}
		distance := 0
		if t.End <= sp.Marks.Start {
			distance = strings.Count(v.doc.Text[t.End:sp.Marks.Start], " ")
		} else {
			distance = strings.Count(v.doc.Text[sp.Marks.End:t.Start], " ")
		}
		// A verb after the marks must stand beside them; one before may be
		// parted from them by whom it is said to and what about.
		if t.Start >= sp.Marks.End && distance > 12 || distance > 20 || distance >= bestDistance {
			continue
		}
		// "said … because the “deep state” …" is not speech, a bare noun phrase
		// under a verb of saying may be; the caller weighs its length.
		sub := clause.Subject(s, j)
		if clause.IsPassive(s, j) {
			sub = byPhrase(s, j)
		}
		if sub >= 0 && (!allowed(&s.Tokens[sub]) || v.insideOther(sp, &s.Tokens[sub])) {
			sub = -1
		}
		if sub < 0 {
			sub = v.surfaceSubject(s, j, sp)
		}
		if sub < 0 || clause.Is(s, sub, "expl") {
			continue
		}
		a := v.link(i, sub)
		best = frameOf{party: a.Party, span: clause.Span(s, j, j), calls: calls && !says[lemma] || lemma == "call" || lemma == "describe", near: distance <= 4, at: t.Start}
		bestDistance, ok = distance, true
	}
	return best, ok
}

// insideOther reports whether a token stands in another pair of marks than
// sp's; its verbs are somebody else's words.
func (v *Voices) insideOther(sp *Speech, t *english.Token) bool {
	for _, q := range v.pairs {
		if q.outer != sp.Marks && q.outer.Start <= t.Start && t.End <= q.outer.End {
			return true
		}
	}
	return false
}

// surfaceSubject finds the subject of a verb of saying by its place, where the
// tree has none: "said the minister", "the minister said".
func (v *Voices) surfaceSubject(s *english.Sentence, verb int, sp *Speech) int {
	noun := func(k int) bool {
		u := s.Tokens[k].UPOS
		return (u == "PROPN" || u == "NOUN" || u == "PRON") && (s.Tokens[k].End <= sp.Marks.Start || s.Tokens[k].Start >= sp.Marks.End)
	}
	head := func(k int) int {
		for h := s.Tokens[k].Head; h >= 0 && noun(h) && (s.Tokens[k].Rel == "compound" || s.Tokens[k].Rel == "flat" || s.Tokens[k].Rel == "nmod:poss" || s.Tokens[k].Rel == "nmod:desc"); h = s.Tokens[k].Head {
			k = h
		}
		return k
	}
	if verb > 0 && noun(verb-1) {
		return head(verb - 1)
	}
	if s.Tokens[verb].XPOS != "VBD" && s.Tokens[verb].XPOS != "VBZ" {
		return -1
	}
	for k := verb + 1; k < len(s.Tokens) && k <= verb+8; k++ {
		if noun(k) {
			return head(k)
		}
		if u := s.Tokens[k].UPOS; u != "DET" && u != "ADJ" {
			break
		}
	}
	return -1
}

// namedBefore reads the speaker of a quotation without a verb: "Jane Doe: “…”",
// "according to Jane Doe, “…”", "in Doe’s words".
func (v *Voices) namedBefore(sp *Speech) (frameOf, bool) {
	s := &v.doc.Sentences[sp.Sentence]
	for j := range s.Tokens {
		t := &s.Tokens[j]
		if t.End > sp.Marks.Start && t.Start < sp.Marks.End {
			continue
		}
		if clause.Is(s, j, "obl", "nmod", "parataxis") && isAccording(clause.Case(s, j)) {
			a := v.link(sp.Sentence, j)
			return frameOf{party: a.Party, span: clause.Span(s, j, j), at: t.Start}, true
		}
		if l := clause.Lemma(s, j); (l == "word" || l == "phrase") && s.Tokens[j].UPOS == "NOUN" {
			if p := s.Child(j, "nmod:poss"); p >= 0 {
				a := v.link(sp.Sentence, p)
				return frameOf{party: a.Party, span: clause.Span(s, p, p), at: t.Start, calls: true}, true
			}
		}
	}
	lead := strings.TrimRight(v.doc.Text[:sp.Marks.Start], " \t")
	if strings.HasSuffix(lead, ":") {
		for i := sp.Sentence; i >= 0 && i >= sp.Sentence-1; i-- {
			s := &v.doc.Sentences[i]
			for j := len(s.Tokens) - 1; j >= 0; j-- {
				t := &s.Tokens[j]
				if t.End > sp.Marks.Start || t.UPOS != "PROPN" {
					continue
				}
				if strings.TrimSpace(v.doc.Text[t.End:sp.Marks.Start]) != ":" {
					break
				}
				k := j
				for h := s.Tokens[k].Head; h >= 0 && s.Tokens[h].UPOS == "PROPN" && (s.Tokens[k].Rel == "flat" || s.Tokens[k].Rel == "compound"); h = s.Tokens[k].Head {
					k = h
				}
				a := v.link(i, k)
				return frameOf{party: a.Party, span: clause.Span(s, j, j), at: t.Start}, true
			}
		}
	}
	return frameOf{}, false
}
