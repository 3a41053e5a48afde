package conllu

import "strings"

// Layout is the raw text of a run of sentences and where its parts lie in it,
// as half-open byte ranges.
type Layout struct {
	Text      string
	Sentences []Range
	Words     [][]Range // per sentence and word; the words of a multiword token share its range
}

// Range is the half-open range [Start, End) of bytes.
type Range struct{ Start, End int }

// Raw rebuilds the text that the sentences annotate, by the rule of the CoNLL
// 2018 shared task: a space after every orthographic word unless MISC says
// SpaceAfter=No, a blank line before each new paragraph and document.
func Raw(sentences []*Sentence) Layout {
	var b strings.Builder
	l := Layout{Sentences: make([]Range, 0, len(sentences)), Words: make([][]Range, 0, len(sentences))}
	space := false
	for i, s := range sentences {
		_, par := s.Comment("newpar")
		_, doc := s.Comment("newdoc")
		if !par {
			_, par = s.Comment("newpar id")
		}
		if !doc {
			_, doc = s.Comment("newdoc id")
		}
		switch {
		case i > 0 && (par || doc):
			b.WriteString("\n\n")
		case space:
			b.WriteByte(' ')
		}
		space = false
		words := make([]Range, len(s.Words))
		multi := s.Multiword
		start := -1
		for w := 0; w < len(s.Words); {
			if space {
				b.WriteByte(' ')
			}
			form, misc, n := s.Words[w].Form, s.Words[w].Misc, 1
			if len(multi) > 0 && multi[0].First == w+1 {
				form, misc, n = multi[0].Form, multi[0].Misc, multi[0].Last-multi[0].First+1
				multi = multi[1:]
			}
			r := Range{b.Len(), b.Len() + len(form)}
			if start < 0 {
				start = r.Start
			}
			b.WriteString(form)
			for k := range n {
				words[w+k] = r
			}
			w += n
			after, ok := MiscValue(misc, "SpaceAfter")
			space = !ok || after != "No"
		}
		l.Words = append(l.Words, words)
		l.Sentences = append(l.Sentences, Range{start, b.Len()})
	}
	l.Text = b.String()
	return l
}
