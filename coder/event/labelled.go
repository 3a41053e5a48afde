package event

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"chancery"
	"chancery/coder/clause"
	"chancery/english"
)

// Labelled is a sentence with its two parties marked and the type of the act
// between them, to learn from or to be scored on.
type Labelled struct {
	Text      string
	Actor     chancery.ByteRange
	Recipient chancery.ByteRange // zero where nobody is acted on
	Type      string             // a type, "YIELD" for CONCEDE or RETREAT, "" for no event
	Class     chancery.QuadClass // as labelled; 0 where not given
	CAMEO     string             // where the label is a code
	Weight    float64            // in learning
}

// yield is the older name of CONCEDE and RETREAT together.
const yield = "YIELD"

// allowed gives the classes that answer a label rightly.
func (l *Labelled) allowed() (uint32, error) {
	switch l.Type {
	case "":
		return 1 << noEvent, nil
	case yield:
		return 1<<class(chancery.Concede) | 1<<class(chancery.Retreat), nil
	}
	t, err := chancery.ParseEventType(l.Type)
	if err != nil {
		return 0, err
	}
	return 1 << class(t), nil
}

// ReadMarked reads tab-separated rows with a head line, of which the columns
// marked_sentence, gold_root and gold_penta are used. In a marked sentence <s>
// and </s> stand around the source and <t> and </t> around the target; either
// may be missing ("An actor").
func ReadMarked(r io.Reader) ([]Labelled, error) {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 1<<20)
	var columns map[string]int
	var out []Labelled
	for n := 1; scanner.Scan(); n++ {
		f := strings.Split(strings.TrimRight(scanner.Text(), "\r"), "\t")
		if columns == nil {
			columns = make(map[string]int)
			for i, name := range f {
				columns[name] = i
			}
			for _, name := range []string{"marked_sentence", "gold_root", "gold_penta"} {
				if _, ok := columns[name]; !ok {
					return nil, fmt.Errorf("line 1: no column %s", name)
				}
			}
			continue
		}
		if len(f) < len(columns) {
			return nil, fmt.Errorf("line %d: %d columns, want %d", n, len(f), len(columns))
		}
		l := unmark(f[columns["marked_sentence"]])
		l.Type, l.Weight = f[columns["gold_root"]], 1
		if p := f[columns["gold_penta"]]; len(p) == 1 && p[0] >= '1' && p[0] <= '4' {
			l.Class = chancery.QuadClass(p[0] - '0')
		}
		if _, err := l.allowed(); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, l)
	}
	return out, scanner.Err()
}

// unmark takes the marks out of a sentence. A second pair of the same marks is
// taken out and forgotten.
func unmark(marked string) Labelled {
	var l Labelled
	var text strings.Builder
	start := map[byte]int{}
	for i := 0; i < len(marked); {
		rest := marked[i:]
		switch {
		case strings.HasPrefix(rest, "<s>"), strings.HasPrefix(rest, "<t>"):
			start[rest[1]] = text.Len()
			i += 3
		case strings.HasPrefix(rest, "</s>"), strings.HasPrefix(rest, "</t>"):
			r := trimmed(text.String(), start[rest[2]], text.Len())
			if rest[2] == 's' && l.Actor.IsZero() {
				l.Actor = r
			} else if rest[2] == 't' && l.Recipient.IsZero() {
				l.Recipient = r
			}
			i += 4
		default:
			text.WriteByte(rest[0])
			i++
		}
	}
	l.Text = text.String()
	return l
}

func trimmed(text string, start, end int) chancery.ByteRange {
	for start < end && text[start] == ' ' {
		start++
	}
	for end > start && text[end-1] == ' ' {
		end--
	}
	return chancery.ByteRange{Start: start, End: end}
}

// Names that stand in for S and T in sentences written as patterns.
var (
	stockActors = []string{"Kenya", "the Turkish government", "police", "the prime minister", "the rebels",
		"Foreign Minister Jan Novak", "Brazil", "the court", "protesters", "the army", "Sweden", "officials", "Vietnam", "the president"}
	stockRecipients = []string{"Peru", "the Danish president", "the opposition", "Nigeria", "the militants",
		"Prime Minister Kenji Ito", "the union", "Greece", "the United Nations", "workers", "the ministry", "Chad", "Armenia"}
)

