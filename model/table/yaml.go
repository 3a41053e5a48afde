package table

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

var yamlLine = regexp.MustCompile(`line (\d+)`)

func readYAML(text string, p *problems) *Table {
	var doc yaml.Node
	dec := yaml.NewDecoder(strings.NewReader(text))
	if err := dec.Decode(&doc); err != nil {
		line := 0
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1])
		}
		p.add(line, "", "check indentation, colons and quotes in this line and the one before", "the file can not be read as YAML: %s",
			strings.TrimPrefix(err.Error(), "yaml: "))
		return nil
	}
	if err := dec.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		p.add(0, "", "keep one table in a file", "the file goes on after the end of the table")
		return nil
	}
	y := yamlReader{p: p}
	t := &Table{}
	if len(doc.Content) != 1 {
		p.add(1, "", "write a table first; docs/models.md shows one", "the file is empty")
		return nil
	}
	y.mapping(doc.Content[0], "table", map[string]func(*yaml.Node){
		"title":        y.text("title", &t.Title),
		"pairs":        func(n *yaml.Node) { y.text("pairs", (*string)(&t.Pairs))(n) },
		"actors":       y.list("actors", func(n *yaml.Node) { y.actor(n, t) }),
		"issues":       y.list("issues", func(n *yaml.Node) { y.issue(n, t) }),
		"cells":        y.list("cells", func(n *yaml.Node) { y.cell(n, t) }),
		"propensities": y.list("propensities", func(n *yaml.Node) { y.propensity(n, t) }),
	}, "actors", "issues", "cells")
	return t
}

// yamlReader walks nodes and notes what does not fit.
type yamlReader struct{ p *problems }

func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func (y yamlReader) mapping(n *yaml.Node, what string, fields map[string]func(*yaml.Node), must ...string) {
	n = resolve(n)
	var names []string
	for f := range fields {
		names = append(names, f)
	}
	slices.Sort(names)
	if n.Kind != yaml.MappingNode {
		y.p.add(n.Line, what, "write it as key: value pairs with the keys "+strings.Join(names, ", "), "this is not a %s", what)
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		first, dup := seen[key.Value]
		seen[key.Value] = key.Line
		read, ok := fields[key.Value]
		switch {
		case dup:
			y.p.add(key.Line, key.Value, "keep one of the two", "the key stands here twice%s", lineNote(first))
		case !ok:
			y.p.add(key.Line, key.Value, "use "+strings.Join(names, ", ")+near(key.Value, names), "a %s has no such key", what)
		default:
			read(value)
		}
	}
	for _, m := range must {
		if _, ok := seen[m]; !ok {
			y.p.add(n.Line, m, "add it, with ? where it is a number you do not know", "this %s has no %s", what, m)
		}
	}
}

func (y yamlReader) list(what string, each func(*yaml.Node)) func(*yaml.Node) {
	return func(n *yaml.Node) {
		n = resolve(n)
		if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
			return
		}
		if n.Kind != yaml.SequenceNode {
			y.p.add(n.Line, what, "begin each entry with a dash", "this is not a list")
			return
		}
		for _, e := range n.Content {
			if e := resolve(e); e.Kind == yaml.SequenceNode || e.Kind == yaml.MappingNode || e.Kind == yaml.ScalarNode {
				each(e)
			}
		}
	}
}

func (y yamlReader) text(field string, to *string) func(*yaml.Node) {
	return func(n *yaml.Node) {
		n = resolve(n)
		if n.Kind != yaml.ScalarNode {
			y.p.add(n.Line, field, "write one line of text", "this is not a text")
			return
		}
		if n.Tag != "!!null" {
			*to = strings.TrimSpace(n.Value)
		}
	}
}

func (y yamlReader) truth(field string, to *bool) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if err := resolve(n).Decode(to); err != nil {
			y.p.add(n.Line, field, "write true or false", "%q is neither true nor false", n.Value)
		}
	}
}

