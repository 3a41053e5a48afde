package sqlite

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chancery"
)

// Kind is a kind of record.
type Kind string

// The kinds of record, under the names that RecordID and the export use.
const (
	KindEvent    Kind = "event"
	KindExchange Kind = "exchange"
	KindQuote    Kind = "quote"
	KindFigure   Kind = "figure"
	KindForecast Kind = "forecast"
)

// Kinds lists all kinds in a fixed order.
func Kinds() []Kind { return []Kind{KindEvent, KindExchange, KindQuote, KindFigure, KindForecast} }

// Order is the order of a listing.
type Order string

// The orders. Records without a date come first by OrderOldest, last by OrderNewest.
const (
	OrderText   Order = ""       // by article name and id, then by place in the text
	OrderOldest Order = "oldest" // by first day, then as OrderText
	OrderNewest Order = "newest" // by first day backward, then as OrderText backward
)

// Filter narrows a listing; its zero value lets everything through. A party is
// named by a code or a name: a state's code ("PAK") means the state and all
// its parts, a longer one ("PAKMIL") that part; anything that is not all
// capitals is a name, case ignored. A field that the listed kind does not have
// is an error (chancery.ErrInvalid), not ignored.
type Filter struct {
	Article        string               // id or name
	Source         string               // as printed
	Actor          string               // actor of an event, speaker of a quote, holder of a forecast
	Recipient      string               // recipient of an event, subject of a forecast
	Giver          string               // of an event's good or an exchange's leg
	Receiver       string               // of an event's good or an exchange's leg
	Party          string               // anywhere in the record
	Between        [2]string            // both, on opposite sides, either way round
	Types          []chancery.EventType // any of them
	Statuses       []chancery.Status    // any of them
	Goods          []chancery.GoodKind  // any of them
	HasGood        bool                 //
	Exchange       string               // exchange id
	Unit           string               // of a figure
	Since          chancery.Date        // what may have taken place on or after its first day
	Until          chancery.Date        // what may have taken place on or before its last day
	MinProbability float64              // of an event, 0..1; of a forecast its strength
	Language       string               // of an article
	Outlook        Outlook              // of a forecast
	Today          time.Time            // what Outlook is held against
	Order          Order
	Limit          int    // rows at most; 0 is no limit
	Cursor         string // Page.Next of the page before
}

// Outlook says whether what came of a forecast can be said or was.
type Outlook string

// The outlooks. Advice has none but OutlookAny.
const (
	OutlookAny     Outlook = ""
	OutlookDue     Outlook = "due"     // its horizon has passed, and nobody has said what came of it
	OutlookAhead   Outlook = "ahead"   // its horizon has not passed or is not said
	OutlookSettled Outlook = "settled" // somebody has said what came of it
)

// Outlooks lists all but OutlookAny in a fixed order.
func Outlooks() []Outlook { return []Outlook{OutlookDue, OutlookAhead, OutlookSettled} }

// query is a SELECT under construction over one kind's table, aliased k.
type query struct {
	kind  Kind // "" for articles
	from  string
	key   string // the column that orders
	where []string
	args  []any
	tail  []any // arguments of LIMIT
	end   string
}

func (q *query) and(cond string, args ...any) {
	q.where = append(q.where, cond)
	q.args = append(q.args, args...)
}

// sides gives the party sides that a filter's field means for a kind.
var sides = map[Kind]map[string]string{
	KindEvent:    {"actor": "actor", "recipient": "recipient", "giver": "giver", "receiver": "receiver"},
	KindExchange: {"giver": "giver", "receiver": "receiver"},
	KindQuote:    {"actor": "speaker"},
	KindForecast: {"actor": "holder", "recipient": "subject"},
}

