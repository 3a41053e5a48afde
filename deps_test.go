package chancery_test

import (
	"os/exec"
	"strings"
	"testing"
)

// rank gives the place of each stage on the way the data goes; a package may
// import only packages of a lower rank, or of its own stage. The longest
// matching prefix decides.
var rank = map[string]int{
	"chancery":                  0,
	"chancery/sample":           1,
	"chancery/docs":             1,
	"chancery/acquire":          1,
	"chancery/extract":          2,
	"chancery/english":          1, // knows nothing of articles or politics: see forbidden
	"chancery/coder":            9,
	"chancery/coder/clause":     4,
	"chancery/coder/actor":      5,
	"chancery/coder/voice":      6,
	"chancery/coder/event":      7,
	"chancery/coder/quote":      8,
	"chancery/coder/figure":     7,
	"chancery/coder/forecast":   8,
	"chancery/coder/good":       8,
	"chancery/coder/ledger":     8,
	"chancery/coder/tone":       7,
	"chancery/collate":          10,
	"chancery/relation":         10,
	"chancery/model":            10,
	"chancery/correct":          10,
	"chancery/report":           11, // of plain values: it reads no store
	"chancery/store":            11,
	"chancery/export":           12,
	"chancery/internal/web":     12,
	"chancery/internal/intake":  12,
	"chancery/internal/measure": 12,
	"chancery/internal/httpapi": 13,
	"chancery/internal/cli":     14,
	"chancery/cmd":              15,
}

// forbidden are imports that the ranks would allow and the design does not.
var forbidden = [][2]string{
	{"chancery/english", "chancery"},        // language analysis is of use outside politics
	{"chancery/model", "chancery/relation"}, // models know no text: they run on tables
	{"chancery/model", "chancery/english"},
	{"chancery/model", "chancery/coder"},
	{"chancery/coder", "chancery/store"},
	{"chancery/coder", "chancery/extract"},
	{"chancery/relation", "chancery/coder"},
}

func stage(pkg string) (name string, r int, ok bool) {
	for p := pkg; ; p = p[:strings.LastIndexByte(p, '/')] {
		if r, ok := rank[p]; ok && (p != "chancery" || pkg == "chancery") {
			return p, r, true
		}
		if !strings.Contains(p, "/") {
			return "", 0, false
		}
	}
}

func TestImportsFollowTheData(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...").CombinedOutput()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	packages := 0
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || !strings.HasPrefix(fields[0], "chancery") {
			continue
		}
		packages++
		from, fromRank, ok := stage(fields[0])
		if !ok {
			t.Errorf("%s has no place in the design: add its stage to rank", fields[0])
			continue
		}
		for _, imp := range fields[1:] {
			if imp != "chancery" && !strings.HasPrefix(imp, "chancery/") {
				if fields[0] == "chancery" && strings.Contains(imp, ".") {
					t.Errorf("the root package imports %s: it may import the standard library only", imp)
				}
				continue
			}
			to, toRank, ok := stage(imp)
			if !ok {
				continue // reported above
			}
			if from != to && toRank >= fromRank {
				t.Errorf("%s imports %s, which comes later on the way the data goes", fields[0], imp)
			}
			for _, f := range forbidden {
				if within(fields[0], f[0]) && (imp == f[1] || f[1] != "chancery" && within(imp, f[1])) {
					t.Errorf("%s imports %s: see forbidden", fields[0], imp)
				}
			}
		}
	}
	if packages < 2 {
		t.Fatalf("go list named %d packages: the test saw nothing", packages)
	}
}

func within(pkg, stage string) bool { return pkg == stage || strings.HasPrefix(pkg, stage+"/") }
