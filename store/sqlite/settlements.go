package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"chancery"
)

// Settle keeps what came of a forecast and gives it a number. Article and Was
// are taken from the forecast as it stands. It returns chancery.ErrInvalid for
// an incomplete settlement, chancery.ErrNotFound when no current reading has
// the forecast.
func (s *Store) Settle(ctx context.Context, x chancery.Settlement) (chancery.Settlement, error) {
	if err := x.Validate(); err != nil {
		return x, err
	}
	r, err := s.Record(ctx, x.Forecast)
	if err != nil {
		return x, err
	}
	if r.Forecast == nil {
		return x, fmt.Errorf("%w: record %s is of kind %s, not a forecast", chancery.ErrInvalid, x.Forecast, r.Kind)
	}
	x.Article, x.Was, x.When = r.Article.ID, r.Body, x.When.UTC()
	err = s.do(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO settlement (forecast, article, outcome, why, evidence, was, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			x.Forecast, x.Article, string(x.Outcome), x.Why, x.Evidence, string(x.Was), x.Who, x.When.Format(time.RFC3339Nano))
		if err != nil {
			return err
		}
		x.Number, err = res.LastInsertId()
		return err
	})
	return x, err
}

// Settlements lists the settlement in force of every forecast that has one, in
// the order of their numbers.
func (s *Store) Settlements(ctx context.Context) ([]chancery.Settlement, error) {
	var out []chancery.Settlement
	var x chancery.Settlement
	var outcome, was, at string
	err := s.each(ctx, "SELECT n, forecast, article, outcome, why, evidence, was, who, at FROM settlement WHERE n IN (SELECT max(n) FROM settlement GROUP BY forecast) ORDER BY n", nil, func() error {
		y := x
		y.Outcome, y.Was = chancery.Outcome(outcome), json.RawMessage(was)
		var err error
		if y.When, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return fmt.Errorf("%s: settlement %d: %w", s.path, y.Number, err)
		}
		out = append(out, y)
		return nil
	}, &x.Number, &x.Forecast, &x.Article, &outcome, &x.Why, &x.Evidence, &was, &x.Who, &at)
	return out, err
}
