package export

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"chancery"
	"chancery/collate"
	"chancery/store/sqlite"
)

// Kinds lists the kinds of line: those of an article in the order in which they
// stand, then those of the whole record.
func Kinds() []string {
	return append(ofArticle(), KindHappening, KindFinding, KindSource)
}

func ofArticle() []string {
	return []string{KindArticle, KindActor, string(sqlite.KindEvent), string(sqlite.KindExchange), string(sqlite.KindQuote), string(sqlite.KindFigure), string(sqlite.KindForecast), KindTone}
}

// ParseKind reads the name of a kind of line. The error lists the valid ones.
func ParseKind(s string) (string, error) {
	if slices.Contains(Kinds(), s) {
		return s, nil
	}
	return "", fmt.Errorf("%w: kind %q (one of %s)", chancery.ErrInvalid, s, strings.Join(Kinds(), ", "))
}

// JSONLine writes v as one line of JSON. Control characters that a terminal
// might obey are written as escapes, those beyond ASCII too.
func JSONLine(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	line := b.Bytes()
	if bytes.ContainsFunc(line, obeyed) {
		var safe bytes.Buffer
		for _, r := range string(line) {
			if obeyed(r) {
				fmt.Fprintf(&safe, "\\u%04x", r)
			} else {
				safe.WriteRune(r)
			}
		}
		line = safe.Bytes()
	}
	_, err := w.Write(line)
	return err
}

// obeyed tells the characters that some terminals take for orders and JSON
// does not escape: delete and the C1 controls.
func obeyed(r rune) bool { return r >= 0x7f && r <= 0x9f }

// Write writes the lines of the kinds named, of the articles that the filter
// lets through, as JSON lines. Lines of the whole record (happenings, findings,
// sources) come last, and only when the filter lets every article through.
func Write(ctx context.Context, w io.Writer, store *sqlite.Store, kinds []string, f sqlite.Filter) error {
	line := func(v any) error { return JSONLine(w, v) }
	if err := each(ctx, store, kinds, f, line); err != nil {
		return err
	}
	if !reflect.DeepEqual(f, sqlite.Filter{}) {
		return nil
	}
	return whole(ctx, store, kinds, line)
}

// whole gives the lines of the whole record.
func whole(ctx context.Context, store *sqlite.Store, kinds []string, yield func(any) error) error {
	var lines []any
	if slices.Contains(kinds, KindHappening) {
		all, err := store.Happenings(ctx, sqlite.HappeningFilter{})
		if err != nil {
			return err
		}
		slices.SortFunc(all, func(a, b collate.Described) int { return cmp.Compare(a.ID, b.ID) })
		for _, h := range all {
			lines = append(lines, Happening{KindHappening, h})
		}
	}
	if slices.Contains(kinds, KindFinding) {
		all, err := store.Findings(ctx, sqlite.FindingFilter{})
		if err != nil {
			return err
		}
		for _, f := range all {
			lines = append(lines, Finding{KindFinding, f})
		}
	}
	if slices.Contains(kinds, KindSource) {
		all, err := store.Profiles(ctx)
		if err != nil {
			return err
		}
		for _, x := range all {
			lines = append(lines, Source{KindSource, x})
		}
	}
	for _, l := range lines {
		if err := yield(l); err != nil {
			return err
		}
	}
	return nil
}

// WriteCSV writes the lines of one kind as CSV with a head (RFC 4180). Text
// cells are made safe for spreadsheets: see Cell.
func WriteCSV(ctx context.Context, w io.Writer, store *sqlite.Store, kind string, f sqlite.Filter) error {
	c := csv.NewWriter(w)
	head, err := Head(kind)
	if err != nil {
		return err
	}
	if err := c.Write(head); err != nil {
		return err
	}
	if err := each(ctx, store, []string{kind}, f, func(v any) error { return c.Write(Cells(v)) }); err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

func each(ctx context.Context, store *sqlite.Store, kinds []string, f sqlite.Filter, yield func(any) error) error {
	outcomes, err := Outcomes(ctx, store)
	if err != nil {
		return err
	}
	for e, err := range store.Entries(ctx, f) {
		if err != nil {
			return err
		}
		for _, kind := range ofArticle() {
			if !slices.Contains(kinds, kind) {
				continue
			}
			for _, v := range lines(e, kind, outcomes) {
				if err := yield(v); err != nil {
					return err
				}
			}
		}
	}
	return ctx.Err()
}

// Outcomes gives what came of the forecasts that have been settled, by their ids.
func Outcomes(ctx context.Context, store *sqlite.Store) (map[string]chancery.Outcome, error) {
	all, err := store.Settlements(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]chancery.Outcome, len(all))
	for _, s := range all {
		out[s.Forecast] = s.Outcome
	}
	return out, nil
}

