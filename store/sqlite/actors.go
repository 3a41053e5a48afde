package sqlite

import (
	"context"
	"fmt"
	"strings"

	"chancery"
)

// ActorRow is an actor as the articles together speak of it.
type ActorRow struct {
	Code     string
	Name     string
	Kind     string   // the first in the alphabet where articles differ
	Roles    []string // all that articles give, sorted
	Articles int      // that mention it
	Mentions int
}

// Actors lists the actors of the articles that the filter lets through, those
// mentioned by most articles first. Of the filter, Article, Source, Party,
// Since and Until (of publication) and Limit count.
func (s *Store) Actors(ctx context.Context, f Filter) ([]ActorRow, error) {
	party, limit := f.Party, f.Limit
	f.Party, f.Limit = "", 0
	q, err := s.query(ctx, "", f)
	if err != nil {
		return nil, err
	}
	switch {
	case party == "":
	case !isCode(party):
		q.and("c.name = ? COLLATE NOCASE", party)
	case chancery.StateOf(party) == party:
		q.and("c.state = ?", party)
	default:
		q.and("c.code = ?", party)
	}
	q.end = " GROUP BY c.code, c.name ORDER BY count(DISTINCT c.article) DESC, sum(c.mentions) DESC, c.code, c.name"
	if limit > 0 {
		q.end += fmt.Sprintf(" LIMIT %d", limit)
	}
	const sep = "\x1f"
	rows, err := s.read.QueryContext(ctx, q.text("c.code, c.name, min(c.kind), coalesce(group_concat(nullif(c.role, ''), char(31) ORDER BY c.role), ''), count(DISTINCT c.article), sum(c.mentions)",
		" JOIN actor c ON c.article = k.n"), q.all()...)
	if err != nil {
		return nil, explain(s.path, err)
	}
	defer rows.Close()
	var out []ActorRow
	for rows.Next() {
		var a ActorRow
		var roles string
		if err := rows.Scan(&a.Code, &a.Name, &a.Kind, &roles, &a.Articles, &a.Mentions); err != nil {
			return nil, explain(s.path, err)
		}
		for role := range strings.SplitSeq(roles, sep) {
			if role != "" && (len(a.Roles) == 0 || a.Roles[len(a.Roles)-1] != role) {
				a.Roles = append(a.Roles, role)
			}
		}
		out = append(out, a)
	}
	return out, explain(s.path, rows.Err())
}
