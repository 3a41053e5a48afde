package english

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"chancery/english/lexicon"
	"chancery/english/linear"
	"chancery/english/neural"
)

//go:embed names.model
var namesModel []byte

// The tags of a name's words: outside, and first and later word of each kind.
const (
	tagOutside = 0
	tagCount   = 7
)

var tagKinds = [...]NameKind{Person, Organization, Place}

func firstTag(kind int) int { return 1 + 2*kind }

// nameTagger finds names: a classifier gives every word that could be part of
// one a score per tag, from its form, its tags, its neighbours and the lists
// of package lexicon; a head over the network's encoder gives another, and the
// network's own opinion is added; the best sequence of tags is taken (Viterbi
// 1967). It is safe for concurrent use.
type nameTagger struct {
	model   *linear.Model
	types   *wordTypes
	head    *nameHead
	lexicon *lexicon.Lexicon
}

func loadNames(lex *lexicon.Lexicon, network *neural.Model) (*nameTagger, error) {
	model, rest, err := linear.Decode(namesModel)
	if err != nil {
		return nil, fmt.Errorf("load the names model: %w", err)
	}
	if model.Classes() != tagCount {
		return nil, fmt.Errorf("load the names model: %d classes, want %d", model.Classes(), tagCount)
	}
	types, rest, err := decodeWordTypes(rest, network.Vectors())
	if err != nil {
		return nil, fmt.Errorf("load the names model: %w", err)
	}
	head, err := decodeNameHead(rest, network.VectorSize())
	if err != nil {
		return nil, fmt.Errorf("load the names model: %w", err)
	}
	return &nameTagger{model, types, head, lex}, nil
}

// networkWeight is what the network's tag adds to the scores of the classifier
// and of the head, which count in full; outsideCost is taken off the score of
// leaving a proper noun outside names, for the treebank that both learn from
// annotates many names as things of other kinds. Both were set on UNER's
// development set and on GUM's.
const (
	networkWeight = 1.0
	outsideCost   = 0.1
)

// nameSpace is what finding names needs beside its result, to be used again.
type nameSpace struct {
	words    nameWords
	features []uint32
	input    []float32 // of the head, a row for each word that could be part of a name
	units    []float32 // of its hidden layer, likewise
	back     [][tagCount]int8
	tags     []int
}

// find appends the names of a sentence to names. Network holds the network's
// tag of each token, vectors the top layer of its encoder.
func (n *nameTagger) find(sentence int, s *Sentence, network []uint8, vectors []float32, names []Name, sp *nameSpace) []Name {
	w := &sp.words
	w.read(s, n.lexicon, n.types)
	// The head reads all the words in one go.
	sp.input = sp.input[:0]
	rows := 0
	for i := range s.Tokens {
		if w.may[i] {
			sp.input = n.head.input(w, i, vectors, sp.input)
			rows++
		}
	}
	sp.units = n.head.layer(rows, sp.input, sp.units)
	units := sp.units
	for first := 0; first < len(s.Tokens); {
		if !w.may[first] {
			first++
			continue
		}
		end := first
		for end < len(s.Tokens) && w.may[end] {
			end++
		}
		tags := n.decode(w, first, end, network, units, sp)
		units = units[(end-first)*headUnits:]
		for i := 0; i < len(tags); i++ {
			if tags[i]%2 != 1 {
				continue
			}
			last := i
			for last+1 < len(tags) && tags[last+1] == tags[i]+1 {
				last++
			}
			a, b := first+i, first+last
			names = append(names, Name{Span{s.Tokens[a].Start, s.Tokens[b].End}, tagKinds[tags[i]/2], sentence, a, b})
			i = last
		}
		first = end
	}
	return names
}

