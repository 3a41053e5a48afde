// Package collate lays many accounts of one thing beside each other: which
// events of which articles report the same occurrence (a happening), where
// the accounts differ (a finding), and what each source covers.
//
// In: articles with their current readings. Out: happenings, findings and
// sources, a function of the set of articles alone: the order in which they
// arrive never shows. It states facts about texts and never says who is right;
// it stores nothing and parses nothing.
package collate

import "chancery"

// Account is an article with its current reading.
type Account struct {
	Article *chancery.Article
	Reading *chancery.Reading
}