// isCode tells a party's code from its name.
func isCode(s string) bool {
	for _, r := range s {
		if (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return true
}

// isState reports whether a party is named by the code of a state or of a body
// of its own.
func isState(s string) bool { return s != "" && isCode(s) && chancery.StateOf(s) == s }

// partyIs gives the condition that a row of party, aliased p, is the one named.
func partyIs(p, name string) (string, []any) {
	switch {
	case !isCode(name):
		return p + ".name = ? COLLATE NOCASE", []any{name}
	case chancery.StateOf(name) == name:
		return p + ".state = ? AND " + p + ".leads = 1", []any{name}
	}
	return p + ".code = ?", []any{name}
}

// commonRecords is from how many records on a party's records are not gathered before
// a page is filled, but asked for one by one while it is.
const commonRecords = 3000

// seat demands that the party named stands on the side, "" for any.
func (q *query) seat(ctx context.Context, s *Store, side, name string, paged bool) error {
	is, args := partyIs("p", name)
	// The first party that is a state drives the query: its index is in the
	// order of the listing, so that a page of a common one is read at once.
	if chancery.StateOf(name) == name && isCode(name) && side != "" && !strings.Contains(q.from, "party") && q.key == "k.key" {
		q.from = "party p CROSS JOIN " + q.from + " ON k.record = p.record"
		q.key = "p.key"
		q.and("p.side = ? AND "+is, append([]any{side}, args...)...)
		return nil
	}
	if side != "" {
		is += " AND p.side = ?"
		args = append(args, side)
	}
	if paged {
		var n int
		if err := s.read.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM party p WHERE "+is+" LIMIT ?)", append(args[:len(args):len(args)], s.common)...).Scan(&n); err != nil {
			return explain(s.path, err)
		}
		if n == s.common {
			// The plus signs keep the planner on the table's own key.
			is, _ := partyIs("+p", name)
			if side != "" {
				is += " AND +p.side = ?"
			}
			q.and("EXISTS (SELECT 1 FROM party p WHERE p.record = k.record AND "+is+")", args...)
			return nil
		}
	}
	q.and("k.record IN (SELECT p.record FROM party p WHERE "+is+")", args...)
	return nil
}

// between demands both parties on opposite sides of an event or an exchange.
func (q *query) between(one, two, a, b string) {
	if isState(a) && isState(b) {
		table, one, two := "dyad", "actor", "recipient"
		if q.kind == KindExchange {
			table, one, two = "exchange_dyad", "giver", "receiver"
		}
		side := "SELECT record FROM " + table + " WHERE " + one + " = ? AND " + two + " = ?"
		q.and("k.record IN ("+side+" UNION "+side+")", a, b, b, a)
		return
	}
	stands := func(side, name string) string {
		is, args := partyIs("p", name)
		q.args = append(append(q.args, side), args...)
		return "k.record IN (SELECT p.record FROM party p WHERE p.side = ? AND " + is + ")"
	}
	q.and("(" + stands(one, a) + " AND " + stands(two, b) + " OR " + stands(one, b) + " AND " + stands(two, a) + ")")
}