func (y yamlReader) number(field string, to *Number) func(*yaml.Node) {
	return func(n *yaml.Node) {
		n = resolve(n)
		if n.Kind != yaml.ScalarNode {
			y.p.add(n.Line, field, howNumber, "this is not a number")
			return
		}
		if n.Tag == "!!null" && n.Value == "" {
			y.p.add(n.Line, field, howNumber, "the number is missing")
			return
		}
		v, err := parseNumber(n.Value)
		if err != nil {
			y.p.add(n.Line, field, howNumber, "%v", err)
		}
		*to = v
	}
}

func (y yamlReader) scale(n *yaml.Node, i *Issue) {
	n = resolve(n)
	if n.Kind != yaml.SequenceNode || len(n.Content) != 2 {
		y.p.add(n.Line, "scale", "write both ends: scale: [0, 100]", "this is not a scale")
		return
	}
	for k, to := range []*float64{&i.Lower, &i.Upper} {
		v, err := parseFloat(resolve(n.Content[k]).Value)
		if err != nil {
			y.p.add(n.Line, "scale", "write both ends as numbers: scale: [0, 100]", "%v", err)
		}
		*to = v
	}
}

func (y yamlReader) actor(n *yaml.Node, t *Table) {
	a := Actor{Line: n.Line}
	y.mapping(n, "actor", map[string]func(*yaml.Node){"id": y.text("id", &a.ID), "name": y.text("name", &a.Name),
		"capability": y.number("capability", &a.Capability), "source": y.text("source", &a.Source),
		"confidence": y.text("confidence", (*string)(&a.Confidence))}, "id")
	t.Actors = append(t.Actors, a)
}

func (y yamlReader) issue(n *yaml.Node, t *Table) {
	i := Issue{Upper: 100, Line: n.Line}
	y.mapping(n, "issue", map[string]func(*yaml.Node){"id": y.text("id", &i.ID), "name": y.text("name", &i.Name),
		"low": y.text("low", &i.Low), "high": y.text("high", &i.High), "scale": func(n *yaml.Node) { y.scale(n, &i) },
		"payment": y.truth("payment", &i.Payment)}, "id")
	t.Issues = append(t.Issues, i)
}

func (y yamlReader) cell(n *yaml.Node, t *Table) {
	c := Cell{Line: n.Line}
	y.mapping(n, "cell", map[string]func(*yaml.Node){"actor": y.text("actor", &c.Actor), "issue": y.text("issue", &c.Issue),
		"position": y.number("position", &c.Position), "salience": y.number("salience", &c.Salience),
		"capability": y.number("capability", &c.Capability), "source": y.text("source", &c.Source),
		"confidence": y.text("confidence", (*string)(&c.Confidence))}, "actor", "issue", "position", "salience")
	t.Cells = append(t.Cells, c)
}

func (y yamlReader) propensity(n *yaml.Node, t *Table) {
	e := Propensity{Line: n.Line}
	valued := false
	y.mapping(n, "propensity", map[string]func(*yaml.Node){"a": y.text("a", &e.A), "b": y.text("b", &e.B),
		"value":  func(n *yaml.Node) { valued = true; y.number("value", &e.Value)(n) },
		"source": y.text("source", &e.Source), "confidence": y.text("confidence", (*string)(&e.Confidence)),
		"parts": y.list("parts", func(n *yaml.Node) {
			part, v := Part{}, Number{}
			y.mapping(n, "part", map[string]func(*yaml.Node){"name": y.text("name", &part.Name), "value": y.number("value", &v),
				"source": y.text("source", &part.Source)}, "name", "value")
			if !v.Known || v.Ranged {
				y.p.add(n.Line, "parts", "give each part a plain number, and the range to the sum", "part %s is %s", part.Name, v)
			}
			part.Value = v.Value
			e.Parts = append(e.Parts, part)
		})}, "a", "b")
	if !valued {
		sum := 0.
		for _, part := range e.Parts {
			sum += part.Value
		}
		if e.Value = Exactly(sum); len(e.Parts) == 0 {
			y.p.add(n.Line, "value", howNumber, "the propensity has neither a value nor parts")
		}
	}
	t.Propensities = append(t.Propensities, e)
}

