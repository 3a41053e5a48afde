// Package sample holds the demonstration: short articles written for it, with
// disagreements planted in them, embedded in the program.
//
// In: nothing. Out: the articles as files (Articles), and the list of what was
// planted (Planted). The texts are made up from a few public facts and come
// from no publisher; see README.md.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed articles PLANTED.md
var files embed.FS

// Articles is the folder of the articles.
func Articles() fs.FS {
	sub, err := fs.Sub(files, "articles")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
