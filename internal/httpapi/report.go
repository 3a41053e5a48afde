package httpapi

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"unicode"

	"chancery/internal/measure"
	"chancery/relation"
	"chancery/report"

	"github.com/danielgtaylor/huma/v2"
)

type reportInput struct {
	A      string `query:"a" required:"true" minLength:"1" maxLength:"40" doc:"a state or body: USA"`
	B      string `query:"b" required:"true" minLength:"1" maxLength:"40" doc:"the other"`
	Since  string `query:"since" doc:"2025, 2025-06 or 2025-06-18"`
	Until  string `query:"until" doc:"2025, 2025-06 or 2025-06-18"`
	Source string `query:"source" doc:"only from this publisher, as printed"`
	By     string `query:"by" enum:"day,week,month,year" doc:"periods of the series; left out, what the span asks for"`
	Format string `query:"format" enum:"html,md" default:"html"`
	page   string // address that the request was made to
}

// Resolve keeps the address of the server as the client knows it, for the
// brief's links into the page.
func (in *reportInput) Resolve(ctx huma.Context) []error {
	scheme := "http"
	if ctx.TLS() != nil {
		scheme = "https"
	}
	in.page = scheme + "://" + ctx.Host()
	return nil
}

// reportAnswer is a brief as a file.
type reportAnswer struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// sandbox keeps a brief apart from the page, whose address it shares.
const sandbox = "; frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"

func (a *api) report(ctx context.Context, in *reportInput) (*reportAnswer, error) {
	since, until, err := window(in.Since, in.Until)
	if err != nil {
		return nil, err
	}
	b, err := measure.Brief(ctx, a.Store, measure.BriefQuery{A: in.A, B: in.B, Since: since, Until: until, Source: in.Source,
		Period: relation.Period(in.By), Today: a.Now(), Version: a.Version, Page: in.page})
	if err != nil {
		return nil, err
	}
	out := &reportAnswer{ContentType: "text/html; charset=utf-8", Policy: report.ContentPolicy() + sandbox}
	write := (*report.Brief).HTML
	if in.Format == "md" {
		out.ContentType, write = "text/markdown; charset=utf-8", (*report.Brief).Markdown
	}
	out.Disposition = `inline; filename="` + plain(in.A) + "-" + plain(in.B) + "." + in.Format + `"`
	var body bytes.Buffer
	err = write(b, &body)
	out.Body = body.Bytes()
	return out, err
}

// plain leaves of a party's code what may stand in a file's name.
func plain(code string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, code)
}

// reportOperation describes the one operation whose answer is no JSON.
func reportOperation(a *api, h huma.API) {
	file := func(about string) *huma.MediaType {
		return &huma.MediaType{Schema: &huma.Schema{Type: "string", Description: about}}
	}
	brief := rememberedFresh(a, "report", a.report)
	huma.Register(h, huma.Operation{OperationID: "report", Method: http.MethodGet, Path: "/api/v1/report", Summary: "A brief of the relation of two parties, to read or print", Security: anyToken,
		Description: "One self-contained HTML file without scripts, or Markdown: the account, the series of words and deeds, open promises, findings and forecasts, with numbered citations of passages.",
		Responses: map[string]*huma.Response{"200": {Description: "The brief", Content: map[string]*huma.MediaType{
			"text/html": file("one self-contained page"), "text/markdown": file("with tables")}}},
	}, func(ctx context.Context, in *reportInput) (*reportAnswer, error) {
		out, err := brief(ctx, in)
		if err != nil {
			return nil, a.fail(err)
		}
		return out, nil
	})
}
