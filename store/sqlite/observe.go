package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"chancery"
)

// Observe calls yield with what DyadEvents would give, but without event ids and
// in the order in which rows are kept, until it returns an error, which Observe
// then returns. It is for measures that read a great many rows and do not ask for
// their order: what is text comes in one column, for each column costs more than
// its content, and recurring texts are shared. The event is not to be kept.
func (s *Store) Observe(ctx context.Context, f DyadFilter, yield func(*DyadEvent) error) error {
	if m, err := s.current(ctx); err != nil {
		return err
	} else if m != nil {
		return m.events(f, datedRows, func(e *DyadEvent) error {
			e.Event = ""
			return yield(e)
		})
	}
	sources, err := s.sourceNames(ctx)
	if err != nil {
		return err
	}
	cond, args := f.where()
	const sep = "char(31)"
	rows, err := s.read.QueryContext(ctx, "SELECT d.day * 1048576 + d.days, d.intensity, d.probability, d.source, d.happening, "+
		strings.Join([]string{"d.actor", "d.recipient", "d.type", "d.status", "d.good", "d.contexts"}, " || "+sep+" || ")+
		" FROM dyad d WHERE "+cond, args...)
	if err != nil {
		return explain(s.path, err)
	}
	defer rows.Close()
	known := map[string]*DyadEvent{}
	var text sql.RawBytes
	for rows.Next() {
		var when, source, happening int64
		var intensity, probability float64
		if err := rows.Scan(&when, &intensity, &probability, &source, &happening, &text); err != nil {
			return explain(s.path, err)
		}
		e := known[string(text)]
		if e == nil {
			part := strings.Split(string(text), "\x1f")
			if len(part) != 6 {
				return fmt.Errorf("record %s: a dyad's row has the text %q", s.path, text)
			}
			t := chancery.EventType(part[2])
			e = &DyadEvent{Actor: part[0], Recipient: part[1], Type: t, Status: chancery.Status(part[3]), Good: chancery.GoodKind(part[4]),
				Contexts: part[5], Quad: t.QuadClass()}
			known[string(text)] = e
		}
		day := when >> 20 // also below zero
		e.Day, e.Days = time.Unix(day*24*60*60, 0).UTC(), int(when&(1<<20-1))
		e.Intensity, e.Probability, e.Source, e.Happening = intensity, probability, sources[source], happening
		if err := yield(e); err != nil {
			return err
		}
	}
	return explain(s.path, rows.Err())
}

// Expect gives how many rows Observe will give, 0 where that is not known without
// reading them.
func (s *Store) Expect(ctx context.Context, f DyadFilter) (int, error) {
	m, err := s.current(ctx)
	if err != nil || m == nil {
		return 0, err
	}
	return m.expect(f), nil
}

// Undated calls yield with each event between states that no date is said of, in
// the order of DyadEvents, until it returns an error, which Undated then returns.
// Day is the first day the article's date of publication may mean, zero where
// that is not known either; the filter's window is held against it, and a window
// keeps out what has no day at all.
func (s *Store) Undated(ctx context.Context, f DyadFilter, yield func(*DyadEvent) error) error {
	if m, err := s.current(ctx); err != nil {
		return err
	} else if m != nil {
		return m.ordered(f, undatedRows, yield)
	}
	since, until := f.Since, f.Until
	f.Since, f.Until = chancery.Date{}, chancery.Date{}
	cond, args := f.where()
	args[0] = undated - 1
	// The day stands in the text, where SQLite sees that the index of what has no
	// day fits.
	rows, err := s.read.QueryContext(ctx, `SELECT d.actor, d.recipient, a.published, d.quad, d.intensity, d.probability, d.type, d.status, d.good, d.contexts, s.name, r.id, d.happening
		FROM dyad d JOIN source s ON s.n = d.source JOIN record r ON r.n = d.record JOIN article a ON a.n = r.article
		WHERE `+cond+fmt.Sprintf(" AND d.day = %d ORDER BY d.actor, d.recipient, r.id", undated), args...)
	if err != nil {
		return explain(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var e DyadEvent
		var published string
		if err := rows.Scan(&e.Actor, &e.Recipient, &published, &e.Quad, &e.Intensity, &e.Probability, &e.Type, &e.Status, &e.Good, &e.Contexts, &e.Source, &e.Event, &e.Happening); err != nil {
			return explain(s.path, err)
		}
		d, err := chancery.ParseDate(published)
		if err != nil {
			return fmt.Errorf("record %s: %w", s.path, err)
		}
		if !d.IsZero() {
			e.Day = d.First()
		}
		if !since.IsZero() && (d.IsZero() || e.Day.Before(since.First())) || !until.IsZero() && (d.IsZero() || e.Day.After(until.Last())) {
			continue
		}
		if err := yield(&e); err != nil {
			return err
		}
	}
	return explain(s.path, rows.Err())
}

func (s *Store) sourceNames(ctx context.Context) (map[int64]string, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT n, name FROM source")
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer rows.Close()
	names := map[int64]string{}
	for rows.Next() {
		var n int64
		var name string
		if err := rows.Scan(&n, &name); err != nil {
			return nil, explain(s.path, err)
		}
		names[n] = name
	}
	return names, explain(s.path, rows.Err())
}
