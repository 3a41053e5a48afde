package ledger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"chancery"
	"chancery/coder/ledger"

	"pgregory.net/rapid"
)

// entry makes an event with a good out of a short article of its own.
func entry(id, giver, receiver string, kind chancery.GoodKind, phrase string, status chancery.Status, day, exchange string) ledger.Entry {
	d, err := chancery.ParseDate(day)
	if err != nil {
		panic(err)
	}
	text := phrase + "."
	a := &chancery.Article{ID: "a" + id, Name: "article " + id, Published: d, Text: text}
	e := &chancery.Event{ID: "e" + id, Status: status, Date: d, Exchange: exchange, Sentence: chancery.ByteRange{End: len(text)},
		Good: &chancery.Good{Kind: kind, Phrase: chancery.ByteRange{End: len(phrase)}, Giver: chancery.Party{Code: giver}, Receiver: chancery.Party{Code: receiver}, Status: status}}
	return ledger.Entry{Article: a, Event: e}
}

func TestKeep(t *testing.T) {
	entries := []ledger.Entry{
		entry("1", "NORGOV", "KEN", "arms", "ten patrol boats", chancery.Offered, "2024-01-10", "x1"),
		entry("2", "KENMIL", "NOR", "port", "the use of a harbour", chancery.Requested, "2024-01-10", "x1"),
		entry("3", "NOR", "KEN", "arms", "the patrol boats", chancery.Agreed, "2024-03-02", ""),
		entry("4", "NOR", "KEN", "arms", "patrol boats", chancery.Offered, "2024-03-05", ""), // told again
		entry("5", "NOR", "KEN", "arms", "four of the boats", chancery.Delivered, "2024-06-01", ""),
		entry("6", "NOR", "KEN", "arms", "helicopters", chancery.Offered, "2024-02-01", ""),
		entry("7", "KEN", "NOR", "port", "the harbour", chancery.Refused, "2024-07-01", ""),
		entry("8", "CHN", "KEN", "arms", "patrol boats", chancery.Delivered, "2024-01-01", ""), // another account
	}
	a := ledger.Keep(entries, "NOR", "KEN")
	if len(a.GivesA) != 2 || len(a.GivesB) != 1 {
		t.Fatalf("%d and %d lines, want 2 and 1", len(a.GivesA), len(a.GivesB))
	}
	boats, helicopters, harbour := a.GivesA[0], a.GivesA[1], a.GivesB[0]
	if boats.Status != chancery.Delivered || boats.Since.String() != "2024-06-01" || len(boats.Steps) != 4 || boats.IsOpen() {
		t.Errorf("boats stand as %s since %s after %d steps", boats.Status, boats.Since, len(boats.Steps))
	}
	changes := 0
	for _, s := range boats.Steps {
		if s.Changes {
			changes++
		}
	}
	if changes != 3 {
		t.Errorf("%d steps move the boats on, want 3", changes)
	}
	if !helicopters.IsOpen() {
		t.Errorf("helicopters stand as %s", helicopters.Status)
	}
	if age, ok := helicopters.Age(time.Date(2024, 2, 11, 0, 0, 0, 0, time.UTC)); !ok || age != 10*24*time.Hour {
		t.Errorf("helicopters are open for %v, %v", age, ok)
	}
	if harbour.Status != chancery.Refused {
		t.Errorf("the harbour stands as %s", harbour.Status)
	}
	if !slices.Contains(boats.InReturn, harbour) || !slices.Contains(harbour.InReturn, boats) {
		t.Error("boats and harbour are not in return for each other")
	}
}

func TestStand(t *testing.T) {
	for _, c := range []struct {
		name  string
		steps []chancery.Status
		want  chancery.Status
	}{
		{"an offer told after the delivery", []chancery.Status{chancery.Offered, chancery.Delivered, chancery.Offered}, chancery.Delivered},
		{"refused, then agreed", []chancery.Status{chancery.Requested, chancery.Refused, chancery.Agreed}, chancery.Agreed},
		{"refused, then asked again", []chancery.Status{chancery.Requested, chancery.Refused, chancery.Requested}, chancery.Refused},
		{"agreed, then broken", []chancery.Status{chancery.Agreed, chancery.Reneged}, chancery.Reneged},
		{"an idea only", []chancery.Status{chancery.Proposed}, chancery.Proposed},
	} {
		var entries []ledger.Entry
		for i, s := range c.steps {
			entries = append(entries, entry(fmt.Sprint(i), "NOR", "KEN", "arms", "patrol boats", s, fmt.Sprintf("2024-01-%02d", i+1), ""))
		}
		a := ledger.Keep(entries, "NOR", "KEN")
		if len(a.GivesA) != 1 || a.GivesA[0].Status != c.want {
			t.Errorf("%s: %d lines, the first stands as %s; want %s", c.name, len(a.GivesA), a.GivesA[0].Status, c.want)
		}
	}
}

// TestOrder: the order in which entries come does not change the account, and
// every entry of the two parties is a step of one line.
func TestOrder(t *testing.T) {
	phrases := []string{"patrol boats", "ten boats", "helicopters", "a loan", "wheat", "the wheat and rice"}
	kinds := []chancery.GoodKind{"arms", "aid", "finance"}
	rapid.Check(t, func(t *rapid.T) {
		var entries []ledger.Entry
		for i := range rapid.IntRange(1, 12).Draw(t, "entries") {
			sides := [2]string{"NOR", "KEN"}
			if rapid.Bool().Draw(t, "turn") {
				sides = [2]string{"KENGOV", "NOR"}
			}
			entries = append(entries, entry(fmt.Sprint(i), sides[0], sides[1], rapid.SampledFrom(kinds).Draw(t, "kind"), rapid.SampledFrom(phrases).Draw(t, "phrase"),
				rapid.SampledFrom(chancery.Statuses()).Draw(t, "status"), fmt.Sprintf("2024-%02d", rapid.IntRange(1, 12).Draw(t, "month")), ""))
		}
		show := func(a *ledger.Account) string {
			var out string
			for _, l := range a.Lines() {
				out += fmt.Sprintf("%s %s %s %s %s:", l.Giver.Code, l.Kind, l.Phrase, l.Status, l.Since)
				for _, s := range l.Steps {
					out += " " + s.Entry.Event.ID
				}
				out += "\n"
			}
			return out
		}
		a := ledger.Keep(entries, "NOR", "KEN")
		steps := 0
		for _, l := range a.Lines() {
			steps += len(l.Steps)
		}
		if steps != len(entries) {
			t.Fatalf("%d steps of %d entries", steps, len(entries))
		}
		mixed := slices.Clone(entries)
		slices.Reverse(mixed)
		if one, two := show(a), show(ledger.Keep(mixed, "NOR", "KEN")); one != two {
			t.Fatalf("in the other order:\n%s\nwas:\n%s", two, one)
		}
	})
}
