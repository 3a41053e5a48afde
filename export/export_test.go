package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"chancery"
	"chancery/store/sqlite"

	"pgregory.net/rapid"
)

// TestJSONLine holds that a line reads back as what was written and tells a
// terminal nothing.
func TestJSONLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.String().Draw(t, "text")
		var b bytes.Buffer
		if err := JSONLine(&b, want); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := json.Unmarshal(b.Bytes(), &got); err != nil || got != strings.ToValidUTF8(want, "\ufffd") {
			t.Errorf("wrote %q, read %q, %v", want, got, err)
		}
		line := strings.TrimSuffix(b.String(), "\n")
		if strings.ContainsFunc(line, unicode.IsControl) {
			t.Errorf("a control character is left in %q", line)
		}
	})
}

// TestCell holds that no cell begins as a formula and that harmless text stays
// as it is.
func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		"plain":             "plain",
		"=1+1":              "'=1+1",
		"+49":               "'+49",
		"-1":                "'-1",
		"@SUM(A1)":          "'@SUM(A1)",
		"\tx":               "'\tx",
		"\n=x":              "'\n=x",
		"\x1b=1":            "'=1",
		"＝1":                "'＝1",
		"two\nlines":        "two\nlines",
		"a\x1b[31mb\u009bc": "a[31mbc",
	} {
		if got := Cell(in); got != want {
			t.Errorf("Cell(%q): got %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := Cell(rapid.String().Draw(t, "text"))
		if got != "" && strings.ContainsAny(got[:1], "=+-@\t\n\r") {
			t.Errorf("a formula is left: %q", got)
		}
	})
}

// TestOrder holds that the export follows names, ids and places in the text,
// not the order of storing.
func TestOrder(t *testing.T) {
	ctx := context.Background()
	const text = "One offered two. Two offered one."
	article := func(name string) *chancery.Article {
		a := &chancery.Article{Name: name, Source: name, Text: text, Language: "en"}
		a.ID = chancery.ArticleID(*a)
		return a
	}
	reading := func(a *chancery.Article) *chancery.Reading {
		r := &chancery.Reading{Article: a.ID, Version: "1"}
		for _, at := range []chancery.ByteRange{{Start: 17, End: 33}, {Start: 0, End: 16}} { // not in the order of the text
			e := chancery.Event{Sentence: at, Trigger: chancery.ByteRange{Start: at.Start + 4, End: at.Start + 11}, Type: chancery.Agree, Status: chancery.Offered,
				Actors: []chancery.Party{{Name: "nobody known"}, {Code: "ONE"}, {Code: "ONE", Name: "One again"}}, Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: at}}}
			e.ID = chancery.RecordID(a.ID, "event", e.Evidence, e)
			r.Events = append(r.Events, e)
		}
		return r
	}
	var want string
	for _, names := range [][]string{{"a", "b", "c"}, {"c", "a", "b"}} {
		s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "x.db"), sqlite.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for _, n := range names {
			a := article(n)
			if _, err := s.Put(ctx, sqlite.Entry{Article: a, Reading: reading(a)}); err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := Write(ctx, &b, s, Kinds(), sqlite.Filter{}); err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = b.String()
		} else if b.String() != want {
			t.Errorf("stored as %v: got\n%s\nwant\n%s", names, b.String(), want)
		}
		var triggers []string
		for l := range strings.Lines(b.String()) {
			var e Event
			if err := json.Unmarshal([]byte(l), &e); err != nil {
				t.Fatal(err)
			}
			if e.Record == "event" {
				triggers = append(triggers, e.Article+" "+e.Sentence+" "+strings.Join(e.Actors, ","))
			}
		}
		if got, want := strings.Join(triggers, "|"), "a One offered two. ONE|a Two offered one. ONE|b One offered two. ONE|b Two offered one. ONE|c One offered two. ONE|c Two offered one. ONE"; got != want {
			t.Errorf("events: got %s\nwant %s", got, want)
		}
		b.Reset()
		if err := WriteCSV(ctx, &b, s, "event", sqlite.Filter{Source: "b"}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 3 || rows[1][5] != "nobody known; ONE; ONE" {
			t.Errorf("CSV: got %q, %v", rows, err)
		}
	}
}

// TestHead holds that every kind has as many columns as cells.
func TestHead(t *testing.T) {
	lines := map[string]any{KindArticle: Article{}, KindActor: Actor{}, "event": Event{}, "exchange": Exchange{}, "quote": Quote{}, "figure": Figure{}, "forecast": Forecast{}, KindTone: Tone{}}
	for _, k := range ofArticle() {
		head, err := Head(k)
		if err != nil || len(head) != len(Cells(lines[k])) {
			t.Errorf("%s: %d columns, %d cells, %v", k, len(head), len(Cells(lines[k])), err)
		}
	}
	for _, k := range []string{"thing", KindFinding} {
		if _, err := Head(k); err == nil {
			t.Errorf("a %s has columns", k)
		}
	}
}
