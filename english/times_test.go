package english

import (
	"testing"
	"time"
)

// published is a Wednesday.
var published = time.Date(2025, 6, 18, 15, 30, 0, 0, time.UTC)

func TestTimes(t *testing.T) {
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want, start, end string }{
		{"The delegation arrived last month.", "last month", "2025-05", "2025-05"},
		{"Exports have fallen since 2001.", "since 2001", "2001", ""},
		{"They signed on 25 March.", "25 March", "2025-03-25", "2025-03-25"},
		{"They signed on March 25.", "March 25", "2025-03-25", "2025-03-25"},
		{"They signed on 25 November.", "25 November", "2024-11-25", "2024-11-25"},
		{"They will sign on 25 November.", "25 November", "2025-11-25", "2025-11-25"},
		{"They met on March 25, 2019, in Oslo.", "March 25, 2019", "2019-03-25", "2019-03-25"},
		{"They met on the 3rd of May 2019.", "3rd of May 2019", "2019-05-03", "2019-05-03"},
		{"They met on 3-5 May 2019.", "3-5 May 2019", "2019-05-03", "2019-05-05"},
		{"It was agreed in late February 2025.", "late February 2025", "2025-02-21", "2025-02-28"},
		{"It was agreed in mid-June 2024.", "mid-June 2024", "2024-06-11", "2024-06-20"},
		{"It was agreed in early 2024.", "early 2024", "2024-01", "2024-04"},
		{"The march lasted five days.", "five days", "", ""},
		{"She made a five-day visit.", "five-day", "", ""},
		{"Trade grew between 2015 and 2017.", "between 2015 and 2017", "2015", "2017"},
		{"Trade grew from 2015 to 2017.", "from 2015 to 2017", "2015", "2017"},
		{"Trade grew in 2015-17.", "2015-17", "2015", "2017"},
		{"Trade grew in the 1990s.", "1990s", "1990", "1999"},
		{"Trade grew in the late 1990s.", "late 1990s", "1997", "1999"},
		{"The port was built in the 19th century.", "19th century", "1801", "1900"},
		{"The envoy left two weeks ago.", "two weeks ago", "2025-06-04", "2025-06-04"},
		{"The envoy left three years ago.", "three years ago", "2022", "2022"},
		{"The envoy left on Monday.", "Monday", "2025-06-16", "2025-06-16"},
		{"The envoy left on Wednesday.", "Wednesday", "2025-06-18", "2025-06-18"},
		{"The envoy will leave on Monday.", "Monday", "2025-06-23", "2025-06-23"},
		{"The envoy left last Friday.", "last Friday", "2025-06-13", "2025-06-13"},
		{"The envoy leaves next Friday.", "next Friday", "2025-06-20", "2025-06-20"},
		{"The envoy left yesterday.", "yesterday", "2025-06-17", "2025-06-17"},
		{"The envoy left the day before yesterday.", "day before yesterday", "2025-06-16", "2025-06-16"},
		{"They met last week.", "last week", "2025-06-09", "2025-06-15"},
		{"They met earlier this year.", "earlier this year", "2025", "2025"},
		{"They met last year.", "last year", "2024", "2024"},
		{"Prices rose over the past two years.", "past two years", "2023", "2025-06-18"},
		{"They have until June 2026.", "until June 2026", "", "2026-06"},
		{"They have until Friday.", "until Friday", "", "2025-06-13"},
		{"They met in the summer of 2021.", "summer of 2021", "2021-06", "2021-08"},
		{"Output fell in the first quarter of 2024.", "first quarter of 2024", "2024-01", "2024-03"},
		{"The 2021 attack shook the city.", "2021", "2021", "2021"},
		{"It was signed on 2019-05-03.", "2019-05-03", "2019-05-03", "2019-05-03"},
		{"It was signed on 23/5/2019.", "23/5/2019", "2019-05-23", "2019-05-23"},
		{"Security changed after 9/11.", "after 9/11", "2001-09-11", ""},
		{"The talks will end within 90 days.", "within 90 days", "2025-06-18", "2025-09-16"},
		{"The talks will end in two weeks.", "in two weeks", "2025-07-02", "2025-07-02"},
		{"They met at the end of 2023.", "end of 2023", "2023-09", "2023-12"},
		{"Last December they met.", "Last December", "2024-12", "2024-12"},
		{"The day is long.", "", "", ""},
		{"They may march on the capital.", "", "", ""},
		{"A 15-year-old boy was hurt.", "", "", ""},
		{"It cost $ 2015 then.", "", "", ""},
	} {
		doc := p.ParseAt(c.text, published)
		if c.want == "" {
			if len(doc.Times) > 0 {
				t.Errorf("%q: found %q, want none", c.text, doc.Times[0].Of(c.text))
			}
			continue
		}
		if len(doc.Times) != 1 {
			t.Errorf("%q: %d expressions %+v, want one", c.text, len(doc.Times), doc.Times)
			continue
		}
		got := doc.Times[0]
		if got.Of(c.text) != c.want || got.Start != c.start || got.End != c.end {
			t.Errorf("%q: %q from %q to %q, want %q from %q to %q", c.text, got.Of(c.text), got.Start, got.End, c.want, c.start, c.end)
		}
	}
}

func TestTimesWithoutADate(t *testing.T) {
	p, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	doc := p.Parse("They met last month and again in May 2019. A year later they signed.")
	want := []TimeRef{{Start: "", End: ""}, {Start: "2019-05", End: "2019-05"}, {Start: "2020", End: "2020"}}
	if len(doc.Times) != len(want) {
		t.Fatalf("times %+v", doc.Times)
	}
	for i, w := range want {
		if g := doc.Times[i]; g.Start != w.Start || g.End != w.End {
			t.Errorf("%q from %q to %q, want %q to %q", g.Of(doc.Text), g.Start, g.End, w.Start, w.End)
		}
	}
}
