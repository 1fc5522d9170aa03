package jobs

import (
	"context"
	"errors"
	"hash/fnv"
	"math/rand/v2"
	"time"

	"samband/jobs/connector"
	"samband/store"
)

// errTimeout is the cause when an attempt took longer than its integration allows.
var errTimeout = errors.New("jobs: an attempt took too long")

// limit ends an attempt that takes longer than the integration's policy allows.
func (a *attempt) limit(ctx context.Context, cancel context.CancelCauseFunc) (stop func() bool, err error) {
	if a.retry, err = a.j.DB.RetryPolicy(ctx, a.run.IntegrationID); err != nil {
		return nil, err
	}
	return time.AfterFunc(a.retry.Timeout, func() { cancel(errTimeout) }).Stop, nil
}

// hosts gives the outside hosts that the run needs.
func (a *attempt) hosts() []string {
	if a.input != nil || a.q.Kind == nil || a.q.Connection == nil {
		return nil
	}
	return a.q.Kind.Hosts(a.q.Connection.Settings)
}

// enter asks the circuits of the run's hosts whether it may go ahead, or else until when it waits.
func (a *attempt) enter(ctx context.Context) error {
	for _, host := range a.hosts() {
		ok, until, err := a.j.DB.EnterCircuit(ctx, host)
		if err != nil {
			return err
		}
		if !ok {
			return &away{host: host, until: until}
		}
		a.entered = append(a.entered, host)
	}
	return nil
}

// away is the error of a run that was not let through to a host. It has used no attempt up.
type away struct {
	host  string
	until time.Time
}

func (e *away) Error() string { return "run.circuit" }

// Unwrap gives what a run fails with that can't wait.
func (e *away) Unwrap() error {
	return store.E(store.Unavailable, "run.circuit", store.Args{"host": e.host, "at": e.until})
}

// answered tells the circuits how the run's hosts did.
func (a *attempt) answered(ctx context.Context, err error) {
	j := a.j
	var f *connector.Failure
	failed := errors.As(err, &f) && store.ClassOf(err) == store.Unavailable
	for _, host := range a.entered {
		switch {
		case failed && f.Host == host:
			c, err := j.DB.FailedCircuit(ctx, host, store.CodeOf(f), f.After)
			if err != nil {
				j.Log.Error("a failure was not counted", "host", host, "error", err)
			} else if c.State(j.Clock.Now()) == store.CircuitOpen {
				j.log(ctx, a.run, store.LogWarn, a.stage, "circuit.opened",
					store.Args{"host": host, "failures": c.Failures, "at": c.Until})
			}
		case !failed:
			if err := j.DB.AnsweredCircuit(ctx, host); err != nil {
				j.Log.Error("an answer was not noted", "host", host, "error", err)
			}
		}
	}
}

// putOff lets a run wait for its next attempt after err, when trying again can help and there is an attempt left. A run
// that the shell asked for doesn't wait: whoever asked is told, and nobody else carries it out.
func (a *attempt) putOff(ctx context.Context, err error) (bool, error) {
	j, r := a.j, a.run
	if r.State != store.RunRunning || r.Trigger == store.TriggerShell || a.input != nil || !store.MayRetry(err) {
		return false, nil
	}
	now := j.Clock.Now()
	var closed *away
	if errors.As(err, &closed) {
		args := store.Args{"host": closed.host, "at": closed.until}
		j.log(ctx, r, store.LogWarn, store.StageWaiting, "run.circuit", args)
		return true, a.wait(ctx, closed.until.Sub(now), "run.circuit", args)
	}
	r.Tries++
	args := store.Args{"n": r.Tries, "of": a.retry.Attempts}
	if r.Tries >= a.retry.Attempts {
		j.log(ctx, r, store.LogError, a.stage, "run.no_more", args)
		return false, nil
	}
	j.log(ctx, r, store.LogError, a.stage, store.CodeOf(err), argsOf(err))
	var f *connector.Failure
	var after time.Duration
	if errors.As(err, &f) {
		after = f.After
	}
	wait := a.retry.Wait(r.Tries, after, chance(r.ID, r.Tries))
	args["at"] = now.Add(wait)
	j.log(ctx, r, store.LogWarn, store.StageWaiting, "run.retry", args)
	return true, a.wait(ctx, wait, "run.retry", args)
}

func (a *attempt) wait(ctx context.Context, d time.Duration, reason store.Code, args store.Args) error {
	j, r := a.j, a.run
	j.progress.remove(r.ID)
	if err := j.DB.WaitRun(ctx, r, j.Clock.Now().Add(d), reason, args); err != nil {
		return err
	}
	time.AfterFunc(d, j.Wake)
	return nil
}

// chance gives the source of a wait's jitter: other runs get other waits, the same one the same.
func chance(runID string, tried int) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(runID))
	return rand.New(rand.NewPCG(h.Sum64(), uint64(tried)))
}
