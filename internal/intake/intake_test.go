package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"

	"chancery"
	"chancery/acquire"
	"chancery/export"
	"chancery/store/sqlite"
)

// codeOffers makes an event of every "offered" in an article: enough of a reading to
// see whether the right one was stored.
func codeOffers(a *chancery.Article) (chancery.Reading, error) {
	r := chancery.Reading{Article: a.ID}
	switch {
	case strings.Contains(a.Text, "unreadable"):
		return r, errors.New("cannot be coded")
	case strings.Contains(a.Text, "dreadful"):
		panic("cannot happen")
	}
	for at := 0; ; {
		i := strings.Index(a.Text[at:], "offered")
		if i < 0 {
			return r, nil
		}
		trigger := chancery.ByteRange{Start: at + i, End: at + i + len("offered")}
		sentence := chancery.ByteRange{Start: strings.LastIndex(a.Text[:trigger.Start], "\n") + 1, End: trigger.End}
		e := chancery.Event{Sentence: sentence, Trigger: trigger, Type: chancery.Agree, Status: chancery.Offered, Probability: 0.5,
			Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: sentence}, {Role: chancery.RoleTrigger, ByteRange: trigger}}}
		e.ID = chancery.RecordID(a.ID, "event", e.Evidence, e)
		r.Events = append(r.Events, e)
		at = trigger.End
	}
}

var nouns = strings.Fields("frigate harbour tariff minister railway envoy treaty border senate pipeline grain cable summit island garrison mineral airfield embassy")

