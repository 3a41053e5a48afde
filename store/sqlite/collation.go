package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"chancery"
	"chancery/collate"
)

// HappeningFilter narrows a listing of happenings; the zero value lets all through.
type HappeningFilter struct {
	Between   [2]string     // two states, in any order
	MinVoices int           // independent articles, at least
	Since     chancery.Date // by the best-supported date
	Until     chancery.Date
	Limit     int // at most; 0 is no limit
	Offset    int // rows to pass over
}

// Happenings lists happenings, those that most voices tell first, then the
// latest.
func (s *Store) Happenings(ctx context.Context, f HappeningFilter) ([]collate.Described, error) {
	from, cond, args := "happening d", "d.voices >= ?", []any{f.MinVoices}
	if f.Between != [2]string{} {
		a, b := min(f.Between[0], f.Between[1]), max(f.Between[0], f.Between[1])
		if f.MinVoices > 1 {
			from = "happening_dyad d JOIN happening h ON h.n = d.happening"
			cond += " AND d.dyad = ?"
			args = append(args, a+"|"+b)
		} else {
			cond += " AND instr(dyads, ?) > 0"
			args = append(args, " "+a+"|"+b+" ")
		}
	}
	if !f.Since.IsZero() {
		cond += " AND last >= ?"
		args = append(args, f.Since.First().Format(time.DateOnly))
	}
	if !f.Until.IsZero() {
		cond += " AND d.first <> '' AND d.first <= ?"
		args = append(args, f.Until.Last().Format(time.DateOnly))
	}
	return bodies[collate.Described](ctx, s, from+" WHERE "+cond+" ORDER BY d.voices DESC, d.first DESC, d.id", f.Limit, f.Offset, args...)
}

// Happening gives the happening that has the id. It returns chancery.ErrNotFound.
func (s *Store) Happening(ctx context.Context, id string) (collate.Described, error) {
	found, err := bodies[collate.Described](ctx, s, "happening WHERE id = ?", 1, 0, id)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("happening %q: %w", id, chancery.ErrNotFound)
	}
	if err != nil {
		return collate.Described{}, err
	}
	return found[0], nil
}

// FindingFilter narrows a listing of findings; the zero value lets all through.
type FindingFilter struct {
	Kind    collate.FindingKind
	Article string    // id
	Between [2]string // two states that events of its passages join, in any order
	MinSure float64
	Surest  bool // the surest first
	Limit   int  // at most; 0 is no limit
	Offset  int  // rows to pass over
}

// Findings lists findings, by kind, then by article and place, unless the
// surest are asked for first.
func (s *Store) Findings(ctx context.Context, f FindingFilter) ([]collate.Finding, error) {
	cond, args := "sure >= ?", []any{f.MinSure}
	if f.Kind != "" {
		cond += " AND kind = ?"
		args = append(args, string(f.Kind))
	}
	if f.Article != "" {
		cond += " AND n IN (SELECT finding FROM finding_article WHERE article = ?)"
		args = append(args, f.Article)
	}
	if f.Between != [2]string{} {
		cond += " AND n IN (SELECT finding FROM finding_dyad WHERE dyad = ?)"
		args = append(args, min(f.Between[0], f.Between[1])+"|"+max(f.Between[0], f.Between[1]))
	}
	order := "key"
	if f.Surest {
		order = "sure DESC, key"
	}
	return bodies[collate.Finding](ctx, s, "finding WHERE "+cond+" ORDER BY "+order, f.Limit, f.Offset, args...)
}

// Profiles lists what each source does, by name. How the sources stand to each
// other, and what came of their forecasts, is counted when it is asked for:
// nearly every article changes it for all of them.
func (s *Store) Profiles(ctx context.Context) ([]collate.Source, error) {
	out, err := s.described(ctx, "body FROM profile ORDER BY name")
	if err != nil {
		return nil, err
	}
	return out, s.stand(ctx, out, math.MaxInt)
}

// ProfileCounts is Profiles without what the sources leave out, which is counted,
// and how they show the actors: most of it.
func (s *Store) ProfileCounts(ctx context.Context) ([]collate.Source, error) {
	m, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	if m == nil {
		out, err := s.described(ctx, "counts FROM profile ORDER BY name")
		if err != nil {
			return nil, err
		}
		return out, s.stand(ctx, out, 0)
	}
	out, err := m.counts(ctx, s)
	if err != nil {
		return nil, err
	}
	return out, s.count(ctx, out)
}

// Profile gives what the source does, and the first most of what it leaves out. It
// returns chancery.ErrNotFound when it has no article.
func (s *Store) Profile(ctx context.Context, source string, most int) (collate.Source, error) {
	out, err := s.described(ctx, "body FROM profile WHERE name = ?", source)
	if err == nil && len(out) == 0 {
		err = noSource(source)
	}
	if err != nil {
		return collate.Source{}, err
	}
	return out[0], s.stand(ctx, out, most)
}

func noSource(name string) error {
	return fmt.Errorf("source %q: %w: \"chancery sources\" lists what is there", name, chancery.ErrNotFound)
}

// described reads sources as collate.Profile describes them.
func (s *Store) described(ctx context.Context, from string, args ...any) ([]collate.Source, error) {
	var out []collate.Source
	var name, reach, body string
	err := s.each(ctx, "SELECT name, reach, "+from, args, func() error {
		var x collate.Source
		if err := errors.Join(json.Unmarshal([]byte(body), &x), json.Unmarshal([]byte(reach), &x.Reach)); err != nil {
			return errors.Join(ErrDamaged, fmt.Errorf("%s: source %q: %w", s.path, name, err))
		}
		out = append(out, x)
		return nil
	}, &name, &reach, &body)
	return out, err
}

