package segment

import (
	"strings"
	"unicode/utf8"

	"chancery/english/linear"
)

// block appends the sentences of text[start:end], across whose ends no sentence runs.
func (s *Splitter) block(text string, start, end int, buf *buffer, out []Sentence) []Sentence {
	buf.chunks = chunks(text, start, end, buf.chunks[:0])
	buf.words, buf.quoted = buf.words[:0], false
	decide := func(p []piece, i, before int, near neighbours) int {
		buf.features = wordFeatures(p, i, before, near, buf.features[:0])
		return s.words.Best(buf.features)
	}
	for i, c := range buf.chunks {
		cutChunk(text, c, firstKind(text, buf.chunks[i+1:]), buf, decide)
	}
	w := buf.words
	var state state
	for first := 0; first < len(w); {
		last := first
		for ; last+1 < len(w) && last-first+1 < MaxWords; last++ {
			state.see(text, &w[last])
			if opensAfterAbbreviation(text, &w[last], &w[last+1]) || state.opensAfterDate(text, w, last, last-first+1) {
				break
			}
			if candidate(w, last) {
				buf.features = state.features(text, w, last, last-first+1, buf.features[:0])
				if s.sentences.Best(buf.features) == 1 {
					break
				}
			}
		}
		state.reset()
		sentence := Sentence{Start: w[first].Start, End: w[last].End, Words: make([]Word, last-first+1)}
		for i := range sentence.Words {
			sentence.Words[i] = w[first+i].Word
		}
		sentence.Words[0].Joined = false
		out = append(out, sentence)
		first = last + 1
	}
	return out
}

// firstKind gives the kind of the beginning of the first of the chunks.
func firstKind(text string, rest []chunk) kind {
	if len(rest) == 0 {
		return none
	}
	r, size := utf8.DecodeRuneInString(text[rest[0].start:])
	switch {
	case r >= 'A' && r <= 'Z':
		if size < rest[0].end-rest[0].start {
			return title
		}
		return initial
	case r >= '0' && r <= '9':
		return digits
	case r >= 'a' && r <= 'z':
		return lower
	case r >= utf8.RuneSelf && punctKind(r) == symbol:
		return lower
	}
	return punctKind(r)
}

// closers are abbreviations that end a sentence as often as not, openers words
// that begin one when they have a capital after such an abbreviation.
var (
	closers = hashes("inc corp co ltd llc plc jr sr etc al")
	openers = hashes(`the he she it they we you this these those there his her its their our but and if when while after
before however meanwhile although since what who why how`)
)

// opensAfterAbbreviation reports whether a sentence ends between a and b by
// rule: "left the U.S. They stayed". The treebanks have too few of these.
func opensAfterAbbreviation(text string, a, b *word) bool {
	form := text[a.Start:a.End]
	if b.kind != title || b.gap == noGap || len(form) < 3 || form[len(form)-1] != '.' || !openers[b.hash] {
		return false
	}
	if form[1] == '.' && a.kind == initial {
		return true
	}
	return closers[hashOf(strings.ToLower(form[:len(form)-1]))]
}

// opensAfterDate reports whether a sentence ends after word i by rule: "on
// March 3. Officials said" is not the third point of a list.
func (s *state) opensAfterDate(text string, w []word, i, n int) bool {
	return n >= 4 && s.brackets == 0 && text[w[i].Start:w[i].End] == "." && w[i].gap == noGap && w[i-1].kind == digits &&
		w[i-1].gap != noGap && w[i-2].kind <= mixed && w[i+1].kind == title && w[i+1].gap != noGap
}

// candidate reports whether a sentence could end after word i. Two lower-case
// words with a space between them are the common case and never do.
func candidate(w []word, i int) bool {
	a, b := &w[i], &w[i+1]
	if b.Joined {
		return false
	}
	if b.gap == noGap {
		return a.kind >= stop && a.kind != clitic
	}
	return !(a.kind <= mixed && b.kind == lower && b.gap == space)
}