// decode gives the best tags of the words from first to end, whose units the
// hidden layer of the head has. The tags hold until the next call.
func (n *nameTagger) decode(w *nameWords, first, end int, network []uint8, units []float32, sp *nameSpace) []int {
	const low = -1e9
	size := end - first
	sp.back = cleared(sp.back, size)
	back := sp.back
	var best [tagCount]float32
	for k := range best {
		best[k] = low
	}
	best[tagOutside] = 0
	for i := range size {
		var own [tagCount]float32
		sp.features = w.features(first+i, sp.features[:0])
		n.model.Scores(sp.features, own[:])
		head := n.head.scores((*[headUnits]float32)(units[i*headUnits:]))
		if w.proper(first + i) {
			head[tagOutside] -= outsideCost
		}
		head[network[first+i]] += networkWeight
		var next [tagCount]float32
		for k := range next {
			next[k] = low
		}
		for before := range tagCount {
			if best[before] <= low {
				continue
			}
			scores := own
			sp.features = w.chained(first+i, before, sp.features[:0])
			n.model.Scores(sp.features, scores[:])
			normalise(&scores)
			for k := range tagCount {
				if k > 0 && k%2 == 0 && before != k && before != k-1 {
					continue // a later word follows one of its kind
				}
				if v := best[before] + scores[k] + head[k]; v > next[k] {
					next[k] = v
					back[i][k] = int8(before)
				}
			}
		}
		best = next
	}
	k := 0
	for j := range best {
		if best[j] > best[k] {
			k = j
		}
	}
	sp.tags = cleared(sp.tags, size)
	for i := size - 1; i >= 0; i-- {
		sp.tags[i] = k
		k = int(back[i][k])
	}
	return sp.tags
}

// cleared gives a slice of n zeros, in the place of s if it is large enough.
func cleared[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// normalise turns scores into log probabilities.
func normalise(scores *[tagCount]float32) {
	top, sum := scores[0], 0.0
	for _, v := range scores {
		top = max(top, v)
	}
	for _, v := range scores {
		sum += math.Exp(float64(v - top))
	}
	log := top + float32(math.Log(sum))
	for k := range scores {
		scores[k] -= log
	}
}

// nameWords describes the words of a sentence to the name tagger.
type nameWords struct {
	s       *Sentence
	lexicon *lexicon.Lexicon
	types   *wordTypes
	low     []string
	hash    []uint32
	shape   []uint32
	xpos    []string
	tags    []uint32 // hashes of xpos
	classes []uint32 // what class gives and 1 more; 0 until it is asked
	endings []uint32 // likewise, of ending
	facts   [][wordFacts]float32
	told    []bool     // whether the word's facts are there
	kind    []wordType // what the word's vector says it names, 0 for a word without one
	chances [][typeCount]float32
	listed  []uint32 // place of the word in the longest listed name that covers it, and its class
	may     []bool   // whether the word could be part of a name
	run     [][2]int // first and last of the run of words that look like one name
}

func newNameWords(s *Sentence, lex *lexicon.Lexicon, types *wordTypes) *nameWords {
	w := new(nameWords)
	w.read(s, lex, types)
	return w
}

// read takes in a sentence in the place of the one before.
func (w *nameWords) read(s *Sentence, lex *lexicon.Lexicon, types *wordTypes) {
	k := len(s.Tokens)
	w.s, w.lexicon, w.types = s, lex, types
	w.low, w.hash, w.shape, w.xpos, w.tags = cleared(w.low, k), cleared(w.hash, k), cleared(w.shape, k), cleared(w.xpos, k), cleared(w.tags, k)
	w.classes, w.endings, w.facts, w.told = cleared(w.classes, k), cleared(w.endings, k), cleared(w.facts, k), cleared(w.told, k)
	w.kind, w.chances, w.listed, w.may, w.run = cleared(w.kind, k), cleared(w.chances, k), cleared(w.listed, k), cleared(w.may, k), cleared(w.run, k)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		w.low[i] = strings.ToLower(t.Form)
		w.hash[i] = lowerHash(t.Form)
		w.shape[i] = shapeOf(t.Form)
		w.xpos[i] = t.XPOS
		w.may[i] = strings.HasPrefix(t.XPOS, "NNP") || (t.Form[0] >= 'A' && t.Form[0] <= 'Z' || t.Form[0] >= 0x80) && t.UPOS != "PUNCT" && (i > 0 || t.UPOS != "DET" && t.UPOS != "PRON")
	}
	w.recase()
	for i, tag := range w.xpos {
		w.tags[i] = lowerHash(tag)
	}
	// Words that join two parts of a name.
	for i := 1; i+1 < k; i++ {
		if w.may[i] || !w.may[i-1] {
			continue
		}
		end := i
		for end < k && end < i+2 && joiners[w.low[end]] {
			end++
		}
		if end > i && end < k && w.may[end] {
			for j := i; j < end; j++ {
				w.may[j] = true
			}
		}
	}
	for i := range w.may {
		if w.may[i] {
			if p, ok := types.chances(s.Tokens[i].Form); ok {
				w.chances[i], w.kind[i] = p, typeOf(p)
			}
		}
	}
	for i := 2; i < k; i++ { // "Baxter, Inc."
		if w.low[i-1] == "," && w.may[i-2] && firmEndings[w.low[i]] {
			w.may[i-1], w.may[i] = true, true
		}
	}
	for i := 0; i < k; {
		end := i + 1
		if w.proper(i) {
			for end < k && (w.proper(end) || end+1 < k && w.proper(end+1) && (joiners[w.low[end]] || w.low[end] == "," && firmEndings[w.low[end+1]])) {
				end++
			}
		}
		for j := i; j < end; j++ {
			w.run[j] = [2]int{i, end - 1}
		}
		i = end
	}
	w.look()
}

