// Package actor says who the phrases of a text denote: states, parts of
// states, organisations, armed groups, persons.
//
// In: a parsed text (english.Doc) and its article's date. Out: a Cast, which
// gives for the head of a noun phrase its parties, each with a code, a name and
// the range of the text that names it. What the text itself says of someone
// comes first; the Gazetteer (countries, bodies, offices and their holders with
// terms of office, a user's own lists) is the fallback.
//
// It finds no events, judges no claims, and does not look anything up outside
// the program. A Gazetteer is read-only once made and safe for concurrent use;
// a Cast belongs to one goroutine.
package actor
