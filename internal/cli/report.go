package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"chancery/coder"
	"chancery/internal/measure"
	"chancery/relation"
	"chancery/report"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newReportCommand(s *session) *cobra.Command {
	var since, until, by, as, path string
	q := measure.BriefQuery{Version: coder.Version}
	cmd := &cobra.Command{
		Use:   "report A B",
		Short: "A brief of the relation of two parties, to read or print",
		Long: `Writes a brief of the relation of two parties: the account in two columns, the
series of words and deeds, open promises with their age, findings and forecasts,
each with a numbered citation of the passage it rests on. The HTML is one file
that loads nothing and prints on A4 or Letter; Markdown goes into other texts.`,
		Example: `  chancery report USA PAK -o brief.html
  chancery report USA PAK --since 2025 -o brief.md
  chancery report CHN PAK --source "Sample Wire" --format md
  chancery report USA PAK --page http://127.0.0.1:8642 -o brief.html`,
		Args: cobra.ExactArgs(2),
	}
	flags := cmd.Flags()
	flags.StringVarP(&path, "output", "o", "", "file to write instead of the standard output; .html or .md says how")
	flags.StringVar(&as, "format", "", "html or md; unless told, as the file's name ends, else html")
	flags.StringVar(&since, "since", "", "of this day, month or year on: 2025-06-18, 2025-06, 2025")
	flags.StringVar(&until, "until", "", "up to it")
	flags.StringVar(&q.Source, "source", "", "only from this publisher, as printed")
	flags.StringVar(&by, "by", "", "periods of the series: day, week, month or year; unless told, what the span asks for")
	flags.StringVar(&q.Page, "page", "", "address the page is served at, so that citations lead to it")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		q.A, q.B, q.Today = strings.ToUpper(args[0]), strings.ToUpper(args[1]), s.now()
		var err error
		if q.Since, err = parseDate("since", since); err != nil {
			return err
		}
		if q.Until, err = parseDate("until", until); err != nil {
			return err
		}
		if by != "" {
			if q.Period, err = relation.ParsePeriod(by); err != nil {
				return usage(fmt.Errorf("--by: %w", err))
			}
		}
		if as == "" {
			as = strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
		}
		var write func(*report.Brief, io.Writer) error
		switch as {
		case "", "html", "htm":
			write = (*report.Brief).HTML
		case "md", "markdown":
			write = (*report.Brief).Markdown
		default:
			return usage(fmt.Errorf("a brief is html or md, not %q: name the file .html or .md, or say --format", as))
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			b, err := measure.Brief(cmd.Context(), store, q)
			if err != nil {
				return asked(err)
			}
			return s.output(path, func(w io.Writer) error { return write(b, w) })
		})
	}
	return cmd
}
