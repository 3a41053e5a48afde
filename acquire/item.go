// Package acquire finds what is to be read: files and folders of text,
// Markdown, HTML, JSON, JSON lines and PDF. What stands at addresses of the web
// is fetched by the package fetch below it.
//
// In: paths. Out: a stream of Items (path, name, kind, bytes) in a fixed order,
// and one Problem, a sentence for the user, for each thing that could not be
// had; a problem never stops the walk. It holds one item at a time, looks at no
// item's content beyond the ends of JSON lines, decodes nothing and reaches no
// network. What an item says is package extract's business.
package acquire

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"chancery"
)

// Kind is what sort of file an Item is, by the ending of its name.
type Kind string

// The kinds of file that are read.
const (
	Text     Kind = "text"
	Markdown Kind = "markdown"
	HTML     Kind = "html"
	JSON     Kind = "json"
	JSONL    Kind = "jsonl"
	PDF      Kind = "pdf"
)

// Endings lists the endings of the names that are read, in a fixed order.
func Endings() []string {
	return []string{".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".pdf"}
}

// KindOf gives the kind of the file that has this name, false when its ending
// is not among Endings. Case does not matter.
func KindOf(name string) (Kind, bool) {
	switch strings.ToLower(path.Ext(filepath.ToSlash(name))) {
	case ".txt":
		return Text, true
	case ".md":
		return Markdown, true
	case ".html", ".htm":
		return HTML, true
	case ".json":
		return JSON, true
	case ".jsonl":
		return JSONL, true
	case ".pdf":
		return PDF, true
	}
	return "", false
}

// Item is one file, or a run of whole lines of a JSON-lines file.
type Item struct {
	Path string // as the walk reached it, with slashes of the system
	Name string // base name without its ending
	Kind Kind
	Line int    // number of the first line in Data, from 1; more than 1 only for later runs of JSON lines
	Data []byte // the bytes, not decoded; the receiver may keep them

	// What is said of an item where it was found, for what it does not say itself.
	URL       string        // where it stands in the web, "" for a file
	Title     string        // as a feed gives it
	Published chancery.Date // as a feed gives it
}

// Errors that a Problem wraps.
var (
	// ErrTooLarge: the file, or one line of a JSON-lines file, is over the limit.
	ErrTooLarge = errors.New("too large")
	// ErrKind: a file named by the user has an ending that is not read.
	ErrKind = errors.New("not a kind of file that is read")
	// ErrIrregular: a device, a pipe or a socket.
	ErrIrregular = errors.New("not a regular file")
)

// Problem is one thing that could not be read, as one sentence for the user.
type Problem struct {
	Path string
	Line int // from 1; 0 when the problem is not with one line
	Err  error
}

// Error gives "path: reason" or "path:line: reason".
func (p *Problem) Error() string {
	if p.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", p.Path, p.Line, p.Err)
	}
	return fmt.Sprintf("%s: %v", p.Path, p.Err)
}

// Unwrap gives the reason.
func (p *Problem) Unwrap() error { return p.Err }

func stem(name string) string {
	base := path.Base(filepath.ToSlash(name))
	if s := strings.TrimSuffix(base, path.Ext(base)); s != "" {
		return s
	}
	return base
}

// Size writes a number of bytes as a person reads it: "300.0 MB".
func Size(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	case n >= 1e3:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%d bytes", n)
}
