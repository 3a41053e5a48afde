package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// signatures begin files that are sometimes renamed to .txt or .html.
var signatures = []struct{ magic, what string }{
	{"%PDF-", "a PDF"}, {"\x89PNG", "a PNG picture"}, {"\xff\xd8\xff", "a JPEG picture"}, {"GIF8", "a GIF picture"},
	{"PK\x03\x04", "a ZIP archive or an office document"}, {"\x1f\x8b", "a gzip archive"}, {"\x7fELF", "a program"},
	{"\xd0\xcf\x11\xe0", "an old office document"}, {"SQLite format 3", "a database"}, {"RIFF", "a sound or video file"},
	{"{\\rtf", "an RTF document"}, {"\xfd7zXZ", "an xz archive"}, {"BZh9", "a bzip2 archive"}, {"OggS", "a sound file"}, {"ID3", "a sound file"},
}

// decode finds the encoding of b and gives its text as settled NFC UTF-8.
// The order of trial is: byte order mark; UTF-16 by where its zero bytes
// stand; UTF-8; Windows-1252, of which ISO 8859-1 text is a part.
// On ErrDamaged the text is still given.
func decode(b []byte) (string, error) {
	if len(bytes.Trim(b, " \t\r\n\x00\xef\xbb\xbf\xfe\xff")) == 0 {
		return "", ErrEmpty
	}
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(b, []byte("\x00\x00\xfe\xff")):
		return "", fmt.Errorf("%w that is read: it is UTF-32; save it as UTF-8", ErrBinary)
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return decodeUTF16(b[2:], binary.LittleEndian)
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return decodeUTF16(b[2:], binary.BigEndian)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(b, []byte(s.magic)) {
			return "", fmt.Errorf("%w: the content is %s", ErrBinary, s.what)
		}
	}
	if order := zeros(b); order != nil {
		return decodeUTF16(b, order)
	}
	if n := controls(b); n*100 > len(b) || bytes.IndexByte(b, 0) >= 0 && n*1000 > len(b) {
		return "", fmt.Errorf("%w: %d of its %d bytes are no characters", ErrBinary, n, len(b))
	}
	if utf8.Valid(b) {
		return settle(string(b)), nil
	}
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	if good > bad {
		return settle(string(bytes.ToValidUTF8(b, []byte("\ufffd")))),
			fmt.Errorf("%w: \ufffd stands for what is not UTF-8 (bytes: %d)", ErrDamaged, bad)
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrBinary, err)
	}
	return settle(string(s)), nil
}

// zeros tells UTF-16 without a mark: in western text nearly every second byte
// is zero. nil when it is not so.
func zeros(b []byte) binary.ByteOrder {
	b = b[:min(len(b), 4096)&^1]
	if len(b) < 8 {
		return nil
	}
	var at [2]int
	for i, c := range b {
		if c == 0 {
			at[i&1]++
		}
	}
	half := len(b) / 2
	switch {
	case at[1]*10 > half*6 && at[0]*20 < half:
		return binary.LittleEndian
	case at[0]*10 > half*6 && at[1]*20 < half:
		return binary.BigEndian
	}
	return nil
}

func decodeUTF16(b []byte, order binary.ByteOrder) (string, error) {
	var out strings.Builder
	bad, odd := 0, 0
	for len(b) >= 2 {
		r := rune(order.Uint16(b))
		b = b[2:]
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if len(b) >= 2 {
				low = rune(order.Uint16(b))
			}
			if pair := utf16.DecodeRune(r, low); pair != unicode.ReplacementChar {
				r = pair
				b = b[2:]
			} else {
				r = unicode.ReplacementChar
				bad++
			}
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' || r > 0xfffd && r < 0x10000 {
			odd++
		}
		out.WriteRune(r)
	}
	s := settle(out.String())
	switch {
	case (bad+odd)*20 > len(s):
		return "", fmt.Errorf("%w: it looks like UTF-16, but %d characters are none", ErrBinary, bad+odd)
	case strings.TrimSpace(s) == "":
		return "", ErrEmpty
	case bad > 0 || len(b) > 0:
		return s, fmt.Errorf("%w: \ufffd stands for what is not UTF-16 (places: %d)", ErrDamaged, bad+len(b))
	}
	return s, nil
}

func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b || c == 0x7f {
			n++
		}
	}
	return n
}

// settle gives text one form: line ends as "\n", every kind of space as " ",
// no invisible characters (marks of order, joiners of nothing, soft hyphens,
// marks of direction, controls), Unicode normal form C (UAX #15).
func settle(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r > ' ' && r < 0x7f:
			return r
		case r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == ' ' || unicode.Is(unicode.Zs, r):
			return ' '
		case r == '\u00ad' || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(s)
}

// tidy is one line of settled text: single spaces, none at the ends.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }
