package event

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"chancery"

	"pgregory.net/rapid"
)

func TestUnmarkKeepsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.StringMatching(`[a-z ,.é]{0,12}`)
		inside := rapid.StringMatching(`[A-Z][a-zé]{0,8}`)
		a, s, b, o, c := plain.Draw(t, "a"), inside.Draw(t, "s"), plain.Draw(t, "b"), inside.Draw(t, "o"), plain.Draw(t, "c")
		l := unmark(a + "<s>" + s + "</s>" + b + "<t>" + o + " </t>" + c)
		if want := a + s + b + o + " " + c; l.Text != want {
			t.Fatalf("text %q, want %q", l.Text, want)
		}
		if l.Actor.Of(l.Text) != s || l.Recipient.Of(l.Text) != o {
			t.Fatalf("parties %q and %q, want %q and %q", l.Actor.Of(l.Text), l.Recipient.Of(l.Text), s, o)
		}
	})
}

func TestReadMarked(t *testing.T) {
	head := "sentence\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"
	rows, err := ReadMarked(strings.NewReader(head + "x\t<t>Peru</t> was freed by <s>Chile</s>.\tChile\tPeru\tYIELD\t2\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Type != yield || rows[0].Class != 2 || rows[0].Actor.Of(rows[0].Text) != "Chile" {
		t.Errorf("%+v", rows)
	}
	for _, c := range []struct{ name, in, want string }{
		{"no such column", "a\tb\n", "no column"},
		{"no such type", head + "x\t<s>A</s>\ta\tb\tHUG\t2\n", "line 2"},
		{"too few columns", head + "x\t<s>A</s>\n", "line 2: 2 columns"},
	} {
		if _, err := ReadMarked(strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
}

func TestReadPatterns(t *testing.T) {
	rows, err := ReadPatterns(strings.NewReader("# a remark\n0841 S freed T 's sailors\n--- S's river lies near T , it says\n"), 0.5)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0].Type != string(chancery.Retreat) || rows[0].CAMEO != "0841" || rows[1].Type != "" {
		t.Fatalf("%+v", rows)
	}
	for i, want := range []string{"Kenya freed the Danish president 's sailors.", "The Turkish government's river lies near the militants, it says."} {
		if r := rows[i]; !strings.HasPrefix(r.Text, want[:5]) || strings.Contains(r.Text, " S") || r.Actor.Of(r.Text) == "" || r.Recipient.Of(r.Text) == "" {
			t.Errorf("%q, want something like %q", r.Text, want)
		}
	}
	if got := rows[1].Actor.Of(rows[1].Text); strings.HasSuffix(got, "'s") {
		t.Errorf("actor %q holds the possessive", got)
	}
	if _, err := ReadPatterns(strings.NewReader("9999 S hugged T\n"), 1); err == nil {
		t.Error("no error for an unknown code")
	}
}

func TestReadVerbs(t *testing.T) {
	const dictionary = `# a remark
&SHIP
+VESSEL
+BOAT

---  SEIZE   [171]  ---
SEIZE {SEIZES SEIZED }
+TAKE_OVER [192]
LOOK [---]
- * &SHIP                [1711]      # IMPOUND
- $ WAS * BY +           [020]       # SEIZE
- + * (WITH HELP)        [073]       # GRAB
`
	rows, err := ReadVerbs(strings.NewReader(dictionary), 1)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		text := r.Text
		text = strings.Replace(text, r.Recipient.Of(text), "T", 1)
		text = strings.Replace(text, r.Actor.Of(text), "S", 1)
		got = append(got, r.CAMEO+" "+r.Type+" "+text)
	}
	want := []string{
		"171 COERCE S seize T.",
		"192 ASSAULT S take over T.",
		"1711 COERCE S impound vessel T.",
	}
	for i, w := range want {
		if i >= len(got) || got[i] != w {
			t.Errorf("row %d: %q, want %q", i, got[min(i, len(got)-1)], w)
		}
	}
	if len(got) != 4 || !strings.HasPrefix(got[3], "073 AID") {
		t.Errorf("rows %q", got)
	}
	if _, err := ReadVerbs(strings.NewReader("nothing"), 1); err == nil {
		t.Error("no error for a file without verbs")
	}
}

func TestMinimise(t *testing.T) {
	// Rosenbrock's valley has its one minimum at (1, 1).
	x := []float64{-1.2, 1}
	minimise(x, func(x, g []float64) float64 {
		a, b := 1-x[0], x[1]-x[0]*x[0]
		g[0], g[1] = -2*a-400*x[0]*b, 200*b
		return a*a + 100*b*b
	}, 200)
	if math.Abs(x[0]-1) > 1e-2 || math.Abs(x[1]-1) > 2e-2 {
		t.Errorf("minimum at %v, want 1 1", x)
	}
}

// toy makes examples whose class is that of their first feature.
func toy() []example {
	var out []example
	for i := range 60 {
		k := i % 3
		var f features
		f.add(1, "path", []string{"attack", "help", "meet"}[k])
		f.add(1, "noise", []string{"a", "b"}[i%2])
		f.add(1, "always")
		f.merge()
		class := []chancery.EventType{chancery.Assault, chancery.Aid, chancery.Consult}[k]
		allowed := uint32(1) << classOf(class)
		out = append(out, example{f.list, allowed, 1})
	}
	return out
}

func classOf(t chancery.EventType) int { return class(t) }

func TestLearnedModelIsRightAndTheSameTwice(t *testing.T) {
	learn := func() []byte {
		ids, rows := number(toy())
		return compress(ids, fit(rows, len(ids), trainOptions{0.1, 50}), 1, 0.01).Encode()
	}
	first := learn()
	if !bytes.Equal(first, learn()) {
		t.Error("two runs over the same examples give different bytes")
	}
	m, err := DecodeModel(first)
	if err != nil {
		t.Fatal(err)
	}
	var f features
	f.add(1, "path", "help")
	f.add(1, "always")
	f.merge()
	p := m.probabilities(&f)
	if p[class(chancery.Aid)] < 0.8 {
		t.Errorf("probability of AID %.3f after %q", p[class(chancery.Aid)], "path: help")
	}
	reasons := m.reasons(&f, class(chancery.Aid), 3)
	if len(reasons) == 0 || reasons[0].id != hash("path", "help") || reasons[0].weight <= 0 {
		t.Errorf("reasons %v, want path: help first", reasons)
	}
	if !bytes.Equal(m.Encode(), first) {
		t.Error("decode, then encode is not the identity")
	}
}

func TestJoinedLabelIsEither(t *testing.T) {
	l := Labelled{Type: yield}
	got, err := l.allowed()
	if err != nil || got != 1<<class(chancery.Concede)|1<<class(chancery.Retreat) {
		t.Errorf("classes %b, %v", got, err)
	}
}

func TestShippedModelLoads(t *testing.T) {
	m, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if len(m.ids) < 10000 {
		t.Errorf("the shipped model has %d features", len(m.ids))
	}
}

func FuzzDecodeModel(f *testing.F) {
	ids, rows := number(toy())
	f.Add(compress(ids, fit(rows, len(ids), trainOptions{0.1, 5}), 1, 0.01).Encode())
	f.Add([]byte(modelMagic))
	f.Add([]byte("something else"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := DecodeModel(b)
		if err != nil {
			if !errors.Is(err, ErrModel) {
				t.Fatalf("error %v does not wrap ErrModel", err)
			}
			return
		}
		if got := m.Encode(); !bytes.Equal(got, b) {
			t.Fatalf("decode, then encode changes %d bytes", len(b))
		}
	})
}

func TestCodes(t *testing.T) {
	codes, err := Codes()
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]chancery.EventType)
	for _, c := range codes {
		known[c.CAMEO] = c.Type
		if c.Intensity < -10 || c.Intensity > 10 || !slices.IsSorted(c.Contexts) {
			t.Errorf("%+v", c)
		}
	}
	for typ, code := range generic {
		if known[code] != typ {
			t.Errorf("the general code of %s is %s, which is a code of %q", typ, code, known[code])
		}
	}
	if len(generic) != len(chancery.EventTypes()) {
		t.Errorf("%d general codes for %d types", len(generic), len(chancery.EventTypes()))
	}
}

