// Package measure runs the measures of package relation on the record.
//
// In: an open store and what is asked. Out: what package relation makes of the
// store's events. The command line and the API both ask here; it prints
// nothing and measures nothing itself.
package measure

import (
	"context"
	"fmt"
	"slices"

	"chancery"
	"chancery/relation"
	"chancery/store/sqlite"
)

// Relation measures how the states or bodies in q.A and q.B stand to each
// other; an empty q.B is everybody. It returns chancery.ErrInvalid when q.A is
// empty.
func Relation(ctx context.Context, store *sqlite.Store, q relation.Query) (*relation.Relation, error) {
	if len(q.A) == 0 {
		return nil, fmt.Errorf("%w: a relation needs a state to begin with", chancery.ErrInvalid)
	}
	obs, err := observations(ctx, store, q)
	if err != nil {
		return nil, err
	}
	return relation.Measure(obs, q), nil
}

// observations reads what is between q.A and q.B, each row once. What no date is
// said of counts under the day its article was published.
func observations(ctx context.Context, store *sqlite.Store, q relation.Query) ([]relation.Observation, error) {
	var obs []relation.Observation
	read := func(f sqlite.DyadFilter, skip map[string]bool) error {
		f.Since, f.Until = q.Since, q.Until
		n, err := store.Expect(ctx, f)
		if err != nil {
			return err
		}
		obs = slices.Grow(obs, n)
		keep := func(e *sqlite.DyadEvent) error {
			if !skip[e.Actor] {
				obs = append(obs, observation(e))
			}
			return nil
		}
		if err := store.Observe(ctx, f, keep); err != nil {
			return err
		}
		return store.Undated(ctx, f, keep)
	}
	mine := map[string]bool{}
	for _, a := range q.A {
		mine[a] = true
	}
	asked := map[[2]string]bool{}
	for _, a := range q.A {
		filters := []sqlite.DyadFilter{{Actor: a}, {Recipient: a}}
		if len(q.B) > 0 {
			filters = nil
			for _, b := range q.B {
				filters = append(filters, sqlite.DyadFilter{Actor: a, Recipient: b}, sqlite.DyadFilter{Actor: b, Recipient: a})
			}
		}
		for _, f := range filters {
			if asked[[2]string{f.Actor, f.Recipient}] {
				continue
			}
			asked[[2]string{f.Actor, f.Recipient}] = true
			var skip map[string]bool
			if f.Actor == "" {
				skip = mine // what they do to each other came with what they do
			}
			if err := read(f, skip); err != nil {
				return nil, err
			}
		}
	}
	return obs, nil
}
