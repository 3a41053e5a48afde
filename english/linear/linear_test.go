package linear

import (
	"bytes"
	"errors"
	"testing"
)

func words(s ...string) []uint32 {
	var f []uint32
	for _, w := range s {
		f = append(f, AddString(Hash(1), w))
	}
	return f
}

func TestTrainLearnsAndIsDeterministic(t *testing.T) {
	var examples []Example
	for range 20 {
		examples = append(examples,
			Example{words("warm", "wet"), 0}, Example{words("cold", "wet"), 1}, Example{words("warm", "dry"), 2})
	}
	c := Config{Classes: 3, Bits: 8, Epochs: 20, Rate: 0.5, Seed: 7}
	a, err := Train(examples, c)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Train(examples, c)
	if !bytes.Equal(a.Encode(), b.Encode()) {
		t.Error("the same seed gave two models")
	}
	for i, e := range examples[:3] {
		if got := a.Best(e.Features); got != e.Class {
			t.Errorf("example %d: class %d, want %d", i, got, e.Class)
		}
	}
	back, rest, err := Decode(append(a.Encode(), 1, 2))
	if err != nil || len(rest) != 2 {
		t.Fatalf("decode: %v, %d bytes left", err, len(rest))
	}
	if !bytes.Equal(back.Encode(), a.Encode()) {
		t.Error("decoding changed the model")
	}
}

func TestBinary(t *testing.T) {
	examples := []Example{{words("yes"), 1}, {words("no"), 0}}
	m, err := Train(examples, Config{Classes: 1, Bits: 6, Epochs: 50, Rate: 0.5, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if m.Best(words("yes")) != 1 || m.Best(words("no")) != 0 {
		t.Error("a model of one class confuses yes and no")
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, data := range []string{"", "LIN1", "LIN2\x01\x04\x00\x00\x00\x00", "LIN1\x01\x04\x00\x00\x00\x00short", "LIN1\x01\xff\x00\x00\x00\x00"} {
		if _, _, err := Decode([]byte(data)); !errors.Is(err, ErrModel) {
			t.Errorf("%q: error %v, want ErrModel", data, err)
		}
	}
}

func TestTrainRanking(t *testing.T) {
	var choices []Choice
	for range 30 {
		choices = append(choices,
			Choice{Candidates: [][]uint32{words("near"), words("far"), words("none")}, Right: []bool{true, false, false}},
			Choice{Candidates: [][]uint32{words("far"), words("none")}, Right: []bool{false, true}})
	}
	m, err := TrainRanking(choices, Config{Classes: 1, Bits: 8, Epochs: 20, Rate: 0.3, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	score := func(w string) float32 {
		var out [1]float32
		m.Scores(words(w), out[:])
		return out[0]
	}
	if !(score("near") > score("none") && score("none") > score("far")) {
		t.Errorf("near %v, none %v, far %v", score("near"), score("none"), score("far"))
	}
}
