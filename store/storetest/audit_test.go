package storetest_test

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/text"
)

// act is one change on somebody's behalf, and the entry it must leave.
type act struct {
	method string
	action string
	do     func(ctx context.Context, d *db.DB, s *scene) error
}

// scene is what the acts hand on to each other.
type scene struct {
	user     store.User
	grant    store.Grant
	run      *store.Run
	schedule *store.Schedule
	approval *store.Approval
	request  *store.AccessRequest
	review   *store.AccessReview
	i        *store.Integration
	move     *store.Move
	asks     store.Actor // a coordinator of hjerte
	releases store.Actor // a security officer
	reident  *store.Reidentification
	token    store.ReidentToken
	ros      *store.RiskAssessment // a draft
	ld       *store.SolutionDesign // a draft
	backfill string
}

func nothing(_ store.Schedule, _ []store.Calendar, planned time.Time) ([]store.Planned, time.Time, error) {
	return nil, planned, nil
}

// acts has a line for each method that changes something on somebody's behalf; TestAudit holds that none is missing.
// They run from top to bottom.
var acts = []act{
	{"SignIn", "user.sign_in", func(ctx context.Context, d *db.DB, s *scene) (err error) {
		s.user, err = d.SignIn(ctx, "https://idp", "sub", "Kari", start)
		return err
	}},
	{"ReplaceGrants", "access.replace", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.ReplaceGrants(ctx, s.user.ID, "oidc", []store.Grant{{Role: store.RoleReader, RegistryID: "*"}})
	}},
	{"CreateSolution", "solution.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateSolution(ctx, solution(), ola)
	}},
	{"UpdateSolution", "solution.update", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.Solution(ctx, "ereg"))
		v.Note = "ny"
		return d.UpdateSolution(ctx, v, ola)
	}},
	{"CreateSystem", "system.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateSystem(ctx, system(), ola)
	}},
	{"UpdateSystem", "system.update", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.System(ctx, "rdap"))
		v.Content = nil
		return d.UpdateSystem(ctx, v, ola)
	}},
	{"CreateMethod", "method.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateMethod(ctx, method(), ola)
	}},
	{"UpdateMethod", "method.update", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.Method(ctx, "rdap-files"))
		v.Note = "ny"
		return d.UpdateMethod(ctx, v, ola)
	}},
	{"CreateConnection", "connection.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateConnection(ctx, connection(), ola)
	}},
	{"UpdateConnection", "connection.update", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.Connection(ctx, "rdap-prod"))
		v.Settings["folder"] = "/annet/sted"
		return d.UpdateConnection(ctx, v, ola)
	}},
	{"CreateRegistry", "registry.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateRegistry(ctx, registry(), ola)
	}},
	{"UpdateRegistry", "registry.update", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.Registry(ctx, "hjerte"))
		v.Basis.Purpose = "nytt"
		return d.UpdateRegistry(ctx, v, ola)
	}},
	{"SaveCodebook", "codebook.save", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.SaveCodebook(ctx, codebook(), ola)
	}},
	{"CreateRiskAssessment", "ros.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateRiskAssessment(ctx, ros(), ola)
	}},
	{"UpdateRiskAssessment", "ros.update", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.RiskAssessment(ctx, store.Ref{ID: "ros-2026-7", Version: 1}))
		v.Title = "ny"
		return d.UpdateRiskAssessment(ctx, v, ola)
	}},
	{"CreateRiskAssessment", "ros.create", func(ctx context.Context, d *db.DB, s *scene) error {
		s.ros = ros()
		s.ros.ID, s.ros.State = "ros-kladd", store.ROSDraft
		return d.CreateRiskAssessment(ctx, s.ros, ola)
	}},
	{"CreateRiskAssessment", "ros.create", func(ctx context.Context, d *db.DB, s *scene) error {
		v := ros()
		v.ID, v.ValidTo = "ros-gammel", store.DateOf(start).AddDays(-1)
		return d.CreateRiskAssessment(ctx, v, ola)
	}},
	{"SaveScale", "scale.save", func(ctx context.Context, d *db.DB, s *scene) error {
		scale := store.DefaultScale()
		scale.Version = 2
		return d.SaveScale(ctx, scale, siri)
	}},
	{"UpdateMeasure", "ros.measure", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.RiskAssessment(ctx, ros().Ref()))
		m := v.Measures[0]
		m.Evidence = "sett"
		_, err := d.UpdateMeasure(ctx, v.Ref(), v.Revision, m, ola)
		return err
	}},
	{"PutROSDocument", "ros.document", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.PutROSDocument(ctx, s.ros.Ref(), 1, "ros.pdf", pdf("ros"), ola)
		return err
	}},
	{"DropROSDocument", "ros.document", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.DropROSDocument(ctx, s.ros.Ref(), 2, ola)
		return err
	}},
	{"ExpireRiskAssessments", "ros.expired", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.ExpireRiskAssessments(ctx, ola)
		return err
	}},
	{"CreateSolutionDesign", "ld.create", func(ctx context.Context, d *db.DB, s *scene) error {
		v := ld()
		v.ID, v.Version, v.ReplacedBy = "ld-gammel", 1, store.Ref{ID: "ld-gammel", Version: 2}
		return d.CreateSolutionDesign(ctx, v, ola)
	}},
	{"SupersedeSolutionDesigns", "ld.superseded", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.SupersedeSolutionDesigns(ctx, ola)
		return err
	}},
	{"CreateSolutionDesign", "ld.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateSolutionDesign(ctx, ld(), ola)
	}},
	{"UpdateSolutionDesign", "ld.update", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.SolutionDesign(ctx, store.Ref{ID: "ld-7", Version: 2}))
		v.Title = "ny"
		return d.UpdateSolutionDesign(ctx, v, ola)
	}},
	{"CreateSolutionDesign", "ld.create", func(ctx context.Context, d *db.DB, s *scene) error {
		s.ld = ld()
		s.ld.ID, s.ld.State = "ld-kladd", store.LDDraft
		return d.CreateSolutionDesign(ctx, s.ld, ola)
	}},
	{"PutLDDocument", "ld.document", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.PutLDDocument(ctx, s.ld.Ref(), 1, "ld.pdf", pdf("ld"), ola)
		return err
	}},
	{"DropLDDocument", "ld.document", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.DropLDDocument(ctx, s.ld.Ref(), 2, ola)
		return err
	}},
	{"CreateIntegration", "integration.create", func(ctx context.Context, d *db.DB, s *scene) error {
		s.i = integration()
		return d.CreateIntegration(ctx, s.i, ola)
	}},
	{"UpdateIntegration", "integration.update", func(ctx context.Context, d *db.DB, s *scene) error {
		s.i.Note = "ny"
		return d.UpdateIntegration(ctx, s.i, ola)
	}},
	{"SaveMapping", "mapping.save", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.SaveMapping(ctx, mapping(), ola)
	}},
	{"UseMapping", "mapping.use", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.UseMapping(ctx, s.i.ID, s.i.Version, 1, ola)
	}},
	{"RegisterDemoApproval", "approval.approved", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.RegisterDemoApproval(ctx, &store.Approval{IntegrationID: s.i.ID, ROS: s.i.ROS, LD: s.i.LD}, ola)
	}},
	{"DraftApproval", "approval.draft", func(ctx context.Context, d *db.DB, s *scene) error {
		s.approval = &store.Approval{IntegrationID: s.i.ID, Scope: []byte("{}")}
		return d.DraftApproval(ctx, s.approval, ola)
	}},
	{"SubmitApproval", "approval.submitted", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.SubmitApproval(ctx, s.approval, ola)
	}},
	{"DecideApproval", "approval.rejected", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.DecideApproval(ctx, s.approval.ID, s.approval.Version, db.Verdict{State: store.AppRejected}, siri)
		return err
	}},
	// A second one, approved on a condition, for what comes after.
	{"SubmitApproval", "approval.submitted", func(ctx context.Context, d *db.DB, s *scene) error {
		s.approval = &store.Approval{IntegrationID: s.i.ID, Scope: []byte("{}")}
		return d.SubmitApproval(ctx, s.approval, ola)
	}},
	{"DecideApproval", "approval.approved", func(ctx context.Context, d *db.DB, s *scene) (err error) {
		v := db.Verdict{State: store.AppApproved, ValidTo: store.DateOf(start.AddDate(0, 0, -1)),
			Conditions: []store.Term{{Text: "Øv på å ta tilbake", DueOn: "2027-01-31"}}}
		s.approval, err = d.DecideApproval(ctx, s.approval.ID, s.approval.Version, v, siri)
		return err
	}},
	{"MeetCondition", "approval.condition", func(ctx context.Context, d *db.DB, s *scene) error {
		a := must(d.CurrentApproval(ctx, s.i.ID))
		_, err := d.MeetCondition(ctx, a.ID, a.Version, 1, "Se vedlegg", ola)
		return err
	}},
	{"SeeCondition", "approval.condition_seen", func(ctx context.Context, d *db.DB, s *scene) error {
		a := must(d.CurrentApproval(ctx, s.i.ID))
		_, err := d.SeeCondition(ctx, a.ID, a.Version, 1, siri)
		return err
	}},
	{"MoveIntegration", "integration.state", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.MoveIntegration(ctx, s.i.ID, must(d.Integration(ctx, s.i.ID)).Version, store.IntInOperation, "", ola)
	}},
	{"ExpireApproval", "approval.expired", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.ExpireApproval(ctx, s.approval.ID, ola)
		return err
	}},
	{"CreateSchedule", "schedule.create", func(ctx context.Context, d *db.DB, s *scene) error {
		s.schedule = schedule()
		return d.CreateSchedule(ctx, s.schedule, ola)
	}},
	{"UpdateSchedule", "schedule.off", func(ctx context.Context, d *db.DB, s *scene) error {
		s.schedule.Enabled = false
		_, err := d.UpdateSchedule(ctx, s.schedule, nothing, ola)
		return err
	}},
	{"SaveRetryPolicy", "integration.retry", func(ctx context.Context, d *db.DB, s *scene) error {
		p := store.DefaultRetry("hjerte-rdap")
		p.Attempts = 5
		return d.SaveRetryPolicy(ctx, &p, ola)
	}},
	{"TakeAlert", "alert.assign", func(ctx context.Context, d *db.DB, s *scene) error {
		cause := store.AlertCause{Kind: store.AlertPart, Subject: "space", Place: "a", Since: start, Last: start, Count: 1}
		if err := d.SettlePartAlerts(ctx, "a", []store.AlertCause{cause}); err != nil {
			return err
		}
		open := must(d.Alerts(ctx, store.AlertFilter{Own: true}))
		open[0].Reason = "Bestiller disk"
		return d.TakeAlert(ctx, &open[0], ola)
	}},
	{"ResetCircuit", "circuit.reset", func(ctx context.Context, d *db.DB, s *scene) error {
		if _, err := d.FailedCircuit(ctx, "kilde:443", "http.refused", 0); err != nil {
			return err
		}
		return d.ResetCircuit(ctx, "kilde:443", ola)
	}},
	{"StartBackfill", "backfill.start", func(ctx context.Context, d *db.DB, s *scene) error {
		b, err := d.KeepBackfillPlan(ctx, backfillPlan(), ola)
		if err != nil {
			return err
		}
		s.backfill = b.ID
		_, err = d.StartBackfill(ctx, b.ID, ola)
		return err
	}},
	{"EndBackfill", "backfill.end", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.EndBackfill(ctx, s.backfill, store.BackfillCancelled, ola)
	}},
	{"DeleteSchedule", "schedule.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.DeleteSchedule(ctx, s.schedule.ID, s.schedule.Version, nothing, ola)
	}},
	{"CreateScheduleFrom", "schedule.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateScheduleFrom(ctx, schedule(), start.Add(-time.Hour), ola)
	}},
	{"CreateCalendar", "calendar.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateCalendar(ctx, &store.Calendar{ID: "jul", Name: "Jul"}, ola)
	}},
	{"UpdateCalendar", "calendar.update", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.UpdateCalendar(ctx, &store.Calendar{ID: "jul", Name: "Jul", Holidays: true, Version: 1}, nothing, ola)
	}},
	{"DeleteCalendar", "calendar.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		if err := d.CreateCalendar(ctx, &store.Calendar{ID: "helg", Name: "Helg"}, ola); err != nil {
			return err
		}
		return d.DeleteCalendar(ctx, "helg", 1, ola)
	}},
	{"CreateConsentRule", "consent_rule.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateConsentRule(ctx, consentRule(), ola)
	}},
	{"UpdateConsentRule", "consent_rule.update", func(ctx context.Context, d *db.DB, s *scene) error {
		r := consentRule()
		r.Version, r.WaitDays = 1, 14
		return d.UpdateConsentRule(ctx, r, ola)
	}},
	{"DeleteConsentRule", "consent_rule.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		r := consentRule()
		r.ID = "hjerte-tilgang"
		if err := d.CreateConsentRule(ctx, r, ola); err != nil {
			return err
		}
		return d.DeleteConsentRule(ctx, r.ID, 1, ola)
	}},
	{"PlanMove", "move.plan", func(ctx context.Context, d *db.DB, s *scene) error {
		s.move = &store.Move{FromID: s.i.ID}
		return d.PlanMove(ctx, s.move, copied(s.i), nil, ola)
	}},
	moved(store.IntInAnalysis), moved(store.IntInAssessment), moved(store.IntApproved),
	{"StartMove", "move.start", func(ctx context.Context, d *db.DB, s *scene) error {
		s.move.StartsOn, s.move.EndsOn, s.move.MinRuns = "2026-11-23", "2026-12-23", 1
		return d.StartMove(ctx, s.move, schedule(), ola)
	}},
	{"SwitchMove", "move.switch", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.SwitchMove(ctx, s.move, "", nothing, ola)
	}},
	{"UndoMove", "move.switch_back", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.UndoMove(ctx, s.move, "Feil", nothing, ola)
	}},
	{"AbandonMove", "move.abandon", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.AbandonMove(ctx, s.move, "Feil", nothing, ola)
	}},
	{"CreateRun", "run.request", func(ctx context.Context, d *db.DB, s *scene) error {
		s.run = &store.Run{IntegrationID: s.i.ID, Trigger: store.TriggerPerson}
		return d.CreateRun(ctx, s.run, ola)
	}},
	{"StartRun", "run.start", func(ctx context.Context, d *db.DB, s *scene) (err error) {
		s.run, err = d.StartRun(ctx, s.run.ID, ola)
		return err
	}},
	{"TakeRun", "run.take", func(ctx context.Context, d *db.DB, s *scene) (err error) {
		if err := d.LeaveRun(ctx, s.run); err != nil {
			return err
		}
		s.run, err = d.TakeRun(ctx, s.run.ID, 1, ola)
		return err
	}},
	{"CancelRun", "run.cancel", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.CancelRun(ctx, s.run.ID, ola)
		return err
	}},
	{"CancelSending", "run.cancel", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.CancelSending(ctx, s.run.ID, 2, ola)
		return err
	}},
	{"FinishRun", "run.end", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.FinishRun(ctx, s.run, db.Outcome{State: store.RunSucceeded, Reason: "run.unanswered"}, ola)
	}},
	{"ReconciledRun", "run.reconciled", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.ReconciledRun(ctx, s.run, store.Args{"arrived": 0, "missing": 0}, ola)
	}},
	{"AcceptBaseline", "run.accept", func(ctx context.Context, d *db.DB, s *scene) error {
		var none *store.Baseline
		return d.AcceptBaseline(ctx, s.run, none.Accept(s.run.IntegrationID, s.run.No, &store.Shape{Rows: 1}, ola.Name, "Ny koding"), ola)
	}},
	{"LoseLoads", "mark.lose", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.LoseLoads(ctx, "hjerte", []store.Run{*s.run}, ola)
	}},
	{"SetDeliveryAside", "run.set_aside", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.SetDeliveryAside(ctx, s.run, "Tom fil", ola)
	}},
	{"UndoneRun", "run.undo", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.UndoneRun(ctx, s.run.ID, 3, ola)
	}},
	{"Grant", "access.grant", func(ctx context.Context, d *db.DB, s *scene) error {
		s.grant = store.Grant{UserID: s.user.ID, Role: store.RoleCoordinator, RegistryID: "hjerte"}
		return d.Grant(ctx, &s.grant, siri)
	}},
	{"RevokeGrant", "access.revoke", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.RevokeGrant(ctx, s.grant.ID, "", siri)
	}},
	{"AskAccess", "access.ask", func(ctx context.Context, d *db.DB, s *scene) error {
		s.request = &store.AccessRequest{Kind: store.RequestOrdinary, UserID: s.user.ID, Role: store.RoleReader,
			RegistryID: "hjerte", Until: "2027-11-23", Reason: "ny"}
		return d.AskAccess(ctx, s.request, ola)
	}},
	{"WithdrawAccess", "access.withdrawn", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.WithdrawAccess(ctx, s.request.ID, s.request.Version, ola)
	}},
	{"AskAccess", "access.ask", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.AskAccess(ctx, s.request, ola)
	}},
	{"DecideAccess", "access.granted", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.DecideAccess(ctx, s.request.ID, s.request.Version, store.ReqGranted, "ja", siri)
		return err
	}},
	{"OpenReview", "access.review_open", func(ctx context.Context, d *db.DB, s *scene) error {
		s.review = &store.AccessReview{RegistryID: "hjerte"}
		return d.OpenReview(ctx, s.review, ola)
	}},
	{"AnswerReview", "access.review_answer", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.AnswerReview(ctx, s.review.ID, s.review.Version,
			[]db.ReviewAnswer{{GrantID: s.review.Lines[0].Grant.ID, Answer: store.LineKeep}}, ola)
	}},
	{"BlockUser", "access.block", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.BlockUser(ctx, s.user.ID, "mistet kortet", siri)
	}},
	{"PutRetention", "setting.update", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.PutRetention(ctx, store.DefaultRetention, ola)
	}},
	{"RecordSweep", "retention.sweep", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.RecordSweep(ctx, store.Swept{Log: 3}, ola)
	}},
	{"PutAccessRules", "setting.update", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.PutAccessRules(ctx, store.DefaultAccessRules, ola)
	}},
	{"RevokeSession", "session.revoke", func(ctx context.Context, d *db.DB, s *scene) error {
		row := store.Session{Hash: "h", UserID: s.user.ID, Expires: minute(1)}
		if err := d.CreateSession(ctx, row); err != nil {
			return err
		}
		return d.RevokeSession(ctx, s.user.ID, row.Ref(), siri)
	}},
	{"RevokeSessions", "session.revoke_all", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.RevokeSessions(ctx, s.user.ID, "", siri)
		return err
	}},
	{"EndProviderSessions", "session.provider_logout", func(ctx context.Context, d *db.DB, s *scene) error {
		_, err := d.EndProviderSessions(ctx, store.ProviderLogout{Issuer: "https://idp", Subject: "sub", TokenID: "1"}, siri)
		return err
	}},
	{"SealEmergency", "emergency.seal", func(ctx context.Context, d *db.DB, s *scene) error {
		_, e, err := store.NewEmergencyCode(store.RoleAdmin)
		if err != nil {
			return err
		}
		return d.SealEmergency(ctx, e, siri)
	}},
	{"OpenEmergency", "session.emergency", func(ctx context.Context, d *db.DB, s *scene) error {
		_, _, err := d.OpenEmergency(ctx, must(d.SealedEmergency(ctx)).ID, "Kari", "Innloggingen er nede", "r")
		return err
	}},
	{"AcceptRestore", "mark.accept", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.AcceptRestore(ctx, 3, "disken ble byttet", store.Args{"problem": "mark.behind"}, ola)
	}},
	{"PutSetting", "setting.update", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.PutSetting(ctx, "idle", "15m", ola)
	}},
	{"Record", "quarantine.open", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.Record(ctx, store.AuditEntry{Action: "quarantine.open", Kind: "run", Object: s.run.ID, Registry: "hjerte"},
			ola)
	}},
	{"SaveSourceProfile", "source.profile", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.SaveSourceProfile(ctx, s.i.ID, &store.Schema{Fields: []store.SchemaField{{Name: "a"}}}, nil, ola)
	}},
	{"AddSample", "sample.upload", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.AddSample(ctx, &store.Sample{ID: "p1", IntegrationID: s.i.ID, UserID: s.user.ID, Format: store.SampleCSV}, ola)
	}},
	{"ExpireSample", "sample.expire", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.ExpireSample(ctx, "p1", ola)
	}},
	{"AddSample", "sample.upload", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.AddSample(ctx, &store.Sample{ID: "p2", IntegrationID: s.i.ID, UserID: s.user.ID, Format: store.SampleCSV}, ola)
	}},
	{"DropSample", "sample.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.DropSample(ctx, s.i.ID, s.user.ID, ola)
	}},
	{"DecideCodes", "translation.decide", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.DecideCodes(ctx, s.i.ID, []store.CodeDecision{{Variable: "a", Value: "1", Verdict: store.VerdictIgnored}}, ola)
	}},
	{"ImportCodeDecisions", "translation.import", func(ctx context.Context, d *db.DB, s *scene) error {
		_, _, err := d.ImportCodeDecisions(ctx, s.i.ID, []store.CodeDecision{{Variable: "a", Value: "2", Verdict: store.VerdictIgnored}}, ola)
		return err
	}},
	{"SaveCodeSystem", "code_system.import", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.SaveCodeSystem(ctx, &store.CodeSystem{System: store.SystemATC, Name: "ATC", Version: "2026", SHA256: "a",
			Codes: []store.SystemCode{{Code: "C07"}}}, ola)
	}},
	{"SaveNoticeSetting", "notice.setting", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.SaveNoticeSetting(ctx, &store.NoticeSetting{UserID: s.user.ID, Pending: "kari@example.org", Lang: "nb"}, false, ola)
	}},
	{"ConfirmAddress", "notice.confirm", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.ConfirmAddress(ctx, s.user.ID, must(d.NoticeSetting(ctx, s.user.ID)).PendingAt, ola)
	}},
	{"CreateWebhook", "webhook.create", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.CreateWebhook(ctx, webhook(), []byte("sealed"), ola)
	}},
	{"UpdateWebhook", "webhook.update", func(ctx context.Context, d *db.DB, s *scene) error {
		v := must(d.Webhook(ctx, "hook"))
		v.Enabled = false
		return d.UpdateWebhook(ctx, v, ola)
	}},
	{"TestedWebhook", "webhook.test", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.TestedWebhook(ctx, "hook", "", ola)
	}},
	{"DeleteWebhook", "webhook.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		v := webhook()
		v.ID = "kort"
		if err := d.CreateWebhook(ctx, v, nil, ola); err != nil {
			return err
		}
		return d.DeleteWebhook(ctx, "kort", 1, ola)
	}},
	{"DeleteIntegration", "integration.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		i := integration()
		i.ID = "kort"
		if err := d.CreateIntegration(ctx, i, ola); err != nil {
			return err
		}
		return d.DeleteIntegration(ctx, "kort", 1, ola)
	}},
	{"DeleteRegistry", "registry.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		g := registry()
		g.ID = "kort"
		if err := d.CreateRegistry(ctx, g, ola); err != nil {
			return err
		}
		return d.DeleteRegistry(ctx, "kort", 1, ola)
	}},
	{"DeleteConnection", "connection.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		c := connection()
		c.ID = "kort"
		if err := d.CreateConnection(ctx, c, ola); err != nil {
			return err
		}
		return d.DeleteConnection(ctx, "kort", 1, ola)
	}},
	{"DeleteMethod", "method.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		m := method()
		m.ID = "kort"
		if err := d.CreateMethod(ctx, m, ola); err != nil {
			return err
		}
		return d.DeleteMethod(ctx, "kort", 1, ola)
	}},
	{"DeleteSystem", "system.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		v := system()
		v.ID = "kort"
		if err := d.CreateSystem(ctx, v, ola); err != nil {
			return err
		}
		return d.DeleteSystem(ctx, "kort", 1, ola)
	}},
	{"DeleteSolution", "solution.delete", func(ctx context.Context, d *db.DB, s *scene) error {
		v := solution()
		v.ID = "kort"
		if err := d.CreateSolution(ctx, v, ola); err != nil {
			return err
		}
		return d.DeleteSolution(ctx, "kort", 1, ola)
	}},
}

