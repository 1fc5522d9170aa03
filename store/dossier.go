package store

import "time"

// Dossier is everything that a document about one submission is made from: what was asked for, and what was decided
// about it. It holds nothing that changes afterwards, so the same submission gives the same document; what became of
// the approval later (revoked, expired, superseded) is no part of it.
type Dossier struct {
	Submission    Submission
	Scope         *Scope
	IntegrationID string
	RegistryID    string
	ROS, LD       Ref
	Mapping       *MappingVersion // nil when none was asked for
	Codebook      *Codebook       // of the mapping
	Decision      *Decision       // nil: none yet
	Demo          bool
}

// Decision is what was decided about a submission, as the log has it.
type Decision struct {
	State   ApprovalState // approved, rejected or change_requested
	By      string        // name at the time
	At      time.Time
	Reason  string
	ValidTo Date // last day, for approved; "" for no end
	// Conditions are what it was approved on: what and by when. Whether they are met since is no part of the decision.
	Conditions []Term
}

// Past is one submission in the history of an integration.
type Past struct {
	Dossier *Dossier
	// Since are the differences from the scope that was approved before it; nothing was when First.
	Since []Difference
	First bool
}
