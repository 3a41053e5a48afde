package conllu

import (
	"errors"
	"strings"
	"testing"
)

func table(t *testing.T, text string) []*Sentence {
	t.Helper()
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		f := strings.Fields(line)
		switch len(f) {
		case 0:
			b.WriteByte('\n')
		case 2: // range, form
			b.WriteString(f[0] + "\t" + f[1] + "\t_\t_\t_\t_\t_\t_\t_\t_\n")
		case 7: // number, form, lemma, UPOS, feats, head, relation
			b.WriteString(strings.Join([]string{f[0], f[1], f[2], f[3], f[3], f[4], f[5], f[6], "_", "_"}, "\t") + "\n")
		default:
			t.Fatalf("bad line %q", line)
		}
	}
	all, err := ReadAll(strings.NewReader(b.String() + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// The gold has nine words in two sentences; the system misses a sentence
// boundary, splits no "can't", splits "U.S." and errs in one relation.
const goldCase = `
1 They they PRON _ 4 nsubj
2-3 can't
2 ca can AUX VerbForm=Fin 4 aux
3 n't not PART Polarity=Neg 4 advmod
4 see see VERB VerbForm=Inf 0 root
5 it it PRON _ 4 obj

1 The the DET Definite=Def|NumForm=Word 2 det
2 U.S. U.S. PROPN Number=Sing 3 nsubj:outer
3 knows know VERB _ 0 root
4 . . PUNCT _ 3 punct`

const systemCase = `
1 They they PRON _ 3 nsubj
2 can't can AUX VerbForm=Fin 3 aux
3 see see VERB VerbForm=Inf 0 root
4 it it PRON _ 3 iobj
5 The the DET Definite=Def 6 det
6 U U PROPN Number=Sing 8 nsubj
7 .S. S PROPN Number=Sing 6 flat
8 knows knows VERB _ 3 parataxis
9 . . PUNCT _ 8 punct`

func TestScore(t *testing.T) {
	gold, system := table(t, goldCase), table(t, systemCase)
	got, err := Score(gold, system)
	if err != nil {
		t.Fatal(err)
	}
	// Counted by hand. Aligned words: They, see, it, The, knows, "." (six).
	want := Scores{
		Tokens:    {8, 9, 7},
		Sentences: {2, 1, 0},
		Words:     {9, 9, 6},
		UPOS:      {9, 9, 6},
		XPOS:      {9, 9, 6},
		Feats:     {9, 9, 6}, // NumForm is not universal
		AllFeats:  {9, 9, 5},
		Lemmas:    {9, 9, 5}, // knows
		UAS:       {9, 9, 4}, // not The, whose head is split, nor knows, a root in gold
		LAS:       {9, 9, 3}, // nor it
		FullLAS:   {9, 9, 3},
	}
	for _, m := range Metrics() {
		if got[m] != want[m] {
			t.Errorf("%v: %+v, want %+v", m, got[m], want[m])
		}
	}
	self, err := Score(gold, gold)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range Metrics() {
		if f, ok := self[m].F1(); !ok || f != 1 {
			t.Errorf("%v of the gold against itself: %v", m, f)
		}
	}
}

func TestScoreAlignsWithinContractions(t *testing.T) {
	gold := table(t, "1-3 shouldn't've\n1 should shall AUX _ 0 root\n2 n't not PART _ 1 advmod\n3 've have AUX _ 1 aux\n4 done do VERB _ 1 xcomp")
	system := table(t, "1-2 shouldn't've\n1 shouldn't shall AUX _ 0 root\n2 've have AUX _ 1 aux\n3 done do VERB _ 1 xcomp")
	got, err := Score(gold, system)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Count{4, 3, 2}); got[Words] != want { // 've and done
		t.Errorf("words %+v, want %+v", got[Words], want)
	}
	if want := (Count{2, 2, 2}); got[Tokens] != want {
		t.Errorf("tokens %+v, want %+v", got[Tokens], want)
	}
}

func TestScoreRefusesAnotherText(t *testing.T) {
	_, err := Score(table(t, "1 yes yes INTJ _ 0 root"), table(t, "1 no no INTJ _ 0 root"))
	if !errors.Is(err, ErrText) {
		t.Errorf("error %v, want ErrText", err)
	}
}

func TestEmptyCountsHaveNoF1(t *testing.T) {
	if f, ok := (Count{}).F1(); ok {
		t.Errorf("F1 of nothing is %v", f)
	}
}
