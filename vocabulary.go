package chancery

import (
	"fmt"
	"slices"
)

// EventType is one of the 16 types of PLOVER 0.8b (Open Event Data Alliance).
type EventType string

// The event types, in PLOVER's order of quad classes.
const (
	Agree     EventType = "AGREE"
	Consult   EventType = "CONSULT"
	Support   EventType = "SUPPORT"
	Concede   EventType = "CONCEDE"
	Cooperate EventType = "COOPERATE"
	Aid       EventType = "AID"
	Retreat   EventType = "RETREAT"
	Request   EventType = "REQUEST"
	Accuse    EventType = "ACCUSE"
	Reject    EventType = "REJECT"
	Threaten  EventType = "THREATEN"
	Protest   EventType = "PROTEST"
	Sanction  EventType = "SANCTION"
	Mobilize  EventType = "MOBILIZE"
	Coerce    EventType = "COERCE"
	Assault   EventType = "ASSAULT"
)

// EventTypes lists all types in a fixed order.
func EventTypes() []EventType {
	return []EventType{Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request,
		Accuse, Reject, Threaten, Protest, Sanction, Mobilize, Coerce, Assault}
}

// QuadClass groups event types: words or deeds, cooperative or hostile.
// Its number is PLOVER's "penta class" (0, neutral, does not occur here).
type QuadClass int

// The quad classes.
const (
	VerbalCooperation   QuadClass = 1
	MaterialCooperation QuadClass = 2
	VerbalConflict      QuadClass = 3
	MaterialConflict    QuadClass = 4
)

// String gives the class in words.
func (q QuadClass) String() string {
	switch q {
	case VerbalCooperation:
		return "verbal cooperation"
	case MaterialCooperation:
		return "material cooperation"
	case VerbalConflict:
		return "verbal conflict"
	case MaterialConflict:
		return "material conflict"
	}
	return "none"
}

// QuadClass gives the class of the type, 0 for a type outside the vocabulary.
func (t EventType) QuadClass() QuadClass {
	switch t {
	case Agree, Consult, Support, Concede:
		return VerbalCooperation
	case Cooperate, Aid, Retreat:
		return MaterialCooperation
	case Request, Accuse, Reject, Threaten:
		return VerbalConflict
	case Protest, Sanction, Mobilize, Coerce, Assault:
		return MaterialConflict
	}
	return 0
}

// Status says how far an act got.
type Status string

// The statuses.
const (
	Happened   Status = "happened"
	Agreed     Status = "agreed"
	Offered    Status = "offered"
	Requested  Status = "requested"
	Planned    Status = "planned"
	Proposed   Status = "proposed" // by the writer or a commentator: an idea, not an act
	Threatened Status = "threatened"
	Refused    Status = "refused"
	Denied     Status = "denied"
	Withheld   Status = "withheld"
	Reneged    Status = "reneged"
	// Delivered is the status of a transfer whose thing or person was handed
	// over; as an event's own status it counts as Happened.
	Delivered Status = "delivered"
)

// Statuses lists all statuses in a fixed order.
func Statuses() []Status {
	return []Status{Happened, Delivered, Agreed, Offered, Requested, Planned, Proposed, Threatened, Refused, Denied, Withheld, Reneged}
}

// GoodKind is what sort of thing an event hands over, offers, asks for or withholds.
type GoodKind string

// GoodKinds lists all kinds in a fixed order. "alignment" is a promise about a
// third party, "relief" the lifting of a penalty, "diplomatic" a visit, a
// recognition, praise, a nomination.
func GoodKinds() []GoodKind {
	return []GoodKind{"arms", "basing", "port", "intelligence", "detainee", "money", "aid", "tariff", "trade", "minerals", "energy",
		"investment", "finance", "diplomatic", "alignment", "security", "technology", "troops", "relief"}
}

// Sectors lists PLOVER's sector codes, in a fixed order.
func Sectors() []string {
	return []string{"GOV", "MIL", "SPY", "LEG", "JUD", "OPP", "PTY", "REB", "BUS", "MED", "CVL", "EDU", "LAB", "REL", "REF", "CRM", "IGO", "NGO"}
}

// ParseEventType reads a type's name. The error lists the valid ones.
func ParseEventType(s string) (EventType, error) {
	return parse("event type", EventType(s), EventTypes())
}

// ParseStatus reads a status. The error lists the valid ones.
func ParseStatus(s string) (Status, error) { return parse("status", Status(s), Statuses()) }

// ParseGoodKind reads a kind of good. The error lists the valid ones.
func ParseGoodKind(s string) (GoodKind, error) {
	return parse("kind of good", GoodKind(s), GoodKinds())
}

func parse[T ~string](what string, v T, all []T) (T, error) {
	if slices.Contains(all, v) {
		return v, nil
	}
	return "", fmt.Errorf("%w: %s %q (one of %v)", ErrInvalid, what, string(v), all)
}
