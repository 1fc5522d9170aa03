package store

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// AlertKind is what is wrong. Its name is the text "alert.kind.<kind>", what it means for the data
// "alert.means.<kind>", and what to do "alert.do.<kind>".
type AlertKind string

const (
	AlertFailed  AlertKind = "run_failed"
	AlertRefused AlertKind = "run_refused"
	AlertHeld    AlertKind = "run_held"
	AlertUnknown AlertKind = "run_unknown"
	AlertEmpty   AlertKind = "run_empty"        // the newest load had no rows
	AlertMissed  AlertKind = "run_missed"       // due, and nobody was there
	AlertWaiting AlertKind = "run_not_started"  // due, and still not begun
	AlertSlow    AlertKind = "run_not_finished" // at work for far longer than usual
	AlertLost    AlertKind = "run_lost"         // its process has gone, and nobody has taken it over
	AlertLate    AlertKind = "data_late"
	AlertCircuit AlertKind = "circuit_open" // a host that runs are kept away from
	AlertPart    AlertKind = "part_fault"   // a part of the installation, by its name in PartHealth
)

// AlertRule says how a kind of alert is met. Everything that opens an alert has a line in AlertRules.
type AlertRule struct {
	Kind AlertKind
	// Grave: the data stand still or may be wrong until somebody acts. Who should have acted and didn't is gone past.
	Grave bool
	// Section is the section of the run book when the cause has no code of its own.
	Section Code
}

// AlertRules is every kind of alert, the worst first.
var AlertRules = []AlertRule{
	{AlertPart, true, "internal"},
	{AlertUnknown, true, "registry.commit_unknown"},
	{AlertLost, true, "run.worker_lost"},
	{AlertCircuit, true, "delivery.nothing"},
	{AlertFailed, true, "run.failed"},
	{AlertRefused, true, "gate.no_approval"},
	{AlertHeld, false, "hold.quarantined"},
	{AlertWaiting, true, "queue.depth"},
	{AlertSlow, false, "run.busy"},
	{AlertLate, false, "delivery.nothing"},
	{AlertMissed, false, "slot.down"},
	{AlertEmpty, false, "hold.volume"},
}

// AlertKinds lists the kinds in the order of AlertRules.
var AlertKinds = func() (kinds []AlertKind) {
	for _, r := range AlertRules {
		kinds = append(kinds, r.Kind)
	}
	return kinds
}()

// How long something may go on before it is an alert, or a worse one.
const (
	// StartGrace is how long a due run may wait for a worker.
	StartGrace = 15 * time.Minute
	// A run is slow when it has taken SlowTimes as long as the median of those before it, and SlowLeast at least.
	SlowTimes = 3
	SlowLeast = 30 * time.Minute
	// LostGrace is how long after its lease a run may wait to be taken over.
	LostGrace = 2 * DefaultLease
	// HeldGrace is how long a run may wait for a decision before it is grave.
	HeldGrace = 24 * time.Hour
	// AlertAgain is how soon after it closed an alert that comes back is the same one, about which nobody is told anew.
	AlertAgain = time.Hour
	// EscalateAfter is how long a grave alert waits for somebody to take it before others are told.
	EscalateAfter = 4 * time.Hour
	// MaxSnooze is how long an alert can be put off.
	MaxSnooze = 14 * 24 * time.Hour
)

// AlertCause is something that is wrong now, with all its occurrences as one. Nothing in it tells of a person.
type AlertCause struct {
	Kind     AlertKind
	Subject  string // integration, host or part
	Place    string // data folder that sees it, for what only its process can see; "" for what all processes see
	Registry string // "" for what concerns the installation
	Code     Code   // why; "" when the kind says it
	Args     Args   // of Code
	RunNo    int64  // the newest run that shows it; 0 for none
	Count    int64  // how many times since it was last in order
	Since    time.Time
	Last     time.Time
}

