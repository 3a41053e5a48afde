package actor

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chancery"
	"chancery/english"
)

// Whatever the tree says, right or wrong, every mention lies in the text, codes
// keep the vocabulary, and nothing panics.
func TestAnyTree(t *testing.T) {
	g := newGazetteer(t)
	forms := []string{"Pakistan", "US", "-", "the", "two", "countries", "army", "chief", ",", "Asim", "Munir", "'s", "of", "and", "Taliban",
		"fighters", "Russian", "oil", "he", "its", "who", "White", "House", "General", "former", "president", "(", ")", "Foreign", "Ministry", "such", "as", "said", "."}
	upos := []string{"NOUN", "PROPN", "ADJ", "VERB", "PRON", "DET", "ADP", "PUNCT", "NUM", "CCONJ", "PART", "X"}
	rels := []string{"nsubj", "obj", "nmod", "nmod:poss", "amod", "compound", "flat", "appos", "conj", "case", "det", "acl:relcl", "punct", "cop", "obl"}
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		doc := &english.Doc{}
		for range rapid.IntRange(0, 4).Draw(t, "sentences") {
			var s english.Sentence
			n := rapid.IntRange(1, 14).Draw(t, "tokens")
			for i := range n {
				form := rapid.SampledFrom(forms).Draw(t, "form")
				start := text.Len()
				text.WriteString(form)
				s.Tokens = append(s.Tokens, english.Token{Span: english.Span{Start: start, End: text.Len()}, Form: form, Lemma: strings.ToLower(form),
					UPOS: rapid.SampledFrom(upos).Draw(t, "upos"), XPOS: rapid.SampledFrom([]string{"NN", "NNS", "NNP", "PRP$", "WP", "VBN"}).Draw(t, "xpos"),
					Head: rapid.IntRange(-1, n-1).Draw(t, "head"), Rel: rapid.SampledFrom(rels).Draw(t, "rel")})
				if rapid.Bool().Draw(t, "space") || i == n-1 {
					text.WriteByte(' ')
				}
			}
			s.Span = english.Span{Start: s.Tokens[0].Start, End: s.Tokens[n-1].End}
			doc.Sentences = append(doc.Sentences, s)
		}
		for range rapid.IntRange(0, 3).Draw(t, "chains") {
			var chain english.Chain
			for range rapid.IntRange(1, 4).Draw(t, "mentions") {
				if len(doc.Sentences) == 0 {
					break
				}
				s := rapid.IntRange(0, len(doc.Sentences)-1).Draw(t, "sentence")
				k := rapid.IntRange(0, len(doc.Sentences[s].Tokens)-1).Draw(t, "token")
				chain.Mentions = append(chain.Mentions, english.Mention{Span: doc.Sentences[s].Tokens[k].Span, Kind: english.Nominal, Sentence: s, Head: k, First: k, Last: k})
			}
			if rapid.Bool().Draw(t, "group") {
				chain.Members = []int{rapid.IntRange(0, 2).Draw(t, "member")}
			}
			doc.Chains = append(doc.Chains, chain)
		}
		doc.Text = text.String()
		c := g.Cast(doc, nil)
		for s := range doc.Sentences {
			for k := range doc.Sentences[s].Tokens {
				p, ok := c.Party(s, k)
				all := c.Parties(s, k)
				if ok && (len(all) == 0 || all[0] != p) {
					t.Fatalf("Party %v is not the first of Parties %v", p, all)
				}
				for _, p := range all {
					checkParty(t, g, doc.Text, p)
				}
			}
		}
		last := -1
		for _, a := range c.Actors() {
			if len(a.Mentions) == 0 || a.Mentions[0].Start < last {
				t.Fatalf("actors out of order: %v", a)
			}
			last = a.Mentions[0].Start
			for i, m := range a.Mentions {
				if err := m.Check(doc.Text); err != nil {
					t.Fatal(err)
				}
				if i > 0 && m.Start < a.Mentions[i-1].End {
					t.Fatalf("mentions of %s overlap", a.Name)
				}
			}
		}
		again, err := json.Marshal(g.Cast(doc, nil).Actors())
		if err != nil {
			t.Fatal(err)
		}
		if first, _ := json.Marshal(c.Actors()); !reflect.DeepEqual(first, again) {
			t.Fatalf("two casts of one text differ:\n%s\n%s", first, again)
		}
	})
}

func checkParty(t *rapid.T, g *Gazetteer, text string, p chancery.Party) {
	if err := p.Mention.Check(text); err != nil {
		t.Fatalf("%v: %v", p, err)
	}
	if p.Name == "" {
		t.Fatalf("%v has no name", p)
	}
	if p.Code == "" || isSector(p.Code) || g.stateOf(p.Code) != "" {
		return
	}
	for i := range g.entries {
		if g.entries[i].code == p.Code {
			return
		}
	}
	t.Fatalf("%v has a code that nothing has", p)
}

// Every code of the embedded lists is a state with at most one sector, or a
// body's own, and no body has the code of a state.
func TestListsKeepTheVocabulary(t *testing.T) {
	g := newGazetteer(t)
	for _, e := range g.entries {
		if e.class == classOther {
			continue
		}
		if err := checkCode(e.code); err != nil {
			t.Error(err)
		}
		if len(e.code) > 3 && g.states[e.code[:3]] != "" && !isSector(e.code[3:]) {
			t.Errorf("%s (%s): not a sector behind the state", e.code, e.name)
		}
		if (e.class == classBody || e.class == classGroup) && e.code == e.code[:min(3, len(e.code))] && g.states[e.code] != "" {
			t.Errorf("%s (%s): a state's code", e.code, e.name)
		}
		if e.since != 0 && e.until != 0 && e.since > e.until {
			t.Errorf("%s: term ends before it starts", e.name)
		}
	}
	for _, code := range []string{"UNO", "NATO", "EUU", "BRICS", "SCO", "TALIBAN", "TTP", "ISKP", "ALQAEDA", "HAMAS"} {
		if g.stateOf(code) != "" {
			t.Errorf("%s is taken for a state", code)
		}
	}
	for noun, v := range g.agents.nouns {
		if !isSector(v.sector) {
			t.Errorf("%s: sector %q", noun, v.sector)
		}
	}
}

// casesDoc joins the trees of testdata/cases.txt into one text of about a
// thousand words.
func casesDoc(t testing.TB) *english.Doc {
	t.Helper()
	b, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases, err := readCases(string(b))
	if err != nil {
		t.Fatal(err)
	}
	doc := &english.Doc{}
	words := 0
	for _, c := range append(cases, cases...) {
		at := len(doc.Text)
		for _, s := range c.doc.Sentences {
			s.Tokens = append([]english.Token(nil), s.Tokens...)
			for i := range s.Tokens {
				s.Tokens[i].Start += at
				s.Tokens[i].End += at
			}
			s.Start += at
			s.End += at
			doc.Sentences = append(doc.Sentences, s)
			words += len(s.Tokens)
		}
		doc.Text += c.doc.Text + " "
		if words >= 1000 {
			break
		}
	}
	return doc
}

func BenchmarkCast(b *testing.B) {
	g := newGazetteer(b)
	doc := casesDoc(b)
	words := 0
	for _, s := range doc.Sentences {
		words += len(s.Tokens)
	}
	b.ReportMetric(float64(words), "words")
	for b.Loop() {
		g.Cast(doc, nil)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newGazetteer(b)
	}
}
