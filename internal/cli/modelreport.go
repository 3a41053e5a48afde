package cli

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"chancery/model/whatif"
)

// report sets a what-if for a person.
func (s *session) report(r *whatif.Report, opts whatif.RunOptions) error {
	out := bufio.NewWriter(s.out)
	w := modelWriter{session: s, out: out}
	w.picture(r.Base)
	if r.Differences != nil {
		name := r.Patch
		if name == "" {
			name = "the change"
		}
		w.differences(name, r, opts.Notable)
	}
	if r.Levers != nil {
		w.levers(r.Levers, opts.Notable)
	}
	if r.BaseDraws != nil {
		w.draws("What holds when the numbers are drawn anew", r.BaseDraws)
	}
	if r.PatchDraws != nil {
		w.draws("The same with "+r.Patch, r.PatchDraws)
	}
	if r.Holds != nil {
		w.holds(r.Holds, opts.Notable)
	}
	if w.err != nil {
		return w.err
	}
	return out.Flush()
}

// modelWriter writes parts of a report; the first error stops it.
type modelWriter struct {
	*session
	out io.Writer
	err error
}

func (w *modelWriter) say(parts ...line) {
	if w.err == nil {
		for _, l := range flat(parts).wrap(min(w.terminal.width, 110)) {
			if _, w.err = fmt.Fprintln(w.out, w.terminal.String(l)); w.err != nil {
				return
			}
		}
	}
}

// item says something with a hanging indent of four.
func (w *modelWriter) item(parts ...line) {
	if w.err != nil {
		return
	}
	for i, l := range flat(parts).wrap(min(w.terminal.width, 110) - 4) {
		lead := "    "
		if i == 0 {
			lead = "  · "
		}
		if _, w.err = fmt.Fprintln(w.out, lead+w.terminal.String(l)); w.err != nil {
			return
		}
	}
}

func (w *modelWriter) head(s string) {
	w.say(line{})
	w.say(styled(s, bold))
}

func (w *modelWriter) table(t *sheet) {
	if w.err == nil {
		w.err = t.write(w.out, w.terminal)
	}
}

func num(v float64, digits int) string {
	s := fmt.Sprintf("%.*f", digits, v)
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return strings.ReplaceAll(s, "-", "−")
}

func signed(v float64, digits int) string {
	s := num(v, digits)
	if v > 0 && strings.Trim(s, "0.") != "" {
		return "+" + s
	}
	return s
}

