package conllu

import (
	"fmt"
	"strconv"
	"strings"
)

// Entity is a mention of an entity as GUM and CorefUD note it in MISC.
type Entity struct {
	ID       string // the same for every mention of one thing in a document
	Type     string // "person", "place", …
	Sentence int    // index in the sentences given
	First    int    // index of its first word, from zero
	Last     int    // index of its last word
	Heads    []int  // indices of its minimal words, of which the first is taken for its head
	Link     string // "coref", "ana", "appos", …; "sgl" for a thing mentioned once
	Identity string // the Wikipedia title of a named entity, or ""
}

// Entities reads the mentions of sentences, in the order in which they close.
// The fields are those of a comment "global.Entity"; without one the layout of
// GUM is taken, GRP-etype-infstat-salience-centering-minspan-link-identity.
// A bracket that does not match is a *SyntaxError without a line.
func Entities(sentences []*Sentence) ([]Entity, error) {
	field := fieldsOf("GRP-etype-infstat-salience-centering-minspan-link-identity")
	var all []Entity
	for i, s := range sentences {
		if spec, ok := s.Comment("global.Entity"); ok {
			field = fieldsOf(spec)
		}
		var open []Entity
		for j, w := range s.Words {
			value, ok := MiscValue(w.Misc, "Entity")
			for ok && value != "" {
				if value[0] == '(' {
					end := strings.IndexAny(value[1:], "()") + 1
					if end == 0 {
						end = len(value)
					}
					e := field.read(value[1:end])
					e.Sentence, e.First = i, j
					open = append(open, e)
					if end < len(value) && value[end] == ')' {
						e, open = closed(open, len(open)-1, j)
						all = append(all, e)
						end++
					}
					value = value[end:]
					continue
				}
				id, rest, found := strings.Cut(value, ")")
				k := len(open) - 1
				for k >= 0 && open[k].ID != id {
					k--
				}
				if !found || k < 0 {
					return nil, &SyntaxError{Reason: fmt.Sprintf("entity %q is closed and not open in sentence %d, word %d", id, i+1, j+1)}
				}
				var e Entity
				e, open = closed(open, k, j)
				all = append(all, e)
				value = rest
			}
		}
	}
	return all, nil
}

// closed takes entity k off the stack, with its last word and its heads.
func closed(open []Entity, k, last int) (Entity, []Entity) {
	e := open[k]
	e.Last = last
	for h := range e.Heads {
		e.Heads[h] = min(e.First+e.Heads[h], last)
	}
	if len(e.Heads) == 0 {
		e.Heads = []int{e.First}
	}
	return e, append(open[:k:k], open[k+1:]...)
}

// entityFields says at which place of the annotation each field stands, -1 for nowhere.
type entityFields struct{ id, etype, minspan, link, identity int }

func fieldsOf(spec string) entityFields {
	f := entityFields{0, -1, -1, -1, -1}
	for i, name := range strings.Split(spec, "-") {
		switch strings.TrimSpace(name) {
		case "GRP", "eid":
			f.id = i
		case "etype":
			f.etype = i
		case "minspan", "head":
			f.minspan = i
		case "link":
			f.link = i
		case "identity":
			f.identity = i
		}
	}
	return f
}

// read takes an annotation apart. Its last field may hold hyphens itself.
func (f entityFields) read(annotation string) Entity {
	n := max(f.id, f.etype, f.minspan, f.link, f.identity) + 1
	parts := strings.SplitN(annotation, "-", n)
	get := func(i int) string {
		if i < 0 || i >= len(parts) {
			return ""
		}
		return parts[i]
	}
	e := Entity{ID: get(f.id), Type: get(f.etype), Link: get(f.link), Identity: get(f.identity)}
	for h := range strings.SplitSeq(get(f.minspan), ",") {
		if k, err := strconv.Atoi(h); err == nil && k > 0 {
			e.Heads = append(e.Heads, k-1)
		}
	}
	return e
}

// Documents cuts sentences at every comment "newdoc".
func Documents(sentences []*Sentence) [][]*Sentence {
	var docs [][]*Sentence
	for _, s := range sentences {
		_, a := s.Comment("newdoc")
		_, b := s.Comment("newdoc id")
		if a || b || len(docs) == 0 {
			docs = append(docs, nil)
		}
		docs[len(docs)-1] = append(docs[len(docs)-1], s)
	}
	return docs
}
