package store

import "time"

// Retention is how many days things about runs are kept; 0 keeps them for good. The runs themselves are always kept,
// and nothing is removed that an open finding, a held run or an approval on its way needs.
type Retention struct {
	Log      int `json:"log"`      // lines of runs' logs, and what a run ran with
	Reports  int `json:"reports"`  // quality reports, but the newest of each integration
	Findings int `json:"findings"` // findings that are closed
	Sealed   int `json:"sealed"`   // sealed rows of findings that are closed
	// Deliveries that are put away, sealed, but for those of runs that wait for a decision.
	Deliveries int `json:"deliveries"`
}

// DefaultRetention holds where nobody has said anything.
var DefaultRetention = Retention{Log: 730, Reports: 3650, Findings: 3650, Sealed: 365, Deliveries: 90}

// MaxRetention is the greatest number of days that can be set.
const MaxRetention = 36500

// Validate finds numbers of days that can't be.
func (r Retention) Validate() error {
	var bad FieldErrors
	for _, f := range []struct {
		name string
		days int
	}{{"log", r.Log}, {"reports", r.Reports}, {"findings", r.Findings}, {"sealed", r.Sealed}, {"deliveries", r.Deliveries}} {
		if f.days < 0 || f.days > MaxRetention {
			bad.Add(f.name, "retention.days", Args{"max": MaxRetention})
		}
	}
	if r.Findings > 0 && (r.Sealed == 0 || r.Sealed > r.Findings) { // a sealed row lies in its finding
		bad.Add("sealed", "retention.sealed", nil)
	}
	return bad.OrNil()
}

// Before gives the moment that what is kept so many days must be younger than; zero when it is kept for good.
func (Retention) Before(now time.Time, days int) time.Time {
	if days == 0 {
		return time.Time{}
	}
	return now.AddDate(0, 0, -days)
}

// Swept is what a sweep removed, or the newest sweep of an installation.
type Swept struct {
	At       time.Time `json:"at"`
	Log      int64     `json:"log"`
	Reports  int64     `json:"reports"`
	Findings int64     `json:"findings"`
	Sealed   int64     `json:"sealed"`
	// Deliveries that were put away.
	Deliveries int64 `json:"deliveries"`
}

// Any tells whether anything was removed.
func (s Swept) Any() bool { return s.Log+s.Reports+s.Findings+s.Sealed+s.Deliveries > 0 }
