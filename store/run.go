package store

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// RunState is where a run stands. A run always ends in a final state.
type RunState string

const (
	RunDue       RunState = "due"
	RunRunning   RunState = "running"
	RunHeld      RunState = "held" // rolled back, delivery kept sealed: a person decides
	RunSucceeded RunState = "succeeded"
	RunRefused   RunState = "refused"
	RunFailed    RunState = "failed"
	RunCancelled RunState = "cancelled"
	RunUnknown   RunState = "unknown" // the receiver may or may not have taken it: must be reconciled
	RunMissed    RunState = "missed"  // never started: nobody was there when it was due
	RunSkipped   RunState = "skipped" // never started: paused, or the run before was still going
)

// RunStates lists the states in the order filters offer them.
var RunStates = []RunState{RunRunning, RunHeld, RunFailed, RunRefused, RunUnknown, RunSucceeded, RunCancelled, RunMissed,
	RunSkipped, RunDue}

var runMoves = map[RunState][]RunState{
	RunDue:     {RunRunning, RunRefused, RunMissed, RunSkipped, RunCancelled},
	RunRunning: {RunSucceeded, RunHeld, RunRefused, RunFailed, RunCancelled, RunUnknown},
	RunHeld:    {RunSucceeded, RunCancelled},
	RunUnknown: {RunSucceeded, RunFailed},
}

// CanMove tells whether a run may go from s to t.
func (s RunState) CanMove(t RunState) bool { return slices.Contains(runMoves[s], t) }

// Final tells whether the run has ended for good. Held waits for a person; unknown waits for reconciliation.
func (s RunState) Final() bool { return len(runMoves[s]) == 0 }

// Ended tells whether nothing is running any more.
func (s RunState) Ended() bool { return s != RunDue && s != RunRunning }

// Trigger says what made a run start.
type Trigger string

const (
	TriggerSchedule Trigger = "schedule"
	TriggerPerson   Trigger = "person"
	TriggerShell    Trigger = "shell"
	TriggerBackfill Trigger = "backfill" // a run of a plan over many days
)

// Triggers lists the triggers in the order filters offer them.
var Triggers = []Trigger{TriggerSchedule, TriggerPerson, TriggerShell, TriggerBackfill}

// Counts is the balance of a run: every row that was read has exactly one outcome.
type Counts struct {
	Read        int64 `json:"read"`
	Loaded      int64 `json:"loaded"`      // changed what the registry holds
	Unchanged   int64 `json:"unchanged"`   // the registry held exactly this already
	Merged      int64 `json:"merged"`      // an older or double version that lost
	Filtered    int64 `json:"filtered"`    // outside what the mapping keeps
	Quarantined int64 `json:"quarantined"` // held back, with a reason
	Blocked     int64 `json:"blocked"`     // consent or reservation
}

// Balanced tells whether the six outcomes add up to what was read.
func (c Counts) Balanced() bool {
	return c.Read == c.Loaded+c.Unchanged+c.Merged+c.Filtered+c.Quarantined+c.Blocked
}

// Settled counts the rows that were held against what the registry had: they brought something, or would have.
func (c Counts) Settled() int64 { return c.Loaded + c.Unchanged + c.Merged }

// Add adds d to c.
func (c *Counts) Add(d Counts) {
	c.Read += d.Read
	c.Loaded += d.Loaded
	c.Unchanged += d.Unchanged
	c.Merged += d.Merged
	c.Filtered += d.Filtered
	c.Quarantined += d.Quarantined
	c.Blocked += d.Blocked
}

// Stage is the step of the way that a run is at, for the page.
type Stage string

const (
	StageGate    Stage = "gate"
	StageExtract Stage = "extract" // read, split, map, check and resolve run together, batch by batch
	StageDecide  Stage = "decide"  // limits: hold or load
	StageCommit  Stage = "commit"
	StageReport  Stage = "report"
	StageDone    Stage = "done"
	// StageWaiting is a running run that nobody is at work with: an attempt is over, and the next begins at StartAt.
	StageWaiting Stage = "waiting"
)

