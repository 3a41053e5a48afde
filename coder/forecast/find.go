// Package forecast finds statements about the future that can later be judged,
// and keeps the score of those who made them.
//
// In: a parsed article and its cast. Out: forecasts in the order of the text,
// with holder, subject, hedge, horizon and condition, each with its evidence.
// Future-in-the-past ("would become"), habits, abilities, counterfactuals,
// questions and conditions are not forecasts; a recommendation is one only with
// "should" or "ought to", and is marked as advice. It does not judge whether a
// forecast came true: a person does, and Score counts.
package forecast

import (
	"math"
	"strings"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/clause"
	"chancery/coder/voice"
	"chancery/english"
)

// Find gives the forecasts of an article in the order of the text, without ids.
func Find(doc *english.Doc, cast *actor.Cast, article *chancery.Article) []chancery.Forecast {
	return From(doc, cast, voice.New(doc, cast), article)
}

// From is Find with the voices of the text already read.
func From(doc *english.Doc, cast *actor.Cast, voices *voice.Voices, article *chancery.Article) []chancery.Forecast {
	var forecasts []chancery.Forecast
	for i := range doc.Sentences {
		for _, c := range Candidates(doc, i) {
			forecasts = append(forecasts, record(doc, cast, voices, article, i, c))
		}
	}
	return forecasts
}

// Candidate is a clause that foretells.
type Candidate struct {
	Clause      int    // the token that heads what is foretold
	Hedge       string // "will", "is likely to"
	first, last int    // tokens of the hedge
	key         string // its entry in strengths
	holder      int    // the subject of "expects", or -1
	advice      bool
}

// Candidates gives the clauses of a sentence that foretell, in the order of the
// text: one for each coordinated main clause at most, for what hangs together is
// one statement.
func Candidates(doc *english.Doc, sentence int) []Candidate {
	s := &doc.Sentences[sentence]
	if isQuestion(doc.Text, s) {
		return nil
	}
	var all []Candidate
	for i := range s.Tokens {
		c, ok := modal(doc, sentence, i)
		if !ok {
			c, ok = prospect(s, i)
		}
		if ok && !isCondition(s, c.Clause) && !isAsked(s, c.Clause) {
			all = append(all, c)
		}
	}
	return distinct(s, all)
}

func isQuestion(text string, s *english.Sentence) bool {
	return strings.HasSuffix(strings.TrimRight(s.Of(text), "\"”’' \n"), "?")
}

// distinct keeps of the candidates that hang together the outermost, or the
// first; clauses joined on the same level stay apart when each has its subject.
func distinct(s *english.Sentence, all []Candidate) []Candidate {
	var kept []Candidate
next:
	for i, c := range all {
		for j, o := range all {
			if i == j {
				continue
			}
			if c.Clause != o.Clause && clause.Under(s, c.Clause, o.Clause) && !(joined(s, c.Clause, o.Clause) && s.Child(c.Clause, "nsubj", "nsubj:pass") >= 0) {
				continue next // part of the other
			}
			if j < i && (c.Clause == o.Clause || !independent(s, c.Clause, o.Clause)) && !clause.Under(s, o.Clause, c.Clause) {
				continue next
			}
		}
		kept = append(kept, c)
	}
	return kept
}

// joined reports whether clause c is coordinated with o.
func joined(s *english.Sentence, c, o int) bool {
	return s.Tokens[c].Head == o && clause.Is(s, c, "conj", "parataxis")
}

func independent(s *english.Sentence, c, o int) bool {
	return (joined(s, c, o) || joined(s, o, c) || s.Tokens[c].Head == s.Tokens[o].Head && clause.Is(s, c, "conj")) && s.Child(c, "nsubj", "nsubj:pass") >= 0
}

