package training

import (
	"cmp"
	"slices"
	"strings"

	"chancery/english/conllu"
	"chancery/english/neural"
)

// example is a sentence of a treebank as the network sees it.
type example struct {
	as       neural.Convention
	forms    []string
	word     []int32    // rows of the word table
	vector   []int32    // rows of the frozen vectors, -1 for none
	features [][]uint32 // rows of the character table
	targets  [][5]int32 // per word: UPOS, XPOS, features, lemma rule, name; -1 for none
	head     []int32    // -1 for the root
	rel      []int32
}

// Names finds the flat names of persons, organisations and places in a
// document with GUM's entities, as BIO tags for each sentence. GUM marks every
// referring phrase: a name is the run of proper nouns around the head of a
// phrase whose head is one, together with "of" and what it joins inside the
// phrase; the longest of names that overlap is taken.
func Names(sentences []*conllu.Sentence) ([][]string, error) {
	entities, err := conllu.Entities(sentences)
	if err != nil {
		return nil, err
	}
	type span struct {
		sentence, first, last int
		kind                  string
	}
	var spans []span
	for _, e := range entities {
		if e.Type != "person" && e.Type != "organization" && e.Type != "place" {
			continue
		}
		words := sentences[e.Sentence].Words
		inside := func(i int) bool { return i >= e.First && i <= e.Last }
		// By XPOS: "United" of "United States" is an adjective that is proper.
		proper := func(i int) bool { return inside(i) && strings.HasPrefix(words[i].XPOS, "NNP") }
		h := headOf(words, e)
		if !proper(h) || e.Type == "person" && words[h].XPOS == "NNPS" {
			continue // "the Swedes" are no name of a person
		}
		first, last := h, h
	grow:
		for {
			switch {
			case proper(first - 1):
				first--
			case inside(first-1) && joins(words[first-1].Form) && proper(first-2):
				first -= 2
			case proper(last + 1):
				last++
			case inside(last+1) && joins(words[last+1].Form) && proper(last+2):
				last += 2
			case e.Type != "person" && inside(last+1) && words[last+1].Form == "of" && proper(last+2):
				last += 2
			case e.Type != "person" && inside(last+1) && words[last+1].Form == "of" && inside(last+2) && words[last+2].Form == "the" && proper(last+3):
				last += 3
			default:
				break grow
			}
		}
		if e.Type == "person" {
			title := func() bool { return titles[strings.TrimSuffix(words[first].Form, ".")] }
			for first < last && title() {
				first++
			}
			if first == last && title() {
				continue // "the President"
			}
		}
		spans = append(spans, span{e.Sentence, first, last, e.Type})
	}
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(b.last-b.first, a.last-a.first), cmp.Compare(a.sentence, b.sentence), cmp.Compare(a.first, b.first))
	})
	tags := make([][]string, len(sentences))
	for i, s := range sentences {
		tags[i] = make([]string, len(s.Words))
		for j := range tags[i] {
			tags[i][j] = "O"
		}
	}
	for _, s := range spans {
		row := tags[s.sentence][s.first : s.last+1]
		if slices.ContainsFunc(row, func(t string) bool { return t != "O" }) {
			continue
		}
		row[0] = "B-" + s.kind
		for i := range row[1:] {
			row[1+i] = "I-" + s.kind
		}
	}
	return tags, nil
}

// headOf is the word of a mention whose head lies outside it.
func headOf(words []conllu.Word, e conllu.Entity) int {
	for i := e.First; i <= e.Last; i++ {
		if h := words[i].Head - 1; h < e.First || h > e.Last {
			if words[i].UPOS != "PUNCT" {
				return i
			}
		}
	}
	return e.First
}

func joins(form string) bool { return form == "-" || form == "&" || form == "'" || form == "/" }

// titles are forms of address, which are no part of a person's name.
var titles = map[string]bool{
	"Mr": true, "Mrs": true, "Ms": true, "Miss": true, "Dr": true, "Prof": true, "Professor": true, "Sir": true,
	"President": true, "Senator": true, "Sen": true, "Rep": true, "Gov": true, "Governor": true, "Minister": true,
	"Secretary": true, "General": true, "Gen": true, "Colonel": true, "Captain": true, "Lt": true, "Sgt": true,
	"King": true, "Queen": true, "Prince": true, "Princess": true, "Pope": true, "Justice": true, "Judge": true,
	"Chancellor": true, "Prime": true, "Vice": true, "Sheikh": true, "Ayatollah": true, "Lord": true, "Lady": true,
}

