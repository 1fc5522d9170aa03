package store

import (
	"slices"
	"testing"
)

// TestPolicyMoments holds rule by rule what it says at each moment: R refuses, W lets it pass with a warning, a dot is
// silence. The moments are save, submit, approve, schedule, run.
func TestPolicyMoments(t *testing.T) {
	for _, x := range []struct {
		rule, name string
		change     func(q *GateQuestion)
		code       Code
		at         string
	}{
		{"sensitivity", "health data by a way for forms", func(q *GateQuestion) { q.Method.Highest = Personal }, "gate.too_sensitive", "RRRRR"},
		{"sensitivity", "only a field's class shows it, and somebody approved it", func(q *GateQuestion) {
			q.Integration.Sensitivity, q.Method.Highest = NotSensitive, NotSensitive
			onlyHealth(q, "vekt")
			q.approve()
		}, "gate.too_sensitive", "RRRRR"},
		{"sensitivity", "only a variable's class shows it", func(q *GateQuestion) {
			q.Integration.Sensitivity, q.Method.Highest = NotSensitive, NotSensitive
			onlyHealth(q)
			q.Codebook.Variable("weight").Class = Health
			q.approve()
		}, "gate.too_sensitive", "RRRRR"},
		{"sensitivity", "a person's number by a way for the harmless", func(q *GateQuestion) {
			q.Integration.Sensitivity, q.Method.Highest = NotSensitive, NotSensitive
			onlyHealth(q)
			q.approve()
		}, "gate.too_sensitive", "RRRRR"},
		{"sensitivity", "persons by a way for persons", func(q *GateQuestion) {
			q.Integration.Sensitivity, q.Method.Highest = NotSensitive, Personal
			onlyHealth(q)
			q.approve()
		}, "gate.too_sensitive", "....."},
		{"connector", "a method above its connector", func(q *GateQuestion) {
			q.Kind.Highest, q.Integration.Sensitivity = Personal, Personal
			onlyHealth(q)
			q.approve()
		}, "gate.connector_highest", "RRRRR"},
		{"connector", "said to go by the platform, and doesn't", func(q *GateQuestion) { q.Kind.Route = RouteInternet }, "gate.connector_route", "RRRRR"},
		{"connector", "the platform ends in a folder", func(q *GateQuestion) { q.Kind.Route = RouteLocal }, "gate.connector_route", "....."},
		{"route", "internet with no reason", func(q *GateQuestion) { q.Method.Route = RouteInternet; q.approve() }, "gate.route_reason", ".RRRR"},
		{"route", "internet with a reason", func(q *GateQuestion) {
			q.Method.Route, q.LD.ExemptRouteReason = RouteInternet, "Grensesnittet finnes bare der"
			q.approve()
		}, "gate.route_reason", "....."},
		{"route", "internet, the exemption over", func(q *GateQuestion) {
			q.Method.Route, q.LD.ExemptRouteReason, q.LD.ExemptRouteUntil = RouteInternet, "Fordi", "2026-11-22"
			q.approve()
		}, "gate.route", ".RRRR"},
		{"route", "a folder with a reason and no end", func(q *GateQuestion) {
			q.Method.Route, q.LD.ExemptRouteReason = RouteLocal, "Fordi"
			q.approve()
		}, "gate.route", ".RRRR"},
		{"route", "a way nobody knows", func(q *GateQuestion) { q.Method.Route = "pigeon"; q.approve() }, "gate.route", ".RRRR"},
		{"route", "the exemption ends in 60 days", exempt("2027-01-22"), "gate.exemption_ends", ".WWWW"},
		{"route", "the exemption ends today", exempt("2026-11-23"), "gate.exemption_ends", ".WWWW"},
		{"route", "the exemption ends in 61 days", exempt("2027-01-23"), "gate.exemption_ends", "....."},
		{"system_ended", "yesterday", func(q *GateQuestion) { q.System.EndsOn = "2026-11-22" }, "gate.system_ended", "RRRRR"},
		{"system_ended", "retired", func(q *GateQuestion) { q.System.Phase = PhaseRetired }, "gate.system_ended", "RRRRR"},
		{"phasing_out_new", "a candidate", func(q *GateQuestion) { q.System.Phase, q.Integration.State = PhasePhasingOut, IntCandidate }, "gate.phasing_out_new", "RRR.."},
		{"phasing_out_new", "on its way to its first approval", func(q *GateQuestion) { q.System.EndsOn, q.Integration.State = "2027-06-30", IntInAssessment }, "gate.phasing_out_new", "RRR.."},
		{"phasing_out_new", "approved before", func(q *GateQuestion) {
			q.System.Phase, q.Integration.State, q.ApprovedBefore = PhasePhasingOut, IntInAssessment, true
		}, "gate.phasing_out_new", "....."},
		{"phasing_out", "no end date", func(q *GateQuestion) { q.System.Phase = PhasePhasingOut }, "gate.phasing_out", "WWWWW"},
		{"phasing_out", "with an end date", func(q *GateQuestion) { q.System.EndsOn = "2027-06-30" }, "gate.phasing_out_until", "WWWWW"},
		{"registry_ended", "yesterday", func(q *GateQuestion) { q.Registry.EndsOn = "2026-11-22" }, "gate.registry_ended", "RRRRR"},
		{"identity_leaves", "in a packet, and the LD says nothing", sendsIdentity(LeavesApart, LeavesNot), "gate.identity_apart", ".RRRR"},
		{"identity_leaves", "in a packet, and the LD says joined", sendsIdentity(LeavesApart, LeavesJoined), "gate.identity_apart", ".RRRR"},
		{"identity_leaves", "in a packet, as the LD says", sendsIdentity(LeavesApart, LeavesApart), "gate.identity_apart", "....."},
		{"identity_leaves", "joined, and the LD says apart", sendsIdentity(LeavesJoined, LeavesApart), "gate.identity_joined", ".RRRR"},
		{"source_method", "no ROS", func(q *GateQuestion) { q.ROS = nil }, "gate.no_ros", ".RRRR"},
		{"source_method", "the LD is over", func(q *GateQuestion) { q.LD.ValidTo = "2026-11-22" }, "gate.ld_expired", "..RRR"},
	} {
		if r := PolicyFor(x.code); r == nil || r.ID != x.rule {
			t.Fatalf("%s belongs to no rule, or another than %s", x.code, x.rule)
		}
		for i, m := range moments {
			q := world()
			x.change(&q)
			q.Moment = m
			a := Gate(q)
			of := func(es []*Error) bool {
				return slices.ContainsFunc(es, func(e *Error) bool { return e.Code == x.code })
			}
			got := byte('.')
			switch {
			case of(a.Refusals):
				got = 'R'
			case of(a.Warnings):
				got = 'W'
			}
			if got != x.at[i] {
				t.Errorf("%s, %s, at %s: %c, want %c (%v, %v)", x.rule, x.name, m, got, x.at[i], a.Refusals, a.Warnings)
			}
		}
	}
}

