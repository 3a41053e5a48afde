package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
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

// evalPlanted scores the findings of the bundled sample against its list of
// planted disagreements. A planted one is found when a finding of its kind
// shows all of its passages; a finding is right when it shows all passages of
// some planted one, and wrong otherwise, near misses among them.
func evalPlanted(args []string) error {
	fs := flag.NewFlagSet("planted", flag.ContinueOnError)
	misses := fs.Bool("misses", false, "print what was missed and what is wrong")
	least := fs.Float64("least", 0, "count only findings at least this sure, 0 to 1")
	if err := fs.Parse(args); err != nil {
		return err
	}
	planted, near, err := sample.Planted()
	if err != nil {
		return err
	}
	accounts, found, err := sampleFindings(context.Background())
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f collate.Finding) bool { return f.Sure < *least })

	right := make([]bool, len(found))
	hits := 0
	byKind := map[string][2]int{} // found, planted
	for _, p := range planted {
		hit := false
		for i := range found {
			if string(found[i].Kind) == p.Kind && shows(&found[i], p, accounts) {
				hit, right[i] = true, true
			}
		}
		n := byKind[p.Kind]
		n[1]++
		if hit {
			hits++
			n[0]++
		} else if *misses {
			fmt.Printf("missed  %-18s %s %s\n", p.Kind, p.ID, p.About)
		}
		byKind[p.Kind] = n
	}
	wrong, reported := 0, 0
	for i := range found {
		if right[i] {
			continue
		}
		wrong++
		if *misses {
			fmt.Printf("wrong   %-18s %.2f %s\n", found[i].Kind, found[i].Sure, found[i].About)
			for _, p := range found[i].Passages {
				fmt.Printf("          %s: %s: %s\n", accounts[p.Article].Name, p.Says, p.Text)
			}
		}
	}
	for _, n := range near {
		for i := range found {
			if string(found[i].Kind) == n.LooksLike && !right[i] && shows(&found[i], n, accounts) {
				reported++
				if *misses {
					fmt.Printf("near    %-18s %s %s\n", n.LooksLike, n.ID, n.About)
				}
				break
			}
		}
	}
	for _, k := range collate.FindingKinds() {
		n := byKind[string(k)]
		fmt.Printf("%-18s %d of %d\n", k, n[0], n[1])
	}
	recall := float64(hits) / float64(max(1, len(planted)))
	precision := float64(len(found)-wrong) / float64(max(1, len(found)))
	fmt.Printf("planted %d, found %d: recall %.3f; findings %d, wrong %d: precision %.3f; near misses reported %d of %d\n",
		len(planted), hits, recall, len(found), wrong, precision, reported, len(near))
	return nil
}

// sampleFindings reads the sample into a fresh record and gives its findings.
func sampleFindings(ctx context.Context) (map[string]*chancery.Article, []collate.Finding, error) {
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
	report, err := intake.Read(ctx, store, acquire.WalkFS(ctx, sample.Articles(), "sample", acquire.Options{}), intake.Options{Code: c.Read, Version: coder.Version})
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
