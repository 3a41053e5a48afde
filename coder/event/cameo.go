package event

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"chancery"
)

// cameo.tsv has a row per CAMEO 1.1b3 code: its PLOVER type, mode and contexts
// from the Open Event Data Alliance's conversion table (PLOVER 0.8, 2021, CC
// BY-SA 4.0), and its intensity: Goldstein's scale (J. Goldstein, "A
// conflict-cooperation scale for WEIS events data", Journal of Conflict
// Resolution 36, 1992) as the Kansas Event Data System assigned it to CAMEO.
// 176 has no row in the conversion table; it is added with the type PLOVER's
// manual gives to hacking.
//
//go:embed cameo.tsv
var cameoTable string

// Code is one CAMEO code with what PLOVER and Goldstein's scale make of it.
type Code struct {
	CAMEO     string
	Type      chancery.EventType
	Mode      string
	Contexts  []string // sorted
	Intensity float64  // -10..10
	Meaning   string
}

// Codes lists CAMEO's codes in their order.
func Codes() ([]Code, error) {
	var out []Code
	for n, line := range strings.Split(strings.TrimSuffix(cameoTable, "\n"), "\n") {
		if n == 0 {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 {
			return nil, fmt.Errorf("cameo table, line %d: %d fields, want 6", n+1, len(f))
		}
		t, err := chancery.ParseEventType(f[1])
		if err != nil {
			return nil, fmt.Errorf("cameo table, line %d: %w", n+1, err)
		}
		g, err := strconv.ParseFloat(f[4], 64)
		if err != nil {
			return nil, fmt.Errorf("cameo table, line %d: %w", n+1, err)
		}
		c := Code{CAMEO: f[0], Type: t, Mode: f[2], Intensity: g, Meaning: f[5]}
		if f[3] != "" {
			c.Contexts = strings.Split(f[3], ";")
		}
		out = append(out, c)
	}
	return out, nil
}

// generic are the codes that say of a type no more than the type.
var generic = map[chancery.EventType]string{
	chancery.Agree: "030", chancery.Consult: "040", chancery.Support: "050", chancery.Concede: "080",
	chancery.Cooperate: "060", chancery.Aid: "070", chancery.Retreat: "084", chancery.Request: "100",
	chancery.Accuse: "110", chancery.Reject: "120", chancery.Threaten: "130", chancery.Protest: "140",
	chancery.Sanction: "160", chancery.Mobilize: "150", chancery.Coerce: "170", chancery.Assault: "190",
}

// Generic gives the code that says of a type no more than the type, false for a
// type outside the vocabulary.
func Generic(t chancery.EventType) (Code, bool) {
	codes, err := Codes()
	if err != nil {
		panic(err) // the table is embedded
	}
	for _, c := range codes {
		if c.CAMEO == generic[t] {
			return c, true
		}
	}
	return Code{}, false
}
