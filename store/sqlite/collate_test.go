package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery"
	"chancery/acquire"
	"chancery/coder"
	"chancery/collate"
	"chancery/correct"
	"chancery/extract"
	"chancery/sample"
)

// readSets reads the bundled sample and the second set of planted disagreements:
// articles that have much to say about each other.
func readSets(t testing.TB) []Entry {
	t.Helper()
	c, err := coder.New(coder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var out []Entry
	for _, folder := range []string{"sample", "second"} {
		walk := acquire.WalkFS(t.Context(), sample.Articles(), folder, acquire.Options{})
		if folder == "second" {
			walk = acquire.WalkFS(t.Context(), os.DirFS("../../collate/testdata/second/articles"), folder, acquire.Options{})
		}
		for item, err := range walk {
			if err != nil {
				t.Fatal(err)
			}
			articles, problems := extract.Articles(item)
			for _, p := range problems {
				t.Fatal(p)
			}
			for i := range articles {
				a := &articles[i]
				r, err := c.Read(a)
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, Entry{Article: a, Reading: &r})
			}
		}
	}
	return out
}

// another is a reading of another version, which has lost some records and
// changed others.
func another(r *chancery.Reading, version string, rng *rand.Rand) *chancery.Reading {
	out := *r
	out.Version = version
	out.Exchanges = nil
	out.Events = nil
	for _, e := range r.Events {
		if rng.IntN(4) == 0 {
			continue
		}
		e.Exchange = ""
		if rng.IntN(4) == 0 {
			e.Status = chancery.Statuses()[rng.IntN(len(chancery.Statuses()))]
			e.ID += version
		}
		out.Events = append(out.Events, e)
	}
	out.Figures = slices.DeleteFunc(slices.Clone(r.Figures), func(chancery.Figure) bool { return rng.IntN(4) == 0 })
	out.Quotes = slices.DeleteFunc(slices.Clone(r.Quotes), func(chancery.Quote) bool { return rng.IntN(4) == 0 })
	return &out
}

