package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"
)

// Period is a range of days, both included; both empty for no limit.
type Period struct {
	From Date `json:"from,omitempty"`
	To   Date `json:"to,omitempty"`
}

// IsZero tells whether there is no limit.
func (p Period) IsZero() bool { return p == Period{} }

// Validate checks that both days exist and stand in order. The error is a FieldErrors.
func (p Period) Validate() error {
	var f FieldErrors
	if !p.From.Valid() {
		f.Add("from", "field.date", nil)
	}
	if !p.To.Valid() {
		f.Add("to", "field.date", nil)
	}
	if len(f) == 0 && p.To.Before(p.From) {
		f.Add("to", "backfill.order", nil)
	}
	if len(f) == 0 && p.Days() > MaxBackfillDays {
		f.Add("to", "backfill.long", Args{"days": MaxBackfillDays})
	}
	return f.OrNil()
}

// MaxBackfillDays is the most days that one backfill may span.
const MaxBackfillDays = 366 * 10

// Days counts the days of the period.
func (p Period) Days() int { return int(p.To.Time().Sub(p.From.Time())/(24*time.Hour)) + 1 }

// Months cuts the period at the turn of each month.
func (p Period) Months() []Period {
	var months []Period
	for from := p.From; !p.To.Before(from); {
		first := Date(from[:8] + "01")
		next := Date(first.Time().AddDate(0, 1, 0).Format(time.DateOnly))
		months = append(months, Period{From: from, To: min(p.To, next.AddDays(-1))})
		from = next
	}
	return months
}

// Overlaps tells whether the periods have a day in common.
func (p Period) Overlaps(q Period) bool { return p.From <= q.To && q.From <= p.To }

// BackfillKind is where one run of a backfill reads.
type BackfillKind string

const (
	BackfillSealed  BackfillKind = "sealed"  // an earlier delivery, from where it was put away
	BackfillWaiting BackfillKind = "waiting" // a delivery that lies ready
	BackfillPeriod  BackfillKind = "period"  // the source, asked for the days
)

// BackfillKinds lists them.
var BackfillKinds = []BackfillKind{BackfillSealed, BackfillWaiting, BackfillPeriod}

// BackfillStep is one run of a backfill.
type BackfillStep struct {
	Kind   BackfillKind `json:"kind"`
	Name   string       `json:"name,omitempty"` // of the delivery
	Mark   string       `json:"mark,omitempty"` // SHA-256 of the delivery, which nothing else may be read for
	Period Period       `json:"period"`
	Bytes  int64        `json:"bytes,omitempty"`
	Rows   int64        `json:"rows,omitempty"`      // as far as is known; 0 when it isn't
	Loaded int64        `json:"loaded_in,omitempty"` // number of the run that read it before; 0 for none
}

// Reads names what the run of the step is to read.
func (s *BackfillStep) Reads() Reads {
	r := Reads{Mark: s.Mark, Name: s.Name, Period: s.Period}
	if s.Kind == BackfillWaiting {
		r.Mark, r.Content = "", s.Mark
	}
	return r
}

// BackfillPlan is what a backfill would do, step by step. It is shown before anything is done, and what is then carried
// out is just this.
type BackfillPlan struct {
	IntegrationID string         `json:"integration"`
	Period        Period         `json:"period"`
	DryRun        bool           `json:"dry_run"`
	ScopeHash     string         `json:"scope_hash"`
	MappingNo     int            `json:"mapping"`
	Gate          []Code         `json:"gate,omitempty"` // why it may not run; empty when it may
	Steps         []BackfillStep `json:"steps"`
}

// Hash identifies the plan by its content.
func (p *BackfillPlan) Hash() string {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // plain data of ours always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// PlanDiff is how a plan differs from one that was shown earlier.
type PlanDiff struct {
	New, Gone []BackfillStep
	// Other content under a name that was shown: as the plan has it now.
	Changed []BackfillStep
	// What else is different: "scope", "mapping", "gate" or "order".
	Other []string
}

// Differs tells how the plan differs from one that was shown before; nil when it is the same.
func (p *BackfillPlan) Differs(shown *BackfillPlan) *PlanDiff {
	if p.Hash() == shown.Hash() {
		return nil
	}
	var d PlanDiff
	named := func(s BackfillStep) func(BackfillStep) bool {
		return func(o BackfillStep) bool { return o.Kind == s.Kind && o.Kind == BackfillWaiting && o.Name == s.Name }
	}
	for _, s := range p.Steps {
		switch {
		case slices.Contains(shown.Steps, s):
		case slices.ContainsFunc(shown.Steps, named(s)):
			d.Changed = append(d.Changed, s)
		default:
			d.New = append(d.New, s)
		}
	}
	for _, s := range shown.Steps {
		if !slices.Contains(p.Steps, s) && !slices.ContainsFunc(p.Steps, named(s)) {
			d.Gone = append(d.Gone, s)
		}
	}
	if p.ScopeHash != shown.ScopeHash {
		d.Other = append(d.Other, "scope")
	}
	if p.MappingNo != shown.MappingNo {
		d.Other = append(d.Other, "mapping")
	}
	if !slices.Equal(p.Gate, shown.Gate) {
		d.Other = append(d.Other, "gate")
	}
	if len(d.New)+len(d.Gone)+len(d.Changed)+len(d.Other) == 0 {
		d.Other = append(d.Other, "order")
	}
	return &d
}

// BackfillState is where a backfill stands.
type BackfillState string

const (
	BackfillPlanned   BackfillState = "planned" // shown, and nobody has said yes: it binds nobody
	BackfillRunning   BackfillState = "running"
	BackfillDone      BackfillState = "done"
	BackfillStopped   BackfillState = "stopped"   // a run of it did not succeed, so the later ones were not started
	BackfillCancelled BackfillState = "cancelled" // by a person
)

// Open tells whether runs of the backfill are still to come.
func (s BackfillState) Open() bool { return s == BackfillRunning }

// Backfill is a plan that a person has been shown and may have set going. Its runs are made at once and carried out in order, one at a time.
type Backfill struct {
	ID        string
	Plan      BackfillPlan
	Hash      string
	State     BackfillState
	Actor     string
	CreatedAt time.Time
	EndedAt   time.Time
	EndedBy   string // who cancelled it
}
