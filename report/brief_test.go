package report

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery"
	"chancery/coder/ledger"
	"chancery/collate"
	"chancery/relation"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

var today = time.Date(2025, 9, 1, 12, 0, 0, 0, time.UTC)

// maker builds an input by hand: articles of one sentence each.
type maker struct {
	in      Input
	entries []ledger.Entry
	obs     []relation.Observation
}

func newMaker() *maker {
	return &maker{in: Input{A: Party{"ARC", "Arcadia"}, B: Party{"RUR", "Ruritania"}, Today: today, Version: "test", Page: "http://127.0.0.1:8642/", Articles: map[string]*chancery.Article{}}}
}

func (m *maker) article(name, source, text string, published chancery.Date) *chancery.Article {
	a := &chancery.Article{Name: name, Title: "On " + name, Source: source, URL: "https://news.example/" + name, Published: published, Text: text}
	a.ID = chancery.ArticleID(*a)
	m.in.Articles[a.ID] = a
	return a
}

func whole(a *chancery.Article) chancery.ByteRange { return chancery.ByteRange{End: len(a.Text)} }

// good adds an event that hands over the phrase.
func (m *maker) good(a *chancery.Article, kind chancery.GoodKind, phrase string, status chancery.Status, giver, taker, exchange string, voices ...chancery.Attribution) *chancery.Event {
	i := strings.Index(a.Text, phrase)
	if i < 0 {
		panic(phrase + " is not in the text")
	}
	e := &chancery.Event{Sentence: whole(a), Trigger: whole(a), Type: chancery.Agree, Status: status, Date: a.Published, Exchange: exchange, Attribution: voices,
		Good: &chancery.Good{Kind: kind, Phrase: chancery.ByteRange{Start: i, End: i + len(phrase)}, Giver: chancery.Party{Code: giver}, Receiver: chancery.Party{Code: taker}, Status: status}}
	e.ID = chancery.RecordID(a.ID, "event", []chancery.Evidence{{Role: chancery.RoleGood, ByteRange: e.Good.Phrase}}, status)
	m.entries = append(m.entries, ledger.Entry{Article: a, Event: e})
	var day time.Time
	if !a.Published.IsZero() {
		day = a.Published.First()
	}
	m.obs = append(m.obs, relation.Observation{Event: e.ID, Actor: giver, Recipient: taker, Day: day, Kind: relation.NewKind(e.Type, status, "", ""), Source: a.Source, Probability: 1})
	return e
}

func (m *maker) brief() *Brief {
	m.in.Account = ledger.Keep(m.entries, "ARC", "RUR")
	m.in.Relation = relation.Measure(m.obs, relation.Query{A: []string{"ARC"}, B: []string{"RUR"}, Period: relation.Month})
	return New(m.in)
}

