package store

import (
	"slices"
	"testing"
	"time"
)

func TestMoveTable(t *testing.T) {
	legal := map[[2]MoveState]bool{{MovePlanned, MoveSideBySide}: true, {MovePlanned, MoveAbandoned}: true,
		{MoveSideBySide, MoveSwitched}: true, {MoveSideBySide, MoveAbandoned}: true, {MoveSwitched, MoveSideBySide}: true}
	for _, from := range MoveStates {
		for _, to := range MoveStates {
			m := &Move{State: from}
			err := m.Go(to)
			if want := legal[[2]MoveState{from, to}]; (err == nil) != want || want && m.State != to || !want && m.State != from {
				t.Errorf("%s to %s: %v, now %s", from, to, err, m.State)
			}
			if err != nil && (ClassOf(err) != Conflict || CodeOf(err) != "move.transition") {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
		if got := from.Shadows(); got != (from == MovePlanned || from == MoveSideBySide) {
			t.Errorf("%s shadows: %v", from, got)
		}
	}
}

func TestMoveValidate(t *testing.T) {
	move := func(change func(*Move)) error {
		m := &Move{StartsOn: "2026-11-23", EndsOn: "2026-11-23", MinRuns: 1, ShareTolerance: 1}
		change(m)
		return m.Validate()
	}
	wantCodes(t, move(func(*Move) {}))
	wantCodes(t, move(func(m *Move) { m.StartsOn, m.EndsOn = "", "" }), "field.date", "field.date")
	wantCodes(t, move(func(m *Move) { m.EndsOn = "2026-11-22" }), "field.end_before_start")
	wantCodes(t, move(func(m *Move) { m.MinRuns = 0 }), "field.number")
	wantCodes(t, move(func(m *Move) { m.RowTolerance, m.ShareTolerance = -0.1, 1.1 }), "field.share", "field.share")
}

func TestMaySwitch(t *testing.T) {
	for _, x := range []struct {
		state  MoveState
		pairs  int
		within bool
		today  Date
		reason string
		code   Code
	}{
		{MoveSideBySide, 3, true, "2026-12-23", "", ""},
		{MoveSideBySide, 3, true, "2027-01-01", "", ""},
		{MoveSideBySide, 3, true, "2026-12-22", "", "move.too_early"},
		{MoveSideBySide, 3, true, "2026-12-22", "haster", ""},
		{MoveSideBySide, 3, false, "2026-12-23", "kjent", ""},
		{MoveSideBySide, 3, false, "2026-12-22", "", "move.differs"},
		{MoveSideBySide, 2, true, "2026-12-23", "haster", "move.too_few_runs"},
		{MovePlanned, 3, true, "2026-12-23", "", "move.transition"},
		{MoveSwitched, 3, true, "2026-12-23", "", "move.transition"},
		{MoveAbandoned, 3, true, "2026-12-23", "", "move.transition"},
	} {
		m := &Move{State: x.state, MinRuns: 3, EndsOn: "2026-12-23"}
		e := m.MaySwitch(x.pairs, x.within, x.today, x.reason)
		if (e == nil) != (x.code == "") || e != nil && (e.Code != x.code || e.Class != Conflict) {
			t.Errorf("%+v: %v", x, e)
		}
	}
}

func TestMoveAllows(t *testing.T) {
	for _, x := range []struct {
		state MoveState
		id    string
		to    IntegrationState
		code  Code
	}{
		{MovePlanned, "old", IntInOperation, ""}, {MovePlanned, "old", IntEnded, ""},
		{MovePlanned, "new", IntApproved, ""}, {MovePlanned, "new", IntEnded, "move.holds_copy"},
		{MoveSideBySide, "new", IntInOperation, ""}, {MoveSideBySide, "new", IntSuspended, ""},
		{MoveSideBySide, "new", IntEnded, "move.holds_copy"}, {MoveSideBySide, "old", IntInOperation, ""},
		{MoveSwitched, "old", IntInOperation, "move.holds_old"}, {MoveSwitched, "old", IntApproved, "move.holds_old"},
		{MoveSwitched, "old", IntInAssessment, "move.holds_old"}, {MoveSwitched, "old", IntEnded, ""},
		{MoveSwitched, "new", IntSuspended, ""}, {MoveSwitched, "new", IntInOperation, ""},
		{MoveSwitched, "new", IntEnded, "move.holds_new"},
		{MoveAbandoned, "old", IntInOperation, ""}, {MoveAbandoned, "new", IntEnded, ""},
		{MoveSwitched, "another", IntInOperation, ""},
	} {
		m := &Move{FromID: "old", ToID: "new", State: x.state}
		e := m.Allows(x.id, x.to)
		if (e == nil) != (x.code == "") || e != nil && (e.Code != x.code || e.Class != Conflict) {
			t.Errorf("%+v: %v", x, e)
		}
	}
}

// TestGateHoldsTheOldOne: what a move put another in place of is refused with what to do, whatever its state says.
func TestGateHoldsTheOldOne(t *testing.T) {
	for _, state := range []IntegrationState{IntInOperation, IntSuspended} {
		q := world()
		q.Integration.State = state
		q.Move = &Move{FromID: q.Integration.ID, ToID: "new", State: MoveSwitched}
		for moment, refused := range map[Moment]bool{AtSubmit: false, AtApprove: false, AtSchedule: true, AtRun: true} {
			q.Moment = moment
			a := Gate(q)
			has := slices.ContainsFunc(a.Refusals, func(e *Error) bool { return e.Code == "gate.moved" })
			if has != refused || slices.ContainsFunc(a.Refusals, func(e *Error) bool { return e.Code == "gate.state" }) {
				t.Errorf("%s at %s: %v", state, moment, a.Refusals)
			}
		}
	}
}

func TestPairRuns(t *testing.T) {
	at := func(hours ...int) (runs []RunAt) {
		for i, h := range hours {
			runs = append(runs, RunAt{int64(i + 1), noon.Add(time.Duration(h) * time.Hour)})
		}
		return runs
	}
	for _, x := range []struct {
		name     string
		old, now []RunAt
		want     [][2]int64
	}{
		{"none", nil, at(0), nil},
		{"each night", at(0, 24, 48), at(1, 25, 49), [][2]int64{{1, 1}, {2, 2}, {3, 3}}},
		{"one night is lacking", at(0, 48), at(1, 25, 49), [][2]int64{{1, 1}, {2, 2}}},
		{"too far apart", at(0), at(25), nil},
		{"just near enough", at(0), at(24), [][2]int64{{1, 1}}},
		{"the nearest", at(0, 5), at(4), [][2]int64{{2, 1}}},
		{"of two equally near the earlier", at(0, 8), at(4), [][2]int64{{1, 1}}},
		{"each is used once", at(0), at(1, 2), [][2]int64{{1, 1}}},
	} {
		var got [][2]int64
		for _, p := range PairRuns(x.old, x.now) {
			got = append(got, [2]int64{p.Old.No, p.New.No})
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", x.name, got, x.want)
		}
	}
}

func TestRebase(t *testing.T) {
	q := world()
	i := q.Integration
	i.Demo, i.CodebookID, i.Limits.MaxQuarantined = true, "heart-book", 0.02
	c := i.Rebase("heart-new", "Ny", "rdap-view", "rdap-db")
	if !c.ROS.IsZero() || !c.LD.IsZero() || c.Demo || c.MappingNo != 0 || c.State != IntCandidate {
		t.Errorf("something that was approved follows: %+v", c)
	}
	if c.RegistryID != i.RegistryID || c.CodebookID != i.CodebookID || c.Limits != i.Limits || c.Sensitivity != i.Sensitivity ||
		c.MethodID != "rdap-view" || c.ConnectionID != "rdap-db" {
		t.Errorf("%+v", c)
	}
	missing, unknown := q.Mapping.Mapping.Missing([]string{"fnr", "navn", "id", "kjonn", "inn", "ut", "vekt", "enhet", "asa", "ny"})
	if !slices.Equal(missing, []string{"avdeling"}) || !slices.Equal(unknown, []string{"ny"}) {
		t.Errorf("missing %v, unknown %v", missing, unknown)
	}
}
