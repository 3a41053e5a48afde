package acquire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"
)

// tree writes files ("dir/name" to content) into a fresh folder.
func newTree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		p := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// collect gives "path kind" of the items and the problems, with root cut off.
func collect(root string, opts Options, paths ...string) (items []string, problems []error) {
	if paths == nil {
		paths = []string{root}
	}
	for item, err := range Walk(context.Background(), paths, opts) {
		if err != nil {
			problems = append(problems, err)
			continue
		}
		rel, _ := filepath.Rel(root, item.Path)
		items = append(items, fmt.Sprintf("%s %s %s %d", filepath.ToSlash(rel), item.Name, item.Kind, len(item.Data)))
	}
	return items, problems
}

func TestWalkOrderAndKinds(t *testing.T) {
	root := newTree(t, map[string]string{
		"b.txt": "two", "a.md": "one", "sub/c.HTML": "<p>", "sub/d.htm": "<p>", "sub/deep/e.json": "{}",
		"f.jsonl": "{}\n{}\n", "g.pdf": "%PDF", "h.jpg": "no", ".hidden/x.txt": "no", ".y.txt": "no", "B.txt": "upper",
	})
	var skipped []string
	items, problems := collect(root, Options{Skipped: func(p, _ string) { skipped = append(skipped, filepath.Base(p)) }})
	want := []string{"B.txt B text 5", "a.md a markdown 3", "b.txt b text 3", "f.jsonl f jsonl 6", "g.pdf g pdf 4",
		"sub/c.HTML c html 3", "sub/d.htm d html 3", "sub/deep/e.json e json 2"}
	if !slices.Equal(items, want) {
		t.Errorf("got  %q\nwant %q", items, want)
	}
	if len(problems) != 0 {
		t.Errorf("problems %v", problems)
	}
	if !slices.Equal(skipped, []string{"h.jpg"}) {
		t.Errorf("skipped %q", skipped)
	}
}

func TestWalkProblems(t *testing.T) {
	root := newTree(t, map[string]string{"a.txt": "a", "big.txt": strings.Repeat("x", 2000), "pic.png": "p", "z.txt": "z"})
	if err := syscall.Mkfifo(filepath.Join(root, "pipe.txt"), 0o644); err != nil {
		t.Skipf("skipped: no pipes here: %v", err)
	}
	items, problems := collect(root, Options{MaxBytes: 1000}, filepath.Join(root, "none"), root, filepath.Join(root, "pic.png"))
	if want := []string{"a.txt a text 1", "z.txt z text 1"}; !slices.Equal(items, want) {
		t.Errorf("items %q, want %q: the walk must go on", items, want)
	}
	want := []struct {
		is   error
		text string
	}{
		{fs.ErrNotExist, "none: there is no such file or folder"},
		{ErrTooLarge, "big.txt: too large: 2.0 kB, the limit is 1.0 kB"},
		{ErrIrregular, "pipe.txt: not a regular file"},
		{ErrKind, "pic.png: not a kind of file that is read (want one of .txt .md"},
	}
	if len(problems) != len(want) {
		t.Fatalf("problems %v", problems)
	}
	for i, w := range want {
		var p *Problem
		if !errors.Is(problems[i], w.is) || !errors.As(problems[i], &p) || !strings.Contains(problems[i].Error(), w.text) {
			t.Errorf("problem %d is %q, want %q", i, problems[i], w.text)
		}
		if strings.Contains(problems[i].Error(), "\n") {
			t.Errorf("not one sentence: %q", problems[i])
		}
	}
}

// locked answers to a folder as the system does to one without permission; the
// tests may run as a user to whom nothing is forbidden.
type locked struct{ fstest.MapFS }

func (l locked) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "locked") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

func (l locked) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.HasPrefix(name, "locked") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.ReadDir(name)
}

func TestWalkWithoutPermission(t *testing.T) {
	fsys := locked{fstest.MapFS{"a.txt": {Data: []byte("a")}, "locked/x.txt": {Data: []byte("x")}, "locked.txt": {Data: []byte("y")}, "z.txt": {Data: []byte("z")}}}
	var got []string
	for item, err := range WalkFS(context.Background(), fsys, "root", Options{}) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		got = append(got, item.Path)
	}
	want := []string{"root/a.txt", "root/locked: no permission to read it (permission denied)",
		"root/locked.txt: no permission to read it (permission denied)", "root/z.txt"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWalkFolderWithoutPermission(t *testing.T) {
	root := newTree(t, map[string]string{"a.txt": "a", "locked/x.txt": "x", "z.txt": "z"})
	dir := filepath.Join(root, "locked")
	if err := os.Chmod(dir, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o755) })
	if _, err := os.ReadDir(dir); err == nil {
		t.Skip("skipped: nothing is forbidden to this user")
	}
	items, problems := collect(root, Options{})
	if len(items) != 2 || len(problems) != 1 || !errors.Is(problems[0], fs.ErrPermission) {
		t.Errorf("items %q, problems %v", items, problems)
	}
}