// state is what the sentence so far says about where it may end.
type state struct {
	brackets int
	quotes   int // straight quotes, counted modulo two
	curly    int
	stops    int // words since the last full stop, question or exclamation mark
	stopped  bool
}

func (s *state) reset() { *s = state{} }

func (s *state) see(text string, w *word) {
	s.stops++
	switch w.kind {
	case open:
		if text[w.Start] == '(' || text[w.Start] == '[' {
			s.brackets++
		} else if w.Start+3 <= len(text) && text[w.Start:w.Start+3] == "“" {
			s.curly++
		}
	case shut:
		if text[w.Start] == ')' || text[w.Start] == ']' {
			s.brackets = max(0, s.brackets-1)
		} else {
			s.curly = max(0, s.curly-1)
		}
	case quote:
		if text[w.Start] == '"' {
			s.quotes ^= 1
		}
	case stop:
		s.stops, s.stopped = 0, true
	}
}

// features appends the features of the boundary after word i, the n-th of its sentence.
func (s *state) features(text string, w []word, i, n int, out []uint32) []uint32 {
	get := func(j int) word {
		if j < 0 || j >= len(w) {
			return word{}
		}
		return w[j]
	}
	l3, l2, l, r, r2, r3 := get(i-2), get(i-1), w[i], w[i+1], get(i+2), get(i+3)
	tail := uint32(0) // a word that ends with a stop and is no stop
	if l.kind < stop && text[l.End-1] == '.' {
		tail = 1
	}
	base := linear.Add(linear.Add(linear.Add(linear.Hash(1), uint32(l.kind)), uint32(r.gap)), tail)
	f := func(template uint32, values ...uint32) {
		h := linear.Add(base, template)
		for _, v := range values {
			h = linear.Add(h, v)
		}
		out = append(out, h)
	}
	inside := uint32(min(s.brackets, 1)) | uint32(s.quotes)<<1 | uint32(min(s.curly, 1))<<2
	length := bucket(n)
	left := bucket(len(w) - i - 1)
	stops := bucket(s.stops)
	f(1)
	f(2, l.hash)
	f(3, r.hash)
	f(4, l.hash, r.hash)
	f(5, uint32(r.kind))
	f(6, uint32(r.kind), uint32(r2.kind))
	f(7, uint32(l2.kind), uint32(r.kind))
	f(8, uint32(l2.kind), uint32(r.kind), uint32(r2.kind))
	f(9, l.hash, uint32(r.kind), uint32(r.gap))
	f(10, uint32(l.kind), r.hash)
	f(11, l2.hash, l.hash)
	f(12, r.hash, r2.hash)
	f(13, l.hash, inside, uint32(r.kind))
	f(14, inside, uint32(r.kind), uint32(l2.kind))
	f(15, length, uint32(r.kind))
	f(16, left, uint32(r.kind))
	f(17, l2.hash, l.hash, r.hash)
	f(18, uint32(l3.kind), uint32(l2.kind), uint32(r.kind), uint32(r2.kind), uint32(r3.kind))
	f(19, l2.hash, uint32(r.kind))
	f(20, length, left, uint32(r.kind))
	f(21, stops, uint32(r.kind), uint32(l2.kind))
	f(22, l2.hash, l.hash, uint32(r.kind))
	f(23, uint32(r2.kind), r.hash, uint32(r2.gap))
	f(24, l.hash, stops)
	f(25, r.hash, uint32(r.kind))
	f(26, r.hash, uint32(r.kind), l.hash)
	return out
}

// bucket groups lengths that mean the same.
func bucket(n int) uint32 {
	switch {
	case n <= 4:
		return uint32(n)
	case n <= 7:
		return 5
	case n <= 12:
		return 6
	case n <= 25:
		return 7
	case n <= 60:
		return 8
	}
	return 9
}
