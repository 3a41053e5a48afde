// Package bloc draws blocs: who stands with whom in a window of time, by
// structural balance (Cartwright and Harary 1956, Psychological Review 63:5;
// frustration as the weight of ties that a split in two leaves unsatisfied, the
// line index of balance of Harary 1959).
//
// In: happenings between actors (package relation). Out: a signed network, the
// split in two camps with the least frustration (proven for small networks, by
// descent from many starts above), the triads that do not fit, who is pulled
// both ways, and how much of it survives when the happenings are drawn anew.
//
// It will not say why, will not place actors without ties, and knows two camps
// only. Same input and seed, same bytes, whatever the number of workers.
package bloc

import (
	"cmp"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"chancery/relation"
)

// Options of Draw.
type Options struct {
	MinHappenings int     // ties with fewer are left out; 0 is 1
	Shrink        float64 // happenings of no sign added to each tie, so that few do not weigh like many; 0 is 2, below 0 none
	Draws         int     // bootstrap draws; 0 is none
	Seed          uint64  // of descents and draws
	Workers       int     // 0 is one for each processor
}

// Tie is what passed between two actors, both ways.
type Tie struct {
	A       string  `json:"a"` // A < B
	B       string  `json:"b"`
	For     int     `json:"for"`
	Against int     `json:"against"`
	Weight  float64 `json:"weight"` // (for - against) / (for + against + shrink)
	// Frustrated: friends in different camps or foes in the same.
	Frustrated bool `json:"frustrated"`
}

// Member is one actor's place.
type Member struct {
	Actor string `json:"actor"`
	Camp  int    `json:"camp"` // 0 or 1; the actor with the most weight of each component is in 0
	// Pressure is 1 - |pull to his camp - pull to the other| / sum of |weight|:
	// near 1 he is pulled both ways.
	Pressure float64 `json:"pressure"`
	// Stability is the share of draws, averaged over all other actors, in which he
	// stands to them (together or apart) as here; 1 without draws.
	Stability float64 `json:"stability"`
}

// Triad is three actors all tied to each other.
type Triad struct {
	Actors   [3]string `json:"actors"`
	Negative int       `json:"negative"` // ties below zero; 1 and 3 do not balance
	Weight   float64   `json:"weight"`   // of the weakest of the three ties
}

// Census counts triads by their negative ties.
type Census struct {
	AllFriends   int `json:"all_friends"`    // 0, balanced
	FriendOfFoes int `json:"friend_of_foes"` // 1, not balanced: two foes share a friend
	SharedFoe    int `json:"shared_foe"`     // 2, balanced
	AllFoes      int `json:"all_foes"`       // 3, not balanced
}

// Balanced is the share of balanced triads, 1 when there is none.
func (c Census) Balanced() float64 {
	all := c.AllFriends + c.FriendOfFoes + c.SharedFoe + c.AllFoes
	if all == 0 {
		return 1
	}
	return float64(c.AllFriends+c.SharedFoe) / float64(all)
}

