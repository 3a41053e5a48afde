package coder_test

import (
	"encoding/json"
	"sync"
	"testing"

	"chancery"
	"chancery/coder"

	"pgregory.net/rapid"
)

const passage = `NAIROBI -- Kenya's president met his Ugandan counterpart on Monday, 3 March 2025.

According to the ministry, Kenya offered Uganda 20 million dollars for a new railway. In return, it asked Uganda to lower its tariffs on milk.

"We will answer soon," Foreign Minister Jan Novak told reporters. Tanzania condemned the deal and threatened to recall its ambassador from Kenya.`

func load(t testing.TB) *coder.Coder {
	t.Helper()
	c, err := coder.New(coder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReadIsTheSameFromAnyNumberOfGoroutines(t *testing.T) {
	c := load(t)
	a := &chancery.Article{Name: "passage", Text: passage, Published: chancery.Date{Year: 2025, Month: 3, Day: 4}}
	want, err := c.Read(a)
	if err != nil {
		t.Fatal(err)
	}
	first, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			r, err := c.Read(a)
			if err != nil {
				t.Error(err)
				return
			}
			if b, _ := json.Marshal(r); string(b) != string(first) {
				t.Errorf("two readings differ:\n%s\n%s", first, b)
			}
		})
	}
	wait.Wait()
	if len(want.Events) < 4 || len(want.Actors) == 0 || len(want.Quotes) != 1 {
		t.Errorf("%d events, %d actors, %d quotes in the passage", len(want.Events), len(want.Actors), len(want.Quotes))
	}
	seen := make(map[string]bool)
	for _, e := range want.Events {
		if seen[e.ID] {
			t.Errorf("two events with the id %s", e.ID)
		}
		seen[e.ID] = true
		if len(e.Reasons) == 0 && e.Good == nil {
			t.Errorf("%s: nothing says why", e.Trigger.Of(passage))
		}
	}
	for _, x := range want.Exchanges {
		for _, leg := range x.Legs {
			if !seen[leg] {
				t.Errorf("exchange %s has a leg %q that is no event", x.ID, leg)
			}
		}
	}
}

func TestReadTakesAnyText(t *testing.T) {
	c := load(t)
	words := rapid.SampledFrom([]string{"Iran", "attacked", "Iraq", "said", "that", "it", "would", "lift", "sanctions", "on", "Peru", ".", "\n", ",", "“", "”", "and", "between", "talks", "$5", "million", "é", "Trump's", "--", "not", "if", "in 2025"})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, w := range rapid.SliceOfN(words, 0, 40).Draw(t, "words") {
			text += w + " "
		}
		if _, err := c.Read(&chancery.Article{Name: "drawn", Text: text}); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

func FuzzRead(f *testing.F) {
	c := load(f)
	f.Add(passage)
	f.Add("")
	f.Add("PARIS - ")
	f.Add("\xff\xfe Iran attacked Iraq.")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4000 {
			return
		}
		// Read checks every range of the reading against the text.
		if _, err := c.Read(&chancery.Article{Name: "fuzz", Text: text}); err != nil {
			t.Fatal(err)
		}
	})
}