// onlyHealth leaves only these fields as health data, and no variable.
func onlyHealth(q *GateQuestion, fields ...string) {
	for i := range q.Mapping.Mapping.Source {
		if f := &q.Mapping.Mapping.Source[i]; f.Class == Health && !slices.Contains(fields, f.Name) {
			f.Class = Technical
		}
	}
	for i := range q.Codebook.Variables {
		if v := &q.Codebook.Variables[i]; v.Class == Health {
			v.Class = Technical
		}
	}
}

func exempt(until Date) func(q *GateQuestion) {
	return func(q *GateQuestion) {
		q.Method.Route, q.LD.ExemptRouteUntil, q.LD.ExemptRouteReason = RouteLocal, until, "Fordi"
		q.approve()
	}
}

// TestPolicyIsWhole: each rule says when, with what, from what and why, and a code belongs to one rule.
func TestPolicyIsWhole(t *testing.T) {
	seen := map[Code]string{}
	for _, r := range Policy {
		if r.ID == "" || len(r.Moments) == 0 || len(r.Reads) == 0 || r.Source == "" || r.ask == nil ||
			len(r.Codes)+len(r.Warnings) == 0 {
			t.Errorf("%+v", r)
		}
		for _, c := range append(slices.Clone(r.Codes), r.Warnings...) {
			if seen[c] != "" {
				t.Errorf("%s belongs to %s and %s", c, seen[c], r.ID)
			}
			seen[c] = r.ID
		}
	}
	for _, c := range codesNamed(t, "policy.go", "gate.") {
		if seen[c] == "" && c != "gate.not_stated" {
			t.Errorf("no rule names %s", c)
		}
	}
	if PolicyFor("gate.state") != nil {
		t.Error("a code of the gate's own belongs to a rule")
	}
}

// TestRouteRules: each way has its line, and each need of a connector is met by some way.
func TestRouteRules(t *testing.T) {
	for _, r := range Routes {
		if RouteRuleOf(r).Serves == nil {
			t.Errorf("%s has no rule", r)
		}
		if !slices.ContainsFunc(RouteRules, func(x RouteRule) bool { return slices.Contains(x.Serves, r) }) {
			t.Errorf("nothing serves a connector that needs %s", r)
		}
	}
}

// TestPolicyNamesSystems: people read the names of systems. The id stands where nobody has registered the system.
func TestPolicyNamesSystems(t *testing.T) {
	q := world()
	q.Method.Highest, q.Method.Instead = NotSensitive, "tsd"
	q.System.EndsOn, q.System.Successor = "2026-11-22", "rdap"
	said := func() (instead, successor any) {
		for _, e := range Gate(q).Refusals {
			switch e.Code {
			case "gate.too_sensitive":
				instead = e.Args["instead"]
			case "gate.system_ended":
				successor = e.Args["successor"]
			}
		}
		return instead, successor
	}
	if a, b := said(); a != "tsd" || b != "rdap" {
		t.Errorf("%v, %v", a, b)
	}
	q.Instead, q.Successor = &System{ID: "tsd", Name: "TSD"}, &System{ID: "rdap", Name: "Regional dataplattform"}
	if a, b := said(); a != "TSD" || b != "Regional dataplattform" {
		t.Errorf("%v, %v", a, b)
	}
	q.Method.Instead, q.System.Successor, q.Instead, q.Successor = "", "", nil, nil
	if a, b := said(); a != Code("gate.not_stated") || b != Code("gate.not_stated") {
		t.Errorf("%v, %v", a, b)
	}
}

// sendsIdentity lets the kind send identity in one way, and the solution design speak of another.
func sendsIdentity(kind, ld Leaving) func(*GateQuestion) {
	return func(q *GateQuestion) {
		q.System.Role = Destination
		q.Kind.Identity, q.LD.Coverage.Identity = kind, ld
	}
}
