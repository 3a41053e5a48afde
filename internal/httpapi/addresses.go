package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"chancery"
	"chancery/acquire"
	"chancery/acquire/fetch"

	"github.com/danielgtaylor/huma/v2"
)

const (
	fetchTime   = 90 * time.Second // for a request's addresses together; the connection is held for 2 minutes at most
	mostFetches = 4                // requests that fetch at a time
)

type fetchInput struct {
	Body struct {
		Addresses []AskedAddress `json:"addresses" minItems:"1" maxItems:"50"`
	}
}

// AskedAddress is an address to be read.
type AskedAddress struct {
	Address   string `json:"address" minLength:"1" maxLength:"2000" doc:"of a page, a PDF, a text or a feed; http or https"`
	Title     string `json:"title,omitempty" maxLength:"500" doc:"as a feed gives it, for a page that has none"`
	Published string `json:"published,omitempty" maxLength:"10" doc:"as a feed gives it, for a page that has no date"`
}

// FetchAnswer says what became of each address, in their order.
type FetchAnswer struct {
	Outcomes []AddressOutcome `json:"outcomes"`
}

// AddressOutcome is articles, a feed, or a problem.
type AddressOutcome struct {
	Address  string          `json:"address" doc:"as it was asked for"`
	Articles []Receipt       `json:"articles"`
	Feed     *FetchedFeed    `json:"feed,omitempty" doc:"when a feed stands there: its entries are not fetched by this request"`
	Problem  *AddressProblem `json:"problem,omitempty" doc:"why nothing was read"`
}

// FetchedFeed is what a feed offers.
type FetchedFeed struct {
	Title   string         `json:"title"`
	Entries []AskedAddress `json:"entries" doc:"those of which the record has no article: ask for them"`
	Known   int            `json:"known" doc:"entries of which it has one"`
	LeftOut int            `json:"left_out" doc:"entries without an address, or more than are taken"`
}

// AddressProblem is a problem document (RFC 9457) about one address.
type AddressProblem struct {
	Type   string `json:"type" enum:"urn:chancery:fetch:address,urn:chancery:fetch:private,urn:chancery:fetch:robots,urn:chancery:fetch:too-large,urn:chancery:fetch:kind,urn:chancery:fetch:status,urn:chancery:fetch:redirect,urn:chancery:fetch:unreachable,urn:chancery:fetch:feed,urn:chancery:fetch:article,urn:chancery:fetch:time"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail" doc:"one sentence: what is wrong, and where it helps what to do"`
}

// addressProblems are the errors of fetching and reading an address, each with its
// type and status.
var addressProblems = []struct {
	err    error
	name   string
	status int
}{
	{fetch.ErrRedirect, "redirect", http.StatusBadGateway}, // before what a redirect led to
	{fetch.ErrAddress, "address", http.StatusUnprocessableEntity},
	{fetch.ErrPrivate, "private", http.StatusForbidden},
	{fetch.ErrRobots, "robots", http.StatusForbidden},
	{fetch.ErrUnreachable, "unreachable", http.StatusBadGateway},
	{fetch.ErrFeed, "feed", http.StatusUnprocessableEntity},
	{acquire.ErrTooLarge, "too-large", http.StatusRequestEntityTooLarge},
	{acquire.ErrKind, "kind", http.StatusUnsupportedMediaType},
	{chancery.ErrInvalid, "article", http.StatusUnprocessableEntity},
	{context.DeadlineExceeded, "time", http.StatusGatewayTimeout},
}

// addressProblem gives the document of an error, nil for one that is no fault of
// the address's.
func addressProblem(err error) *AddressProblem {
	p := &AddressProblem{Detail: err.Error()}
	var unread *acquire.Problem
	if errors.As(err, &unread) {
		p.Detail = unread.Err.Error()
	}
	name := ""
	if status := (*fetch.StatusError)(nil); errors.As(err, &status) {
		name, p.Status = "status", http.StatusBadGateway
	}
	for _, known := range addressProblems {
		if name == "" && errors.Is(err, known.err) {
			name, p.Status = known.name, known.status
		}
	}
	if name == "" {
		return nil
	}
	if name == "time" {
		p.Detail = fmt.Sprintf("not read: %s were over before its turn came; ask for it again", fetchTime)
	}
	p.Type, p.Title = "urn:chancery:fetch:"+name, http.StatusText(p.Status)
	return p
}

// fetchArticles reads addresses into the record, one after the other.
func (a *api) fetchArticles(ctx context.Context, in *fetchInput) (*FetchAnswer, error) {
	if a.Fetch == nil || a.Read == nil {
		return nil, huma.Error403Forbidden("this server fetches nothing")
	}
	select {
	case a.fetching <- struct{}{}:
		defer func() { <-a.fetching }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	timed, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	out := &FetchAnswer{Outcomes: make([]AddressOutcome, 0, len(in.Body.Addresses))}
	for _, asked := range in.Body.Addresses {
		published, err := chancery.ParseDate(asked.Published)
		if err != nil {
			return nil, err
		}
		o, err := a.fetchArticle(timed, asked, published)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			if o.Problem = addressProblem(err); o.Problem == nil {
				return nil, err
			}
		}
		out.Outcomes = append(out.Outcomes, o)
	}
	return out, nil
}

// fetchArticle reads what stands at one address.
func (a *api) fetchArticle(ctx context.Context, asked AskedAddress, published chancery.Date) (AddressOutcome, error) {
	o := AddressOutcome{Address: asked.Address, Articles: []Receipt{}}
	if err := ctx.Err(); err != nil {
		return o, err
	}
	got, err := a.Fetch(ctx, asked.Address)
	if err != nil {
		return o, err
	}
	if got.Feed == nil {
		got.Item.Title, got.Item.Published = asked.Title, published
		receipts, err := a.Read(ctx, got.Item)
		o.Articles = append(o.Articles, receipts...)
		return o, err
	}
	o.Feed = &FetchedFeed{Title: got.Feed.Title, Entries: []AskedAddress{}, LeftOut: got.Feed.Without + got.Feed.Over}
	for _, e := range got.Feed.Entries {
		id, err := a.Store.AtAddress(ctx, e.Address)
		if err != nil {
			return o, err
		}
		if id != "" {
			o.Feed.Known++
			continue
		}
		title := []rune(e.Title)
		o.Feed.Entries = append(o.Feed.Entries, AskedAddress{Address: e.Address, Title: string(title[:min(len(title), 500)]), Published: e.Published.String()})
	}
	return o, nil
}
