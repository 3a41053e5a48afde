package extract

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func encodeUTF16(s string, order binary.ByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		var b [2]byte
		order.PutUint16(b[:], u)
		out = append(out, b[:]...)
	}
	return out
}

func TestDecode(t *testing.T) {
	const text = "“The café’s price is 5 € – not more,” she said.\nA second line follows."
	windows := "\x93The caf\xe9\x92s price is 5 \x80 \x96 not more,\x94 she said.\r\nA second line follows."
	cases := []struct {
		name string
		in   []byte
		want string
		err  error
	}{
		{"UTF-8", []byte(text), text, nil},
		{"UTF-8 with mark", []byte("\ufeff" + text), text, nil},
		{"UTF-16 little endian with mark", encodeUTF16(text, binary.LittleEndian, true), text, nil},
		{"UTF-16 big endian with mark", encodeUTF16(text, binary.BigEndian, true), text, nil},
		{"UTF-16 little endian", encodeUTF16(text, binary.LittleEndian, false), text, nil},
		{"UTF-16 big endian", encodeUTF16(text, binary.BigEndian, false), text, nil},
		{"UTF-16 beyond the basic plane", encodeUTF16("a long enough line 𝒜", binary.LittleEndian, true), "a long enough line 𝒜", nil},
		{"Windows-1252", []byte(windows), text, nil},
		{"decomposed", []byte("cafe\u0301"), "café", nil},
		{"old line ends", []byte("one\rtwo\r\nthree\u2028four"), "one\ntwo\nthree\nfour", nil},
		{"invisible characters", []byte("so\u00adft zero\u200bwidth no\u00a0break \u202eturned\u202c"), "soft zerowidth no break turned", nil},
		{"damaged UTF-8", []byte("“quoted” – and “again” \xff end"), "“quoted” – and “again” \ufffd end", ErrDamaged},
		{"damaged UTF-16", append(encodeUTF16(strings.Repeat("long enough ", 20), binary.LittleEndian, true), 0x00, 0xd8), strings.Repeat("long enough ", 20) + "\ufffd", ErrDamaged},
		{"empty", nil, "", ErrEmpty},
		{"spaces only", []byte(" \n\t\r\n"), "", ErrEmpty},
		{"mark only", []byte("\ufeff"), "", ErrEmpty},
		{"picture", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "", ErrBinary},
		{"program", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 200)...), "", ErrBinary},
		{"office document", []byte("PK\x03\x04\x14\x00\x06\x00"), "", ErrBinary},
		{"PDF", []byte("%PDF-1.7\n%âãÏÓ"), "", ErrBinary},
		{"noise", []byte(strings.Repeat("\x01\x02\x03abc\x04\x05", 100)), "", ErrBinary},
		{"UTF-32", []byte("\xff\xfe\x00\x00a\x00\x00\x00"), "", ErrBinary},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := decode(c.in)
			if got != c.want || !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
				t.Errorf("decode(%q) = %q, %v; want %q, %v", c.in, got, err, c.want, c.err)
			}
		})
	}
}

// TestDecodeIsSettled: what is read is NFC UTF-8, and reading it again changes
// nothing.
func TestDecodeIsSettled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		s, err := decode(b)
		if err != nil && !errors.Is(err, ErrDamaged) {
			if s != "" {
				t.Fatalf("text %q beside %v", s, err)
			}
			return
		}
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || settle(s) != s {
			t.Fatalf("%q gives %q, which is not settled", b, s)
		}
	})
}

