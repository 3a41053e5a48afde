package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"chancery"
	"chancery/collate"
	"chancery/correct"
)

// Collate brings the collation up to date: it takes in the articles that are
// new, were read again, corrected or marked as reprints, and does again what
// that touches. The result is that of collate.All over the whole record. It
// holds one article, one bucket or one happening at a time, can be stopped, and
// does nothing when nothing has changed.
func (s *Store) Collate(ctx context.Context) error {
	for {
		var stale []int64
		var n int64
		if err := s.each(ctx, fmt.Sprintf("SELECT article FROM stale ORDER BY article LIMIT %d", takenIn), nil, func() error {
			stale = append(stale, n)
			return nil
		}, &n); err != nil {
			return err
		}
		if len(stale) == 0 {
			var touched bool
			if err := s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM touched)").Scan(&touched); err != nil || !touched {
				return explain(s.path, err)
			}
		}
		if err := s.collating(ctx, func(c *collating) error {
			for _, article := range stale {
				if err := c.takeIn(article); err != nil {
					return err
				}
			}
			if len(stale) == takenIn {
				return c.keepTouched()
			}
			return c.update() // while what was taken in is held
		}); err != nil {
			return err
		}
	}
}

// takenIn is how many articles are taken in in one transaction.
const takenIn = 200

// collating is a transaction that collates.
type collating struct {
	writer
	touched touched
	reports map[int64]*collate.Report  // by number, some
	clues   map[int64]*collate.Clue    // by number, some
	briefs  map[int64]*collate.Brief   // by article.n, some
	entered map[int64]*collate.Extract // by article.n, of those taken in by this transaction
	places  map[string]string          // article id to key
	texts   map[string]string          // article id to text
}

// touched is what is to be done again: articles that were taken in, and with them
// the buckets, keys and sources they are in; buckets and keys that lost a member,
// happenings that lost a report, findings that lost a part.
type touched struct {
	buckets, keys, sources         map[string]bool
	articles, happenings, findings map[int64]bool
}

func newTouched() touched {
	return touched{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[int64]bool{}, map[int64]bool{}, map[int64]bool{}}
}

// each calls f for each set with the word that the table has for it.
func (t *touched) each(text func(what string, set map[string]bool) error, number func(what string, set map[int64]bool) error) error {
	return cmp.Or(text("bucket", t.buckets), text("key", t.keys), text("source", t.sources), number("article", t.articles), number("happening", t.happenings), number("finding", t.findings))
}

// keepTouched writes what is touched, for the update to come.
func (c *collating) keepTouched() error {
	const insert = "INSERT INTO touched (what, key) VALUES (?, ?) ON CONFLICT DO NOTHING"
	return c.touched.each(func(what string, set map[string]bool) error {
		for _, key := range slices.Sorted(maps.Keys(set)) {
			if err := c.exec(insert, what, key); err != nil {
				return err
			}
		}
		return nil
	}, func(what string, set map[int64]bool) error {
		for _, key := range slices.Sorted(maps.Keys(set)) {
			if err := c.exec(insert, what, key); err != nil {
				return err
			}
		}
		return nil
	})
}

// touch puts what the rows of a query name into a set.
func touch[K string | int64](c *collating, set map[K]bool, query string, args ...any) error {
	var key K
	return c.rows(query, args, func() error {
		set[key] = true
		return nil
	}, &key)
}

// readTouched reads what was written.
func (c *collating) readTouched() error {
	return c.touched.each(func(what string, set map[string]bool) error {
		return touch(c, set, "SELECT key FROM touched WHERE what = ?", what)
	}, func(what string, set map[int64]bool) error {
		return touch(c, set, "SELECT key FROM touched WHERE what = ?", what)
	})
}

func (s *Store) collating(ctx context.Context, f func(*collating) error) error {
	return s.do(ctx, func(tx *sql.Tx) error {
		c := &collating{writer: s.writer(ctx, tx), touched: newTouched(), reports: map[int64]*collate.Report{}, clues: map[int64]*collate.Clue{},
			briefs: map[int64]*collate.Brief{}, entered: map[int64]*collate.Extract{}, places: map[string]string{}, texts: map[string]string{}}
		err := f(c)
		if errors.Is(err, chancery.ErrNotFound) {
			return errors.Join(ErrDamaged, err)
		}
		return err
	})
}

// takeIn replaces what collation has of an article by what it says now.
func (c *collating) takeIn(article int64) error {
	a, err := c.account(article)
	if err != nil {
		return fmt.Errorf("collate article %d: %w", article, err)
	}
	var e *collate.Extract
	if a.Reading != nil {
		x := collate.ExtractOf(a)
		e = &x
	}
	if err := c.revise(article, e); err != nil {
		return fmt.Errorf("collate article %s: %w", a.Article.Name, err)
	}
	return c.exec("DELETE FROM stale WHERE article = ?", article)
}

