package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"chancery"
	"chancery/model/whatif"
	"chancery/relation"
	"chancery/relation/bloc"
	"chancery/store/sqlite"
)

// dyads is a record of what three states did to each other in two years: the
// first two friends with a quarrel at the end, the third the foe of both.
func dyads(t testing.TB) (db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "dyads.db")
	s, err := sqlite.Open(context.Background(), db, sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n := 0
	put := func(source, from, to string, typ chancery.EventType, status chancery.Status, good chancery.GoodKind, date chancery.Date) {
		n++
		text := fmt.Sprintf("On day %d %s acted towards %s.", n, from, to)
		a := &chancery.Article{Name: fmt.Sprintf("note %03d", n), Source: source, Language: "en", Text: text}
		a.ID = chancery.ArticleID(*a)
		whole := chancery.ByteRange{End: len(text)}
		at := strings.Index(text, "acted")
		evidence := []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: whole}}
		e := chancery.Event{ID: chancery.RecordID(a.ID, "event", evidence, ""), Sentence: whole, Trigger: chancery.ByteRange{Start: at, End: at + 5},
			Type: typ, Status: status, Probability: .9, Intensity: 3, Date: date, Evidence: evidence,
			Actors: []chancery.Party{{Code: from, Name: from}}, Recipients: []chancery.Party{{Code: to, Name: to}}}
		if good != "" {
			e.Good = &chancery.Good{Kind: good, Phrase: chancery.ByteRange{Start: at, End: at + 5}, Giver: e.Actors[0], Receiver: e.Recipients[0], Status: status}
		}
		r := &chancery.Reading{Article: a.ID, Version: "1", Sentences: []chancery.ByteRange{whole}, Events: []chancery.Event{e}}
		if _, err := s.Put(context.Background(), sqlite.Entry{Article: a, Reading: r}); err != nil {
			t.Fatal(err)
		}
	}
	for m := 1; m <= 12; m++ {
		d := chancery.Date{Year: 2024, Month: m, Day: 3}
		for range 4 {
			put("Sample Wire", "USA", "PAK", chancery.Aid, chancery.Happened, "arms", d)
		}
		put("Sample Post", "PAK", "USA", chancery.Agree, chancery.Offered, "basing", d)
		put("Sample Wire", "IND", "PAK", chancery.Accuse, chancery.Happened, "", d)
		put("Sample Wire", "IND", "USA", chancery.Reject, chancery.Happened, "arms", d)
		d.Year = 2025
		put("Sample Wire", "PAK", "USA", chancery.Reject, chancery.Refused, "basing", d)
		put("Sample Post", "USA", "PAK", chancery.Sanction, chancery.Happened, "", d)
		put("Sample Post", "USA", "PAK", chancery.Aid, chancery.Withheld, "arms", d)
	}
	for day := 1; day <= 2; day++ {
		put("Sample Post", "CVL", "IND", chancery.Protest, chancery.Happened, "", chancery.Date{Year: 2023, Month: 5, Day: 9 * day})
	}
	return db
}

func TestRelation(t *testing.T) {
	db := dyads(t)
	code, out, errs := run(t, "--db", db, "relation", "USA", "PAK")
	for _, want := range []string{"USA and PAK, by month, 2024-01-01 to 2025-12-01", "net   ████████████▁▁▁▁▁▁▁▁▁▁▁▁", "2024-12  ", "Words and deeds", "Change from 2025-01-01 on: net +",
		"arms: 0 promised and no more heard, 48 delivered, 12 broken", "Sample Post"} {
		if code != exitDone || !strings.Contains(out, want) {
			t.Errorf("exit %d, %q is missing from\n%s%s", code, want, out, errs)
		}
	}
	code, out, _ = run(t, "--db", db, "relation", "USA", "PAK", "--by", "year", "--since", "2025", "--json")
	var r relation.Relation
	if err := json.Unmarshal([]byte(out), &r); code != exitDone || err != nil || len(r.Buckets) != 1 || r.Total.Quads.Against() != 36 {
		t.Errorf("exit %d, %v: %+v", code, err, r.Total)
	}
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{exitDone, "No events between USA and CHN here.", []string{"relation", "USA", "CHN"}},
		{exitUsage, `period "fortnight" (one of [day week month year])`, []string{"relation", "USA", "--by", "fortnight"}},
		{exitUsage, "--since: invalid: date", []string{"relation", "USA", "--since", "soon"}},
		{exitUsage, "--min-probability 2: want 0 to 1", []string{"relation", "USA", "--min-probability", "2"}},
		{exitUsage, "name a state by its code", []string{"relation", ","}},
	} {
		if code, _, errs := run(t, append([]string{"--db", db}, c.args...)...); code != c.code || !strings.Contains(errs, c.want) {
			t.Errorf("%v: exit %d, %s", c.args, code, errs)
		}
	}
}

