package intake

import (
	"cmp"
	"context"
	"slices"

	"chancery/extract"
	"chancery/store/sqlite"
)

// markReprints marks every article that mostly repeats another, and says how
// many there are. It looks at the whole store, so the result does not depend on
// when an article came.
func markReprints(ctx context.Context, store *sqlite.Store) (int, error) {
	sketches, err := store.Sketches(ctx)
	if err != nil {
		return 0, err
	}
	of := reprints(sketches)
	return len(of), store.MarkReprints(ctx, of)
}

// crowded is from how many originals on a hash is taken for a set phrase and no
// longer leads to candidates.
const crowded = 200

// reprints maps an article's id to that of its original: the first of those, in
// the order of publication, then of length (longer first), then of id, in which
// the share extract.ReprintShare of its words stands. Articles without a date
// come after those with one. An original is itself no reprint.
func reprints(sketches []sqlite.Sketch) map[string]string {
	order := slices.Clone(sketches)
	slices.SortFunc(order, func(a, b sqlite.Sketch) int {
		return cmp.Or(
			compareBool(a.Published.IsZero(), b.Published.IsZero()),
			a.Published.First().Compare(b.Published.First()),
			cmp.Compare(len(b.Fingerprint), len(a.Fingerprint)),
			cmp.Compare(a.Article, b.Article))
	})
	of := map[string]string{}
	holds := map[uint64][]int{} // hash -> originals, as places in order, growing
	for i, k := range order {
		common := map[int]int{} // candidate -> hashes in common
		for _, h := range k.Fingerprint {
			if in := holds[h]; len(in) < crowded {
				for _, j := range in {
					common[j]++
				}
			}
		}
		original := -1
		for j := range common { // the smallest place wins, so the map's order does not matter
			if (original < 0 || j < original) && extract.Overlap(k.Fingerprint, order[j].Fingerprint) >= extract.ReprintShare {
				original = j
			}
		}
		if original >= 0 {
			of[k.Article] = order[original].Article
			continue
		}
		for _, h := range k.Fingerprint {
			holds[h] = append(holds[h], i)
		}
	}
	return of
}

// compareBool puts false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
