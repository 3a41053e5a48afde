package intake

import (
	"context"
	"fmt"
	"iter"

	"chancery/acquire"
	"chancery/acquire/fetch"
	"chancery/store/sqlite"
)

// Addresses walks addresses of the web for Read. Pages are fetched; of a feed
// each entry's page, unless the record has an article of that address already. A
// feed that has not changed since all its entries were read is not looked into.
type Addresses struct {
	client *fetch.Client
	store  *sqlite.Store
	seen   map[string]bool // addresses asked for in this walk
	feeds  []readFeed

	// What the walk saw, to be asked for when Read has returned.
	Skipped   int // entries of feeds that the record had already
	Unchanged int // feeds that had not changed
}

// readFeed is a feed all of whose entries were fetched or in the record.
type readFeed struct {
	address string
	state   fetch.Validators
}

// NewAddresses gives a walk that asks the client, and the store for what it has.
func NewAddresses(client *fetch.Client, store *sqlite.Store) *Addresses {
	return &Addresses{client: client, store: store, seen: map[string]bool{}}
}

// Items fetches what stands at the addresses, one after the other. What cannot be
// had is an *acquire.Problem and the walk goes on; the context's error ends it.
func (a *Addresses) Items(ctx context.Context, addresses []string) iter.Seq2[acquire.Item, error] {
	return func(yield func(acquire.Item, error) bool) {
		for _, address := range addresses {
			if !a.address(ctx, address, yield) {
				return
			}
		}
	}
}

// address fetches an address that the user named; false ends the walk.
func (a *Addresses) address(ctx context.Context, address string, yield func(acquire.Item, error) bool) bool {
	problem := func(err error) bool {
		if ctx.Err() != nil {
			yield(acquire.Item{Path: address}, ctx.Err())
			return false
		}
		return yield(acquire.Item{Path: address}, &acquire.Problem{Path: address, Err: err})
	}
	u, err := fetch.Parse(address)
	if err != nil {
		return problem(err)
	}
	address = u.String()
	if a.seen[address] {
		return true
	}
	a.seen[address] = true
	var last fetch.Validators
	if last.ETag, last.Modified, err = a.store.FeedState(ctx, address); err != nil {
		return problem(err)
	}
	got, err := a.client.Get(ctx, address, last)
	switch {
	case err != nil:
		return problem(err)
	case got.Unchanged:
		a.Unchanged++
		return true
	case got.Feed == nil:
		return yield(got.Item, nil)
	}
	whole := got.Feed.Over == 0
	for _, e := range got.Feed.Entries {
		item, had, err := a.entry(ctx, e)
		switch {
		case err != nil && ctx.Err() != nil:
			return problem(err)
		case err != nil:
			whole = false
			if !yield(acquire.Item{Path: e.Address}, &acquire.Problem{Path: e.Address, Err: err}) {
				return false
			}
		case !had && !yield(item, nil):
			return false
		}
	}
	if whole && got.Validators != (fetch.Validators{}) {
		a.feeds = append(a.feeds, readFeed{address, got.Validators})
	}
	if n := got.Feed.Without; n > 0 && !problem(fmt.Errorf("%w: %d of the feed's entries have none", fetch.ErrAddress, n)) {
		return false
	}
	if n := got.Feed.Over; n > 0 && !problem(fmt.Errorf("%w: the feed has %d entries more than are read at once", acquire.ErrTooLarge, n)) {
		return false
	}
	return true
}

// entry fetches the page of a feed's entry, unless the record has it or it was
// fetched in this walk.
func (a *Addresses) entry(ctx context.Context, e fetch.Entry) (item acquire.Item, had bool, err error) {
	if a.seen[e.Address] {
		return item, true, nil
	}
	a.seen[e.Address] = true
	id, err := a.store.AtAddress(ctx, e.Address)
	if err != nil {
		return item, false, err
	}
	if id != "" {
		a.Skipped++
		return item, true, nil
	}
	got, err := a.client.Get(ctx, e.Address, fetch.Validators{})
	switch {
	case err != nil:
		return item, false, err
	case got.Feed != nil:
		return item, false, fmt.Errorf("%w: it is a feed within a feed", acquire.ErrKind)
	}
	got.Item.Title, got.Item.Published = e.Title, e.Published
	return got.Item, false, nil
}

// Keep notes the feeds that were read whole, once Read has stored what the walk
// gave.
func (a *Addresses) Keep(ctx context.Context) error {
	for _, f := range a.feeds {
		if err := a.store.KeepFeed(ctx, f.address, f.state.ETag, f.state.Modified); err != nil {
			return err
		}
	}
	return nil
}
