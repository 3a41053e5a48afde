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
	obs, err := observations(ctx, store, q)
	if err != nil {
		return nil, err
	}
	return relation.Measure(obs, q), nil
}

func observations(ctx context.Context, store *sqlite.Store, q relation.Query) ([]relation.Observation, error) {
	others := q.B
	if len(others) == 0 {
		others = []string{""}
	}
	var obs []relation.Observation
	seen := map[string]bool{} // an event within a set comes once for each side
	keep := func(e *sqlite.DyadEvent) error {
		if key := e.Event + " " + e.Actor + " " + e.Recipient; !seen[key] {
			seen[key] = true
			obs = append(obs, relation.Observation{Event: e.Event, Actor: e.Actor, Recipient: e.Recipient, Day: e.Day, Type: e.Type, Status: e.Status,
				Good: e.Good, Contexts: e.Contexts, Intensity: e.Intensity, Probability: e.Probability, Source: e.Source, Happening: e.Happening})
		}
		return nil
	}
	for _, a := range q.A {
		for _, b := range others {
			for _, f := range []sqlite.DyadFilter{{Actor: a, Recipient: b}, {Actor: b, Recipient: a}} {
				f.Since, f.Until = q.Since, q.Until
				if err := store.DyadEvents(ctx, f, keep); err != nil {
					return nil, err
				}
			}
		}
	}
	return obs, nil
}
