package extract

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/acquire"
)

// TestGold holds the floors on real articles that are not part of the
// repository. It counts as the scorer does: ends of bodies kept, lines that are
// not the article dropped, title, byline and date right.
func TestGold(t *testing.T) {
	shared := filepath.Join("..", "..", "shared")
	golds, _ := filepath.Glob(filepath.Join(shared, "gold", "[0-9]*.json"))
	if len(golds) == 0 {
		t.Skip("skipped: ../shared/gold is not here")
	}
	norm := func(s string) string {
		return strings.ToLower(tidy(strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "–", "-", "—", "-").Replace(s)))
	}
	kept, ends, dropped, boilerplate, right, meta := 0, 0, 0, 0, 0, 0
	for _, path := range golds {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			Article, Title, Byline, Date string
			First                        string `json:"body_first"`
			Last                         string `json:"body_last"`
			Boilerplate                  []string
		}
		if err := json.Unmarshal(b, &gold); err != nil {
			t.Fatal(err)
		}
		for item, err := range acquire.Walk(context.Background(), []string{filepath.Join(shared, "articles", gold.Article+".txt")}, acquire.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			articles, problems := Articles(item)
			if len(articles) != 1 || len(problems) != 0 {
				t.Fatalf("%s: %d articles, problems %v", path, len(articles), problems)
			}
			a := articles[0]
			for _, s := range []string{gold.First, gold.Last} {
				ends++
				if strings.Contains(norm(a.Text), norm(s)) {
					kept++
				} else {
					t.Logf("%s: lost %q", a.Name, s)
				}
			}
			lines := map[string]bool{}
			for l := range strings.SplitSeq(a.Text, "\n") {
				lines[norm(l)] = true
			}
			for _, s := range gold.Boilerplate {
				boilerplate++
				if !lines[norm(s)] {
					dropped++
				} else {
					t.Logf("%s: kept %q", a.Name, s)
				}
			}
			for _, p := range [][2]string{{gold.Title, a.Title}, {gold.Byline, a.Byline}, {gold.Date, a.Published.String()}} {
				meta++
				if norm(p[0]) == norm(p[1]) {
					right++
				} else {
					t.Logf("%s: want %q, got %q", a.Name, p[0], p[1])
				}
			}
			for _, c := range a.Cuts {
				t.Logf("%s:%d cut (%s): %.60s", a.Name, c.Line, c.Reason, c.Text)
			}
		}
	}
	t.Logf("body ends kept %d/%d, boilerplate dropped %d/%d, title, byline, date right %d/%d", kept, ends, dropped, boilerplate, right, meta)
	if kept < ends || dropped+1 < boilerplate || right+1 < meta {
		t.Errorf("below the floors: all ends, all lines but one, all fields but one")
	}
}
