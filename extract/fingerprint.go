package extract

import (
	"hash/fnv"
	"io"
	"slices"
	"strings"
	"unicode"
)

// Parameters of the fingerprint. They are part of what is stored: changing one
// makes old fingerprints worthless.
const (
	shingleWords = 5 // words in a shingle: longer than set phrases, shorter than a sentence
	shingleShare = 4 // one shingle in four is kept
)

// ReprintShare is the Overlap from which an article counts as a reprint: most
// of its own words stand in the other. Two reports of one happening written
// apart share under 5 in 100, even with the same quotes.
const ReprintShare = 0.6

// Fingerprint is the sketch of a text by which Overlap sees what share of it
// stands in another: the hashes (FNV-1a, 64 bits) of its runs of five words, of
// which those divisible by four are kept, sorted and each once (FracMinHash,
// Irber et al. 2022; shingles, Broder 1997). Case, punctuation and spaces do
// not count. It depends on nothing but the text. A text under 5 words has an
// empty one; 1,000 words have about 250 hashes.
func Fingerprint(text string) []uint64 {
	var ring [shingleWords]uint64
	var out []uint64
	n := 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		h := fnv.New64a()
		io.WriteString(h, strings.ToLower(w))
		ring[n%shingleWords] = h.Sum64()
		n++
		if n < shingleWords {
			continue
		}
		if s := combine(ring, n); s%shingleShare == 0 {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// combine hashes the words of the ring in the order of the text; next is the
// place of the oldest.
func combine(ring [shingleWords]uint64, next int) uint64 {
	const prime = 1099511628211
	s := uint64(14695981039346656037)
	for i := range shingleWords {
		w := ring[(next+i)%shingleWords]
		for range 8 {
			s = (s ^ (w & 0xff)) * prime
			w >>= 8
		}
	}
	s ^= s >> 33 // FNV's low bits see only low bits; mix in the high ones (MurmurHash3 fmix64)
	s *= 0xff51afd7ed558ccd
	return s ^ s>>33
}

// Overlap estimates the share (0..1) of a's text that stands in b's, from their
// fingerprints. It is not symmetric: a short notice taken from a long report
// lies wholly in it, the report does not lie in the notice. An empty a gives 0.
func Overlap(a, b []uint64) float64 {
	if len(a) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return float64(common) / float64(len(a))
}
