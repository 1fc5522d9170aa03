package storetest_test

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
)

func TestApprovals(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		world(t, d)
		i := integration()
		i.ID, i.State, i.Demo = "ny", "", false
		ok(t, d.CreateIntegration(ctx, i, ola))
		m := mapping()
		m.IntegrationID = i.ID
		maker := store.Actor{UserID: "u-mapper", Name: "Mari Mapper"}
		ok(t, d.SaveMapping(ctx, m, maker))
		_, err := d.CurrentApproval(ctx, i.ID)
		want(t, err, store.NotFound, "approval.not_found")

		a := &store.Approval{IntegrationID: i.ID, Scope: []byte(`{"registry":"hjerte"}`), ROS: i.ROS, LD: i.LD, MappingNo: 1,
			EditedBy: []string{"u-editor"}, ValidTo: "2027-12-31",
			// Not for the caller to say:
			State: store.AppApproved, Demo: true, DecidedBy: "u-ola", SubmittedBy: "x", Version: 9}
		ok(t, d.DraftApproval(ctx, a, ola))
		same(t, a, &store.Approval{ID: a.ID, IntegrationID: i.ID, State: store.AppDraft,
			Scope:     []byte(`{"registry":"hjerte"}`),
			ScopeHash: sha256Hex(`{"registry":"hjerte"}`), ROS: i.ROS, LD: i.LD, MappingNo: 1,
			EditedBy: []string{"u-editor", "u-ola"}, ValidTo: "2027-12-31", CreatedAt: start, Version: 1,
		})
		want(t, d.DraftApproval(ctx, &store.Approval{IntegrationID: i.ID}, ola), store.Conflict, "approval.open")

		stale := *a
		a.Scope = []byte(`{"registry":"hjerte","method":"x"}`)
		ok(t, d.SubmitApproval(ctx, a, ola))
		same(t, must(d.Approval(ctx, a.ID)), a)
		want(t, d.SubmitApproval(ctx, &stale, ola), store.Conflict, "db.changed")
		if a.State != store.AppSubmitted || a.SubmittedBy != ola.UserID || a.SubmittedName != ola.Name ||
			!slices.Equal(a.EditedBy, []string{"u-editor", "u-ola", "u-mapper"}) || len(a.ScopeHash) != 64 {
			t.Fatalf("%+v", a)
		}
		if s := must(d.Integration(ctx, i.ID)).State; s != store.IntInAssessment {
			t.Fatalf("the integration is %s", s)
		}
		want(t, d.DraftApproval(ctx, must(d.Approval(ctx, a.ID)), ola), store.Conflict, "approval.transition")

		// Nobody decides what they submitted or edited.
		for _, who := range []store.Actor{ola, maker, {UserID: "u-editor"}, store.SystemActor()} {
			_, err := d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved}, who)
			want(t, err, store.Forbidden, "approval.four_eyes")
		}
		_, err = d.DecideApproval(ctx, a.ID, a.Version-1, db.Verdict{State: store.AppApproved}, siri)
		want(t, err, store.Conflict, "db.changed")
		for _, to := range []store.ApprovalState{store.AppSubmitted, store.AppSuperseded, store.AppDraft} {
			_, err = d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: to}, siri)
			want(t, err, store.Invalid, "field.choice")
		}
		_, err = d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppRevoked}, siri)
		want(t, err, store.Conflict, "approval.transition")

		back := must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppChangeRequested, Reason: "Mangler"},
			siri))
		ok(t, d.SubmitApproval(ctx, back, ola))
		same(t, must(d.Approvals(ctx, "", store.AppSubmitted)), []store.Approval{*back})
		e.clock.Advance(time.Hour)
		yes := must(d.DecideApproval(ctx, a.ID, back.Version,
			db.Verdict{State: store.AppApproved, Reason: "I orden", ValidTo: "2027-06-30"}, siri))
		if yes.DecidedBy != siri.UserID || yes.DecidedName != siri.Name || !yes.DecidedAt.Equal(start.Add(time.Hour)) ||
			yes.Reason != "I orden" || yes.ValidTo != "2027-06-30" {
			t.Fatalf("%+v", yes)
		}
		same(t, must(d.CurrentApproval(ctx, i.ID)), yes)
		if s := must(d.Integration(ctx, i.ID)).State; s != store.IntApproved {
			t.Fatalf("the integration is %s", s)
		}

		// A second one supersedes the first; until then the first holds.
		e.clock.Advance(time.Hour)
		b := &store.Approval{IntegrationID: i.ID, Scope: []byte(`{}`), MappingNo: 1}
		ok(t, d.SubmitApproval(ctx, b, ola))
		same(t, must(d.CurrentApproval(ctx, i.ID)), yes)
		entries := len(audited(t, d))
		b = must(d.DecideApproval(ctx, b.ID, b.Version, db.Verdict{State: store.AppApproved}, siri))
		if n := len(audited(t, d)) - entries; n != 1 {
			t.Fatalf("%d entries for one decision", n)
		}
		same(t, must(d.CurrentApproval(ctx, i.ID)), b)
		if s := must(d.Approval(ctx, a.ID)).State; s != store.AppSuperseded {
			t.Fatalf("the first is %s", s)
		}
		if list := must(d.Approvals(ctx, i.ID)); len(list) != 2 || list[0].ID != b.ID {
			t.Fatalf("%+v", list)
		}

		// Revoking may be done by whoever submitted, and suspends.
		no := must(d.DecideApproval(ctx, b.ID, b.Version, db.Verdict{State: store.AppRevoked, Reason: "Avvik"}, ola))
		if s := must(d.Integration(ctx, i.ID)).State; s != store.IntSuspended {
			t.Fatalf("the integration is %s", s)
		}
		_, err = d.DecideApproval(ctx, no.ID, no.Version, db.Verdict{State: store.AppApproved}, siri)
		want(t, err, store.Conflict, "approval.transition")

		c := &store.Approval{IntegrationID: i.ID, Scope: []byte(`{}`), MappingNo: 1}
		ok(t, d.SubmitApproval(ctx, c, ola))
		if s := must(d.Integration(ctx, i.ID)).State; s != store.IntInAssessment {
			t.Fatalf("the integration is %s", s)
		}
		last := audited(t, d)[0]
		if last.Action != "approval.submitted" || last.Registry != "hjerte" || last.Object != c.ID ||
			last.ActorID != ola.UserID {
			t.Fatalf("%+v", last)
		}
	})
}

