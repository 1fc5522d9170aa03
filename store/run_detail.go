package store

import (
	"slices"
	"time"
)

// RunDetail is what is kept of a run besides its row: what it ran with, when it came to each stage, and what its
// delivery looked like. It goes when its class of Retention says so.
type RunDetail struct {
	RunNo  int64       `json:"-"`
	Config RunConfig   `json:"config"`
	Stages []StageMark `json:"stages,omitempty"`
	Shape  *Shape      `json:"shape,omitempty"` // nil: no delivery was read
	// Against is the run whose delivery Shape was held against; 0 when there was none.
	Against int64 `json:"against,omitempty"`
	// Normal is the row count that was usual then; 0 when there was none.
	Normal int64 `json:"normal,omitempty"`
	// New and Changed are the keys that the load brought and those it changed, or would have: together Counts.Loaded.
	New     int64 `json:"new,omitempty"`
	Changed int64 `json:"changed,omitempty"`
	// Once tells that a person let a delivery load that is not how they usually are: it teaches nothing.
	Once bool `json:"once,omitempty"`
	// Accepted is who called the delivery the new normal, and why; nil when nobody did.
	Accepted *Acceptance `json:"accepted,omitempty"`
	// Consents are the lists of people's choices that it asked, in order of the rules.
	Consents []RunConsent `json:"consents,omitempty"`
	// Transport is what went out in two halves; nil when nothing did.
	Transport *Transport `json:"transport,omitempty"`
}

// Acceptance is a person's word that deliveries look like this one from now on.
type Acceptance struct {
	By  Actor  `json:"by"`
	Why string `json:"why"`
}

// RunConfig is what a run ran with, as it stood then. Secrets are no part of a connection.
type RunConfig struct {
	Connection string            `json:"connection,omitempty"` // name
	Kind       string            `json:"kind,omitempty"`
	Settings   map[string]string `json:"settings,omitempty"`
	Limits     Limits            `json:"limits"`
	Retry      *RetryPolicy      `json:"retry,omitempty"` // nil: it isn't tried again
}

// StageMark is when a run came to a stage.
type StageMark struct {
	Attempt int       `json:"attempt"`
	Stage   Stage     `json:"stage"`
	At      time.Time `json:"at"`
}

// StageTime is how long a run was at a stage, in its last attempt.
type StageTime struct {
	Stage Stage
	At    time.Time
	Took  time.Duration
}

// StageTimes gives how long the last attempt was at each stage; the last stage ends with the run.
func (d *RunDetail) StageTimes(ended time.Time) (times []StageTime) {
	if d == nil || len(d.Stages) == 0 {
		return nil
	}
	last := d.Stages[len(d.Stages)-1].Attempt
	for i, s := range d.Stages {
		end := ended
		if i+1 < len(d.Stages) {
			end = d.Stages[i+1].At
		}
		if s.Attempt == last && !end.Before(s.At) {
			times = append(times, StageTime{s.Stage, s.At, end.Sub(s.At)})
		}
	}
	return times
}

// CheckChange says how a check stands against the run before.
type CheckChange string

const (
	CheckNew      CheckChange = "new"
	CheckStill    CheckChange = "still"
	CheckResolved CheckChange = "resolved"
)

// ComparedCheck is one reason for which rows were held back, in one of two runs or in both.
type ComparedCheck struct {
	Reason   string
	Change   CheckChange
	Was, Now int64
}

// RunComparison is what a run did, held against the run before it.
type RunComparison struct {
	New, Changed int64
	Split        bool  // New and Changed can be told
	Gone         int64 // keys of the delivery before that are not among the accepted rows of this
	GoneKnown    bool
	Checks       []ComparedCheck // new ones first, then those that still fail, then the resolved; by reason
}

// RunFigures is what a comparison needs of a run. Detail and Report may be nil.
type RunFigures struct {
	Run    *Run
	Detail *RunDetail
	Report *QualityReport
}

// CompareWithBefore holds a run against the one before it. Which keys are gone can be told only where the delivery before held
// everything that the registry has: then every key of the registry that this delivery didn't bring is one it lacks. No
// check is resolved by a run that didn't read its delivery to the end.
func CompareWithBefore(before, now RunFigures) (c RunComparison) {
	keys := func(r *Run) int64 { return r.Counts.Loaded + r.Counts.Unchanged }
	if now.Detail != nil && now.Detail.New+now.Detail.Changed == now.Run.Counts.Loaded {
		c.Split, c.New, c.Changed = true, now.Detail.New, now.Detail.Changed
	}
	if c.Split && before.Report != nil && now.Report != nil && before.Run.State == RunSucceeded && now.Run.State == RunSucceeded &&
		before.Report.Rows == keys(before.Run) && now.Report.Rows == before.Report.Rows+c.New {
		c.Gone, c.GoneKnown = now.Report.Rows-keys(now.Run), true
	}
	if !now.Run.ReadWhole() {
		return c
	}
	var reasons []string
	for reason := range now.Run.QuarantinedBy {
		reasons = append(reasons, reason)
	}
	for reason := range before.Run.QuarantinedBy {
		if _, both := now.Run.QuarantinedBy[reason]; !both {
			reasons = append(reasons, reason)
		}
	}
	slices.Sort(reasons)
	for _, change := range []CheckChange{CheckNew, CheckStill, CheckResolved} {
		for _, reason := range reasons {
			x := ComparedCheck{Reason: reason, Change: CheckStill, Was: before.Run.QuarantinedBy[reason], Now: now.Run.QuarantinedBy[reason]}
			switch {
			case x.Was == 0 && x.Now == 0:
				continue
			case x.Was == 0:
				x.Change = CheckNew
			case x.Now == 0:
				x.Change = CheckResolved
			}
			if x.Change == change {
				c.Checks = append(c.Checks, x)
			}
		}
	}
	return c
}
