package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// record is an article as JSON gives it. The names in the first group are
// those that chancery itself uses; the others are common in scrapers' output.
type record struct {
	Title     words `json:"title"`
	Text      words `json:"text"`
	Published words `json:"published"`
	URL       words `json:"url"`
	Source    words `json:"source"`
	Byline    words `json:"byline"`
	ID        words `json:"id"`
	Article   words `json:"article"`

	Headline words    `json:"headline"`
	Body     words    `json:"body"`
	Content  words    `json:"content"`
	Date     words    `json:"date"`
	Author   words    `json:"author"`
	Authors  words    `json:"authors"`
	Sitename words    `json:"sitename"`
	Articles []record `json:"articles"`
}

// words is a string; of a list its strings, of an object its "name".
type words string

// UnmarshalJSON never fails on well-formed JSON: what is no word is no word.
func (w *words) UnmarshalJSON(b []byte) error {
	*w = ""
	switch b[0] {
	case '"':
		return json.Unmarshal(b, (*string)(w))
	case '[':
		var list []words
		if err := json.Unmarshal(b, &list); err != nil {
			return err
		}
		var parts []string
		for _, s := range list {
			if s != "" {
				parts = append(parts, string(s))
			}
		}
		*w = words(strings.Join(parts, ", "))
	case '{':
		var named struct {
			Name json.RawMessage `json:"name"`
		}
		if err := json.Unmarshal(b, &named); err != nil {
			return err
		}
		if len(named.Name) > 0 && named.Name[0] == '"' {
			return json.Unmarshal(named.Name, (*string)(w))
		}
	case 'n', 't', 'f':
	default: // a number
		*w = words(b)
	}
	return nil
}

// json reads one object, a list of objects, an object with a list "articles",
// or several of these one after the other.
func (r *reader) json() {
	text, ok := r.decoded()
	if !ok {
		return
	}
	in := json.NewDecoder(strings.NewReader(text))
	line := func(offset int64) int { return 1 + strings.Count(text[:min(int(offset), len(text))], "\n") }
	var all []record
	for {
		var raw json.RawMessage
		err := in.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			var some []record
			if some, err = records(raw); err == nil {
				all = append(all, some...)
				continue
			}
		}
		at := in.InputOffset()
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) && len(raw) == 0 {
			at = max(at, syntax.Offset)
		}
		r.problem(line(at), fmt.Errorf("%w: %s", ErrMalformed, sentence(err)))
		break
	}
	for i, rec := range all {
		name := r.item.Name
		if len(all) > 1 {
			name += "#" + strconv.Itoa(i+1)
		}
		r.record(rec, name, 0)
	}
	if len(all) == 0 && len(r.problems) == 0 {
		r.problem(0, ErrNoArticle)
	}
}

func records(raw json.RawMessage) ([]record, error) {
	raw = bytes.TrimSpace(raw)
	switch raw[0] {
	case '[':
		var list []record
		err := json.Unmarshal(raw, &list)
		return list, err
	case '{':
		var one record
		if err := json.Unmarshal(raw, &one); err != nil {
			return nil, err
		}
		if len(one.Articles) > 0 && one.Text == "" {
			return one.Articles, nil
		}
		return []record{one}, nil
	}
	return nil, errors.New("an object or a list of objects was expected")
}

// jsonLines reads one object a line. A broken line is reported with its number
// and the others are read.
func (r *reader) jsonLines() {
	if len(bytes.TrimSpace(r.item.Data)) == 0 {
		r.problem(0, ErrEmpty)
		return
	}
	text, ok := r.decoded()
	if !ok {
		return
	}
	number := max(r.item.Line, 1) - 1
	for s := range strings.SplitSeq(text, "\n") {
		number++
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		var rec record
		err := error(nil)
		if s[0] != '{' {
			err = errors.New("an object was expected")
		} else {
			err = json.Unmarshal([]byte(s), &rec)
		}
		if err != nil {
			r.problem(number, fmt.Errorf("%w: %s", ErrMalformed, sentence(err)))
			continue
		}
		r.record(rec, r.item.Name+"#"+strconv.Itoa(number), number)
	}
}

func (r *reader) record(rec record, name string, line int) {
	pick := func(all ...words) string {
		for _, w := range all {
			if s := settle(string(w)); strings.TrimSpace(s) != "" {
				return s
			}
		}
		return ""
	}
	text := pick(rec.Text, rec.Body, rec.Content)
	if text == "" {
		r.problem(line, fmt.Errorf("%w: %s has no \"text\"", ErrNoArticle, name))
		return
	}
	k := known{
		title: pick(rec.Title, rec.Headline), byline: pick(rec.Byline, rec.Author, rec.Authors),
		source: pick(rec.Source, rec.Sitename), url: pick(rec.URL), published: pick(rec.Published, rec.Date),
	}
	if n, err := strconv.ParseInt(k.published, 10, 64); err == nil && n > 9999 {
		k.published = fromUnix(n)
	}
	lines := rawLines(text)
	if looksLikeHTML(text) {
		lines = fragmentLines(text)
	}
	r.add(first(tidy(pick(rec.Article, rec.ID)), name), line, k, clean(lines, k.title))
}

// sentence makes one line of a parser's error, without its package's name.
func sentence(err error) string { return strings.TrimPrefix(brief(err.Error()), "json: ") }