// recase takes the words of a carelessly written sentence that the lists or
// the vectors know as names for written with a capital: "i live in new york".
func (w *nameWords) recase() {
	if !w.careless() {
		return
	}
	for i := 0; i < len(w.low); i++ {
		end := w.listedFrom(i)
		if end <= i+1 {
			end = i
			if t := w.types.of(w.low[i]); len(w.low[i]) > 3 && w.s.Tokens[i].UPOS != "VERB" && (t.best() == typePerson || t.best() == typePlace) && t.step() >= 2 && (t.step() >= 4 || w.lexicon.Class(w.low[i]) != lexicon.None || w.lexicon.Given(w.low[i]) != lexicon.Unknown) {
				end = i + 1
			}
		}
		for ; i < end; i++ {
			if w.shape[i]&7 == 0 && w.shape[i]&8 != 0 {
				w.shape[i] |= 1 | 1<<1
				w.xpos[i], w.may[i] = "NNP", true
			}
		}
		if end > i {
			i = end - 1
		}
	}
}

// careless reports whether the sentence goes without the capitals that it
// should have.
func (w *nameWords) careless() bool {
	for i := range w.low {
		switch {
		case w.low[i] == "i" && w.shape[i]&1 == 0:
			return true
		case w.shape[i]&1 != 0 && i > 0:
			return false
		}
	}
	return len(w.low) > 0 && w.shape[0]&9 == 8
}

// listedFrom gives the end of the longest listed name of several words that
// begins at word i, or i.
func (w *nameWords) listedFrom(i int) int {
	end := i
	text := w.low[i]
	for j := i + 1; j < len(w.low) && j < i+5; j++ {
		text += " " + w.low[j]
		switch w.lexicon.Class(text) {
		case lexicon.NamedGroup, lexicon.NamedPlace, lexicon.City:
			end = j + 1
		}
		if w.lexicon.IsVenue(text) {
			end = j + 1
		}
	}
	return end
}

var joiners = map[string]bool{"of": true, "the": true, "-": true, "–": true, "&": true, "and": true, "for": true, "de": true, "al": true,
	"bin": true, "ibn": true, "van": true, "von": true, "der": true, "la": true, "el": true, "'s": true, "’s": true, "/": true, "on": true, "in": true, "'": true, "’": true}