// inTime are the methods that act when time has passed, which stands still here; TestAccessInTime holds that each
// leaves one entry.
var inTime = []string{"LapseAccess", "EndInactive", "LateReview", "CloseReview", "ExpireReidentification", "OverdueReidentification"}

// moved takes the copy that PlanMove made one state on.
func moved(to store.IntegrationState) act {
	return act{"MoveIntegration", "integration.state", func(ctx context.Context, d *db.DB, s *scene) error {
		return d.MoveIntegration(ctx, "hjerte-ny", must(d.Integration(ctx, "hjerte-ny")).Version, to, "", ola)
	}}
}

// bookkeeping are the methods that write and leave no entry: nobody's doing.
var bookkeeping = []string{"ClaimOutgoing", "CollectMail", "ReadNotices", "RemindNotices", "SettleOutgoing", "SweepNotices", "TellNotices",
	"AppendLog", "CreateSession", "DeleteExpiredSessions", "DeleteSession", "DropMappingDraft",
	"DropCodebookDraft", "KeepCodebookDraft", "KeepMappingDraft", "UndoMappingDraft", "RedoMappingDraft", "PlanSchedule", "ProgressRun", "WaitRun", "ReturnRun", "LeaveRun", "BeginUndo", "SaveCheckpoint", "SaveReport", "TouchSession", "UpdateSession", "Close", "KeepBackfillPlan",
	"SaveDistribution", "SaveRunDetail", "LearnBaseline", "SweepLogs", "SweepReports",
	"SettleRunAlerts", "SettlePartAlerts"}

