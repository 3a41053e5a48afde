package good

import (
	"strings"

	"chancery"
)

// role says which arguments of a verb are giver, receiver and the thing.
type role uint8

const (
	noRole  role = iota
	gives        // the subject gives the object to somebody: "provide", "sell"
	gets         // the subject gets the object from somebody: "receive", "buy"
	asks         // the subject asks somebody for the object: "seek", "demand"
	shares       // both sides give: "share", "exchange"
	hinders      // the subject keeps the object back: "withhold", "suspend"
	eases        // the subject makes its own burden on somebody lighter: "lower", "lift"
	hands        // the subject takes or gives up persons: "arrest", "extradite"
	honours      // the subject pays somebody a mark of esteem: "praise", "invite"
	breaks       // the subject goes back on a promise: "renege"
)

// class is a role with the words that have it.
type class struct {
	role  role
	words string
}

// classes makes a lookup of word lists; the first list that has a word decides.
func classes(lists ...class) map[string]role {
	out := make(map[string]role)
	for _, l := range lists {
		for w := range strings.FieldsSeq(l.words) {
			if _, ok := out[w]; !ok {
				out[w] = l.role
			}
		}
	}
	return out
}

// verbs are grouped as in Levin (1993), English Verb Classes and Alternations:
// give 13.1, contribute 13.2, future having 13.3, providing 13.4, obtain 13.5,
// exchange 13.6, send 11.1; with the verbs of asking, praise (judgment 33),
// and of lowering and lifting.
var verbs = classes(
	class{gives, `give offer provide supply sell grant deliver send extend transfer ship donate pay lend award promise
		pledge hand equip arm furnish contribute export lease rent cede concede allocate commit earmark finance fund
		sponsor allow permit open bring yield guarantee assure channel pour inject disburse restore
		surrender return render bestow present afford reward compensate reimburse repay loan build`},
	class{gets, `receive get obtain secure win buy purchase import accept gain acquire borrow procure collect earn lease-in
		reap garner attract welcome`},
	class{asks, `seek demand request ask urge press pressure call require solicit want beg plead implore push petition coax lobby await wait need`},
	class{shares, `share exchange swap trade barter pool integrate combine link merge`},
	class{eases, `lower ease lift reduce waive relax drop remove scrap unfreeze cut slash loosen abolish repeal exempt roll`},
	class{hinders, `withhold suspend block halt cut freeze stop deny cancel revoke curtail restrict ban bar slash`},
	class{hands, `arrest extradite capture detain release free repatriate deport apprehend hand turn`},
	class{honours, `praise thank congratulate commend nominate invite recognize recognise host applaud laud hail honour honor
		salute admire endorse credit apologize apologise reward compliment`},
	class{breaks, `renege backtrack default backpedal`},
)

// moods are the words that say how far the act under them got: "refused to
// sell", "a promise to lift", "asked to send".
var moods = func() map[string]chancery.Status {
	out := make(map[string]chancery.Status)
	for _, l := range []struct {
		status chancery.Status
		words  string
	}{
		{chancery.Denied, `deny refute`},
		{chancery.Refused, `refuse decline refusal reject rejection unwilling unwillingness reluctance balk`},
		{chancery.Offered, `offer propose ready willing open readiness willingness prepared offering signal volunteer invite opening overture`},
		{chancery.Agreed, `agree pledge promise commit undertake sign vow commitment agreement pact contract accord consent conclude guarantee enter`},
		{chancery.Planned, `plan decide intend consider aim mull weigh intention prepare decision hope schedule expect set poise move seek`},
		{chancery.Requested, `ask demand urge press pressure call request require order insist beg plead implore push petition coax lobby appeal want condition expect compel force`},
		{chancery.Withheld, `fail without stop cease halt failure delay withhold`},
		{chancery.Proposed, `suggest recommend advise advocate could possibility idea`},
		{chancery.Reneged, `renege backtrack`},
		{chancery.Threatened, `threaten warn threat`},
	} {
		for w := range strings.FieldsSeq(l.words) {
			if _, ok := out[w]; !ok {
				out[w] = l.status
			}
		}
	}
	return out
}()

// givings are nouns that name a handing over: whose it is gives, "to" whom gets.
var givings = classes(
	class{gives, `offer provision supply sale delivery grant gift donation transfer opening export extension handover
		shipment support assistance aid help funding loan payment reward package`},
	class{gets, `purchase import acquisition receipt`},
	class{hands, `arrest extradition capture release repatriation handover surrender detention`},
	class{honours, `praise thanks recognition invitation nomination apology tribute gratitude endorsement appreciation
		congratulation commendation`},
	class{asks, `demand request call appeal plea`},
	class{eases, `cut reduction lifting waiver easing removal`},
	class{shares, `sharing exchange swap`},
)

// pacts are nouns for what two sides agree on together.
var pacts = func() map[string]bool {
	out := make(map[string]bool)
	for w := range strings.FieldsSeq(`agreement contract deal pact accord treaty memorandum`) {
		out[w] = true
	}
	return out
}()
