package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"chancery"
)

// Correct keeps what a person said of a record and gives it a number. Of c,
// Record, Verdict, Amendment, Withdraws, Who, When and Why count; the rest is
// taken from the record as it stands. It returns chancery.ErrInvalid for an
// incomplete correction, chancery.ErrNotFound when no current reading has the
// record, or the correction to withdraw is not one on this record.
func (s *Store) Correct(ctx context.Context, c chancery.Correction) (chancery.Correction, error) {
	if err := c.Validate(); err != nil {
		return c, err
	}
	if c.Withdraws != 0 {
		// The record may be gone by now; what was said of it is not.
		all, err := s.Corrections(ctx, CorrectionFilter{Record: c.Record})
		if err != nil {
			return c, err
		}
		found := false
		for _, old := range all {
			if old.Number == c.Withdraws {
				found = true
				c.Article, c.Kind, c.Was = old.Article, old.Kind, old.Was
			}
		}
		if !found {
			return c, fmt.Errorf("correction %d of record %s: %w", c.Withdraws, c.Record, chancery.ErrNotFound)
		}
	} else {
		r, err := s.Record(ctx, c.Record)
		if err != nil {
			return c, err
		}
		c.Article, c.Kind, c.Was = r.Article.ID, string(r.Kind), r.Body
	}
	c.When = c.When.UTC()
	err := s.do(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO correction (record, article, kind, verdict, was, amendment, withdraws, who, at, why) VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?)",
			c.Record, c.Article, c.Kind, string(c.Verdict), string(c.Was), string(c.Amendment), c.Withdraws, c.Who, c.When.Format(time.RFC3339Nano), c.Why)
		if err != nil {
			return err
		}
		c.Number, err = res.LastInsertId()
		return err
	})
	return c, err
}

// CorrectionFilter narrows a listing of corrections; the zero value lets all through.
type CorrectionFilter struct {
	Record  string // record id
	Article string // article id
	After   int64  // only those with a larger number
	Limit   int    // at most; 0 is no limit
}

// Corrections lists what people said of the record, in the order in which they
// said it, withdrawn or not.
func (s *Store) Corrections(ctx context.Context, f CorrectionFilter) ([]chancery.Correction, error) {
	query := "SELECT n, record, article, kind, verdict, was, amendment, coalesce(withdraws, 0), who, at, why FROM correction WHERE n > ?"
	args := []any{f.After}
	if f.Record != "" {
		query += " AND record = ?"
		args = append(args, f.Record)
	}
	if f.Article != "" {
		query += " AND article = ?"
		args = append(args, f.Article)
	}
	query += " ORDER BY n"
	if f.Limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", f.Limit)
	}
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer rows.Close()
	var out []chancery.Correction
	for rows.Next() {
		var c chancery.Correction
		var was, amendment, at string
		if err := rows.Scan(&c.Number, &c.Record, &c.Article, &c.Kind, &c.Verdict, &was, &amendment, &c.Withdraws, &c.Who, &at, &c.Why); err != nil {
			return nil, explain(s.path, err)
		}
		c.Was = json.RawMessage(was)
		if amendment != "" {
			c.Amendment = json.RawMessage(amendment)
		}
		if c.When, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("%s: correction %d: %w", s.path, c.Number, err)
		}
		out = append(out, c)
	}
	return out, explain(s.path, rows.Err())
}