// story is some paragraphs of prose, the same for the same seed.
func story(seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 7))
	noun := func() string { return nouns[rng.IntN(len(nouns))] }
	var b strings.Builder
	for range 4 {
		for range 3 {
			fmt.Fprintf(&b, "The %s of the northern %s has offered the %s a new %s after the long %s of %d. ", noun(), noun(), noun(), noun(), noun(), 1900+rng.IntN(120))
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func item(name, text string) acquire.Item {
	return acquire.Item{Path: "in/" + name + ".txt", Name: name, Kind: acquire.Text, Line: 1, Data: []byte(text)}
}

func walk(items ...acquire.Item) iter.Seq2[acquire.Item, error] {
	return func(yield func(acquire.Item, error) bool) {
		for _, i := range items {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func open(t testing.TB) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "record.db"), sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func exported(t testing.TB, s *sqlite.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Write(context.Background(), &b, s, export.Kinds(), sqlite.Filter{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func some(n int) []acquire.Item {
	var items []acquire.Item
	for i := range n {
		items = append(items, item(fmt.Sprintf("%03d", i), story(uint64(i))))
	}
	// A reprint of 003, a copy of 005 under another name.
	items = append(items, item("copy", story(5)), item("reprint", "A word from the editor of these pages about it.\n\n"+story(3)))
	return items
}

func TestWorkersAndOrder(t *testing.T) {
	ctx := context.Background()
	items := some(40)
	var want string
	for n, o := range []Options{{Workers: 1}, {Workers: 8}, {Workers: 3}} {
		o.Code, o.Version = codeOffers, "1"
		rng := rand.New(rand.NewPCG(uint64(n), 1))
		if n == 2 { // arriving in another order, in two runs
			rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		}
		s := open(t)
		half := n * 7
		if _, err := Read(ctx, s, walk(items[:half]...), o); err != nil {
			t.Fatal(err)
		}
		r, err := Read(ctx, s, walk(items[half:]...), o)
		if err != nil || len(r.Problems) > 0 || r.Reprints != 1 {
			t.Fatalf("%d workers: got %+v, %v", o.Workers, r, err)
		}
		got := exported(t, s)
		if n == 0 {
			if want = got; strings.Count(got, `"record":"article"`) != 41 || !strings.Contains(got, `"record":"event"`) {
				t.Fatalf("exported: %.2000s", got)
			}
		}
		if got != want {
			t.Errorf("%d workers export %d bytes, 1 worker %d, not the same", o.Workers, len(got), len(want))
		}
		// Reading again adds nothing.
		r, err = Read(ctx, s, walk(items...), o)
		if err != nil || r.New != 0 || r.Coded != 0 || r.Known != len(items) || r.Articles != len(items) {
			t.Errorf("again: got %+v, %v", r, err)
		}
		if again := exported(t, s); again != want {
			t.Errorf("reading again changed the record")
		}
	}
}

func TestTrouble(t *testing.T) {
	french := strings.Repeat("Le gouvernement a annoncé hier que les négociations avec les pays voisins reprendraient la semaine prochaine dans la capitale. ", 6)
	items := func(yield func(acquire.Item, error) bool) {
		_ = yield(item("a", story(1)), nil) &&
			yield(item("b", "This is an unreadable story about a minister who went to the harbour and the garrison, and came back with a treaty."), nil) &&
			yield(acquire.Item{}, &acquire.Problem{Path: "in/c.txt", Err: errors.New("no permission to read it")}) &&
			yield(item("d", "This is a dreadful story about a minister who went to the harbour and the garrison, and came back with a treaty."), nil) &&
			yield(item("e", ""), nil) &&
			yield(item("f", french), nil) &&
			yield(item("g", story(2)), nil)
	}
	s := open(t)
	var told []string
	var last Progress
	r, err := Read(context.Background(), s, items, Options{Code: codeOffers, Version: "1", Workers: 2,
		Progress: func(p Progress) { last = p },
		Stored:   func(o Outcome) { told = append(told, fmt.Sprint(o.Article.Name, o.New, o.Coded)) }})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range r.Problems {
		got = append(got, p.Error())
		if strings.Contains(p.Error(), "\n") {
			t.Errorf("a problem of several lines: %q", p)
		}
	}
	want := []string{
		`in/b.txt: article "b" is stored but was not coded: cannot be coded`,
		`in/c.txt: no permission to read it`,
		`in/d.txt: article "d" is stored but was not coded: a mistake in the program, please report it with the article: cannot happen`,
		`in/e.txt: the file is empty`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("problems: got %q\nwant %q", got, want)
	}
	if want := []string{"atrue true", "btrue false", "dtrue false", "ftrue false", "gtrue true"}; !reflect.DeepEqual(told, want) {
		t.Errorf("told of %q, want %q", told, want)
	}
	if len(r.Foreign) != 1 || r.Foreign[0] != (Foreign{"in/f.txt", "f", "fr"}) || r.Articles != 5 || r.New != 5 || r.Coded != 2 || r.Known != 0 {
		t.Errorf("report: got %+v", r)
	}
	if last.Items != 6 || last.Articles != 5 || last.Events != len(mustCode(t, story(1)).Events)+len(mustCode(t, story(2)).Events) {
		t.Errorf("progress: got %+v", last)
	}
	// What could not be coded is tried again, what could is not.
	r, err = Read(context.Background(), s, items, Options{Code: codeOffers, Version: "1"})
	if err != nil || r.New != 0 || r.Coded != 0 || r.Known != 2 || len(r.Problems) != 4 {
		t.Errorf("again: got %+v, %v", r, err)
	}
	// A new version codes all again and keeps the old readings.
	r, err = Read(context.Background(), s, items, Options{Code: codeOffers, Version: "2"})
	if err != nil || r.New != 0 || r.Coded != 2 {
		t.Errorf("another version: got %+v, %v", r, err)
	}
}

func mustCode(t *testing.T, text string) chancery.Reading {
	t.Helper()
	r, err := codeOffers(&chancery.Article{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestStopped holds that a run that is stopped anywhere keeps whole articles
// from the beginning of the walk, and that going on ends as if never stopped.
func TestStopped(t *testing.T) {
	items := some(30)
	whole := open(t)
	if _, err := Read(context.Background(), whole, walk(items...), Options{Code: codeOffers, Version: "1"}); err != nil {
		t.Fatal(err)
	}
	want := exported(t, whole)
	for _, after := range []int64{0, 1, 7, 20, 29} {
		s := open(t)
		ctx, cancel := context.WithCancel(context.Background())
		var coded atomic.Int64
		o := Options{Version: "1", Workers: 4, Code: func(a *chancery.Article) (chancery.Reading, error) {
			if coded.Add(1) > after {
				cancel()
			}
			return codeOffers(a)
		}}
		r, err := Read(ctx, s, walk(items...), o)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped after %d: got %+v, %v", after, r, err)
		}
		n, err := s.Count(context.Background(), "", sqlite.Filter{})
		if err != nil || n != r.New {
			t.Errorf("stopped after %d: %d articles are stored, the report says %d, %v", after, n, r.New, err)
		}
		if _, err := Read(context.Background(), s, walk(items...), Options{Code: codeOffers, Version: "1"}); err != nil {
			t.Fatal(err)
		}
		if got := exported(t, s); got != want {
			t.Errorf("stopped after %d and gone on: not the record of a run that was not stopped", after)
		}
	}
}

// TestFull holds that a full disk stops the run with one sentence and leaves
// what was stored.
func TestFull(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "record.db")
	s, err := sqlite.Open(ctx, path, sqlite.Options{Create: true, MaxPages: 200})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := Read(ctx, s, walk(some(60)...), Options{Code: codeOffers, Version: "1"})
	if !errors.Is(err, sqlite.ErrFull) || r.New == 0 {
		t.Fatalf("got %+v, %v", r, err)
	}
	s.Close()
	s, err = sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n, err := s.Count(ctx, "", sqlite.Filter{}); err != nil || n != r.New {
		t.Errorf("%d articles are stored, the report says %d, %v", n, r.New, err)
	}
	r, err = Read(ctx, s, walk(some(60)...), Options{Code: codeOffers, Version: "1"})
	if err != nil || r.Known == 0 || r.Known+r.Coded < 60 {
		t.Errorf("with room again: got %+v, %v", r, err)
	}
}
