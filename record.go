package chancery

import "time"

// Party is an actor as one record has it: a code, a name and the mention that
// names it in the text.
type Party struct {
	Code    string    `json:"code"`             // PAK, USAGOV, TALIBAN; "" when unresolved
	Name    string    `json:"name"`             // canonical name: "Asim Munir", "Pakistan"
	Mention ByteRange `json:"mention,omitzero"` // zero when the party is only understood
}

// Role says what a piece of evidence shows.
type Role string

// The roles of evidence. Every record has exactly one RoleSentence.
const (
	RoleSentence    Role = "sentence"
	RoleTrigger     Role = "trigger"
	RoleActor       Role = "actor"
	RoleRecipient   Role = "recipient"
	RoleAttribution Role = "attribution"
	RoleDate        Role = "date"
	RolePlace       Role = "place"
	RoleGood        Role = "good"
	RoleAmount      Role = "amount"
	RoleTie         Role = "tie" // the words that make two legs an exchange
	RoleQuote       Role = "quote"
	RoleSpeaker     Role = "speaker"
	RoleValue       Role = "value"
	RoleOf          Role = "of"
	RoleHolder      Role = "holder"
	RoleHedge       Role = "hedge"
	RoleCondition   Role = "condition"
	RoleTone        Role = "tone"   // the words that judge
	RoleToward      Role = "toward" // whom they judge
)

// Evidence is one range of the article's text that a record rests on.
type Evidence struct {
	Role Role `json:"role"`
	ByteRange
}

// AttributionKind says what sort of voice a link of an attribution chain is.
type AttributionKind string

// The kinds of voice.
const (
	ByWriter  AttributionKind = "writer"
	BySpeaker AttributionKind = "speaker" // a named person or body
	ByOutlet  AttributionKind = "outlet"  // another publisher
	ByUnnamed AttributionKind = "unnamed" // "sources say", "reportedly", "analysts"
)

// Attribution is one link of the chain of who says so, from the article inward.
// An empty chain means the writer says so in his own voice.
type Attribution struct {
	Kind AttributionKind `json:"kind"`
	Party
}

// Reason is one feature that decided an event's type, with its weight in
// log-odds; the largest come first.
type Reason struct {
	Feature string  `json:"feature"`
	Weight  float64 `json:"weight"`
}

// Alternative is a type that was considered and not chosen.
type Alternative struct {
	Type        EventType `json:"type"` // "" is "no event"
	Probability float64   `json:"probability"`
}

// Event is who did what to whom, when, where, according to whom.
type Event struct {
	ID          string        `json:"id"`
	Sentence    ByteRange     `json:"sentence"`
	Trigger     ByteRange     `json:"trigger"`
	Type        EventType     `json:"type"`
	Mode        string        `json:"mode,omitempty"`     // PLOVER 0.8b mode
	Contexts    []string      `json:"contexts,omitempty"` // PLOVER 0.8b contexts, sorted
	CAMEO       string        `json:"cameo,omitempty"`    // CAMEO 1.1b3 code
	Intensity   float64       `json:"intensity"`          // Goldstein (1992) scale, -10..10
	Probability float64       `json:"probability"`        // calibrated, of Type, 0..1
	Status      Status        `json:"status"`
	Actors      []Party       `json:"actors"`
	Recipients  []Party       `json:"recipients"`
	Reciprocal  bool          `json:"reciprocal,omitempty"` // actors and recipients may be swapped
	Date        Date          `json:"date,omitzero"`        // when it took place, as far as said
	Until       Date          `json:"until,omitzero"`       // end of the period, where one is said
	Place       string        `json:"place,omitempty"`
	Attribution []Attribution `json:"attribution,omitempty"`
	Good        *Good         `json:"good,omitempty"`
	Exchange    string        `json:"exchange,omitempty"` // id of the Exchange this event is a leg of
	Reasons     []Reason      `json:"reasons,omitempty"`
	Rejected    []Alternative `json:"rejected,omitempty"`
	Evidence    []Evidence    `json:"evidence"`
}

// Good is what an event hands over, offers, asks for or withholds. For a
// request the giver is the one asked.
type Good struct {
	Kind     GoodKind  `json:"kind"`
	Phrase   ByteRange `json:"phrase"`
	Amount   *Amount   `json:"amount,omitempty"`
	Giver    Party     `json:"giver"`
	Receiver Party     `json:"receiver"`
	Status   Status    `json:"status"`
}

// Amount is how much of a good: a value, or a change from one value to another.
type Amount struct {
	Text ByteRange `json:"text"`           // as printed
	Low  float64   `json:"low"`            // the value; of a span its lower end; of a change the old value
	High float64   `json:"high"`           // equal to Low for a single value; of a change the new value
	Unit string    `json:"unit,omitempty"` // "USD", "percent", "" for a count
	Per  string    `json:"per,omitempty"`  // "suspect", "year"
	From bool      `json:"from,omitempty"` // Low and High are "from" and "to" of a change
}

