package table

import (
	"errors"
	"fmt"
	"strings"
)

// ErrTable is what every error about a table's content wraps.
var ErrTable = errors.New("bad table")

// Problem is one thing wrong with a table, where it stands and what to do.
type Problem struct {
	File  string `json:"file,omitempty"`
	Line  int    `json:"line,omitempty"` // from 1; 0 when it belongs to no line
	Field string `json:"field,omitempty"`
	What  string `json:"what"`
	Do    string `json:"do"`
}

// String writes "file:12: position: what; what to do".
func (p Problem) String() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		b.WriteByte(':')
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:", p.Line)
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	if p.Field != "" {
		b.WriteString(p.Field + ": ")
	}
	b.WriteString(p.What)
	if p.Do != "" {
		b.WriteString("; " + p.Do)
	}
	return b.String()
}

// Error holds all problems found, in the order of the file. It wraps ErrTable.
type Error struct{ Problems []Problem }

// maxShown bounds the lines of one error message.
const maxShown = 20

// Error writes one problem to a line.
func (e *Error) Error() string {
	var lines []string
	for i, p := range e.Problems {
		if i == maxShown {
			lines = append(lines, fmt.Sprintf("and %d more", len(e.Problems)-i))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives ErrTable.
func (e *Error) Unwrap() error { return ErrTable }

// problems collects what is wrong.
type problems struct {
	file string
	list []Problem
}

func (p *problems) add(line int, field, do, format string, args ...any) {
	p.list = append(p.list, Problem{File: p.file, Line: line, Field: field, What: fmt.Sprintf(format, args...), Do: do})
}

func (p *problems) err() error {
	if len(p.list) == 0 {
		return nil
	}
	return &Error{p.list}
}
