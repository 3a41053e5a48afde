package event

import (
	"slices"
	"strings"
	"testing"

	"chancery"
	"chancery/english"
)

// grow makes a sentence of lines "form UPOS head relation [lemma]", heads
// counted from 1, 0 for the root.
func grow(t *testing.T, lines ...string) *tree {
	t.Helper()
	s := &english.Sentence{}
	at := 0
	for _, line := range lines {
		f := strings.Fields(line)
		if len(f) < 4 {
			t.Fatalf("token %q", line)
		}
		head := 0
		for _, c := range f[2] {
			head = head*10 + int(c-'0')
		}
		tok := english.Token{Span: english.Span{Start: at, End: at + len(f[0])}, Form: f[0], Lemma: strings.ToLower(f[0]), UPOS: f[1], Head: head - 1, Rel: f[3]}
		if len(f) > 4 {
			tok.Lemma = f[4]
		}
		if len(f) > 5 {
			tok.XPOS = f[5]
		}
		s.Tokens = append(s.Tokens, tok)
		at += len(f[0]) + 1
	}
	s.Span = english.Span{Start: 0, End: at}
	return plant(s)
}

// named is a cast in which every proper noun is a party named after itself.
type named struct{ t *tree }

func (n named) Party(_, i int) (chancery.Party, bool) {
	if n.t.Tokens[i].UPOS != "PROPN" {
		return chancery.Party{}, false
	}
	return chancery.Party{Code: strings.ToUpper(n.t.Tokens[i].Form[:3]), Name: n.t.Tokens[i].Form}, true
}

func (n named) Kind(_, _ int) string { return "" }

func (n named) Town(_, _ int) string { return "" }

func (n named) Parties(s, i int) []chancery.Party {
	var out []chancery.Party
	if p, ok := n.Party(s, i); ok {
		out = append(out, p)
	}
	for _, c := range n.t.kids[i] {
		if n.t.rel(c) == "conj" {
			out = append(out, n.Parties(s, c)...)
		}
	}
	return out
}