// Blocs is the whole picture.
type Blocs struct {
	Members []Member `json:"members"` // by actor code
	Ties    []Tie    `json:"ties"`    // by A, then B
	// Frustration is the weight of frustrated ties; Share relates it to the weight
	// of all.
	Frustration float64 `json:"frustration"`
	Share       float64 `json:"share"`
	Exact       bool    `json:"exact"`      // no split is less frustrated
	Components  int     `json:"components"` // parts without ties between them; who stands with whom across them means nothing
	Census      Census  `json:"census"`
	Unbalanced  []Triad `json:"unbalanced"` // triads that do not balance, strongest first, at most maxTriads
	Draws       int     `json:"draws"`
	Seed        uint64  `json:"seed"`
	// Low and High bound 90 % of the draws' shares of frustration; 0 without draws.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

const maxTriads = 12

// Draw draws the blocs of the happenings.
func Draw(happenings []relation.Happening, opts Options) *Blocs {
	opts.MinHappenings = max(1, opts.MinHappenings)
	if opts.Shrink == 0 {
		opts.Shrink = 2
	}
	opts.Shrink = max(0, opts.Shrink)
	codes, ties, counts, acts := count(happenings, opts.MinHappenings)
	n := network{n: len(codes), w: weigh(len(codes), ties, counts, opts.Shrink)}
	of := map[tie][2]int{}
	for k, x := range ties {
		of[x] = counts[k]
	}
	side, exact := n.split(opts.Seed)
	b := &Blocs{Members: []Member{}, Ties: []Tie{}, Unbalanced: []Triad{}, Exact: exact, Seed: opts.Seed}
	b.Components = n.anchor(side)
	total := 0.
	for i := range codes {
		var own, other float64
		for j, w := range n.w[i] {
			if w != 0 && side[i] == side[j] {
				own += w
			} else {
				other += w
			}
		}
		all := 0.
		for _, w := range n.w[i] {
			all += math.Abs(w)
		}
		pressure := 1. // of ties that all weigh nothing: as many happenings for as against
		if all > 0 {
			pressure = 1 - math.Abs(own-other)/all
		}
		b.Members = append(b.Members, Member{Actor: codes[i], Camp: side[i], Pressure: pressure, Stability: 1})
		for j := i + 1; j < len(codes); j++ {
			w := n.w[i][j]
			c := of[tie{i, j}]
			if c == [2]int{} {
				continue
			}
			total += math.Abs(w)
			t := Tie{A: codes[i], B: codes[j], For: c[0], Against: c[1], Weight: w, Frustrated: w > 0 && side[i] != side[j] || w < 0 && side[i] == side[j]}
			b.Ties = append(b.Ties, t)
		}
	}
	b.Frustration = n.frustration(side)
	if total > 0 {
		b.Share = b.Frustration / total
	}
	b.triads(codes, n)
	if opts.Draws > 0 && len(codes) > 1 {
		b.bootstrap(codes, ties, acts, side, opts)
	}
	return b
}

// act is a happening between the two actors of a tie.
type act struct {
	tie      int
	friendly bool
}

// tie is two actors, i < j.
type tie struct{ i, j int }

// count numbers the actors that have a tie of at least least happenings, and
// counts happenings for and against by tie.
func count(happenings []relation.Happening, least int) (codes []string, ties []tie, counts [][2]int, acts []act) {
	number := map[string]int{} // of the actors, as they come
	var names []string
	of := func(code string) int {
		n, ok := number[code]
		if !ok {
			n = len(names)
			number[code] = n
			names = append(names, code)
		}
		return n
	}
	at := map[tie]int{}
	var all []tie
	var raw [][2]int
	told := make([]act, 0, len(happenings))
	for k := range happenings {
		h := &happenings[k]
		if h.Actor == h.Recipient {
			continue
		}
		x := tie{of(h.Actor), of(h.Recipient)}
		if names[x.i] > names[x.j] {
			x.i, x.j = x.j, x.i
		}
		n, ok := at[x]
		if !ok {
			n = len(all)
			at[x] = n
			all, raw = append(all, x), append(raw, [2]int{})
		}
		a := act{n, h.Friendly()}
		raw[n][a.side()]++
		told = append(told, a)
	}
	for n, x := range all {
		if raw[n][0]+raw[n][1] >= least {
			codes = append(codes, names[x.i], names[x.j])
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	place := map[string]int{}
	for i, c := range codes {
		place[c] = i
	}
	kept := make([]int, len(all)) // its number, -1 for a tie that is left out
	for n, x := range all {
		kept[n] = -1
		if raw[n][0]+raw[n][1] >= least {
			kept[n] = len(ties)
			ties, counts = append(ties, tie{place[names[x.i]], place[names[x.j]]}), append(counts, raw[n])
		}
	}
	for _, a := range told {
		if n := kept[a.tie]; n >= 0 {
			acts = append(acts, act{n, a.friendly})
		}
	}
	return codes, ties, counts, acts
}

// side is the place in a tie's counts.
func (a act) side() int {
	if a.friendly {
		return 0
	}
	return 1
}

func weigh(n int, ties []tie, counts [][2]int, shrink float64) [][]float64 {
	w := make([][]float64, n)
	for i := range w {
		w[i] = make([]float64, n)
	}
	for k, c := range counts {
		if c == [2]int{} {
			continue
		}
		x := ties[k]
		v := float64(c[0]-c[1]) / (float64(c[0]+c[1]) + shrink)
		w[x.i][x.j], w[x.j][x.i] = v, v
	}
	return w
}

func (b *Blocs) triads(codes []string, n network) {
	for i := range n.n {
		for j := i + 1; j < n.n; j++ {
			if n.w[i][j] == 0 {
				continue
			}
			for k := j + 1; k < n.n; k++ {
				x, y, z := n.w[i][j], n.w[i][k], n.w[j][k]
				if y == 0 || z == 0 {
					continue
				}
				negative := 0
				for _, w := range []float64{x, y, z} {
					if w < 0 {
						negative++
					}
				}
				switch negative {
				case 0:
					b.Census.AllFriends++
				case 1:
					b.Census.FriendOfFoes++
				case 2:
					b.Census.SharedFoe++
				case 3:
					b.Census.AllFoes++
				}
				if negative%2 == 1 {
					b.Unbalanced = append(b.Unbalanced, Triad{[3]string{codes[i], codes[j], codes[k]}, negative, min(math.Abs(x), math.Abs(y), math.Abs(z))})
				}
			}
		}
	}
	slices.SortStableFunc(b.Unbalanced, func(x, y Triad) int { return cmp.Compare(y.Weight, x.Weight) })
	b.Unbalanced = b.Unbalanced[:min(maxTriads, len(b.Unbalanced))]
}

// bootstrap draws as many happenings as there are, with replacement, and splits
// anew (Efron 1979).
func (b *Blocs) bootstrap(codes []string, ties []tie, acts []act, side []int, opts Options) {
	type outcome struct {
		side  []int
		share float64
	}
	out := make([]outcome, opts.Draws)
	workers := opts.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, opts.Draws) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for {
				d := int(next.Add(1)) - 1
				if d >= opts.Draws {
					return
				}
				rng := rand.New(rand.NewPCG(opts.Seed, uint64(d)+1))
				counts := make([][2]int, len(ties))
				for range acts {
					a := acts[rng.IntN(len(acts))]
					counts[a.tie][a.side()]++
				}
				n := network{n: len(codes), w: weigh(len(codes), ties, counts, opts.Shrink)}
				s := n.descend(opts.Seed, drawStarts)
				n.anchor(s)
				total := 0.
				for i := range n.w {
					for j := range i {
						total += math.Abs(n.w[i][j])
					}
				}
				o := outcome{side: s}
				if total > 0 {
					o.share = n.frustration(s) / total
				}
				out[d] = o
			}
		}()
	}
	wait.Wait()
	var shares []float64
	for i := range b.Members {
		same := 0
		for _, o := range out {
			for j := range codes {
				if j != i && (o.side[i] == o.side[j]) == (side[i] == side[j]) {
					same++
				}
			}
		}
		b.Members[i].Stability = float64(same) / float64(len(out)*(len(codes)-1))
	}
	for _, o := range out {
		shares = append(shares, o.share)
	}
	slices.Sort(shares)
	b.Draws = opts.Draws
	b.Low, b.High = shares[int(.05*float64(len(shares)-1))], shares[int(math.Ceil(.95*float64(len(shares)-1)))]
}
