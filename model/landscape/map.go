package landscape

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Options say how much of the map to draw.
type Options struct {
	Basins bool   // count from how many splits steepest descent leads to each minimum
	Passes bool   // lowest passes between minima; up to MaxPasses actors
	Swings bool   // entries that decide the lowest minimum
	Starts int    // descents when there are more than MaxExact actors; 0 means 1000
	Quick  bool   // descend instead of counting from 17 actors on: not exact, but thousandfold faster
	Seed   uint64 // of these descents
}

// Minimum is a split nobody wants to leave alone.
type Minimum struct {
	Sides  Sides   `json:"sides"`
	Energy float64 `json:"energy"`
	Strict bool    `json:"strict"`          // everybody would lose by leaving; else somebody is indifferent
	Basin  int     `json:"basin,omitempty"` // splits (or descents, when not exact) that lead here
	Share  float64 `json:"share,omitempty"` // Basin as a share of all
	Actors []State `json:"actors"`
}

// Pass is the lowest energy one has to climb to between two minima, changing
// one actor at a time.
type Pass struct {
	From   int     `json:"from"` // indexes of minima
	To     int     `json:"to"`
	Energy float64 `json:"energy"`
}

// Swing is the smallest change of one propensity after which another split has
// the lowest energy.
type Swing struct {
	I          int     `json:"i"`
	J          int     `json:"j"`
	Propensity float64 `json:"propensity"` // as it is
	Change     float64 `json:"change"`     // to the point of indifference
	To         Sides   `json:"to"`         // the split that then wins
}

// Map is what there is to see. Minima come by energy, then by sides; passes are
// between the first MaxListed of them; swings come by the size of the change.
type Map struct {
	Exact          bool      `json:"exact"`
	Configurations float64   `json:"configurations"` // 2^(n-1)
	Minima         []Minimum `json:"minima"`
	Strict         int       `json:"strict"` // how many of them are strict
	Passes         []Pass    `json:"passes,omitempty"`
	Swings         []Swing   `json:"swings,omitempty"`
	SwingsExact    bool      `json:"swings_exact,omitempty"`
	Starts         int       `json:"starts,omitempty"` // descents made when not exact
	Seed           uint64    `json:"seed,omitempty"`
}

// MaxListed bounds the minima between which passes are listed.
const MaxListed = 32

// maxQuick is the largest number of actors whose splits are counted when it has
// to be quick.
const maxQuick = 16

// Map draws the map.
func (l *Landscape) Map(opts Options) Map {
	if l.N() > MaxExact || opts.Quick && l.N() > maxQuick {
		return l.search(opts)
	}
	return l.count(opts)
}

// resync is how many steps of the Gray code may pass before the running sums are
// computed afresh, so that rounding errors stay below 1e-12 of the sums.
const resync = 1 << 12

// walk visits every split once in Gray-code order, actor 0 staying in camp 0.
// mask has bit i-1 set when actor i is in camp 1; gain is every actor's Gain.
func (l *Landscape) walk(visit func(mask uint32, energy float64, gain []float64)) {
	n := l.N()
	// step[k][j] = 2 size of k x propensity of k and j
	step := make([][]float64, n)
	for k := range step {
		step[k] = make([]float64, n)
		for j := range n {
			step[k][j] = 2 * l.size[k] * l.p[k][j]
		}
	}
	s, sign := make(Sides, n), make([]float64, n)
	gain := make([]float64, n)
	energy := 0.
	fresh := func() {
		for i := range gain {
			gain[i], sign[i] = l.Gain(s, i), float64(1-2*s[i])
		}
		energy = l.Energy(s)
	}
	fresh()
	mask := uint32(0)
	visit(mask, energy, gain)
	for i := uint32(1); i < 1<<(n-1); i++ {
		k := 1
		for i>>(k-1)&1 == 0 {
			k++
		}
		mask ^= 1 << (k - 1)
		s[k] ^= 1
		if i%resync == 0 {
			fresh()
		} else {
			energy += 2 * l.size[k] * gain[k]
			sign[k] = -sign[k]
			row, f := step[k][:len(gain)], sign[k]
			old := gain[k]
			for j, v := range row {
				gain[j] += f * sign[j] * v
			}
			gain[k] = -old
		}
		visit(mask, energy, gain)
	}
}

func (l *Landscape) sides(mask uint32) Sides {
	s := make(Sides, l.N())
	for i := 1; i < len(s); i++ {
		s[i] = int(mask >> (i - 1) & 1)
	}
	return s
}

