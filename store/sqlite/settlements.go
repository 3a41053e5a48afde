package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"chancery"
	"chancery/collate"
	"chancery/correct"
)

// Settle keeps what came of a forecast and gives it a number. Article and Was
// are taken from the forecast as it stands. The outcome chancery.Unsettled takes
// back what was said before. It returns chancery.ErrInvalid for an incomplete
// settlement or one that takes back nothing, chancery.ErrNotFound when no
// current reading has the forecast.
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
		if x.Outcome == chancery.Unsettled {
			var settled bool
			if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM forecast f JOIN record r ON r.n = f.record WHERE r.id = ? AND f.settled <> 0)", x.Forecast).Scan(&settled); err != nil {
				return err
			}
			if !settled {
				return fmt.Errorf("%w: forecast %s is not settled, so there is nothing to take back", chancery.ErrInvalid, x.Forecast)
			}
		}
		res, err := tx.ExecContext(ctx, "INSERT INTO settlement (forecast, article, outcome, why, evidence, was, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			x.Forecast, x.Article, string(x.Outcome), x.Why, x.Evidence, string(x.Was), x.Who, x.When.Format(time.RFC3339Nano))
		if err != nil {
			return err
		}
		if x.Number, err = res.LastInsertId(); err != nil {
			return err
		}
		inForce := x.Number
		if x.Outcome == chancery.Unsettled {
			inForce = 0
		}
		_, err = tx.ExecContext(ctx, "UPDATE forecast SET settled = ? WHERE record = (SELECT n FROM record WHERE id = ?)", inForce, x.Forecast)
		return err
	})
	return x, err
}

// Settlements lists the settlement in force of every forecast that has one, in
// the order of their numbers. Where a new reading has the forecast under another
// id, Forecast is that id; where it has it no longer, the one it had.
func (s *Store) Settlements(ctx context.Context) ([]chancery.Settlement, error) {
	const columns = ", s.article, s.outcome, s.why, s.evidence, s.was, s.who, s.at FROM settlement s "
	out, err := settlements(ctx, s.read, "SELECT s.n, r.id"+columns+"JOIN forecast f ON f.settled = s.n AND f.settled <> 0 JOIN record r ON r.n = f.record")
	if err != nil {
		return nil, explain(s.path, err)
	}
	gone, err := settlements(ctx, s.read, "SELECT s.n, s.forecast"+columns+`WHERE s.outcome <> 'open' AND s.n IN (SELECT max(n) FROM settlement GROUP BY forecast)
		AND NOT EXISTS (SELECT 1 FROM forecast f WHERE f.settled = s.n AND f.settled <> 0) AND NOT EXISTS (SELECT 1 FROM record r WHERE r.id = s.forecast)`)
	if err != nil {
		return nil, explain(s.path, err)
	}
	for _, x := range gone {
		read, err := s.Reading(ctx, x.Article)
		if err != nil && !errors.Is(err, chancery.ErrNotFound) {
			return nil, err
		}
		_, lost, err := settled(ctx, s.read, s.packer, x.Article, read)
		if err != nil {
			return nil, explain(s.path, err)
		}
		if lost[x.Number] {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b chancery.Settlement) int { return cmp.Compare(a.Number, b.Number) })
	return out, nil
}

func settlements(ctx context.Context, q querier, query string, args ...any) ([]chancery.Settlement, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []chancery.Settlement
	for rows.Next() {
		var x chancery.Settlement
		var was, at string
		if err := rows.Scan(&x.Number, &x.Forecast, &x.Article, &x.Outcome, &x.Why, &x.Evidence, &was, &x.Who, &at); err != nil {
			return nil, err
		}
		x.Was = json.RawMessage(was)
		if x.When, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("settlement %d: %w", x.Number, err)
		}
		out = append(out, x)
	}
	return out, rows.Err()
}

// settled gives the settlements in force of a reading's forecasts, by their ids:
// those made on them, and those made on what they were in an earlier reading. lost
// are the numbers of those of whose forecast the reading has nothing.
func settled(ctx context.Context, q querier, packer packer, article string, read *chancery.Reading) (inForce map[string]int64, lost map[int64]bool, err error) {
	all, err := settlements(ctx, q, "SELECT n, forecast, article, outcome, why, evidence, was, who, at FROM settlement WHERE article = ? ORDER BY n", article)
	if err != nil || len(all) == 0 {
		return nil, nil, err
	}
	said := make([]chancery.Correction, len(all))
	for i, x := range all {
		said[i] = chancery.Correction{Number: x.Number, Record: x.Forecast, Article: x.Article, Kind: string(KindForecast), Verdict: chancery.Confirmed, Was: x.Was}
	}
	earlier, err := readingsBeside(ctx, q, packer, article, said, read)
	if err != nil {
		return nil, nil, err
	}
	inForce, lost = map[string]int64{}, map[int64]bool{}
	for i, s := range correct.Resolve(said, read, earlier) {
		switch {
		case s.Now == "":
			lost[all[i].Number] = true
		case all[i].Outcome == chancery.Unsettled:
			delete(inForce, s.Now)
		default:
			inForce[s.Now] = all[i].Number
		}
	}
	return inForce, lost, nil
}

// settledBySource counts, by the name of the source, what came of the forecasts
// that its articles' current readings still have.
func (s *Store) settledBySource(ctx context.Context) (map[string]collate.Settled, error) {
	out := map[string]collate.Settled{}
	var source, outcome string
	err := s.each(ctx, "SELECT s.name, x.outcome FROM forecast f JOIN settlement x ON x.n = f.settled JOIN source s ON s.n = f.source WHERE f.settled <> 0", nil, func() error {
		c := out[source]
		switch chancery.Outcome(outcome) {
		case chancery.CameTrue:
			c.True++
		case chancery.CamePart:
			c.Partly++
		case chancery.CameFalse:
			c.False++
		}
		out[source] = c
		return nil
	}, &source, &outcome)
	return out, err
}
