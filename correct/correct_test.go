package correct

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery"

	"pgregory.net/rapid"
)

// text has eight sentences of eight words of four letters.
var text = strings.Repeat("word word word word word word word word. ", 8)

func sentence(i int) chancery.ByteRange { return chancery.ByteRange{Start: 41 * i, End: 41*i + 40} }

func word(i, k int) chancery.ByteRange {
	return chancery.ByteRange{Start: 41*i + 5*k, End: 41*i + 5*k + 4}
}

func party(code string) chancery.Party {
	return chancery.Party{Code: code, Name: strings.ToLower(code)}
}

// act is an event on word k of sentence i.
func act(i, k int, t chancery.EventType, status chancery.Status, actor, recipient string) chancery.Event {
	e := chancery.Event{Sentence: sentence(i), Trigger: word(i, k), Type: t, Status: status, Actors: []chancery.Party{party(actor)}, Recipients: []chancery.Party{party(recipient)},
		Probability: .8, Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: sentence(i)}, {Role: chancery.RoleTrigger, ByteRange: word(i, k)}}}
	e.ID = chancery.RecordID("a", "event", e.Evidence, e)
	return e
}

func reading(version string, events ...chancery.Event) *chancery.Reading {
	return &chancery.Reading{Article: "a", Version: version, Events: events}
}

func said(n int64, verdict chancery.Verdict, e chancery.Event, amendment string) chancery.Correction {
	was, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	c := chancery.Correction{Number: n, Record: e.ID, Article: "a", Kind: "event", Verdict: verdict, Was: was, Who: "reader", When: time.Unix(n, 0).UTC()}
	if amendment != "" {
		c.Amendment = json.RawMessage(amendment)
	}
	return c
}

func takeBack(n, of int64, e chancery.Event) chancery.Correction {
	c := said(n, chancery.Withdrawn, e, "")
	c.Withdraws = of
	return c
}

func TestFollow(t *testing.T) {
	offer := act(0, 2, chancery.Agree, chancery.Offered, "USA", "PAK")
	for _, c := range []struct {
		name           string
		earlier, later []chancery.Event
		want           int // place in later of what the first of earlier is now, -1 for nothing
	}{
		{"itself", []chancery.Event{offer}, []chancery.Event{offer}, 0},
		{"another status on the same word", []chancery.Event{offer}, []chancery.Event{act(0, 2, chancery.Agree, chancery.Agreed, "USA", "PAK")}, 0},
		{"other content on the same word", []chancery.Event{offer}, []chancery.Event{act(0, 2, chancery.Assault, chancery.Happened, "IND", "CHN")}, -1},
		{"the same content on another word of the sentence", []chancery.Event{offer}, []chancery.Event{act(0, 5, chancery.Agree, chancery.Offered, "USA", "PAK")}, 0},
		{"half of it on another word of the sentence", []chancery.Event{offer}, []chancery.Event{act(0, 5, chancery.Agree, chancery.Agreed, "USA", "IND")}, -1},
		{"the same content in another sentence", []chancery.Event{offer}, []chancery.Event{act(1, 2, chancery.Agree, chancery.Offered, "USA", "PAK")}, -1},
		{"the more alike of two", []chancery.Event{offer}, []chancery.Event{act(0, 2, chancery.Agree, chancery.Agreed, "USA", "IND"), act(0, 3, chancery.Agree, chancery.Offered, "USA", "PAK")}, 1},
		{"one that was there beside it is another", []chancery.Event{offer, act(0, 2, chancery.Agree, chancery.Agreed, "USA", "PAK")}, []chancery.Event{act(0, 2, chancery.Agree, chancery.Agreed, "USA", "PAK")}, -1},
		{"one that a neighbour is more like is the neighbour's", []chancery.Event{offer, act(0, 2, chancery.Agree, chancery.Agreed, "USA", "PAK")},
			[]chancery.Event{func() chancery.Event {
				e := act(0, 2, chancery.Agree, chancery.Agreed, "USA", "PAK")
				e.Probability, e.ID = .7, "" // another id, the same content
				e.ID = chancery.RecordID("a", "event", e.Evidence, e)
				return e
			}()}, -1},
	} {
		got := Follow(reading("1", c.earlier...), reading("2", c.later...))[c.earlier[0].ID]
		want := ""
		if c.want >= 0 {
			want = c.later[c.want].ID
		}
		if got != want {
			t.Errorf("%s: follows to %q, want %q", c.name, got, want)
		}
	}
}

