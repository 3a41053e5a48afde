// Package cli holds the commands of the program chancery.
//
// In: arguments, streams, the terminal's size. Out: text for a person (tables
// that fit the terminal), JSON lines or CSV for a program, and an exit code. It
// holds no rule of its own about articles or records: each command asks the
// package whose business it is. One file holds one command.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"chancery"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitDone        = 0
	exitIncomplete  = 1   // something was skipped, or a command could not be carried out
	exitUsage       = 2   // the command was not understood
	exitInterrupted = 130 // stopped by Ctrl-C, as shells have it
)

// session is what the commands of one run share.
type session struct {
	in       io.Reader
	out, err io.Writer
	terminal terminal // of out
	now      func() time.Time
	db       string // path of the record
	code     int    // what to exit with when no error is returned
}

// usageError is a mistake in how a command was called.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// usage marks an error as a mistake in how the command was called.
func usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

// asked marks as a mistake of the caller's what a package refuses as invalid,
// where all that was passed came from the command line.
func asked(err error) error {
	if errors.Is(err, chancery.ErrInvalid) {
		return usage(err)
	}
	return err
}

// Run carries out one command line (without the program's name) and gives the
// exit code: 0 done; 1 something was skipped or could not be done; 2 the
// command was not understood; 130 stopped by Ctrl-C. What a person asked for
// goes to out, everything else to errs.
func Run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	s := &session{in: in, out: out, err: errs, terminal: terminalOf(out), now: time.Now}
	root, running := s.root()
	root.SetArgs(append([]string{}, args...)) // nil would stand for os.Args
	err := root.ExecuteContext(ctx)
	var bad usageError
	switch {
	case err == nil:
		return s.code
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(errs, "chancery: stopped")
		return exitInterrupted
	case !*running || errors.As(err, &bad):
		fmt.Fprintf(errs, "chancery: %s\n", clean(err.Error()))
		fmt.Fprintln(errs, "\"chancery help\" lists the commands, \"chancery COMMAND --help\" explains one.")
		return exitUsage
	}
	fmt.Fprintf(errs, "chancery: %s\n", clean(err.Error()))
	return exitIncomplete
}

// root builds the tree of commands. running is set once a command's arguments
// have been understood.
func (s *session) root() (root *cobra.Command, running *bool) {
	running = new(bool)
	root = &cobra.Command{
		Use:   "chancery",
		Short: "Keeps the record of relations between states from what is published about them",
		Long: `Chancery reads articles and keeps the record: who did what to whom, who offered
what in return for what, who said so, and every number, each with the passage
it rests on.`,
		Example: `  chancery read --sample              read the articles that come with the program
  chancery read ~/articles            read your own: .txt .md .html .json .jsonl .pdf
  chancery events --actor USA         what the United States did
  chancery show 000                   an article with its records marked
  chancery export --format jsonl      everything, for other programs`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		PersistentPreRun:  func(*cobra.Command, []string) { *running = true },
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	path := os.Getenv("CHANCERY_DB")
	if path == "" {
		path = "chancery.db"
	}
	root.PersistentFlags().StringVar(&s.db, "db", path, "file that holds the record; $CHANCERY_DB sets another default")
	for _, add := range commands {
		root.AddCommand(add(s))
	}
	return root, running
}

// commands is every command, in the order of the help. A new command is one
// more file and one more line here.
var commands = []func(*session) *cobra.Command{
	newReadCommand,
	newArticlesCommand,
	newShowCommand,
	newEventsCommand,
	newExchangesCommand,
	newLedgerCommand,
	newQuotesCommand,
	newFiguresCommand,
	newForecastsCommand,
	newHappeningsCommand,
	newFindingsCommand,
	newCompareCommand,
	newSourcesCommand,
	newActorsCommand,
	newSearchCommand,
	newRelationCommand,
	newBlocsCommand,
	newModelCommand,
	newReportCommand,
	newCorrectCommand,
	newCorrectionsCommand,
	newExportCommand,
	newServeCommand,
	newOpenAPICommand,
	newVersionCommand,
}

// open opens the record that --db names; it must exist.
func (s *session) open(ctx context.Context) (*sqlite.Store, error) {
	return sqlite.Open(ctx, s.db, sqlite.Options{})
}

// create opens the record that --db names, making it when it is missing.
func (s *session) create(ctx context.Context) (*sqlite.Store, error) {
	return sqlite.Open(ctx, s.db, sqlite.Options{Create: true})
}

// with opens the record, hands it to f and closes it.
func (s *session) with(ctx context.Context, f func(*sqlite.Store) error) error {
	store, err := s.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(store), store.Close())
}
