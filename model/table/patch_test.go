package table

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

const offer = `
title: an offer
set:
  - {actor: DOWN, issue: water, position: 5 (4..6)}
  - {actor: UP, capability: 80}
  - {a: DOWN, b: UP, raise: 0.5}
add:
  actors: [{id: FAR, capability: 10}]
  cells: [{actor: FAR, issue: border, position: 50, salience: 0.1}]
  propensities: [{a: FAR, b: UP, value: 0.1}, {a: FAR, b: DOWN, value: -0.1}]
pay: [{payer: UP, receiver: DOWN, payer_salience: 0.1, receiver_salience: 0.6}]
bar:
  issues: [[water, border]]
  actors: [[UP, FAR]]
`

func TestPatch(t *testing.T) {
	tab := read(t, good, "river.yaml")
	before := tab.Clone()
	p, err := ReadPatch(strings.NewReader(offer), "offer.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.Apply(tab)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(tab, before) {
		t.Error("the table was changed")
	}
	if c := out.Cell("DOWN", "water"); c.Position != Between(5, 4, 6) || c.Salience != Exactly(.9) {
		t.Errorf("cell %+v", c)
	}
	g, err := out.Grid()
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Actors) != 3 || len(g.Issues) != 3 || !g.Payment[2] || g.Cells[2][1].Position != 100 || g.Cells[2][0].Position != 0 {
		t.Errorf("grid %+v", g)
	}
	if g.Propensity[0][1] != -.2+.5 || g.Propensity[2][1] != -.1 {
		t.Errorf("propensities %v", g.Propensity)
	}
	if len(p.BarredIssues) != 1 || p.BarredActors[0] != [2]string{"UP", "FAR"} {
		t.Errorf("bars %v %v", p.BarredIssues, p.BarredActors)
	}
	drop, err := ReadPatch(strings.NewReader("drop: {actors: [UP], issues: [water]}"), "x.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if out, err = drop.Apply(tab); err != nil || len(out.Actors) != 1 || len(out.Issues) != 1 || len(out.Cells) != 1 || len(out.Propensities) != 0 {
		t.Errorf("dropped: %+v, %v", out, err)
	}
}

func TestBadPatch(t *testing.T) {
	tab := read(t, good, "river.yaml")
	for text, want := range map[string]string{
		"":                                "p.yaml: the patch is empty; write at least one of set",
		"set: [":                          "the patch can not be read as YAML",
		"sets: []":                        "p.yaml:1: sets: a patch has no such key; use add, bar, drop, pay, set, title (is it set?)",
		"set: [{}]":                       "p.yaml:1: set: it is not clear what is changed; give actor, issue",
		"set: [{actor: UP, position: 3}]": "it is not clear what is changed",
		"set: [{a: UP, b: DOWN}]":         "the change of a pair is not clear; give a, b and one of value and raise",
		"set: [{a: UP, b: DOWN, value: 1, raise: 1}]":                         "the change of a pair is not clear",
		"set: [{a: UP, b: NOBODY, value: 1}]":                                 "p.yaml:1: set: the table has no propensity of UP and NOBODY; add the pair",
		"set: [{actor: NOBODY, capability: 3}]":                               `p.yaml:1: actor: there is no actor "NOBODY"`,
		"set: [{actor: NOBODY, issue: water, position: 3}]":                   "p.yaml:1: set: NOBODY has no stake in water; add the cell",
		"set: [{actor: UP, issue: water, position: 30}]":                      "position: 30 lies outside the range 0..10",
		"drop: {actors: [X]}":                                                 `p.yaml: drop: there is no actor "X"; leave it out`,
		"drop: {issues: [X]}":                                                 `p.yaml: drop: there is no issue "X"`,
		"bar: {issues: [[water]]}":                                            "p.yaml:1: issues: there are 1 names; name the two",
		"bar: {issues: [[water, X]]}":                                         `p.yaml: bar: there is no issue "X"`,
		"bar: {actors: [[UP, X]]}":                                            `p.yaml: bar: there is no actor "X"`,
		"pay: [{payer: UP}]":                                                  "this payment has no receiver",
		"add: {cells: [{actor: UP, issue: water, position: 1, salience: 1}]}": "UP on water is coded twice",
	} {
		p, err := ReadPatch(strings.NewReader(text), "p.yaml")
		if err == nil {
			_, err = p.Apply(tab)
		}
		if !errors.Is(err, ErrTable) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error\n%v\nwant\n%s", text, err, want)
		}
	}
}
