package english

import (
	"strings"
	"testing"
)

// chainsOf writes the chains as "Ann Holt = she = Holt", one a line; a group
// has its members' first mentions in brackets.
func chainsOf(doc *Doc) []string {
	var out []string
	for _, c := range doc.Chains {
		var parts []string
		for _, m := range c.Mentions {
			parts = append(parts, m.Of(doc.Text))
		}
		line := strings.Join(parts, " = ")
		var members []string
		for _, k := range c.Members {
			members = append(members, doc.Chains[k].Mentions[0].Of(doc.Text))
		}
		if members != nil {
			line += " [" + strings.Join(members, ", ") + "]"
		}
		out = append(out, line)
	}
	return out
}

func TestChains(t *testing.T) {
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"a shortened name", "President Maria Silva arrived in Lisbon on Monday. Silva met the press.", "President Maria Silva = Silva"},
		{"a pronoun", "President Maria Silva arrived in Lisbon on Monday. She met the press.", "President Maria Silva = She"},
		{"a man and a woman", "Peter Lund welcomed Maria Silva. He thanked her.", "Peter Lund = He"},
		{"an apposition", "Norway's foreign minister, Peter Lund, left early.", "Norway’s foreign minister = Peter Lund"},
		{"another name of a state", "The United States signed the treaty. The U.S. will ratify it.", "The United States = The U.S. = it"},
		{"the speaker of a quotation", "Maria Silva left the meeting early. “I am tired,” Peter Lund said.", "I = Peter Lund"},
		{"a tag after a quotation", "Maria Silva left the meeting early.\n\n“I wanted peace” – Peter Lund", "I = Peter Lund"},
		{"a group", "Chad and Niger reopened the border. The two countries signed a treaty.", "The two countries [Chad, Niger]"},
	} {
		text := strings.ReplaceAll(c.text, "'", "’")
		got := chainsOf(p.Parse(text))
		found := false
		for _, line := range got {
			found = found || line == c.want
		}
		if !found {
			t.Errorf("%s: %q\n got %q\nwant %q among them", c.name, text, got, c.want)
		}
	}
}
