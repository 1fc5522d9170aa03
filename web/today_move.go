package web

import (
	"context"
	"net/http"

	"samband/store"
	"samband/views/ds"
	"samband/views/layout"
	"samband/views/move"
	"samband/views/today"
)

// moveNeeds adds a task for each integration that lies on a system on its way out, for those who can move it.
func (s *Server) moveNeeds(c layout.Ctx, r *http.Request, m *today.Model, list []store.Integration, names namesOf) error {
	moves, err := s.moves(r.Context())
	if err != nil {
		return err
	}
	for _, i := range list {
		x, ok := names.system[names.method[i.MethodID]]
		if !ok || !x.PhasingOut() || i.State == store.IntEnded || !s.can(r, store.EditRegistry, i.RegistryID) {
			continue
		}
		n := ds.Need{State: ds.State{Tone: ds.Warning, Icon: ds.IconPhasing},
			Title:  c.T("today.need.move", "integration", i.Name, "system", x.Name),
			Text:   c.T("today.need.move.text"),
			Action: ds.ButtonProps{Text: c.T("today.need.move.do"), Href: move.Href(i.ID)}}
		if v, ok := moves[i.ID]; ok {
			n.Text = c.T("today.need.move.at", "state", store.Code("move.state."+v.State))
		}
		switch {
		case x.Ended(m.At):
			n.State.Tone = ds.Danger
			n.Text += " " + c.T("today.need.move.ended")
		case !x.EndsOn.IsZero():
			n.Text += " " + c.T("today.need.move.left", "days", x.EndsOn.DaysLeft(m.At))
		}
		m.Needs = append(m.Needs, n)
	}
	return nil
}

// routeOf gives the transport of an integration's method; "" when there is none.
func (s *Server) routeOf(ctx context.Context, i *store.Integration) store.Route {
	x, err := s.DB.Method(ctx, i.MethodID)
	if err != nil {
		return ""
	}
	return x.Route
}
