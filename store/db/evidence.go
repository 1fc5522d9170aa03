package db

import (
	"context"
	"iter"

	"samband/store"
	"samband/store/auditlog"
)

// Evidence is the portal at one moment, whatever happens meanwhile: what an evidence pack is made from. Its sequences
// are read as they are asked for, one at a time.
type Evidence struct{ t *tx }

// Evidence runs f with the portal as it is now.
func (d *DB) Evidence(ctx context.Context, f func(*Evidence) error) error {
	return d.view(ctx, func(t *tx) error { return f(&Evidence{t}) })
}

// Checkpoint returns the newest checkpoint of the log, or "audit.not_found".
func (e *Evidence) Checkpoint() (*auditlog.Saved, error) {
	return one(e.t, "audit.not_found", scanCheckpoint, `SELECT size, at, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1`)
}

// RunsAfter returns the ids of the runs that the log tells of after its first size entries.
func (e *Evidence) RunsAfter(size int64) ([]string, error) {
	return all(e.t, scanText, `SELECT DISTINCT object FROM audit_entry WHERE seq > $1 AND kind = 'run'`, size)
}

// Document returns the bytes of a document that a ROS or an LD holds, nil when they aren't kept.
func (e *Evidence) Document(sha256 string) ([]byte, error) {
	b, err := found(one(e.t, "document.not_found", scanBytes, `SELECT content FROM document WHERE sha256 = $1`, sha256))
	if b == nil {
		return nil, err
	}
	return *b, err
}

// Approval returns an approval, or "approval.not_found".
func (e *Evidence) Approval(id string) (*store.Approval, error) { return e.t.approval(id) }

// Dossier is as DB.Dossier.
func (e *Evidence) Dossier(approvalID string, no int) (*store.Dossier, error) {
	return e.t.dossier(approvalID, no)
}

// Submissions returns what was ever asked for about an integration, oldest first.
func (e *Evidence) Submissions(integrationID string) ([]store.Submission, error) {
	return all(e.t, scanSubmission, `SELECT s.approval_id, s.no, s.scope, s.scope_hash, s.mapping_no, s.facts, s.submitted_by,
		s.submitted_at FROM submission s JOIN approval a ON a.id = s.approval_id
		WHERE a.integration_id = $1 ORDER BY s.submitted_at, a.created_at, s.approval_id, s.no`, integrationID)
}

// Runs gives the runs of an integration, oldest first.
func (e *Evidence) Runs(integrationID string) iter.Seq2[*store.Run, error] {
	return each(e.t, scanRun, `SELECT `+runColumns+` FROM run WHERE integration_id = $1 ORDER BY no`, integrationID)
}

// LogRow is an entry of the log with what it is about.
type LogRow struct {
	StoredEntry
	Kind, Object, Registry string
}

// Log gives the first size entries of the log, oldest first.
func (e *Evidence) Log(size int64) iter.Seq2[*LogRow, error] {
	return each(e.t, func(r row) (l LogRow, err error) {
		err = r.Scan(&l.Seq, &l.Entry, &l.Leaf, &l.Kind, &l.Object, &l.Registry)
		return l, err
	}, `SELECT seq, entry, leaf, kind, object, registry FROM audit_entry WHERE seq <= $1 ORDER BY seq`, size)
}

// each reads rows one by one. It ends at the first error.
func each[T any](t *tx, scan func(row) (T, error), query string, args ...any) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		rows, err := t.QueryContext(t.ctx, query, args...)
		if err != nil {
			yield(nil, fail(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			v, err := scan(rows)
			if err != nil {
				yield(nil, fail(err))
				return
			}
			if !yield(&v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, fail(err))
		}
	}
}
