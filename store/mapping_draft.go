package store

import "time"

// MappingDraft is a mapping that a person is working on, kept until they save or discard it. It need not be sound.
type MappingDraft struct {
	IntegrationID string
	UserID        string
	BasedOn       int // the version it began from; 0 when there was none
	Mapping       Mapping
	Edits         int // counts from 1; tells two windows of the same person apart
	UpdatedAt     time.Time
	// Step is the last of the draft's steps that stands, 0 for none; Steps is how many can be done again after it too.
	Step  int
	Steps int
}

// DraftStep is one thing that a person did to a draft. Pages say it with the text "draft.<What>".
type DraftStep struct {
	No   int // counts from 1; numbers are used again after an undo
	What Code
	Args Args
	At   time.Time
	// Based is the version the draft stood on before and after.
	BasedBefore, BasedAfter int
	Patch                   MappingPatch
	Auto                    bool // a form saved itself; only told, not kept
}

// Joins tells whether a step that comes right after s is only more of the same, as when a form saves itself while
// somebody writes: the two are one to undo.
func (s *DraftStep) Joins(next *DraftStep) bool {
	return next.Auto && s.What == next.What && canonical(s.Args) == canonical(next.Args) &&
		next.At.Sub(s.At) < JoinWithin && s.BasedAfter == next.BasedBefore && next.BasedBefore == next.BasedAfter
}

// JoinWithin is how long a person may pause and still be at the same edit.
const JoinWithin = 30 * time.Second

// MaxDraftSteps is how many steps of a draft are kept for undo.
const MaxDraftSteps = 500

// Preview shows what a mapping makes of some rows. Direct fields are not in it, and where a person number stands in
// another cell, the cell holds Mask.
type Preview struct {
	Delivery string // name of the delivery the rows are from
	Sealed   bool   // it was loaded before; otherwise it waits to be
	// Fault is why the mapping can't run as it stands, nil when it can. Otherwise only the part of it was used that
	// Mapping.Alone gives for the variables that can; Left are those with a rule that can't.
	Fault    error
	Left     []string
	Extra    []string // columns of a sample that nobody has classed, and that were not read
	Absent   []string // direct fields that a sample has no column of
	Rows     []PreviewRow
	Accepted int
	Filtered int
	Rejected int
}

// PreviewRow is one row before and after.
type PreviewRow struct {
	Position int64 // 1 = first row after the header
	Broken   bool  // could not be cut into cells; nothing more is known of it
	Filtered bool  // outside what the mapping keeps
	Reason   string
	// Failed lists every check that the row fails, in the mapping's order, those that only warn too. Reason is the
	// first that does not warn: what the row would be held back with.
	Failed []FailedCheck
	Cells  []PreviewCell // by the mapping's rules
}

// PreviewCell is one variable before and after.
type PreviewCell struct {
	Variable string
	Before   []string // of the source fields its rule reads
	After    Value
	Reason   string // the first check that blames it
}

// FailedCheck is a check that a row fails.
type FailedCheck struct {
	Reason   string
	Variable string // to blame; "" when no single one is
	Warn     bool
}
