package actor

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"chancery"
)

// maxUserList is the largest list that is read, in bytes.
const maxUserList = 64 << 20

// ListError is a fault of a user's list, with its place.
type ListError struct {
	Path string // as given
	Line int    // from 1; 0 when the whole file is meant
	Err  error
}

// Error gives the place and the fault in one sentence.
func (e *ListError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("list of actors %s: %v", e.Path, e.Err)
	}
	return fmt.Sprintf("list of actors %s line %d: %v", e.Path, e.Line, e.Err)
}

// Unwrap gives the fault without its place.
func (e *ListError) Unwrap() error { return e.Err }

// loadUserList reads a list in the format its ending or its content tells.
func (g *Gazetteer) loadUserList(path string, rank uint8) error {
	f, err := os.Open(path)
	if err != nil {
		return &ListError{path, 0, err}
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxUserList+1))
	if err != nil {
		return &ListError{path, 0, err}
	}
	if len(b) > maxUserList {
		return &ListError{path, 0, fmt.Errorf("%w: larger than %d MB", chancery.ErrInvalid, maxUserList>>20)}
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	read := g.readPetrarch
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		read = g.readCSV
	}
	if err := read(b, rank); err != nil {
		var at *ListError
		if errors.As(err, &at) {
			at.Path = path
			return at
		}
		return &ListError{path, 0, err}
	}
	return nil
}

// csvColumns are the columns of a user's CSV list. Only code and name must be there.
var csvColumns = []string{"code", "name", "aliases", "kind", "since", "until"}

// readCSV reads a list with a header of csvColumns in any order. aliases are
// separated by ";". kind is one of "state", "organisation", "armed group",
// "person", or "" for organisation. since and until are dates, "" for open.
func (g *Gazetteer) readCSV(b []byte, rank uint8) error {
	r := csv.NewReader(bytes.NewReader(b))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err == io.EOF {
		return &ListError{Line: 1, Err: fmt.Errorf("%w: empty (want a header with the columns %s)", chancery.ErrInvalid, strings.Join(csvColumns, ", "))}
	} else if err != nil {
		return csvFault(err)
	}
	at := map[string]int{}
	for i, h := range head {
		h = strings.ToLower(strings.TrimSpace(h))
		if !slices.Contains(csvColumns, h) {
			return &ListError{Line: 1, Err: fmt.Errorf("%w: unknown column %q (want %s)", chancery.ErrInvalid, h, strings.Join(csvColumns, ", "))}
		}
		at[h] = i
	}
	for _, h := range csvColumns[:2] {
		if _, ok := at[h]; !ok {
			return &ListError{Line: 1, Err: fmt.Errorf("%w: no column %q in the header", chancery.ErrInvalid, h)}
		}
	}
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return csvFault(err)
		}
		line, _ := r.FieldPos(0)
		field := func(name string) string {
			if i, ok := at[name]; ok && i < len(rec) {
				return strings.TrimSpace(rec[i])
			}
			return ""
		}
		if err := g.csvRow(field, rank); err != nil {
			return &ListError{Line: line, Err: err}
		}
	}
}

func csvFault(err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return &ListError{Line: p.StartLine, Err: p.Err}
	}
	return err
}

func (g *Gazetteer) csvRow(field func(string) string, rank uint8) error {
	e := entry{code: field("code"), name: field("name"), rank: rank}
	if err := checkCode(e.code); err != nil {
		return err
	}
	if e.name == "" || !utf8.ValidString(e.name) || len(aliasWords(e.name)) == 0 {
		return fmt.Errorf("%w: name %q holds no word", chancery.ErrInvalid, e.name)
	}
	switch kind := strings.ToLower(field("kind")); kind {
	case "state":
		e.class = classState
	case "organisation", "organization", "":
		e.class = classBody
	case "armed group":
		e.class = classGroup
	case "person":
		e.class = classPerson
	default:
		return fmt.Errorf("%w: kind %q (one of state, organisation, armed group, person)", chancery.ErrInvalid, kind)
	}
	var err error
	if e.since, err = parseDay(field("since"), false); err != nil {
		return fmt.Errorf("%w: since: %w", chancery.ErrInvalid, err)
	}
	if e.until, err = parseDay(field("until"), true); err != nil {
		return fmt.Errorf("%w: until: %w", chancery.ErrInvalid, err)
	}
	g.addState(&e)
	i := g.add(e)
	g.addAlias(e.name, i)
	for alias := range strings.SplitSeq(field("aliases"), ";") {
		g.addAlias(alias, i)
	}
	return nil
}

// addState makes the code of a user's state one of the states, so that "its
// army" and "the two countries" work for it too. A code that the embedded lists
// have for a body stays that of a body.
func (g *Gazetteer) addState(e *entry) {
	if e.class != classState || g.states[e.code] != "" {
		return
	}
	if len(e.code) == 3 && !isSector(e.code) && !g.isBody(e.code) {
		g.states[e.code] = e.name
		return
	}
	e.class = classBody
}

func (g *Gazetteer) isBody(code string) bool {
	for i := range g.entries {
		if g.entries[i].code == code && g.entries[i].rank == 0 && g.entries[i].class == classBody {
			return true
		}
	}
	return false
}

// checkCode accepts what an actor's code may be: capitals and digits, three or more.
func checkCode(code string) error {
	if len(code) < 2 || len(code) > 24 {
		return fmt.Errorf("%w: code %q (want 2 to 24 capitals and digits, for example PAK or USAMIL)", chancery.ErrInvalid, code)
	}
	for i := range len(code) {
		if c := code[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return fmt.Errorf("%w: code %q (want 2 to 24 capitals and digits, for example PAK or USAMIL)", chancery.ErrInvalid, code)
		}
	}
	return nil
}
