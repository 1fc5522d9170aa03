package store

import "testing"

func TestFooting(t *testing.T) {
	for name, x := range map[string]struct {
		change  func(*GateQuestion)
		state   FootingState
		code    Code // of the first refusal
		changes int
	}{
		"as approved": {func(*GateQuestion) {}, FootingOK, "", 0},
		"never asked": {func(q *GateQuestion) { q.Approval = nil }, FootingNone, "", 0},
		"sent in":     {func(q *GateQuestion) { q.Approval.State = AppSubmitted }, FootingNone, "", 0},
		"revoked":     {func(q *GateQuestion) { q.Approval.State = AppRevoked }, FootingNone, "", 0},
		"a code less": {func(q *GateQuestion) {
			q.Codebook.Variables[1].Codes = q.Codebook.Variables[1].Codes[:2]
		}, FootingOK, "", 0},
		"two codes and an address more": {func(q *GateQuestion) {
			q.Codebook.Variables[1].Codes = append(q.Codebook.Variables[1].Codes, CodeOption{Code: "X"}, CodeOption{Code: "Y"})
			q.Connection.Settings["folder"] = "/new"
		}, FootingDrifted, "gate.scope_not_covered", 2},
		"another ROS": {func(q *GateQuestion) { q.Approval.ROS.Version-- }, FootingRefused, "gate.basis_changed", 0},
		"another LD":  {func(q *GateQuestion) { q.Approval.LD.Version-- }, FootingRefused, "gate.basis_changed", 0},
		"the ROS withdrawn": {func(q *GateQuestion) {
			q.ROS.State, q.ROS.Withdrawal = ROSWithdrawn, Remark{By: "Siri", Reason: "Feil"}
		}, FootingRefused, "gate.ros_withdrawn", 0},
		"the ROS over": {func(q *GateQuestion) { q.ROS.ValidTo = "2026-11-22" }, FootingRefused, "gate.ros_expired", 0},
		"the approval over": {func(q *GateQuestion) { q.Approval.ValidTo = "2026-11-22" }, FootingRefused,
			"gate.approval_expired", 0},
		"a condition overdue": {func(q *GateQuestion) {
			q.Approval.Conditions = []Term{{No: 1, Text: "Øv", DueOn: "2026-11-22"}}
		}, FootingRefused, "gate.condition_overdue", 0},
		"no connection": {func(q *GateQuestion) { q.Connection = nil }, FootingRefused, "gate.no_connection", 0},
		"suspended":     {func(q *GateQuestion) { q.Integration.State = IntSuspended }, FootingRefused, "gate.state", 0},
		"drifted, and the ROS over": {func(q *GateQuestion) {
			q.ROS.ValidTo, q.Connection.Settings["folder"] = "2026-11-22", "/new"
		}, FootingRefused, "gate.ros_expired", 1},
	} {
		q := world()
		x.change(&q)
		f := Gate(q).Footing(q.Approval)
		var code Code
		if len(f.Refusals) > 0 {
			code = f.Refusals[0].Code
		}
		if f.State != x.state || code != x.code || f.Changes != x.changes || f.Stopped() != (code != "") {
			t.Errorf("%s: %s %q %d, not %s %q %d", name, f.State, code, f.Changes, x.state, x.code, x.changes)
		}
	}
}
