package chancery_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"chancery"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in   string
		want chancery.Date
		bad  bool
	}{
		{"", chancery.Date{}, false},
		{"2025", chancery.Date{Year: 2025}, false},
		{"2025-06", chancery.Date{Year: 2025, Month: 6}, false},
		{"2025-06-18", chancery.Date{Year: 2025, Month: 6, Day: 18}, false},
		{"2025-06-18T10:20:30Z", chancery.Date{Year: 2025, Month: 6, Day: 18}, false},
		{"2025-02-30", chancery.Date{}, true},
		{"2025-13", chancery.Date{}, true},
		{"2025-00", chancery.Date{}, true},
		{"2025-06-18-01", chancery.Date{}, true},
		{"June 2025", chancery.Date{}, true},
	} {
		got, err := chancery.ParseDate(c.in)
		if got != c.want || (err != nil) != c.bad {
			t.Errorf("ParseDate(%q) = %v, %v; want %v, error %v", c.in, got, err, c.want, c.bad)
		}
		if c.bad && !errors.Is(err, chancery.ErrInvalid) {
			t.Errorf("ParseDate(%q): error %v is not ErrInvalid", c.in, err)
		}
	}
}

func TestDateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(rapid.IntRange(1, 9998).Draw(t, "year"), 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 364).Draw(t, "day"))
		d := chancery.DateOf(day)
		switch rapid.IntRange(0, 2).Draw(t, "exactness") {
		case 0:
			d.Month, d.Day = 0, 0
		case 1:
			d.Day = 0
		}
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var back chancery.Date
		if err := json.Unmarshal(b, &back); err != nil || back != d {
			t.Fatalf("%s -> %v, %v", b, back, err)
		}
		if d.First().After(day) || d.Last().Before(day) || !d.Overlaps(chancery.DateOf(day)) {
			t.Fatalf("%v does not hold %v", d, day)
		}
	})
}

func TestByteRangeCheck(t *testing.T) {
	const text = "a “b” c"
	for _, c := range []struct {
		r  chancery.ByteRange
		ok bool
	}{
		{chancery.ByteRange{Start: 0, End: 1}, true},
		{chancery.ByteRange{Start: 2, End: 9}, true},
		{chancery.ByteRange{Start: 0, End: len(text)}, true},
		{chancery.ByteRange{Start: 3, End: 9}, false},             // inside the opening mark
		{chancery.ByteRange{Start: 0, End: 4}, false},             // likewise
		{chancery.ByteRange{Start: 1, End: 1}, false},             // empty
		{chancery.ByteRange{Start: -1, End: 2}, false},            //
		{chancery.ByteRange{Start: 0, End: len(text) + 1}, false}, //
	} {
		err := c.r.Check(text)
		if (err == nil) != c.ok || (err != nil && !errors.Is(err, chancery.ErrEvidence)) {
			t.Errorf("%v.Check(%q) = %v, want ok %v", c.r, text, err, c.ok)
		}
	}
}

func TestVocabularyIsClosed(t *testing.T) {
	for _, e := range chancery.EventTypes() {
		if q := e.QuadClass(); q < chancery.VerbalCooperation || q > chancery.MaterialConflict || q.String() == "none" {
			t.Errorf("%s has quad class %d (%s)", e, q, q)
		}
		if got, err := chancery.ParseEventType(string(e)); got != e || err != nil {
			t.Errorf("ParseEventType(%s) = %v, %v", e, got, err)
		}
	}
	if _, err := chancery.ParseEventType("YIELD"); !errors.Is(err, chancery.ErrInvalid) {
		t.Errorf("ParseEventType(YIELD): %v", err)
	}
	if _, err := chancery.ParseStatus("done"); !errors.Is(err, chancery.ErrInvalid) {
		t.Errorf("ParseStatus(done): %v", err)
	}
	if _, err := chancery.ParseGoodKind("ships"); !errors.Is(err, chancery.ErrInvalid) {
		t.Errorf("ParseGoodKind(ships): %v", err)
	}
}

func TestRecordIDFollowsFromContent(t *testing.T) {
	ev := []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: chancery.ByteRange{Start: 0, End: 9}}}
	base := chancery.RecordID("a1", "event", ev, chancery.Agree)
	if base != chancery.RecordID("a1", "event", ev, chancery.Agree) {
		t.Error("the same record has two ids")
	}
	for name, other := range map[string]string{
		"article":  chancery.RecordID("a2", "event", ev, chancery.Agree),
		"kind":     chancery.RecordID("a1", "figure", ev, chancery.Agree),
		"evidence": chancery.RecordID("a1", "event", nil, chancery.Agree),
		"content":  chancery.RecordID("a1", "event", ev, chancery.Reject),
	} {
		if other == base {
			t.Errorf("records that differ in their %s share an id", name)
		}
	}
}
