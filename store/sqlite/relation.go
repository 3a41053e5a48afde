package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"chancery"
	"chancery/relation"
)

// DyadFilter narrows what is asked of dyads; the zero value lets all through.
// Actors and recipients are states ("PAK") or bodies outside states ("NATO").
type DyadFilter struct {
	Actor          string
	Recipient      string
	Since          chancery.Date // events that begin on or after its first day
	Until          chancery.Date // events that begin on or before its last day
	MinProbability float64
	Source         string   // as printed
	WithoutSource  string   // leave one out
	Among          []string // both sides among these; empty for no bound
	Actors         []string // the actor among these; empty for no bound
}

func (f DyadFilter) where() (string, []any) {
	cond, args := "d.day > ?", []any{undated}
	add := func(c string, a any) {
		cond += " AND " + c
		args = append(args, a)
	}
	if f.Actor != "" {
		add("d.actor = ?", f.Actor)
	}
	if f.Recipient != "" {
		add("d.recipient = ?", f.Recipient)
	}
	if !f.Since.IsZero() {
		add("d.day >= ?", dayNumber(f.Since.First()))
	}
	if !f.Until.IsZero() {
		add("d.day <= ?", dayNumber(f.Until.Last()))
	}
	if f.MinProbability > 0 {
		add("d.probability >= ?", f.MinProbability)
	}
	if f.Source != "" {
		add("d.source = (SELECT n FROM source WHERE name = ?)", f.Source)
	}
	if f.WithoutSource != "" {
		add("d.source <> coalesce((SELECT n FROM source WHERE name = ?), -1)", f.WithoutSource)
	}
	for _, in := range []struct {
		side  string
		among []string
	}{{"d.actor", f.Among}, {"d.recipient", f.Among}, {"d.actor", f.Actors}} {
		if len(in.among) > 0 {
			cond += " AND " + in.side + " IN (?" + strings.Repeat(", ?", len(in.among)-1) + ")"
			args = append(args, anys(in.among)...)
		}
	}
	return cond, args
}

// DyadEvents calls yield with each dated event between states, in the order of
// actor, recipient, day and when it was read, until it returns an error, which
// DyadEvents then returns. The observation is not to be kept.
func (s *Store) DyadEvents(ctx context.Context, f DyadFilter, yield func(*relation.Observation) error) error {
	if m, err := s.current(ctx); err != nil {
		return err
	} else if m != nil {
		return m.events(f, datedRows, yield)
	}
	cond, args := f.where()
	return s.observations(ctx, true, "dyad d JOIN record r ON r.n = d.record WHERE "+cond+" ORDER BY d.actor, d.recipient, d.day, d.record", args, yield)
}

// Period is the length of a bucket of a series.
type Period string

// The periods; a week begins on Monday (ISO 8601).
const (
	PeriodDay   Period = "day"
	PeriodWeek  Period = "week"
	PeriodMonth Period = "month"
	PeriodYear  Period = "year"
)

// Bucket counts the events of one quad class in one period.
type Bucket struct {
	Start     time.Time // first day of the period, UTC
	Quad      chancery.QuadClass
	Events    int     // reports
	Weight    float64 // happenings: reports of one count once
	Intensity float64 // sum of intensities, weighted likewise
	Squares   float64 // sum of their squares, weighted likewise
}

// Series counts the events that the filter lets through by period and quad
// class, in the order of time, then class. Events dated less exactly than the
// period stand in the period of the first day they may mean. The reports of one
// happening count once for each class they are given, on the first of their
// days, with their mean intensity.
func (s *Store) Series(ctx context.Context, f DyadFilter, period Period) ([]Bucket, error) {
	begin, err := period.begin()
	if err != nil {
		return nil, err
	}
	buckets := map[bucketKey]*Bucket{}
	add := func(day int64, quad chancery.QuadClass, events int64, weight, intensity, squares float64) {
		start := begin(time.Unix(day*24*60*60, 0).UTC())
		b := buckets[bucketKey{start.Unix(), quad}]
		if b == nil {
			b = &Bucket{Start: start, Quad: quad}
			buckets[bucketKey{start.Unix(), quad}] = b
		}
		b.Events += int(events)
		b.Weight += weight
		b.Intensity += intensity
		b.Squares += squares
	}
	// Happenings are added up here: grouping a million rows by happening takes
	// the database seconds, a map a fraction of one.
	at := map[happeningKey]int{} // place in told, in the order of the first report
	var told []tally
	tell := func(day, quad, happening int64, intensity float64) {
		k := happeningKey{happening, quad}
		i, ok := at[k]
		if !ok {
			i = len(told)
			at[k] = i
			told = append(told, tally{day: day, quad: quad})
		}
		t := &told[i]
		t.day = min(t.day, day)
		t.events++
		t.intensity += intensity
		t.squares += intensity * intensity
	}
	m, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	if m != nil {
		m.series(f, add, tell)
	} else {
		cond, args := f.where()
		// What is not collated is added up by the database, a row a day.
		var day, quad, events int64 // the driver's own type, which is scanned fastest
		var intensity, squares float64
		err = s.each(ctx, "SELECT day, quad, count(*), sum(intensity), sum(intensity * intensity) FROM dyad d WHERE happening = 0 AND "+cond+" GROUP BY day, quad ORDER BY day, quad", args, func() error {
			add(day, chancery.QuadClass(quad), events, float64(events), intensity, squares)
			return nil
		}, &day, &quad, &events, &intensity, &squares)
		if err != nil {
			return nil, err
		}
		var happening int64
		err = s.each(ctx, "SELECT day, quad, intensity, happening FROM dyad d WHERE happening <> 0 AND "+cond+" ORDER BY actor, recipient, day, record", args, func() error {
			tell(day, quad, happening, intensity)
			return nil
		}, &day, &quad, &intensity, &happening)
		if err != nil {
			return nil, err
		}
	}
	for _, t := range told {
		n := float64(t.events)
		add(t.day, chancery.QuadClass(t.quad), t.events, 1, t.intensity/n, t.squares/n)
	}
	out := make([]Bucket, 0, len(buckets))
	for _, b := range buckets {
		out = append(out, *b)
	}
	slices.SortFunc(out, func(a, b Bucket) int { return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Quad, b.Quad)) })
	return out, nil
}