// any demands one of the values; sign is "+" to keep the planner off the column's
// index.
func (q *query) any(column string, values []any, sign ...string) {
	if len(values) > 0 {
		q.and(strings.Join(sign, "")+"k."+column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
	}
}

func anys[T ~string](in []T) []any {
	out := make([]any, len(in))
	for i, v := range in {
		out[i] = string(v)
	}
	return out
}

// query builds the conditions of a listing of the kind.
func (s *Store) query(ctx context.Context, kind Kind, f Filter) (*query, error) {
	q := &query{kind: kind, from: string(kind) + " k", key: "k.key"}
	if kind == "" {
		q.from = "article k"
	}
	if err := f.fits(kind); err != nil {
		return nil, err
	}
	if f.Order != OrderText {
		q.key = "(k.first, k.key)" // seat leaves the order alone
	}
	// Two states on their sides have an index in the order of the text.
	if g, r := f.Giver, f.Receiver; isState(g) && isState(r) && kind == KindEvent {
		q.and("k.giver = ? AND k.receiver = ? AND k.good <> ''", g, r)
		f.Giver, f.Receiver = "", ""
	}
	for _, p := range []struct{ field, name string }{{"actor", f.Actor}, {"recipient", f.Recipient}, {"giver", f.Giver}, {"receiver", f.Receiver}} {
		if p.name != "" {
			if err := q.seat(ctx, s, sides[kind][p.field], p.name, f.Limit > 0); err != nil {
				return nil, err
			}
		}
	}
	if f.Party != "" {
		if err := q.seat(ctx, s, "", f.Party, f.Limit > 0); err != nil {
			return nil, err
		}
	}
	if f.Between != [2]string{} {
		one, two := "actor", "recipient"
		if kind == KindExchange {
			one, two = "giver", "receiver"
		}
		q.between(one, two, f.Between[0], f.Between[1])
	}
	if f.Article != "" {
		from, to, err := s.articleKeys(ctx, f.Article)
		if err != nil {
			return nil, err
		}
		key := q.key
		if f.Order != OrderText {
			key = "k.key"
		}
		q.and(key+" >= ? AND "+key+" < ?", from, to)
	}
	if f.Source != "" {
		q.and("k.source = (SELECT n FROM source WHERE name = ?)", f.Source)
	}
	q.any("type", anys(f.Types))
	if f.HasGood && f.Order != OrderText && f.Source == "" && len(f.Types) == 0 {
		q.any("status", anys(f.Statuses), "+") // the index of goods has them in order
	} else {
		q.any("status", anys(f.Statuses))
	}
	q.any("good", anys(f.Goods))
	// The conditions on "" let SQLite use the partial indexes: it does not know
	// that what is bound later is not "".
	if f.HasGood || len(f.Goods) > 0 {
		q.and("k.good <> ''")
	}
	if f.Exchange != "" {
		q.and("k.exchange = ? AND k.exchange <> ''", f.Exchange)
	}
	if f.Unit != "" {
		q.and("k.unit = ?", f.Unit)
	}
	if f.Language != "" {
		q.and("k.language = ?", f.Language)
	}
	switch f.Outlook {
	case OutlookDue:
		q.and("k.settled = 0 AND k.advice = 0 AND k.last <> '' AND k.last < ?", f.Today.Format(time.DateOnly))
	case OutlookAhead:
		q.and("k.settled = 0 AND k.advice = 0 AND (k.last = '' OR k.last >= ?)", f.Today.Format(time.DateOnly))
	case OutlookSettled:
		q.and("k.settled <> 0")
	}
	if f.MinProbability > 0 {
		column := "k.probability"
		if kind == KindForecast {
			column = "k.strength"
		}
		q.and(column+" >= ?", f.MinProbability)
	}
	if !f.Since.IsZero() {
		q.and("k.last >= ?", f.Since.First().Format(time.DateOnly))
	}
	if !f.Until.IsZero() {
		q.and("k.first <= ? AND k.first <> ''", f.Until.Last().Format(time.DateOnly))
	}
	return q, nil
}

// fits refuses fields that a kind does not have.
func (f Filter) fits(kind Kind) error {
	what := string(kind) + "s"
	if kind == "" {
		what = "articles"
	}
	event := kind == KindEvent
	_, hasActor := sides[kind]["actor"]
	_, hasRecipient := sides[kind]["recipient"]
	_, hasGiver := sides[kind]["giver"]
	for _, x := range []struct {
		name     string
		set, has bool
	}{
		{"actor", f.Actor != "", hasActor},
		{"recipient", f.Recipient != "", hasRecipient},
		{"giver", f.Giver != "", hasGiver},
		{"receiver", f.Receiver != "", hasGiver},
		{"party", f.Party != "", kind != "" && kind != KindFigure},
		{"pair of parties", f.Between != [2]string{}, event || kind == KindExchange},
		{"type", len(f.Types) > 0, event},
		{"status", len(f.Statuses) > 0, event},
		{"good", len(f.Goods) > 0 || f.HasGood, event},
		{"exchange", f.Exchange != "", event},
		{"unit", f.Unit != "", kind == KindFigure},
		{"probability", f.MinProbability != 0, event || kind == KindForecast},
		{"language", f.Language != "", kind == ""},
		{"outlook", f.Outlook != "", kind == KindForecast},
	} {
		if x.set && !x.has {
			return fmt.Errorf("%w: %s have no %s to filter by", chancery.ErrInvalid, what, x.name)
		}
	}
	switch {
	case (f.Between[0] == "") != (f.Between[1] == ""):
		return fmt.Errorf("%w: a pair of parties needs both", chancery.ErrInvalid)
	case f.Limit < 0:
		return fmt.Errorf("%w: a limit of %d", chancery.ErrInvalid, f.Limit)
	case f.Order != OrderText && f.Order != OrderOldest && f.Order != OrderNewest:
		return fmt.Errorf("%w: order %q (one of %q, %q, or none for the order of the text)", chancery.ErrInvalid, f.Order, OrderOldest, OrderNewest)
	case f.Outlook != OutlookAny && !slices.Contains(Outlooks(), f.Outlook):
		return fmt.Errorf("%w: outlook %q (one of %v)", chancery.ErrInvalid, f.Outlook, Outlooks())
	case f.MinProbability < 0 || f.MinProbability > 1:
		return fmt.Errorf("%w: a probability of %v (want 0 to 1)", chancery.ErrInvalid, f.MinProbability)
	}
	return nil
}

// articleKeys gives the range of keys of an article, or of all articles of that
// name. It returns chancery.ErrNotFound when there is none.
func (s *Store) articleKeys(ctx context.Context, article string) (from, to string, err error) {
	var key string
	err = s.read.QueryRowContext(ctx, "SELECT key FROM article WHERE id = ?", article).Scan(&key)
	if err == nil {
		return key, key + "\n", nil // after the key and every key that goes on with a tab
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return "", "", explain(s.path, err)
	}
	err = s.read.QueryRowContext(ctx, "SELECT key FROM article WHERE name = ? LIMIT 1", article).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", fmt.Errorf("article %q: %w: \"chancery articles\" lists what is there", article, chancery.ErrNotFound)
	}
	name := articleKey(article, "")
	return name, strings.TrimSuffix(name, "\t") + "\n", explain(s.path, err)
}