func TestCandidates(t *testing.T) {
	for _, c := range []struct {
		name string
		tree []string
		want string // "trigger: actors > recipients [path]" joined by "; "
	}{
		{"active", []string{"Japan PROPN 2 nsubj", "condemned VERB 0 root condemn", "Peru PROPN 2 obj"},
			"condemned: Japan > Peru [condemn]"},
		{"passive", []string{"Peru PROPN 3 nsubj:pass", "was AUX 3 aux:pass be", "condemned VERB 0 root condemn", "by ADP 5 case", "Japan PROPN 3 obl:agent"},
			"condemned: Japan > Peru [condemn]"},
		{"control", []string{"Japan PROPN 2 nsubj", "agreed VERB 0 root agree", "to PART 4 mark", "lift VERB 2 xcomp", "sanctions NOUN 4 obj sanction", "on ADP 7 case", "Peru PROPN 5 nmod"},
			"agreed: Japan > Peru [agree lift sanction]"},
		{"relative clause", []string{"Japan PROPN 7 nsubj", "which PRON 3 nsubj", "attacked VERB 1 acl:relcl attack", "Peru PROPN 3 obj", ", PUNCT 7 punct", "is AUX 7 cop be", "large ADJ 0 root"},
			"attacked: Japan > Peru [attack]; large: Japan > - [large]"},
		{"two on one side", []string{"Japan PROPN 4 nsubj", "and CCONJ 3 cc", "Peru PROPN 1 conj", "met VERB 0 root meet"},
			"met: Japan,Peru = [meet]"},
		{"between", []string{"talks NOUN 6 nsubj talk", "between ADP 3 case", "Japan PROPN 1 nmod", "and CCONJ 5 cc", "Peru PROPN 3 conj", "failed VERB 0 root fail"},
			"talks: Japan,Peru = [fail talk]"},
		{"possessor", []string{"Japan PROPN 3 nmod:poss", "'s PART 1 case", "attack NOUN 6 nsubj", "on ADP 5 case", "Peru PROPN 3 nmod", "failed VERB 0 root fail"},
			"attack: Japan > Peru [fail attack]; failed: Japan > - [fail]"},
		{"the nearest party first", []string{"Japan PROPN 2 nsubj", "sent VERB 0 root send", "Toyota PROPN 2 obj", "to ADP 5 case", "Peru PROPN 2 obl"},
			"sent: Japan > Toyota [send]; sent: Japan > Peru [send]"},
		{"the charge is no act of its own", []string{"Japan PROPN 2 nsubj", "accused VERB 0 root accuse", "Peru PROPN 2 obj", "of SCONJ 5 mark", "arming VERB 2 advcl arm", "Chad PROPN 5 obj"},
			"accused: Japan > Peru [accuse]; accused: Japan > Chad [accuse arm]"},
		{"not a party: according to", []string{"Japan PROPN 2 nsubj", "grew VERB 0 root grow", "than ADP 4 case", "Peru PROPN 2 obl"},
			"grew: Japan > - [grow]"},
		{"nobody acts", []string{"It PRON 2 nsubj", "rained VERB 0 root rain", "in ADP 4 case", "Peru PROPN 2 obl"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := grow(t, c.tree...)
			var got []string
			for _, k := range candidates(&finder{tree: tr, cast: named{tr}}) {
				names := func(parties []chancery.Party) string {
					var out []string
					for _, p := range parties {
						out = append(out, p.Name)
					}
					if out == nil {
						return "-"
					}
					return strings.Join(out, ",")
				}
				var path []string
				for _, i := range k.path {
					path = append(path, tr.lemmas[i])
				}
				between := " > " + names(k.recipient.parties)
				if k.reciprocal {
					between = " ="
				}
				got = append(got, tr.Tokens[k.trigger].Form+": "+names(k.actor.parties)+between+" ["+strings.Join(path, " ")+"]")
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%v\n got %s\nwant %s", c.tree, s, c.want)
			}
		})
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		name string
		tree []string
		typ  chancery.EventType
		want chancery.Status
		ok   bool
	}{
		{"told as past", []string{"Japan PROPN 2 nsubj", "attacked VERB 0 root attack", "Peru PROPN 2 obj"}, chancery.Assault, chancery.Happened, true},
		{"not", []string{"Japan PROPN 4 nsubj", "did AUX 4 aux do", "not PART 4 advmod", "attack VERB 0 root", "Peru PROPN 4 obj"}, chancery.Assault, chancery.Denied, false},
		{"never", []string{"Japan PROPN 3 nsubj", "never ADV 3 advmod", "helped VERB 0 root help", "Peru PROPN 3 obj"}, chancery.Aid, chancery.Withheld, true},
		{"will", []string{"Japan PROPN 3 nsubj", "will AUX 3 aux will MD", "help VERB 0 root", "Peru PROPN 3 obj"}, chancery.Aid, chancery.Planned, true},
		{"should", []string{"Japan PROPN 3 nsubj", "should AUX 3 aux should MD", "help VERB 0 root", "Peru PROPN 3 obj"}, chancery.Aid, chancery.Proposed, true},
		{"if", []string{"if SCONJ 3 mark", "Japan PROPN 3 nsubj", "attacks VERB 5 advcl attack", "Peru PROPN 3 obj", "wait VERB 0 root"}, chancery.Assault, chancery.Proposed, false},
		{"offered", []string{"Japan PROPN 2 nsubj", "offered VERB 0 root offer", "Peru PROPN 2 iobj", "loans NOUN 2 obj loan"}, chancery.Agree, chancery.Offered, true},
		{"agreed", []string{"Japan PROPN 2 nsubj", "agreed VERB 0 root agree", "with ADP 4 case", "Peru PROPN 2 obl"}, chancery.Agree, chancery.Agreed, true},
		{"refused", []string{"Japan PROPN 2 nsubj", "refused VERB 0 root refuse", "to PART 4 mark", "help VERB 2 xcomp", "Peru PROPN 4 obj"}, chancery.Reject, chancery.Refused, true},
		{"demanded", []string{"Japan PROPN 2 nsubj", "urged VERB 0 root urge", "Peru PROPN 2 obj"}, chancery.Request, chancery.Requested, true},
		{"would renege", []string{"Japan PROPN 3 nsubj", "would AUX 3 aux would MD", "renege VERB 0 root", "on ADP 5 case", "Peru PROPN 3 obl"}, chancery.Reject, chancery.Threatened, true},
		{"reneged", []string{"Japan PROPN 2 nsubj", "reneged VERB 0 root renege", "on ADP 4 case", "Peru PROPN 2 obl"}, chancery.Reject, chancery.Reneged, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := grow(t, c.tree...)
			for _, k := range candidates(&finder{tree: tr, cast: named{tr}}) {
				if k.recipient.head < 0 {
					continue
				}
				got, ok := tr.status(&k, c.typ)
				if got != c.want && c.ok || ok != c.ok {
					t.Errorf("%v: %s %v, want %s %v", c.tree, got, ok, c.want, c.ok)
				}
				return
			}
			t.Errorf("%v: no candidate", c.tree)
		})
	}
}

func TestPathOfMarkedPair(t *testing.T) {
	// "The ministry said Japan would help Peru": no predicate has the ministry and
	// Peru for its two sides, so the way through the tree counts.
	tr := grow(t, "ministry NOUN 2 nsubj", "said VERB 0 root say", "Japan PROPN 5 nsubj", "would AUX 5 aux", "help VERB 2 ccomp", "Peru PROPN 5 obj")
	p := tr.marked(span{0, 0}, span{5, 5})
	var got []string
	for _, i := range p.path {
		got = append(got, tr.lemmas[i])
	}
	if !slices.Equal(got, []string{"say", "help"}) {
		t.Errorf("path %v, want say help", got)
	}
}
