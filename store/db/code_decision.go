package db

import (
	"context"
	"slices"

	"samband/store"
)

const decisionColumns = `integration_id, variable, value, verdict, code, relation, valid_from, valid_to, note, decided_by,
	decided_at, imported_by, version`

func scanDecision(r row) (d store.CodeDecision, err error) {
	err = r.Scan(&d.IntegrationID, &d.Variable, &d.Value, &d.Verdict, &d.Code, &d.Relation, &d.From, &d.To, &d.Note, &d.By,
		moment{&d.At}, &d.Imported, &d.Version)
	return d, err
}

// CodeDecisions returns what is decided of the values of an integration's source, for one variable or, when it is empty,
// for all; in order of variable and value.
func (d *DB) CodeDecisions(ctx context.Context, integrationID, variable string) ([]store.CodeDecision, error) {
	return read(ctx, d, func(t *tx) ([]store.CodeDecision, error) { return t.decisions(integrationID, variable) })
}

func (t *tx) decisions(integrationID, variable string) ([]store.CodeDecision, error) {
	var w where
	w.and("integration_id = ?", integrationID)
	if variable != "" {
		w.and("variable = ?", variable)
	}
	list, err := all(t, scanDecision, `SELECT `+decisionColumns+` FROM code_decision`+w.String(), w.args...)
	return byID(list, func(d *store.CodeDecision) string { return d.Variable + "\x00" + d.Value }), err
}

// DecideCodes stores what a person decides of values, and sets By, At and Version of each. Version must be as they saw
// it, 0 for a value that nobody has decided on: "db.changed" tells that somebody was first, and nothing is written.
func (d *DB) DecideCodes(ctx context.Context, integrationID string, list []store.CodeDecision, by store.Actor) error {
	saved := slices.Clone(list)
	err := d.update(ctx, func(t *tx) error {
		i, err := t.integration(integrationID)
		if err != nil {
			return err
		}
		for n := range saved {
			c := &saved[n]
			c.IntegrationID, c.By, c.At, c.Imported, c.Version = i.ID, by.Name, t.now, "", c.Version+1
			if err := t.writeDecision(c); err != nil {
				return err
			}
		}
		return t.audit(by, aboutDecisions("translation.decide", i, saved))
	})
	if err == nil {
		copy(list, saved)
	}
	return err
}

// ImportCodeDecisions stores the decisions of a file that are about values nobody has decided on, with the author and the
// time that the file gives, and that it was this person who read them in. Those that say something else than what is
// decided are left out and given back as kept.
func (d *DB) ImportCodeDecisions(ctx context.Context, integrationID string, file []store.CodeDecision, by store.Actor) (
	written, kept []store.CodeDecision, err error) {
	err = d.update(ctx, func(t *tx) error {
		i, err := t.integration(integrationID)
		if err != nil {
			return err
		}
		there, err := t.decisions(i.ID, "")
		if err != nil {
			return err
		}
		written, kept = store.MergeDecisions(there, file)
		for n := range written {
			c := &written[n]
			c.IntegrationID, c.Imported, c.Version = i.ID, by.Name, 1
			if c.By == "" {
				c.By = by.Name
			}
			if c.At.IsZero() {
				c.At = t.now
			}
			if err := t.writeDecision(c); err != nil {
				return err
			}
		}
		e := aboutDecisions("translation.import", i, written)
		e.Details["kept"] = len(kept)
		return t.audit(by, e)
	})
	return written, kept, err
}

// writeDecision writes one decision, of which Version is what it is to be.
func (t *tx) writeDecision(c *store.CodeDecision) error {
	if c.Version > 1 {
		return t.write(`UPDATE code_decision SET verdict = $5, code = $6, relation = $7, valid_from = $8, valid_to = $9, note = $10,
			decided_by = $11, decided_at = $12, imported_by = $13, version = version + 1
			WHERE integration_id = $1 AND variable = $2 AND value = $3 AND version = $4`, c.IntegrationID, c.Variable, c.Value,
			c.Version-1, string(c.Verdict), c.Code, string(c.Relation), string(c.From), string(c.To), c.Note, c.By, micros(c.At), c.Imported)
	}
	err := t.write(`INSERT INTO code_decision (`+decisionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`,
		c.IntegrationID, c.Variable, c.Value, string(c.Verdict), c.Code, string(c.Relation), string(c.From), string(c.To), c.Note,
		c.By, micros(c.At), c.Imported)
	if taken(err) {
		return changed()
	}
	return err
}

// aboutDecisions says how many decisions there are of which variables, and no value.
func aboutDecisions(action string, i *store.Integration, list []store.CodeDecision) store.AuditEntry {
	var variables []string
	for n := range list {
		variables = append(variables, list[n].Variable)
	}
	slices.Sort(variables)
	e := about(action, i.ID, i.RegistryID)
	e.Details = store.Args{"n": len(list), "variables": slices.Compact(variables)}
	return e
}