// TestEditors: whoever touched anything that an approval covers or rests on since the last one may not decide, however
// long ago, however much has happened since, and also after it was submitted.
func TestEditors(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		ok(t, d.RegisterDemoApproval(ctx, &store.Approval{IntegrationID: i.ID, ROS: i.ROS, LD: i.LD, MappingNo: 1},
			store.SystemActor()))
		e.clock.Advance(time.Hour)
		since := e.clock.Now()
		who := func(id string) store.Actor { return store.Actor{UserID: id, Name: id} }

		c := must(d.Connection(ctx, i.ConnectionID))
		c.Settings["folder"] = "/annet"
		ok(t, d.UpdateConnection(ctx, c, who("connection")))
		g := must(d.Registry(ctx, i.RegistryID))
		g.Basis.Retention = "20 år"
		ok(t, d.UpdateRegistry(ctx, g, who("registry")))
		g.Contact = "ny@example.org"
		ok(t, d.UpdateRegistry(ctx, g, who("contact")))
		m := must(d.Method(ctx, i.MethodID))
		m.Handover = "sftp"
		ok(t, d.UpdateMethod(ctx, m, who("method")))
		m.Note = "ny"
		ok(t, d.UpdateMethod(ctx, m, who("note")))
		i.Limits.MaxQuarantined = 0.2
		ok(t, d.UpdateIntegration(ctx, i, who("integration")))
		for range 60 {
			i.Note += "."
			ok(t, d.UpdateIntegration(ctx, i, who("busy")))
		}
		v := mapping()
		v.No = 2
		ok(t, d.SaveMapping(ctx, v, who("mapping")))
		b := codebook()
		b.Version, b.Title = 2, "Ny"
		ok(t, d.SaveCodebook(ctx, b, who("codebook")))
		ok(t, d.UseMapping(ctx, i.ID, i.Version, 2, who("use")))

		a := &store.Approval{IntegrationID: i.ID, Scope: []byte("{}"), MappingNo: 2}
		ok(t, d.SubmitApproval(ctx, a, ola))
		edited := slices.Sorted(slices.Values(a.EditedBy))
		same(t, edited, []string{"busy", "codebook", "connection", "integration", "mapping", "method", "registry", "u-ola",
			"use"})
		got := store.Editors(must(d.Edits(ctx, i.ID, since)))
		same(t, len(got), len(edited)-1) // whoever only submitted edited nothing
		same(t, got[1], store.Editor{UserID: "codebook", Name: "codebook", Kinds: []string{"codebook"}})

		late := must(d.Connection(ctx, i.ConnectionID))
		late.Name = "Ny"
		ok(t, d.UpdateConnection(ctx, late, who("late")))
		for _, id := range append(edited, "late") {
			_, err := d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved}, who(id))
			want(t, err, store.Forbidden, "approval.four_eyes")
		}
		for _, id := range []string{"contact", "note"} {
			_, err := d.DecideApproval(ctx, a.ID, 0, db.Verdict{State: store.AppApproved}, who(id))
			want(t, err, store.Conflict, "db.changed") // may decide, but has not seen what stands
		}
		must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppRejected, Reason: "Nei"}, siri))
		entries := must(d.ApprovalEntries(ctx, i.ID))
		if len(entries) != 3 || entries[0].Action != "approval.rejected" || entries[0].Reason != "Nei" {
			t.Fatalf("%+v", entries)
		}
	})
}

