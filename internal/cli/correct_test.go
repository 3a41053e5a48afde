package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/export"
)

func TestCorrect(t *testing.T) {
	db := fixture(t)
	_, out, _ := run(t, "--db", db, "events", "--article", "frigates", "--format", "jsonl")
	var events []export.Event
	for line := range strings.Lines(out) {
		var e export.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	offer, request := events[0].ID, events[1].ID
	amendment := filepath.Join(t.TempDir(), "amendment.json")
	if err := os.WriteFile(amendment, []byte("{\n \"status\": \"agreed\"\n}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"corrections", exitDone, "Nobody has said anything"},
		{"correct", exitUsage, "confirm"},
		{"correct " + offer, exitUsage, "confirm"},
		{"correct --confirm", exitUsage, "name one record"},
		{"correct " + offer + " --confirm --reject", exitUsage, "confirm"},
		{"correct " + offer + " --amend none.json", exitIncomplete, "none.json"},
		{"correct zzz --reject", exitIncomplete, "not found"},
		{"correct --withdraw 1", exitIncomplete, "chancery corrections"},
		{"correct " + offer[:9] + " --amend " + amendment + " --who ana --why settled", exitDone, "Correction 1: event"},
		{"correct " + request + " --reject --who ana", exitDone, "is rejected, says ana"},
		{"events --article frigates", exitDone, "agreed"},
		{"corrections", exitDone, "“settled”"},
		{"corrections --lost", exitDone, "Nobody has said"},
		{"corrections --format csv", exitUsage, "table or jsonl"},
		{"corrections --article frigates --format jsonl", exitDone, `"state":"applies"`},
		{"export --corrections", exitDone, `"should":null`},
		{"export --corrections --kind event", exitUsage, "--corrections"},
		{"export --corrections --since 2025", exitUsage, "--corrections"},
		{"correct --withdraw 2 --who ana", exitDone, "withdrawn"},
		{"correct --withdraw 3 --who ana", exitUsage, "takes another back"},
		{"corrections", exitDone, "(taken back)"},
	} {
		code, out, errs := run(t, append([]string{"--db", db}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%s: code %d, want %d with %q:\n%s%s", c.args, code, c.code, c.want, out, errs)
		}
		if strings.ContainsAny(out, "\x1b\u009b") {
			t.Errorf("%s lets control characters through", c.args)
		}
	}
	// A rejected record is gone until it is taken back.
	if _, out, _ := run(t, "--db", db, "events", "--article", "frigates", "--format", "jsonl"); strings.Count(out, "\n") != 2 || !strings.Contains(out, `"status":"agreed"`) {
		t.Errorf("the events are\n%s", out)
	}
}

func TestOutlook(t *testing.T) {
	db := fixture(t)
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"forecasts --outlook due", exitDone, "talks may resume"},
		{"forecasts --outlook settled", exitDone, "No forecasts"},
		{"forecasts --outlook tomorrow", exitUsage, "one of [due ahead settled]"},
	} {
		code, out, errs := run(t, append([]string{"--db", db}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(out+errs, c.want) {
			t.Errorf("%s: code %d, want %d with %q:\n%s%s", c.args, code, c.code, c.want, out, errs)
		}
	}
}
