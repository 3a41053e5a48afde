package correct

import (
	"cmp"
	"slices"
	"strings"

	"chancery"
)

// leastAlike is how much of their content two records on the same words must
// share to be the same record told by two readings; leastBeside how much where
// they stand in one sentence on different words.
const (
	leastAlike  = 0.5
	leastBeside = 0.75
)

// Follow finds, for the records of an earlier reading, the records of a later
// reading of the same article that say the same of the same words. The result
// maps ids of the one to ids of the other, each at most once.
//
// A record whose id the later reading has too is itself. Of what is left, an
// earlier and a later record can be the same when
//
//   - they are of one kind,
//   - their evidence overlaps: the words that are the record (trigger,
//     quotation, value, clause foretold, tie) share a byte and at least half of
//     their content agrees, or their sentences share a byte and at least three
//     quarters agree, and
//   - neither is taken: pairs are taken in the order of agreement of content,
//     then of the share of bytes that their words have in common, then of place,
//     then of ids.
//
// Content agrees as the mean over the fields that at least one of the two has:
// the share of common values among all values of the field. All records of the
// earlier reading compete, corrected or not, so that what was said of one is
// never laid on another that was there beside it.
func Follow(earlier, later *chancery.Reading) map[string]string {
	return follow(records(earlier), records(later))
}

func follow(earlier, later []record) map[string]string {
	out := map[string]string{}
	is := map[string]bool{}
	for _, r := range later {
		is[r.id] = true
	}
	var from []record
	for _, r := range earlier {
		if is[r.id] {
			out[r.id] = r.id
		} else {
			from = append(from, r)
		}
	}
	var to []record
	for _, r := range later {
		if out[r.id] == "" {
			to = append(to, r)
		}
	}
	type pair struct {
		from, to        *record
		content, common float64
	}
	var pairs []pair
	for i := range from {
		for j := range to {
			a, b := &from[i], &to[j]
			if a.kind != b.kind || !a.sentence.Overlaps(b.sentence) {
				continue
			}
			content := alike(a.fields, b.fields)
			if a.should != nil {
				content = max(content, alike(a.should, b.fields))
			}
			if content < leastAlike || content < leastBeside && !a.anchor.Overlaps(b.anchor) {
				continue
			}
			pairs = append(pairs, pair{a, b, content, common(a.anchor, b.anchor)})
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.content, x.content), cmp.Compare(y.common, x.common), cmp.Compare(x.from.anchor.Start, y.from.anchor.Start),
			cmp.Compare(x.to.anchor.Start, y.to.anchor.Start), strings.Compare(x.from.id, y.from.id), strings.Compare(x.to.id, y.to.id))
	})
	taken := map[string]bool{}
	for _, p := range pairs {
		if out[p.from.id] == "" && !taken[p.to.id] {
			out[p.from.id], taken[p.to.id] = p.to.id, true
		}
	}
	return out
}

// alike is how much of their content two records share, 0..1. Records that say
// nothing in any field share all.
func alike(a, b []field) float64 {
	sum, n := 0., 0
	for i := range a {
		if len(a[i].values)+len(b[i].values) == 0 {
			continue
		}
		n++
		both := 0
		for _, v := range a[i].values {
			if slices.Contains(b[i].values, v) {
				both++
			}
		}
		sum += float64(both) / float64(len(a[i].values)+len(b[i].values)-both)
	}
	if n == 0 {
		return 1
	}
	return sum / float64(n)
}

// differs names the fields in which two records of one kind differ.
func differs(a, b []field) []string {
	var out []string
	for i := range a {
		if !slices.Equal(a[i].values, b[i].values) {
			out = append(out, a[i].name)
		}
	}
	return out
}

// common is the share of bytes that two ranges have in common among all bytes
// under either.
func common(a, b chancery.ByteRange) float64 {
	both := min(a.End, b.End) - max(a.Start, b.Start)
	if both <= 0 {
		return 0
	}
	return float64(both) / float64(a.Len()+b.Len()-both)
}
