package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"chancery"
)

// ForecastsBetween lists the forecasts of two states: those that have one for
// holder or subject and the other too, and those whose sentence tells an event
// between the two. They come in the order of the text.
func (s *Store) ForecastsBetween(ctx context.Context, a, b string) ([]Row[chancery.Forecast], error) {
	return rowsWhere[chancery.Forecast](ctx, s, "SELECT k.record FROM forecast_dyad d JOIN forecast k ON k.record = d.record WHERE d.dyad = ? ORDER BY k.key", min(a, b)+"|"+max(a, b))
}

// foretold notes which pairs of states the forecasts of an article are about.
func (w writer) foretold(at place) error {
	if !at.isNew {
		if err := w.exec("DELETE FROM forecast_dyad WHERE record IN (SELECT n FROM record WHERE article = ? AND kind = 'forecast')", at.n); err != nil {
			return err
		}
	}
	return w.exec(`INSERT INTO forecast_dyad (dyad, record)
  SELECT p.state || '|' || q.state, p.record FROM record g JOIN party p ON p.record = g.n AND p.leads = 1 AND p.side IN ('holder', 'subject')
    JOIN party q ON q.record = g.n AND q.leads = 1 AND q.side IN ('holder', 'subject') AND q.state > p.state
    WHERE g.kind = 'forecast' AND g.article = ?1
  UNION SELECT min(d.actor, d.recipient) || '|' || max(d.actor, d.recipient), g.n FROM record g JOIN evidence y ON y.record = g.n AND y.role = 'sentence'
    JOIN record e ON e.article = g.article AND e.kind = 'event' JOIN evidence x ON x.record = e.n AND x.role = 'sentence' AND x.start = y.start JOIN dyad d ON d.record = e.n
    WHERE g.kind = 'forecast' AND g.article = ?1 AND EXISTS (SELECT 1 FROM forecast f WHERE f.record = g.n)`, at.n)
}

// PartyName gives the name that the record has for a code, "" when it has none.
func (s *Store) PartyName(ctx context.Context, code string) (string, error) {
	var name string
	err := s.read.QueryRowContext(ctx, "SELECT name FROM party WHERE code = ? AND name <> '' ORDER BY code, side, record, i LIMIT 1", code).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return name, explain(s.path, err)
}
