package store

import (
	"slices"
	"strings"
	"testing"
)

// machine is a state machine as a test sees it: all its states, and a way to ask about one move.
type machine struct {
	states []string
	can    func(from, to string) bool
	legal  string // one line per state that can be left: from → to, to
}

func machineOf[S ~string](states []S, can func(S, S) bool, legal string) machine {
	m := machine{legal: legal, can: func(from, to string) bool { return can(S(from), S(to)) }}
	for _, s := range states {
		m.states = append(m.states, string(s))
	}
	return m
}

// machines has every state machine with its whole table, written out once more from design.md section 2 and
// contracts/governance.md section 2.3.
var machines = map[string]machine{
	"integration": machineOf(IntegrationStates, IntegrationState.CanMove, `
		candidate → in_analysis, ended
		in_analysis → in_assessment, candidate, ended
		in_assessment → approved, in_analysis, ended
		approved → in_operation, in_assessment, suspended, ended
		in_operation → suspended, ended
		suspended → in_operation, in_assessment, ended`),
	"approval": machineOf(ApprovalStates, ApprovalState.CanMove, `
		draft → submitted
		submitted → change_requested, approved, rejected
		change_requested → submitted
		approved → revoked, expired, superseded`),
	"ROS": machineOf(ROSStates, ROSState.CanMove, `
		draft → performed, withdrawn
		performed → in_treatment, accepted, accepted_with_conditions, rejected, withdrawn
		in_treatment → accepted, accepted_with_conditions, rejected, withdrawn
		accepted → expired, withdrawn
		accepted_with_conditions → expired, withdrawn`),
	"LD": machineOf(LDStates, LDState.CanMove, `
		draft → in_review
		in_review → approved, draft
		approved → superseded`),
	"request": machineOf(RequestStates, RequestState.CanMove, `
		asked → granted, declined, withdrawn, lapsed`),
	"review of access": machineOf(ReviewStates, ReviewState.CanMove, `
		open → overdue, closed
		overdue → closed`),
	"run": machineOf(RunStates, RunState.CanMove, `
		due → running, refused, missed, skipped, cancelled
		running → succeeded, held, refused, failed, cancelled, unknown
		held → succeeded, cancelled
		unknown → succeeded, failed`),
}

func TestStateMachines(t *testing.T) {
	for name, m := range machines {
		legal := map[string][]string{}
		for line := range strings.Lines(strings.TrimSpace(m.legal)) {
			from, to, _ := strings.Cut(strings.TrimSpace(line), " → ")
			legal[from] = strings.Split(to, ", ")
		}
		for from, to := range legal {
			for _, s := range append(to, from) {
				if !slices.Contains(m.states, s) {
					t.Errorf("%s: the list of states lacks %s", name, s)
				}
			}
		}
		for _, from := range append(m.states, "", "nonsense") {
			for _, to := range append(m.states, "", "nonsense") {
				if got, want := m.can(from, to), slices.Contains(legal[from], to); got != want {
					t.Errorf("%s: %q → %q is allowed: %v, want %v", name, from, to, got, want)
				}
			}
		}
	}
}

func TestRunEnds(t *testing.T) {
	final := []RunState{RunSucceeded, RunRefused, RunFailed, RunCancelled, RunMissed, RunSkipped}
	for _, s := range RunStates {
		if s.Final() != slices.Contains(final, s) {
			t.Errorf("%s is final: %v", s, s.Final())
		}
		if s.Ended() != (s != RunDue && s != RunRunning) {
			t.Errorf("%s has ended: %v", s, s.Ended())
		}
	}
}

func TestRunnable(t *testing.T) {
	for _, s := range IntegrationStates {
		if s.Runnable() != (s == IntApproved || s == IntInOperation) {
			t.Errorf("%s is runnable: %v", s, s.Runnable())
		}
	}
}

func TestMoveChangesAllOrNothing(t *testing.T) {
	for _, from := range RunStates {
		for _, to := range RunStates {
			r := Run{State: from, Reason: "was.here"}
			err := r.Move(to, "is.here", Args{"n": 1})
			if from.CanMove(to) {
				if err != nil || r.State != to || r.Reason != "is.here" || r.ReasonArgs["n"] != 1 {
					t.Errorf("%s → %s gives %v and %+v", from, to, err, r)
				}
				continue
			}
			if ClassOf(err) != Conflict || CodeOf(err) != "run.transition" || r.State != from || r.Reason != "was.here" {
				t.Errorf("%s → %s gives %v and %+v", from, to, err, r)
			}
		}
	}
	for _, from := range ApprovalStates {
		for _, to := range ApprovalStates {
			a := Approval{State: from}
			switch err := a.Move(to); {
			case from.CanMove(to) && (err != nil || a.State != to):
				t.Errorf("%s → %s gives %v", from, to, err)
			case !from.CanMove(to) && (ClassOf(err) != Conflict || CodeOf(err) != "approval.transition" || a.State != from):
				t.Errorf("%s → %s gives %v", from, to, err)
			}
		}
	}
}

func TestNoRunSucceedsUnbalanced(t *testing.T) {
	for _, from := range []RunState{RunRunning, RunHeld, RunUnknown} {
		r := Run{State: from, Counts: Counts{Read: 10, Loaded: 9}}
		if err := r.Move(RunSucceeded, "", nil); CodeOf(err) != "run.unbalanced" || r.State != from {
			t.Errorf("%s → succeeded with one row lost gives %v, state %s", from, err, r.State)
		}
	}
	r := Run{State: RunRunning, Counts: Counts{Read: 10, Loaded: 9}}
	if err := r.Move(RunFailed, "run.cut_off", nil); err != nil {
		t.Errorf("a run whose counts do not add up cannot even fail: %v", err)
	}
}
