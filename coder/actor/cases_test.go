package actor

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"chancery"
	"chancery/english"
)

var updateTrees = flag.String("trees", "", "write testdata/cases.txt anew from a file of its lines without trees")

// phraseCase is one case of testdata/cases.txt.
type phraseCase struct {
	line  int
	doc   *english.Doc
	date  chancery.Date
	wants []phraseWant
}

// phraseWant is who the n-th token of that form is to denote.
type phraseWant struct {
	line int
	form string
	n    int
	want string // "PAK Pakistan & IND India", "nobody"
}

// readCases reads cases by hand: a text, its trees, then who its words denote.
//
//	text: Islamabad summoned the American ambassador.
//	date: 2025-06-18
//	tree: Islamabad/PROPN/NNP/2/nsubj summoned/VERB/VBD/0/root ...
//	name: person 0 3 4
//	chain: 0.3 1.0
//	ambassador = USAGOV American ambassador
//
// A tree's heads count from 1; names and chains give sentences and tokens from
// 0. "word#2" is the second such word. A code "-" is none.
func readCases(text string) ([]phraseCase, error) {
	var cases []phraseCase
	var c *phraseCase
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, _ := strings.Cut(line, ": ")
		if key == "text" {
			cases = append(cases, phraseCase{line: n + 1, doc: &english.Doc{Text: rest}})
			c = &cases[len(cases)-1]
			continue
		}
		if c == nil {
			return nil, fmt.Errorf("line %d: no text above", n+1)
		}
		var err error
		switch key {
		case "date":
			c.date, err = chancery.ParseDate(rest)
		case "tree":
			err = c.tree(rest)
		case "name":
			err = c.name(rest)
		case "chain":
			err = c.chain(rest)
		default:
			word, want, ok := strings.Cut(line, " = ")
			if !ok {
				return nil, fmt.Errorf("line %d: %q", n+1, line)
			}
			w := phraseWant{line: n + 1, form: word, n: 1, want: want}
			if form, k, ok := strings.Cut(word, "#"); ok {
				w.form = form
				w.n, err = strconv.Atoi(k)
			}
			c.wants = append(c.wants, w)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	return cases, nil
}

func (c *phraseCase) tree(rest string) error {
	at := 0
	if k := len(c.doc.Sentences); k > 0 {
		at = c.doc.Sentences[k-1].End
	}
	var s english.Sentence
	for _, field := range strings.Fields(rest) {
		// From the right, for a form may hold a slash.
		f := make([]string, 5)
		for k := 4; k > 0; k-- {
			i := strings.LastIndexByte(field, '/')
			if i < 0 {
				return fmt.Errorf("token %q", field)
			}
			f[k], field = field[i+1:], field[:i]
		}
		f[0] = field
		i := strings.Index(c.doc.Text[at:], f[0])
		if i < 0 {
			return fmt.Errorf("token %q is not in the text behind the token before it", f[0])
		}
		head, err := strconv.Atoi(f[3])
		if err != nil {
			return err
		}
		start := at + i
		at = start + len(f[0])
		s.Tokens = append(s.Tokens, english.Token{Span: english.Span{Start: start, End: at}, Form: f[0], Lemma: lemmaOf(f[0], f[2]), UPOS: f[1], XPOS: f[2], Head: head - 1, Rel: f[4]})
	}
	s.Span = english.Span{Start: s.Tokens[0].Start, End: at}
	c.doc.Sentences = append(c.doc.Sentences, s)
	return nil
}

// lemmaOf is lemma enough for nouns here.
func lemmaOf(form, xpos string) string {
	low := strings.ToLower(form)
	if xpos == "NNS" {
		return singular(low)[1]
	}
	return low
}

func (c *phraseCase) name(rest string) error {
	var n english.Name
	if _, err := fmt.Sscan(rest, &n.Kind, &n.Sentence, &n.First, &n.Last); err != nil {
		return err
	}
	t := c.doc.Sentences[n.Sentence].Tokens
	n.Span = english.Span{Start: t[n.First].Start, End: t[n.Last].End}
	c.doc.Names = append(c.doc.Names, n)
	return nil
}

func (c *phraseCase) chain(rest string) error {
	var chain english.Chain
	for _, f := range strings.Fields(rest) {
		var s, t int
		if _, err := fmt.Sscanf(f, "%d.%d", &s, &t); err != nil {
			return err
		}
		tok := &c.doc.Sentences[s].Tokens[t]
		kind := english.Nominal
		switch tok.UPOS {
		case "PROPN":
			kind = english.Named
		case "PRON":
			kind = english.Pronoun
		}
		chain.Mentions = append(chain.Mentions, english.Mention{Span: tok.Span, Kind: kind, Sentence: s, Head: t, First: t, Last: t})
	}
	c.doc.Chains = append(c.doc.Chains, chain)
	return nil
}

// got writes what the cast says of a word as the cases do.
func got(c *Cast, s, t int) string {
	parties := c.Parties(s, t)
	if len(parties) == 0 {
		return "nobody"
	}
	var out []string
	for _, p := range parties {
		code := p.Code
		if code == "" {
			code = "-"
		}
		out = append(out, code+" "+p.Name)
	}
	return strings.Join(out, " & ")
}

func TestCases(t *testing.T) {
	const path = "testdata/cases.txt"
	if *updateTrees != "" {
		if err := writeTrees(*updateTrees, path); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := readCases(string(b))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	g := newGazetteer(t)
	checked := 0
	for _, c := range cases {
		cast := g.Cast(c.doc, &chancery.Article{Published: c.date})
		for _, w := range c.wants {
			s, tok, ok := find(c.doc, w.form, w.n)
			if !ok {
				t.Errorf("%s:%d: no word %q (%d) in %q", path, w.line, w.form, w.n, c.doc.Text)
				continue
			}
			checked++
			if g := got(cast, s, tok); g != w.want {
				t.Errorf("%s:%d: %q in %q\n\tgot  %s\n\twant %s", path, w.line, w.form, c.doc.Text, g, w.want)
			}
		}
	}
	if checked < 60 {
		t.Errorf("%d phrases checked, want at least 60", checked)
	}
}

func find(doc *english.Doc, form string, n int) (s, t int, ok bool) {
	for s := range doc.Sentences {
		for t := range doc.Sentences[s].Tokens {
			if doc.Sentences[s].Tokens[t].Form == form {
				if n--; n == 0 {
					return s, t, true
				}
			}
		}
	}
	return 0, 0, false
}

// writeTrees fills in the trees, names and chains of the program's own parser,
// to be reviewed as a diff.
func writeTrees(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	p, err := english.Load()
	if err != nil {
		return err
	}
	var out strings.Builder
	out.WriteString("# Who phrases denote. The form is documented at readCases in cases_test.go.\n")
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		text, ok := strings.CutPrefix(line, "text: ")
		if !ok {
			fmt.Fprintln(&out, line)
			continue
		}
		fmt.Fprintf(&out, "\n%s\n", line)
		doc := p.Parse(text)
		for _, s := range doc.Sentences {
			out.WriteString("tree:")
			for _, t := range s.Tokens {
				fmt.Fprintf(&out, " %s/%s/%s/%d/%s", t.Form, t.UPOS, t.XPOS, t.Head+1, t.Rel)
			}
			out.WriteString("\n")
		}
		for _, n := range doc.Names {
			fmt.Fprintf(&out, "name: %s %d %d %d\n", n.Kind, n.Sentence, n.First, n.Last)
		}
	}
	return os.WriteFile(to, []byte(out.String()), 0o644)
}

func newGazetteer(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}
