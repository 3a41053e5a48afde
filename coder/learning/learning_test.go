package learning

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/coder/event"
)

// The judgements must go on fitting what the coder proposes: a change of trees,
// parties or candidates that loses them loses what is learned.
func TestJudgementsFit(t *testing.T) {
	none := filepath.Join(t.TempDir(), "rows.tsv")
	if err := os.WriteFile(none, []byte("marked_sentence\tgold_root\tgold_penta\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := &Sources{Marked: none, Own: "../event/train/sentences.txt", Judged: "../event/train/judged.tsv",
		Texts: "../event/train/news.txt,../event/train/columns.txt"}
	texts, err := s.List(nil)
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]int)
	for i := range texts {
		known[texts[i].Key] = len(texts[i].Text)
	}
	judged, err := s.Judgements()
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for key, js := range judged {
		if !strings.HasPrefix(key, "news:") && !strings.HasPrefix(key, "columns:") {
			continue
		}
		for _, j := range js {
			all++
			if n, ok := known[key]; !ok || j.Trigger >= n || j.Actor >= n || j.Recipient >= n {
				t.Errorf("%s: a judgement at %d, %d, %d of a text of %d bytes", key, j.Trigger, j.Actor, j.Recipient, n)
			}
		}
	}
	types, err := event.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	answers, err := s.Answers(texts, func(int) *event.Model { return types })
	if err != nil {
		t.Fatal(err)
	}
	fit := 0
	for i := range answers {
		if answers[i].Judged {
			fit++
		}
	}
	t.Logf("%d of %d judgements fit a proposal", fit, all)
	if float64(fit) < 0.85*float64(all) {
		t.Errorf("%d of %d judgements fit a proposal, want 85 %%", fit, all)
	}
}

func TestSourcesSayWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "judged.tsv")
	for _, c := range []struct{ lines, want string }{
		{"news:1\t2\t3\n", "line 1: 3 columns, want 5"},
		{"# remark\nnews:1\t2\tx\t4\tAID\n", "line 2"},
		{"news:1\t2\t3\t4\tGIFT\n", "GIFT"},
	} {
		if err := os.WriteFile(bad, []byte(c.lines), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := (&Sources{Judged: bad}).Judgements()
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "judged.tsv") {
			t.Errorf("%q: error %v, want the file and %q", c.lines, err, c.want)
		}
	}
	s := &Sources{Own: "../event/train/sentences.txt", Texts: bad, Treebanks: "nameless"}
	if _, err := s.List(nil); err == nil || !strings.Contains(err.Error(), "NAME=FILE") {
		t.Errorf("error %v, want one about NAME=FILE", err)
	}
}