// example is a relation in small: an exchange, a line told again and broken, an
// open promise, a finding, and a forecast of each kind.
func example() *maker {
	m := newMaker()
	june, july := chancery.Date{Year: 2025, Month: 6, Day: 18}, chancery.Date{Year: 2025, Month: 7, Day: 2}
	one := m.article("frigates", "Sample Wire", "Arcadia offered two old frigates in return for the harbour of Port Naïve.", june)
	two := m.article("harbour", "Sample Gazette", "Ruritania will open the harbour of Port Naïve, three ministers said; the talks will resume in July.", july)
	three := m.article("broken", "Sample Wire", "Arcadia broke its word on the two old frigates.", chancery.Date{Year: 2025, Month: 8})
	frigates := m.good(one, "arms", "two old frigates", chancery.Offered, "ARC", "RUR", "x1")
	m.good(one, "port", "the harbour of Port Naïve", chancery.Requested, "RUR", "ARC", "x1")
	m.good(two, "port", "the harbour of Port Naïve", chancery.Agreed, "RUR", "ARC", "", chancery.Attribution{Kind: chancery.BySpeaker, Party: chancery.Party{Name: "three ministers"}})
	m.good(three, "arms", "the two old frigates", chancery.Reneged, "ARC", "RUR", "")
	m.in.Findings = []collate.Finding{
		{ID: "n1", Kind: collate.NumbersDisagree, Sure: .5, About: "frigates", Passages: []collate.Passage{{Article: one.ID, Range: whole(one), Says: "two", Record: frigates.ID}, {Article: three.ID, Range: whole(three), Says: "three"}}},
		{ID: "n2", Kind: collate.StatusDisagrees, Sure: .9, About: "the harbour", Passages: []collate.Passage{{Article: one.ID, Range: whole(one), Says: "asked for"}, {Article: two.ID, Range: whole(two), Says: "agreed"}, {Article: three.ID, Range: whole(three), Says: "agreed"}}},
	}
	about := strings.Index(two.Text, "the talks")
	for i, f := range []chancery.Forecast{
		{Horizon: chancery.Date{Year: 2025, Month: 7}, Hedge: "will"},
		{Horizon: chancery.Date{Year: 2026}, Hedge: "may", Holder: chancery.Party{Name: "author"}},
		{Hedge: "could", Holder: chancery.Party{Name: "Ada Orlo"}},
		{Hedge: "should", Advice: true},
	} {
		f.ID, f.Sentence, f.About = fmt.Sprint("p", i), whole(two), chancery.ByteRange{Start: about, End: about + len("the talks will resume in July")}
		x := Forecast{Article: two, Record: f}
		if i == 2 {
			x.Settled = &chancery.Settlement{Outcome: chancery.CamePart, Why: "they met, and fell out", Who: "reader", When: today}
		}
		m.in.Forecasts = append(m.in.Forecasts, x)
	}
	return m
}

func TestGolden(t *testing.T) {
	for name, write := range map[string]func(*Brief, *bytes.Buffer) error{
		"brief.html": func(b *Brief, w *bytes.Buffer) error { return b.HTML(w) },
		"brief.md":   func(b *Brief, w *bytes.Buffer) error { return b.Markdown(w) },
	} {
		var got bytes.Buffer
		if err := write(example().brief(), &got); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s is not as it was; look at the difference and write it anew with -update:\n%s", path, got.String())
		}
	}
}

// TestOrderDoesNotMatter: the same input in another order gives the same bytes.
func TestOrderDoesNotMatter(t *testing.T) {
	var one, other bytes.Buffer
	m := example()
	if err := m.brief().HTML(&one); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(m.in.Findings)
	slices.Reverse(m.in.Forecasts)
	slices.Reverse(m.entries)
	slices.Reverse(m.obs)
	if err := m.brief().HTML(&other); err != nil {
		t.Fatal(err)
	}
	if one.String() != other.String() {
		t.Error("the order of the input shows")
	}
}

func TestTiedLinesStandTogether(t *testing.T) {
	m := newMaker()
	day := chancery.Date{Year: 2025, Month: 6, Day: 18}
	a := m.article("one", "S", "ships for ports and praise and minerals", day)
	m.good(a, "arms", "ships", chancery.Offered, "ARC", "RUR", "x")
	m.good(a, "port", "ports", chancery.Requested, "RUR", "ARC", "x")
	m.good(a, "diplomatic", "praise", chancery.Requested, "RUR", "ARC", "x")
	m.good(a, "minerals", "minerals", chancery.Requested, "RUR", "ARC", "")
	rows := m.brief().Rows
	if len(rows) != 3 {
		t.Fatalf("%d rows, want 3: %+v", len(rows), rows)
	}
	if r := rows[0]; !r.Tied || r.LeftSpan != 2 || r.Left.Kind != "arms" || r.Right.Kind != "port" {
		t.Errorf("first row %+v", r)
	}
	if r := rows[1]; !r.Tied || r.LeftSpan != 0 || r.Right.Kind != "diplomatic" {
		t.Errorf("second row %+v", r)
	}
	if r := rows[2]; r.Tied || r.Left != nil || r.Right.Kind != "minerals" {
		t.Errorf("third row %+v", r)
	}
}

