package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"chancery/acquire"
	"chancery/acquire/fetch"
	"chancery/coder"
	"chancery/internal/intake"
	"chancery/sample"

	"github.com/spf13/cobra"
)

// reading is what the flags of "chancery read" say.
type reading struct {
	paths   []string
	sample  bool
	workers int
	actors  []string
	quiet   bool
	private bool
}

// allowPrivate is the flag that lets addresses lead to private networks.
const allowPrivate = "allow-private"

func newReadCommand(s *session) *cobra.Command {
	var r reading
	cmd := &cobra.Command{
		Use:   "read PATH|ADDRESS…",
		Short: "Read articles into the record",
		Long: `Reads files and folders of .txt .md .html .htm .json .jsonl and .pdf, pages of
the web and feeds into the record. Pages are freed of menus and the like; JSON
lines carry title, text, published, url, source and byline. What has been read
before is not read again, so a run that was stopped (Ctrl-C, a crash) goes on
where it stopped when the same command is run again. What cannot be read is
named at the end and never stops the rest.

Of a feed (RSS, Atom, JSON Feed) each entry's page is fetched that the record
does not have. Sites are asked one page a second, and not for what their
robots.txt forbids. Addresses that lead to this machine or a private network are
refused without --allow-private.

Exit code: 0 everything was read, 1 something was skipped, 2 the command was not
understood, 130 stopped by Ctrl-C.`,
		Example: `  chancery read ~/articles
  chancery read page.html more.jsonl --db pakistan.db
  chancery read https://example.org/world/article.html https://example.org/feed.xml
  chancery read --sample                   the articles that come with the program
  chancery read ~/articles --workers 4 --actors my-actors.csv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			r.paths = args
			return s.read(cmd.Context(), r)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&r.sample, "sample", false, "read the sample articles, written for the demonstration")
	flags.IntVar(&r.workers, "workers", 0, "articles coded at a time; 0 is one for each core")
	flags.StringSliceVar(&r.actors, "actors", nil, "your own lists of actors: CSV, or a dictionary in PETRARCH's format")
	flags.BoolVar(&r.private, allowPrivate, false, "fetch addresses of this machine and of private networks too")
	flags.BoolVarP(&r.quiet, "quiet", "q", false, "say only what was skipped")
	cmd.Args = func(_ *cobra.Command, args []string) error {
		switch {
		case len(args) == 0 && !r.sample:
			return errors.New("read what? Name files, folders or addresses, or use --sample")
		case r.workers < 0:
			return fmt.Errorf("--workers %d: want 0 or more", r.workers)
		}
		return nil
	}
	return cmd
}

// version names the reader, with the user's lists when there are some: another
// list may code another way.
func version(actorFiles []string) (string, error) {
	if len(actorFiles) == 0 {
		return coder.Version, nil
	}
	h := sha256.New()
	for _, path := range actorFiles {
		b, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("%s: %w", path, reason(err))
		}
		fmt.Fprintf(h, "%d:%s", len(b), b)
	}
	return coder.Version + "+" + hex.EncodeToString(h.Sum(nil))[:8], nil
}

func (s *session) read(ctx context.Context, r reading) error {
	v, err := version(r.actors)
	if err != nil {
		return err
	}
	c, err := coder.New(coder.Options{ActorFiles: r.actors})
	if err != nil {
		return err
	}
	store, err := s.create(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	begun := s.now()
	progress := newBar(s.err, bytesUnder(r.paths), s.now)
	web := intake.NewAddresses(newFetcher(r.private, allowPrivate), store)
	report, err := intake.Read(ctx, store, r.items(ctx, web), intake.Options{Code: c.Read, Version: v, Workers: r.workers, Progress: progress.show})
	progress.clear()
	if err == nil {
		err = web.Keep(ctx)
	}
	if len(report.Problems) > 0 {
		s.code = exitIncomplete
	}
	switch stopped := errors.Is(err, context.Canceled); {
	case stopped:
		s.code = exitInterrupted
		s.problems(report)
		fmt.Fprintf(s.err, "Stopped after %s. All of it is stored; run the same command again to go on.\n", plural(report.Articles, "article"))
		return nil
	case err != nil:
		s.problems(report)
		return fmt.Errorf("stopped after %s, which are stored: %w", plural(report.Articles, "article"), err)
	}
	if !r.quiet {
		if n := web.Skipped + web.Unchanged; n > 0 {
			fmt.Fprintf(s.out, "Not fetched again: %s of feeds that the record has, %s without a change.\n", plural(web.Skipped, "page"), plural(web.Unchanged, "feed"))
		}
		if err := s.summary(ctx, store, report, r.noun(), s.now().Sub(begun)); err != nil {
			return err
		}
	}
	s.problems(report)
	return errors.Join(store.Close())
}

// newFetcher gives what fetches addresses for the program; flag is the one that
// allows those of private networks.
func newFetcher(private bool, flag string) *fetch.Client {
	return fetch.New(fetch.Options{Agent: "chancery/" + coder.Version, Private: private, Allow: "with --" + flag})
}

// items walks the sample, then paths and addresses as they were named. Paths that
// follow each other are walked together.
func (r reading) items(ctx context.Context, web *intake.Addresses) iter.Seq2[acquire.Item, error] {
	return func(yield func(acquire.Item, error) bool) {
		pass := func(items iter.Seq2[acquire.Item, error]) bool {
			for item, err := range items {
				if !yield(item, err) {
					return false
				}
			}
			return true
		}
		if r.sample && !pass(acquire.WalkFS(ctx, sample.Articles(), "sample", acquire.Options{})) {
			return
		}
		for rest := r.paths; len(rest) > 0; {
			address := fetch.IsAddress(rest[0])
			n := slices.IndexFunc(rest, func(s string) bool { return fetch.IsAddress(s) != address })
			if n < 0 {
				n = len(rest)
			}
			walk := func(paths []string) iter.Seq2[acquire.Item, error] {
				return acquire.Walk(ctx, paths, acquire.Options{})
			}
			if address {
				walk = func(addresses []string) iter.Seq2[acquire.Item, error] { return web.Items(ctx, addresses) }
			}
			if !pass(walk(rest[:n])) {
				return
			}
			rest = rest[n:]
		}
	}
}

// noun is what is read: files, pages of the web, or both.
func (r reading) noun() string {
	addresses := len(r.paths)
	for _, p := range r.paths {
		if !fetch.IsAddress(p) {
			addresses--
		}
	}
	switch {
	case addresses == 0:
		return "file"
	case addresses == len(r.paths) && !r.sample:
		return "page"
	}
	return "document"
}

// problems says what was skipped and why, one sentence each.
func (s *session) problems(r intake.Report) {
	to := terminalOf(s.err)
	say := func(l line) { fmt.Fprintln(s.err, to.String(l)) }
	if n := len(r.Foreign); n > 0 {
		say(styled(fmt.Sprintf("Stored but not coded, since only English is read so far (%d):", n), yellow))
		few(s.err, n, func(i int) { say(words("  " + r.Foreign[i].Path + ": in " + r.Foreign[i].Language)) })
	}
	if n := len(r.Problems); n > 0 {
		say(styled(fmt.Sprintf("Skipped or damaged (%d):", n), red))
		few(s.err, n, func(i int) { say(words("  " + r.Problems[i].Error())) })
	}
}

// fewLines is how many lines of one kind are shown before the rest is counted.
const fewLines = 100

func few(w io.Writer, n int, show func(int)) {
	for i := range min(n, fewLines) {
		show(i)
	}
	if n > fewLines {
		fmt.Fprintf(w, "  and %s more\n", thousands(n-fewLines))
	}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}
