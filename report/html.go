package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the template and its style
	"encoding/base64"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"chancery"
)

//go:embed brief.css
var style string

//go:embed brief.html
var page string

var pageTemplate = template.Must(template.New("brief").Funcs(template.FuncMap{
	"shape":   func(s chancery.Status) string { return shapes[s] },
	"against": isAgainst,
	"count":   count,
	"numbers": func(all []int) string {
		var s []string
		for _, n := range all {
			s = append(s, strconv.Itoa(n))
		}
		return strings.Join(s, ", ")
	},
}).Parse(strings.Replace(page, "POLICY", ContentPolicy(), 1)))

func isAgainst(s chancery.Status) bool {
	return slices.Contains([]chancery.Status{chancery.Refused, chancery.Denied, chancery.Withheld, chancery.Reneged, chancery.Threatened}, s)
}

// ContentPolicy is the content security policy that a brief is to be served
// with: its own style by its hash, and nothing else.
func ContentPolicy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// HTML writes the brief as one HTML file that loads nothing and runs nothing.
func (b *Brief) HTML(w io.Writer) error {
	var out bytes.Buffer
	err := pageTemplate.Execute(&out, struct {
		*Brief
		Style  template.CSS
		LabelY int
	}{b, template.CSS(style), curveHeight + barsHeight + 13})
	if err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}
