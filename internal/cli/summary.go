package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"chancery"
	"chancery/collate"
	"chancery/internal/intake"
	"chancery/store/sqlite"
)

// summary says what a run has brought, and what is in the record now.
func (s *session) summary(ctx context.Context, store *sqlite.Store, r intake.Report, noun string, took time.Duration) error {
	say := func(parts ...line) { fmt.Fprintln(s.out, s.terminal.String(flat(parts))) }
	rate := ""
	if sec := took.Seconds(); sec > 0.05 && r.Coded > 0 {
		rate = fmt.Sprintf(" in %.1f s", sec)
	}
	say(styled(fmt.Sprintf("Read %s from %s into %s%s", plural(r.Articles, "article"), plural(r.Items, noun), store.Path(), rate), bold),
		words(fmt.Sprintf(": %d new, %d read before.", r.New, r.Known)))
	counts := map[sqlite.Kind]int{}
	for _, k := range append(sqlite.Kinds(), "") {
		n, err := store.Count(ctx, k, sqlite.Filter{})
		if err != nil {
			return err
		}
		counts[k] = n
	}
	var parts []string
	for _, k := range sqlite.Kinds() {
		parts = append(parts, plural(counts[k], string(k)))
	}
	also := ""
	if r.Reprints > 0 {
		also = fmt.Sprintf(" (%s)", plural(r.Reprints, "reprint"))
	}
	say(words(fmt.Sprintf("The record holds %s%s: %s.", plural(counts[""], "article"), also, strings.Join(parts, ", "))))
	if counts[""] == 0 {
		return nil
	}
	if err := s.busiest(ctx, store); err != nil {
		return err
	}
	if err := s.bargains(ctx, store); err != nil {
		return err
	}
	if err := s.striking(ctx, store); err != nil {
		return err
	}
	if err := s.disputed(ctx, store); err != nil {
		return err
	}
	return s.next(ctx, store)
}

// busiest counts what passes from one state to another. Cooperation and conflict
// differ by shape too, for those who see no colours.
func (s *session) busiest(ctx context.Context, store *sqlite.Store) error {
	all, err := store.Dyads(ctx, sqlite.DyadFilter{}, 0)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d sqlite.DyadCount) bool { return d.Actor == d.Recipient })
	if len(all) == 0 {
		return nil
	}
	fmt.Fprintln(s.out, "\n"+s.terminal.String(styled("Who acts towards whom", bold)))
	t := &sheet{columns: []column{{name: ""}, {name: "events", right: true}, {name: ""}, {name: "words for", right: true}, {name: "deeds for", right: true}, {name: "words against", right: true}, {name: "deeds against", right: true}}}
	for _, d := range all[:min(6, len(all))] {
		width := max(1, d.Events*16/all[0].Events)
		friendly := (2*(d.Quads[1]+d.Quads[2])*width + d.Events) / (2 * d.Events)
		t.add(nil, styled(d.Actor+" → "+d.Recipient, bold), words(itoa(d.Events)),
			styled(strings.Repeat("█", friendly), green).add(styled(strings.Repeat("░", width-friendly), red)),
			words(itoa(d.Quads[1])), words(itoa(d.Quads[2])), words(itoa(d.Quads[3])), words(itoa(d.Quads[4])))
	}
	return t.write(s.out, s.terminal)
}

// bargains shows the exchanges that say most: things on both sides before
// courtesies, no bargain twice.
func (s *session) bargains(ctx context.Context, store *sqlite.Store) error {
	page, err := store.Exchanges(ctx, sqlite.Filter{Limit: 200})
	if err != nil {
		return err
	}
	type found struct {
		article *chancery.Article
		legs    []sqlite.Row[chancery.Event]
		things  int    // legs that hand over more than words
		bargain string // who gives what kind of thing first: the same bargain told twice is shown once
	}
	var all []found
	for _, r := range page.Rows {
		legs, err := store.Events(ctx, sqlite.Filter{Exchange: r.Record.ID})
		if err != nil {
			return err
		}
		f := found{article: r.Article, legs: legs.Rows}
		givers := map[string]bool{}
		for _, l := range legs.Rows {
			if g := l.Record.Good; g != nil {
				givers[chancery.StateOf(g.Giver.Code)] = true
				if f.bargain == "" {
					f.bargain = chancery.StateOf(g.Giver.Code) + " " + string(g.Kind)
				}
				if g.Kind != "diplomatic" {
					f.things++
				}
			}
		}
		if delete(givers, ""); len(givers) > 1 && r.Article.ReprintOf == "" {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(min(b.things, 4), min(a.things, 4)) })
	shown := map[string]bool{}
	for _, b := range all {
		if shown[b.bargain] || len(shown) == 3 {
			continue
		}
		if len(shown) == 0 {
			fmt.Fprintln(s.out, "\n"+s.terminal.String(styled("In return for each other", bold)))
		}
		shown[b.bargain] = true
		for i, l := range b.legs {
			mark := "  ⇄ "
			if i == 0 {
				mark = "    "
			}
			s.hang(words(mark), legLine(l.Article, &l.Record))
		}
		s.hang(words("    "), facts(sourceText(b.article), b.article.Name))
	}
	return nil
}

