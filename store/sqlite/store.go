package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// applicationID marks a file as chancery's: "CHCY" in its header (PRAGMA application_id).
const applicationID = 0x43484359

// migrations are applied in the order of their numbers; a file's user_version
// is how many it has had. One that has been released is never changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// Options says how a store is opened. The zero value opens a file that exists.
type Options struct {
	Create   bool          // make the file when it is missing; its folder must exist
	Wait     time.Duration // how long to wait for another process; 0 is 5 s, less than 0 not at all
	MaxPages int           // largest size in pages of 4096 bytes; 0 is no limit
}

// Store is an open record. It is safe for concurrent use: any number of
// readers, and writers one after the other.
type Store struct {
	path   string
	common int                    // commonRecords, less in tests
	packer packer                 // of readings
	write  *sql.DB                // one connection, whose transactions lock at once
	read   *sql.DB                // several, which cannot write
	watch  *sql.DB                // one connection, which sees that others wrote: see Version
	saw    *sql.Stmt              // of watch
	mirror atomic.Pointer[mirror] // see Mirror; nil when nothing is held
}

// Open opens the record at path and brings its schema up to date. Errors, each
// one sentence for the user: fs.ErrNotExist when the file (or, with
// Options.Create, its folder) is missing, fs.ErrPermission, ErrNotDatabase,
// ErrNewer, ErrLocked, ErrFull, ErrDamaged.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if err := probe(path, o.Create); err != nil {
		return nil, err
	}
	packer, err := newPacker()
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, common: commonRecords, packer: packer}
	if err := s.open(ctx, o); err != nil {
		return nil, errors.Join(explain(path, err), s.Close())
	}
	return s, nil
}

// probe looks at the file before SQLite does, so that nothing that is not a
// database is touched and what is missing is named.
func probe(path string, create bool) error {
	switch info, err := os.Stat(filepath.Dir(path)); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: the folder %s does not exist (%w): make it first, or choose another file with --db", path, filepath.Dir(path), fs.ErrNotExist)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: %w to enter its folder: choose another file with --db", path, fs.ErrPermission)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s: %s is not a folder (%w): choose another file with --db", path, filepath.Dir(path), fs.ErrNotExist)
	}
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && create:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no record here yet (%w): make one with \"chancery read PATH…\" or \"chancery read --sample\"", path, fs.ErrNotExist)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: %w to read it: choose another file with --db", path, fs.ErrPermission)
	case err != nil:
		return err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return fmt.Errorf("%s: %w but a folder: choose another file with --db", path, ErrNotDatabase)
	}
	head := make([]byte, 16)
	switch n, err := io.ReadFull(f, head); {
	case n == 0:
		return nil // SQLite takes an empty file as a new database
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s: %w", path, err)
	case !bytes.Equal(head, []byte("SQLite format 3\x00")):
		return fmt.Errorf("%s: %w: choose another file with --db", path, ErrNotDatabase)
	}
	return nil
}

func (s *Store) open(ctx context.Context, o Options) error {
	// The first connection only looks: it must not switch the journal of a
	// database that turns out to be somebody else's.
	look, err := sql.Open("sqlite", s.dsn(o, nil))
	if err != nil {
		return err
	}
	look.SetMaxOpenConns(1)
	_, err = version(ctx, look, s.path)
	if err = errors.Join(err, look.Close()); err != nil {
		return err
	}
	pragmas := []string{"journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)", "wal_autocheckpoint(4000)"}
	if o.MaxPages > 0 {
		pragmas = append(pragmas, fmt.Sprintf("max_page_count(%d)", o.MaxPages))
	}
	if s.write, err = sql.Open("sqlite", s.dsn(o, pragmas)); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if s.read, err = sql.Open("sqlite", s.dsn(o, []string{"foreign_keys(1)", "query_only(1)"})); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(max(16, runtime.NumCPU()))
	s.read.SetMaxIdleConns(max(16, runtime.NumCPU()))
	if s.watch, err = sql.Open("sqlite", s.dsn(o, []string{"query_only(1)"})); err != nil {
		return err
	}
	s.watch.SetMaxOpenConns(1)
	if s.saw, err = s.watch.PrepareContext(ctx, "PRAGMA data_version"); err != nil {
		return err
	}
	return s.read.PingContext(ctx)
}

// Version gives a number that is another one after anything was written to the
// record, by this process or another. It says nothing beyond that: numbers of two
// openings of a file have nothing to do with each other.
func (s *Store) Version(ctx context.Context) (int64, error) {
	var n int64
	err := s.saw.QueryRowContext(ctx).Scan(&n)
	return n, explain(s.path, err)
}

// dsn gives the address of the file for the driver. Pragmas stand in it because
// they hold for one connection and a pool opens many.
func (s *Store) dsn(o Options, pragmas []string) string {
	wait := o.Wait
	switch {
	case wait == 0:
		wait = 5 * time.Second
	case wait < 0:
		wait = 0
	}
	q := url.Values{"_txlock": {"immediate"}}
	if !o.Create {
		q.Set("mode", "rw")
	}
	for _, p := range append([]string{fmt.Sprintf("busy_timeout(%d)", wait.Milliseconds()), "cache_size(-16000)", "temp_store(MEMORY)"}, pragmas...) {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: filepath.ToSlash(s.path)}).EscapedPath() + "?" + q.Encode()
}

// version gives how many migrations the file has had: 0 for a new one. It
// returns ErrNotDatabase for another program's database, ErrNewer for a file
// of a newer version.
func version(ctx context.Context, db *sql.DB, path string) (int, error) {
	var id, v, tables int
	err := db.QueryRowContext(ctx, "SELECT (SELECT * FROM pragma_application_id), (SELECT * FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)").Scan(&id, &v, &tables)
	switch {
	case err != nil:
		return 0, err
	case id == 0 && tables == 0:
		return 0, nil
	case id != applicationID:
		return 0, fmt.Errorf("%s: %w but another program's database: choose another file with --db", path, ErrNotDatabase)
	}
	all, err := scripts()
	if err == nil && v > len(all) {
		err = fmt.Errorf("%s: %w (its schema is number %d, this program knows %d): use that version, or another file with --db", path, ErrNewer, v, len(all))
	}
	return v, err
}

// scripts lists the names of the migrations in order.
func scripts() ([]string, error) { return fs.Glob(migrations, "migrations/*.sql") }

func (s *Store) migrate(ctx context.Context) error {
	all, err := scripts()
	if err != nil {
		return err
	}
	if v, err := version(ctx, s.write, s.path); err != nil || v == len(all) {
		return err
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// Asked again under the lock: another process may have migrated meanwhile.
	var v int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v); err != nil {
		return err
	}
	for i := v; i < len(all); i++ {
		script, err := migrations.ReadFile(all[i])
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(script)); err != nil {
			return fmt.Errorf("migrate with %s: %w", all[i], err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", applicationID, max(v, len(all)))); err != nil {
		return err
	}
	return tx.Commit()
}

// Path is the file's path as given to Open.
func (s *Store) Path() string { return s.path }

// Close lets go of the file.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.watch, s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// do runs f in one writing transaction: all of it is stored, or nothing.
func (s *Store) do(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return explain(s.path, err)
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return explain(s.path, err)
	}
	return explain(s.path, tx.Commit())
}
