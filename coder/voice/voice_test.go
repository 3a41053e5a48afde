package voice_test

import (
	"strings"
	"testing"

	"chancery"
	"chancery/coder/actor"
	"chancery/coder/voice"
	"chancery/english"
)

func TestChain(t *testing.T) {
	p, err := english.Load()
	if err != nil {
		t.Fatal(err)
	}
	g, err := actor.New(actor.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, verb string
		want       string // kinds and names, from the article inward
	}{
		{"Kenya closed the port.", "closed", ""},
		{"The minister said that Kenya closed the port.", "closed", "minister"},
		{"Kenya closed the port, according to the Coast Gazette.", "closed", "outlet:Coast Gazette"},
		{"According to unnamed sources, Kenya closed the port.", "closed", "unnamed:unnamed sources"},
		{"Kenya reportedly closed the port.", "closed", "unnamed:reportedly"},
		{"Kenya closed the port, officials said.", "closed", "unnamed:officials"},
		{"The port is believed to belong to Kenya.", "belong", "unnamed:believed"},
		{"Analysts say the port was sold. In return, Kenya sought a loan.", "sought", "unnamed:Analysts"},
		{"Anna Berg of Sweden warned that Kenya sold the port.", "sold", "speaker:Anna Berg"},
		{"The visit suggests that Kenya sold the port.", "sold", ""},
		{"“Kenya sold the port,” said Anna Berg.", "sold", "speaker:Anna Berg"},
	} {
		doc := p.Parse(c.text)
		cast := g.Cast(doc, &chancery.Article{Text: c.text})
		found := false
		for i := range doc.Sentences {
			for j, tok := range doc.Sentences[i].Tokens {
				if tok.Form != c.verb {
					continue
				}
				found = true
				var got []string
				for _, a := range voice.Chain(doc, cast, i, j) {
					got = append(got, string(a.Kind)+":"+a.Name)
				}
				if s := strings.Join(got, " "); s != c.want && !(c.want == "minister" && strings.Contains(s, "minister")) {
					t.Errorf("%q: %q is said by %q, want %q", c.text, c.verb, s, c.want)
				}
			}
		}
		if !found {
			t.Errorf("%q: no token %q", c.text, c.verb)
		}
	}
}
