// Package english reads English text: sentences, words, tags, lemmas,
// dependency trees, names, coreference, time expressions.
//
// In: a text as UTF-8. Out: a Doc whose every part is a byte range of that
// text. It knows nothing of politics, stores nothing, downloads nothing: its
// models are embedded. A Doc is read-only once made and a Pipeline is safe for
// concurrent use.
package english

import "strings"

// Doc is an analysed text.
type Doc struct {
	Text      string
	Sentences []Sentence
	Names     []Name    // in the order of the text
	Chains    []Chain   // coreference, in the order of their first mention
	Times     []TimeRef // in the order of the text
}

// Span is the half-open range [Start, End) of bytes in Doc.Text.
type Span struct{ Start, End int }

// Of returns the characters under the span.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Sentence is a run of words with one dependency tree over them. The root is
// the only token whose Head is -1.
type Sentence struct {
	Span
	Tokens    []Token
	Multiword []Multiword // contractions, in order
}

// Token is a syntactic word in the sense of Universal Dependencies v2.
// Ranges of the tokens of a sentence are non-empty, increasing and disjoint.
type Token struct {
	Span
	Form  string // the characters under Span
	Lemma string
	UPOS  string // UD v2 universal tag, for example "PROPN"
	XPOS  string // Penn Treebank tag as EWT uses it, for example "NNP"
	Feats string // "Number=Sing|Person=3", "" for none
	Head  int    // index in Sentence.Tokens, -1 for the root
	Rel   string // basic UD v2 relation with its subtype, for example "nsubj:pass"
}

// Feat gives the value of a morphological feature, "" when it is absent.
func (t *Token) Feat(name string) string {
	for f := range strings.SplitSeq(t.Feats, "|") {
		if v, ok := strings.CutPrefix(f, name); ok && strings.HasPrefix(v, "=") {
			return v[1:]
		}
	}
	return ""
}

// Multiword is an orthographic word of two or more tokens: "don't", "cannot".
type Multiword struct {
	Span
	First, Last int // token indices, both included
}

// NameKind is what a name names.
type NameKind string

// The kinds of name.
const (
	Person       NameKind = "person"
	Organization NameKind = "organization"
	Place        NameKind = "place"
)

// Name is a proper name of a person, an organisation or a place.
type Name struct {
	Span
	Kind        NameKind
	Sentence    int // index in Doc.Sentences
	First, Last int // token indices, both included
}

// MentionKind is how a mention refers.
type MentionKind string

// The kinds of mention.
const (
	Named   MentionKind = "name"
	Nominal MentionKind = "nominal" // "the Field Marshal", "the two countries"
	Pronoun MentionKind = "pronoun"
)

// Mention is a phrase that refers to something.
type Mention struct {
	Span
	Kind        MentionKind
	Sentence    int // index in Doc.Sentences
	Head        int // token index of its head
	First, Last int // token indices, both included
}

// Chain is the mentions of one thing, in the order of the text. A plural
// mention ("the two countries") has a chain of its own whose Members name the
// chains it stands for.
type Chain struct {
	Mentions []Mention
	Members  []int // indices in Doc.Chains; nil for a single thing
}

// TimeRef is a time expression. Dates are ISO 8601 ("2025", "2025-03",
// "2025-03-25"), "" when it cannot be resolved. A moment has Start == End;
// "since 2001" has only Start, "until June" only End.
type TimeRef struct {
	Span
	Sentence    int // index in Doc.Sentences
	First, Last int // token indices, both included
	Start, End  string
}

// Children calls yield with the index of each dependent of token i, left to right.
func (s *Sentence) Children(i int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for j := range s.Tokens {
			if s.Tokens[j].Head == i && !yield(j) {
				return
			}
		}
	}
}

// Child gives the first dependent of i with one of the relations, or -1.
func (s *Sentence) Child(i int, rels ...string) int {
	for j := range s.Tokens {
		if s.Tokens[j].Head == i {
			for _, r := range rels {
				if s.Tokens[j].Rel == r {
					return j
				}
			}
		}
	}
	return -1
}

// Root gives the index of the root, or -1 in an empty sentence.
func (s *Sentence) Root() int {
	for i := range s.Tokens {
		if s.Tokens[i].Head < 0 {
			return i
		}
	}
	return -1
}

// Subtree gives the first and the last token under token i, itself included.
// It looks at every token once or twice.
func (s *Sentence) Subtree(i int) (first, last int) {
	const (
		unknown = iota
		under
		apart
	)
	var space [320]uint8 // longer sentences are rare
	var mark []uint8
	if len(s.Tokens) <= len(space) {
		mark = space[:len(s.Tokens)]
	} else {
		mark = make([]uint8, len(s.Tokens))
	}
	mark[i] = under
	first, last = i, i
	for j := range s.Tokens {
		// Climb to a token that is known, then mark the way.
		k := j
		for ; k >= 0 && mark[k] == unknown; k = s.Tokens[k].Head {
			mark[k] = apart
		}
		if k < 0 || mark[k] == apart {
			continue
		}
		for k = j; mark[k] != under; k = s.Tokens[k].Head {
			mark[k] = under
		}
		first, last = min(first, j), max(last, j)
	}
	return first, last
}
