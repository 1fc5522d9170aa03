package storetest_test

import (
	"slices"
	"testing"
	"time"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
)

// scopeOf is a scope that differs by name.
func scopeOf(name string) *store.Scope { return &store.Scope{Registry: "hjerte", Source: name} }

// askedTwice submits an approval, has it sent back, changes what it rests on and submits it again.
func askedTwice(t *testing.T, e *engine, d *db.DB) (*store.Integration, *store.Approval) {
	t.Helper()
	ctx := t.Context()
	i := world(t, d)
	a := &store.Approval{IntegrationID: i.ID, ROS: i.ROS, LD: i.LD, MappingNo: 1, Scope: scopeOf("first").Canonical()}
	ok(t, d.SubmitApproval(ctx, a, ola))
	e.clock.Advance(time.Hour)
	a = must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppChangeRequested, Reason: "Mer om lagring"}, siri))
	e.clock.Advance(time.Hour)
	i.Name = "Nytt navn"
	ok(t, d.UpdateIntegration(ctx, i, ola))
	g := must(d.Registry(ctx, i.RegistryID))
	g.Basis.Retention = "20 år"
	ok(t, d.UpdateRegistry(ctx, g, ola))
	a.Scope = scopeOf("second").Canonical()
	ok(t, d.SubmitApproval(ctx, a, ola))
	return i, a
}

// TestSubmissions: what was asked for stays as it stood then, and so does what documents about it are made from, until
// something is decided and after.
func TestSubmissions(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i, a := askedTwice(t, e, d)
		list := must(d.Submissions(ctx, a.ID))
		if len(list) != 2 {
			t.Fatalf("%d submissions", len(list))
		}
		for n, want := range []struct {
			scope, name, retention string
			at                     time.Time
		}{{"first", "Hjertekirurgi fra RDAP", "10 år", start}, {"second", "Nytt navn", "20 år", start.Add(2 * time.Hour)}} {
			s, scope := list[n], scopeOf(want.scope)
			if s.No != n+1 || s.ApprovalID != a.ID || string(s.Scope) != string(scope.Canonical()) || s.ScopeHash != scope.Hash() ||
				s.MappingNo != 1 || s.By != ola.Name || !s.At.Equal(want.at) {
				t.Errorf("%+v", s)
			}
			f := s.Facts
			if f.Integration != want.name || f.Basis.Retention != want.retention || f.Registry != "Hjertekirurgi" || f.Solution != "eReg" ||
				f.System != system().Name || f.Method != method().Name || f.Connection != connection().Name ||
				f.MappingHash != mapping().Mapping.Hash() || f.CodebookHash != codebook().Hash() {
				t.Errorf("the facts of %d are %+v", s.No, f)
			}
			if f.ROS == nil || f.ROS.Ref() != i.ROS || f.LD == nil || f.LD.Ref() != i.LD {
				t.Errorf("%d rests on %+v and %+v", s.No, f.ROS, f.LD)
			}
		}
		same(t, len(must(d.Submissions(ctx, "nothing"))), 0)

		for _, no := range []int{3, -1} {
			_, err := d.Dossier(ctx, a.ID, no)
			want(t, err, store.NotFound, "approval.not_found")
		}
		_, err := d.Dossier(ctx, "nothing", 0)
		want(t, err, store.NotFound, "approval.not_found")
		first := must(d.Dossier(ctx, a.ID, 1))
		same(t, first.Submission, list[0])
		same(t, first.Scope.Source, "first")
		same(t, first.Decision, &store.Decision{State: store.AppChangeRequested, By: siri.Name, At: start.Add(time.Hour),
			Reason: "Mer om lagring"})
		newest := must(d.Dossier(ctx, a.ID, 0))
		if newest.Submission.No != 2 || newest.Decision != nil || newest.IntegrationID != i.ID || newest.RegistryID != "hjerte" ||
			newest.ROS != i.ROS || newest.LD != i.LD || newest.Mapping.No != 1 || newest.Codebook.ID != "hjerte-kodebok" {
			t.Errorf("%+v", newest)
		}

		a = must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppApproved, ValidTo: "2027-06-30",
			Conditions: []store.Term{{Text: "Ny test", DueOn: "2027-01-01"}}}, siri))
		decided := must(d.Dossier(ctx, a.ID, 2))
		same(t, decided.Decision, &store.Decision{State: store.AppApproved, By: siri.Name, At: e.clock.Now(), ValidTo: "2027-06-30",
			Conditions: []store.Term{{No: 1, Text: "Ny test", DueOn: "2027-01-01"}}})
		e.clock.Advance(time.Hour)
		a = must(d.MeetCondition(ctx, a.ID, a.Version, 1, "sak 7", ola))
		must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppRevoked, Reason: "Avvik"}, siri))
		same(t, must(d.Dossier(ctx, a.ID, 2)), decided)
		same(t, must(d.Dossier(ctx, a.ID, 1)), first)
	})
}

