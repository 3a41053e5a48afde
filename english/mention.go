package english

import (
	"strings"

	"chancery/english/lexicon"
	"chancery/english/linear"
)

// mention is a Mention with what coreference wants to know about it.
type mention struct {
	Mention
	typ      uint8 // one of the types below
	pron     uint32
	number   uint8 // a set of singular, plural
	gender   uint8 // a set of male, female, neuter
	person   uint8 // 1, 2 or 3 for pronouns
	subject  bool
	quoted   int // number of the quotation it stands in, from one; 0 outside
	class    lexicon.Class
	rel      uint32 // hash of the head's relation
	governor uint32 // hash of the lemma that governs the head
	head     uint32 // hash of the head's lower-case lemma
	form     uint32 // hash of all its words but the determiner
	det      uint32 // hash of its determiner
	count    uint8  // 2 in "the two countries" and "both sides"; 0 when not said
	words    []uint32
	proper   []uint32 // those of words that are proper names
	initials string   // of a name of two or more words, in capitals
	acronym  string   // of a name that is one word in capitals
	last     uint32   // hash of the last word of a name
	name     []uint32 // the words of the name alone, titles apart; nil for none
	whole    uint32   // hash of the name alone, the same for "UK" and "Britain"
	country  bool     // it names a state
}

// The types of mention, finer than MentionKind.
const (
	typName uint8 = iota
	typDefinite
	typDemonstrative
	typPossessed // "his brother", "Anna's brother"
	typIndefinite
	typBare
	typPronoun
)

const (
	singular uint8 = 1 << iota
	plural
)

const (
	male uint8 = 1 << iota
	female
	neuter
)

// pronoun is what a personal pronoun says of what it refers to.
type pronoun struct {
	key            string // the nominative, for all cases of one pronoun
	person         uint8
	number, gender uint8
}

var pronouns = pronounForms()

func pronounForms() map[string]pronoun {
	all := map[string]pronoun{}
	for _, p := range []struct {
		forms string
		p     pronoun
	}{
		{"i me my mine myself", pronoun{"i", 1, singular, male | female}},
		{"we us our ours ourselves", pronoun{"we", 1, plural, male | female | neuter}},
		{"you your yours yourself yourselves", pronoun{"you", 2, singular | plural, male | female | neuter}},
		{"he him his himself", pronoun{"he", 3, singular, male}},
		{"she her hers herself", pronoun{"she", 3, singular, female}},
		{"it its itself", pronoun{"it", 3, singular, neuter}},
		{"they them their theirs themselves 'em themself", pronoun{"they", 3, plural | singular, male | female | neuter}},
	} {
		for form := range strings.SplitSeq(p.forms, " ") {
			all[form] = p.p
		}
	}
	return all
}

var genderedNouns = map[string]uint8{
	"man": male, "boy": male, "father": male, "son": male, "brother": male, "husband": male, "king": male, "prince": male,
	"uncle": male, "nephew": male, "grandfather": male, "gentleman": male, "emperor": male, "duke": male, "lord": male, "monk": male,
	"chairman": male, "spokesman": male, "businessman": male, "congressman": male, "statesman": male, "sheikh": male, "emir": male,
	"woman": female, "girl": female, "mother": female, "daughter": female, "sister": female, "wife": female, "queen": female,
	"princess": female, "aunt": female, "niece": female, "grandmother": female, "lady": female, "empress": female, "duchess": female,
	"actress": female, "chairwoman": female, "spokeswoman": female, "businesswoman": female, "congresswoman": female, "nun": female,
	"mr.": male, "mr": male, "sir": male, "mrs.": female, "mrs": female, "ms.": female, "ms": female, "miss": female, "dame": female, "madam": female,
}

// aliases are names of states and bodies that texts use beside the one they
// are given as here.
var aliases = map[string]string{
	"us": "united states", "u.s": "united states", "u.s.": "united states", "usa": "united states", "u.s.a.": "united states",
	"united states": "united states", "united states of america": "united states", "america": "united states",
	"uk": "united kingdom", "u.k.": "united kingdom", "britain": "united kingdom", "great britain": "united kingdom", "united kingdom": "united kingdom",
	"uae": "united arab emirates", "u.a.e.": "united arab emirates", "united arab emirates": "united arab emirates",
	"eu": "european union", "e.u.": "european union", "european union": "european union",
	"un": "united nations", "u.n.": "united nations", "united nations": "united nations",
	"ussr": "soviet union", "soviet union": "soviet union", "drc": "democratic republic of the congo", "dprk": "north korea", "north korea": "north korea", "rok": "south korea", "south korea": "south korea", "prc": "china", "people's republic of china": "china", "china": "china", "holland": "netherlands", "netherlands": "netherlands", "burma": "myanmar", "myanmar": "myanmar", "turkiye": "turkey", "türkiye": "turkey", "turkey": "turkey",
}

