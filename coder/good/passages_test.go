package good_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/good"
	"chancery/english"
)

// passage is a piece of testdata/goods.txt.
type passage struct {
	line  int
	text  string
	goods []string // "giver receiver kind status"
	pairs [][2]int
}

func passages(t testing.TB) []passage {
	t.Helper()
	b, err := os.ReadFile("testdata/goods.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []passage
	var p passage
	flush := func() {
		if p.text != "" {
			out = append(out, p)
		}
		p = passage{}
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			flush()
		case strings.HasPrefix(line, "> "):
			p.goods = append(p.goods, line[2:])
		case strings.HasPrefix(line, "= "):
			f := strings.Fields(line[2:])
			a, err := strconv.Atoi(f[0])
			b, err2 := strconv.Atoi(f[1])
			if err != nil || err2 != nil {
				t.Fatalf("line %d: %q", n, line)
			}
			p.pairs = append(p.pairs, [2]int{a - 1, b - 1})
		default:
			if p.text == "" {
				p.line = n
			} else {
				p.text += "\n"
			}
			p.text += line
		}
	}
	flush()
	return out
}

// house is what reads a passage.
type house struct {
	english *english.Pipeline
	actors  *actor.Gazetteer
	goods   *good.Finder
}

func open(t testing.TB) *house {
	t.Helper()
	p, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, err := actor.New(actor.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g, err := good.New()
	if err != nil {
		t.Fatal(err)
	}
	return &house{p, a, g}
}

func (h *house) read(text string) (*english.Doc, []chancery.Event, []chancery.Exchange) {
	doc := h.english.Parse(text)
	article := &chancery.Article{Name: "passage", Text: text}
	events, exchanges := h.goods.Attach(doc, h.actors.Cast(doc, article), article, nil, nil)
	return doc, events, exchanges
}

// The floors are shares of what testdata/goods.txt expects; -v lists the misses.
const (
	floorGoods = 0.85
	floorPairs = 0.85
)

// TestPassages reads own sentences through the whole English analysis.
func TestPassages(t *testing.T) {
	h := open(t)
	var want, found, right, pairs, joined int
	for _, p := range passages(t) {
		_, events, _ := h.read(p.text)
		var got []string
		var exchange []string
		for _, e := range events {
			g := e.Good
			got = append(got, fmt.Sprintf("%s %s %s %s", chancery.StateOf(g.Giver.Code), chancery.StateOf(g.Receiver.Code), g.Kind, g.Status))
			exchange = append(exchange, e.Exchange)
		}
		want, found = want+len(p.goods), found+len(got)
		at := make([]int, len(p.goods))
		for i, w := range p.goods {
			at[i] = slices.IndexFunc(got, func(g string) bool {
				return g == w || strings.HasSuffix(w, " happened") && g == strings.TrimSuffix(w, "happened")+"delivered" ||
					strings.HasSuffix(w, " delivered") && g == strings.TrimSuffix(w, "delivered")+"happened"
			})
			if at[i] >= 0 {
				right++
			}
		}
		for _, x := range p.pairs {
			pairs++
			if a, b := at[x[0]], at[x[1]]; a >= 0 && b >= 0 && exchange[a] != "" && exchange[a] == exchange[b] {
				joined++
			} else {
				t.Logf("goods.txt:%d: %q: goods %d and %d are not joined", p.line, p.text, x[0]+1, x[1]+1)
			}
		}
		if slices.Contains(at, -1) || len(got) > len(p.goods) {
			t.Logf("goods.txt:%d: %q: got %q, want %q", p.line, p.text, got, p.goods)
		}
	}
	recall, precision := float64(right)/float64(want), float64(right)/float64(found)
	t.Logf("goods: %d wanted, %d found, %d right; precision %.3f, recall %.3f; %d of %d pairs joined", want, found, right, precision, recall, joined, pairs)
	if recall < floorGoods || precision < floorGoods {
		t.Errorf("goods: precision %.3f, recall %.3f, want %.2f of each", precision, recall, floorGoods)
	}
	if float64(joined) < floorPairs*float64(pairs) {
		t.Errorf("exchanges: %d of %d pairs joined, want %.2f", joined, pairs, floorPairs)
	}
}
