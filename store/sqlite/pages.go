package sqlite

import (
	"errors"
	"sync"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// pageSize is that of the record's file in bytes, SQLite's default.
const pageSize = 4096

// MostCache is how much memory a server of a large record sets aside, in bytes.
const MostCache = 64 << 20

// reserving is done once in a process: SQLite takes it before it opens anything.
var reserving sync.Once

// ReserveCache sets aside memory, in bytes, for the pages that SQLite holds of files.
// It is for a server: whenever something is written every connection drops the pages
// it holds, and giving memory back and asking for it again page by page is a fifth of
// the work. It holds for the whole process, is to come before the first Open, and does
// nothing after it. What the reserve is too small for is asked for as without it.
func ReserveCache(bytes int64) error {
	var err error
	reserving.Do(func() { err = reserve(bytes / pageSize) })
	return err
}

func reserve(pages int64) error {
	tls := libc.NewTLS()
	defer tls.Close()
	args := libc.Xcalloc(tls, 4, 8) // three arguments and the size of a page's header
	if args == 0 {
		return errors.New("no memory can be set aside for the record's pages")
	}
	defer libc.Xfree(tls, args)
	head := args + 24
	if sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_PCACHE_HDRSZ, libc.VaList(args, head)) != sqlite3.SQLITE_OK {
		return nil // a file is open already
	}
	slot := (pageSize + int64(libc.AtomicLoadNInt32(head, 0)) + 7) &^ 7
	memory := libc.Xmalloc(tls, libc.Tsize_t(pages*slot)) // as long as the process runs
	if memory == 0 {
		return errors.New("no memory can be set aside for the record's pages")
	}
	if sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_PAGECACHE, libc.VaList(args, memory, int32(slot), int32(pages))) != sqlite3.SQLITE_OK {
		libc.Xfree(tls, memory)
	}
	return nil
}