var firmEndings = map[string]bool{"inc": true, "inc.": true, "llc": true, "ltd": true, "ltd.": true, "corp": true, "corp.": true, "plc": true}

func (w *nameWords) proper(i int) bool {
	// By XPOS: "New" of "New Delhi" is an adjective that is proper.
	return strings.HasPrefix(w.xpos[i], "NNP") && w.shape[i] != 0
}

// venue marks the name of a chain of shops, restaurants or hotels among listed names.
const venue lexicon.Class = 'V'

// look marks the words of listed names, the longest first.
func (w *nameWords) look() {
	for i := 0; i < len(w.low); i++ {
		if !w.may[i] {
			continue
		}
		end, class := i, lexicon.None
		text := ""
		for j := i; j < len(w.low) && j < i+5; j++ {
			if j > i && w.s.Tokens[j-1].End < w.s.Tokens[j].Start {
				text += " "
			}
			text += w.low[j] // "sharm el-sheikh"
			switch c := w.lexicon.Class(text); {
			case c == lexicon.NamedPerson || c == lexicon.NamedGroup || c == lexicon.NamedPlace || c == lexicon.City:
				end, class = j+1, c
			case w.lexicon.IsVenue(text):
				end, class = j+1, venue
			}
		}
		for j := i; j < end; j++ {
			place := uint32(2) // within
			if j == i {
				place = 1
			}
			w.listed[j] = uint32(class)<<4 | place<<1 | yes(end-i > 1)
		}
		if end > i {
			i = end - 1
		}
	}
}

// shapeOf sums up the characters of a word: 0 for none of interest.
func shapeOf(form string) uint32 {
	var upper, lower, digit, other uint32
	for _, r := range form {
		switch {
		case r >= 'A' && r <= 'Z':
			upper++
		case r >= 'a' && r <= 'z':
			lower++
		case r >= '0' && r <= '9':
			digit++
		default:
			other++
		}
	}
	first := yes(form[0] >= 'A' && form[0] <= 'Z')
	return first | min(upper, 3)<<1 | yes(lower > 0)<<3 | yes(digit > 0)<<4 | yes(other > 0)<<5 | yes(upper+lower+digit+other == 1)<<6
}

func (w *nameWords) at(list []uint32, i int) uint32 {
	if i < 0 || i >= len(list) {
		return 1
	}
	return list[i]
}

func (w *nameWords) tag(i int) uint32 { return w.at(w.tags, i) }

func (w *nameWords) class(i int) uint32 {
	if i < 0 || i >= len(w.low) {
		return 1
	}
	if w.classes[i] == 0 {
		given := uint32(w.lexicon.Given(w.low[i]))
		if given == 0 {
			given = yes(w.lexicon.IsFamily(w.low[i]))
		}
		w.classes[i] = 1 + (uint32(w.lexicon.Class(w.low[i]))<<8 | given)
	}
	return w.classes[i] - 1
}

