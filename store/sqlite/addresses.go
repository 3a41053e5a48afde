package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// AtAddress gives the id of an article that was read from the address or that
// states it as its own, "" when there is none.
func (s *Store) AtAddress(ctx context.Context, address string) (id string, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT id FROM article WHERE path = ?1 AND path >= 'http' AND path < 'httq'
		UNION ALL SELECT id FROM article WHERE url = ?1 AND url <> '' LIMIT 1`, address).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, explain(s.path, err)
}

// FeedState gives what a feed's server said of its state when it was last kept,
// both empty when it was not.
func (s *Store) FeedState(ctx context.Context, address string) (etag, modified string, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT etag, modified FROM feed WHERE address = ?", address).Scan(&etag, &modified)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	return etag, modified, explain(s.path, err)
}

// KeepFeed keeps what a feed's server said of its state.
func (s *Store) KeepFeed(ctx context.Context, address, etag, modified string) error {
	return s.do(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO feed (address, etag, modified) VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, modified = excluded.modified",
			address, etag, modified)
		return err
	})
}
