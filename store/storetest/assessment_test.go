package storetest_test

import (
	"strings"
	"testing"
	"time"

	"samband/store"
)

// TestAssessmentDecisions: what stands in the way of a decision changes nothing; what is decided stands, but for how far
// its measures have come.
func TestAssessmentDecisions(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		r := ros()
		r.State, r.Demo, r.Scale, r.Document = store.ROSDraft, false, 0, nil
		covered := r.Coverage
		r.Coverage = store.Coverage{}
		ok(t, d.CreateRiskAssessment(ctx, r, ola))
		if r.Scale != 1 {
			t.Fatalf("scored on version %d", r.Scale)
		}
		unchanged := func(err error, code store.Code) {
			t.Helper()
			entries := len(audited(t, d))
			want(t, err, store.Conflict, code)
			is := must(d.RiskAssessment(ctx, r.Ref()))
			if is.Revision != r.Revision || len(audited(t, d)) != entries {
				t.Fatal("what was refused changed something")
			}
			r = is
		}
		r.State = store.ROSPerformed
		unchanged(d.UpdateRiskAssessment(ctx, r, ola), "ros.incomplete")
		r.State, r.Coverage = store.ROSPerformed, covered
		ok(t, d.UpdateRiskAssessment(ctx, r, ola))
		r.Risks[0].Likelihood, r.Risks[0].ResidualLikelihood = 4, 4
		ok(t, d.UpdateRiskAssessment(ctx, r, ola))
		r.State = store.ROSAccepted
		unchanged(d.UpdateRiskAssessment(ctx, r, siri), "ros.unacceptable")
		r.Risks[0].ResidualLikelihood, r.Risks[0].Measures, r.State = 2, nil, store.ROSAccepted
		unchanged(d.UpdateRiskAssessment(ctx, r, siri), "ros.high_without_measures")
		r.Risks[0].ResidualLikelihood, r.Measures[0].State, r.Measures[0].DoneOn = 2, store.MeasureOpen, ""
		ok(t, d.UpdateRiskAssessment(ctx, r, ola))
		r.State, r.ValidTo = store.ROSAccepted, "2027-06-30"
		ok(t, d.UpdateRiskAssessment(ctx, r, siri))
		same(t, must(d.RiskAssessment(ctx, r.Ref())), r)
		r.Risks[0].Scenario = "Noe annet"
		unchanged(d.UpdateRiskAssessment(ctx, r, ola), "ros.decided")
		r.Measures[0].State = store.MeasureDropped
		unchanged(d.UpdateRiskAssessment(ctx, r, ola), "ros.decided")

		// How far a measure has come may still be told, unless the decision rests on it.
		m := r.Measures[0]
		_, err := d.UpdateMeasure(ctx, r.Ref(), r.Revision+1, m, ola)
		unchanged(err, "db.changed")
		_, err = d.UpdateMeasure(ctx, r.Ref(), r.Revision, store.Measure{No: 9}, ola)
		want(t, err, store.NotFound, "ros.measure_not_found")
		m.State, m.DoneOn = store.MeasureDone, ""
		_, err = d.UpdateMeasure(ctx, r.Ref(), r.Revision, m, ola)
		want(t, err, store.Invalid, "field.required")
		m.State = store.MeasureDropped
		_, err = d.UpdateMeasure(ctx, r.Ref(), r.Revision, m, ola)
		unchanged(err, "ros.high_without_measures")
		m.State, m.DoneOn, m.Evidence, m.Text = store.MeasureDone, "2026-11-23", "sak 7", "Noe helt annet"
		revision := must(d.UpdateMeasure(ctx, r.Ref(), r.Revision, m, ola))
		is := must(d.RiskAssessment(ctx, r.Ref()))
		if got := is.Measures[0]; revision != is.Revision || got.State != store.MeasureDone || got.Evidence != "sak 7" ||
			got.Text != "Kryptere leveransen" {
			t.Fatalf("%+v", got)
		}

		// An accepted newer version replaces it, and leaves it as it stands.
		next := is.Next()
		next.Coverage, next.PerformedOn = covered, "2026-11-20"
		ok(t, d.CreateRiskAssessment(ctx, next, ola))
		for _, to := range []store.ROSState{store.ROSPerformed, store.ROSAccepted} {
			next.Decide(to, store.Ruling{By: "Siri", On: "2026-11-23", Until: "2027-11-23"})
			ok(t, d.UpdateRiskAssessment(ctx, next, siri))
		}
		is = must(d.RiskAssessment(ctx, r.Ref()))
		if is.ReplacedBy != next.Ref() || is.State != store.ROSAccepted {
			t.Fatalf("%+v", is)
		}

		// The day after its last day it expires; the newer one holds.
		same(t, len(must(d.ExpireRiskAssessments(ctx, store.SystemActor()))), 0)
		e.clock.Advance(time.Date(2027, 7, 1, 0, 0, 0, 0, store.Oslo).Sub(e.clock.Now()))
		same(t, must(d.ExpireRiskAssessments(ctx, store.SystemActor())), []store.Ref{r.Ref()})
		same(t, len(must(d.ExpireRiskAssessments(ctx, store.SystemActor()))), 0)
		if s := must(d.RiskAssessment(ctx, r.Ref())).State; s != store.ROSExpired {
			t.Fatal(s)
		}
	})
}