// TestEveryLineOnce: however lines are tied, each stands in one cell, and spans
// cover the rows exactly.
func TestEveryLineOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMaker()
		kinds := chancery.GoodKinds()
		n := rapid.IntRange(0, 14).Draw(t, "events")
		for i := range n {
			a := m.article(fmt.Sprint("a", i), "S", string(kinds[i%len(kinds)])+fmt.Sprintf(" word%c", 'a'+i), chancery.Date{Year: 2025, Month: 1 + i%12})
			side := [2]string{"ARC", "RUR"}
			if rapid.Bool().Draw(t, "side") {
				side = [2]string{"RUR", "ARC"}
			}
			m.good(a, kinds[i%len(kinds)], a.Text, chancery.Offered, side[0], side[1], rapid.SampledFrom([]string{"", "x", "y", "z"}).Draw(t, "exchange"))
		}
		b := m.brief()
		seen := map[int]int{}
		covered := [2]int{}
		for i, r := range b.Rows {
			for k, c := range []struct {
				line *Line
				span int
			}{{r.Left, r.LeftSpan}, {r.Right, r.RightSpan}} {
				if c.line != nil {
					seen[c.line.N]++
				}
				if c.span == 0 != (covered[k] > i) {
					t.Fatalf("row %d, side %d: span %d while rows up to %d are covered", i, k, c.span, covered[k])
				}
				covered[k] = max(covered[k], i+c.span)
			}
		}
		if covered != [2]int{len(b.Rows), len(b.Rows)} {
			t.Fatalf("spans cover %v of %d rows", covered, len(b.Rows))
		}
		for l := 1; l <= b.Lines; l++ {
			if seen[l] != 1 {
				t.Fatalf("line %d stands in %d cells", l, seen[l])
			}
		}
	})
}

// hostile is put wherever a foreign string can stand.
const hostile = `</style></title><script>alert(1)</script><img src=x onerror=alert(2)>"'` + "`" + `<svg/onload=alert(3)> [x](javascript:alert(4)) | ${1} {{.}} &lt;b&gt; www.evil.example https://evil.example <https://evil.example> ` + "\u202e\x1b[31m"

func hostileBrief(s string) *Brief {
	m := newMaker()
	m.in.A.Name, m.in.Source, m.in.Version, m.in.Page = s, s, s, "javascript:alert(5)//"+s
	a := m.article("n", s, s+" two ships", chancery.Date{Year: 2025, Month: 6})
	a.Title, a.Byline, a.URL = s, s, "javascript:alert(6)//"+s
	m.good(a, "arms", "two ships", chancery.Offered, "ARC", "RUR", "", chancery.Attribution{Kind: chancery.BySpeaker, Party: chancery.Party{Name: s}})
	m.entries[0].Event.Good.Phrase = whole(a)
	m.entries[0].Event.ID = s
	m.in.Findings = []collate.Finding{{ID: s, Kind: collate.FindingKind("numbers disagree"), About: s, Passages: []collate.Passage{{Article: a.ID, Range: whole(a), Says: s, Record: s}}}}
	m.in.Forecasts = []Forecast{{Article: a, Record: chancery.Forecast{ID: s, Sentence: whole(a), About: whole(a), Condition: whole(a), Hedge: s, Holder: chancery.Party{Name: s}},
		Settled: &chancery.Settlement{Outcome: chancery.CameTrue, Why: s, Who: s, When: today}}}
	return m.brief()
}

// inert fails when a page could run or load anything.
func inert(t interface {
	Fatalf(string, ...any)
}, page string) {
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Token()
			if slices.Contains([]string{"script", "img", "iframe", "object", "embed", "link", "base", "form", "foreignobject", "use", "image", "animate", "set"}, tag.Data) {
				t.Fatalf("the page has an element %s", tag.Data)
			}
			for _, a := range tag.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "xlink:href" {
					t.Fatalf("%s has an attribute %s", tag.Data, a.Key)
				}
				if a.Key == "href" && !strings.HasPrefix(a.Val, "#c") && !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "https://") {
					t.Fatalf("a link to %q", a.Val)
				}
			}
		}
	}
}

