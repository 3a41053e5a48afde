// Package sqlite keeps the record in one SQLite file.
//
// In: articles and readings of them. Out: articles, records by filter, full
// text search, series of relations, corrections; every listing in one order
// that does not depend on the order in which things were stored.
//
// An article and its reading are written in one transaction, so the file holds
// a whole record at any moment it may be cut off. A reading is checked against
// its article's text before it is written and is never erased or changed; the
// records that listings show are those of each article's current reading, the
// one stored last. What a person said of a record (a correction) outlives every
// reading. The package codes no text, joins no happenings and prints nothing.
package sqlite