func TestWalkLinks(t *testing.T) {
	root := newTree(t, map[string]string{"a/one.txt": "1", "a/b/two.txt": "2"})
	for _, l := range [][2]string{{"..", "a/b/up"}, {".", "a/self"}, {filepath.Join(root, "a"), "again"}, {"loop2", "loop1"}, {"loop1", "loop2"},
		{"nothing.txt", "dangling.txt"}, {"a/one.txt", "link.txt"}} {
		if err := os.Symlink(l[0], filepath.Join(root, l[1])); err != nil {
			t.Skipf("skipped: no links here: %v", err)
		}
	}
	items, problems := collect(root, Options{})
	want := []string{"a/b/two.txt two text 1", "a/one.txt one text 1", "link.txt link text 1"}
	if !slices.Equal(items, want) {
		t.Errorf("items %q, want %q", items, want)
	}
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "dangling.txt: there is no such file") {
		t.Errorf("problems %v", problems)
	}
	if err := os.Symlink("self.txt", filepath.Join(root, "self.txt")); err != nil {
		t.Fatal(err)
	}
	if _, problems := collect(root, Options{}); len(problems) != 2 || !strings.Contains(problems[1].Error(), "leads back to itself") {
		t.Errorf("problems %v", problems)
	}
}

func TestWalkStops(t *testing.T) {
	root := newTree(t, map[string]string{"a.txt": "a", "b.txt": "b", "c.txt": "c"})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range Walk(ctx, []string{root}, Options{}) {
		n++
		last = err
		cancel()
	}
	if n != 2 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d steps, last error %v; want one item, then the context's error", n, last)
	}
	for range Walk(context.Background(), []string{root}, Options{}) {
		break // must not panic when the receiver leaves
	}
}

// TestLargeFileIsNotRead holds that a file over the limit costs no memory: the
// file here has a size but no content on the disk.
func TestLargeFileIsNotRead(t *testing.T) {
	root := newTree(t, map[string]string{"a.txt": "a"})
	f, err := os.Create(filepath.Join(root, "huge.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(300_000_000); err != nil {
		t.Fatal(err)
	}
	f.Close()
	allocated := testing.AllocsPerRun(1, func() {
		items, problems := collect(root, Options{})
		if len(items) != 1 || len(problems) != 1 || !strings.HasSuffix(problems[0].Error(), "huge.txt: too large: 300.0 MB, the limit is 32.0 MB") {
			t.Errorf("items %q, problems %v", items, problems)
		}
	})
	if allocated > 1000 {
		t.Errorf("%v allocations", allocated)
	}
}

func TestLinesLongLine(t *testing.T) {
	root := newTree(t, map[string]string{"a.jsonl": "{\"a\":1}\n" + strings.Repeat("x", 500) + "\n{\"b\":2}\n{\"c\":3}"})
	var got []string
	for item, err := range Walk(context.Background(), []string{root}, Options{MaxBytes: 100}) {
		if err != nil {
			got = append(got, filepath.Base(err.Error()))
			continue
		}
		got = append(got, fmt.Sprintf("%d %q", item.Line, item.Data))
	}
	want := []string{`1 "{\"a\":1}\n"`, "a.jsonl:2: too large: a line of 501 bytes, the limit is 100 bytes", `3 "{\"b\":2}\n{\"c\":3}"`}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestLinesAreWhole: whatever the size of the runs, joined they are the file,
// each begins on the line it says, and no line is divided.
func TestLinesAreWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching(`[a-z]{0,30}`), 0, 40).Draw(t, "lines")
		content := strings.Join(lines, "\n")
		run := rapid.Int64Range(1, 200).Draw(t, "run")
		fsys := fstest.MapFS{"x.jsonl": {Data: []byte(content)}}
		var joined bytes.Buffer
		at := 0
		for item, err := range WalkFS(context.Background(), fsys, "", Options{RunBytes: run}) {
			if err != nil {
				t.Fatal(err)
			}
			before := strings.Join(lines[:item.Line-1], "\n")
			if item.Line > 1 {
				before += "\n"
			}
			if strings.TrimSpace(content[at:len(before)]) != "" || !strings.HasPrefix(content[len(before):], string(item.Data)) {
				t.Fatalf("run at line %d is %q of %q", item.Line, item.Data, content)
			}
			at = len(before) + len(item.Data)
			if at < len(content) && content[at-1] != '\n' {
				t.Fatalf("a line was divided at %d of %q", at, content)
			}
			joined.Write(item.Data)
		}
		if strings.Join(strings.Fields(joined.String()), "\n") != strings.Join(strings.Fields(content), "\n") {
			t.Fatalf("joined %q, want %q", joined.String(), content)
		}
	})
}

func ExampleWalkFS() {
	fsys := fstest.MapFS{"one.txt": {Data: []byte("Some text.")}, "two.pdf": {Data: []byte("%PDF-1.7")}, "three.jpg": {}}
	for item, err := range WalkFS(context.Background(), fsys, "folder", Options{}) {
		fmt.Println(item.Path, item.Name, item.Kind, len(item.Data), err)
	}
	// Output:
	// folder/one.txt one text 10 <nil>
	// folder/two.pdf two pdf 8 <nil>
}
