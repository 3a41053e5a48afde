package conllu

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

const sample = `# newdoc id = d1
# newpar
# text = "They can't stay," Ann said.
1	"	"	PUNCT	` + "``" + `	_	5	punct	_	SpaceAfter=No
2	They	they	PRON	PRP	Case=Nom|Number=Plur	5	nsubj	_	_
3-4	can't	_	_	_	_	_	_	_	_
3	ca	can	AUX	MD	VerbForm=Fin	5	aux	_	_
4	n't	not	PART	RB	Polarity=Neg	5	advmod	_	_
5	stay	stay	VERB	VB	VerbForm=Inf	8	ccomp	_	SpaceAfter=No
6	,	,	PUNCT	,	_	5	punct	_	SpaceAfter=No
7	"	"	PUNCT	''	_	5	punct	_	_
8	Ann	Ann	PROPN	NNP	Number=Sing	9	nsubj	_	_
9	said	say	VERB	VBD	Tense=Past	0	root	_	SpaceAfter=No
9.1	so	so	ADV	RB	_	_	_	9:advmod	_
10	.	.	PUNCT	.	_	9	punct	_	_

# newpar id = p2
1	End	end	NOUN	NN	_	0	root	_	_

1	More	more	ADJ	JJR	_	0	root	_	_

`

func TestRoundTrip(t *testing.T) {
	all, err := ReadAll(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || len(all[0].Words) != 10 || len(all[0].Multiword) != 1 || len(all[0].Empty) != 1 {
		t.Fatalf("read %d sentences: %+v", len(all), all)
	}
	if v, ok := all[1].Comment("newpar id"); !ok || v != "p2" {
		t.Errorf("comment newpar id = %q, %v", v, ok)
	}
	var b bytes.Buffer
	w := NewWriter(&b)
	for _, s := range all {
		if err := w.Write(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if b.String() != sample {
		t.Errorf("written:\n%s\nwant:\n%s", b.String(), sample)
	}
}

func TestRaw(t *testing.T) {
	all, err := ReadAll(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	l := Raw(all)
	want := "\"They can't stay,\" Ann said.\n\nEnd More"
	if l.Text != want {
		t.Fatalf("text %q, want %q", l.Text, want)
	}
	for i, w := range []string{`"They can't stay," Ann said.`, "End", "More"} {
		if got := l.Text[l.Sentences[i].Start:l.Sentences[i].End]; got != w {
			t.Errorf("sentence %d is %q, want %q", i, got, w)
		}
	}
	if a, b := l.Words[0][2], l.Words[0][3]; a != b || l.Text[a.Start:a.End] != "can't" {
		t.Errorf("the words of can't lie at %v and %v", a, b)
	}
}

func TestSyntaxErrors(t *testing.T) {
	row := func(id, head string) string { return id + "\tx\tx\tX\tX\t_\t" + head + "\tdep\t_\t_\n" }
	for name, text := range map[string]string{
		"columns":      "1\tx\n\n",
		"eleven":       "1\tx\tx\tX\tX\t_\t0\troot\t_\t_\t_\n\n",
		"number":       row("2", "0") + "\n",
		"head":         row("1", "two") + "\n",
		"head too far": row("1", "3") + "\n",
		"range":        row("2-3", "_") + row("1", "0") + "\n",
		"open range":   row("1-2", "_") + row("1", "0") + "\n",
		"comment only": "# text = nothing\n\n",
		"empty form":   "1\t\tx\tX\tX\t_\t0\troot\t_\t_\n\n",
	} {
		_, err := ReadAll(strings.NewReader(text))
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Line == 0 {
			t.Errorf("%s: error %v, want a SyntaxError with its line", name, err)
		}
	}
}

// TestTreebanks reads and writes the public treebanks when they lie beside the checkout.
func TestTreebanks(t *testing.T) {
	for _, name := range []string{"../../../shared/data/ud-ewt/dev.conllu", "../../../shared/data/gum/dev.conllu"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Skipf("no treebank here: %v", err)
		}
		var b bytes.Buffer
		w := NewWriter(&b)
		for r := NewReader(bytes.NewReader(data)); ; {
			s, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			w.Write(s)
		}
		w.Flush()
		if !bytes.Equal(bytes.TrimSpace(b.Bytes()), bytes.TrimSpace(data)) {
			t.Errorf("%s is not written as it was read", name)
		}
	}
}

func FuzzReader(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("1\t_\t_\t_\t_\t_\t_\t_\t_\t_\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := ReadAll(bytes.NewReader(data))
		if err != nil {
			return
		}
		write := func(all []*Sentence) string {
			var b bytes.Buffer
			w := NewWriter(&b)
			for _, s := range all {
				w.Write(s)
			}
			w.Flush()
			return b.String()
		}
		once := write(first)
		second, err := ReadAll(strings.NewReader(once))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, once)
		}
		if twice := write(second); twice != once {
			t.Fatalf("written %q, then %q", once, twice)
		}
		l := Raw(first)
		for i, s := range l.Sentences {
			if s.Start < 0 || s.End > len(l.Text) || s.Start > s.End {
				t.Fatalf("sentence %d at %v of %d bytes", i, s, len(l.Text))
			}
		}
	})
}
