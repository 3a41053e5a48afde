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
	"maps"
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
func Draw(happenings relation.Sides, opts Options) *Blocs {
	opts.MinHappenings = max(1, opts.MinHappenings)
	if opts.Shrink == 0 {
		opts.Shrink = 2
	}
	opts.Shrink = max(0, opts.Shrink)
	codes, ties, counts, acts := count(happenings, opts.MinHappenings)
	n := newNetwork(len(codes), ties)
	weights := make([]float64, len(ties))
	weigh(weights, counts, opts.Shrink)
	n.weigh(weights)
	from := randomSplits(len(codes), starts, opts.Seed)
	side, exact := n.split(from)
	b := &Blocs{Members: make([]Member, 0, len(codes)), Ties: make([]Tie, 0, len(ties)), Unbalanced: []Triad{}, Exact: exact, Seed: opts.Seed}
	b.Components = n.anchor(side)
	total := 0.
	for i := range codes {
		var own, other, all float64
		to, weights := n.of(i)
		for e, w := range weights {
			if side[i] == side[to[e]] {
				own += w
			} else {
				other += w
			}
			all += math.Abs(w)
		}
		pressure := 1. // of ties that all weigh nothing: as many happenings for as against
		if all > 0 {
			pressure = 1 - math.Abs(own-other)/all
		}
		b.Members = append(b.Members, Member{Actor: codes[i], Camp: side[i], Pressure: pressure, Stability: 1})
		for e, w := range weights {
			j := int(to[e])
			if j < i {
				continue
			}
			total += math.Abs(w)
			c := counts[n.tie[n.from[i]+e]]
			b.Ties = append(b.Ties, Tie{A: codes[i], B: codes[j], For: c[0], Against: c[1], Weight: w, Frustrated: w > 0 && side[i] != side[j] || w < 0 && side[i] == side[j]})
		}
	}
	b.Frustration = n.frustration(side)
	if total > 0 {
		b.Share = b.Frustration / total
	}
	b.triads(codes, n)
	if opts.Draws > 0 && len(codes) > 1 {
		b.bootstrap(ties, acts, side, from[:drawStarts*len(codes)], opts)
	}
	return b
}

// tie is two actors, i < j.
type tie struct{ i, j int }

// act is a happening: twice the number of its tie, one more when it was against.
type act int32

func actOf(tie int32, friendly bool) act {
	if friendly {
		return act(2 * tie)
	}
	return act(2*tie + 1)
}

// count numbers the actors that have a tie of at least least happenings, and
// counts happenings for and against by tie.
func count(happenings relation.Sides, least int) (codes []string, ties []tie, counts [][2]int, acts []act) {
	// Pairs come in both directions; both are one tie.
	at := make(map[[2]string]int32, len(happenings.Pairs))
	of := make([]int32, len(happenings.Pairs)) // the tie of a pair, -1 for none
	var all [][2]string
	for k, p := range happenings.Pairs {
		of[k] = -1
		if p[0] == p[1] {
			continue
		}
		x := [2]string{min(p[0], p[1]), max(p[0], p[1])}
		n, ok := at[x]
		if !ok {
			n = int32(len(all))
			at[x] = n
			all = append(all, x)
		}
		of[k] = n
	}
	raw := make([][2]int, len(all))
	for _, h := range happenings.All {
		if n := of[h.Pair]; n >= 0 {
			raw[n][actOf(0, h.Friendly)]++
		}
	}
	kept := make([]int32, len(all)) // its number, -1 for a tie that is left out
	place := map[string]int{}
	n := 0 // happenings of ties that are kept
	for k, x := range all {
		kept[k] = -1
		if raw[k][0]+raw[k][1] >= least {
			kept[k] = int32(len(counts))
			counts = append(counts, raw[k])
			n += raw[k][0] + raw[k][1]
			place[x[0]], place[x[1]] = 0, 0
		}
	}
	codes = slices.Sorted(maps.Keys(place))
	for i, c := range codes {
		place[c] = i
	}
	for k, x := range all {
		if kept[k] >= 0 {
			ties = append(ties, tie{place[x[0]], place[x[1]]})
		}
	}
	acts = make([]act, 0, n)
	for _, h := range happenings.All {
		if t := of[h.Pair]; t >= 0 && kept[t] >= 0 {
			acts = append(acts, actOf(kept[t], h.Friendly))
		}
	}
	return codes, ties, counts, acts
}

