package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"samband/store"
	"samband/store/db"
	"samband/store/text"
	"samband/views/ds"
	"samband/views/layout"
	"samband/views/runs"
)

const runsPerPage = 50

// runList shows the history of the registries that the person may see.
func (s *Server) runList(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	filter, m := s.runsAsked(r)
	ctx := r.Context()
	var err error
	if m.Counts, err = s.DB.RunCounts(ctx, filter); err != nil {
		return err
	}
	for state, n := range m.Counts {
		if len(filter.States) == 0 || slices.Contains(filter.States, state) {
			m.Total += n
		}
	}
	filter.Limit = runsPerPage + 1 // one more tells that there is a next page
	filter.Before, _ = strconv.ParseInt(q.Get("before"), 10, 64)
	if m.Total > 0 { // where there is none the count has looked at all
		if m.Runs, err = s.DB.Runs(ctx, filter); err != nil {
			return err
		}
	}
	if m.Persons, err = s.runPersons(r); err != nil {
		return err
	}
	if err := s.runNames(r, m); err != nil {
		return err
	}
	c := s.ctx(w, r)
	m.Pager = ds.PagerProps{Label: c.T("runs.pages")}
	if filter.Before > 0 {
		m.Pager.Prev = ds.Link{Text: c.T("runs.newest"), Href: runsWith(q, "before")}
	}
	if len(m.Runs) > runsPerPage {
		m.Runs = m.Runs[:runsPerPage]
		m.Pager.Next = ds.Link{Text: c.T("runs.older"), Href: runsWith(q, "before", strconv.FormatInt(m.Runs[runsPerPage-1].No, 10))}
	}
	m.States = runStates(c, q, m)
	m.Periods = runPeriods(c, q, m, store.DateOf(s.now()))
	m.CSV = "/runs.csv?" + runsQuery(q, "before").Encode()
	return s.page(w, r, runs.List(c, *m))
}

// runsAsked reads the filter of the history from the address.
func (s *Server) runsAsked(r *http.Request) (store.RunFilter, *runs.ListModel) {
	q := r.URL.Query()
	f := &form{values: q}
	m := &runs.ListModel{Filter: runs.Filter{Registry: q.Get("registry"), Integration: q.Get("integration"), Trigger: q.Get("trigger"),
		Person: f.text("person", 200), From: q.Get("from"), To: q.Get("to"), Text: q.Get("q")}, Names: map[string]string{}}
	var filter store.RunFilter
	filter.Registries, filter.All = person(r).Registries(s.now())
	if id := m.Filter.Registry; id != "" {
		if filter.All || slices.Contains(filter.Registries, id) {
			filter.Registries = []string{id}
		} else {
			filter.Registries = nil
		}
		filter.All = false
	}
	filter.IntegrationID, filter.Actor, filter.Text = m.Filter.Integration, m.Filter.Person, f.text("q", 100)
	for _, st := range store.RunStates {
		if slices.Contains(q["state"], string(st)) {
			filter.States = append(filter.States, st)
			m.Filter.States = append(m.Filter.States, string(st))
		}
	}
	if t := store.Trigger(m.Filter.Trigger); slices.Contains(store.Triggers, t) {
		filter.Triggers = []store.Trigger{t}
	}
	if d := f.date("from"); d != "" {
		filter.From = d.Start()
	}
	if d := f.date("to"); d != "" {
		filter.To = d.AddDays(1).Start()
		if !filter.From.IsZero() && d < store.DateOf(filter.From) {
			f.fault("to", "form.period", nil)
		}
	}
	m.Errors = f.errors
	return filter, m
}

// runNames fills in the registries and integrations that the person may see.
func (s *Server) runNames(r *http.Request, m *runs.ListModel) error {
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
	registries, err := s.DB.Registries(r.Context())
	if err != nil {
		return err
	}
	for _, g := range registries {
		if s.can(r, store.SeeRegistry, g.ID) {
			m.Registries = append(m.Registries, ds.Option{Value: g.ID, Text: g.Name})
		}
	}
	return nil
}

// runPersons are those who have started a run that the person may see.
func (s *Server) runPersons(r *http.Request) ([]ds.Option, error) {
	var f store.RunFilter
	f.Registries, f.All = person(r).Registries(s.now())
	names, err := s.DB.RunPersons(r.Context(), f)
	lang := langOf(s, r)
	var options []ds.Option
	for _, n := range names {
		options = append(options, ds.Option{Value: n, Text: text.Actor(lang, n)})
	}
	return options, err
}

