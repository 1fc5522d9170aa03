package jobs

import (
	"context"
	"maps"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"samband/jobs/connector"
	"samband/jobs/connector/all"
	"samband/jobs/connector/consentfile"
	"samband/store"
	"samband/store/seed"
)

// flaky is a source in place of the drop folder: what ails it is asked first, at every Next.
type flaky struct {
	connector.Source
	next func(context.Context) error
}

func (f flaky) Next(ctx context.Context, done func(string) (bool, error)) (connector.Delivery, error) {
	if err := f.next(ctx); err != nil {
		return nil, err
	}
	return f.Source.Next(ctx, done)
}

const flakyHost = "kilde.example:443"

// openFlaky opens an installation whose source lies at a host and is ailed by next.
func openFlaky(t testing.TB, next func(context.Context) error) *house {
	c := all.Connectors()[0]
	inner := c.OpenSource
	c.Kind.Options = append(slices.Clone(c.Kind.Options),
		store.Option{Name: "address", Kind: store.OptionURL, Default: "https://kilde.example/uttrekk"})
	c.OpenSource = func(s connector.Settings) (connector.Source, error) {
		s.Values = maps.Clone(s.Values)
		delete(s.Values, "address")
		src, err := inner(s)
		return flaky{src, next}, err
	}
	return openWith(t, []connector.Connector{c, consentfile.Connector()})
}

