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
