package store

import (
	"cmp"
	"slices"
	"time"
)

// Bundle is configuration as code: what `samband export` writes and `samband import` reads. The order of the sections
// and the sorting by id are fixed, so that export → import → export is byte-equal. It holds no state and no decision
// that lets anything run: importing never approves.
type Bundle struct {
	Format       int                 `yaml:"samband"` // 1
	Solutions    []Solution          `yaml:"solutions,omitempty"`
	Systems      []System            `yaml:"systems,omitempty"`
	Methods      []Method            `yaml:"methods,omitempty"`
	RiskScales   []Scale             `yaml:"risk_scales,omitempty"` // those after version 1
	ROS          []RiskAssessment    `yaml:"ros,omitempty"`
	LD           []SolutionDesign    `yaml:"ld,omitempty"`
	Registries   []Registry          `yaml:"registries,omitempty"`
	Connections  []Connection        `yaml:"connections,omitempty"`
	Consents     []ConsentRule       `yaml:"consents,omitempty"`
	Codebooks    []Codebook          `yaml:"codebooks,omitempty"`
	Calendars    []Calendar          `yaml:"calendars,omitempty"`
	Integrations []BundleIntegration `yaml:"integrations,omitempty"`
}

// BundleFormat is the version of the format that this program writes, and the only one it reads.
const BundleFormat = 1

// BundleIntegration is an integration with the mapping and the schedule in use.
type BundleIntegration struct {
	Integration `yaml:",inline"`
	Mapping     *Mapping      `yaml:"mapping,omitempty"`
	Schedule    *ScheduleSpec `yaml:"schedule,omitempty"`
	Retry       *RetrySpec    `yaml:"retry,omitempty"`
}

// RetrySpec is a retry policy as configuration: without version. What is left out gets the defaults of DefaultRetry.
type RetrySpec struct {
	Attempts int           `yaml:"attempts,omitempty"`
	First    time.Duration `yaml:"first,omitempty"`
	Factor   float64       `yaml:"factor,omitempty"`
	Most     time.Duration `yaml:"most,omitempty"`
	Timeout  time.Duration `yaml:"timeout,omitempty"`
}

// Spec gives the configuration part of a policy.
func (p RetryPolicy) Spec() *RetrySpec {
	return &RetrySpec{Attempts: p.Attempts, First: p.First, Factor: p.Factor, Most: p.Most, Timeout: p.Timeout}
}

// Apply puts the configuration on a policy.
func (c *RetrySpec) Apply(p *RetryPolicy) {
	d := DefaultRetry(p.IntegrationID)
	p.Attempts, p.First, p.Factor = cmp.Or(c.Attempts, d.Attempts), cmp.Or(c.First, d.First), cmp.Or(c.Factor, d.Factor)
	p.Most, p.Timeout = cmp.Or(c.Most, d.Most), cmp.Or(c.Timeout, d.Timeout)
}

// ScheduleSpec is a schedule as configuration: without identity, pause and version.
type ScheduleSpec struct {
	Expr          string        `yaml:"expr,omitempty"`
	Every         time.Duration `yaml:"every,omitempty"`
	Anchor        time.Time     `yaml:"anchor,omitempty"`
	Zone          string        `yaml:"zone,omitempty"`
	Enabled       bool          `yaml:"enabled"`
	CatchUp       CatchUp       `yaml:"catch_up,omitempty"`
	CatchUpWindow time.Duration `yaml:"catch_up_window,omitempty"`
	CatchUpMax    int           `yaml:"catch_up_max,omitempty"`
	Overlap       Overlap       `yaml:"overlap,omitempty"`
	Wait          time.Duration `yaml:"wait,omitempty"`
	Calendars     []string      `yaml:"calendars,omitempty"`
	Jitter        time.Duration `yaml:"jitter,omitempty"`
}

// Spec gives the configuration part of a schedule.
func (s Schedule) Spec() *ScheduleSpec {
	return &ScheduleSpec{Expr: s.Expr, Every: s.Every, Anchor: s.Anchor, Zone: s.Zone, Enabled: s.Enabled,
		CatchUp: s.CatchUp, CatchUpWindow: s.CatchUpWindow, CatchUpMax: s.CatchUpMax, Overlap: s.Overlap, Wait: s.Wait,
		Calendars: s.Calendars, Jitter: s.Jitter}
}

// Apply puts the configuration on a schedule; what is left out gets the defaults of NewSchedule.
func (c *ScheduleSpec) Apply(s *Schedule) {
	d := NewSchedule(s.IntegrationID, c.Expr)
	s.Expr, s.Every, s.Anchor, s.Zone, s.Enabled = c.Expr, c.Every, c.Anchor, c.Zone, c.Enabled
	s.CatchUp, s.CatchUpWindow, s.CatchUpMax, s.Overlap, s.Jitter = c.CatchUp, c.CatchUpWindow, c.CatchUpMax, c.Overlap, c.Jitter
	s.Wait, s.Calendars = cmp.Or(c.Wait, d.Wait), slices.Compact(slices.Sorted(slices.Values(c.Calendars)))
	if s.Zone == "" {
		s.Zone = d.Zone
	}
	if s.CatchUp == "" {
		s.CatchUp, s.CatchUpWindow, s.CatchUpMax = d.CatchUp, d.CatchUpWindow, d.CatchUpMax
	}
	if s.Overlap == "" {
		s.Overlap = d.Overlap
	}
}
