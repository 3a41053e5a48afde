package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"chancery"
)

// Row is one record with the article it points into.
type Row[T any] struct {
	Article *chancery.Article // shared by the rows of a page; not to be changed
	Record  T
	Verdict chancery.Verdict // confirmed or amended, where a person said so
}

// Page is a run of rows in the order of the filter.
type Page[T any] struct {
	Rows []T
	Next string // cursor of the page after this one, "" on the last
}

// Events lists the events that the filter lets through.
func (s *Store) Events(ctx context.Context, f Filter) (Page[Row[chancery.Event]], error) {
	return list[chancery.Event](ctx, s, KindEvent, f)
}

// Exchanges lists the exchanges that the filter lets through.
func (s *Store) Exchanges(ctx context.Context, f Filter) (Page[Row[chancery.Exchange]], error) {
	return list[chancery.Exchange](ctx, s, KindExchange, f)
}

// Legs gives the events that exchanges join, by the id of the exchange, in the order
// of the text.
func (s *Store) Legs(ctx context.Context, exchanges []Row[chancery.Exchange]) (map[string][]Row[chancery.Event], error) {
	ids := make([]string, len(exchanges))
	for i, x := range exchanges {
		ids[i] = x.Record.ID
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := rowsWhere[chancery.Event](ctx, s, "SELECT k.record FROM json_each(?) j CROSS JOIN event k ON k.exchange = j.value AND k.exchange <> '' ORDER BY k.key", string(list))
	out := map[string][]Row[chancery.Event]{}
	for _, r := range rows {
		out[r.Record.Exchange] = append(out[r.Record.Exchange], r)
	}
	return out, err
}

// rowsWhere gives the records whose numbers the query selects.
func rowsWhere[T any](ctx context.Context, s *Store, query string, args ...any) ([]Row[T], error) {
	return withKept(ctx, s, func(m *mirror, version int64) ([]Row[T], error) {
		tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
		if err != nil {
			return nil, explain(s.path, err)
		}
		defer tx.Rollback()
		var numbers []int64
		var n int64
		if err := queryAll(ctx, tx, query, args, func() error {
			numbers = append(numbers, n)
			return nil
		}, &n); err != nil {
			return nil, explain(s.path, err)
		}
		out, err := rowsOf[T](ctx, s, tx, m, version, numbers)
		return out, explain(s.path, err)
	})
}

// Quotes lists the quotes that the filter lets through.
func (s *Store) Quotes(ctx context.Context, f Filter) (Page[Row[chancery.Quote]], error) {
	return list[chancery.Quote](ctx, s, KindQuote, f)
}

// Figures lists the figures that the filter lets through.
func (s *Store) Figures(ctx context.Context, f Filter) (Page[Row[chancery.Figure]], error) {
	return list[chancery.Figure](ctx, s, KindFigure, f)
}

// Forecasts lists the forecasts that the filter lets through.
func (s *Store) Forecasts(ctx context.Context, f Filter) (Page[Row[chancery.Forecast]], error) {
	return list[chancery.Forecast](ctx, s, KindForecast, f)
}

// Count says how many records of the kind the filter lets through; its order,
// limit and cursor do not matter. The kind "" counts articles.
func (s *Store) Count(ctx context.Context, kind Kind, f Filter) (int, error) {
	f.Order, f.Limit = OrderText, 0
	q, err := s.query(ctx, kind, f)
	if err != nil {
		return 0, err
	}
	var n int
	if len(q.where) == 0 {
		err := s.read.QueryRowContext(ctx, "SELECT n FROM total WHERE kind = ?", cmp.Or(string(kind), "article")).Scan(&n)
		return n, explain(s.path, err)
	}
	err = s.read.QueryRowContext(ctx, q.text("count(*)", ""), q.args...).Scan(&n)
	return n, explain(s.path, err)
}

// list gives a page, with what the mirror keeps of records where there is one.
func list[T any](ctx context.Context, s *Store, kind Kind, f Filter) (Page[Row[T]], error) {
	return withKept(ctx, s, func(m *mirror, version int64) (Page[Row[T]], error) {
		if m == nil {
			return readList[T](ctx, s, kind, f)
		}
		return keptList[T](ctx, s, kind, f, m, version)
	})
}

// tries is how often an answer is made with what the mirror keeps while others write.
const tries = 3

// withKept has an answer made with what the mirror keeps of records; with nil where
// there is none, or what it keeps was each time not of the state that was read.
func withKept[T any](ctx context.Context, s *Store, answer func(*mirror, int64) (T, error)) (T, error) {
	var none T
	for range tries {
		m, version, err := s.state(ctx)
		if err != nil {
			return none, err
		}
		if m == nil {
			break
		}
		out, err := answer(m, version)
		if now, failed := s.Version(ctx); failed != nil || now == version {
			return out, cmp.Or(err, failed)
		}
	}
	return answer(nil, 0)
}

// keptList reads which records are listed, and of these what is not kept.
func keptList[T any](ctx context.Context, s *Store, kind Kind, f Filter, m *mirror, version int64) (Page[Row[T]], error) {
	var page Page[Row[T]]
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return page, explain(s.path, err)
	}
	defer tx.Rollback()
	numbers, known := m.given(kind, f)
	if !known {
		if numbers, page.Next, err = s.numbers(ctx, tx, kind, f, m); err != nil {
			return page, explain(s.path, err)
		}
	}
	if page.Rows, err = rowsOf[T](ctx, s, tx, m, version, numbers); err != nil {
		return page, explain(s.path, err)
	}
	return page, nil
}

