package store_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samband/store"
)

func TestRetryPolicyValidate(t *testing.T) {
	ok := store.DefaultRetry("a")
	if err := ok.Validate(); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*store.RetryPolicy){
		"attempts": func(p *store.RetryPolicy) { p.Attempts = 0 },
		"first":    func(p *store.RetryPolicy) { p.First = 0 },
		"factor":   func(p *store.RetryPolicy) { p.Factor = 0.5 },
		"longest":  func(p *store.RetryPolicy) { p.Most = p.First - 1 },
		"timeout":  func(p *store.RetryPolicy) { p.Timeout = 6 * time.Hour },
	} {
		p := ok
		spoil(&p)
		var f store.FieldErrors
		if err := p.Validate(); !errors.As(err, &f) || len(f) != 1 || f.Of(field) == nil {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// TestRetryWait holds that a wait is within its bounds whatever the policy, that ceilings never fall, and that the same
// source of chance gives the same waits.
func TestRetryWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := time.Duration(rapid.Int64Range(int64(store.MinRetryWait), int64(store.MaxRetryWait)).Draw(t, "first"))
		p := store.RetryPolicy{Attempts: 3, First: first, Factor: rapid.Float64Range(1, store.MaxFactor).Draw(t, "factor"),
			Most:    time.Duration(rapid.Int64Range(int64(first), int64(store.MaxRetryWait)).Draw(t, "most")),
			Timeout: time.Hour}
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		tried := rapid.IntRange(1, 1000).Draw(t, "tried")
		seed := rapid.Uint64().Draw(t, "seed")
		r := func() *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }
		if p.Ceiling(1) != p.First || p.Ceiling(tried) > p.Ceiling(tried+1) || p.Ceiling(tried) > p.Most {
			t.Fatalf("ceilings %v, %v, %v", p.Ceiling(1), p.Ceiling(tried), p.Ceiling(tried+1))
		}
		w := p.Wait(tried, 0, r())
		if w < store.MinRetryWait || w > max(p.Ceiling(tried), store.MinRetryWait) || w != p.Wait(tried, 0, r()) {
			t.Fatalf("wait %v of at most %v", w, p.Ceiling(tried))
		}
		after := time.Duration(rapid.Int64Range(1, int64(48*time.Hour)).Draw(t, "after"))
		w = p.Wait(tried, after, r())
		if bound := min(after, store.MaxRetryAfter); w < bound || w > bound+time.Minute {
			t.Fatalf("wait %v when asked to come back after %v", w, after)
		}
	})
}

func TestMayRetry(t *testing.T) {
	for _, c := range []struct {
		err  error
		want bool
	}{
		{store.E(store.Unavailable, "http.refused", nil), true},
		{store.E(store.Unavailable, "db.busy", nil), true},
		{store.E(store.Unavailable, "delivery.checksum", nil), false},
		{store.E(store.Refused, "run.scope_changed", nil), false},
		{store.E(store.Invalid, "http.denied", nil), false},
		{errors.New("a fault of ours"), false},
	} {
		if got := store.MayRetry(c.err); got != c.want {
			t.Errorf("%v: %v", c.err, got)
		}
	}
}
