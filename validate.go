package chancery

import (
	"fmt"
	"unicode/utf8"
)

// Validate returns ErrInvalid when the article lacks what every article has: an
// id that follows from its content, a name, and a body of valid UTF-8.
func (a *Article) Validate() error {
	switch {
	case a.Name == "":
		return fmt.Errorf("%w: article without a name", ErrInvalid)
	case a.Text == "" || !utf8.ValidString(a.Text):
		return fmt.Errorf("%w: article %s has no text in UTF-8", ErrInvalid, a.Name)
	case a.ID != ArticleID(*a):
		return fmt.Errorf("%w: article %s has the id %q, which does not follow from its content", ErrInvalid, a.Name, a.ID)
	}
	return nil
}

// Validate holds every record of the reading against the article's text and
// the vocabulary. It returns ErrEvidence for a range that does not fit the
// text, ErrInvalid for a value outside its vocabulary or a record id that
// occurs twice, naming the record.
func (r *Reading) Validate(text string) error {
	v := validator{text: text, seen: map[string]bool{}}
	for i, s := range r.Sentences {
		v.at = fmt.Sprintf("sentence %d", i)
		v.need(s)
	}
	for _, a := range r.Actors {
		v.at = fmt.Sprintf("actor %s %s", a.Code, a.Name)
		for _, m := range a.Mentions {
			v.need(m)
		}
	}
	for i := range r.Events {
		v.event(&r.Events[i])
	}
	for _, x := range r.Exchanges {
		v.record(x.ID, x.Evidence)
	}
	for _, q := range r.Quotes {
		v.record(q.ID, q.Evidence)
		v.need(q.Sentence, q.Text)
		v.may(q.Speaker.Mention)
		if q.ProseSpeaker != nil {
			v.may(q.ProseSpeaker.Mention)
		}
	}
	for _, f := range r.Figures {
		v.record(f.ID, f.Evidence)
		v.need(f.Sentence, f.Value)
		v.may(f.Of)
		v.attribution(f.Attribution)
	}
	for _, f := range r.Forecasts {
		v.record(f.ID, f.Evidence)
		v.need(f.Sentence, f.About)
		v.may(f.Holder.Mention, f.Subject.Mention, f.Condition)
		v.attribution(f.Attribution)
	}
	for _, t := range r.Tones {
		v.record(t.ID, t.Evidence)
		v.need(t.Sentence, t.Words, t.Toward.Mention)
		v.attribution(t.Attribution)
		if t.Score < -1 || t.Score > 1 || t.Score != t.Score {
			v.keep(fmt.Errorf("%w: tone %v", ErrInvalid, t.Score))
		}
	}
	return v.err
}

// validator keeps the first error and where it stands.
type validator struct {
	text string
	seen map[string]bool
	at   string
	err  error
}

func (v *validator) event(e *Event) {
	v.record(e.ID, e.Evidence)
	v.need(e.Sentence, e.Trigger)
	_, err := ParseEventType(string(e.Type))
	v.keep(err)
	_, err = ParseStatus(string(e.Status))
	v.keep(err)
	if e.Probability < 0 || e.Probability > 1 || e.Probability != e.Probability {
		v.keep(fmt.Errorf("%w: probability %v", ErrInvalid, e.Probability))
	}
	for _, p := range e.Actors {
		v.may(p.Mention)
	}
	for _, p := range e.Recipients {
		v.may(p.Mention)
	}
	v.attribution(e.Attribution)
	if g := e.Good; g != nil {
		_, err := ParseGoodKind(string(g.Kind))
		v.keep(err)
		v.need(g.Phrase)
		v.may(g.Giver.Mention, g.Receiver.Mention)
		if g.Amount != nil {
			v.need(g.Amount.Text)
		}
	}
}

func (v *validator) attribution(chain []Attribution) {
	for _, a := range chain {
		v.may(a.Mention)
	}
}

func (v *validator) record(id string, evidence []Evidence) {
	v.at = "record " + id
	if id == "" || v.seen[id] {
		v.keep(fmt.Errorf("%w: a record's id is missing or occurs twice", ErrInvalid))
	}
	v.seen[id] = true
	sentences := 0
	for _, e := range evidence {
		v.need(e.ByteRange)
		if e.Role == RoleSentence {
			sentences++
		}
	}
	if sentences != 1 {
		v.keep(fmt.Errorf("%w: %d pieces of evidence are the sentence, want 1", ErrEvidence, sentences))
	}
}

func (v *validator) need(ranges ...ByteRange) {
	for _, r := range ranges {
		v.keep(r.Check(v.text))
	}
}

func (v *validator) may(ranges ...ByteRange) {
	for _, r := range ranges {
		if !r.IsZero() {
			v.keep(r.Check(v.text))
		}
	}
}

func (v *validator) keep(err error) {
	if v.err == nil && err != nil {
		v.err = fmt.Errorf("%s: %w", v.at, err)
	}
}
