// Package neural tags and parses English sentences with one small recurrent
// network.
//
// In: sentences as lists of syntactic words (Universal Dependencies v2: "do",
// "n't"). Out: for every word its UPOS, XPOS, features, lemma, head, relation
// and a BIO tag of names. It does not split text, joins no names and resolves
// nothing; it is trained by english/neural/training.
//
// The network: a word is the sum of a trained embedding and a projected frozen
// GloVe vector, beside a sum of embeddings of its character n-grams; two
// layers of bidirectional LSTM (Hochreiter and Schmidhuber 1997); softmax
// classifiers for tags, features, lemma rules and names; biaffine scores for
// arcs (Dozat and Manning 2017) decoded into the best tree with one root.
package neural

// Word is what the model says about one word.
type Word struct {
	UPOS  string // UD v2 universal tag
	XPOS  string // Penn Treebank tag
	Feats string // "Number=Sing|Person=3", "" for none
	Lemma string
	Head  int    // index of the head in the sentence, -1 for the root
	Rel   string // basic UD v2 relation with its subtype
	Name  string // "O", or "B-" or "I-" and one of person, organization, place
}

// Sentence is a list of words and what the model says about them.
type Sentence struct {
	Forms []string
	// Words has one element per form, set by Annotate.
	Words []Word
	// Vectors holds the encoder's top layer, VectorSize numbers per word, one
	// word after the other, if Options.Vectors asked for it; else nil. Annotate
	// uses the space that it has already.
	Vectors []float32
}

// Options says what Annotate should give beside the words, and how.
type Options struct {
	Vectors    bool // fill Sentence.Vectors
	Convention Convention
}

// Convention is the treebank whose habits are followed where the two that the
// model learnt from differ: GUM gives adverbs a degree, "there" a PronType and
// "people" the lemma "person", EWT does not.
type Convention int

// The treebanks learnt from.
const (
	EWT Convention = iota
	GUM
	conventions
)

// MaxLength is the number of words that are looked at together. A longer
// sentence is read in pieces of this length; the roots of the later pieces
// hang from the first piece's root as parataxis.
const MaxLength = 192
