package clause_test

import (
	"strings"
	"testing"

	"chancery/coder/clause"
	"chancery/english"
)

func TestCutDatelines(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"PARIS -- A French court spoke .", "PARIS -- | A French court spoke ."},
		{"LIMA , Peru ( AP ) - Police came .", "LIMA , Peru ( AP ) - | Police came ."},
		{"OSLO : Norway won again .", "OSLO : | Norway won again ."},
		{"Harare , Zimbabwe - The leader left .", "Harare , Zimbabwe - | The leader left ."},
		{"The court -- in Paris -- spoke .", "The court -- in Paris -- spoke ."},
		{"Peru said : the court spoke .", "Peru said : the court spoke ."},
		{"Paris spoke .", "Paris spoke ."},
		{"( CNN ) Italian police came .", "( CNN ) | Italian police came ."},
		{"CAIRO ( AP ) Egyptian police came .", "CAIRO ( AP ) | Egyptian police came ."},
		{"“ CAIRO ( Reuters ) – Police came . ”", "“ CAIRO ( Reuters ) – | Police came . ”"},
		{"NATO ( the alliance ) came .", "NATO ( the alliance ) came ."},
		{"The CIA ( USA ) and others came .", "The CIA ( USA ) and others came ."},
	} {
		s := english.Sentence{Span: english.Span{Start: 0, End: len(c.text)}}
		at := 0
		for _, w := range strings.Fields(c.text) {
			s.Tokens = append(s.Tokens, english.Token{Span: english.Span{Start: at, End: at + len(w)}, Form: w})
			at += len(w) + 1
		}
		var got []string
		for _, x := range clause.CutDatelines([]english.Sentence{s}) {
			got = append(got, x.Of(c.text))
		}
		if g := strings.Join(got, " | "); g != c.want {
			t.Errorf("%q: %q, want %q", c.text, g, c.want)
		}
	}
}
