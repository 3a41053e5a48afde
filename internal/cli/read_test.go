package cli

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"chancery/sample"
	"chancery/store/sqlite"
)

// dispatch is an article of some sentences, the same for the same seed.
func dispatch(seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 3))
	pick := func(all ...string) string { return all[rng.IntN(len(all))] }
	land := func() string { return pick("Kenya", "Norway", "Peru", "Vietnam", "Portugal", "Jordan") }
	var b strings.Builder
	fmt.Fprintf(&b, "%s and %s, number %d\n\n", land(), land(), seed)
	for range 5 {
		a, c := land(), land()
		fmt.Fprintf(&b, "%s offered %s %d %s on %s. ", a, c, 2+rng.IntN(900), pick("patrol boats", "grain ships", "helicopters"), pick("Monday", "Tuesday", "3 May 2024"))
		fmt.Fprintf(&b, "The foreign minister of %s %s the government of %s. ", c, pick("criticised", "praised", "met", "threatened"), a)
		fmt.Fprintf(&b, "“We shall %s this with our neighbours,” the minister said. ", pick("discuss", "settle", "weigh"))
		fmt.Fprintf(&b, "In return, %s asked for %d million dollars and the lifting of its tariffs.\n\n", c, 1+rng.IntN(80))
	}
	return b.String()
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// pdfWithoutText is a page with nothing on it that can be read, as a scanner
// makes it.
func pdfWithoutText() string {
	var b strings.Builder
	b.WriteString("%PDF-1.4\n")
	var xref strings.Builder
	for i, object := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"} {
		fmt.Fprintf(&xref, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 4\n0000000000 65535 f \n%strailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", xref.String(), at)
	return b.String()
}

// TestBadInput holds that each thing that cannot be read is named in one clear
// sentence, that the rest of the batch goes on, and that the exit code is 1.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "in")
	good := map[string]bool{}
	put := func(name, content string) {
		write(t, filepath.Join(in, name), content)
	}
	put("a-good.txt", dispatch(1))
	put("binary.txt", "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00\x01\x02\xff", 300))
	put("empty.txt", "")
	put("invalid.txt", strings.Replace(dispatch(2), "and", "and \xff\xfe", 1)+" Zürich, Besançon, São Tomé, Curaçao.")
	put("lines.jsonl", fmt.Sprintf("{\"title\":\"One\",\"text\":%q}\n{\"title\":\"broken\n{\"title\":\"Two\",\"text\":%q}\n", dispatch(3), dispatch(4)))
	put("nothing.html", "<html><head><title>Sign in</title></head><body><nav><a href=/>Home</a></nav><form><input></form></body></html>")
	put("picture.exe", "not read and not mentioned")
	put("scanned.pdf", pdfWithoutText())
	var utf16text bytes.Buffer
	utf16text.WriteString("\xff\xfe")
	for _, u := range utf16.Encode([]rune(dispatch(5))) {
		utf16text.Write([]byte{byte(u), byte(u >> 8)})
	}
	put("utf-16.txt", utf16text.String())
	put("windows-1252.txt", strings.NewReplacer("“", "\x93", "”", "\x94").Replace(dispatch(6))+" Ren\xe9 Caf\xe9 was there.")
	put("z-good.txt", dispatch(7))
	huge := filepath.Join(in, "huge.txt")
	put("huge.txt", "")
	if err := os.Truncate(huge, 300<<20); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a-good", "invalid", "utf-16", "windows-1252", "z-good"} {
		good[name] = true
	}

	db := filepath.Join(dir, "record.db")
	code, _, errs := run(t, "read", in, filepath.Join(dir, "none"), filepath.Join(in, "picture.exe"), "--db", db, "--quiet")
	if code != exitIncomplete {
		t.Errorf("exit code %d, want %d", code, exitIncomplete)
	}
	for name, says := range map[string]string{
		"binary.txt": "PNG", "empty.txt": "empty", "huge.txt": "too large", "invalid.txt": "not UTF-8", "lines.jsonl:2": "malformed",
		"nothing.html": "no article", "scanned.pdf": "character recognition", "none": "no such file", "picture.exe": ".txt",
	} {
		n := 0
		for l := range strings.Lines(errs) {
			if strings.Contains(l, name+":") {
				n++
				if !strings.Contains(l, says) {
					t.Errorf("%s: said %q, want something with %q", name, l, says)
				}
			}
		}
		if n != 1 {
			t.Errorf("%s is named in %d lines, want 1, of:\n%s", name, n, errs)
		}
	}
	if strings.Contains(errs, "good") {
		t.Errorf("what is good is complained of:\n%s", errs)
	}
	s, err := sqlite.Open(context.Background(), db, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	articles, err := s.Articles(context.Background(), sqlite.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]bool{}
	for _, a := range articles.Rows {
		delete(good, a.Name)
		titles[a.Title] = true
		if a.Version == "" {
			t.Errorf("%s was not coded", a.Name)
		}
	}
	if len(good) > 0 || len(articles.Rows) != 7 || !titles["One"] || !titles["Two"] {
		t.Errorf("%d articles, not there: %v; titles %v", len(articles.Rows), good, titles)
	}
}

