package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"

	"chancery"
	"chancery/coder/event"
	"chancery/english"
	"chancery/store/sqlite"
)

// explain says why an event stands in the record as it does: its sentence, its
// tree, its parties and their evidence, what decided its type, what was rejected.
func (s *session) explain(ctx context.Context, store *sqlite.Store, prefix string) error {
	id, err := store.RecordID(ctx, prefix)
	if err != nil {
		return err
	}
	found, err := store.Record(ctx, id)
	if err != nil {
		return err
	}
	if found.Event == nil {
		return usage(fmt.Errorf("--explain %s: this is a record of kind %s; only events are explained", prefix, found.Kind))
	}
	a, e := found.Article, found.Event
	out := bufio.NewWriter(s.out)
	put := func(l line) { fmt.Fprintln(out, s.terminal.String(l)) }
	head := func(title string) {
		put(nil)
		put(styled(title, bold))
	}
	for _, l := range marked(a.Text, e.Sentence, e.Trigger, bold).wrap(min(s.terminal.width, prose)) {
		put(l)
	}
	put(facts(a.Name, id))

	head("What it says")
	put(styled(partyText(e.Actors), bold).add(words("  "), styled(string(e.Type), quadStyle(e.Type.QuadClass())), words("  "+string(e.Status)+"  "), styled(partyText(e.Recipients), bold)))
	say := func(name, value string) {
		if value != "" {
			for _, l := range styled(fmt.Sprintf("%-12s ", name), dim).add(words(value)).wrap(s.terminal.width) {
				put(l)
			}
		}
	}
	for _, p := range e.Actors {
		say("actor", partyWhere(a, p))
	}
	for _, p := range e.Recipients {
		say("recipient", partyWhere(a, p))
	}
	say("class", fmt.Sprintf("%s, intensity %+.1f", e.Type.QuadClass(), e.Intensity))
	say("mode", e.Mode)
	say("contexts", strings.Join(e.Contexts, ", "))
	say("CAMEO", e.CAMEO)
	say("date", e.Date.String())
	say("until", e.Until.String())
	say("place", e.Place)
	say("says", voices(e.Attribution))
	if g := e.Good; g != nil {
		say("good", fmt.Sprintf("%s: %s, from %s to %s, %s", g.Kind, g.Phrase.Of(a.Text), partyText([]chancery.Party{g.Giver}), partyText([]chancery.Party{g.Receiver}), g.Status))
	}

	head("What it rests on")
	for _, v := range e.Evidence {
		if v.Role != chancery.RoleSentence {
			say(string(v.Role), fmt.Sprintf("“%s” (bytes %d to %d)", v.Of(a.Text), v.Start, v.End))
		}
	}

	head("What decided the type")
	printLines(put, event.Why(e))

	tree, err := treeOf(a, e.Sentence)
	if err != nil {
		return err
	}
	if tree != "" {
		head("The sentence's tree")
		printLines(put, tree)
	}
	return out.Flush()
}

// printLines prints foreign lines, keeping their indents.
func printLines(put func(line), text string) {
	for l := range strings.Lines(text) {
		put(words(strings.TrimRight(l, "\n")))
	}
}

func partyWhere(a *chancery.Article, p chancery.Party) string {
	if p.Mention.IsZero() {
		return person(p) + ", understood"
	}
	return person(p) + ", as “" + p.Mention.Of(a.Text) + "”"
}

// treeOf parses the article anew and draws the tree of the sentence at r, ""
// when today's reader ends sentences elsewhere.
func treeOf(a *chancery.Article, r chancery.ByteRange) (string, error) {
	p, err := english.Load()
	if err != nil {
		return "", err
	}
	doc := p.Parse(a.Text)
	for i := range doc.Sentences {
		if chancery.ByteRange(doc.Sentences[i].Span) == r {
			return event.Tree(&doc.Sentences[i]), nil
		}
	}
	return "", nil
}