// count finds everything by visiting every split.
func (l *Landscape) count(opts Options) Map {
	n := l.N()
	total := 1 << (n - 1)
	m := Map{Exact: true, Configurations: float64(total)}
	full := uint32(total - 1)
	opts.Passes = opts.Passes && n <= MaxPasses
	exactSwings := opts.Swings && n <= MaxSwings
	var next []uint8 // the actor who moves first from a split; stay for a minimum
	var energies []float64
	const stay = 255
	if opts.Basins {
		next = make([]uint8, total)
	}
	if opts.Passes || exactSwings {
		energies = make([]float64, total)
	}
	type found struct {
		mask   uint32
		strict bool
	}
	var minima []found
	l.walk(func(mask uint32, energy float64, gain []float64) {
		if energies != nil {
			energies[mask] = energy
		}
		if next != nil {
			next[mask] = stay
		}
		strict := true
		for _, g := range gain {
			if g < -l.tol {
				if next != nil {
					next[mask] = uint8(l.steepest(gain, nil))
				}
				return
			}
			strict = strict && g > l.tol
		}
		minima = append(minima, found{mask, strict})
	})
	for _, f := range minima {
		s := l.sides(f.mask)
		m.Minima = append(m.Minima, Minimum{Sides: s, Energy: l.Energy(s), Strict: f.strict, Actors: l.States(s)})
	}
	index := make([]int, len(minima))
	for i := range index {
		index[i] = i
	}
	slices.SortFunc(index, func(a, b int) int { return compareMinima(m.Minima[a], m.Minima[b], l.tolE) })
	sorted := make([]Minimum, len(index))
	rank := make(map[uint32]int, len(index))
	for to, from := range index {
		sorted[to] = m.Minima[from]
		rank[minima[from].mask] = to
	}
	m.Minima = sorted
	for _, min := range m.Minima {
		if min.Strict {
			m.Strict++
		}
	}
	if opts.Basins {
		l.basins(&m, next, rank, full, stay)
	}
	if opts.Passes {
		l.passes(&m, energies, rank, full)
	}
	if exactSwings {
		m.Swings, m.SwingsExact = l.swings(m.Minima[0].Sides, func(visit func(uint32, float64)) {
			for mask, e := range energies {
				visit(uint32(mask), e)
			}
		}), true
	} else if opts.Swings {
		m.Swings = l.swingsFrom(m.Minima)
	}
	return m
}

// compareMinima orders by energy, then by sides.
func compareMinima(a, b Minimum, tol float64) int {
	switch {
	case a.Energy < b.Energy-tol:
		return -1
	case a.Energy > b.Energy+tol:
		return 1
	}
	return slices.Compare(a.Sides, b.Sides)
}

// basins follows every split downhill.
func (l *Landscape) basins(m *Map, next []uint8, rank map[uint32]int, full uint32, stay uint8) {
	label := make([]int32, len(next))
	for i := range label {
		label[i] = -1
	}
	var path []uint32
	for start := range next {
		at := uint32(start)
		path = path[:0]
		for label[at] < 0 {
			if next[at] == stay {
				label[at] = int32(rank[at])
				break
			}
			path = append(path, at)
			if k := next[at]; k == 0 {
				at ^= full // actor 0 stays in camp 0, so all the others move
			} else {
				at ^= 1 << (k - 1)
			}
		}
		for _, p := range path {
			label[p] = label[at]
		}
	}
	for _, b := range label {
		m.Minima[b].Basin++
	}
	for i := range m.Minima {
		m.Minima[i].Share = float64(m.Minima[i].Basin) / float64(len(next))
	}
}

// passes floods the landscape from below: when two pools that hold minima meet,
// the water stands at the pass between them.
func (l *Landscape) passes(m *Map, energies []float64, rank map[uint32]int, full uint32) {
	order := make([]uint32, len(energies))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		switch {
		case energies[a] < energies[b]:
			return -1
		case energies[a] > energies[b]:
			return 1
		}
		return int(a) - int(b)
	})
	parent := make([]int32, len(energies))
	for i := range parent {
		parent[i] = -1 // still dry
	}
	root := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	pools := map[int32][]int{}
	listed := min(MaxListed, len(m.Minima))
	met := 0
	for _, at := range order {
		if met == listed*(listed-1)/2 {
			break
		}
		here := int32(at)
		parent[here] = here
		if r, ok := rank[at]; ok && r < listed {
			pools[here] = []int{r}
		}
		for k := 0; k < l.N(); k++ {
			other := at ^ full
			if k > 0 {
				other = at ^ 1<<(k-1)
			}
			if parent[other] < 0 {
				continue
			}
			a, b := root(here), root(int32(other))
			if a == b {
				continue
			}
			for _, x := range pools[a] {
				for _, y := range pools[b] {
					m.Passes = append(m.Passes, Pass{From: min(x, y), To: max(x, y), Energy: energies[at]})
					met++
				}
			}
			parent[a] = b
			if len(pools[a]) > 0 {
				pools[b] = append(pools[b], pools[a]...)
				delete(pools, a)
			}
		}
	}
	slices.SortFunc(m.Passes, func(a, b Pass) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return a.To - b.To
	})
}

