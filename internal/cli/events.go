package cli

import (
	"context"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newEventsCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "events",
		Short: "Who did what to whom",
		Long: `Lists events: who did what to whom, how far it got, when, and who says so, with
the sentence each rests on. Types are PLOVER's: AGREE CONSULT SUPPORT CONCEDE
COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
COERCE ASSAULT.`,
		Example: `  chancery events --actor USA --recipient PAK
  chancery events --between IND,PAK --type ASSAULT,THREATEN --since 2025-04
  chancery events --status offered,agreed --goods
  chancery events --min-probability 0.8 --format csv > events.csv
  chancery events --explain e4k2            why this one`,
		Args: cobra.NoArgs,
	}
	l := listing[chancery.Event]{session: s, kind: sqlite.KindEvent, flags: addFilter(cmd, sqlite.KindEvent), fetch: (*sqlite.Store).Events,
		line:  func(a *chancery.Article, e *chancery.Event) any { return export.EventLine(a, e) },
		table: eventTable, none: "Widen the filters, or read more articles."}
	var id string
	cmd.Flags().StringVar(&id, "explain", "", "say why this event (id) stands in the record as it does")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if id == "" {
			return l.run(cmd, args)
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error { return s.explain(cmd.Context(), store, id) })
	}
	return cmd
}

func eventTable(_ context.Context, _ *sqlite.Store, rows []sqlite.Row[chancery.Event]) (*sheet, error) {
	t := &sheet{columns: []column{{name: "date"}, {name: "who", loose: true}, {name: "type"}, {name: "status"}, {name: "whom", loose: true}, {name: "p", right: true}}}
	for i := range rows {
		a, e := rows[i].Article, &rows[i].Record
		t.add(eventBelow(a, e), words(dateText(e.Date)), styled(partyText(e.Actors), bold), styled(string(e.Type), quadStyle(e.Type.QuadClass())),
			words(string(e.Status)), styled(partyText(e.Recipients), bold), words(percent(e.Probability)))
	}
	return t, nil
}

// eventBelow is what stands under an event: its sentence, then what else is known.
func eventBelow(a *chancery.Article, e *chancery.Event) []line {
	var good string
	if e.Good != nil {
		good = string(e.Good.Kind) + ": " + e.Good.Phrase.Of(a.Text)
	}
	var says string
	if v := voices(e.Attribution); v != "" {
		says = "says " + v
	}
	return []line{marked(a.Text, e.Sentence, e.Trigger, bold), facts(a.Name, shortID(e.ID), says, good)}
}

func dateText(d chancery.Date) string {
	if d.IsZero() {
		return "–"
	}
	return d.String()
}

// quadStyle: cooperation is green, conflict red; deeds are bold.
func quadStyle(q chancery.QuadClass) style {
	switch q {
	case chancery.VerbalCooperation:
		return green
	case chancery.MaterialCooperation:
		return bold + ";" + green
	case chancery.VerbalConflict:
		return red
	case chancery.MaterialConflict:
		return bold + ";" + red
	}
	return plain
}
