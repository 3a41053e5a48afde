package measure

import (
	"context"
	"slices"
	"strings"

	"chancery"
	"chancery/model/draft"
	"chancery/relation"
	"chancery/relation/bloc"
	"chancery/store/sqlite"
)

// Blocs draws the blocs of the window and the actors in q.A (empty: all, each
// with everybody), whatever q.B says. Sectors of no state, as CVL for civilians
// nobody says whose, are no actors that could stand with another: what passed
// with them is left out, unless q.A asks for them.
func Blocs(ctx context.Context, store *sqlite.Store, q relation.Query, opts bloc.Options) (*bloc.Blocs, error) {
	f := sqlite.DyadFilter{Since: q.Since, Until: q.Until, Among: q.A}
	n, err := store.Expect(ctx, f)
	if err != nil {
		return nil, err
	}
	nobody := map[string]bool{}
	for _, sector := range chancery.Sectors() {
		nobody[sector] = !slices.Contains(q.A, sector)
	}
	obs := make([]relation.Observation, 0, n)
	keep := func(e *sqlite.DyadEvent) error {
		if nobody[e.Actor] || nobody[e.Recipient] {
			return nil
		}
		obs = append(obs, observation(e))
		return nil
	}
	if err := store.Observe(ctx, f, keep); err != nil {
		return nil, err
	}
	if err := store.Undated(ctx, f, keep); err != nil {
		return nil, err
	}
	q.B = q.A
	return bloc.Draw(relation.Happenings(obs, q), opts), nil
}

func observation(e *sqlite.DyadEvent) relation.Observation {
	return relation.Observation{Event: e.Event, Actor: e.Actor, Recipient: e.Recipient, Day: e.Day, Type: e.Type, Status: e.Status,
		Good: e.Good, Contexts: e.Contexts, Intensity: e.Intensity, Probability: e.Probability, Source: e.Source, Happening: e.Happening}
}

// Acts lists the events between actors that the filter lets through as a draft of
// a table takes them.
func Acts(ctx context.Context, store *sqlite.Store, f sqlite.DyadFilter) ([]draft.Act, error) {
	var acts []draft.Act
	keep := func(e *sqlite.DyadEvent) error {
		a := draft.Act{Event: e.Event, Actor: e.Actor, Recipient: e.Recipient, Type: e.Type, Status: e.Status,
			Class: relation.Class(e.Type, e.Status), Topics: strings.Fields(e.Contexts), Happening: e.Happening}
		if e.Good != "" {
			a.Topics = append(a.Topics, string(e.Good))
		}
		acts = append(acts, a)
		return nil
	}
	if err := store.DyadEvents(ctx, f, keep); err != nil {
		return nil, err
	}
	return acts, store.Undated(ctx, f, keep)
}
