package store

import "time"

// ExpirySteps are the days before the end of a certificate or secret at which people are told, each time anew; 0 is the
// end itself.
var ExpirySteps = []int{0, 1, 7, 30}

// ExpiryStep gives the step that something which ends at a moment has reached, and false when its end is further away
// than all of them.
func ExpiryStep(ends, now time.Time) (step int, near bool) {
	for _, days := range ExpirySteps {
		if !now.AddDate(0, 0, days).Before(ends) {
			return days, true
		}
	}
	return 0, false
}