// weigh gives each tie the weight of its happenings.
func weigh(weights []float64, counts [][2]int, shrink float64) {
	for k, c := range counts {
		weights[k] = 0
		if c != [2]int{} {
			weights[k] = float64(c[0]-c[1]) / (float64(c[0]+c[1]) + shrink)
		}
	}
}

func (b *Blocs) triads(codes []string, n *network) {
	between := make([]float64, n.n) // an actor and each other
	for i := range n.n {
		to, weights := n.of(i)
		clear(between)
		for e, w := range weights {
			between[to[e]] = w
		}
		for e, x := range weights {
			j := int(to[e])
			if j < i || x == 0 {
				continue
			}
			others, weights := n.of(j)
			for e, z := range weights {
				k := int(others[e])
				y := between[k]
				if k < j || y == 0 || z == 0 {
					continue
				}
				negative := 0
				for _, w := range [3]float64{x, y, z} {
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
					b.unbalanced(min(math.Abs(x), math.Abs(y), math.Abs(z)), [3]string{codes[i], codes[j], codes[k]}, negative)
				}
			}
		}
	}
}

// unbalanced lists a triad unless there are enough as strong or stronger.
func (b *Blocs) unbalanced(weight float64, actors [3]string, negative int) {
	at := len(b.Unbalanced)
	for at > 0 && b.Unbalanced[at-1].Weight < weight {
		at--
	}
	if at == maxTriads {
		return
	}
	b.Unbalanced = slices.Insert(b.Unbalanced, at, Triad{actors, negative, weight})
	b.Unbalanced = b.Unbalanced[:min(maxTriads, len(b.Unbalanced))]
}

// bootstrap draws as many happenings as there are, with replacement, and splits
// anew (Efron 1979), descending from the splits given.
func (b *Blocs) bootstrap(ties []tie, acts []act, side []int, from []int8, opts Options) {
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
		wait.Go(func() {
			n := newNetwork(len(side), ties)
			counts, weights := make([][2]int, len(ties)), make([]float64, len(ties))
			for {
				d := int(next.Add(1)) - 1
				if d >= opts.Draws {
					return
				}
				rng := rand.New(rand.NewPCG(opts.Seed, uint64(d)+1))
				clear(counts)
				for range acts {
					a := acts[rng.IntN(len(acts))]
					counts[a/2][a%2]++
				}
				weigh(weights, counts, opts.Shrink)
				n.weigh(weights)
				o := outcome{side: n.descend(from)}
				n.anchor(o.side)
				if total := n.total(); total > 0 {
					o.share = n.frustration(o.side) / total
				}
				out[d] = o
			}
		})
	}
	wait.Wait()
	same := make([]int, len(side)) // how often another stands to an actor as here
	shares := make([]float64, 0, len(out))
	for _, o := range out {
		var places [2]int // how many kept their camp, and how many changed it
		for i, c := range o.side {
			places[c^side[i]]++
		}
		for i, c := range o.side {
			same[i] += places[c^side[i]] - 1
		}
		shares = append(shares, o.share)
	}
	for i := range b.Members {
		b.Members[i].Stability = float64(same[i]) / float64(len(out)*(len(side)-1))
	}
	slices.Sort(shares)
	b.Draws = opts.Draws
	b.Low, b.High = shares[int(.05*float64(len(shares)-1))], shares[int(math.Ceil(.95*float64(len(shares)-1)))]
}
