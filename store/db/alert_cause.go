package db

import (
	"time"

	"samband/store"
)

// lastGood is the number of an integration's last load that succeeded, 0 when there is none.
const lastGood = `COALESCE((SELECT MAX(s.no) FROM run s WHERE s.integration_id = i.id AND s.state = 'succeeded'
	AND s.dry_run = FALSE AND s.shadow = FALSE), 0)`

// ended is when a run ended, or should have begun when it never did.
const ended = `CASE WHEN r.ended_at > 0 THEN r.ended_at ELSE r.at END`

// runCauses gives what is wrong with runs, data and hosts now. A load that succeeds puts all of an integration's earlier
// failures right, but never what waits for a person. What is suspended or ended stands still because somebody said so.
func (t *tx) runCauses() ([]store.AlertCause, error) {
	var causes []store.AlertCause
	for _, find := range []func() ([]store.AlertCause, error){t.endCauses, t.decisionCauses, t.emptyCauses, t.workCauses,
		t.lateCauses, t.circuitCauses} {
		list, err := find()
		if err != nil {
			return nil, err
		}
		causes = append(causes, list...)
	}
	return causes, nil
}

var stateAlerts = map[store.RunState]store.AlertKind{store.RunFailed: store.AlertFailed, store.RunRefused: store.AlertRefused,
	store.RunMissed: store.AlertMissed, store.RunHeld: store.AlertHeld, store.RunUnknown: store.AlertUnknown}

func (t *tx) endCauses() ([]store.AlertCause, error) {
	return t.byState(`SELECT i.id, i.registry_id, r.state, COUNT(*), MIN(` + ended + `), MAX(` + ended + `), MAX(r.no)
		FROM integration i JOIN run r ON r.integration_id = i.id AND r.no > ` + lastGood + `
		WHERE i.state NOT IN ('suspended', 'ended') AND r.state IN ('failed', 'refused', 'missed') AND r.dry_run = FALSE
			AND r.shadow = FALSE
		GROUP BY i.id, i.registry_id, r.state`)
}

// decisionCauses are runs that wait for a person, also when later ones have succeeded. One that was held and released
// waits so with records that the receiver gave no answer to.
func (t *tx) decisionCauses() ([]store.AlertCause, error) {
	return t.byState(`SELECT w.integration_id, w.registry_id, w.state, COUNT(*), MIN(w.since), MAX(w.since), MAX(w.no)
		FROM (SELECT r.integration_id, r.registry_id, CASE WHEN r.state = 'succeeded' THEN 'unknown' ELSE r.state END AS state,
				r.no, ` + ended + ` AS since
			FROM run r WHERE r.dry_run = FALSE AND (r.state IN ('held', 'unknown')
				OR r.state = 'succeeded' AND r.reason = 'run.unanswered')) w
		GROUP BY w.integration_id, w.registry_id, w.state`)
}

// byState reads causes that stand in runs of a state, with the reason of the newest.
func (t *tx) byState(query string) ([]store.AlertCause, error) {
	list, err := all(t, func(r row) (c store.AlertCause, err error) {
		var state store.RunState
		err = r.Scan(&c.Subject, &c.Registry, &state, &c.Count, moment{&c.Since}, moment{&c.Last}, &c.RunNo)
		c.Kind = stateAlerts[state]
		return c, err
	}, query)
	if err != nil {
		return nil, err
	}
	for i := range list {
		c := &list[i]
		r, err := one(t, "run.not_found", scanRun, `SELECT `+runColumns+` FROM run WHERE no = $1`, c.RunNo)
		if err != nil {
			return nil, err
		}
		c.Code, c.Args = r.Reason, r.ReasonArgs
	}
	return list, nil
}

