// Package web holds the built page.
//
// In: what `make web` writes to dist. Out: its files. It serves nothing itself
// and is empty in a binary built without the page.
package web

import (
	"embed"
	"io/fs"
)

// dist holds only .keep until the page is built.
//
//go:embed all:dist
var dist embed.FS

// Files gives the page's files, index.html at the top.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is constant and valid
	}
	return files
}