// TestKinds: every kind of record follows a small change and no other kind.
func TestKinds(t *testing.T) {
	e1, e2 := act(0, 1, chancery.Agree, chancery.Offered, "USA", "PAK"), act(0, 4, chancery.Request, chancery.Requested, "USA", "PAK")
	at := []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: sentence(0)}}
	earlier := &chancery.Reading{Version: "1", Events: []chancery.Event{e1, e2},
		Exchanges: []chancery.Exchange{{ID: "x1", Legs: []string{e1.ID, e2.ID}, Evidence: append(at, chancery.Evidence{Role: chancery.RoleTie, ByteRange: word(0, 3)})}},
		Quotes:    []chancery.Quote{{ID: "q1", Sentence: sentence(0), Text: word(0, 0), Speaker: party("USA")}},
		Figures:   []chancery.Figure{{ID: "f1", Sentence: sentence(0), Value: word(0, 5), Number: 5, Unit: "USD", Of: word(0, 6)}},
		Forecasts: []chancery.Forecast{{ID: "p1", Sentence: sentence(0), About: word(0, 7), Holder: party("USA"), Hedge: "will"}}}
	n1, n2 := act(0, 1, chancery.Agree, chancery.Agreed, "USA", "PAK"), act(0, 4, chancery.Request, chancery.Offered, "USA", "PAK")
	later := &chancery.Reading{Version: "2", Events: []chancery.Event{n1, n2},
		Exchanges: []chancery.Exchange{{ID: "x2", Legs: []string{n1.ID, n2.ID}, Evidence: append(at, chancery.Evidence{Role: chancery.RoleTie, ByteRange: word(0, 3)})}},
		Quotes:    []chancery.Quote{{ID: "q2", Sentence: sentence(0), Text: chancery.ByteRange{Start: 0, End: 9}, Speaker: party("USA")}},
		Figures:   []chancery.Figure{{ID: "f2", Sentence: sentence(0), Value: word(0, 5), Number: 5, Unit: "USD", Of: word(0, 7)}},
		Forecasts: []chancery.Forecast{{ID: "p2", Sentence: sentence(0), About: word(0, 7), Holder: party("USA"), Hedge: "would"}}}
	want := map[string]string{e1.ID: n1.ID, e2.ID: n2.ID, "x1": "x2", "f1": "f2", "p1": "p2", "q1": "q2"}
	if got := Follow(earlier, later); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestResolve(t *testing.T) {
	a, b := act(0, 2, chancery.Agree, chancery.Offered, "USA", "PAK"), act(1, 2, chancery.Accuse, chancery.Happened, "IND", "PAK")
	a2 := act(0, 2, chancery.Agree, chancery.Agreed, "USA", "PAK")
	standing := func(all []Standing) string {
		var out []string
		for _, s := range all {
			force := ""
			if s.InForce {
				force = " in force"
			}
			out = append(out, string(s.State)+force)
		}
		return strings.Join(out, ", ")
	}
	for _, c := range []struct {
		name    string
		said    []chancery.Correction
		current *chancery.Reading
		earlier []*chancery.Reading
		want    string
	}{
		{"the reading it was made on", []chancery.Correction{said(1, chancery.Rejected, a, "")}, reading("1", a, b), nil, "applies in force"},
		{"a later one overrides", []chancery.Correction{said(1, chancery.Rejected, a, ""), said(2, chancery.Confirmed, a, "")}, reading("1", a, b), nil, "applies, applies in force"},
		{"withdrawn", []chancery.Correction{said(1, chancery.Rejected, a, ""), takeBack(2, 1, a)}, reading("1", a, b), nil, "applies, applies"},
		{"the one before counts again", []chancery.Correction{said(1, chancery.Confirmed, a, ""), said(2, chancery.Rejected, a, ""), takeBack(3, 2, a)}, reading("1", a, b), nil, "applies in force, applies, applies"},
		{"follows", []chancery.Correction{said(1, chancery.Rejected, a, "")}, reading("2", a2, b), []*chancery.Reading{reading("1", a, b)}, "follows in force"},
		{"follows, though no reading is left that had it", []chancery.Correction{said(1, chancery.Rejected, a, "")}, reading("2", a2, b), nil, "follows in force"},
		{"what is said of the new record overrides what followed to it", []chancery.Correction{said(1, chancery.Rejected, a, ""), said(2, chancery.Confirmed, a2, "")}, reading("2", a2, b), []*chancery.Reading{reading("1", a, b)}, "follows, applies in force"},
		{"lost", []chancery.Correction{said(1, chancery.Rejected, a, "")}, reading("2", b), []*chancery.Reading{reading("1", a, b)}, "no longer fits"},
		{"back again", []chancery.Correction{said(1, chancery.Rejected, a, "")}, reading("3", a, b), []*chancery.Reading{reading("1", a, b), reading("2", b)}, "applies in force"},
		{"no reading", []chancery.Correction{said(1, chancery.Rejected, a, "")}, nil, nil, "no longer fits"},
		{"the new reading has what the amendment wanted", []chancery.Correction{said(1, chancery.Amended, a, `{"type":"ACCUSE","status":"happened","actors":[{"code":"IND","name":"ind"}]}`)},
			reading("2", act(0, 2, chancery.Accuse, chancery.Happened, "IND", "PAK")), []*chancery.Reading{reading("1", a)}, "follows in force"},
	} {
		if got := standing(Resolve(c.said, c.current, c.earlier)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if s := Resolve([]chancery.Correction{said(1, chancery.Confirmed, a, "")}, reading("2", a2), []*chancery.Reading{reading("1", a)})[0]; !slices.Equal(s.Differs, []string{"status"}) {
		t.Errorf("differs in %v, want status", s.Differs)
	}
}

func TestApply(t *testing.T) {
	a, b, d := act(0, 2, chancery.Agree, chancery.Offered, "USA", "PAK"), act(0, 5, chancery.Request, chancery.Requested, "USA", "PAK"), act(1, 1, chancery.Accuse, chancery.Happened, "IND", "PAK")
	x := chancery.Exchange{ID: "x1", Legs: []string{a.ID, b.ID}, Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: sentence(0)}}}
	a.Exchange, b.Exchange = "x1", "x1"
	r := reading("1", a, b, d)
	r.Exchanges = []chancery.Exchange{x}
	before, _ := json.Marshal(r)

	as, verdicts := Apply(r, Resolve([]chancery.Correction{said(1, chancery.Rejected, b, ""), said(2, chancery.Amended, a, `{"status":"agreed"}`), said(3, chancery.Confirmed, d, "")}, r, nil), text)
	if len(as.Events) != 2 || as.Events[0].ID != a.ID || as.Events[0].Status != chancery.Agreed || as.Events[0].Exchange != "" || len(as.Exchanges) != 0 {
		t.Errorf("%+v", as)
	}
	if want := map[string]chancery.Verdict{a.ID: chancery.Amended, b.ID: chancery.Rejected, d.ID: chancery.Confirmed}; !reflect.DeepEqual(verdicts, want) {
		t.Errorf("verdicts %v", verdicts)
	}
	if after, _ := json.Marshal(r); string(after) != string(before) {
		t.Error("the reading itself was changed")
	}
	// A changed type takes with it what only follows from the type.
	as, _ = Apply(r, Resolve([]chancery.Correction{said(1, chancery.Amended, d, `{"type":"ASSAULT"}`)}, r, nil), text)
	if e := as.Events[2]; e.Type != chancery.Assault || e.Intensity >= 0 || e.CAMEO != "190" {
		t.Errorf("%+v", e)
	}
	// null empties a field, what is left out stays.
	good := d
	good.Good = &chancery.Good{Kind: "arms", Phrase: word(1, 3), Status: chancery.Offered}
	as, _ = Apply(reading("1", good), Resolve([]chancery.Correction{said(1, chancery.Amended, good, `{"good":null}`)}, reading("1", good), nil), text)
	if e := as.Events[0]; e.Good != nil || e.Type != chancery.Accuse || len(e.Actors) != 1 {
		t.Errorf("%+v", e)
	}
}

