package store

import "testing"

func TestFourEyes(t *testing.T) {
	a := Approval{SubmittedBy: "kaja", EditedBy: []string{"ine", "kaja", "lars"}}
	for user, may := range map[string]bool{"sindre": true, "kaja": false, "ine": false, "lars": false, "": false, "KAJA": true} {
		err := a.MayDecide(user)
		if may && err != nil || !may && (ClassOf(err) != Forbidden || CodeOf(err) != "approval.four_eyes") {
			t.Errorf("%q may decide: %v", user, err)
		}
	}
	if err := (&Approval{}).MayDecide(""); err == nil {
		t.Error("nobody may decide on what nobody submitted")
	}
}

func TestApprovalHolds(t *testing.T) {
	for _, s := range ApprovalStates {
		a := Approval{State: s}
		if err := a.Holds(noon); s == AppApproved && err != nil || s != AppApproved && (err == nil || err.Code != "gate.not_approved") {
			t.Errorf("%s: %v", s, err)
		}
	}
	for valid, want := range map[Date]Code{
		"": "", "2026-11-23": "", "2027-01-01": "", "2026-11-22": "gate.approval_expired", "soon": "gate.approval_expired",
	} {
		a := Approval{State: AppApproved, ValidTo: valid}
		var got Code
		if err := a.Holds(noon); err != nil {
			got = err.Code
		}
		if got != want {
			t.Errorf("valid to %q: %q, want %q", valid, got, want)
		}
	}
}

func TestAssessmentsHold(t *testing.T) {
	code := func(e *Error) Code {
		if e == nil {
			return ""
		}
		return e.Code
	}
	for _, s := range ROSStates {
		r := RiskAssessment{State: s, ValidTo: "2026-11-23"}
		want := Code("gate.ros_not_accepted")
		if s == ROSAccepted || s == ROSConditional {
			want = ""
		}
		if got := code(r.Holds(noon)); got != want {
			t.Errorf("ROS %s: %q, want %q", s, got, want)
		}
	}
	day := Date("2026-11-24").Start()
	if r := (RiskAssessment{State: ROSAccepted, ValidTo: "2026-11-23"}); r.StateAt(noon) != ROSAccepted || r.StateAt(day) != ROSExpired {
		t.Error("what has run out is shown as accepted, or the other way")
	}
	for _, r := range []RiskAssessment{ // who refused it or took it back, and when
		{State: ROSWithdrawn, DecidedBy: "Kari", DecidedOn: "2026-01-01", Withdrawal: Remark{"Siri", "2026-11-20", "Feil"}},
		{State: ROSRejected, DecidedBy: "Siri", DecidedOn: "2026-11-20"},
	} {
		e := r.Holds(noon)
		if want := "gate.ros_" + Code(r.State); e.Code != want || e.Args["name"] != "Siri" || e.Args["date"] != Date("2026-11-20") {
			t.Errorf("%s: %v", r.State, e)
		}
	}
	for _, s := range LDStates {
		d := SolutionDesign{State: s, ValidTo: "2026-11-23"}
		want := Code("gate.ld_not_approved")
		if s == LDApproved {
			want = ""
		}
		if got := code(d.Holds(noon)); got != want {
			t.Errorf("LD %s: %q, want %q", s, got, want)
		}
	}
	for _, gone := range []Date{"", "2026-11-22", "x"} { // an assessment without an end date has not been decided
		if got := code((&RiskAssessment{State: ROSAccepted, ValidTo: gone}).Holds(noon)); got != "gate.ros_expired" {
			t.Errorf("ROS to %q: %q", gone, got)
		}
		if got := code((&SolutionDesign{State: LDApproved, ValidTo: gone}).Holds(noon)); got != "gate.ld_expired" {
			t.Errorf("LD to %q: %q", gone, got)
		}
	}
}

func TestAssessmentValidate(t *testing.T) {
	ros := func(change func(*RiskAssessment)) error {
		r := RiskAssessment{ID: "ros-1", Version: 1, Title: "ROS", State: ROSAccepted, DecidedBy: "Sikkerhetsleder",
			DecidedOn: "2026-11-01", ValidTo: "2027-11-01", PerformedOn: "2026-10-01", Link: "https://example.no/ros"}
		change(&r)
		return r.Validate()
	}
	wantCodes(t, ros(func(*RiskAssessment) {}))
	wantCodes(t, ros(func(r *RiskAssessment) { r.ID = "ROS 1" }), "slug")
	wantCodes(t, ros(func(r *RiskAssessment) { r.Version = 0 }), "field.number")
	wantCodes(t, ros(func(r *RiskAssessment) { r.Title = "" }), "field.required")
	wantCodes(t, ros(func(r *RiskAssessment) { r.Link = "javascript:alert(1)" }), "field.url")
	wantCodes(t, ros(func(r *RiskAssessment) { r.State = "maybe" }), "field.choice")
	wantCodes(t, ros(func(r *RiskAssessment) { r.DecidedBy = "" }), "field.required")
	wantCodes(t, ros(func(r *RiskAssessment) { r.DecidedOn = "" }), "field.date")
	wantCodes(t, ros(func(r *RiskAssessment) { r.PerformedOn = "i fjor" }), "field.date")
	wantCodes(t, ros(func(r *RiskAssessment) { r.ValidTo = "2026-10-31" }), "field.date")
	wantCodes(t, ros(func(r *RiskAssessment) { r.ValidTo = "" }), "field.date")
	wantCodes(t, ros(func(r *RiskAssessment) { r.State, r.DecidedBy, r.DecidedOn, r.ValidTo = ROSDraft, "", "", "" }))

	ld := func(change func(*SolutionDesign)) error {
		d := SolutionDesign{ID: "ld-1", Version: 1, Title: "LD", State: LDApproved, DecidedBy: "Systemeier",
			DecidedOn: "2026-11-01", ValidTo: "2027-11-01"}
		change(&d)
		return d.Validate()
	}
	wantCodes(t, ld(func(*SolutionDesign) {}))
	wantCodes(t, ld(func(d *SolutionDesign) { d.State = "maybe" }), "field.choice")
	wantCodes(t, ld(func(d *SolutionDesign) { d.ValidTo = "" }), "field.date")
	wantCodes(t, ld(func(d *SolutionDesign) { d.ExemptRouteUntil = "for ever" }), "field.date")
	wantCodes(t, ld(func(d *SolutionDesign) { d.State, d.DecidedBy, d.DecidedOn, d.ValidTo = LDDraft, "", "", "" }))
}
