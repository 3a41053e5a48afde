package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// markdown writes text that no reader of Markdown takes for anything else:
// what could begin a mark, a tag, an entity or a cell is escaped.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '\\', '`', '*', '_', '{', '}', '[', ']', '#', '!', '|', '~':
			b.WriteRune('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	// An address would become a link of itself.
	return strings.NewReplacer("://", "&#58;//", "www.", "www&#46;").Replace(b.String())
}

// Markdown writes the brief as Markdown with tables (GitHub's dialect).
func (b *Brief) Markdown(w io.Writer) error {
	var out bytes.Buffer
	say := func(format string, args ...any) { fmt.Fprintf(&out, format, args...) }
	m := markdown
	cites := func(numbers ...int) string {
		var s string
		for _, n := range numbers {
			if n > 0 {
				s += fmt.Sprintf(" \\[[%d](#c%d)\\]", n, n)
			}
		}
		return s
	}
	say("# %s and %s\n\n*A brief of the relation", m(b.A.String()), m(b.B.String()))
	if b.Period != "" {
		say(", %s", b.Period)
	}
	if b.Source != "" {
		say(", as %s tells it", m(b.Source))
	}
	say(".*\n\n")
	for _, f := range b.Facts {
		say("%s\n", m(f))
	}
	say("\n## The account\n\n")
	if len(b.Rows) == 0 {
		say("Nothing passes between them in this period.\n")
	} else {
		say("| %s gives | | %s gives |\n| --- | :-: | --- |\n", m(b.A.String()), m(b.B.String()))
		for _, r := range b.Rows {
			tie := ""
			if r.Tied {
				tie = "⇄"
			}
			say("| %s | %s | %s |\n", cell(r.Left, cites), tie, cell(r.Right, cites))
		}
		say("\n⇄ joins what the texts present as given in return for each other.\n")
	}
	say("\n## Words and deeds\n\n")
	if b.Words != "" {
		say("%s\n\n", b.Words)
	}
	say("| | happenings | words for | deeds for | words against | deeds against | net cooperation |\n| --- | --: | --: | --: | --: | --: | --: |\n")
	for _, t := range b.Totals {
		say("| %s | %d | %d | %d | %d | %d | %s |\n", m(t.Name), t.Happenings, t.WordsFor, t.DeedsFor, t.WordsAgainst, t.DeedsAgainst, t.Net)
	}
	if len(b.Table) > 0 {
		say("\nBy %s, with the band that holds the truth with %d %% probability; periods without reports are left out:\n\n", b.Series.By, b.Series.Level)
		say("| | words for | against | net in words | deeds for | against | net in deeds |\n| --- | --: | --: | --: | --: | --: | --: |\n")
		for _, p := range b.Table {
			say("| %s | %d | %d | %s | %d | %d | %s |\n", p.Name, p.WordsFor, p.WordsAgainst, p.Words, p.DeedsFor, p.DeedsAgainst, p.Deeds)
		}
	}
	if len(b.Promises) > 0 {
		say("\n## Open promises\n\nOffered, asked for, planned, threatened or agreed, and no article read says what became of it.\n\n")
		say("| line | who to whom | what | stands at | since | age |\n| --: | --- | --- | --- | --- | --: |\n")
		for _, p := range b.Promises {
			say("| %d | %s to %s | %s%s | %s %s | %s | %s |\n", p.N, m(p.Giver), m(p.Taker), m(p.What), cites(p.Cite), shapes[p.Status], p.Status, p.Since, p.Age)
		}
	}
	if len(b.Findings) > 0 {
		say("\n## Where the accounts differ\n\n")
		for _, f := range b.Findings {
			say("- **%s**: %s (%d %% sure)\n", f.Kind, m(f.About), f.Sure)
			for _, p := range f.Passages {
				says := m(p.Says)
				if says == "" {
					says = "the passage"
				}
				say("  - %s%s\n", says, cites(p.Cites...))
			}
		}
		if b.Left > 0 {
			say("\n%d less certain ones are left out.\n", b.Left)
		}
	}
	if len(b.Forecasts) > 0 {
		say("\n## Forecasts\n")
		for _, g := range b.Forecasts {
			say("\n### %s\n\n| who | foretold | how firmly | by |\n| --- | --- | --- | --- |\n", g.Head)
			for _, f := range g.Forecasts {
				about := m(f.About) + cites(f.Cite)
				if f.If != "" {
					about += " (if: " + m(f.If) + ")"
				}
				if f.Outcome != "" {
					about += " **" + m(f.Outcome) + "**"
				}
				say("| %s | %s | %s | %s |\n", m(f.Holder), about, m(f.Hedge), f.By)
			}
			if g.Left > 0 {
				say("\n%d more are left out.\n", g.Left)
			}
		}
	}
	if len(b.Citations) > 0 {
		say("\n## Passages\n\n")
		for _, c := range b.Citations {
			say("<a id=\"c%d\"></a>\\[%d\\] “%s” %s, *%s*", c.N, c.N, m(c.Quote), m(c.Source), m(c.Title))
			if c.Date != "" {
				say(", %s", c.Date)
			}
			say(".")
			if c.Address != "" {
				say(" <%s>", angled(c.Address))
			}
			if c.Reader != "" {
				say(" [In the record](<%s>)", angled(c.Reader))
			}
			say("\n\n")
		}
	}
	say("---\n\nMade by Chancery (reader %s) on %s from the articles in its record. It says what the texts say, never who is right, and a program read them: look at the passage before quoting a line.\n", m(b.Version), b.Made)
	_, err := w.Write(out.Bytes())
	return err
}

// angled makes an address fit between angle brackets.
func angled(s string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C", "`", "%60").Replace(s)
}

// cell sets a line of the ledger in a cell.
func cell(l *Line, cites func(...int) string) string {
	if l == nil {
		return ""
	}
	m := markdown
	s := fmt.Sprintf("%d **%s**: %s", l.N, l.Kind, m(l.Phrase))
	if l.Amount != "" {
		s += " (" + m(l.Amount) + ")"
	}
	for _, t := range l.Steps {
		s += "<br>" + shapes[t.Status] + " " + string(t.Status)
		if t.Date != "" {
			s += " " + t.Date
		}
		if t.Says != "" {
			s += ", says " + m(t.Says)
		}
		s += cites(t.Cite)
	}
	if len(l.Again) > 0 {
		s += "<br>told again" + cites(l.Again...)
		if l.More > 0 {
			s += " and " + count(l.More, "time") + " more"
		}
	}
	if l.Open != "" {
		s += "<br>*" + l.Open + "*"
	}
	if len(l.InReturn) > 0 {
		var n []string
		for _, r := range l.InReturn {
			n = append(n, strconv.Itoa(r))
		}
		s += "<br>⇄ in return for " + strings.Join(n, ", ")
	}
	return s
}