func share(v float64) string {
	switch {
	case v > 0 && v < .005:
		return "<1 %"
	case v < 1 && v >= .995:
		return ">99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*v)
}

// gauge is a bar of n cells, v of 0..1 full.
func gauge(v float64, n int) string {
	full := int(math.Round(max(0, min(1, v)) * float64(n)))
	return strings.Repeat("█", full) + strings.Repeat("·", n-full)
}

// track shows a move on a scale of 0..100: ○ where it was, ● where it is.
func track(from, to float64) string {
	const cells = 25
	at := func(v float64) int { return int(math.Round(max(0, min(100, v)) / 100 * (cells - 1))) }
	row := []rune(strings.Repeat("─", cells))
	a, b := at(from), at(to)
	for i := min(a, b); i <= max(a, b); i++ {
		row[i] = '━'
	}
	row[a], row[b] = '○', '●'
	return string(row)
}

func (w *modelWriter) picture(p *whatif.Picture) {
	title := p.Head.Title
	if title == "" {
		title = "The table"
	}
	w.say(styled(title, bold))
	w.say(styled(fmt.Sprintf("table %s, %s, %s, seed %d, %s", p.Head.Table, plural(len(p.Actors), "actor"), plural(len(p.Issues), "issue"), p.Head.Seed,
		plural(p.Head.Ties, "tie")), dim))
	if p.Head.Derived {
		w.say(words("Propensities of some pairs are derived from how far the two agree on the issues."))
	}
	if a := p.Head.Asymmetry; a != nil {
		w.say(words(fmt.Sprintf("The two entries of %s and %s differ by %s; their mean is used.", a.A, a.B, num(a.Difference, 2))))
	}
	w.camps(p)
	w.deals(p)
	w.pressure(p)
	if len(p.Clashes) > 0 {
		w.head("Where the models contradict each other")
		camps := 0
		for _, c := range p.Clashes {
			if c.Kind == "camps" {
				camps++
				continue
			}
			w.item(words(c.What))
		}
		if camps > 0 {
			w.item(words(fmt.Sprintf("%d of %s of the first round join actors of opposite camps: what divides them does not keep them from trading.",
				camps, plural(len(p.Deals.Exchanges), "exchange"))))
		}
	}
}

const maxMinima = 5

func (w *modelWriter) camps(p *whatif.Picture) {
	c := p.Camps
	how := "every split was counted"
	if !c.Exact {
		how = "found by descents from random starts; there may be others"
	}
	w.head("Camps")
	w.say(words(fmt.Sprintf("%s stable (%s). The lower the energy, the less the two camps grate.", plural(len(c.Minima), "split"), how)))
	t := &sheet{columns: []column{{name: ""}, {name: "one camp", loose: true}, {name: "the other", loose: true}, {name: "energy", right: true}, {name: "basin", right: true}, {name: "climb", right: true}}}
	for i, m := range c.Minima[:min(maxMinima, len(c.Minima))] {
		climb := ""
		if i > 0 {
			climb = num(m.Climb, 1)
		}
		t.add(nil, words(itoa(i+1)), words(m.Split[0].String()), words(m.Split[1].String()), words(num(m.Energy, 1)), words(share(m.Share)), words(climb))
	}
	w.table(t)
	if n := len(c.Minima) - maxMinima; n > 0 {
		w.say(styled(fmt.Sprintf("and %d more", n), dim))
	}
	w.say(line{})
	w.say(words("Who could be moved out of the first split, the cheapest first. The price is in units of frustration; a patron pays it by raising his propensity with the actor. Pulled both ways: 1 is torn, 0 is firm."))
	t = &sheet{columns: []column{{name: "actor"}, {name: "size", right: true}, {name: "pulled both ways"}, {name: "price", right: true}, {name: "cheapest patron"}, {name: "raise", right: true},
		{name: "lasts"}, {name: "who follows", loose: true}}}
	for _, x := range c.Wedges {
		k := slices.IndexFunc(c.Actors, func(a whatif.Standing) bool { return a.Actor == x.Actor })
		a := c.Actors[k]
		raise := ""
		if x.Patron != "" {
			raise = signed(x.Raise, 2)
			if !x.Feasible {
				raise += " (beyond 1)"
			}
		}
		lasts := "no"
		if x.Lasts {
			lasts = "yes"
		}
		t.add(nil, styled(x.Actor, bold), words(num(a.Size, 1)), words(gauge(a.Hedge, 8)+" "+num(a.Hedge, 2)), words(num(x.Payment, 1)), words(x.Patron), words(raise), words(lasts),
			words(strings.Join(x.Followers, " ")))
	}
	w.table(t)
	if len(c.Swings) > 0 {
		w.say(line{})
		say := "Single propensities on which the first split hangs (change needed, and what it becomes):"
		if c.Bounded {
			say = "Single propensities on which the first split hangs (upper bounds of the change needed):"
		}
		w.say(words(say))
		for _, x := range c.Swings[:min(5, len(c.Swings))] {
			note := ""
			if !x.Possible {
				note = ", beyond the scale"
			}
			w.item(styled(x.A+" and "+x.B, bold), words(fmt.Sprintf(": %s by %s%s → %s", num(x.Propensity, 2), signed(x.Change, 2), note, x.Becomes)))
		}
	}
}

const maxExchanges = 10

func (w *modelWriter) deals(p *whatif.Picture) {
	d := p.Deals
	w.head("Deals")
	w.say(words(fmt.Sprintf("%s in the first round, %d in %s.", plural(len(d.Exchanges), "exchange"), d.Total, plural(d.Rounds, "round"))))
	t := &sheet{columns: []column{{name: "issue"}, {name: "before", right: true}, {name: "after", right: true}, {name: "0" + strings.Repeat(blank, 21) + "100"}, {name: "last round", right: true}}}
	for _, o := range d.Outcomes {
		t.add(nil, words(o.Issue), words(num(o.Before, 1)), words(num(o.After, 1)), words(track(o.Before, o.After)), words(num(o.Final, 1)))
	}
	w.table(t)
	w.say(line{})
	for i, e := range d.Exchanges {
		if i == maxExchanges {
			w.say(styled(fmt.Sprintf("and %d more; --json has them all", len(d.Exchanges)-i), dim))
			break
		}
		a, b := e.Gives[0], e.Gives[1]
		give := func(g whatif.Gives) line {
			return styled(g.Actor, bold).add(words(fmt.Sprintf(" on %s %s→%s (%s)", g.Issue, num(g.From, 0), num(g.To, 0), signed(g.Shift, 1))))
		}
		var others []string
		for _, x := range e.Externalities {
			if math.Abs(x.Worth) >= .005 {
				others = append(others, x.Actor+" "+signed(x.Worth, 2))
			}
		}
		if len(others) == 0 {
			others = []string{"nobody"}
		}
		w.item(give(a), words(" for "), give(b), words(fmt.Sprintf(": %s each", signed(e.Gain, 2))), styled("; others: "+strings.Join(others, ", "), dim))
	}
	w.say(line{})
	w.say(words(fmt.Sprintf("What the first round is worth to each (salience × points nearer); %s worse off than without any deal:", are(d.Losers))))
	var parts []string
	for _, x := range d.Welfare {
		parts = append(parts, x.Actor+" "+signed(x.Worth, 1))
	}
	w.say(words(listed(parts)))
	w.links(d.Links)
}

// listed joins parts that are not to be broken across lines.
func listed(parts []string) string {
	kept := make([]string, len(parts))
	for i, p := range parts {
		kept[i] = strings.ReplaceAll(p, " ", blank)
	}
	return strings.Join(kept, " · ")
}

// links says what hangs on the most telling links.
func (w *modelWriter) links(links []whatif.Link) {
	said := false
	for i, l := range links {
		if i == 3 || len(l.Effects) == 0 {
			break
		}
		if !said {
			said = true
			w.say(line{})
			w.say(words("What the outcomes owe to two issues being tradable against each other:"))
		}
		var parts []string
		for _, e := range l.Effects {
			parts = append(parts, e.Issue+" "+signed(e.Change, 1))
		}
		w.item(styled(l.Issues[0]+" for "+l.Issues[1], bold), words(": "+listed(parts)))
	}
}

func are(n int) string {
	if n == 1 {
		return "1 is"
	}
	return fmt.Sprintf("%d are", n)
}

func (w *modelWriter) pressure(p *whatif.Picture) {
	w.head("Pressure")
	w.say(words("Where each issue's mean goes by the bargaining model, in its three readings. They often disagree; the model shows who presses whom, not what will be."))
	t := &sheet{columns: []column{{name: "issue"}, {name: "mean", right: true}}}
	if len(p.Pressure) > 0 {
		for _, m := range p.Pressure[0].Modes {
			t.columns = append(t.columns, column{name: string(m.Mode), right: true})
		}
	}
	t.columns = append(t.columns, column{name: ""}, column{name: "first moves (default reading)", loose: true})
	for _, x := range p.Pressure {
		cells := []line{words(x.Issue), words(num(x.Modes[0].MeanStart, 1))}
		for _, m := range x.Modes {
			cells = append(cells, words(num(m.Mean, 1)))
		}
		agree := styled("disagree", yellow)
		if x.Agree {
			agree = words("agree")
		}
		var moves []string
		for _, m := range x.Modes[0].Moves {
			moves = append(moves, fmt.Sprintf("%s by %s %s→%s", m.Actor, m.By, num(m.From, 0), num(m.To, 0)))
		}
		t.add(nil, append(cells, agree, words(strings.Join(moves, ", ")))...)
	}
	w.table(t)
}

func (w *modelWriter) differences(name string, r *whatif.Report, notable float64) {
	d := r.Differences
	w.head("With " + name)
	if d.MapChanges {
		w.say(words("Camps: "), styled(strings.Join(d.Moved, " ")+" cross", bold), words("; now "+r.Patched.Camps.Lowest.String()))
	} else {
		w.say(words("Camps: as before, " + r.Patched.Camps.Lowest.String()))
	}
	t := &sheet{columns: []column{{name: "issue"}, {name: "deals", right: true}, {name: "with it", right: true}, {name: "change", right: true}, {name: "pressure", right: true},
		{name: "with it", right: true}, {name: "change", right: true}, {name: ""}}}
	for _, o := range d.Outcomes {
		mark := words("")
		if o.Notable {
			mark = styled("◀", yellow)
		}
		t.add(nil, words(o.Issue), words(num(o.BaseAfter, 1)), words(num(o.PatchedAfter, 1)), words(signed(o.PatchedAfter-o.BaseAfter, 1)),
			words(num(o.BaseMean, 1)), words(num(o.PatchedMean, 1)), words(signed(o.PatchedMean-o.BaseMean, 1)), mark)
	}
	w.table(t)
	w.say(styled(fmt.Sprintf("◀ moves by %s points or more", num(notable, 0)), dim))
	list := func(what string, deals []string) {
		if len(deals) == 0 {
			return
		}
		w.say(words(fmt.Sprintf("%s (%d):", what, len(deals))))
		for i, x := range deals {
			if i == 6 {
				w.say(styled(fmt.Sprintf("    and %d more", len(deals)-i), dim))
				break
			}
			w.item(words(x))
		}
	}
	list("New deals", d.NewDeals)
	list("Deals that fall away", d.LostDeals)
	var parts []string
	for _, x := range d.Welfare {
		parts = append(parts, fmt.Sprintf("%s %s→%s", x.Actor, signed(x.Base, 1), signed(x.Patched, 1)))
	}
	w.say(words("What the deals are worth: " + listed(parts)))
}

func (w *modelWriter) levers(targets []whatif.Target, notable float64) {
	w.head("The smallest change of one number")
	w.say(words(fmt.Sprintf("that turns the camps, or moves an issue's outcome by %s points or more (its size as a share of the number's scale):", num(notable, 0))))
	for _, x := range targets {
		if len(x.Levers) == 0 {
			w.item(styled(x.Target, bold), words(": no single number does it"))
			continue
		}
		l := x.Levers[0]
		what := l.Number + " of " + l.Actor
		switch {
		case l.Number == "propensity":
			what += " and " + l.Other
		case l.Other != "":
			what += " on " + l.Other
		}
		effect := ""
		if l.Becomes != nil {
			effect = " → " + l.Becomes.String()
		} else if l.Before != nil {
			effect = ": the outcome slides to " + num(*l.After, 1)
			if math.Abs(*l.After-*l.Before) >= 1 {
				effect = fmt.Sprintf(": there the outcome jumps from %s to %s", num(*l.Before, 1), num(*l.After, 1))
			}
		}
		w.item(styled(x.Target, bold), words(fmt.Sprintf(": %s from %s to %s (%s)%s", what, num(l.From, 2), num(l.To, 2), share(l.Share), effect)))
	}
}

func (w *modelWriter) draws(title string, d *whatif.Draws) {
	w.head(title)
	w.say(styled(fmt.Sprintf("%s, seed %d", plural(d.Draws, "draw"), d.Seed), dim))
	if d.Failed > 0 {
		w.say(words(fmt.Sprintf("%s left an issue without weight and %s not counted.", plural(d.Failed, "draw"), map[bool]string{true: "is", false: "are"}[d.Failed == 1])))
	}
	w.say(words(fmt.Sprintf("The split of the coded table is the lowest in %s of draws:", share(d.Same))))
	for _, m := range d.Maps[:min(4, len(d.Maps))] {
		w.item(words(share(m.Share)+"  "), words(m.Split.String()))
	}
	if len(d.Side) > 0 {
		w.say(words("In the camp of " + d.Side[0].With + ":"))
		side := slices.Clone(d.Side)
		slices.SortStableFunc(side, func(a, b whatif.CampShare) int {
			switch {
			case a.Share > b.Share:
				return -1
			case a.Share < b.Share:
				return 1
			}
			return 0
		})
		var parts []string
		for _, x := range side {
			parts = append(parts, x.Actor+" "+share(x.Share))
		}
		w.say(words(listed(parts)))
	}
	t := &sheet{columns: []column{{name: "issue"}, {name: "after deals (5 50 95 %)", right: true}, {name: "deals up", right: true}, {name: "down", right: true},
		{name: "under pressure", right: true}, {name: "up", right: true}, {name: "down", right: true}}}
	band := func(q whatif.Quantiles) line {
		return words(fmt.Sprintf("%s %s %s", num(q.Low, 0), num(q.Middle, 0), num(q.High, 0)))
	}
	for _, x := range d.Issues {
		t.add(nil, words(x.Issue), band(x.After), words(share(x.Up)), words(share(x.Down)), band(x.Mean), words(share(x.PressUp)), words(share(x.PressDown)))
	}
	w.table(t)
	if len(d.Deals) > 0 {
		w.say(line{})
		w.say(words("The commonest deals:"))
		for _, x := range d.Deals[:min(6, len(d.Deals))] {
			w.item(words(fmt.Sprintf("%s  %s gives way on %s, %s on %s (median gain %s)", share(x.Share), x.A, x.AGives, x.B, x.BGives, num(x.Gain, 1))))
		}
	}
	var parts []string
	for _, x := range d.Losers {
		parts = append(parts, x.Actor+" "+share(x.Share))
	}
	w.say(words("Worse off for the deals in: " + listed(parts)))
}

func (w *modelWriter) holds(h *whatif.Holds, notable float64) {
	w.head("What the change does over the draws")
	w.say(words(fmt.Sprintf("Both tables drawn alike, %s. The camps differ in %s of them.", plural(h.Draws, "time"), share(h.MapChanges))))
	var parts []string
	for _, x := range h.Moved {
		if x.Share > 0 {
			parts = append(parts, x.Actor+" "+share(x.Share))
		}
	}
	if len(parts) > 0 {
		w.say(words("Crosses: " + listed(parts)))
	}
	t := &sheet{columns: []column{{name: "issue"}, {name: "deals, change (5 50 95 %)", right: true}, {name: fmt.Sprintf("up by %s", num(notable, 0)), right: true},
		{name: fmt.Sprintf("down by %s", num(notable, 0)), right: true}, {name: "pressure, change (5 50 95 %)", right: true}}}
	band := func(q whatif.Quantiles) line {
		return words(fmt.Sprintf("%s %s %s", signed(q.Low, 1), signed(q.Middle, 1), signed(q.High, 1)))
	}
	for _, x := range h.Issues {
		t.add(nil, words(x.Issue), band(x.Deals), words(share(x.Up)), words(share(x.Down)), band(x.Pressure))
	}
	w.table(t)
}