// runStates gives a link for each state that some run is in, with how many are. A link takes its state into the filter,
// or out of it.
func runStates(c layout.Ctx, q url.Values, m *runs.ListModel) []ds.Link {
	all := ds.Link{Text: c.T("runs.all"), Href: runsWith(q, "state"), Current: len(m.Filter.States) == 0}
	links := []ds.Link{all}
	for _, st := range store.RunStates {
		n, on := m.Counts[st], slices.Contains(m.Filter.States, string(st))
		if n == 0 && !on {
			continue
		}
		var states []string
		for _, x := range m.Filter.States {
			if x != string(st) {
				states = append(states, x)
			}
		}
		if !on {
			states = append(states, string(st))
		}
		links = append(links, ds.Link{Text: c.T("state.run."+string(st)) + " (" + c.Int(n) + ")", Href: runsWith(q, "state", states...), Current: on})
	}
	return links
}

// runPeriods gives the periods that people ask for most.
func runPeriods(c layout.Ctx, q url.Values, m *runs.ListModel, today store.Date) []ds.Link {
	month := store.Date(today.Time().AddDate(0, 0, 1-today.Time().Day()).Format(time.DateOnly))
	var links []ds.Link
	for _, p := range []struct {
		name     string
		from, to store.Date
	}{{"today", today, today}, {"yesterday", today.AddDays(-1), today.AddDays(-1)}, {"week", today.AddDays(-6), today},
		{"month", month, today}, {"quarter", today.AddDays(-89), today}, {"any", "", ""}} {
		next := runsQuery(q, "before", "from", "to")
		if p.from != "" {
			next.Set("from", string(p.from))
			next.Set("to", string(p.to))
		}
		links = append(links, ds.Link{Text: c.T("runs.period." + p.name), Href: "/runs?" + next.Encode(),
			Current: m.Filter.From == string(p.from) && m.Filter.To == string(p.to)})
	}
	return links
}

// runsQuery is what the address asks, without some of it.
func runsQuery(q url.Values, without ...string) url.Values {
	q = maps.Clone(q)
	for _, name := range without {
		q.Del(name)
	}
	return q
}

// runsWith is the address of the newest page of a list that differs in one thing.
func runsWith(q url.Values, name string, values ...string) string {
	q = runsQuery(q, "before", name)
	if len(values) > 0 {
		q[name] = values
	}
	return "/runs?" + q.Encode()
}

// runCSVPage is how many runs the file is written from at a time.
const runCSVPage = 2_000

// runCSV gives the runs that are asked for as a file, newest first.
func (s *Server) runCSV(w http.ResponseWriter, r *http.Request) error {
	filter, m := s.runsAsked(r)
	if len(m.Errors) > 0 { // a file that holds more than was asked for doesn't say so
		return m.Errors
	}
	if err := s.runNames(r, m); err != nil {
		return err
	}
	filter.Limit = runCSVPage
	list, err := s.DB.Runs(r.Context(), filter) // the first page before the first byte: an error can still be told
	if err != nil {
		return err
	}
	c := s.ctx(w, r)
	return s.csv(w, r, "runs.csv", func(row func(...string)) {
		var head []string
		for _, name := range []string{"no", "integration", "registry", "due", "started", "ended", "state", "trigger", "person", "reason", "why",
			"mapping", "attempts", "read", "loaded", "unchanged", "merged", "filtered", "quarantined", "blocked", "dry", "id"} {
			head = append(head, c.T("runs.csv."+name))
		}
		row(head...)
		for len(list) > 0 {
			for i := range list {
				u := &list[i]
				row(runRow(c, m.Names[u.IntegrationID], u)...)
			}
			if len(list) < runCSVPage || err != nil {
				break
			}
			filter.Before = list[len(list)-1].No
			if list, err = s.DB.Runs(r.Context(), filter); err != nil {
				row(c.T("runs.csv.cut")) // who reads it must know that there is more
			}
		}
	})
}

func runRow(c layout.Ctx, name string, u *store.Run) []string {
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return c.ISO(t)
	}
	n := func(x int64) string { return strconv.FormatInt(x, 10) }
	k := u.Counts
	return []string{n(u.No), name, u.RegistryID, at(u.DueAt), at(u.StartedAt), at(u.EndedAt), c.T("state.run." + string(u.State)),
		c.T("trigger." + string(u.Trigger)), text.Actor(c.Lang, u.Actor), string(u.Reason), text.RunReason(c.Lang, u), strconv.Itoa(u.MappingNo),
		strconv.Itoa(u.Attempt), n(k.Read), n(k.Loaded), n(k.Unchanged), n(k.Merged), n(k.Filtered), n(k.Quarantined), n(k.Blocked),
		yes(c, u.DryRun), u.ID}
}