// modal reads a clause with a modal auxiliary.
func modal(doc *english.Doc, sentence, i int) (Candidate, bool) {
	s := &doc.Sentences[sentence]
	m, at := clause.Modal(s, i)
	if at < 0 {
		return Candidate{}, false
	}
	c := Candidate{Clause: i, Hedge: m, key: m, first: at, last: at, holder: -1}
	lemma := clause.Lemma(s, i)
	sub := clause.Subject(s, i)
	if clause.HasAux(s, i, "have") && m != "will" && m != "shall" {
		return c, false // "could have led"
	}
	if sub >= 0 && (clause.Lemma(s, sub) == "you" || clause.Lemma(s, sub) == "one" && clause.Is(s, sub, "nsubj") && s.Tokens[sub].UPOS == "PRON" && clause.Of(s, sub) == i && s.Tokens[i].Rel != "acl:relcl" && sub < i && isGenericOne(s, sub)) {
		return c, false
	}
	for a := range s.Children(i) {
		if clause.Is(s, a, "advmod") && habits[clause.Lemma(s, a)] {
			return c, false
		}
	}
	inverted := sub > at && sub < i && at < i // "Should Iran refuse", "could it"
	switch m {
	case "will", "shall":
		if inverted && at == 0 {
			return c, false
		}
		return c, !polite[lemma] || m == "will" && lemma != "like" && lemma != "say" && lemma != "note"
	case "should", "ought":
		c.advice = true
		if inverted && (at == 0 || s.Tokens[at-1].UPOS == "PUNCT") {
			return c, false // "Should talks fail, …"
		}
		if expl := s.Child(i, "expl", "nsubj:pass"); expl >= 0 && clause.Lemma(s, expl) == "it" && (lemma == "note" || lemma == "remember" || lemma == "recall" || lemma == "stress" || lemma == "say" || lemma == "mention" || lemma == "add") {
			return c, false
		}
		if m == "ought" {
			c.Hedge = "ought to"
		}
		return c, true
	case "may", "might":
		if seeming[lemma] || inverted {
			return c, false
		}
		if isConcession(s, i) {
			return c, false
		}
		// "may be a sign": about the present, unless the noun phrase says when.
		if s.Child(i, "cop") >= 0 && !hasFutureWord(s, i) {
			return c, false
		}
		return c, true
	case "could":
		if seeming[lemma] || isConcession(s, i) || inverted {
			return c, false
		}
		if reportsPast(s, i) {
			return c, true
		}
		return c, !pastAround(doc, sentence, i)
	case "would":
		if polite[lemma] || inverted && !hasCondition(s, i) {
			return c, false
		}
		return c, would(doc, sentence, i)
	}
	return c, false
}

func isGenericOne(s *english.Sentence, i int) bool {
	n := 0
	for range s.Children(i) {
		n++
	}
	return n == 0
}

// would reports whether "would" foretells: under a condition, in the report of
// what somebody foretold, of a plan, or where the text around speaks of the
// present. In a story told in the past it is the future of then.
func would(doc *english.Doc, sentence, i int) bool {
	s := &doc.Sentences[sentence]
	for t := range s.Tokens {
		switch l := clause.Lemma(s, t); {
		case habits[l] && !clause.Is(s, t, "amod"):
			return false
		case l == "whenever" || l == "every" || l == "used":
			return false
		case (l == "decade" || l == "year" || l == "century" || l == "generation") && s.Tokens[t].XPOS == "NNS":
			if c := clause.Case(s, t); c == "over" || c == "through" || c == "throughout" || c == "for" && s.Child(t, "nummod") < 0 && clause.Under(s, t, i) {
				return false // a habit of many years
			}
		}
	}
	if hasCondition(s, i) {
		return true
	}
	if reportsPast(s, i) {
		return true
	}
	if top := relativeOf(s, i); top >= 0 {
		return plans[clause.Lemma(s, top)]
	}
	return !pastAround(doc, sentence, i)
}

// relativeOf gives the noun whose relative clause token i heads or stands in,
// or -1.
func relativeOf(s *english.Sentence, i int) int {
	for n := 0; i >= 0 && n < len(s.Tokens); n++ {
		switch {
		case s.Tokens[i].Rel == "acl:relcl" || clause.Is(s, i, "acl") && s.Child(i, "nsubj", "nsubj:pass") >= 0 && s.Child(i, "mark") < 0:
			return s.Tokens[i].Head
		case clause.Is(s, i, "conj"):
			i = s.Tokens[i].Head
		default:
			return -1
		}
	}
	return -1
}

