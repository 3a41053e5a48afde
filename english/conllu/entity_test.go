package conllu

import (
	"reflect"
	"strings"
	"testing"
)

func TestEntities(t *testing.T) {
	row := func(n, form, misc string) string { return n + "\t" + form + "\t_\tX\tX\t_\t0\troot\t_\t" + misc + "\n" }
	text := "# newdoc id = a\n# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity\n" +
		row("1", "The", "Entity=(1-organization-new-nnnnn-cf1-2,4-coref-Bank_of-Norway|SpaceAfter=No") +
		row("2", "Bank", "_") +
		row("3", "of", "_") +
		row("4", "Norway", "Entity=(2-place-new-nnnnn-cf2-1-sgl-Norway)1)") + "\n" +
		"# newdoc id = b\n" + row("1", "it", "Entity=(1-organization-giv-nnnnn-cf1-1-ana)") + "\n"
	all, err := ReadAll(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Entities(all)
	if err != nil {
		t.Fatal(err)
	}
	want := []Entity{
		{"2", "place", 0, 3, 3, []int{3}, "sgl", "Norway"},
		{"1", "organization", 0, 0, 3, []int{1, 3}, "coref", "Bank_of-Norway"},
		{"1", "organization", 1, 0, 0, []int{0}, "ana", ""},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("entities\n%+v, want\n%+v", got, want)
	}
	if docs := Documents(all); len(docs) != 2 || len(docs[1]) != 1 {
		t.Errorf("%d documents", len(docs))
	}
	bad, err := ReadAll(strings.NewReader(row("1", "it", "Entity=3)") + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Entities(bad); err == nil {
		t.Error("a closing bracket without an opening one is accepted")
	}
}
