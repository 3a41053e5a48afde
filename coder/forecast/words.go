package forecast

import "strings"

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// strengths says how sure a holder sounds who uses a hedge, 0 to 1. The order
// follows the rating studies of verbal probability (Wallsten et al. 1986; Mosteller
// and Youtz 1990); modals are placed beside the adverb they are closest to.
var strengths = map[string]float64{
	"will": 0.9, "shall": 0.9, "going to": 0.9, "would": 0.65, "should": 0.6, "ought": 0.6, "could": 0.4, "may": 0.45, "might": 0.35,
	"likely": 0.7, "unlikely": 0.7, "set": 0.85, "poised": 0.8, "bound": 0.95, "destined": 0.95, "doomed": 0.95, "certain": 0.95, "sure": 0.95,
	"due": 0.85, "slated": 0.85, "scheduled": 0.85, "expected": 0.75, "projected": 0.75, "forecast": 0.75, "predicted": 0.75, "anticipated": 0.7, "tipped": 0.65,
	"expect": 0.75, "predict": 0.8, "anticipate": 0.7, "project": 0.75, "foresee": 0.75, "prophesy": 0.8,
	"about": 0.85, "stand": 0.7, "threaten": 0.55, "promise": 0.7,
}

var (
	// prospects are the adjectives and participles that with "to" foretell.
	prospects = set(`likely unlikely set poised bound destined doomed certain sure due slated scheduled expected projected
		forecast predicted anticipated tipped`)
	// predicts are the verbs whose complement is what the subject foretells.
	predicts = set(`expect predict anticipate forecast project foresee prophesy`)
	// polite verbs make of "would" and "will" no more than a manner of speaking.
	polite = set(`like love prefer argue say agree note add suggest seem appear hope wish rather imagine describe call suppose
		advise recommend want mean`)
	// seeming verbs after "may" and "might" speak of the present.
	seeming = set(`seem appear sound look know think believe mean want wish like prefer feel remember recall wonder ask`)
	// purposes take a clause that is wanted, not foretold.
	purposes = set(`ensure make guarantee demand ask order urge require insist request want wish see check decide wonder know
		understand learn explain determine forget remember depend`)
	habits = set(`often sometimes usually always typically generally routinely regularly frequently traditionally repeatedly
		invariably occasionally`)
	// plans are things whose effects lie ahead: a clause with "would" that
	// describes one foretells them.
	plans = set(`deal plan bill law proposal move step measure project pact treaty tariff sanction package corridor pipeline
		agreement accord offer scheme initiative policy strategy reform arrangement alliance concession decision approach shift
		one something scenario programme program framework visit summit talks ceasefire truce resolution amendment clause
		partnership bargain option port base access road railway route facility campaign operation`)
	surer    = set(`certainly definitely surely inevitably undoubtedly clearly doubtless necessarily`)
	likelier = set(`probably likely presumably`)
	vaguer   = set(`possibly perhaps conceivably maybe potentially theoretically`)
)
