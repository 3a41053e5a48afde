package scale

import (
	"reflect"
	"testing"
)

func TestArticle(t *testing.T) {
	for _, i := range []int{0, 1, 2, 3, 4, 4711} {
		a, r := Article(i)
		if err := a.Validate(); err != nil {
			t.Fatal(err)
		}
		if err := r.Validate(a.Text); err != nil {
			t.Fatalf("article %d: %v", i, err)
		}
		if len(r.Events) != Events || len(r.Sentences) != Sentences {
			t.Errorf("article %d has %d events in %d sentences", i, len(r.Events), len(r.Sentences))
		}
		if b, again := Article(i); !reflect.DeepEqual(a, b) || !reflect.DeepEqual(r, again) {
			t.Errorf("article %d is not the same twice", i)
		}
	}
	_, one := Article(4)
	_, other := Article(5)
	if one.Events[0].Actors[0].Code != other.Events[0].Actors[0].Code || one.Events[0].ID == other.Events[0].ID {
		t.Error("two articles of one story do not tell the same")
	}
}
