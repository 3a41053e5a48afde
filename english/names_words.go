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
library libraries hospital clinic schools llp lp pllc gmbh plc pvt. pvt corps guard guards militia tribunal ombudsman secretariat directorate
consulting solutions studios studio salon dental dentistry orthodontics chiropractic veterinary realty roofing plumbing automotive auto repair
cleaners photography construction contractors landscaping daycare preschool montessori attorneys bakery boutique fitness yoga spa
books monthly weekly herald gazette insurance pharmaceuticals telecom telecommunications electronics petroleum oil gas airlines financial intelligence motorsports financial intelligence`)
	placeWords = wordSet(`street st rd road ave avenue blvd boulevard lane drive river lake mountain mountains mount valley island islands sea
ocean gulf bay beach coast park airport station hotel inn restaurant cafe grill pub city county state states province district region
peninsula desert forest bridge tower square plaza palace castle museum temple mosque cathedral harbor harbour port canal strait creek
falls gate gates crossing hill hills heights village town kingdom republic territory emirates highway theater theatre stadium cemetery zoo garden gardens`)
	// thingWords end the names of what is no person, body or place.
	thingWords = wordSet(`corridor initiative programme program project operation exercise prize award awards medal trophy act treaty accord accords agreement pact plan doctrine declaration war cup games bowl
festival day theorem disease syndrome test scale law effect`)
	// capitals are the seats of governments that texts are most often about;
	// several are people's names too.
	capitals = wordSet(`washington moscow beijing london paris berlin rome madrid lisbon brussels vienna warsaw prague budapest bucharest sofia
athens ankara kyiv kiev minsk riga vilnius tallinn helsinki stockholm oslo copenhagen dublin reykjavik bern belgrade zagreb sarajevo skopje tirana
pristina podgorica ljubljana bratislava chisinau tbilisi yerevan baku tehran baghdad damascus beirut amman jerusalem ramallah riyadh doha manama
muscat sanaa cairo tripoli tunis algiers rabat khartoum asmara mogadishu nairobi kampala kigali kinshasa luanda abuja accra dakar
bamako niamey pretoria harare lusaka maputo windhoek gaborone antananarivo islamabad kabul dhaka kathmandu thimphu colombo naypyidaw bangkok hanoi
vientiane manila jakarta canberra wellington tokyo seoul pyongyang taipei ulaanbaatar astana tashkent bishkek dushanbe ashgabat ottawa havana
bogota caracas quito brasilia asuncion montevideo managua tegucigalpa`)
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
