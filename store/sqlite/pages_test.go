package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// reserved is what the tests have set aside: less than some of them need.
const reserved = 1 << 20

func TestMain(m *testing.M) {
	if err := ReserveCache(reserved); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// TestReserveCache: SQLite holds its pages in what was set aside, and a reserve
// that comes too late changes nothing.
func TestReserveCache(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "record.db"))
	putHarbour(t, s, "ports", "Daily")
	tls := libc.NewTLS()
	defer tls.Close()
	at := libc.Xcalloc(tls, 2, 4)
	defer libc.Xfree(tls, at)
	if code := sqlite3.Xsqlite3_status(tls, sqlite3.SQLITE_STATUS_PAGECACHE_USED, at, at+4, 0); code != sqlite3.SQLITE_OK {
		t.Fatalf("status: code %d", code)
	}
	if used := libc.AtomicLoadNInt32(at, 0); used < 10 || used > reserved/pageSize {
		t.Errorf("%d pages of %d are in use", used, reserved/pageSize)
	}
	if err := ReserveCache(2 * reserved); err != nil {
		t.Error(err)
	}
}
