package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"chancery"
	"chancery/coder"
	"chancery/correct"
	"chancery/export"
	"chancery/store/sqlite"
)

// evalCorrections scores the reader against what people said of its records: the
// articles are read again, and each correction is held against what comes out.
// A confirmed record should still be found, a rejected one should not, an amended
// one should be as it was amended.
func evalCorrections(args []string) error {
	fs := flag.NewFlagSet("corrections", flag.ContinueOnError)
	db := fs.String("db", "", "score the corrections of this record instead of a file's")
	misses := fs.Bool("misses", false, "print the corrections that the reader still gets wrong")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var lines io.Reader
	switch {
	case *db != "" && fs.NArg() == 0:
		ctx := context.Background()
		store, err := sqlite.Open(ctx, *db, sqlite.Options{})
		if err != nil {
			return err
		}
		var all bytes.Buffer
		if err := errors.Join(export.WriteCorrections(ctx, &all, store), store.Close()); err != nil {
			return err
		}
		lines = &all
	case *db == "" && fs.NArg() == 1:
		f, err := os.Open(fs.Arg(0))
		if err != nil {
			return err
		}
		defer f.Close()
		lines = f
	default:
		return errors.New("corrections: want FILE, as chancery export --corrections writes it, or --db FILE")
	}
	said, err := readCorrections(lines)
	if err != nil {
		return err
	}
	reader, err := coder.New(coder.Options{})
	if err != nil {
		return err
	}
	score := newCorrectionScore()
	for _, a := range said {
		r, err := reader.Read(a.article)
		if err != nil {
			return err
		}
		score.add(a, &r)
	}
	if *misses {
		for _, m := range score.misses {
			fmt.Println(m)
		}
	}
	score.print(os.Stdout)
	return nil
}

// saidOf is an article with what people said of its records.
type saidOf struct {
	article     *chancery.Article
	corrections []chancery.Correction
	sentences   map[int64]string // by the correction's number
}