type bucketKey struct {
	start int64
	quad  chancery.QuadClass
}

type happeningKey struct{ happening, quad int64 }

// tally adds up the reports of a happening.
type tally struct {
	day, quad, events  int64
	intensity, squares float64
}

// begin gives the function that finds the first day of the period a day lies in.
func (p Period) begin() (func(time.Time) time.Time, error) {
	switch p {
	case PeriodDay:
		return func(t time.Time) time.Time { return t }, nil
	case PeriodWeek:
		return func(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }, nil
	case PeriodMonth:
		return func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }, nil
	case PeriodYear:
		return func(t time.Time) time.Time { return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC) }, nil
	}
	return nil, fmt.Errorf("%w: period %q (one of %v)", chancery.ErrInvalid, p, []Period{PeriodDay, PeriodWeek, PeriodMonth, PeriodYear})
}

// each calls yield for each row of a query once its columns are in into.
func (s *Store) each(ctx context.Context, query string, args []any, yield func() error, into ...any) error {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return explain(s.path, err)
	}
	return explain(s.path, scan(rows, yield, into...))
}

// scan calls f for each row once its columns are in dest, and closes the rows.
func scan(rows *sql.Rows, f func() error, dest ...any) error {
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		if err := f(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// DyadCount is how much passes from one state to another.
type DyadCount struct {
	Actor     string
	Recipient string
	Events    int
	Quads     [5]int // by quad class; [0] is not used
	Intensity float64
}

// Dyads counts the events between states, dated or not, the busiest dyads first; limit
// 0 is no limit.
func (s *Store) Dyads(ctx context.Context, f DyadFilter, limit int) ([]DyadCount, error) {
	if m, err := s.current(ctx); err != nil {
		return nil, err
	} else if m != nil {
		out := m.dyads(f)
		if limit > 0 {
			out = out[:min(limit, len(out))]
		}
		return out, nil
	}
	cond, args := f.where()
	if f.Since.IsZero() && f.Until.IsZero() {
		args[0] = undated - 1
	}
	query := `SELECT actor, recipient, count(*), sum(quad = 1), sum(quad = 2), sum(quad = 3), sum(quad = 4), sum(intensity)
		FROM dyad d WHERE ` + cond + " GROUP BY actor, recipient ORDER BY count(*) DESC, actor, recipient"
	if limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", limit)
	}
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer rows.Close()
	var out []DyadCount
	for rows.Next() {
		var d DyadCount
		if err := rows.Scan(&d.Actor, &d.Recipient, &d.Events, &d.Quads[1], &d.Quads[2], &d.Quads[3], &d.Quads[4], &d.Intensity); err != nil {
			return nil, explain(s.path, err)
		}
		out = append(out, d)
	}
	return out, explain(s.path, rows.Err())
}

// Sources lists the publishers with how many articles each has, in the order of
// their names.
func (s *Store) Sources(ctx context.Context) ([]SourceRow, error) {
	return recall(ctx, s, "article", "sources", func() ([]SourceRow, error) { return s.countSources(ctx) })
}

func (s *Store) countSources(ctx context.Context) ([]SourceRow, error) {
	var out []SourceRow
	var r SourceRow
	err := s.each(ctx, `SELECT s.name, a.articles, coalesce(b.reprints, 0)
		FROM source s JOIN (SELECT source, count(*) articles FROM article GROUP BY source) a ON a.source = s.n
		LEFT JOIN (SELECT source, count(*) reprints FROM article WHERE reprint_of <> '' GROUP BY source) b ON b.source = s.n ORDER BY s.name`, nil, func() error {
		out = append(out, r)
		return nil
	}, &r.Name, &r.Articles, &r.Reprints)
	return out, err
}

// SourceRow is a publisher.
type SourceRow struct {
	Name     string // "" for articles that name none
	Articles int
	Reprints int // of the articles
}
