package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"chancery"
	"chancery/collate"
	"chancery/relation"
)

// mirror is the table of dyads in memory, for a program that is asked of them all
// the time: SQLite takes half a second to walk 300,000 rows, this a few
// milliseconds, at about 130 bytes a row. It follows the table, whoever writes to
// it, by the numbers in the table changed. The rows of a pair are replaced, never
// changed in place, so that who walks them needs no lock.
type mirror struct {
	kept      *kept
	profiles  profiles
	numbers   *collate.Numbers          // of tellings and profiles
	following sync.Mutex                // held by the one who brings it up to date
	seq       int64                     // the largest number in changed by then
	texts     map[string]*relation.Kind // recurring texts are shared: there are a few thousand
	names     map[string]pair           // and pairs

	lock     sync.RWMutex
	version  int64                // of the store when it was last brought up to date
	tellings []*mirrorTelling     // of happenings that several sources tell, by their ids; replaced like rows
	dyad     byPair[mirrorRow]    // in the order of day, then record
	runs     []mirrorRun          // what dyad has, in the order of pairs; replaced like rows
	gives    byPair[mirrorGiving] // by giver and receiver, in the order of the text
	sources  map[int64]string     // names
}

// byPair is rows by the pairs of states they stand between.
type byPair[R interface{ of() int64 }] struct {
	rows     map[pair][]R
	articles map[int64][]pair // where an article has rows
}

func newByPair[R interface{ of() int64 }]() byPair[R] {
	return byPair[R]{map[pair][]R{}, map[int64][]pair{}}
}

// replace gives the rows of the pairs that change when the fresh rows come in the
// place of those of the changed articles.
func (b *byPair[R]) replace(changed map[int64]bool, fresh map[pair][]R, compare func(a, b R) int) map[pair][]R {
	out := map[pair][]R{}
	for article := range changed {
		for _, p := range b.articles[article] {
			if _, ok := out[p]; !ok {
				out[p] = slices.DeleteFunc(slices.Clone(b.rows[p]), func(r R) bool { return changed[r.of()] })
			}
		}
		delete(b.articles, article)
	}
	for p, rows := range fresh {
		if _, ok := out[p]; !ok {
			out[p] = slices.Clone(b.rows[p])
		}
		out[p] = append(out[p], rows...)
		slices.SortFunc(out[p], compare)
		in := map[int64]bool{}
		for _, r := range rows {
			if article := r.of(); !in[article] {
				in[article] = true
				b.articles[article] = append(b.articles[article], p)
			}
		}
	}
	return out
}

// set takes what replace gave, and says whether there are other pairs than before.
func (b *byPair[R]) set(rows map[pair][]R) (moved bool) {
	for p, rows := range rows {
		_, known := b.rows[p]
		moved = moved || known == (len(rows) == 0)
		if len(rows) == 0 {
			delete(b.rows, p)
		} else {
			b.rows[p] = rows
		}
	}
	return moved
}

// mirrorGiving is an event that hands something over between two states.
type mirrorGiving struct {
	record, article, source int64
	key                     string
}

func (g mirrorGiving) of() int64 { return g.article }

// mirrorTelling is a happening that several sources tell.
type mirrorTelling struct {
	n int64
	collate.Telling
}

// pair is an actor and a recipient.
type pair struct{ actor, recipient string }

func (p pair) compare(o pair) int {
	return cmp.Or(cmp.Compare(p.actor, o.actor), cmp.Compare(p.recipient, o.recipient))
}

// mirrorRow is a row of dyad.
type mirrorRow struct {
	record, article, source, happening int64
	day, published                     int // since 1970-01-01; undated when not given; of the article
	intensity, probability             float64
	*relation.Kind
	event string // id
}

func (r mirrorRow) of() int64 { return r.article }

// Mirror reads the dyads into memory and has what is asked of them from then on
// answered from there. It is for a server of a large record; without it nothing is
// held.
func (s *Store) Mirror(ctx context.Context) error {
	m := &mirror{kept: newKept(), numbers: collate.NewNumbers(), texts: map[string]*relation.Kind{}, names: map[string]pair{}, dyad: newByPair[mirrorRow](), gives: newByPair[mirrorGiving]()}
	version, err := s.Version(ctx)
	if err != nil {
		return err
	}
	if err := m.follow(ctx, s, version, true); err != nil {
		return explain(s.path, err)
	}
	s.mirror.Store(m)
	return s.keepAccounts(ctx, m)
}