// TestNobodyDecidesWhatTheyWrote: who made a version, changed it or its document, or changes it while deciding, doesn't
// decide about it and doesn't take a decision back; what they wrote in another version is no hindrance.
func TestNobodyDecidesWhatTheyWrote(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		refused := func(err error) {
			t.Helper()
			want(t, err, store.Forbidden, "approval.four_eyes")
		}
		kari := store.Actor{UserID: "u-kari", Name: "Kari"}
		r := ros()
		r.State, r.Demo, r.Document = store.ROSDraft, false, nil
		ok(t, d.CreateRiskAssessment(ctx, r, ola))
		r.Revision = must(d.PutROSDocument(ctx, r.Ref(), r.Revision, "ros.pdf", pdf("en"), kari))
		r = must(d.RiskAssessment(ctx, r.Ref()))
		r.State = store.ROSPerformed
		ok(t, d.UpdateRiskAssessment(ctx, r, kari)) // no decision
		was := *r
		for _, to := range []store.ROSState{store.ROSAccepted, store.ROSConditional, store.ROSRejected} {
			r.Decide(to, store.Ruling{By: "x", On: "2026-11-23", Until: "2027-11-23", Reason: "r", Conditions: "c"})
			refused(d.UpdateRiskAssessment(ctx, r, ola))
			refused(d.UpdateRiskAssessment(ctx, r, kari))
			r.Title = "Skrevet nå"
			refused(d.UpdateRiskAssessment(ctx, r, siri))
			*r = was
		}
		r.Decide(store.ROSConditional, store.Ruling{By: "Siri", On: "2026-11-23", Until: "2027-11-23", Conditions: "c"})
		ok(t, d.UpdateRiskAssessment(ctx, r, siri))
		r.Decide(store.ROSWithdrawn, store.Ruling{By: "Siri", On: "2026-11-23", Reason: "r"})
		refused(d.UpdateRiskAssessment(ctx, r, ola))
		ok(t, d.UpdateRiskAssessment(ctx, r, siri)) // deciding made her no writer

		l := ld()
		l.State, l.Demo = store.LDDraft, false
		ok(t, d.CreateSolutionDesign(ctx, l, siri))
		l.Title = "Ny tittel"
		ok(t, d.UpdateSolutionDesign(ctx, l, ola))
		l.State = store.LDInReview
		ok(t, d.UpdateSolutionDesign(ctx, l, ola))
		l.State = store.LDApproved
		refused(d.UpdateSolutionDesign(ctx, l, ola))
		refused(d.UpdateSolutionDesign(ctx, l, siri))
		ok(t, d.UpdateSolutionDesign(ctx, l, kari))
		next := ld()
		next.Version, next.State, next.Demo = l.Version+1, store.LDDraft, false
		ok(t, d.CreateSolutionDesign(ctx, next, ola))
		next.State = store.LDInReview
		ok(t, d.UpdateSolutionDesign(ctx, next, ola))
		next.State = store.LDApproved
		ok(t, d.UpdateSolutionDesign(ctx, next, siri))
		imported := ld()
		imported.Version, imported.State = l.Version+2, store.LDInReview
		ok(t, d.CreateSolutionDesign(ctx, imported, store.ShellActor("drift")))
		imported.State = store.LDApproved
		ok(t, d.UpdateSolutionDesign(ctx, imported, store.ShellActor("drift")))
	})
}

// TestNewerDesign: an approved newer version leaves the one before it as it stands while something rests on it, and
// supersedes it when nothing does.
func TestNewerDesign(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		i := world(t, d)
		was := must(d.SolutionDesign(ctx, i.LD))
		same(t, len(must(d.SupersedeSolutionDesigns(ctx, store.SystemActor()))), 0)
		next := was.Next()
		ok(t, d.CreateSolutionDesign(ctx, next, ola))
		for _, to := range []store.LDState{store.LDInReview, store.LDApproved} {
			next.Decide(to, store.Ruling{By: "Siri", On: "2026-11-23", Until: "2027-11-23"})
			ok(t, d.UpdateSolutionDesign(ctx, next, siri))
		}
		is := must(d.SolutionDesign(ctx, i.LD))
		same(t, is.ReplacedBy, next.Ref())
		same(t, is.State, store.LDApproved)
		same(t, len(must(d.SupersedeSolutionDesigns(ctx, store.SystemActor()))), 0) // an integration rests on it
		i.LD = next.Ref()
		ok(t, d.UpdateIntegration(ctx, i, ola))
		same(t, must(d.SupersedeSolutionDesigns(ctx, store.SystemActor())), []store.Ref{was.Ref()})
		same(t, len(must(d.SupersedeSolutionDesigns(ctx, store.SystemActor()))), 0)
		same(t, must(d.SolutionDesign(ctx, was.Ref())).State, store.LDSuperseded)
		same(t, must(d.SolutionDesign(ctx, next.Ref())).State, store.LDApproved)
	})
}