// reportsPast reports whether clause i is what somebody says, thinks or foretells.
func reportsPast(s *english.Sentence, i int) bool {
	for cur, n := i, 0; s.Tokens[cur].Head >= 0 && n < len(s.Tokens); n++ {
		h := s.Tokens[cur].Head
		if clause.Is(s, cur, "ccomp", "parataxis") && voice.IsReport(clause.Lemma(s, h)) {
			return true
		}
		if !clause.Is(s, cur, "conj", "xcomp", "ccomp", "acl") {
			return false
		}
		if clause.Is(s, cur, "acl", "ccomp") && voice.IsClaim(clause.Lemma(s, h)) {
			return true
		}
		cur = h
	}
	return false
}

// pastAround reports whether the text around a clause tells of the past: the
// clauses above it in the sentence, or, for a main clause, the sentence before.
func pastAround(doc *english.Doc, sentence, i int) bool {
	s := &doc.Sentences[sentence]
	for h := range clause.Up(s, i) {
		if clause.IsClause(s, h) && clause.IsPast(s, h) {
			return true
		}
	}
	for c := range s.Children(i) {
		if clause.Is(s, c, "advcl", "parataxis") && clause.IsPast(s, c) {
			return true
		}
	}
	for _, t := range doc.Times {
		if t.Sentence == sentence && t.Start != "" && clause.Under(s, t.First, i) && isOldYear(t.Start) {
			return true
		}
	}
	if s.Tokens[i].Head >= 0 && !clause.Is(s, i, "conj") || sentence == 0 {
		return false
	}
	if startsHypothesis(s) {
		return false
	}
	b := &doc.Sentences[sentence-1]
	r := b.Root()
	return r >= 0 && clause.IsPast(b, r)
}

// isOldYear reports whether an ISO date lies in a century before this one: the
// text tells history.
func isOldYear(iso string) bool { return len(iso) >= 4 && iso[:2] < "20" }

// startsHypothesis reports whether a sentence opens by supposing what the text
// before it brought up.
func startsHypothesis(s *english.Sentence) bool {
	for i := range s.Tokens {
		if i > 4 {
			break
		}
		switch strings.ToLower(s.Tokens[i].Form) {
		case "otherwise", "then", "such", "scenario", "case", "event", "if", "without":
			return true
		}
	}
	return false
}

func hasFutureWord(s *english.Sentence, i int) bool {
	for t := range s.Tokens {
		switch strings.ToLower(s.Tokens[t].Form) {
		case "tomorrow", "soon", "next", "eventually", "future", "later":
			if clause.Under(s, t, i) {
				return true
			}
		}
	}
	return false
}

// conditions are the words that open one.
func isConditional(word string) bool {
	switch strings.ToLower(word) {
	case "if", "unless", "provided", "providing", "assuming", "supposing", "lest":
		return true
	}
	return false
}

// conditionOf gives the clause that is the condition of clause i, or -1.
func conditionOf(s *english.Sentence, i int) int {
	for n := 0; i >= 0 && n < len(s.Tokens); n++ {
		for c := range s.Children(i) {
			if !clause.Is(s, c, "advcl") {
				continue
			}
			for m := range s.Children(c) {
				if clause.Is(s, m, "mark", "advmod") && isConditional(s.Tokens[m].Form) && m <= c {
					return c
				}
			}
			// "Were Iran to refuse", "Should talks fail"
			if w := s.Child(c, "aux", "cop"); w >= 0 && w == firstOf(s, c) {
				switch strings.ToLower(s.Tokens[w].Form) {
				case "were", "should":
					return c
				}
			}
		}
		if !clause.Is(s, i, "conj", "xcomp", "ccomp") {
			break
		}
		i = s.Tokens[i].Head
	}
	return -1
}

func firstOf(s *english.Sentence, i int) int {
	f, _ := clause.Tree(s, i)
	return f
}