// swings finds for every pair the cheapest split in which it is placed otherwise
// than in the lowest minimum. E is linear in one propensity: raising p_ij by d
// adds 2 s_i s_j d to every split with i and j apart.
func (l *Landscape) swings(lowest Sides, each func(func(mask uint32, energy float64))) []Swing {
	n := l.N()
	ground := l.Energy(lowest)
	var lowMask uint32
	for i := 1; i < n; i++ {
		lowMask |= uint32(lowest[i]^lowest[0]) << (i - 1)
	}
	type best struct {
		gap  float64
		mask uint32
	}
	bests := make([]best, n*n)
	for i := range bests {
		bests[i].gap = math.Inf(1)
	}
	worst := math.Inf(1)
	each(func(mask uint32, e float64) {
		gap := max(0, e-ground)
		if gap >= worst || mask == lowMask {
			return
		}
		moved := uint64(mask^lowMask) << 1 // bit i: actor i is placed otherwise
		worst = 0
		for i := range n {
			for j := i + 1; j < n; j++ {
				b := &bests[i*n+j]
				if moved>>i&1 != moved>>j&1 && gap < b.gap {
					*b = best{gap, mask}
				}
				if l.size[i]*l.size[j] > 0 {
					worst = max(worst, b.gap)
				}
			}
		}
	})
	var out []Swing
	for i := range n {
		for j := i + 1; j < n; j++ {
			b := bests[i*n+j]
			if weight := 2 * l.size[i] * l.size[j]; weight > 0 && !math.IsInf(b.gap, 1) {
				change := b.gap / weight
				if lowest[i] == lowest[j] {
					change = -change
				}
				out = append(out, Swing{I: i, J: j, Propensity: l.p[i][j], Change: change, To: l.sides(b.mask)})
			}
		}
	}
	sortSwings(out)
	return out
}

// swingsFrom does the same with the minima found only: upper bounds.
func (l *Landscape) swingsFrom(minima []Minimum) []Swing {
	var out []Swing
	lowest := minima[0]
	for i := range l.N() {
		for j := i + 1; j < l.N(); j++ {
			weight := 2 * l.size[i] * l.size[j]
			if weight == 0 {
				continue
			}
			together := lowest.Sides[i] == lowest.Sides[j]
			for _, m := range minima[1:] { // by energy, so the first is the cheapest
				if (m.Sides[i] == m.Sides[j]) == together {
					continue
				}
				change := max(0, m.Energy-lowest.Energy) / weight
				if together {
					change = -change
				}
				out = append(out, Swing{I: i, J: j, Propensity: l.p[i][j], Change: change, To: m.Sides})
				break
			}
		}
	}
	sortSwings(out)
	return out
}

func sortSwings(s []Swing) {
	slices.SortFunc(s, func(a, b Swing) int {
		switch x, y := math.Abs(a.Change), math.Abs(b.Change); {
		case x < y:
			return -1
		case x > y:
			return 1
		case a.I != b.I:
			return a.I - b.I
		}
		return a.J - b.J
	})
}

// search descends from random starts.
func (l *Landscape) search(opts Options) Map {
	n := l.N()
	starts := opts.Starts
	if starts <= 0 {
		starts = 1000
	}
	m := Map{Configurations: math.Exp2(float64(n - 1)), Starts: starts, Seed: opts.Seed}
	rng := rand.New(rand.NewPCG(opts.Seed, uint64(n)))
	hits := map[string]int{} // index of the minimum
	from, key := make(Sides, n), make([]byte, n)
	for range starts {
		var bits uint64
		for i := range from {
			if i%64 == 0 {
				bits = rng.Uint64()
			}
			from[i] = int(bits & 1)
			bits >>= 1
		}
		s, _ := l.Descend(from, nil)
		for i := range s {
			key[i] = byte(s[i] ^ s[0])
		}
		at, ok := hits[string(key)]
		if !ok {
			at = len(m.Minima)
			hits[string(key)] = at
			m.Minima = append(m.Minima, Minimum{Sides: s.Canonical(), Energy: l.Energy(s)})
		}
		m.Minima[at].Basin++
	}
	slices.SortFunc(m.Minima, func(a, b Minimum) int { return compareMinima(a, b, l.tolE) })
	for i := range m.Minima {
		min := &m.Minima[i]
		min.Share = float64(min.Basin) / float64(starts)
		min.Actors = l.States(min.Sides)
		min.Strict = true
		for _, a := range min.Actors {
			min.Strict = min.Strict && a.SidePayment > l.tol
		}
		if min.Strict {
			m.Strict++
		}
	}
	if opts.Swings {
		m.Swings = l.swingsFrom(m.Minima)
	}
	return m
}