// stand counts how the sources stand to each other, and what came of their
// forecasts. Of what each leaves out, the first most are listed.
func (s *Store) stand(ctx context.Context, sources []collate.Source, most int) error {
	m, err := s.current(ctx)
	if err != nil {
		return err
	}
	if m != nil {
		m.stand(m.told(), sources, most)
		return s.count(ctx, sources)
	}
	stand := collate.NewStanding(collate.NewNumbers(), sources, most)
	var body string
	if err := s.each(ctx, "SELECT telling FROM happening WHERE teller IS NULL ORDER BY id", nil, func() error {
		var t collate.Telling
		if err := json.Unmarshal([]byte(body), &t); err != nil {
			return errors.Join(ErrDamaged, fmt.Errorf("%s: %w", s.path, err))
		}
		stand.Take(&t)
		return nil
	}, &body); err != nil {
		return err
	}
	stand.Close()
	return s.count(ctx, sources)
}

// count says how many happenings each source alone tells, and what came of its
// forecasts.
func (s *Store) count(ctx context.Context, sources []collate.Source) error {
	all := map[string]int{}
	var name string
	var alone int
	if err := s.each(ctx, "SELECT source, alone FROM standing", nil, func() error {
		all[name] = alone
		return nil
	}, &name, &alone); err != nil {
		return err
	}
	settled, err := s.settledBySource(ctx)
	for i := range sources {
		x := &sources[i]
		x.Alone, x.Settled = all[x.Name], settled[x.Name]
	}
	return err
}

// told gives the tellings as they are now.
func (m *mirror) told() []*mirrorTelling {
	m.lock.RLock()
	defer m.lock.RUnlock()
	return m.tellings
}

// stand counts how the sources stand to each other by the tellings.
func (m *mirror) stand(tellings []*mirrorTelling, sources []collate.Source, most int) {
	stand := collate.NewStanding(m.numbers, sources, most)
	for _, t := range tellings {
		stand.Take(&t.Telling)
	}
	stand.Close()
}

// profiles are the counts of sources as they were last read, and how the sources
// stood to each other then.
type profiles struct {
	lock     sync.Mutex
	by       map[string]profile // by name
	tellings []*mirrorTelling   // that the standing was counted from
	standing []collate.Source   // nil when it is to be counted
}

// profile is the counts of a source, and how often they had been written by then.
type profile struct {
	revision int64
	collate.Source
}

// counts gives the counts of all sources by name and how they stand to each other. It
// reads the profiles that were written since, and counts anew when there are any, or
// other tellings.
func (m *mirror) counts(ctx context.Context, s *Store) ([]collate.Source, error) {
	p := &m.profiles
	p.lock.Lock()
	defer p.lock.Unlock()
	by := map[string]profile{} // without those that are gone
	var names, stale []string
	var name string
	var revision int64
	if err := s.each(ctx, "SELECT p.name, coalesce(s.revision, 0) FROM profile p LEFT JOIN standing s ON s.source = p.name ORDER BY p.name", nil, func() error {
		names = append(names, name)
		known, ok := p.by[name]
		if !ok || known.revision != revision {
			stale, known = append(stale, name), profile{revision: revision}
		}
		by[name] = known
		return nil
	}, &name, &revision); err != nil {
		return nil, err
	}
	for _, name := range stale {
		read, err := s.described(ctx, "counts FROM profile WHERE name = ?", name)
		if err != nil {
			return nil, err
		}
		if len(read) == 0 { // it went between the two readings
			delete(by, name)
			continue
		}
		x := read[0]
		m.numbers.Reach(&x)
		x.Reach.Dyads = nil
		by[name] = profile{by[name].revision, x}
	}
	tellings := m.told()
	same := len(tellings) == len(p.tellings) && (len(tellings) == 0 || &tellings[0] == &p.tellings[0]) // they are replaced as a whole
	if p.standing == nil || !same || len(stale) > 0 || len(by) != len(p.by) {
		out := make([]collate.Source, 0, len(names))
		for _, name := range names {
			if x, ok := by[name]; ok {
				out = append(out, x.Source)
			}
		}
		m.stand(tellings, out, 0)
		p.tellings, p.standing = tellings, out
	}
	p.by = by
	return slices.Clone(p.standing), nil
}

// Tone gives how a source shows an actor, a state or body, with all passages
// that decide. It returns chancery.ErrNotFound when the source has no article.
func (s *Store) Tone(ctx context.Context, source, actor string) (collate.ActorTone, error) {
	var briefs []*collate.Brief
	var body, coverage sql.RawBytes
	err := s.each(ctx, "SELECT body, coverage FROM account WHERE source = ?", []any{source}, func() error {
		b, err := covered(body, coverage)
		briefs = append(briefs, b)
		return err
	}, &body, &coverage)
	if err == nil && len(briefs) == 0 {
		err = noSource(source)
	}
	if err != nil {
		return collate.ActorTone{}, err
	}
	return collate.ToneOf(briefs, actor), nil
}

// bodies reads the JSON bodies of the rows of a table.
func bodies[T any](ctx context.Context, s *Store, from string, limit, offset int, args ...any) ([]T, error) {
	if limit <= 0 {
		limit = -1
	}
	rows, err := s.read.QueryContext(ctx, "SELECT body FROM "+from+" LIMIT ? OFFSET ?", append(args, limit, offset)...)
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var body sql.RawBytes
		if err := rows.Scan(&body); err != nil {
			return nil, explain(s.path, err)
		}
		var v T
		if err := json.Unmarshal(body, &v); err != nil {
			return nil, errors.Join(ErrDamaged, fmt.Errorf("%s: %w", s.path, err))
		}
		out = append(out, v)
	}
	return out, explain(s.path, rows.Err())
}
