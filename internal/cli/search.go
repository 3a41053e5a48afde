package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// hitLine is what a search found, for programs.
type hitLine struct {
	Record   string        `json:"record"` // "hit"
	Article  string        `json:"article"`
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Source   string        `json:"source"`
	Score    float64       `json:"score"` // BM25
	Passages []passageLine `json:"passages"`
}

// passageLine is a sentence that holds words searched for; bytes of the text.
type passageLine struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

func newSearchCommand(s *session) *cobra.Command {
	x := new(filterFlags)
	cmd := &cobra.Command{
		Use:   "search WORDS…",
		Short: "Find articles by their words",
		Long: `Finds articles by the words of their title and text, best first, with the
sentences that hold them. All words are wanted, by their stem, without case or
accents. Operators: "a phrase", OR, NOT, a star at a word's end, NEAR(a b),
title:word.`,
		Example: `  chancery search military bases
  chancery search '"fighter jets" OR missiles'
  chancery search 'tariff* NOT steel' --since 2025`,
		Args: func(_ *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, " ")) == "" {
				return errors.New("search for what? Name some words")
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&x.filter.Source, "source", "", "only from this publisher, as printed")
	cmd.Flags().StringVar(&x.filter.Language, "language", "", "only in this language, as en or fr")
	cmd.Flags().StringVar(&x.since, "since", "", "published on or after this day, month or year")
	cmd.Flags().StringVar(&x.until, "until", "", "published on or before it")
	addLimit(cmd, x)
	addFormat(cmd, &x.format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		f, err := x.parse()
		if err != nil {
			return err
		}
		if x.format == formatTable && !x.limitGiven {
			f.Limit = 10
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			return asked(s.search(cmd.Context(), store, strings.Join(args, " "), f, x.format))
		})
	}
	return cmd
}

func (s *session) search(ctx context.Context, store *sqlite.Store, query string, f sqlite.Filter, as format) error {
	hits, err := store.Search(ctx, query, f)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	c := csv.NewWriter(out)
	if as == formatCSV {
		if err := c.Write([]string{"article", "id", "title", "source", "score", "passages"}); err != nil {
			return err
		}
	}
	if as == formatTable && len(hits) == 0 {
		fmt.Fprintln(s.err, "Nothing found. Try fewer words, or OR between them.")
	}
	for i, h := range hits {
		found, err := passages(ctx, store, &h)
		if err != nil {
			return err
		}
		switch as {
		case formatJSONL:
			l := hitLine{"hit", h.Article.Name, h.Article.ID, h.Article.Title, h.Article.Source, h.Score, []passageLine{}}
			for _, p := range found {
				l.Passages = append(l.Passages, passageLine{p.Start, p.End, p.Of(h.Article.Text)})
			}
			if err := export.JSONLine(out, l); err != nil {
				return err
			}
		case formatCSV:
			var texts []string
			for _, p := range found {
				texts = append(texts, p.Of(h.Article.Text))
			}
			if err := c.Write([]string{export.Cell(h.Article.Name), h.Article.ID, export.Cell(h.Article.Title), export.Cell(h.Article.Source),
				strconv.FormatFloat(h.Score, 'f', 3, 64), export.Cell(strings.Join(texts, " … "))}); err != nil {
				return err
			}
		default:
			if i > 0 {
				fmt.Fprintln(out)
			}
			fmt.Fprintln(out, s.terminal.String(styled(h.Article.Name, bold).add(words("  "+h.Article.Title), styled("  "+h.Article.Source, dim)).cut(s.terminal.width)))
			for _, p := range found[:min(3, len(found))] {
				for _, l := range highlighted(h.Article.Text, p, h.Matches, bold).wrap(min(s.terminal.width, prose) - indent) {
					fmt.Fprintln(out, strings.Repeat(" ", indent)+s.terminal.String(l))
				}
			}
			if len(found) > 3 {
				fmt.Fprintln(out, s.terminal.String(styled(fmt.Sprintf("    and %s more", plural(len(found)-3, "passage")), dim)))
			}
		}
	}
	if c.Flush(); c.Error() != nil {
		return c.Error()
	}
	return out.Flush()
}

// passages gives the sentences that hold a match, or the matches' surroundings
// where the article has no sentences because it was not coded.
func passages(ctx context.Context, store *sqlite.Store, h *sqlite.Hit) ([]chancery.ByteRange, error) {
	r, err := store.Reading(ctx, h.Article.ID)
	if err != nil && !errors.Is(err, chancery.ErrNotFound) {
		return nil, err
	}
	var out []chancery.ByteRange
	for _, m := range h.Matches {
		if n := len(out); n > 0 && out[n-1].Contains(m) {
			continue
		}
		at := chancery.ByteRange{Start: strings.LastIndexByte(h.Article.Text[:m.Start], '\n') + 1, End: len(h.Article.Text)}
		if i := strings.IndexByte(h.Article.Text[m.End:], '\n'); i >= 0 {
			at.End = m.End + i
		}
		if r != nil {
			for _, s := range r.Sentences {
				if s.Contains(m) {
					at = s
				}
			}
		}
		out = append(out, at)
	}
	return out, nil
}

// highlighted gives the characters under r with those under the matches in a style.
func highlighted(text string, r chancery.ByteRange, matches []chancery.ByteRange, st style) (l line) {
	at := r.Start
	for _, m := range matches {
		if m.Start >= at && m.End <= r.End {
			l = l.add(words(text[at:m.Start]), styled(m.Of(text), st))
			at = m.End
		}
	}
	return l.add(words(text[at:r.End]))
}