func TestChooseCode(t *testing.T) {
	codes, err := Codes()
	if err != nil {
		t.Fatal(err)
	}
	m, err := loadCodeModel(codes)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		typ  chancery.EventType
		bag  []string
		want string
	}{
		{chancery.Coerce, []string{"impose", "curfew"}, "1723"},
		{chancery.Retreat, []string{"lift", "sanction"}, "085"},
		{chancery.Sanction, []string{"expel", "ambassador"}, "161"},
		{chancery.Assault, []string{"fire", "rocket"}, "194"},
	} {
		at := m.choose(codes, c.typ, c.bag)
		if at < 0 || codes[at].CAMEO != c.want {
			got := "none"
			if at >= 0 {
				got = codes[at].CAMEO
			}
			t.Errorf("%s %v: %s, want %s", c.typ, c.bag, got, c.want)
		}
	}
	if at := m.choose(codes, chancery.Aid, []string{"xyzzy"}); at >= 0 {
		t.Errorf("an unknown word chose %s", codes[at].CAMEO)
	}
}

func TestScoreCounts(t *testing.T) {
	var guesses []Guess
	add := func(gold string, quad chancery.QuadClass, best chancery.EventType) {
		g := Guess{Row: len(guesses), Gold: gold, GoldClass: quad}
		g.logits[class(best)] = 5
		guesses = append(guesses, g)
	}
	add("AID", 2, chancery.Aid)
	add("AID", 2, chancery.Accuse)
	add(yield, 2, chancery.Concede)
	add("ACCUSE", 3, chancery.Accuse)
	s := Judge(guesses, 1)
	// AID: F1 of 1 found, 1 missed is 2/3. YIELD is found. ACCUSE: 1 found, 1
	// extra, 2/3.
	if s.Rows != 4 || s.Right != 3 || math.Abs(s.MacroTypes-(2.0/3+1+2.0/3)/3) > 1e-9 {
		t.Errorf("%+v", s)
	}
	if math.Abs(s.MacroClasses-(0.8+2.0/3)/2) > 1e-9 {
		t.Errorf("classes %.4f, want %.4f", s.MacroClasses, (0.8+2.0/3)/2)
	}
}

func TestFoldsSpreadLabels(t *testing.T) {
	rows := make([]Labelled, 103)
	for i := range rows {
		rows[i].Type = []string{"AID", "ACCUSE", "ASSAULT"}[i%3]
	}
	fold := Folds(rows, 5, 7)
	var n [5]int
	for _, k := range fold {
		n[k]++
	}
	for _, x := range n {
		if x < 20 || x > 21 {
			t.Errorf("sizes %v", n)
		}
	}
	if !slices.Equal(fold, Folds(rows, 5, 7)) || slices.Equal(fold, Folds(rows, 5, 8)) {
		t.Error("the seed does not decide the folds")
	}
}
