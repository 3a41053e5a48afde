package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestLedger(t *testing.T) {
	db := fixture(t)
	var o, e bytes.Buffer
	s := &session{in: strings.NewReader(""), out: &o, err: &e, terminal: terminal{width: 90}, db: db,
		now: func() time.Time { return time.Date(2025, 7, 16, 0, 0, 0, 0, time.UTC) }}
	cmd := newLedgerCommand(s)
	cmd.SetArgs([]string{"arc", "RUR"})
	if err := cmd.Execute(); err != nil {
		t.Fatal(err)
	}
	out := o.String()
	for _, want := range []string{"ARC gives RUR", "RUR gives ARC", "arms: two old frigates", "offered 2025-06-16", "told again 1×", "open for 30 days", "in return for"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	left, _, _ := strings.Cut(strings.SplitN(out, "\n", 2)[0], "│")
	for line := range strings.Lines(out) {
		if w := words(strings.TrimRight(line, "\n")).width(); w > 90 && strings.Contains(line, "│") {
			t.Errorf("%d columns: %q", w, line)
		}
		if l, _, ok := strings.Cut(line, "│"); ok && words(l).width() != words(left).width() {
			t.Errorf("the columns do not stand in line: %q", line)
		}
	}
}

func TestLedgerForPrograms(t *testing.T) {
	db := fixture(t)
	code, out, errs := run(t, "ledger", "ARC", "RUR", "--db", db, "--format", "jsonl", "--status", "offered")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	n := 0
	for line := range strings.Lines(out) {
		var l accountLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		n++
		if l.Giver != "ARC" || l.Receiver != "RUR" || l.Kind != "arms" || string(l.Status) != "offered" || !l.Open || len(l.Steps) != 2 {
			t.Errorf("%+v", l)
		}
	}
	if n != 1 {
		t.Errorf("%d lines, want 1", n)
	}
	for _, bad := range [][]string{{"ledger", "ARC", "ARC"}, {"ledger", "ARC"}, {"ledger", "ARC", "RUR", "--kind", "horses"}, {"ledger", "ARC", "RUR", "--format", "csv"}} {
		if code, _, errs := run(t, append(bad, "--db", db)...); code != exitUsage || errs == "" {
			t.Errorf("%v: exit code %d, %q", bad, code, errs)
		}
	}
	if code, out, errs := run(t, "ledger", "ARC", "RUR", "--db", db, "--since", "2030"); code != 0 || out != "" || !strings.Contains(errs, "Nothing here") {
		t.Errorf("an empty account: exit code %d, %q, %q", code, out, errs)
	}
}
