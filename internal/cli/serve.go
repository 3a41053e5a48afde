package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"

	"chancery"
	"chancery/acquire"
	"chancery/acquire/fetch"
	"chancery/coder"
	"chancery/extract"
	"chancery/internal/httpapi"
	"chancery/internal/intake"
	"chancery/internal/web"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

// defaultAddress is where serve listens unless told otherwise; the page's
// development server expects the API there too.
const defaultAddress = "127.0.0.1:8642"

// graceful is how long open requests may take once a stop was asked for.
const graceful = 10 * time.Second

// fetchPrivate is the flag that lets the server fetch from private networks.
const fetchPrivate = "fetch-private"

func newServeCommand(s *session) *cobra.Command {
	var address, tokenFile string
	var open, quiet, private bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serves the page and the API",
		Long: `Serves the page and the API (/api/v1/reference explains it). It answers this
machine only unless --address names another one, which needs --token-file: a
file whose first line is the token that every request must carry.

Whoever may use it may have it fetch addresses of the web, as "chancery read"
does; those that lead to this machine or to a private network are refused
without --fetch-private.`,
		Example: `  chancery serve                      the page at http://` + defaultAddress + `
  chancery serve --open               and open it in the browser
  chancery serve --address 0.0.0.0:8642 --token-file token.txt`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			ctx := cmd.Context()
			token, loopback, err := admission(address, tokenFile)
			if err != nil {
				return err
			}
			if info, err := os.Stat(s.db); err == nil {
				if err := sqlite.ReserveCache(min(info.Size(), sqlite.MostCache)); err != nil {
					return err
				}
			}
			store, err := s.create(ctx)
			if err != nil {
				return err
			}
			log := slog.New(slog.NewJSONHandler(s.err, nil))
			if quiet {
				log = slog.New(slog.NewJSONHandler(io.Discard, nil))
			}
			listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
			if err != nil {
				return errors.Join(fmt.Errorf("cannot listen on %s: %w: choose another address with --address", address, err), store.Close())
			}
			collate := newCollator(ctx, store, log)
			var mirroring sync.WaitGroup
			mirroring.Go(func() {
				if err := store.Mirror(ctx); err != nil && ctx.Err() == nil {
					log.Error("mirror", "error", err)
				}
			})
			defer func() {
				collate.stop()
				mirroring.Wait()
				err = errors.Join(err, store.Close())
			}()
			read, err := uploads(store, collate.soon)
			if err != nil {
				return errors.Join(err, listener.Close())
			}
			client := newFetcher(private, fetchPrivate)
			// Whoever waits for a slow site does not hold up the end.
			get := func(asked context.Context, address string) (fetch.Answer, error) {
				asked, cancel := context.WithCancel(asked)
				defer cancel()
				defer context.AfterFunc(ctx, cancel)()
				return client.Get(asked, address, fetch.Validators{})
			}
			server := &http.Server{
				Handler: httpapi.New(httpapi.Config{Store: store, Read: read, Fetch: get, Collate: collate.soon, Page: web.Files(), Log: log, Now: s.now, Version: coder.Version, Token: token, Loopback: loopback}),
				// Slow clients may not hold a connection for ever.
				ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute,
				ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
			}
			url := "http://" + listener.Addr().String()
			fmt.Fprintf(s.out, "The page is at %s (Ctrl-C stops it).\n", url)
			if open {
				if err := browse(ctx, url); err != nil {
					fmt.Fprintf(s.err, "chancery: no browser could be opened (%v): open %s yourself\n", err, url)
				}
			}
			// Serve returns as soon as a stop is asked for; open requests are waited
			// for, and the store is closed after them.
			ended := make(chan struct{})
			stopped := context.AfterFunc(ctx, func() {
				defer close(ended)
				grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
				defer cancel()
				if err := server.Shutdown(grace); err != nil {
					log.Warn("stopped with requests open", "error", err)
				}
			})
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				stopped()
				return err
			}
			<-ended
			return nil
		},
	}
	cmd.Flags().StringVar(&address, "address", defaultAddress, "where to listen; port 0 takes a free one")
	cmd.Flags().StringVar(&tokenFile, "token-file", "", "file whose first line is the token; needed unless the address is this machine's own")
	cmd.Flags().BoolVar(&open, "open", false, "open the page in the browser")
	cmd.Flags().BoolVar(&private, fetchPrivate, false, "let addresses that are to be read lead to this machine and to private networks too")
	cmd.Flags().BoolVar(&quiet, "quiet", false, "write no log of requests")
	return cmd
}

// smallRecord is up to how many articles a record is collated before a request
// that changed it is answered: a second or so.
const smallRecord = 500

