package db

import (
	"context"
	"slices"
	"time"

	"samband/store"
)

const alertColumns = `id, kind, subject, place, registry_id, code, args, run_no, n, n_before, since_at, last_at, opened_at,
	closed_at, taken_by, taken_at, reason, until_at, escalated_at, version`

func scanAlert(r row) (a store.Alert, err error) {
	err = r.Scan(&a.ID, &a.Kind, &a.Subject, &a.Place, &a.Registry, &a.Code, decode{&a.Args}, &a.RunNo, &a.Count, &a.Before,
		moment{&a.Since}, moment{&a.Last}, moment{&a.OpenedAt}, moment{&a.ClosedAt}, &a.TakenBy, moment{&a.TakenAt}, &a.Reason,
		moment{&a.Until}, moment{&a.Escalated}, &a.Version)
	return a, err
}

// Alerts returns the alerts that the filter picks: the open ones as they stand at this moment, worst first, those of the
// past newest first. An open one that is not stored yet has no ID; it will have one when the alerts are settled.
func (d *DB) Alerts(ctx context.Context, f store.AlertFilter) ([]store.Alert, error) {
	if f.Closed {
		return d.pastAlerts(ctx, f)
	}
	return read(ctx, d, func(t *tx) ([]store.Alert, error) {
		known, err := t.knownAlerts()
		if err != nil {
			return nil, err
		}
		causes, err := t.runCauses()
		if err != nil {
			return nil, err
		}
		part := func(a store.Alert) bool { return a.Kind == store.AlertPart }
		list := store.OpenNow(slices.DeleteFunc(slices.Clone(known), part), causes, t.now)
		for _, a := range known {
			if part(a) && a.Open() {
				list = append(list, a)
			}
		}
		list = slices.DeleteFunc(list, func(a store.Alert) bool { return !f.Picks(&a) })
		store.SortAlerts(list, t.now)
		return list[:min(len(list), limit(f.Limit, 1000))], nil
	})
}

func (d *DB) pastAlerts(ctx context.Context, f store.AlertFilter) ([]store.Alert, error) {
	var w where
	w.and("closed_at <> 0")
	if f.Kind != "" {
		w.and("kind = ?", f.Kind)
	}
	if f.Registry != "" {
		w.and("registry_id = ?", f.Registry)
	}
	seen := list(f.Registries)
	if f.Own {
		seen = append(seen, "")
	}
	switch {
	case !f.All:
		w.in("registry_id", seen)
	case !f.Own:
		w.and("registry_id <> ''")
	}
	w.args = append(w.args, limit(f.Limit, 1000))
	return read(ctx, d, func(t *tx) ([]store.Alert, error) {
		return all(t, scanAlert, `SELECT `+alertColumns+` FROM alert`+w.String()+` ORDER BY closed_at DESC, id LIMIT `+w.last(), w.args...)
	})
}

// knownAlerts are the open alerts, and those that closed so lately that they may come back.
func (t *tx) knownAlerts() ([]store.Alert, error) {
	return all(t, scanAlert, `SELECT `+alertColumns+` FROM alert WHERE closed_at = 0 OR closed_at > $1`,
		micros(t.now.Add(-store.AlertAgain)))
}

// Alert returns an alert by its id, or "alert.not_found".
func (d *DB) Alert(ctx context.Context, id string) (*store.Alert, error) {
	return read(ctx, d, func(t *tx) (*store.Alert, error) { return t.alert(id) })
}

func (t *tx) alert(id string) (*store.Alert, error) {
	return one(t, "alert.not_found", scanAlert, `SELECT `+alertColumns+` FROM alert WHERE id = $1`, id)
}

// OpenAlerts counts the open alerts that nobody has taken, by registry; "" for those of the installation.
func (d *DB) OpenAlerts(ctx context.Context) (map[string]int64, error) {
	return read(ctx, d, func(t *tx) (map[string]int64, error) {
		type count struct {
			registry string
			n        int64
		}
		counts, err := all(t, func(r row) (c count, err error) {
			err = r.Scan(&c.registry, &c.n)
			return c, err
		}, `SELECT registry_id, COUNT(*) FROM alert WHERE closed_at = 0
			AND (taken_by = '' OR until_at <> 0 AND until_at <= $1) GROUP BY registry_id`, micros(t.now))
		open := map[string]int64{}
		for _, c := range counts {
			open[c.registry] = c.n
		}
		return open, err
	})
}

