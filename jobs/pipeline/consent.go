package pipeline

import (
	"context"

	"samband/jobs/mapping"
	"samband/store"
	"samband/store/vault"
)

// errChanged tells that somebody in the delivery may no longer be taken in.
var errChanged = store.E(store.Unavailable, "consent.changed", nil)

// answered is what was said of the person of the row before: a person's rows often come together.
type answered struct {
	key   store.PersonKey
	index vault.Index
	in    bool
	since store.Date
}

// asked tells whether a person's rows may be taken in, and the first day whose facts may, "" for all. A row whose person
// nobody can tell goes on to where it is held back.
func (m *mapper) asked(person store.PersonKey, known bool) (since store.Date, in bool) {
	view := m.r.job.Consent
	if view.Empty() || !known {
		return "", true
	}
	if a := &m.last; a.key != person {
		a.key, a.index = person, m.index.Index(person)
		var floor store.Date
		ok, from := view.Ask(a.index)
		if !from.IsZero() {
			floor = store.DateOf(from)
		}
		a.in, a.since = ok, floor
	}
	return m.last.since, m.last.in
}

// after tells whether a row speaks of nothing from before a day: what was taken back is not brought in again. A row that
// tells no day, or that is held back before it has all its values, may.
func (m *mapper) after(since store.Date, outcome mapping.Outcome) bool {
	dated := false
	if outcome != mapping.Accepted {
		return false
	}
	for _, s := range m.r.events {
		v := &m.eval.Values[s]
		if v.IsNull() {
			continue
		}
		if text := v.Text(); len(text) < len(since) || store.Date(text[:len(since)]).Before(since) {
			return false
		}
		dated = true
	}
	return dated
}

// holdConsent takes the lock under which nobody's choice changes, and looks again: a withdrawal is either seen here, or
// comes after the commit. What the load would have held of the person is gone with it; it begins again from the delivery,
// so that every count and every row held back is as if the person had withdrawn before.
func (r *run) holdConsent(ctx context.Context) (release func(), err error) {
	j := r.job
	if j.Consent.Empty() {
		return func() {}, nil
	}
	if err := j.Consents.SaveMet(ctx, j.Consent); err != nil {
		return nil, err
	}
	if r.choices, err = j.Consents.Hold(ctx, j.Consent, j.Clock.Now()); err != nil {
		return nil, err
	}
	release = func() {
		if r.choices != nil {
			r.choices.Release()
			r.choices = nil
		}
	}
	if r.choices.Changed() {
		release()
		return nil, errChanged
	}
	return release, nil
}

// consentHeld makes sure that the lock still holds.
func (r *run) consentHeld(ctx context.Context) error {
	if r.choices == nil {
		return nil
	}
	return r.choices.Alive(ctx)
}