func TestScales(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		same(t, must(d.Scale(ctx, 0)), store.DefaultScale())
		r := ros()
		ok(t, d.CreateRiskAssessment(ctx, r, ola))
		s := store.DefaultScale()
		want(t, d.SaveScale(ctx, s, siri), store.Conflict, "db.changed")
		s.Version, s.Likelihood[0], s.Bands[0].Top = 2, "Sjeldnere enn hvert tiende år", 5
		ok(t, d.SaveScale(ctx, s, siri))
		want(t, d.SaveScale(ctx, s, siri), store.Conflict, "db.changed")
		same(t, must(d.Scale(ctx, 0)), s)
		same(t, must(d.Scales(ctx)), []store.Scale{*s, *store.DefaultScale()})
		if got := must(d.RiskAssessment(ctx, r.Ref())); got.Scale != 1 {
			t.Fatal("an analysis was moved to a scale it was not scored on")
		}
		newer := ros()
		newer.Version, newer.Scale = 2, 0
		ok(t, d.CreateRiskAssessment(ctx, newer, ola))
		same(t, newer.Scale, 2)
		newer.Version, newer.Scale = 3, 7
		want(t, d.CreateRiskAssessment(ctx, newer, ola), store.NotFound, "scale.not_found")
		_, err := d.Scale(ctx, 3)
		want(t, err, store.NotFound, "scale.not_found")
		s.Version, s.Bands = 3, s.Bands[:3]
		want(t, d.SaveScale(ctx, s, siri), store.Invalid, "field.choice")
	})
}

func TestDocuments(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d := e.open(t)
		ctx := t.Context()
		r, l := ros(), ld()
		r.State, r.Document = store.ROSDraft, nil
		l.State, l.Document = store.LDDraft, nil
		ok(t, d.CreateRiskAssessment(ctx, r, ola))
		ok(t, d.CreateSolutionDesign(ctx, l, ola))

		one, two := pdf("en"), pdf("to")
		_, err := d.PutROSDocument(ctx, r.Ref(), 1, "ros.pdf", []byte("MZ"), ola)
		want(t, err, store.Invalid, "document.not_pdf")
		_, err = d.PutROSDocument(ctx, r.Ref(), 2, "ros.pdf", one, ola)
		want(t, err, store.Conflict, "db.changed")
		same(t, must(d.PutROSDocument(ctx, r.Ref(), 1, `C:\ros.pdf`, one, ola)), 2)
		is := must(d.RiskAssessment(ctx, r.Ref()))
		same(t, is.Document, &store.DocumentRef{Name: "ros.pdf", SHA256: sha256Hex(string(one))})
		same(t, must(d.Document(ctx, is.Document.SHA256)), one)

		// Bytes that two share stay until nobody names them.
		same(t, must(d.PutLDDocument(ctx, l.Ref(), 1, "ld.pdf", one, ola)), 2)
		same(t, must(d.PutROSDocument(ctx, r.Ref(), 2, "ny.pdf", two, ola)), 3)
		same(t, must(d.Document(ctx, is.Document.SHA256)), one)
		same(t, must(d.DropLDDocument(ctx, l.Ref(), 2, ola)), 3)
		_, err = d.Document(ctx, is.Document.SHA256)
		want(t, err, store.NotFound, "document.not_found")

		// Once it is no draft, the document stands.
		is = must(d.RiskAssessment(ctx, r.Ref()))
		is.State = store.ROSPerformed
		ok(t, d.UpdateRiskAssessment(ctx, is, ola))
		_, err = d.PutROSDocument(ctx, r.Ref(), 4, "ros.pdf", one, ola)
		want(t, err, store.Conflict, "document.not_draft")
		_, err = d.DropROSDocument(ctx, r.Ref(), 4, ola)
		want(t, err, store.Conflict, "document.not_draft")

		// Bytes that configuration didn't bring may come later, when they are the ones it named.
		brought := ld()
		brought.Version, brought.Document = 3, &store.DocumentRef{Name: "ld.pdf", SHA256: sha256Hex(string(one))}
		ok(t, d.CreateSolutionDesign(ctx, brought, ola))
		_, err = d.PutLDDocument(ctx, brought.Ref(), 1, "x.pdf", two, ola)
		want(t, err, store.Conflict, "document.not_draft")
		same(t, must(d.PutLDDocument(ctx, brought.Ref(), 1, "x.pdf", one, ola)), 2)
		same(t, must(d.SolutionDesign(ctx, brought.Ref())).Document.Name, "ld.pdf")
		bad := ld()
		bad.Version, bad.Document = 4, &store.DocumentRef{Name: "../ld.pdf", SHA256: strings.Repeat("x", 64)}
		want(t, d.CreateSolutionDesign(ctx, bad, ola), store.Invalid, "document.hash")
	})
}
