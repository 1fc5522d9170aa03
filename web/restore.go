package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"

	"samband/store"
	"samband/views/admin"
)

// restoreShow shows what the databases lack, and the form that says that work goes on from there.
func (s *Server) restoreShow(w http.ResponseWriter, r *http.Request) error {
	m, err := s.restoreModel(r)
	if err != nil {
		return err
	}
	return s.page(w, r, admin.Restore(s.ctx(w, r), *m))
}

// restoreConfirm takes the reason and shows what follows; sent once more from there, it confirms.
func (s *Server) restoreConfirm(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	m, err := s.restoreModel(r)
	if err != nil {
		return err
	}
	m.Reason = f.need("reason", 500)
	stale := m.Problem == nil || !m.Settles() || f.value("seen") != m.Seen
	switch {
	case stale || !f.ok():
		m.Reason, m.Errors, m.Stale = f.value("reason"), f.errors, stale
		return s.pageStatus(w, r, formStatus(stale), admin.Restore(s.ctx(w, r), *m))
	case f.value("sure") == "":
		m.Sure = true
		return s.page(w, r, admin.Restore(s.ctx(w, r), *m))
	}
	if err := s.Keeper.ConfirmRestore(r.Context(), m.Reason, actor(r)); err != nil {
		return err
	}
	to := "/admin"
	if lacking, err := s.Keeper.Lacking(r.Context()); err != nil {
		return err
	} else if len(lacking) > 0 {
		to = "/admin/restore"
	}
	return s.done(w, r, "restore.done", nil, to)
}

func (s *Server) restoreModel(r *http.Request) (*admin.RestoreModel, error) {
	m := &admin.RestoreModel{Log: s.Keeper.LogProblem()}
	var err error
	if m.Lacking, err = s.Keeper.Lacking(r.Context()); err != nil {
		return nil, err
	}
	if len(m.Lacking) > 0 {
		if m.Integrations, err = s.integrationNames(r.Context()); err != nil {
			return nil, err
		}
	}
	m.Lost, m.Problem, err = s.Keeper.Missing(r.Context())
	if store.CodeOf(err) == "mark.nothing" {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	if m.Names, err = s.registryNames(r.Context()); err != nil {
		return nil, err
	}
	text, err := json.Marshal(m.Problem.Args)
	if err != nil {
		return nil, store.Wrap(err, store.Internal, "internal", nil)
	}
	sum := sha256.Sum256(append([]byte(m.Problem.Code), text...))
	m.Seen = hex.EncodeToString(sum[:8])
	return m, nil
}
