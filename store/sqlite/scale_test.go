package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"chancery"
	"chancery/relation"
	"chancery/store/scale"
)

// scaled is a store of generated articles with 30 events each. With
// CHANCERY_SCALE=FILE the store is kept in FILE and used again.
func scaled(tb testing.TB, articles int) *Store {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "scale.db")
	if kept := os.Getenv("CHANCERY_SCALE"); kept != "" {
		path = kept + strconv.Itoa(articles) + ".db"
	}
	s := open(tb, path)
	have, err := s.Count(context.Background(), "", Filter{})
	if err != nil {
		tb.Fatal(err)
	}
	for i := have; i < articles; i++ {
		a, r := scale.Article(i)
		put(tb, s, a, r)
	}
	return s
}

func BenchmarkPut(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "x.db"))
	i := 0
	for b.Loop() {
		a, r := scale.Article(i)
		put(b, s, a, r)
		i++
	}
	b.ReportMetric(float64(i*40)/b.Elapsed().Seconds(), "sentences/s")
}

// BenchmarkQueries measures a page of each listing over 10,000 articles with
// 300,000 events. Building the store takes minutes; CHANCERY_SCALE keeps it.
func BenchmarkQueries(b *testing.B) {
	if testing.Short() {
		b.Skip("builds a large store")
	}
	s := scaled(b, 10000)
	ctx := context.Background()
	june := chancery.Date{Year: 2019, Month: 6}
	for _, c := range []struct {
		name   string
		filter Filter
	}{
		{"all", Filter{}},
		{"newest", Filter{Order: OrderNewest}},
		{"actor, common", Filter{Actor: "AAX"}},
		{"actor, common, newest", Filter{Actor: "AAX", Order: OrderNewest}},
		{"actor, rare", Filter{Actor: "DAX"}},
		{"actor and recipient, common", Filter{Actor: "AAX", Recipient: "ABX"}},
		{"actor and recipient, rare", Filter{Actor: "AAX", Recipient: "DAX"}},
		{"between, common", Filter{Between: [2]string{"AAX", "ABX"}}},
		{"between, common, newest", Filter{Between: [2]string{"AAX", "ABX"}, Order: OrderNewest}},
		{"between parts", Filter{Between: [2]string{"AAXGOV", "ABXMIL"}}},
		{"party", Filter{Party: "AAX"}},
		{"name", Filter{Actor: "Actor AAX"}},
		{"type and status", Filter{Types: []chancery.EventType{chancery.Agree, chancery.Aid}, Statuses: []chancery.Status{chancery.Offered}}},
		{"month", Filter{Since: june, Until: june}},
		{"month, newest", Filter{Since: june, Until: june, Order: OrderNewest}},
		{"actor in a month, newest", Filter{Actor: "ACX", Since: june, Until: june, Order: OrderNewest}},
		{"source", Filter{Source: "Source 7"}},
		{"source and type in a month", Filter{Source: "Source 7", Types: []chancery.EventType{chancery.Assault}, Since: june, Until: june}},
		{"probability", Filter{MinProbability: 0.999}},
		{"nothing fits", Filter{MinProbability: 1, Types: []chancery.EventType{chancery.Agree}}},
		{"article", Filter{Article: "gen005000"}},
	} {
		c.filter.Limit = 50
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Events(ctx, c.filter); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name+", counted", func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Count(ctx, KindEvent, c.filter); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("articles", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Articles(ctx, Filter{Limit: 50}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("actors", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Actors(ctx, Filter{Limit: 50}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Search(ctx, "sentence 4711", Filter{Limit: 20}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("dyads", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Dyads(ctx, DyadFilter{}, 20); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("series of one dyad", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Series(ctx, DyadFilter{Actor: "AAX", Recipient: "ABX"}, PeriodMonth); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSeries measures a series of a relation over 1,000,000 events, which
// all lie between two states.
func BenchmarkSeries(b *testing.B) {
	if testing.Short() {
		b.Skip("builds a large store")
	}
	ctx := context.Background()
	s := open(b, filepath.Join(b.TempDir(), "x.db"))
	a, _ := scale.Article(0)
	put(b, s, a, nil)
	// The rows of events alone: a series reads nothing else.
	_, err := s.write.Exec(`
		WITH RECURSIVE i (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < 1000000)
		INSERT INTO record (n, id, kind, article, body) SELECT n, 'e' || n, 'event', 1, '{}' FROM i;
		INSERT INTO dyad (actor, recipient, day, record, days, quad, intensity, probability, type, status, good, contexts, source, happening)
		SELECT CASE n % 2 WHEN 0 THEN 'USA' ELSE 'PAK' END, CASE n % 2 WHEN 0 THEN 'PAK' ELSE 'USA' END, 10000 + n * 7919 % 9000, n, 1, 1 + n % 4, n % 21 - 10, 0.5, 'AGREE', 'offered', '', '', 1, n / 3 * (n % 5 > 1) FROM record`)
	if err != nil {
		b.Fatal(err)
	}
	for _, period := range []Period{PeriodDay, PeriodWeek, PeriodMonth, PeriodYear} {
		b.Run(string(period), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Series(ctx, DyadFilter{}, period); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("one direction by month", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Series(ctx, DyadFilter{Actor: "USA", Recipient: "PAK"}, PeriodMonth); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("every event", func(b *testing.B) {
		for b.Loop() {
			if err := s.DyadEvents(ctx, DyadFilter{Actor: "USA", Recipient: "PAK"}, func(*relation.Observation) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkCollate measures the collation of a record of 10,000 articles with
// 300,000 events, and of one article more. It reports the time of each, their
// ratio, and the most memory in use.
func BenchmarkCollate(b *testing.B) {
	if testing.Short() {
		b.Skip("builds a large store")
	}
	for _, articles := range []int{1000, 10000} {
		b.Run(strconv.Itoa(articles), func(b *testing.B) {
			ctx := context.Background()
			path := filepath.Join(b.TempDir(), "collate.db")
			s := open(b, path)
			for i := range articles {
				a, r := scale.Article(i)
				put(b, s, a, r)
			}
			before := time.Now()
			peak := mostHeap(func() {
				if err := s.Collate(ctx); err != nil {
					b.Fatal(err)
				}
			})
			whole := time.Since(before)
			next := articles
			var one time.Duration
			var peakOne uint64
			for b.Loop() {
				a, r := scale.Article(next)
				next++
				put(b, s, a, r)
				before := time.Now()
				peakOne = max(peakOne, mostHeap(func() {
					if err := s.Collate(ctx); err != nil {
						b.Fatal(err)
					}
				}))
				one += time.Since(before)
			}
			one /= time.Duration(b.N)
			b.ReportMetric(whole.Seconds(), "s/whole")
			b.ReportMetric(one.Seconds(), "s/article")
			b.ReportMetric(whole.Seconds()/one.Seconds(), "whole/article")
			b.ReportMetric(float64(peak>>20), "MB/whole")
			b.ReportMetric(float64(peakOne>>20), "MB/article")
			before = time.Now()
			if _, err := s.Profiles(ctx); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(time.Since(before).Seconds(), "s/sources")
		})
	}
}

// mostHeap gives the most memory that was in use while f ran, in bytes.
func mostHeap(f func()) uint64 {
	runtime.GC()
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		var peak uint64
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
			select {
			case <-done:
				most <- peak
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	f()
	close(done)
	return <-most
}