// WriteYAML writes the table so that Read gives it back. notes, keyed by what
// Key gives for a cell or a propensity, become comments above the entry.
func (t *Table) WriteYAML(w io.Writer, head string, notes map[string]string) error {
	root := &yaml.Node{Kind: yaml.MappingNode, HeadComment: head}
	add := func(m *yaml.Node, key string, value *yaml.Node) {
		m.Content = append(m.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, value)
	}
	text := func(m *yaml.Node, key, value string) {
		if value != "" {
			add(m, key, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value})
		}
	}
	number := func(m *yaml.Node, key string, n Number) {
		v := &yaml.Node{Kind: yaml.ScalarNode, Value: n.String()}
		if !n.Known {
			v.Tag, v.Style = "!!str", yaml.DoubleQuotedStyle // a bare ? would begin a key
		}
		add(m, key, v)
	}
	optional := func(m *yaml.Node, key string, n Number) {
		if n.Known {
			number(m, key, n)
		}
	}
	text(root, "title", t.Title)
	text(root, "pairs", string(t.Pairs))
	actors, issues, cells, propensities := &yaml.Node{Kind: yaml.SequenceNode}, &yaml.Node{Kind: yaml.SequenceNode},
		&yaml.Node{Kind: yaml.SequenceNode}, &yaml.Node{Kind: yaml.SequenceNode}
	for _, a := range t.Actors {
		m := &yaml.Node{Kind: yaml.MappingNode}
		text(m, "id", a.ID)
		text(m, "name", a.Name)
		number(m, "capability", a.Capability)
		text(m, "confidence", string(a.Confidence))
		text(m, "source", a.Source)
		actors.Content = append(actors.Content, m)
	}
	for _, i := range t.Issues {
		m := &yaml.Node{Kind: yaml.MappingNode}
		text(m, "id", i.ID)
		text(m, "name", i.Name)
		scale := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, v := range []float64{i.Lower, i.Upper} {
			scale.Content = append(scale.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: format(v)})
		}
		add(m, "scale", scale)
		text(m, "low", i.Low)
		text(m, "high", i.High)
		if i.Payment {
			add(m, "payment", &yaml.Node{Kind: yaml.ScalarNode, Value: "true"})
		}
		issues.Content = append(issues.Content, m)
	}
	for _, c := range t.Cells {
		m := &yaml.Node{Kind: yaml.MappingNode, HeadComment: notes[Key(c.Actor, c.Issue)]}
		text(m, "actor", c.Actor)
		text(m, "issue", c.Issue)
		number(m, "position", c.Position)
		number(m, "salience", c.Salience)
		optional(m, "capability", c.Capability)
		text(m, "confidence", string(c.Confidence))
		text(m, "source", c.Source)
		cells.Content = append(cells.Content, m)
	}
	for _, e := range t.Propensities {
		m := &yaml.Node{Kind: yaml.MappingNode, HeadComment: notes[Key(e.A, e.B)]}
		text(m, "a", e.A)
		text(m, "b", e.B)
		number(m, "value", e.Value)
		text(m, "confidence", string(e.Confidence))
		text(m, "source", e.Source)
		if len(e.Parts) > 0 {
			parts := &yaml.Node{Kind: yaml.SequenceNode}
			for _, part := range e.Parts {
				pm := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
				text(pm, "name", part.Name)
				add(pm, "value", &yaml.Node{Kind: yaml.ScalarNode, Value: format(part.Value)})
				text(pm, "source", part.Source)
				parts.Content = append(parts.Content, pm)
			}
			add(m, "parts", parts)
		}
		propensities.Content = append(propensities.Content, m)
	}
	add(root, "actors", actors)
	add(root, "issues", issues)
	add(root, "cells", cells)
	if len(propensities.Content) > 0 {
		add(root, "propensities", propensities)
	}
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(root); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return enc.Close()
}

// Key names a cell (actor, issue) or a propensity (a, b) among notes.
func Key(a, b string) string { return a + "\x1f" + b }
