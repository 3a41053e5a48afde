package table

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// parseNumber reads "80", "80 (70..90)" or "?".
func parseNumber(s string) (Number, error) {
	s = strings.TrimSpace(s)
	if s == "?" {
		return Number{}, nil
	}
	value, rest, ranged := strings.Cut(s, "(")
	v, err := parseFloat(value)
	if err != nil {
		return Number{}, err
	}
	if !ranged {
		return Exactly(v), nil
	}
	inner, closed := strings.CutSuffix(strings.TrimSpace(rest), ")")
	low, high, two := strings.Cut(inner, "..")
	if !closed || !two {
		return Number{}, fmt.Errorf("%q is no range", "("+rest)
	}
	l, err := parseFloat(low)
	if err != nil {
		return Number{}, err
	}
	h, err := parseFloat(high)
	if err != nil {
		return Number{}, err
	}
	return Between(v, l, h), nil
}

func parseFloat(s string) (float64, error) {
	s = strings.TrimSpace(s)
	v, err := strconv.ParseFloat(s, 64)
	switch {
	case s == "":
		return 0, fmt.Errorf("there is no number")
	case err != nil:
		return 0, fmt.Errorf("%q is no number", s)
	case math.IsNaN(v) || math.IsInf(v, 0):
		return 0, fmt.Errorf("%q is not finite", s)
	}
	return v, nil
}

const howNumber = `write a number such as 80, a number with a range such as 80 (70..90), or ? when it is not known`

// Check returns an *Error with everything that is wrong with the table, nil when
// nothing is. Unknown numbers are not wrong: see Unknown.
func (t *Table) Check() error {
	p := &problems{file: t.File}
	if len(t.Actors) == 0 {
		p.add(0, "actors", "list at least one actor", "the table has no actors")
	}
	if len(t.Issues) == 0 {
		p.add(0, "issues", "list at least one issue", "the table has no issues")
	}
	if !slices.Contains([]Pairs{"", PairsListed, PairsAgreement, PairsZero}, t.Pairs) {
		p.add(0, "pairs", "write listed, agreement or zero", "%q says nothing about pairs without an entry", t.Pairs)
	}
	confidence := func(line int, c Confidence) {
		if c != "" && !slices.Contains(Confidences(), c) {
			p.add(line, "confidence", "write high, medium or low, or leave it out", "%q is no confidence", c)
		}
	}
	number := func(line int, field string, n Number, lo, hi float64, do string) {
		if !n.Known {
			return
		}
		bad := func(v float64) bool { return math.IsNaN(v) || v < lo || v > hi || math.IsInf(v, 0) }
		span := fmt.Sprintf("%s..%s", format(lo), format(hi))
		if math.IsInf(hi, 1) {
			span = "of " + format(lo) + " or more"
		}
		switch {
		case bad(n.Value):
			p.add(line, field, do, "%s lies outside the range %s", format(n.Value), span)
		case n.Ranged && (bad(n.Low) || bad(n.High)):
			p.add(line, field, do, "the range of %s lies outside %s", n, span)
		case n.Ranged && !(n.Low <= n.Value && n.Value <= n.High):
			p.add(line, field, "put the value between the two ends of its range, the lower end first", "%s does not lie in its own range", n)
		}
	}
	actors, issues := map[string]int{}, map[string]int{}
	for _, a := range t.Actors {
		switch first, dup := actors[a.ID]; {
		case !isID(a.ID):
			p.add(a.Line, "id", "give it a short id such as PAK, without commas, quotes or line ends", "an actor has the id %q", a.ID)
		case dup:
			p.add(a.Line, "id", "delete one of the two, or give it another id", "actor %s is listed twice%s", a.ID, lineNote(first))
		}
		actors[a.ID] = a.Line
		number(a.Line, "capability", a.Capability, 0, math.Inf(1), "give 0 or more")
		confidence(a.Line, a.Confidence)
	}
	for _, i := range t.Issues {
		switch first, dup := issues[i.ID]; {
		case !isID(i.ID):
			p.add(i.Line, "id", "give it a short id such as arms, without commas, quotes or line ends", "an issue has the id %q", i.ID)
		case dup:
			p.add(i.Line, "id", "delete one of the two, or give it another id", "issue %s is listed twice%s", i.ID, lineNote(first))
		}
		issues[i.ID] = i.Line
		if !(i.Lower < i.Upper) || math.IsInf(i.Upper-i.Lower, 0) {
			p.add(i.Line, "scale", "give the lower end first and the upper end after it, such as [0, 100]",
				"issue %s has the scale %s..%s", i.ID, format(i.Lower), format(i.Upper))
		}
	}
	cells := map[[2]string]int{}
	for _, c := range t.Cells {
		_, known := actors[c.Actor]
		if !known {
			p.add(c.Line, "actor", "add it to actors or correct the spelling"+near(c.Actor, t.actorIDs()), "there is no actor %q", c.Actor)
		}
		if _, ok := issues[c.Issue]; !ok {
			p.add(c.Line, "issue", "add it to issues or correct the spelling"+near(c.Issue, t.issueIDs()), "there is no issue %q", c.Issue)
			continue
		}
		key := [2]string{c.Actor, c.Issue}
		if first, dup := cells[key]; dup {
			p.add(c.Line, "actor, issue", "keep one of the two", "%s on %s is coded twice%s", c.Actor, c.Issue, lineNote(first))
		}
		cells[key] = c.Line
		issue := t.Issues[t.IssueIndex(c.Issue)]
		number(c.Line, "position", c.Position, issue.Lower, issue.Upper, "give a position on the scale of "+c.Issue+", or widen its scale")
		do := "give a share from 0 (does not care) to 1 (cares for nothing more)"
		if c.Salience.Known && c.Salience.Value > 1 && c.Salience.Value <= 100 {
			do = "divide by 100: saliences go from 0 to 1"
		}
		number(c.Line, "salience", c.Salience, 0, 1, do)
		number(c.Line, "capability", c.Capability, 0, math.Inf(1), "give 0 or more")
		confidence(c.Line, c.Confidence)
	}
	pairs := map[[2]string]int{}
	for _, e := range t.Propensities {
		for field, id := range map[string]string{"a": e.A, "b": e.B} {
			if _, ok := actors[id]; !ok {
				p.add(e.Line, field, "add it to actors or correct the spelling"+near(id, t.actorIDs()), "there is no actor %q", id)
			}
		}
		if e.A == e.B {
			p.add(e.Line, "a, b", "name two different actors", "%s stands on both sides of a propensity", e.A)
		}
		key := [2]string{e.A, e.B}
		if first, dup := pairs[key]; dup {
			p.add(e.Line, "a, b", "keep one of the two (an entry the other way round is averaged with it)", "the propensity of %s and %s is coded twice%s", e.A, e.B, lineNote(first))
		}
		pairs[key] = e.Line
		number(e.Line, "value", e.Value, -1, 1, "give a number from -1 (want to be apart) to 1 (want to be together)")
		confidence(e.Line, e.Confidence)
		if len(e.Parts) > 0 && e.Value.Known {
			sum := 0.
			for _, part := range e.Parts {
				sum += part.Value
			}
			if !(math.Abs(sum-e.Value.Value) <= 1e-9) {
				p.add(e.Line, "parts", "make the value the sum of its parts, or leave one of the two out",
					"the parts of %s and %s sum to %s, the value is %s", e.A, e.B, format(sum), format(e.Value.Value))
			}
		}
	}
	slices.SortStableFunc(p.list, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return strings.Compare(a.Field, b.Field) // map order above must not show
	})
	return p.err()
}