// hasCondition reports whether a clause stands under a condition that is open:
// not "if he had", which is contrary to fact.
func hasCondition(s *english.Sentence, i int) bool {
	c := conditionOf(s, i)
	if c < 0 {
		return startsHypothesis(s) && clauseOpens(s, i)
	}
	return !(clause.HasAux(s, c, "have") && clause.IsPast(s, c))
}

func clauseOpens(s *english.Sentence, i int) bool {
	return s.Tokens[i].Head < 0 || clause.Is(s, i, "conj")
}

// isCondition reports whether a clause is itself a condition, a time or a
// comparison: "if it would", "until they may".
func isCondition(s *english.Sentence, i int) bool {
	for n := 0; i >= 0 && n < len(s.Tokens); n++ {
		if clause.Is(s, i, "advcl") {
			for m := range s.Children(i) {
				if !clause.Is(s, m, "mark", "advmod") || m > i {
					continue
				}
				switch w := strings.ToLower(s.Tokens[m].Form); {
				case isConditional(w), w == "when", w == "until", w == "till", w == "before", w == "after", w == "whether", w == "than":
					return true
				case w == "so" || w == "order":
					return true // purpose: "so that it could"
				}
			}
		}
		if !clause.Is(s, i, "conj", "xcomp") {
			return false
		}
		i = s.Tokens[i].Head
	}
	return false
}

// isConcession reports whether a clause is only granted: "While it may help, …".
func isConcession(s *english.Sentence, i int) bool {
	if !clause.Is(s, i, "advcl") {
		return false
	}
	for m := range s.Children(i) {
		switch strings.ToLower(s.Tokens[m].Form) {
		case "while", "although", "though", "whatever", "however":
			return m < i
		}
	}
	return false
}

// isAsked reports whether a clause is asked, wanted or wondered about rather
// than said: "how it could", "to ensure that it will", "whether".
func isAsked(s *english.Sentence, i int) bool {
	for m := range s.Children(i) {
		if m > i {
			break
		}
		switch strings.ToLower(s.Tokens[m].Form) {
		case "how", "what", "why", "whether", "who", "where", "when", "whose":
			if s.Tokens[i].Rel != "acl:relcl" || strings.EqualFold(s.Tokens[m].Form, "what") {
				return true
			}
		}
	}
	h := s.Tokens[i].Head
	return h >= 0 && clause.Is(s, i, "ccomp", "csubj") && purposes[clause.Lemma(s, h)] && s.Tokens[h].UPOS == "VERB"
}