// groupSizes are the numbers of things a phrase such as "both sides" may stand for.
var groupSizes = map[string]uint8{"two": 2, "both": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}

// lowerHash is the hash of a lower-case form.
func lowerHash(s string) uint32 {
	h := linear.Hash(9)
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// mentionReader makes the mentions of one document.
type mentionReader struct {
	doc     *Doc
	lexicon *lexicon.Lexicon
	nameAt  [][]int32 // per sentence and token, the name that covers it plus one, or 0
	quotes  [][]int32 // per sentence and token, the number of its quotation, from one
}

func newMentionReader(doc *Doc, lex *lexicon.Lexicon) *mentionReader {
	r := &mentionReader{doc: doc, lexicon: lex}
	n := 0
	for i := range doc.Sentences {
		n += len(doc.Sentences[i].Tokens)
	}
	flat := make([]int32, 2*n)
	for i := range doc.Sentences {
		k := len(doc.Sentences[i].Tokens)
		r.nameAt, flat = append(r.nameAt, flat[:k:k]), flat[k:]
		r.quotes, flat = append(r.quotes, flat[:k:k]), flat[k:]
	}
	for i, name := range doc.Names {
		for t := name.First; t <= name.Last; t++ {
			r.nameAt[name.Sentence][t] = int32(i + 1)
		}
	}
	r.markQuotes()
	return r
}

// markQuotes numbers the quotations. One left open ends with its paragraph.
func (r *mentionReader) markQuotes() {
	open, number := false, int32(0)
	for i := range r.doc.Sentences {
		s := &r.doc.Sentences[i]
		if i > 0 && strings.Contains(r.doc.Text[r.doc.Sentences[i-1].End:s.Start], "\n") {
			open = false
		}
		for t := range s.Tokens {
			switch s.Tokens[t].Form {
			case "“", "``":
				open = true
				number++
			case "”", "''":
				open = false
			case "\"":
				if open = !open; open {
					number++
				}
			default:
				if open {
					r.quotes[i][t] = number
				}
			}
		}
	}
}

// phrase gives the words of a noun phrase under its head without what is
// only loosely attached: relative clauses, appositions, conjuncts, punctuation.
func phrase(s *Sentence, head int) (first, last int) {
	first, last = head, head
	for {
		grown := false
		// The dependents that belong to the phrase are next to it, or next to
		// one another; two passes find nearly all of them.
		for j := last + 1; j < len(s.Tokens); j++ {
			if !inPhrase(s, j, first, last, true) {
				break
			}
			last = j
			grown = true
		}
		for j := first - 1; j >= 0; j-- {
			if !inPhrase(s, j, first, last, false) {
				break
			}
			first = j
			grown = true
		}
		if !grown {
			break
		}
	}
	for last > head && (isPunct(s.Tokens[last].UPOS) || s.Tokens[last].Rel == "case") {
		last--
	}
	// "especially with India": what stands before a preposition of the head, and
	// adverbs of the whole phrase, are not part of it.
	for j := head - 1; j >= first; j-- {
		if t := &s.Tokens[j]; t.Head == head && t.Rel == "case" {
			first = j + 1
		}
	}
	for first < head && s.Tokens[first].Head == head && s.Tokens[first].Rel == "advmod" {
		first++
	}
	for first < head && (isPunct(s.Tokens[first].UPOS) || s.Tokens[first].Rel == "case" || s.Tokens[first].Rel == "cc") {
		first++
	}
	return first, last
}

func isPunct(upos string) bool { return upos == "PUNCT" }

// inPhrase reports whether token j, next to the phrase, belongs to it.
func inPhrase(s *Sentence, j, first, last int, right bool) bool {
	t := &s.Tokens[j]
	h := t.Head
	if isPunct(t.UPOS) && t.Form != "-" && t.Form != "–" {
		// "Meanwhile, the port" ends at its comma, "the large, old port" does not.
		return !right && j > 0 && s.Tokens[j-1].Rel == "amod" && s.Tokens[j-1].Head >= first && s.Tokens[j-1].Head <= last
	}
	if h < first || h > last {
		// A dependent whose head is further out, as in "the very old port":
		// taken if its head is itself on the way to the phrase.
		for k := 0; k < 4 && h >= 0 && (h < first || h > last); k++ {
			if right != (h > j) {
				return false
			}
			if !phraseRel(s.Tokens[h].Rel, right) {
				return false
			}
			h = s.Tokens[h].Head
		}
		if h < first || h > last {
			return false
		}
		return phraseRel(t.Rel, right) || t.Rel == "case" || t.Rel == "punct" || t.Rel == "cc" || t.Rel == "conj"
	}
	return phraseRel(t.Rel, right) || t.Rel == "punct" && !right && t.Form == "-" || t.Rel == "case" && h >= first && h <= last
}

func phraseRel(rel string, right bool) bool {
	base, _, _ := strings.Cut(rel, ":")
	switch base {
	case "det", "amod", "compound", "flat", "nummod", "nmod", "fixed", "goeswith", "advmod":
		return true
	case "acl":
		return !right
	}
	return false
}

// make describes the mention with the given head. Whole says that it is the
// coordination that begins with the head.
func (r *mentionReader) make(sentence, head int, whole bool) mention {
	s := &r.doc.Sentences[sentence]
	t := &s.Tokens[head]
	m := mention{}
	m.Sentence, m.Head = sentence, head
	m.First, m.Last = phrase(s, head)
	m.quoted = int(r.quotes[sentence][head])
	m.rel = lowerHash(t.Rel)
	m.subject = strings.HasPrefix(t.Rel, "nsubj")
	if t.Head >= 0 {
		m.governor = lowerHash(s.Tokens[t.Head].Lemma)
	}
	low := strings.ToLower(t.Form)
	if p, ok := pronouns[low]; ok && t.UPOS != "PROPN" && (t.UPOS == "PRON" || t.UPOS == "DET") {
		m.Kind, m.typ = Pronoun, typPronoun
		m.First, m.Last = head, head
		m.pron, m.person, m.number, m.gender = lowerHash(p.key), p.person, p.number, p.gender
		m.head, m.form = m.pron, m.pron
		m.Span = Span{s.Tokens[m.First].Start, s.Tokens[m.Last].End}
		return m
	}
	var name *Name
	if k := r.nameAt[sentence][head]; k > 0 {
		name = &r.doc.Names[k-1]
		m.First, m.Last = min(m.First, name.First), max(m.Last, name.Last)
		if n := t.Rel; strings.HasPrefix(n, "compound") || strings.HasPrefix(n, "flat") {
			m.First, m.Last = name.First, name.Last
		}
	}
	if name != nil && (t.Head < name.First || t.Head > name.Last) {
		m.Last = name.Last // what follows a name is seldom part of it
	}
	if whole {
		m.First, m.Last = s.Subtree(head)
	}
	m.Span = Span{s.Tokens[m.First].Start, s.Tokens[m.Last].End}
	m.head = lowerHash(t.Lemma)
	m.Kind = Nominal
	if t.UPOS == "PROPN" || name != nil {
		m.Kind = Named
	}
	m.number = singular
	if t.XPOS == "NNS" || t.XPOS == "NNPS" || t.Feat("Number") == "Plur" || whole {
		m.number = plural
	}
	m.form = linear.Hash(3)
	m.typ = typBare
	firstProper, initials := -1, 0
	var letters [12]byte
	for j := m.First; j <= m.Last; j++ {
		w := &s.Tokens[j]
		h := lowerHash(w.Form)
		if w.Head == head && j < head {
			switch {
			case strings.HasPrefix(w.Rel, "det"):
				m.det = h
				switch lw := strings.ToLower(w.Form); lw {
				case "the":
					m.typ = typDefinite
				case "this", "that", "these", "those":
					m.typ = typDemonstrative
				case "a", "an", "some", "any", "no", "another", "each", "every":
					m.typ = typIndefinite
				case "both":
					m.typ, m.count = typDefinite, 2
				}
				continue
			case w.Rel == "nmod:poss":
				m.typ = typPossessed
			case strings.HasPrefix(w.Rel, "nummod"):
				m.count = groupSizes[strings.ToLower(w.Form)]
			}
		}
		switch w.UPOS {
		case "PUNCT", "ADP", "CCONJ", "DET", "PART":
			continue
		}
		m.form = linear.Add(m.form, h)
		if len(m.words) < 12 {
			m.words = append(m.words, h)
		}
		if w.UPOS == "PROPN" {
			m.last = h
			if firstProper < 0 {
				firstProper = j
			}
			if len(m.proper) < 8 {
				m.proper = append(m.proper, h)
			}
			if initials < len(letters) {
				letters[initials] = w.Form[0]
				initials++
			}
		}
	}
	if m.Kind == Named {
		if m.typ != typPossessed {
			m.typ = typName
		}
		if initials >= 2 {
			m.initials = string(letters[:initials])
		}
		if len(t.Form) >= 2 && len(t.Form) <= 10 && strings.ToUpper(t.Form) == t.Form {
			m.acronym = t.Form
		}
	}
	if name != nil && (t.Head < name.First || t.Head > name.Last) {
		for j := name.First; j <= name.Last; j++ {
			if w := &s.Tokens[j]; !isPunct(w.UPOS) && len(m.name) < 8 {
				m.name = append(m.name, lowerHash(w.Form))
			}
		}
		text := strings.ToLower(Span{s.Tokens[name.First].Start, s.Tokens[name.Last].End}.Of(r.doc.Text))
		if to := aliases[text]; to != "" {
			text = to
		}
		m.whole = lowerHash(text)
		m.country = r.lexicon.IsCountry(text)
	}
	r.sort(&m, s, t, name, firstProper)
	return m
}

// sort decides the class and gender of a noun or name.
func (r *mentionReader) sort(m *mention, s *Sentence, t *Token, name *Name, firstProper int) {
	lemma := strings.ToLower(t.Lemma)
	if lemma == "" {
		lemma = strings.ToLower(t.Form)
	}
	m.class = r.lexicon.Class(lemma)
	if m.Kind == Named {
		m.class = lexicon.None
		if name != nil {
			switch name.Kind {
			case Person:
				m.class = lexicon.NamedPerson
			case Organization:
				m.class = lexicon.NamedGroup
			case Place:
				m.class = lexicon.NamedPlace
			}
		} else if c := r.lexicon.Class(strings.ToLower(t.Form)); c == lexicon.NamedPlace || c == lexicon.City || c == lexicon.NamedGroup || c == lexicon.NamedPerson || c == lexicon.Time || c == lexicon.Person || c == lexicon.Group {
			m.class = c
		}
	}
	switch m.class {
	case lexicon.NamedPlace, lexicon.NamedGroup, lexicon.City:
		m.number = singular // "the United States"
	}
	switch m.class {
	case lexicon.Person, lexicon.NamedPerson:
		m.gender = male | female
	case lexicon.None:
		m.gender = neuter
		if m.Kind == Named {
			m.gender = male | female | neuter
		}
	default:
		m.gender = neuter
	}
	if g := genderedNouns[lemma]; g != 0 {
		m.gender = g
	}
	// Titles and given names tell a person's gender.
	for j := m.First; j <= m.Last; j++ {
		if g := genderedNouns[strings.ToLower(s.Tokens[j].Form)]; g != 0 && m.gender&g != 0 {
			m.gender = g
		}
	}
	if m.Kind == Named && firstProper >= 0 && m.gender&(male|female) == male|female {
		from := firstProper
		if name != nil {
			from = name.First
		}
		switch r.lexicon.Given(strings.ToLower(s.Tokens[from].Form)) {
		case lexicon.Male:
			if m.class == lexicon.NamedPerson || from < m.Last {
				m.gender &^= female
			}
		case lexicon.Female:
			if m.class == lexicon.NamedPerson || from < m.Last {
				m.gender &^= male
			}
		}
	}
}

// find gives the mentions of the document in the order of the text.
func (r *mentionReader) find() []mention {
	var all []mention
	for i := range r.doc.Sentences {
		s := &r.doc.Sentences[i]
		for j := range s.Tokens {
			if r.refers(i, j) {
				all = append(all, r.make(i, j, false))
			}
		}
	}
	sortMentions(all)
	return all
}

// refers reports whether token j heads a phrase that may refer to something.
func (r *mentionReader) refers(sentence, j int) bool {
	t := &r.doc.Sentences[sentence].Tokens[j]
	base, _, _ := strings.Cut(t.Rel, ":")
	switch t.UPOS {
	case "PRON", "DET":
		if base == "expl" || t.UPOS == "DET" && t.Rel != "nmod:poss" {
			return false
		}
		_, ok := pronouns[strings.ToLower(t.Form)]
		return ok
	case "PROPN", "NOUN":
		k := r.nameAt[sentence][j]
		if k > 0 {
			// A name is one mention, at the last token that hangs from outside it.
			n := &r.doc.Names[k-1]
			for i := n.Last; i > j; i-- {
				if h := r.doc.Sentences[sentence].Tokens[i].Head; h < n.First || h > n.Last {
					return false
				}
			}
			return t.Head < n.First || t.Head > n.Last
		}
		switch base {
		case "compound", "flat", "fixed", "goeswith", "discourse", "dep":
			return false
		}
		return t.Rel != "nmod:desc" // the title in "President Holt" refers to nobody else
	}
	return false
}
