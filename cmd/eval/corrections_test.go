package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"
)

// TestCorrectionsScore: what was exported is read back, and a new reading is
// scored by what was said of the old one.
func TestCorrectionsScore(t *testing.T) {
	ctx := t.Context()
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "record.db"), sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	text := "Arcadia offered ships. Arcadia asked for ports. Arcadia praised itself. Arcadia left."
	a := &chancery.Article{Name: "one", Source: "Sample Wire", Language: "en", Published: chancery.Date{Year: 2025, Month: 6}, Text: text}
	a.ID = chancery.ArticleID(*a)
	event := func(sentence, trigger string, typ chancery.EventType, status chancery.Status) chancery.Event {
		at := func(s string) chancery.ByteRange {
			i := strings.Index(text, s)
			return chancery.ByteRange{Start: i, End: i + len(s)}
		}
		e := chancery.Event{Sentence: at(sentence), Trigger: at(trigger), Type: typ, Status: status, Actors: []chancery.Party{{Code: "ARC", Name: "Arcadia"}},
			Evidence: []chancery.Evidence{{Role: chancery.RoleSentence, ByteRange: at(sentence)}}}
		e.ID = chancery.RecordID(a.ID, "event", e.Evidence, e)
		return e
	}
	old := []chancery.Event{
		event("Arcadia offered ships.", "offered", chancery.Agree, chancery.Offered),
		event("Arcadia asked for ports.", "asked", chancery.Request, chancery.Happened),
		event("Arcadia praised itself.", "praised", chancery.Support, chancery.Happened),
		event("Arcadia left.", "left", chancery.Retreat, chancery.Happened),
	}
	if _, err := store.Put(ctx, sqlite.Entry{Article: a, Reading: &chancery.Reading{Article: a.ID, Version: "1", Events: old}}); err != nil {
		t.Fatal(err)
	}
	for i, c := range []chancery.Correction{
		{Verdict: chancery.Confirmed},
		{Verdict: chancery.Amended, Amendment: json.RawMessage(`{"status":"requested","place":"Port Royal"}`)},
		{Verdict: chancery.Rejected},
		{Verdict: chancery.Rejected},
	} {
		c.Record, c.Who, c.When = old[i].ID, "reader", time.Unix(1, 0)
		if _, err := store.Correct(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	var lines bytes.Buffer
	if err := export.WriteCorrections(ctx, &lines, store); err != nil {
		t.Fatal(err)
	}
	said, err := readCorrections(bytes.NewReader(lines.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if len(said) != 1 || len(said[0].corrections) != 4 || chancery.ArticleID(*said[0].article) != a.ID {
		t.Fatalf("read back %+v from %s", said, lines.String())
	}
	// The new reader has the first otherwise, half of the amendment, and one of
	// the two that should not be.
	next := &chancery.Reading{Article: a.ID, Version: "2", Events: []chancery.Event{
		event("Arcadia offered ships.", "offered", chancery.Agree, chancery.Agreed),
		event("Arcadia asked for ports.", "asked", chancery.Request, chancery.Requested),
		old[3],
	}}
	score := newCorrectionScore()
	score.add(said[0], next)
	var out bytes.Buffer
	score.print(&out)
	for _, want := range []string{
		"event       0 of 1                  1 of 2                0 of 1",
		"amended event, place: right in 0 of 1", "amended event, status: right in 1 of 1",
		"confirmed event, now otherwise in status: 1",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the score lacks %q:\n%s", want, out.String())
		}
	}
	if len(score.misses) != 3 || !strings.Contains(strings.Join(score.misses, "\n"), "is still wrong in place") {
		t.Errorf("misses %q", score.misses)
	}
	// The old reading itself: what was confirmed is found, what was rejected still there.
	score = newCorrectionScore()
	score.add(said[0], &chancery.Reading{Article: a.ID, Version: "1", Events: old})
	out.Reset()
	score.print(&out)
	if want := "event       1 of 1                  0 of 2                0 of 1"; !strings.Contains(out.String(), want) {
		t.Errorf("the score lacks %q:\n%s", want, out.String())
	}
	for _, bad := range []string{"{", `{"record":"correction","article_id":"a"}`, `{"record":"article","published":"June"}`} {
		if _, err := readCorrections(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
