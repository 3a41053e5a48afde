package english

import (
	"strings"
	"testing"
)

func loadPipeline(t *testing.T) *Pipeline {
	t.Helper()
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestNames holds plain names and the rules that speak beside the trained model.
func TestNames(t *testing.T) {
	p := loadPipeline(t)
	for _, test := range []struct{ name, text, want string }{
		{"letters in brackets tell how far the name goes", "Officials of the Regional Analysis and Warning Centre (RAWC) met in Lima.",
			"organization:Regional Analysis and Warning Centre organization:RAWC place:Lima"},
		{"a word with a hyphen is one name", "The report by CNN-News18 was denied in Ankara.", "organization:CNN-News18 place:Ankara"},
		{"two states are two names", "The Chad-Niger border is closed.", "place:Chad place:Niger"},
		{"a title is no part", "Field Marshal Peter Holt arrived in Ottawa.", "person:Peter Holt place:Ottawa"},
		{"a storm is no person", "Hurricane Laura hit Louisiana. Laura killed ten people.", "place:Louisiana"},
		{"a prize is no person", "He was nominated for the Nobel Peace Prize in Oslo.", "place:Oslo"},
		{"a city and the letters of its state", "She moved to Houston, TX last year.", "place:Houston place:TX"},
		{"written without capitals", "i want to see new york and mumbai", "place:new york place:mumbai"},
		{"a capital is a place", "Washington and Moscow agreed.", "place:Washington place:Moscow"},
		{"a person and a place", "Peter Lund met officials in Nairobi.", "person:Peter Lund place:Nairobi"},
		{"a body of several words", "The World Bank lent money to Ghana.", "organization:World Bank place:Ghana"},
		{"states joined by a word", "Relations between Chad and Niger improved.", "place:Chad place:Niger"},
		{"bodies joined by a word", "The FAO and WFP sent food.", "organization:FAO organization:WFP"},
		{"an abbreviated title is no part", "Gen. Harold Lindqvist spoke in New Delhi.", "person:Harold Lindqvist place:New Delhi"},
		{"nothing is named", "The army crossed the river in May.", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			doc := p.Parse(test.text)
			for _, n := range doc.Names {
				got = append(got, string(n.Kind)+":"+n.Of(doc.Text))
			}
			if s := strings.Join(got, " "); s != test.want {
				t.Errorf("%q\n got %s\nwant %s", test.text, s, test.want)
			}
		})
	}
}

func TestAbbreviated(t *testing.T) {
	for _, test := range []struct {
		words, letters string
		want           int
	}{
		{"the Research and Analysis Wing", "RAW", 1},
		{"Inter - Services Intelligence", "ISI", 0},
		{"the Ministry of Defence", "MD", 1},
		{"the Ministry of Defence", "MOF", -1},
		{"Defence", "MD", -1},
		{"a plan of the Union", "UN", -1},
	} {
		s := &Sentence{}
		for w := range strings.FieldsSeq(test.words) {
			s.Tokens = append(s.Tokens, Token{Form: w})
		}
		if got := abbreviated(s, len(s.Tokens)-1, test.letters); got != test.want {
			t.Errorf("abbreviated(%q, %q) = %d, want %d", test.words, test.letters, got, test.want)
		}
	}
}

// TestNameHeadBytes holds that a head survives being written and read.
func TestNameHeadBytes(t *testing.T) {
	p := loadPipeline(t)
	h := p.names.head
	again, err := decodeNameHead(h.encode(), p.network.VectorSize())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(again.encode()), string(h.encode()); got != want {
		t.Error("a head that was written and read writes other bytes")
	}
	if _, err := decodeNameHead(h.encode()[1:], p.network.VectorSize()); err == nil {
		t.Error("a head that lacks its first byte was read")
	}
}

// TestDisguise holds that a sentence keeps the words outside its names, and a
// tag for each word.
func TestDisguise(t *testing.T) {
	p := loadPipeline(t)
	doc := p.Parse("Ann Holt met officials of the Ministry of Trade in Accra yesterday.")
	tags := make([]string, len(doc.Sentences[0].Tokens))
	for i := range tags {
		tags[i] = "O"
	}
	tags[0], tags[1], tags[6], tags[7], tags[8], tags[10] = "B-person", "I-person", "B-organization", "I-organization", "I-organization", "B-place"
	e := NameExample{Sentence: &doc.Sentences[0], Tags: tags}
	d := newDisguiser([]NameExample{e}, p.names.lexicon, 1)
	changed := 0
	for range 50 {
		forms, got := d.sentence(e)
		if len(forms) != len(got) {
			t.Fatalf("%d words, %d tags", len(forms), len(got))
		}
		before := "O"
		for i, tag := range got {
			if k := tagNumber(tag); k > 0 && k%2 == 0 && tagNumber(before) != k && tagNumber(before) != k-1 {
				t.Errorf("%v: tag %d continues nothing: %v", forms, i, got)
			}
			before = tag
		}
		if !strings.Contains(strings.ToLower(strings.Join(forms, " ")), "ann holt") {
			changed++
		}
	}
	if changed < 20 {
		t.Errorf("the person's name was changed in %d of 50 sentences", changed)
	}
}
