package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"chancery"
	"chancery/correct"
)

const articleColumns = "k.id, k.name, k.title, k.byline, s.name, k.url, k.published, k.language, k.path, k.reprint_of"

func scanArticle(row interface{ Scan(...any) error }, a *chancery.Article, more ...any) error {
	var published string
	if err := row.Scan(append([]any{&a.ID, &a.Name, &a.Title, &a.Byline, &a.Source, &a.URL, &published, &a.Language, &a.Path, &a.ReprintOf}, more...)...); err != nil {
		return err
	}
	var err error
	a.Published, err = chancery.ParseDate(published)
	return err
}

// article gives the one article that the condition holds for, with its text.
func (s *Store) article(ctx context.Context, condition string, arg any) (*chancery.Article, error) {
	a := new(chancery.Article)
	var cuts []byte
	err := scanArticle(s.read.QueryRowContext(ctx, "SELECT "+articleColumns+", k.text, k.cuts FROM article k JOIN source s ON s.n = k.source WHERE k."+condition, arg), a, &a.Text, &cuts)
	if err == nil {
		err = json.Unmarshal(cuts, &a.Cuts)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil, chancery.ErrNotFound
	}
	return a, explain(s.path, err)
}

// together is how many articles are fetched by one query.
const together = 64

// articles gives the articles that have the numbers, with their texts. A number
// may come several times; its article is fetched once.
func (s *Store) articles(ctx context.Context, numbers []int64) (map[int64]*chancery.Article, error) {
	m, version, err := s.state(ctx)
	if err != nil || m == nil {
		return s.readArticles(ctx, numbers, err)
	}
	out := take(m.kept, m.kept.articles, version, numbers)
	fresh, err := s.readArticles(ctx, slices.DeleteFunc(slices.Clone(numbers), func(n int64) bool { return out[n] != nil }), nil)
	if err != nil {
		return nil, err
	}
	if now, err := s.Version(ctx); err != nil || now != version {
		return s.readArticles(ctx, numbers, err) // what was kept is not of the state that was read
	}
	m.kept.keepArticles(version, fresh)
	maps.Copy(out, fresh)
	return out, nil
}

// readArticles is articles from the tables, unless there is an error already.
func (s *Store) readArticles(ctx context.Context, numbers []int64, err error) (map[int64]*chancery.Article, error) {
	if err != nil {
		return nil, err
	}
	out := make(map[int64]*chancery.Article, len(numbers))
	numbers = slices.Compact(slices.Sorted(slices.Values(numbers)))
	for some := range slices.Chunk(numbers, together) {
		args := make([]any, len(some))
		for i, n := range some {
			args[i] = n
		}
		rows, err := s.read.QueryContext(ctx, "SELECT "+articleColumns+", k.text, k.cuts, k.n FROM article k JOIN source s ON s.n = k.source WHERE k.n IN (?"+strings.Repeat(", ?", len(some)-1)+")", args...)
		if err != nil {
			return nil, explain(s.path, err)
		}
		for rows.Next() {
			a := new(chancery.Article)
			var cuts []byte
			var n int64
			if err = scanArticle(rows, a, &a.Text, &cuts, &n); err == nil {
				err = json.Unmarshal(cuts, &a.Cuts)
			}
			if err != nil {
				break
			}
			out[n] = a
		}
		if err := errors.Join(err, rows.Err(), rows.Close()); err != nil {
			return nil, explain(s.path, err)
		}
	}
	for _, n := range numbers {
		if out[n] == nil {
			return nil, fmt.Errorf("%s: article number %d: %w", s.path, n, ErrDamaged)
		}
	}
	return out, nil
}

// ArticlesOf gives the articles that have the ids, with their texts. It returns
// chancery.ErrNotFound when one is not there.
func (s *Store) ArticlesOf(ctx context.Context, ids []string) (map[string]*chancery.Article, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var numbers []int64
	var n int64
	if err := s.each(ctx, "SELECT a.n FROM json_each(?) j CROSS JOIN article a ON a.id = j.value", []any{string(list)}, func() error {
		numbers = append(numbers, n)
		return nil
	}, &n); err != nil {
		return nil, err
	}
	found, err := s.articles(ctx, numbers)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*chancery.Article, len(found))
	for _, a := range found {
		out[a.ID] = a
	}
	for _, id := range ids {
		if out[id] == nil {
			return nil, fmt.Errorf("article %q: %w", id, chancery.ErrNotFound)
		}
	}
	return out, nil
}

// Article gives the article that has the id, or the only one that has the name,
// with its text. It returns chancery.ErrNotFound, or chancery.ErrConflict when
// several have the name.
func (s *Store) Article(ctx context.Context, article string) (*chancery.Article, error) {
	if a, err := s.article(ctx, "id = ?", article); !errors.Is(err, chancery.ErrNotFound) {
		return a, err
	}
	rows, err := s.read.QueryContext(ctx, "SELECT id FROM article WHERE name = ? ORDER BY id LIMIT 5", article)
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, explain(s.path, err)
		}
		ids = append(ids, id)
	}
	switch err := rows.Err(); {
	case err != nil:
		return nil, explain(s.path, err)
	case len(ids) == 0:
		return nil, fmt.Errorf("article %q: %w: \"chancery articles\" lists what is there", article, chancery.ErrNotFound)
	case len(ids) > 1:
		return nil, fmt.Errorf("article %q: %w: several have this name, use an id: %v", article, chancery.ErrConflict, ids)
	}
	return s.article(ctx, "id = ?", ids[0])
}

// ArticleRow is an article in a listing.
type ArticleRow struct {
	chancery.Article // without its text and cuts
	Bytes            int
	Version          string // of the current reading, "" when the article was not coded
	Events           int
	Exchanges        int
	Quotes           int
	Figures          int
	Forecasts        int
}