// lines gives an article's lines of a kind in the order of the text.
func lines(e sqlite.Entry, kind string, outcomes map[string]chancery.Outcome) []any {
	a, r := e.Article, e.Reading
	if kind == KindArticle {
		if r == nil {
			return []any{ArticleLine(a, "")}
		}
		return []any{ArticleLine(a, r.Version)}
	}
	if r == nil {
		return nil
	}
	switch kind {
	case KindActor:
		return inOrder(r.Actors, func(c *chancery.Actor) (int, string) {
			if len(c.Mentions) > 0 {
				return c.Mentions[0].Start, c.Code + c.Name
			}
			return 0, c.Code + c.Name
		}, func(c *chancery.Actor) any { return ActorLine(a, c) })
	case string(sqlite.KindEvent):
		return inOrder(r.Events, func(x *chancery.Event) (int, string) { return x.Trigger.Start, x.ID }, func(x *chancery.Event) any { return EventLine(a, x) })
	case string(sqlite.KindExchange):
		return inOrder(r.Exchanges, func(x *chancery.Exchange) (int, string) {
			for _, v := range x.Evidence {
				if v.Role == chancery.RoleSentence {
					return v.Start, x.ID
				}
			}
			return 0, x.ID
		}, func(x *chancery.Exchange) any { return ExchangeLine(a, x) })
	case string(sqlite.KindQuote):
		return inOrder(r.Quotes, func(x *chancery.Quote) (int, string) { return x.Text.Start, x.ID }, func(x *chancery.Quote) any { return QuoteLine(a, x) })
	case string(sqlite.KindFigure):
		return inOrder(r.Figures, func(x *chancery.Figure) (int, string) { return x.Value.Start, x.ID }, func(x *chancery.Figure) any { return FigureLine(a, x) })
	case string(sqlite.KindForecast):
		return inOrder(r.Forecasts, func(x *chancery.Forecast) (int, string) { return x.About.Start, x.ID }, func(x *chancery.Forecast) any { return ForecastLine(a, x, outcomes[x.ID]) })
	}
	if kind == KindTone {
		return inOrder(r.Tones, func(x *chancery.Tone) (int, string) { return x.Words.Start, x.ID }, func(x *chancery.Tone) any { return ToneLine(a, x) })
	}
	return nil
}

func inOrder[T any](all []T, place func(*T) (int, string), line func(*T) any) []any {
	order := make([]*T, len(all))
	for i := range all {
		order[i] = &all[i]
	}
	slices.SortStableFunc(order, func(x, y *T) int {
		i, idX := place(x)
		j, idY := place(y)
		return cmp.Or(cmp.Compare(i, j), cmp.Compare(idX, idY))
	})
	out := make([]any, len(order))
	for i, x := range order {
		out[i] = line(x)
	}
	return out
}

// Head gives the columns of a kind's CSV.
func Head(kind string) ([]string, error) {
	switch kind {
	case KindArticle:
		return []string{"article", "id", "title", "byline", "source", "url", "published", "language", "reprint_of", "version", "text"}, nil
	case KindActor:
		return []string{"article", "article_id", "code", "name", "role", "kind", "mentions"}, nil
	case string(sqlite.KindEvent):
		return []string{"article", "article_id", "id", "date", "until", "actors", "type", "recipients", "status", "probability", "quad_class", "intensity", "mode", "contexts", "cameo",
			"good", "good_text", "good_amount", "giver", "receiver", "exchange", "place", "attribution", "trigger", "sentence", "start", "end"}, nil
	case string(sqlite.KindExchange):
		return []string{"article", "article_id", "id", "legs", "tie", "restates", "sentence"}, nil
	case string(sqlite.KindQuote):
		return []string{"article", "article_id", "id", "speaker", "speaker_code", "text", "prose_speaker", "prose_speaker_code", "partial", "date", "sentence"}, nil
	case string(sqlite.KindFigure):
		return []string{"article", "article_id", "id", "value", "number", "to", "unit", "of", "approximate", "as_of", "attribution", "sentence"}, nil
	case string(sqlite.KindForecast):
		return []string{"article", "article_id", "id", "holder", "holder_code", "about", "subject", "subject_code", "hedge", "strength", "horizon", "condition", "advice", "outcome", "sentence"}, nil
	}
	if kind == KindTone {
		return []string{"article", "article_id", "id", "toward", "toward_code", "words", "how", "score", "attribution", "sentence"}, nil
	}
	if _, err := ParseKind(kind); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("%w: a %s is no row of a table: export it as jsonl", chancery.ErrInvalid, kind)
}

