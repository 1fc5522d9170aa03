package web

import (
	"net/http"
	"slices"
	"strconv"

	"samband/store"
	"samband/store/db"
	"samband/views/alerts"
	"samband/views/ds"
	"samband/views/layout"
)

// alertsShown is how many alerts stand on the page: the worst, or the newest of the past.
const alertsShown = 100

// alertRegistry finds the registry of the alert {id}; what concerns the installation has none.
func alertRegistry(s *Server, r *http.Request) (string, error) {
	a, err := s.DB.Alert(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	return a.Registry, nil
}

// mayTake tells whether the person may answer for an alert.
func (s *Server) mayTake(r *http.Request, a *store.Alert) bool {
	return a.Open() && person(r).Can(a.Right(), a.Registry, s.now())
}

// untaken counts the open alerts that wait for somebody like the person to take them. A page without the count is
// better than none.
func (s *Server) untaken(r *http.Request, p *store.Person) (n int64) {
	open, err := s.DB.OpenAlerts(r.Context())
	if err != nil {
		s.Log.Error("alerts are not counted", "request", visitOf(r).id, "error", err)
	}
	for registry, count := range open {
		c := store.AlertCause{Registry: registry}
		if p.Can(c.Right(), registry, s.now()) {
			n += count
		}
	}
	return n
}

func (s *Server) alertModel(r *http.Request, c layout.Ctx) (m alerts.Model, err error) {
	now, p, q := s.now(), person(r), r.URL.Query()
	m.Filter = alerts.Filter{Show: q.Get("show"), Kind: q.Get("kind"), Registry: q.Get("registry")}
	f := store.AlertFilter{Closed: m.Filter.Closed(), Registry: m.Filter.Registry, Own: p.Can(store.SeeAdmin, "", now),
		Limit: alertsShown + 1}
	f.Registries, f.All = p.Registries(now)
	if k := store.AlertKind(m.Filter.Kind); slices.Contains(store.AlertKinds, k) {
		f.Kind = k
	}
	list, err := s.DB.Alerts(r.Context(), f)
	if err != nil {
		return m, err
	}
	if m.More = len(list) > alertsShown; m.More {
		list = list[:alertsShown]
	}
	integrations, err := s.DB.Integrations(r.Context(), db.IntegrationFilter{})
	if err != nil {
		return m, err
	}
	names := map[string]string{}
	for _, i := range integrations {
		names[i.ID] = i.Name
	}
	registries, err := s.DB.Registries(r.Context())
	if err != nil {
		return m, err
	}
	names[""] = c.T("alerts.own")
	registry := map[string]string{"": names[""]}
	for _, g := range registries {
		if s.can(r, store.SeeRegistry, g.ID) {
			registry[g.ID] = g.Name
			m.Registries = append(m.Registries, ds.Option{Value: g.ID, Text: g.Name})
		}
	}
	for _, a := range list {
		x := alerts.Item{Alert: a, Registry: registry[a.Registry], Grave: a.Grave(now), Taken: a.Taken(now), MayTake: s.mayTake(r, &a)}
		if a.Registry != "" {
			x.Name = names[a.Subject]
		}
		m.Items = append(m.Items, x)
	}
	return m, nil
}

// alertList shows what is wrong now, the worst first, or what was.
func (s *Server) alertList(w http.ResponseWriter, r *http.Request) error {
	c := s.ctx(w, r)
	m, err := s.alertModel(r, c)
	if err != nil {
		return err
	}
	return s.page(w, r, alerts.List(c, m))
}

// alertTake says that the person answers for the alert {id}, or puts it off, with a reason.
func (s *Server) alertTake(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(r)
	if err != nil {
		return err
	}
	a, err := s.DB.Alert(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	if !person(r).Can(a.Right(), a.Registry, s.now()) {
		return errForbidden
	}
	if v, err := strconv.Atoi(f.value("version")); err != nil || v != a.Version {
		return store.E(store.Conflict, "db.changed", nil)
	}
	a.Reason = f.need("reason", 500)
	if d := f.date("until"); d != "" {
		a.Until = d.Start()
	}
	if f.ok() {
		if err := f.take(s.DB.TakeAlert(r.Context(), a, actor(r))); err != nil {
			return err
		}
	}
	if !f.ok() {
		c := s.ctx(w, r)
		m, err := s.alertModel(r, c)
		if err != nil {
			return err
		}
		for i := range m.Items {
			if x := &m.Items[i]; x.Alert.ID == a.ID {
				x.Reason, x.Until, x.Errors = f.value("reason"), f.value("until"), f.errors
			}
		}
		return s.again(w, r, alerts.List(c, m))
	}
	if err := s.flash(w, r, ds.Success, "alerts.took", nil); err != nil {
		return err
	}
	return redirect(w, r, alerts.Path)
}
