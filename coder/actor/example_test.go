package actor_test

import (
	"fmt"
	"log"

	"chancery"
	"chancery/coder/actor"
	"chancery/english"
)

// Who a phrase denotes is asked for by the sentence and the token that heads it.
func ExampleGazetteer_Cast() {
	g, err := actor.New(actor.Options{})
	if err != nil {
		log.Fatal(err)
	}
	doc := &english.Doc{
		Text: "Kenyan officials bought oil.",
		Sentences: []english.Sentence{{Span: english.Span{Start: 0, End: 28}, Tokens: []english.Token{
			{Span: english.Span{Start: 0, End: 6}, Form: "Kenyan", Lemma: "Kenyan", UPOS: "ADJ", XPOS: "JJ", Head: 1, Rel: "amod"},
			{Span: english.Span{Start: 7, End: 16}, Form: "officials", Lemma: "official", UPOS: "NOUN", XPOS: "NNS", Head: 2, Rel: "nsubj"},
			{Span: english.Span{Start: 17, End: 23}, Form: "bought", Lemma: "buy", UPOS: "VERB", XPOS: "VBD", Head: -1, Rel: "root"},
			{Span: english.Span{Start: 24, End: 27}, Form: "oil", Lemma: "oil", UPOS: "NOUN", XPOS: "NN", Head: 2, Rel: "obj"},
			{Span: english.Span{Start: 27, End: 28}, Form: ".", Lemma: ".", UPOS: "PUNCT", XPOS: ".", Head: 2, Rel: "punct"},
		}}},
	}
	cast := g.Cast(doc, &chancery.Article{Text: doc.Text})
	for token := range doc.Sentences[0].Tokens {
		if p, ok := cast.Party(0, token); ok {
			fmt.Println(p.Code, p.Mention.Of(doc.Text))
		}
	}
	// Output:
	// KEN Kenyan
	// KENGOV Kenyan officials
}