// program runs the program in a process of its own.
func program(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "CHANCERY_DB=", "HOME=/nonexistent")
	return cmd
}

// TestNoPermission runs as nobody when the tests run as root, who may do anything.
func TestNoPermission(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "chancery") // t.TempDir lies in a folder nobody may enter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		os.Chmod(filepath.Join(dir, "in", "closed"), 0o755)
		os.RemoveAll(dir)
	})
	for _, err := range []error{os.Chmod(dir, 0o755), os.Mkdir(filepath.Join(dir, "db"), 0o777), os.Chmod(filepath.Join(dir, "db"), 0o777), os.Mkdir(filepath.Join(dir, "shut"), 0o555)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "in", "a.txt"), dispatch(1))
	write(t, filepath.Join(dir, "in", "closed", "b.txt"), dispatch(2))
	write(t, filepath.Join(dir, "in", "secret.txt"), dispatch(3))
	write(t, filepath.Join(dir, "in", "z.txt"), dispatch(4))
	for path, mode := range map[string]os.FileMode{"in/closed": 0, "in/secret.txt": 0} {
		if err := os.Chmod(filepath.Join(dir, path), mode); err != nil {
			t.Fatal(err)
		}
	}
	binary := filepath.Join(dir, "chancery")
	b, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(binary, b, 0o755); err != nil {
		t.Fatal(err)
	}
	asNobody := func(args ...string) (int, string) {
		cmd := program(t, args...)
		cmd.Path = binary
		cmd.Dir = dir
		if os.Geteuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534, NoSetGroups: true}}
		}
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Skipf("cannot run as nobody: %v", err)
		}
		return cmd.ProcessState.ExitCode(), string(out)
	}
	db := filepath.Join(dir, "db", "record.db")
	code, out := asNobody("read", "in", "--db", db, "--quiet")
	if code != exitIncomplete || strings.Count(out, "no permission") != 2 || !strings.Contains(out, "in/closed: ") || !strings.Contains(out, "in/secret.txt: ") {
		t.Errorf("read: exit code %d, said\n%s", code, out)
	}
	if code, out := asNobody("articles", "--db", db, "--format", "csv"); code != exitDone || strings.Count(out, "\n") != 3 {
		t.Errorf("articles: exit code %d, said\n%s", code, out)
	}
	if code, out := asNobody("read", "in/a.txt", "--db", filepath.Join(dir, "shut", "record.db")); code != exitIncomplete || !strings.Contains(out, "permission denied to write") {
		t.Errorf("a record in a folder that may not be written to: exit code %d, said\n%s", code, out)
	}
}

// TestBadRecord holds that a file that is no record of ours is left alone and
// that one which another process holds is waited for, then named.
func TestBadRecord(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	article := filepath.Join(dir, "a.txt")
	write(t, article, dispatch(1))
	exec := func(name string, orders ...string) string {
		path := filepath.Join(dir, name)
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		db.SetMaxOpenConns(1)
		for _, o := range orders {
			if _, err := db.Exec(o); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	write(t, filepath.Join(dir, "text.db"), strings.Repeat("not a database ", 100))
	held := filepath.Join(dir, "held.db")
	if code, _, errs := run(t, "read", article, "--db", held, "-q"); code != exitDone {
		t.Fatal(errs)
	}
	exec("held.db", "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "UPDATE article SET path = ''")
	for _, c := range []struct{ db, says string }{
		{filepath.Join(dir, "text.db"), "not a record of chancery's"},
		{exec("other.db", "CREATE TABLE x (y)"), "another program's"},
		{exec("newer.db", "PRAGMA application_id=0x43484359", "PRAGMA user_version=900", "CREATE TABLE x (y)"), "written by a newer version"},
		{filepath.Join(dir, "none", "x.db"), "make it first"},
		{held, "in use by another process"},
	} {
		before, _ := os.ReadFile(c.db)
		code, out, errs := run(t, "read", article, "--db", c.db)
		if code != exitIncomplete || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 || out != "" {
			t.Errorf("%s: exit code %d, said %q and %q, want %q", c.db, code, out, errs, c.says)
		}
		if after, _ := os.ReadFile(c.db); !bytes.Equal(before, after) {
			t.Errorf("%s was changed", c.db)
		}
	}
}

func articles(t testing.TB, n int) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "in")
	for i := range n {
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), dispatch(uint64(i)))
	}
	return dir
}

