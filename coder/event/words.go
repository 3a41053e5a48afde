package event

// isReport reports whether a verb only passes on what its clause says, so that
// the clause is an act of its own: "said it would leave".
func isReport(lemma string) bool {
	switch lemma {
	case "say", "tell", "report", "state", "add", "note", "announce", "claim", "believe", "think", "know",
		"reveal", "confirm", "suggest", "explain", "argue", "write", "remark", "recall", "observe", "insist",
		"declare", "maintain", "assert", "indicate", "disclose", "show", "see", "mean", "stress", "point",
		"emphasize", "emphasise", "highlight", "reiterate", "mention", "learn", "hear", "understand", "find",
		"estimate", "predict", "expect", "hope", "fear", "assume", "conclude", "testify", "quote", "cite",
		"underline", "underscore", "describe", "post", "tweet", "remember", "forget", "imagine", "doubt":
		return true
	}
	return false
}

// isLight reports whether a verb leaves the act to its noun: "held talks".
func isLight(lemma string) bool {
	switch lemma {
	case "hold", "have", "make", "take", "give", "launch", "carry", "conduct", "open", "begin", "start", "stage",
		"mount", "resume", "continue", "impose", "issue", "reach", "sign", "conclude", "pay", "lodge", "file",
		"undertake", "perform", "strike", "complete", "host", "attend", "join", "engage", "put", "lay", "exert",
		"announce", "declare", "do", "step":
		return true
	}
	return false
}

// isTaking reports whether the subject of a verb gets what its object names from
// somebody else.
func isTaking(lemma string) bool {
	switch lemma {
	case "receive", "face", "get", "obtain", "draw", "suffer":
		return true
	}
	return false
}

// isAsking reports whether a noun asks somebody for something.
func isAsking(lemma string) bool {
	switch lemma {
	case "demand", "request", "appeal", "call", "plea", "ultimatum":
		return true
	}
	return false
}

// isUttering reports whether a verb puts a demand forward.
func isUttering(lemma string) bool {
	switch lemma {
	case "make", "issue", "put", "present", "raise", "repeat", "reiterate", "voice", "address", "send":
		return true
	}
	return false
}

// isGathering reports whether a noun is of people coming together, so that "in"
// behind it tells where, and nobody who takes part.
func isGathering(lemma string) bool {
	switch lemma {
	case "meeting", "summit", "talk", "call", "negotiation", "dialogue", "dialog", "discussion", "consultation", "conversation",
		"lunch", "dinner", "briefing", "mediation", "exercise", "drill":
		return true
	}
	return false
}

// isMeeting reports whether a verb is of people coming together.
func isMeeting(lemma string) bool {
	switch lemma {
	case "meet", "talk", "confer", "convene", "gather", "negotiate":
		return true
	}
	return false
}

// isWhere reports whether a preposition tells a place.
func isWhere(preposition string) bool {
	switch preposition {
	case "in", "inside", "near", "at", "around", "across", "outside":
		return true
	}
	return false
}

// isUndoing reports whether a verb says that the act named by its subject came
// to nothing.
func isUndoing(lemma string) bool {
	switch lemma {
	case "fail", "collapse", "break", "stall", "founder":
		return true
	}
	return false
}

// isEnabling reports whether a verb makes something possible, which a thing does
// without conceding anything: "the deal allowed Peru to".
func isEnabling(lemma string) bool {
	switch lemma {
	case "allow", "enable", "permit", "let", "empower", "entitle":
		return true
	}
	return false
}

// isJudging reports whether a verb or noun finds fault with what others did.
func isJudging(lemma string) bool {
	switch lemma {
	case "condemn", "denounce", "deplore", "decry", "criticise", "criticize", "slam", "blast", "lambast", "lambaste", "protest", "rebuke",
		"censure", "blame", "accuse", "condemnation", "denunciation", "criticism", "outrage", "anger", "outcry":
		return true
	}
	return false
}

// harms are nouns for violence. The value is true where those who do it govern
// the place where it is done: "the crackdown in Peru".
var harms = map[string]bool{
	"attack": false, "assault": false, "killing": false, "murder": false, "bombing": false, "assassination": false, "shooting": false,
	"massacre": false, "slaughter": false, "beheading": false, "stabbing": false, "kidnapping": false, "abduction": false, "ambush": false,
	"shelling": false, "raid": false, "strike": false, "airstrike": false, "bombardment": false, "invasion": false, "blast": false,
	"explosion": false, "rape": false, "slaying": false, "hijacking": false, "seizure": false, "capture": false, "storming": false,
	"downing": false, "beating": false, "poisoning": false, "destruction": false, "desecration": false, "burning": false,
	"crackdown": true, "arrest": true, "detention": true, "imprisonment": true, "execution": true, "persecution": true, "treatment": true,
	"jailing": true, "conviction": true, "expulsion": true, "prosecution": true, "torture": true, "deportation": true, "repression": true,
	"harassment": true, "trial": true, "sentencing": true, "abuse": true, "mistreatment": true,
}

