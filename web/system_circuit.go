package web

import (
	"context"
	"net/http"
	"slices"

	"samband/store"
	"samband/views/ds"
	"samband/views/system"
)

// circuits gives the hosts of a system's connections that failed lately.
func (s *Server) circuits(ctx context.Context, connections []store.Connection) ([]store.Circuit, error) {
	list, err := s.DB.Circuits(ctx)
	if err != nil {
		return nil, err
	}
	var hosts []string
	for _, c := range connections {
		if k := s.kind(c.Kind); k != nil {
			hosts = append(hosts, k.Hosts(c.Settings)...)
		}
	}
	return slices.DeleteFunc(list, func(c store.Circuit) bool { return !slices.Contains(hosts, c.Host) }), nil
}

// circuitReset lets runs through to a host of the system {id} at once, though it failed too often.
func (s *Server) circuitReset(w http.ResponseWriter, r *http.Request) error {
	x, err := s.DB.System(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	f, err := s.form(r)
	if err != nil {
		return err
	}
	connections, err := s.DB.Connections(r.Context(), x.ID)
	if err != nil {
		return err
	}
	list, err := s.circuits(r.Context(), connections)
	if err != nil {
		return err
	}
	host := f.value("host")
	if !slices.ContainsFunc(list, func(c store.Circuit) bool { return c.Host == host }) {
		return store.E(store.NotFound, "circuit.not_found", nil)
	}
	if err := s.DB.ResetCircuit(r.Context(), host, actor(r)); err != nil {
		return err
	}
	if err := s.flash(w, r, ds.Success, "circuit.done", store.Args{"host": host}); err != nil {
		return err
	}
	return redirect(w, r, system.Href(x.ID))
}
