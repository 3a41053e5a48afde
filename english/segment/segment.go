// Package segment cuts raw English text into sentences and words by the
// conventions of Universal Dependencies (the English Web Treebank).
//
// In: a text as UTF-8. Out: sentences of words, all as byte ranges of the text,
// with the contractions ("don't", "cannot", "Anna's") marked. Every character
// that is not white space lies in exactly one word. The time it takes grows
// linearly with the length of the text. It does not repair the text: a missing
// space stays missing.
package segment

import (
	_ "embed"
	"fmt"

	"chancery/english/linear"
)

// Sentence is a run of words.
type Sentence struct {
	Start, End int // half-open byte range
	Words      []Word
}

// Word is a syntactic word.
type Word struct {
	Start, End int  // half-open byte range, not empty
	Joined     bool // it continues the orthographic word of the word before it
}

// MaxWords is the length at which a sentence is cut whatever it says, so that
// a text without any punctuation costs what others cost.
const MaxWords = 256

//go:embed segment.model
var embedded []byte

// Splitter holds the trained decisions. It is safe for concurrent use.
type Splitter struct {
	words     *linear.Model // what happens between two pieces of a chunk
	sentences *linear.Model // whether a sentence ends between two words
}

// Load gives the Splitter embedded in the program.
func Load() (*Splitter, error) { return decode(embedded) }

func decode(data []byte) (*Splitter, error) {
	words, rest, err := linear.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("load the word splitter: %w", err)
	}
	sentences, _, err := linear.Decode(rest)
	if err != nil {
		return nil, fmt.Errorf("load the sentence splitter: %w", err)
	}
	if words.Classes() != 3 || sentences.Classes() != 1 {
		return nil, fmt.Errorf("load the splitter: %d and %d classes, want 3 and 1", words.Classes(), sentences.Classes())
	}
	return &Splitter{words, sentences}, nil
}

// Encode gives the bytes Load reads.
func (s *Splitter) Encode() []byte { return append(s.words.Encode(), s.sentences.Encode()...) }

// Split cuts the text. Sentences and words are in the order of the text; a
// text of white space has none.
func (s *Splitter) Split(text string) []Sentence {
	var all []Sentence
	var buf buffer
	for start, end := range blocks(text) {
		all = s.block(text, start, end, &buf, all)
	}
	return all
}

// buffer is scratch shared by the blocks of one text.
type buffer struct {
	chunks   []chunk
	pieces   []piece
	words    []word
	features []uint32
	quoted   bool // an opening single quote was seen in the block
}

// word is a Word with what the sentence splitter wants to know of it.
type word struct {
	Word
	gap  gap    // what lies before it
	hash uint32 // of its lower-case form
	kind kind
}
