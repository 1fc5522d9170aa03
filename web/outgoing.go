package web

import (
	"context"
	"net/http"
	"slices"

	"samband/store"
	"samband/views/ds"
	"samband/views/integration"
	"samband/views/runs"
)

// Outgoing is what people can see and settle of what registries send.
type Outgoing interface {
	// OwnCodebooks gives the codebooks of a registry that an integration can read to send: not those of receivers.
	OwnCodebooks(ctx context.Context, registryID string) ([]store.Codebook, error)
	// PreviewOutgoing tells what a run would send now, Outbox where the records stand with their receiver.
	PreviewOutgoing(ctx context.Context, integrationID string) (*store.OutgoingPreview, error)
	Outbox(ctx context.Context, integrationID string) (*store.Outbox, error)
	// OpenRecords gives the records of a run that nobody knows the fate of, and what the receiver says of them.
	OpenRecords(ctx context.Context, r *store.Run) (*store.OpenRecords, error)
	// ReconcileRecords settles records by key, and the others by rest, "" for none.
	ReconcileRecords(ctx context.Context, runID string, found map[string]store.Reconciled, rest store.Reconciled, reason string,
		by store.Actor) error
}

// outgoingModel collects what the pages show of what the integration {id} sends.
func (s *Server) outgoingModel(r *http.Request) (*integration.OutgoingModel, error) {
	ctx := r.Context()
	q, err := s.Gate.Question(ctx, r.PathValue("id"), store.AtSave)
	if err != nil {
		return nil, err
	}
	if q.System == nil || q.System.Role != store.Destination {
		return nil, errNotFound
	}
	i := q.Integration
	m := &integration.OutgoingModel{Integration: *i, System: *q.System, Checks: map[string]string{},
		MaySeeRows: s.can(r, store.SeeRows, i.RegistryID)}
	if q.Kind != nil {
		m.Tier = q.Kind.Tier
	}
	if q.Mapping != nil {
		for _, k := range q.Mapping.Mapping.Checks {
			m.Checks[k.Reason] = k.Text
		}
	}
	if m.Outbox, err = s.Outgoing.Outbox(ctx, i.ID); err != nil {
		return nil, err
	}
	m.Preview, m.Problem = s.Outgoing.PreviewOutgoing(ctx, i.ID)
	return m, nil
}

// outgoingShow shows what the integration {id} would send now, and where what it has sent stands.
func (s *Server) outgoingShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.outgoingModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, integration.Outgoing(s.ctx(w, r), *m))
}

// outgoingRows shows the first rows that would be sent.
func (s *Server) outgoingRows(w http.ResponseWriter, r *http.Request) error {
	m, err := s.outgoingModel(r)
	if err == nil {
		err = m.Problem
	}
	if err != nil {
		return err
	}
	m.Rows = true
	return s.page(w, r, integration.OutgoingRows(s.ctx(w, r), *m))
}

// leftOpen counts the records of a run that ended before its end and that nobody knows the fate of.
func (s *Server) leftOpen(ctx context.Context, run *store.Run) (int64, error) {
	o, err := s.Outgoing.Outbox(ctx, run.IntegrationID)
	if err != nil {
		return 0, err
	}
	for _, x := range o.Open {
		if x.RunNo == run.No {
			return x.N, nil
		}
	}
	return 0, nil
}

func (s *Server) reconcileModel(r *http.Request) (*runs.ReconcileModel, error) {
	ctx := r.Context()
	run, err := s.run(r)
	if err != nil {
		return nil, err
	}
	q, err := s.Gate.Question(ctx, run.IntegrationID, store.AtSave)
	if err != nil {
		return nil, err
	}
	if q.System == nil || q.System.Role != store.Destination {
		return nil, errNotFound
	}
	m := &runs.ReconcileModel{Run: *run, Integration: *q.Integration, System: *q.System, Rest: "leave",
		MayDecide: run.State.Ended() && s.can(r, store.DecideRun, run.RegistryID)}
	m.Open, err = s.Outgoing.OpenRecords(ctx, run)
	return m, err
}

// runReconcileShow asks what became of the records of the run {no} that have no answer.
func (s *Server) runReconcileShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.reconcileModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, runs.Reconcile(s.ctx(w, r), *m))
}

// runReconcile settles records of the run {no} by what a person found out.
func (s *Server) runReconcile(w http.ResponseWriter, r *http.Request) error {
	run, err := s.run(r)
	if err != nil {
		return err
	}
	f, err := s.form(r)
	if err != nil {
		return err
	}
	choices := []string{"leave"}
	for _, c := range store.ReconciledChoices {
		choices = append(choices, string(c))
	}
	reason, rest := f.need("reason", 500), f.choice("rest", choices...)
	found, written := map[string]store.Reconciled{}, map[string]string{}
	keys, answers := f.list("key"), f.list("found")
	for i, key := range keys {
		if i >= len(answers) || answers[i] == "" {
			continue
		}
		if !slices.Contains(store.ReconciledChoices, store.Reconciled(answers[i])) {
			f.fault("rest", "field.choice", nil)
			continue
		}
		written[key], found[key] = answers[i], store.Reconciled(answers[i])
	}
	if rest == "leave" {
		if rest = ""; len(found) == 0 {
			f.fault("rest", "field.required", nil)
		}
	}
	if !f.ok() {
		m, err := s.reconcileModel(r)
		if err != nil {
			return err
		}
		m.Found, m.Rest, m.Reason, m.Errors = written, f.value("rest"), f.value("reason"), f.errors
		return s.again(w, r, runs.Reconcile(s.ctx(w, r), *m))
	}
	if err := s.Outgoing.ReconcileRecords(r.Context(), run.ID, found, store.Reconciled(rest), reason, actor(r)); err != nil {
		return err
	}
	if err := s.flash(w, r, ds.Success, "reconcile.done", nil); err != nil {
		return err
	}
	return redirect(w, r, runs.Href(run.No))
}
