package english

import (
	"fmt"
	"slices"

	"chancery/english/lexicon"
	"chancery/english/linear"
)

// CorefExample is a parsed document with the chains that annotators gave it.
type CorefExample struct {
	Doc *Doc
	// Mentions need Sentence and Head only. Two with the same head are a noun
	// and the coordination that begins with it, in this order.
	Mentions []Mention
	Entity   []int // of each mention, any number that is the same for the same thing
}

// TrainCoref fits the model of coreference that Load embeds and gives it as
// bytes. The same examples and seed give the same bytes.
func TrainCoref(examples []CorefExample, seed uint64) ([]byte, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	var choices []linear.Choice
	for _, e := range examples {
		choices = append(choices, corefChoices(e, lex)...)
	}
	if len(choices) == 0 {
		return nil, fmt.Errorf("train coreference: no mentions in %d documents", len(examples))
	}
	model, err := linear.TrainRanking(choices, linear.Config{Classes: 1, Bits: 18, Epochs: 8, Rate: 0.05, L2: 1e-5, Seed: seed})
	if err != nil {
		return nil, fmt.Errorf("train coreference: %w", err)
	}
	return model.Encode(), nil
}

// Costs of the wrong decisions relative to a wrong antecedent, tuned on GUM's
// development documents.
const (
	costFalseNew  = 1.5 // a mention that refers back is taken for new
	costFalseLink = 0.2 // a new one is taken to refer back
	costWrongLink = 0.3
)

// corefChoices replays the decisions of link with the right answers.
func corefChoices(e CorefExample, lex *lexicon.Lexicon) []linear.Choice {
	reader := newMentionReader(e.Doc, lex)
	mentions, order := reader.given(e.Mentions)
	l := newLinker(e.Doc, mentions, reader.speakers())
	latest := map[int]int{} // the last mention of each entity
	var out []linear.Choice
	for i := range mentions {
		entity := e.Entity[order[i]]
		var c linear.Choice
		add := func(features []uint32, right bool, cost float64) {
			c.Candidates = append(c.Candidates, append([]uint32(nil), features...))
			c.Right = append(c.Right, right)
			c.Cost = append(c.Cost, cost)
		}
		add(l.newFeatures(i), false, costFalseNew)
		found := false
		for _, a := range l.candidates(i) {
			if !l.possible(i, a) {
				continue
			}
			right := e.Entity[order[a]] == entity
			found = found || right
			add(l.pairFeatures(i, a), right, costWrongLink)
		}
		if !found {
			c.Right[0] = true
			for k := 1; k < len(c.Cost); k++ {
				c.Cost[k] = costFalseLink
			}
		}
		if len(c.Candidates) > 1 {
			out = append(out, c)
		}
		if a, ok := latest[entity]; ok {
			l.put(i, a)
		} else {
			l.put(i, -1)
		}
		latest[entity] = i
	}
	return out
}

// given describes mentions that somebody else found, and gives for each the
// index it was given at.
func (r *mentionReader) given(given []Mention) (all []mention, order []int) {
	type place struct{ sentence, head int }
	seen := map[place]bool{}
	type indexed struct {
		mention
		at int
	}
	var list []indexed
	for i, g := range given {
		p := place{g.Sentence, g.Head}
		list = append(list, indexed{r.make(g.Sentence, g.Head, seen[p]), i})
		seen[p] = true
	}
	slices.SortStableFunc(list, func(a, b indexed) int {
		if a.Sentence != b.Sentence {
			return a.Sentence - b.Sentence
		}
		return a.Head - b.Head
	})
	for _, m := range list {
		all = append(all, m.mention)
		order = append(order, m.at)
	}
	return all, order
}

// ResolveMentions joins mentions that somebody else found in a parsed text,
// for measuring. The mentions need Sentence and Head only, as in CorefExample;
// the result has the number of an entity for each.
func (p *Pipeline) ResolveMentions(doc *Doc, mentions []Mention) []int {
	reader := newMentionReader(doc, p.resolver.lexicon)
	all, order := reader.given(mentions)
	l := p.resolver.link(doc, all, reader.speakers())
	out := make([]int, len(mentions))
	for i, at := range order {
		out[at] = l.of[i]
	}
	return out
}
