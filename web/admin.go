package web

import (
	"context"
	"net/http"

	"samband/store"
	"samband/views/admin"
	"samband/views/state"
)

// Doctor knows how the installation is.
type Doctor interface {
	Health(ctx context.Context) []store.PartHealth
}

// admin shows how the installation is.
func (s *Server) admin(w http.ResponseWriter, r *http.Request) error {
	m := admin.HealthModel{Checks: s.Doctor.Health(r.Context())}
	counts, err := s.DB.RunCounts(r.Context(), store.RunFilter{All: true})
	if err != nil {
		return err
	}
	c := s.ctx(w, r)
	for _, st := range store.RunStates {
		look := state.Run(c, st)
		look.Text += " (" + c.Int(counts[st]) + ")"
		m.Runs = append(m.Runs, look)
	}
	out, err := s.DB.Outbox(r.Context())
	if err != nil {
		return err
	}
	m.Stuck, m.MayEdit = out.Stuck, s.can(r, store.EditSettings, "")
	for _, st := range store.OutgoingStates {
		m.Outbox = append(m.Outbox, state.Outgoing(c, st, out.Counts[st]))
	}
	return s.page(w, r, admin.Health(c, m))
}
