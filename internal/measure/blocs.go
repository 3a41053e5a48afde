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
	q.B = q.A
	sides := relation.NewSiding(q, n)
	var actor, recipient string // of the event before: those of a pair come together
	skip := false
	if err := observe(ctx, store, f, func(o *relation.Observation) {
		if o.Actor != actor || o.Recipient != recipient {
			actor, recipient = o.Actor, o.Recipient
			skip = nobody[actor] || nobody[recipient]
		}
		if !skip {
			sides.Add(o)
		}
	}); err != nil {
		return nil, err
	}
	return bloc.Draw(sides.Sides(), opts), nil
}

// observe takes each event that the filter lets through, what has no date last.
func observe(ctx context.Context, store *sqlite.Store, f sqlite.DyadFilter, take func(*relation.Observation)) error {
	each := func(o *relation.Observation) error {
		take(o)
		return nil
	}
	if err := store.Observe(ctx, f, each); err != nil {
		return err
	}
	return store.Undated(ctx, f, each)
}

// Draft drafts a table from the events between actors that the filter lets through.
func Draft(ctx context.Context, store *sqlite.Store, f sqlite.DyadFilter, opts draft.Options) (draft.Draft, error) {
	return draft.Table(func(take func(*draft.Act)) error {
		kinds := map[*relation.Kind]*draft.Kind{}
		var a draft.Act
		each := func(o *relation.Observation) error {
			k := kinds[o.Kind]
			if k == nil {
				k = &draft.Kind{Type: o.Type, Status: o.Status, Class: o.Class(), Topics: strings.Fields(o.Contexts)}
				if o.Good != "" {
					k.Topics = append(k.Topics, string(o.Good))
				}
				kinds[o.Kind] = k
			}
			a = draft.Act{Event: o.Event, Actor: o.Actor, Recipient: o.Recipient, Kind: k, Happening: o.Happening}
			take(&a)
			return nil
		}
		if err := store.DyadEvents(ctx, f, each); err != nil {
			return err
		}
		return store.Undated(ctx, f, each)
	}, opts)
}
