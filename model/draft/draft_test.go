package draft

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chancery"
	"chancery/model/table"

	"pgregory.net/rapid"
)

func sample() []Act {
	var out []Act
	add := func(n int, actor, recipient string, typ chancery.EventType, status chancery.Status, topics ...string) {
		for range n {
			class := typ.QuadClass()
			out = append(out, Act{Event: fmt.Sprintf("e%02d", len(out)), Actor: actor, Recipient: recipient, Kind: &Kind{Type: typ, Status: status, Class: class, Topics: topics}})
		}
	}
	add(6, "PAK", "USA", chancery.Request, chancery.Requested, "arms")
	add(3, "USA", "PAK", chancery.Aid, chancery.Offered, "arms", "military")
	add(2, "USA", "PAK", chancery.Aid, chancery.Refused, "arms")
	add(4, "USA", "PAK", chancery.Request, "", "basing")
	add(5, "PAK", "USA", chancery.Reject, "", "basing")
	add(1, "CHN", "PAK", chancery.Accuse, "", "basing")
	add(1, "CHN", "USA", chancery.Accuse, chancery.Proposed, "basing")
	add(9, "CHN", "USA", chancery.Threaten, "")
	return out
}

// drafted is a table of the acts.
func drafted(t interface{ Fatal(...any) }, acts []Act, opts Options) Draft {
	d, err := Table(func(take func(*Act)) error {
		for _, a := range acts {
			take(&a)
		}
		return nil
	}, opts)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTable(t *testing.T) {
	issues, err := ParseIssues("arms, bases=basing+port")
	if err != nil {
		t.Fatal(err)
	}
	d := drafted(t, sample(), Options{Actors: []string{"USA", "PAK", "CHN"}, Issues: issues, Title: "a draft"})
	want := func(what string, n table.Number, lo, hi float64) {
		t.Helper()
		if !n.Known || !n.Ranged || !(n.Value >= lo && n.Value <= hi) || !(n.Low <= n.Value && n.Value <= n.High) {
			t.Errorf("%s: %v, want %v..%v", what, n, lo, hi)
		}
	}
	want("Pakistan wants arms", d.Table.Cell("PAK", "arms").Position, 90, 100)
	want("Pakistan wants no bases", d.Table.Cell("PAK", "bases").Position, 0, 10)
	want("the United States waver on arms", d.Table.Cell("USA", "arms").Position, 50, 70)
	if p := d.Table.Cell("USA", "arms").Position; p.High-p.Low < 40 {
		t.Errorf("five acts leave the narrow range %v", p)
	}
	if c := d.Table.Cell("CHN", "bases"); c.Position.Known || c.Salience.Known {
		t.Errorf("one act gives %+v", c)
	}
	if n := d.Notes[table.Key("PAK", "arms")]; n != "6 further it, 0 do not: e00 e01 e02 e03 e04 ..." {
		t.Errorf("note %q", n)
	}
	var usaChn table.Propensity
	for _, e := range d.Table.Propensities {
		if e.A == "USA" && e.B == "CHN" {
			usaChn = e
		}
	}
	want("propensity of rivals", usaChn.Value, -1, -.8)
	// written, it is a file to edit that the models refuse
	var b bytes.Buffer
	if err := d.Table.WriteYAML(&b, Head, d.Notes); err != nil {
		t.Fatal(err)
	}
	back, err := table.Read(bytes.NewReader(b.Bytes()), "draft.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := back.Grid(); !errors.Is(err, table.ErrTable) || !strings.Contains(err.Error(), "the capability of USA on arms is not known") {
		t.Errorf("the models take a draft: %v", err)
	}
	if text := b.String(); !strings.Contains(text, "# 6 further it, 0 do not: e00") || !strings.HasPrefix(text, "# Proposed from the record") {
		t.Errorf("written:\n%s", text)
	}
	// capabilities: 3, CHN on both issues: 4, PAK and CHN: 1 act, too few
	if d.Unknown != 3+4+1 {
		t.Errorf("%d unknown", d.Unknown)
	}
}

func TestBusiest(t *testing.T) {
	issues, _ := ParseIssues("arms")
	d := drafted(t, sample(), Options{Issues: issues, Most: 2})
	if len(d.Table.Actors) != 2 || d.Table.Actors[0].ID != "PAK" || d.Table.Actors[1].ID != "USA" {
		t.Errorf("actors %+v", d.Table.Actors)
	}
}

func TestParseIssues(t *testing.T) {
	for _, bad := range []string{"", "a,", "a=", "=b", "a,a"} {
		if _, err := ParseIssues(bad); !errors.Is(err, chancery.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestOrder: the order of acts does not matter, and neither do further reports
// of the same happenings.
func TestOrder(t *testing.T) {
	issues, _ := ParseIssues("arms,basing")
	opts := Options{Issues: issues}
	text := func(acts []Act) string {
		d := drafted(t, acts, opts)
		var b bytes.Buffer
		if err := d.Table.WriteYAML(&b, "", d.Notes); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	acts := sample()
	for i := range acts {
		acts[i].Happening = int64(i + 1)
	}
	want := text(acts)
	rapid.Check(t, func(t *rapid.T) {
		if text(rapid.Permutation(acts).Draw(t, "order")) != want {
			t.Fatal("the order of acts changes the draft")
		}
	})
	double := slices.Clone(acts)
	for _, a := range acts {
		a.Event = "x" + a.Event
		double = append(double, a)
	}
	if text(double) != want {
		t.Error("reports of the same happenings count twice")
	}
}
