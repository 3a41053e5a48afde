package export

import (
	"chancery"
	"chancery/collate"
)

// The kinds of line beside those of records (sqlite.Kinds).
const (
	KindArticle   = "article"
	KindActor     = "actor"
	KindTone      = "tone"
	KindHappening = "happening"
	KindFinding   = "finding"
	KindSource    = "source"
)

// Article is the line of an article.
type Article struct {
	Record    string         `json:"record"` // "article"
	Article   string         `json:"article"`
	ID        string         `json:"id"`
	Title     *string        `json:"title"` // null when not printed, as the next five
	Byline    *string        `json:"byline"`
	Source    *string        `json:"source"`
	URL       *string        `json:"url"`
	Published *string        `json:"published"`
	Language  *string        `json:"language"`
	ReprintOf *string        `json:"reprint_of"` // article id
	Version   *string        `json:"version"`    // of the reading; null when the article was not coded
	Text      string         `json:"text"`
	Cuts      []chancery.Cut `json:"cuts,omitempty"`
}

// Party is a party of a record; start and end are its mention, absent when it
// is only understood.
type Party struct {
	Code  string `json:"code,omitempty"`
	Name  string `json:"name,omitempty"`
	Start *int   `json:"start,omitempty"`
	End   *int   `json:"end,omitempty"`
}

// Evidence is a range of the article's text, in bytes, with its characters.
type Evidence struct {
	Role  chancery.Role `json:"role"`
	Start int           `json:"start"`
	End   int           `json:"end"`
	Text  string        `json:"text"`
}

// Voice is a link of an attribution chain.
type Voice struct {
	Kind chancery.AttributionKind `json:"kind"`
	Party
}

// Event is the line of an event. actors and recipients are codes, each once;
// parties without one stand only in actor_parties and recipient_parties.
type Event struct {
	Record           string             `json:"record"` // "event"
	Article          string             `json:"article"`
	ArticleID        string             `json:"article_id"`
	ID               string             `json:"id"`
	Sentence         string             `json:"sentence"`
	Trigger          string             `json:"trigger"`
	Type             chancery.EventType `json:"type"`
	Quad             string             `json:"quad_class"`
	Mode             string             `json:"mode,omitempty"`
	Contexts         []string           `json:"contexts,omitempty"`
	CAMEO            string             `json:"cameo,omitempty"`
	Intensity        float64            `json:"intensity"`
	Probability      float64            `json:"probability"`
	Status           chancery.Status    `json:"status"`
	Actors           []string           `json:"actors"`
	Recipients       []string           `json:"recipients"`
	ActorParties     []Party            `json:"actor_parties"`
	RecipientParties []Party            `json:"recipient_parties"`
	Reciprocal       bool               `json:"reciprocal,omitempty"`
	Date             *string            `json:"date"`
	Until            *string            `json:"until,omitempty"`
	Place            string             `json:"place,omitempty"`
	Attribution      []Voice            `json:"attribution,omitempty"`
	Good             *Good              `json:"good"`
	Exchange         *string            `json:"exchange"`
	Evidence         []Evidence         `json:"evidence"`
}

// Good is what an event hands over; giver and receiver are codes.
type Good struct {
	Kind         chancery.GoodKind `json:"kind"`
	Text         string            `json:"text"`
	Amount       *string           `json:"amount"` // as printed
	Value        *chancery.Amount  `json:"value,omitempty"`
	Giver        string            `json:"giver"`
	Receiver     string            `json:"receiver"`
	GiverName    string            `json:"giver_name,omitempty"`
	ReceiverName string            `json:"receiver_name,omitempty"`
	Status       chancery.Status   `json:"status"`
}

// Exchange is the line of an exchange.
type Exchange struct {
	Record    string     `json:"record"` // "exchange"
	Article   string     `json:"article"`
	ArticleID string     `json:"article_id"`
	ID        string     `json:"id"`
	Sentence  string     `json:"sentence"`
	Tie       string     `json:"tie,omitempty"` // the words that join the legs
	Legs      []string   `json:"legs"`          // event ids
	Restates  *string    `json:"restates,omitempty"`
	Evidence  []Evidence `json:"evidence"`
}

// Quote is the line of a quote.
type Quote struct {
	Record           string     `json:"record"` // "quote"
	Article          string     `json:"article"`
	ArticleID        string     `json:"article_id"`
	ID               string     `json:"id"`
	Sentence         string     `json:"sentence"`
	Text             string     `json:"text"`
	Speaker          string     `json:"speaker"`
	SpeakerCode      string     `json:"speaker_code"`
	ProseSpeaker     string     `json:"prose_speaker,omitempty"`
	ProseSpeakerCode string     `json:"prose_speaker_code,omitempty"`
	Partial          bool       `json:"partial,omitempty"`
	Date             *string    `json:"date,omitempty"`
	Evidence         []Evidence `json:"evidence"`
}

