package table

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Change sets numbers of one actor, of one actor on one issue, or of one pair.
type Change struct {
	Actor, Issue string
	A, B         string
	// Position, Salience and Capability are unknown where nothing is changed.
	Position, Salience, Capability Number
	Value                          Number  // of the pair
	Raise                          float64 // added to the pair's propensity, within -1..1
	Line                           int
}

// Payment is a side payment: an extra issue of two actors, who stand at its
// opposite ends.
type Payment struct {
	Payer, Receiver                 string
	PayerSalience, ReceiverSalience Number
	Line                            int
}

// ID names the issue that a payment adds.
func (p Payment) ID() string { return "payment " + p.Payer + " to " + p.Receiver }

// Patch is what a what-if changes in a table.
type Patch struct {
	Title        string
	File         string
	Set          []Change
	Add          Table // actors, issues, cells, propensities
	DropActors   []string
	DropIssues   []string
	Payments     []Payment
	BarredIssues [][2]string // links barred from exchanges
	BarredActors [][2]string // partners barred from exchanges
}

// ReadPatch reads a patch in YAML. What is wrong with it comes as one *Error.
func ReadPatch(r io.Reader, name string) (*Patch, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes))
	if err != nil {
		return nil, fmt.Errorf("read patch %s: %w", name, err)
	}
	p := &problems{file: name}
	var doc yaml.Node
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	if err := dec.Decode(&doc); err != nil || len(doc.Content) != 1 {
		if errors.Is(err, io.EOF) || err == nil {
			p.add(0, "", "write at least one of set, add, drop, pay and bar", "the patch is empty")
		} else {
			p.add(0, "", "check indentation, colons and quotes", "the patch can not be read as YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
		}
		return nil, p.err()
	}
	y := yamlReader{p: p}
	patch := &Patch{File: name}
	names := func(field string, to *[]string) func(*yaml.Node) {
		return y.list(field, func(n *yaml.Node) {
			var s string
			y.text(field, &s)(n)
			*to = append(*to, s)
		})
	}
	two := func(field string, to *[][2]string) func(*yaml.Node) {
		return func(n *yaml.Node) {
			var list []string
			names(field, &list)(n)
			if len(list) != 2 {
				y.p.add(n.Line, field, "name the two that may not be joined: [a, b]", "there are %d names", len(list))
				return
			}
			*to = append(*to, [2]string{list[0], list[1]})
		}
	}
	y.mapping(doc.Content[0], "patch", map[string]func(*yaml.Node){
		"title": y.text("title", &patch.Title),
		"set": y.list("set", func(n *yaml.Node) {
			c, raise := Change{Line: n.Line}, Number{}
			y.mapping(n, "change", map[string]func(*yaml.Node){"actor": y.text("actor", &c.Actor), "issue": y.text("issue", &c.Issue),
				"a": y.text("a", &c.A), "b": y.text("b", &c.B), "position": y.number("position", &c.Position),
				"salience": y.number("salience", &c.Salience), "capability": y.number("capability", &c.Capability),
				"value": y.number("value", &c.Value), "raise": y.number("raise", &raise)})
			c.Raise = raise.Value
			pair := c.A != "" || c.B != ""
			numbers := c.Position.Known || c.Salience.Known || c.Capability.Known
			switch {
			case pair && (c.Actor != "" || c.Issue != "" || numbers || c.Value.Known == raise.Known):
				p.add(n.Line, "set", "give a, b and one of value and raise, nothing else", "the change of a pair is not clear")
			case !pair && (c.Actor == "" || !numbers || c.Value.Known || raise.Known || c.Issue == "" && (c.Position.Known || c.Salience.Known)):
				p.add(n.Line, "set", "give actor, issue and at least one of position, salience and capability; or actor and capability; or a, b and value",
					"it is not clear what is changed")
			}
			patch.Set = append(patch.Set, c)
		}),
		"add": func(n *yaml.Node) {
			y.mapping(n, "addition", map[string]func(*yaml.Node){
				"actors":       y.list("actors", func(n *yaml.Node) { y.actor(n, &patch.Add) }),
				"issues":       y.list("issues", func(n *yaml.Node) { y.issue(n, &patch.Add) }),
				"cells":        y.list("cells", func(n *yaml.Node) { y.cell(n, &patch.Add) }),
				"propensities": y.list("propensities", func(n *yaml.Node) { y.propensity(n, &patch.Add) }),
			})
		},
		"drop": func(n *yaml.Node) {
			y.mapping(n, "drop", map[string]func(*yaml.Node){"actors": names("actors", &patch.DropActors), "issues": names("issues", &patch.DropIssues)})
		},
		"pay": y.list("pay", func(n *yaml.Node) {
			pay := Payment{Line: n.Line}
			y.mapping(n, "payment", map[string]func(*yaml.Node){"payer": y.text("payer", &pay.Payer), "receiver": y.text("receiver", &pay.Receiver),
				"payer_salience": y.number("payer_salience", &pay.PayerSalience), "receiver_salience": y.number("receiver_salience", &pay.ReceiverSalience)},
				"payer", "receiver", "payer_salience", "receiver_salience")
			patch.Payments = append(patch.Payments, pay)
		}),
		"bar": func(n *yaml.Node) {
			y.mapping(n, "bar", map[string]func(*yaml.Node){"issues": y.list("issues", two("issues", &patch.BarredIssues)),
				"actors": y.list("actors", two("actors", &patch.BarredActors))})
		},
	})
	if err := p.err(); err != nil {
		return nil, err
	}
	return patch, nil
}