// keepAccounts reads what the busiest pairs give each other, up to half of what is
// kept, before somebody waits for it.
func (s *Store) keepAccounts(ctx context.Context, m *mirror) error {
	m.lock.RLock()
	rows := maps.Clone(m.gives.rows)
	m.lock.RUnlock()
	busiest := slices.SortedFunc(maps.Keys(rows), func(a, b pair) int { return cmp.Or(cmp.Compare(len(rows[b]), len(rows[a])), a.compare(b)) })
	for n, i := 0, 0; i < len(busiest) && n+len(rows[busiest[i]]) <= mostRecords/2; i++ {
		p := busiest[i]
		if _, err := s.Events(ctx, Filter{Giver: p.actor, Receiver: p.recipient, HasGood: true}); err != nil {
			return err
		}
		n += len(rows[p])
	}
	return nil
}

// current gives the mirror as the record is now; nil when there is none.
func (s *Store) current(ctx context.Context) (*mirror, error) {
	m, _, err := s.state(ctx)
	return m, err
}

// state gives the mirror as the record is now, and the version of the record that
// this is.
func (s *Store) state(ctx context.Context) (*mirror, int64, error) {
	m := s.mirror.Load()
	if m == nil {
		return nil, 0, nil
	}
	version, err := s.Version(ctx)
	if err != nil || m.is(version) {
		return m, version, err
	}
	m.following.Lock()
	defer m.following.Unlock()
	if m.is(version) {
		return m, version, nil
	}
	return m, version, explain(s.path, m.follow(ctx, s, version, false))
}

// is reports whether the rows are those of the version.
func (m *mirror) is(version int64) bool {
	m.lock.RLock()
	defer m.lock.RUnlock()
	return m.version == version
}

// follow reads the rows of the articles that changed, or of all, and puts them in
// the place of those it had. After an error it has what it had before.
func (m *mirror) follow(ctx context.Context, s *Store, version int64, all bool) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	seq := m.seq
	changed := map[int64]bool{}
	var article, n int64
	if err := queryAll(ctx, tx, "SELECT article, seq FROM changed WHERE seq > ?", []any{m.seq}, func() error {
		changed[article], seq = true, max(seq, n)
		return nil
	}, &article, &n); err != nil {
		return err
	}
	sources := map[int64]string{}
	var name string
	if err := queryAll(ctx, tx, "SELECT n, name FROM source", nil, func() error {
		sources[n] = name
		return nil
	}, &n, &name); err != nil {
		return err
	}
	revisions := map[string]int64{}
	if err := queryAll(ctx, tx, "SELECT what, n FROM revision", nil, func() error {
		revisions[name] = n
		return nil
	}, &name, &n); err != nil {
		return err
	}
	fresh, giving := map[pair][]mirrorRow{}, map[pair][]mirrorGiving{}
	if all {
		if err := m.readAll(ctx, tx, fresh, giving); err != nil {
			return err
		}
	} else {
		for _, article := range slices.Sorted(maps.Keys(changed)) {
			if err := m.readOf(ctx, tx, article, fresh, giving); err != nil {
				return err
			}
		}
	}
	tellings, err := m.retell(ctx, tx, &seq, all)
	if err != nil {
		return err
	}
	dyad := m.dyad.replace(changed, fresh, func(a, b mirrorRow) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.record, b.record)) })
	gives := m.gives.replace(changed, giving, func(a, b mirrorGiving) int { return strings.Compare(a.key, b.key) })
	m.seq = seq
	m.lock.Lock()
	defer m.lock.Unlock()
	m.version, m.sources, m.tellings = version, sources, tellings
	m.kept.follow(version, changed, revisions)
	m.gives.set(gives)
	if len(dyad) == 0 {
		return nil
	}
	runs := slices.Clone(m.runs)
	if m.dyad.set(dyad) {
		runs = runs[:0]
		for _, p := range slices.SortedFunc(maps.Keys(m.dyad.rows), pair.compare) {
			runs = append(runs, mirrorRun{pair: p})
		}
	}
	for i := range runs {
		runs[i].rows = m.dyad.rows[runs[i].pair]
	}
	m.runs = runs
	return nil
}

