package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

var update = flag.Bool("update", false, "write the golden files anew")

// asProgram makes the test binary run as the program, so that tests can start,
// kill and start it again.
const asProgram = "CHANCERY_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Unsetenv("CHANCERY_DB")
	os.Unsetenv("COLUMNS")
	os.Exit(m.Run())
}

// run carries out a command line and gives what it wrote.
func run(t testing.TB, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = Run(context.Background(), args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

const (
	nasty   = "\x1b[31m\u009b1m\a\u202e"
	harbour = "Arcadia offered Ruritania two old frigates " + nasty + " on Monday. In return it asked for the harbour of Port Naïve.\n\n" +
		"“We will think about it,” said Prime Minister Ada Orlo. About 40 percent of Ruritanians object, according to the Courier. If Arcadia pays, the talks may resume in June."
)

// fixture is a record made by hand: two articles that tell one story, one that
// repeats, one in another language.
func fixture(t testing.TB) (db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "record.db")
	s, err := sqlite.Open(context.Background(), db, sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, x := range []struct{ name, source, reprintOf string }{{"frigates", "Sample Wire", ""}, {"=harbour", "Sample Gazette " + nasty, ""}} {
		a := &chancery.Article{Name: x.name, Title: "Frigates for a harbour " + nasty, Source: x.source, Byline: "Ion Pell", Published: chancery.Date{Year: 2025, Month: 6, Day: 18},
			Language: "en", Path: x.name + ".txt", Text: harbour}
		a.ID = chancery.ArticleID(*a)
		r := story(a)
		if _, err := s.Put(context.Background(), sqlite.Entry{Article: a, Reading: r}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Collate(context.Background()); err != nil {
		t.Fatal(err)
	}
	a := &chancery.Article{Name: "navires", Title: "Des frégates contre un port", Source: "La Gazette", Language: "fr", Text: "L’Arcadie a offert deux frégates à la Ruritanie."}
	a.ID = chancery.ArticleID(*a)
	if _, err := s.Put(context.Background(), sqlite.Entry{Article: a}); err != nil {
		t.Fatal(err)
	}
	return db
}

// story is a reading of harbour, written by hand.
func story(a *chancery.Article) *chancery.Reading {
	at := func(words string) chancery.ByteRange {
		i := strings.Index(a.Text, words)
		if i < 0 {
			panic(words + " does not occur")
		}
		return chancery.ByteRange{Start: i, End: i + len(words)}
	}
	first := chancery.ByteRange{End: at("Monday.").End}
	second, third := at("In return it asked for the harbour of Port Naïve."), at("“We will think about it,” said Prime Minister Ada Orlo.")
	fourth, fifth := at("About 40 percent of Ruritanians object, according to the Courier."), at("If Arcadia pays, the talks may resume in June.")
	arc := chancery.Party{Code: "ARC", Name: "Arcadia", Mention: at("Arcadia")}
	rur := chancery.Party{Code: "RUR", Name: "Ruritania", Mention: at("Ruritania")}
	orlo := chancery.Party{Code: "RURGOV", Name: "Ada Orlo", Mention: at("Prime Minister Ada Orlo")}
	courier := chancery.Attribution{Kind: chancery.ByOutlet, Party: chancery.Party{Name: "the Courier", Mention: at("the Courier")}}
	sentence := func(r chancery.ByteRange, more ...chancery.Evidence) []chancery.Evidence {
		return append([]chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: r}}, more...)
	}
	id := func(kind string, e []chancery.Evidence) string { return chancery.RecordID(a.ID, kind, e, "") }
	e1, e2 := sentence(first, chancery.Evidence{Role: chancery.RoleTrigger, ByteRange: at("offered")}), sentence(second)
	x1 := sentence(second, chancery.Evidence{Role: chancery.RoleTie, ByteRange: at("In return")})
	exchange := id("exchange", x1)
	june := chancery.Date{Year: 2025, Month: 6}
	return &chancery.Reading{Article: a.ID, Version: "1", Sentences: []chancery.ByteRange{first, second, third, fourth, fifth},
		Actors: []chancery.Actor{{Code: "ARC", Name: "Arcadia", Kind: "state", Mentions: []chancery.ByteRange{at("Arcadia")}},
			{Code: "RURGOV", Name: "Ada Orlo", Kind: "person", Role: "Prime Minister", Mentions: []chancery.ByteRange{at("Prime Minister Ada Orlo")}}},
		Events: []chancery.Event{
			{ID: id("event", e1), Sentence: first, Trigger: at("offered"), Type: chancery.Agree, Status: chancery.Offered, Probability: 0.93, Intensity: 4.8,
				Actors: []chancery.Party{arc}, Recipients: []chancery.Party{rur}, Date: chancery.Date{Year: 2025, Month: 6, Day: 16}, Exchange: exchange,
				Good:     &chancery.Good{Kind: "arms", Phrase: at("two old frigates"), Giver: arc, Receiver: rur, Status: chancery.Offered, Amount: &chancery.Amount{Text: at("two"), Low: 2, High: 2}},
				Evidence: e1},
			{ID: id("event", e2), Sentence: second, Trigger: at("asked"), Type: chancery.Request, Status: chancery.Requested, Probability: 0.61, Intensity: -2,
				Actors: []chancery.Party{arc}, Recipients: []chancery.Party{rur, {Name: "the harbour master"}}, Exchange: exchange, Attribution: []chancery.Attribution{courier, {Kind: chancery.ByUnnamed}},
				Good: &chancery.Good{Kind: "port", Phrase: at("the harbour of Port Naïve"), Giver: rur, Receiver: arc, Status: chancery.Requested}, Evidence: e2}},
		Exchanges: []chancery.Exchange{{ID: exchange, Legs: []string{id("event", e1), id("event", e2)}, Evidence: x1}},
		Quotes:    []chancery.Quote{{ID: id("quote", sentence(third)), Sentence: third, Text: at("We will think about it,"), Speaker: orlo, ProseSpeaker: &rur, Evidence: sentence(third)}},
		Figures: []chancery.Figure{{ID: id("figure", sentence(fourth)), Sentence: fourth, Value: at("40 percent"), Number: 40, Unit: "percent", Of: at("Ruritanians"), Approximate: "about",
			Attribution: []chancery.Attribution{courier}, Evidence: sentence(fourth)}},
		Forecasts: []chancery.Forecast{{ID: id("forecast", sentence(fifth)), Sentence: fifth, Holder: chancery.Party{Name: "author"}, About: at("the talks may resume in June"), Subject: rur,
			Hedge: "may", Strength: 0.4, Horizon: june, Condition: at("If Arcadia pays"), Evidence: sentence(fifth)}},
	}
}

// goldenRuns are the commands whose output is kept to be looked at.
var goldenRuns = []struct {
	name, columns string
	args          []string
}{
	{"articles", "100", []string{"articles"}},
	{"articles-narrow", "40", []string{"articles"}},
	{"articles-jsonl", "", []string{"articles", "--format", "jsonl"}},
	{"articles-csv", "", []string{"articles", "--format", "csv"}},
	{"events", "100", []string{"events"}},
	{"events-limit", "70", []string{"events", "--limit", "1", "--actor", "ARC"}},
	{"events-narrow", "40", []string{"events", "--article", "frigates"}},
	{"events-jsonl", "", []string{"events", "--between", "RUR,ARC", "--format", "jsonl"}},
	{"events-csv", "", []string{"events", "--format", "csv"}},
	{"exchanges", "100", []string{"exchanges"}},
	{"exchanges-csv", "", []string{"exchanges", "--format", "csv"}},
	{"quotes", "100", []string{"quotes", "--speaker", "RUR"}},
	{"quotes-csv", "", []string{"quotes", "--format", "csv"}},
	{"figures", "80", []string{"figures", "--unit", "percent"}},
	{"figures-csv", "", []string{"figures", "--format", "csv"}},
	{"forecasts", "100", []string{"forecasts", "--holder", "author"}},
	{"forecasts-jsonl", "", []string{"forecasts", "--format", "jsonl"}},
	{"actors", "100", []string{"actors"}},
	{"actors-csv", "", []string{"actors", "--format", "csv"}},
	{"search", "100", []string{"search", "frigate", "harbour"}},
	{"search-jsonl", "", []string{"search", "frégates", "--format", "jsonl"}},
	{"show", "120", []string{"show", "frigates"}},
	{"show-narrow", "60", []string{"show", "frigates"}},
	{"show-jsonl", "", []string{"show", "frigates", "--format", "jsonl"}},
	{"show-foreign", "100", []string{"show", "navires"}},
	{"happenings", "100", []string{"happenings"}},
	{"happenings-one", "80", []string{"happenings", "hd02"}},
	{"happenings-jsonl", "", []string{"happenings", "--format", "jsonl"}},
	{"findings", "100", []string{"findings"}},
	{"findings-jsonl", "", []string{"findings", "--kind", "tag against prose", "--format", "jsonl"}},
	{"compare", "100", []string{"compare", "frigates", "=harbour"}},
	{"compare-jsonl", "", []string{"compare", "frigates", "=harbour", "--format", "jsonl"}},
	{"sources", "100", []string{"sources"}},
	{"export", "", []string{"export"}},
	{"export-csv", "", []string{"export", "--format", "csv", "--kind", "article"}},
}

func TestGolden(t *testing.T) {
	db := fixture(t)
	for _, g := range goldenRuns {
		t.Run(g.name, func(t *testing.T) {
			t.Setenv("COLUMNS", g.columns)
			code, out, errs := run(t, append(g.args, "--db", db)...)
			if code != exitDone || errs != "" {
				t.Fatalf("exit code %d, said %q", code, errs)
			}
			path := filepath.Join("testdata", g.name+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if out != string(want) {
				t.Errorf("%s has changed (go test ./internal/cli -update, then look at the diff): got\n%s", path, out)
			}
			// Whatever an article says, a terminal is told nothing by it.
			for _, r := range out {
				if r != '\n' && unicode.IsControl(r) || isDirection(r) && !strings.Contains(g.name, "jsonl") && !strings.Contains(g.name, "csv") && g.name != "export" {
					t.Errorf("the output holds the control character %U", r)
				}
			}
			if strings.Contains(g.name, "csv") {
				if _, err := csv.NewReader(strings.NewReader(out)).ReadAll(); err != nil {
					t.Errorf("not CSV: %v", err)
				}
			}
			if strings.Contains(g.name, "jsonl") || g.name == "export" {
				for l := range strings.Lines(out) {
					if !json.Valid([]byte(l)) {
						t.Errorf("not JSON: %s", l)
					}
				}
			}
			if g.columns != "" {
				for l := range strings.Lines(out) {
					if w := words(strings.TrimSuffix(l, "\n")).width(); fmt.Sprint(w) > g.columns && len(fmt.Sprint(w)) >= len(g.columns) {
						t.Errorf("a line of %d columns on a terminal of %s: %s", w, g.columns, l)
					}
				}
			}
		})
	}
}

func TestExitCodes(t *testing.T) {
	db := fixture(t)
	missing := filepath.Join(t.TempDir(), "none.db")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitDone, ""},
		{[]string{"help"}, exitDone, ""},
		{[]string{"help", "read"}, exitDone, ""},
		{[]string{"version"}, exitDone, ""},
		{[]string{"events"}, exitDone, ""},
		{[]string{"events", "--party", "XXX"}, exitDone, "No events here that fit."},
		{[]string{"event"}, exitUsage, "unknown command"},
		{[]string{"events", "now"}, exitUsage, "now"},
		{[]string{"events", "--colour"}, exitUsage, "unknown flag"},
		{[]string{"events", "--format", "xml"}, exitUsage, "want table, jsonl or csv"},
		{[]string{"events", "--type", "YIELD"}, exitUsage, "AGREE CONSULT"},
		{[]string{"events", "--status", "done"}, exitUsage, "happened"},
		{[]string{"events", "--good", "love"}, exitUsage, "arms"},
		{[]string{"events", "--since", "June"}, exitUsage, "--since"},
		{[]string{"events", "--until", "2025-13"}, exitUsage, "--until"},
		{[]string{"events", "--order", "sideways"}, exitUsage, "oldest"},
		{[]string{"events", "--between", "USA"}, exitUsage, "two parties"},
		{[]string{"events", "--limit", "-1"}, exitUsage, "--limit"},
		{[]string{"events", "--min-probability", "7"}, exitUsage, "0 to 1"},
		{[]string{"events", "--article", "nowhere"}, exitIncomplete, "chancery articles"},
		{[]string{"read"}, exitUsage, "--sample"},
		{[]string{"read", "x", "--workers", "-2"}, exitUsage, "--workers"},
		{[]string{"show"}, exitUsage, "arg"},
		{[]string{"show", "nowhere"}, exitIncomplete, "not found"},
		{[]string{"show", "frigates", "--format", "csv"}, exitUsage, "chancery export"},
		{[]string{"search"}, exitUsage, "Name some words"},
		{[]string{"search", "\"open"}, exitUsage, "cannot search"},
		{[]string{"happenings", "--format", "csv"}, exitUsage, "table or jsonl"},
		{[]string{"happenings", "zzz"}, exitIncomplete, "not found"},
		{[]string{"findings", "--kind", "lies"}, exitUsage, "numbers disagree"},
		{[]string{"findings", "--min-sure", "7"}, exitUsage, "0 to 1"},
		{[]string{"findings", "--article", "nowhere"}, exitIncomplete, "not found"},
		{[]string{"compare", "frigates"}, exitUsage, "at least 2"},
		{[]string{"compare", "frigates", "frigates"}, exitUsage, "named twice"},
		{[]string{"compare", "frigates", "navires"}, exitIncomplete, "not coded"},
		{[]string{"sources", "--format", "csv"}, exitUsage, "table or jsonl"},
		{[]string{"export", "--format", "table"}, exitUsage, "jsonl or csv"},
		{[]string{"export", "--format", "csv"}, exitUsage, "one kind"},
		{[]string{"export", "--kind", "thing"}, exitUsage, "article, actor"},
		{[]string{"export", "-o", filepath.Join(missing, "x")}, exitIncomplete, "no such file"},
		{[]string{"events", "--db", missing}, exitIncomplete, "no record here yet"},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			args := c.args
			if len(args) > 0 && args[0] != "help" && args[0] != "version" && !strings.Contains(strings.Join(args, " "), "--db") {
				args = append(args[:len(args):len(args)], "--db", db)
			}
			code, _, errs := run(t, args...)
			if code != c.code || !strings.Contains(errs, c.says) {
				t.Errorf("got exit code %d, said %q\nwant %d, %q", code, errs, c.code, c.says)
			}
			if c.says == "" && errs != "" {
				t.Errorf("said %q", errs)
			}
		})
	}
}

