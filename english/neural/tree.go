package neural

import "math"

// decode gives the best tree with one root: heads[i] is the head of word i, -1
// for the root. score(i, j) of word i under head j stands at
// scores[i*ld+j+1], and of word i as the root at scores[i*ld].
//
// Mostly every word's best head makes a tree; else the best arborescence (Chu
// and Liu 1965, Edmonds 1967) under each word that prefers to be the root.
func decode(scores []float32, n, ld int, heads []int) {
	roots := make([]int, 0, 4)
	for i := range n {
		row := scores[i*ld : i*ld+n+1]
		best := 0
		for j := 1; j <= n; j++ {
			if j != i+1 && row[j] > row[best] {
				best = j
			}
		}
		heads[i] = best - 1
		if best == 0 {
			roots = append(roots, i)
		}
	}
	if len(roots) == 1 && isTree(heads[:n]) {
		return
	}
	if len(roots) == 0 {
		// The word that loses least as the root.
		best, loss := 0, float32(math.Inf(1))
		for i := range n {
			row := scores[i*ld : i*ld+n+1]
			if d := row[heads[i]+1] - row[0]; d < loss {
				best, loss = i, d
			}
		}
		roots = append(roots, best)
	}
	const tries = 4
	roots = roots[:min(len(roots), tries)]
	var top float64
	found := make([]int, n)
	for k, r := range roots {
		total := arborescence(scores, n, ld, r, found)
		if k == 0 || total > top {
			top = total
			copy(heads, found)
		}
	}
}

func isTree(heads []int) bool {
	state := make([]int8, len(heads)) // 0 not seen, 1 on the way, 2 reaches the root
	for i := range heads {
		j := i
		for j >= 0 && state[j] == 0 {
			state[j] = 1
			j = heads[j]
		}
		if j >= 0 && state[j] == 1 {
			return false
		}
		for j = i; j >= 0 && state[j] == 1; j = heads[j] {
			state[j] = 2
		}
	}
	return true
}

// arborescence finds the best tree under word root and returns its score, the
// root's own included. Scores of a word are taken relative to its best, which
// does not change the order of trees and keeps the sums small.
func arborescence(scores []float32, n, ld, root int, heads []int) float64 {
	w := make([][]float64, n)
	flat := make([]float64, n*n)
	total := 0.0
	for i := range n {
		w[i] = flat[i*n : (i+1)*n]
		row := scores[i*ld : i*ld+n+1]
		best := row[0]
		for j := range n {
			if j != i {
				best = max(best, row[j+1])
			}
		}
		for j := range n {
			w[i][j] = float64(row[j+1] - best)
		}
		if i == root {
			total += float64(row[0] - best)
		}
	}
	live := make([]int, n)
	for i := range live {
		live[i] = i
	}
	edmonds(w, live, root, heads)
	for i := range n {
		if i == root {
			heads[i] = -1
		} else {
			total += w[i][heads[i]]
		}
	}
	return total
}

// edmonds solves for the nodes in live, changing nothing of w that belongs to
// pairs of them: heads[i] for every live node but the root.
func edmonds(w [][]float64, live []int, root int, heads []int) {
	for _, i := range live {
		if i == root {
			continue
		}
		best := -1
		for _, j := range live {
			if j != i && (best < 0 || w[i][j] > w[i][best]) {
				best = j
			}
		}
		heads[i] = best
	}
	cycle := findCycle(live, root, heads)
	if cycle == nil {
		return
	}
	inside := make(map[int]bool, len(cycle))
	for _, i := range cycle {
		inside[i] = true
	}
	// The cycle becomes its first node: remember, for every node outside, by
	// which node of the cycle it is best left and entered.
	rep := cycle[0]
	rest := make([]int, 0, len(live)-len(cycle)+1)
	leave, enter := map[int]int{}, map[int]int{}
	type saved struct{ out, in float64 }
	old := map[int]saved{}
	for _, v := range live {
		if inside[v] {
			continue
		}
		rest = append(rest, v)
		var bestOut, bestIn int = -1, -1
		var out, in float64
		for _, c := range cycle {
			if x := w[v][c]; bestOut < 0 || x > out {
				bestOut, out = c, x
			}
			if x := w[c][v] - w[c][heads[c]]; bestIn < 0 || x > in {
				bestIn, in = c, x
			}
		}
		leave[v], enter[v] = bestOut, bestIn
		old[v] = saved{w[v][rep], w[rep][v]}
		defer func() { w[v][rep], w[rep][v] = old[v].out, old[v].in }()
		w[v][rep], w[rep][v] = out, in
	}
	kept := make(map[int]int, len(cycle))
	for _, c := range cycle {
		kept[c] = heads[c]
	}
	rest = append(rest, rep)
	edmonds(w, rest, root, heads)
	entry := heads[rep]
	for _, c := range cycle {
		heads[c] = kept[c]
	}
	heads[enter[entry]] = entry
	for _, v := range rest[:len(rest)-1] {
		if v != root && heads[v] == rep {
			heads[v] = leave[v]
		}
	}
}

func findCycle(live []int, root int, heads []int) []int {
	seen := make(map[int]int, len(live))
	for k, i := range live {
		j := i
		for j != root {
			if s, ok := seen[j]; ok {
				if s != k {
					break
				}
				cycle := []int{j}
				for l := heads[j]; l != j; l = heads[l] {
					cycle = append(cycle, l)
				}
				return cycle
			}
			seen[j] = k
			j = heads[j]
		}
	}
	return nil
}
