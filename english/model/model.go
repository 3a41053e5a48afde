// Package model holds the trained network of english and the word vectors it
// reads. Nothing comes in; a ready neural.Model goes out. MODEL.md beside
// english is its card; cmd/train english makes the two files.
package model

import (
	_ "embed"

	"chancery/english/neural"
)

//go:embed network.bin
var network []byte

//go:embed vectors.bin
var vectors []byte

// Load makes the embedded network ready. An error means that the program was
// built with files of another version.
func Load() (*neural.Model, error) { return neural.Load(network, vectors) }