// readCorrections reads what export.WriteCorrections writes.
func readCorrections(r io.Reader) ([]*saidOf, error) {
	var out []*saidOf
	byID := map[string]*saidOf{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		var kind struct{ Record string }
		if err := json.Unmarshal(lines.Bytes(), &kind); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		switch kind.Record {
		case export.KindArticle:
			var l export.Article
			if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			published, err := chancery.ParseDate(text(l.Published))
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			a := &chancery.Article{ID: l.ID, Name: l.Article, Title: text(l.Title), Byline: text(l.Byline), Source: text(l.Source), URL: text(l.URL),
				Published: published, Language: text(l.Language), Text: l.Text}
			byID[a.ID] = &saidOf{article: a, sentences: map[int64]string{}}
			out = append(out, byID[a.ID])
		case export.KindCorrection:
			var l export.Correction
			if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			of := byID[l.ArticleID]
			if of == nil {
				return nil, fmt.Errorf("line %d: a correction on article %s, which no line before it holds", n, l.ArticleID)
			}
			if string(l.Amendment) == "null" {
				l.Amendment = nil
			}
			of.corrections = append(of.corrections, chancery.Correction{Number: l.Number, Record: l.ID, Article: l.ArticleID, Kind: l.Kind, Verdict: l.Verdict, Was: l.Was, Amendment: l.Amendment})
			of.sentences[l.Number] = l.Sentence
		}
	}
	return out, lines.Err()
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// right counts how many of a number are right.
type right struct{ right, of int }

func (r *right) add(ok bool) {
	r.of++
	if ok {
		r.right++
	}
}

func (r right) String() string {
	if r.of == 0 {
		return "none"
	}
	return fmt.Sprintf("%d of %d", r.right, r.of)
}

// correctionScore is what became of corrections, by kind of record and by
// verdict, and of the fields that people amended.
type correctionScore struct {
	kinds  map[string]map[chancery.Verdict]*right
	fields map[string]map[string]*right // of amended records, by kind and field
	moved  map[string]map[string]int    // fields of confirmed records that the reader now has otherwise
	misses []string
}

func newCorrectionScore() *correctionScore {
	return &correctionScore{kinds: map[string]map[chancery.Verdict]*right{}, fields: map[string]map[string]*right{}, moved: map[string]map[string]int{}}
}

// add scores a new reading of an article against what was said of its records.
func (s *correctionScore) add(a *saidOf, r *chancery.Reading) {
	// The records spoken of stand for the reading they were made on.
	for _, x := range correct.Resolve(a.corrections, r, nil) {
		c := x.Correction
		found := x.State != correct.Lost
		ok := false
		why := "is no longer found"
		switch c.Verdict {
		case chancery.Confirmed:
			ok = found && len(x.Differs) == 0
			for _, f := range x.Differs {
				in(s.moved, c.Kind)[f]++
				why = "is now otherwise in " + strings.Join(x.Differs, ", ")
			}
		case chancery.Rejected:
			ok = !found
			why = "is still found"
		case chancery.Amended:
			wrong := s.amended(c, x, r)
			if ok = found && len(wrong) == 0; found {
				why = "is still wrong in " + strings.Join(wrong, ", ")
			}
		default:
			continue
		}
		by := in(s.kinds, c.Kind)
		if by[c.Verdict] == nil {
			by[c.Verdict] = new(right)
		}
		by[c.Verdict].add(ok)
		if !ok {
			s.misses = append(s.misses, fmt.Sprintf("%s\t%s no. %d, %s: %s\t%s", a.article.Name, c.Kind, c.Number, c.Verdict, why, strings.Join(strings.Fields(a.sentences[c.Number]), " ")))
		}
	}
}

// amended scores each field that was amended and names those that are wrong.
func (s *correctionScore) amended(c chancery.Correction, x correct.Standing, r *chancery.Reading) []string {
	changes, err := correct.Changes(c)
	if err != nil {
		return []string{"its shape"}
	}
	var has map[string]json.RawMessage
	if body, err := correct.Body(r, x.Now); err == nil && body != nil {
		if err := json.Unmarshal(body, &has); err != nil {
			panic(err) // of our own making
		}
	}
	var wrong []string
	for _, name := range sorted(changes) {
		by := in(s.fields, c.Kind)
		if by[name] == nil {
			by[name] = new(right)
		}
		ok := has != nil && correct.Same(changes[name], has[name])
		by[name].add(ok)
		if !ok {
			wrong = append(wrong, name)
		}
	}
	return wrong
}

// in gives the map under a key, making it when it is missing.
func in[K comparable, V any](m map[string]map[K]V, key string) map[K]V {
	if m[key] == nil {
		m[key] = map[K]V{}
	}
	return m[key]
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (s *correctionScore) print(w io.Writer) {
	total := map[chancery.Verdict]right{}
	fmt.Fprintf(w, "%-10s  %-22s  %-20s  %-20s\n", "kind", "confirmed, still found", "rejected, gone", "amended, now right")
	row := func(kind string, of func(chancery.Verdict) right) {
		fmt.Fprintf(w, "%-10s  %-22s  %-20s  %-20s\n", kind, of(chancery.Confirmed), of(chancery.Rejected), of(chancery.Amended))
	}
	for _, kind := range sorted(s.kinds) {
		row(kind, func(v chancery.Verdict) right {
			if n := s.kinds[kind][v]; n != nil {
				t := total[v]
				total[v] = right{t.right + n.right, t.of + n.of}
				return *n
			}
			return right{}
		})
	}
	row("all", func(v chancery.Verdict) right { return total[v] })
	for _, kind := range sorted(s.fields) {
		for _, f := range sorted(s.fields[kind]) {
			fmt.Fprintf(w, "amended %s, %s: right in %s\n", kind, f, s.fields[kind][f])
		}
	}
	for _, kind := range sorted(s.moved) {
		for _, f := range sorted(s.moved[kind]) {
			fmt.Fprintf(w, "confirmed %s, now otherwise in %s: %d\n", kind, f, s.moved[kind][f])
		}
	}
}