// TestWorkers holds that the record is the same whatever the number of workers,
// and that reading twice adds nothing.
func TestWorkers(t *testing.T) {
	in := articles(t, 12)
	var want string
	for _, workers := range []string{"1", "8"} {
		db := filepath.Join(t.TempDir(), "record.db")
		for round := range 2 {
			if code, _, errs := run(t, "read", in, "--db", db, "--workers", workers, "-q"); code != exitDone || errs != "" {
				t.Fatalf("exit code %d: %s", code, errs)
			}
			_, got, _ := run(t, "export", "--db", db)
			if want == "" {
				want = got
				if !strings.Contains(want, `"record":"quote"`) {
					t.Fatal("nothing was found to compare")
				}
			}
			if got != want {
				t.Errorf("%s workers, round %d: %d bytes, want the %d of 1 worker", workers, round+1, len(got), len(want))
			}
		}
	}
}

// TestKilled kills the program at random moments, goes on, and holds that the
// record is that of a run that was never disturbed.
func TestKilled(t *testing.T) {
	t.Parallel()
	in := articles(t, 20)
	calm := filepath.Join(t.TempDir(), "calm.db")
	began := time.Now()
	if out, err := program(t, "read", in, "--db", calm, "-q").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	took := time.Since(began)
	_, want, _ := run(t, "export", "--db", calm)
	rng := rand.New(rand.NewPCG(11, 13))
	for _, kills := range []int{1, 2, 3} {
		db := filepath.Join(t.TempDir(), "record.db")
		killed := 0
		for range kills {
			cmd := program(t, "read", in, "--db", db, "-q")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rng.Float64() * float64(took)))
			if cmd.Process.Kill() == nil {
				killed++
			}
			cmd.Wait()
			if _, err := os.Stat(db); err == nil {
				wholeArticles(t, db)
			}
		}
		if out, err := program(t, "read", in, "--db", db, "-q").CombinedOutput(); err != nil {
			t.Fatalf("after %d kills: %v: %s", killed, err, out)
		}
		if _, got, _ := run(t, "export", "--db", db); got != want {
			t.Errorf("after %d kills the record is another: %d bytes, want %d", killed, len(got), len(want))
		}
	}
}

// wholeArticles holds that no article of a run that was killed is stored by halves.
func wholeArticles(t *testing.T, db string) {
	t.Helper()
	s, err := sqlite.Open(context.Background(), db, sqlite.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for e, err := range s.Entries(context.Background(), sqlite.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Reading == nil {
			t.Errorf("%s is stored without its reading", e.Article.Name)
			continue
		}
		n, err := s.Count(context.Background(), sqlite.KindEvent, sqlite.Filter{Article: e.Article.ID})
		if err != nil || n != len(e.Reading.Events) {
			t.Errorf("%s: %d events listed, %d read, %v", e.Article.Name, n, len(e.Reading.Events), err)
		}
	}
}

// TestInterrupted stops the program as Ctrl-C does.
func TestInterrupted(t *testing.T) {
	in := articles(t, 3)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	db := filepath.Join(t.TempDir(), "record.db")
	code := Run(ctx, []string{"read", in, "--db", db}, strings.NewReader(""), &out, &errs)
	if code != exitInterrupted || !strings.Contains(errs.String(), "topped") {
		t.Errorf("exit code %d, said %q", code, errs.String())
	}
}

var probability = regexp.MustCompile(`("(?:probability|sure)":0\.\d{2})\d*`)

// TestSampleGolden keeps the export of two sample articles, so that a change of
// the reader is seen as a diff.
func TestSampleGolden(t *testing.T) {
	in := t.TempDir()
	for _, name := range []string{"wire-white-house-lunch", "herald-monster-speech"} {
		found, err := fs.Glob(sample.Articles(), name+".*")
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v, %v", name, found, err)
		}
		b, err := fs.ReadFile(sample.Articles(), found[0])
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(in, found[0]), string(b))
	}
	db := filepath.Join(t.TempDir(), "record.db")
	if code, _, errs := run(t, "read", in, "--db", db, "-q"); code != exitDone {
		t.Fatal(errs)
	}
	_, got, _ := run(t, "export", "--db", db)
	// Processors multiply the network's bytes in different orders; what they
	// agree on is the second decimal.
	got = probability.ReplaceAllString(got, "$1")
	path := filepath.Join("testdata", "sample-export.golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the reader reads two sample articles another way (go test ./internal/cli -update, then look at the diff); first difference:\n%s", firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}