// TestHelp holds that every command explains itself with an example.
func TestHelp(t *testing.T) {
	var look func(c *cobra.Command)
	look = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			look(sub)
		}
		if c.HasSubCommands() || c.Hidden || c.Name() == "help" || c.Name() == "version" {
			return
		}
		if c.Short == "" || !strings.Contains(c.Example, c.CommandPath()) {
			t.Errorf("%s has no help with an example", c.CommandPath())
		}
	}
	root, _ := (&session{}).root()
	look(root)
}

func TestOutputFile(t *testing.T) {
	db := fixture(t)
	path := filepath.Join(t.TempDir(), "x.jsonl")
	if code, out, errs := run(t, "export", "--db", db, "-o", path); code != exitDone || out != "" || errs != "" {
		t.Fatalf("got %d, %q, %q", code, out, errs)
	}
	_, want, _ := run(t, "export", "--db", db)
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("the file has %d bytes, the output %d, %v", len(got), len(want), err)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestShortIDs(t *testing.T) {
	db := fixture(t)
	_, out, _ := run(t, "export", "--db", db, "--kind", "quote")
	var q export.Quote
	if err := json.Unmarshal([]byte(out[:strings.IndexByte(out, '\n')]), &q); err != nil {
		t.Fatal(err)
	}
	code, out, errs := run(t, "show", shortID(q.ID), "--db", db)
	if code != exitDone || !strings.Contains(out, q.ArticleID) {
		t.Errorf("got %d, %q, %q", code, out, errs)
	}
}

func TestExplain(t *testing.T) {
	db := fixture(t)
	_, out, _ := run(t, "export", "--db", db, "--kind", "event,quote", "--article", "frigates")
	var e, q export.Event // a quote's line has an id too
	lines := strings.Split(out, "\n")
	for i, into := range map[int]*export.Event{0: &e, 2: &q} {
		if err := json.Unmarshal([]byte(lines[i]), into); err != nil {
			t.Fatal(err)
		}
	}
	code, out, errs := run(t, "events", "--explain", shortID(e.ID), "--db", db)
	if code != exitDone || errs != "" {
		t.Fatalf("exit code %d, said %q", code, errs)
	}
	for _, want := range []string{"ARC  AGREE  offered  RUR", "Arcadia (ARC), as “Arcadia”", "“offered” (bytes 8 to 15)", "arms: two old frigates, from ARC to RUR", "AGREE with probability 0.93"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if strings.ContainsAny(out, "\x1b\a\u009b") {
		t.Errorf("a control character is left in\n%q", out)
	}
	if code, _, errs := run(t, "events", "--explain", q.ID, "--db", db); code != exitUsage || !strings.Contains(errs, "only events") {
		t.Errorf("explaining a quote: exit code %d, said %q", code, errs)
	}
}

func TestSettle(t *testing.T) {
	db := fixture(t)
	_, out, _ := run(t, "forecasts", "--db", db, "--article", "frigates", "--format", "jsonl")
	var f export.Forecast
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"yes", exitUsage, "unexpected argument"},
		{"--resolve ID", exitUsage, "one of yes, no, partly or open"},
		{"--resolve ID yes", exitUsage, "wants a reason"},
		{"--resolve ID perhaps --why x", exitUsage, "partly"},
		{"--resolve zzz yes --why x", exitIncomplete, "not found"},
		{"--resolve ID yes --why x --evidence zzz", exitIncomplete, "name a record or an address"},
		{"--why x", exitUsage, "go with --resolve"},
		{"--scores", exitDone, "No forecast has been settled"},
		{"--scores --format csv", exitUsage, "want table or jsonl"},
		{"--resolve ID yes --why x --who ana", exitDone, ""},
		{"--resolve ID no --why x --who ana --evidence https://example.org", exitDone, ""},
	} {
		args := append([]string{"forecasts", "--db", db}, strings.Fields(strings.ReplaceAll(c.args, "ID", f.ID[:9]))...)
		code, _, errs := run(t, args...)
		if code != c.code || !strings.Contains(errs, c.says) || c.says == "" && errs != "" {
			t.Errorf("%s: exit code %d, said %q, want %d, %q", c.args, code, errs, c.code, c.says)
		}
	}
	for args, want := range map[string]string{
		"forecasts --article frigates":                           "came true: no",
		"forecasts --article frigates --format jsonl":            `"outcome":"no"`,
		"forecasts --scores":                                     "too few to judge",
		"forecasts --scores --format jsonl":                      `"holder":"author","forecasts":1,"came":0,"brier":0.16`,
		"export --kind forecast --article frigates":              `"outcome":"no"`,
		"export --kind forecast --format csv --article frigates": ",false,no,",
	} {
		if code, out, errs := run(t, append(strings.Fields(args), "--db", db)...); code != exitDone || !strings.Contains(out, want) {
			t.Errorf("%s: exit code %d, %q is not in\n%s%s", args, code, want, out, errs)
		}
	}
}