// Key is the same for all occurrences of what is wrong with one thing.
func (c *AlertCause) Key() string {
	return strings.Join([]string{string(c.Kind), c.Subject, c.Place}, " ")
}

// Alert is a cause with a life: opened, taken by somebody or put off, and closed by itself when the cause is gone.
type Alert struct {
	ID string
	AlertCause
	Before    int64 // occurrences of the times it closed and came back
	OpenedAt  time.Time
	ClosedAt  time.Time // zero: open
	TakenBy   string    // who answers for it; "" for nobody
	TakenAt   time.Time
	Reason    string    // what they said
	Until     time.Time // put off until then; zero when not
	Escalated time.Time // when others were told that nobody took it
	Version   int
}

// Total counts the occurrences.
func (a *Alert) Total() int64 { return a.Before + a.Count }

// Open tells whether the cause is still there.
func (a *Alert) Open() bool { return a.ClosedAt.IsZero() }

// Taken tells whether somebody answers for the alert at a moment. One that was put off comes back when its time is over.
func (a *Alert) Taken(now time.Time) bool {
	return a.TakenBy != "" && (a.Until.IsZero() || now.Before(a.Until))
}

// Rule gives the rule of the alert's kind.
func (c *AlertCause) Rule() AlertRule {
	i := slices.IndexFunc(AlertRules, func(r AlertRule) bool { return r.Kind == c.Kind })
	if i < 0 {
		return AlertRule{Kind: c.Kind, Section: "internal"}
	}
	return AlertRules[i]
}

// Grave tells whether the alert is grave at a moment: by its kind, or because a decision has waited too long.
func (c *AlertCause) Grave(now time.Time) bool {
	return c.Rule().Grave || c.Kind == AlertHeld && now.Sub(c.Since) >= HeldGrace
}

// Section gives the code whose section of the run book tells what to do.
func (c *AlertCause) Section() Code { return cmp.Or(c.Code, c.Rule().Section) }

// Right is what somebody must be allowed to do to take the alert.
func (c *AlertCause) Right() Right {
	if c.Registry == "" {
		return EditSettings
	}
	return StartRun
}

// Validate checks what somebody said when they took an alert: "reason" and "until".
func (a *Alert) Validate(now time.Time) error {
	var bad FieldErrors
	if strings.TrimSpace(a.Reason) == "" {
		bad.Add("reason", "field.required", nil)
	}
	if !a.Until.IsZero() && (!a.Until.After(now) || a.Until.Sub(now) > MaxSnooze) {
		bad.Add("until", "alert.until", Args{"days": int(MaxSnooze / (24 * time.Hour))})
	}
	return bad.OrNil()
}

// AlertChange is what is to be done with an alert.
type AlertChange struct {
	Alert Alert
	New   bool // not stored yet
	Tell  bool // people are told that it is open
	Nag   bool // people are told that nobody took it
}

