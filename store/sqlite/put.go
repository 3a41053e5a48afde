package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"chancery"

	"github.com/klauspost/compress/zstd"
)

// undated is the day of a dyad's row without a date: before every date.
const undated = -1000000

// Stored says what a Put added.
type Stored struct {
	Article bool // the article was new
	Reading bool // the reading was new
}

// Put stores an article and, unless it is nil, the reading of it, in one
// transaction. What is already stored is not stored again. Of copies of one
// article (the same id) the one whose name, then path, sorts first gives name,
// path, byline, address, date and language. The reading becomes the article's
// current one. Errors: chancery.ErrInvalid and chancery.ErrEvidence before
// anything is written; ErrLocked, ErrFull.
func (s *Store) Put(ctx context.Context, e Entry) (Stored, error) {
	stored, err := s.PutAll(ctx, []Entry{e})
	if err != nil {
		return Stored{}, err
	}
	return stored[0], nil
}

// PutAll stores several articles as Put does, in one transaction: all of them,
// or after an error none. It costs far less than as many transactions.
func (s *Store) PutAll(ctx context.Context, entries []Entry) ([]Stored, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	bodies := make([][]byte, len(entries))
	for i, e := range entries {
		if err := e.Article.Validate(); err != nil {
			return nil, err
		}
		if e.Reading == nil {
			continue
		}
		var err error
		if bodies[i], err = s.packer.pack(e.Article, e.Reading); err != nil {
			return nil, fmt.Errorf("store article %s: %w", e.Article.Name, err)
		}
	}
	stored := make([]Stored, len(entries))
	err := s.do(ctx, func(tx *sql.Tx) error {
		w := s.writer(ctx, tx)
		for i, e := range entries {
			if err := w.entry(e, bodies[i], &stored[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		names := entries[0].Article.Name
		if len(entries) > 1 {
			names += " and " + strconv.Itoa(len(entries)-1) + " more"
		}
		return nil, fmt.Errorf("store article %s: %w", names, err)
	}
	return stored, nil
}

// entry writes an article and its reading, whose packed form is body.
func (w writer) entry(e Entry, body []byte, stored *Stored) error {
	at, err := w.article(e.Article, e.Fingerprint, stored)
	if err != nil || e.Reading == nil {
		return err
	}
	n, isNew, err := w.insert("INSERT INTO reading (article, version, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", at.n, e.Reading.Version, body)
	if err != nil || !isNew {
		return err
	}
	stored.Reading = true
	if err := w.exec("UPDATE article SET reading = ? WHERE n = ?", n, at.n); err != nil {
		return err
	}
	return w.records(at, e.Article, e.Reading)
}

// packer turns readings into the bytes that keep them, and back. It is safe for
// concurrent use; making one takes longer than packing an article.
type packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

func newPacker() (packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return packer{}, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	return packer{enc, dec}, err
}

// pack checks a reading against its article and gives the bytes that keep it.
func (p packer) pack(a *chancery.Article, r *chancery.Reading) ([]byte, error) {
	switch {
	case r.Article != a.ID:
		return nil, fmt.Errorf("%w: a reading of %s, not of %s", chancery.ErrInvalid, r.Article, a.ID)
	case r.Version == "":
		return nil, fmt.Errorf("%w: a reading without a version", chancery.ErrInvalid)
	}
	if err := r.Validate(a.Text); err != nil {
		return nil, err
	}
	plain, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return p.enc.EncodeAll(plain, nil), nil
}

func (p packer) unpack(body []byte, r *chancery.Reading) error {
	plain, err := p.dec.DecodeAll(body, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(plain, r)
}

// hashes gives the bytes that keep a fingerprint, eight for each hash.
func hashes(fingerprint []uint64) []byte {
	out := make([]byte, 0, 8*len(fingerprint))
	for _, h := range fingerprint {
		out = binary.BigEndian.AppendUint64(out, h)
	}
	return out
}

// place is where an article's rows hang.
type place struct {
	n         int64 // article.n
	isNew     bool  // nothing hangs there yet, and nobody has said anything of it
	moved     bool  // its key is another one than its rows have
	source    int64
	key       string
	published chancery.Date
}

// writer writes within one transaction.
type writer struct {
	stop       context.Context // ends the transaction, between two statements
	ctx        context.Context // of a statement: never done, since the driver starts a goroutine to wait for one that may be
	tx         *sql.Tx
	packer     packer
	prepared   map[string]*sql.Stmt        // the transaction closes them
	gathered   map[string]*gathered        // by the statement that inserts one row
	seq        *int64                      // of this transaction in the table changed, 0 until something is
	verdicts   map[string]chancery.Verdict // of the records being written, by id
	settlement map[string]int64            // in force of the forecasts being written, by id
}

func (s *Store) writer(ctx context.Context, tx *sql.Tx) writer {
	return writer{stop: ctx, ctx: context.WithoutCancel(ctx), tx: tx, packer: s.packer, prepared: map[string]*sql.Stmt{}, gathered: map[string]*gathered{}, seq: new(int64)}
}

// gathered are rows of one table on their way.
type gathered struct {
	args []any // of all rows
	row  int   // arguments of a row
}

// rowsAtOnce is how many rows one statement inserts at most. It is a power of
// two, as are the numbers below it that finish writes, so that there are few
// different statements.
const rowsAtOnce = 32

// later is exec for a statement that inserts one row: finish does it, together
// with others.
func (w writer) later(query string, args ...any) error {
	g := w.gathered[query]
	if g == nil {
		g = &gathered{row: len(args)}
		w.gathered[query] = g
	}
	g.args = append(g.args, args...)
	if len(g.args) < rowsAtOnce*g.row {
		return nil
	}
	return w.some(query, g)
}

// finish writes what is left to be written later.
func (w writer) finish() error {
	for _, query := range slices.Sorted(maps.Keys(w.gathered)) {
		if err := w.some(query, w.gathered[query]); err != nil {
			return err
		}
	}
	return nil
}

// some writes the rows gathered for a statement.
func (w writer) some(query string, g *gathered) error {
	rest := g.args
	for n := rowsAtOnce; n > 0; n /= 2 {
		if len(rest) < n*g.row {
			continue
		}
		_, values, _ := strings.Cut(query, "VALUES ")
		if _, err := w.run(query+strings.Repeat(", "+values, n-1), rest[:n*g.row]); err != nil {
			return err
		}
		rest = rest[n*g.row:]
	}
	clear(g.args)
	g.args = g.args[:0]
	return nil
}

// prepare prepares each statement once: an article takes hundreds of them, few
// different. It returns the error of a context that has ended.
func (w writer) prepare(query string) (*sql.Stmt, error) {
	if err := w.stop.Err(); err != nil {
		return nil, err
	}
	stmt := w.prepared[query]
	if stmt == nil {
		var err error
		if stmt, err = w.tx.PrepareContext(w.ctx, query); err != nil {
			return nil, err
		}
		w.prepared[query] = stmt
	}
	return stmt, nil
}

// rows calls f for each row of a query once its columns are in dest.
func (w writer) rows(query string, args []any, f func() error, dest ...any) error {
	stmt, err := w.prepare(query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(w.ctx, args...)
	if err != nil {
		return err
	}
	return scan(rows, f, dest...)
}

// QueryContext and QueryRowContext make a writer a querier that prepares.
func (w writer) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := w.prepare(query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

func (w writer) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := w.prepare(query)
	if err != nil {
		return w.tx.QueryRowContext(w.stop, query, args...) // it says again what is wrong
	}
	return stmt.QueryRowContext(ctx, args...)
}

func (w writer) run(query string, args []any) (sql.Result, error) {
	stmt, err := w.prepare(query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(w.ctx, args...)
}

func (w writer) exec(query string, args ...any) error {
	_, err := w.run(query, args)
	return err
}

// insert reports the row's number and whether the row is new.
func (w writer) insert(query string, args ...any) (int64, bool, error) {
	res, err := w.run(query, args)
	if err != nil {
		return 0, false, err
	}
	rows, err := res.RowsAffected()
	if err != nil || rows == 0 {
		return 0, false, err
	}
	n, err := res.LastInsertId()
	return n, true, err
}

// articleKey orders articles: by name, then by id.
func articleKey(name, id string) string { return strings.ReplaceAll(name, "\t", " ") + "\t" + id }

func (w writer) article(a *chancery.Article, fingerprint []uint64, stored *Stored) (place, error) {
	at := place{key: articleKey(a.Name, a.ID), published: a.Published}
	if err := w.exec("INSERT INTO source (name) VALUES (?) ON CONFLICT DO NOTHING", a.Source); err != nil {
		return at, err
	}
	if err := w.QueryRowContext(w.ctx, "SELECT n FROM source WHERE name = ?", a.Source).Scan(&at.source); err != nil {
		return at, err
	}
	first, last := days(a.Published, chancery.Date{})
	cuts, err := json.Marshal(a.Cuts)
	if err != nil {
		return at, err
	}
	n, isNew, err := w.insert(`INSERT INTO article (id, key, name, source, title, byline, url, published, first, last, language, path, reprint_of, cuts, fingerprint, text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		a.ID, at.key, a.Name, at.source, a.Title, a.Byline, a.URL, a.Published.String(), first, last, a.Language, a.Path, a.ReprintOf, string(cuts), hashes(fingerprint), a.Text)
	if err != nil {
		return at, err
	}
	if isNew {
		at.n, at.isNew, stored.Article = n, true, true
		return at, w.exec("INSERT INTO article_text (rowid, title, text) VALUES (?, ?, ?)", n, a.Title, a.Text)
	}
	var key, name, path string
	if err := w.QueryRowContext(w.ctx, "SELECT n, key, name, path FROM article WHERE id = ?", a.ID).Scan(&at.n, &key, &name, &path); err != nil {
		return at, err
	}
	if name < a.Name || name == a.Name && path <= a.Path {
		at.key = key
		return at, nil
	}
	at.moved = at.key != key
	if err := w.exec("UPDATE article SET key = ?, name = ?, byline = ?, url = ?, published = ?, first = ?, last = ?, language = ?, path = ?, cuts = ? WHERE n = ?",
		at.key, a.Name, a.Byline, a.URL, a.Published.String(), first, last, a.Language, a.Path, string(cuts), at.n); err != nil {
		return at, err
	}
	var body []byte
	err = w.QueryRowContext(w.ctx, "SELECT body FROM reading WHERE n = (SELECT reading FROM article WHERE n = ?)", at.n).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return at, nil
	}
	if err != nil {
		return at, err
	}
	var r chancery.Reading
	if err := w.packer.unpack(body, &r); err != nil {
		return at, err
	}
	return at, w.records(at, a, &r)
}

// records puts the reading's records, as they stand by what people said of them,
// in the place of those that listings show; those that are as they were stay. What a
// rejected record has is kept under its id alone.
func (w writer) records(at place, a *chancery.Article, read *chancery.Reading) error {
	r := read
	var out []item
	var happenings map[string]int64
	same := map[string]bool{}
	if !at.isNew {
		var err error
		if r, w.verdicts, err = w.corrected(at, a, read); err != nil {
			return err
		}
		if w.settlement, _, err = settled(w.ctx, w, w.packer, a.ID, read); err != nil {
			return err
		}
		if happenings, err = w.happenings(at); err != nil {
			return err
		}
		out = leftOut(read, r)
		for _, x := range out {
			if w.verdicts[x.id] != chancery.Rejected {
				w.verdicts[x.id] = dropped
			}
		}
		if same, err = w.clear(at, r, out); err != nil {
			return err
		}
	}
	if err := w.changed(at.n); err != nil {
		return err
	}
	if err := w.actors(at, r.Actors); err != nil {
		return err
	}
	events := make(map[string]*chancery.Event, len(r.Events))
	for i := range r.Events {
		events[r.Events[i].ID] = &r.Events[i]
	}
	for _, x := range items(r) {
		if same[x.id] {
			continue
		}
		var err error
		switch x := x.content.(type) {
		case *chancery.Event:
			err = w.event(at, x)
		case *chancery.Exchange:
			err = w.exchange(at, x, events)
		case *chancery.Quote:
			err = w.quote(at, x)
		case *chancery.Figure:
			err = w.figure(at, x)
		case *chancery.Forecast:
			err = w.forecast(at, x)
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", x.kind, x.id, err)
		}
	}
	for _, x := range out {
		if same[x.id] {
			continue
		}
		if _, _, err := w.record(at, x.kind, x.id, x.evidence, 0, x.content); err != nil {
			return fmt.Errorf("%s %s: %w", x.kind, x.id, err)
		}
	}
	if err := w.finish(); err != nil {
		return err
	}
	if len(r.Forecasts) > 0 {
		if err := w.foretold(at); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(happenings)) {
		if same[id] {
			continue
		}
		if err := w.exec("UPDATE dyad SET happening = ? WHERE record = (SELECT n FROM record WHERE id = ?)", happenings[id], id); err != nil {
			return err
		}
	}
	return nil
}

// clear takes out the article's records but those that are to be as they are, and
// gives the ids of these. out are the records that the reading leaves out.
func (w writer) clear(at place, r *chancery.Reading, out []item) (map[string]bool, error) {
	type stored struct {
		n, settled    int64
		verdict, body string
	}
	before := map[string]stored{}
	var x stored
	var id string
	if err := w.rows("SELECT r.id, r.n, r.verdict, r.body, coalesce(f.settled, 0) FROM record r LEFT JOIN forecast f ON f.record = r.n WHERE r.article = ?", []any{at.n}, func() error {
		before[id] = x
		return nil
	}, &id, &x.n, &x.verdict, &x.body, &x.settled); err != nil {
		return nil, err
	}
	same := make(map[string]bool, len(before))
	if !at.moved {
		for _, x := range append(items(r), out...) {
			was, ok := before[x.id]
			if !ok || was.verdict != string(w.verdicts[x.id]) || was.settled != w.settlement[x.id] {
				continue
			}
			body, err := json.Marshal(x.content)
			if err != nil {
				return nil, err
			}
			same[x.id] = was.body == string(body)
		}
		// An exchange has its parties from its legs.
		for _, x := range r.Exchanges {
			same[x.ID] = same[x.ID] && !slices.ContainsFunc(x.Legs, func(leg string) bool { return !same[leg] })
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if same[id] {
			continue
		}
		if err := w.exec("DELETE FROM record WHERE n = ?", before[id].n); err != nil {
			return nil, err
		}
	}
	return same, nil
}

// actors puts the actors of an article in the place of those it had.
func (w writer) actors(at place, all []chancery.Actor) error {
	type row struct {
		code, name, role, kind string
		mentions               int
	}
	rows := make([]row, len(all))
	for i, a := range all {
		rows[i] = row{a.Code, a.Name, a.Role, a.Kind, len(a.Mentions)}
	}
	if !at.isNew {
		var before []row
		var x row
		if err := w.rows("SELECT code, name, role, kind, mentions FROM actor WHERE article = ? ORDER BY i", []any{at.n}, func() error {
			before = append(before, x)
			return nil
		}, &x.code, &x.name, &x.role, &x.kind, &x.mentions); err != nil || slices.Equal(before, rows) {
			return err
		}
		if err := w.exec("DELETE FROM actor WHERE article = ?", at.n); err != nil {
			return err
		}
	}
	for i, x := range rows {
		if err := w.later("INSERT INTO actor (article, i, code, state, name, role, kind, mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			at.n, i, x.code, chancery.StateOf(x.code), x.name, x.role, x.kind, x.mentions); err != nil {
			return err
		}
	}
	return nil
}

// changed notes that this transaction changes the article's rows of dyad.
func (w writer) changed(article int64) error {
	if err := w.number(); err != nil {
		return err
	}
	return w.exec("INSERT INTO changed (article, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq", article, *w.seq)
}

// retold notes that it changes what is told of who tells a happening.
func (w writer) retold(happening int64) error {
	if err := w.number(); err != nil {
		return err
	}
	return w.exec("INSERT INTO changed_telling (happening, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq", happening, *w.seq)
}

// number gives the transaction its number, larger than those before.
func (w writer) number() error {
	if *w.seq != 0 {
		return nil
	}
	return w.tx.QueryRowContext(w.ctx, "SELECT 1 + max(coalesce((SELECT max(seq) FROM changed), 0), coalesce((SELECT max(seq) FROM changed_telling), 0))").Scan(w.seq)
}

// happenings gives the happenings that the article's events were last found to
// report, by their ids, so that writing records anew does not part them.
func (w writer) happenings(at place) (map[string]int64, error) {
	out := map[string]int64{}
	var id string
	var n int64
	err := w.rows("SELECT DISTINCT r.id, d.happening FROM record r JOIN dyad d ON d.record = r.n WHERE r.article = ? AND d.happening <> 0", []any{at.n}, func() error {
		out[id] = n
		return nil
	}, &id, &n)
	return out, err
}

// item is a record of any kind.
type item struct {
	kind     Kind
	id       string
	evidence []chancery.Evidence
	content  any // a pointer to it
}

// items lists the records of a reading.
func items(r *chancery.Reading) []item {
	var out []item
	for i := range r.Events {
		out = append(out, item{KindEvent, r.Events[i].ID, r.Events[i].Evidence, &r.Events[i]})
	}
	for i := range r.Exchanges {
		out = append(out, item{KindExchange, r.Exchanges[i].ID, r.Exchanges[i].Evidence, &r.Exchanges[i]})
	}
	for i := range r.Quotes {
		out = append(out, item{KindQuote, r.Quotes[i].ID, r.Quotes[i].Evidence, &r.Quotes[i]})
	}
	for i := range r.Figures {
		out = append(out, item{KindFigure, r.Figures[i].ID, r.Figures[i].Evidence, &r.Figures[i]})
	}
	for i := range r.Forecasts {
		out = append(out, item{KindForecast, r.Forecasts[i].ID, r.Forecasts[i].Evidence, &r.Forecasts[i]})
	}
	return out
}

// leftOut lists the records of a reading that the corrected one leaves out.
func leftOut(read, corrected *chancery.Reading) []item {
	if read == corrected {
		return nil
	}
	has := map[string]bool{}
	for _, x := range items(corrected) {
		has[x.id] = true
	}
	return slices.DeleteFunc(items(read), func(x item) bool { return has[x.id] })
}

// recordKey orders records: as their article, then by place, then by id.
func recordKey(at place, start int, id string) string {
	return fmt.Sprintf("%s\t%09d\t%s", at.key, start, id)
}

// record writes what every kind of record has. The record's place in the text
// is that of its sentence in the evidence.
func (w writer) record(at place, kind Kind, id string, evidence []chancery.Evidence, start int, content any) (int64, string, error) {
	body, err := json.Marshal(content)
	if err != nil {
		return 0, "", err
	}
	n, _, err := w.insert("INSERT INTO record (id, kind, article, body, verdict) VALUES (?, ?, ?, ?, ?)", id, string(kind), at.n, string(body), string(w.verdicts[id]))
	if err != nil {
		return 0, "", err
	}
	for i, e := range evidence {
		if err := w.later("INSERT INTO evidence (record, i, role, start, stop) VALUES (?, ?, ?, ?, ?)", n, i, string(e.Role), e.Start, e.End); err != nil {
			return 0, "", err
		}
	}
	return n, recordKey(at, start, id), nil
}

// seat is a party with its side in a record.
type seat struct {
	side string
	chancery.Party
}

func seats(side string, parties ...chancery.Party) []seat {
	var out []seat
	for _, p := range parties {
		if p.Code != "" || p.Name != "" {
			out = append(out, seat{side, p})
		}
	}
	return out
}

func (w writer) parties(n int64, key string, all []seat) error {
	led := map[[2]string]bool{}
	for i, p := range all {
		state := chancery.StateOf(p.Code)
		leads := state != "" && !led[[2]string{p.side, state}]
		led[[2]string{p.side, state}] = true
		if err := w.later("INSERT INTO party (record, i, side, state, code, name, key, leads) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			n, i, p.side, state, p.Code, p.Name, key, leads); err != nil {
			return err
		}
	}
	return nil
}

func (w writer) event(at place, e *chancery.Event) error {
	n, key, err := w.record(at, KindEvent, e.ID, e.Evidence, e.Trigger.Start, e)
	if err != nil {
		return err
	}
	var good, giver, receiver string
	all := append(seats("actor", e.Actors...), seats("recipient", e.Recipients...)...)
	if e.Good != nil {
		good, giver, receiver = string(e.Good.Kind), chancery.StateOf(e.Good.Giver.Code), chancery.StateOf(e.Good.Receiver.Code)
		all = append(append(all, seats("giver", e.Good.Giver)...), seats("receiver", e.Good.Receiver)...)
	}
	if err := w.parties(n, key, all); err != nil {
		return err
	}
	first, last := days(e.Date, e.Until)
	if err := w.later("INSERT INTO event (record, key, source, type, status, first, last, probability, good, exchange, giver, receiver) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		n, key, at.source, string(e.Type), string(e.Status), first, last, e.Probability, good, e.Exchange, giver, receiver); err != nil {
		return err
	}
	day, span := undated, 0
	if !e.Date.IsZero() {
		day, span = dayNumber(e.Date.First()), 1+int(e.Date.Last().Sub(e.Date.First()).Hours()/24)
	}
	for _, pair := range pairs(e) {
		if err := w.later(`INSERT INTO dyad (actor, recipient, day, record, days, quad, intensity, probability, type, status, good, contexts, source)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			pair[0], pair[1], day, n, span, int(e.Type.QuadClass()), e.Intensity, e.Probability, string(e.Type), string(e.Status), good, strings.Join(e.Contexts, " "), at.source); err != nil {
			return err
		}
	}
	return nil
}

// pairs lists the ordered pairs of states that an event joins, each once.
func pairs(e *chancery.Event) [][2]string {
	var out [][2]string
	seen := map[[2]string]bool{}
	add := func(a, b chancery.Party) {
		p := [2]string{chancery.StateOf(a.Code), chancery.StateOf(b.Code)}
		if p[0] != "" && p[1] != "" && !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	for _, a := range e.Actors {
		for _, b := range e.Recipients {
			add(a, b)
			if e.Reciprocal {
				add(b, a)
			}
		}
	}
	return out
}

func (w writer) exchange(at place, x *chancery.Exchange, events map[string]*chancery.Event) error {
	var start int
	for _, e := range x.Evidence {
		if e.Role == chancery.RoleSentence {
			start = e.Start
		}
	}
	n, key, err := w.record(at, KindExchange, x.ID, x.Evidence, start, x)
	if err != nil {
		return err
	}
	var all []seat
	var first, last string
	for _, leg := range x.Legs {
		e := events[leg]
		if e == nil {
			return fmt.Errorf("%w: leg %q is no event of the reading", chancery.ErrInvalid, leg)
		}
		if e.Good != nil {
			all = append(append(all, seats("giver", e.Good.Giver)...), seats("receiver", e.Good.Receiver)...)
		}
		if f, l := days(e.Date, e.Until); f != "" && (first == "" || f < first) {
			first, last = f, max(last, l)
		}
	}
	if err := w.parties(n, key, all); err != nil {
		return err
	}
	states := map[string][]string{} // by side
	for _, p := range all {
		if state := chancery.StateOf(p.Code); state != "" && !slices.Contains(states[p.side], state) {
			states[p.side] = append(states[p.side], state)
		}
	}
	for _, giver := range states["giver"] {
		for _, receiver := range states["receiver"] {
			if err := w.later("INSERT INTO exchange_dyad (giver, receiver, record) VALUES (?, ?, ?)", giver, receiver, n); err != nil {
				return err
			}
		}
	}
	return w.exec("INSERT INTO exchange (record, key, source, first, last) VALUES (?, ?, ?, ?, ?)", n, key, at.source, first, last)
}

func (w writer) quote(at place, q *chancery.Quote) error {
	n, key, err := w.record(at, KindQuote, q.ID, q.Evidence, q.Text.Start, q)
	if err != nil {
		return err
	}
	all := seats("speaker", q.Speaker)
	if q.ProseSpeaker != nil {
		all = append(all, seats("speaker", *q.ProseSpeaker)...)
	}
	if err := w.parties(n, key, all); err != nil {
		return err
	}
	first, last := days(q.Date, chancery.Date{})
	return w.exec("INSERT INTO quote (record, key, source, first, last) VALUES (?, ?, ?, ?, ?)", n, key, at.source, first, last)
}

func (w writer) figure(at place, f *chancery.Figure) error {
	n, key, err := w.record(at, KindFigure, f.ID, f.Evidence, f.Value.Start, f)
	if err != nil {
		return err
	}
	first, last := days(f.AsOf, chancery.Date{})
	return w.later("INSERT INTO figure (record, key, source, first, last, number, unit) VALUES (?, ?, ?, ?, ?, ?, ?)", n, key, at.source, first, last, f.Number, f.Unit)
}

func (w writer) forecast(at place, f *chancery.Forecast) error {
	n, key, err := w.record(at, KindForecast, f.ID, f.Evidence, f.About.Start, f)
	if err != nil {
		return err
	}
	if err := w.parties(n, key, append(seats("holder", f.Holder), seats("subject", f.Subject)...)); err != nil {
		return err
	}
	first, last := days(f.Horizon, chancery.Date{})
	return w.exec("INSERT INTO forecast (record, key, source, first, last, strength, advice, settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		n, key, at.source, first, last, f.Strength, f.Advice, w.settlement[f.ID])
}

// days gives the first and last day that a date, or a period, may mean, as ISO
// 8601; "" for a date not given.
func days(d, until chancery.Date) (first, last string) {
	if d.IsZero() {
		return "", ""
	}
	end := d.Last()
	if !until.IsZero() && until.Last().After(end) {
		end = until.Last()
	}
	return d.First().Format(time.DateOnly), end.Format(time.DateOnly)
}

// dayNumber counts days since 1970-01-01, which is 0.
func dayNumber(t time.Time) int {
	const day = 24 * 60 * 60
	n := t.Unix() / day
	if t.Unix()%day < 0 {
		n--
	}
	return int(n)
}
