package httpapi

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// operation is one line of the reference page.
type operation struct {
	Method, Path, Summary, Description string
	Parameters                         []parameter
	Body                               string
	Answers                            []string
}

type parameter struct {
	Name, In, Doc, Type string
	Required            bool
}

// The page needs no script and no style of another host; it has neither, so
// the content policy holds for it as for everything else.
var referencePage = template.Must(template.New("reference").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Chancery API</title></head>
<body><h1>Chancery API, version {{.Version}}</h1>
<p>{{.Description}}</p>
<p>The document for machines: <a href="openapi.json">OpenAPI 3.1 as JSON</a>, <a href="openapi.yaml">as YAML</a>. Errors are problem documents (RFC 9457).</p>
<ul>{{range .Operations}}<li><a href="#{{.Method}} {{.Path}}"><code>{{.Method}} {{.Path}}</code></a> {{.Summary}}</li>{{end}}</ul>
{{range .Operations}}<section><h2 id="{{.Method}} {{.Path}}"><code>{{.Method}} {{.Path}}</code></h2>
<p>{{.Summary}}. {{.Description}}</p>
{{if .Parameters}}<table><thead><tr><th>parameter</th><th>in</th><th>type</th><th>meaning</th></tr></thead><tbody>
{{range .Parameters}}<tr><td><code>{{.Name}}</code>{{if .Required}} (required){{end}}</td><td>{{.In}}</td><td>{{.Type}}</td><td>{{.Doc}}</td></tr>
{{end}}</tbody></table>{{end}}
{{if .Body}}<p>Body: <code>{{.Body}}</code></p>{{end}}
<p>Answers: {{range .Answers}}<code>{{.}}</code> {{end}}</p></section>
{{end}}</body></html>
`))

// reference renders the API's document as a page for people.
func reference(doc *huma.OpenAPI) http.Handler {
	var operations []operation
	for path, item := range doc.Paths {
		for _, o := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if o == nil {
				continue
			}
			op := operation{Method: o.Method, Path: path, Summary: o.Summary, Description: o.Description}
			for _, p := range o.Parameters {
				kind := ""
				if p.Schema != nil {
					kind = p.Schema.Type
				}
				op.Parameters = append(op.Parameters, parameter{p.Name, p.In, p.Description, kind, p.Required})
			}
			if o.RequestBody != nil {
				types := make([]string, 0, len(o.RequestBody.Content))
				for t := range o.RequestBody.Content {
					types = append(types, t)
				}
				slices.Sort(types)
				op.Body = strings.Join(types, ", ")
			}
			for code := range o.Responses {
				op.Answers = append(op.Answers, code)
			}
			slices.Sort(op.Answers)
			operations = append(operations, op)
		}
	}
	slices.SortFunc(operations, func(a, b operation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = referencePage.Execute(w, map[string]any{ // the client may be gone
			"Version": doc.Info.Version, "Description": doc.Info.Description, "Operations": operations,
		})
	})
}
