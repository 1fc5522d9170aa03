package web

import (
	"context"
	"io"
	"net/http"

	"samband/store"
	"samband/store/db"
	"samband/views/evidence"
)

// Evidence makes and checks evidence packs.
type Evidence interface {
	// MakeEvidence makes a pack of an approval as the portal is now, and notes it in the log. The caller closes the file.
	MakeEvidence(ctx context.Context, approvalID string, by store.Actor) (io.ReadSeekCloser, *store.PackMade, error)
	// VerifyEvidence checks a pack, which is not kept. What reading r gives as an error comes back as it is.
	VerifyEvidence(ctx context.Context, r io.Reader) (*store.PackReport, error)
	// PublicKey is what the installation's signatures are verified with.
	PublicKey() string
}

const packsShown = 100

// evidenceList shows the approvals that packs can be made of, and the packs that were made.
func (s *Server) evidenceList(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	m := evidence.ListModel{Names: map[string]string{}, Key: s.Evidence.PublicKey()}
	list, err := s.DB.Integrations(ctx, db.IntegrationFilter{})
	if err != nil {
		return err
	}
	names, err := s.registryNames(ctx)
	if err != nil {
		return err
	}
	for id, n := range names {
		m.Names["registry "+id] = n
	}
	integrations := byID(list, func(i *store.Integration) string { return i.ID })
	for _, i := range list {
		m.Names["integration "+i.ID] = i.Name
	}
	approvals, err := s.DB.Approvals(ctx, "", store.AppApproved)
	if err != nil {
		return err
	}
	for _, a := range approvals {
		if i := integrations[a.IntegrationID]; i != nil {
			m.Approved = append(m.Approved, evidence.Approved{Approval: a, Integration: *i, Registry: names[i.RegistryID]})
		}
	}
	if m.Packs, err = s.packs(ctx, packsShown); err != nil {
		return err
	}
	return s.page(w, r, evidence.List(s.ctx(w, r), m))
}

// packs gives the newest packs that were made, as the log tells.
func (s *Server) packs(ctx context.Context, limit int) ([]store.PackMade, error) {
	entries, err := s.DB.Audit(ctx, store.AuditFilter{All: true, Kind: "evidence", Action: "evidence.make", Limit: limit})
	if err != nil {
		return nil, err
	}
	var list []store.PackMade
	for _, e := range entries {
		word := func(name string) string { v, _ := e.Details[name].(string); return v }
		list = append(list, store.PackMade{At: e.At, By: e.Actor, ApprovalID: e.Object, Registry: e.Registry,
			Integration: word("integration"), ManifestHash: word("manifest"), ScopeHash: word("scope_hash")})
	}
	return list, nil
}
