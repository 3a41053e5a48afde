package actor

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// listFile writes a user's list and gives its path.
func listFile(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// lookup gives the code of a name on a day, "" when it is not known.
func lookup(g *Gazetteer, name string, day int32) string {
	words := aliasWords(name)
	m, ok := g.longestAt(words, 0, nil)
	if !ok || m.words != len(words) {
		return ""
	}
	return g.entries[g.choose(m.aliases, day)].code
}

func TestCSVList(t *testing.T) {
	_, err := New(Options{UserLists: []string{listFile(t, "mine.csv", `code,name,aliases,kind,since,until
# not a comment in CSV: the name is odd but allowed,x y,,,,
`)}})
	if err == nil {
		t.Error("a code with spaces was accepted")
	}
	g, err := New(Options{UserLists: []string{listFile(t, "mine.csv", `name,code,aliases,kind,since,until
Order of the Lamp,LAMP,Lampists;OoL,armed group,,
Ines Calder,USAGOV,Calder,person,2024-02,2024-05-30
Ines Calder,USABUS,Calder,person,2024-06-01,
"Lumeria, Republic of",LUM,Lumeria;Lumerian,state,,
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		day  int32
		want string
	}{
		{"Order of the Lamp", 0, "LAMP"},
		{"Lampists", 0, "LAMP"},
		{"Ines Calder", 20240215, "USAGOV"},
		{"Calder", 20240530, "USAGOV"},
		{"Calder", 20250101, "USABUS"},
		{"Ines Calder", 0, "USABUS"},
		{"Lumerian", 0, "LUM"},
	} {
		if got := lookup(g, c.name, c.day); got != c.want {
			t.Errorf("%s on %d: got %q, want %q", c.name, c.day, got, c.want)
		}
	}
	if g.stateOf("LUMGOV") != "LUM" {
		t.Error("a state of the user's own has no government")
	}
}

func TestListErrors(t *testing.T) {
	for _, c := range []struct{ name, file, content, want string }{
		{"unknown column", "a.csv", "code,name,colour\n", "line 1"},
		{"no name column", "a.csv", "code,kind\n", `no column "name"`},
		{"empty", "a.csv", "", "line 1"},
		{"bad kind", "a.csv", "code,name,kind\nPAK,Pakistan,country\n", "line 2"},
		{"bad date", "a.csv", "code,name,since\nPAK,Pakistan,\nPAKGOV,Ali Raza,May\n", "line 3"},
		{"bad code", "a.csv", "code,name\npak,Pakistan\n", "line 2"},
		{"no word", "a.csv", "code,name\nPAK,...\n", "line 2"},
		{"open quote", "a.csv", "code,name\nPAK,\"Paki\nstan\n", "line 2"},
		{"synonym first", "a.txt", "# c\n+PAK_ \n", "line 2"},
		{"open bracket", "a.txt", "PAKISTAN_ [PAK\n", "line 1"},
		{"code alone", "a.txt", "\n\t[PAK]\n", "line 2"},
		{"bad day", "a.txt", "ALI_RAZA_\n\t[PAKGOV 2001x]\n", "line 2"},
		{"undefined set", "a.txt", "POLICE!PERSON! [~COP]\n", "line 1"},
		{"lower code", "a.txt", "PAKISTAN_ [P-K]\n", "line 1"},
	} {
		path := listFile(t, c.file, c.content)
		_, err := New(Options{UserLists: []string{path}})
		var at *ListError
		if !errors.As(err, &at) {
			t.Errorf("%s: got %v, want a ListError", c.name, err)
			continue
		}
		if at.Path != path || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q does not name %q and %s", c.name, err, path, c.want)
		}
	}
	if _, err := New(Options{UserLists: []string{filepath.Join(t.TempDir(), "none.csv")}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: got %v", err)
	}
}

const ownPetrarch = `# own examples
!PERSON! = MAN, MEN, WOMAN

BRAVONIA_ [BRV]
+BRAVONIAN_
+REPUBLIC_OF_BRAVONIA   # remark
MIRA_TOLEN_   # holder
+TOLEN_
	[BRVELI 900101-20091231]
	[BRVGOVMIL 20100101-20141231]
	[BRVOPP >150101]
OLD_LEAGUE_ [IGOOLL]
NOBODY_ [---]
TOLL!PERSON! {TOLLKEEPERS} [~COP]
SHEPHERD [~AGR]
`

func TestPetrarchList(t *testing.T) {
	g, err := New(Options{UserLists: []string{listFile(t, "own.actors.txt", ownPetrarch)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		day  int32
		want string
	}{
		{"Bravonia", 0, "BRV"},
		{"Bravonian", 0, "BRV"},
		{"Republic of Bravonia", 0, "BRV"},
		{"Mira Tolen", 20000101, "BRVCVL"},
		{"Tolen", 20120101, "BRVMIL"},
		{"Mira Tolen", 20200101, "BRVOPP"},
		{"Mira Tolen", 0, "BRVOPP"},
		{"Old League", 0, "OLL"},
		{"Nobody", 0, ""},
	} {
		if got := lookup(g, c.name, c.day); got != c.want {
			t.Errorf("%s on %d: got %q, want %q", c.name, c.day, got, c.want)
		}
	}
	for noun, want := range map[string]string{"tollman": "GOV", "tollwoman": "GOV", "tollkeepers": "GOV", "shepherd": "CVL"} {
		if got := g.agents.nouns[noun].sector; got != want {
			t.Errorf("agent %s: got %q, want %q", noun, got, want)
		}
	}
}

func TestFromCAMEO(t *testing.T) {
	for code, want := range map[string]string{
		"PAK": "PAK", "PAKGOV": "PAKGOV", "PAKGOVMIL": "PAKMIL", "PAKCOP": "PAKGOV", "PAKELI": "PAKCVL",
		"IGOUNO": "UNO", "AFGREBTAL": "AFGREB", "NGOHRI": "NGO", "IMGMUSALQ": "ALQ", "": "",
	} {
		if got := FromCAMEO(code); got != want {
			t.Errorf("FromCAMEO(%q) = %q, want %q", code, got, want)
		}
	}
}

// The published dictionaries are the format's best test; they are not in the repository.
func TestPublishedPetrarch(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "petrarch")
	files := []string{"Phoenix.Countries.actors.txt", "Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt", "Phoenix.agents.txt"}
	var paths []string
	for _, f := range files {
		path := filepath.Join(dir, f)
		if _, err := os.Stat(path); err != nil {
			t.Skipf("%s is not here", path)
		}
		paths = append(paths, path)
	}
	g, err := New(Options{UserLists: paths})
	if err != nil {
		t.Fatal(err)
	}
	if got := lookup(g, "Hamid Karzai", 20050601); got != "AFGGOV" {
		t.Errorf("Hamid Karzai in 2005: %q", got)
	}
	if len(g.entries) < 10000 {
		t.Errorf("%d entries, want more than 10000", len(g.entries))
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("code,name,aliases,kind,since,until\nPAK,Pakistan,Pakistani;Pak,state,,\n")
	f.Add("code,name\nUSAGOV,\"A, B\"\n")
	f.Fuzz(func(t *testing.T, content string) {
		fuzzList(t, func(g *Gazetteer) error { return g.readCSV([]byte(content), 1) })
	})
}

func FuzzPetrarch(f *testing.F) {
	f.Add(ownPetrarch)
	f.Add("A_ [BRV 10101-20]\n")
	f.Add("!X! = A\nB!X!!X! [~GOV]")
	f.Fuzz(func(t *testing.T, content string) {
		fuzzList(t, func(g *Gazetteer) error { return g.readPetrarch([]byte(content), 1) })
	})
}

// fuzzList checks that a list is read into entries that keep the vocabulary,
// or refused with a line.
func fuzzList(t *testing.T, read func(g *Gazetteer) error) {
	g := &Gazetteer{aliases: map[string][]alias{}, longest: map[string]uint8{}, states: map[string]string{}, agents: agents{nouns: map[string]noun{}}}
	if err := read(g); err != nil {
		var at *ListError
		if !errors.As(err, &at) || at.Line < 1 {
			t.Fatalf("error without a line: %v", err)
		}
		return
	}
	for _, e := range g.entries {
		if err := checkCode(e.code); err != nil {
			t.Fatal(err)
		}
	}
	for key, found := range g.aliases {
		first, _, _ := strings.Cut(key, " ")
		if int(g.longest[first]) < strings.Count(key, " ")+1 {
			t.Fatalf("name %q cannot be found", key)
		}
		for _, a := range found {
			if int(a.entry) >= len(g.entries) {
				t.Fatalf("name %q stands for nothing", key)
			}
		}
	}
	for key, v := range g.agents.nouns {
		if !isSector(v.sector) {
			t.Fatalf("agent %q has sector %q", key, v.sector)
		}
	}
}