// prospect reads a clause that foretells without a modal: "is likely to",
// "is going to", "analysts expect it to".
func prospect(s *english.Sentence, i int) (Candidate, bool) {
	t := &s.Tokens[i]
	lemma := clause.Lemma(s, i)
	form := strings.ToLower(t.Form)
	c := Candidate{Clause: i, holder: -1, first: i, last: i}
	comp := s.Child(i, "xcomp", "ccomp", "advcl", "csubj")
	toVerb := func() bool {
		return comp > i && isInfinitive(s, comp)
	}
	if comp < 0 && predicts[lemma] {
		// "expect the crown to weaken", taken for a phrase
		if o := s.Child(i, "obj"); o > i {
			if a := s.Child(o, "acl"); a > o && isInfinitive(s, a) {
				comp = a
			}
		}
	}
	be := s.Child(i, "cop", "aux:pass", "aux")
	switch {
	case lemma == "go" && t.XPOS == "VBG" && be >= 0 && toVerb() && i+1 < len(s.Tokens) && strings.EqualFold(s.Tokens[i+1].Form, "to"):
		if isPastBe(s, be) {
			return c, false
		}
		c.Hedge, c.key = "going to", "going to"
		c.first = be
	case form == "ought" && toVerb():
		c.key, c.Hedge, c.advice = form, "ought to", true
	case (prospects[form] || form == "about" && t.Head >= 0) && toVerb():
		if be >= 0 && isPastBe(s, be) || clause.HasAux(s, i, "have") {
			return c, false
		}
		// "looks set to", "seems likely to": the seeming verb stands for "be".
		if be < 0 && !clause.Is(s, i, "acl", "amod") && !(clause.Is(s, i, "xcomp") && t.Head >= 0 && isSeeming(clause.Lemma(s, t.Head))) || isInfinitive(s, i) {
			return c, false
		}
		if m, _ := clause.Modal(s, i); m != "" {
			return c, false // read as a modal
		}
		c.key, c.Hedge = form, form+" to"
		if be >= 0 {
			c.first, c.Hedge = be, strings.ToLower(s.Tokens[be].Form)+" "+form+" to"
		}
	case predicts[lemma] && t.UPOS == "VERB" && comp > i && !clause.IsPassive(s, i):
		if m, at := clause.Modal(s, comp); m != "" && at >= 0 {
			return c, false // "expects that it will": the modal is found there
		}
		if clause.Is(s, comp, "ccomp") && clause.IsPast(s, comp) || clause.Negation(s, i) >= 0 && lemma != "expect" {
			return c, false
		}
		if !isInfinitive(s, comp) && lemma == "expect" && s.Tokens[comp].XPOS != "VBZ" && s.Tokens[comp].XPOS != "VBP" {
			return c, false
		}
		sub := clause.Subject(s, i)
		if clause.IsPast(s, i) && lemma == "expect" || sub >= 0 && comp >= 0 && isInfinitive(s, comp) && s.Child(i, "obj") < 0 && s.Child(comp, "nsubj") < 0 {
			return c, false // "had expected"; "expects to visit" tells an intention
		}
		c.key, c.Hedge, c.holder = lemma, form, sub
	case lemma == "stand" && toVerb() && clause.Lemma(s, comp) != "be" && !clause.IsPast(s, i):
		switch clause.Lemma(s, comp) {
		case "gain", "lose", "benefit", "profit", "inherit", "suffer", "win", "earn":
		default:
			return c, false
		}
		c.key, c.Hedge = lemma, form+" to"
	default:
		return c, false
	}
	if comp >= 0 && c.holder >= 0 {
		c.Clause = comp
	}
	return c, true
}

// isSeeming reports whether a verb stands for "be" before a prospect.
func isSeeming(lemma string) bool {
	switch lemma {
	case "look", "seem", "appear", "remain", "sound", "feel", "become":
		return true
	}
	return false
}

func isPastBe(s *english.Sentence, be int) bool { return s.Tokens[be].XPOS == "VBD" }

func isInfinitive(s *english.Sentence, i int) bool {
	for m := range s.Children(i) {
		if clause.Is(s, m, "mark") && strings.EqualFold(s.Tokens[m].Form, "to") {
			return true
		}
	}
	return false
}

// record makes a forecast of a candidate.
func record(doc *english.Doc, cast *actor.Cast, voices *voice.Voices, article *chancery.Article, sentence int, c Candidate) chancery.Forecast {
	s := &doc.Sentences[sentence]
	f := chancery.Forecast{
		Sentence: chancery.ByteRange(s.Span),
		Hedge:    c.Hedge,
		Advice:   c.advice,
		Strength: strength(s, c),
	}
	first, last := about(s, c.Clause)
	f.About = chancery.ByteRange(clause.Span(s, first, last))
	if sub := clause.Subject(s, c.Clause); sub >= 0 {
		if p, ok := cast.Party(sentence, sub); ok {
			f.Subject = p
		}
	}
	f.Attribution = voices.Chain(sentence, c.Clause)
	switch {
	case c.holder >= 0:
		if p, ok := cast.Party(sentence, c.holder); ok {
			f.Holder = p
		} else {
			a, b := clause.Phrase(s, c.holder)
			sp := clause.Span(s, a, b)
			f.Holder = chancery.Party{Name: sp.Of(doc.Text), Mention: chancery.ByteRange(sp)}
		}
	case len(f.Attribution) > 0:
		f.Holder = f.Attribution[len(f.Attribution)-1].Party
	default:
		f.Holder = chancery.Party{Name: Author}
	}
	add := func(role chancery.Role, r chancery.ByteRange) {
		if !r.IsZero() {
			f.Evidence = append(f.Evidence, chancery.Evidence{Role: role, ByteRange: r})
		}
	}
	add(chancery.RoleSentence, f.Sentence)
	add(chancery.RoleHedge, chancery.ByteRange(clause.Span(s, c.first, c.last)))
	if f.Holder.Name != Author {
		add(chancery.RoleHolder, f.Holder.Mention)
	}
	if k := conditionOf(s, c.Clause); k >= 0 {
		a, b := clause.Tree(s, k)
		f.Condition = chancery.ByteRange(clause.Span(s, a, b))
		add(chancery.RoleCondition, f.Condition)
	}
	f.Horizon = horizon(doc, sentence, first, last, article)
	return f
}

