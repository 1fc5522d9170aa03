package db

import (
	"context"

	"samband/store"
)

// SaveReport stores what a run says about the data, in place of what it said before: a run that was cut off may say it
// again. RunNo, RegistryID and IntegrationID must be the run's.
func (d *DB) SaveReport(ctx context.Context, q *store.QualityReport) error {
	return d.update(ctx, func(t *tx) error {
		err := t.write(`INSERT INTO report (run_no, registry_id, integration_id, at, body) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (run_no) DO UPDATE SET at = excluded.at, body = excluded.body`,
			q.RunNo, q.RegistryID, q.IntegrationID, micros(q.At), encode(q))
		if err != nil {
			return err
		}
		for _, table := range []string{"report_variable", "report_check"} {
			err := t.exec(`DELETE FROM `+table+` WHERE integration_id = $1 AND run_no = $2`, q.IntegrationID, q.RunNo)
			if err != nil {
				return err
			}
		}
		for _, c := range q.Completeness {
			err := t.write(`INSERT INTO report_variable (integration_id, variable, run_no, n_rows, n_filled, n_unknown)
				VALUES ($1, $2, $3, $4, $5, $6)`, q.IntegrationID, c.Variable, q.RunNo, c.Rows, c.Filled, c.Unknown)
			if err != nil {
				return err
			}
		}
		for _, c := range q.Checks {
			err := t.write(`INSERT INTO report_check (integration_id, reason, run_no, n_failed, n_examined)
				VALUES ($1, $2, $3, $4, $5)`, q.IntegrationID, c.Reason, q.RunNo, c.Failed, c.Examined)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func scanReport(r row) (q store.QualityReport, err error) {
	err = r.Scan(decode{&q})
	return q, err
}

// Report returns the report of a run, or "report.not_found".
func (d *DB) Report(ctx context.Context, runNo int64) (*store.QualityReport, error) {
	return read(ctx, d, func(t *tx) (*store.QualityReport, error) {
		return one(t, "report.not_found", scanReport, `SELECT body FROM report WHERE run_no = $1`, runNo)
	})
}

// LatestReports returns the newest report of each integration of a registry, in order of integration. Those of runs that
// loaded nothing say nothing of the registry and are left out.
func (d *DB) LatestReports(ctx context.Context, registryID string) ([]store.QualityReport, error) {
	return read(ctx, d, func(t *tx) ([]store.QualityReport, error) {
		list, err := all(t, scanReport, `SELECT body FROM report WHERE run_no IN (
			SELECT (SELECT MAX(run_no) FROM report p WHERE p.integration_id = i.id
				AND NOT EXISTS (SELECT 1 FROM run r WHERE r.no = p.run_no AND r.shadow))
			FROM integration i WHERE i.registry_id = $1)`, registryID)
		return byID(list, func(q *store.QualityReport) string { return q.IntegrationID }), err
	})
}

// Reports returns the last n reports of an integration, newest first.
func (d *DB) Reports(ctx context.Context, integrationID string, n int) ([]store.QualityReport, error) {
	return read(ctx, d, func(t *tx) ([]store.QualityReport, error) {
		return all(t, scanReport, `SELECT body FROM report WHERE integration_id = $1 ORDER BY run_no DESC LIMIT $2`,
			integrationID, n)
	})
}

// VariableTrend returns one variable's completeness in the last n reports of an integration, newest first.
func (d *DB) VariableTrend(ctx context.Context, integrationID, variable string, n int) ([]store.VariableTrend, error) {
	return read(ctx, d, func(t *tx) ([]store.VariableTrend, error) {
		return all(t, func(r row) (v store.VariableTrend, err error) {
			err = r.Scan(&v.RunNo, moment{&v.At}, &v.Variable, &v.Rows, &v.Filled, &v.Unknown)
			return v, err
		}, `SELECT v.run_no, p.at, v.variable, v.n_rows, v.n_filled, v.n_unknown
			FROM report_variable v JOIN report p ON p.run_no = v.run_no
			WHERE v.integration_id = $1 AND v.variable = $2 ORDER BY v.run_no DESC LIMIT $3`, integrationID, variable, n)
	})
}

// CheckTrend returns what one check found in the last n reports of an integration, newest first.
func (d *DB) CheckTrend(ctx context.Context, integrationID, reason string, n int) ([]store.CheckTrend, error) {
	return read(ctx, d, func(t *tx) ([]store.CheckTrend, error) {
		return all(t, func(r row) (c store.CheckTrend, err error) {
			err = r.Scan(&c.RunNo, moment{&c.At}, &c.Reason, &c.Failed, &c.Examined)
			return c, err
		}, `SELECT c.run_no, p.at, c.reason, c.n_failed, c.n_examined
			FROM report_check c JOIN report p ON p.run_no = c.run_no
			WHERE c.integration_id = $1 AND c.reason = $2 ORDER BY c.run_no DESC LIMIT $3`, integrationID, reason, n)
	})
}
