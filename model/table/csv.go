package table

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// csvColumns are the columns of a CSV table; only "actor" must be there. A row
// with an issue is a cell, one with a partner a propensity, one with neither an
// actor.
var csvColumns = []string{"actor", "name", "issue", "position", "salience", "capability", "lower", "upper", "low", "high",
	"partner", "propensity", "source", "confidence"}

// csvAliases are other names that tables in the field's papers use.
var csvAliases = map[string]string{"power": "capability"}

func readCSV(text string, p *problems) *Table {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	r.Comment = '#'
	header, err := r.Read()
	if err != nil {
		p.add(1, "", "write the names of the columns first: actor,issue,position,salience,capability", "there is no header line")
		return nil
	}
	at := map[string]int{}
	for i, h := range header {
		name := strings.ToLower(strings.TrimSpace(h))
		if to, ok := csvAliases[name]; ok {
			name = to
		}
		_, dup := at[name]
		switch {
		case !slices.Contains(csvColumns, name):
			p.add(1, h, "use "+strings.Join(csvColumns, ", ")+near(name, csvColumns), "there is no column of this name")
		case dup:
			p.add(1, h, "delete one of the two", "the column stands there twice")
		}
		at[name] = i
	}
	_, hasIssue := at["issue"]
	_, hasPartner := at["partner"]
	_, hasPosition := at["position"]
	if _, ok := at["actor"]; !ok {
		p.add(1, "actor", "add a column actor with the id of an actor in every row", "the column is missing")
	}
	oneIssue := !hasIssue && !hasPartner && hasPosition // a table of one issue, as the bargaining papers print it
	if len(p.list) > 0 {
		return nil
	}
	t := &Table{}
	b := builder{t: t, p: p, actors: map[string]int{}, issues: map[string]int{}}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			p.add(bad.Line, "", `put a field with commas or quotes between double quotes, and double each quote in it`, "the line can not be read: %v", bad.Err)
			return nil
		}
		line, _ := r.FieldPos(0)
		if len(row) != len(header) {
			p.add(line, "", "give every column a field, empty where there is nothing to say", "%d fields under %d columns", len(row), len(header))
			continue
		}
		get := func(column string) string {
			if i, ok := at[column]; ok {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		actor, issue, partner := get("actor"), get("issue"), get("partner")
		if oneIssue {
			issue = "issue"
		}
		if actor == "" {
			p.add(line, "actor", "give the id of the actor", "the field is empty")
			continue
		}
		unused := func(columns ...string) {
			for _, c := range columns {
				if v := get(c); v != "" {
					p.add(line, c, "leave it empty in this row", "%q means nothing in a row about %s", v, map[bool]string{true: "a pair", false: "an actor"}[partner != ""])
				}
			}
		}
		source, confidence := get("source"), Confidence(strings.ToLower(get("confidence")))
		switch {
		case issue != "" && partner != "":
			p.add(line, "issue, partner", "make two rows of it", "the row names both an issue and a partner")
		case partner != "":
			unused("position", "salience", "capability", "lower", "upper", "low", "high", "name")
			b.actor(actor, line)
			b.actor(partner, line)
			t.Propensities = append(t.Propensities, Propensity{A: actor, B: partner, Value: b.number(line, "propensity", get("propensity"), true),
				Source: source, Confidence: confidence, Line: line})
		case issue != "":
			unused("propensity")
			b.actor(actor, line)
			b.issue(issue, line, get("lower"), get("upper"), get("low"), get("high"))
			t.Cells = append(t.Cells, Cell{Actor: actor, Issue: issue, Position: b.number(line, "position", get("position"), true),
				Salience: b.number(line, "salience", get("salience"), true), Capability: b.number(line, "capability", get("capability"), false),
				Source: source, Confidence: confidence, Line: line})
		default:
			unused("position", "salience", "lower", "upper", "low", "high", "propensity")
			i := b.actor(actor, line)
			a := &t.Actors[i]
			if a.Capability.Known || a.Name != "" || a.Source != "" {
				p.add(line, "actor", "keep one of the two", "%s has two rows of his own", actor)
			}
			a.Name, a.Capability, a.Source, a.Confidence = get("name"), b.number(line, "capability", get("capability"), false), source, confidence
		}
	}
	return t
}

// builder adds actors and issues as rows name them.
type builder struct {
	t              *Table
	p              *problems
	actors, issues map[string]int
}

func (b *builder) actor(id string, line int) int {
	i, ok := b.actors[id]
	if !ok {
		i = len(b.t.Actors)
		b.actors[id] = i
		b.t.Actors = append(b.t.Actors, Actor{ID: id, Line: line})
	}
	return i
}

func (b *builder) issue(id string, line int, lower, upper, low, high string) {
	i, ok := b.issues[id]
	if !ok {
		i = len(b.t.Issues)
		b.issues[id] = i
		b.t.Issues = append(b.t.Issues, Issue{ID: id, Upper: 100, Line: line})
	}
	issue := &b.t.Issues[i]
	for _, e := range []struct {
		field, text string
		to          *float64
	}{{"lower", lower, &issue.Lower}, {"upper", upper, &issue.Upper}} {
		if e.text == "" {
			continue
		}
		v, err := parseFloat(e.text)
		switch {
		case err != nil:
			b.p.add(line, e.field, "give the end of the scale as a number", "%v", err)
		case ok && v != *e.to:
			b.p.add(line, e.field, "give one scale for the whole issue", "issue %s has %s here and %s in line %d", id, format(v), format(*e.to), issue.Line)
		default:
			*e.to = v
		}
	}
	for _, e := range []struct {
		field, text string
		to          *string
	}{{"low", low, &issue.Low}, {"high", high, &issue.High}} {
		if e.text != "" && *e.to != "" && e.text != *e.to {
			b.p.add(line, e.field, "say it in one row only", "issue %s has another meaning of this end in line %d", id, issue.Line)
		} else if e.text != "" {
			*e.to = e.text
		}
	}
}

// number reads one number; an empty field is unknown, and wrong where must.
func (b *builder) number(line int, field, text string, must bool) Number {
	if text == "" {
		if must {
			b.p.add(line, field, howNumber, "the field is empty")
		}
		return Number{}
	}
	n, err := parseNumber(text)
	if err != nil {
		b.p.add(line, field, howNumber, "%v", err)
	}
	return n
}