// collated is all that the collation of a store says, as text.
func collated(t testing.TB, s *Store) string {
	t.Helper()
	if err := s.Collate(t.Context()); err != nil {
		t.Fatal(err)
	}
	happenings, err := s.Happenings(t.Context(), HappeningFilter{})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(happenings, func(a, b collate.Described) int { return cmp.Compare(a.ID, b.ID) })
	findings, err := s.Findings(t.Context(), FindingFilter{})
	if err != nil {
		t.Fatal(err)
	}
	sources, err := s.Profiles(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	counted := 0 // events that share a happening
	if err := s.read.QueryRow("SELECT count(*) FROM dyad d JOIN record r ON r.n = d.record JOIN report p ON p.event = r.id WHERE d.happening = p.happening").Scan(&counted); err != nil {
		t.Fatal(err)
	}
	return lines(t, happenings) + lines(t, findings) + lines(t, sources) + fmt.Sprint(counted)
}

func lines[T any](t testing.TB, all []T) string {
	t.Helper()
	var b strings.Builder
	for i := range all {
		line, err := json.Marshal(&all[i])
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.String()
}

// firstDifference is for messages: the first line that differs.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d:\n got  %s\n want %s", i, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// TestCollateInParts adds, reads again, corrects and marks articles in random
// order and portions, collating in between, and wants what a fresh store with the
// same content has, byte for byte, and what collating in memory gives.
func TestCollateInParts(t *testing.T) {
	entries := readSets(t)
	runs := 8
	if testing.Short() {
		runs = 2
	}
	for seed := range uint64(runs) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 3))
			s := open(t, filepath.Join(t.TempDir(), "parts.db"))
			type step func(*Store) error
			var done []step // what the content of the store follows from
			do := func(f step) {
				t.Helper()
				if err := f(s); err != nil {
					t.Fatal(err)
				}
				done = append(done, f)
			}
			order := rng.Perm(len(entries))
			of := map[string]string{}
			var stored []Entry
			for len(order) > 0 {
				n := min(len(order), 1+rng.IntN(8))
				for _, i := range order[:n] {
					do(func(s *Store) error { _, err := s.Put(t.Context(), entries[i]); return err })
					stored = append(stored, entries[i])
				}
				order = order[n:]
				e := stored[rng.IntN(len(stored))]
				switch rng.IntN(4) {
				case 0: // it is read again
					r := another(e.Reading, fmt.Sprint("v", len(done)), rng)
					do(func(s *Store) error { _, err := s.Put(t.Context(), Entry{Article: e.Article, Reading: r}); return err })
				case 1: // a person says something of what it says, and perhaps takes that back
					r, err := s.Reading(t.Context(), e.Article.ID)
					if err != nil {
						t.Fatal(err)
					}
					if len(r.Events) == 0 {
						break
					}
					event := r.Events[rng.IntN(len(r.Events))]
					c := chancery.Correction{Record: event.ID, Verdict: chancery.Rejected, Who: "test", When: time.Unix(0, 0)}
					switch rng.IntN(3) {
					case 0:
						c.Verdict = chancery.Confirmed
					case 1:
						for was := event.Status; event.Status == was; {
							event.Status = chancery.Statuses()[rng.IntN(len(chancery.Statuses()))]
						}
						if c.Amendment, err = json.Marshal(event); err != nil {
							t.Fatal(err)
						}
						c.Verdict = chancery.Amended
					}
					var number int64
					do(func(s *Store) error { kept, err := s.Correct(t.Context(), c); number = kept.Number; return err })
					if rng.IntN(2) == 0 {
						w := chancery.Correction{Record: c.Record, Verdict: chancery.Withdrawn, Withdraws: number, Who: "test", When: time.Unix(0, 0)}
						if rng.IntN(2) == 0 {
							collated(t, s)
						}
						do(func(s *Store) error { _, err := s.Correct(t.Context(), w); return err })
					}
				case 2: // it is found to repeat another, or not to
					if len(stored) > 1 {
						if of[e.Article.ID] != "" {
							delete(of, e.Article.ID)
						} else if o := stored[rng.IntN(len(stored))]; o.Article.ID != e.Article.ID && of[o.Article.ID] == "" {
							of[e.Article.ID] = o.Article.ID
						}
						marks := map[string]string{}
						for k, v := range of {
							marks[k] = v
						}
						do(func(s *Store) error { return setReprints(s, marks) })
					}
				}
				if rng.IntN(3) > 0 {
					collated(t, s)
				}
			}
			got := collated(t, s)
			if again := collated(t, s); again != got {
				t.Fatalf("collated again: %s", firstDifference(again, got))
			}

			for _, e := range stored { // where corrections stand is told without the reading as with it
				r, err := s.Reading(t.Context(), e.Article.ID)
				if err != nil {
					t.Fatal(err)
				}
				want, err := standingsOf(t.Context(), s.read, s.packer, e.Article.ID, r)
				if err != nil {
					t.Fatal(err)
				}
				if got := must[[]correct.Standing](t)(s.Standings(t.Context(), CorrectionFilter{Article: e.Article.ID})); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("standings: got %v, want %v", got, want)
				}
			}

			fresh := open(t, filepath.Join(t.TempDir(), "fresh.db"))
			for _, f := range done {
				if err := f(fresh); err != nil {
					t.Fatal(err)
				}
			}
			if want := collated(t, fresh); got != want {
				t.Errorf("in parts and at once: %s", firstDifference(got, want))
			}

			var accounts []collate.Account
			for e, err := range s.Entries(t.Context(), Filter{}) {
				if err != nil {
					t.Fatal(err)
				}
				accounts = append(accounts, collate.Account{Article: e.Article, Reading: e.Reading})
			}
			rng.Shuffle(len(accounts), func(i, j int) { accounts[i], accounts[j] = accounts[j], accounts[i] })
			all := collate.All(accounts)
			if len(all.Findings) < 20 {
				t.Errorf("only %d findings: the test sees too little", len(all.Findings))
			}
			want := lines(t, all.Happenings) + lines(t, all.Findings) + lines(t, all.Sources)
			if got := got[:strings.LastIndexByte(got, '\n')+1]; got != want {
				t.Errorf("in parts and in memory: %s", firstDifference(got, want))
			}
		})
	}
}

// setReprints has the articles that of names repeat others, and no more.
func setReprints(s *Store, of map[string]string) error {
	return s.do(context.Background(), func(tx *sql.Tx) error {
		if _, err := tx.Exec("UPDATE article SET reprint_of = '' WHERE reprint_of <> ''"); err != nil {
			return err
		}
		for id, original := range of {
			if _, err := tx.Exec("UPDATE article SET reprint_of = ? WHERE id = ?", original, id); err != nil {
				return err
			}
		}
		return nil
	})
}
