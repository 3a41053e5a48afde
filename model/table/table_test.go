package table

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const good = `
title: Two neighbours and a river
actors:
  - {id: UP, name: Upstream, capability: 60, confidence: high}
  - {id: DOWN, capability: 40 (30..55)}
issues:
  - {id: water, scale: [0, 10], low: no water, high: all of it}
  - id: border
cells:
  - {actor: UP, issue: water, position: 2, salience: 0.5, source: speeches}
  - {actor: DOWN, issue: water, position: 9 (7..10), salience: 0.9}
  - {actor: UP, issue: border, position: 80, salience: 0.25}
  - {actor: DOWN, issue: border, position: 30, salience: 0.5}
propensities:
  - {a: UP, b: DOWN, parts: [{name: trade, value: 0.3}, {name: border, value: -0.5}]}
`

func read(t testing.TB, text, name string) *Table {
	t.Helper()
	tab, err := Read(strings.NewReader(text), name)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestYAML(t *testing.T) {
	tab := read(t, good, "river.yaml")
	g, err := tab.Grid()
	if err != nil {
		t.Fatal(err)
	}
	if c := g.Cells[0][1]; math.Abs(c.Position-90) > 1e-12 || c.Salience != .9 || math.Abs(c.Capability-.4) > 1e-12 || !c.Stake {
		t.Errorf("cell %+v", c)
	}
	if !reflect.DeepEqual(g.Actors, []string{"UP", "DOWN"}) || !reflect.DeepEqual(g.Issues, []string{"water", "border"}) {
		t.Errorf("order %v, %v", g.Actors, g.Issues)
	}
	if math.Abs(g.Size[0]-60) > 1e-9 || math.Abs(g.Propensity[0][1]+.2) > 1e-12 || g.Propensity[1][0] != g.Propensity[0][1] || g.Derived {
		t.Errorf("grid %+v", g)
	}
	if tab.Cell("DOWN", "water").Position != Between(9, 7, 10) || tab.Actors[1].Capability != Between(40, 30, 55) {
		t.Error("range lost")
	}
}

func TestCSV(t *testing.T) {
	tab := read(t, "\uFEFF# a comment\nActor,issue,position,salience,power,partner,propensity,source\n"+
		"A,oil,10,0.5,2,,,\nB,oil,?,1,3,,,\"talks, twice\"\nA,,,,,B,-0.25 (-0.5..0),\nB,,,,,A,0.75,\n", "x.csv")
	if len(tab.Cells) != 2 || tab.Cells[1].Position.Known || tab.Cells[1].Source != "talks, twice" || tab.Cells[0].Capability != Exactly(2) {
		t.Fatalf("table %+v", tab)
	}
	_, err := tab.Grid()
	if !errors.Is(err, ErrTable) || !strings.Contains(err.Error(), "x.csv:4: position: the position of B on oil is not known; replace the ?") {
		t.Fatalf("a table with an unknown number: %v", err)
	}
	tab.Cells[1].Position = Exactly(90)
	g, err := tab.Grid()
	if err != nil {
		t.Fatal(err)
	}
	if g.Propensity[0][1] != .25 || g.Asymmetry != 1 || g.AsymmetryOf != [2]string{"A", "B"} {
		t.Errorf("grid %+v", g)
	}
	one := read(t, "actor,capability,position,salience\nA,1,4,0.5\nB,2,10,1\n", "one.csv")
	if len(one.Issues) != 1 || one.Issues[0].ID != "issue" || len(one.Cells) != 2 {
		t.Errorf("one issue: %+v", one)
	}
}

func TestAgreement(t *testing.T) {
	tab := read(t, "actor,issue,position,salience,capability\nA,p,0,1,1\nB,p,100,1,1\nC,p,0,0.25,1\nA,q,50,1,1\nC,q,100,1,1\nD,r,3,1,1\n", "x.csv")
	g, err := tab.Grid()
	if err != nil {
		t.Fatal(err)
	}
	// A and C agree wholly on p (weight .5) and half on q (weight 1): (.5+0)/1.5
	if !g.Derived || g.Propensity[0][1] != -1 || math.Abs(g.Propensity[0][2]-1./3) > 1e-12 || g.Propensity[0][3] != 0 {
		t.Errorf("propensities %v", g.Propensity)
	}
}

// TestBad: every kind of bad table names its line, its field, what is wrong and
// what to do.
func TestBad(t *testing.T) {
	swap := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in the table", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"empty":               {"t.yaml", " \n", "t.yaml: the file is empty; write a table first"},
		"comment only":        {"t.yaml", "# nothing\n", "t.yaml:"},
		"not UTF-8":           {"t.csv", "actor\nA\nB\xff\n", "t.csv:3: the file is not UTF-8 here; save the file as UTF-8"},
		"format":              {"t.xlsx", "x", "t.xlsx: the file's name does not say what it is; name it .csv, .yaml or .json"},
		"yaml syntax":         {"t.yaml", "actors: [\n", "the file can not be read as YAML"},
		"two documents":       {"t.yaml", good + "\n---\ntitle: x\n", "keep one table in a file"},
		"no mapping":          {"t.yaml", "- a\n- b\n", "t.yaml:1: table: this is not a table; write it as key: value pairs"},
		"no cells":            {"t.yaml", "actors: [{id: A}]\nissues: [{id: p}]\n", "cells: this table has no cells"},
		"unknown key":         {"t.yaml", swap("salience: 0.25", "salence: 0.25"), "t.yaml:12: salence: a cell has no such key; use actor, capability, confidence, issue, position, salience, source (is it salience?)"},
		"key twice":           {"t.yaml", swap("position: 80,", "position: 80, position: 70,"), "t.yaml:12: position: the key stands here twice"},
		"not a list":          {"t.yaml", "actors: {id: A}\nissues: [{id: p}]\ncells: []\n", "t.yaml:1: actors: this is not a list; begin each entry with a dash"},
		"missing key":         {"t.yaml", swap(", salience: 0.25", ""), "t.yaml:12: salience: this cell has no salience; add it, with ?"},
		"missing number":      {"t.yaml", swap("salience: 0.25", "salience: "), "t.yaml:12: salience: the number is missing; write a number such as 80"},
		"not a number":        {"t.yaml", swap("position: 80", "position: far"), `t.yaml:12: position: "far" is no number; write a number such as 80`},
		"number is a list":    {"t.yaml", swap("position: 80", "position: [80]"), "t.yaml:12: position: this is not a number"},
		"NaN":                 {"t.yaml", swap("position: 80", "position: NaN"), `t.yaml:12: position: "NaN" is not finite`},
		"bad range":           {"t.yaml", swap("9 (7..10)", "9 (7-10)"), "t.yaml:11: position: \"(7-10)\" is no range"},
		"range upside down":   {"t.yaml", swap("9 (7..10)", "9 (10..7)"), "t.yaml:11: position: 9 (10..7) does not lie in its own range; put the value between"},
		"off the scale":       {"t.yaml", swap("position: 2,", "position: 12,"), "t.yaml:10: position: 12 lies outside the range 0..10; give a position on the scale of water, or widen its scale"},
		"range off the scale": {"t.yaml", swap("9 (7..10)", "9 (7..11)"), "the range of 9 (7..11) lies outside 0..10"},
		"salience in percent": {"t.yaml", swap("salience: 0.9", "salience: 90"), "t.yaml:11: salience: 90 lies outside the range 0..1; divide by 100"},
		"negative salience":   {"t.yaml", swap("salience: 0.9", "salience: -0.9"), "give a share from 0 (does not care) to 1"},
		"negative capability": {"t.yaml", swap("capability: 60", "capability: -60"), "t.yaml:4: capability: -60 lies outside the range of 0 or more; give 0 or more"},
		"scale upside down":   {"t.yaml", swap("[0, 10]", "[10, 0]"), "t.yaml:7: scale: issue water has the scale 10..0; give the lower end first"},
		"scale of one":        {"t.yaml", swap("[0, 10]", "[10]"), "t.yaml:7: scale: this is not a scale; write both ends: scale: [0, 100]"},
		"scale in words":      {"t.yaml", swap("[0, 10]", "[low, high]"), `t.yaml:7: scale: "low" is no number`},
		"unknown actor":       {"t.yaml", swap("actor: UP, issue: border", "actor: Up, issue: border"), `t.yaml:12: actor: there is no actor "Up"; add it to actors or correct the spelling (is it UP?)`},
		"unknown issue":       {"t.yaml", swap("issue: border, position: 80", "issue: boarder, position: 80"), `t.yaml:12: issue: there is no issue "boarder"; add it to issues or correct the spelling (is it border?)`},
		"actor twice":         {"t.yaml", swap("id: DOWN", "id: UP"), "t.yaml:5: id: actor UP is listed twice, first in line 4; delete one of the two"},
		"issue twice":         {"t.yaml", swap("- id: border", "- id: water"), "t.yaml:8: id: issue water is listed twice, first in line 7"},
		"cell twice":          {"t.yaml", swap("actor: DOWN, issue: border", "actor: UP, issue: border"), "t.yaml:13: actor, issue: UP on border is coded twice, first in line 12; keep one of the two"},
		"bad id":              {"t.yaml", swap("id: DOWN", `id: "DO,WN"`), `t.yaml:5: id: an actor has the id "DO,WN"; give it a short id`},
		"confidence":          {"t.yaml", swap("confidence: high", "confidence: sure"), `t.yaml:4: confidence: "sure" is no confidence; write high, medium or low`},
		"pairs":               {"t.yaml", "pairs: some" + good, "write listed, agreement or zero"},
		"with oneself":        {"t.yaml", swap("b: DOWN", "b: UP"), "t.yaml:15: a, b: UP stands on both sides of a propensity; name two different actors"},
		"propensity too big":  {"t.yaml", swap("value: -0.5", "value: -1.5"), "t.yaml:15: value: -1.2 lies outside the range -1..1"},
		"parts and value":     {"t.yaml", swap("b: DOWN,", "b: DOWN, value: 0.4,"), "t.yaml:15: parts: the parts of UP and DOWN sum to -0.2, the value is 0.4"},
		"neither":             {"t.yaml", swap("parts: [{name: trade, value: 0.3}, {name: border, value: -0.5}]", "source: x"), "t.yaml:15: value: the propensity has neither a value nor parts"},
		"pair twice":          {"t.yaml", good + "  - {a: UP, b: DOWN, value: 0.1}\n", "t.yaml:16: a, b: the propensity of UP and DOWN is coded twice, first in line 15"},
		"no actors":           {"t.yaml", "actors: []\nissues: [{id: p}]\ncells: []\n", "t.yaml: actors: the table has no actors; list at least one actor"},
		"no issues":           {"t.yaml", "actors: [{id: A}]\nissues: []\ncells: []\n", "t.yaml: issues: the table has no issues"},
		"no header":           {"t.csv", "# x\n", "t.csv:1: there is no header line; write the names of the columns first"},
		"unknown column":      {"t.csv", "actor,isue\nA,p\n", "t.csv:1: isue: there is no column of this name; use actor, name, issue"},
		"column twice":        {"t.csv", "actor,issue,issue\nA,p,p\n", "t.csv:1: issue: the column stands there twice"},
		"no actor column":     {"t.csv", "issue,position,salience\np,1,1\n", "t.csv:1: actor: the column is missing; add a column actor"},
		"field count":         {"t.csv", "actor,issue,position,salience\nA,p,1\n", "t.csv:2: 3 fields under 4 columns; give every column a field"},
		"quotes":              {"t.csv", "actor,issue\nA,\"p\nB,p\n", "t.csv:3: the line can not be read"},
		"no actor":            {"t.csv", "actor,issue,position,salience\n,p,1,1\n", "t.csv:2: actor: the field is empty; give the id of the actor"},
		"empty number":        {"t.csv", "actor,issue,position,salience\nA,p,,1\n", "t.csv:2: position: the field is empty; write a number such as 80"},
		"issue and partner":   {"t.csv", "actor,issue,position,salience,partner,propensity\nA,p,1,1,B,1\n", "t.csv:2: issue, partner: the row names both"},
		"number out of place": {"t.csv", "actor,issue,position,salience,partner,propensity\nA,,1,,B,1\n", `t.csv:2: position: "1" means nothing in a row about a pair; leave it empty`},
		"own row twice":       {"t.csv", "actor,issue,position,salience,capability\nA,,,,1\nA,,,,2\nA,p,1,1,\n", "t.csv:3: actor: A has two rows of his own"},
		"two scales":          {"t.csv", "actor,issue,position,salience,lower,upper\nA,p,1,1,0,10\nB,p,1,1,0,20\n", "t.csv:3: upper: issue p has 20 here and 10 in line 2; give one scale"},
		"scale no number":     {"t.csv", "actor,issue,position,salience,lower\nA,p,1,1,x\n", `t.csv:2: lower: "x" is no number`},
		"two meanings":        {"t.csv", "actor,issue,position,salience,low\nA,p,1,1,none\nB,p,1,1,all\n", "t.csv:3: low: issue p has another meaning of this end in line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			tab, err := Read(strings.NewReader(c.text), c.file)
			if err == nil {
				t.Fatalf("read %+v", tab)
			}
			if !errors.Is(err, ErrTable) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error\n%v\nwant\n%s", err, c.want)
			}
		})
	}
	for name, c := range map[string]struct{ text, want string }{
		"no capability": {swap("{id: DOWN, capability: 40 (30..55)}", "{id: DOWN}"), "t.yaml:11: capability: the capability of DOWN on water is not known; give DOWN a capability"},
		"missing pair":  {strings.Replace(good, "issues:", "  - {id: FAR, capability: 1}\nissues:", 1), "there is no propensity of UP and FAR; add an entry, or write pairs: agreement or pairs: zero"},
		"unknown pair":  {swap("parts: [{name: trade, value: 0.3}, {name: border, value: -0.5}]", `value: "?"`), "t.yaml:15: value: the propensity of UP and DOWN is not known"},
		"no weight":     {strings.NewReplacer("salience: 0.25", "salience: 0", "position: 30, salience: 0.5", "position: 30, salience: 0").Replace(good), "t.yaml:8: issue border: nobody has any weight on it; give at least one actor"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, c.text, "t.yaml").Grid()
			if !errors.Is(err, ErrTable) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error\n%v\nwant\n%s", err, c.want)
			}
		})
	}
	var e *Error
	if _, err := Read(strings.NewReader(strings.NewReplacer("position: 80", "position: x", "salience: 0.9", "salience: 9").Replace(good)), "t.yaml"); !errors.As(err, &e) {
		t.Errorf("error %v", err)
	}
}

