package neural

import (
	"strings"
	"unicode"
)

// Buckets is the number of rows of the table of character features; features
// are hashed into it.
const Buckets = 1 << 15

// longest is the number of letters of a word that are looked at; of a longer
// one, half at each end.
const longest = 48

// Key is the form under which a word is looked up in the tables of words and
// of vectors: lower case, with straight quotes.
func Key(form string) string {
	form = strings.ToLower(form)
	if strings.IndexFunc(form, func(r rune) bool { return r >= 0x2018 && r <= 0x201d }) < 0 {
		return form
	}
	return strings.Map(straight, form)
}

func straight(r rune) rune {
	switch r {
	case '‘', '’':
		return '\''
	case '“', '”':
		return '"'
	}
	return r
}

// Features appends the rows of the character table that describe a word: its
// n-grams of two to four letters in lower case, longer beginnings and ends, its
// shape and itself.
func Features(rows []uint32, form string) []uint32 {
	var buf, low [longest + 2]rune
	n := 0
	runes := []rune(form)
	if len(runes) > longest {
		runes = append(runes[:longest/2:longest/2], runes[len(runes)-longest/2:]...)
	}
	for _, r := range runes {
		r = straight(r)
		buf[n] = r
		low[n+1] = unicode.ToLower(r)
		n++
	}
	low[0], low[n+1] = '<', '>'
	cased, bound := buf[:n], low[:n+2]
	for size := 2; size <= 4; size++ {
		for i := 0; i+size <= len(bound); i++ {
			rows = append(rows, bucket(1, bound[i:i+size]))
		}
	}
	for size := 5; size <= 6; size++ {
		if size <= len(bound) {
			rows = append(rows, bucket(1, bound[len(bound)-size:]))
			rows = append(rows, bucket(1, bound[:size]))
		}
	}
	rows = append(rows, bucket(2, cased))
	var shape, short [longest]rune
	k := 0
	for i, r := range cased {
		shape[i] = kind(r)
		if k == 0 || short[k-1] != shape[i] {
			short[k] = shape[i]
			k++
		}
	}
	return append(rows, bucket(3, shape[:n]), bucket(4, short[:k]), bucket(5, shape[:min(n, 1)]))
}

// kind is the class of a character in the shape of a word.
func kind(r rune) rune {
	switch {
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLetter(r):
		return 'x'
	case unicode.IsDigit(r):
		return 'd'
	}
	return r
}

// bucket hashes characters (FNV-1a over code points, finished as in
// MurmurHash3).
func bucket(class uint32, runes []rune) uint32 {
	h := 2166136261 ^ class*0x9e3779b1
	for _, r := range runes {
		h = (h ^ uint32(r)) * 16777619
	}
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	h ^= h >> 16
	return h % Buckets
}