// Run is one execution of an integration, or a due time that never became one.
type Run struct {
	ID            string
	No            int64 // what people call it, from 1
	IntegrationID string
	RegistryID    string
	State         RunState
	Trigger       Trigger
	Actor         string    // who started it: a user's name, or "" for the schedule
	Slot          string    // key of the due time within the schedule; "" when started by a person
	DueAt         time.Time // the due time; zero when started by a person
	StartAt       time.Time // a due run starts then: the due time put off by the schedule's delay, or at once; a waiting one goes on
	Reason        Code      // why it is refused, held, failed, missed or skipped; or a note on success
	ReasonArgs    Args
	Stage         Stage
	// Attempt starts at 1; a run that was cut off starts over with the next. It is the fencing token of whoever holds the
	// run: what is written in its name, here or in a registry, is refused once the stored attempt is another.
	Attempt       int
	LeaseOwner    Owner     // who is at work with it; "" for nobody
	LeaseUntil    time.Time // when it counts as left, unless its holder says before that it goes on
	Counts        Counts
	QuarantinedBy map[string]int64
	ScopeHash     string
	ApprovalID    string
	MappingNo     int
	DryRun        bool
	// Shadow marks a run that goes all the way and loads nothing, to be compared with another integration's: its report is
	// kept and its delivery is done with. What it counts as loaded is what would have been.
	Shadow    bool
	Delivery  Delivery
	CreatedAt time.Time
	StartedAt time.Time
	EndedAt   time.Time
	Waited    time.Duration // for a person to decide, from when it was held or unknown
	CancelBy  string        // who asked it to stop; "" when nobody did
	// Tries counts the attempts that failed because something was away; see RetryPolicy.
	Tries int
	// Losses counts the attempts whose process went away without a word; see AfterLoss.
	Losses int
	// Reads names what the run reads in place of what the source has next; zero for that.
	Reads Reads
	// BackfillID is the backfill that the run is of; "" for none.
	BackfillID string
}

// Reads names what a run is to read, when it isn't what the source has next: a delivery that was put away, by its mark, one
// that lies ready, by its name, or the days that a source is asked for.
type Reads struct {
	Mark   string `json:"mark,omitempty"`
	Name   string `json:"name,omitempty"`
	Period Period `json:"period,omitzero"`
	// Content is the SHA-256 that a delivery with Name must have to be read; "" for any.
	Content string `json:"content,omitempty"`
}

// IsZero tells whether the run reads what the source has next.
func (r Reads) IsZero() bool { return r == Reads{} }

// Loads tells whether the run may change the registry.
func (r *Run) Loads() bool { return !r.DryRun && !r.Shadow }

// Brought tells whether the run has loaded rows and its load is still there: nobody has taken it back, and the registry was
// not put back from before it.
func (r *Run) Brought() bool {
	return r.Counts.Loaded > 0 && r.Loads() && r.Reason != "run.undone" && r.Reason != "run.load_lost"
}

// Reloads tells whether the run's delivery may be read again from where it was put away: what it held is not in the
// registry, because a person rejected it or took it back, because the registry lost it, or because the run was a shadow.
func (r *Run) Reloads() bool {
	return r.State.Ended() && !r.DryRun && r.Delivery.SHA256 != "" &&
		(r.Reason == "run.rejected" || r.Reason == "run.undone" || r.Reason == "run.load_lost" || r.Shadow && r.State == RunSucceeded)
}

// Stuck tells whether the run ended because of what it was to read, so that the next run meets the same: those after it wait
// until it is put right or set aside.
func (r *Run) Stuck() bool {
	about := strings.HasPrefix(string(r.Reason), "delivery.") || strings.HasPrefix(string(r.Reason), "csv.") || r.Reason == "source.no_header"
	return (r.State == RunFailed || r.State == RunRefused) && about && r.Delivery.Name != "" && r.Delivery.SHA256 != ""
}

// Move changes the state, or refuses with Conflict and changes nothing. A run whose counts do not add up never succeeds,
// and one that was stopped has loaded nothing, however far it came.
func (r *Run) Move(to RunState, reason Code, args Args) error {
	if !r.State.CanMove(to) {
		return E(Conflict, "run.transition", Args{"from": Code("state.run." + r.State), "to": Code("state.run." + to)})
	}
	if to == RunSucceeded && !r.Counts.Balanced() {
		return E(Internal, "run.unbalanced", nil)
	}
	r.State, r.Reason, r.ReasonArgs = to, reason, args
	if r.Stopped() {
		r.Counts.Loaded = 0
	}
	return nil
}

// Took is how long the run was at work: what it waited for a person doesn't count.
func (r *Run) Took() time.Duration { return max(0, r.EndedAt.Sub(r.StartedAt)-r.Waited) }

// Stopped tells whether the run ended before its end: whatever it had read was rolled back.
func (r *Run) Stopped() bool {
	return r.State == RunFailed || r.State == RunRefused || r.State == RunCancelled
}

// ReadWhole tells whether the run read rows, and all that there were: only then what it didn't find is not there.
func (r *Run) ReadWhole() bool { return r.Counts.Read > 0 && !r.Stopped() }

// Delivery is what a run read: the file or the extract, by what identifies it and never by its content.
type Delivery struct {
	Name     string `json:"name,omitempty"` // file name as the source gave it
	SHA256   string `json:"sha256,omitempty"`
	Bytes    int64  `json:"bytes,omitempty"`
	Encoding string `json:"encoding,omitempty"` // utf-8, utf-8-bom, windows-1252
	// Stated is the row count the control file gives; -1 when there is none.
	Stated int64 `json:"stated,omitempty"`
}

// What Limits mean where nothing is said.
const (
	DefaultMaxQuarantined = 0.05
	DefaultMinVolume      = 0.5
	DefaultMaxNewCodes    = 0.01
)