// rowsOf gives the records of the numbers with their articles: what the mirror, if
// there is one, keeps of the version, and what it does not as the transaction reads
// it, which may be of a later one.
func rowsOf[T any](ctx context.Context, s *Store, tx *sql.Tx, m *mirror, version int64, numbers []int64) ([]Row[T], error) {
	records := map[int64]keptRecord{}
	if m != nil {
		records = take(m.kept, m.kept.records, version, numbers)
	}
	missing := slices.DeleteFunc(slices.Clone(numbers), func(n int64) bool { _, ok := records[n]; return ok })
	fresh := map[int64]keptRecord{}
	list, err := json.Marshal(missing)
	if err != nil {
		return nil, err
	}
	var n, article int64
	var verdict string
	var body sql.RawBytes
	if err := queryAll(ctx, tx, "SELECT r.n, r.article, r.verdict, r.body FROM json_each(?) j CROSS JOIN record r ON r.n = j.value", []any{string(list)}, func() error {
		content := new(T)
		if err := json.Unmarshal(body, content); err != nil {
			return fmt.Errorf("%s: record number %d: %w", s.path, n, err)
		}
		fresh[n] = keptRecord{article, chancery.Verdict(verdict), content}
		return nil
	}, &n, &article, &verdict, &body); err != nil {
		return nil, err
	}
	if err := tx.Commit(); err != nil { // its connection is of use to others
		return nil, err
	}
	if m != nil {
		m.kept.keepRecords(version, fresh)
	}
	maps.Copy(records, fresh)
	at := make([]int64, len(numbers))
	out := make([]Row[T], len(numbers))
	for i, n := range numbers {
		content, ok := records[n].content.(*T)
		if !ok {
			return nil, fmt.Errorf("%s: record number %d: %w", s.path, n, ErrDamaged)
		}
		out[i] = Row[T]{Record: *content, Verdict: records[n].verdict}
		at[i] = records[n].article
	}
	articles, err := s.articles(ctx, at)
	if err != nil {
		return nil, err
	}
	for i, n := range at {
		out[i].Article = articles[n]
	}
	return out, nil
}

// numbers reads which records the filter lets through, and the cursor of the next page.
func (s *Store) numbers(ctx context.Context, tx *sql.Tx, kind Kind, f Filter, m *mirror) (numbers []int64, next string, err error) {
	among, newest := m.newest(kind, f)
	if newest {
		f.Between = [2]string{}
	}
	q, err := s.query(ctx, kind, f)
	if err != nil {
		return nil, "", err
	}
	if newest {
		list, err := json.Marshal(among)
		if err != nil {
			return nil, "", err
		}
		q.and("k.record IN (SELECT value FROM json_each(?))", string(list))
	}
	if err := q.page(f); err != nil {
		return nil, "", err
	}
	var n int64
	var first, key string
	var last cursor
	err = queryAll(ctx, tx, q.text("k.first, k.key, k.record", ""), q.all(), func() error {
		if f.Limit > 0 && len(numbers) == f.Limit {
			next = last.String() // there is one more
			return nil
		}
		numbers = append(numbers, n)
		last = cursor{f.Order, first, key}
		return nil
	}, &first, &key, &n)
	return numbers, next, err
}

