package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"slices"
	"strconv"
)

// Repeats says when one article repeats another.
type Repeats struct {
	Overlap func(a, b []uint64) float64 // the share (0..1) of the hashes of a that b has
	Share   float64                     // from which a repeats b
}

// MarkReprints marks every article that mostly repeats another and says how many
// there are. An article's original is the first of those, in the order of
// publication, then of length (longer first), then of id, that it repeats and that
// are no reprints themselves; articles without a date come after those with one. So
// the result does not depend on when an article came. Only articles that are new or
// were given another day, and those that share hashes with them, are looked at.
func (s *Store) MarkReprints(ctx context.Context, r Repeats) (int, error) {
	// In the order of publication hardly any is looked at twice.
	var all []sketch
	var k sketch
	if err := s.each(ctx, "SELECT a.n, a.id, a.first, length(a.fingerprint) / 8, u.moved FROM unsketched u JOIN article a ON a.n = u.article", nil, func() error {
		all = append(all, k)
		return nil
	}, &k.n, &k.id, &k.first, &k.size, &k.moved); err != nil {
		return 0, err
	}
	slices.SortFunc(all, func(a, b sketch) int { return a.compare(&b) })
	for some := range slices.Chunk(all, takenIn) {
		if err := s.do(ctx, func(tx *sql.Tx) error {
			m := marking{writer: s.writer(ctx, tx), Repeats: r, known: map[int64]*sketch{}}
			return m.mark(some)
		}); err != nil {
			return 0, err
		}
	}
	var n int
	err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM article WHERE reprint_of <> ''").Scan(&n)
	return n, explain(s.path, err)
}

// sketch is what finding reprints knows of an article.
type sketch struct {
	n           int64
	id          string
	first       string // day of publication, "" when not given
	size        int    // of the fingerprint
	fingerprint []uint64
	original    string // id of the one it repeats

	moved   bool // given another day
	fresh   bool // nothing was found of it yet
	indexed bool // it is an original whose hashes are in sketch_hash
	queued  bool
}

// compare is the order in which articles become originals.
func (k *sketch) compare(o *sketch) int {
	undated := func(k *sketch) int {
		if k.first == "" {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(undated(k), undated(o)), cmp.Compare(k.first, o.first), cmp.Compare(o.size, k.size), cmp.Compare(k.id, o.id))
}

// marking is a transaction that marks reprints.
type marking struct {
	writer
	Repeats
	known map[int64]*sketch // by number, some
	queue []*sketch         // those to decide, in their order
}

// mark decides of the articles, and of those that this touches, what they repeat.
// What it decides of one matters only to later ones, so they are taken in order.
func (m *marking) mark(articles []sketch) error {
	for _, a := range articles {
		k, err := m.sketch("n = ?", a.n)
		if err != nil {
			return err
		}
		if err := m.exec("DELETE FROM unsketched WHERE article = ?", a.n); err != nil {
			return err
		}
		if k.fresh = !a.moved; k.fresh {
			k.indexed = false
		} else if err := m.unindex(k); err != nil {
			return err
		}
		m.push(k)
	}
	for len(m.queue) > 0 {
		k := m.queue[0]
		m.queue, k.queued = m.queue[1:], false
		if err := m.decide(k); err != nil {
			return err
		}
	}
	return nil
}

// push puts an article among those to decide.
func (m *marking) push(k *sketch) {
	if !k.queued {
		i, _ := slices.BinarySearchFunc(m.queue, k, (*sketch).compare)
		m.queue, k.queued = slices.Insert(m.queue, i, k), true
	}
}

// decide finds what an article repeats. Those before it are decided.
func (m *marking) decide(k *sketch) error {
	var original *sketch
	if k.size > 0 {
		few, err := m.few(k)
		if err != nil {
			return err
		}
		if k.fresh {
			if err := m.exec("INSERT INTO sketch_few (hash, article) SELECT value, ? FROM json_each(?)", k.n, few); err != nil {
				return err
			}
			k.fresh = false
		}
		others, err := m.holding("sketch_hash", few)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.compare(k) < 0 && (original == nil || o.compare(original) < 0) && m.Overlap(k.fingerprint, o.fingerprint) >= m.Share {
				original = o
			}
		}
	}
	id := ""
	if original != nil {
		id = original.id
	}
	if id != k.original {
		k.original = id
		if err := m.exec("UPDATE article SET reprint_of = ? WHERE n = ?", id, k.n); err != nil {
			return err
		}
	}
	switch {
	case original != nil:
		return m.unindex(k)
	case k.size > 0 && !k.indexed:
		return m.index(k)
	}
	return nil
}

