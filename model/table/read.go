package table

import (
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"
)

// maxBytes bounds a table file: 200 actors on 100 issues fit ten times.
const maxBytes = 16 << 20

// Read reads a table. name is the file's name, for messages and for the format:
// ".csv" is CSV, ".yaml", ".yml" and ".json" are YAML. What is wrong with the
// content comes as one *Error with every problem in it (it wraps ErrTable).
func Read(r io.Reader, name string) (*Table, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", name, err)
	}
	p := &problems{file: name}
	switch {
	case len(data) > maxBytes:
		p.add(0, "", "split it", "the file is larger than %d MB", maxBytes>>20)
	case len(strings.TrimSpace(string(data))) == 0:
		p.add(0, "", "write a table first; docs/models.md shows one", "the file is empty")
	case !utf8.Valid(data):
		line := 1
		for i := 0; i < len(data); {
			r, size := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && size <= 1 {
				break
			}
			if r == '\n' {
				line++
			}
			i += size
		}
		p.add(line, "", "save the file as UTF-8", "the file is not UTF-8 here")
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	text := strings.TrimPrefix(string(data), "\uFEFF")
	var t *Table
	switch strings.ToLower(path.Ext(name)) {
	case ".csv":
		t = readCSV(text, p)
	case ".yaml", ".yml", ".json":
		t = readYAML(text, p)
	default:
		p.add(0, "", "name it .csv, .yaml or .json", "the file's name does not say what it is")
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	t.File = name
	if err := t.Check(); err != nil {
		return nil, err
	}
	return t, nil
}
