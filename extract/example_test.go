package extract_test

import (
	"fmt"

	"chancery/acquire"
	"chancery/extract"
)

func ExampleArticles() {
	page := `Sample Courier
Home
Rivers
The river treaty returns
By Staff | June 18, 2025
Share
Delegations from the two river states met on Monday to revive a treaty that had lain idle for years.
They will meet again in the autumn, when the rains have shown what there is to divide.
Leave a reply`
	articles, problems := extract.Articles(acquire.Item{Path: "river.txt", Name: "river", Kind: acquire.Text, Line: 1, Data: []byte(page)})
	for _, a := range articles {
		fmt.Printf("%s, %s, %s, %s, %s\n%s\n", a.Title, a.Byline, a.Source, a.Published, a.Language, a.Text)
		for _, c := range a.Cuts {
			fmt.Printf("%d %s: %s\n", c.Line, c.Reason, c.Text)
		}
	}
	fmt.Println(len(problems), "problems")
	// Output:
	// The river treaty returns, Staff, Sample Courier, 2025-06-18, en
	// Delegations from the two river states met on Monday to revive a treaty that had lain idle for years.
	//
	// They will meet again in the autumn, when the rains have shown what there is to divide.
	// 1 metadata: Sample Courier
	// 2 control: Home
	// 3 control: Rivers
	// 4 title: The river treaty returns
	// 5 metadata: By Staff | June 18, 2025
	// 6 control: Share
	// 9 comments: Leave a reply
	// 0 problems
}

func ExampleOverlap() {
	report := "Delegations from the two river states met on Monday to revive a treaty that had lain idle for years. They will meet again in the autumn."
	reprint := "LOWFORD: " + report
	other := "The council of the upper town voted to close the old market on Sundays, and the traders will go to court."
	a, b, c := extract.Fingerprint(reprint), extract.Fingerprint(report), extract.Fingerprint(other)
	fmt.Println(extract.Overlap(a, b) >= extract.ReprintShare, extract.Overlap(c, b) >= extract.ReprintShare)
	// Output: true false
}
