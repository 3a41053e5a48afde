package neural

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestHalf(t *testing.T) {
	for _, x := range []float32{0, 1, -1, 0.5, 65504, 6.1035156e-05, 5.9604645e-08, -0.333251953125} {
		if got := fromHalf(toHalf(x)); got != x {
			t.Errorf("%v became %v", x, got)
		}
	}
	for _, x := range []float32{0.1, -3.14159, 1e-6, 1234.5} {
		if got := fromHalf(toHalf(x)); math.Abs(float64(got-x)) > math.Max(math.Abs(float64(x))/2000, 6e-8) {
			t.Errorf("%v became %v", x, got)
		}
	}
	if got := fromHalf(toHalf(1e9)); got != 65504 {
		t.Errorf("1e9 became %v", got)
	}
}

func TestLoadRefusesOthers(t *testing.T) {
	if _, err := Load([]byte("something else"), nil); !errors.Is(err, ErrVersion) {
		t.Errorf("error %v, want ErrVersion", err)
	}
	if _, err := Load([]byte(magic+`{"Version":2}`+"\n"), nil); !errors.Is(err, ErrVersion) {
		t.Errorf("error %v, want ErrVersion", err)
	}
	if _, err := Load([]byte(magic+`{"Version":1,"Words":-5}`+"\n"), nil); err == nil {
		t.Error("a damaged file was read")
	}
}

func TestLemmaRule(t *testing.T) {
	for _, c := range []struct{ form, lemma, rule, other, want string }{
		{"walked", "walk", "k2", "Talked", "Talk"},
		{"Dogs", "dog", "l1", "CATS", "cat"},
		{"cities", "city", "k3y", "parties", "party"},
		{"was", "be", "=be", "is", "be"},
		{"PARIS", "Paris", "t0", "ROME", "Rome"},
		{"it", "it", "k0", "she", "she"},
		{"5,000", "5000", "n", "1,200,000", "1200000"},
		{"cities", "city", "k3y", "ab", "ab"}, // too short for the rule
	} {
		rule := LemmaRule(c.form, c.lemma)
		if rule != c.rule {
			t.Errorf("rule of %s, %s: %q, want %q", c.form, c.lemma, rule, c.rule)
		}
		if got := ApplyLemmaRule(rule, c.form); got != c.lemma && len(c.other) > 2 {
			t.Errorf("%q of %s gives %q, want %q", rule, c.form, got, c.lemma)
		}
		if got := ApplyLemmaRule(rule, c.other); got != c.want {
			t.Errorf("%q of %s gives %q, want %q", rule, c.other, got, c.want)
		}
	}
}

// Words of any length give features inside the table, and a bounded number.
func TestFeatures(t *testing.T) {
	for _, form := range []string{"", "a", "Pakistan's", "ÉTÉ", strings.Repeat("ab", 1e5), "\xff\xfe"} {
		rows := Features(nil, form)
		if len(rows) == 0 || len(rows) > 4*(longest+2) {
			t.Errorf("%.10s: %d features", form, len(rows))
		}
		for _, r := range rows {
			if r >= Buckets {
				t.Errorf("%.10s: row %d", form, r)
			}
		}
	}
	if Key("“Don’t") != `"don't` {
		t.Errorf("key %q", Key("“Don’t"))
	}
}

// Whatever the bytes, Load returns an error or a model that annotates.
func FuzzLoad(f *testing.F) {
	network, vectors := testFiles(f)
	f.Add(network, vectors)
	f.Add(network[:200], vectors)
	f.Add([]byte(magic+`{"Version":1,"Config":{"Word":4096,"Char":4096,"Hidden":4096,"Layers":4096,"Tag":32,"Arc":32,"Rel":32,"Vectors":8}}`+"\n"), vectors)
	f.Add(network, []byte(vectorMagic+"\xff\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, network, vectors []byte) {
		m, err := Load(network, vectors)
		if err != nil {
			return
		}
		all := []Sentence{{Forms: []string{"the", "cat", "sleeps"}}}
		m.Annotate(all, Options{})
		if len(all[0].Words) != 3 {
			t.Errorf("%d words for 3 forms", len(all[0].Words))
		}
	})
}