// TestDecidingIsNotEditing: whoever decided the ROS and the LD may approve what rests on them; whoever wrote in either may
// not.
func TestDecidingIsNotEditing(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		who := func(id string) store.Actor { return store.Actor{UserID: id, Name: id} }
		covers := store.Coverage{Methods: []string{i.MethodID}, Classes: store.FieldClasses}
		ros := &store.RiskAssessment{ID: "ros-9", Version: 1, Title: "ROS"}
		ok(t, d.CreateRiskAssessment(ctx, ros, who("ros-maker")))
		ros.Coverage, ros.PerformedOn, ros.Covers, ros.Method = covers, "2026-01-01", "Filer", "Møte"
		ros.Participants, ros.Link = []string{"Systemeier"}, "https://example.no/ros"
		ok(t, d.UpdateRiskAssessment(ctx, ros, who("ros-writer")))
		ld := &store.SolutionDesign{ID: "ld-9", Version: 1, Title: "LD"}
		ok(t, d.CreateSolutionDesign(ctx, ld, who("ld-maker")))
		ld.Coverage, ld.Link = covers, "https://example.no/ld"
		ok(t, d.UpdateSolutionDesign(ctx, ld, who("ld-writer")))
		ruling := store.Ruling{By: "Siri", On: "2026-01-02", Until: "2027-06-30", Reason: "Godt"}
		for _, to := range []store.ROSState{store.ROSPerformed, store.ROSInTreatment, store.ROSAccepted} {
			ros.Decide(to, ruling)
			ok(t, d.UpdateRiskAssessment(ctx, ros, siri))
		}
		for _, to := range []store.LDState{store.LDInReview, store.LDApproved} {
			ld.Decide(to, ruling)
			ok(t, d.UpdateSolutionDesign(ctx, ld, siri))
		}
		i.ROS, i.LD = store.Ref{ID: "ros-9", Version: 1}, store.Ref{ID: "ld-9", Version: 1}
		ok(t, d.UpdateIntegration(ctx, i, ola))
		a := &store.Approval{IntegrationID: i.ID, Scope: []byte("{}"), ROS: i.ROS, LD: i.LD}
		ok(t, d.SubmitApproval(ctx, a, ola))
		for _, id := range []string{"ros-maker", "ros-writer", "ld-maker", "ld-writer"} {
			_, err := d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved}, who(id))
			want(t, err, store.Forbidden, "approval.four_eyes")
		}
		must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved, ValidTo: "2027-01-01"}, siri))
	})
}

func TestConditions(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		a := &store.Approval{IntegrationID: i.ID, Scope: []byte("{}")}
		ok(t, d.SubmitApproval(ctx, a, ola))
		a = must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved, ValidTo: "2027-06-30",
			Conditions: []store.Term{{No: 7, Text: "En", DueOn: "2027-01-01", Evidence: "x", MetBy: "x"},
				{Text: "To", DueOn: "2027-02-01"}}}, siri))
		one := store.Term{No: 1, Text: "En", DueOn: "2027-01-01"}
		same(t, a.Conditions, []store.Term{one, {No: 2, Text: "To", DueOn: "2027-02-01"}})

		_, err := d.MeetCondition(ctx, a.ID, a.Version-1, 1, "Se vedlegg", ola)
		want(t, err, store.Conflict, "db.changed")
		_, err = d.MeetCondition(ctx, a.ID, a.Version, 3, "Se vedlegg", ola)
		want(t, err, store.NotFound, "approval.no_condition")
		e.clock.Advance(time.Hour)
		a = must(d.MeetCondition(ctx, a.ID, a.Version, 1, "Se vedlegg", ola))
		one.MetAt, one.MetBy, one.MetName, one.Evidence = start.Add(time.Hour), ola.UserID, ola.Name, "Se vedlegg"
		same(t, must(d.Approval(ctx, a.ID)).Conditions[0], one)
		_, err = d.MeetCondition(ctx, a.ID, a.Version, 1, "Igjen", ola)
		want(t, err, store.Conflict, "approval.condition_met")
		_, err = d.SeeCondition(ctx, a.ID, a.Version-1, 1, siri)
		want(t, err, store.Conflict, "db.changed")
		_, err = d.SeeCondition(ctx, a.ID, a.Version, 2, siri)
		want(t, err, store.Conflict, "approval.condition_unseen")
		e.clock.Advance(time.Hour)
		a = must(d.SeeCondition(ctx, a.ID, a.Version, 1, siri))
		one.SeenAt, one.SeenBy, one.SeenName = start.Add(2*time.Hour), siri.UserID, siri.Name
		same(t, must(d.Approval(ctx, a.ID)).Conditions[0], one)
		_, err = d.SeeCondition(ctx, a.ID, a.Version, 1, siri)
		want(t, err, store.Conflict, "approval.condition_unseen")
		a = must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppRevoked}, siri))
		_, err = d.MeetCondition(ctx, a.ID, a.Version, 2, "For sent", ola)
		want(t, err, store.Conflict, "gate.not_approved")
		same(t, len(must(d.Approval(ctx, a.ID)).Conditions), 2) // what it was approved on stands
	})
}

