package web

import (
	"net/http"
	"strings"

	"samband/store"
	"samband/views/evidence"
)

// foundLimit is how many things with one hash are shown; a mapping that many asked for has a line for each.
const foundLimit = 200

// evidenceFind finds what a hash, or the beginning of one, belongs to. What lies in registries that the reader can't see
// isn't there for them.
func (s *Server) evidenceFind(w http.ResponseWriter, r *http.Request) error {
	m := evidence.FoundModel{Hash: strings.TrimSpace(r.URL.Query().Get("hash"))}
	begin := store.ParseHash(m.Hash)
	m.Wrong = m.Hash != "" && begin == ""
	if begin == "" {
		if m.Wrong {
			return s.again(w, r, evidence.Found(s.ctx(w, r), m))
		}
		return s.page(w, r, evidence.Found(s.ctx(w, r), m))
	}
	ctx := r.Context()
	list, err := s.DB.Fingerprints(ctx, begin, foundLimit)
	if err != nil {
		return err
	}
	if person(r).Can(store.SeeAudit, "", s.now()) {
		packs, err := s.packs(ctx, 10_000)
		if err != nil {
			return err
		}
		for _, p := range packs {
			if strings.HasPrefix(p.ManifestHash, begin) {
				list = append(list, store.Found{Hash: p.ManifestHash, What: store.FoundPack, ApprovalID: p.ApprovalID})
			}
		}
	}
	names, err := s.registryNames(ctx)
	if err != nil {
		return err
	}
	visible := s.visible(r)
	for _, f := range list {
		a, err := s.DB.Approval(ctx, f.ApprovalID)
		if err != nil {
			return err
		}
		i, err := s.DB.Integration(ctx, a.IntegrationID)
		if err != nil {
			return err
		}
		if visible(i.RegistryID) {
			m.Found = append(m.Found, evidence.Match{Found: f, Approval: *a, Integration: *i, Registry: names[i.RegistryID]})
		}
	}
	return s.page(w, r, evidence.Found(s.ctx(w, r), m))
}
