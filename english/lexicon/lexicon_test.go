package lexicon

import "testing"

func TestLexicon(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]Class{"minister": Person, "government": Group, "border": Place, "decade": Time,
		"new delhi": NamedPlace, "gandhi": NamedPerson, "bangui": NamedPlace, "sialkot": City, "world bank": NamedGroup, "idea": None, "": None} {
		if got := l.Class(word); got != want {
			t.Errorf("%q is %q, want %q", word, got, want)
		}
	}
	if !l.IsCountry("chad") || l.IsCountry("nairobi") {
		t.Error("countries")
	}
	for name, want := range map[string]Gender{"maria": Female, "peter": Male, "minister": Unknown} {
		if got := l.Given(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