func TestNothingRuns(t *testing.T) {
	b := hostileBrief(hostile)
	var page, md bytes.Buffer
	if err := b.HTML(&page); err != nil {
		t.Fatal(err)
	}
	inert(t, page.String())
	if strings.Contains(page.String(), "javascript:alert(6)") || strings.Contains(page.String(), "javascript:alert(5)") {
		t.Error("an address that is not of the web is shown as one")
	}
	if n := strings.Count(page.String(), "<style>"); n != 1 {
		t.Errorf("%d styles", n)
	}
	if strings.ContainsAny(page.String(), "\u202e\x1b") {
		t.Error("characters that turn or command are left in")
	}
	if err := b.Markdown(&md); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<script", "<img", "<svg", "x](javascript", "https://evil", "www.evil", "\u202e"} {
		if strings.Contains(md.String(), bad) {
			t.Errorf("the Markdown holds %q", bad)
		}
	}
}

func FuzzNothingRuns(f *testing.F) {
	f.Add(hostile)
	f.Add("\x00<!--<ScRiPt>")
	f.Fuzz(func(t *testing.T, s string) {
		var page bytes.Buffer
		if err := hostileBrief(strings.ToValidUTF8(s, "?")).HTML(&page); err != nil {
			t.Fatal(err)
		}
		inert(t, page.String())
	})
}

// TestMarkdownKeepsText: what is escaped reads as it stood.
func TestMarkdownKeepsText(t *testing.T) {
	plain := strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#58;", ":", "&#46;", ".")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		out := markdown(s)
		for i := 0; i < len(out); i++ {
			switch out[i] {
			case '\\':
				i++
			case '<', '>', '|', '[', ']', '`', '*', '_':
				t.Fatalf("%q leaves %c bare: %q", s, out[i], out)
			}
		}
		var back strings.Builder
		for i := 0; i < len(out); i++ {
			if out[i] == '\\' {
				i++
				back.WriteByte(out[i])
				continue
			}
			back.WriteByte(out[i])
		}
		if got := plain.Replace(back.String()); got != s && !strings.Contains(s, "&") {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{days(0), "0 days"}, {days(1), "1 day"}, {days(119), "119 days"}, {days(365), "12 months"}, {days(1461), "4 years"}, {days(1000), "2.7 years"},
		{signed(-.004), "0.00"}, {signed(.5), "+0.50"}, {signed(-1), "−1.00"},
		{day(chancery.Date{Year: 2025, Month: 6, Day: 8}), "8 June 2025"}, {day(chancery.Date{Year: 2025, Month: 6}), "June 2025"}, {day(chancery.Date{Year: 2025}), "2025"}, {day(chancery.Date{}), ""},
		{period(chancery.Date{Year: 2025}, chancery.Date{}), "from 2025"}, {period(chancery.Date{}, chancery.Date{Year: 2025}), "until 2025"}, {period(chancery.Date{Year: 2025}, chancery.Date{Year: 2025}), "2025"},
		{address("HTTPS://news.example/a b"), "https://news.example/a%20b"}, {address("//news.example"), ""}, {address("ftp://x.example"), ""}, {address("https://user@news.example"), ""},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// TestContentPolicyNamesTheStyle: the style that stands in the page is the one
// whose hash the policy names.
func TestContentPolicyNamesTheStyle(t *testing.T) {
	var page bytes.Buffer
	if err := example().brief().HTML(&page); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(page.String(), "<style>")
	if inside, _, _ := strings.Cut(rest, "</style>"); inside != style {
		t.Errorf("the style was changed on its way: %q", inside)
	}
}