// Apply returns the patched table; t is not changed. An *Error names changes
// that do not fit the table.
func (p *Patch) Apply(t *Table) (*Table, error) {
	out := t.Clone()
	bad := &problems{file: p.File}
	do := "correct the spelling, or add it under add"
	for _, id := range p.DropActors {
		if out.ActorIndex(id) < 0 {
			bad.add(0, "drop", "leave it out", "there is no actor %q", id)
		}
		out.Actors = slices.DeleteFunc(out.Actors, func(a Actor) bool { return a.ID == id })
		out.Cells = slices.DeleteFunc(out.Cells, func(c Cell) bool { return c.Actor == id })
		out.Propensities = slices.DeleteFunc(out.Propensities, func(e Propensity) bool { return e.A == id || e.B == id })
	}
	for _, id := range p.DropIssues {
		if out.IssueIndex(id) < 0 {
			bad.add(0, "drop", "leave it out", "there is no issue %q", id)
		}
		out.Issues = slices.DeleteFunc(out.Issues, func(i Issue) bool { return i.ID == id })
		out.Cells = slices.DeleteFunc(out.Cells, func(c Cell) bool { return c.Issue == id })
	}
	out.Actors, out.Issues = append(out.Actors, p.Add.Actors...), append(out.Issues, p.Add.Issues...)
	out.Cells, out.Propensities = append(out.Cells, p.Add.Cells...), append(out.Propensities, p.Add.Propensities...)
	for _, pay := range p.Payments {
		out.Issues = append(out.Issues, Issue{ID: pay.ID(), Upper: 100, Low: "nothing is paid", High: "all that was asked is paid", Payment: true, Line: pay.Line})
		out.Cells = append(out.Cells, Cell{Actor: pay.Payer, Issue: pay.ID(), Position: Exactly(0), Salience: pay.PayerSalience, Line: pay.Line},
			Cell{Actor: pay.Receiver, Issue: pay.ID(), Position: Exactly(100), Salience: pay.ReceiverSalience, Line: pay.Line})
	}
	put := func(to *Number, n Number) {
		if n.Known {
			*to = n
		}
	}
	for _, c := range p.Set {
		switch {
		case c.A != "" || c.B != "":
			found := false
			for i := range out.Propensities {
				e := &out.Propensities[i]
				if e.A == c.A && e.B == c.B || e.A == c.B && e.B == c.A {
					found = true
					e.Parts = nil
					if put(&e.Value, c.Value); !c.Value.Known {
						shift := func(v float64) float64 { return math.Min(1, math.Max(-1, v+c.Raise)) }
						e.Value.Value = shift(e.Value.Value)
						if e.Value.Ranged {
							e.Value.Low, e.Value.High = shift(e.Value.Low), shift(e.Value.High)
						}
					}
				}
			}
			if !found {
				bad.add(c.Line, "set", "add the pair under add, propensities", "the table has no propensity of %s and %s", c.A, c.B)
			}
		case c.Issue == "":
			i := out.ActorIndex(c.Actor)
			if i < 0 {
				bad.add(c.Line, "actor", do, "there is no actor %q", c.Actor)
				continue
			}
			put(&out.Actors[i].Capability, c.Capability)
		default:
			cell := out.Cell(c.Actor, c.Issue)
			if cell == nil {
				bad.add(c.Line, "set", "add the cell under add, cells", "%s has no stake in %s", c.Actor, c.Issue)
				continue
			}
			put(&cell.Position, c.Position)
			put(&cell.Salience, c.Salience)
			put(&cell.Capability, c.Capability)
		}
	}
	for _, b := range p.BarredIssues {
		for _, id := range b {
			if out.IssueIndex(id) < 0 {
				bad.add(0, "bar", do, "there is no issue %q", id)
			}
		}
	}
	for _, b := range p.BarredActors {
		for _, id := range b {
			if out.ActorIndex(id) < 0 {
				bad.add(0, "bar", do, "there is no actor %q", id)
			}
		}
	}
	if err := bad.err(); err != nil {
		return nil, err
	}
	out.File = p.File
	if err := out.Check(); err != nil {
		return nil, err
	}
	out.File = t.File
	return out, nil
}
