// Package conllu reads and writes treebanks in the CoNLL-U format
// (https://universaldependencies.org/format.html).
//
// In: a stream of UTF-8 lines. Out: one Sentence at a time, with its comments,
// words, multiword tokens and empty nodes; what is read can be written again
// byte for byte. It checks the shape of a sentence (ten columns, words numbered
// from one, heads that exist) and does not validate the labels.
package conllu

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Sentence is one sentence of a treebank.
type Sentence struct {
	Comments  []string // without the leading "#", in order
	Words     []Word   // the syntactic words, in order; word n is at n-1
	Multiword []Multiword
	Empty     []Empty // nodes of the enhanced graph that have no characters
}

// Word is one syntactic word. Empty columns ("_") are "" except Form and Lemma,
// where an underscore may be meant literally and is kept.
type Word struct {
	Form, Lemma, UPOS, XPOS, Feats string
	Head                           int // number of the head word, 0 for the root, -1 when the column is empty
	Rel, Deps, Misc                string
}

// Multiword is an orthographic word that covers the words First to Last,
// counted from one, both included.
type Multiword struct {
	First, Last       int
	Form, Feats, Misc string
}

// Empty is an empty node: it stands after word After (0: before the first) and
// is the Index-th there, counted from one.
type Empty struct {
	After, Index int
	Columns      [9]string // as written, from the form on
}

// SyntaxError reports a line that does not follow the format.
type SyntaxError struct {
	Line   int // counted from one
	Reason string
}

// Error gives the line and the reason.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("conllu line %d: %s", e.Line, e.Reason)
}

// Comment gives the value of the first comment "key = value", and whether
// there is one. A comment that is the key alone has the value "".
func (s *Sentence) Comment(key string) (value string, ok bool) {
	for _, c := range s.Comments {
		rest, found := strings.CutPrefix(strings.TrimSpace(c), key)
		if !found {
			continue
		}
		if rest = strings.TrimSpace(rest); rest == "" {
			return "", true
		}
		if v, found := strings.CutPrefix(rest, "="); found {
			return strings.TrimSpace(v), true
		}
	}
	return "", false
}

// MiscValue gives the value of a key in a MISC column, and whether it is there.
func MiscValue(misc, key string) (value string, ok bool) {
	for field := range strings.SplitSeq(misc, "|") {
		if v, found := strings.CutPrefix(field, key); found && strings.HasPrefix(v, "=") {
			return v[1:], true
		}
	}
	return "", false
}

// A Reader reads sentences from a stream.
type Reader struct {
	in   *bufio.Reader
	line int
}

// NewReader makes a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{in: bufio.NewReaderSize(r, 1<<16)} }

// Read gives the next sentence. At the end of the stream it gives io.EOF; a
// line that does not follow the format gives a *SyntaxError.
func (r *Reader) Read() (*Sentence, error) {
	s := &Sentence{}
	seen := false
	for {
		line, err := r.in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read conllu: %w", err)
		}
		atEnd := err != nil
		if line != "" {
			r.line++
		}
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "":
			if seen {
				return s, r.check(s)
			}
			if atEnd {
				return nil, io.EOF
			}
			continue
		case line[0] == '#' && len(s.Words) == 0 && len(s.Multiword) == 0:
			s.Comments = append(s.Comments, line[1:])
		default:
			if err := r.row(s, line); err != nil {
				return nil, err
			}
		}
		seen = true
		if atEnd {
			return s, r.check(s)
		}
	}
}

