package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"chancery"
	"chancery/correct"
)

// dropped marks a record that no person rejected and that is left out all the
// same: an exchange of which fewer than two legs remain.
const dropped chancery.Verdict = "dropped"

// Correct keeps what a person said of a record, gives it a number and shows the
// article's records by it. Of c, Record, Verdict, Amendment, Withdraws, Who,
// When and Why count; the rest is taken from the record as it was read. It
// returns chancery.ErrInvalid or chancery.ErrEvidence for an incomplete
// correction or an amendment that makes no record, chancery.ErrNotFound when no
// current reading has the record, or the correction to withdraw is not one on
// this record. Happenings and findings take it into account once the record is
// collated again.
func (s *Store) Correct(ctx context.Context, c chancery.Correction) (chancery.Correction, error) {
	if err := c.Validate(); err != nil {
		return c, err
	}
	if c.Withdraws != 0 {
		// The record may be gone by now; what was said of it is not.
		old, err := s.Corrections(ctx, CorrectionFilter{Record: c.Record})
		if err != nil {
			return c, err
		}
		i := slices.IndexFunc(old, func(o chancery.Correction) bool { return o.Number == c.Withdraws })
		switch {
		case i < 0:
			return c, fmt.Errorf("correction %d of record %s: %w", c.Withdraws, c.Record, chancery.ErrNotFound)
		case old[i].Verdict == chancery.Withdrawn:
			return c, fmt.Errorf("%w: correction %d takes another back; say again what is right instead", chancery.ErrInvalid, c.Withdraws)
		}
		c.Article, c.Kind, c.Was = old[i].Article, old[i].Kind, old[i].Was
	} else {
		r, err := s.Record(ctx, c.Record)
		if err != nil {
			return c, err
		}
		c.Article, c.Kind, c.Was = r.Article.ID, string(r.Kind), r.Body
		if r.Verdict == chancery.Amended {
			if c.Was, err = s.asRead(ctx, c.Article, c.Record); err != nil {
				return c, err
			}
		}
		if err := correct.Check(c, r.Article.Text); err != nil {
			return c, err
		}
	}
	a, err := s.Article(ctx, c.Article)
	if err != nil {
		return c, err
	}
	c.When = c.When.UTC()
	err = s.do(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO correction (record, article, kind, verdict, was, amendment, withdraws, who, at, why) VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?)",
			c.Record, c.Article, c.Kind, string(c.Verdict), string(c.Was), string(c.Amendment), c.Withdraws, c.Who, c.When.Format(time.RFC3339Nano), c.Why)
		if err != nil {
			return err
		}
		if c.Number, err = res.LastInsertId(); err != nil {
			return err
		}
		w := s.writer(ctx, tx)
		at := place{published: a.Published}
		var body []byte
		err = tx.QueryRowContext(ctx, "SELECT k.n, k.source, k.key, g.body FROM article k JOIN reading g ON g.n = k.reading WHERE k.id = ?", a.ID).Scan(&at.n, &at.source, &at.key, &body)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // taken back on an article that is no longer coded
		}
		if err != nil {
			return err
		}
		var r chancery.Reading
		if err := w.packer.unpack(body, &r); err != nil {
			return err
		}
		return w.records(at, a, &r)
	})
	return c, err
}

