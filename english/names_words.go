package english

import "strings"

// Words by which a name of several words tells its kind.
var (
	groupWords = wordSet(`inc inc. corp corp. corporation company co co. ltd ltd. llc plc group bank university college institute school
department ministry agency committee council commission association society union party federation foundation organization organisation
bureau congress senate parliament army navy force forces police team club times post news press journal tribune network channel airlines
airways energy partners services systems industries holdings capital futures securities trust fund authority board office center centre
court league alliance coalition movement brigade brigades front command service administration assembly academy laboratory laboratories
motors technologies software media records studios pictures symphony orchestra church
books monthly weekly herald gazette insurance pharmaceuticals telecom telecommunications electronics petroleum oil gas airlines motorsports`)
	placeWords = wordSet(`street st rd road ave avenue blvd boulevard lane drive river lake mountain mountains mount valley island islands sea
ocean gulf bay beach coast park airport station hotel inn restaurant cafe grill pub city county state states province district region
peninsula desert forest bridge tower square plaza palace castle museum temple mosque cathedral harbor harbour port canal strait creek
falls hill hills heights village town kingdom republic territory emirates highway theater theatre stadium cemetery zoo garden gardens`)
	titleWords = wordSet(`mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor president senator sen. rep. gov. governor minister secretary
general gen. colonel col. captain capt. lt. sgt. maj. major king queen prince princess pope justice judge chancellor sheikh shaikh
ayatollah lord lady sir imam mullah saint rev. reverend mayor ambassador prophet spokesman spokeswoman chairman`)
)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
