package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Errors of the store, wrapped in a sentence that names the file and says what
// to do. Beside them stand those of package chancery and io/fs: ErrNotFound,
// ErrInvalid, ErrEvidence, ErrConflict, fs.ErrNotExist, fs.ErrPermission.
var (
	// ErrLocked: another process holds the file and did not let go in time.
	ErrLocked = errors.New("in use by another process")
	// ErrNotDatabase: the file is something else, or an SQLite database of another program's.
	ErrNotDatabase = errors.New("not a record of chancery's")
	// ErrDamaged: the file is a database, but its pages do not fit together.
	ErrDamaged = errors.New("damaged")
	// ErrNewer: a newer version of the program wrote the file.
	ErrNewer = errors.New("written by a newer version of chancery")
	// ErrFull: no space is left for the file.
	ErrFull = errors.New("no space left on the disk")
)

// explain turns what the driver says into one sentence about the file at path.
// An error that is the caller's own (a bad query, a broken rule) passes as it is.
func explain(path string, err error) error {
	var e *driver.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	// Extended codes carry the plain code in their low byte.
	switch e.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return fmt.Errorf("%s: %w: wait until it has finished, or close it", path, ErrLocked)
	case lib.SQLITE_NOTADB:
		return fmt.Errorf("%s: %w: choose another file with --db", path, ErrNotDatabase)
	case lib.SQLITE_CORRUPT:
		return fmt.Errorf("%s: %w: restore it from a copy, or read the articles again into another file (%v)", path, ErrDamaged, err)
	case lib.SQLITE_FULL:
		return full(path)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		return fmt.Errorf("%s: %w to write here: allow writing to the file and its folder, or choose another file with --db", path, fs.ErrPermission)
	case lib.SQLITE_IOERR:
		if e.Code() == lib.SQLITE_IOERR_WRITE || e.Code() == lib.SQLITE_IOERR_SHMSIZE {
			if _, stat := os.Stat(path); stat == nil {
				return full(path)
			}
		}
		return fmt.Errorf("%s: the disk or file system gave an error: %w", path, err)
	}
	return err
}

func full(path string) error {
	return fmt.Errorf("%s: %w: free some space and run the same command again, it goes on where it stopped", path, ErrFull)
}