func TestFindDate(t *testing.T) {
	for in, want := range map[string]string{
		"June 18, 2025":                     "2025-06-18",
		"Jun. 18, 2025":                     "2025-06-18",
		"June 18th 2025":                    "2025-06-18",
		"18 June 2025":                      "2025-06-18",
		"18th of June, 2025":                "2025-06-18",
		"Wed, 18 Jun 2025 14:03:00 GMT":     "2025-06-18",
		"2025-06-18T14:03:00Z":              "2025-06-18",
		"2025/06/18":                        "2025-06-18",
		"18/06/2025":                        "2025-06-18",
		"06/18/2025":                        "2025-06-18",
		"05/05/2025":                        "2025-05-05",
		"04/05/2025":                        "",
		"June 2025":                         "2025-06",
		"Sept 3, 2025":                      "2025-09-03",
		"February 30, 2025":                 "",
		"2025-0-01":                         "",
		"0 June 2025":                       "2025-06",
		"2025-13-01":                        "",
		"in 2025":                           "",
		"March 25, then April 2, 2024 came": "2024-04-02",
		"12-Aug-2025":                       "2025-08-12",
		"maybe 3, 2025":                     "",
	} {
		d, _, _ := findDate(in)
		if d.String() != want {
			t.Errorf("findDate(%q) = %q, want %q", in, d, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		paragraphs.Replace("{A}"):                                          "en",
		"Islamabad, Rawalpindi and Gwadar are in the news of the day.":     "en",
		"Sharifullah was arrested in Balochistan by the army of Pakistan.": "en",
		"Der Präsident empfing den Armeechef zu einem Mittagessen, und die beiden Männer sprachen über den Handel und die Sicherheit in der Region.": "de",
		"Le président a reçu le chef de l'armée pour un déjeuner de travail, et les deux hommes ont parlé du commerce et de la sécurité.":            "fr",
		"El presidente recibió al jefe del ejército en un almuerzo de trabajo y los dos hablaron del comercio y de la seguridad de la región.":       "es",
		"صدر نے آرمی چیف سے ملاقات کی اور دونوں نے تجارت اور سلامتی پر بات کی۔ یہ ملاقات کئی گھنٹے جاری رہی۔":                                        "ur",
		"Президент принял командующего армией на рабочем обеде, и они говорили о торговле и о безопасности в регионе.":                               "ru",
		"राष्ट्रपति ने सेना प्रमुख से मुलाकात की और दोनों ने व्यापार और सुरक्षा पर बात की।":                                                          "hi",
		"12 34 56": "",
		"":         "",
	} {
		if got := Language(text); got != want {
			t.Errorf("Language(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestOverlap(t *testing.T) {
	a := strings.Repeat(paragraphs.Replace("{A} {B} {C} {D} "), 1)
	b := strings.ToUpper(strings.ReplaceAll(a, ".", " -- "))
	other := "The council of the upper town voted to close the old market on Sundays, and the traders said that they would take the matter to court before the summer is over. Nobody had told them of the plan."
	if got := Overlap(Fingerprint(a), Fingerprint(b)); got != 1 {
		t.Errorf("case and punctuation count: %.2f", got)
	}
	if got := Overlap(Fingerprint(a), Fingerprint(other)); got != 0 {
		t.Errorf("unrelated texts overlap by %.2f", got)
	}
	if got := Overlap(Fingerprint(a), Fingerprint(other+" "+a)); got < 0.99 {
		t.Errorf("an article within a longer one overlaps by %.2f", got)
	}
	if got := Overlap(Fingerprint(other+" "+a), Fingerprint(a)); got < 0.4 || got > 0.95 {
		t.Errorf("the longer one overlaps by %.2f", got)
	}
	if Overlap(nil, Fingerprint(a)) != 0 || len(Fingerprint("four words are few")) != 0 {
		t.Error("a text too short to compare overlaps")
	}
	// The sketch must mean the same in every version that reads a store.
	if got := Fingerprint(paragraphs.Replace("{D}")); len(got) == 0 || got[0] != 0x4fba622184ceebb8 {
		t.Errorf("the fingerprint has changed: %#x", got)
	}
}

func TestOverlapEstimates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z]{3,9}`), 400, 400).Draw(t, "words")
		n := rapid.IntRange(0, 400).Draw(t, "shared")
		fresh := rapid.SliceOfN(rapid.StringMatching(`[A-Z]{12}`), 400, 400).Draw(t, "fresh")
		a := strings.Join(words, " ")
		b := strings.Join(append(append([]string{}, words[:n]...), fresh[n:]...), " ")
		got, want := Overlap(Fingerprint(a), Fingerprint(b)), float64(max(0, n-4))/396
		if got < want-0.25 || got > want+0.25 {
			t.Fatalf("overlap %.2f, true share %.2f", got, want)
		}
	})
}