// ReadAll reads the sentences up to the end of r.
func ReadAll(r io.Reader) ([]*Sentence, error) {
	var all []*Sentence
	for reader := NewReader(r); ; {
		s, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
}

func (r *Reader) fail(format string, args ...any) error {
	return &SyntaxError{Line: r.line, Reason: fmt.Sprintf(format, args...)}
}

// row reads one line of ten columns into s.
func (r *Reader) row(s *Sentence, line string) error {
	var cols [10]string
	n := 0
	for c := range strings.SplitSeq(line, "\t") {
		if n == 10 {
			return r.fail("more than ten columns")
		}
		cols[n] = c
		n++
	}
	if n != 10 {
		return r.fail("%d columns, want ten", n)
	}
	if cols[1] == "" {
		return r.fail("the form is empty")
	}
	id := cols[0]
	if a, b, ok := strings.Cut(id, "-"); ok {
		first, err1 := strconv.Atoi(a)
		last, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || first != len(s.Words)+1 || last <= first {
			return r.fail("range %q does not begin at the next word, %d", id, len(s.Words)+1)
		}
		if m := len(s.Multiword); m > 0 && s.Multiword[m-1].Last >= first {
			return r.fail("range %q overlaps the one before", id)
		}
		s.Multiword = append(s.Multiword, Multiword{first, last, cols[1], unset(cols[5]), unset(cols[9])})
		return nil
	}
	if a, b, ok := strings.Cut(id, "."); ok {
		after, err1 := strconv.Atoi(a)
		index, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || after != len(s.Words) || index < 1 {
			return r.fail("empty node %q does not follow word %d", id, len(s.Words))
		}
		s.Empty = append(s.Empty, Empty{after, index, [9]string(cols[1:])})
		return nil
	}
	if num, err := strconv.Atoi(id); err != nil || num != len(s.Words)+1 {
		return r.fail("word number %q, want %d", id, len(s.Words)+1)
	}
	w := Word{Form: cols[1], Lemma: cols[2], UPOS: unset(cols[3]), XPOS: unset(cols[4]), Feats: unset(cols[5]),
		Head: -1, Rel: unset(cols[7]), Deps: unset(cols[8]), Misc: unset(cols[9])}
	if cols[6] != "_" {
		h, err := strconv.Atoi(cols[6])
		if err != nil || h < 0 {
			return r.fail("head %q is not a word number", cols[6])
		}
		w.Head = h
	}
	s.Words = append(s.Words, w)
	return nil
}

// check verifies what can only be known at the end of a sentence.
func (r *Reader) check(s *Sentence) error {
	if len(s.Words) == 0 {
		return r.fail("a sentence without words ends here")
	}
	for i, w := range s.Words {
		if w.Head > len(s.Words) {
			return r.fail("word %d of the sentence that ends here has head %d of %d words", i+1, w.Head, len(s.Words))
		}
	}
	if m := len(s.Multiword); m > 0 && s.Multiword[m-1].Last > len(s.Words) {
		return r.fail("the last range of the sentence that ends here goes past its last word")
	}
	return nil
}

func unset(col string) string {
	if col == "_" {
		return ""
	}
	return col
}

func filled(col string) string {
	if col == "" {
		return "_"
	}
	return col
}

// A Writer writes sentences to a stream.
type Writer struct{ out *bufio.Writer }

// NewWriter makes a Writer to w. Call Flush at the end.
func NewWriter(w io.Writer) *Writer { return &Writer{bufio.NewWriter(w)} }

// Write writes a sentence and the empty line after it.
func (w *Writer) Write(s *Sentence) error {
	for _, c := range s.Comments {
		w.out.WriteString("#" + c + "\n")
	}
	multi, empty := s.Multiword, s.Empty
	for len(empty) > 0 && empty[0].After == 0 {
		w.empty(empty[0])
		empty = empty[1:]
	}
	for i := range s.Words {
		n := i + 1
		if len(multi) > 0 && multi[0].First == n {
			m := multi[0]
			fmt.Fprintf(w.out, "%d-%d\t%s\t_\t_\t_\t%s\t_\t_\t_\t%s\n", m.First, m.Last, m.Form, filled(m.Feats), filled(m.Misc))
			multi = multi[1:]
		}
		word := &s.Words[i]
		head := "_"
		if word.Head >= 0 {
			head = strconv.Itoa(word.Head)
		}
		w.out.WriteString(strconv.Itoa(n))
		for _, col := range [...]string{word.Form, word.Lemma, word.UPOS, word.XPOS, word.Feats, head, word.Rel, word.Deps, word.Misc} {
			w.out.WriteByte('\t')
			w.out.WriteString(filled(col))
		}
		w.out.WriteByte('\n')
		for len(empty) > 0 && empty[0].After == n {
			w.empty(empty[0])
			empty = empty[1:]
		}
	}
	if err := w.out.WriteByte('\n'); err != nil {
		return fmt.Errorf("write conllu: %w", err)
	}
	return nil
}

func (w *Writer) empty(e Empty) {
	fmt.Fprintf(w.out, "%d.%d\t%s\n", e.After, e.Index, strings.Join(e.Columns[:], "\t"))
}

// Flush writes what is buffered.
func (w *Writer) Flush() error {
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("write conllu: %w", err)
	}
	return nil
}
