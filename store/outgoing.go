package store

import (
	"maps"
	"slices"
	"time"
)

// Tier is what a destination promises (privacy-security-reliability.md section 4.2).
type Tier string

const (
	// TierTransactional: all records of a run are taken by one switch, or none. Exactly once.
	TierTransactional Tier = "transactional"
	// TierKeyed: a record sent again under its key with the same content changes nothing. Exactly once by key.
	TierKeyed Tier = "keyed"
	// TierOnce: a record sent again is there twice. At most once by ourselves; where the answer is lost a person decides.
	TierOnce Tier = "once"
)

// Tiers lists them from the one that promises most.
var Tiers = []Tier{TierTransactional, TierKeyed, TierOnce}

// SentState is where a record stands with its receiver.
type SentState string

const (
	SentPending  SentState = "sent"      // handed over, or about to be: no answer yet
	SentAcked    SentState = "acked"     // the receiver has it
	SentRefused  SentState = "refused"   // the receiver will not have it, with a reason
	SentHeldBack SentState = "held_back" // a check of the mapping found something: it never left
	SentUnknown  SentState = "unknown"   // the answer is lost: a person reconciles
	SentDue      SentState = "due"       // a person says that it did not arrive, or is to be sent again
)

// Sent is what is known of one record with a receiver. It names no person.
type Sent struct {
	Key      string
	Hash     string // of the content that State speaks of
	Acked    string // hash of the content that the receiver acknowledged last; "" for none
	State    SentState
	Reason   string // why it is refused or held back
	Variable string // that it is held back for
	RunNo    int64  // that put it there
	At       time.Time
}

// Open tells whether nobody knows if the receiver has the content.
func (s *Sent) Open() bool { return s.State == SentPending || s.State == SentUnknown }

// Dispatch is what becomes of a record of the registry that the receiver is to have.
type Dispatch uint8

const (
	DispatchSend   Dispatch = iota
	DispatchSame            // the receiver has exactly this
	DispatchDone            // this run has brought it there already, before it was cut off
	DispatchAwaits          // nobody knows what the receiver has: not before a person has reconciled
)

// Dispatch decides what a run does with a record whose content has the hash. was is what is known of its key, nil for
// nothing. What was refused is tried again: the receiver may have changed its mind, and has nothing of it.
func (t Tier) Dispatch(was *Sent, hash string, runNo int64) Dispatch {
	switch {
	case was == nil:
		return DispatchSend
	case was.Open() && (t == TierOnce || was.RunNo != runNo):
		return DispatchAwaits
	case was.Open() || was.Acked != hash:
		return DispatchSend
	case was.State == SentAcked && was.RunNo == runNo:
		return DispatchDone
	}
	return DispatchSame
}

// Reasons of records that are held back without a check of the mapping.
const (
	OutgoingLeak    = "number_in_text" // a text holds something that parses as a person number
	OutgoingNobody  = "no_person"      // there is no identity of its person, or it is erased
	OutgoingAwaits  = "awaits"         // of an earlier run, that must be reconciled first
	OutgoingNotSent = "not_sent"       // the run ended before it came to them
	OutgoingNot     = "not_arrived"    // a person says so
)

// OutgoingReasons are those reasons; the text "reason.<reason>" says each. "refused" stands for the receiver's own.
var OutgoingReasons = []string{OutgoingLeak, OutgoingNobody, OutgoingAwaits, OutgoingNotSent, OutgoingNot, string(SentRefused)}

// OwnReason tells whether a reason in quarantine has words of ours, and is none of the mapping's.
func OwnReason(reason string) bool {
	return BrokenRow(reason) || slices.Contains(OutgoingReasons, reason)
}

// Reconciled is what a person found out about a record whose answer is lost.
type Reconciled string

const (
	Arrived    Reconciled = "arrived"
	NotArrived Reconciled = "not_arrived" // the next run sends it
	SendAgain  Reconciled = "send_again"  // the next run sends it, whatever the receiver has
)

// ReconciledChoices lists them in the order forms offer them.
var ReconciledChoices = []Reconciled{Arrived, NotArrived, SendAgain}

// Reconcile settles a record by what a person found out. One that has an answer is left as it is.
func (s *Sent) Reconcile(found Reconciled) {
	switch {
	case !s.Open():
	case found == Arrived:
		s.State, s.Acked = SentAcked, s.Hash
	case found == NotArrived:
		s.State = SentDue
	case found == SendAgain:
		s.State, s.Acked = SentDue, ""
	}
}

// AwaitsReceiver tells that the run has ended and that a person must find out what became of records of it. One that was
// held and released can't end as unknown: there it is the reason that says so.
func (r *Run) AwaitsReceiver() bool {
	return r.State == RunUnknown || r.State == RunSucceeded && r.Reason == "run.unanswered"
}

// Settle gives how a run ends when the last of its records without an answer is reconciled, and counts the missing, which
// did not arrive or are to be sent again, as held back.
func (r *Run) Settle(missing int64) (RunState, Code, Args) {
	c := &r.Counts
	missing = min(missing, c.Loaded)
	c.Loaded -= missing
	if c.Quarantined += missing; missing > 0 {
		by := maps.Clone(r.QuarantinedBy)
		if by == nil {
			by = map[string]int64{}
		}
		by[OutgoingNot] += missing
		r.QuarantinedBy = by
	}
	args := Args{"arrived": c.Loaded, "missing": missing}
	if c.Loaded == 0 || !c.Balanced() {
		return RunFailed, "run.not_arrived", args
	}
	return RunSucceeded, "run.reconciled", args
}

// OutgoingPreview is what a run would send now.
type OutgoingPreview struct {
	Counts        Counts
	QuarantinedBy map[string]int64
	Gone          int64 // records that the receiver has and the registry no longer holds
	Fields        []string
	Rows          [][]string // the first that would be sent, without direct identifiers
	At            time.Time
}

// PreviewRows is how many rows a preview of a sending shows.
const PreviewRows = 100

// Outbox is where the records of an integration stand with its receiver.
type Outbox struct {
	By       map[SentState]int64
	Open     []OpenSending // runs with records without an answer
	Refused  []Sent        // refused and held back, some of them
	LastSent time.Time
}

// OpenSending is a run with records without an answer.
type OpenSending struct {
	RunNo int64
	N     int64
}

// OpenRecords are the records of a run that nobody knows the fate of.
type OpenRecords struct {
	Total   int
	First   []Sent          // the first OpenShown of them
	Held    map[string]bool // of those, by key whether the receiver says that it has the very content; nil when it did not say
	Problem error           // why a receiver that can be asked did not say
}

// OpenShown is how many records without an answer a page shows, and the receiver is asked about.
const OpenShown = 200