// striking shows quotes of known speakers, one each, neither scraps nor speeches.
func (s *session) striking(ctx context.Context, store *sqlite.Store) error {
	page, err := store.Quotes(ctx, sqlite.Filter{Limit: 500})
	if err != nil {
		return err
	}
	rows := slices.DeleteFunc(page.Rows, func(r sqlite.Row[chancery.Quote]) bool {
		n := utf8.RuneCountInString(r.Record.Text.Of(r.Article.Text))
		return r.Record.Partial || r.Record.Speaker.Name == "" || r.Record.Speaker.Code == "" || n < 40 || n > 220
	})
	// The most exact code first (USAGOV before USA), then the order of the record.
	slices.SortStableFunc(rows, func(a, b sqlite.Row[chancery.Quote]) int {
		return cmp.Compare(len(b.Record.Speaker.Code), len(a.Record.Speaker.Code))
	})
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.Record.Speaker.Name] || len(seen) == 3 {
			continue
		}
		if len(seen) == 0 {
			fmt.Fprintln(s.out, "\n"+s.terminal.String(styled("In their own words", bold)))
		}
		seen[r.Record.Speaker.Name] = true
		s.hang(words("    "), styled("“"+strings.TrimRight(r.Record.Text.Of(r.Article.Text), ",")+"”", italic))
		s.hang(words("    "), words(person(r.Record.Speaker)).add(styled(" · "+sourceText(r.Article)+" · "+r.Article.Name, dim)))
	}
	return nil
}

// disputed shows where accounts disagree, a finding of each kind, the surest
// first. What concerns one article alone is for "chancery findings".
func (s *session) disputed(ctx context.Context, store *sqlite.Store) error {
	all, err := store.Findings(ctx, sqlite.FindingFilter{})
	if err != nil || len(all) == 0 {
		return err
	}
	total := len(all)
	all = slices.DeleteFunc(all, func(f collate.Finding) bool {
		_, _, ok := opposed(f)
		return !ok || f.Kind == collate.Reprint || f.Kind == collate.SingleSource
	})
	slices.SortStableFunc(all, func(a, b collate.Finding) int { return cmp.Compare(b.Sure, a.Sure) })
	shown := map[collate.FindingKind]bool{}
	for _, f := range all {
		if shown[f.Kind] || len(shown) == 4 {
			continue
		}
		if len(shown) == 0 {
			fmt.Fprintln(s.out, "\n"+s.terminal.String(styled("Where accounts disagree", bold).add(words(fmt.Sprintf(" (%s in all)", plural(total, "finding"))))))
		}
		shown[f.Kind] = true
		l := styled(string(f.Kind), yellow).add(words(": " + f.About + " "))
		one, other, _ := opposed(f)
		for i, p := range []collate.Passage{one, other} {
			if i > 0 {
				l = l.add(words(" against "))
			}
			says := p.Says
			if says == "" {
				says = p.Text
			}
			l = l.add(words("“"+says+"”"), styled(" ("+p.Source+")", dim))
		}
		s.hang(words("    "), l)
	}
	return nil
}

// opposed gives the first two passages of a finding that stand in different
// articles and differ in what they say.
func opposed(f collate.Finding) (one, other collate.Passage, ok bool) {
	for i, p := range f.Passages {
		for _, q := range f.Passages[i+1:] {
			if p.Article != q.Article && p.Says != q.Says {
				return p, q, true
			}
		}
	}
	return one, other, false
}

func sourceText(a *chancery.Article) string {
	if a.Source == "" {
		return "no source given"
	}
	return a.Source
}

// hang sets a line with a hanging indent as wide as its mark.
func (s *session) hang(mark, l line) {
	for i, l := range l.wrap(min(s.terminal.width, prose) - mark.width()) {
		if i > 0 {
			mark = space(mark.width())
		}
		fmt.Fprintln(s.out, s.terminal.String(mark.add(l)))
	}
}

// next proposes commands that have something to show here.
func (s *session) next(ctx context.Context, store *sqlite.Store) error {
	db := ""
	if s.db != "chancery.db" {
		db = " --db " + s.db
	}
	fmt.Fprintln(s.out, "\n"+s.terminal.String(styled("Try next", bold)))
	articles, err := store.Articles(ctx, sqlite.Filter{Limit: 50})
	if err != nil {
		return err
	}
	all, err := store.Dyads(ctx, sqlite.DyadFilter{}, 20)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Actor != d.Recipient {
			fmt.Fprintf(s.out, "    chancery ledger %s %s%s\n    chancery events --between %s,%s%s\n", d.Actor, d.Recipient, db, d.Actor, d.Recipient, db)
			break
		}
	}
	richest := slices.MaxFunc(articles.Rows, func(a, b sqlite.ArticleRow) int { return cmp.Compare(a.Events, b.Events) })
	fmt.Fprintf(s.out, "    chancery show %s%s\n", quoteArg(richest.Name), db)
	fmt.Fprintf(s.out, "    chancery findings%s\n    chancery export%s > record.jsonl\n", db, db)
	return nil
}

// quoteArg puts what a shell would take apart between quotation marks.
func quoteArg(s string) string {
	if s != "" && strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:,", r))
	}) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(clean(s), "'", `'\''`) + "'"
}
