package sqlite

import (
	"context"
	"fmt"
	"time"

	"chancery"
)

// DyadFilter narrows what is asked of dyads; the zero value lets all through.
// Actors and recipients are states ("PAK") or bodies outside states ("NATO").
type DyadFilter struct {
	Actor          string
	Recipient      string
	Since          chancery.Date // events that begin on or after its first day
	Until          chancery.Date // events that begin on or before its last day
	MinProbability float64
	Source         string // as printed
	WithoutSource  string // leave one out
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
	return cond, args
}

// DyadEvent is what a series of a relation needs of one event between two states.
type DyadEvent struct {
	Actor       string
	Recipient   string
	Day         time.Time // first day the date may mean, UTC
	Days        int       // how many days it may mean: 1, a month's, a year's
	Quad        chancery.QuadClass
	Intensity   float64 // Goldstein scale
	Probability float64
	Type        chancery.EventType
	Status      chancery.Status
	Good        chancery.GoodKind // "" for none
	Contexts    string            // joined by spaces
	Source      string
	Event       string // event id
	Happening   int64  // events of one happening share it; 0 when not collated
}

// DyadEvents calls yield with each dated event between states, in the order of
// actor, recipient, day and event id, until it returns an error, which
// DyadEvents then returns.
func (s *Store) DyadEvents(ctx context.Context, f DyadFilter, yield func(*DyadEvent) error) error {
	cond, args := f.where()
	rows, err := s.read.QueryContext(ctx, `SELECT d.actor, d.recipient, d.day, d.days, d.quad, d.intensity, d.probability, d.type, d.status, d.good, d.contexts, s.name, r.id, d.happening
		FROM dyad d JOIN source s ON s.n = d.source JOIN record r ON r.n = d.record WHERE `+cond+" ORDER BY d.actor, d.recipient, d.day, r.id", args...)
	if err != nil {
		return explain(s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		var e DyadEvent
		var day int
		if err := rows.Scan(&e.Actor, &e.Recipient, &day, &e.Days, &e.Quad, &e.Intensity, &e.Probability, &e.Type, &e.Status, &e.Good, &e.Contexts, &e.Source, &e.Event, &e.Happening); err != nil {
			return explain(s.path, err)
		}
		e.Day = time.Unix(int64(day)*24*60*60, 0).UTC()
		if err := yield(&e); err != nil {
			return err
		}
	}
	return explain(s.path, rows.Err())
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
	Weight    float64 // sum of 1/(reports of the same happening): happenings, each counted once
	Intensity float64 // sum of intensities, weighted likewise
	Squares   float64 // sum of their squares, weighted likewise
}

// Series counts the events that the filter lets through by period and quad
// class, in the order of time, then class. Events dated less exactly than the
// period stand in the period of the first day they may mean.
func (s *Store) Series(ctx context.Context, f DyadFilter, period Period) ([]Bucket, error) {
	var start string
	switch period {
	case PeriodDay:
		start = "d.day"
	case PeriodWeek:
		start = "d.day - ((d.day + 3) % 7 + 7) % 7" // 1970-01-01 was a Thursday
	case PeriodMonth:
		start = "unixepoch(d.day * 86400, 'unixepoch', 'start of month') / 86400"
	case PeriodYear:
		start = "unixepoch(d.day * 86400, 'unixepoch', 'start of year') / 86400"
	default:
		return nil, fmt.Errorf("%w: period %q (one of %v)", chancery.ErrInvalid, period, []Period{PeriodDay, PeriodWeek, PeriodMonth, PeriodYear})
	}
	cond, args := f.where()
	// Days first: there are far fewer of them than events, and the calendar is slow.
	rows, err := s.read.QueryContext(ctx, `WITH
		daily (day, quad, events, weight, intensity, squares) AS (
			SELECT day, quad, count(*), count(*), sum(intensity), sum(intensity * intensity)
			FROM dyad d WHERE d.happening = 0 AND `+cond+` GROUP BY day, quad
			UNION ALL
			SELECT min(day), quad, count(*), 1, avg(intensity), avg(intensity * intensity)
			FROM dyad d WHERE d.happening <> 0 AND `+cond+` GROUP BY actor, recipient, happening, quad)
		SELECT `+start+` AS start, quad, sum(events), sum(weight), sum(intensity), sum(squares) FROM daily d GROUP BY 1, 2 ORDER BY 1, 2`, append(args, args...)...)
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer rows.Close()
	var out []Bucket
	for rows.Next() {
		var b Bucket
		var day int64
		if err := rows.Scan(&day, &b.Quad, &b.Events, &b.Weight, &b.Intensity, &b.Squares); err != nil {
			return nil, explain(s.path, err)
		}
		b.Start = time.Unix(day*24*60*60, 0).UTC()
		out = append(out, b)
	}
	return out, explain(s.path, rows.Err())
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
	rows, err := s.read.QueryContext(ctx, "SELECT s.name, count(*), sum(a.reprint_of <> '') FROM source s JOIN article a ON a.source = s.n GROUP BY s.name ORDER BY s.name")
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer rows.Close()
	var out []SourceRow
	for rows.Next() {
		var r SourceRow
		if err := rows.Scan(&r.Name, &r.Articles, &r.Reprints); err != nil {
			return nil, explain(s.path, err)
		}
		out = append(out, r)
	}
	return out, explain(s.path, rows.Err())
}

// SourceRow is a publisher.
type SourceRow struct {
	Name     string // "" for articles that name none
	Articles int
	Reprints int // of the articles
}
