// Package export writes the record for other programs: JSON lines and CSV.
//
// In: articles and records from a store. Out: one line a record, self-contained:
// the passages that a record rests on stand in it as text beside their ranges.
// The same record gives the same bytes, in the order of article name, article
// id, kind, place in the text. It filters nothing and stores nothing.
package export
