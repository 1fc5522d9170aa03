package evidence

import (
	"time"

	"samband/store"
)

// approval is the file approval.json.
type approval struct {
	ID          string              `json:"id"`
	Integration string              `json:"integration"`
	Registry    string              `json:"registry"`
	State       store.ApprovalState `json:"state"` // when the pack was made
	Submission  int                 `json:"submission"`
	ScopeHash   string              `json:"scope_hash"`
	MappingNo   int                 `json:"mapping_no"`
	ROS         store.Ref           `json:"ros"`
	LD          store.Ref           `json:"ld"`
	SubmittedBy string              `json:"submitted_by"`
	SubmittedAt time.Time           `json:"submitted_at"`
	Decision    *decision           `json:"decision,omitempty"`
	Demo        bool                `json:"demo,omitempty"`
	// What the scope is read with, as it was then.
	Facts *store.Facts `json:"facts,omitempty"`
}

type decision struct {
	State      store.ApprovalState `json:"state"`
	By         string              `json:"by"`
	At         time.Time           `json:"at"`
	Reason     string              `json:"reason,omitempty"`
	ValidTo    store.Date          `json:"valid_to,omitempty"`
	Conditions []store.Term        `json:"conditions,omitempty"`
}

func approvalOf(p *Pack) *approval {
	o := p.Dossier
	s := &o.Submission
	return &approval{ID: p.Approval.ID, Integration: o.IntegrationID, Registry: o.RegistryID, State: p.Approval.State,
		Submission: s.No, ScopeHash: s.ScopeHash, MappingNo: s.MappingNo, ROS: o.ROS, LD: o.LD, SubmittedBy: s.By,
		SubmittedAt: s.At, Decision: decisionOf(o.Decision), Demo: o.Demo, Facts: s.Facts}
}

func decisionOf(d *store.Decision) *decision {
	if d == nil {
		return nil
	}
	return &decision{d.State, d.By, d.At, d.Reason, d.ValidTo, d.Conditions}
}

// step is one line of history.json.
type step struct {
	Approval    string             `json:"approval"`
	Submission  int                `json:"submission"`
	ScopeHash   string             `json:"scope_hash"`
	MappingNo   int                `json:"mapping_no"`
	SubmittedBy string             `json:"submitted_by"`
	SubmittedAt time.Time          `json:"submitted_at"`
	Decision    *decision          `json:"decision,omitempty"`
	Differences []store.Difference `json:"differences"` // from what was approved before
}

func historyOf(past []store.Past) []step {
	list := []step{}
	for _, h := range past {
		s := &h.Dossier.Submission
		list = append(list, step{s.ApprovalID, s.No, s.ScopeHash, s.MappingNo, s.By, s.At, decisionOf(h.Dossier.Decision),
			append([]store.Difference{}, h.Since...)})
	}
	return list
}
