package english_test

import (
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"chancery/english"
	"chancery/english/conllu"
)

// load is what a program does once, at its start.
func load() *english.Pipeline {
	nlp, err := english.Load()
	if err != nil {
		log.Fatal(err)
	}
	return nlp
}

func Example() {
	nlp, err := english.Load()
	if err != nil {
		log.Fatal(err)
	}
	doc := nlp.Parse("The old lighthouse doesn't work. Sailors miss it.")
	for i, s := range doc.Sentences {
		for _, t := range s.Tokens {
			fmt.Println(i, t.Form, t.UPOS, t.Lemma)
		}
	}
	// Output:
	// 0 The DET the
	// 0 old ADJ old
	// 0 lighthouse NOUN lighthouse
	// 0 does AUX do
	// 0 n't PART not
	// 0 work VERB work
	// 0 . PUNCT .
	// 1 Sailors NOUN sailor
	// 1 miss VERB miss
	// 1 it PRON it
	// 1 . PUNCT .
}

// Every part of a Doc is a range of the text: nothing is copied or changed.
func ExampleSpan_Of() {
	text := "Don’t panic!"
	doc := load().Parse(text)
	for _, t := range doc.Sentences[0].Tokens {
		fmt.Println(t.Start, t.End, t.Of(text), t.Lemma)
	}
	fmt.Println(doc.Sentences[0].Multiword[0].Of(text))
	// Output:
	// 0 2 Do do
	// 2 7 n’t not
	// 8 13 panic panic
	// 13 14 ! !
	// Don’t
}

// Who did what: the root of a tree, its subject and its object, each with
// everything that hangs under it.
func ExampleSentence_Subtree() {
	text := "The hungry children of the village ate three large loaves."
	s := &load().Parse(text).Sentences[0]
	phrase := func(i int) string {
		first, last := s.Subtree(i)
		return text[s.Tokens[first].Start:s.Tokens[last].End]
	}
	root := s.Root()
	fmt.Println("who: ", phrase(s.Child(root, "nsubj")))
	fmt.Println("did: ", s.Tokens[root].Lemma)
	fmt.Println("what:", phrase(s.Child(root, "obj")))
	// Output:
	// who:  The hungry children of the village
	// did:  eat
	// what: three large loaves
}

func ExampleSentence_Children() {
	s := &load().Parse("Grandmother quietly opened the door.").Sentences[0]
	for i := range s.Children(s.Root()) {
		fmt.Println(s.Tokens[i].Rel, s.Tokens[i].Form)
	}
	// Output:
	// nsubj Grandmother
	// advmod quietly
	// obj door
	// punct .
}

func ExampleToken_Feat() {
	for _, t := range load().Parse("She sings.").Sentences[0].Tokens {
		fmt.Printf("%s tense=%q number=%q\n", t.Form, t.Feat("Tense"), t.Feat("Number"))
	}
	// Output:
	// She tense="" number="Sing"
	// sings tense="Pres" number="Sing"
	// . tense="" number=""
}

func ExampleDoc_names() {
	text := "Marie Curie moved from Warsaw to Paris."
	for _, n := range load().Parse(text).Names {
		fmt.Println(n.Kind, n.Of(text))
	}
	// Output:
	// person Marie Curie
	// place Warsaw
	// place Paris
}

// A chain is the mentions of one thing.
func ExampleDoc_chains() {
	text := "Maria Silva lives in Lisbon. She paints boats."
	for _, c := range load().Parse(text).Chains {
		var mentions []string
		for _, m := range c.Mentions {
			mentions = append(mentions, m.Of(text))
		}
		fmt.Println(strings.Join(mentions, " = "))
	}
	// Output:
	// Maria Silva = She
}

// Times are resolved against the day on which the text was published.
func ExamplePipeline_ParseAt() {
	text := "The bridge was closed last month and will open on 3 August."
	published := time.Date(2024, 7, 15, 0, 0, 0, 0, time.UTC)
	for _, t := range load().ParseAt(text, published).Times {
		fmt.Printf("%s: %s to %s\n", t.Of(text), t.Start, t.End)
	}
	// Output:
	// last month: 2024-06 to 2024-06
	// 3 August: 2024-08-03 to 2024-08-03
}

// Split cuts a text without analysing it, which is several times faster.
func ExamplePipeline_Split() {
	text := "Dr. Okafor arrived at 9.30 a.m. on Jan. 5. Nobody was there."
	for _, s := range load().Split(text) {
		fmt.Println(len(s.Tokens), s.Of(text))
	}
	// Output:
	// 10 Dr. Okafor arrived at 9.30 a.m. on Jan. 5.
	// 4 Nobody was there.
}

// The treebanks' format is understood by many tools.
func ExampleDoc_CoNLLU() {
	w := conllu.NewWriter(os.Stdout)
	for _, s := range load().Parse("Cats sleep.").CoNLLU() {
		if err := w.Write(s); err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	// Output:
	// # text = Cats sleep.
	// 1	Cats	cat	NOUN	NNS	Number=Plur	2	nsubj	_	_
	// 2	sleep	sleep	VERB	VBP	Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin	0	root	_	SpaceAfter=No
	// 3	.	.	PUNCT	.	_	2	punct	_	_
}