// ReadPatterns reads lines of a CAMEO code, or --- for no event, and a sentence
// in which S stands for the actor and T for the recipient. Lines that begin
// with # are remarks.
func ReadPatterns(r io.Reader, weight float64) ([]Labelled, error) {
	codes, err := Codes()
	if err != nil {
		return nil, err
	}
	types := make(map[string]string, len(codes))
	for _, c := range codes {
		types[c.CAMEO] = labelOf(c)
	}
	scanner := bufio.NewScanner(r)
	var out []Labelled
	for n := 1; scanner.Scan(); n++ {
		line := strings.TrimSpace(scanner.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		code, sentence, _ := strings.Cut(line, " ")
		label, ok := types[code]
		if !ok && code != "---" {
			return nil, fmt.Errorf("line %d: no CAMEO code %q", n, code)
		}
		l := Labelled{Type: label, Weight: weight}
		if code != "---" {
			l.CAMEO = code
		}
		fill(&l, sentence, len(out))
		out = append(out, l)
	}
	return out, scanner.Err()
}

// labelOf gives the type a code is learned as. The rows with marked parties
// follow CAMEO's roots for property destroyed and protest put down (17) and for
// blockade and occupation (19), and so does the project's ontology; the
// conversion table of 2021 does not.
func labelOf(c Code) string {
	switch c.CAMEO {
	case "191", "192":
		return string(chancery.Assault)
	case "1712", "175":
		return string(chancery.Coerce)
	}
	return string(c.Type)
}

// fill puts names in the places of S and T.
func fill(l *Labelled, sentence string, n int) {
	var text strings.Builder
	for k, w := range strings.Fields(sentence) {
		name := ""
		r := &l.Actor
		place, ending, _ := strings.Cut(w, "'")
		if ending != "" {
			ending = "'" + ending
		}
		switch place {
		case "S":
			name = stockActors[n%len(stockActors)]
		case "T":
			name, r = stockRecipients[(n*5+1)%len(stockRecipients)], &l.Recipient
		case ",":
			text.WriteString(",")
			continue
		}
		if k > 0 {
			text.WriteByte(' ')
		}
		if name == "" || ending != "" && ending != "'s" {
			text.WriteString(w)
			continue
		}
		if k == 0 {
			name = strings.ToUpper(name[:1]) + name[1:]
		}
		start := text.Len()
		text.WriteString(name)
		if r.IsZero() {
			*r = chancery.ByteRange{Start: start, End: text.Len()}
		}
		text.WriteString(ending)
	}
	text.WriteByte('.')
	l.Text = text.String()
}

// marks is the cast of a labelled sentence: the two marked phrases are its
// parties and nobody else is.
type marks struct {
	t                *tree
	s, o             span
	actor, recipient int
}

func (m *marks) Party(_, token int) (chancery.Party, bool) {
	switch {
	case token < 0:
		return chancery.Party{}, false
	case token == m.actor:
		return chancery.Party{Code: "S", Name: "S"}, true
	case token == m.recipient:
		return chancery.Party{Code: "T", Name: "T"}, true
	}
	return chancery.Party{}, false
}

func (m *marks) Kind(_, _ int) string { return "" }

func (m *marks) Town(_, _ int) string { return "" }

func (m *marks) Parties(s, token int) []chancery.Party {
	var out []chancery.Party
	if p, ok := m.Party(s, token); ok {
		out = append(out, p)
	}
	for _, c := range m.t.kids[token] {
		if m.t.rel(c) == "conj" && !m.s.holds(c) && !m.o.holds(c) {
			out = append(out, m.Parties(s, c)...)
		} else if m.t.rel(c) == "conj" && (c == m.actor || c == m.recipient) {
			out = append(out, m.Parties(s, c)...)
		}
	}
	return out
}

// parse reads the labelled sentence as one sentence and gives the pair of its
// marked parties.
func (l *Labelled) parse(p *english.Pipeline) *pair {
	cut := clause.CutDatelines(p.Split(l.Text))
	if len(cut) == 0 {
		return nil
	}
	// A dateline stays apart, unless it holds a party.
	first := 0
	for first+1 < len(cut) && cut[first].End <= l.Actor.Start && (l.Recipient.IsZero() || cut[first].End <= l.Recipient.Start) {
		first++
	}
	doc := p.ParseSentences(l.Text, joined(cut[first:]), time.Time{})
	t := plant(&doc.Sentences[0])
	s, o := t.under(l.Actor), t.under(l.Recipient)
	return t.marked(s, o)
}

// marked gives the pair of two marked phrases: as the predicates of the
// sentence join them where one does, else along the tree.
func (t *tree) marked(s, o span) *pair {
	m := &marks{t: t, s: s, o: o, actor: t.head(s), recipient: t.head(o)}
	p := &pair{tree: t, actor: m.actor, recipient: m.recipient, s: s, o: o}
	for _, c := range candidates(&finder{tree: t, cast: m}) {
		has := func(x side, head int) bool { return x.head == head }
		switch {
		case m.recipient < 0, has(c.actor, m.actor) && has(c.recipient, m.recipient),
			c.reciprocal && len(c.actor.parties) > 1:
			p.path = c.path
			return p
		}
	}
	p.path = t.path(m.actor, m.recipient, s, o)
	return p
}

// joined makes one sentence of several.
func joined(all []english.Sentence) []english.Sentence {
	if len(all) < 2 {
		return all
	}
	one := all[0]
	for _, s := range all[1:] {
		shift := len(one.Tokens)
		one.Tokens = append(one.Tokens, s.Tokens...)
		for _, m := range s.Multiword {
			m.First += shift
			m.Last += shift
			one.Multiword = append(one.Multiword, m)
		}
		one.End = s.End
	}
	return []english.Sentence{one}
}

// under gives the tokens that a range of the text touches.
func (t *tree) under(r chancery.ByteRange) span {
	out := nowhere
	if r.IsZero() {
		return out
	}
	for i := range t.Tokens {
		if t.Tokens[i].Start < r.End && r.Start < t.Tokens[i].End {
			if out.isEmpty() {
				out.First = i
			}
			out.Last = i
		}
	}
	return out
}