func TestBlocs(t *testing.T) {
	db := dyads(t)
	code, out, errs := run(t, "--db", db, "blocs", "--until", "2024", "--draws", "20")
	if code != exitDone || !strings.Contains(out, "3 actors, 3 ties") || !strings.Contains(out, "1 with a shared foe") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	code, out, _ = run(t, "--db", db, "blocs", "--until", "2024", "--json")
	var b bloc.Blocs
	if err := json.Unmarshal([]byte(out), &b); code != exitDone || err != nil || len(b.Members) != 3 || b.Frustration != 0 {
		t.Errorf("exit %d, %v: %+v", code, err, b)
	}
	// Civilians of no state are no actor, unless they are asked for.
	if code, out, errs := run(t, "--db", db, "blocs", "--until", "2024", "--among", "IND,CVL"); code != exitDone || !strings.Contains(out, "2 actors, 1 tie") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	for _, m := range b.Members {
		if (m.Camp == 0) == (m.Actor == "IND") {
			t.Errorf("member %+v", m)
		}
	}
	if code, _, errs := run(t, "--db", db, "blocs", "--since", "2030"); code != exitDone || !strings.Contains(errs, "No two actors here have 2 happenings") {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// TestModelTable: a table proposed from the record is refused until what it does
// not know has been given, and runs then.
func TestModelTable(t *testing.T) {
	db, path := dyads(t), filepath.Join(t.TempDir(), "table.yaml")
	code, _, errs := run(t, "--db", db, "model", "table", "--issues", "arms,bases=basing+port", "--actors", "USA,PAK,IND", "-o", path)
	if code != exitDone || !strings.Contains(errs, "3 actors, 2 issues. 9 numbers to be given by hand, marked ?.") {
		t.Fatalf("exit %d, %s", code, errs)
	}
	code, _, errs = run(t, "model", "run", path)
	if code != exitIncomplete || !strings.Contains(errs, "table.yaml:") || !strings.Contains(errs, "capability: the capability of USA on arms is not known; give USA a capability") ||
		!strings.Contains(errs, "the models were not run: ") {
		t.Fatalf("exit %d, %s", code, errs)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if !strings.Contains(text, "# 48 further it, 12 do not: ") {
		t.Errorf("no evidence in\n%s", text)
	}
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, `"?"`, "0.5")), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := run(t, "model", "run", path); code != exitDone || !strings.Contains(out, "Camps") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if code, _, errs := run(t, "--db", db, "model", "table", "--issues", ""); code != exitUsage || !strings.Contains(errs, "--issues: invalid: issue") {
		t.Errorf("exit %d, %s", code, errs)
	}
}

func TestModelRun(t *testing.T) {
	const table, offer = "../../docs/worked-example.yaml", "../../docs/worked-example-offer.yaml"
	code, out, errs := run(t, "model", "run", table, "--patch", offer, "--draws", "10")
	for _, want := range []string{"Arms for bases and distance from China", "Camps", "Deals", "Pressure", "Where the models contradict each other",
		"With The offer, arms and favours made certain", "10 draws, seed 1", "What the change does over the draws", "others: "} {
		if code != exitDone || !strings.Contains(out, want) {
			t.Errorf("exit %d, %q is missing from\n%s%s", code, want, out, errs)
		}
	}
	_, again, _ := run(t, "model", "run", table, "--patch", offer, "--draws", "10", "--workers", "3")
	if again != out {
		t.Error("two runs differ")
	}
	code, out, errs = run(t, "model", "run", table, "--json")
	var r whatif.Report
	if err := json.Unmarshal([]byte(out), &r); code != exitDone || err != nil || len(r.Base.Actors) != 10 || r.Patched != nil {
		t.Errorf("exit %d, %v, %s", code, err, errs)
	}
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{exitUsage, "accepts 1 arg", nil},
		{exitIncomplete, "no such file", []string{"none.yaml"}},
		{exitUsage, "--rounds 1 or more", []string{table, "--rounds", "0"}},
		{exitUsage, `--bar-issues "arms": name two, as a,b`, []string{table, "--bar-issues", "arms"}},
		{exitIncomplete, `barred issue "ports" is not in the table (it has arms, bases`, []string{table, "--bar-issues", "arms,ports"}},
		{exitIncomplete, "worked-example.yaml:", []string{table, "--patch", table}},
	} {
		if code, _, errs := run(t, append([]string{"model", "run"}, c.args...)...); code != c.code || !strings.Contains(errs, c.want) {
			t.Errorf("%v: exit %d, %s", c.args, code, errs)
		}
	}
}

// TestWorkedExample: every line that docs/worked-example.md quotes stands in what
// the command prints.
func TestWorkedExample(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand draws take seconds")
	}
	if runtime.GOARCH != "amd64" {
		t.Skip("the page was written on amd64; elsewhere fused arithmetic may turn a near tie")
	}
	doc, err := os.ReadFile("../../docs/worked-example.md")
	if err != nil {
		t.Fatal(err)
	}
	_, out, errs := run(t, "model", "run", "../../docs/worked-example.yaml", "--patch", "../../docs/worked-example-offer.yaml", "--levers", "--draws", "1000")
	out = strings.ReplaceAll(out, blank, " ")
	quoted, lines := false, 0
	for line := range strings.Lines(string(doc)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "```") {
			quoted = !quoted
			continue
		}
		if quoted && line != "" {
			if lines++; !strings.Contains(out, line+"\n") {
				t.Errorf("not printed: %s", line)
			}
		}
	}
	if lines < 80 {
		t.Errorf("%d quoted lines; %s", lines, errs)
	}
}
