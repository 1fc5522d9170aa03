package db

import (
	"context"
	"maps"
	"slices"

	"samband/store"
)

const submissionColumns = `approval_id, no, scope, scope_hash, mapping_no, facts, submitted_by, submitted_at`

func scanSubmission(r row) (s store.Submission, err error) {
	err = r.Scan(&s.ApprovalID, &s.No, &s.Scope, &s.ScopeHash, &s.MappingNo, decode{&s.Facts}, &s.By, moment{&s.At})
	return s, err
}

// Submissions returns what was asked for in an approval, oldest first.
func (d *DB) Submissions(ctx context.Context, approvalID string) ([]store.Submission, error) {
	return read(ctx, d, func(t *tx) ([]store.Submission, error) {
		return all(t, scanSubmission, `SELECT `+submissionColumns+` FROM submission WHERE approval_id = $1 ORDER BY no`,
			approvalID)
	})
}

// Fingerprints returns what a hash, or the beginning of one, is the hash of, at most limit of them. begin must come
// from store.ParseHash.
func (d *DB) Fingerprints(ctx context.Context, begin string, limit int) ([]store.Found, error) {
	return read(ctx, d, func(t *tx) ([]store.Found, error) {
		return all(t, func(r row) (f store.Found, err error) {
			err = r.Scan(&f.Hash, &f.What, &f.ApprovalID, &f.No)
			return f, err
		}, `SELECT f.hash, f.what, f.approval_id, f.no FROM fingerprint f
			JOIN submission s ON s.approval_id = f.approval_id AND s.no = f.no
			WHERE f.hash LIKE $1 ORDER BY s.submitted_at DESC, f.approval_id, f.no LIMIT $2`, begin+"%", limit)
	})
}

// keepSubmission keeps what is asked for, with the facts as they are now.
func (t *tx) keepSubmission(a *store.Approval) error {
	facts, err := t.facts(a)
	if err != nil {
		return err
	}
	last, err := value[int](t, `SELECT COALESCE(MAX(no), 0) FROM submission WHERE approval_id = $1`, a.ID)
	if err != nil {
		return err
	}
	s := store.Submission{ApprovalID: a.ID, No: last + 1, Scope: a.Scope, ScopeHash: a.ScopeHash, MappingNo: a.MappingNo,
		Facts: facts, By: a.SubmittedName, At: a.SubmittedAt}
	err = t.write(`INSERT INTO submission (`+submissionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.ApprovalID, s.No, bytesOf(s.Scope), s.ScopeHash, s.MappingNo, encode(s.Facts), s.By, micros(s.At))
	if err != nil {
		return err
	}
	prints := s.Fingerprints()
	for _, hash := range slices.Sorted(maps.Keys(prints)) {
		err := t.write(`INSERT INTO fingerprint (hash, what, approval_id, no) VALUES ($1, $2, $3, $4)`,
			hash, prints[hash], s.ApprovalID, s.No)
		if err != nil {
			return err
		}
	}
	return nil
}

// facts collects what stands beside the scope of an approval. What doesn't exist is left out.
func (t *tx) facts(a *store.Approval) (*store.Facts, error) {
	i, err := t.integration(a.IntegrationID)
	if err != nil {
		return nil, err
	}
	g, err := t.registry(i.RegistryID)
	if err != nil {
		return nil, err
	}
	f := &store.Facts{Integration: i.Name, Purpose: i.Purpose, Registry: g.Name, Kind: g.Kind, Unit: g.Unit,
		EndsOn: g.EndsOn, Basis: g.Basis}
	solution, err := found(t.solution(g.SolutionID))
	if err != nil {
		return nil, err
	}
	if solution != nil {
		f.Solution = solution.Name
	}
	if err := t.wayFacts(f, i); err != nil {
		return nil, err
	}
	if f.ROS, err = found(t.ros(a.ROS)); err != nil {
		return nil, err
	}
	if f.LD, err = found(t.ld(a.LD)); err != nil {
		return nil, err
	}
	m, err := found(t.mapping(i.ID, a.MappingNo))
	if err != nil || m == nil {
		return f, err
	}
	book, err := found(t.codebook(m.CodebookID, m.CodebookVersion))
	if err != nil {
		return nil, err
	}
	f.MappingHash = m.Mapping.Hash()
	if book != nil {
		f.CodebookHash = book.Hash()
	}
	return f, nil
}

func (t *tx) wayFacts(f *store.Facts, i *store.Integration) error {
	method, err := found(t.method(i.MethodID))
	if err != nil || method == nil {
		return err
	}
	f.Method = method.Name
	system, err := found(t.system(method.SystemID))
	if err != nil {
		return err
	}
	if system != nil {
		f.System = system.Name
	}
	connection, err := found(t.connection(i.ConnectionID))
	if err == nil && connection != nil {
		f.Connection = connection.Name
	}
	return err
}
