package measure

import (
	"context"

	"chancery/coder/ledger"
	"chancery/store/sqlite"
)

// Account keeps the account between two parties from all that the record holds
// of goods between them; source, unless it is "", is the only publisher heard.
func Account(ctx context.Context, store *sqlite.Store, a, b, source string) (*ledger.Account, error) {
	var entries []ledger.Entry
	for _, side := range [2][2]string{{a, b}, {b, a}} {
		page, err := store.Events(ctx, sqlite.Filter{Giver: side[0], Receiver: side[1], HasGood: true, Source: source})
		if err != nil {
			return nil, err
		}
		for i := range page.Rows {
			entries = append(entries, ledger.Entry{Article: page.Rows[i].Article, Event: &page.Rows[i].Record})
		}
		if a == b {
			break
		}
	}
	return ledger.Keep(entries, a, b), nil
}
