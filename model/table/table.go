// Package table holds what the models run on: actors, issues, who stands where
// on what with how much salience and capability, and how disposed each pair is
// to be together, every number with its source, confidence and range.
//
// In: a file in CSV or YAML (JSON is YAML) that a person wrote or edited. Out: a
// checked Table, its hash, a normalised Grid for the models, and seeded draws
// around the coded values. It reads nothing but the reader it is given.
//
// It will not guess: a number written "?" stays unknown, and Grid refuses a
// table with unknown numbers, naming each of them.
package table

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Number is a coded number with the range it may lie in.
type Number struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low,omitempty"`  // read when Ranged
	High  float64 `json:"high,omitempty"` // read when Ranged
	// Known is false for a number nobody has given yet, written "?".
	Known bool `json:"known"`
	// Ranged says that Low and High were given; else the confidence sets them.
	Ranged bool `json:"ranged,omitempty"`
}

// Exactly is a known number without a range of its own.
func Exactly(v float64) Number { return Number{Value: v, Known: true} }

// Between is a known number with a range.
func Between(v, low, high float64) Number {
	return Number{Value: v, Low: low, High: high, Known: true, Ranged: true}
}

// String writes the number as tables have it: "80", "80 (70..90)" or "?".
func (n Number) String() string {
	switch {
	case !n.Known:
		return "?"
	case n.Ranged:
		return fmt.Sprintf("%s (%s..%s)", format(n.Value), format(n.Low), format(n.High))
	}
	return format(n.Value)
}

func format(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// Confidence is how sure the coder of a number is; it sets the range of a number
// that has none of its own.
type Confidence string

// The confidences. Not given counts as medium.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Confidences lists all in a fixed order.
func Confidences() []Confidence { return []Confidence{High, Medium, Low} }

// spread is the half width of a range as a share of the whole scale.
func (c Confidence) spread() float64 {
	switch c {
	case High:
		return .05
	case Low:
		return .2
	}
	return .1
}

// Actor is somebody with stakes.
type Actor struct {
	ID         string     `json:"id"`
	Name       string     `json:"name,omitempty"`
	Capability Number     `json:"capability,omitzero"` // on all issues whose cell gives none; any unit
	Source     string     `json:"source,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
	Line       int        `json:"-"` // in the file, from 1; 0 when not from a file
}

// Issue is a question with two ends.
type Issue struct {
	ID    string  `json:"id"`
	Name  string  `json:"name,omitempty"`
	Lower float64 `json:"lower"` // the scale's ends in the table's own units
	Upper float64 `json:"upper"`
	Low   string  `json:"low,omitempty"`  // what the lower end means
	High  string  `json:"high,omitempty"` // what the upper end means
	// Payment marks an issue that is a side payment: payer and receiver at
	// opposite ends. It serves for exchanges only and gives nobody size.
	Payment bool `json:"payment,omitempty"`
	Line    int  `json:"-"`
}

// Cell is one actor's stake in one issue. No cell, no stake.
type Cell struct {
	Actor      string     `json:"actor"`
	Issue      string     `json:"issue"`
	Position   Number     `json:"position"`            // on the issue's scale
	Salience   Number     `json:"salience"`            // 0..1
	Capability Number     `json:"capability,omitzero"` // unknown: the actor's
	Source     string     `json:"source,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
	Line       int        `json:"-"`
}

// Part is one of the items a propensity was summed from.
type Part struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Source string  `json:"source,omitempty"`
}

// Propensity is how disposed A is to be together with B, from -1 to 1. One entry
// serves for both directions; with two their mean is used.
type Propensity struct {
	A          string     `json:"a"`
	B          string     `json:"b"`
	Value      Number     `json:"value"`
	Parts      []Part     `json:"parts,omitempty"`
	Source     string     `json:"source,omitempty"`
	Confidence Confidence `json:"confidence,omitempty"`
	Line       int        `json:"-"`
}

// Pairs says what stands for a pair without an entry.
type Pairs string

// The choices for pairs without an entry.
const (
	PairsListed    Pairs = "listed"    // it is an error
	PairsAgreement Pairs = "agreement" // how far the two agree on the issues
	PairsZero      Pairs = "zero"      // they do not care
)

// Table is everything the models read. The zero Pairs means PairsListed when
// there is an entry, PairsAgreement when there is none.
type Table struct {
	Title        string       `json:"title,omitempty"`
	Pairs        Pairs        `json:"pairs,omitempty"`
	Actors       []Actor      `json:"actors"`
	Issues       []Issue      `json:"issues"`
	Cells        []Cell       `json:"cells"`
	Propensities []Propensity `json:"propensities,omitempty"`
	File         string       `json:"-"` // for messages
}

// Clone is a copy that shares nothing that can be changed.
func (t *Table) Clone() *Table {
	c := *t
	c.Actors, c.Issues, c.Cells = slices.Clone(t.Actors), slices.Clone(t.Issues), slices.Clone(t.Cells)
	c.Propensities = slices.Clone(t.Propensities)
	for i := range c.Propensities {
		c.Propensities[i].Parts = slices.Clone(c.Propensities[i].Parts)
	}
	return &c
}

// ActorIndex and IssueIndex give the place of an id, -1 when there is none.
func (t *Table) ActorIndex(id string) int {
	return slices.IndexFunc(t.Actors, func(a Actor) bool { return a.ID == id })
}

// IssueIndex gives the place of an issue's id, -1 when there is none.
func (t *Table) IssueIndex(id string) int {
	return slices.IndexFunc(t.Issues, func(i Issue) bool { return i.ID == id })
}

// Cell returns the cell of an actor and an issue, nil when he has no stake.
func (t *Table) Cell(actor, issue string) *Cell {
	for i := range t.Cells {
		if t.Cells[i].Actor == actor && t.Cells[i].Issue == issue {
			return &t.Cells[i]
		}
	}
	return nil
}

// Hash names what the models read of the table: SHA-256, first 16 hex digits.
// Titles, names and sources do not count, the order of rows does.
func (t *Table) Hash() string {
	h := sha256.New()
	line := func(fields ...any) {
		for _, f := range fields {
			fmt.Fprintf(h, "%v\x1f", f)
		}
		h.Write([]byte("\n"))
	}
	line("pairs", t.pairs())
	for _, a := range t.Actors {
		line("actor", a.ID, a.Capability, a.Confidence)
	}
	for _, i := range t.Issues {
		line("issue", i.ID, format(i.Lower), format(i.Upper), i.Payment)
	}
	for _, c := range t.Cells {
		line("cell", c.Actor, c.Issue, c.Position, c.Salience, c.Capability, c.Confidence)
	}
	for _, p := range t.Propensities {
		line("propensity", p.A, p.B, p.Value, p.Confidence)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func (t *Table) pairs() Pairs {
	switch {
	case t.Pairs != "":
		return t.Pairs
	case len(t.Propensities) > 0:
		return PairsListed
	}
	return PairsAgreement
}

// isID reports whether s may name an actor or an issue.
func isID(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && !strings.ContainsAny(s, "\n\t\r,\"")
}