// retell gives the tellings as they are now, and takes what seq is of them into it.
func (m *mirror) retell(ctx context.Context, tx *sql.Tx, seq *int64, all bool) ([]*mirrorTelling, error) {
	changed := map[int64]bool{}
	var happening, n int64
	if err := queryAll(ctx, tx, "SELECT happening, seq FROM changed_telling WHERE seq > ?", []any{m.seq}, func() error {
		changed[happening], *seq = true, max(*seq, n)
		return nil
	}, &happening, &n); err != nil || len(changed) == 0 && !all {
		return m.tellings, err
	}
	out := slices.DeleteFunc(slices.Clone(m.tellings), func(t *mirrorTelling) bool { return changed[t.n] })
	var body string
	read := func(query string, args ...any) error {
		return queryAll(ctx, tx, query, args, func() error {
			t := &mirrorTelling{n: n}
			out = append(out, t)
			if err := json.Unmarshal([]byte(body), &t.Telling); err != nil {
				return err
			}
			m.numbers.Telling(&t.Telling)
			return nil
		}, &n, &body)
	}
	const columns = "SELECT n, telling FROM happening WHERE teller IS NULL"
	if all {
		if err := read(columns); err != nil {
			return nil, err
		}
	} else {
		for n := range changed {
			if err := read(columns+" AND n = ?", n); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(out, func(a, b *mirrorTelling) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

// queryAll calls f for each row of a query once its columns are in dest.
func queryAll(ctx context.Context, tx *sql.Tx, query string, args []any, f func() error, dest ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	return scan(rows, f, dest...)
}

// readAll adds all rows to those of their pairs. It goes through indexes, for the
// rows of record and article hold bodies and texts.
func (m *mirror) readAll(ctx context.Context, tx *sql.Tx, pairs map[pair][]mirrorRow, gives map[pair][]mirrorGiving) error {
	var record, article int64
	var id, first string
	ids, articles, published := map[int64]string{}, map[int64]int64{}, map[int64]int{}
	for _, err := range []error{
		queryAll(ctx, tx, "SELECT n, id FROM record INDEXED BY sqlite_autoindex_record_1", nil, func() error { ids[record] = id; return nil }, &record, &id),
		queryAll(ctx, tx, "SELECT n, article FROM record INDEXED BY record_article", nil, func() error { articles[record] = article; return nil }, &record, &article),
		queryAll(ctx, tx, "SELECT n, first FROM article INDEXED BY article_first", nil, func() (err error) { published[article], err = dayOf(first); return err }, &article, &first),
	} {
		if err != nil {
			return err
		}
	}
	if err := readGiving(ctx, tx, gives, func(g *mirrorGiving) { g.article = articles[g.record] }, "event e WHERE"); err != nil {
		return err
	}
	return m.read(ctx, tx, pairs, func(r *mirrorRow) {
		r.event, r.article, r.published = ids[r.record], articles[r.record], published[articles[r.record]]
	}, "dyad d")
}

// readGiving adds the rows of the tables named to those of their pairs. tell sets
// the article.
func readGiving(ctx context.Context, tx *sql.Tx, gives map[pair][]mirrorGiving, tell func(*mirrorGiving), from string, args ...any) error {
	var g mirrorGiving
	var p pair
	return queryAll(ctx, tx, "SELECT e.record, e.source, e.key, e.giver, e.receiver FROM "+from+" e.good <> '' AND e.giver <> '' AND e.receiver <> ''", args, func() error {
		tell(&g)
		gives[p] = append(gives[p], g)
		return nil
	}, &g.record, &g.source, &g.key, &p.actor, &p.recipient)
}

// readOf adds the rows of an article to those of their pairs.
func (m *mirror) readOf(ctx context.Context, tx *sql.Tx, article int64, pairs map[pair][]mirrorRow, gives map[pair][]mirrorGiving) error {
	var record int64
	var id, first string
	if err := queryAll(ctx, tx, "SELECT first FROM article WHERE n = ?", []any{article}, func() error { return nil }, &first); err != nil {
		return err
	}
	published, err := dayOf(first)
	if err != nil {
		return err
	}
	ids := map[int64]string{}
	if err := queryAll(ctx, tx, "SELECT n, id FROM record WHERE article = ? AND kind = 'event'", []any{article}, func() error { ids[record] = id; return nil }, &record, &id); err != nil {
		return err
	}
	if err := readGiving(ctx, tx, gives, func(g *mirrorGiving) { g.article = article },
		"record r JOIN event e ON e.record = r.n WHERE r.article = ? AND r.kind = 'event' AND", article); err != nil {
		return err
	}
	return m.read(ctx, tx, pairs, func(r *mirrorRow) { r.event, r.article, r.published = ids[r.record], article, published },
		"record r JOIN dyad d ON d.record = r.n WHERE r.article = ? AND r.kind = 'event'", article)
}

// dayOf reads a day as the tables have it.
func dayOf(s string) (int, error) {
	if s == "" {
		return undated, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	return dayNumber(t), err
}

// read adds the rows of the tables named to those of their pairs. tell sets what
// dyad does not have. What is text comes in one column, for each column costs more
// than its content.
func (m *mirror) read(ctx context.Context, tx *sql.Tx, pairs map[pair][]mirrorRow, tell func(*mirrorRow), from string, args ...any) error {
	var r mirrorRow
	var text sql.RawBytes
	return queryAll(ctx, tx, "SELECT d.day, d.record, d.intensity, d.probability, d.source, d.happening, "+
		"d.actor || char(31) || d.recipient || char(31) || d.type || char(31) || d.status || char(31) || d.good || char(31) || d.contexts FROM "+from, args, func() (err error) {
		at := 0 // where the pair ends
		for range 2 {
			at += bytes.IndexByte(text[at:], '\x1f') + 1
		}
		p, known := m.names[string(text[:at])]
		if !known {
			part := strings.Split(string(text[:at]), "\x1f")
			if len(part) != 3 {
				return fmt.Errorf("%w: a dyad's row has the text %q", ErrDamaged, text)
			}
			p = pair{part[0], part[1]}
			m.names[string(text[:at])] = p
		}
		r.Kind = m.texts[string(text[at:])]
		if r.Kind == nil {
			if r.Kind, err = kindOf(string(text[at:])); err != nil {
				return err
			}
			m.texts[string(text[at:])] = r.Kind
		}
		tell(&r)
		pairs[p] = append(pairs[p], r)
		return nil
	}, &r.day, &r.record, &r.intensity, &r.probability, &r.source, &r.happening, &text)
}

// kindOf reads the type, status, good and contexts of a dyad's row out of one text.
func kindOf(text string) (*relation.Kind, error) {
	part := strings.Split(text, "\x1f")
	if len(part) != 4 {
		return nil, fmt.Errorf("%w: a dyad's row has the text %q", ErrDamaged, text)
	}
	return relation.NewKind(chancery.EventType(part[0]), chancery.Status(part[1]), chancery.GoodKind(part[2]), part[3]), nil
}

// mirrorRun is the rows of a pair.
type mirrorRun struct {
	pair
	rows []mirrorRow
}

// mirrorView is what of a mirror a filter is held against, of one state of the
// record.
type mirrorView struct {
	DyadFilter
	runs            []mirrorRun // of the pairs that the filter lets through, in their order
	sources         []string    // names, by number
	source, without int64       // numbers of those that the filter names, -1 for none
}

// view gives what the filter is held against.
func (m *mirror) view(f DyadFilter) *mirrorView {
	v := &mirrorView{DyadFilter: f, source: -1, without: -1}
	among := func(all []string, code string) bool { return len(all) == 0 || slices.Contains(all, code) }
	m.lock.RLock()
	defer m.lock.RUnlock()
	for n, name := range m.sources {
		if int(n) >= len(v.sources) {
			v.sources = append(v.sources, make([]string, int(n)+1-len(v.sources))...)
		}
		v.sources[n] = name
		if f.Source == name {
			v.source = n
		}
		if f.WithoutSource == name {
			v.without = n
		}
	}
	runs := m.runs
	if p := (pair{f.Actor, f.Recipient}); f.Actor != "" && f.Recipient != "" {
		runs = []mirrorRun{{p, m.dyad.rows[p]}}
	}
	if f.Actor == "" && f.Recipient == "" && len(f.Among) == 0 && len(f.Actors) == 0 {
		v.runs = runs
		return v
	}
	for _, run := range runs {
		if (f.Actor == "" || f.Actor == run.actor) && (f.Recipient == "" || f.Recipient == run.recipient) && among(f.Among, run.actor) && among(f.Among, run.recipient) && among(f.Actors, run.actor) {
			v.runs = append(v.runs, run)
		}
	}
	return v
}

// window gives the days between which the filter has events.
func (f DyadFilter) window() (since, until int, windowed bool) {
	since, until = math.MinInt, math.MaxInt
	if !f.Since.IsZero() {
		since = dayNumber(f.Since.First())
	}
	if !f.Until.IsZero() {
		until = dayNumber(f.Until.Last())
	}
	return since, until, !f.Since.IsZero() || !f.Until.IsZero()
}

// before gives how many of the rows are of days before the day.
func before(rows []mirrorRow, day int) int {
	n, _ := slices.BinarySearchFunc(rows, day, func(r mirrorRow, day int) int { return cmp.Compare(r.day, day) })
	return n
}

// walk calls yield with each row that the filter lets through, in the order of
// actor, recipient, day and record, until it returns false. Rows are not to be
// changed.
func (v *mirrorView) walk(which whichRows, yield func(pair, *mirrorRow) bool) {
	since, until, windowed := v.window()
	for _, run := range v.runs {
		rows := run.rows
		if windowed && which == datedRows {
			rows = rows[before(rows, since):]
		}
		for i := range rows {
			r := &rows[i]
			if windowed && r.day > until {
				break // they are in the order of days
			}
			day := r.day
			if day == undated {
				if which == datedRows {
					continue
				}
				if day = r.published; day == undated && windowed {
					continue
				}
			} else if which == undatedRows {
				break // they come first
			}
			if windowed && (day < since || day > until) || r.probability < v.MinProbability || v.Source != "" && r.source != v.source || v.WithoutSource != "" && r.source == v.without {
				continue
			}
			if !yield(run.pair, r) {
				return
			}
		}
	}
}

// newest gives, for a page of the newest events of two states that nothing else is
// asked of, the records it can hold, and whether that is what the filter asks for.
func (m *mirror) newest(kind Kind, f Filter) ([]int64, bool) {
	a, b := f.Between[0], f.Between[1]
	if kind != KindEvent || f.Limit <= 0 || !isState(a) || !isState(b) || !reflect.DeepEqual(f, Filter{Between: f.Between, Order: OrderNewest, Limit: f.Limit}) {
		return nil, false
	}
	days := map[int64]int{} // of records
	for _, p := range []pair{{a, b}, {b, a}} {
		m.view(DyadFilter{Actor: p.actor, Recipient: p.recipient}).walk(allRows, func(_ pair, r *mirrorRow) bool {
			days[r.record] = r.day
			return true
		})
	}
	order := slices.Sorted(maps.Values(days))
	least := undated
	if i := len(order) - 1 - f.Limit; i > 0 { // one more says that there is a next page
		least = order[i]
	}
	out := []int64{}
	for record, day := range days {
		if day >= least {
			out = append(out, record)
		}
	}
	return out, true
}

// given gives, for all that one state gives another and nothing else is asked of, the
// records in the order of the text, and whether that is what the filter asks for.
func (m *mirror) given(kind Kind, f Filter) ([]int64, bool) {
	if kind != KindEvent || !isState(f.Giver) || !isState(f.Receiver) || !reflect.DeepEqual(f, Filter{Giver: f.Giver, Receiver: f.Receiver, HasGood: true, Source: f.Source}) {
		return nil, false
	}
	m.lock.RLock()
	rows, sources := m.gives.rows[pair{f.Giver, f.Receiver}], m.sources
	m.lock.RUnlock()
	out := make([]int64, 0, len(rows))
	for i := range rows {
		if f.Source == "" || sources[rows[i].source] == f.Source {
			out = append(out, rows[i].record)
		}
	}
	return out, true
}

// expect gives how many rows walk will give at most, by the pairs alone; 0 for a
// window, where counting them costs as much as walking.
func (m *mirror) expect(f DyadFilter) int {
	if _, _, windowed := f.window(); windowed {
		return 0
	}
	n := 0
	for _, run := range m.view(f).runs {
		n += len(run.rows)
	}
	return n
}

// whichRows says which rows are walked. A row without a day is held against a
// window by the day its article was published.
type whichRows int

const (
	datedRows whichRows = iota
	undatedRows
	allRows
)

// events calls yield with each row as an observation, until it returns an error.
// The observation is not to be kept.
func (m *mirror) events(f DyadFilter, which whichRows, yield func(*relation.Observation) error) error {
	v := m.view(f)
	var err error
	var o relation.Observation
	v.walk(which, func(p pair, r *mirrorRow) bool {
		v.observe(&o, p, r)
		err = yield(&o)
		return err == nil
	})
	return err
}

// observe makes an observation of a row. What is undated is of the day on which its
// article was published.
func (v *mirrorView) observe(o *relation.Observation, p pair, r *mirrorRow) {
	o.Actor, o.Recipient, o.Event, o.Kind, o.Intensity, o.Probability, o.Happening = p.actor, p.recipient, r.event, r.Kind, r.intensity, r.probability, r.happening
	o.Source = v.sources[r.source]
	day := r.day
	if day == undated {
		day = r.published
	}
	o.Day = time.Time{}
	if day != undated {
		o.Day = time.Unix(int64(day)*24*60*60, 0).UTC()
	}
}

// undated gives the events without a day in the order of actor, recipient and event
// id.
func (m *mirror) undated(f DyadFilter, yield func(*relation.Observation) error) error {
	v := m.view(f)
	var o relation.Observation
	var rows []*mirrorRow // of one pair
	var of pair
	flush := func() error {
		slices.SortFunc(rows, func(a, b *mirrorRow) int { return cmp.Compare(a.event, b.event) })
		for _, r := range rows {
			v.observe(&o, of, r)
			if err := yield(&o); err != nil {
				return err
			}
		}
		rows = rows[:0]
		return nil
	}
	var err error
	v.walk(undatedRows, func(p pair, r *mirrorRow) bool {
		if p != of {
			err, of = flush(), p
		}
		rows = append(rows, r)
		return err == nil
	})
	if err != nil {
		return err
	}
	return flush()
}

// sum adds up as SQLite's sum does (Neumaier 1974), so that both give the same.
type sum struct{ total, lost float64 }

func (s *sum) add(x float64) {
	t := s.total + x
	if math.Abs(s.total) > math.Abs(x) {
		s.lost += (s.total - t) + x
	} else {
		s.lost += (x - t) + s.total
	}
	s.total = t
}

func (s *sum) value() float64 { return s.total + s.lost }

// dyads counts as Dyads does.
func (m *mirror) dyads(f DyadFilter) []DyadCount {
	var out []DyadCount
	var intensity sum
	which := allRows
	if !f.Since.IsZero() || !f.Until.IsZero() {
		which = datedRows
	}
	m.view(f).walk(which, func(p pair, r *mirrorRow) bool {
		if n := len(out); n == 0 || out[n-1].Actor != p.actor || out[n-1].Recipient != p.recipient {
			if n > 0 {
				out[n-1].Intensity = intensity.value()
			}
			out, intensity = append(out, DyadCount{Actor: p.actor, Recipient: p.recipient}), sum{}
		}
		d := &out[len(out)-1]
		d.Events++
		d.Quads[r.Quad()]++
		intensity.add(r.intensity)
		return true
	})
	if n := len(out); n > 0 {
		out[n-1].Intensity = intensity.value()
	}
	slices.SortFunc(out, func(a, b DyadCount) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Recipient, b.Recipient))
	})
	return out
}

// series gives what Series adds up: what is in no happening by day and quad class,
// and the reports of happenings one by one.
func (m *mirror) series(f DyadFilter, add func(day int64, quad chancery.QuadClass, events int64, weight, intensity, squares float64), tell func(day, quad, happening int64, intensity float64)) {
	type cell struct{ day, quad int }
	type tally struct {
		events             int64
		intensity, squares sum
	}
	single := map[cell]*tally{}
	m.view(f).walk(datedRows, func(_ pair, r *mirrorRow) bool {
		if r.happening != 0 {
			tell(int64(r.day), int64(r.Quad()), r.happening, r.intensity)
			return true
		}
		at := cell{r.day, int(r.Quad())}
		t := single[at]
		if t == nil {
			t = new(tally)
			single[at] = t
		}
		t.events++
		t.intensity.add(r.intensity)
		t.squares.add(r.intensity * r.intensity)
		return true
	})
	for _, at := range slices.SortedFunc(maps.Keys(single), func(a, b cell) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.quad, b.quad)) }) {
		t := single[at]
		add(int64(at.day), chancery.QuadClass(at.quad), t.events, float64(t.events), t.intensity.value(), t.squares.value())
	}
}