// SettleAlerts holds the alerts against what is wrong now, and gives those that change. known are all open ones, and
// those that closed within AlertAgain. place is the data folder of the process that asks: what only another process can
// see is left to that one, unless it hasn't been heard of for AlertAgain. A clock that was set back opens, closes and
// escalates nothing by itself, and no moment of an alert goes back.
func SettleAlerts(known []Alert, causes []AlertCause, place string, now time.Time) []AlertChange {
	var changes []AlertChange
	byKey := map[string]*Alert{}
	for i := range known {
		a := &known[i]
		if was := byKey[a.Key()]; was == nil || a.Open() || !was.Open() && was.ClosedAt.Before(a.ClosedAt) {
			byKey[a.Key()] = a
		}
	}
	seen := map[string]bool{}
	for _, c := range causes {
		if seen[c.Key()] {
			continue
		}
		seen[c.Key()] = true
		was := byKey[c.Key()]
		if was == nil || !was.Open() && now.Sub(was.ClosedAt) >= AlertAgain {
			a := Alert{AlertCause: c, OpenedAt: now}
			changes = append(changes, AlertChange{Alert: a, New: true, Tell: true})
			continue
		}
		x := AlertChange{Alert: *was}
		a := &x.Alert
		if !was.Open() { // it flaps: the same alert, without a word
			a.Before, a.ClosedAt = was.Total(), time.Time{}
		}
		c.Since = was.Since
		if c.Last.Before(was.Last) {
			c.Last = was.Last
		}
		a.AlertCause = c
		if !a.Taken(now) && a.Escalated.IsZero() && a.Grave(now) && now.Sub(a.OpenedAt) >= EscalateAfter {
			a.Escalated, x.Nag = now, true
		}
		if x.Nag || !was.Open() || !sameCause(&was.AlertCause, &a.AlertCause) {
			changes = append(changes, x)
		}
	}
	for i := range known {
		a := known[i]
		if !a.Open() || seen[a.Key()] || a.Place != "" && a.Place != place && now.Sub(a.Last) < AlertAgain {
			continue
		}
		if a.ClosedAt = now; now.Before(a.Last) {
			a.ClosedAt = a.Last
		}
		changes = append(changes, AlertChange{Alert: a})
	}
	return changes
}

// OpenNow gives the alerts that are open when causes are what is wrong now, whether or not that is stored yet: see
// SettleAlerts. One that isn't stored has no ID.
func OpenNow(known []Alert, causes []AlertCause, now time.Time) (open []Alert) {
	byID := map[string]Alert{}
	for i := range known {
		if known[i].Open() {
			byID[known[i].ID] = known[i]
		}
	}
	for _, x := range SettleAlerts(known, causes, "", now) {
		switch {
		case x.New:
			open = append(open, x.Alert)
		case x.Alert.Open():
			byID[x.Alert.ID] = x.Alert
		default:
			delete(byID, x.Alert.ID)
		}
	}
	return slices.AppendSeq(open, maps.Values(byID))
}

// Picks tells whether an open alert is among those that are asked for.
func (f *AlertFilter) Picks(a *Alert) bool {
	seen := f.Own
	if a.Registry != "" {
		seen = f.All || slices.Contains(f.Registries, a.Registry)
	}
	return seen && (f.Kind == "" || f.Kind == a.Kind) && (f.Registry == "" || f.Registry == a.Registry)
}

// sameCause tells whether there is nothing new to store about a cause. That a process still sees it is, now and then.
func sameCause(was, is *AlertCause) bool {
	if is.Place != "" && is.Last.Sub(was.Last) >= AlertAgain/4 {
		return false
	}
	return was.Code == is.Code && was.RunNo == is.RunNo && was.Count == is.Count &&
		(is.Place != "" || was.Last.Equal(is.Last))
}

// SortAlerts puts the worst first: grave before others, those that nobody has taken before those that somebody has, then
// in the order of AlertRules, and the oldest first.
func SortAlerts(list []Alert, now time.Time) {
	rank := func(a *Alert) int {
		n := slices.Index(AlertKinds, a.Kind)
		if !a.Grave(now) {
			n += 100
		}
		if a.Taken(now) {
			n += 1000
		}
		return n
	}
	slices.SortStableFunc(list, func(a, b Alert) int {
		return cmp.Or(cmp.Compare(rank(&a), rank(&b)), a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID))
	})
}

// Slow tells whether a run that began at a moment has gone on for too long, by how long those before it took.
func Slow(began, now time.Time, before []time.Duration) bool {
	least := SlowLeast
	if len(before) > 0 {
		before = slices.Clone(before)
		slices.Sort(before)
		least = max(least, SlowTimes*before[len(before)/2])
	}
	return now.Sub(began) > least
}

// AlertFilter picks alerts.
type AlertFilter struct {
	Closed     bool // those of the past, newest first, in place of those that are open
	Kind       AlertKind
	Registry   string
	Registries []string // that the reader may see
	All        bool     // all registries
	Own        bool     // also what concerns the installation
	Limit      int
}
