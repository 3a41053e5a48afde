package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"chancery"
	"chancery/acquire"
	"chancery/coder"
	"chancery/collate"
	"chancery/internal/intake"
	"chancery/sample"
	"chancery/store/sqlite"
)

// plantedSet is a folder of articles with the list of what is planted in them.
type plantedSet struct {
	planted, near []sample.Plant
	articles      fs.FS
}

// readPlantedSet reads the set in a folder, or the bundled sample for "".
func readPlantedSet(dir string) (set plantedSet, err error) {
	if dir == "" {
		set.articles = sample.Articles()
		set.planted, set.near, err = sample.Planted()
		return set, err
	}
	b, err := os.ReadFile(filepath.Join(dir, "PLANTED.md"))
	if err != nil {
		return set, err
	}
	set.articles = os.DirFS(filepath.Join(dir, "articles"))
	set.planted, set.near, err = sample.ReadPlanted(b)
	return set, err
}

// evalPlanted scores the findings of the bundled sample, or of another set,
// against its list of planted disagreements. A planted one is found when a finding of its kind
// shows all of its passages; a finding is right when it shows all passages of
// some planted one, and wrong otherwise, near misses among them.
func evalPlanted(args []string) error {
	flags := flag.NewFlagSet("planted", flag.ContinueOnError)
	misses := flags.Bool("misses", false, "print what was missed and what is wrong")
	least := flags.Float64("least", 0, "count only findings at least this sure, 0 to 1")
	dir := flags.String("set", "", "folder with PLANTED.md and articles/; the bundled sample when not given")
	if err := flags.Parse(args); err != nil {
		return err
	}
	set, err := readPlantedSet(*dir)
	if err != nil {
		return err
	}
	accounts, found, err := findingsOf(context.Background(), set.articles)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f collate.Finding) bool { return f.Sure < *least })

	score := scorePlanted(set.planted, set.near, accounts, found)
	if *misses {
		score.print(accounts)
	}
	for _, k := range collate.FindingKinds() {
		n := score.byKind[string(k)]
		fmt.Printf("%-18s %d of %d\n", k, n[0], n[1])
	}
	fmt.Printf("planted %d, found %d: recall %.3f; findings %d, wrong %d: precision %.3f; near misses reported %d of %d\n",
		len(set.planted), score.hits, score.recall(), len(found), len(score.wrong), score.precision(), len(score.near), len(set.near))
	return nil
}

// plantedScore is what became of the planted disagreements and the findings.
type plantedScore struct {
	planted, findings, hits int
	byKind                  map[string][2]int // found, planted
	missed                  []sample.Plant
	wrong                   []collate.Finding
	near                    []sample.Plant // near misses that were reported
}

func (s *plantedScore) recall() float64 { return float64(s.hits) / float64(max(1, s.planted)) }

func (s *plantedScore) precision() float64 {
	return float64(s.findings-len(s.wrong)) / float64(max(1, s.findings))
}

func scorePlanted(planted, near []sample.Plant, accounts map[string]*chancery.Article, found []collate.Finding) *plantedScore {
	s := &plantedScore{planted: len(planted), findings: len(found), byKind: map[string][2]int{}}
	right := make([]bool, len(found))
	for _, p := range planted {
		hit := false
		for i := range found {
			if string(found[i].Kind) == p.Kind && shows(&found[i], p, accounts) {
				hit, right[i] = true, true
			}
		}
		n := s.byKind[p.Kind]
		n[1]++
		if hit {
			s.hits++
			n[0]++
		} else {
			s.missed = append(s.missed, p)
		}
		s.byKind[p.Kind] = n
	}
	for i := range found {
		if !right[i] {
			s.wrong = append(s.wrong, found[i])
		}
	}
	for _, n := range near {
		if slices.ContainsFunc(s.wrong, func(f collate.Finding) bool { return string(f.Kind) == n.LooksLike && shows(&f, n, accounts) }) {
			s.near = append(s.near, n)
		}
	}
	return s
}

// print lists what was missed, what is wrong and the near misses reported.
func (s *plantedScore) print(accounts map[string]*chancery.Article) {
	for _, p := range s.missed {
		fmt.Printf("missed  %-18s %s %s\n", p.Kind, p.ID, p.About)
	}
	for _, f := range s.wrong {
		fmt.Printf("wrong   %-18s %.2f %s\n", f.Kind, f.Sure, f.About)
		for _, p := range f.Passages {
			fmt.Printf("          %s: %s: %s\n", accounts[p.Article].Name, p.Says, p.Text)
		}
	}
	for _, n := range s.near {
		fmt.Printf("near    %-18s %s %s\n", n.LooksLike, n.ID, n.About)
	}
}

// findingsOf reads articles into a fresh record and gives its findings.
func findingsOf(ctx context.Context, articles fs.FS) (map[string]*chancery.Article, []collate.Finding, error) {
	dir, err := os.MkdirTemp("", "chancery-eval-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	store, err := sqlite.Open(ctx, filepath.Join(dir, "record.db"), sqlite.Options{Create: true})
	if err != nil {
		return nil, nil, err
	}
	defer store.Close()
	c, err := coder.New(coder.Options{})
	if err != nil {
		return nil, nil, err
	}
	report, err := intake.Read(ctx, store, acquire.WalkFS(ctx, articles, "planted", acquire.Options{}), intake.Options{Code: c.Read, Version: coder.Version})
	if err = cmp.Or(err, firstProblem(report.Problems)); err != nil {
		return nil, nil, err
	}
	accounts := map[string]*chancery.Article{}
	for e, err := range store.Entries(ctx, sqlite.Filter{}) {
		if err != nil {
			return nil, nil, err
		}
		accounts[e.Article.ID] = e.Article
	}
	found, err := store.Findings(ctx, sqlite.FindingFilter{})
	return accounts, found, err
}

func firstProblem(all []error) error {
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// shows reports whether the finding has, for each passage of the plant, one in
// the same article that overlaps it.
func shows(f *collate.Finding, p sample.Plant, articles map[string]*chancery.Article) bool {
	for _, want := range p.Passages {
		if !slices.ContainsFunc(f.Passages, func(got collate.Passage) bool {
			a := articles[got.Article]
			if a == nil || a.Name != want.Article {
				return false
			}
			at := strings.Index(a.Text, want.Text)
			return at >= 0 && got.Range.Overlaps(chancery.ByteRange{Start: at, End: at + len(want.Text)}) || at < 0 && strings.Contains(want.Text, got.Text)
		}) {
			return false
		}
	}
	return true
}