// Cells gives a line's cells under the columns of Head. Several values in one
// cell are parted by semicolons. It panics on a value that is no line.
func Cells(v any) []string {
	switch l := v.(type) {
	case Article:
		return texts(l.Article, l.ID, value(l.Title), value(l.Byline), value(l.Source), value(l.URL), value(l.Published), value(l.Language), value(l.ReprintOf), value(l.Version), l.Text)
	case Actor:
		return texts(l.Article, l.ArticleID, l.Code, l.Name, l.Role, l.Kind, strings.Join(l.Mentions, "; "))
	case Event:
		g := Good{}
		if l.Good != nil {
			g = *l.Good
		}
		start, end := "", ""
		for _, e := range l.Evidence {
			if e.Role == chancery.RoleSentence {
				start, end = strconv.Itoa(e.Start), strconv.Itoa(e.End)
			}
		}
		return slices.Concat(
			texts(l.Article, l.ArticleID, l.ID, value(l.Date), value(l.Until), named(l.ActorParties), string(l.Type), named(l.RecipientParties), string(l.Status)),
			[]string{number(l.Probability), l.Quad, number(l.Intensity)},
			texts(l.Mode, strings.Join(l.Contexts, "; "), l.CAMEO, string(g.Kind), g.Text, value(g.Amount), first(g.Giver, g.GiverName), first(g.Receiver, g.ReceiverName), value(l.Exchange), l.Place, spoken(l.Attribution), l.Trigger, l.Sentence),
			[]string{start, end})
	case Exchange:
		return texts(l.Article, l.ArticleID, l.ID, strings.Join(l.Legs, "; "), l.Tie, value(l.Restates), l.Sentence)
	case Quote:
		return texts(l.Article, l.ArticleID, l.ID, l.Speaker, l.SpeakerCode, l.Text, l.ProseSpeaker, l.ProseSpeakerCode, strconv.FormatBool(l.Partial), value(l.Date), l.Sentence)
	case Figure:
		to := ""
		if l.To != nil {
			to = number(*l.To)
		}
		return slices.Concat(texts(l.Article, l.ArticleID, l.ID, l.Value), []string{number(l.Number), to},
			texts(l.Unit, l.Of, l.Approximate, value(l.AsOf), spoken(l.Attribution), l.Sentence))
	case Tone:
		return slices.Concat(texts(l.Article, l.ArticleID, l.ID, l.Toward, l.TowardCode, l.Words, string(l.How)), []string{number(l.Score)}, texts(spoken(l.Attribution), l.Sentence))
	case Forecast:
		return slices.Concat(texts(l.Article, l.ArticleID, l.ID, l.Holder, l.HolderCode, l.About, l.Subject, l.SubjectCode, l.Hedge), []string{number(l.Strength)},
			texts(value(l.Horizon), l.Condition, strconv.FormatBool(l.Advice), value(l.Outcome), l.Sentence))
	}
	panic(fmt.Sprintf("export.Cells: %T is no line", v))
}

// Cell makes text safe for a spreadsheet, which would run a cell that begins
// with = + - @, a tab or a line end as a formula: such a cell gets an
// apostrophe in front (OWASP, CSV injection). Control characters other than
// tab and line end are left out.
func Cell(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' && r != '\n' {
			return -1
		}
		return r
	}, s)
	if s != "" && strings.ContainsRune("=+-@\t\n\uff1d\uff0b\uff0d\uff20", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

func texts(cells ...string) []string {
	for i, c := range cells {
		cells[i] = Cell(c)
	}
	return cells
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// named gives each party's code, or its name where it has none.
func named(all []Party) string {
	out := make([]string, len(all))
	for i, p := range all {
		out[i] = first(p.Code, p.Name)
	}
	return strings.Join(out, "; ")
}

func spoken(all []Voice) string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = first(first(v.Name, v.Code), string(v.Kind))
	}
	return strings.Join(out, " > ")
}