// TakeAlert says that somebody answers for an alert, with Reason and, when it is put off, Until of a. It stays open until
// its cause is gone.
func (d *DB) TakeAlert(ctx context.Context, a *store.Alert, by store.Actor) error {
	return d.update(ctx, func(t *tx) error {
		n, err := t.alert(a.ID)
		if err != nil {
			return err
		}
		if n.Version != a.Version || !n.Open() {
			return changed()
		}
		n.Reason, n.Until, n.TakenBy, n.TakenAt = a.Reason, a.Until, by.Name, t.now
		if err := n.Validate(t.now); err != nil {
			return err
		}
		if err := t.writeAlert(n); err != nil {
			return err
		}
		e := about("alert.assign", n.ID, n.Registry)
		e.Details = store.Args{"kind": string(n.Kind), "subject": n.Subject, "reason": n.Reason}
		if !n.Until.IsZero() {
			e.Details["until"] = n.Until
		}
		return t.audit(by, e)
	})
}

// writeAlert stores an alert over the one of its version.
func (t *tx) writeAlert(a *store.Alert) error {
	err := t.write(`UPDATE alert SET code = $3, args = $4, run_no = $5, n = $6, n_before = $7, last_at = $8, closed_at = $9,
			taken_by = $10, taken_at = $11, reason = $12, until_at = $13, escalated_at = $14, version = version + 1
		WHERE id = $1 AND version = $2`,
		a.ID, a.Version, a.Code, encode(a.Args), a.RunNo, a.Count, a.Before, micros(a.Last), micros(a.ClosedAt), a.TakenBy,
		micros(a.TakenAt), a.Reason, micros(a.Until), micros(a.Escalated))
	a.Version++
	return err
}

// SettleRunAlerts holds the alerts about runs, data and hosts against how those are now: what is wrong opens, what is in
// order again closes. Of several processes that do so at once one succeeds, and the others change and tell nothing.
func (d *DB) SettleRunAlerts(ctx context.Context) error {
	return d.settleAlerts(ctx, "", false, (*tx).runCauses)
}

// SettlePartAlerts holds the alerts about the parts of the installation against causes, what a process with the data
// folder place sees wrong now.
func (d *DB) SettlePartAlerts(ctx context.Context, place string, causes []store.AlertCause) error {
	return d.settleAlerts(ctx, place, true, func(*tx) ([]store.AlertCause, error) { return causes, nil })
}

func (d *DB) settleAlerts(ctx context.Context, place string, parts bool, find func(*tx) ([]store.AlertCause, error)) error {
	err := d.update(ctx, func(t *tx) error {
		known, err := t.knownAlerts()
		if err != nil {
			return err
		}
		known = slices.DeleteFunc(known, func(a store.Alert) bool { return (a.Kind == store.AlertPart) != parts })
		causes, err := find(t)
		if err != nil {
			return err
		}
		changes := store.SettleAlerts(known, causes, place, t.now)
		if len(changes) == 0 {
			return nil
		}
		w, err := t.teller()
		if err != nil {
			return err
		}
		for i := range changes {
			if err := w.alert(&changes[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if code := store.CodeOf(err); code == "db.changed" || code == "db.exists" { // another process was first
		return nil
	}
	return err
}

// alert stores a change, and tells of it.
func (w *teller) alert(x *store.AlertChange) error {
	a := &x.Alert
	if x.New {
		a.ID = w.ids.New()
		if err := w.write(`INSERT INTO alert (key, `+alertColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
				$13, $14, 0, '', 0, '', 0, 0, 1)`,
			a.Key(), a.ID, a.Kind, a.Subject, a.Place, a.Registry, a.Code, encode(a.Args), a.RunNo, a.Count, a.Before,
			micros(a.Since), micros(a.Last), micros(a.OpenedAt)); err != nil {
			return err
		}
	} else if err := w.writeAlert(a); err != nil {
		return err
	}
	if x.Tell {
		if err := w.tellAlert("alert."+string(a.Kind), "open", a); err != nil {
			return err
		}
	}
	if x.Nag {
		return w.tellAlert("alert.untaken", "untaken", a)
	}
	return nil
}

// tellAlert tells of an alert, when a rule says that somebody is told of such. Alerts of one kind have one topic: when
// many things stop at once, people get one line that says how many.
func (w *teller) tellAlert(name, step string, a *store.Alert) error {
	v := &store.NoticeEvent{ID: "alert:" + a.ID + ":" + step, Name: name, At: w.now, Registry: a.Registry}
	if v.Rule() == nil {
		return nil
	}
	v.Args = store.Args{"kind": store.Code("alert.kind." + string(a.Kind)), "subject": a.Subject,
		"since": a.Since, "hours": int(store.EscalateAfter / time.Hour)}
	if a.Registry != "" {
		if err := w.ofIntegration(v, a.Subject, ""); err != nil {
			return err
		}
		v.Args["subject"] = v.Args["integration"]
		delete(v.Args, "integration")
	}
	v.Topic, v.Path = string(a.Kind), "/alerts"
	return w.tell(v)
}