// emptyCauses are integrations whose newest load had no rows, where that isn't said to be usual.
func (t *tx) emptyCauses() ([]store.AlertCause, error) {
	list, err := all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE n_read = 0 AND no IN (
		SELECT `+lastGood+` FROM integration i WHERE i.state IN ('approved', 'in_operation'))`)
	if err != nil {
		return nil, err
	}
	var causes []store.AlertCause
	for i := range list {
		r := &list[i]
		of, err := t.integration(r.IntegrationID)
		if err != nil {
			return nil, err
		}
		if !of.Limits.AllowEmpty {
			causes = append(causes, store.AlertCause{Kind: store.AlertEmpty, Subject: of.ID, Registry: of.RegistryID, RunNo: r.No,
				Count: 1, Since: r.EndedAt, Last: r.EndedAt})
		}
	}
	return causes, nil
}

// workCauses are runs that should have begun, that take too long, or that nobody is at work with. A run that waits for
// another of its integration waits as it should; so do those of a backfill.
func (t *tx) workCauses() ([]store.AlertCause, error) {
	open, err := all(t, scanRun, `SELECT `+runColumns+` FROM run WHERE state IN ('due', 'running') ORDER BY no`)
	if err != nil {
		return nil, err
	}
	busy := map[string]bool{}
	for i := range open {
		if r := &open[i]; r.State == store.RunRunning && !r.DryRun {
			busy[r.IntegrationID] = true
		}
	}
	var causes []store.AlertCause
	add := func(kind store.AlertKind, r *store.Run, since time.Time) {
		for i := range causes {
			if c := &causes[i]; c.Kind == kind && c.Subject == r.IntegrationID {
				c.Count, c.RunNo, c.Last = c.Count+1, r.No, since
				return
			}
		}
		causes = append(causes, store.AlertCause{Kind: kind, Subject: r.IntegrationID, Registry: r.RegistryID, RunNo: r.No,
			Count: 1, Since: since, Last: since})
	}
	for i := range open {
		r := &open[i]
		switch {
		case r.State == store.RunDue:
			if !busy[r.IntegrationID] && r.BackfillID == "" && t.now.Sub(r.StartAt) > store.StartGrace {
				add(store.AlertWaiting, r, r.StartAt)
			}
		case r.Waiting():
		case t.now.Sub(r.LeaseUntil) > store.LostGrace:
			add(store.AlertLost, r, r.LeaseUntil)
		case t.now.Sub(r.StartedAt) > store.SlowLeast:
			took, err := all(t, func(r row) (d time.Duration, err error) {
				var us int64
				err = r.Scan(&us)
				return time.Duration(us) * time.Microsecond, err
			}, `SELECT ended_at - started_at - waited FROM run WHERE integration_id = $1 AND state = 'succeeded' AND dry_run = FALSE
				AND started_at > 0 ORDER BY no DESC LIMIT 20`, r.IntegrationID)
			if err != nil {
				return nil, err
			}
			if store.Slow(r.StartedAt, t.now, took) {
				add(store.AlertSlow, r, r.StartedAt)
			}
		}
	}
	return causes, nil
}

// lateCauses are integrations whose data should have come.
func (t *tx) lateCauses() ([]store.AlertCause, error) {
	late, err := t.lateIntegrations()
	var causes []store.AlertCause
	for _, l := range late {
		causes = append(causes, store.AlertCause{Kind: store.AlertLate, Subject: l.of.ID, Registry: l.of.RegistryID, Count: 1,
			Since: l.since, Last: l.since})
	}
	return causes, err
}

func (t *tx) circuitCauses() ([]store.AlertCause, error) {
	list, err := all(t, scanCircuit, `SELECT `+circuitColumns+` FROM circuit WHERE until_at <> 0`)
	var causes []store.AlertCause
	for _, c := range list {
		causes = append(causes, store.AlertCause{Kind: store.AlertCircuit, Subject: c.Host, Code: c.Code,
			Count: int64(c.Failures), Since: c.OpenedAt, Last: c.At})
	}
	return causes, err
}
