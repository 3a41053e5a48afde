package sample

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// Plant is one entry of PLANTED.md: passages that disagree, or that only look
// as if they did.
type Plant struct {
	ID        string    `yaml:"id"`
	Kind      string    `yaml:"kind"`       // of the finding that is wanted; "" for a near miss
	LooksLike string    `yaml:"looks_like"` // the kind that a near miss must not be reported as
	About     string    `yaml:"about"`
	Note      string    `yaml:"note"`
	Passages  []Passage `yaml:"passages"` // at least one
}

// Passage is a verbatim part of an article's body.
type Passage struct {
	Article string `yaml:"article"` // the article's name
	Text    string `yaml:"text"`
}

// Planted gives the disagreements that were planted and the near misses, in
// the order of PLANTED.md.
func Planted() (planted, nearMisses []Plant, err error) {
	b, err := files.ReadFile("PLANTED.md")
	if err != nil {
		return nil, nil, err
	}
	return ReadPlanted(b)
}

// ReadPlanted reads a list of the form of PLANTED.md.
func ReadPlanted(b []byte) (planted, nearMisses []Plant, err error) {
	_, rest, ok := strings.Cut(string(b), "\n```yaml\n")
	block, _, closed := strings.Cut(rest, "\n```\n")
	if !ok || !closed {
		return nil, nil, fmt.Errorf("the list of what is planted has no block of YAML")
	}
	var list struct {
		Planted    []Plant `yaml:"planted"`
		NearMisses []Plant `yaml:"near_misses"`
	}
	if err := yaml.Unmarshal([]byte(block), &list); err != nil {
		return nil, nil, fmt.Errorf("the list of what is planted: %w", err)
	}
	return list.Planted, list.NearMisses, nil
}