// revise puts what collation needs of an article in the place of what it had, nil
// for nothing. Where the article itself is as it was, only what it says otherwise
// is touched: a correction changes one report of many.
func (c *collating) revise(article int64, e *collate.Extract) error {
	var old *collate.Brief
	var body, coverage string
	if err := c.rows("SELECT body, coverage FROM account WHERE article = ?", []any{article}, func() error {
		old = new(collate.Brief)
		return json.Unmarshal([]byte(body), old)
	}, &body, &coverage); err != nil {
		return err
	}
	if e == nil || old == nil || !old.IsSame(&e.Brief) {
		if err := c.leaveOut(article); err != nil {
			return err
		}
		if e == nil {
			return nil
		}
		if err := c.enter(article, e); err != nil || old == nil {
			return err
		}
		return c.recount(article)
	}
	now, err := json.Marshal(&e.Brief.Coverage)
	if err != nil {
		return err
	}
	if string(now) != coverage {
		c.touched.sources[e.Brief.Source] = true
		if err := c.exec("UPDATE account SET coverage = ? WHERE article = ?", string(now), article); err != nil {
			return err
		}
	}
	hold(c.briefs, article, &e.Brief)
	for _, step := range []func() error{
		func() error { return c.replaceReports(article, e.Reports) },
		func() error { return c.recount(article) },
		func() error { return c.replaceClues(article, e.Clues) },
		func() error { return c.show(articleScope(article), e.Alone) },
		c.finish,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// recount has the events of an article counted under their happenings: one that was
// rejected and is not any more is written anew, and one whose report is in none yet
// may be written as of the happening that it was in.
func (c *collating) recount(article int64) error {
	const counted = "CASE WHEN EXISTS (SELECT 1 FROM report o WHERE o.happening = p.happening AND o.n <> p.n) THEN p.happening ELSE 0 END"
	wrong := map[string]int64{}
	var event string
	var happening int64
	if err := c.rows("SELECT p.event, "+counted+" FROM report p JOIN record r ON r.id = p.event JOIN dyad d ON d.record = r.n WHERE p.article = ? AND d.happening <> "+counted, []any{article}, func() error {
		wrong[event] = happening
		return nil
	}, &event, &happening); err != nil {
		return err
	}
	for _, event := range slices.Sorted(maps.Keys(wrong)) {
		if err := c.count(event, wrong[event]); err != nil {
			return err
		}
	}
	return nil
}

// replaceReports puts the reports that are not as they were in the place of those
// that were otherwise.
func (c *collating) replaceReports(article int64, reports []collate.Report) error {
	type stored struct {
		n    int64
		body string
	}
	before := map[string]stored{} // by event
	var r stored
	var event string
	if err := c.rows("SELECT n, event, body FROM report WHERE article = ?", []any{article}, func() error {
		before[event] = r
		return nil
	}, &r.n, &event, &r.body); err != nil {
		return err
	}
	changed := false
	told := map[int]bool{} // starts of the sentences of what changed
	drop := func(r stored) error {
		var old collate.Report
		if err := json.Unmarshal([]byte(r.body), &old); err != nil {
			return err
		}
		changed, told[old.Sentence.Start] = true, true
		return c.dropReport(r.n)
	}
	for i := range reports {
		now := &reports[i]
		body, err := json.Marshal(now)
		if err != nil {
			return err
		}
		was, ok := before[now.Event]
		delete(before, now.Event)
		if ok && was.body == string(body) {
			continue
		}
		if ok {
			var old collate.Report
			if err := json.Unmarshal([]byte(was.body), &old); err != nil {
				return err
			}
			// One that only moved up in its article has kept its order.
			if old.Place = now.Place; isSame(&old, body) {
				delete(c.reports, was.n)
				if err := c.exec("UPDATE report SET body = ? WHERE n = ?", string(body), was.n); err != nil {
					return err
				}
				continue
			}
			if err := drop(was); err != nil {
				return err
			}
		}
		changed, told[now.Sentence.Start] = true, true
		if err := c.enterReport(article, now, body); err != nil {
			return err
		}
		for _, key := range now.Buckets() {
			c.touched.buckets[key] = true
		}
	}
	for _, event := range slices.Sorted(maps.Keys(before)) {
		if err := drop(before[event]); err != nil {
			return err
		}
	}
	if !changed {
		return nil
	}
	if err := c.touchFindings(article, told); err != nil {
		return err
	}
	// What else the article tells matters wherever one of its reports meets others.
	return touch(c, c.touched.happenings, "SELECT happening FROM report r WHERE article = ? AND happening IS NOT NULL AND EXISTS (SELECT 1 FROM report o WHERE o.happening = r.happening AND o.n <> r.n)", article)
}

// touchFindings touches the findings that show a sentence of an article that starts
// at one of the places: which pairs of states they are about follows from the events
// it tells.
func (c *collating) touchFindings(article int64, starts map[int]bool) error {
	var n int64
	var id string
	var body sql.RawBytes
	return c.rows("SELECT a.id, f.n, f.body FROM article a JOIN finding_article x ON x.article = a.id JOIN finding f ON f.n = x.finding WHERE a.n = ?", []any{article}, func() error {
		var f collate.Finding
		if err := json.Unmarshal(body, &f); err != nil {
			return err
		}
		if slices.ContainsFunc(f.Passages, func(p collate.Passage) bool { return p.Article == id && starts[p.Range.Start] }) {
			c.touched.findings[n] = true
		}
		return nil
	}, &id, &n, &body)
}

// isSame reports whether the JSON of a report is the body.
func isSame(r *collate.Report, body []byte) bool {
	b, err := json.Marshal(r)
	return err == nil && string(b) == string(body)
}

// dropReport takes out a report and touches where it was.
func (c *collating) dropReport(n int64) error {
	if err := touch(c, c.touched.buckets, "SELECT key FROM bucket WHERE report = ?", n); err != nil {
		return err
	}
	if err := touch(c, c.touched.happenings, "SELECT happening FROM report WHERE n = ? AND happening IS NOT NULL", n); err != nil {
		return err
	}
	delete(c.reports, n)
	return c.exec("DELETE FROM report WHERE n = ?", n)
}

// enterReport puts in a report whose JSON is the body; finish writes where it meets
// others.
func (c *collating) enterReport(article int64, r *collate.Report, body []byte) error {
	n, _, err := c.insert("INSERT INTO report (article, event, body) VALUES (?, ?, ?)", article, r.Event, string(body))
	if err != nil {
		return err
	}
	hold(c.reports, n, r)
	for _, key := range r.Buckets() {
		// It is joined with nobody until update has looked.
		if err := c.later("INSERT INTO bucket (key, report, joined) VALUES (?, ?, ?)", key, n, n); err != nil {
			return err
		}
	}
	return nil
}

// replaceClues puts the clues in the place of those there were, unless they are
// the same.
func (c *collating) replaceClues(article int64, clues []collate.Clue) error {
	var before []string
	var body string
	if err := c.rows("SELECT body FROM clue WHERE article = ? ORDER BY n", []any{article}, func() error {
		before = append(before, body)
		return nil
	}, &body); err != nil {
		return err
	}
	same := len(before) == len(clues)
	for i := 0; same && i < len(clues); i++ {
		b, err := json.Marshal(&clues[i])
		if err != nil {
			return err
		}
		same = before[i] == string(b)
	}
	if same {
		return nil
	}
	if err := c.dropClues(article); err != nil {
		return err
	}
	for i := range clues {
		for _, key := range clues[i].Keys {
			c.touchClue(&clues[i], key)
		}
	}
	return c.enterClues(article, clues)
}

// dropClues takes out the clues of an article and touches where they met others.
func (c *collating) dropClues(article int64) error {
	clues, err := c.cluesOf(article)
	if err != nil {
		return err
	}
	for n, clue := range clues {
		delete(c.clues, n)
		for _, key := range clue.Keys {
			c.touchClue(clue, key)
			if err := c.exec("DELETE FROM clue_key WHERE key = ? AND says = ? AND clue = ?", key, clue.Says, n); err != nil {
				return err
			}
		}
	}
	return c.exec("DELETE FROM clue WHERE article = ?", article)
}

// enterClues puts in the clues of an article; finish writes their keys.
func (c *collating) enterClues(article int64, clues []collate.Clue) error {
	for i := range clues {
		clue := &clues[i]
		body, err := json.Marshal(clue)
		if err != nil {
			return err
		}
		n, _, err := c.insert("INSERT INTO clue (article, body) VALUES (?, ?)", article, string(body))
		if err != nil {
			return err
		}
		hold(c.clues, n, clue)
		for _, key := range clue.Keys {
			if err := c.later("INSERT INTO clue_key (key, says, clue) VALUES (?, ?, ?)", key, clue.Says, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// leaveOut takes out all that collation has of an article. The findings it is in
// are put together again: their order follows its name.
func (c *collating) leaveOut(article int64) error {
	var n int64
	if err := touch(c, c.touched.findings, "SELECT f.finding FROM article a JOIN finding_article f ON f.article = a.id WHERE a.n = ?", article); err != nil {
		return err
	}
	var reports []int64
	if err := c.rows("SELECT n FROM report WHERE article = ?", []any{article}, func() error {
		reports = append(reports, n)
		return nil
	}, &n); err != nil {
		return err
	}
	for _, n := range reports {
		if err := c.dropReport(n); err != nil {
			return err
		}
	}
	if err := c.dropClues(article); err != nil {
		return err
	}
	if err := touch(c, c.touched.sources, "SELECT source FROM account WHERE article = ?", article); err != nil {
		return err
	}
	delete(c.entered, article)
	delete(c.briefs, article)
	if err := c.exec("DELETE FROM account WHERE article = ?", article); err != nil {
		return err
	}
	return c.hide(articleScope(article))
}

// touchArticle touches the buckets, keys and sources that an article is in.
func (c *collating) touchArticle(article int64) error {
	if e := c.entered[article]; e != nil {
		for i := range e.Reports {
			for _, key := range e.Reports[i].Buckets() {
				c.touched.buckets[key] = true
			}
		}
		for i := range e.Clues {
			for _, key := range e.Clues[i].Keys {
				c.touchClue(&e.Clues[i], key)
			}
		}
		c.touched.sources[e.Brief.Source] = true
		return nil
	}
	if err := touch(c, c.touched.buckets, "SELECT b.key FROM report r JOIN bucket b ON b.report = r.n WHERE r.article = ?", article); err != nil {
		return err
	}
	if err := touch(c, c.touched.sources, "SELECT source FROM account WHERE article = ?", article); err != nil {
		return err
	}
	clues, err := c.cluesOf(article)
	if err != nil {
		return err
	}
	for _, clue := range clues {
		for _, key := range clue.Keys {
			c.touchClue(clue, key)
		}
	}
	return nil
}

// cluesOf gives the clues of an article by their numbers.
func (c *collating) cluesOf(article int64) (map[int64]*collate.Clue, error) {
	out := map[int64]*collate.Clue{}
	var n int64
	var body sql.RawBytes
	err := c.rows("SELECT n, body FROM clue WHERE article = ?", []any{article}, func() error {
		var err error
		out[n], err = c.clue(n, body)
		return err
	}, &n, &body)
	return out, err
}

// clue decodes a clue, or gives the one that is held.
func (c *collating) clue(n int64, body []byte) (*collate.Clue, error) {
	return held(c.clues, n, body)
}

// touchClue touches where a clue meets others by a key: a denial meets the reports
// of a bucket.
func (c *collating) touchClue(clue *collate.Clue, key string) {
	if clue.Kind == collate.DenialClue {
		c.touched.buckets[key] = true
	} else {
		c.touched.keys[key] = true
	}
}

// The scopes of what is shown.
func articleScope(n int64) string   { return fmt.Sprint("article ", n) }
func happeningScope(n int64) string { return fmt.Sprint("happening ", n) }
func bucketScope(key string) string { return "bucket " + key }
func keyScope(key string) string    { return "key " + key }

// account gives an article with its current reading, as people corrected it; nil
// when it was not coded.
func (c *collating) account(article int64) (collate.Account, error) {
	a := collate.Account{Article: new(chancery.Article)}
	var cuts, body []byte
	row := c.QueryRowContext(c.ctx, "SELECT "+articleColumns+", k.text, k.cuts, g.body FROM article k JOIN source s ON s.n = k.source LEFT JOIN reading g ON g.n = k.reading WHERE k.n = ?", article)
	if err := scanArticle(row, a.Article, &a.Article.Text, &cuts, &body); err != nil {
		return a, err
	}
	if err := json.Unmarshal(cuts, &a.Article.Cuts); err != nil || body == nil {
		return a, err
	}
	a.Reading = new(chancery.Reading)
	if err := c.packer.unpack(body, a.Reading); err != nil {
		return a, err
	}
	standings, err := standingsOf(c.ctx, c, c.packer, a.Article.ID, a.Reading)
	if err != nil {
		return a, err
	}
	a.Reading, _ = correct.Apply(a.Reading, standings, a.Article.Text)
	return a, nil
}

// enter puts in what collation needs of an account.
func (c *collating) enter(article int64, e *collate.Extract) error {
	c.entered[article] = e
	hold(c.briefs, article, &e.Brief)
	body, err := json.Marshal(&e.Brief)
	if err != nil {
		return err
	}
	coverage, err := json.Marshal(&e.Brief.Coverage)
	if err != nil {
		return err
	}
	c.touched.articles[article] = true
	if err := c.exec("INSERT INTO account (article, source, body, coverage) VALUES (?, ?, ?, ?)", article, e.Brief.Source, string(body), string(coverage)); err != nil {
		return err
	}
	for i := range e.Reports {
		if body, err = json.Marshal(&e.Reports[i]); err != nil {
			return err
		}
		if err := c.enterReport(article, &e.Reports[i], body); err != nil {
			return err
		}
	}
	if err := c.enterClues(article, e.Clues); err != nil {
		return err
	}
	if err := c.finish(); err != nil {
		return err
	}
	return c.showFirst(articleScope(article), e.Alone) // leaveOut took out what was shown
}

// show puts what a scope shows in the place of what it showed before, unless it is
// the same.
func (c *collating) show(scope string, found []collate.Finding) error {
	same, i := true, 0
	var body string
	if err := c.rows("SELECT body FROM shown WHERE scope = ? ORDER BY n", []any{scope}, func() error {
		if same = same && i < len(found); same {
			now, err := json.Marshal(&found[i])
			if err != nil {
				return err
			}
			same = body == string(now)
		}
		i++
		return nil
	}, &body); err != nil {
		return err
	}
	if same && i == len(found) {
		return nil
	}
	if err := c.hide(scope); err != nil {
		return err
	}
	return c.showFirst(scope, found)
}

// hide takes out what a scope shows.
func (c *collating) hide(scope string) error {
	var n int64
	var finding sql.NullInt64
	var body string
	type old struct {
		n     int64
		spots []uint64
	}
	var before []old
	if err := c.rows("SELECT n, finding, body FROM shown WHERE scope = ?", []any{scope}, func() error {
		var f collate.Finding
		if err := json.Unmarshal([]byte(body), &f); err != nil {
			return err
		}
		before = append(before, old{n, f.Spots()})
		c.touched.findings[finding.Int64] = true // 0: one that is not put together yet
		return nil
	}, &n, &finding, &body); err != nil {
		return err
	}
	for _, o := range before {
		for _, at := range o.spots {
			if err := c.exec("DELETE FROM shown_spot WHERE spot = ? AND shown = ?", int64(at), o.n); err != nil {
				return err
			}
		}
	}
	if len(before) > 0 {
		if err := c.exec("DELETE FROM shown WHERE scope = ?", scope); err != nil {
			return err
		}
	}
	return nil
}

// showFirst puts what a scope shows that shows nothing yet.
func (c *collating) showFirst(scope string, found []collate.Finding) error {
	for i := range found {
		f := &found[i]
		body, err := json.Marshal(f)
		if err != nil {
			return err
		}
		n, _, err := c.insert("INSERT INTO shown (scope, body) VALUES (?, ?)", scope, string(body))
		if err != nil {
			return err
		}
		for _, at := range f.Spots() {
			if err := c.exec("INSERT INTO shown_spot (spot, shown) VALUES (?, ?)", int64(at), n); err != nil {
				return err
			}
		}
		c.touched.findings[0] = true // there is something to put together
	}
	return nil
}

// update does again what was touched.
func (c *collating) update() error {
	if err := c.readTouched(); err != nil {
		return err
	}
	for _, article := range sorted(c.touched.articles) {
		if err := c.touchArticle(article); err != nil {
			return err
		}
	}
	moved, err := c.joinBuckets()
	if err != nil {
		return err
	}
	if err := c.gatherHappenings(moved); err != nil {
		return err
	}
	for _, step := range []func() error{c.compareReports, c.compareClues, c.mergeFindings, c.describeSources} {
		if err := step(); err != nil {
			return err
		}
	}
	return c.exec("DELETE FROM touched")
}

// sorted gives the touched keys of a set in a fixed order.
func sorted[K cmp.Ordered](set map[K]bool) []K { return slices.Sorted(maps.Keys(set)) }

// mostHeld is how many reports, and how many clues and briefs, are held.
const mostHeld = 50000

// report decodes a report, or gives the one that is held.
func (c *collating) report(n int64, body []byte) (*collate.Report, error) {
	return held(c.reports, n, body)
}

// reportOf gives the report of a number.
func (c *collating) reportOf(n int64) (*collate.Report, error) {
	if r := c.reports[n]; r != nil {
		return r, nil
	}
	stmt, err := c.prepare("SELECT body FROM report WHERE n = ?")
	if err != nil {
		return nil, err
	}
	var body []byte
	if err := stmt.QueryRowContext(c.ctx, n).Scan(&body); err != nil {
		return nil, err
	}
	return c.report(n, body)
}

// hold keeps what is known under a number.
func hold[T any](known map[int64]*T, n int64, x *T) {
	if len(known) >= mostHeld {
		clear(known)
	}
	known[n] = x
}

// held gives what is known under a number, or decodes and holds it.
func held[T any](known map[int64]*T, n int64, body []byte) (*T, error) {
	if x := known[n]; x != nil {
		return x, nil
	}
	x := new(T)
	if err := json.Unmarshal(body, x); err != nil {
		return nil, err
	}
	hold(known, n, x)
	return x, nil
}

func (c *collating) brief(article int64) (*collate.Brief, error) {
	if b := c.briefs[article]; b != nil {
		return b, nil
	}
	var body string
	stmt, err := c.prepare("SELECT body FROM account WHERE article = ?")
	if err != nil {
		return nil, err
	}
	if err := stmt.QueryRowContext(c.ctx, article).Scan(&body); err != nil {
		return nil, err
	}
	return held(c.briefs, article, []byte(body))
}

// askedAtOnce is how many keys or numbers one statement asks for.
const askedAtOnce = 64

// askedPlaces is askedAtOnce places of a statement, to be filled by asked.
var askedPlaces = "(?" + strings.Repeat(", ?", askedAtOnce-1) + ")"

// asked gives the arguments for askedPlaces: up to askedAtOnce, the last one again for
// the places left.
func asked[T any](some []T) []any {
	args := make([]any, askedAtOnce)
	for i := range args {
		args[i] = some[min(i, len(some)-1)]
	}
	return args
}

// inBucket is a report of a bucket.
type inBucket struct {
	report int64
	joined int64 // with which it was, 0 for none
}

// joinBuckets joins the reports of the touched buckets, and gives those whose
// company there is another than before.
func (c *collating) joinBuckets() (map[int64]bool, error) {
	moved := map[int64]bool{}
	for keys := range slices.Chunk(sorted(c.touched.buckets), askedAtOnce) {
		in := map[string][]inBucket{}
		var key string
		var b inBucket
		if err := c.rows("SELECT key, report, coalesce(joined, 0) FROM bucket WHERE key IN "+askedPlaces+" ORDER BY key, report", asked(keys), func() error {
			in[key] = append(in[key], b)
			return nil
		}, &key, &b.report, &b.joined); err != nil {
			return nil, err
		}
		for _, key := range keys {
			if err := c.joinBucket(key, in[key], moved); err != nil {
				return nil, err
			}
		}
	}
	return moved, nil
}

func (c *collating) joinBucket(key string, all []inBucket, moved map[int64]bool) error {
	reports := make([]*collate.Report, len(all))
	for i := range all {
		var err error
		if reports[i], err = c.reportOf(all[i].report); err != nil {
			return err
		}
	}
	other := map[int]bool{} // firsts of the sets that somebody joined or left
	firsts := collate.JoinBucket(reports)
	for i, first := range firsts {
		if all[i].joined == all[first].report {
			continue
		}
		other[first] = true
		if err := c.exec("UPDATE bucket SET joined = ? WHERE key = ? AND report = ?", all[first].report, key, all[i].report); err != nil {
			return err
		}
	}
	for i, first := range firsts {
		if other[first] {
			moved[all[i].report] = true
		}
	}
	return nil
}

// gatherHappenings makes anew the happenings of the reports that moved, and those
// that lost a report.
func (c *collating) gatherHappenings(moved map[int64]bool) error {
	var all []telling
	var r telling
	take := func() error {
		all = append(all, r)
		return nil
	}
	// Reports that are in no happening yet come first: some meet nothing.
	const columns = "SELECT n, article, event, coalesce(happening, 0) FROM report WHERE "
	if err := c.rows(columns+"happening IS NULL", nil, take, &r.n, &r.article, &r.event, &r.happening); err != nil {
		return err
	}
	for numbers := range slices.Chunk(sorted(moved), askedAtOnce) {
		if err := touch(c, c.touched.happenings, "SELECT happening FROM report WHERE n IN "+askedPlaces+" AND happening IS NOT NULL", asked(numbers)...); err != nil {
			return err
		}
	}
	for numbers := range slices.Chunk(sorted(c.touched.happenings), askedAtOnce) {
		if err := c.rows(columns+"happening IN "+askedPlaces, asked(numbers), take, &r.n, &r.article, &r.event, &r.happening); err != nil {
			return err
		}
	}
	slices.SortFunc(all, func(a, b telling) int { return strings.Compare(a.event, b.event) })
	at := make(map[int64]int, len(all))
	numbersOf := make([]int64, len(all))
	for i := range all {
		at[all[i].n], numbersOf[i] = i, all[i].n
	}
	// Those that one bucket joins have the same least report there.
	sets := collate.NewSets(len(all))
	var number, joined int64
	for numbers := range slices.Chunk(numbersOf, askedAtOnce) {
		if err := c.rows("SELECT report, joined FROM bucket WHERE report IN "+askedPlaces, asked(numbers), func() error {
			other, ok := at[joined]
			if !ok {
				return fmt.Errorf("%w: report %d is joined with %d, which is not there", ErrDamaged, number, joined)
			}
			sets.Join(at[number], other)
			return nil
		}, &number, &joined); err != nil {
			return err
		}
	}
	members := map[int][]int{} // first of a set to all of it, in the order of events
	for i := range all {
		first := sets.First(i)
		members[first] = append(members[first], i)
	}
	// A happening keeps its number as long as it keeps its id, which follows from
	// its first event.
	numbers := map[string]int64{}
	var n int64
	var id string
	for _, h := range sorted(c.touched.happenings) {
		if err := c.rows("SELECT n, id FROM happening WHERE n = ?", []any{h}, func() error {
			numbers[id] = n
			return nil
		}, &n, &id); err != nil {
			return err
		}
	}
	var next int64
	if err := c.QueryRowContext(c.ctx, "SELECT coalesce(max(n), 0) FROM happening").Scan(&next); err != nil {
		return err
	}
	type changed struct {
		happening int64
		told      []telling
		had       bool // it was there before
		counted   bool // one of its reports may count as another happening's
	}
	var changes []changed
	for first := range all {
		set := members[first]
		if set == nil {
			continue
		}
		id := collate.HappeningID(all[first].event)
		number, ok := numbers[id]
		if !ok {
			next++
			number = next
		}
		delete(numbers, id)
		for _, i := range set {
			if all[i].happening == number {
				continue
			}
			if err := c.exec("UPDATE report SET happening = ? WHERE n = ?", number, all[i].n); err != nil {
				return err
			}
			// Other voices tell it now, which matters in all its buckets; those of a new
			// one are touched.
			if all[i].happening == 0 {
				continue
			}
			if err := touch(c, c.touched.buckets, "SELECT key FROM bucket WHERE report = ?", all[i].n); err != nil {
				return err
			}
		}
		told := make([]telling, len(set))
		for k, i := range set {
			told[k] = all[i]
		}
		changes = append(changes, changed{number, told, ok, len(set) > 1 || all[first].happening != 0})
	}
	for _, x := range changes {
		if err := c.describe(x.happening, x.told, x.had, x.counted); err != nil {
			return err
		}
	}
	for _, gone := range numbers {
		if err := cmp.Or(c.exec("DELETE FROM happening WHERE n = ?", gone), c.retold(gone), c.hide(happeningScope(gone))); err != nil {
			return err
		}
	}
	return nil
}

// telling is a report on its way into a happening.
type telling struct {
	n, article int64
	event      string
	happening  int64 // 0 for none
	voices     int   // of its happening, where they are asked for
}

// told gives the reports, in the order of their numbers.
func (c *collating) told(all []telling) ([]collate.Told, error) {
	slices.SortFunc(all, func(a, b telling) int { return cmp.Compare(a.n, b.n) })
	out := make([]collate.Told, len(all))
	for i, t := range all {
		var err error
		if out[i].Report, err = c.reportOf(t.n); err != nil {
			return nil, err
		}
		if out[i].Brief, err = c.brief(t.article); err != nil {
			return nil, err
		}
		out[i].Voices = t.voices
	}
	return out, nil
}

// toldBy gives the reports of an article.
func (c *collating) toldBy(article string) ([]collate.Told, error) {
	var all []telling
	var t telling
	if err := c.rows("SELECT r.n, r.article FROM article a JOIN report r ON r.article = a.n WHERE a.id = ?", []any{article}, func() error {
		all = append(all, t)
		return nil
	}, &t.n, &t.article); err != nil {
		return nil, err
	}
	return c.told(all)
}

// describe writes a happening anew, with what its reports show, and touches the
// buckets they are in when another number of voices tells it: that matters there. had says that it
// was there before, counted that its reports may count as another happening.
func (c *collating) describe(number int64, reports []telling, had, counted bool) error {
	all, err := c.told(reports)
	if err != nil {
		return err
	}
	d := collate.Describe(all)
	telling := collate.TellingOf(&d, all)
	body, err := json.Marshal(&d)
	if err != nil {
		return err
	}
	who, err := json.Marshal(&telling)
	if err != nil {
		return err
	}
	first, last := days(d.Date, chancery.Date{})
	var teller any
	if len(d.Sources) == 1 {
		teller = d.Sources[0]
	}
	var before string
	voices := -1
	if had {
		if err := c.rows("SELECT voices, telling || body FROM happening WHERE n = ?", []any{number}, func() error { return nil }, &voices, &before); err != nil {
			return err
		}
	}
	if before != string(who)+string(body) {
		if err := c.exec(`INSERT INTO happening (n, id, first, last, voices, dyads, teller, telling, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (n) DO UPDATE SET first = excluded.first, last = excluded.last, voices = excluded.voices, dyads = excluded.dyads, teller = excluded.teller, telling = excluded.telling, body = excluded.body`,
			number, d.ID, first, last, d.Voices, " "+strings.Join(d.Dyads, " ")+" ", teller, string(who), string(body)); err != nil {
			return err
		}
		if had {
			if err := c.exec("DELETE FROM happening_dyad WHERE happening = ?", number); err != nil {
				return err
			}
		}
		for _, dyad := range d.Dyads {
			if d.Voices < 2 || !strings.Contains(dyad, "|") {
				continue
			}
			if err := c.exec("INSERT INTO happening_dyad (dyad, voices, first, id, happening) VALUES (?, ?, ?, ?, ?)", dyad, d.Voices, first, d.ID, number); err != nil {
				return err
			}
		}
		if had || teller == nil { // of those that one source tells nobody has a copy
			if err := c.retold(number); err != nil {
				return err
			}
		}
	}
	as := number
	if len(all) < 2 {
		as = 0 // one report counts once as it is
	}
	for i := range all {
		if counted {
			if err := c.count(all[i].Event, as); err != nil {
				return err
			}
		}
		if voices != d.Voices {
			for _, key := range all[i].Buckets() {
				c.touched.buckets[key] = true
			}
		}
	}
	var failed error
	tellings := map[string][]collate.Told{}
	found := collate.Within(all, func(article string) []collate.Told {
		told, ok := tellings[article]
		if !ok {
			var err error
			told, err = c.toldBy(article)
			failed = errors.Join(failed, err)
			tellings[article] = told
		}
		return told
	})
	if !had {
		return errors.Join(failed, c.showFirst(happeningScope(number), found))
	}
	return errors.Join(failed, c.show(happeningScope(number), found))
}

// count has an event counted under a happening, or by itself under 0.
func (c *collating) count(event string, happening int64) error {
	result, err := c.run("UPDATE dyad SET happening = ?1 WHERE record = (SELECT n FROM record WHERE id = ?2) AND happening <> ?1", []any{happening, event})
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return err
	}
	var article int64
	return c.rows("SELECT article FROM record WHERE id = ?", []any{event}, func() error { return c.changed(article) }, &article)
}

// replace puts what each of the scopes shows in the place of what it showed.
func (c *collating) replace(scopes []string, found func(i int) ([]collate.Finding, error)) error {
	had := map[string]bool{}
	var scope string
	if err := c.rows("SELECT DISTINCT scope FROM shown WHERE scope IN "+askedPlaces, asked(scopes), func() error {
		had[scope] = true
		return nil
	}, &scope); err != nil {
		return err
	}
	for i, scope := range scopes {
		all, err := found(i)
		if err != nil {
			return err
		}
		show := c.showFirst
		if had[scope] {
			show = c.show
		}
		if err := show(scope, all); err != nil {
			return err
		}
	}
	return nil
}

// compareReports compares the reports of the touched buckets.
func (c *collating) compareReports() error {
	for keys := range slices.Chunk(sorted(c.touched.buckets), askedAtOnce) {
		reports := map[string][]telling{}
		var key string
		var t telling
		if err := c.rows("SELECT b.key, r.n, r.article, h.voices FROM bucket b JOIN report r ON r.n = b.report JOIN happening h ON h.n = r.happening WHERE b.key IN "+askedPlaces, asked(keys), func() error {
			reports[key] = append(reports[key], t)
			return nil
		}, &key, &t.n, &t.article, &t.voices); err != nil {
			return err
		}
		denials, err := c.met("SELECT k.key, c.n, c.body, c.article FROM clue_key k JOIN clue c ON c.n = k.clue WHERE k.key IN "+askedPlaces+" ORDER BY k.key, k.says, k.clue", asked(keys)...)
		if err != nil {
			return err
		}
		scopes := make([]string, len(keys))
		for i, key := range keys {
			scopes[i] = bucketScope(key)
		}
		if err := c.replace(scopes, func(i int) ([]collate.Finding, error) {
			told, err := c.told(reports[keys[i]])
			if err != nil {
				return nil, err
			}
			return collate.Between(keys[i], told, denials[keys[i]]), nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// met gives, by their keys, the clues of a query that selects key, number, body
// and article.
func (c *collating) met(query string, args ...any) (map[string][]collate.Met, error) {
	type keyed struct {
		key     string
		article int64
	}
	var under []keyed
	var clues []*collate.Clue
	var p keyed
	var n int64
	var body sql.RawBytes
	if err := c.rows(query, args, func() error {
		clue, err := c.clue(n, body)
		under, clues = append(under, p), append(clues, clue)
		return err
	}, &p.key, &n, &body, &p.article); err != nil {
		return nil, err
	}
	out := map[string][]collate.Met{}
	for i, p := range under {
		brief, err := c.brief(p.article)
		if err != nil {
			return nil, err
		}
		out[p.key] = append(out[p.key], collate.Met{Clue: clues[i], Brief: brief})
	}
	return out, nil
}

// firstOfKey selects, of the clues under a key that say the same, the first few
// in the order of their articles.
const firstOfKey = `SELECT key, n, body, article FROM (SELECT k.key, c.n, c.body, c.article, row_number() OVER (PARTITION BY k.says ORDER BY a.key, c.n) AS i
	FROM clue_key k JOIN clue c ON c.n = k.clue JOIN article a ON a.n = c.article WHERE k.key = ?) WHERE i <= ?`

// counted gives how many clues each of the keys has, up to one more than
// collate.MostUnder.
func (c *collating) counted(keys []string) (map[string]int, error) {
	out := map[string]int{}
	var key string
	var n int
	values := strings.TrimSuffix(strings.Repeat("(?), ", len(keys)), ", ")
	args := []any{collate.MostUnder + 1}
	for _, key := range keys {
		args = append(args, key)
	}
	err := c.rows("SELECT column1, (SELECT count(*) FROM (SELECT 1 FROM clue_key WHERE key = column1 LIMIT ?)) FROM (VALUES "+values+")", args, func() error {
		out[key] = n
		return nil
	}, &key, &n)
	return out, err
}

// compareClues compares the clues under the touched keys.
func (c *collating) compareClues() error {
	for keys := range slices.Chunk(sorted(c.touched.keys), askedAtOnce) {
		counts, err := c.counted(keys)
		if err != nil {
			return err
		}
		scopes := make([]string, len(keys))
		for i, key := range keys {
			scopes[i] = keyScope(key)
		}
		if err := c.replace(scopes, func(i int) ([]collate.Finding, error) {
			word, _, _ := strings.Cut(keys[i], " ")
			kind := collate.ClueKind(word)
			if n := counts[keys[i]]; n < 2 || kind.IsBounded() && n > collate.MostUnder {
				return nil, nil
			}
			// Of those that say the same, the first few count.
			query := "SELECT k.key, c.n, c.body, c.article FROM clue_key k JOIN clue c ON c.n = k.clue WHERE k.key = ?"
			args := []any{keys[i]}
			if !kind.IsBounded() {
				query, args = firstOfKey, append(args, collate.MostUnder)
			}
			met, err := c.met(query, args...)
			if err != nil {
				return nil, err
			}
			return collate.Under(kind, met[keys[i]]), nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// place and text are what merging asks of an article.
func (c *collating) place(id string) string { return c.places[id] }
func (c *collating) text(id string) string  { return c.texts[id] }

// know fetches what merging asks of the articles of findings.
func (c *collating) know(found []collate.Finding) error {
	for i := range found {
		for _, p := range found[i].Passages {
			if _, ok := c.places[p.Article]; ok {
				continue
			}
			var key, text string
			stmt, err := c.prepare("SELECT key, text FROM article WHERE id = ?")
			if err != nil {
				return err
			}
			if err := stmt.QueryRowContext(c.ctx, p.Article).Scan(&key, &text); err != nil {
				return err
			}
			c.places[p.Article], c.texts[p.Article] = key, text
		}
	}
	return nil
}

// mergeFindings puts together again what lost or got a part.
func (c *collating) mergeFindings() error {
	if len(c.touched.findings) == 0 {
		return nil
	}
	var numbers []int64
	var all []collate.Finding
	spots := map[uint64]bool{}
	var n int64
	var body sql.RawBytes
	take := func() error {
		var f collate.Finding
		err := json.Unmarshal(body, &f)
		numbers, all = append(numbers, n), append(all, f)
		return err
	}
	if err := c.rows("SELECT n, body FROM shown WHERE finding IS NULL", nil, take, &n, &body); err != nil {
		return err
	}
	for i := range all {
		for _, at := range all[i].Spots() {
			spots[at] = true
		}
	}
	// What is new joins what has a spot in common with it: all of that is in one
	// finding.
	for _, at := range sorted(spots) {
		if err := touch(c, c.touched.findings, "SELECT s.finding FROM shown_spot a JOIN shown s ON s.n = a.shown WHERE a.spot = ? AND s.finding IS NOT NULL LIMIT 1", int64(at)); err != nil {
			return err
		}
	}
	for _, f := range sorted(c.touched.findings) {
		if err := c.rows("SELECT n, body FROM shown WHERE finding = ?", []any{f}, take, &n, &body); err != nil {
			return err
		}
		if err := c.exec("DELETE FROM finding WHERE n = ?", f); err != nil {
			return err
		}
	}
	if err := c.know(all); err != nil {
		return err
	}
	merged, of := collate.Merge(all, c.place, c.text)
	in := make([]int64, len(merged))
	for i := range merged {
		f := &merged[i]
		body, err := json.Marshal(f)
		if err != nil {
			return err
		}
		if in[i], _, err = c.insert("INSERT INTO finding (id, key, kind, sure, body) VALUES (?, ?, ?, ?, ?)", f.ID, f.Key(c.place), string(f.Kind), f.Sure, string(body)); err != nil {
			return err
		}
		for _, p := range f.Passages {
			if err := c.exec("INSERT INTO finding_article (finding, article) VALUES (?, ?) ON CONFLICT DO NOTHING", in[i], p.Article); err != nil {
				return err
			}
			if err := c.exec(`INSERT INTO finding_dyad (finding, dyad) SELECT ?, min(d.actor, d.recipient) || '|' || max(d.actor, d.recipient)
				FROM article a JOIN record r ON r.article = a.n AND r.kind = 'event' JOIN evidence v ON v.record = r.n AND v.role = 'sentence' JOIN dyad d ON d.record = r.n
				WHERE a.id = ? AND v.start = ? ON CONFLICT DO NOTHING`, in[i], p.Article, p.Range.Start); err != nil {
				return err
			}
		}
	}
	for i, n := range numbers {
		if err := c.exec("UPDATE shown SET finding = ? WHERE n = ?", in[of[i]], n); err != nil {
			return err
		}
	}
	return nil
}

// covered decodes a brief with what its article covers.
func covered(body, coverage []byte) (*collate.Brief, error) {
	b := new(collate.Brief)
	return b, errors.Join(json.Unmarshal(body, b), json.Unmarshal(coverage, &b.Coverage))
}

// describeSources describes the sources that have other articles than before.
func (c *collating) describeSources() error {
	for _, name := range sorted(c.touched.sources) {
		var briefs []*collate.Brief
		var body, coverage sql.RawBytes
		if err := c.rows("SELECT body, coverage FROM account WHERE source = ?", []any{name}, func() error {
			b, err := covered(body, coverage)
			briefs = append(briefs, b)
			return err
		}, &body, &coverage); err != nil {
			return err
		}
		if err := c.exec("DELETE FROM profile WHERE name = ?", name); err != nil {
			return err
		}
		if len(briefs) == 0 {
			continue
		}
		s := collate.Profile(name, briefs)
		profile, err := json.Marshal(s)
		if err != nil {
			return err
		}
		reach, err := json.Marshal(&s.Reach)
		if err != nil {
			return err
		}
		s.Tones = nil
		counts, err := json.Marshal(s)
		if err != nil {
			return err
		}
		if err := c.exec("INSERT INTO profile (name, reach, counts, body) VALUES (?, ?, ?, ?)", name, string(reach), string(counts), string(profile)); err != nil {
			return err
		}
	}
	return nil
}
