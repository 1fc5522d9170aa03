package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"samband/store"
	"samband/store/db"
	"samband/views/ds"
	"samband/views/runs"
)

const runsPerPage = 50

// runList shows the history of the registries that the person may see.
func (s *Server) runList(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := &form{values: q}
	m := runs.ListModel{Filter: runs.Filter{Integration: q.Get("integration"), State: q.Get("state"), Trigger: q.Get("trigger"),
		From: q.Get("from"), To: q.Get("to"), Text: q.Get("q")}, Names: map[string]string{}}
	var filter store.RunFilter
	filter.Registries, filter.All = person(r).Registries(s.now())
	filter.IntegrationID, filter.Text = m.Filter.Integration, f.text("q", 100)
	if st := store.RunState(m.Filter.State); slices.Contains(store.RunStates, st) {
		filter.States = []store.RunState{st}
	}
	if t := store.Trigger(m.Filter.Trigger); slices.Contains(store.Triggers, t) {
		filter.Triggers = []store.Trigger{t}
	}
	if d := f.date("from"); d != "" {
		filter.From = d.Start()
	}
	if d := f.date("to"); d != "" {
		filter.To = d.AddDays(1).Start()
	}
	m.Errors = f.errors
	total, err := s.DB.CountRuns(r.Context(), filter)
	if err != nil {
		return err
	}
	m.Total, filter.Limit = total, runsPerPage+1 // one more tells that there is a next page
	filter.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64)
	if m.Runs, err = s.DB.Runs(r.Context(), filter); err != nil {
		return err
	}
	list, err := s.DB.Integrations(r.Context(), db.IntegrationFilter{})
	if err != nil {
		return err
	}
	for _, i := range list {
		if s.can(r, store.SeeRegistry, i.RegistryID) {
			m.Names[i.ID] = i.Name
			m.Integrations = append(m.Integrations, ds.Option{Value: i.ID, Text: i.Name})
		}
	}
	c := s.ctx(w, r)
	m.Pager = ds.PagerProps{Label: c.T("runs.pages")}
	if filter.Before > 0 {
		m.Pager.Prev = ds.Link{Text: c.T("runs.newest"), Href: runsBefore(q, 0)}
	}
	if len(m.Runs) > runsPerPage {
		m.Runs = m.Runs[:runsPerPage]
		m.Pager.Next = ds.Link{Text: c.T("runs.older"), Href: runsBefore(q, m.Runs[runsPerPage-1].No)}
	}
	return s.page(w, r, runs.List(c, m))
}

// runsBefore is the address of the same list from the run below no on; 0 from the newest.
func runsBefore(q url.Values, no int64) string {
	q = maps.Clone(q)
	q.Del("before")
	if no > 0 {
		q.Set("before", strconv.FormatInt(no, 10))
	}
	return "/runs?" + q.Encode()
}