// Limits decide whether a run loads or is held for a person. Shares are 0–1. They are a safeguard that the risk
// analysis rests on, so loosening them needs a new approval.
type Limits struct {
	// MaxQuarantined is the greatest share of read rows held back; 0 means DefaultMaxQuarantined.
	MaxQuarantined float64 `yaml:"max_quarantined,omitempty" json:"max_quarantined,omitempty"`
	// MinVolume is the least share of the normal row count (median of the last successful runs); 0 means
	// DefaultMinVolume.
	MinVolume float64 `yaml:"min_volume,omitempty" json:"min_volume,omitempty"`
	// AllowEmpty lets a delivery without rows pass although earlier ones had rows.
	AllowEmpty bool `yaml:"allow_empty,omitempty" json:"allow_empty,omitempty"`
	// MaxNewCodes is the greatest share of a translated field's filled rows that may have codes nobody has seen before: more
	// is a code list that has changed. A share exactly at it passes; 0 means DefaultMaxNewCodes.
	MaxNewCodes float64 `yaml:"max_new_codes,omitempty" json:"max_new_codes,omitempty"`
}

// shares gives the limits with the defaults filled in.
func (l Limits) shares() (maxQuarantined, minVolume float64) {
	return cmp.Or(l.MaxQuarantined, DefaultMaxQuarantined), cmp.Or(l.MinVolume, DefaultMinVolume)
}

// Hold gives the reason to hold a run with these counts back from loading, or nil. A share exactly at its limit
// passes. normal is the usual row count (see Normal), 0 when there is none.
func (l Limits) Hold(c Counts, normal int64) *Error {
	maxQ, minV := l.shares()
	switch {
	case c.Read == 0 && normal > 0 && !l.AllowEmpty:
		return E(Refused, "hold.empty", Args{"normal": normal})
	case c.Read > 0 && share(c.Quarantined, c.Read) > maxQ:
		return E(Refused, "hold.quarantined", Args{"quarantined": c.Quarantined, "read": c.Read,
			"share": 100 * share(c.Quarantined, c.Read), "limit": 100 * maxQ})
	case c.Read > 0 && normal > 0 && share(c.Read, normal) < minV:
		return E(Refused, "hold.volume", Args{"read": c.Read, "normal": normal, "limit": 100 * minV})
	}
	return nil
}

// share divides before it is compared: 29 of 100 is exactly the double that 0.29 is, while 0.29 × 100 is below 29.
func share(n, of int64) float64 { return float64(n) / float64(of) }

// Normal gives the median of the row counts of earlier successful runs (of an even number the greater of the two in
// the middle); 0 when there are none.
func Normal(reads []int64) int64 {
	if len(reads) == 0 {
		return 0
	}
	s := slices.Clone(reads)
	slices.Sort(s)
	return s[len(s)/2]
}

// Finding is one row held back (or, with Warn, let through with a remark). Sealed holds the source row, encrypted with
// the identity side's key; nothing else here names a person.
type Finding struct {
	ID       int64
	RunID    string
	RunNo    int64
	Position int64  // row number in the delivery, 1 = first row after the header
	Key      string // the row's key variables joined by "|", as far as they could be read; technical
	Reason   string
	Variable string // the variable or field that failed, when one did
	Warn     bool
	Sealed   []byte
	Status   FindingStatus
	At       time.Time
}

// FindingStatus says what became of a row held back.
type FindingStatus string

const (
	FindingOpen       FindingStatus = "open"
	FindingSuperseded FindingStatus = "superseded" // a later delivery brought the same key through
	FindingDismissed  FindingStatus = "dismissed"  // a person decided that it stays out
)

// When gives where the run stands in time: when it was due, or was started.
func (r *Run) When() time.Time {
	if !r.DueAt.IsZero() {
		return r.DueAt
	}
	return r.CreatedAt
}

// Progress is how far a run is.
type Progress struct {
	Stage  Stage
	Counts Counts
	Bytes  int64 // read so far
	Size   int64 // of the delivery; 0 when it isn't known
	Spool  Spooled
}

// Spooled is how far a run is with putting aside what a source gives page by page, before it is read.
type Spooled struct {
	Slices int
	Rows   int64
	Left   int // of the slices, that an earlier attempt left: the run goes on after them
}

// Reasons of rows that the self-check of the split holds back: something that should hold health data holds identity. Like
// broken rows they are found before any check of the mapping.
const (
	RowIdentity = "row.identity"      // a value of the row's own person: number, name, address, phone, e-mail
	RowNumber   = "row.person_number" // a text holds something that reads as a person number, whoever's
)

// BrokenRow tells whether a reason in quarantine says that the row itself is broken ("row.quote", "row.fields" …) or holds
// identity where it must not: no check of the mapping has seen it, and its words are the text "reason.<reason>".
func BrokenRow(reason string) bool { return strings.HasPrefix(reason, "row.") }
