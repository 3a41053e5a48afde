package correct

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"chancery"
	"chancery/coder/event"
)

// State says where a correction stands against the current reading.
type State string

// The states.
const (
	Applies State = "applies"        // the current reading has the record
	Follows State = "follows"        // it has another record that says the same of the same words
	Lost    State = "no longer fits" // it has neither: somebody should look
)

// States lists all states in a fixed order.
func States() []State { return []State{Applies, Follows, Lost} }

// Standing is a correction and where it stands.
type Standing struct {
	Correction chancery.Correction
	State      State
	Now        string   // id of the record it is about now, "" when lost
	Differs    []string // fields that the record now has otherwise than the corrected one had; nil when it applies
	// InForce: it is no withdrawal, was not withdrawn, is not lost, and no later
	// one in force is about the same record.
	InForce bool
	// Withdrawn: a later correction takes it back.
	Withdrawn bool
}

// Resolve says where the corrections of an article stand, in their order.
// current is the reading in force, nil for none; earlier are the article's other
// readings, the oldest first. Where none of them has a correction's record, all
// records spoken of, as they stood, are taken for the earlier reading.
func Resolve(said []chancery.Correction, current *chancery.Reading, earlier []*chancery.Reading) []Standing {
	withdrawn := withdrawals(said)
	var now []record
	if current != nil {
		now = records(current)
	}
	byID := map[string]*record{}
	for i := range now {
		byID[now[i].id] = &now[i]
	}
	should := map[string][]field{}
	was := map[string]*record{}
	for _, c := range said {
		if r, err := one(c.Kind, c.Was); err == nil && was[c.Record] == nil {
			was[c.Record] = &records(r)[0]
		}
		if c.Verdict == chancery.Amended && !withdrawn[c.Number] {
			if body, err := Should(c); err == nil {
				if r, err := one(c.Kind, body); err == nil {
					should[c.Record] = records(r)[0].fields
				}
			}
		}
	}
	followed := map[string]string{}         // record to the one it is now
	stood := map[string]map[string]string{} // the mapping from each earlier reading, by its version
	var spoken map[string]string            // from the records spoken of, as they stood
	for _, c := range said {
		if followed[c.Record] != "" || byID[c.Record] != nil {
			continue
		}
		i := len(earlier) - 1
		for i >= 0 && !Holds(earlier[i], c.Record) {
			i--
		}
		if i < 0 {
			if spoken == nil {
				var then []record
				for _, id := range slices.Sorted(maps.Keys(was)) {
					r := *was[id]
					r.should = should[id]
					then = append(then, r)
				}
				spoken = follow(then, now)
			}
			followed[c.Record] = spoken[c.Record]
			continue
		}
		m := stood[earlier[i].Version]
		if m == nil {
			then := records(earlier[i])
			for k := range then {
				then[k].should = should[then[k].id]
			}
			m = follow(then, now)
			stood[earlier[i].Version] = m
		}
		followed[c.Record] = m[c.Record]
	}
	return stand(said, withdrawn, func(c chancery.Correction) Standing {
		if byID[c.Record] != nil {
			return Standing{State: Applies, Now: c.Record}
		}
		n := followed[c.Record]
		if n == "" {
			return Standing{State: Lost}
		}
		s := Standing{State: Follows, Now: n}
		if r := was[c.Record]; r != nil {
			s.Differs = differs(r.fields, byID[n].fields)
		}
		return s
	})
}

// Applying is Resolve where the current reading has all the records spoken of: then
// it need not be looked at.
func Applying(said []chancery.Correction) []Standing {
	return stand(said, withdrawals(said), func(c chancery.Correction) Standing { return Standing{State: Applies, Now: c.Record} })
}

// withdrawals gives the numbers of the corrections that later ones take back.
func withdrawals(said []chancery.Correction) map[int64]bool {
	withdrawn := map[int64]bool{}
	for _, c := range said {
		if c.Verdict == chancery.Withdrawn {
			withdrawn[c.Withdraws] = true
		}
	}
	return withdrawn
}

// stand says which corrections are in force; where gives the record each is about.
func stand(said []chancery.Correction, withdrawn map[int64]bool, where func(chancery.Correction) Standing) []Standing {
	out := make([]Standing, len(said))
	force := map[string]int{} // record now to the place of the correction in force
	for i, c := range said {
		s := where(c)
		s.Correction, s.Withdrawn = c, withdrawn[c.Number]
		if s.State != Lost && !s.Withdrawn && c.Verdict != chancery.Withdrawn {
			if before, ok := force[s.Now]; ok {
				out[before].InForce = false
			}
			s.InForce, force[s.Now] = true, i
		}
		out[i] = s
	}
	return out
}

// Holds reports whether a reading has the record that has the id.
func Holds(r *chancery.Reading, id string) bool { return find(r, id) != nil }