// index makes an article an original that others may repeat, and has those that
// then repeat it, or another that comes later, decided again.
func (m *marking) index(k *sketch) error {
	k.indexed = true
	all := hashList(k.fingerprint)
	if err := m.exec("INSERT INTO sketch_hash (hash, article) SELECT value, ? FROM json_each(?)", k.n, all); err != nil {
		return err
	}
	others, err := m.holding("sketch_few", all)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.compare(k) <= 0 || m.Overlap(o.fingerprint, k.fingerprint) < m.Share {
			continue
		}
		if o.original != "" {
			was, err := m.sketch("id = ?", o.original)
			if err != nil {
				return err
			}
			if was.compare(k) < 0 {
				continue
			}
		}
		m.push(o)
	}
	return nil
}

// unindex makes an article none that others repeat, and has those that did decided
// again.
func (m *marking) unindex(k *sketch) error {
	if !k.indexed {
		return nil
	}
	k.indexed = false
	if err := m.exec("DELETE FROM sketch_hash WHERE article = ? AND hash IN (SELECT value FROM json_each(?))", k.n, hashList(k.fingerprint)); err != nil {
		return err
	}
	numbers, err := m.numbers("SELECT n FROM article WHERE reprint_of = ? AND reprint_of <> '' AND n NOT IN (SELECT article FROM unsketched)", k.id)
	if err != nil {
		return err
	}
	for _, n := range numbers {
		o, err := m.sketch("n = ?", n)
		if err != nil {
			return err
		}
		m.push(o)
	}
	return nil
}

// rare is up to how many holders of a hash are counted.
const rare = 100

// few gives, as a list in JSON, the hashes of an article that fewest originals hold:
// so many that who has none of them lacks too much to repeat it.
func (m *marking) few(k *sketch) (string, error) {
	least := k.size // hashes that a text has in common with what it repeats
	for least > 1 && float64(least-1)/float64(k.size) >= m.Share {
		least--
	}
	type held struct{ hash, by int64 }
	var all []held
	var h held
	if err := m.rows("SELECT j.value, (SELECT count(*) FROM (SELECT 1 FROM sketch_hash s WHERE s.hash = j.value LIMIT ?)) FROM json_each(?) j", []any{rare, hashList(k.fingerprint)}, func() error {
		all = append(all, h)
		return nil
	}, &h.hash, &h.by); err != nil {
		return "", err
	}
	slices.SortFunc(all, func(a, b held) int { return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.hash, b.hash)) })
	few := make([]uint64, 0, k.size-least+1)
	for _, h := range all[:k.size-least+1] {
		few = append(few, uint64(h.hash))
	}
	return hashList(few), nil
}

// hashList writes hashes as JSON, with the sign that SQLite gives them.
func hashList(hashes []uint64) string {
	b := []byte{'['}
	for i, h := range hashes {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(h), 10)
	}
	return string(append(b, ']'))
}

// holding gives the articles that the table has under one of the hashes.
func (m *marking) holding(table, hashes string) ([]*sketch, error) {
	numbers, err := m.numbers("SELECT DISTINCT s.article FROM json_each(?) j CROSS JOIN "+table+" s ON s.hash = j.value", hashes)
	if err != nil {
		return nil, err
	}
	out := make([]*sketch, len(numbers))
	for i, n := range numbers {
		if out[i], err = m.sketch("n = ?", n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (m *marking) numbers(query string, arg any) ([]int64, error) {
	var out []int64
	var n int64
	err := m.rows(query, []any{arg}, func() error { out = append(out, n); return nil }, &n)
	return out, err
}

// sketch gives the article that the condition holds for.
func (m *marking) sketch(condition string, arg any) (*sketch, error) {
	if n, ok := arg.(int64); ok && m.known[n] != nil {
		return m.known[n], nil
	}
	k := new(sketch)
	var hashes []byte
	stmt, err := m.prepare("SELECT n, id, first, fingerprint, reprint_of FROM article WHERE " + condition)
	if err != nil {
		return nil, err
	}
	if err := stmt.QueryRowContext(m.ctx, arg).Scan(&k.n, &k.id, &k.first, &hashes, &k.original); err != nil {
		return nil, err
	}
	if known := m.known[k.n]; known != nil {
		return known, nil
	}
	for ; len(hashes) >= 8; hashes = hashes[8:] {
		k.fingerprint = append(k.fingerprint, binary.BigEndian.Uint64(hashes))
	}
	k.size = len(k.fingerprint)
	k.indexed = k.original == "" && k.size > 0
	m.known[k.n] = k
	return k, nil
}
