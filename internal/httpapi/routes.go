package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// answer is an operation's body.
type answer[T any] struct {
	Body T
}

// routes is the one table of the API's operations.
func routes(mux *http.ServeMux, a *api) *huma.OpenAPI {
	h := newAPI(mux, a.Version)
	op(a, h, "GET", "/summary", "summary", "What is in the record", remembered(a, "summary", a.summary))
	op(a, h, "GET", "/attention", "attention", "What deserves a look: findings, broken promises, forecasts due, corrections that no longer fit", a.attention)
	op(a, h, "GET", "/articles", "articles", "Articles", a.articles)
	op(a, h, "POST", "/articles", "read-article", "Read an article into the record", a.readArticle)
	op(a, h, "POST", "/articles/fetch", "fetch-articles", "Read what stands at addresses of the web into the record, or list the entries of a feed", a.fetchArticles)
	op(a, h, "GET", "/articles/{id}", "article", "An article with its text, records and corrections", a.article)
	op(a, h, "GET", "/events", "events", "Events", a.events)
	op(a, h, "GET", "/quotes", "quotes", "Quotes", a.quotes)
	op(a, h, "GET", "/figures", "figures", "Figures", a.figures)
	op(a, h, "GET", "/forecasts", "forecasts", "Forecasts", a.forecasts)
	op(a, h, "POST", "/settlements", "settle", "Say what came of a forecast, or take it back", a.settle)
	op(a, h, "GET", "/calibration", "calibration", "How those who foretell have done, by the forecasts that were settled", a.calibration)
	op(a, h, "GET", "/exchanges", "exchanges", "Exchanges with their legs", a.exchanges)
	op(a, h, "GET", "/actors", "actors", "Actors, as the articles together speak of them", remembered(a, "actors", a.actors))
	op(a, h, "GET", "/dyads", "dyads", "Pairs of states with how much passes between them", remembered(a, "dyads", a.dyads))
	op(a, h, "GET", "/happenings", "happenings", "Occurrences with how many tell them and what they say", a.happenings)
	op(a, h, "GET", "/happenings/{id}", "happening", "A happening with every telling of it", a.happening)
	op(a, h, "GET", "/findings", "findings", "What a careful reader should know: where the texts differ", a.findings)
	op(a, h, "GET", "/sources", "sources", "What each source tells, leaves out and how it shows the actors", remembered(a, "sources", a.sources))
	op(a, h, "GET", "/sources/tone", "tone", "How a source shows an actor, with the passages that decide", a.tone)
	op(a, h, "GET", "/ledger", "ledger", "The account of two parties: what each has offered, asked, promised, delivered, withheld and broken", rememberedFresh(a, "ledger", a.ledger))
	op(a, h, "GET", "/relation", "relation", "How two states, or one and all others, stand to each other over time", remembered(a, "relation", a.relation))
	op(a, h, "GET", "/blocs", "blocs", "Who stands with whom in a window of time", remembered(a, "blocs", a.blocs))
	reportOperation(a, h)
	op(a, h, "GET", "/models/example", "example-table", "The table of the worked example, with a change to try", a.exampleTable)
	op(a, h, "GET", "/models/draft", "draft-table", "A table proposed from the record, to be edited", remembered(a, "draft-table", a.draftTable))
	op(a, h, "POST", "/models/table", "parse-table", "Check a table of actors and issues", a.parseTable)
	op(a, h, "POST", "/models/run", "run-model", "Run the models on a table, and on the table with a change", a.runModel)
	op(a, h, "GET", "/series", "series", "Events of a dyad by period and quad class", remembered(a, "series", a.series))
	op(a, h, "GET", "/records/{id}", "record", "One record, with its article and corrections", a.record)
	op(a, h, "GET", "/search", "search", "Full-text search", a.search)
	op(a, h, "GET", "/corrections", "corrections", "What people said of the record", a.corrections)
	op(a, h, "POST", "/corrections", "correct", "Confirm, reject or amend a record, or withdraw a correction", a.correct)
	return h.OpenAPI()
}

// anyToken says that an operation may want the token.
var anyToken = []map[string][]string{{}, {"token": {}}}

// op registers an operation whose errors go through fail.
func op[I, O any](a *api, h huma.API, method, path, id, summary string, f func(context.Context, *I) (*O, error)) {
	o := huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Summary: summary, MaxBodyBytes: a.MaxBody,
		Security: anyToken}
	huma.Register(h, o, func(ctx context.Context, in *I) (*answer[*O], error) {
		out, err := f(ctx, in)
		if err != nil {
			return nil, a.fail(err)
		}
		return &answer[*O]{Body: out}, nil
	})
}