// features appends what describes word i whatever the word before it is.
func (w *nameWords) features(i int, out []uint32) []uint32 {
	base := linear.Hash(300)
	f := func(template uint32, values ...uint32) {
		h := linear.Add(base, template)
		for _, v := range values {
			h = linear.Add(h, v)
		}
		out = append(out, h)
	}
	h := w.hash
	low := w.low[i]
	run := w.run[i]
	place := uint32(min(i-run[0], 3))<<4 | uint32(min(run[1]-i, 3))
	f(0)
	f(1, h[i])
	f(2, w.at(h, i-1))
	f(3, w.at(h, i+1))
	f(4, w.shape[i], w.tag(i))
	f(5, w.tag(i-1), w.tag(i), w.tag(i+1))
	f(6, w.at(w.shape, i-1), w.shape[i], w.at(w.shape, i+1))
	f(7, w.class(i))
	f(8, w.class(i-1), w.class(i))
	f(9, w.class(i), w.class(i+1))
	f(10, w.listed[i])
	f(11, w.listed[i], w.shape[i])
	f(12, place)
	f(13, place, w.class(run[0]))
	f(14, place, w.class(run[1]))
	f(15, h[run[1]], yes(i == run[1]))
	f(16, h[run[0]], yes(i == run[0]))
	f(17, w.at(h, run[0]-1), place)
	f(18, w.at(h, run[1]+1), place)
	f(19, w.at(h, i-2), w.at(h, i-1))
	f(20, w.at(h, i+1), w.at(h, i+2))
	f(21, lowerHash(low[max(0, len(low)-3):]), w.shape[i])
	f(22, lowerHash(low[:min(3, len(low))]), w.shape[i])
	f(23, lowerHash(low[max(0, len(low)-4):]))
	f(24, w.class(run[0]-1), place)
	f(25, w.class(run[1]+1), place)
	f(26, lowerHash(w.s.Tokens[i].Rel), w.shape[i])
	f(27, w.at(h, run[0]-2), w.at(h, run[0]-1))
	f(28, place, w.class(run[0]), w.class(run[1]))
	f(29, lowerHash(w.s.Tokens[run[1]].Rel), w.head(run[1]))
	f(40, w.ending(run[1]), place, yes(run[1] > run[0]))
	f(41, w.ending(i), w.ending(run[1]))
	f(42, w.ending(run[0]-1), place, w.brief(i))
	f(31, w.brief(i))
	f(44, uint32(w.kind[i]))
	f(45, uint32(w.kind[i]), w.shape[i])
	f(46, uint32(w.kind[run[0]]), place)
	f(47, uint32(w.kind[run[1]]), place)
	f(32, w.brief(i), w.shape[i])
	f(33, w.brief(run[1]), place)
	f(34, w.brief(run[0]), place)
	f(35, w.brief(i-1), w.brief(i), w.brief(i+1))
	f(36, w.brief(i), w.listed[i])
	f(37, w.brief(run[0]), w.brief(run[1]), place)
	f(38, w.brief(i), w.at(h, i-1))
	f(39, w.brief(i), w.at(h, i+1))
	f(30, w.at(h, run[0]-1), w.class(i))
	return out
}

func (w *nameWords) brief(i int) uint32 {
	if i < 0 || i >= len(w.kind) {
		return 1
	}
	return w.kind[i].brief()
}

// ending says whether word i tells the kind of a name or is a title.
func (w *nameWords) ending(i int) uint32 {
	if i < 0 {
		return 0
	}
	if w.endings[i] == 0 {
		l := w.low[i]
		w.endings[i] = 1 + (yes(groupWords[l]) | yes(placeWords[l])<<1 | yes(titleWords[l])<<2)
	}
	return w.endings[i] - 1
}

// head is the hash of the lemma above token i.
func (w *nameWords) head(i int) uint32 {
	if g := w.s.Tokens[i].Head; g >= 0 {
		return lowerHash(w.s.Tokens[g].Lemma)
	}
	return 0
}

// chained appends what describes word i after a word with the given tag.
func (w *nameWords) chained(i, before int, out []uint32) []uint32 {
	b := linear.Add(linear.Hash(400), uint32(before))
	return append(out, b,
		linear.Add(linear.Add(b, 1), w.shape[i]),
		linear.Add(linear.Add(b, 2), w.hash[i]),
		linear.Add(linear.Add(b, 3), w.tag(i)),
		linear.Add(linear.Add(b, 4), w.class(i)),
		linear.Add(linear.Add(b, 5), w.at(w.hash, i-1)))
}

// tagNumber gives the number of a tag, 0 for one it does not know.
func tagNumber(tag string) int {
	if len(tag) < 3 {
		return tagOutside
	}
	for k, kind := range tagKinds {
		if tag[2:] == string(kind) {
			if tag[0] == 'I' {
				return firstTag(k) + 1
			}
			return firstTag(k)
		}
	}
	return tagOutside
}