// Figure is the line of a figure.
type Figure struct {
	Record      string     `json:"record"` // "figure"
	Article     string     `json:"article"`
	ArticleID   string     `json:"article_id"`
	ID          string     `json:"id"`
	Sentence    string     `json:"sentence"`
	Value       string     `json:"value"` // as printed
	Number      float64    `json:"number"`
	To          *float64   `json:"to,omitempty"`
	Unit        string     `json:"unit,omitempty"`
	Of          string     `json:"of"`
	Approximate string     `json:"approximate,omitempty"`
	AsOf        *string    `json:"as_of,omitempty"`
	Attribution []Voice    `json:"attribution,omitempty"`
	Evidence    []Evidence `json:"evidence"`
}

// Tone is the line of words that judge an actor.
type Tone struct {
	Record      string           `json:"record"` // "tone"
	Article     string           `json:"article"`
	ArticleID   string           `json:"article_id"`
	ID          string           `json:"id"`
	Sentence    string           `json:"sentence"`
	Toward      string           `json:"toward"` // whom they judge, by name
	TowardCode  string           `json:"toward_code,omitempty"`
	Words       string           `json:"words"`
	How         chancery.ToneHow `json:"how"`
	Score       float64          `json:"score"`                 // -1 against .. 1 for
	Attribution []Voice          `json:"attribution,omitempty"` // who judges; none is the writer
	Evidence    []Evidence       `json:"evidence"`
}

// Forecast is the line of a forecast.
type Forecast struct {
	Record      string     `json:"record"` // "forecast"
	Article     string     `json:"article"`
	ArticleID   string     `json:"article_id"`
	ID          string     `json:"id"`
	Sentence    string     `json:"sentence"`
	Holder      string     `json:"holder"` // "author" for the writer
	HolderCode  string     `json:"holder_code,omitempty"`
	About       string     `json:"about"`
	Subject     string     `json:"subject,omitempty"`
	SubjectCode string     `json:"subject_code,omitempty"`
	Hedge       string     `json:"hedge"`
	Strength    float64    `json:"strength"`
	Horizon     *string    `json:"horizon,omitempty"`
	Condition   string     `json:"condition,omitempty"`
	Advice      bool       `json:"advice,omitempty"`
	Attribution []Voice    `json:"attribution,omitempty"`
	Outcome     *string    `json:"outcome,omitempty"` // yes, partly or no, once settled
	Evidence    []Evidence `json:"evidence"`
}

// Actor is the line of an actor as one article speaks of it.
type Actor struct {
	Record    string   `json:"record"` // "actor"
	Article   string   `json:"article"`
	ArticleID string   `json:"article_id"`
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	Role      string   `json:"role,omitempty"`
	Kind      string   `json:"kind"`
	Mentions  []string `json:"mentions"` // as printed, in the order of the text
}

// Happening is the line of a happening.
type Happening struct {
	Record string `json:"record"` // "happening"
	collate.Described
}

// Finding is the line of a finding.
type Finding struct {
	Record string `json:"record"` // "finding"
	collate.Finding
}

// Source is the line of a publisher.
type Source struct {
	Record string `json:"record"` // "source"
	collate.Source
}

// ArticleLine gives the line of an article; version is that of its reading, ""
// for none.
func ArticleLine(a *chancery.Article, version string) Article {
	return Article{"article", a.Name, a.ID, given(a.Title), given(a.Byline), given(a.Source), given(a.URL), given(a.Published.String()),
		given(a.Language), given(a.ReprintOf), given(version), a.Text, a.Cuts}
}

// EventLine gives the line of an event.
func EventLine(a *chancery.Article, e *chancery.Event) Event {
	out := Event{Record: "event", Article: a.Name, ArticleID: a.ID, ID: e.ID, Sentence: e.Sentence.Of(a.Text), Trigger: e.Trigger.Of(a.Text),
		Type: e.Type, Quad: e.Type.QuadClass().String(), Mode: e.Mode, Contexts: e.Contexts, CAMEO: e.CAMEO, Intensity: e.Intensity,
		Probability: e.Probability, Status: e.Status, Actors: codes(e.Actors), Recipients: codes(e.Recipients),
		ActorParties: parties(e.Actors), RecipientParties: parties(e.Recipients), Reciprocal: e.Reciprocal,
		Date: given(e.Date.String()), Until: given(e.Until.String()), Place: e.Place, Attribution: voices(e.Attribution),
		Exchange: given(e.Exchange), Evidence: evidence(a, e.Evidence)}
	if g := e.Good; g != nil {
		out.Good = &Good{Kind: g.Kind, Text: g.Phrase.Of(a.Text), Value: g.Amount, Giver: g.Giver.Code, Receiver: g.Receiver.Code,
			GiverName: g.Giver.Name, ReceiverName: g.Receiver.Name, Status: g.Status}
		if g.Amount != nil {
			out.Good.Amount = given(g.Amount.Text.Of(a.Text))
		}
	}
	return out
}

