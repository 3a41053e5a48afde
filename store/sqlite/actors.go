package sqlite

import (
	"context"
	"fmt"

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
	key := fmt.Sprintf("%+v", f)
	return recall(ctx, s, "actor", key, func() ([]ActorRow, error) { return s.countActors(ctx, f) })
}

func (s *Store) countActors(ctx context.Context, f Filter) ([]ActorRow, error) {
	party, limit := f.Party, f.Limit
	f.Party, f.Limit = "", 0
	q, err := s.query(ctx, "", f)
	if err != nil {
		return nil, err
	}
	of := "1"
	var args []any
	switch {
	case party == "":
	case !isCode(party):
		of, args = "c.name = ? COLLATE NOCASE", []any{party}
	case chancery.StateOf(party) == party:
		of, args = "c.state = ?", []any{party}
	default:
		of, args = "c.code = ?", []any{party}
	}
	// The articles are asked for only where some do not count: counting goes through
	// an index of the actors alone, in its order.
	if len(q.where) > 0 {
		of += " AND c.article IN (" + q.text("k.n", "") + ")"
		args = append(args, q.all()...)
	}
	query := "SELECT code, name, min(kind), count(*) articles, sum(mentions) mentions FROM (SELECT c.code, c.name, c.article, min(c.kind) kind, sum(c.mentions) mentions FROM actor c WHERE " + of +
		" GROUP BY c.code, c.name, c.article) GROUP BY code, name ORDER BY articles DESC, mentions DESC, code, name"
	if limit > 0 {
		query += fmt.Sprintf(" LIMIT %d", limit)
	}
	var out []ActorRow
	var a ActorRow
	if err := s.each(ctx, query, args, func() error {
		out = append(out, a)
		return nil
	}, &a.Code, &a.Name, &a.Kind, &a.Articles, &a.Mentions); err != nil {
		return nil, err
	}
	var role string
	for i := range out {
		if err := s.each(ctx, "SELECT DISTINCT c.role FROM actor c WHERE "+of+" AND c.code = ? AND c.name = ? AND c.role <> '' ORDER BY c.role", append(args[:len(args):len(args)], out[i].Code, out[i].Name), func() error {
			out[i].Roles = append(out[i].Roles, role)
			return nil
		}, &role); err != nil {
			return nil, err
		}
	}
	return out, nil
}
