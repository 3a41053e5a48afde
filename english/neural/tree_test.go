package neural

import (
	"math"
	"math/rand/v2"
	"testing"
)

// decode gives a tree with one root, and the best of all such trees.
func TestDecode(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		n := 1 + r.IntN(5)
		ld := n + 3
		scores := random(r, n*ld, 3)
		got := make([]int, n)
		decode(scores, n, ld, got)
		sum := func(h []int) float64 {
			s := 0.0
			for i, j := range h {
				s += float64(scores[i*ld+j+1])
			}
			return s
		}
		roots := 0
		for i, h := range got {
			if h < 0 {
				roots++
			}
			if h == i || h < -1 || h >= n {
				t.Fatalf("heads %v", got)
			}
		}
		if roots != 1 || !isTree(got) {
			t.Fatalf("heads %v: not a tree with one root", got)
		}
		// Every assignment of heads, by counting.
		best, h := math.Inf(-1), make([]int, n)
		var all func(i int)
		all = func(i int) {
			if i == n {
				roots := 0
				for _, j := range h {
					if j < 0 {
						roots++
					}
				}
				if roots == 1 && isTree(h) {
					best = max(best, sum(h))
				}
				return
			}
			for j := -1; j < n; j++ {
				if j != i {
					h[i] = j
					all(i + 1)
				}
			}
		}
		all(0)
		// Only words that prefer to be the root are tried as the root, so a tree
		// under another root may score more: allow it where nobody prefers it.
		if prefers(scores, n, ld) == 1 && sum(got) < best-1e-4 && underSameRoot(scores, n, ld, got, best) {
			t.Fatalf("heads %v score %v, best %v", got, sum(got), best)
		}
	}
}

func prefers(scores []float32, n, ld int) int {
	k := 0
	for i := range n {
		best := true
		for j := 1; j <= n; j++ {
			if j != i+1 && scores[i*ld+j] > scores[i*ld] {
				best = false
			}
		}
		if best {
			k++
		}
	}
	return k
}

// underSameRoot says whether a tree under got's root reaches the score.
func underSameRoot(scores []float32, n, ld int, got []int, want float64) bool {
	root := 0
	for i, h := range got {
		if h < 0 {
			root = i
		}
	}
	h := make([]int, n)
	var try func(i int, s float64) bool
	try = func(i int, s float64) bool {
		if i == n {
			return isTree(h) && s >= want-1e-6
		}
		if i == root {
			h[i] = -1
			return try(i+1, s+float64(scores[i*ld]))
		}
		for j := range n {
			if j != i {
				h[i] = j
				if try(i+1, s+float64(scores[i*ld+j+1])) {
					return true
				}
			}
		}
		return false
	}
	return try(0, 0)
}