// ExchangeLine gives the line of an exchange.
func ExchangeLine(a *chancery.Article, x *chancery.Exchange) Exchange {
	return Exchange{Record: "exchange", Article: a.Name, ArticleID: a.ID, ID: x.ID, Sentence: under(a, x.Evidence, chancery.RoleSentence),
		Tie: under(a, x.Evidence, chancery.RoleTie), Legs: x.Legs, Restates: given(x.Restates), Evidence: evidence(a, x.Evidence)}
}

// QuoteLine gives the line of a quote.
func QuoteLine(a *chancery.Article, q *chancery.Quote) Quote {
	out := Quote{Record: "quote", Article: a.Name, ArticleID: a.ID, ID: q.ID, Sentence: q.Sentence.Of(a.Text), Text: q.Text.Of(a.Text),
		Speaker: q.Speaker.Name, SpeakerCode: q.Speaker.Code, Partial: q.Partial, Date: given(q.Date.String()), Evidence: evidence(a, q.Evidence)}
	if q.ProseSpeaker != nil {
		out.ProseSpeaker, out.ProseSpeakerCode = q.ProseSpeaker.Name, q.ProseSpeaker.Code
	}
	return out
}

// FigureLine gives the line of a figure.
func FigureLine(a *chancery.Article, f *chancery.Figure) Figure {
	return Figure{Record: "figure", Article: a.Name, ArticleID: a.ID, ID: f.ID, Sentence: f.Sentence.Of(a.Text), Value: f.Value.Of(a.Text),
		Number: f.Number, To: f.To, Unit: f.Unit, Of: at(a, f.Of), Approximate: f.Approximate, AsOf: given(f.AsOf.String()),
		Attribution: voices(f.Attribution), Evidence: evidence(a, f.Evidence)}
}

// ForecastLine gives the line of a forecast; outcome is what came of it, "" when
// it has not been settled.
func ForecastLine(a *chancery.Article, f *chancery.Forecast, outcome chancery.Outcome) Forecast {
	return Forecast{Record: "forecast", Article: a.Name, ArticleID: a.ID, ID: f.ID, Sentence: f.Sentence.Of(a.Text), Holder: f.Holder.Name,
		HolderCode: f.Holder.Code, About: f.About.Of(a.Text), Subject: f.Subject.Name, SubjectCode: f.Subject.Code, Hedge: f.Hedge,
		Strength: f.Strength, Horizon: given(f.Horizon.String()), Condition: at(a, f.Condition), Advice: f.Advice, Outcome: given(string(outcome)),
		Attribution: voices(f.Attribution), Evidence: evidence(a, f.Evidence)}
}

// ToneLine gives the line of words that judge.
func ToneLine(a *chancery.Article, t *chancery.Tone) Tone {
	return Tone{Record: KindTone, Article: a.Name, ArticleID: a.ID, ID: t.ID, Sentence: t.Sentence.Of(a.Text), Toward: t.Toward.Name, TowardCode: t.Toward.Code,
		Words: t.Words.Of(a.Text), How: t.How, Score: t.Score, Attribution: voices(t.Attribution), Evidence: evidence(a, t.Evidence)}
}

// ActorLine gives the line of an actor.
func ActorLine(a *chancery.Article, c *chancery.Actor) Actor {
	out := Actor{Record: "actor", Article: a.Name, ArticleID: a.ID, Code: c.Code, Name: c.Name, Role: c.Role, Kind: c.Kind, Mentions: []string{}}
	for _, m := range c.Mentions {
		out.Mentions = append(out.Mentions, m.Of(a.Text))
	}
	return out
}

func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func at(a *chancery.Article, r chancery.ByteRange) string {
	if r.IsZero() {
		return ""
	}
	return r.Of(a.Text)
}

func under(a *chancery.Article, all []chancery.Evidence, role chancery.Role) string {
	for _, e := range all {
		if e.Role == role {
			return e.Of(a.Text)
		}
	}
	return ""
}

func evidence(a *chancery.Article, all []chancery.Evidence) []Evidence {
	out := []Evidence{}
	for _, e := range all {
		out = append(out, Evidence{e.Role, e.Start, e.End, e.Of(a.Text)})
	}
	return out
}

func codes(all []chancery.Party) []string {
	out, seen := []string{}, map[string]bool{"": true}
	for _, p := range all {
		if !seen[p.Code] {
			seen[p.Code] = true
			out = append(out, p.Code)
		}
	}
	return out
}

func party(p chancery.Party) Party {
	out := Party{Code: p.Code, Name: p.Name}
	if !p.Mention.IsZero() {
		out.Start, out.End = &p.Mention.Start, &p.Mention.End
	}
	return out
}

func parties(all []chancery.Party) []Party {
	out := []Party{}
	for _, p := range all {
		out = append(out, party(p))
	}
	return out
}

func voices(all []chancery.Attribution) []Voice {
	var out []Voice
	for _, v := range all {
		out = append(out, Voice{v.Kind, party(v.Party)})
	}
	return out
}
