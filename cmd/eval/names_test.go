package main

import (
	"strings"
	"testing"

	"chancery/english"
	"chancery/english/conllu"
)

func TestReadIOB(t *testing.T) {
	file := "# newdoc id = d\n# sent_id = d-1\n# text = Ann didn't see New York.\n" +
		"1\tAnn\tB-PER\t-\n2\tdid\tO\t-\n3\tn't\tO\t-\n4\tsee\tO\t-\n5\tNew\tB-LOC\t-\n6\tYork\tI-LOC\t-\n7\t.\tO\t-\n\n" +
		"# sent_id = d-2\n# text = It rained\n1\tIt\tO\t-\n2\trained\tO\t-\n\n" +
		"# newdoc id = e\n# text = IBM rose\n1\tIBM\tB-ORG\t-\n2\trose\tO\t-\n"
	docs, err := readIOB(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || len(docs[0].Sentences) != 2 || docs[0].Text != "Ann didn't see New York. It rained" {
		t.Fatalf("read %+v", docs)
	}
	want := []english.Name{
		{Span: english.Span{Start: 0, End: 3}, Kind: english.Person},
		{Span: english.Span{Start: 15, End: 23}, Kind: english.Place, First: 4, Last: 5},
	}
	if len(docs[0].Names) != 2 || docs[0].Names[0] != want[0] || docs[0].Names[1] != want[1] {
		t.Errorf("names %+v, want %+v", docs[0].Names, want)
	}
	if got := docs[0].Sentences[0].Tokens[2].Of(docs[0].Text); got != "n't" {
		t.Errorf("third word %q", got)
	}
	if _, err := readIOB(strings.NewReader("# text = a b\n1\tc\tO\t-\n")); err == nil {
		t.Error("a word that is not in the text is accepted")
	}
}

func TestGenre(t *testing.T) {
	for id, want := range map[string]string{"GUM_news_visa-1": "news", "weblog-x-0001": "weblog", "17": "all"} {
		s := &conllu.Sentence{Comments: []string{" sent_id = " + id}}
		if got := genre(s); got != want {
			t.Errorf("%s: genre %q, want %q", id, got, want)
		}
	}
}

func TestGroup(t *testing.T) {
	got := group([]string{"b", "a", "b"})
	if len(got) != 2 || len(got[0]) != 2 || got[0][1] != 2 || got[1][0] != 1 {
		t.Errorf("groups %v", got)
	}
	if rest := withoutSingles(got); len(rest) != 1 || len(rest[0]) != 2 {
		t.Errorf("without singletons %v", rest)
	}
}
