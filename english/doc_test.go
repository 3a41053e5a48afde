package english

import (
	"testing"

	"pgregory.net/rapid"
)

// tree draws a sentence with heads that form a tree.
func tree(t *rapid.T) *Sentence {
	n := rapid.IntRange(1, 400).Draw(t, "n")
	s := &Sentence{Tokens: make([]Token, n)}
	order := rapid.Permutation(func() []int {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		return all
	}()).Draw(t, "order")
	for k, i := range order {
		s.Tokens[i].Head = -1
		if k > 0 {
			s.Tokens[i].Head = order[rapid.IntRange(0, k-1).Draw(t, "head")]
		}
	}
	return s
}

func TestSubtree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := tree(t)
		i := rapid.IntRange(0, len(s.Tokens)-1).Draw(t, "i")
		first, last := i, i
		for j := range s.Tokens {
			for k := j; k >= 0; k = s.Tokens[k].Head {
				if k == i {
					first, last = min(first, j), max(last, j)
				}
			}
		}
		if f, l := s.Subtree(i); f != first || l != last {
			t.Fatalf("subtree of %d is %d to %d, want %d to %d", i, f, l, first, last)
		}
	})
}

func TestSubtreeOfACycle(t *testing.T) {
	// Foreign trees may be broken; the walk must end all the same.
	s := &Sentence{Tokens: []Token{{Head: 1}, {Head: 0}, {Head: -1}}}
	if f, l := s.Subtree(2); f != 2 || l != 2 {
		t.Errorf("subtree of the root is %d to %d", f, l)
	}
	if f, l := s.Subtree(0); f != 0 || l != 1 {
		t.Errorf("subtree within the cycle is %d to %d", f, l)
	}
}

func TestTreeWalk(t *testing.T) {
	s := &Sentence{Tokens: []Token{{Head: 1, Rel: "nsubj"}, {Head: -1, Rel: "root"}, {Head: 1, Rel: "obj"}}}
	var got []int
	for c := range s.Children(1) {
		got = append(got, c)
	}
	if len(got) != 2 || got[0] != 0 || got[1] != 2 {
		t.Errorf("children of the root: %v", got)
	}
	if c := s.Child(1, "iobj", "obj"); c != 2 {
		t.Errorf("object is %d", c)
	}
	if c := s.Child(0, "det"); c != -1 {
		t.Errorf("determiner is %d", c)
	}
	if s.Root() != 1 || (&Sentence{}).Root() != -1 {
		t.Error("root")
	}
}

func TestFeat(t *testing.T) {
	tok := Token{Feats: "Number=Sing|NumType=Card|Person=3"}
	for name, want := range map[string]string{"Number": "Sing", "NumType": "Card", "Person": "3", "Num": "", "Case": ""} {
		if got := tok.Feat(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}
