package store

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestCountsBalance(t *testing.T) {
	n := rapid.Int64Range(0, 1e9)
	rapid.Check(t, func(t *rapid.T) {
		c := Counts{Loaded: n.Draw(t, "l"), Unchanged: n.Draw(t, "u"), Merged: n.Draw(t, "m"), Filtered: n.Draw(t, "f"),
			Quarantined: n.Draw(t, "q"), Blocked: n.Draw(t, "b")}
		c.Read = c.Loaded + c.Unchanged + c.Merged + c.Filtered + c.Quarantined + c.Blocked
		twice := c
		twice.Add(c)
		if !c.Balanced() || !twice.Balanced() || twice.Read != 2*c.Read {
			t.Fatalf("%+v does not balance", twice)
		}
		for _, out := range []*int64{&c.Read, &c.Loaded, &c.Unchanged, &c.Merged, &c.Filtered, &c.Quarantined, &c.Blocked} {
			*out++
			if c.Balanced() {
				t.Fatalf("%+v balances although a row is lost", c)
			}
			*out--
		}
	})
}

func TestHold(t *testing.T) {
	for name, x := range map[string]struct {
		limits            Limits
		read, quarantined int64
		normal            int64
		want              Code
	}{
		"as usual":                          {Limits{}, 1000, 0, 1000, ""},
		"the first delivery":                {Limits{}, 1000, 0, 0, ""},
		"the first delivery is empty":       {Limits{}, 0, 0, 0, ""},
		"an empty one after full ones":      {Limits{}, 0, 0, 1, "hold.empty"},
		"an empty one, and that is allowed": {Limits{AllowEmpty: true}, 0, 0, 1000, ""},
		"at the default share":              {Limits{}, 1000, 50, 1000, ""},
		"over the default share":            {Limits{}, 1000, 51, 1000, "hold.quarantined"},
		"at 0.29, not a double":             {Limits{MaxQuarantined: 0.29}, 100, 29, 100, ""},
		"over 0.29":                         {Limits{MaxQuarantined: 0.29}, 100, 30, 100, "hold.quarantined"},
		"at 0.07":                           {Limits{MaxQuarantined: 0.07}, 100, 7, 100, ""},
		"all held back, allowed":            {Limits{MaxQuarantined: 1}, 100, 100, 100, ""},
		"at the default volume":             {Limits{}, 500, 0, 1000, ""},
		"under the default volume":          {Limits{}, 499, 0, 1000, "hold.volume"},
		"at nine tenths":                    {Limits{MinVolume: 0.9}, 900, 0, 1000, ""},
		"under nine tenths":                 {Limits{MinVolume: 0.9}, 899, 0, 1000, "hold.volume"},
		"many more than usual":              {Limits{}, 100_000, 0, 1000, ""},
		"too many held back comes first":    {Limits{}, 100, 100, 1000, "hold.quarantined"},
	} {
		e := x.limits.Hold(Counts{Read: x.read, Quarantined: x.quarantined}, x.normal)
		if x.want == "" && e != nil || x.want != "" && (e == nil || e.Code != x.want || e.Class != Refused) {
			t.Errorf("%s: got %v, want %q", name, e, x.want)
		}
	}
}

// TestHoldBoundaries: whatever the share in thousandths, exactly that many rows pass and one more does not.
func TestHoldBoundaries(t *testing.T) {
	for n := int64(1); n < 1000; n++ {
		l := Limits{MaxQuarantined: float64(n) / 1000}
		if e := l.Hold(Counts{Read: 1000, Quarantined: n}, 0); e != nil {
			t.Errorf("%d of 1000 is held at a limit of exactly that", n)
		}
		if e := l.Hold(Counts{Read: 1000, Quarantined: n + 1}, 0); e == nil {
			t.Errorf("%d of 1000 passes a limit of %d", n+1, n)
		}
	}
}

func TestNormal(t *testing.T) {
	for want, reads := range map[int64][]int64{
		0: nil, 7: {7}, 20: {10, 20}, 30: {90, 10, 30}, 41: {40, 42, 41, 1},
	} {
		given := slices.Clone(reads)
		if got := Normal(reads); got != want {
			t.Errorf("Normal(%v) = %d, want %d", reads, got, want)
		}
		if !slices.Equal(given, reads) {
			t.Errorf("the list was changed to %v", reads)
		}
	}
}

func TestStoppedRunLoadsNothing(t *testing.T) {
	for _, to := range []RunState{RunFailed, RunRefused, RunCancelled, RunHeld, RunSucceeded} {
		r := Run{State: RunRunning, Counts: Counts{Read: 5, Loaded: 3, Unchanged: 2}}
		if err := r.Move(to, "", nil); err != nil {
			t.Fatal(err)
		}
		if stopped := to != RunHeld && to != RunSucceeded; r.Stopped() != stopped || (r.Counts.Loaded == 0) != stopped ||
			r.Counts.Read != 5 {
			t.Errorf("%s: %+v", to, r.Counts)
		}
	}
}

// A load that was taken back stands in nobody's way.
func TestRunBrought(t *testing.T) {
	for want, list := range map[bool][]Run{
		true: {{Counts: Counts{Loaded: 1}}},
		false: {{}, {Counts: Counts{Unchanged: 1}}, {Counts: Counts{Loaded: 1}, DryRun: true}, {Counts: Counts{Loaded: 1}, Shadow: true},
			{Counts: Counts{Loaded: 1}, Reason: "run.undone"}},
	} {
		for _, r := range list {
			if r.Brought() != want {
				t.Errorf("%+v brought something: %v", r, !want)
			}
		}
	}
}