// Body gives the record of a reading that has the id as JSON, nil for none.
func Body(r *chancery.Reading, id string) (json.RawMessage, error) {
	x := find(r, id)
	if x == nil {
		return nil, nil
	}
	return json.Marshal(x)
}

// find gives the record of a reading that has the id, nil for none.
func find(r *chancery.Reading, id string) any {
	for i := range r.Events {
		if r.Events[i].ID == id {
			return &r.Events[i]
		}
	}
	for i := range r.Exchanges {
		if r.Exchanges[i].ID == id {
			return &r.Exchanges[i]
		}
	}
	for i := range r.Quotes {
		if r.Quotes[i].ID == id {
			return &r.Quotes[i]
		}
	}
	for i := range r.Figures {
		if r.Figures[i].ID == id {
			return &r.Figures[i]
		}
	}
	for i := range r.Forecasts {
		if r.Forecasts[i].ID == id {
			return &r.Forecasts[i]
		}
	}
	return nil
}

// Changes gives what an amendment changes: its fields that the record had
// otherwise. Fields it leaves out stay; null empties one. The id is no field.
func Changes(c chancery.Correction) (map[string]json.RawMessage, error) {
	var was, amended map[string]json.RawMessage
	if err := json.Unmarshal(c.Was, &was); err != nil {
		return nil, fmt.Errorf("correction %d: %w", c.Number, err)
	}
	if err := json.Unmarshal(c.Amendment, &amended); err != nil {
		return nil, fmt.Errorf("%w: an amendment is a JSON object with the record's fields: %v", chancery.ErrInvalid, err)
	}
	delete(amended, "id")
	for name, v := range amended {
		if Same(v, was[name]) {
			delete(amended, name)
		}
	}
	return amended, nil
}

// Same reports whether two JSON values are the same however they are written;
// what is left out (empty) is null.
func Same(a, b json.RawMessage) bool {
	for _, v := range []*json.RawMessage{&a, &b} {
		if len(*v) == 0 {
			*v = json.RawMessage("null")
		}
	}
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// Should gives the record as it should be by the correction: as it was when it
// was confirmed, with what is changed when amended, nil when rejected.
func Should(c chancery.Correction) (json.RawMessage, error) {
	switch c.Verdict {
	case chancery.Confirmed:
		return c.Was, nil
	case chancery.Amended:
		changes, err := Changes(c)
		if err != nil {
			return nil, err
		}
		return lay(c.Kind, changes, c.Was)
	}
	return nil, nil
}

// lay puts fields over a record. What only follows from an event's type (mode,
// CAMEO code, intensity) follows a changed type, unless it is changed too.
func lay(kind string, changes map[string]json.RawMessage, body json.RawMessage) (json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, err
	}
	for name, v := range changes {
		fields[name] = v
	}
	var t chancery.EventType
	if changed, ok := changes["type"]; ok && kind == kindEvent && json.Unmarshal(changed, &t) == nil {
		if code, ok := event.Generic(t); ok {
			for name, v := range map[string]any{"mode": code.Mode, "cameo": code.CAMEO, "intensity": code.Intensity} {
				if _, given := changes[name]; !given {
					b, err := json.Marshal(v)
					if err != nil {
						return nil, err
					}
					fields[name] = b
				}
			}
		}
	}
	return json.Marshal(fields)
}

// Check returns chancery.ErrInvalid or chancery.ErrEvidence when an amendment
// makes no record of its kind that fits the article's text.
func Check(c chancery.Correction, text string) error {
	if c.Verdict != chancery.Amended {
		return nil
	}
	changes, err := Changes(c)
	if err != nil {
		return err
	}
	if len(changes) == 0 {
		return fmt.Errorf("%w: the amendment changes nothing", chancery.ErrInvalid)
	}
	body, err := lay(c.Kind, changes, c.Was)
	if err != nil {
		return err
	}
	for name := range changes {
		if !known(c.Kind, name) {
			return fmt.Errorf("%w: a record of kind %s has no field %q", chancery.ErrInvalid, c.Kind, name)
		}
	}
	r, err := one(c.Kind, body)
	if err != nil {
		return err
	}
	return r.Validate(text)
}

// known reports whether records of the kind have the field.
func known(kind, name string) bool {
	of := map[string]reflect.Type{kindEvent: reflect.TypeFor[chancery.Event](), kindExchange: reflect.TypeFor[chancery.Exchange](),
		kindQuote: reflect.TypeFor[chancery.Quote](), kindFigure: reflect.TypeFor[chancery.Figure](), kindForecast: reflect.TypeFor[chancery.Forecast]()}[kind]
	for i := range of.NumField() {
		if tag, _, _ := bytes.Cut([]byte(of.Field(i).Tag.Get("json")), []byte(",")); string(tag) == name {
			return true
		}
	}
	return false
}
