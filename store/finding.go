package store

import "strconv"

// FindingFilter picks rows that were held back in one registry, newest run first and in order of position within a
// run. Empty members don't narrow.
type FindingFilter struct {
	RunNo         int64
	IntegrationID string
	Reason        string
	Status        FindingStatus
	After         int64 // behind the finding with that id
	Limit         int
}

// FindingStatuses lists the statuses in the order filters offer them.
var FindingStatuses = []FindingStatus{FindingOpen, FindingSuperseded, FindingDismissed}

// OpenedFinding is a row that was held back, opened for a person to see. It holds no direct field, and Mask where a
// person number stands in another cell.
type OpenedFinding struct {
	Finding
	IntegrationID string
	MappingNo     int
	// Broken tells that the row could not be cut into cells. Nothing of it can be shown then: nobody knows which part
	// of it names a person.
	Broken bool
	Cells  []OpenedCell
	Hidden int // direct cells that are left out
}

// OpenedCell is one cell of the health side.
type OpenedCell struct {
	Field string
	Class FieldClass
	Text  string
}

// FindingObject is what the log calls a finding.
func FindingObject(registryID string, id int64) string {
	return registryID + "/" + strconv.FormatInt(id, 10)
}