func lineNote(line int) string {
	if line > 0 {
		return fmt.Sprintf(", first in line %d", line)
	}
	return ""
}

func (t *Table) actorIDs() []string {
	var out []string
	for _, a := range t.Actors {
		out = append(out, a.ID)
	}
	return out
}

func (t *Table) issueIDs() []string {
	var out []string
	for _, i := range t.Issues {
		out = append(out, i.ID)
	}
	return out
}

// near names an id that differs from s in case or one letter only.
func near(s string, ids []string) string {
	for _, id := range ids {
		if strings.EqualFold(strings.TrimSpace(s), id) || oneEdit(strings.ToLower(s), strings.ToLower(id)) {
			return " (is it " + id + "?)"
		}
	}
	return ""
}

func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 3 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// Unknown lists the numbers that somebody still has to give, in table order: the
// models refuse a table that has any.
func (t *Table) Unknown() []Problem {
	p := &problems{file: t.File}
	do := "replace the ? by a number, best with a range: 60 (40..80)"
	for _, c := range t.Cells {
		where := c.Actor + " on " + c.Issue
		if !c.Position.Known {
			p.add(c.Line, "position", do, "the position of %s is not known", where)
		}
		if !c.Salience.Known {
			p.add(c.Line, "salience", do, "the salience of %s is not known", where)
		}
		if a := t.ActorIndex(c.Actor); !c.Capability.Known && a >= 0 && !t.Actors[a].Capability.Known {
			p.add(c.Line, "capability", "give "+c.Actor+" a capability, for all issues or in this cell", "the capability of %s is not known", where)
		}
	}
	listed := map[[2]string]bool{}
	for _, e := range t.Propensities {
		listed[[2]string{e.A, e.B}], listed[[2]string{e.B, e.A}] = true, true
		if !e.Value.Known {
			p.add(e.Line, "value", do, "the propensity of %s and %s is not known", e.A, e.B)
		}
	}
	if t.pairs() == PairsListed {
		for i, a := range t.Actors {
			for _, b := range t.Actors[i+1:] {
				if !listed[[2]string{a.ID, b.ID}] {
					p.add(0, "propensities", "add an entry, or write pairs: agreement or pairs: zero at the top of the file",
						"there is no propensity of %s and %s", a.ID, b.ID)
				}
			}
		}
	}
	return p.list
}