// cursor is a place between two rows.
type cursor struct {
	Order Order  `json:"o,omitempty"`
	First string `json:"f,omitempty"`
	Key   string `json:"k"`
}

func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // three strings
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// page adds order, limit and cursor. It fetches one row more than asked, to
// know whether there is a next page.
func (q *query) page(f Filter) error {
	switch f.Order {
	case OrderText:
		q.end = " ORDER BY " + q.key
	case OrderOldest:
		q.end = " ORDER BY k.first, k.key"
	case OrderNewest:
		q.end = " ORDER BY k.first DESC, k.key DESC"
	}
	if f.Cursor != "" {
		var c cursor
		b, err := base64.RawURLEncoding.DecodeString(f.Cursor)
		if err == nil {
			err = json.Unmarshal(b, &c)
		}
		if err != nil || c.Order != f.Order {
			return fmt.Errorf("%w: this cursor does not come from this listing", chancery.ErrInvalid)
		}
		switch f.Order {
		case OrderText:
			q.and(q.key+" > ?", c.Key)
		case OrderOldest:
			q.and("(k.first, k.key) > (?, ?)", c.First, c.Key)
		case OrderNewest:
			q.and("(k.first, k.key) < (?, ?)", c.First, c.Key)
		}
	}
	if f.Limit > 0 {
		q.end += " LIMIT ?"
		q.tail = []any{f.Limit + 1}
	}
	return nil
}

func (q *query) text(columns, join string) string {
	s := "SELECT " + columns + " FROM " + q.from + join
	if len(q.where) > 0 {
		s += " WHERE " + strings.Join(q.where, " AND ")
	}
	return s + q.end
}

func (q *query) all() []any { return append(q.args, q.tail...) }
