package sqlite

import (
	"context"
	"sync"

	"chancery"
)

// How much of articles, by their texts, and how many records a mirror keeps as they
// were read: some 200 MB.
const (
	mostText    = 96 << 20 // bytes
	mostRecords = 40000
)

// kept are articles and records as they were last read, of one state of the record:
// listings ask for the same ones again and again, and reading and decoding them is
// most of their work.
type kept struct {
	lock     sync.Mutex
	version  int64 // of the store
	articles map[int64]*chancery.Article
	text     int // bytes of their texts
	records  map[int64]keptRecord
	of       map[int64]map[int64]bool // article to its records that are kept
	counted  map[string]*counted      // by what it is counted over, as in the table revision
}

// counted are answers counted over all articles or their actors.
type counted struct {
	revision int64
	answers  map[string]any
}

// mostCounted is how many such answers are kept of each.
const mostCounted = 1000

// keptRecord is a record of any kind.
type keptRecord struct {
	article int64
	verdict chancery.Verdict
	content any
}

func newKept() *kept {
	return &kept{articles: map[int64]*chancery.Article{}, records: map[int64]keptRecord{}, of: map[int64]map[int64]bool{}, counted: map[string]*counted{}}
}

// follow forgets what changed up to the version.
func (k *kept) follow(version int64, changed map[int64]bool, revisions map[string]int64) {
	k.lock.Lock()
	defer k.lock.Unlock()
	k.version = version
	for what, n := range revisions {
		if c := k.counted[what]; c == nil || c.revision != n {
			k.counted[what] = &counted{n, map[string]any{}}
		}
	}
	for article := range changed {
		k.drop(article)
		for n := range k.of[article] {
			delete(k.records, n)
		}
		delete(k.of, article)
	}
}

// take gives what is kept under the numbers, nothing of another version.
func take[T any](k *kept, from map[int64]T, version int64, numbers []int64) map[int64]T {
	k.lock.Lock()
	defer k.lock.Unlock()
	out := make(map[int64]T, len(numbers))
	if k.version == version {
		for _, n := range numbers {
			if x, ok := from[n]; ok {
				out[n] = x
			}
		}
	}
	return out
}

// keepArticles keeps articles of the version.
func (k *kept) keepArticles(version int64, articles map[int64]*chancery.Article) {
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.version != version {
		return
	}
	for n, a := range articles {
		k.drop(n)
		k.articles[n] = a
		k.text += len(a.Text)
	}
	for n := range k.articles {
		if k.text <= mostText {
			break
		}
		k.drop(n)
	}
}

// drop forgets an article.
func (k *kept) drop(n int64) {
	if a := k.articles[n]; a != nil {
		k.text -= len(a.Text)
		delete(k.articles, n)
	}
}

// keepRecords keeps records of the version.
func (k *kept) keepRecords(version int64, records map[int64]keptRecord) {
	k.lock.Lock()
	defer k.lock.Unlock()
	if k.version != version {
		return
	}
	for n, r := range records {
		k.records[n] = r
		if k.of[r.article] == nil {
			k.of[r.article] = map[int64]bool{}
		}
		k.of[r.article][n] = true
	}
	for n, r := range k.records {
		if len(k.records) <= mostRecords {
			break
		}
		delete(k.records, n)
		delete(k.of[r.article], n)
	}
}

// recall gives the answer under the key that is counted over what is named, as it was
// when that last changed, or has it counted. Answers are not to be changed.
func recall[T any](ctx context.Context, s *Store, what, key string, count func() (T, error)) (T, error) {
	var none T
	m, version, err := s.state(ctx)
	switch {
	case err != nil:
		return none, err
	case m == nil:
		return count()
	}
	k := m.kept
	k.lock.Lock()
	c := k.counted[what] // of the version, or of a later one
	var answer any
	if c != nil && k.version == version {
		answer = c.answers[key]
	}
	k.lock.Unlock()
	if answer != nil {
		return answer.(T), nil
	}
	out, err := count()
	if err != nil {
		return out, err
	}
	if now, err := s.Version(ctx); err != nil || now != version {
		return out, err
	}
	k.lock.Lock()
	defer k.lock.Unlock()
	if c := k.counted[what]; c != nil && k.version == version && len(c.answers) < mostCounted {
		c.answers[key] = out
	}
	return out, nil
}