// collator collates a record after it was changed: a small one at once, a larger
// one in the background, where what changes meanwhile is collated afterwards.
type collator struct {
	store   *sqlite.Store
	log     *slog.Logger
	asked   chan struct{}
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// newCollator begins with what is there: another version of the program may have
// collated it, or nobody.
func newCollator(ctx context.Context, store *sqlite.Store, log *slog.Logger) *collator {
	c := &collator{store: store, log: log, asked: make(chan struct{}, 1)}
	ctx, c.cancel = context.WithCancel(ctx)
	c.asked <- struct{}{}
	c.running.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-c.asked:
			}
			if err := store.Collate(ctx); err != nil && ctx.Err() == nil {
				log.Error("collate", "error", err)
			}
		}
	})
	return c
}

// soon has the record collated, before it returns where the record is small.
func (c *collator) soon(ctx context.Context) error {
	n, err := c.store.Count(ctx, "", sqlite.Filter{})
	if err != nil {
		return err
	}
	if n <= smallRecord {
		err := c.store.Collate(ctx)
		if err == nil {
			return nil
		}
		// What was said is stored and must not be said again because another
		// process holds the record: the collation is made up for.
		c.log.Warn("collate", "error", err)
	}
	select {
	case c.asked <- struct{}{}:
	default: // it is asked for already
	}
	return nil
}

// stop ends what runs in the background and waits for it.
func (c *collator) stop() {
	c.cancel()
	c.running.Wait()
}

// admission says which token requests must carry and whether the address is a
// loopback one. Any other address without a token is a mistake.
func admission(address, tokenFile string) (token string, loopback bool, err error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return "", false, usage(fmt.Errorf("--address %s: want HOST:PORT, as in %s", address, defaultAddress))
	}
	ip := net.ParseIP(host)
	loopback = host == "localhost" || ip != nil && ip.IsLoopback()
	if tokenFile == "" {
		if !loopback {
			return "", false, usage(fmt.Errorf("--address %s can be reached from other machines: it needs --token-file", address))
		}
		return "", true, nil
	}
	b, err := os.ReadFile(tokenFile)
	if err != nil {
		return "", false, fmt.Errorf("token file: %w", err)
	}
	token, _, _ = strings.Cut(string(b), "\n")
	if token = strings.TrimSpace(token); len(token) < 16 {
		return "", false, usage(fmt.Errorf("%s: the token on its first line has fewer than 16 characters", tokenFile))
	}
	return token, loopback, nil
}

// uploads gives the function that reads one uploaded file into the store, as
// "chancery read" does. Uploads are stored one after the other.
func uploads(store *sqlite.Store, collate func(context.Context) error) (func(context.Context, acquire.Item) ([]httpapi.Receipt, error), error) {
	c, err := coder.New(coder.Options{})
	if err != nil {
		return nil, err
	}
	var writing sync.Mutex
	return func(ctx context.Context, item acquire.Item) ([]httpapi.Receipt, error) {
		writing.Lock()
		defer writing.Unlock()
		articles, _ := extract.Articles(item) // its problems come back from intake
		receipts := make([]httpapi.Receipt, 0, len(articles))
		for _, a := range articles {
			stored, _, err := store.Has(ctx, a.ID, coder.Version)
			if err != nil {
				return nil, err
			}
			receipts = append(receipts, httpapi.Receipt{ID: a.ID, Title: a.Title, New: !stored})
		}
		one := func(yield func(acquire.Item, error) bool) { yield(item, nil) }
		report, err := intake.Read(ctx, store, one, intake.Options{Code: c.Read, Version: coder.Version, Collate: collate})
		if err != nil {
			return nil, err
		}
		if len(report.Problems) > 0 {
			return nil, fmt.Errorf("%w: %w", chancery.ErrInvalid, errors.Join(report.Problems...))
		}
		for i, r := range receipts {
			if _, receipts[i].Coded, err = store.Has(ctx, r.ID, coder.Version); err != nil {
				return nil, err
			}
		}
		return receipts, nil
	}, nil
}

// browse opens an address with the system's own opener.
func browse(ctx context.Context, url string) error {
	name := map[string]string{"darwin": "open", "windows": "explorer"}[runtime.GOOS]
	if name == "" {
		name = "xdg-open"
	}
	return exec.CommandContext(ctx, name, url).Start()
}

func newOpenAPICommand(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "openapi",
		Short:   "Prints the API's OpenAPI document",
		Example: "  chancery openapi > openapi.json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b, err := httpapi.OpenAPI(coder.Version)
			if err == nil {
				_, err = s.out.Write(append(b, '\n'))
			}
			return err
		},
	}
}
