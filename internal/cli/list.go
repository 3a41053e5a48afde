package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"strings"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// pageRows is how many rows a listing takes from the store at a time.
const pageRows = 500

// listing is a command that lists records of one kind.
type listing[T any] struct {
	session *session
	kind    sqlite.Kind
	flags   *filterFlags
	fetch   func(*sqlite.Store, context.Context, sqlite.Filter) (sqlite.Page[sqlite.Row[T]], error)
	line    func(*chancery.Article, *T) any // as exported
	// table sets the rows for a person.
	table func(context.Context, *sqlite.Store, []sqlite.Row[T]) (*sheet, error)
	none  string // what to say when there is nothing, after "No … here"
}

func (l listing[T]) run(cmd *cobra.Command, _ []string) error {
	f, err := l.flags.parse()
	if err != nil {
		return err
	}
	return l.session.with(cmd.Context(), func(store *sqlite.Store) error {
		return asked(l.list(cmd.Context(), store, f))
	})
}

func (l listing[T]) list(ctx context.Context, store *sqlite.Store, f sqlite.Filter) error {
	out := bufio.NewWriter(l.session.out)
	var shown []sqlite.Row[T]
	each := func(r *sqlite.Row[T]) error {
		shown = append(shown, *r)
		return nil
	}
	var c *csv.Writer
	switch l.flags.format {
	case formatJSONL:
		each = func(r *sqlite.Row[T]) error { return export.JSONLine(out, l.line(r.Article, &r.Record)) }
	case formatCSV:
		c = csv.NewWriter(out)
		head, err := export.Head(string(l.kind))
		if err != nil {
			return err
		}
		if err := c.Write(head); err != nil {
			return err
		}
		each = func(r *sqlite.Row[T]) error { return c.Write(export.Cells(l.line(r.Article, &r.Record))) }
	}
	if err := pages(ctx, store, f, l.fetch, each); err != nil {
		return err
	}
	if c != nil {
		if c.Flush(); c.Error() != nil {
			return c.Error()
		}
	}
	if l.flags.format == formatTable {
		if len(shown) == 0 {
			fmt.Fprintf(l.session.err, "No %ss here that fit. %s\n", l.kind, l.none)
			return nil
		}
		t, err := l.table(ctx, store, shown)
		if err != nil {
			return err
		}
		if err := t.write(out, l.session.terminal); err != nil {
			return err
		}
		if f.Limit > 0 && len(shown) == f.Limit {
			total, err := store.Count(ctx, l.kind, f)
			if err != nil {
				return err
			}
			l.session.more(out, len(shown), total)
		}
	}
	return out.Flush()
}

// pages takes a listing page by page, so that a long one is not held whole.
func pages[T any](ctx context.Context, store *sqlite.Store, f sqlite.Filter,
	fetch func(*sqlite.Store, context.Context, sqlite.Filter) (sqlite.Page[sqlite.Row[T]], error), yield func(*sqlite.Row[T]) error) error {
	left := f.Limit
	for {
		f.Limit = pageRows
		if left > 0 {
			f.Limit = min(left, pageRows)
		}
		page, err := fetch(store, ctx, f)
		if err != nil {
			return err
		}
		for i := range page.Rows {
			if err := yield(&page.Rows[i]); err != nil {
				return err
			}
		}
		if page.Next == "" || left > 0 && left <= len(page.Rows) {
			return nil
		}
		if left > 0 {
			left -= len(page.Rows)
		}
		f.Cursor = page.Next
	}
}

// partyText names parties by their codes, those without one by their names.
func partyText(all []chancery.Party) string {
	var out []string
	seen := map[string]bool{}
	for _, p := range all {
		name := p.Code
		if name == "" {
			name = p.Name
		}
		if name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, ", ")
}

// person names a party as people do, with its code.
func person(p chancery.Party) string {
	switch {
	case p.Name == "" && p.Code == "":
		return "someone"
	case p.Name == "":
		return p.Code
	case p.Code == "":
		return p.Name
	}
	return p.Name + " (" + p.Code + ")"
}

// voices says who says so, from the article inward; "" for the writer.
func voices(chain []chancery.Attribution) string {
	var out []string
	for _, v := range chain {
		switch {
		case v.Name != "":
			out = append(out, v.Name)
		case v.Code != "":
			out = append(out, v.Code)
		case v.Kind == chancery.ByUnnamed:
			out = append(out, "unnamed sources")
		default:
			out = append(out, string(v.Kind))
		}
	}
	return strings.Join(out, ", citing ")
}

// marked gives the characters under r with those under inner in a style.
func marked(text string, r, inner chancery.ByteRange, st style) line {
	if inner.IsZero() || !r.Contains(inner) {
		return words(r.Of(text))
	}
	return words(text[r.Start:inner.Start]).add(styled(inner.Of(text), st), words(text[inner.End:r.End]))
}

// facts joins what is known by middle dots, leaving out what is empty.
func facts(all ...string) line {
	var some []string
	for _, s := range all {
		if s != "" {
			some = append(some, s)
		}
	}
	return styled(strings.Join(some, " · "), dim)
}

// shortID is how ids are shown: any beginning that only one record has will do
// where an id is asked for.
func shortID(id string) string { return id[:min(9, len(id))] }

func percent(p float64) string { return fmt.Sprintf("%.0f%%", 100*p) }
