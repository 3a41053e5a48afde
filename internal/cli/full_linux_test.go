package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk fills a small file system. It needs the right to mount one;
// TestFull of package intake holds the same without.
func TestFullDisk(t *testing.T) {
	disk := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("cannot mount a small disk: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(disk, 0) })
	in, db := articles(t, 30), filepath.Join(disk, "record.db")
	code, _, errs := run(t, "read", in, "--db", db, "-q")
	if code != exitIncomplete || !strings.Contains(errs, "no space left on the disk: free some space and run the same command again") {
		t.Fatalf("exit code %d, said %q", code, errs)
	}
	_, out, _ := run(t, "articles", "--db", db, "--format", "csv")
	stored := strings.Count(out, "\n") - 1
	if stored < 1 || stored >= 30 {
		t.Errorf("%d of 30 articles are stored", stored)
	}
	wholeArticles(t, db)
	// With more room the same command goes on.
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run(t, "read", in, "--db", db, "-q"); code != exitDone {
		t.Fatalf("exit code %d, said %q", code, errs)
	}
	if _, out, _ := run(t, "articles", "--db", db, "--format", "csv"); strings.Count(out, "\n") != 31 {
		t.Errorf("%d of 30 articles are stored in the end", strings.Count(out, "\n")-1)
	}
}
