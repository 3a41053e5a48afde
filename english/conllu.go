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
	end, next := s.Tokens[token].End, len(d.Text)
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
