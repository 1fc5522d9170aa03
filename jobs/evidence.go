package jobs

import (
	"cmp"
	"context"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"

	"samband/store"
	"samband/store/auditlog"
	"samband/store/db"
	"samband/store/evidence"
)

// MakeEvidence makes an evidence pack of an approval as the portal is now, signs it, and notes in the log that it was
// made. The caller closes the file, which is gone then.
func (j *Jobs) MakeEvidence(ctx context.Context, approvalID string, by store.Actor) (io.ReadSeekCloser, *store.PackMade,
	error) {
	f, err := j.temp()
	if err != nil {
		return nil, nil, err
	}
	var made *store.PackMade
	if err = j.vouch(ctx); err == nil {
		err = j.DB.Evidence(ctx, func(e *db.Evidence) (err error) {
			made, err = j.pack(f, e, approvalID, by)
			return err
		})
	}
	if err == nil {
		err = j.DB.Record(ctx, store.AuditEntry{Action: "evidence.make", Kind: "evidence", Object: approvalID,
			Registry: made.Registry, Details: store.Args{"integration": made.Integration, "manifest": made.ManifestHash,
				"scope_hash": made.ScopeHash}}, by)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		f.Close()
		return nil, nil, store.Wrap(err, store.Internal, "evidence.write", nil)
	}
	return f, made, nil
}

// temp gives a file that nobody else can open and that is gone when it is closed.
func (j *Jobs) temp() (*os.File, error) {
	f, err := os.CreateTemp(j.Dir.Temp(), "evidence-*")
	if err == nil {
		if err = os.Remove(f.Name()); err != nil {
			f.Close()
		}
	}
	return f, store.Wrap(err, store.Unavailable, "evidence.write", nil)
}

// vouch signs the log as it stands, so that what is in it can be proved now. A log that isn't what was signed last is
// never signed: the error says what is wrong with it.
func (j *Jobs) vouch(ctx context.Context) error {
	unlock, err := j.witness.folder.Lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	last, err := j.checkLog(ctx)
	if e := j.suspect(ctx, err); e != nil || err != nil {
		return cmp.Or(e, err)
	}
	size, _, err := j.DB.AuditSize(ctx)
	if err != nil || size == last.Size {
		return err
	}
	return j.sign(ctx)
}

// pack writes the pack of an approval from one state of the portal. It stands on the newest checkpoint: runs that the log
// tells more of since are left to the next pack.
func (j *Jobs) pack(w io.Writer, e *db.Evidence, approvalID string, by store.Actor) (*store.PackMade, error) {
	a, err := e.Approval(approvalID)
	if err != nil {
		return nil, err
	}
	o, err := e.Dossier(approvalID, 0)
	if err != nil {
		return nil, err
	}
	past, err := history(e, o.IntegrationID)
	if err != nil {
		return nil, err
	}
	point, err := e.Checkpoint()
	if err != nil {
		return nil, err
	}
	later, err := e.RunsAfter(point.Size)
	if err != nil {
		return nil, err
	}
	documents, err := documentsOf(e, o.Submission.Facts)
	if err != nil {
		return nil, err
	}
	now := j.Clock.Now().UTC()
	c := &chosen{o: o, about: map[string]bool{}, runs: map[string]bool{}, later: map[string]bool{}}
	c.list(past, later)
	_, manifest, err := evidence.Build(w, &evidence.Pack{Dossier: o, Approval: a, History: past, Documents: documents,
		Checkpoint: []byte(point.Note), MadeAt: now, MadeBy: by.Name, Signer: j.signer, Log: c.log(e.Log(point.Size)),
		Runs: c.pick(e.Runs(o.IntegrationID), func(r *store.Run) bool {
			return r.ApprovalID == a.ID && r.State.Ended() && !slices.Contains(notRun, r.State)
		}),
		Refusals: c.pick(e.Runs(o.IntegrationID), func(r *store.Run) bool {
			return slices.Contains(notRun, r.State) && (r.ApprovalID == a.ID || r.ApprovalID == "" && while(a, r))
		})})
	if err != nil {
		return nil, err
	}
	return &store.PackMade{At: now, By: by.Name, ApprovalID: a.ID, Integration: o.IntegrationID, Registry: o.RegistryID,
		ManifestHash: manifest, ScopeHash: o.Submission.ScopeHash}, nil
}

