package store

import (
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// RetryPolicy says how often a run is tried again when what it needs was away, how long it waits in between, and how long
// an attempt may take. It is operational: changing it needs no approval.
type RetryPolicy struct {
	IntegrationID string
	Attempts      int           // in all; 1 is never again
	First         time.Duration // the wait after the first attempt
	Factor        float64       // how many times longer each wait is than the one before
	Most          time.Duration // the longest wait
	Timeout       time.Duration // how long one attempt may take
	Version       int           // 0 while nobody has said anything: the defaults hold
}

// DefaultRetry gives the policy of an integration that nobody has said anything about: three attempts within half an
// hour, four hours each.
func DefaultRetry(integrationID string) RetryPolicy {
	return RetryPolicy{IntegrationID: integrationID, Attempts: 3, First: time.Minute, Factor: 3, Most: 30 * time.Minute,
		Timeout: 4 * time.Hour}
}

// The limits that Validate holds. A run has six hours before the queue gives it up, so an attempt must be shorter.
const (
	MaxRunAttempts = 20
	MinRetryWait   = time.Second
	MaxRetryWait   = 24 * time.Hour
	MaxFactor      = 10.0
	MinRunTimeout  = time.Second
	MaxRunTimeout  = 5 * time.Hour
	// MaxRetryAfter bounds how long the other side can ask us to stay away.
	MaxRetryAfter = 24 * time.Hour
)

// Validate checks the policy. The error is a FieldErrors.
func (p RetryPolicy) Validate() error {
	var f FieldErrors
	if p.Attempts < 1 || p.Attempts > MaxRunAttempts {
		f.Add("attempts", "retry.attempts", Args{"max": MaxRunAttempts})
	}
	if p.First < MinRetryWait || p.First > MaxRetryWait {
		f.Add("first", "retry.first", nil)
	}
	if !(p.Factor >= 1 && p.Factor <= MaxFactor) {
		f.Add("factor", "retry.factor", Args{"max": int(MaxFactor)})
	}
	if p.Most < p.First || p.Most > MaxRetryWait {
		f.Add("longest", "retry.longest", nil)
	}
	if p.Timeout < MinRunTimeout || p.Timeout > MaxRunTimeout {
		f.Add("timeout", "retry.timeout", Args{"hours": int(MaxRunTimeout / time.Hour)})
	}
	return f.OrNil()
}

// Ceiling gives the longest wait after attempt number tried (1 = the first): it grows by Factor, up to Most.
func (p RetryPolicy) Ceiling(tried int) time.Duration {
	d := float64(p.First) * math.Pow(p.Factor, float64(max(tried, 1)-1))
	return time.Duration(min(d, float64(p.Most))) // compared as floats: what overflows is above Most
}

// Wait gives how long to wait after attempt number tried: anything up to its Ceiling with full jitter, so that many who
// failed at once don't come back at once, and never under a second. after, when the other side has said it, wins: no
// sooner than that, and with a little jitter on top.
func (p RetryPolicy) Wait(tried int, after time.Duration, r *rand.Rand) time.Duration {
	if after > 0 {
		after = min(after, MaxRetryAfter)
		return after + time.Duration(r.Int64N(int64(min(after/10, time.Minute))+1))
	}
	return max(MinRetryWait, time.Duration(r.Int64N(int64(p.Ceiling(tried))+1)))
}

// MayRetry tells whether trying again can help: the other side, or something of ours, was away. What a delivery itself is
// like stays as it is however often it is read, and what is refused or wrong stays so until somebody changes it.
func MayRetry(err error) bool {
	code := string(CodeOf(err))
	return ClassOf(err) == Unavailable && !strings.HasPrefix(code, "delivery.") && !strings.HasPrefix(code, "csv.")
}