// asRead gives a record of the article's current reading as it was read.
func (s *Store) asRead(ctx context.Context, article, record string) (json.RawMessage, error) {
	r, err := s.Reading(ctx, article)
	if err != nil {
		return nil, err
	}
	body, err := correct.Body(r, record)
	if err == nil && body == nil {
		err = fmt.Errorf("record %q: %w", record, chancery.ErrNotFound)
	}
	return body, err
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// corrected gives the reading as it stands by what people said of the article's
// records, and what was said of each.
func (w writer) corrected(at place, a *chancery.Article, read *chancery.Reading) (*chancery.Reading, map[string]chancery.Verdict, error) {
	standings, err := standingsOf(w.ctx, w, w.packer, a.ID, read)
	if err != nil {
		return nil, nil, err
	}
	r, verdicts := correct.Apply(read, standings, a.Text)
	return r, verdicts, nil
}

// standingsOf says where the corrections on an article stand against its
// current reading, nil for none.
func standingsOf(ctx context.Context, q querier, packer packer, article string, current *chancery.Reading) ([]correct.Standing, error) {
	said, err := corrections(ctx, q, CorrectionFilter{Article: article})
	if err != nil || len(said) == 0 {
		return nil, err
	}
	earlier, err := readingsBeside(ctx, q, packer, article, said, current)
	if err != nil {
		return nil, err
	}
	return correct.Resolve(said, current, earlier), nil
}

// readingsBeside gives the article's readings other than the current one, the
// oldest first, when one of the records spoken of is not in it; nil otherwise.
func readingsBeside(ctx context.Context, q querier, packer packer, article string, said []chancery.Correction, current *chancery.Reading) ([]*chancery.Reading, error) {
	if !slices.ContainsFunc(said, func(c chancery.Correction) bool { return current == nil || !correct.Holds(current, c.Record) }) {
		return nil, nil
	}
	rows, err := q.QueryContext(ctx, "SELECT g.version, g.body FROM reading g JOIN article k ON k.n = g.article WHERE k.id = ? ORDER BY g.n", article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []*chancery.Reading
	for rows.Next() {
		var version string
		var body []byte
		if err := rows.Scan(&version, &body); err != nil {
			return nil, err
		}
		if current != nil && version == current.Version {
			continue
		}
		r := new(chancery.Reading)
		if err := packer.unpack(body, r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// Standings lists what people said of the record, in the order in which they
// said it, and where it stands against the current readings. A filter's record
// is one that a correction was made on, or is about now.
func (s *Store) Standings(ctx context.Context, f CorrectionFilter) ([]correct.Standing, error) {
	record := f.Record
	if record != "" {
		// What follows to a record was said of another, of the same article.
		switch r, err := s.Record(ctx, record); {
		case err == nil:
			f.Article, f.Record = r.Article.ID, ""
		case !errors.Is(err, chancery.ErrNotFound):
			return nil, err
		default:
			record = ""
		}
	}
	most := f.Limit
	if record != "" || f.State != "" && f.State != correct.Applies {
		f.Limit = 0 // what they are about now is known once they are compared
	}
	said, err := s.Corrections(ctx, f)
	if err != nil {
		return nil, err
	}
	var articles []string
	for _, c := range said {
		articles = append(articles, c.Article)
	}
	known, err := s.standings(ctx, articles)
	if err != nil {
		return nil, err
	}
	out := make([]correct.Standing, 0, len(said))
	for _, c := range said {
		x := known[c.Number]
		if (record == "" || c.Record == record || x.Now == record) && (f.State == "" || x.State == f.State) && (most <= 0 || len(out) < most) {
			out = append(out, x)
		}
	}
	return out, nil
}

// standings says where all corrections on the articles stand, by their numbers. A
// reading is looked at only where it does not have all the records spoken of.
func (s *Store) standings(ctx context.Context, articles []string) (map[int64]correct.Standing, error) {
	list, err := json.Marshal(articles)
	if err != nil {
		return nil, err
	}
	said := map[string][]chancery.Correction{}
	all, err := correctionsWhere(ctx, s.read, "article IN (SELECT value FROM json_each(?)) ORDER BY n", string(list))
	if err != nil {
		return nil, explain(s.path, err)
	}
	for _, c := range all {
		said[c.Article] = append(said[c.Article], c)
	}
	moved := map[string]bool{}
	var article string
	if err := s.each(ctx, "SELECT DISTINCT article FROM correction WHERE article IN (SELECT value FROM json_each(?)) AND "+hasMoved, []any{string(list)}, func() error {
		moved[article] = true
		return nil
	}, &article); err != nil {
		return nil, err
	}
	out := map[int64]correct.Standing{}
	for article, said := range said {
		var standings []correct.Standing
		if !moved[article] {
			standings = correct.Applying(said)
		} else {
			current, err := s.Reading(ctx, article)
			if err != nil && !errors.Is(err, chancery.ErrNotFound) {
				return nil, err
			}
			if standings, err = standingsOf(ctx, s.read, s.packer, article, current); err != nil {
				return nil, explain(s.path, err)
			}
		}
		for _, x := range standings {
			out[x.Correction.Number] = x
		}
	}
	return out, nil
}

// hasMoved is the condition that the current reading has not the record that a
// correction was made on.
const hasMoved = "NOT EXISTS (SELECT 1 FROM record r WHERE r.id = correction.record)"

// Corrected gives the current reading of the article as it stands by what people
// said of its records, and what was said of each by its id. It returns
// chancery.ErrNotFound when there is no such article or it was not coded.
func (s *Store) Corrected(ctx context.Context, a *chancery.Article) (*chancery.Reading, map[string]chancery.Verdict, error) {
	read, err := s.Reading(ctx, a.ID)
	if err != nil {
		return nil, nil, err
	}
	standings, err := standingsOf(ctx, s.read, s.packer, a.ID, read)
	if err != nil {
		return nil, nil, explain(s.path, err)
	}
	r, verdicts := correct.Apply(read, standings, a.Text)
	return r, verdicts, nil
}

// CorrectionFilter narrows a listing of corrections; the zero value lets all through.
type CorrectionFilter struct {
	Record  string        // record id
	Article string        // article id
	State   correct.State // where it stands against the current reading; of Corrections, whether the reading has its record
	After   int64         // only those with a larger number
	Limit   int           // at most; 0 is no limit
}

// Corrections lists what people said of the record, in the order in which they
// said it, withdrawn or not.
func (s *Store) Corrections(ctx context.Context, f CorrectionFilter) ([]chancery.Correction, error) {
	out, err := corrections(ctx, s.read, f)
	return out, explain(s.path, err)
}

func corrections(ctx context.Context, q querier, f CorrectionFilter) ([]chancery.Correction, error) {
	cond, args := "n > ?", []any{f.After}
	if f.Record != "" {
		cond += " AND record = ?"
		args = append(args, f.Record)
	}
	if f.Article != "" {
		cond += " AND article = ?"
		args = append(args, f.Article)
	}
	switch f.State {
	case correct.Applies:
		cond += " AND NOT " + hasMoved
	case correct.Follows, correct.Lost:
		cond += " AND " + hasMoved
	}
	cond += " ORDER BY n"
	if f.Limit > 0 {
		cond += fmt.Sprintf(" LIMIT %d", f.Limit)
	}
	return correctionsWhere(ctx, q, cond, args...)
}

func correctionsWhere(ctx context.Context, q querier, cond string, args ...any) ([]chancery.Correction, error) {
	rows, err := q.QueryContext(ctx, "SELECT n, record, article, kind, verdict, was, amendment, coalesce(withdraws, 0), who, at, why FROM correction WHERE "+cond, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []chancery.Correction
	for rows.Next() {
		var c chancery.Correction
		var was, amendment, at string
		if err := rows.Scan(&c.Number, &c.Record, &c.Article, &c.Kind, &c.Verdict, &was, &amendment, &c.Withdraws, &c.Who, &at, &c.Why); err != nil {
			return nil, err
		}
		c.Was = json.RawMessage(was)
		if amendment != "" {
			c.Amendment = json.RawMessage(amendment)
		}
		if c.When, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("correction %d: %w", c.Number, err)
		}
		out = append(out, c)
	}
	return out, rows.Err()
}
