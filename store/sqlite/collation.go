package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"chancery"
	"chancery/collate"
)

// Collate collates the whole record and keeps what comes of it, in place of
// what was kept before. It holds all articles with their readings in memory,
// and does nothing when the record has not changed since the last time.
func (s *Store) Collate(ctx context.Context) error {
	var state, last string
	err := s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) || ' ' || coalesce(max(n), 0) FROM reading) || ' ' ||
		(SELECT count(*) || ' ' || coalesce(sum(reading * n), 0) || ' ' || coalesce(group_concat(reprint_of, '' ORDER BY n), '') FROM article) || ' ' ||
		(SELECT count(*) || ' ' || coalesce(sum(n), 0) FROM record WHERE verdict IN ('rejected', 'amended')),
		coalesce((SELECT state FROM collated), '')`).Scan(&state, &last)
	if err != nil || state == last {
		return explain(s.path, err)
	}
	var accounts []collate.Account
	for e, err := range s.Entries(ctx, Filter{}) {
		if err != nil {
			return err
		}
		if e.Reading != nil {
			accounts = append(accounts, collate.Account{Article: e.Article, Reading: e.Reading})
		}
	}
	c := collate.All(accounts)
	return s.do(ctx, func(tx *sql.Tx) error {
		w := writer{ctx: ctx, tx: tx, prepared: map[string]*sql.Stmt{}}
		for _, table := range []string{"happening", "finding_article", "finding_dyad", "finding", "profile"} {
			if err := w.exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		if err := w.exec("UPDATE dyad SET happening = 0 WHERE happening <> 0"); err != nil {
			return err
		}
		for i := range c.Happenings {
			if err := w.happening(i+1, &c.Happenings[i]); err != nil {
				return err
			}
		}
		about := newPairsAt(accounts)
		for i := range c.Findings {
			if err := w.finding(i+1, &c.Findings[i], about); err != nil {
				return err
			}
		}
		for i := range c.Sources {
			body, err := json.Marshal(&c.Sources[i])
			if err != nil {
				return err
			}
			if err := w.exec("INSERT INTO profile (name, body) VALUES (?, ?)", c.Sources[i].Name, string(body)); err != nil {
				return err
			}
		}
		return w.exec("INSERT INTO collated (n, state) VALUES (1, ?) ON CONFLICT (n) DO UPDATE SET state = excluded.state", state)
	})
}

func (w writer) happening(n int, h *collate.Described) error {
	body, err := json.Marshal(h)
	if err != nil {
		return err
	}
	first, last := days(h.Date, chancery.Date{})
	if err := w.exec("INSERT INTO happening (n, id, first, last, voices, dyads, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
		n, h.ID, first, last, h.Voices, " "+strings.Join(h.Dyads, " ")+" ", string(body)); err != nil {
		return err
	}
	if len(h.Reports) < 2 {
		return nil // one report counts once as it is
	}
	for _, e := range h.Reports {
		if err := w.exec("UPDATE dyad SET happening = ? WHERE record = (SELECT n FROM record WHERE id = ?)", n, e); err != nil {
			return err
		}
	}
	return nil
}

// pairsAt gives the pairs of states that the events of each sentence join, by
// article id and the sentence's first byte.
type pairsAt map[string]map[int][]string

func newPairsAt(accounts []collate.Account) pairsAt {
	p := pairsAt{}
	for _, a := range accounts {
		at := map[int][]string{}
		for i := range a.Reading.Events {
			e := &a.Reading.Events[i]
			for _, pair := range pairs(e) {
				at[e.Sentence.Start] = append(at[e.Sentence.Start], min(pair[0], pair[1])+"|"+max(pair[0], pair[1]))
			}
		}
		p[a.Article.ID] = at
	}
	return p
}

func (w writer) finding(n int, f *collate.Finding, about pairsAt) error {
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	if err := w.exec("INSERT INTO finding (n, id, kind, sure, body) VALUES (?, ?, ?, ?, ?)", n, f.ID, string(f.Kind), f.Sure, string(body)); err != nil {
		return err
	}
	for _, p := range f.Passages {
		if err := w.exec("INSERT INTO finding_article (finding, article) VALUES (?, ?) ON CONFLICT DO NOTHING", n, p.Article); err != nil {
			return err
		}
		for _, dyad := range about[p.Article][p.Range.Start] {
			if err := w.exec("INSERT INTO finding_dyad (finding, dyad) VALUES (?, ?) ON CONFLICT DO NOTHING", n, dyad); err != nil {
				return err
			}
		}
	}
	return nil
}

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
	cond, args := "voices >= ?", []any{f.MinVoices}
	if f.Between != [2]string{} {
		a, b := min(f.Between[0], f.Between[1]), max(f.Between[0], f.Between[1])
		cond += " AND instr(dyads, ?) > 0"
		args = append(args, " "+a+"|"+b+" ")
	}
	if !f.Since.IsZero() {
		cond += " AND last >= ?"
		args = append(args, f.Since.First().Format(time.DateOnly))
	}
	if !f.Until.IsZero() {
		cond += " AND first <> '' AND first <= ?"
		args = append(args, f.Until.Last().Format(time.DateOnly))
	}
	return bodies[collate.Described](ctx, s, "happening WHERE "+cond+" ORDER BY voices DESC, first DESC, id", f.Limit, f.Offset, args...)
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
	order := "n"
	if f.Surest {
		order = "sure DESC, n"
	}
	return bodies[collate.Finding](ctx, s, "finding WHERE "+cond+" ORDER BY "+order, f.Limit, f.Offset, args...)
}

// Profiles lists what each source does, by name.
func (s *Store) Profiles(ctx context.Context) ([]collate.Source, error) {
	return bodies[collate.Source](ctx, s, "profile ORDER BY name", 0, 0)
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