func TestFingerprints(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		_, a := askedTwice(t, e, d)
		find := func(begin string, limit int) []store.Found {
			return must(d.Fingerprints(ctx, store.ParseHash(begin), limit))
		}
		first, book := scopeOf("first").Hash(), codebook().Hash()
		both := func(hash, what string) []store.Found { // newest first
			return []store.Found{{Hash: hash, What: what, ApprovalID: a.ID, No: 2}, {Hash: hash, What: what, ApprovalID: a.ID, No: 1}}
		}
		same(t, find(first[:store.LeastHash], 10), both(first, store.FoundScope)[1:])
		same(t, find(" SHA256:"+first, 10), both(first, store.FoundScope)[1:])
		same(t, find(book, 10), both(book, store.FoundCodebook))
		same(t, find(mapping().Mapping.Hash(), 1), both(mapping().Mapping.Hash(), store.FoundMapping)[:1])
		same(t, find(ros().Document.SHA256[:20], 10), both(ros().Document.SHA256, store.FoundDocument))
		same(t, find(ld().Document.SHA256, 10), both(ld().Document.SHA256, store.FoundDocument))
		same(t, len(find("0123456789abcdef", 10)), 0)
	})
}

// TestEvidence: a pack is made from the portal as it was when its making began, whatever is written meanwhile.
func TestEvidence(t *testing.T) {
	each(t, func(t *testing.T, e *engine) {
		d, ctx := e.open(t), t.Context()
		i, a := askedTwice(t, e, d)
		before := ends(t, d, i.ID, store.RunFailed, 1)
		draft := ros()
		draft.Version, draft.State, draft.Document = 9, store.ROSDraft, nil
		ok(t, d.CreateRiskAssessment(ctx, draft, ola))
		must(d.PutROSDocument(ctx, draft.Ref(), draft.Revision, "ros.pdf", pdf("en"), ola))
		ok(t, d.Evidence(ctx, func(v *db.Evidence) error {
			_, err := v.Checkpoint()
			want(t, err, store.NotFound, "audit.not_found")
			return nil
		}))
		size, _, err := d.AuditSize(ctx)
		ok(t, err)
		point := auditlog.Saved{Size: size, At: start, Note: "signed"}
		ok(t, d.SaveCheckpoint(ctx, point))
		var after *store.Run

		ok(t, d.Evidence(ctx, func(v *db.Evidence) error {
			same(t, *must(v.Checkpoint()), point) // the view begins with its first question
			after = ends(t, d, i.ID, store.RunFailed, 1)
			must(d.DecideApproval(ctx, a.ID, a.Version, db.Verdict{State: store.AppRejected, Reason: "Nei"}, siri))
			ok(t, d.SaveCheckpoint(ctx, auditlog.Saved{Size: size + 1, At: start, Note: "later"}))

			same(t, *must(v.Checkpoint()), point)
			same(t, must(v.Approval(a.ID)).State, store.AppSubmitted)
			if o := must(v.Dossier(a.ID, 0)); o.Submission.No != 2 || o.Decision != nil {
				t.Errorf("%+v", o)
			}
			same(t, must(v.Submissions(i.ID)), must(d.Submissions(ctx, a.ID)))
			var runs []string
			for r, err := range v.Runs(i.ID) {
				ok(t, err)
				runs = append(runs, r.ID)
			}
			same(t, runs, []string{before.ID})
			var seqs []int64
			for l, err := range v.Log(size + 100) {
				ok(t, err)
				if seqs = append(seqs, l.Seq); l.Seq == 1 && (l.Kind != "solution" || l.Object != "ereg" || len(l.Entry) == 0 || len(l.Leaf) != 32) {
					t.Errorf("%+v", l)
				}
			}
			if int64(len(seqs)) != size || !slices.IsSorted(seqs) {
				t.Errorf("%d lines of %d", len(seqs), size)
			}
			for range v.Log(size) { // who has seen enough leaves nothing open
				break
			}
			same(t, len(must(v.RunsAfter(size))), 0)
			same(t, must(v.Document(sha256Hex(string(pdf("en"))))), pdf("en"))
			if b, err := v.Document("none"); b != nil || err != nil {
				t.Errorf("%q, %v", b, err)
			}
			return nil
		}))
		ok(t, d.Evidence(ctx, func(v *db.Evidence) error {
			same(t, must(v.RunsAfter(size)), []string{after.ID})
			same(t, must(v.Approval(a.ID)).State, store.AppRejected)
			same(t, must(v.Checkpoint()).Note, "later")
			return nil
		}))
		broken := store.E(store.Conflict, "db.changed", nil)
		if err := d.Evidence(ctx, func(*db.Evidence) error { return broken }); err != broken {
			t.Errorf("%v", err)
		}
	})
}
