package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	db := fixture(t)
	page, md := filepath.Join(t.TempDir(), "brief.html"), filepath.Join(t.TempDir(), "brief.md")
	for _, c := range []struct {
		args  []string
		code  int
		file  string
		wants []string
	}{
		{[]string{"arc", "rur", "-o", page}, 0, page, []string{"<!doctype html>", "Arcadia and <bdi>", "two old frigates", `href="#c1"`}},
		{[]string{"ARC", "RUR", "-o", md, "--page", "http://127.0.0.1:8642/"}, 0, md, []string{"# Arcadia and Ruritania", "(<http://127.0.0.1:8642/articles/"}},
		{[]string{"ARC", "RUR", "--format", "md", "--since", "2026"}, 0, "", []string{"Nothing in the record passes"}},
		{[]string{"ARC", "RUR", "--format", "md", "--source", "Sample Wire"}, 0, "", []string{"as Sample Wire tells it", "two old frigates"}},
		{[]string{"ARC", "RUR", "-o", "brief.pdf"}, 2, "", []string{"html or md"}},
		{[]string{"ARC", "RUR", "--by", "decade"}, 2, "", []string{"decade"}},
		{[]string{"ARC", "ARC"}, 2, "", []string{"ARC twice"}},
		{[]string{"ARC"}, 2, "", []string{"arg"}},
	} {
		code, out, errs := run(t, append([]string{"report", "--db", db}, c.args...)...)
		got := out + errs
		if c.file != "" {
			b, err := os.ReadFile(c.file)
			if err != nil {
				t.Fatal(err)
			}
			got = string(b)
		}
		if code != c.code {
			t.Errorf("report %v: code %d, want %d: %s", c.args, code, c.code, errs)
		}
		for _, want := range c.wants {
			if !strings.Contains(strings.ReplaceAll(got, "<bdi>Arcadia</bdi>", "Arcadia"), want) {
				t.Errorf("report %v lacks %q:\n%s", c.args, want, got)
			}
		}
		if strings.ContainsAny(got, "\x1b\u202e\u009b") {
			t.Errorf("report %v lets control characters through", c.args)
		}
	}
}
