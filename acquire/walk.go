package acquire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// DefaultMaxBytes is the limit on a file when Options names none. The longest
// articles are some 200 kB of text; pages and PDFs carry much beside it.
const DefaultMaxBytes = 32_000_000

// Options say how to walk. The zero value is good.
type Options struct {
	// MaxBytes is the limit on one file in bytes; of a JSON-lines file, the
	// limit on one line. 0 means DefaultMaxBytes.
	MaxBytes int64
	// RunBytes is how much of a JSON-lines file one Item holds, in bytes,
	// ended by a whole line. 0 means 4 MiB.
	RunBytes int64
	// Skipped, when not nil, is told of each file in a folder that is left
	// aside because of its ending, with the reason.
	Skipped func(path, reason string)
}

func (o Options) maxBytes() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

func (o Options) runBytes() int64 {
	if o.RunBytes > 0 {
		return o.RunBytes
	}
	return 4 << 20
}

// Walk yields the items under paths: first all of the first path, then all of
// the second. A folder's entries come in the order of their names' bytes.
// Links are followed and no folder is entered twice. Names that begin with a
// dot are left aside within folders. Where an item could not be had the error is a *Problem
// and the walk goes on; when ctx ends, its error is the last one yielded.
// Items are read one at a time, as the receiver asks for them.
func Walk(ctx context.Context, paths []string, opts Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		w := &walker{ctx: ctx, opts: opts, yield: yield, seen: map[string]bool{}, tree: system{}}
		for _, p := range paths {
			if !w.visit(p, true) {
				return
			}
		}
	}
}

// WalkFS is Walk over the whole of fsys, for texts embedded in the program.
// Paths of items are those of fsys under the given prefix ("sample/articles/a.md").
func WalkFS(ctx context.Context, fsys fs.FS, prefix string, opts Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		w := &walker{ctx: ctx, opts: opts, yield: yield, seen: map[string]bool{}, tree: embedded{fsys, prefix}}
		w.visit(prefix, true)
	}
}

// tree is where a walk takes place: the system's files, or an fs.FS.
type tree interface {
	stat(p string) (fs.FileInfo, error)
	open(p string) (fs.File, error)
	list(p string) ([]string, error) // names, sorted
	join(dir, name string) string
	real(p string) string // one name for one folder, whatever links led to it
}

type system struct{}

func (system) stat(p string) (fs.FileInfo, error) { return os.Stat(p) }
func (system) open(p string) (fs.File, error)     { return os.Open(p) }
func (system) join(dir, name string) string       { return filepath.Join(dir, name) }
func (system) list(p string) ([]string, error) {
	entries, err := os.ReadDir(p)
	return names(entries), err
}
func (system) real(p string) string {
	if r, err := filepath.EvalSymlinks(p); err == nil {
		p = r
	}
	if r, err := filepath.Abs(p); err == nil {
		p = r
	}
	return p
}

type embedded struct {
	fsys   fs.FS
	prefix string
}

func (e embedded) rel(p string) string {
	if p = strings.TrimPrefix(strings.TrimPrefix(p, e.prefix), "/"); p == "" {
		return "."
	}
	return p
}
func (e embedded) stat(p string) (fs.FileInfo, error) { return fs.Stat(e.fsys, e.rel(p)) }
func (e embedded) open(p string) (fs.File, error)     { return e.fsys.Open(e.rel(p)) }
func (e embedded) join(dir, name string) string       { return path.Join(dir, name) }
func (e embedded) real(p string) string               { return p }
func (e embedded) list(p string) ([]string, error) {
	entries, err := fs.ReadDir(e.fsys, e.rel(p))
	return names(entries), err
}

func names(entries []fs.DirEntry) []string {
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.Name()
	}
	slices.Sort(out)
	return out
}

type walker struct {
	ctx   context.Context
	opts  Options
	tree  tree
	yield func(Item, error) bool
	seen  map[string]bool // folders entered, by their real path
}

// problem reports what could not be had; false ends the walk.
func (w *walker) problem(p string, line int, err error) bool {
	return w.yield(Item{Path: p, Name: stem(p), Line: line}, &Problem{Path: p, Line: line, Err: reason(err)})
}

// visit reads a file or enters a folder. named is true for a path that the
// user gave, whose ending must be one that is read. False ends the walk.
func (w *walker) visit(p string, named bool) bool {
	if err := w.ctx.Err(); err != nil {
		w.yield(Item{Path: p}, err)
		return false
	}
	info, err := w.tree.stat(p)
	switch {
	case err != nil:
		if !named && !w.wanted(p) {
			return true // a dangling link to something that would not be read
		}
		return w.problem(p, 0, err)
	case info.IsDir():
		return w.folder(p)
	}
	kind, ok := KindOf(p)
	switch {
	case !ok && named:
		return w.problem(p, 0, fmt.Errorf("%w (want one of %s)", ErrKind, strings.Join(Endings(), " ")))
	case !ok:
		if w.opts.Skipped != nil {
			w.opts.Skipped(p, "the ending is not one of "+strings.Join(Endings(), " "))
		}
		return true
	case !info.Mode().IsRegular():
		return w.problem(p, 0, ErrIrregular)
	case kind == JSONL:
		return w.lines(p)
	case info.Size() > w.opts.maxBytes():
		return w.problem(p, 0, w.tooLarge(info.Size()))
	}
	data, err := w.read(p)
	if err != nil {
		return w.problem(p, 0, err)
	}
	return w.yield(Item{Path: p, Name: stem(p), Kind: kind, Line: 1, Data: data}, nil)
}

func (w *walker) wanted(p string) bool {
	_, ok := KindOf(p)
	return ok
}

func (w *walker) tooLarge(n int64) error {
	return fmt.Errorf("%w: %s, the limit is %s", ErrTooLarge, Size(n), Size(w.opts.maxBytes()))
}

func (w *walker) folder(p string) bool {
	real := w.tree.real(p)
	if w.seen[real] {
		return true
	}
	w.seen[real] = true
	entries, err := w.tree.list(p)
	if err != nil && !w.problem(p, 0, err) {
		return false
	}
	for _, name := range entries { // on an error too: what was listed is read
		if strings.HasPrefix(name, ".") {
			continue
		}
		if !w.visit(w.tree.join(p, name), false) {
			return false
		}
	}
	return true
}

// read takes the file whole. A file may have grown since it was looked at, so
// the limit holds here too.
func (w *walker) read(p string) ([]byte, error) {
	f, err := w.tree.open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, w.opts.maxBytes()+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) > w.opts.maxBytes():
		return nil, w.tooLarge(int64(len(data)))
	}
	return data, nil
}

// reason strips the operation and the path that the system's errors repeat.
func reason(err error) error {
	var pe *fs.PathError
	if !errors.As(err, &pe) {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("no permission to read it (%w)", pe.Err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no such file or folder (%w)", pe.Err)
	case errors.Is(err, syscall.ELOOP):
		return fmt.Errorf("the link leads back to itself (%w)", pe.Err)
	}
	return pe.Err
}
