// Package docs holds the worked example of docs/worked-example.md for programs
// that show it.
//
// In: nothing. Out: the example's files as they stand in this folder.
package docs

import _ "embed" // for the files below

// WorkedExample is the table of the worked example, in YAML.
//
//go:embed worked-example.yaml
var WorkedExample string

// WorkedExampleOffer is the change that the worked example asks about, in YAML.
//
//go:embed worked-example-offer.yaml
var WorkedExampleOffer string