// Articles lists the articles that the filter lets through.
func (s *Store) Articles(ctx context.Context, f Filter) (Page[ArticleRow], error) {
	var page Page[ArticleRow]
	q, err := s.query(ctx, "", f)
	if err != nil {
		return page, err
	}
	if err := q.page(f); err != nil {
		return page, err
	}
	count := func(kind Kind) string {
		return fmt.Sprintf(", (SELECT count(*) FROM record r WHERE r.article = k.n AND r.kind = '%s' AND r.verdict NOT IN ('rejected', 'dropped'))", kind)
	}
	columns := articleColumns + ", k.first, k.key, octet_length(k.text), coalesce((SELECT version FROM reading g WHERE g.n = k.reading), '')" +
		count(KindEvent) + count(KindExchange) + count(KindQuote) + count(KindFigure) + count(KindForecast)
	rows, err := s.read.QueryContext(ctx, q.text(columns, " JOIN source s ON s.n = k.source"), q.all()...)
	if err != nil {
		return page, explain(s.path, err)
	}
	defer rows.Close()
	var last cursor
	for rows.Next() {
		if f.Limit > 0 && len(page.Rows) == f.Limit {
			page.Next = last.String()
			break
		}
		var r ArticleRow
		c := cursor{Order: f.Order}
		if err := scanArticle(rows, &r.Article, &c.First, &c.Key, &r.Bytes, &r.Version, &r.Events, &r.Exchanges, &r.Quotes, &r.Figures, &r.Forecasts); err != nil {
			return page, explain(s.path, err)
		}
		page.Rows = append(page.Rows, r)
		last = c
	}
	return page, explain(s.path, rows.Err())
}

// Reading gives the current reading of the article that has the id, as it was
// read (see Corrected). It returns
// chancery.ErrNotFound when there is no such article or it was not coded.
func (s *Store) Reading(ctx context.Context, article string) (*chancery.Reading, error) {
	return s.reading(ctx, "SELECT g.body FROM reading g JOIN article a ON a.reading = g.n WHERE a.id = ?", article)
}

// ReadingOf gives the reading that the version made of the article that has the
// id. It returns chancery.ErrNotFound.
func (s *Store) ReadingOf(ctx context.Context, article, version string) (*chancery.Reading, error) {
	return s.reading(ctx, "SELECT g.body FROM reading g JOIN article a ON a.n = g.article WHERE a.id = ? AND g.version = ?", article, version)
}

func (s *Store) reading(ctx context.Context, query string, args ...any) (*chancery.Reading, error) {
	var body []byte
	err := s.read.QueryRowContext(ctx, query, args...).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("a reading of article %v: %w", args[0], chancery.ErrNotFound)
	}
	if err != nil {
		return nil, explain(s.path, err)
	}
	r := new(chancery.Reading)
	if err := s.packer.unpack(body, r); err != nil {
		return nil, fmt.Errorf("%s: a reading of article %v: %w: %v", s.path, args[0], ErrDamaged, err)
	}
	return r, nil
}

// Has reports whether the article that has the id is stored, and whether a
// reading of it by the version is.
func (s *Store) Has(ctx context.Context, article, version string) (stored, read bool, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM article WHERE id = ?1), EXISTS (SELECT 1 FROM reading g JOIN article a ON a.n = g.article WHERE a.id = ?1 AND g.version = ?2)",
		article, version).Scan(&stored, &read)
	return stored, read, explain(s.path, err)
}

// Entry is an article with its reading.
type Entry struct {
	Article     *chancery.Article
	Reading     *chancery.Reading // nil when the article was not coded
	Fingerprint []uint64          // of the text, sorted (extract.Fingerprint); Entries leaves it out
}

// Entries gives, one after the other, the articles that the filter lets through
// with their text and current reading as it stands by what people said of it,
// holding one at a time. It sees the articles as they were when it began.
func (s *Store) Entries(ctx context.Context, f Filter) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		q, err := s.query(ctx, "", f)
		if err == nil {
			err = q.page(f)
		}
		if err != nil {
			yield(Entry{}, err)
			return
		}
		corrected, err := s.correctedArticles(ctx)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		rows, err := s.read.QueryContext(ctx, q.text(articleColumns+", k.text, k.cuts, g.body", " JOIN source s ON s.n = k.source LEFT JOIN reading g ON g.n = k.reading"), q.all()...)
		if err != nil {
			yield(Entry{}, explain(s.path, err))
			return
		}
		defer rows.Close()
		for n := 0; rows.Next() && (f.Limit == 0 || n < f.Limit); n++ {
			e := Entry{Article: new(chancery.Article)}
			var cuts, body []byte
			err := scanArticle(rows, e.Article, &e.Article.Text, &cuts, &body)
			if err == nil {
				err = json.Unmarshal(cuts, &e.Article.Cuts)
			}
			if err == nil && body != nil {
				e.Reading = new(chancery.Reading)
				err = s.packer.unpack(body, e.Reading)
			}
			if err == nil && e.Reading != nil && corrected[e.Article.ID] {
				var standings []correct.Standing
				standings, err = standingsOf(ctx, s.read, s.packer, e.Article.ID, e.Reading)
				e.Reading, _ = correct.Apply(e.Reading, standings, e.Article.Text)
			}
			if err != nil {
				yield(Entry{}, explain(s.path, err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Entry{}, explain(s.path, err))
		}
	}
}

// correctedArticles names the articles of whose records people said something.
func (s *Store) correctedArticles(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	var id string
	err := s.each(ctx, "SELECT DISTINCT article FROM correction", nil, func() error {
		out[id] = true
		return nil
	}, &id)
	return out, err
}