// readList reads a page.
func readList[T any](ctx context.Context, s *Store, kind Kind, f Filter) (Page[Row[T]], error) {
	var page Page[Row[T]]
	q, err := s.query(ctx, kind, f)
	if err != nil {
		return page, err
	}
	if err := q.page(f); err != nil {
		return page, err
	}
	rows, err := s.read.QueryContext(ctx, q.text("k.first, k.key, r.article, r.verdict, r.body", " CROSS JOIN record r ON r.n = k.record"), q.all()...)
	if err != nil {
		return page, explain(s.path, err)
	}
	defer rows.Close()
	var at []int64
	var last cursor
	for rows.Next() {
		if f.Limit > 0 && len(page.Rows) == f.Limit {
			page.Next = last.String()
			break
		}
		var article int64
		var body sql.RawBytes
		var first, key string
		var row Row[T]
		if err := rows.Scan(&first, &key, &article, &row.Verdict, &body); err != nil {
			return page, explain(s.path, err)
		}
		if err := json.Unmarshal(body, &row.Record); err != nil {
			return page, fmt.Errorf("%s: record %q: %w", s.path, key, err)
		}
		page.Rows = append(page.Rows, row)
		at = append(at, article)
		last = cursor{f.Order, first, key}
	}
	if err := rows.Err(); err != nil {
		return page, explain(s.path, err)
	}
	if err := rows.Close(); err != nil {
		return page, explain(s.path, err)
	}
	articles, err := s.readArticles(ctx, at, nil)
	if err != nil {
		return page, err
	}
	for i, n := range at {
		page.Rows[i].Article = articles[n]
	}
	return page, nil
}

// Found is one record of any kind: the field of its kind is set.
type Found struct {
	Kind     Kind
	Article  *chancery.Article
	Body     json.RawMessage  // the record as JSON, as it stands
	Verdict  chancery.Verdict // what was said of it, "" for nothing
	Event    *chancery.Event
	Exchange *chancery.Exchange
	Quote    *chancery.Quote
	Figure   *chancery.Figure
	Forecast *chancery.Forecast
}

// Record gives the record of a current reading that has the id, one that was
// rejected too. It returns chancery.ErrNotFound.
func (s *Store) Record(ctx context.Context, id string) (Found, error) {
	var f Found
	var article int64
	var body string
	err := s.read.QueryRowContext(ctx, "SELECT kind, article, body, verdict FROM record WHERE id = ?", id).Scan(&f.Kind, &article, &body, &f.Verdict)
	if errors.Is(err, sql.ErrNoRows) {
		return f, fmt.Errorf("record %q: %w", id, chancery.ErrNotFound)
	}
	if err != nil {
		return f, explain(s.path, err)
	}
	if f.Article, err = s.article(ctx, "n = ?", article); err != nil {
		return f, err
	}
	f.Body = json.RawMessage(body)
	var into any
	switch f.Kind {
	case KindEvent:
		f.Event = new(chancery.Event)
		into = f.Event
	case KindExchange:
		f.Exchange = new(chancery.Exchange)
		into = f.Exchange
	case KindQuote:
		f.Quote = new(chancery.Quote)
		into = f.Quote
	case KindFigure:
		f.Figure = new(chancery.Figure)
		into = f.Figure
	case KindForecast:
		f.Forecast = new(chancery.Forecast)
		into = f.Forecast
	default:
		return f, fmt.Errorf("%s: record %s: %w: kind %q", s.path, id, chancery.ErrInvalid, f.Kind)
	}
	if err := json.Unmarshal(f.Body, into); err != nil {
		return f, fmt.Errorf("%s: record %s: %w", s.path, id, err)
	}
	return f, nil
}

// RecordID gives the one id of a record of a current reading that begins with
// prefix. It returns chancery.ErrNotFound when none does, chancery.ErrConflict
// when several do and none is the prefix itself.
func (s *Store) RecordID(ctx context.Context, prefix string) (string, error) {
	if prefix == "" {
		return "", fmt.Errorf("record %q: %w", prefix, chancery.ErrNotFound)
	}
	rows, err := s.read.QueryContext(ctx, "SELECT id FROM record WHERE id >= ? AND id < ? || '{' ORDER BY id LIMIT 2", prefix, prefix) // "{" follows "z", the last character of ids
	if err != nil {
		return "", explain(s.path, err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return "", explain(s.path, err)
		}
		ids = append(ids, id)
	}
	switch err := rows.Err(); {
	case err != nil:
		return "", explain(s.path, err)
	case len(ids) == 0:
		return "", fmt.Errorf("record %q: %w", prefix, chancery.ErrNotFound)
	case len(ids) > 1 && ids[0] != prefix:
		return "", fmt.Errorf("record %q: %w: several ids begin with this, give more of it", prefix, chancery.ErrConflict)
	}
	return ids[0], nil
}
