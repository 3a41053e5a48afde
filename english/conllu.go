package english

import (
	"strings"

	"chancery/english/conllu"
)

// CoNLLU gives the sentences in the treebanks' format, for tools that read it.
// Spaces are kept as SpaceAfter; the text of a sentence has its line breaks
// turned into spaces.
func (d *Doc) CoNLLU() []*conllu.Sentence {
	all := make([]*conllu.Sentence, len(d.Sentences))
	for i := range d.Sentences {
		s := &d.Sentences[i]
		out := &conllu.Sentence{
			Comments: []string{" text = " + strings.Join(strings.Fields(s.Of(d.Text)), " ")},
			Words:    make([]conllu.Word, len(s.Tokens)),
		}
		for j, t := range s.Tokens {
			out.Words[j] = conllu.Word{Form: t.Form, Lemma: orBlank(t.Lemma), UPOS: t.UPOS, XPOS: t.XPOS, Feats: t.Feats,
				Head: t.Head + 1, Rel: t.Rel, Misc: d.spaceAfter(i, j)}
		}
		for _, m := range s.Multiword {
			out.Multiword = append(out.Multiword, conllu.Multiword{First: m.First + 1, Last: m.Last + 1,
				Form: m.Of(d.Text), Misc: out.Words[m.Last].Misc})
			for j := m.First; j <= m.Last; j++ {
				out.Words[j].Misc = ""
			}
		}
		all[i] = out
	}
	return all
}

func orBlank(lemma string) string {
	if lemma == "" {
		return "_"
	}
	return lemma
}

// spaceAfter gives the MISC column of a token: whether the next one, in its
// sentence or the next sentence, follows without white space.
func (d *Doc) spaceAfter(sentence, token int) string {
	s := &d.Sentences[sentence]
	end := s.Tokens[token].End
	var next int
	switch {
	case token+1 < len(s.Tokens):
		next = s.Tokens[token+1].Start
	case sentence+1 < len(d.Sentences):
		next = d.Sentences[sentence+1].Start
	default:
		return ""
	}
	if end == next {
		return "SpaceAfter=No"
	}
	return ""
}

// FromCoNLLU makes a Doc of treebank sentences: their text by the rule of
// conllu.Raw, and their annotation. Names, chains and times stay empty. The
// words of a contraction divide its characters by the lengths of their forms.
func FromCoNLLU(sentences []*conllu.Sentence) *Doc {
	raw := conllu.Raw(sentences)
	doc := &Doc{Text: raw.Text, Sentences: make([]Sentence, len(sentences))}
	for i, g := range sentences {
		s := &doc.Sentences[i]
		s.Span = Span(raw.Sentences[i])
		s.Tokens = make([]Token, len(g.Words))
		for j, w := range g.Words {
			s.Tokens[j] = Token{Span: Span(raw.Words[i][j]), Lemma: w.Lemma, UPOS: w.UPOS, XPOS: w.XPOS, Feats: w.Feats,
				Head: max(w.Head, 0) - 1, Rel: w.Rel}
		}
		for _, m := range g.Multiword {
			r := raw.Words[i][m.First-1]
			at := r.Start
			for k := m.First - 1; k < m.Last; k++ {
				left := m.Last - 1 - k // words that still need a byte
				end := min(at+len(g.Words[k].Form), r.End-left)
				if left == 0 {
					end = r.End
				}
				s.Tokens[k].Span = Span{at, end}
				at = end
			}
			s.Multiword = append(s.Multiword, Multiword{Span(r), m.First - 1, m.Last - 1})
		}
		for j := range s.Tokens {
			t := &s.Tokens[j]
			t.Form = t.Of(doc.Text)
		}
	}
	return doc
}