// tables draws a valid table.
func tables(t *rapid.T) *Table {
	n, m := rapid.IntRange(1, 5).Draw(t, "actors"), rapid.IntRange(1, 4).Draw(t, "issues")
	word := rapid.StringMatching(`[a-zA-Zé:#{}'?&*!|>% -]{0,12}`)
	confidence := rapid.SampledFrom([]Confidence{"", High, Medium, Low})
	number := func(lo, hi float64) Number {
		v := rapid.Float64Range(lo, hi).Draw(t, "value")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return Between(v, lo, hi)
		case 1:
			return Number{}
		}
		return Exactly(v)
	}
	tab := &Table{Title: strings.TrimSpace(word.Draw(t, "title"))}
	for i := range n {
		tab.Actors = append(tab.Actors, Actor{ID: fmt.Sprintf("A%d", i), Name: strings.TrimSpace(word.Draw(t, "name")), Capability: number(0, 50),
			Confidence: confidence.Draw(t, "confidence")})
	}
	for k := range m {
		lower := rapid.Float64Range(-10, 10).Draw(t, "lower")
		tab.Issues = append(tab.Issues, Issue{ID: fmt.Sprintf("i %d", k), Lower: lower, Upper: lower + rapid.Float64Range(1, 100).Draw(t, "span")})
		for i := range n {
			if rapid.Bool().Draw(t, "stake") {
				tab.Cells = append(tab.Cells, Cell{Actor: tab.Actors[i].ID, Issue: tab.Issues[k].ID, Position: number(lower, tab.Issues[k].Upper),
					Salience: number(0, 1), Capability: number(0, 9), Source: strings.TrimSpace(word.Draw(t, "source")), Confidence: confidence.Draw(t, "confidence")})
			}
		}
	}
	for i := range n {
		for j := range i {
			if rapid.Bool().Draw(t, "listed") {
				tab.Propensities = append(tab.Propensities, Propensity{A: tab.Actors[i].ID, B: tab.Actors[j].ID, Value: number(-1, 1)})
			}
		}
	}
	return tab
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := tables(t)
		var b bytes.Buffer
		notes := map[string]string{}
		if len(tab.Cells) > 0 {
			notes[Key(tab.Cells[0].Actor, tab.Cells[0].Issue)] = "seen in 3 reports"
		}
		if err := tab.WriteYAML(&b, "a table", notes); err != nil {
			t.Fatal(err)
		}
		back, err := Read(&b, "x.yaml")
		if err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		hash := back.Hash()
		back.File = ""
		for i := range back.Actors {
			back.Actors[i].Line = 0
		}
		for i := range back.Issues {
			back.Issues[i].Line = 0
		}
		for i := range back.Cells {
			back.Cells[i].Line = 0
		}
		for i := range back.Propensities {
			back.Propensities[i].Line = 0
		}
		if !reflect.DeepEqual(tab, back) || hash != tab.Hash() {
			t.Fatalf("wrote %+v\nread %+v", tab, back)
		}
	})
}

func TestDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := tables(t)
		seed, n := rapid.Uint64().Draw(t, "seed"), rapid.Uint64Range(0, 99).Draw(t, "draw")
		a, b := tab.Draw(seed, n), tab.Draw(seed, n)
		if !reflect.DeepEqual(a, b) {
			t.Fatal("two draws differ")
		}
		if err := a.Check(); err != nil {
			t.Fatalf("a draw is no valid table: %v", err)
		}
		for i, c := range a.Cells {
			o := tab.Cells[i]
			if c.Position.Known != o.Position.Known || o.Position.Ranged && !(c.Position.Value >= o.Position.Low && c.Position.Value <= o.Position.High) {
				t.Fatalf("drew %v from %v", c.Position, o.Position)
			}
		}
		// What is drawn for a number does not hang on what else is in the table.
		if len(tab.Cells) > 1 {
			short := tab.Clone()
			short.Cells = short.Cells[1:]
			if got := short.Draw(seed, n).Cells[0]; got != a.Cells[1] {
				t.Fatalf("drew %+v, without the first cell %+v", a.Cells[1], got)
			}
		}
	})
	// The mean of many draws is that of the triangular distribution.
	tab := read(t, good, "river.yaml")
	sum := 0.
	const draws = 20000
	for n := range uint64(draws) {
		sum += tab.Draw(1, n).Cells[1].Position.Value
	}
	if mean, want := sum/draws, (7+9+10)/3.; math.Abs(mean-want) > .02 {
		t.Errorf("mean %v, want %v", mean, want)
	}
}

func TestGridProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := tables(t)
		tab.Pairs = rapid.SampledFrom([]Pairs{PairsAgreement, PairsZero}).Draw(t, "pairs")
		g, err := tab.Grid()
		if err != nil {
			if !errors.Is(err, ErrTable) {
				t.Fatal(err)
			}
			return
		}
		for _, row := range g.Cells {
			sum := 0.
			for _, c := range row {
				sum += c.Capability
				if c.Stake && !(c.Position >= 0 && c.Position <= 100) {
					t.Fatalf("cell %+v", c)
				}
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Fatalf("capabilities sum to %v", sum)
			}
		}
		total := 0.
		for i := range g.Size {
			total += g.Size[i]
			for j := range g.Size {
				if v := g.Propensity[i][j]; v != g.Propensity[j][i] || !(v >= -1-1e-12 && v <= 1+1e-12) {
					t.Fatalf("propensity %v", v)
				}
			}
		}
		if math.Abs(total-100) > 1e-9 {
			t.Fatalf("sizes sum to %v", total)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(good, true)
	f.Add("actor,issue,position,salience,capability\nA,p,1,1,1\n", false)
	f.Add("a: &x [*x]\n", true)
	f.Fuzz(func(t *testing.T, text string, asYAML bool) {
		name := "x.csv"
		if asYAML {
			name = "x.yaml"
		}
		tab, err := Read(strings.NewReader(text), name)
		if err != nil {
			if !errors.Is(err, ErrTable) {
				t.Fatalf("error %v", err)
			}
			return
		}
		if err := tab.Check(); err != nil {
			t.Fatalf("read a bad table: %v", err)
		}
		if _, err := tab.Grid(); err != nil && !errors.Is(err, ErrTable) {
			t.Fatalf("error %v", err)
		}
	})
}