// corpus is sentences with the names of those that have any noted.
type corpus struct {
	sentences []*conllu.Sentence
	names     [][]string // nil for a sentence whose names are not noted
	as        []neural.Convention
}

func (c *corpus) add(sentences []*conllu.Sentence, withNames bool, as neural.Convention) error {
	for range sentences {
		c.as = append(c.as, as)
	}
	if !withNames {
		c.sentences = append(c.sentences, sentences...)
		c.names = append(c.names, make([][]string, len(sentences))...)
		return nil
	}
	for _, doc := range conllu.Documents(sentences) {
		tags, err := Names(doc)
		if err != nil {
			return err
		}
		c.sentences = append(c.sentences, doc...)
		c.names = append(c.names, tags...)
	}
	return nil
}

// inventory numbers the words and labels of a corpus.
type inventory struct {
	words  []string // the known words; word i has row i+1
	rows   map[string]int32
	counts []float64 // of each row's word in the corpus
	labels neural.Labels
	number [5]map[string]int32 // of the classifiers' labels
	rels   map[string]int32
}

const (
	leastWord  = 2 // rarer words share the row of unknown words
	leastLemma = 2 // rarer lemma rules are not learnt
	leastFeats = 2
)

func newInventory(c *corpus) *inventory {
	v := &inventory{rows: map[string]int32{}}
	words := map[string]int{}
	var counts [5]map[string]int
	for k := range counts {
		counts[k] = map[string]int{}
	}
	rels := map[string]int{}
	for i, s := range c.sentences {
		for j, w := range s.Words {
			words[neural.Key(w.Form)]++
			for k, label := range labelsOf(&w) {
				counts[k][label]++
			}
			if c.names[i] != nil {
				counts[4][c.names[i][j]]++
			}
			rels[w.Rel]++
		}
	}
	delete(counts[4], "")
	counts[4]["O"]++ // there is one even where no treebank notes names
	v.words, v.rows = listed(words, leastWord)
	v.counts = make([]float64, len(v.words)+1)
	for i, w := range v.words {
		v.counts[i+1] = float64(words[w])
	}
	for key := range v.rows {
		v.rows[key]++
	}
	l := &v.labels
	for k, dst := range []*[]string{&l.UPOS, &l.XPOS, &l.Feats, &l.Lemma, &l.Name} {
		*dst, v.number[k] = listed(counts[k], []int{1, 1, leastFeats, leastLemma, 1}[k])
	}
	l.Rel, v.rels = listed(rels, 1)
	return v
}

// labelsOf gives the values of the classifiers but names.
func labelsOf(w *conllu.Word) [5]string {
	return [5]string{w.UPOS, w.XPOS, w.Feats, neural.LemmaRule(w.Form, w.Lemma)}
}

// listed gives what was counted least times or more, the most frequent first.
func listed(counts map[string]int, least int) ([]string, map[string]int32) {
	var all []string
	for s, n := range counts {
		if n >= least {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	number := make(map[string]int32, len(all))
	for i, s := range all {
		number[s] = int32(i)
	}
	return all, number
}

func (v *inventory) examples(c *corpus, vectors *neural.Vectors) []*example {
	var all []*example
	for i, s := range c.sentences {
		e := &example{as: c.as[i]}
		for j, w := range s.Words {
			key := neural.Key(w.Form)
			e.forms = append(e.forms, w.Form)
			e.word = append(e.word, v.rows[key])
			row := int32(-1)
			if r, ok := vectors.Row(key); ok {
				row = int32(r)
			}
			e.vector = append(e.vector, row)
			e.features = append(e.features, neural.Features(nil, w.Form))
			labels := labelsOf(&w)
			if c.names[i] != nil {
				labels[4] = c.names[i][j]
			}
			var t [5]int32
			for k, label := range labels {
				n, ok := v.number[k][label]
				if !ok {
					n = -1
				}
				t[k] = n
			}
			e.targets = append(e.targets, t)
			e.head = append(e.head, int32(w.Head-1))
			e.rel = append(e.rel, v.rels[w.Rel])
		}
		if len(e.forms) > 0 {
			all = append(all, e)
		}
	}
	return all
}
