// Package measure runs the measures of package relation on the record.
//
// In: an open store and what is asked. Out: what package relation makes of the
// store's events. The command line and the API both ask here; it prints
// nothing and measures nothing itself.
package measure

import (
	"context"
	"fmt"

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
	c := relation.NewCollection(q)
	if err := between(ctx, store, q, c.Add); err != nil {
		return nil, err
	}
	return c.Measure(), nil
}

// observations lists what is between q.A and q.B, as between gives it.
func observations(ctx context.Context, store *sqlite.Store, q relation.Query) ([]relation.Observation, error) {
	var obs []relation.Observation
	err := between(ctx, store, q, func(o *relation.Observation) { obs = append(obs, *o) })
	return obs, err
}

// between takes what is between q.A and q.B, each row once. What no date is said of
// counts under the day its article was published.
func between(ctx context.Context, store *sqlite.Store, q relation.Query, take func(*relation.Observation)) error {
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
			f.Since, f.Until = q.Since, q.Until
			each := take
			if f.Actor == "" {
				each = func(o *relation.Observation) {
					if !mine[o.Actor] { // what they do to each other came with what they do
						take(o)
					}
				}
			}
			if err := observe(ctx, store, f, each); err != nil {
				return err
			}
		}
	}
	return nil
}
