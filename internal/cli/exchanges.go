package cli

import (
	"context"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newExchangesCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "exchanges",
		Short: "What is given in return for what",
		Long: `Lists exchanges: events that a text presents as given in return for each other,
each leg with who gives what to whom and how far it got.`,
		Example: `  chancery exchanges --between USA,PAK
  chancery exchanges --giver CHN --since 2025 --format jsonl`,
		Args: cobra.NoArgs,
	}
	l := listing[chancery.Exchange]{session: s, kind: sqlite.KindExchange, flags: addFilter(cmd, sqlite.KindExchange), fetch: (*sqlite.Store).Exchanges,
		line:  func(a *chancery.Article, x *chancery.Exchange) any { return export.ExchangeLine(a, x) },
		table: exchangeTable, none: "Widen the filters, or read more articles."}
	cmd.RunE = l.run
	return cmd
}

func exchangeTable(ctx context.Context, store *sqlite.Store, rows []sqlite.Row[chancery.Exchange]) (*sheet, error) {
	t := &sheet{columns: []column{{name: "exchange"}, {name: "article", loose: true}, {name: "legs", right: true}}}
	for i := range rows {
		a, x := rows[i].Article, &rows[i].Record
		legs, err := store.Events(ctx, sqlite.Filter{Exchange: x.ID})
		if err != nil {
			return nil, err
		}
		var below []line
		for j := range legs.Rows {
			below = append(below, legLine(a, &legs.Rows[j].Record))
		}
		for _, e := range x.Evidence {
			if e.Role == chancery.RoleSentence {
				below = append(below, marked(a.Text, e.ByteRange, tie(x), bold))
			}
		}
		t.add(below, words(shortID(x.ID)), words(a.Name), words(itoa(len(x.Legs))))
	}
	return t, nil
}

func tie(x *chancery.Exchange) chancery.ByteRange {
	for _, e := range x.Evidence {
		if e.Role == chancery.RoleTie {
			return e.ByteRange
		}
	}
	return chancery.ByteRange{}
}

// legLine says who gives what to whom in a leg of an exchange.
func legLine(a *chancery.Article, e *chancery.Event) line {
	if g := e.Good; g != nil {
		return styled(partyText([]chancery.Party{g.Giver}), bold).add(words(" → "), styled(partyText([]chancery.Party{g.Receiver}), bold),
			words("  "+string(g.Kind)+": "+g.Phrase.Of(a.Text)), styled("  "+string(e.Status), dim))
	}
	return styled(partyText(e.Actors), bold).add(words(" "+string(e.Type)+" "), styled(partyText(e.Recipients), bold), styled("  "+string(e.Status), dim))
}