// documentsOf gives the documents that ROS and LD held when they were asked for with.
func documentsOf(e *db.Evidence, f *store.Facts) ([]evidence.Document, error) {
	if f == nil {
		return nil, nil
	}
	var list []evidence.Document
	add := func(kind string, ref store.Ref, d *store.DocumentRef) error {
		if d == nil {
			return nil
		}
		b, err := e.Document(d.SHA256)
		if err == nil && b != nil {
			list = append(list, evidence.Document{Name: kind + "-" + strconv.Itoa(ref.Version) + ".pdf", Content: b})
		}
		return err
	}
	if f.ROS != nil {
		if err := add("ros", f.ROS.Ref(), f.ROS.Document); err != nil {
			return nil, err
		}
	}
	if f.LD != nil {
		return list, add("ld", f.LD.Ref(), f.LD.Document)
	}
	return list, nil
}

// notRun are the states of what never ran.
var notRun = []store.RunState{store.RunRefused, store.RunMissed, store.RunSkipped}

// while tells whether a run's turn came between the approval's decision and what ended it.
func while(a *store.Approval, r *store.Run) bool {
	if a.SubmittedAt.IsZero() || r.When().Before(a.SubmittedAt) {
		return false
	}
	return a.State == store.AppApproved || !a.DecidedAt.IsZero() && r.When().Before(a.DecidedAt)
}

// history gives what was ever asked for about an integration, each with its differences from what was approved before.
func history(e *db.Evidence, integrationID string) ([]store.Past, error) {
	list, err := e.Submissions(integrationID)
	if err != nil {
		return nil, err
	}
	var past []store.Past
	var approved *store.Scope
	for i := range list {
		o, err := e.Dossier(list[i].ApprovalID, list[i].No)
		if err != nil {
			return nil, err
		}
		p := store.Past{Dossier: o, First: approved == nil}
		if approved != nil {
			p.Since = o.Scope.Diff(approved)
		}
		past = append(past, p)
		if d := o.Decision; d != nil && d.State == store.AppApproved {
			approved = o.Scope
		}
	}
	return past, nil
}

// chosen is what of the log concerns an approval.
type chosen struct {
	o     *store.Dossier
	about map[string]bool // kind and object
	runs  map[string]bool // ids of the runs that the pack lists
	later map[string]bool // ids of the runs that the log tells of after the checkpoint
}

// list notes what the history and the scope name, and the runs that are left out.
func (c *chosen) list(past []store.Past, later []string) {
	for _, id := range later {
		c.later[id] = true
	}
	add := func(kind string, ids ...string) {
		for _, id := range ids {
			c.about[kind+" "+id] = true
		}
	}
	for _, kind := range []string{"integration", "mapping", "schedule"} {
		add(kind, c.o.IntegrationID)
	}
	for _, p := range past {
		s, id := p.Dossier.Scope, p.Dossier.Submission.ApprovalID
		add("approval", id)
		add("evidence", id)
		add("ros", p.Dossier.ROS.ID)
		add("ld", p.Dossier.LD.ID)
		add("connection", s.Connection)
		add("method", s.Method)
		add("system", s.Source, s.Destination)
		add("solution", s.Solution)
		add("codebook", s.Codebook)
	}
	add("registry", c.o.RegistryID)
}

// pick gives the runs that fit and notes them.
func (c *chosen) pick(runs iter.Seq2[*store.Run, error], fits func(*store.Run) bool) iter.Seq2[*store.Run, error] {
	return func(yield func(*store.Run, error) bool) {
		for r, err := range runs {
			if err == nil && (c.later[r.ID] || !fits(r)) {
				continue
			}
			if err == nil {
				c.runs[r.ID] = true
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// log marks the entries that belong in the extract: about what the pack is about, the runs in it, and who had access to
// the registry.
func (c *chosen) log(rows iter.Seq2[*db.LogRow, error]) iter.Seq2[*evidence.Logged, error] {
	return func(yield func(*evidence.Logged, error) bool) {
		for l, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			picked := c.about[l.Kind+" "+l.Object] || l.Kind == "run" && c.runs[l.Object] ||
				(l.Kind == "access" || l.Kind == "grant") && l.Registry == c.o.RegistryID
			if !yield(&evidence.Logged{Seq: l.Seq, Leaf: l.Leaf, Entry: l.Entry, Picked: picked}, nil) {
				return
			}
		}
	}
}

// VerifyEvidence checks an evidence pack that somebody hands in, with the installation's own key as the one that is
// trusted. The pack isn't kept.
func (j *Jobs) VerifyEvidence(_ context.Context, r io.Reader) (*store.PackReport, error) {
	f, err := j.temp()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size, err := io.Copy(f, r)
	if err != nil {
		return nil, err
	}
	return evidence.Verify(f, size, []*auditlog.Verifier{j.Verifier()})
}

// PublicKey is what the installation's signatures are verified with.
func (j *Jobs) PublicKey() string { return j.Verifier().String() }