func TestCheck(t *testing.T) {
	a := act(0, 2, chancery.Agree, chancery.Offered, "USA", "PAK")
	for _, c := range []struct {
		amendment string
		want      error
	}{
		{`{"status":"agreed"}`, nil},
		{`{"status":"agreed","evidence":null}`, chancery.ErrEvidence},
		{`{"status":"maybe"}`, chancery.ErrInvalid},
		{`{"type":7}`, chancery.ErrInvalid},
		{`{"status":"offered"}`, chancery.ErrInvalid}, // changes nothing
		{`{"id":"e1"}`, chancery.ErrInvalid},
		{`{"colour":"red"}`, chancery.ErrInvalid},
		{`["agreed"]`, chancery.ErrInvalid},
		{`{"trigger":{"start":9000,"end":9001}}`, chancery.ErrEvidence},
		{`{"probability":7}`, chancery.ErrInvalid},
	} {
		if err := Check(said(1, chancery.Amended, a, c.amendment), text); !errors.Is(err, c.want) || err != nil && c.want == nil {
			t.Errorf("%s: %v, want %v", c.amendment, err, c.want)
		}
	}
}

// drawn is a reading of events in random places, each on a word of its own.
func drawn(t *rapid.T, version string) *chancery.Reading {
	r := reading(version)
	codes := []string{"USA", "PAK", "IND", "CHN"}
	for i := range 6 {
		for k := range 8 {
			if rapid.IntRange(0, 3).Draw(t, "here") == 0 {
				r.Events = append(r.Events, act(i, k, rapid.SampledFrom(chancery.EventTypes()).Draw(t, "type"), rapid.SampledFrom(chancery.Statuses()).Draw(t, "status"),
					rapid.SampledFrom(codes).Draw(t, "actor"), rapid.SampledFrom(codes).Draw(t, "recipient")))
			}
		}
	}
	return r
}

