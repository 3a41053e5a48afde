package neural

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

const vectorMagic = "chancery word vectors 1\n"

// Vectors are frozen word vectors of 8 bits a number.
type Vectors struct {
	size int
	rows map[string]int32
	data byteRows
}

// EncodeVectors writes vectors (size numbers for each word, one after the
// other) in the format of LoadVectors.
func EncodeVectors(words []string, data []float32, size int) []byte {
	list := strings.Join(words, "\n")
	b := []byte(vectorMagic)
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(words)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(list)))
	b = append(b, list...)
	for i := range words {
		b = appendRow(b, data[i*size:(i+1)*size])
	}
	return b
}

// LoadVectors reads what EncodeVectors wrote and keeps the slice.
func LoadVectors(b []byte) (*Vectors, error) {
	rest, ok := bytes.CutPrefix(b, []byte(vectorMagic))
	if !ok || len(rest) < 12 {
		return nil, errors.New("load word vectors: not a file of word vectors of version 1")
	}
	size, count, chars := int(binary.LittleEndian.Uint32(rest)), int(binary.LittleEndian.Uint32(rest[4:])), int(binary.LittleEndian.Uint32(rest[8:]))
	rest = rest[12:]
	if chars > len(rest) || count > len(rest) || size > 4096 || len(rest)-chars != count*(4+size) {
		return nil, errors.New("load word vectors: wrong length")
	}
	v := &Vectors{size: size, rows: make(map[string]int32, count), data: byteRows{size, rest[chars:]}}
	list := string(rest[:chars])
	for i := range count {
		word, after, _ := strings.Cut(list, "\n")
		v.rows[word] = int32(i)
		list = after
	}
	if len(v.rows) != count {
		return nil, fmt.Errorf("load word vectors: %d different words, not %d", len(v.rows), count)
	}
	return v, nil
}

// Size is the number of numbers of a vector.
func (v *Vectors) Size() int { return v.size }

// Row gives the number of the vector of a word's Key, and whether there is one.
func (v *Vectors) Row(key string) (int, bool) {
	i, ok := v.rows[key]
	return int(i), ok
}

// AddTo adds vector i to dst.
func (v *Vectors) AddTo(i int, dst []float32) { v.data.addTo(i, 1, dst) }
