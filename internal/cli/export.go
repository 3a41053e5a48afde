package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"

	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newExportCommand(s *session) *cobra.Command {
	var x filterFlags
	var kinds []string
	var path string
	var corrections bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "The record for other programs",
		Long: `Writes the record as JSON lines, one object a record, or one kind of record as
CSV. Lines come in the order of the articles' names, whatever order they were
read in, so the same record gives the same bytes. docs/cli.md lists the fields.
Happenings, findings and sources are of the whole record: they come last, and
not when the articles are filtered.

--corrections writes what people said of the record instead, as training data: the
articles, and for each correction the sentence, the record as it was read and as
it should be (docs/corrections.md).

In CSV a text cell that a spreadsheet would run as a formula gets an apostrophe
in front.`,
		Example: `  chancery export > record.jsonl
  chancery export --kind event,exchange --since 2025 -o 2025.jsonl
  chancery export --format csv --kind quote -o quotes.csv
  chancery export --corrections -o corrections.jsonl`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&kinds, "kind", nil, "kinds of line: "+strings.Join(export.Kinds(), ",")+" (all unless told; one for csv)")
	flags.StringVar(&x.filter.Article, "article", "", "only of this article (name or id)")
	flags.StringVar(&x.filter.Source, "source", "", "only from this publisher, as printed")
	flags.StringVar(&x.since, "since", "", "of articles published on or after this day, month or year")
	flags.StringVar(&x.until, "until", "", "of articles published on or before it")
	flags.StringVarP(&path, "output", "o", "", "file to write instead of the standard output")
	flags.BoolVar(&corrections, "corrections", false, "what people said of the record, as training data")
	addFormat(cmd, &x.format)
	x.format = formatJSONL
	cmd.Flags().Lookup("format").DefValue = string(formatJSONL)
	cmd.Flags().Lookup("format").Usage = "jsonl or csv"
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f, err := x.parse()
		if err != nil {
			return err
		}
		for _, k := range kinds {
			if _, err := export.ParseKind(k); err != nil {
				return usage(fmt.Errorf("--kind: %w", err))
			}
		}
		if corrections {
			if x.format != formatJSONL || len(kinds) > 0 || !reflect.DeepEqual(f, sqlite.Filter{}) {
				return usage(errors.New("--corrections writes all corrections as jsonl and goes with -o alone"))
			}
			return s.with(cmd.Context(), func(store *sqlite.Store) error {
				return s.output(path, func(w io.Writer) error { return export.WriteCorrections(cmd.Context(), w, store) })
			})
		}
		switch {
		case x.format == formatTable:
			return usage(errors.New("--format table: an export is jsonl or csv; \"chancery events\" and its like print tables"))
		case x.format == formatCSV && len(kinds) != 1:
			return usage(errors.New("--format csv wants one kind, as --kind event: each kind has columns of its own"))
		case len(kinds) == 0:
			kinds = export.Kinds()
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error {
			return s.output(path, func(w io.Writer) error {
				if x.format == formatCSV {
					return asked(export.WriteCSV(cmd.Context(), w, store, kinds[0], f))
				}
				return asked(export.Write(cmd.Context(), w, store, slices.Clone(kinds), f))
			})
		})
	}
	return cmd
}

// output writes to the standard output, or to a file: a file appears under its
// name only when it is whole.
func (s *session) output(path string, f func(io.Writer) error) (err error) {
	if path == "" {
		w := bufio.NewWriter(s.out)
		if err := f(w); err != nil {
			return err
		}
		return w.Flush()
	}
	part := path + ".part"
	file, err := os.Create(part)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, reason(err))
	}
	defer func() {
		if err != nil {
			os.Remove(part)
		}
	}()
	w := bufio.NewWriter(file)
	if err := errors.Join(f(w), w.Flush(), file.Close()); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// reason strips the path that the system's error repeats.
func reason(err error) error {
	var e *os.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