// TestFollowProperties: each record follows to at most one and is followed to by
// at most one, of its kind, in an overlapping sentence, whatever the order.
func TestFollowProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		earlier, later := drawn(t, "1"), drawn(t, "2")
		got := Follow(earlier, later)
		at := map[string]chancery.Event{}
		for _, e := range append(slices.Clone(earlier.Events), later.Events...) {
			at[e.ID] = e
		}
		used := map[string]bool{}
		for from, to := range got {
			if used[to] {
				t.Fatalf("two records follow to %s", to)
			}
			used[to] = true
			if !at[from].Sentence.Overlaps(at[to].Sentence) {
				t.Fatalf("%s follows to another sentence", from)
			}
		}
		for _, e := range later.Events {
			if slices.ContainsFunc(earlier.Events, func(o chancery.Event) bool { return o.ID == e.ID }) && got[e.ID] != e.ID {
				t.Fatalf("%s stands in both and follows to %q", e.ID, got[e.ID])
			}
		}
		slices.Reverse(earlier.Events)
		slices.Reverse(later.Events)
		if again := Follow(earlier, later); !reflect.DeepEqual(got, again) {
			t.Fatalf("another order gives %v, not %v", again, got)
		}
	})
}

// TestFollowsSmallChanges: when a new reading has one field of every record
// otherwise, so that all ids change, every correction follows to its record.
func TestFollowsSmallChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		earlier := drawn(t, "1")
		later := reading("2")
		var all []chancery.Correction
		for i, e := range earlier.Events {
			all = append(all, said(int64(i+1), chancery.Rejected, e, ""))
			e.Probability = .5
			e.ID = ""
			e.ID = chancery.RecordID("a", "event", e.Evidence, e)
			later.Events = append(later.Events, e)
		}
		for i, s := range Resolve(all, later, []*chancery.Reading{earlier}) {
			if s.State != Follows || s.Now != later.Events[i].ID || !s.InForce {
				t.Fatalf("correction %d: %+v, want to follow to %s", i+1, s, later.Events[i].ID)
			}
		}
	})
}

// TestWithdrawingRestores: whatever was said, once all of it is taken back the
// reading stands as it was read.
func TestWithdrawingRestores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawn(t, "1")
		var all []chancery.Correction
		for _, e := range r.Events {
			n := int64(len(all) + 1)
			switch rapid.IntRange(0, 3).Draw(t, "verdict") {
			case 0:
				all = append(all, said(n, chancery.Rejected, e, ""))
			case 1:
				all = append(all, said(n, chancery.Confirmed, e, ""))
			case 2:
				all = append(all, said(n, chancery.Amended, e, `{"place":"Here"}`))
			}
		}
		as, verdicts := Apply(r, Resolve(all, r, nil), text)
		for _, e := range as.Events {
			switch verdicts[e.ID] {
			case chancery.Rejected:
				t.Fatalf("%s was rejected and stands", e.ID)
			case chancery.Amended:
				if e.Place != "Here" {
					t.Fatalf("%s was amended and stands as it was", e.ID)
				}
			}
		}
		for _, c := range all {
			if c.Verdict != chancery.Withdrawn {
				n := int64(len(all) + 1)
				back := c
				back.Number, back.Verdict, back.Amendment, back.Withdraws = n, chancery.Withdrawn, nil, c.Number
				all = append(all, back)
			}
		}
		restored, verdicts := Apply(r, Resolve(all, r, nil), text)
		want, _ := json.Marshal(r)
		if got, _ := json.Marshal(restored); string(got) != string(want) || len(verdicts) != 0 {
			t.Fatalf("after taking all back %s, want %s", got, want)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add(`{"status":"agreed"}`)
	f.Add(`{"good":{"kind":"arms","phrase":{"start":-1}}}`)
	a := act(0, 2, chancery.Agree, chancery.Offered, "USA", "PAK")
	f.Fuzz(func(t *testing.T, amendment string) {
		c := said(1, chancery.Amended, a, amendment)
		if Check(c, text) != nil {
			return
		}
		r := reading("1", a)
		as, _ := Apply(r, Resolve([]chancery.Correction{c}, r, nil), text)
		if err := as.Validate(text); err != nil {
			t.Fatalf("what passed makes a reading that does not: %v", fmt.Errorf("%s: %w", amendment, err))
		}
	})
}
