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

// mayTake tells whether the person may answer for an alert now. One that has just come is theirs to take when it is stored.
func (s *Server) mayTake(r *http.Request, a *store.Alert) bool {
	return a.Open() && a.ID != "" && person(r).Can(a.Right(), a.Registry, s.now())
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

// alerts gives the alerts that the filter picks of those the person may see, with their names.
func (s *Server) alerts(c layout.Ctx, r *http.Request, f store.AlertFilter) ([]alerts.Item, error) {
	now, p := s.now(), person(r)
	f.Own = p.Can(store.SeeAdmin, "", now)
	f.Registries, f.All = p.Registries(now)
	list, err := s.DB.Alerts(r.Context(), f)
	if err != nil {
		return nil, err
	}
	integrations, err := s.DB.Integrations(r.Context(), db.IntegrationFilter{})
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, i := range integrations {
		names[i.ID] = i.Name
	}
	registries, err := s.DB.Registries(r.Context())
	if err != nil {
		return nil, err
	}
	registry := map[string]string{"": c.T("alerts.own")}
	for _, g := range registries {
		registry[g.ID] = g.Name
	}
	items := make([]alerts.Item, len(list))
	for i, a := range list {
		items[i] = alerts.Item{Alert: a, Registry: registry[a.Registry], Grave: a.Grave(now), Taken: a.Taken(now), MayTake: s.mayTake(r, &a)}
		if a.Registry != "" {
			items[i].Name = names[a.Subject]
		}
	}
	return items, nil
}

func (s *Server) alertModel(r *http.Request, c layout.Ctx) (m alerts.Model, err error) {
	q := r.URL.Query()
	m.Filter = alerts.Filter{Show: q.Get("show"), Kind: q.Get("kind"), Registry: q.Get("registry")}
	f := store.AlertFilter{Closed: m.Filter.Closed(), Registry: m.Filter.Registry, Limit: alertsShown + 1}
	if k := store.AlertKind(m.Filter.Kind); slices.Contains(store.AlertKinds, k) {
		f.Kind = k
	}
	if m.Items, err = s.alerts(c, r, f); err != nil {
		return m, err
	}
	if m.More = len(m.Items) > alertsShown; m.More {
		m.Items = m.Items[:alertsShown]
	}
	registries, err := s.DB.Registries(r.Context())
	for _, g := range registries {
		if s.can(r, store.SeeRegistry, g.ID) {
			m.Registries = append(m.Registries, ds.Option{Value: g.ID, Text: g.Name})
		}
	}
	return m, err
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
