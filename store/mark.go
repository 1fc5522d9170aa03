package store

import (
	"maps"
	"slices"
	"time"
)

// Mark is how far an installation had come at a moment: its high-water mark. It is kept, signed, outside every database,
// so that a database that lost its end, or was put back from a copy, is told apart from the one that was there. All its
// numbers only grow.
type Mark struct {
	At    time.Time `json:"at"`
	Audit int64     `json:"audit"` // entries in the audit log
	Run   int64     `json:"run"`   // number of the last run
	// Registries has the number of each registry's last change: a load, held or committed, an undo, a finding closed.
	Registries map[string]int64 `json:"registries,omitempty"`
	Vault      int64            `json:"vault,omitempty"`   // number of the vault's last change
	Consent    int64            `json:"consent,omitempty"` // number of the last change of people's choices
	// Tombstones counts who was erased from the vault, see vault.Tombstone. No restored database is behind in them: they
	// are kept beside the mark.
	Tombstones int64 `json:"tombstones,omitempty"`
	// Loaded is the highest number of a run that some registry holds a load of.
	Loaded int64 `json:"loaded"`
}

// Lost is what a mark says was there and isn't.
type Lost struct {
	Entries    int64    `json:"entries"`              // of the audit log
	Runs       int64    `json:"runs"`                 // of the ledger
	Registries []string `json:"registries,omitempty"` // that lack a load, an undo or another change, in order
	Vault      bool     `json:"vault,omitempty"`      // the vault lacks persons, or changes of them
	Consent    bool     `json:"consent,omitempty"`    // lists of people's choices are missing, or changes of them
	Unknown    bool     `json:"unknown"`              // registries hold loads of runs that the ledger has never heard of
}

// None tells whether nothing is lost.
func (l Lost) None() bool {
	return !l.behind() && !l.Unknown
}

func (l Lost) behind() bool { return l.Entries > 0 || l.Runs > 0 || l.places() > 0 }

// places counts the databases beside the portal's that lack something.
func (l Lost) places() int {
	n := len(l.Registries)
	for _, lacks := range []bool{l.Vault, l.Consent} {
		if lacks {
			n++
		}
	}
	return n
}

// Lost holds what is there now against the mark.
func (m Mark) Lost(now Mark) Lost {
	l := Lost{Entries: max(0, m.Audit-now.Audit), Runs: max(0, m.Run-now.Run), Unknown: now.Loaded > now.Run,
		Vault: now.Vault < m.Vault, Consent: now.Consent < m.Consent}
	for _, id := range slices.Sorted(maps.Keys(m.Registries)) {
		if now.Registries[id] < m.Registries[id] {
			l.Registries = append(l.Registries, id)
		}
	}
	return l
}

// Err gives what keeps runs from starting: Refused "mark.behind" or "mark.ahead", nil when nothing is lost.
func (l Lost) Err(at time.Time) *Error {
	switch {
	case l.None():
		return nil
	case !l.behind():
		return E(Refused, "mark.ahead", nil)
	}
	return E(Refused, "mark.behind", Args{"at": at, "entries": l.Entries, "runs": l.Runs, "places": l.places()})
}

// Lacking is what an integration brought into a registry that was put back from before it, and has not brought again.
type Lacking struct {
	IntegrationID, RegistryID string
	Runs                      int
	Rows                      int64  // that were new or changed
	Days                      Period // that the deliveries covered, or else when the runs were due
}
