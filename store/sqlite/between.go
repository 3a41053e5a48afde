package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"chancery"
)

// ForecastsBetween lists the forecasts of two states: those that have one for
// holder or subject and the other too, and those whose sentence tells an event
// between the two. They come in the order of the text.
func (s *Store) ForecastsBetween(ctx context.Context, a, b string) ([]Row[chancery.Forecast], error) {
	var ids []string
	var id string
	err := s.each(ctx, `SELECT r.id FROM forecast k JOIN record r ON r.n = k.record WHERE k.record IN (
			SELECT p.record FROM party p WHERE p.state = ?1 AND p.leads = 1 AND p.side IN ('holder', 'subject')
			INTERSECT SELECT p.record FROM party p WHERE p.state = ?2 AND p.leads = 1 AND p.side IN ('holder', 'subject')
			UNION SELECT f.n FROM (SELECT record FROM dyad WHERE actor = ?1 AND recipient = ?2 UNION SELECT record FROM dyad WHERE actor = ?2 AND recipient = ?1) d
				JOIN record e ON e.n = d.record JOIN evidence x ON x.record = e.n AND x.role = 'sentence'
				JOIN record f ON f.article = e.article AND f.kind = 'forecast' JOIN evidence y ON y.record = f.n AND y.role = 'sentence' AND y.start = x.start)
		ORDER BY k.key`, []any{a, b}, func() error {
		ids = append(ids, id)
		return nil
	}, &id)
	if err != nil {
		return nil, err
	}
	out := make([]Row[chancery.Forecast], 0, len(ids))
	articles := map[string]*chancery.Article{}
	for _, id := range slices.Compact(ids) {
		f, err := s.Record(ctx, id)
		if err != nil {
			return nil, err
		}
		if articles[f.Article.ID] == nil {
			articles[f.Article.ID] = f.Article
		}
		out = append(out, Row[chancery.Forecast]{Article: articles[f.Article.ID], Record: *f.Forecast})
	}
	return out, nil
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