// Author is the holder's name when the writer foretells in his own voice.
const Author = "author"

// about gives the words that are foretold: the clause with its subject, without
// its condition and what only frames it. For a relative clause they begin with
// the noun it describes.
func about(s *english.Sentence, i int) (first, last int) {
	in := make([]bool, len(s.Tokens))
	cond := conditionOf(s, i)
	for t := range s.Tokens {
		in[t] = clause.Under(s, t, i)
	}
	drop := func(c int) {
		for t := range s.Tokens {
			if in[t] && clause.Under(s, t, c) {
				in[t] = false
			}
		}
	}
	for c := range s.Children(i) {
		switch {
		case c == cond, clause.Is(s, c, "parataxis", "discourse", "vocative"),
			clause.Is(s, c, "mark", "cc") && c < i,
			clause.Is(s, c, "conj") && s.Child(c, "nsubj", "nsubj:pass") >= 0,
			clause.Is(s, c, "obl") && strings.HasPrefix(clause.Case(s, c), "according"),
			clause.Is(s, c, "advcl") && c < i && s.Child(c, "mark") >= 0:
			drop(c)
		}
	}
	first, last = i, i
	for first > 0 && (in[first-1] || s.Tokens[first-1].UPOS == "PUNCT" && first > 1 && in[first-2] && s.Tokens[first-1].Form != "—") {
		first--
	}
	for last+1 < len(s.Tokens) && in[last+1] {
		last++
	}
	if top := relativeOf(s, i); top >= 0 && top < first {
		f, _ := clause.Phrase(s, top)
		first = min(first, f)
	} else if sub := clause.Subject(s, i); sub >= 0 && sub < first {
		f, _ := clause.Phrase(s, sub)
		first = min(first, f)
	}
	return clause.Trim(s, first, last)
}

func strength(s *english.Sentence, c Candidate) float64 {
	v := strengths[c.key]
	for t := range s.Tokens {
		if !clause.Is(s, t, "advmod") || !clause.Under(s, t, c.Clause) {
			continue
		}
		switch l := clause.Lemma(s, t); {
		case surer[l]:
			v += 0.1
		case likelier[l]:
			v = min(v, 0.7)
		case vaguer[l]:
			v = min(v, 0.35)
		case l == "well" && (c.key == "may" || c.key == "could" || c.key == "might") && s.Tokens[t].Head == c.Clause:
			v += 0.15
		case l == "very" && t+1 < len(s.Tokens) && clause.Lemma(s, t+1) == "likely":
			v = 0.85
		}
	}
	return math.Round(min(v, 1)*100) / 100
}

// horizon is the last day that a time inside the forecast names, where it lies
// after the article's day.
func horizon(doc *english.Doc, sentence, first, last int, article *chancery.Article) chancery.Date {
	var h chancery.Date
	for _, t := range doc.Times {
		if t.Sentence != sentence || t.First < first || t.Last > last {
			continue
		}
		when := t.End
		if when == "" {
			when = t.Start
		}
		d, err := chancery.ParseDate(when)
		if err != nil || d.IsZero() {
			continue
		}
		if article != nil && !article.Published.IsZero() && d.Last().Before(article.Published.First()) {
			continue
		}
		if h.IsZero() || d.Last().After(h.Last()) {
			h = d
		}
	}
	return h
}
