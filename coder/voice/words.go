package voice

import "strings"

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// The word classes of reporting. They are general vocabulary: verbs of
// communication and opinion as Levin (1993), English Verb Classes and
// Alternations, groups them (37.1, 37.3, 37.7, 29.5), with the nouns made of
// them. A verb of asking or promising is not here: "demanded that" is an act of
// its own, not a report.
var (
	says = set(`say state claim add note report argue insist explain observe remark comment
		announce declare assert maintain contend believe think suggest suspect allege
		acknowledge admit concede confirm reveal disclose warn caution caveat tell inform
		reiterate repeat stress emphasize emphasise underline underscore highlight point
		write tweet post quip joke recall recount respond reply retort counter answer conclude
		predict forecast expect estimate reckon feel fear hope consider see describe
		indicate signal affirm reaffirm lament complain mention testify publish vow pledge
		continue agree caption inquire ask wonder protest boast brag muse opine proclaim
		pronounce specify clarify elaborate summarize summarise put call speak scold chide
		fume exclaim shout declaim interject hint imply intimate assess judge calculate show find`)
	opines = set(`say believe think report see view interpret regard consider expect allege rumour rumor
		claim describe understand know estimate suspect suppose perceive deem hold assume`)
	claims = set(`claim report allegation suggestion statement assertion belief rumour rumor view
		argument accusation charge speculation notion fear hope expectation warning announcement
		prediction forecast assessment remark comment insistence hint indication news perception`)
	publications = set(`report article newspaper paper daily magazine broadcaster channel outlet
		agency story dispatch despatch website portal weekly editorial column study survey`)
	unnamed = set(`source official analyst expert critic observer diplomat insider aide report
		commentator officer people scholar historian economist lawmaker adviser advisor
		supporter opponent researcher media reporter journalist other many some most witness
		resident skeptic sceptic authority figure member investigator prosecutor`)
	// evident are the verbs that facts take as well as people.
	evident = set(`suggest show indicate reveal signal hint imply find underscore highlight underline
		reflect mean confirm point see continue conclude predict feel fear put call speak describe`)
	indefinite = set(`some many most other others few several all none one`)
	hearsay    = set(`reportedly allegedly purportedly supposedly ostensibly rumouredly`)
	// calling verbs take the words themselves as what someone is called.
	calling = set(`call describe brand dub label term denounce hail slam praise dismiss condemn
		characterize characterise portray decry deride refer`)
	// outlets mark the name of a publisher.
	outlets = set(`news times post reuters gazette wire herald tribune journal guardian dawn
		telegraph broadcasting television tv radio bloomberg associated-press afp bbc cnn ap
		economist observer chronicle standard mirror courier examiner bulletin monitor
		newspaper press express daily weekly review digest magazine independent`)
)

// isOutlet reports whether a name is a publisher's by its words.
func isOutlet(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '-' || r == '’' || r == '\'' })
	for _, w := range words {
		if outlets[strings.TrimRight(w, "0123456789")] {
			return true
		}
	}
	return false
}

// IsReport reports whether a verb, given by its lemma, reports what somebody
// says or thinks.
func IsReport(lemma string) bool { return says[lemma] }

// IsClaim reports whether a noun, given by its lemma, is what somebody says.
func IsClaim(lemma string) bool { return claims[lemma] }
