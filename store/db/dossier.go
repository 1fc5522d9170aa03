package db

import (
	"context"

	"samband/store"
)

// Dossier returns everything that a document about one submission is made from. No 0 is the approval's newest;
// "approval.not_found" when the approval isn't there or nothing was asked for.
func (d *DB) Dossier(ctx context.Context, approvalID string, no int) (*store.Dossier, error) {
	return read(ctx, d, func(t *tx) (*store.Dossier, error) { return t.dossier(approvalID, no) })
}

func (t *tx) dossier(approvalID string, no int) (*store.Dossier, error) {
	a, err := t.approval(approvalID)
	if err != nil {
		return nil, err
	}
	i, err := t.integration(a.IntegrationID)
	if err != nil {
		return nil, err
	}
	s, err := one(t, "approval.not_found", scanSubmission, `SELECT `+submissionColumns+` FROM submission
		WHERE approval_id = $1 AND (no = $2 OR $2 = 0) ORDER BY no DESC LIMIT 1`, a.ID, no)
	if err != nil {
		return nil, err
	}
	o := &store.Dossier{Submission: *s, IntegrationID: i.ID, RegistryID: i.RegistryID, ROS: a.ROS, LD: a.LD, Demo: a.Demo}
	if f := s.Facts; f != nil { // asked for again since, they may be others
		if f.ROS != nil {
			o.ROS = store.Ref{ID: f.ROS.ID, Version: f.ROS.Version}
		}
		if f.LD != nil {
			o.LD = store.Ref{ID: f.LD.ID, Version: f.LD.Version}
		}
	}
	if o.Scope, err = store.ParseScope(s.Scope); err != nil {
		return nil, err
	}
	if o.Mapping, err = found(t.mapping(i.ID, s.MappingNo)); err != nil {
		return nil, err
	}
	if o.Mapping != nil {
		if o.Codebook, err = found(t.codebook(o.Mapping.CodebookID, o.Mapping.CodebookVersion)); err != nil {
			return nil, err
		}
	}
	o.Decision, err = t.decision(a, s.No)
	return o, err
}

// decision finds in the log what was decided about a submission. The row of the approval tells of the last that
// happened to it, which may be that it was revoked.
func (t *tx) decision(a *store.Approval, no int) (*store.Decision, error) {
	entries, err := all(t, scanEntry, `SELECT entry FROM audit_entry WHERE kind = 'approval' AND object = $1 ORDER BY seq`,
		a.ID)
	if err != nil {
		return nil, err
	}
	asked := 0
	for i := range entries {
		e := &entries[i]
		switch e.Action {
		case "approval.submitted":
			asked++
		case "approval.approved", "approval.rejected", "approval.change_requested":
			if asked != no && !a.Demo {
				continue
			}
			d := &store.Decision{State: store.ApprovalState(e.Action[len("approval."):]), By: e.Actor, At: e.At, Reason: e.Reason}
			if d.State == store.AppApproved {
				d.ValidTo = a.ValidTo
				for _, c := range a.Conditions {
					d.Conditions = append(d.Conditions, store.Term{No: c.No, Text: c.Text, DueOn: c.DueOn})
				}
			}
			return d, nil
		}
	}
	return nil, nil
}