// Exchange is a set of events the text presents as given in return for each
// other (quid pro quo).
type Exchange struct {
	ID       string     `json:"id"`
	Legs     []string   `json:"legs"`               // event ids, in the order of the text
	Restates string     `json:"restates,omitempty"` // id of an earlier exchange this one tells again
	Evidence []Evidence `json:"evidence"`           // RoleSentence of the tie, RoleTie
}

// Quote is words in direct speech with the speaker the article gives them to.
type Quote struct {
	ID           string     `json:"id"`
	Sentence     ByteRange  `json:"sentence"` // the sentence that holds the quote's first word
	Text         ByteRange  `json:"text"`     // without the quotation marks
	Speaker      Party      `json:"speaker"`
	ProseSpeaker *Party     `json:"prose_speaker,omitempty"` // set when a tag line and the prose before it name different speakers
	Partial      bool       `json:"partial,omitempty"`       // a fragment inside a sentence of the writer's
	Date         Date       `json:"date,omitzero"`
	Evidence     []Evidence `json:"evidence"`
}

// Figure is a number with what it counts.
type Figure struct {
	ID          string        `json:"id"`
	Sentence    ByteRange     `json:"sentence"`
	Value       ByteRange     `json:"value"`                 // as printed, with its unit: "US$ 5,000", "29%"
	Number      float64       `json:"number"`                // 5000, 29
	To          *float64      `json:"to,omitempty"`          // the second number of "from 29% to 19%" or "10 to 12"
	Unit        string        `json:"unit,omitempty"`        // "USD", "percent", "" for a count
	Of          ByteRange     `json:"of"`                    // what it counts; zero where the text has only a pronoun for it
	Approximate string        `json:"approximate,omitempty"` // "about", "at least", "over"
	AsOf        Date          `json:"as_of,omitzero"`
	Attribution []Attribution `json:"attribution,omitempty"`
	Evidence    []Evidence    `json:"evidence"`
}

// Forecast is a statement about the future that can later be judged.
type Forecast struct {
	ID          string        `json:"id"`
	Sentence    ByteRange     `json:"sentence"`
	Holder      Party         `json:"holder"` // Name "author" for the writer
	About       ByteRange     `json:"about"`  // the clause that is foretold
	Subject     Party         `json:"subject,omitzero"`
	Hedge       string        `json:"hedge"`    // the modal or verb: "will", "could", "is likely to"
	Strength    float64       `json:"strength"` // 0..1, how sure the holder sounds
	Horizon     Date          `json:"horizon,omitzero"`
	Condition   ByteRange     `json:"condition,omitzero"`
	Advice      bool          `json:"advice,omitempty"` // "should": a recommendation
	Attribution []Attribution `json:"attribution,omitempty"`
	Evidence    []Evidence    `json:"evidence"`
}

// IsDue reports whether on the given day the forecast's horizon has passed, so
// that what came of it can be said. Advice is never due.
func (f *Forecast) IsDue(day time.Time) bool {
	return !f.Advice && !f.Horizon.IsZero() && !day.Before(f.Horizon.Last().AddDate(0, 0, 1))
}

// ToneHow says how words judge an actor.
type ToneHow string

// The ways of judging.
const (
	ToneIs   ToneHow = "is"   // it is described so
	ToneHas  ToneHow = "has"  // it is said to have or show it
	ToneDoes ToneHow = "does" // it is told to do what only one who judges calls so
	ToneSays ToneHow = "says" // its words are passed on by a verb that doubts or credits them
	ToneGets ToneHow = "gets" // another praises or blames it
)

// Tone is words by which a text, or one whom it quotes, judges an actor.
type Tone struct {
	ID          string        `json:"id"`
	Sentence    ByteRange     `json:"sentence"`
	Toward      Party         `json:"toward"`
	Words       ByteRange     `json:"words"`
	How         ToneHow       `json:"how"`
	Score       float64       `json:"score"`                 // -1 against .. 1 for
	Attribution []Attribution `json:"attribution,omitempty"` // who judges, from the article inward; none is the writer
	Evidence    []Evidence    `json:"evidence"`
}

// Actor is someone an article speaks of, as resolved within that article.
type Actor struct {
	Code     string      `json:"code"`
	Name     string      `json:"name"`
	Role     string      `json:"role,omitempty"` // as first introduced: "Army Chief, Field Marshal"
	Kind     string      `json:"kind"`           // state, organisation, armed group, person
	Mentions []ByteRange `json:"mentions"`       // in the order of the text
}

// Reading is one pass of one version of the reader over one article. Its
// records are in the order of the text. Offsets point into Article.Text.
type Reading struct {
	Article   string      `json:"article"` // article id
	Version   string      `json:"version"` // of the program and its models
	Sentences []ByteRange `json:"sentences"`
	Actors    []Actor     `json:"actors"`
	Events    []Event     `json:"events"`
	Exchanges []Exchange  `json:"exchanges"`
	Quotes    []Quote     `json:"quotes"`
	Figures   []Figure    `json:"figures"`
	Forecasts []Forecast  `json:"forecasts"`
	Tones     []Tone      `json:"tones,omitempty"`
}
