package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery"
	"chancery/coder"
)

const validationXML = `<?xml version="1.0" encoding="UTF-8"?>
<Validation>
<Sentence date = "20140512" id ="OWN-01" category = "DEMO">
<EventCoding sourcecode="BRV" targetcode="LUM" eventcode="112">
<Text>
Bravonia accused Lumeria of breaking the
treaty.
</Text>
<Parse>( (S & anything ) )</Parse>
</Sentence>
<Sentence date="20140513" id="OWN-02">
<EventCoding sourcecode="LUMGOV" targetcode="BRV" eventcode="173"/>
<EventCoding sourcecode="LUM" targetcode="---" eventcode="010"/>
<Text>The Lumerian government arrested Bravonians.</Text>
</Sentence>
<Sentence date="20140514" id="OWN-03"><EventCoding noevents="True"><Text>Rain fell on the hills.</Text></Sentence>
</Validation>
`

func TestReadValidation(t *testing.T) {
	got, err := readValidation(strings.NewReader(validationXML))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 {
		t.Fatalf("%d sentences, want 3", len(got))
	}
	if got[0].text != "Bravonia accused Lumeria of breaking the treaty." {
		t.Errorf("text %q", got[0].text)
	}
	if got[0].date != (chancery.Date{Year: 2014, Month: 5, Day: 12}) || got[0].id != "OWN-01" {
		t.Errorf("date %v, id %q", got[0].date, got[0].id)
	}
	if want := (expectedEvent{"BRV", "LUM", "112"}); len(got[0].expected) != 1 || got[0].expected[0] != want {
		t.Errorf("expected events %v, want %v", got[0].expected, want)
	}
	if len(got[1].expected) != 2 || len(got[2].expected) != 0 {
		t.Errorf("%d and %d expected events, want 2 and 0", len(got[1].expected), len(got[2].expected))
	}
}

func TestReadValidationRejects(t *testing.T) {
	for name, in := range map[string]string{
		"no sentence":   "<Validation></Validation>",
		"outside":       `<EventCoding sourcecode="A" targetcode="B" eventcode="010"/>`,
		"no such day":   `<Sentence date="20141345" id="x"></Sentence>`,
		"broken markup": "<Sentence id=\"x\"><Text>a < b <",
	} {
		if _, err := readValidation(strings.NewReader(in)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestSameCode(t *testing.T) {
	for _, c := range []struct {
		expected, coded string
		want            int
	}{
		{"PAK", "PAK", 2}, {"PAKGOVMIL", "PAKMIL", 2}, {"PAKGOV", "PAK", 1}, {"IGOUNO", "UNO", 2},
		{"---", "", 2}, {"PAK", "IND", 0}, {"PAK", "", 0},
	} {
		if got := sameCode(c.expected, c.coded); got != c.want {
			t.Errorf("sameCode(%q, %q) = %d, want %d", c.expected, c.coded, got, c.want)
		}
	}
}

// The whole way, with a dictionary of states that no embedded list has.
func TestScorePairs(t *testing.T) {
	dict := filepath.Join(t.TempDir(), "actors.txt")
	lines := "BRAVONIA_ [BRV]\n+BRAVONIAN_\n+BRAVONIANS_\nLUMERIA_ [LUM]\n+LUMERIAN_\n"
	if err := os.WriteFile(dict, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := coder.New(coder.Options{ActorFiles: []string{dict}})
	if err != nil {
		t.Fatal(err)
	}
	sentences, err := readValidation(strings.NewReader(validationXML))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	score, err := scorePairs(c, sentences, true, &out)
	if err != nil {
		t.Fatal(err)
	}
	if score.sentences != 3 || score.expected != 2 || score.outside != 1 {
		t.Errorf("%d sentences, %d expected, %d outside; want 3, 2, 1", score.sentences, score.expected, score.outside)
	}
	if score.parties != 2 {
		t.Errorf("%d events found by their parties, want 2\n%s", score.parties, out.String())
	}
	if score.types < 1 {
		t.Errorf("%d events found with their type, want at least 1\n%s", score.types, out.String())
	}
}