// asked gives a run that a person asked for, due now.
func (h *house) asked() *store.Run {
	h.t.Helper()
	r := &store.Run{IntegrationID: seed.DemoIntegration, Trigger: store.TriggerPerson}
	if err := h.DB.CreateRun(h.t.Context(), r, by); err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *house) carriedOut(id string) *store.Run {
	h.t.Helper()
	if err := h.Execute(h.t.Context(), id); err != nil {
		h.t.Fatal(err)
	}
	r, err := h.DB.Run(h.t.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

// codes gives the codes of a run's log.
func (h *house) codes(r *store.Run) []store.Code {
	h.t.Helper()
	lines, err := h.DB.Log(h.t.Context(), r.No, store.LogFilter{})
	if err != nil {
		h.t.Fatal(err)
	}
	var codes []store.Code
	for _, l := range lines {
		codes = append(codes, l.Code)
	}
	return codes
}

func TestRetry(t *testing.T) {
	for _, c := range []struct {
		name  string
		fails int // times
		after time.Duration
		class store.Class
		want  store.RunState
		tries int
	}{
		{"twice away", 2, 0, store.Unavailable, store.RunSucceeded, 2},
		{"asked to come back later", 1, 7 * time.Minute, store.Unavailable, store.RunSucceeded, 1},
		{"away for good", 100, 0, store.Unavailable, store.RunFailed, 3},
		{"wrong for good", 100, 0, store.Invalid, store.RunFailed, 0},
		{"refused", 100, 0, store.Refused, store.RunRefused, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			asked := 0
			h := openFlaky(t, func(context.Context) error {
				if asked++; asked <= c.fails {
					return &connector.Failure{Host: flakyHost, After: c.after,
						Err: store.E(c.class, "files.folder", store.Args{"folder": "x"})}
				}
				return nil
			})
			h.deliver(1)
			r := h.asked()
			for range 10 {
				before := h.clock.Now()
				if r = h.carriedOut(r.ID); !r.Waiting() {
					break
				}
				wait := r.StartAt.Sub(before)
				if r.LeaseOwner != "" || wait < max(store.MinRetryWait, c.after) || wait > max(c.after+time.Minute, 30*time.Minute) ||
					r.Reason != "run.retry" {
					t.Fatalf("waits %v: %+v", wait, r)
				}
				if due, _ := h.DB.DueRuns(t.Context(), h.clock.Now()); len(due) != 0 {
					t.Error("begins before its time")
				}
				h.clock.Advance(wait)
			}
			if r.State != c.want || r.Tries != c.tries || !r.Counts.Balanced() {
				t.Errorf("%s %s after %d tries, %v", r.State, r.Reason, r.Tries, h.codes(r))
			}
			if c.want == store.RunSucceeded == (r.Counts.Loaded == 0) || c.want != store.RunSucceeded && r.Reason != "files.folder" {
				t.Errorf("%s, %d loaded", r.Reason, r.Counts.Loaded)
			}
			if n := count(h.codes(r), "files.folder"); n != min(c.fails, max(c.tries, 1)) {
				t.Errorf("the log tells %d times why: %v", n, h.codes(r))
			}
		})
	}
}

func count(codes []store.Code, code store.Code) (n int) {
	for _, c := range codes {
		if c == code {
			n++
		}
	}
	return n
}

// TestCircuitKeepsAway holds that a run to a host that failed too often waits, without using an attempt up, and goes ahead
// when a person resets the circuit.
func TestCircuitKeepsAway(t *testing.T) {
	var asked atomic.Int32
	h := openFlaky(t, func(context.Context) error { asked.Add(1); return nil })
	h.deliver(1)
	for range store.CircuitFailures {
		if _, err := h.DB.FailedCircuit(t.Context(), flakyHost, "http.refused", 0); err != nil {
			t.Fatal(err)
		}
	}
	r := h.carriedOut(h.asked().ID)
	if !r.Waiting() || r.Reason != "run.circuit" || r.Tries != 0 || asked.Load() != 0 {
		t.Fatalf("%+v, asked %d times", r, asked.Load())
	}
	if fail := h.run(""); fail.State != store.RunSkipped { // the one that waits is at work as far as others can tell
		t.Errorf("%s %s", fail.State, fail.Reason)
	}
	if err := h.DB.ResetCircuit(t.Context(), flakyHost, by); err != nil {
		t.Fatal(err)
	}
	if r = h.carriedOut(r.ID); r.State != store.RunSucceeded || r.Counts.Loaded == 0 {
		t.Errorf("%s %s", r.State, r.Reason)
	}
	if list, err := h.DB.Circuits(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
}

// TestCircuitOpens holds that failures of whichever run count, and that an answer begins the count anew.
func TestCircuitOpens(t *testing.T) {
	var away atomic.Bool
	h := openFlaky(t, func(context.Context) error {
		if away.Load() {
			return &connector.Failure{Host: flakyHost, Err: store.E(store.Unavailable, "files.folder", store.Args{"folder": "x"})}
		}
		return nil
	})
	away.Store(true)
	for range store.CircuitFailures - 1 {
		h.run("") // from the shell: tried once
	}
	away.Store(false)
	h.run("")
	away.Store(true)
	for range store.CircuitFailures {
		if r := h.run(""); r.Reason != "files.folder" {
			t.Fatalf("%s %s", r.State, r.Reason)
		}
	}
	r := h.run("")
	if r.State != store.RunFailed || r.Reason != "run.circuit" {
		t.Errorf("%s %s", r.State, r.Reason)
	}
	h.clock.Advance(time.Hour)
	away.Store(false)
	if r := h.run(""); r.State != store.RunSucceeded {
		t.Errorf("half open: %s %s", r.State, r.Reason)
	}
}

// TestRunTimeout holds that a run ends no more than two seconds past its limit, however its source hangs.
func TestRunTimeout(t *testing.T) {
	h := openFlaky(t, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	p := store.DefaultRetry(seed.DemoIntegration)
	p.Timeout = time.Second
	if err := h.DB.SaveRetryPolicy(t.Context(), &p, by); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	r := h.carriedOut(h.asked().ID)
	if took := time.Since(began); took > p.Timeout+2*time.Second {
		t.Errorf("took %v", took)
	}
	if r.State != store.RunFailed || r.Reason != "run.timeout" || r.Tries != 0 || r.ReasonArgs["limit"] == nil {
		t.Errorf("%s %s %v", r.State, r.Reason, r.ReasonArgs)
	}
}
