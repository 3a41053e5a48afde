package sqlite

import (
	"context"
	"fmt"
	"strings"

	"chancery"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"errors"
)

// Hit is an article that a search found.
type Hit struct {
	Article *chancery.Article
	Score   float64              // BM25, larger is better; the title counts four times
	Matches []chancery.ByteRange // of the words found, in the text's order; none when only the title matches
}

// Search finds articles by their words, best first. The query is FTS5's: words
// are all wanted, "a phrase", OR, NOT, NEAR(a b), tariff*, title:munir. Words
// are compared by their stem, without case or accents. Of the filter, Article,
// Source, Since and Until (of publication), Language and Limit count. An error
// in the query is chancery.ErrInvalid.
func (s *Store) Search(ctx context.Context, words string, f Filter) ([]Hit, error) {
	if strings.TrimSpace(words) == "" {
		return nil, fmt.Errorf("%w: nothing to search for", chancery.ErrInvalid)
	}
	limit := f.Limit
	f.Limit, f.Cursor, f.Order = 0, "", OrderText
	q, err := s.query(ctx, "", f)
	if err != nil {
		return nil, err
	}
	// A word may be in every article: the marks are set, and the texts read, in those
	// alone that are shown.
	found := "SELECT article_text.rowid n, bm25(article_text, 4.0, 1.0) score FROM article_text WHERE article_text MATCH ?"
	args := []any{words}
	if len(q.where) > 0 {
		found += " AND +article_text.rowid IN (" + q.text("k.n", "") + ")"
		args = append(args, q.all()...)
	}
	last, end := "1e999", ""
	if limit > 0 {
		last, end = "coalesce((SELECT score FROM found ORDER BY score LIMIT 1 OFFSET ?), 1e999)", " LIMIT ?"
	}
	args = append(args, words)
	if limit > 0 {
		args = append(args, limit-1, limit)
	}
	rows, err := s.read.QueryContext(ctx, "WITH found AS MATERIALIZED ("+found+") SELECT "+articleColumns+", k.text, -found.score, highlight(article_text, 1, '"+opens+"', '"+closes+
		"') FROM found CROSS JOIN article k ON k.n = found.n CROSS JOIN source s ON s.n = k.source CROSS JOIN article_text ON article_text.rowid = k.n AND article_text MATCH ? WHERE found.score <= "+last+
		" ORDER BY found.score, k.key"+end, args...)
	if err != nil {
		return nil, s.searchError(words, err)
	}
	defer rows.Close()
	var out []Hit
	for rows.Next() {
		h := Hit{Article: new(chancery.Article)}
		var marked string
		if err := scanArticle(rows, h.Article, &h.Article.Text, &h.Score, &marked); err != nil {
			return nil, explain(s.path, err)
		}
		h.Matches = matches(h.Article.Text, marked)
		out = append(out, h)
	}
	return out, s.searchError(words, rows.Err())
}

// searchError tells a query that cannot be understood from a store that fails.
func (s *Store) searchError(words string, err error) error {
	var e *driver.Error
	if errors.As(err, &e) && e.Code()&0xff == lib.SQLITE_ERROR {
		return fmt.Errorf("%w: cannot search for %s: write words, \"a phrase\", OR, NOT, a star at a word's end; put quotation marks around anything else", chancery.ErrInvalid, words)
	}
	return explain(s.path, err)
}

// The marks around a match are noncharacters, which no text holds on purpose.
const opens, closes = "\ufdd0", "\ufdd1"

// matches reads the ranges off a copy of the text with marks around each match.
func matches(text, marked string) []chancery.ByteRange {
	var out []chancery.ByteRange
	at, start := 0, -1
	for len(marked) > 0 {
		switch {
		case start < 0 && strings.HasPrefix(marked, opens) && !strings.HasPrefix(text[at:], opens):
			start, marked = at, marked[len(opens):]
		case start >= 0 && strings.HasPrefix(marked, closes) && !strings.HasPrefix(text[at:], closes):
			if start < at {
				out = append(out, chancery.ByteRange{Start: start, End: at})
			}
			start, marked = -1, marked[len(closes):]
		case at < len(text) && marked[0] == text[at]:
			at, marked = at+1, marked[1:]
		default:
			return out // cannot follow; what was found stands
		}
	}
	return out
}
