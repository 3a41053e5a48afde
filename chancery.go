// Package chancery holds the words of the record as types: articles, evidence,
// actors, events, goods, exchanges, quotes, figures, forecasts, readings.
//
// In: nothing. Out: values that every other package passes on, with their
// checks (Validate) and the identity of a record (see id.go). It imports only
// the standard library and does no I/O, no SQL, no HTTP, reads no clock.
package chancery

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// ByteRange is the half-open range [Start, End) of bytes in an article's text.
type ByteRange struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Of returns the characters of text under the range. It panics when the range
// does not lie in text; call Check first on foreign data.
func (r ByteRange) Of(text string) string { return text[r.Start:r.End] }

// IsZero reports whether the range is unset.
func (r ByteRange) IsZero() bool { return r == ByteRange{} }

// Len is the length in bytes.
func (r ByteRange) Len() int { return r.End - r.Start }

// Contains reports whether o lies wholly within r.
func (r ByteRange) Contains(o ByteRange) bool { return r.Start <= o.Start && o.End <= r.End }

// Overlaps reports whether the two ranges share at least one byte.
func (r ByteRange) Overlaps(o ByteRange) bool { return r.Start < o.End && o.Start < r.End }

// Check returns ErrEvidence when the range is empty, does not lie in text or
// cuts a character in two.
func (r ByteRange) Check(text string) error {
	switch {
	case r.Start < 0 || r.End > len(text) || r.Start >= r.End:
		return fmt.Errorf("%w: range %d..%d of a text of %d bytes", ErrEvidence, r.Start, r.End, len(text))
	case !utf8.RuneStart(text[r.Start]) || (r.End < len(text) && !utf8.RuneStart(text[r.End])):
		return fmt.Errorf("%w: range %d..%d cuts a character", ErrEvidence, r.Start, r.End)
	}
	return nil
}

// Errors of the vocabulary. Stages wrap them with what they know.
var (
	// ErrEvidence: a record's range does not fit its article's text.
	ErrEvidence = errors.New("evidence does not match the text")
	// ErrInvalid: a value outside its vocabulary.
	ErrInvalid = errors.New("invalid")
	// ErrNotFound: nothing stored under this id or name.
	ErrNotFound = errors.New("not found")
	// ErrConflict: the stored thing differs from what was expected.
	ErrConflict = errors.New("conflict")
)

// Article is one text from one source. Text is NFC UTF-8 with "\n" between
// paragraphs' lines; every record's range points into it.
type Article struct {
	ID        string `json:"id"`                   // from the content: see ArticleID
	Name      string `json:"article"`              // base name of the file without its ending, or given
	Title     string `json:"title,omitempty"`      // as printed
	Byline    string `json:"byline,omitempty"`     // as printed, without "By"
	Source    string `json:"source,omitempty"`     // the publisher
	URL       string `json:"url,omitempty"`        //
	Published Date   `json:"published,omitzero"`   // zero when not printed
	Language  string `json:"language,omitempty"`   // ISO 639-1; "" when undecided
	Path      string `json:"path,omitempty"`       // where it was read from
	ReprintOf string `json:"reprint_of,omitempty"` // id of the article it mostly repeats
	Text      string `json:"text"`                 // the body
	Cuts      []Cut  `json:"cuts,omitempty"`       // lines of the page that are not the body, in their order
}

// Cut is a line of the page that was taken for no part of the article.
type Cut struct {
	Line   int       `json:"line"`        // of the page's text, from 1; 0 when it has no lines
	Text   string    `json:"text"`        // as printed, of a long line its beginning
	Reason CutReason `json:"reason"`      //
	Of     ByteRange `json:"of,omitzero"` // the passage of the body that the line repeats, when it repeats one
}

// CutReason says why a line is no part of the article.
type CutReason string

// The reasons for a cut.
const (
	CutTitle     CutReason = "title"      // the title, kept as such
	CutMetadata  CutReason = "metadata"   // byline, date, source
	CutControl   CutReason = "control"    // menus, share prompts, reply forms, notices, counts
	CutRelated   CutReason = "related"    // links to other articles
	CutComments  CutReason = "comments"   // what readers wrote below
	CutCaption   CutReason = "caption"    // of a picture
	CutAuthor    CutReason = "author"     // the author's note
	CutLead      CutReason = "lead twice" // the lead, printed once more
	CutPullQuote CutReason = "pull quote" // a sentence of the body printed once more
	CutRepeated  CutReason = "repeated"   // a line printed twice in a row
)
