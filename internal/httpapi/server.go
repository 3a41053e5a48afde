package httpapi

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"time"

	"chancery"
	"chancery/acquire"
	"chancery/acquire/fetch"
	"chancery/store/sqlite"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Config is what a server needs. Store, Log and Page must be set.
type Config struct {
	Store    *sqlite.Store
	Read     func(ctx context.Context, item acquire.Item) ([]Receipt, error) // reads an upload into the store; nil refuses uploads
	Fetch    func(ctx context.Context, address string) (fetch.Answer, error) // fetches what stands at an address; nil refuses addresses
	Collate  func(context.Context) error                                     // has the record collated anew after a correction, now or soon; nil is Store.Collate
	Page     fs.FS                                                           // the built page
	Log      *slog.Logger
	Now      func() time.Time // the clock; time.Now when nil
	Version  string           // of the program
	Token    string           // asked of every request below /api/; "" asks none
	Loopback bool             // answer only to names of this machine
	MaxBody  int64            // largest upload in bytes; 0 is 16 MiB
}

// Receipt says what became of one article of an upload.
type Receipt struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	New   bool   `json:"new" doc:"false when the same content was in the record already"`
	Coded bool   `json:"coded" doc:"false when it is not in English"`
}

// api is the server's state: fixed once made.
type api struct {
	Config
	model    chan struct{} // holds one while a model runs: each takes all processors
	fetching chan struct{} // holds one for each request that fetches
	memo     *memo         // slow answers
}

// New builds the handler.
func New(c Config) http.Handler {
	if c.MaxBody == 0 {
		c.MaxBody = 16 << 20
	}
	if c.Collate == nil {
		c.Collate = c.Store.Collate
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	registry := prometheus.NewRegistry()
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "chancery_request_seconds", Help: "Time to answer a request.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
	}, []string{"route", "status"})
	registry.MustRegister(seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))

	mux := http.NewServeMux()
	doc := routes(mux, &api{Config: c, model: make(chan struct{}, 1), fetching: make(chan struct{}, mostFetches), memo: newMemo()})
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		if _, err := c.Store.Count(r.Context(), "", sqlite.Filter{}); err != nil {
			c.Log.Error("health", "error", err)
			problem(w, http.StatusServiceUnavailable, "the record cannot be read")
			return
		}
		_, _ = w.Write([]byte("ok\n")) // the client may be gone
	})
	mux.Handle("GET /api/v1/reference", reference(doc))
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		problem(w, http.StatusNotFound, "no such operation; /api/v1/reference lists them")
	})
	mux.Handle("/", page(c.Page))

	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		panic(err) // fixed options
	}
	var h http.Handler = mux
	h = etag(h)
	h = limit(c.MaxBody, h)
	h = bearer(c.Token, h)
	h = sameOrigin(c.Loopback, h)
	h = observe(c.Log, seconds, h)
	return secure(compress(h))
}

// limit bounds a request's body.
func limit(most int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > most {
			problem(w, http.StatusRequestEntityTooLarge, "the body is larger than this server takes; read large files with the command line")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		next.ServeHTTP(w, r)
	})
}

// OpenAPI gives the document of the API as JSON, without a store.
func OpenAPI(version string) ([]byte, error) {
	return routes(http.NewServeMux(), &api{Config: Config{Version: version, MaxBody: 16 << 20}}).MarshalJSON()
}

// fail turns an error into the answer its kind asks for; what is inside the
// server goes to the log alone.
func (a *api) fail(err error) error {
	var status huma.StatusError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &status):
		return err
	case errors.Is(err, chancery.ErrNotFound):
		return huma.Error404NotFound(sentence(err, chancery.ErrNotFound))
	case errors.Is(err, chancery.ErrInvalid), errors.Is(err, chancery.ErrEvidence):
		return huma.Error422UnprocessableEntity(sentence(err, chancery.ErrInvalid))
	case errors.Is(err, chancery.ErrConflict):
		return huma.Error409Conflict(sentence(err, chancery.ErrConflict))
	case errors.Is(err, sqlite.ErrLocked):
		return huma.Error503ServiceUnavailable("the record is being written by another process; try again")
	case errors.Is(err, sqlite.ErrFull):
		return huma.NewError(http.StatusInsufficientStorage, "the disk is full; nothing was stored")
	case errors.Is(err, context.Canceled):
		return huma.NewError(499, "the client went away")
	}
	a.Log.Error("operation failed", "error", err)
	return huma.Error500InternalServerError("the server met an error of its own; its log tells more")
}

// sentence is the error's text without the name of its kind.
func sentence(err, kind error) string {
	return strings.TrimPrefix(err.Error(), kind.Error()+": ")
}

// schemaName names a type in the document. The models have words of their own
// for deals and shares, which also mean something in the record.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		t = t.Elem()
	}
	if strings.HasPrefix(t.PkgPath(), "chancery/model/") {
		name = "Model" + name
	}
	return name
}

func newAPI(mux *http.ServeMux, version string) huma.API {
	c := huma.DefaultConfig("Chancery", version)
	c.Info.Description = "The record of relations between states: events, goods, exchanges, quotes, figures and forecasts, each with the characters of the text it rests on. Offsets are bytes of the article's UTF-8 text."
	c.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.OpenAPIPath = "/api/v1/openapi"
	c.SchemasPath = "/api/v1/schemas"
	c.DocsPath = "" // huma's page loads from another host; see reference
	c.CreateHooks = nil
	c.RejectUnknownQueryParameters = true
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	return humago.New(mux, c)
}