// TestExpireApproval: an approval ends after its last day, unless a run that began in time is still at work.
func TestExpireApproval(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		a := &store.Approval{IntegrationID: i.ID, Scope: []byte("{}")}
		ok(t, d.SubmitApproval(ctx, a, ola))
		a = must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved,
			ValidTo: store.DateOf(start)}, siri))
		r := &store.Run{IntegrationID: i.ID, Trigger: store.TriggerPerson}
		ok(t, d.CreateRun(ctx, r, ola))
		r = must(d.StartRun(ctx, r.ID, ola))
		entries := len(audited(t, d))
		same(t, must(d.ExpireApproval(ctx, a.ID, store.SystemActor())), false) // it holds today
		e.clock.Advance(24 * time.Hour)
		same(t, must(d.ExpireApproval(ctx, a.ID, store.SystemActor())), false) // a run is at work
		same(t, len(audited(t, d)), entries)
		ok(t, d.FinishRun(ctx, r, db.Outcome{State: store.RunSucceeded}, ola))
		same(t, must(d.ExpireApproval(ctx, a.ID, store.SystemActor())), true)
		a = must(d.Approval(ctx, a.ID))
		if a.State != store.AppExpired || a.DecidedName != "system" || a.Reason != "" {
			t.Fatalf("%+v", a)
		}
		if s := must(d.Integration(ctx, i.ID)).State; s != store.IntSuspended {
			t.Fatalf("the integration is %s", s)
		}
		same(t, must(d.ExpireApproval(ctx, a.ID, store.SystemActor())), false)
	})
}

func TestDemoApprovals(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		a := &store.Approval{IntegrationID: i.ID, Scope: []byte("{}"), ROS: i.ROS, LD: i.LD, MappingNo: 1,
			Reason: "Demonstrasjon"}
		ok(t, d.RegisterDemoApproval(ctx, a, store.SystemActor()))
		same(t, must(d.CurrentApproval(ctx, i.ID)), a)
		if !a.Demo || a.State != store.AppApproved || a.DecidedBy != "" || a.SubmittedBy != "" {
			t.Fatalf("%+v", a)
		}
		again := *a
		ok(t, d.RegisterDemoApproval(ctx, &again, store.SystemActor()))
		if s := must(d.Approval(ctx, a.ID)).State; s != store.AppSuperseded {
			t.Fatalf("the first is %s", s)
		}
		// Each of the four must be the demonstration's own.
		real := ros()
		real.ID, real.Demo = "ros-real", false
		ok(t, d.CreateRiskAssessment(ctx, real, ola))
		b := *a
		b.ROS = store.Ref{ID: "ros-real", Version: 1}
		want(t, d.RegisterDemoApproval(ctx, &b, store.SystemActor()), store.Refused, "approval.not_demo")
		design := ld()
		design.ID, design.Demo = "ld-real", false
		ok(t, d.CreateSolutionDesign(ctx, design, ola))
		b = *a
		b.LD = store.Ref{ID: "ld-real", Version: 2}
		want(t, d.RegisterDemoApproval(ctx, &b, store.SystemActor()), store.Refused, "approval.not_demo")
		i = must(d.Integration(ctx, i.ID))
		i.Demo = false
		ok(t, d.UpdateIntegration(ctx, i, ola))
		b = *a
		want(t, d.RegisterDemoApproval(ctx, &b, store.SystemActor()), store.Refused, "approval.not_demo")
		i.Demo = true
		ok(t, d.UpdateIntegration(ctx, i, ola))
		g := must(d.Registry(ctx, "hjerte"))
		g.Demo = false
		ok(t, d.UpdateRegistry(ctx, g, ola))
		want(t, d.RegisterDemoApproval(ctx, &b, store.SystemActor()), store.Refused, "approval.not_demo")
	})
}

func sha256Hex(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}