func TestAudit(t *testing.T) {
	acts := slices.Concat(acts, reidentActs)
	known := map[string]bool{}
	for _, name := range append(inTime, bookkeeping...) {
		known[name] = true
	}
	for _, a := range acts {
		for name := range strings.SplitSeq(a.method, ", ") {
			known[name] = true
		}
	}
	writes := []string{"Append", "Create", "Update", "Delete", "Save", "Keep", "Drop", "Put", "Move", "Plan", "Start",
		"Finish", "Register", "Revoke"}
	methods := reflect.TypeFor[*db.DB]()
	for n := range methods.NumMethod() {
		m := methods.Method(n)
		acts := false
		for p := range m.Type.NumIn() {
			acts = acts || m.Type.In(p) == reflect.TypeFor[store.Actor]()
		}
		for _, w := range writes {
			acts = acts || strings.HasPrefix(m.Name, w) && m.Name != "Deliveries"
		}
		if acts && !known[m.Name] {
			t.Errorf("%s changes something; give it a line in acts or in bookkeeping", m.Name)
		}
	}

	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		s := &scene{}
		for _, a := range acts {
			before := audited(t, d)
			if err := a.do(ctx, d, s); err != nil {
				t.Fatalf("%s: %v", a.method, err)
			}
			n := 1
			if strings.HasPrefix(a.method, "Delete") && a.method != "DeleteSchedule" {
				n = 2 // with the one that made what is deleted
			}
			after := audited(t, d)
			if len(after)-len(before) != n {
				t.Fatalf("%s wrote %d entries", a.method, len(after)-len(before))
			}
			entry := after[0]
			kind, _, _ := strings.Cut(a.action, ".")
			if entry.Action != a.action || entry.Kind == "" || entry.Object == "" || entry.Actor == "" ||
				!entry.At.Equal(start) ||
				entry.Result != "ok" && a.method != "FinishRun" || entry.Seq != int64(len(after)) {
				t.Errorf("%s wrote %+v", a.method, entry)
			}
			if text.AuditAction(text.NB, &entry) == entry.Action {
				t.Errorf("%s has no words in the log", entry.Action)
			}
			switch kind {
			case "registry", "codebook", "integration", "mapping", "approval", "schedule", "run", "move":
				if entry.Registry == "" {
					t.Errorf("%s names no registry", a.method)
				}
			}
			if a.method != "SignIn" && a.method != "ReplaceGrants" && (entry.ActorID == "" || entry.Request == "") {
				t.Errorf("%s doesn't say who: %+v", a.method, entry)
			}
		}

		// What lies in the database is the canonical form and its leaf hash.
		stored := must(d.AuditRange(ctx, 0, 1000))
		same(t, len(stored), len(audited(t, d)))
		for n, e := range stored {
			var entry store.AuditEntry
			ok(t, json.Unmarshal(e.Entry, &entry))
			leaf := store.LeafHash(e.Entry)
			if e.Seq != int64(n+1) || entry.Seq != e.Seq || string(e.Leaf) != string(leaf[:]) ||
				string(must(entry.Canonical())) != string(e.Entry) {
				t.Fatalf("entry %d is stored as %s", n+1, e.Entry)
			}
		}
		same(t, must(d.AuditRange(ctx, 3, 2)), stored[3:5])

		// Filters.
		for name, c := range map[string]struct {
			f    store.AuditFilter
			keep func(store.AuditEntry) bool
		}{
			"registry": {store.AuditFilter{Registries: []string{"hjerte", "x"}},
				func(e store.AuditEntry) bool { return e.Registry == "hjerte" }},
			"nothing": {store.AuditFilter{}, func(store.AuditEntry) bool { return false }},
			"actor": {store.AuditFilter{All: true, ActorID: siri.UserID},
				func(e store.AuditEntry) bool { return e.ActorID == siri.UserID }},
			"action": {store.AuditFilter{All: true, Action: "run.start"},
				func(e store.AuditEntry) bool { return e.Action == "run.start" }},
			"area": {store.AuditFilter{All: true, Action: "approval."}, func(e store.AuditEntry) bool {
				return strings.HasPrefix(e.Action, "approval.")
			}},
			"object": {store.AuditFilter{All: true, Kind: "run", Object: s.run.ID},
				func(e store.AuditEntry) bool { return e.Object == s.run.ID }},
			"from":   {store.AuditFilter{All: true, From: minute(1)}, func(store.AuditEntry) bool { return false }},
			"to":     {store.AuditFilter{All: true, To: minute(1)}, func(store.AuditEntry) bool { return true }},
			"before": {store.AuditFilter{All: true, Before: 9}, func(e store.AuditEntry) bool { return e.Seq < 9 }},
		} {
			var expect []store.AuditEntry
			for _, e := range audited(t, d) {
				if c.keep(e) {
					expect = append(expect, e)
				}
			}
			c.f.Limit = 1000
			if got := must(d.Audit(ctx, c.f)); !reflect.DeepEqual(got, expect) {
				t.Errorf("%s: %d entries, want %d", name, len(got), len(expect))
			}
		}
		same(t, len(must(d.Audit(ctx, store.AuditFilter{All: true, Limit: 3}))), 3)
	})
}