// isComplaint reports whether a word is for laying something before a third
// party: "a complaint with the UN against Peru".
func isComplaint(lemma string) bool {
	switch lemma {
	case "complain", "complaint", "lawsuit", "suit", "petition", "case", "grievance", "charge", "testify", "testimony":
		return true
	}
	return false
}

// actNouns are nouns that name something one party does to or with another.
// The value is true where "of" names whom it is done to: "the arrest of X".
var actNouns = map[string]bool{
	"abduction": true, "accord": false, "accusation": false, "acquittal": true, "advance": false,
	"aggression": false, "agreement": false, "aid": false, "airstrike": false, "ambush": true, "annexation": true,
	"apology": false, "appeal": false, "appreciation": true, "approval": true, "arrest": true, "assassination": true,
	"assault": false, "assistance": false, "assurance": false, "attack": false, "backing": true, "ban": false,
	"blockade": true, "bombardment": true, "bombing": true, "boycott": true, "call": false, "ceasefire": false,
	"cease-fire": false, "clash": false, "commitment": false, "complaint": false, "concession": false,
	"condemnation": true, "confrontation": false, "contact": false, "conversation": false, "conviction": true,
	"consultation": false, "contract": false, "cooperation": false, "coordination": false, "criticism": true,
	"crackdown": false, "deal": false, "decision": false, "declaration": false, "defiance": true, "delivery": false,
	"demand": false, "denunciation": true, "denial": true, "deportation": true, "deployment": true,
	"detention": true, "dialogue": false, "dialog": false, "discussion": false, "dispute": false, "donation": false,
	"drill": false, "embargo": false, "endorsement": true, "engagement": false, "exchange": false, "execution": true,
	"exercise": false, "expulsion": true, "extradition": true, "fight": false, "fighting": false, "funding": false,
	"gift": false, "grant": false, "handover": true, "help": false, "incursion": false, "imprisonment": true,
	"invasion": true, "investigation": true, "invitation": false, "killing": true, "lawsuit": false, "loan": false,
	"mediation": false, "meeting": false, "murder": true, "negotiation": false, "occupation": true, "offensive": false,
	"offer": false, "operation": false, "opposition": false, "order": false, "pact": false,
	"plea": false, "pledge": false, "plan": false, "praise": true, "pressure": false, "proposal": false,
	"promise": false, "prosecution": true, "protest": false, "protection": true, "provocation": false, "pullout": false,
	"purchase": false, "raid": false, "recognition": true, "refusal": false, "rejection": true, "release": true,
	"removal": true, "repatriation": true, "request": false, "retaliation": false, "retreat": false, "sale": false,
	"sanction": false, "seizure": true, "shelling": true, "shipment": false, "siege": true, "shooting": true,
	"strike": false, "summit": false, "supply": false, "support": false, "surrender": false, "talk": false,
	"telephone": false, "thanks": false, "threat": false, "torture": true, "trade": false, "training": true,
	"transfer": false, "treaty": false, "truce": false, "ultimatum": false, "veto": true, "violation": true,
	"violence": false, "visit": false, "war": false, "warning": false, "withdrawal": false, "memorandum": false,
	"tribute": false, "trip": false, "tour": false, "lunch": false, "dinner": false, "briefing": false,
	"intervention": false, "interference": false, "rebuke": true, "outreach": false, "overture": false,
	"willingness": false, "readiness": false, "intention": false, "vow": false, "effort": false, "bid": false,
	"attempt": false, "blame": false, "concern": false, "condolence": false, "congratulation": false,
	"gratitude": false, "sympathy": false, "solidarity": false, "protestation": false,
	"extension": true, "lifting": true, "easing": true, "suspension": true, "waiver": false, "bailout": true,
	"investment": false, "export": false, "import": false, "collaboration": false, "sharing": true,
	"massacre": true, "kidnapping": true, "beheading": true, "persecution": true, "harassment": true, "repression": true,
	"poisoning": true, "slaughter": true, "jailing": true, "mistreatment": true, "hijacking": true,
}

func isActNoun(lemma string) bool { _, ok := actNouns[lemma]; return ok }

// isDoneTo reports whether "of" after the noun names whom it is done to.
func isDoneTo(lemma string) bool { return actNouns[lemma] }
