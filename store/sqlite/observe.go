package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"chancery"
	"chancery/relation"
)

// Observe calls yield with what DyadEvents would give, but without event ids and
// in the order in which rows are kept, until it returns an error, which Observe
// then returns. It is for measures that read a great many rows and do not ask for
// their order. The observation is not to be kept.
func (s *Store) Observe(ctx context.Context, f DyadFilter, yield func(*relation.Observation) error) error {
	if m, err := s.current(ctx); err != nil {
		return err
	} else if m != nil {
		return m.events(f, datedRows, func(o *relation.Observation) error {
			o.Event = ""
			return yield(o)
		})
	}
	cond, args := f.where()
	return s.observations(ctx, false, "dyad d WHERE "+cond, args, yield)
}

// observations calls yield with each row of the tables named, with the id of its
// event where that is asked for. What is text comes in one column, for each column
// costs more than its content, and recurring texts are shared.
func (s *Store) observations(ctx context.Context, ids bool, from string, args []any, yield func(*relation.Observation) error) error {
	sources, err := s.sourceNames(ctx)
	if err != nil {
		return err
	}
	type known struct {
		actor, recipient string
		kind             *relation.Kind
	}
	texts := map[string]*known{}
	var o relation.Observation
	var day, source int64
	var text sql.RawBytes
	columns, into := "d.day, d.intensity, d.probability, d.source, d.happening, "+
		"d.actor || char(31) || d.recipient || char(31) || d.type || char(31) || d.status || char(31) || d.good || char(31) || d.contexts", []any{&day, &o.Intensity, &o.Probability, &source, &o.Happening, &text}
	if ids {
		columns, into = columns+", r.id", append(into, &o.Event)
	}
	return s.each(ctx, "SELECT "+columns+" FROM "+from, args, func() error {
		k := texts[string(text)]
		if k == nil {
			part := strings.SplitN(string(text), "\x1f", 3)
			kind, err := kindOf(part[len(part)-1])
			if err != nil {
				return err
			}
			k = &known{part[0], part[1], kind}
			texts[string(text)] = k
		}
		o.Actor, o.Recipient, o.Kind = k.actor, k.recipient, k.kind
		o.Day, o.Source = time.Unix(day*24*60*60, 0).UTC(), sources[source]
		return yield(&o)
	}, into...)
}

// Expect gives how many events Observe and Undated will give at most, 0 where that is
// not known without looking at them.
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
func (s *Store) Undated(ctx context.Context, f DyadFilter, yield func(*relation.Observation) error) error {
	if m, err := s.current(ctx); err != nil {
		return err
	} else if m != nil {
		return m.undated(f, yield)
	}
	since, until := f.Since, f.Until
	f.Since, f.Until = chancery.Date{}, chancery.Date{}
	cond, args := f.where()
	args[0] = undated - 1
	// The day stands in the text, where SQLite sees that the index of what has no
	// day fits.
	var o relation.Observation
	var published string
	var t chancery.EventType
	var status chancery.Status
	var good chancery.GoodKind
	var contexts string
	return s.each(ctx, `SELECT d.actor, d.recipient, a.published, d.intensity, d.probability, d.type, d.status, d.good, d.contexts, s.name, r.id, d.happening
		FROM dyad d JOIN source s ON s.n = d.source JOIN record r ON r.n = d.record JOIN article a ON a.n = r.article
		WHERE `+cond+fmt.Sprintf(" AND d.day = %d ORDER BY d.actor, d.recipient, r.id", undated), args, func() error {
		d, err := chancery.ParseDate(published)
		if err != nil {
			return fmt.Errorf("record %s: %w", s.path, err)
		}
		o.Day, o.Kind = time.Time{}, relation.NewKind(t, status, good, contexts)
		if !d.IsZero() {
			o.Day = d.First()
		}
		if !since.IsZero() && (d.IsZero() || o.Day.Before(since.First())) || !until.IsZero() && (d.IsZero() || o.Day.After(until.Last())) {
			return nil
		}
		return yield(&o)
	}, &o.Actor, &o.Recipient, &published, &o.Intensity, &o.Probability, &t, &status, &good, &contexts, &o.Source, &o.Event, &o.Happening)
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
